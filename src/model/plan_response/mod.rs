//! What a seller does under any plan, and what that is worth: the projection paid by the evaluator of [`super::pay`].
//!
//! Periods close on expected volume. Tiers, gates and caps make pay jump and bend as the split of the time changes, so
//! no slope is trusted: the whole range is sampled, jumps between samples are closed in on where they may matter, and the
//! best of all smooth stretches is refined.
//!
//! Under a hand-over between roles the expected events of an account won within the run are of its cohort's age. Pay on
//! cash lags by the plan's months until customers pay: what they pay after the horizon is not paid within it, but added to
//! what comes after, like the renewals there. Where expected pay differs from pay at expected volume, a simulation is the
//! honest answer.

use chrono::NaiveDate;

use super::month::Month;
use super::optimum::Optimum;
use super::path::{Effort, Path};
use super::pay::{
    Event, MOST_COLLECTION_MONTHS, MonthEnd, MonthPay, Occurrence, PayPlan, Run, Terms, Totals, Window, evaluate,
};
use super::projection::Projection;
use super::valuation::Discounting;

mod afterwards;
mod expected;
mod parts;
mod search;

use afterwards::{LastYear, Sides};
use expected::{Expected, Telling, events, last_day};
pub use parts::PaidParts;
use search::{DENSE_SAMPLES, Landscape, SAMPLES, highest};

/// A seller's projection under a plan.
pub struct PlanProjection<'a> {
    projection: &'a Projection,
    plan: &'a PayPlan,
    discounting: &'a Discounting,
    from: Month,
    terms: Terms<'a>,
    /// The last day of each month, on which expected events fall.
    last_days: Vec<NaiveDate>,
    seller_factors: Vec<f64>,
    company_factors: Vec<f64>,
    telling: Telling,
    /// Discount factors of a year.
    yearly: Sides,
}

/// What a split is worth under a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanWorth {
    /// Present value of pay while the seller stays, what comes after the horizon included.
    pub seller: f64,
    /// Present value of margin less pay and prospecting cost, what comes after the horizon included.
    pub company: f64,
    /// Pay of months 1 to 12, undiscounted.
    pub first_year_pay: f64,
    /// Which tiers, gates and caps hold over the run: two equal ones lie on one smooth stretch.
    pub standing: u64,
}

impl<'a> PlanProjection<'a> {
    /// The projection paid by `plan` from the month `from` on, which is month 1 less one.
    pub fn new(
        projection: &'a Projection,
        plan: &'a PayPlan,
        discounting: &'a Discounting,
        from: Month,
    ) -> PlanProjection<'a> {
        let assumed = projection.assumptions();
        let factors = |yearly: f64| {
            (1..=assumed.horizon).map(|month| libm::pow(yearly, f64::from(month) / 12.0)).collect::<Vec<f64>>()
        };
        let clawbacks = plan.components.iter().filter_map(|component| component.clawback.as_ref());
        let collection_months = plan.collection_months.min(MOST_COLLECTION_MONTHS);
        let terms = Terms::new(plan, from.plus(1), assumed.horizon, Window::default());
        PlanProjection {
            projection,
            plan,
            discounting,
            from,
            last_days: (1..=assumed.horizon + collection_months).map(|month| last_day(from, month)).collect(),
            seller_factors: factors(assumed.seller_factor()),
            company_factors: factors(assumed.company_factor()),
            telling: Telling {
                margin: projection.book().new_account.margin,
                window: clawbacks.map(|clawback| clawback.recovery.window().unwrap_or(u32::MAX)).max().unwrap_or(0),
                by_contract_year: terms.tells_renewals_apart(),
                by_age: plan.components.iter().any(|component| component.credit.is_some()),
                collection_months,
                term: projection.book().new_account.term,
                customer_hours: terms.heeds_touches(),
            },
            yearly: Sides { seller: assumed.seller_factor(), company: assumed.company_factor() },
            terms,
        }
    }

    /// A path to run into, which keeps what this plan needs.
    pub fn path(&self) -> Path {
        Path { keep_ended: self.telling.window > 0 || self.telling.by_age, ..Path::default() }
    }

    /// Runs `share` of the time on customers into `path`.
    pub fn run(&self, share: f64, path: &mut Path) {
        self.projection.run(&Effort::split(share, self.projection.assumptions().hours_per_year), path);
    }

    /// The expected events of a path, hours with customers among them, as the plan pays them: on the last day of each month, in sums and mean counts.
    pub fn events(&self, path: &Path) -> Vec<Event> {
        events(path, self.from, Telling { by_contract_year: true, customer_hours: true, ..self.telling })
    }

    /// Pay of each month of a path.
    pub fn pay(&self, path: &Path) -> Vec<MonthPay> {
        evaluate(self.plan, &self.events(path), self.from.plus(1), path.months.len() as u32, Window::default())
    }

    /// What a path is worth.
    ///
    /// After the horizon renewals pay what the plan then pays on them: a flat rate, the last contract year's, or under
    /// tiers, quotas and floors the mean of the last twelve months. What was sold within the horizon and is paid for after
    /// it brings the pay on cash then, by the same rates.
    pub fn worth(&self, path: &Path) -> PlanWorth {
        let mut paid = Vec::with_capacity(self.terms.length());
        let rest = self.reckon(path, |_, end| paid.push(end.paid()));
        self.weighed(&paid, rest)
    }

    /// Gives each month of a path to `take`, and back the rest of what it is worth.
    fn reckon(&self, path: &Path, mut take: impl FnMut(&Totals, &MonthEnd)) -> Rest {
        let mut run = Run::new(&self.terms, Totals::default());
        let mut last_year = LastYear::new(self.plan);
        let last_year_from = self.terms.length().saturating_sub(12);
        let telling = self.telling;
        let heeds_cash = self.terms.heeds_cash();
        let delay = if heeds_cash { telling.collection_months as usize } else { 0 };
        // Sold, but not paid for yet, in the order of payment: the month's place and the event.
        let mut unpaid: Vec<(usize, Event)> = Vec::new();
        let mut collected = 0;
        let mut ended = path.ended.as_slice();
        let mut standing = 0_u64;
        for (index, (flow, on)) in path.months.iter().zip(&self.last_days).enumerate() {
            if run.begin_month().is_none() {
                break;
            }
            while let Some((due, event)) = unpaid.get(collected)
                && *due == index
            {
                run.occur(&Occurrence { day: *on, index: 0, event, cash: true });
                if index >= last_year_from {
                    last_year.collect(self.plan, event);
                }
                collected += 1;
            }
            let collected_on = self.last_days.get(index + delay).copied().unwrap_or(*on);
            let month = Expected { month: index as u32 + 1, on: *on, collected_on, telling };
            if delay > 0 {
                month.events_apart(flow, &mut ended, &mut |event| {
                    run.occur(&Occurrence { day: *on, index: 0, event, cash: false });
                    unpaid.push((index + delay, *event));
                });
            } else {
                month.events(flow, &mut ended, |event| {
                    run.occur(&Occurrence { day: *on, index: 0, event, cash: false });
                    if heeds_cash {
                        run.occur(&Occurrence { day: *on, index: 0, event, cash: true });
                    }
                });
            }
            let end = run.end_month();
            take(&run.tally, &end);
            if index >= last_year_from {
                last_year.pay(&run.tally);
            }
            standing = standing.rotate_left(5).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ end.standing;
        }
        let unpaid = unpaid.get(collected..).unwrap_or_default();
        let later = self.later_pay(path, &last_year, unpaid);
        Rest {
            margin: self.discounting.worth(path).margin,
            later_seller: later.seller,
            later_company: later.company,
            standing,
        }
    }

    /// What the pay of each month and the rest come to.
    fn weighed(&self, paid: &[f64], rest: Rest) -> PlanWorth {
        let (mut seller, mut company) = (0.0, rest.margin);
        for (paid, (for_seller, for_company)) in paid.iter().zip(self.seller_factors.iter().zip(&self.company_factors))
        {
            seller += for_seller * paid;
            company -= for_company * paid;
        }
        PlanWorth {
            seller: seller + rest.later_seller,
            company: company - rest.later_company,
            first_year_pay: paid.iter().take(12).sum(),
            standing: rest.standing,
        }
    }

    /// What share of the time is worth.
    pub fn worth_at(&self, share: f64, path: &mut Path) -> PlanWorth {
        self.run(share, path);
        self.worth(path)
    }

    /// The best share for whoever values a split by `value`, which must rise with each part of [`PlanWorth`] that it looks
    /// at: searched over the whole range, jumps and bends included.
    pub fn best(&self, value: impl Fn(&PlanWorth) -> f64) -> Optimum {
        highest(Splits { under: self, value, path: self.path() })
    }
}

/// What a path is worth beside the pay of its months.
#[derive(Clone, Copy)]
struct Rest {
    /// Present value of margin less prospecting cost, what comes after the horizon included.
    margin: f64,
    /// Present values of the pay after the horizon.
    later_seller: f64,
    later_company: f64,
    standing: u64,
}

/// The shares of time under a plan, as a landscape whose parts are what is paid in each month, and the rest.
struct Splits<'a, V> {
    under: &'a PlanProjection<'a>,
    value: V,
    path: Path,
}

impl<V: Fn(&PlanWorth) -> f64> Landscape for Splits<'_, V> {
    fn samples(&self) -> usize {
        let accelerators = self.under.plan.components.iter().filter_map(|component| component.accelerator.as_ref());
        if accelerators.map(|it| it.quotas.len()).any(|quotas| quotas > 1) { DENSE_SAMPLES } else { SAMPLES }
    }

    fn at(&mut self, share: f64, parts: &mut Vec<f64>) -> (f64, u64) {
        self.under.run(share, &mut self.path);
        let begin = parts.len();
        let rest = self.under.reckon(&self.path, |_, end| parts.push(end.paid()));
        let worth = self.under.weighed(parts.get(begin..).unwrap_or_default(), rest);
        parts.extend([rest.margin, rest.later_seller, rest.later_company]);
        ((self.value)(&worth), rest.standing)
    }

    fn mixed(&self, one: &[f64], other: &[f64]) -> (f64, f64) {
        let under = self.under;
        let months = under.terms.length();
        let factors = under.seller_factors.iter().zip(&under.company_factors);
        // What is worth most, and what least, to seller, company and in the first year.
        let ([mut seller, mut company, mut first_year], [mut less, mut dear, mut first_less]) = ([0.0; 3], [0.0; 3]);
        for (index, ((one, other), (for_seller, for_company))) in one.iter().zip(other).zip(factors).enumerate() {
            let (most, least) = (one.max(*other), one.min(*other));
            seller += for_seller * most;
            less += for_seller * least;
            company -= for_company * least;
            dear -= for_company * most;
            if index < 12 {
                first_year += most;
                first_less += least;
            }
        }
        let rest = |of: &[f64]| -> [f64; 3] {
            let mut rest = of.iter().skip(months).copied();
            std::array::from_fn(|_| rest.next().unwrap_or(0.0))
        };
        let ([margin, later, later_paid], [other_margin, other_later, other_later_paid]) = (rest(one), rest(other));
        let worth = |seller: f64, company: f64, first_year_pay: f64| {
            (self.value)(&PlanWorth { seller, company, first_year_pay, standing: 0 })
        };
        (
            worth(
                seller + later.max(other_later),
                company + margin.max(other_margin) - later_paid.min(other_later_paid),
                first_year,
            ),
            worth(
                less + later.min(other_later),
                dear + margin.min(other_margin) - later_paid.max(other_later_paid),
                first_less,
            ),
        )
    }
}
