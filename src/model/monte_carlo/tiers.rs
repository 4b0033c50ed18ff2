//! What new business counts for as a period goes on: quotas, accelerators, decelerators, caps, tier tables.

use crate::model::pay::{PlanPeriod, Reading, Steps};
use crate::model::plan::QuotaRule;

/// Multiplies the new-business commission rate by how much was won in the period so far.
///
/// Marginal: an amount W won in a period counts as the area under the multipliers from 0 to W, each slice at its own.
/// Retroactive: all of it at the multiplier reached; what that adds to earlier months of the period is paid when it is
/// reached. Periods follow one another from month 1 on.
///
/// # Example
/// ```
/// use holdfast::model::monte_carlo::NewBusinessTiers;
/// use holdfast::model::pay::{PlanPeriod, Reading, Steps};
/// let steps = Steps::new(vec![(0.0, 1.0), (100_000.0, 1.5)])?;
/// let tiers = NewBusinessTiers { period: PlanPeriod::Quarter, steps, reading: Reading::Marginal };
/// // 100,000 at 1 and 20,000 at 1.5.
/// assert_eq!(tiers.counts_for(120_000.0), 130_000.0);
/// # Ok::<(), holdfast::model::pay::BadSteps>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NewBusinessTiers {
    /// Over what the value won is added up.
    pub period: PlanPeriod,
    /// Multipliers by annual value won in the period, money.
    pub steps: Steps,
    /// How the table is read.
    pub reading: Reading,
}

impl NewBusinessTiers {
    /// The quota of a plan: 1 up to the target, the multiplier beyond it. `None` where the multiplier changes nothing.
    pub fn of_quota(quota: &QuotaRule) -> Option<NewBusinessTiers> {
        let from_target = if quota.target > 0.0 {
            Steps::new(vec![(0.0, 1.0), (quota.target, quota.multiplier)])
        } else {
            Steps::new(vec![(0.0, quota.multiplier)])
        };
        let steps = from_target.ok().filter(|_| quota.counts())?;
        Some(NewBusinessTiers { period: quota.period, steps, reading: Reading::Marginal })
    }

    /// What `won` in one period counts for, money.
    pub fn counts_for(&self, won: f64) -> f64 {
        match self.as_quota() {
            Some(quota) => quota.counts_for(won),
            None => self.steps.pay(won, self.reading),
        }
    }

    /// The same as a single step, if they are one.
    pub(super) fn as_quota(&self) -> Option<OneStep> {
        match (self.reading, self.steps.steps()) {
            (Reading::Marginal, [(0.0, below), (target, beyond)]) => {
                Some(OneStep { below: *below, target: *target, beyond: *beyond })
            }
            _ => None,
        }
    }

    /// Tells what the annual value `won` in each month counts for, where there is any: the month, from 1, and the money.
    pub(super) fn counted(&self, won: &[f64], mut tell: impl FnMut(u32, f64)) {
        for (first, months) in
            (1..).step_by(self.period.months() as usize).zip(won.chunks(self.period.months() as usize))
        {
            let (mut sum, mut before) = (0.0, 0.0);
            for (month, won) in (first..).zip(months) {
                if *won > 0.0 {
                    sum += won;
                    let counts = self.counts_for(sum);
                    tell(month, counts - before);
                    before = counts;
                }
            }
        }
    }
}

/// Multipliers below a target and beyond it.
#[derive(Debug, Clone, Copy)]
pub(super) struct OneStep {
    below: f64,
    target: f64,
    beyond: f64,
}

impl OneStep {
    /// What `won` in one period counts for; nothing for nothing.
    #[inline]
    pub(super) fn counts_for(&self, won: f64) -> f64 {
        self.below * won.min(self.target) + self.beyond * (won - self.target).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(tiers: &NewBusinessTiers, won: &[f64]) -> Vec<(u32, f64)> {
        let mut told = Vec::new();
        tiers.counted(won, |month, counts| told.push((month, counts)));
        told
    }

    #[test]
    fn a_quota_counts_anew_in_every_period() {
        let rule = QuotaRule { target: 100.0, period: PlanPeriod::Quarter, multiplier: 2.0 };
        let tiers = NewBusinessTiers::of_quota(&rule).unwrap();
        let got = counted(&tiers, &[60.0, 60.0, 60.0, 120.0, 0.0, 5.0, 99.0]);
        assert_eq!(got, [(1, 60.0), (2, 80.0), (3, 120.0), (4, 140.0), (6, 10.0), (7, 99.0)]);
        assert_eq!(NewBusinessTiers::of_quota(&QuotaRule { multiplier: 1.0, ..rule }), None);
        let from_the_first = NewBusinessTiers::of_quota(&QuotaRule { target: 0.0, ..rule }).unwrap();
        assert_eq!(counted(&from_the_first, &[7.0]), [(1, 14.0)]);
    }

    #[test]
    fn retroactive_tiers_pay_up_when_they_are_reached() {
        let steps = Steps::new(vec![(50.0, 1.0), (100.0, 3.0)]).unwrap();
        let tiers = NewBusinessTiers { period: PlanPeriod::Year, steps, reading: Reading::Retroactive };
        assert_eq!(counted(&tiers, &[40.0, 20.0, 40.0]), [(1, 0.0), (2, 60.0), (3, 240.0)]);
    }

    #[test]
    fn a_cap_leaves_nothing_beyond_the_target() {
        let rule = QuotaRule { target: 100.0, period: PlanPeriod::Year, multiplier: 0.0 };
        let tiers = NewBusinessTiers::of_quota(&rule).unwrap();
        assert_eq!(counted(&tiers, &[60.0, 60.0, 9.0]), [(1, 60.0), (2, 40.0), (3, 0.0)]);
    }
}
