//! What multiplies an account's odds of loss, in one line.

use super::number::plain;
use crate::model::account::Account;
use crate::model::assumptions::Assumptions;
use crate::model::risk::{Factor, factors, loss_odds};

/// What a factor is called.
pub const fn factor_name(factor: Factor) -> &'static str {
    match factor {
        Factor::Own => "own",
        Factor::Competitor => "competitor active",
        Factor::Referred => "referred",
        Factor::WonBack => "won back",
    }
}

/// For example "Odds of loss: 2 (own) × 1.5 (competitor active) = 3".
pub fn odds_of_loss(account: &Account, assumptions: &Assumptions) -> String {
    let named: Vec<String> = factors(account, assumptions)
        .map(|(factor, times)| format!("{} ({})", plain(times, 2), factor_name(factor)))
        .collect();
    match named.len() {
        0 => "Its odds of loss are those of any account.".to_owned(),
        1 => format!("Odds of loss: {}", named.concat()),
        _ => format!("Odds of loss: {} = {}", named.join(" × "), plain(loss_odds(account, assumptions), 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::{AccountId, Origin};
    use crate::model::quantity::{Money, Multiplier};

    #[test]
    fn every_factor_that_is_on_is_named() {
        let mut account = Account::new(AccountId(1), "A", Money::from_cents(1));
        let mut assumed = Assumptions::default();
        assert_eq!(odds_of_loss(&account, &assumed), "Its odds of loss are those of any account.");
        account.loss_odds = Multiplier::constant(2.0);
        assert_eq!(odds_of_loss(&account, &assumed), "Odds of loss: 2 (own)");
        assumed.competitor_pull = 1.5;
        assert_eq!(odds_of_loss(&account, &assumed), "Odds of loss: 2 (own) × 1.5 (competitor active) = 3");
        account.origin = Origin::Referral { sent_by: None };
        assumed.referred_odds = 0.8;
        let line = "Odds of loss: 2 (own) × 1.5 (competitor active) × 0.8 (referred) = 2.4";
        assert_eq!(odds_of_loss(&account, &assumed), line);
        account.origin = Origin::WinBack;
        assumed.won_back_odds = 3.0;
        let line = "Odds of loss: 2 (own) × 1.5 (competitor active) × 3 (won back) = 9";
        assert_eq!(odds_of_loss(&account, &assumed), line);
    }
}
