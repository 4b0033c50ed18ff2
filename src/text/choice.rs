//! Choices in words.

use crate::model::account::{Account, Origin};
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::book::Book;
use crate::model::pay::PlanPeriod;

/// Accounts that are named before the others are only counted.
const NAMED: usize = 5;

/// Who gets the time with customers.
pub const fn attention(policy: AttentionPolicy) -> &'static str {
    match policy {
        AttentionPolicy::Even => "all alike",
        AttentionPolicy::ByValue => "each by its value",
        AttentionPolicy::Honeymoon => "new ones first",
        AttentionPolicy::Best => "where it saves most",
    }
}

/// How renewals answer to attention.
pub const fn renewal_form(form: RenewalForm) -> &'static str {
    match form {
        RenewalForm::Exponential => "less and less",
        RenewalForm::SCurve => "in an S",
    }
}

/// What a quota is measured over.
pub const fn period(period: PlanPeriod) -> &'static str {
    match period {
        PlanPeriod::Month => "month",
        PlanPeriod::Quarter => "quarter",
        PlanPeriod::Year => "year",
    }
}

/// How an account came.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Prospecting => "prospecting",
        Origin::Referral { .. } => "a referral",
        Origin::WinBack => "won back",
    }
}

/// The account of `book` that sent `account`, if it is known.
pub fn sender<'a>(account: &Account, book: &'a Book) -> Option<&'a Account> {
    match account.origin {
        Origin::Referral { sent_by } => book.account(sent_by?),
        Origin::Prospecting | Origin::WinBack => None,
    }
}

/// How an account of `book` came: "a referral from Harbour Supplies" where it is known who sent it.
pub fn came_by(account: &Account, book: &Book) -> String {
    let origin = origin(account.origin);
    sender(account, book).map_or_else(|| origin.to_owned(), |sender| format!("{origin} from {}", sender.name))
}

/// The accounts of `book` that `account` sent: "Harbour Supplies, Mill and 2 more"; nothing if there are none.
pub fn has_sent(account: &Account, book: &Book) -> Option<String> {
    let is_by = |it: &&Account| it.origin == Origin::Referral { sent_by: Some(account.id) };
    let mut sent = book.accounts.iter().filter(is_by).map(|it| it.name.as_str());
    let named = sent.by_ref().take(NAMED).collect::<Vec<_>>().join(", ");
    let more = match sent.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!named.is_empty()).then_some(named + &more)
}

/// How an account came, as a word of a file.
pub const fn origin_in_files(origin: Origin) -> &'static str {
    match origin {
        Origin::Prospecting => "prospect",
        Origin::Referral { .. } => "referral",
        Origin::WinBack => "win-back",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::quantity::Money;

    #[test]
    fn who_sent_whom_is_told_by_name() {
        let mut book = Book::empty();
        for name in ["Mill", "A", "B", "C", "D", "E", "F"] {
            let mut account = Account::new(book.take_id(), name, Money::ZERO);
            let sent_by = (name != "Mill").then(|| book.accounts[0].id);
            account.origin = Origin::Referral { sent_by };
            book.accounts.push(account);
        }
        assert_eq!(has_sent(&book.accounts[0], &book).as_deref(), Some("A, B, C, D, E and 1 more"));
        assert_eq!(has_sent(&book.accounts[1], &book), None);
        assert_eq!(came_by(&book.accounts[1], &book), "a referral from Mill");
        assert_eq!(came_by(&book.accounts[0], &book), "a referral");
        // Whoever is gone from the book is nobody.
        let gone = Origin::Referral { sent_by: Some(AccountId(99)) };
        let orphan = Account { origin: gone, ..book.accounts[1].clone() };
        assert_eq!((came_by(&orphan, &book).as_str(), sender(&orphan, &book)), ("a referral", None));
        assert_eq!(
            (book.named(" mill ", AccountId(9)), book.named("Mill", book.accounts[0].id)),
            (Ok(book.accounts[0].id), Err(crate::model::book::NoSuchName::Unknown))
        );
    }
}
