//! One change of many accounts at once.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::account::{Account, AccountId, Term};
use super::book::Book;
use super::quantity::{Margin, Money, Multiplier};

/// What is done to each of them.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkEdit {
    /// They go to this seller; nobody if empty.
    Seller(String),
    /// They have this gross margin.
    Margin(Margin),
    /// Serving each costs this in a year.
    CostToServe(Money),
    /// Their contracts run for so long.
    Term(Term),
    /// Their odds of loss are multiplied by this.
    LossOdds(Multiplier),
    /// They have this tag, after those they have.
    TagAdded(String),
    /// They do not have this tag.
    TagRemoved(String),
    /// The customers among them were lost.
    Lost {
        /// When.
        on: NaiveDate,
        /// Why, in the user's words; may be empty.
        reason: String,
    },
    /// They leave the book.
    Deleted,
}

impl BulkEdit {
    /// What becomes of the `wanted` accounts of `book`, in the order of the book; `None` leaves it. Those that are as it asks
    /// already are not among them.
    pub fn edited(&self, book: &Book, wanted: &BTreeSet<AccountId>) -> Vec<(AccountId, Option<Account>)> {
        let of = |account: &Account| {
            if *self == BulkEdit::Deleted {
                return Some((account.id, None));
            }
            let after = self.after(account);
            (after != *account).then_some((account.id, Some(after)))
        };
        book.accounts.iter().filter(|account| wanted.contains(&account.id)).filter_map(of).collect()
    }

    /// An account after it.
    fn after(&self, account: &Account) -> Account {
        let mut after = account.clone();
        match self {
            BulkEdit::Seller(seller) => after.seller.clone_from(seller),
            BulkEdit::Margin(margin) => after.margin = *margin,
            BulkEdit::CostToServe(cost) => after.cost_to_serve = *cost,
            BulkEdit::Term(term) => after.term = *term,
            BulkEdit::LossOdds(times) => after.loss_odds = *times,
            BulkEdit::TagAdded(tag) => {
                if !after.tags.contains(tag) {
                    after.tags.push(tag.clone());
                }
            }
            BulkEdit::TagRemoved(tag) => after.tags.retain(|it| it != tag),
            BulkEdit::Lost { on, reason } => after.lose(*on, reason.clone()),
            BulkEdit::Deleted => {}
        }
        after.mark_edited(account);
        after
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Standing;

    fn book() -> Book {
        let mut book = Book::empty();
        for name in ["A", "B", "C"] {
            let id = book.take_id();
            book.accounts.push(Account::new(id, name, Money::from_cents(100)));
        }
        book.accounts[1].tags = vec!["key".to_owned()];
        book.accounts[2].standing = Standing::Prospect;
        book
    }

    fn edited(edit: &BulkEdit, ids: &[u32]) -> (usize, Book) {
        let mut after = book();
        let edited = edit.edited(&after, &ids.iter().map(|id| AccountId(*id)).collect());
        after.put(&edited);
        (edited.len(), after)
    }

    #[test]
    fn only_those_meant_are_changed_and_counted() {
        let (changed, after) = edited(&BulkEdit::Seller("Ada".to_owned()), &[1, 3, 9]);
        let sellers: Vec<&str> = after.accounts.iter().map(|account| account.seller.as_str()).collect();
        assert_eq!((changed, sellers), (2, vec!["Ada", "", "Ada"]));
        let (changed, after) = edited(&BulkEdit::TagAdded("key".to_owned()), &[1, 2]);
        assert_eq!((changed, &after.accounts[0].tags[..]), (1, &["key".to_owned()][..]), "B has it already");
        assert_eq!(edited(&BulkEdit::TagRemoved("key".to_owned()), &[1, 2]).0, 1);
        let lost = BulkEdit::Lost { on: "2026-11-01".parse().unwrap(), reason: String::new() };
        let (changed, after) = edited(&lost, &[2, 3]);
        assert_eq!((changed, &after.accounts[2].standing), (1, &Standing::Prospect), "a prospect cannot be lost");
        assert_eq!(edited(&BulkEdit::Term(Term::YEAR), &[1, 2, 3]).0, 0);
        let (changed, after) = edited(&BulkEdit::Deleted, &[1, 3]);
        assert_eq!((changed, after.accounts.len()), (2, 1));
    }

    #[test]
    fn accounts_that_stay_as_they_are_stay_shared() {
        let before = book();
        let mut after = before.clone();
        after.put(&BulkEdit::Seller("Ada".to_owned()).edited(&before, &BTreeSet::from([AccountId(2)])));
        assert!(std::ptr::eq(&before.accounts[0], &after.accounts[0]));
        assert!(!std::ptr::eq(&before.accounts[1], &after.accounts[1]));
    }
}
