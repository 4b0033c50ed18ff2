//! What a plan with rules beside its rates does: every seller searched under the evaluator of plans, and added up.
//!
//! Rules make pay jump and bend, so nothing is summed ahead as for flat rates: each split of the time is paid event by event
//! ([`super::plan_response`]). That takes long beside a flat answer, so it goes in steps of one search each.

use super::daily_price::{DailyPrice, daily_share};
use super::optimum::Optimum;
use super::path::Path;
use super::payoff::{PlanOutcome, Question, SellerOutcome};
use super::plan::Plan;
use super::plan_response::PlanWorth;
use super::problem::Problem;
use super::projection::Projection;
use super::shared_plan::SharedPlan;
use super::team_projections::team_projections;
use super::valuation::{Discounting, renewal_pay};
use super::workspace::Workspace;

/// The search of all sellers, one after another.
#[derive(Debug)]
pub struct RuledOutcome {
    workspace: Workspace,
    plan: SharedPlan,
    discounting: Discounting,
    projections: Vec<Projection>,
    /// The seller's best share of the seller under way, once it is found.
    seller_best: Option<Optimum>,
    sum: PlanOutcome,
}

impl RuledOutcome {
    /// Begins with the sellers that `question` is about, under the plan of `workspace`.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &Workspace, question: &Question) -> Result<RuledOutcome, Problem> {
        Ok(RuledOutcome {
            plan: SharedPlan::new(&workspace.plan, workspace.as_of.plus(1)),
            discounting: Discounting::with_quota(&workspace.assumptions, workspace.plan.quota),
            projections: team_projections(workspace, question)?,
            workspace: workspace.clone(),
            seller_best: None,
            sum: PlanOutcome {
                seller_share: 0.0,
                company_share: 0.0,
                accounts_after: 0.0,
                company_value: 0.0,
                gap: 0.0,
                free_renewal_pay: 0.0,
                first_year_pay: 0.0,
                seller_value: 0.0,
                daily: DailyPrice::default(),
                sellers: Vec::new(),
            },
        })
    }

    /// How many steps there are in all.
    pub fn steps(&self) -> usize {
        2 * self.projections.len()
    }

    /// Searches for one seller's best split, or for the company's for that seller; gives what the plan does once all are
    /// found.
    ///
    /// The gap of a seller is never negative: where the seller's best serves the company better than what the search found
    /// for it, that is the company's best.
    pub fn advance(&mut self) -> Option<PlanOutcome> {
        let projection = self.projections.get(self.sum.sellers.len())?;
        let under = self.plan.over(projection, &self.discounting, self.workspace.as_of);
        let Some(seller_best) = self.seller_best.take() else {
            self.seller_best = Some(under.seller_best());
            return None;
        };
        let company_best = under.company_best();
        let mut path = under.path();
        let now = under.worth_at(seller_best.at, &mut path);
        let company_share = if now.company > company_best.height { seller_best.at } else { company_best.at };
        let gap = (company_best.height - now.company).max(0.0);
        let daily = {
            let mut path = under.path();
            let mut all_at = |share: f64| under.worth_at(share, &mut path);
            let (some, none) = (all_at(daily_share(self.workspace.assumptions.hours_per_year)), all_at(0.0));
            DailyPrice { seller: some.seller - none.seller, company: some.company - none.company }
        };
        self.add(seller_best.at, company_share, gap, &now, &path);
        self.sum.daily.seller += daily.seller;
        self.sum.daily.company += daily.company;
        let count = self.projections.len();
        (self.sum.sellers.len() == count).then(|| {
            let mut outcome = self.sum.clone();
            outcome.seller_share /= count.max(1) as f64;
            outcome.company_share /= count.max(1) as f64;
            outcome
        })
    }

    /// Adds a seller at the end of `path`.
    fn add(&mut self, seller_share: f64, company_share: f64, gap: f64, now: &PlanWorth, path: &Path) {
        let plan: &Plan = &self.workspace.plan;
        let sum = &mut self.sum;
        sum.seller_share += seller_share;
        sum.company_share += company_share;
        sum.accounts_after += path.months.last().map_or(0.0, |flow| flow.accounts);
        sum.company_value += now.company;
        sum.gap += gap;
        sum.free_renewal_pay +=
            path.months.iter().take(12).map(|flow| renewal_pay(plan, &flow.free_value)).sum::<f64>();
        sum.first_year_pay += now.first_year_pay;
        sum.seller_value += now.seller;
        let own = SellerOutcome { share: seller_share, company_share, first_year_pay: now.first_year_pay };
        sum.sellers.push(own);
    }
}

/// What the plan of `workspace` does, rules included.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn ruled_outcome(workspace: &Workspace, question: &Question) -> Result<PlanOutcome, Problem> {
    let mut search = RuledOutcome::new(workspace, question)?;
    loop {
        if let Some(outcome) = search.advance() {
            return Ok(outcome);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::Samples;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    fn two_sellers() -> Workspace {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        for account in workspace.book.accounts.iter_mut().take(10) {
            account.seller = "Ada".to_owned();
        }
        workspace
    }

    fn outcome(workspace: &Workspace) -> PlanOutcome {
        ruled_outcome(workspace, &Question::default()).unwrap()
    }

    #[test]
    fn without_rules_it_is_what_the_rates_do() {
        let mut workspace = two_sellers();
        workspace.plan.rules = vec![Rule::new(RuleKind::Cap).switched(false)];
        let flat = Samples::new(&workspace, &Question::default()).unwrap().outcome(&workspace);
        let ruled = outcome(&workspace);
        for (what, one, other) in [
            ("seller's share", ruled.seller_share, flat.seller_share),
            ("company's share", ruled.company_share, flat.company_share),
        ] {
            assert!((one - other).abs() < 1e-6, "{what}: {one} and {other}");
        }
        for (what, one, other) in [
            ("accounts", ruled.accounts_after, flat.accounts_after),
            ("company's value", ruled.company_value, flat.company_value),
            ("gap", ruled.gap, flat.gap),
            ("free renewal pay", ruled.free_renewal_pay, flat.free_renewal_pay),
            ("first year's pay", ruled.first_year_pay, flat.first_year_pay),
            ("seller's value", ruled.seller_value, flat.seller_value),
        ] {
            assert!((one / other - 1.0).abs() < 1e-5, "{what}: {one} and {other}");
        }
        assert_eq!(ruled.sellers.len(), 2);
    }

    #[test]
    fn rules_move_the_seller() {
        let mut workspace = two_sellers();
        let flat = outcome(&workspace);
        // A renewal rate of 5 % on top of 2 % by way of a rule is a renewal rate of 7 %.
        let mut at_seven = workspace.clone();
        at_seven.set(crate::model::bounds::Input::RenewalCommission, 0.07).unwrap();
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::RenewalAboveFloor, &[0.0, 0.05]).unwrap()];
        let (ruled, level) = (outcome(&workspace), outcome(&at_seven));
        assert!(ruled.seller_share > flat.seller_share + 0.05, "{ruled:?}");
        assert!((ruled.seller_share - level.seller_share).abs() < 1e-3, "{ruled:?} {level:?}");
        assert!((ruled.first_year_pay / level.first_year_pay - 1.0).abs() < 1e-3, "{ruled:?} {level:?}");
        // What pays nothing for new business leaves none of the time for it, but for what referrals and renewals bring.
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::Cap, &[0.0]).unwrap()];
        assert!(outcome(&workspace).seller_share > flat.seller_share + 0.2);
    }
}
