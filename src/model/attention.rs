//! Who gets how much attention, where it is not the same for all.
//!
//! On S-curves hours that go to where they save most are not spread over a group of like accounts: some are served well and
//! the others not at all ([`super::bent_allocation`]). The projection keeps such a group as one. Its attention is the mean
//! over its accounts, and its chance of renewal that of the concave envelope at this mean. So who is served is not followed
//! from month to month: the survivors of a renewal count as alike again, and what multiplies odds of loss, or turns a year's
//! chance into a term's, applies to the mean chance. Under every other policy the rule says who gets what, and each account
//! renews as its own S-curve says.

use super::adbudg::Bend;
use super::allocation::{Claim, water_filling};
use super::assumptions::{Assumptions, AttentionPolicy};
use super::bent_allocation::{self, BentClaim};
use super::lanes::Lanes;
use super::projection::{Cohort, NONE_LEFT};
use super::response::{Form, RenewalCurve, carried_over};
use super::seller::{Pool, SellerBook};

/// Attention of each pool and each cohort, hours a month for one account.
pub(super) struct OwnAttention {
    pools: Vec<f64>,
    /// The cohort of month 1 first.
    cohorts: Vec<f64>,
    /// Hours of this month, pools first.
    given: Vec<f64>,
}

impl OwnAttention {
    /// All accounts of `book` as today.
    pub(super) fn start(book: &SellerBook) -> OwnAttention {
        let today = book.hours_per_account / 12.0;
        OwnAttention { pools: vec![today; book.pools.len()], cohorts: Vec::new(), given: Vec::new() }
    }

    /// A cohort is won, with that much attention from the sale itself.
    pub(super) fn welcome(&mut self, attention: f64) {
        self.cohorts.push(attention);
    }

    /// Attention of a pool, by its place in the book.
    pub(super) fn of_pool(&self, index: usize) -> f64 {
        self.pools.get(index).copied().unwrap_or(0.0)
    }

    /// Attention of a cohort, from 0 for that of month 1.
    pub(super) fn of_cohort(&self, index: usize) -> f64 {
        self.cohorts.get(index).copied().unwrap_or(0.0)
    }

    /// Shares the `hours` of `month` out among what is alive in a run alone: pools with their survival and growth (none where
    /// there is none), and cohorts.
    pub(super) fn share<N: Lanes>(
        &mut self,
        assumed: &Assumptions,
        book: &SellerBook,
        month: u32,
        (survival, grown): (&[N], &[N]),
        cohorts: &[Cohort<N>],
        hours: f64,
    ) {
        let alive = book.pools.iter().zip(survival).enumerate().map(|(index, (pool, survival))| Alive {
            accounts: pool.accounts * survival.lane(0),
            value: value_each(pool) * grown.get(index).map_or(1.0, |grown| grown.lane(0)),
            tenure: f64::from(pool.value_by_tenure.first().map_or(0, |(tenure, _)| *tenure) + month - 1),
            curve: pool.curve,
        });
        let curve = &book.newcomer_curve;
        let won = cohorts.iter().enumerate().map(|(index, cohort)| {
            let accounts = cohort.totals.accounts.lane(0);
            Alive {
                accounts,
                value: if accounts > 0.0 { cohort.totals.annual_value.lane(0) / accounts } else { 0.0 },
                tenure: f64::from(month - 2) - index as f64,
                curve: *curve,
            }
        });
        let some = |it: Alive| if it.accounts > NONE_LEFT { it } else { Alive { accounts: 0.0, ..it } };
        let alive: Vec<Alive> = alive.chain(won).map(some).collect();
        self.given.clear();
        match assumed.attention {
            AttentionPolicy::Even => self.give_by(&alive, hours, |_| 1.0),
            AttentionPolicy::ByValue => self.give_by(&alive, hours, |it| it.value),
            AttentionPolicy::Honeymoon => self.give_by(&alive, hours, |it| honeymoon(assumed, it.tenure)),
            AttentionPolicy::Best => self.give_best(&alive, hours),
        }
        let remembered = self.pools.iter_mut().chain(&mut self.cohorts);
        for (attention, given) in remembered.zip(&self.given) {
            *attention = carried_over(*attention, *given, assumed.carry_over);
        }
    }

    /// `h_i = R g_i / sum of s_j g_j`; evenly where no account has any weight.
    fn give_by(&mut self, alive: &[Alive], hours: f64, weight: impl Fn(&Alive) -> f64) {
        let all: f64 = alive.iter().map(|it| it.accounts * weight(it)).sum();
        let accounts: f64 = alive.iter().map(|it| it.accounts).sum();
        self.given.extend(alive.iter().map(|it| {
            if all > 0.0 {
                hours * weight(it) / all
            } else if accounts > 0.0 {
                hours / accounts
            } else {
                0.0
            }
        }));
    }

    /// To where an hour kept up for a year saves the most annual value. On S-curves a group of like accounts gets what it
    /// does as a whole; which of them are served is not told apart, since the group's curve is the mean of both.
    fn give_best(&mut self, alive: &[Alive], hours: f64) {
        if alive.iter().any(|it| it.curve.form != Form::Exponential) {
            let claims: Vec<BentClaim> = alive.iter().map(Alive::bent_claim).collect();
            let shared = bent_allocation::fill(&claims, 12.0 * hours);
            self.give_shared(alive, shared);
            return;
        }
        let claims: Vec<Claim> = alive
            .iter()
            .map(|it| match it.accounts > 0.0 {
                true => {
                    Claim { worth: it.accounts * it.value * it.worth(), steepness: it.curve.steepness / it.accounts }
                }
                false => Claim { worth: 0.0, steepness: 0.0 },
            })
            .collect();
        let shared = water_filling(&claims, 12.0 * hours);
        self.give_shared(alive, shared.hours);
    }

    /// The `hours` a year of each group, month by month and account by account.
    fn give_shared(&mut self, alive: &[Alive], hours: Vec<f64>) {
        self.given.extend(
            alive.iter().zip(hours).map(|(it, hours)| if it.accounts > 0.0 { hours / it.accounts / 12.0 } else { 0.0 }),
        );
    }
}

/// Accounts alive that are alike.
struct Alive {
    accounts: f64,
    /// Annual value of one.
    value: f64,
    /// Months since they were won, at the start of the month.
    tenure: f64,
    curve: RenewalCurve,
}

impl Alive {
    /// What all attention can add to the chance of renewal.
    fn worth(&self) -> f64 {
        self.curve.saturated - self.curve.unattended
    }

    /// What an account that does not answer to attention claims is nothing, whatever its form.
    fn bent_claim(&self) -> BentClaim {
        let (steepness, bend) = match self.curve.form {
            Form::Bent { bend, .. } => (self.curve.steepness, bend),
            Form::Exponential => (0.0, Bend { scale: 1.0, shape: 1.0 }),
        };
        BentClaim { accounts: self.accounts, worth: self.value * self.worth(), steepness, bend }
    }
}

fn value_each(pool: &Pool) -> f64 {
    if pool.accounts > 0.0 { pool.annual_value / pool.accounts } else { 0.0 }
}

/// Attention by months since the sale, an old account's being 1: `h0` until T, then
/// `h_inf + (h0 - h_inf) exp(-(tau - T) / s)`.
fn honeymoon(assumed: &Assumptions, tenure: f64) -> f64 {
    let past = tenure - assumed.honeymoon_months;
    if past < 0.0 {
        assumed.honeymoon_ratio
    } else {
        1.0 + (assumed.honeymoon_ratio - 1.0) * libm::exp(-past / assumed.honeymoon_fade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alive(accounts: f64, value: f64, tenure: f64) -> Alive {
        let curve = RenewalCurve { steepness: 0.3, ..RenewalCurve::through(0.6, 0.85, 0.95, 4.0).unwrap() };
        Alive { accounts, value, tenure, curve }
    }

    fn given(accounts: &[Alive], give: impl FnOnce(&mut OwnAttention, &[Alive])) -> Vec<f64> {
        let mut own = OwnAttention { pools: Vec::new(), cohorts: Vec::new(), given: Vec::new() };
        give(&mut own, accounts);
        own.given
    }

    #[test]
    fn hours_follow_the_weights_and_are_all_given() {
        // Two accounts of 1,000 and one of 3,000 share 10 hours: 2, 2 and 6.
        let accounts = [alive(2.0, 1_000.0, 0.0), alive(1.0, 3_000.0, 0.0)];
        assert_eq!(given(&accounts, |own, all| own.give_by(all, 10.0, |it| it.value)), [2.0, 6.0]);
        let worthless = [alive(2.0, 0.0, 0.0), alive(3.0, 0.0, 0.0)];
        assert_eq!(given(&worthless, |own, all| own.give_by(all, 10.0, |it| it.value)), [2.0, 2.0]);
        assert_eq!(given(&[alive(0.0, 5.0, 0.0)], |own, all| own.give_by(all, 10.0, |it| it.value)), [0.0]);
    }

    #[test]
    fn where_it_saves_most_equals_get_the_same_and_the_dearest_the_most() {
        let equals = given(&[alive(2.0, 1_000.0, 0.0), alive(1.0, 1_000.0, 0.0)], |own, all| own.give_best(all, 9.0));
        assert!(equals.iter().all(|hours| (hours - 3.0).abs() < 1e-12), "{equals:?}");
        // The last hour saves the same: 1,000 exp(-.3 h) = 3,000 exp(-.3 g), so g - h = ln 3 / .3 a year.
        let apart = given(&[alive(1.0, 1_000.0, 0.0), alive(1.0, 3_000.0, 0.0)], |own, all| own.give_best(all, 9.0));
        let difference = libm::log(3.0) / 0.3 / 12.0;
        assert!((apart[1] - apart[0] - difference).abs() < 1e-12 && (apart[0] + apart[1] - 9.0).abs() < 1e-12);
    }

    #[test]
    fn the_honeymoon_fades_to_what_old_accounts_get() {
        let assumed =
            Assumptions { honeymoon_months: 2.0, honeymoon_fade: 3.0, honeymoon_ratio: 4.0, ..Assumptions::default() };
        assert_eq!([0.0, 1.0, 2.0].map(|tenure| honeymoon(&assumed, tenure)), [4.0; 3]);
        assert!((honeymoon(&assumed, 5.0) - (1.0 + 3.0 / std::f64::consts::E)).abs() < 1e-12);
        assert!((honeymoon(&assumed, 500.0) - 1.0).abs() < 1e-12);
    }
}
