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

/// What a unit of margin a period is worth in all, the first of it after one renewal: `r / (1 + i - r)` (Gupta & Lehmann
/// 2003).
///
/// # Errors
/// As [`lifetime_value`].
pub fn margin_multiple(retention: f64, discount: f64) -> Result<f64, Problem> {
    lifetime_value(1.0, retention, discount).map(|value| value.just_after_payment)
}

/// The worth of a customer who sends others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReferralValue {
    /// Without referrals: `m / (1 - beta r)`.
    pub without: f64,
    /// Of a customer just won, with all that those bring whom it sends, and those whom they send.
    pub new: f64,
    /// Of a customer just kept: the same and this year's referrals, `Y (1 + rho p_ref)`.
    pub retained: f64,
}

/// The worth of a customer with `margin` a year who renews with chance `retention` and sends `referrals` prospects a
/// year, of whom a part `odds_referred` buys: with `r~ = r (1 + rho p_ref)`, `Y = m / (1 - beta r~)`.
///
/// # Errors
/// [`Problem::InfiniteLifetime`] if `beta r~ >= 1`: each customer would bring more than one other for ever.
pub fn referral_value(
    margin: f64,
    retention: f64,
    referrals: f64,
    odds_referred: f64,
    discount_factor: f64,
) -> Result<ReferralValue, Problem> {
    let others = 1.0 + referrals * odds_referred;
    let worth = |continuation: f64| {
        if continuation < 1.0 {
            Ok(margin / (1.0 - continuation))
        } else {
            Err(Problem::InfiniteLifetime { continuation })
        }
    };
    let new = worth(discount_factor * retention * others)?;
    Ok(ReferralValue { without: worth(discount_factor * retention)?, new, retained: new * others })
}

/// What it takes to stand still.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Replacement {
    /// Accounts that must be won in a year.
    pub wins: f64,
    /// Hours of prospecting that takes.
    pub hours: f64,
    /// The part of the selling time that those hours are.
    pub share: f64,
}

/// "To stand still you must win N accounts, which takes H hours": the accounts lost in a year, each at `a / p` hours.
/// `None` if nothing is ever won by prospecting.
pub fn replacement(lost: f64, odds: f64, hours_per_pursuit: f64, hours_per_year: f64) -> Option<Replacement> {
    let hours = lost * hours_per_win(odds, hours_per_pursuit)?;
    let share = if hours_per_year > 0.0 { hours / hours_per_year } else { f64::from(u8::from(hours > 0.0)) };
    Some(Replacement { wins: lost, hours, share })
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
    fn standing_still_takes_an_hour_for_every_hour_of_loss() {
        let needed = replacement(6.0, 1.0 / 14.0, 4.0, 630.0).unwrap();
        assert_eq!(needed.wins, 6.0);
        assert!((needed.hours - 336.0).abs() < 1e-9 && (needed.share - 336.0 / 630.0).abs() < 1e-12);
        assert_eq!(replacement(0.0, 0.1, 4.0, 0.0).map(|needed| needed.share), Some(0.0));
    }

    #[test]
    fn nothing_infinite_is_returned() {
        assert!(lifetime_value(100.0, 1.0, 0.0).is_err());
        assert_eq!(accounts_after(10.0, 1.0, 2.0, 3), 16.0);
        assert_eq!(steady_accounts(1.0, 2.0), None);
        assert_eq!(hours_per_win(0.0, 4.0), None);
        assert_eq!(replacement(6.0, 0.0, 4.0, 630.0), None);
        assert!(referral_value(100.0, 1.0, 1.0, 0.2, 0.9).is_err());
        assert!(referral_value(100.0, 0.9, 0.0, 0.2, 1.0).is_ok_and(|worth| worth.new == worth.without));
        assert_eq!(at_least_one(1.0, 1), 1.0);
    }
}
