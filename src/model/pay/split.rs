//! One commission shared by several people, and handed over from one to another with time.
//!
//! A deal that several sellers won together is shared before it is paid ([`super::Event::shared`]): each seller's quotas
//! and tiers see a part of it. A [`Credit`] shares the pay instead: quotas, tiers, floors, gates and caps see the whole
//! deal, as if one person had both roles, and each line pays the role's part at the age of its event. So the two roles'
//! rules add up to the undivided one under any of these.

use super::steps::Steps;
use crate::model::quantity::Money;

/// Shares `whole` out by `shares` (parts of it, 0 to 1) in whole cents. If the shares add up to 1 the parts add up to
/// the whole: what rounding leaves goes to those whose cents were cut off most, the first of equals first.
pub fn split(whole: Money, shares: &[f64]) -> Vec<Money> {
    let exact: Vec<f64> = shares.iter().map(|share| whole.cents() as f64 * share).collect();
    let mut cents: Vec<i64> = exact.iter().map(|part| libm::floor(*part) as i64).collect();
    let missing = libm::round(exact.iter().sum::<f64>()) as i64 - cents.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let cut_off = |index: &usize| exact.get(*index).map_or(0.0, |part| part - libm::floor(*part));
    order.sort_by(|one, other| cut_off(other).total_cmp(&cut_off(one)));
    for index in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        if let Some(part) = cents.get_mut(index) {
            *part += 1;
        }
    }
    cents.into_iter().map(Money::from_cents).collect()
}

/// The credit of two roles for the same account, by months since it was won: the hunter who won it and the account
/// manager who keeps it. What one has less the other has more, unless double credit is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOver {
    /// The hunter's part by months since the sale, 0 to 1.
    pub hunter: Steps,
    /// The account manager's part; `None` for what the hunter leaves.
    pub account_manager: Option<Steps>,
}

impl HandOver {
    /// Both parts `age` months after the sale. They add up to more than 1 only under double credit.
    pub fn parts(&self, age: u32) -> (f64, f64) {
        let hunter = self.hunter.level(f64::from(age)).clamp(0.0, 1.0);
        let manager = self.account_manager.as_ref().map_or(1.0 - hunter, |parts| parts.level(f64::from(age)));
        (hunter, manager.clamp(0.0, 1.0))
    }
}

/// Who of two a plan is for, where accounts are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Wins accounts.
    Hunter,
    /// Keeps them.
    AccountManager,
}

/// The part of a component's pay that is for one role.
///
/// A line of pay is the role's by its part at the age of the line's event, also where the event lifts earlier ones over
/// the start of a retroactive tier. A sum for a whole period, such as what a gate lets through, is the role's by the mean
/// part of the period's events, weighted by their amounts.
///
/// ```
/// use holdfast::model::pay::{Credit, HandOver, Role, Steps};
/// let hunter = Steps::new(vec![(0.0, 1.0), (12.0, 0.25), (24.0, 0.0)]).unwrap();
/// let credit = Credit { role: Role::AccountManager, hand_over: HandOver { hunter, account_manager: None } };
/// assert_eq!([0, 11, 12, 30].map(|age| credit.part(age)), [0.0, 0.0, 0.75, 1.0]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Credit {
    /// Who is paid.
    pub role: Role,
    /// How the roles share.
    pub hand_over: HandOver,
}

impl Credit {
    /// The role's part `age` months after the sale, 0 to 1.
    pub fn part(&self, age: u32) -> f64 {
        let (hunter, manager) = self.hand_over.parts(age);
        match self.role {
            Role::Hunter => hunter,
            Role::AccountManager => manager,
        }
    }

    /// The part once the last step of the hand-over is past.
    pub(in crate::model) fn last_part(&self) -> f64 {
        self.part(u32::MAX)
    }

    /// The credit of the hunter who leaves this role the rest, if one does.
    pub(super) fn hunter_beside(&self) -> Option<Credit> {
        let leaves_rest = self.role == Role::AccountManager && self.hand_over.account_manager.is_none();
        leaves_rest.then(|| Credit { role: Role::Hunter, hand_over: self.hand_over.clone() })
    }

    /// No part at any age.
    pub(super) fn none() -> Credit {
        let hand_over = HandOver { hunter: Steps::level_at_all(0.0), account_manager: None };
        Credit { role: Role::Hunter, hand_over }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_cent() {
        let thirds = split(Money::from_cents(100), &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]);
        assert_eq!(thirds.iter().map(|part| part.cents()).collect::<Vec<_>>(), [34, 33, 33]);
        assert_eq!(split(Money::from_cents(-101), &[0.5, 0.5]).iter().map(|part| part.cents()).sum::<i64>(), -101);
        assert_eq!(split(Money::from_cents(100), &[]), []);
    }

    #[test]
    fn an_account_is_handed_over_with_time() {
        let hunter = Steps::new(vec![(0.0, 1.0), (6.0, 0.5), (12.0, 0.0)]).unwrap();
        let shared = HandOver { hunter: hunter.clone(), account_manager: None };
        assert_eq!([0, 6, 12].map(|age| shared.parts(age)), [(1.0, 0.0), (0.5, 0.5), (0.0, 1.0)]);
        let double = HandOver { hunter, account_manager: Some(Steps::level_at_all(1.0)) };
        assert_eq!(double.parts(0), (1.0, 1.0));
    }
}
