//! Luck under a plan with rules: the same cases, each paid event by event by the evaluator that also writes statements.

use super::duel::{Chance, Duel};
use super::simulation::Simulation;
use super::spread::{Measure, Spread};
use super::team::Team;
use crate::model::path::Path;
use crate::model::pay::Trigger;
use crate::model::plan::Plan;
use crate::model::shared_plan::{BothSides, SharedPlan};
use crate::model::valuation::Discounting;
use crate::model::workspace::Workspace;

/// What one case comes to, all sellers together; money.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Case {
    /// Pay of months 1 to 12, undiscounted.
    first_year: f64,
    /// Of that, by rules that pay for renewals alone.
    first_year_renewal: f64,
    /// Of that, by rules that pay for what is won alone.
    first_year_new: f64,
    /// Present value of pay while the seller stays, what comes after the horizon included.
    pay: f64,
    /// What customers pay over the horizon, undiscounted.
    revenue: f64,
    /// The company's present value: it pays in full what is shared with a colleague.
    company: f64,
}

/// Cases of a team under the plan of a workspace, its rules included, as many at a time as one likes.
///
/// A case has the same luck as the run of the same number of a [`Simulation`] with the same seed, under any plan and share.
#[derive(Debug, Clone)]
pub struct RuledSimulation {
    workspace: Workspace,
    plan: SharedPlan,
    discounting: Discounting,
    /// The draws.
    simulation: Simulation,
    expected: Case,
    cases: Vec<Case>,
}

/// What a part of the pay is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Renewals,
    New,
    Other,
}

impl RuledSimulation {
    /// Prepares cases of `team` under the plan of `workspace`, each seller with a share of the time on customers out of `shares`,
    /// 0 to 1, in their order; sellers without one have the last.
    pub fn new(team: &Team, workspace: &Workspace, shares: &[f64], seed: u64) -> RuledSimulation {
        let rates = Plan { rules: Vec::new(), ..workspace.plan.clone() };
        let mut ruled = RuledSimulation {
            plan: SharedPlan::new(&workspace.plan, workspace.as_of.plus(1)),
            discounting: Discounting::with_quota(&workspace.assumptions, workspace.plan.quota),
            simulation: Simulation::new(team, &rates, shares, seed),
            workspace: workspace.clone(),
            expected: Case::default(),
            cases: Vec::new(),
        };
        let shares = shares.iter().chain(shares.last().into_iter().cycle());
        let mut expected = Case::default();
        for (seller, share) in ruled.simulation.sellers.iter().zip(shares) {
            let under = ruled.plan.over(&seller.accounts.projection, &ruled.discounting, workspace.as_of);
            let mut path = under.path();
            under.seller.run(*share, &mut path);
            expected.add(&under, &path, &ruled.kinds(), &mut Vec::new());
        }
        ruled.expected = expected;
        ruled
    }

    /// Adds `cases` cases. Many small steps leave the same as one large one, bit for bit.
    pub fn advance(&mut self, cases: usize) {
        let first = self.cases.len();
        let kinds = self.kinds();
        let (mut added, mut parts) = (vec![Case::default(); cases], Vec::new());
        for (place, seller) in self.simulation.sellers.iter().enumerate() {
            let under = self.plan.over(&seller.accounts.projection, &self.discounting, self.workspace.as_of);
            let mut path = under.path();
            for (case, number) in added.iter_mut().zip(first as u64..) {
                self.simulation.realised(place, number, &mut path);
                case.add(&under, &path, &kinds, &mut parts);
            }
        }
        self.cases.extend(added);
    }

    /// Cases so far.
    pub const fn cases(&self) -> usize {
        self.cases.len()
    }

    /// What the cases so far say. Where rules bend pay the mean is not that of the projection: see
    /// [`Measure::misleads_at_expected_volume`].
    pub fn spread(&self) -> Spread {
        let mut amounts = Vec::with_capacity(self.cases.len());
        let mut measure = |of: fn(&Case) -> f64, is_exact: bool| {
            amounts.clear();
            amounts.extend(self.cases.iter().map(of));
            Measure::of(&mut amounts, of(&self.expected), is_exact, None)
        };
        Spread {
            runs: self.cases.len(),
            first_year_pay: measure(|it| it.first_year, false),
            first_year_renewal_pay: measure(|it| it.first_year_renewal, false),
            first_year_new_pay: measure(|it| it.first_year_new, false),
            pay: measure(|it| it.pay, false),
            revenue: measure(|it| it.revenue, true),
            company_value: measure(|it| it.company, false),
        }
    }

    /// How often `other` beats this one, case by case.
    pub fn duel(&self, other: &RuledSimulation) -> Duel {
        let chance = |of: fn(&Case) -> f64| Chance::between(self.cases.iter().map(of), other.cases.iter().map(of));
        Duel {
            runs: self.cases.len().min(other.cases.len()),
            seller: chance(|it| it.pay),
            company: chance(|it| it.company),
        }
    }

    /// What each part of [`crate::model::plan_response::PlanProjection::part_names`] is for.
    fn kinds(&self) -> Vec<For> {
        let component = |of: &[Trigger]| {
            let is_new = |it: &Trigger| matches!(it, Trigger::NewBusiness | Trigger::Referral | Trigger::WinBack);
            match of {
                [Trigger::Renewal] => For::Renewals,
                of if !of.is_empty() && of.iter().all(is_new) => For::New,
                _ => For::Other,
            }
        };
        let components = self.plan.own().components.iter().map(|it| component(&it.measure.of));
        std::iter::once(For::Other).chain(components).collect()
    }
}

impl Case {
    /// Adds what a seller's `path` comes to.
    fn add(&mut self, under: &BothSides<'_>, path: &Path, kinds: &[For], parts: &mut Vec<f64>) {
        let worth = under.seller.worth_by_part(path, parts);
        self.first_year += worth.first_year_pay;
        self.pay += worth.seller;
        self.company += under.company_value(path, &worth);
        self.revenue += path.months.iter().map(|flow| flow.annual_value / 12.0).sum::<f64>();
        let of =
            |kind: For| parts.iter().zip(kinds).filter(|(_, its)| **its == kind).map(|(paid, _)| paid).sum::<f64>();
        self.first_year_renewal += of(For::Renewals);
        self.first_year_new += of(For::New);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::Question;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn simulated(workspace: &Workspace, cases: usize) -> RuledSimulation {
        let team = Team::new(workspace, &Question::default()).unwrap();
        let mut ruled = RuledSimulation::new(&team, workspace, &[0.33], 7);
        ruled.advance(cases);
        ruled
    }

    #[test]
    fn without_rules_every_case_is_that_of_the_rates() {
        let workspace = sample();
        let team = Team::new(&workspace, &Question::default()).unwrap();
        let mut flat = Simulation::new(&team, &workspace.plan, &[0.33], 7);
        flat.advance(60);
        let ruled = simulated(&workspace, 60);
        let near = |one: f64, other: f64| (one - other).abs() <= 1e-9 * one.abs().max(1.0);
        for (case, run) in ruled.cases.iter().zip(flat.outcomes()) {
            assert!(near(case.first_year, run.first_year_pay), "{case:?} {run:?}");
            assert!(near(case.first_year_renewal, run.first_year_renewal_pay), "{case:?} {run:?}");
            assert!(near(case.first_year_new, run.first_year_new_pay), "{case:?} {run:?}");
            assert!(near(case.pay, run.pay) && near(case.revenue, run.revenue), "{case:?} {run:?}");
            assert!(near(case.company, run.company_value), "{case:?} {run:?}");
        }
        assert!(near(ruled.expected.first_year, flat.at_expected_volume().first_year_pay));
    }

    #[test]
    fn a_cap_cuts_off_good_luck_only() {
        let mut workspace = sample();
        let free = simulated(&workspace, 400).spread();
        // Somewhat less than what is won in a mean year at 10 %.
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::Cap, &[8_000.0]).unwrap()];
        let (mut capped, whole) = (simulated(&workspace, 150), simulated(&workspace, 400));
        let spread = whole.spread();
        assert!(spread.first_year_pay.quantiles[6] < free.first_year_pay.quantiles[6], "{spread:?} {free:?}");
        assert!(spread.first_year_pay.mean <= spread.first_year_pay.at_expected_volume + 1e-6, "{spread:?}");
        assert_eq!(spread.first_year_renewal_pay.mean, free.first_year_renewal_pay.mean);
        assert_eq!(spread.revenue, free.revenue);
        // Many small steps are one large one.
        capped.advance(1);
        capped.advance(249);
        assert_eq!(capped.cases, whole.cases);
        assert_eq!((whole.cases(), whole.duel(&capped).seller.equal), (400, 1.0));
        let lost = simulated(&sample(), 400).duel(&whole);
        assert!(lost.seller.better == 0.0 && lost.seller.equal < 1.0, "{lost:?}");
        assert!(lost.company.better + lost.company.equal == 1.0, "{lost:?}");
    }
}
