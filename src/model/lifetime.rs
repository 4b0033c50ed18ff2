//! What a customer is worth, and what it takes to win one: the closed forms that textbooks print.

use super::problem::Problem;

/// The worth of one customer with a constant margin and renewal chance, by when the first payment falls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LifetimeValue {
    /// The first margin is received at once: `m (1+d) / (1+d-r)`.
    pub immediate: f64,
    /// Just after a payment, so that the next depends on renewal: `m r / (1+d-r)`.
    pub just_after_payment: f64,
    /// Just before the renewal is decided, and paid at once if it is: `m r (1+d) / (1+d-r)`.
    pub just_before_decision: f64,
    /// Each margin is received at the end of its period: `m / (1+d-r)`.
    pub arrears: f64,
}

/// Lifetime value of a customer with `margin` a period, renewal chance `retention` and discount rate `discount`
/// per period.
///
/// # Errors
/// [`Problem::InfiniteLifetime`] if the customer never leaves and nothing is discounted.
///
/// # Example
/// ```
/// let value = holdfast::model::lifetime::lifetime_value(100.0, 0.8, 0.1)?;
/// assert!((value.arrears - 100.0 / 0.3).abs() < 1e-9);
/// # Ok::<(), holdfast::model::problem::Problem>(())
/// ```
pub fn lifetime_value(margin: f64, retention: f64, discount: f64) -> Result<LifetimeValue, Problem> {
    let loss = 1.0 + discount - retention;
    if loss <= 0.0 {
        return Err(Problem::InfiniteLifetime { continuation: retention / (1.0 + discount) });
    }
    Ok(LifetimeValue {
        immediate: margin * (1.0 + discount) / loss,
        just_after_payment: margin * retention / loss,
        just_before_decision: margin * retention * (1.0 + discount) / loss,
        arrears: margin / loss,
    })
}

/// Accounts after `months` with a monthly retention and steady wins: `A_0 g^t + w (1 - g^t) / (1 - g)`.
pub fn accounts_after(accounts: f64, retention: f64, wins: f64, months: u32) -> f64 {
    let kept = libm::pow(retention, f64::from(months));
    if retention < 1.0 {
        accounts * kept + wins * (1.0 - kept) / (1.0 - retention)
    } else {
        accounts + wins * f64::from(months)
    }
}

/// Accounts at which monthly wins and losses balance: `w / (1 - g)`; `None` if nobody leaves.
pub fn steady_accounts(retention: f64, wins: f64) -> Option<f64> {
    (retention < 1.0).then(|| wins / (1.0 - retention))
}

/// Hours of pursuit per win: `a / p`; `None` if nothing is ever won.
pub fn hours_per_win(odds: f64, hours_per_pursuit: f64) -> Option<f64> {
    (odds > 0.0).then(|| hours_per_pursuit / odds)
}

/// Chance of at least one win in `tries`: `1 - (1 - p)^n`.
pub fn at_least_one(odds: f64, tries: u32) -> f64 {
    1.0 - libm::pow(1.0 - odds, f64::from(tries))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_infinite_is_returned() {
        assert!(lifetime_value(100.0, 1.0, 0.0).is_err());
        assert_eq!(accounts_after(10.0, 1.0, 2.0, 3), 16.0);
        assert_eq!(steady_accounts(1.0, 2.0), None);
        assert_eq!(hours_per_win(0.0, 4.0), None);
        assert_eq!(at_least_one(1.0, 1), 1.0);
    }
}
