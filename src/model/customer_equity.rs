//! How much to spend on winning customers and on keeping them, each against its own saturating curve.
//!
//! The decision calculus of Blattberg & Deighton (1996), with the conditions for its optimum that Pfeifer (2005)
//! corrected: a customer's margin comes at once on acquisition, retention is paid for at the end of each period, and
//! those retained pay at the start of the next.

use super::problem::Problem;

/// A chance that spending raises towards a ceiling: `p(s) = c (1 - exp(-k s))`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpendingCurve {
    /// c: the chance that no spending passes, 0 to 1.
    pub ceiling: f64,
    /// k, per unit of money; above 0.
    pub steepness: f64,
}

impl SpendingCurve {
    /// p(s): the chance at a spending of `spend` on each.
    pub fn at(&self, spend: f64) -> f64 {
        self.ceiling * (1.0 - libm::exp(-self.steepness * spend))
    }

    /// `1 / p'(s)`: what one more customer costs at the margin. Infinite for a curve that is level.
    pub fn marginal_cost(&self, spend: f64) -> f64 {
        libm::exp(self.steepness * spend) / (self.ceiling * self.steepness)
    }
}

/// A market of prospects, and customers of whom each brings `margin` a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Market {
    /// m: margin of a customer in a period, money.
    pub margin: f64,
    /// d: discount rate of a period.
    pub discount: f64,
    /// Chance of winning a prospect against spending on each.
    pub acquisition: SpendingCurve,
    /// Chance of keeping a customer against spending on each in a period.
    pub retention: SpendingCurve,
}

/// The best spending and what it brings, for each prospect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestSpending {
    /// A: on each prospect, money.
    pub acquisition_spend: f64,
    /// R: on each customer in each period, money.
    pub retention_spend: f64,
    /// a(A): chance of winning a prospect.
    pub acquired: f64,
    /// r(R): chance of keeping a customer for a period.
    pub retained: f64,
    /// Worth of a customer just won: `m + (m r - R) / (1 + d - r)`.
    pub lifetime_value: f64,
    /// `a CLV - A`: worth of a prospect.
    pub customer_equity: f64,
}

impl Market {
    /// CLV: what a customer just won is worth if `spend` goes into keeping each of them: `m + (m r - R) / (1 + d - r)`.
    ///
    /// # Errors
    /// [`Problem::InfiniteLifetime`] if customers then never leave and nothing is discounted.
    pub fn lifetime_value(&self, spend: f64) -> Result<f64, Problem> {
        let kept = self.retention.at(spend);
        let loss = 1.0 + self.discount - kept;
        if loss <= 0.0 {
            return Err(Problem::InfiniteLifetime { continuation: kept / (1.0 + self.discount) });
        }
        Ok(self.margin + (self.margin * kept - spend) / loss)
    }

    /// The spending that is worth most. At an inner optimum one customer more costs exactly a lifetime value, both to
    /// win and to keep; where the first unit of money costs more than it brings, nothing is spent.
    ///
    /// # Errors
    /// As [`Market::lifetime_value`].
    pub fn best_spending(&self) -> Result<BestSpending, Problem> {
        // Worth exceeds marginal cost up to the optimum and falls short beyond: nothing is worth keeping above the
        // margin of a whole period.
        let (mut low, mut high) = (0.0, self.margin.max(0.0) * (1.0 + self.discount));
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if self.lifetime_value(middle)? > self.retention.marginal_cost(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        let retention_spend = 0.5 * (low + high);
        let lifetime_value = self.lifetime_value(retention_spend)?;
        let slope = self.acquisition.ceiling * self.acquisition.steepness * lifetime_value;
        let acquisition_spend = if slope > 1.0 { libm::log(slope) / self.acquisition.steepness } else { 0.0 };
        let acquired = self.acquisition.at(acquisition_spend);
        Ok(BestSpending {
            acquisition_spend,
            retention_spend,
            acquired,
            retained: self.retention.at(retention_spend),
            lifetime_value,
            customer_equity: acquired * lifetime_value - acquisition_spend,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_spent_where_the_first_customer_costs_more_than_one_is_worth() {
        let dear = SpendingCurve { ceiling: 0.1, steepness: 0.001 };
        let market = Market { margin: 50.0, discount: 0.2, acquisition: dear, retention: dear };
        let best = market.best_spending().unwrap();
        assert!(best.retention_spend < 1e-9 && best.acquisition_spend == 0.0, "{best:?}");
        assert!((best.lifetime_value - 50.0).abs() < 1e-9 && best.customer_equity == 0.0, "{best:?}");
    }

    #[test]
    fn no_other_spending_is_worth_more() {
        let market = Market {
            margin: 50.0,
            discount: 0.2,
            acquisition: SpendingCurve { ceiling: 0.4, steepness: 0.2 },
            retention: SpendingCurve { ceiling: 0.7, steepness: 0.08 },
        };
        let best = market.best_spending().unwrap();
        for step in -20..=20 {
            let spend = best.retention_spend * (1.0 + f64::from(step) / 25.0);
            assert!(market.lifetime_value(spend).unwrap() <= best.lifetime_value + 1e-9, "{spend}");
            let spend = best.acquisition_spend * (1.0 + f64::from(step) / 25.0);
            let equity = market.acquisition.at(spend) * best.lifetime_value - spend;
            assert!(equity <= best.customer_equity + 1e-9, "{spend}");
        }
    }
}
