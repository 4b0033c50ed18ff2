//! The spread of a flat plan without a single run.

use super::reward::Row;
use super::simulation::{Outcome, SimulatedSeller, Simulation};

impl Simulation {
    /// The standard deviation of each amount that endless runs would have, money; `None` under tiers, where amounts do not add
    /// up account by account.
    ///
    /// Accounts are independent, and wins of one kind that stay equally long a Poisson count of mean m, so variances add up:
    /// `sum over accounts of sum over j of p_j (x_j - mean)^2 + sum over kinds of wins and j of m p_j x_j^2`, x_j being the
    /// amount with j renewals survived.
    pub fn exact_deviation(&self) -> Option<Outcome> {
        let mut variance = Row::default();
        for seller in &self.sellers {
            seller.add_variance(&mut variance);
        }
        self.is_flat().then(|| Outcome::of(&variance.map(f64::sqrt)))
    }
}

impl SimulatedSeller {
    fn add_variance(&self, variance: &mut Row) {
        let mut rows = Vec::new();
        for member in &self.accounts.members {
            let Some(survival) = self.rows_of(member, &mut rows) else { continue };
            let mut mean = Row::default();
            for (renewals, row) in rows.iter().enumerate() {
                weigh(&mut mean, row, survival.chance(renewals), |it| it);
            }
            for (renewals, row) in rows.iter().enumerate() {
                let mut apart = *row;
                weigh(&mut apart, &mean, -1.0, |it| it);
                weigh(variance, &apart, survival.chance(renewals), |it| it * it);
            }
        }
        for ((begin, month, _), wins) in self.kinds.iter().zip(&self.chances.wins) {
            let Some(survival) = self.chances.won.get(*month) else { continue };
            for (renewals, row) in self.rows.iter().skip(*begin).take(survival.steps.len() + 1).enumerate() {
                weigh(variance, row, wins.mean * survival.chance(renewals), |it| it * it);
            }
        }
    }
}

fn weigh(sum: &mut Row, row: &Row, weight: f64, of: impl Fn(f64) -> f64) {
    for (sum, amount) in sum.iter_mut().zip(row) {
        *sum += weight * of(*amount);
    }
}
