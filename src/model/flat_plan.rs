//! A plan told as the list of components that the evaluator pays by: first its rates, then its rules.

use super::month::Month;
use super::pay::{Accelerator, Component, Measure, PayPlan, PlanYear, Quota, Reading, Reward, Steps, Trigger};
use super::plan::Plan;
use super::ruled_plan::{LeftOut, add_rules};

/// The rules of `plan` that cannot hold beside those before them, by their places.
pub fn left_out(plan: &Plan, first: Month) -> Vec<(usize, LeftOut)> {
    let mut rates = components(&Plan { rules: Vec::new(), ..plan.clone() }, first);
    add_rules(&mut rates, &plan.rules, first)
}

/// The components of `plan`, whose year begins in the month `first`: both pay the same on any events. Of rules
/// that cannot hold together the later one is left out ([`left_out`] tells which).
pub fn components(plan: &Plan, first: Month) -> PayPlan {
    let component = |name, trigger, reward| Component::new(name, Measure::revenue(trigger), reward);
    let mut pay_plan = PayPlan { base: plan.base.units(), ..PayPlan::empty(PlanYear { first }) };
    let mut new_business = component("New business", Trigger::NewBusiness, Reward::Rate(plan.new_business.get()));
    let quota = &plan.quota;
    if quota.counts() && quota.target > 0.0 {
        pay_plan.quotas.push(Quota {
            name: "New business".to_owned(),
            measure: Measure::revenue(Trigger::NewBusiness),
            target: quota.target,
            period: quota.period,
        });
        let multipliers = Steps::new(vec![(0.0, 1.0), (1.0, quota.multiplier)]).ok();
        new_business.accelerator = multipliers.map(|multipliers| Accelerator {
            quotas: vec![(0, 1.0)],
            multipliers,
            reading: Reading::Marginal,
        });
    } else if quota.counts() {
        // A quota of nothing is met before the first sale.
        new_business.reward = Reward::Rate(plan.new_business.get() * quota.multiplier);
    }
    pay_plan.components = vec![
        new_business,
        component("Renewals", Trigger::Renewal, Reward::ByContractYear(plan.renewal.clone())),
        component("Referrals", Trigger::Referral, Reward::Rate(plan.referral.get())),
        component("Upsell", Trigger::Expansion, Reward::Rate(plan.upsell.get())),
    ];
    add_rules(&mut pay_plan, &plan.rules, first);
    pay_plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assumptions::Assumptions;
    use crate::model::book::Book;
    use crate::model::bounds::Input;
    use crate::model::path::{Effort, Path};
    use crate::model::pay::PlanPeriod;
    use crate::model::plan::{Plan, QuotaRule};
    use crate::model::plan_response::PlanProjection;
    use crate::model::projection::Projection;
    use crate::model::quantity::Money;
    use crate::model::sample::sample_workspace;
    use crate::model::seller::SellerBook;
    use crate::model::valuation::Discounting;
    use crate::model::workspace::Workspace;

    /// One account of 12,000 that renews in month 6, nobody to prospect, attention as it is today.
    fn one_account() -> Workspace {
        let november = Month::parse("2026-11").unwrap();
        let mut workspace = sample_workspace(november);
        let mut account = workspace.book.accounts.iter().find(|it| it.tenure(november) == 6).unwrap().clone();
        account.annual_value = Money::from_cents(1_200_000);
        workspace.book = Book { accounts: vec![account].into(), ..workspace.book };
        for (input, value) in [(Input::Leads, 0.0), (Input::Referrals, 0.0), (Input::Horizon, 12.0)] {
            workspace.set(input, value).unwrap();
        }
        workspace
    }

    fn run(workspace: &Workspace, assumed: &Assumptions) -> (Path, f64) {
        let book = SellerBook::new("", &workspace.book.accounts, workspace.as_of, assumed).unwrap();
        let projection = Projection::new(book, assumed).unwrap();
        let mut path = Path::default();
        projection.run(&Effort::split(assumed.share_today, assumed.hours_per_year), &mut path);
        let plan = components(&workspace.plan, workspace.as_of.plus(1));
        let discounting = Discounting::with_quota(assumed, workspace.plan.quota);
        let pay = PlanProjection::new(&projection, &plan, &discounting, workspace.as_of).worth(&path).first_year_pay;
        (path, pay)
    }

    #[test]
    fn growth_at_a_renewal_is_paid_as_upsell() {
        let mut workspace = one_account();
        // At today's attention (.85 - .60) / (.95 - .60) of 7 %, which is 5 %; 85 % of the account renews.
        workspace.set(Input::UpsellGrowth, 0.07).unwrap();
        let (path, pay) = run(&workspace, &workspace.assumptions);
        let flow = path.months[5];
        assert!((flow.expansion_value - 12_000.0 * 0.85 * 0.05).abs() < 1e-8, "{flow:?}");
        assert!((flow.annual_value - 12_000.0 * 0.85 * 1.05).abs() < 1e-8, "{flow:?}");
        // 2 % of what renews at its old value, 8 % of 510.
        assert!((pay - (0.02 * 10_200.0 + 0.08 * 510.0)).abs() < 1e-8, "{pay}");
    }

    #[test]
    fn a_competitor_multiplies_the_odds_of_loss() {
        let mut workspace = one_account();
        workspace.set(Input::CompetitorPull, 2.0).unwrap();
        // Odds of loss 15 to 85 become 30 to 85.
        let (path, _) = run(&workspace, &workspace.assumptions);
        assert!((path.months[5].accounts - 85.0 / 115.0).abs() < 1e-12);
    }

    #[test]
    fn references_lift_what_cold_leads_win_and_poor_fit_what_they_renew() {
        let mut workspace = one_account();
        workspace.set(Input::Leads, 120.0).unwrap();
        let (plain, _) = run(&workspace, &workspace.assumptions);
        workspace.set(Input::ReferenceLift, 0.5).unwrap();
        workspace.set(Input::ReferencesForHalf, 1.0).unwrap();
        let (lifted, _) = run(&workspace, &workspace.assumptions);
        // One account, of which 5 in 7 of all attention could do is done.
        let kept = 5.0 / 7.0;
        let factor = 1.0 + 0.5 * kept / (kept + 1.0);
        assert!((lifted.months[0].wins / plain.months[0].wins - factor).abs() < 1e-12);

        workspace.set(Input::ReferenceLift, 0.0).unwrap();
        workspace.set(Input::NewAccountFit, 0.0).unwrap();
        workspace.set(Input::Horizon, 24.0).unwrap();
        let (unfit, _) = run(&workspace, &workspace.assumptions);
        // The first month's wins come due in month 13, and renew as if nobody called.
        let due = unfit.months[0].wins * (1.0 - 0.60);
        assert!((unfit.months[12].lost - due).abs() < 1e-12, "{:?}", unfit.months[12]);
    }

    #[test]
    fn a_quota_is_told_as_one_and_none_where_it_does_not_count() {
        let first = Month::parse("2026-12").unwrap();
        let with = |quota: QuotaRule| components(&Plan { quota, ..Plan::default() }, first);
        let counts = with(QuotaRule { target: 50_000.0, period: PlanPeriod::Quarter, multiplier: 1.5 });
        assert_eq!((counts.quotas.len(), counts.check()), (1, Ok(())));
        assert!(with(QuotaRule { target: 50_000.0, period: PlanPeriod::Year, multiplier: 1.0 }).quotas.is_empty());
        // A quota of nothing is met before the first sale.
        let at_once = with(QuotaRule { target: 0.0, period: PlanPeriod::Year, multiplier: 1.5 });
        assert!(at_once.quotas.is_empty());
        assert_eq!(at_once.components[0].reward, Reward::Rate(0.10 * 1.5));
    }
}
