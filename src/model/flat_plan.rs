//! A plan of flat rates told as the list of components that the evaluator pays by.

use super::month::Month;
use super::pay::{Accelerator, Component, Measure, PayPlan, PlanYear, Quota, Reading, Reward, Steps, Trigger};
use super::plan::Plan;

/// The components of `plan`, whose year begins in the month `first`: both pay the same on any events.
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
    pay_plan
}
