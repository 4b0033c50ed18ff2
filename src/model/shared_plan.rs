//! A plan with rules seen from both sides: what the seller is paid, and what the company pays.
//!
//! Where commission is shared with a colleague, or handed over to one, the seller is paid a part of it and the company pays the
//! whole, as if one person had both roles ([`super::pay::Credit`]).

use super::flat_plan::components;
use super::month::Month;
use super::optimum::Optimum;
use super::path::Path;
use super::pay::PayPlan;
use super::plan::Plan;
use super::plan_response::{PlanProjection, PlanWorth};
use super::projection::Projection;
use super::valuation::Discounting;

/// A plan as both sides pay by it.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedPlan {
    own: PayPlan,
    /// The plan with nothing shared, if anything is.
    whole: Option<PayPlan>,
}

impl SharedPlan {
    /// `plan` with its rules, whose year begins in the month `first`.
    pub fn new(plan: &Plan, first: Month) -> SharedPlan {
        let own = components(plan, first);
        let is_shared = own.components.iter().any(|component| component.credit.is_some());
        let whole = is_shared.then(|| {
            let mut whole = own.clone();
            whole.components.iter_mut().for_each(|component| component.credit = None);
            whole
        });
        SharedPlan { own, whole }
    }

    /// The plan as the seller is paid.
    pub const fn own(&self) -> &PayPlan {
        &self.own
    }

    /// The projection of a seller under it, from the month `from` on, which is month 1 less one.
    pub fn over<'a>(&'a self, projection: &'a Projection, discounting: &'a Discounting, from: Month) -> BothSides<'a> {
        let under = |plan: &'a PayPlan| PlanProjection::new(projection, plan, discounting, from);
        BothSides { seller: under(&self.own), whole: self.whole.as_ref().map(under) }
    }
}

/// A seller's projection under a plan, from both sides.
pub struct BothSides<'a> {
    /// As the seller is paid.
    pub seller: PlanProjection<'a>,
    whole: Option<PlanProjection<'a>>,
}

impl<'a> BothSides<'a> {
    /// As the company pays.
    pub fn company(&self) -> &PlanProjection<'a> {
        self.whole.as_ref().unwrap_or(&self.seller)
    }

    /// What a path is worth to the company, of which `own` says what it is worth as the seller is paid.
    pub fn company_value(&self, path: &Path, own: &PlanWorth) -> f64 {
        self.whole.as_ref().map_or(own.company, |whole| whole.worth(path).company)
    }

    /// A path to run into.
    pub fn path(&self) -> Path {
        self.seller.path()
    }

    /// What a share of the time is worth to each.
    pub fn worth_at(&self, share: f64, path: &mut Path) -> PlanWorth {
        let own = self.seller.worth_at(share, path);
        PlanWorth { company: self.company_value(path, &own), ..own }
    }

    /// The seller's best share.
    pub fn seller_best(&self) -> Optimum {
        self.seller.best(|worth| worth.seller)
    }

    /// The company's best share.
    pub fn company_best(&self) -> Optimum {
        self.company().best(|worth| worth.company)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::payoff::Question;
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;
    use crate::model::team_projections::team_projections;

    #[test]
    fn a_colleagues_part_is_the_companys_cost_too() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let first = workspace.as_of.plus(1);
        let undivided = SharedPlan::new(&workspace.plan, first);
        assert_eq!(undivided.whole, None);
        workspace.plan.rules = vec![
            Rule::from_numbers(RuleKind::SharedWins, &[0.6]).unwrap(),
            Rule::from_numbers(RuleKind::HandOver, &[1.0, 24.0, 0.0]).unwrap(),
        ];
        let shared = SharedPlan::new(&workspace.plan, first);
        let projections = team_projections(&workspace, &Question::default()).unwrap();
        let discounting = Discounting::with_quota(&workspace.assumptions, workspace.plan.quota);
        let worth = |plan: &SharedPlan, share: f64| {
            let under = plan.over(&projections[0], &discounting, workspace.as_of);
            under.worth_at(share, &mut under.path())
        };
        for share in [0.0, 0.3, 0.8] {
            let (alone, part) = (worth(&undivided, share), worth(&shared, share));
            assert!((alone.company - part.company).abs() < 1e-6, "{share}: {alone:?} {part:?}");
            assert!(part.seller < 0.75 * alone.seller, "{share}: {alone:?} {part:?}");
        }
        // Prospecting all year, three fifths of new business and all of its referrals, and first renewals.
        let year = |plan: &SharedPlan| worth(plan, 0.0).first_year_pay;
        assert!(year(&shared) > 0.6 * year(&undivided) && year(&shared) < year(&undivided));
        // So the company wants the same.
        let outcome = ruled_outcome(&workspace, &Question::default()).unwrap();
        workspace.plan.rules.clear();
        let before = ruled_outcome(&workspace, &Question::default()).unwrap();
        assert!((outcome.company_share - before.company_share).abs() < 1e-6, "{outcome:?} {before:?}");
    }
}
