//! What a projected path is worth to the seller and to the company under flat rates.
//!
//! Flat pay is linear in the rates, so a path is summed once into the amounts that each rate multiplies. Any plan
//! of flat rates can then be applied to it at the price of a few multiplications.

use super::assumptions::Assumptions;
use super::plan::{CONTRACT_YEARS, Plan, QuotaRule};
use super::projection::{MonthFlow, Path};

/// The amounts that the rates of a plan multiply, summed with one kind of discounting.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PayBasis {
    /// Years of base pay.
    pub years: f64,
    /// Annual value won.
    pub new_value: f64,
    /// Annual value won through referrals.
    pub referred_value: f64,
    /// The part of `new_value` won beyond the quota of its period.
    pub beyond_quota: f64,
    /// Growth of annual value at renewals.
    pub expansion_value: f64,
    /// Value renewed, by contract year.
    pub renewed_value: [f64; CONTRACT_YEARS],
    /// Value renewed after the horizon, at the rate of the last contract year.
    pub later_value: f64,
}

impl PayBasis {
    /// Adds a month, discounted by `weight`.
    pub(super) fn add(&mut self, flow: &MonthFlow, beyond_quota: f64, weight: f64) {
        self.years += weight / 12.0;
        self.new_value += weight * flow.new_value;
        self.referred_value += weight * flow.referred_value;
        self.beyond_quota += weight * beyond_quota;
        self.expansion_value += weight * flow.expansion_value;
        for (sum, value) in self.renewed_value.iter_mut().zip(&flow.renewed_value) {
            *sum += weight * value;
        }
    }

    /// Pay under `plan`: `base years + c_new (new + (m - 1) beyond quota) + c_ref referred + c_up expansion + sum over
    /// contract years of c_ren renewed`.
    pub fn pay(&self, plan: &Plan) -> f64 {
        self.fixed_pay(plan) + self.renewal_pay(plan)
    }

    /// Pay under `plan` without anything for renewals.
    pub fn fixed_pay(&self, plan: &Plan) -> f64 {
        plan.base.units() * self.years
            + plan.new_business.get() * (self.new_value + (plan.quota.multiplier - 1.0) * self.beyond_quota)
            + plan.referral.get() * self.referred_value
            + plan.upsell.get() * self.expansion_value
    }

    /// The renewal part of pay under `plan`, after the horizon included.
    pub fn renewal_pay(&self, plan: &Plan) -> f64 {
        renewal_pay(plan, &self.renewed_value) + plan.renewal.last().get() * self.later_value
    }
}

/// Renewal pay on values by contract year.
pub fn renewal_pay(plan: &Plan, renewed_value: &[f64; CONTRACT_YEARS]) -> f64 {
    plan.renewal.by_year().iter().zip(renewed_value).map(|(rate, value)| rate.get() * value).sum()
}

/// Commission and base pay of one month under `plan`, undiscounted, with `beyond_quota` of what is won beyond the quota.
pub fn month_pay(plan: &Plan, flow: &MonthFlow, beyond_quota: f64) -> f64 {
    plan.base.units() / 12.0
        + plan.new_business.get() * (flow.new_value + (plan.quota.multiplier - 1.0) * beyond_quota)
        + plan.referral.get() * flow.referred_value
        + plan.upsell.get() * flow.expansion_value
        + renewal_pay(plan, &flow.renewed_value)
}

/// A path summed up: enough to value it under any flat plan.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Worth {
    /// Pay discounted as the seller sees it: `(stay / (1 + d_r))^(t / 12)`.
    pub seller: PayBasis,
    /// Pay discounted as the company sees it: `(1 + d_c)^(-t / 12)`.
    pub company: PayBasis,
    /// Pay of months 1 to 12, undiscounted and without a residual.
    pub first_year: PayBasis,
    /// The company's margin before pay, discounted, after the horizon included and prospecting cost taken off.
    pub margin: f64,
}

impl Worth {
    /// The seller's value: the present value of pay while the seller stays.
    pub fn seller_value(&self, plan: &Plan) -> f64 {
        self.seller.pay(plan)
    }

    /// The company's value: the present value of margin less pay.
    pub fn company_value(&self, plan: &Plan) -> f64 {
        self.margin - self.company.pay(plan)
    }

    /// Adds another seller's worth, part by part.
    pub fn accumulate(&mut self, other: &Worth) {
        self.margin += other.margin;
        for (sum, part) in [
            (&mut self.seller, &other.seller),
            (&mut self.company, &other.company),
            (&mut self.first_year, &other.first_year),
        ] {
            sum.years += part.years;
            sum.new_value += part.new_value;
            sum.referred_value += part.referred_value;
            sum.beyond_quota += part.beyond_quota;
            sum.expansion_value += part.expansion_value;
            sum.later_value += part.later_value;
            for (sum, value) in sum.renewed_value.iter_mut().zip(&part.renewed_value) {
                *sum += value;
            }
        }
    }
}

/// Discount factors by month for the company and the seller.
#[derive(Debug, Clone)]
pub struct Discounting {
    by_month: Vec<(f64, f64)>,
    prospecting_cost: f64,
    quota: QuotaRule,
}

/// What is won beyond the target of a quota, month after month.
#[derive(Debug, Clone)]
pub struct QuotaCount {
    quota: QuotaRule,
    month: u32,
    won: f64,
}

impl QuotaCount {
    /// Counts from month 1 on.
    pub const fn new(quota: QuotaRule) -> QuotaCount {
        QuotaCount { quota, month: 0, won: 0.0 }
    }

    /// The part of `new_value`, won in the next month, that lies beyond the target of its period.
    pub fn beyond(&mut self, new_value: f64) -> f64 {
        if self.month.is_multiple_of(self.quota.period.months()) {
            self.won = 0.0;
        }
        self.month += 1;
        let is_met = self.won >= self.quota.target;
        self.won += new_value;
        // Once it is met all counts, to the last digit: a difference of two sums would leave what their rounding made.
        if is_met { new_value } else { (self.won - self.quota.target).max(0.0) }
    }
}

impl Discounting {
    /// The factors of `assumptions` for months 1 to the horizon, without a quota that counts.
    pub fn new(assumptions: &Assumptions) -> Discounting {
        Discounting::with_quota(assumptions, QuotaRule::default())
    }

    /// The factors of `assumptions` for months 1 to the horizon, and the quota beyond which wins are counted apart.
    pub fn with_quota(assumptions: &Assumptions, quota: QuotaRule) -> Discounting {
        let (company, seller) = (assumptions.company_factor(), assumptions.seller_factor());
        let by_month = (1..=assumptions.horizon).map(|month| {
            let years = f64::from(month) / 12.0;
            (libm::pow(company, years), libm::pow(seller, years))
        });
        Discounting { by_month: by_month.collect(), prospecting_cost: assumptions.prospecting_cost, quota }
    }

    /// Sums `path` up.
    pub fn worth(&self, path: &Path) -> Worth {
        let mut worth = Worth::default();
        let mut quota = QuotaCount::new(self.quota);
        for ((index, flow), (company, seller)) in path.months.iter().enumerate().zip(&self.by_month) {
            let beyond_quota = quota.beyond(flow.new_value);
            worth.seller.add(flow, beyond_quota, *seller);
            worth.company.add(flow, beyond_quota, *company);
            if index < 12 {
                worth.first_year.add(flow, beyond_quota, 1.0);
            }
            worth.margin += company * (flow.margin - self.prospecting_cost * flow.prospecting_hours);
        }
        if let Some((company, seller)) = self.by_month.last() {
            worth.seller.later_value = seller * path.afterwards.seller_value;
            worth.company.later_value = company * path.afterwards.company_value;
            worth.margin += company * path.afterwards.company_margin;
        }
        worth
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pay::PlanPeriod;

    #[test]
    fn what_is_won_beyond_the_quota_is_counted_anew_in_every_period() {
        let quota = QuotaRule { target: 100.0, period: PlanPeriod::Quarter, multiplier: 2.0 };
        let mut count = QuotaCount::new(quota);
        let beyond: Vec<f64> = [60.0, 60.0, 60.0, 120.0, 0.0, 5.0, 99.0].map(|won| count.beyond(won)).to_vec();
        assert_eq!(beyond, [0.0, 20.0, 60.0, 20.0, 0.0, 5.0, 0.0]);
    }

    #[test]
    fn once_a_quota_is_met_all_counts_to_the_last_digit() {
        let mut count = QuotaCount::new(QuotaRule { target: 0.0, period: PlanPeriod::Year, multiplier: 0.0 });
        // As a difference of sums, .3 less .1 would be more than .2.
        assert_eq!([0.1, 0.2, 0.3].map(|won| count.beyond(won)), [0.1, 0.2, 0.3]);
    }

    #[test]
    fn pay_beyond_the_quota_is_multiplied() {
        let mut plan = Plan::default();
        plan.quota.multiplier = 1.5;
        let flow = MonthFlow { new_value: 300.0, expansion_value: 50.0, ..MonthFlow::default() };
        // 10 % of 200, 15 % of 100, 8 % of 50.
        assert!((month_pay(&plan, &flow, 100.0) - (20.0 + 15.0 + 4.0)).abs() < 1e-12);
    }
}
