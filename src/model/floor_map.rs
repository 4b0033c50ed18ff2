//! A map over the renewal commission and the floor above which it is paid.
//!
//! A floor is no input of the workspace, so this is a map of its own; its lines of one level are those of
//! [`Grid::iso_lines`].

use super::payoff::Question;
use super::plan_curves::{Offer, PlanCurves, RatePair, RenewalRule};
use super::problem::Problem;
use super::projection::Projection;
use super::quantity::{CommissionRate, Probability};
use super::team_projections::team_projections;
use super::two_way_map::{Grid, even_values};
use super::what_if::Figure;
use super::workspace::Workspace;

/// A map of a figure over the renewal commission, across, and the floor above which it is paid, up.
#[derive(Debug, Clone)]
pub struct FloorMap<'a> {
    workspace: &'a Workspace,
    projections: Vec<Projection>,
    figure: Figure,
    grid: Grid,
}

impl<'a> FloorMap<'a> {
    /// A map without rows for the sellers that `question` is about: `columns` renewal commissions evenly from 0 to
    /// `most_rate`, and `rows` floors from nothing to `most_floor`, both at least 2. All else is as in the plan.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(
        workspace: &'a Workspace,
        question: &Question,
        figure: Figure,
        (most_rate, columns): (CommissionRate, usize),
        (most_floor, rows): (Probability, usize),
    ) -> Result<FloorMap<'a>, Problem> {
        let projections = team_projections(workspace, question)?;
        let grid = Grid::new(even_values((0.0, most_rate.get()), columns), even_values((0.0, most_floor.get()), rows));
        Ok(FloorMap { workspace, projections, figure, grid })
    }

    /// Computes the next row: 51 runs for each seller, and some twenty for each place. `false` once all rows are there.
    pub fn add_row(&mut self) -> bool {
        let Some(floor) = self.grid.next_y() else { return false };
        let rule = if floor > 0.0 { RenewalRule::AboveFloor(Probability::constant(floor)) } else { RenewalRule::All };
        let curves = PlanCurves::new(&self.projections, self.workspace, rule);
        let (figure, new_business) = (self.figure, self.workspace.plan.new_business.get());
        self.grid.add_row(|renewal, _| {
            let offer = Offer::Rates(RatePair { new_business, renewal });
            Some(match figure {
                Figure::SellerShare => curves.best(offer).share,
                Figure::CompanyShare => curves.company_best(offer).share,
                Figure::Lead => curves.best(offer).share - curves.company_best(offer).share,
                Figure::Gap => (curves.company_best(offer).company_value - curves.best(offer).company_value).max(0.0),
            })
        })
    }

    /// The figures so far.
    pub const fn grid(&self) -> &Grid {
        &self.grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bounds::Input;
    use crate::model::month::Month;
    use crate::model::pay::{Component, Measure, Reward, Trigger};
    use crate::model::plan::RenewalSchedule;
    use crate::model::plan_curves::floor_plan;
    use crate::model::plan_response::PlanProjection;
    use crate::model::sample::sample_workspace;
    use crate::model::valuation::Discounting;
    use crate::model::what_if::WhatIf;

    fn filled(workspace: &Workspace, figure: Figure) -> Grid {
        let rates = (CommissionRate::constant(0.1), 3);
        let floors = (Probability::constant(0.6), 2);
        let mut map = FloorMap::new(workspace, &Question::default(), figure, rates, floors).unwrap();
        while map.add_row() {}
        map.grid().clone()
    }

    #[test]
    fn the_lowest_row_is_the_flat_plan() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let what_if = WhatIf::new(&workspace, &Question::default()).unwrap();
        for figure in [Figure::Gap, Figure::SellerShare, Figure::CompanyShare] {
            let grid = filled(&workspace, figure);
            assert_eq!(grid.rows().len(), 2);
            for (rate, got) in grid.xs().iter().zip(&grid.rows()[0]) {
                let expected = figure.of(&what_if.with(&[(Input::RenewalCommission, *rate)]).unwrap());
                assert!(
                    (got.unwrap() - expected).abs() < 1e-6 * expected.abs().max(1.0),
                    "{figure:?} at {rate}: {got:?}"
                );
            }
        }
    }

    #[test]
    fn the_highest_row_is_what_the_search_for_any_plan_finds() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let projections = team_projections(&workspace, &Question::default()).unwrap();
        let discounting = Discounting::new(&workspace.assumptions);
        let schedule = RenewalSchedule::level(CommissionRate::constant(0.05));
        let mut plan = floor_plan(Probability::constant(0.6), &schedule, workspace.as_of);
        for (trigger, rate) in [(Trigger::NewBusiness, 0.10), (Trigger::Referral, 0.02)] {
            plan.components.push(Component::new("", Measure::revenue(trigger), Reward::Rate(rate)));
        }
        let under = PlanProjection::new(&projections[0], &plan, &discounting, workspace.as_of);
        let seller = under.best(|worth| worth.seller).at;
        let company = under.best(|worth| worth.company);
        let gap = company.height - under.worth_at(seller, &mut under.path()).company;
        for (figure, expected, near) in [
            (Figure::SellerShare, seller, 1e-6),
            (Figure::CompanyShare, company.at, 1e-6),
            // A million a share.
            (Figure::Gap, gap, 1.0),
        ] {
            let got = filled(&workspace, figure).rows()[1][1].unwrap();
            assert!((got - expected).abs() < near, "{figure:?}: {got}, not {expected}");
        }
    }
}
