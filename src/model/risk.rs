//! What multiplies an account's odds of loss: named factors, each of which is seen and can be switched off.
//!
//! Health and risk are no score: the odds of loss that the renewal curve gives are multiplied by a few factors that the
//! user sets, `m_o` in all, and a chance of renewal `r` becomes `r / (r + m_o (1 - r))`
//! ([`with_loss_odds`](super::response::with_loss_odds)). A factor of 1 is off.
//!
//! Accounts that are won within a run are cohorts of mixed origin, so only the active competitor applies to them.

use super::account::{Account, Origin};
use super::assumptions::Assumptions;

/// Where a factor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// The account's own: what its owner sees in it.
    Own,
    /// A competitor is active: everybody's.
    Competitor,
    /// A customer referred it. Referred customers of a bank were some 18 % less likely to leave (Schmitt, Skiera & Van den
    /// Bulte 2011); how much it is here is the user's judgement.
    Referred,
    /// It was lost once and won back.
    WonBack,
}

/// The factors of `account` that are on, in the order of [`Factor`], each 0.1 to 10.
pub fn factors(account: &Account, assumptions: &Assumptions) -> impl Iterator<Item = (Factor, f64)> + use<> {
    let only = |holds: bool, factor: f64| if holds { factor } else { 1.0 };
    let all = [
        (Factor::Own, account.loss_odds.get()),
        (Factor::Competitor, assumptions.competitor_pull),
        (Factor::Referred, only(account.is_referred(), assumptions.referred_odds)),
        (Factor::WonBack, only(account.origin == Origin::WinBack, assumptions.won_back_odds)),
    ];
    all.into_iter().filter(|(_, factor)| *factor != 1.0)
}

/// m_o: the product of the [`factors`] of `account`; 1 where none is on.
///
/// # Example
/// ```
/// use holdfast::model::account::{Account, AccountId, Origin};
/// use holdfast::model::assumptions::Assumptions;
/// use holdfast::model::quantity::{Money, Multiplier};
/// use holdfast::model::risk::loss_odds;
///
/// let mut account = Account::new(AccountId(1), "A", Money::from_cents(1_200_000));
/// account.loss_odds = Multiplier::constant(2.0);
/// let assumed = Assumptions { competitor_pull: 1.5, referred_odds: 0.8, ..Assumptions::default() };
/// assert_eq!(loss_odds(&account, &assumed), 3.0);
/// account.origin = Origin::Referral { sent_by: None };
/// assert!((loss_odds(&account, &assumed) - 2.4).abs() < 1e-15);
/// ```
pub fn loss_odds(account: &Account, assumptions: &Assumptions) -> f64 {
    factors(account, assumptions).fold(1.0, |product, (_, factor)| product * factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::quantity::{Money, Multiplier};

    #[test]
    fn only_factors_that_are_on_are_listed() {
        let mut account = Account::new(AccountId(1), "A", Money::from_cents(1));
        let mut assumed = Assumptions::default();
        let listed = |account: &Account, assumed: &Assumptions| factors(account, assumed).collect::<Vec<_>>();
        assert_eq!(listed(&account, &assumed), []);
        assumed.won_back_odds = 2.0;
        assumed.referred_odds = 0.8;
        assert_eq!(listed(&account, &assumed), [], "it came by prospecting");
        account.origin = Origin::WinBack;
        account.loss_odds = Multiplier::constant(0.5);
        assert_eq!(listed(&account, &assumed), [(Factor::Own, 0.5), (Factor::WonBack, 2.0)]);
        assert_eq!(loss_odds(&account, &assumed), 1.0);
        account.origin = Origin::Referral { sent_by: None };
        assumed.competitor_pull = 1.5;
        let three = [(Factor::Own, 0.5), (Factor::Competitor, 1.5), (Factor::Referred, 0.8)];
        assert_eq!(listed(&account, &assumed), three);
        assert!((loss_odds(&account, &assumed) - 0.6).abs() < 1e-15);
    }
}
