//! One commission shared by several people, and handed over from one to another with time.

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
