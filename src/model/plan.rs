//! The commission plan: flat rates on what is won, renewed and referred, and the rules beside them.

use super::bounds::Input;
use super::pay::PlanPeriod;
use super::quantity::{CommissionRate, Money};
use super::rules::Rule;

/// The number of contract years told apart; the last stands for itself and all later ones.
pub const CONTRACT_YEARS: usize = 10;

/// The renewal commission rate by contract year.
///
/// A first annual renewal opens contract year 2. Year 1 is renewed only under contracts shorter than a year, and
/// pays nothing unless set.
#[derive(Debug, Clone)]
pub struct RenewalSchedule {
    by_year: [CommissionRate; CONTRACT_YEARS],
    /// Years whose rate was set for them alone, and stays when the common one moves.
    own: [bool; CONTRACT_YEARS],
}

/// Schedules that pay the same are the same.
impl PartialEq for RenewalSchedule {
    fn eq(&self, other: &RenewalSchedule) -> bool {
        self.by_year == other.by_year
    }
}

impl RenewalSchedule {
    /// One rate from contract year 2 on.
    pub const fn level(rate: CommissionRate) -> RenewalSchedule {
        let mut by_year = [rate; CONTRACT_YEARS];
        by_year[0] = CommissionRate::constant(0.0);
        RenewalSchedule { by_year, own: [false; CONTRACT_YEARS] }
    }

    /// From steps `(first contract year, rate)`; each holds until the next, and years before the first pay nothing.
    pub fn from_steps(steps: impl IntoIterator<Item = (u32, CommissionRate)>) -> RenewalSchedule {
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.sort_by_key(|step| step.0);
        let mut by_year = [CommissionRate::constant(0.0); CONTRACT_YEARS];
        for (first_year, rate) in steps {
            for slot in by_year.iter_mut().skip(first_year.saturating_sub(1) as usize) {
                *slot = rate;
            }
        }
        let common = by_year[1];
        RenewalSchedule { own: by_year.map(|rate| rate != common), by_year }
    }

    /// The rate of each contract year, year 1 first.
    pub const fn by_year(&self) -> &[CommissionRate; CONTRACT_YEARS] {
        &self.by_year
    }

    /// The rate of contract year 2, which the renewal slider shows.
    pub const fn first_renewal(&self) -> CommissionRate {
        self.by_year[1]
    }

    /// The rate of the last contract year in the table, which also holds after the horizon.
    pub const fn last(&self) -> CommissionRate {
        self.by_year[CONTRACT_YEARS - 1]
    }

    /// The same schedule with one `rate` from contract year 2 on; year 1 keeps its own.
    pub fn with_level(&self, rate: CommissionRate) -> RenewalSchedule {
        let mut by_year = [rate; CONTRACT_YEARS];
        by_year[0] = self.by_year[0];
        RenewalSchedule { by_year, own: [false; CONTRACT_YEARS] }
    }

    /// The same schedule with `rate` for contract year 2 and every later year without a rate of its own.
    pub fn with_common(&self, rate: CommissionRate) -> RenewalSchedule {
        let mut schedule = self.clone();
        for (slot, own) in schedule.by_year.iter_mut().zip(self.own).skip(1) {
            if !own {
                *slot = rate;
            }
        }
        schedule.by_year[1] = rate;
        schedule
    }

    /// The same schedule with `rate` for contract year `year` alone, or from it on if it is the fifth. The rate that holds
    /// anyway makes the year follow the common one again.
    pub fn with_year(&self, year: u32, rate: CommissionRate) -> RenewalSchedule {
        let mut schedule = self.clone();
        let usual = if year == 1 { CommissionRate::constant(0.0) } else { self.by_year[1] };
        let last = if year >= 5 { CONTRACT_YEARS } else { year as usize };
        let years = (year.max(1) as usize - 1)..last;
        let slots = schedule.by_year.iter_mut().zip(&mut schedule.own);
        for (slot, own) in slots.skip(years.start).take(years.len()) {
            (*slot, *own) = (rate, rate != usual);
        }
        schedule
    }

    /// The rate of contract year `year`, from 1.
    pub fn of_year(&self, year: u32) -> CommissionRate {
        let index = (year.max(1) as usize - 1).min(CONTRACT_YEARS - 1);
        self.by_year.get(index).copied().unwrap_or_else(|| self.last())
    }

    /// Whether all contract years from the second on pay the same.
    pub fn is_level(&self) -> bool {
        self.by_year[1..] == [self.by_year[1]; CONTRACT_YEARS - 1]
    }

    /// The schedule as the fewest steps that [`RenewalSchedule::from_steps`] turns back into it.
    pub fn steps(&self) -> Vec<(u32, CommissionRate)> {
        let mut steps = Vec::new();
        let mut current = 0.0;
        for (year, rate) in (1..).zip(&self.by_year) {
            if rate.get() != current {
                steps.push((year, *rate));
                current = rate.get();
            }
        }
        steps
    }
}

/// One quota for new business, and what the commission is multiplied by beyond it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuotaRule {
    /// Annual value to be won in a period, money.
    pub target: f64,
    /// The period: periods follow one another from the first month on.
    pub period: PlanPeriod,
    /// Multiplies the new-business rate on what is won beyond the target: 1 for no accelerator, 0 for a cap.
    pub multiplier: f64,
}

impl Default for QuotaRule {
    fn default() -> QuotaRule {
        QuotaRule {
            target: Input::Quota.bounds().default,
            period: PlanPeriod::Year,
            multiplier: Input::Accelerator.bounds().default,
        }
    }
}

impl QuotaRule {
    /// Whether the quota changes pay at all.
    pub fn counts(&self) -> bool {
        self.multiplier != 1.0
    }

    /// What two rules must share for one sum of the value beyond the quota to serve both.
    pub fn measures_like(&self, other: &QuotaRule) -> bool {
        self.target == other.target && self.period == other.period
    }
}

/// A plan: flat rates with one quota, and further rules.
///
/// The rates are what every solver moves; the rules change what they pay, and are paid by the evaluator of
/// [`super::pay`] alone (see [`super::ruled_outcome`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Part of annual value paid for each new account.
    pub new_business: CommissionRate,
    /// Part of the renewed value paid at each renewal.
    pub renewal: RenewalSchedule,
    /// Paid on top of `new_business` for an account that a customer referred.
    pub referral: CommissionRate,
    /// Paid on the increase when a customer renews for more.
    pub upsell: CommissionRate,
    /// What new business pays beyond a quota.
    pub quota: QuotaRule,
    /// Base pay in a year.
    pub base: Money,
    /// Further rules, in the order in which they are read.
    pub rules: Vec<Rule>,
}

impl Plan {
    /// The same plan without the renewal commission of contract years 2 and later.
    pub fn without_renewal_level(&self) -> Plan {
        Plan { renewal: self.renewal.with_level(CommissionRate::constant(0.0)), ..self.clone() }
    }

    /// The same plan with these two rates, of which what is no rate counts as 0; one renewal commission from contract year 2 on.
    pub fn with_rates(&self, new_business: f64, renewal: f64) -> Plan {
        let rate = |part: f64| CommissionRate::new(part).unwrap_or(CommissionRate::constant(0.0));
        Plan { new_business: rate(new_business), renewal: self.renewal.with_level(rate(renewal)), ..self.clone() }
    }

    /// How many rules are in force.
    pub fn rules_on(&self) -> usize {
        self.rules.iter().filter(|rule| rule.is_on).count()
    }
}

impl Default for Plan {
    /// 10 % on new business, 2 % on renewals from contract year 2, 2 % more on referred accounts, 8 % on upsell, no
    /// accelerator, no base, no further rules.
    ///
    /// Medians of a survey of software companies: 8 to 9 % new, 2 % renewal (Pacific Crest 2016).
    fn default() -> Plan {
        Plan {
            new_business: CommissionRate::constant(0.10),
            renewal: RenewalSchedule::level(CommissionRate::constant(0.02)),
            referral: CommissionRate::constant(0.02),
            upsell: CommissionRate::constant(0.08),
            quota: QuotaRule::default(),
            base: Money::ZERO,
            rules: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_hold_until_the_next_and_come_back_the_same() {
        let rate = CommissionRate::constant;
        let schedule = RenewalSchedule::from_steps([(3, rate(0.03)), (2, rate(0.04)), (5, rate(0.01))]);
        let rates: Vec<f64> = schedule.by_year().iter().map(|rate| rate.get()).collect();
        assert_eq!(rates, [0.0, 0.04, 0.03, 0.03, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]);
        assert_eq!(RenewalSchedule::from_steps(schedule.steps()), schedule);
        assert_eq!(schedule.with_level(rate(0.05)), RenewalSchedule::level(rate(0.05)));
    }

    #[test]
    fn a_year_of_its_own_stays_when_the_common_rate_moves() {
        let rate = CommissionRate::constant;
        let rates = |schedule: &RenewalSchedule| schedule.by_year().map(|rate| rate.get());
        let own = RenewalSchedule::level(rate(0.02)).with_year(3, rate(0.06)).with_year(5, rate(0.01));
        assert_eq!(rates(&own), [0.0, 0.02, 0.06, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]);
        let moved = own.with_common(rate(0.06));
        assert_eq!(rates(&moved)[..5], [0.0, 0.06, 0.06, 0.06, 0.01]);
        // Meeting it on the way does not tie year 3 to the common rate.
        assert_eq!(rates(&moved.with_common(rate(0.04)))[..5], [0.0, 0.04, 0.06, 0.04, 0.01]);
        let back = moved.with_common(rate(0.04)).with_year(3, rate(0.04)).with_common(rate(0.03));
        assert_eq!(rates(&back)[..5], [0.0, 0.03, 0.03, 0.03, 0.01]);
    }
}
