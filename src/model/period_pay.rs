//! What a plan pays on a sum won in one period of its quota, all else left out: the height of a payout curve.

use chrono::NaiveDate;

use super::flat_plan::components;
use super::month::Month;
use super::pay::{Event, EventKind, MonthPay, Origin, PayPlan, Window, evaluate};
use super::plan::Plan;
use super::quantity::Money;
use super::rules::{Rule, RuleKind};
use super::seller::NewAccount;

/// A plan's pay on the new business of one period: rates, and the rules that are [measured over it](PeriodPay::rules).
#[derive(Debug, Clone)]
pub struct PeriodPay {
    plan: PayPlan,
    rules: Vec<Rule>,
    months: u32,
    first: Month,
    sale: NewAccount,
}

impl PeriodPay {
    /// The pay of `plan`, where a sale is `sale`: rules may pay by the account, by margin or by term.
    pub fn new(plan: &Plan, sale: NewAccount) -> PeriodPay {
        let rules: Vec<Rule> = plan.rules.iter().filter(|rule| tells(plan, rule)).copied().collect();
        // Any year will do.
        let first = Month::of(NaiveDate::default());
        let told = Plan { rules: rules.clone(), base: Money::ZERO, ..plan.clone() };
        PeriodPay { plan: components(&told, first), rules, months: plan.quota.period.months(), first, sale }
    }

    /// The rules in force that say what a period's new business pays: those measured over the period of the quota, or over
    /// none.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Commission on `won`, annual value of contracts won early in the period, money.
    pub fn on(&self, won: f64) -> f64 {
        let on = self.first.first_day();
        let event = Event {
            on,
            kind: EventKind::Won,
            origin: Origin::Month(1),
            count: if self.sale.annual_value > 0.0 { won / self.sale.annual_value } else { 0.0 },
            revenue: won,
            margin: self.sale.margin * won,
            collected_on: Some(on),
            age: 0,
            term: self.sale.term,
        };
        evaluate(&self.plan, &[event], self.first, self.months, Window::default()).iter().map(MonthPay::paid).sum()
    }
}

fn tells(plan: &Plan, rule: &Rule) -> bool {
    let of_period = match rule.kind() {
        RuleKind::TierAbove
        | RuleKind::TierOnAll
        | RuleKind::WinBonus
        | RuleKind::Cap
        | RuleKind::Threshold
        | RuleKind::BelowTarget => rule.period == plan.quota.period,
        RuleKind::LongContract | RuleKind::EachWin | RuleKind::NewMargin | RuleKind::SharedWins => true,
        _ => false,
    };
    rule.is_on && of_period
}

/// What must be won in a period for the rate on new business to pay `cap`, money, if no other rule limits it; `None` if it never
/// does.
pub fn capped_at(plan: &Plan, cap: f64) -> Option<f64> {
    let (rate, quota) = (plan.new_business.get(), &plan.quota);
    let below = cap / rate;
    let at = if !quota.counts() || below <= quota.target {
        below
    } else {
        quota.target + (cap - rate * quota.target) / (rate * quota.multiplier)
    };
    at.is_finite().then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pay::PlanPeriod;
    use crate::model::plan::QuotaRule;

    const SALE: NewAccount = NewAccount { annual_value: 10_000.0, margin: 0.7, term: 24 };

    #[test]
    fn rates_quota_and_rules_of_the_period_pay() {
        let rule = |kind: RuleKind, numbers: &[f64]| Rule::from_numbers(kind, numbers).unwrap();
        let quota = QuotaRule { target: 100_000.0, period: PlanPeriod::Quarter, multiplier: 1.5 };
        let mut plan = Plan { quota, ..Plan::default() };
        assert_eq!(PeriodPay::new(&plan, SALE).on(120_000.0), 10_000.0 + 3_000.0);
        plan.rules = vec![
            rule(RuleKind::EachWin, &[100.0]),
            rule(RuleKind::LongContract, &[24.0, 0.01]),
            rule(RuleKind::NewMargin, &[0.10]),
            rule(RuleKind::WinBonus, &[500.0, 110_000.0]).over(PlanPeriod::Quarter),
            rule(RuleKind::WinBonus, &[500.0, 110_000.0]),
            rule(RuleKind::Draw, &[5_000.0]),
        ];
        let paid = PeriodPay::new(&plan, SALE);
        assert_eq!(paid.rules().len(), 4, "neither a bonus of another period nor an advance");
        assert!((paid.on(120_000.0) - (13_000.0 + 1_200.0 + 1_200.0 + 8_400.0 + 500.0)).abs() < 1e-6);
        // 10 % of 100,000, then 15 %.
        assert_eq!(capped_at(&plan, 5_000.0), Some(50_000.0));
        assert_eq!(capped_at(&plan, 13_000.0), Some(120_000.0));
        plan.quota.multiplier = 0.0;
        assert_eq!(capped_at(&plan, 13_000.0), None);
    }
}
