//! What the book says has happened, as events that a plan pays on.
//!
//! A book keeps when an account was won, when it renews, how long its contracts run, and when it was lost. From these follow
//! the sales, renewals and losses of any months gone by, each on its day. What a book does not keep is not made up: values
//! are those of today, growth at renewals is unknown, and an account without a date has no events but its touches. Where it is not known who
//! sent an account, whoever did counts as staying; a sender who was lost on a day that is not known counts as lost before.

use chrono::{Months, NaiveDate};

use super::account::{Account, Origin as Source, Standing};
use super::book::Book;
use super::month::Month;
use super::pay::{Event, EventKind, Origin};
use super::touch::TouchKind;

/// The events of `accounts` in `months` months from `from`, by day.
///
/// An account active today renewed at the end of every contract until now: those that fall on its renewal date, or where
/// there is none, every term since it was won. A renewal opens contract year `floor(months since won / 12) + 1`; where it is
/// not known since when, the second. What was due is `V L / 12`. Whoever sent an account is looked up in `book`.
pub fn book_events<'a>(
    accounts: impl Iterator<Item = &'a Account>,
    book: &Book,
    from: Month,
    months: u32,
) -> Vec<Event> {
    let (begin, end) = (from.first_day(), from.plus(months as i32).first_day());
    let all = accounts.flat_map(|account| of_account(account, book));
    let mut events: Vec<Event> = all.filter(|event| (begin..end).contains(&event.on)).collect();
    events.sort_by_key(|event| (event.on, event.origin));
    events
}

/// All that ever happened to an account, touches as they were logged; contracts that end in days to come are left out.
fn of_account(account: &Account, book: &Book) -> Vec<Event> {
    let (since, renews_on, lost_on) = match account.standing {
        Standing::Prospect => return Vec::new(),
        Standing::Active { since, renews_on } => (since, renews_on, None),
        Standing::Lapsed { since, on, .. } => (since, None, on),
    };
    let event = |on: NaiveDate, kind: EventKind, revenue: f64| Event {
        on,
        kind,
        origin: Origin::Account(account.id),
        count: 1.0,
        revenue,
        margin: revenue * account.margin.get(),
        collected_on: Some(on),
        age: since.map_or(0, |since| months_between(since, on)),
        term: account.term.months(),
    };
    let value = account.annual_value.units();
    let due = value * f64::from(account.term.months()) / 12.0;
    let mut events = Vec::new();
    if let Some(since) = since {
        let kind = match account.origin {
            Source::Prospecting => EventKind::Won,
            Source::Referral { sent_by } => {
                let sender = sent_by.and_then(|sender| book.account(sender));
                EventKind::WonByReferral { source_stays: sender.is_none_or(|sender| is_customer(sender, since)) }
            }
            Source::WinBack => EventKind::WonBack,
        };
        events.push(event(since, kind, value));
    }
    for on in contract_ends(since, renews_on, lost_on, account.term.months()) {
        let contract_year = since.map_or(2, |since| months_between(since, on) / 12 + 1);
        events.push(event(on, EventKind::Renewed { contract_year }, due));
    }
    if let Some(on) = lost_on {
        events.push(event(on, EventKind::Lost, due));
    }
    events.extend(account.touches.iter().map(|touch| {
        let is_review = touch.kind == TouchKind::Review;
        event(touch.on, EventKind::Touched { is_review }, 0.0)
    }));
    events
}

/// Whether `account` is a customer on that day, as far as the book keeps it: one that is lost without a day is none.
fn is_customer(account: &Account, day: NaiveDate) -> bool {
    match account.standing {
        Standing::Prospect => false,
        Standing::Active { .. } => true,
        Standing::Lapsed { on, .. } => on.is_some_and(|lost_on| day < lost_on),
    }
}

/// The most contracts of one account that are looked back on: a hundred years of months.
const MOST_CONTRACTS: u32 = 1_200;

/// The days on which a contract was renewed: before the coming renewal, or every term since the sale, and before the loss.
fn contract_ends(
    since: Option<NaiveDate>,
    renews_on: Option<NaiveDate>,
    lost_on: Option<NaiveDate>,
    term: u32,
) -> Vec<NaiveDate> {
    let after = |on: &NaiveDate| since.is_none_or(|since| since < *on);
    match (since, renews_on) {
        (_, Some(next)) => {
            let back = (1..MOST_CONTRACTS).map_while(|count| next.checked_sub_months(Months::new(count * term)));
            back.take_while(after).collect()
        }
        (Some(since), None) => {
            let on = (1..MOST_CONTRACTS).map_while(|count| since.checked_add_months(Months::new(count * term)));
            // Whoever asks looks no further than today; a loss ends it before.
            on.take_while(|on| lost_on.is_none_or(|lost| *on < lost)).collect()
        }
        (None, None) => Vec::new(),
    }
}

/// Whole months from one day to a later one.
fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = Month::of(from).months_until(Month::of(to));
    let months = if from.checked_add_months(Months::new(months.max(0) as u32)).is_some_and(|day| day > to) {
        months - 1
    } else {
        months
    };
    months.max(0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::{AccountId, Term};
    use crate::model::quantity::{Margin, Money};
    use crate::model::touch::Touch;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn account(id: u32, standing: Standing, term: u32) -> Account {
        let mut account = Account::new(AccountId(id), "", Money::from_units(12_000.0).unwrap());
        account.margin = Margin::new(0.5).unwrap();
        account.term = Term::new(term).unwrap();
        account.standing = standing;
        account
    }

    fn told(accounts: &[Account], from: &str, months: u32) -> Vec<(String, EventKind, f64)> {
        let book = Book { accounts: accounts.to_vec().into(), ..Book::empty() };
        let events = book_events(accounts.iter(), &book, Month::parse(from).unwrap(), months);
        events.iter().map(|event| (event.on.to_string(), event.kind, event.revenue)).collect()
    }

    #[test]
    fn sales_renewals_and_losses_are_on_their_days() {
        let active = account(1, Standing::Active { since: Some(day("2024-03-15")), renews_on: None }, 12);
        let dated =
            account(2, Standing::Active { since: Some(day("2025-11-30")), renews_on: Some(day("2026-12-10")) }, 6);
        let reason = "price".to_owned();
        let lost =
            account(3, Standing::Lapsed { since: Some(day("2025-02-01")), on: Some(day("2026-05-20")), reason }, 1);
        let renewed = |contract_year| EventKind::Renewed { contract_year };
        let all = [active, dated, lost, account(4, Standing::Prospect, 12)];
        let found = told(&all, "2025-12", 12);
        let annual: Vec<_> = found.iter().filter(|it| it.2 == 12_000.0).collect();
        assert_eq!(annual, [&("2026-03-15".to_owned(), renewed(3), 12_000.0)]);
        // A half-year contract that renews on 10 December did so on 10 June and 10 December before; it was won in November.
        let halves: Vec<_> = found.iter().filter(|it| it.2 == 6_000.0).map(|it| (it.0.as_str(), it.1)).collect();
        assert_eq!(halves, [("2025-12-10", renewed(1)), ("2026-06-10", renewed(1))]);
        // From month to month until the loss.
        let months: Vec<_> = found.iter().filter(|it| it.2 == 1_000.0).collect();
        assert_eq!(months.len(), 7);
        assert_eq!(months[0], &("2025-12-01".to_owned(), renewed(1), 1_000.0));
        assert_eq!(months[2], &("2026-02-01".to_owned(), renewed(2), 1_000.0));
        assert_eq!(months[6], &("2026-05-20".to_owned(), EventKind::Lost, 1_000.0));
        assert_eq!(
            told(&all, "2025-11", 1),
            [("2025-11-01".to_owned(), renewed(1), 1_000.0), ("2025-11-30".to_owned(), EventKind::Won, 12_000.0),]
        );
    }

    #[test]
    fn what_the_book_does_not_keep_is_not_made_up() {
        let undated = account(1, Standing::Active { since: None, renews_on: None }, 12);
        assert!(told(&[undated], "2020-01", 120).is_empty());
        let renews = account(2, Standing::Active { since: None, renews_on: Some(day("2027-02-28")) }, 12);
        assert_eq!(
            told(&[renews], "2026-01", 12),
            [("2026-02-28".to_owned(), EventKind::Renewed { contract_year: 2 }, 12_000.0)]
        );
        let unknown =
            account(3, Standing::Lapsed { since: None, on: Some(day("2026-02-01")), reason: String::new() }, 12);
        assert_eq!(told(&[unknown], "2026-01", 12), [("2026-02-01".to_owned(), EventKind::Lost, 12_000.0)]);
    }

    #[test]
    fn whoever_sent_an_account_stays_unless_the_book_says_otherwise() {
        let sender = |id: u32, standing: Standing| account(id, standing, 12);
        let lost = |on: Option<NaiveDate>| Standing::Lapsed { since: None, on, reason: String::new() };
        let senders = [
            sender(1, Standing::Active { since: Some(day("2020-01-01")), renews_on: None }),
            sender(2, lost(Some(day("2026-03-01")))),
            sender(3, lost(Some(day("2026-03-02")))),
            sender(4, lost(None)),
            sender(5, Standing::Prospect),
        ];
        let stays = |sent_by: Option<u32>| {
            let mut sent = account(9, Standing::Active { since: Some(day("2026-03-01")), renews_on: None }, 12);
            sent.origin = Source::Referral { sent_by: sent_by.map(AccountId) };
            let all: Vec<Account> = senders.iter().cloned().chain([sent]).collect();
            let found = told(&all, "2026-03", 1);
            found.iter().any(|it| it.1 == EventKind::WonByReferral { source_stays: true })
        };
        // Lost on the day of the sale is no customer any more; of whom nothing is known, nothing is held against.
        assert_eq!([1, 2, 3, 4, 5, 77].map(|sender| stays(Some(sender))), [true, false, true, false, false, true]);
        assert!(stays(None));
    }

    #[test]
    fn touches_are_told_as_they_were_logged() {
        let mut touched = account(1, Standing::Active { since: None, renews_on: None }, 12);
        for (on, kind) in
            [("2026-01-31", TouchKind::Call), ("2026-02-01", TouchKind::Review), ("2026-03-01", TouchKind::Gift)]
        {
            touched.log(Touch { on: day(on), kind, note: String::new() });
        }
        let prospect = Account { standing: Standing::Prospect, ..touched.clone() };
        let kinds: Vec<EventKind> = told(&[touched, prospect], "2026-01", 2).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, [EventKind::Touched { is_review: false }, EventKind::Touched { is_review: true }]);
    }

    #[test]
    fn a_referred_account_and_one_won_back_are_told_so() {
        let standing = Standing::Active { since: Some(day("2026-01-31")), renews_on: None };
        let mut referred = account(1, standing.clone(), 12);
        referred.origin = Source::Referral { sent_by: None };
        let mut back = account(2, standing, 12);
        back.origin = Source::WinBack;
        let kinds: Vec<EventKind> = told(&[referred, back], "2026-01", 1).into_iter().map(|it| it.1).collect();
        assert_eq!(kinds, [EventKind::WonByReferral { source_stays: true }, EventKind::WonBack]);
        assert_eq!(months_between(day("2026-01-31"), day("2026-02-28")), 1);
        assert_eq!(months_between(day("2026-01-15"), day("2027-01-14")), 11);
    }
}
