//! The accounts that somebody looks for, in the order asked for.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::account::{Account, Origin, Standing};
use super::account_worth::AccountWorth;
use super::book::Book;
use super::month::Month;

/// What a list of accounts can show of each, and be put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The name.
    Name,
    /// The seller who owns it.
    Seller,
    /// What it pays in a year.
    AnnualValue,
    /// Gross margin.
    Margin,
    /// Active, lost with day and reason, or prospect.
    Standing,
    /// When it was won.
    Since,
    /// Contract term.
    Term,
    /// When it renews next.
    NextRenewal,
    /// The last contact.
    LastTouch,
    /// Tags.
    Tags,
    /// How it came.
    Origin,
    /// Profit of a year after cost to serve.
    AnnualProfit,
    /// Present value of all its profit to come.
    LifetimeValue,
    /// Annual value times the chance that it is lost within a year.
    ValueAtRisk,
    /// What of its annual value attention holds.
    ValueHeld,
    /// Why to look at it.
    Concerns,
}

impl Column {
    /// All, in the order of the list.
    pub const ALL: [Column; 16] = [
        Column::Name,
        Column::Seller,
        Column::AnnualValue,
        Column::Margin,
        Column::Standing,
        Column::Since,
        Column::Term,
        Column::NextRenewal,
        Column::LastTouch,
        Column::Tags,
        Column::Origin,
        Column::AnnualProfit,
        Column::LifetimeValue,
        Column::ValueAtRisk,
        Column::ValueHeld,
        Column::Concerns,
    ];

    /// Whether it is a figure: the greatest is asked for first.
    pub const fn is_figure(self) -> bool {
        matches!(
            self,
            Column::AnnualValue
                | Column::Margin
                | Column::Term
                | Column::AnnualProfit
                | Column::LifetimeValue
                | Column::ValueAtRisk
                | Column::ValueHeld
        )
    }

    /// Whether it takes the worth of an account to tell.
    pub const fn needs_worth(self) -> bool {
        matches!(
            self,
            Column::AnnualProfit | Column::LifetimeValue | Column::ValueAtRisk | Column::ValueHeld | Column::Concerns
        )
    }
}

/// Where accounts stand, without what is known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Customers.
    Current,
    /// Former customers.
    Lapsed,
    /// Not yet customers.
    Prospect,
}

impl Class {
    /// All, in the order of a menu.
    pub const ALL: [Class; 3] = [Class::Current, Class::Lapsed, Class::Prospect];

    /// That of an account.
    pub const fn of(account: &Account) -> Class {
        match account.standing {
            Standing::Active { .. } => Class::Current,
            Standing::Lapsed { .. } => Class::Lapsed,
            Standing::Prospect => Class::Prospect,
        }
    }
}

/// What is looked for, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Words that name, seller or tags must hold, all of them, in any order and case.
    pub words: String,
    /// Only of this seller.
    pub seller: Option<String>,
    /// Only of this class.
    pub class: Option<Class>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// What the order goes by; `None` is the order in which they were added.
    pub by: Option<Column>,
    /// Whether the greatest, latest or last in the alphabet comes first.
    pub descending: bool,
}

impl Listing {
    /// Every account, as added.
    pub const fn all() -> Listing {
        Listing { words: String::new(), seller: None, class: None, tag: None, by: None, descending: false }
    }

    /// The same, in the order by `column`: the other way round if it is that already, else with the greatest figure or the
    /// first of the alphabet leading.
    pub fn turned_to(self, column: Column) -> Listing {
        let descending = if self.by == Some(column) { !self.descending } else { column.is_figure() };
        Listing { by: Some(column), descending, ..self }
    }

    /// The former customers, those lost last first: whom to win back.
    pub fn win_back() -> Listing {
        Listing { class: Some(Class::Lapsed), by: Some(Column::Standing), descending: true, ..Listing::all() }
    }

    /// The customers by what attention holds of them, the most first.
    pub fn at_risk() -> Listing {
        Listing { class: Some(Class::Current), by: Some(Column::ValueAtRisk), descending: true, ..Listing::all() }
    }
}

/// What is searched of each account of a book: made once, since a search goes through all at every key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchTexts(Vec<String>);

impl SearchTexts {
    /// Those of `book`.
    pub fn of(book: &Book) -> SearchTexts {
        let text = |account: &Account| {
            let tags = account.tags.iter().flat_map(|tag| ["\n", tag.as_str()]);
            let parts = [account.name.as_str(), "\n", account.seller.as_str()].into_iter().chain(tags);
            parts.collect::<String>().to_lowercase()
        };
        SearchTexts(book.accounts.iter().map(text).collect())
    }
}

/// The places in `book` of the accounts that `listing` asks for, in its order; of equals those added first come first, and
/// accounts of which nothing is known come last in either direction. `texts` are those of the book; `worths` has what each
/// account is worth, and may be empty if the order does not go by it.
pub fn listed(
    book: &Book,
    texts: &SearchTexts,
    worths: &[Option<AccountWorth>],
    as_of: Month,
    listing: &Listing,
) -> Vec<usize> {
    let words: Vec<String> = listing.words.split_whitespace().map(str::to_lowercase).collect();
    let is_wanted = |place: usize, account: &Account| {
        listing.class.is_none_or(|class| Class::of(account) == class)
            && listing.seller.as_ref().is_none_or(|seller| account.seller == *seller)
            && listing.tag.as_ref().is_none_or(|tag| account.tags.contains(tag))
            && (words.is_empty()
                || texts.0.get(place).is_some_and(|text| words.iter().all(|word| text.contains(word.as_str()))))
    };
    let wanted = book.accounts.iter().enumerate().filter(|(place, account)| is_wanted(*place, account));
    let Some(by) = listing.by else { return wanted.map(|(place, _)| place).collect() };
    let key = |(place, account): (usize, &Account)| {
        let worth = worths.get(place).and_then(Option::as_ref);
        (key(by, account, worth, as_of), place)
    };
    let mut keyed: Vec<(Option<Key>, usize)> = wanted.map(key).collect();
    keyed.sort_by(|one, other| match (&one.0, &other.0) {
        (Some(one), Some(other)) if listing.descending => other.compare(one),
        (Some(one), Some(other)) => one.compare(other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// What an order goes by.
enum Key {
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

impl Key {
    fn compare(&self, other: &Key) -> Ordering {
        match (self, other) {
            (Key::Text(one), Key::Text(other)) => one.cmp(other),
            (Key::Number(one), Key::Number(other)) => one.total_cmp(other),
            (Key::Day(one), Key::Day(other)) => one.cmp(other),
            // One column has keys of one kind.
            _ => Ordering::Equal,
        }
    }
}

fn key(by: Column, account: &Account, worth: Option<&AccountWorth>, as_of: Month) -> Option<Key> {
    let text = |text: &str| (!text.is_empty()).then(|| Key::Text(text.to_lowercase()));
    let of_worth = |figure: fn(&AccountWorth) -> f64| worth.map(|worth| Key::Number(figure(worth)));
    match by {
        Column::Name => text(&account.name),
        Column::Seller => text(&account.seller),
        Column::AnnualValue => Some(Key::Number(account.annual_value.units())),
        Column::Margin => Some(Key::Number(account.margin.get())),
        Column::Term => Some(Key::Number(f64::from(account.term.months()))),
        // Losses by their day; others have none.
        Column::Standing => match &account.standing {
            Standing::Lapsed { on, .. } => on.map(Key::Day),
            Standing::Active { .. } | Standing::Prospect => None,
        },
        Column::Since => match &account.standing {
            Standing::Active { since, .. } | Standing::Lapsed { since, .. } => since.map(Key::Day),
            Standing::Prospect => None,
        },
        Column::NextRenewal => match &account.standing {
            Standing::Active { renews_on: Some(day), .. } => Some(Key::Day(*day)),
            Standing::Active { .. } => {
                let months = i32::try_from(account.months_to_renewal(as_of)).unwrap_or(i32::MAX);
                Some(Key::Day(as_of.plus(months).first_day()))
            }
            Standing::Lapsed { .. } | Standing::Prospect => None,
        },
        Column::LastTouch => account.touches.last().map(|touch| Key::Day(touch.on)),
        Column::Tags => text(&account.tags.join(", ")),
        Column::Origin => Some(Key::Number(match account.origin {
            Origin::Prospecting => 0.0,
            Origin::Referral { .. } => 1.0,
            Origin::WinBack => 2.0,
        })),
        Column::AnnualProfit => of_worth(|worth| worth.annual_profit),
        Column::LifetimeValue => of_worth(|worth| worth.lifetime_value),
        Column::ValueAtRisk => of_worth(|worth| worth.value_at_risk),
        Column::ValueHeld => of_worth(|worth| worth.value_held),
        Column::Concerns => of_worth(|worth| worth.concerns.len() as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::account_worth::worths;
    use crate::model::assumptions::Assumptions;
    use crate::model::quantity::Money;

    fn as_of() -> Month {
        Month::parse("2026-11").unwrap()
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn book() -> Book {
        let mut book = Book::empty();
        let lapsed = |on: &str| Standing::Lapsed {
            since: None,
            on: (!on.is_empty()).then(|| on.parse().unwrap()),
            reason: String::new(),
        };
        let active = |renews_on: &str| Standing::Active { since: None, renews_on: day(renews_on) };
        let rows = [
            ("Öster Mühle", "Ada", 300, active("2027-03-01"), "key, north"),
            ("alder", "Ben", 100, active("2027-01-15"), "north"),
            ("Birch", "", 200, lapsed("2026-02-01"), ""),
            ("Cedar", "Ada", 200, lapsed(""), "key"),
            ("Dogwood", "Ben", 50, Standing::Prospect, ""),
            ("Elm", "Ben", 60, lapsed("2026-09-01"), ""),
        ];
        for (name, seller, units, standing, tags) in rows {
            let id = book.take_id();
            let mut account = Account::new(id, name, Money::from_cents(units * 100));
            account.seller = seller.to_owned();
            account.standing = standing;
            account.tags = tags.split(", ").filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
            book.accounts.push(account);
        }
        book
    }

    fn ids(listing: &Listing) -> Vec<u32> {
        let book = book();
        let worths = worths(&book, &Assumptions::default(), as_of()).unwrap();
        let places = listed(&book, &SearchTexts::of(&book), &worths, as_of(), listing);
        places.into_iter().map(|place| book.accounts[place].id.0).collect()
    }

    fn by(by: Column, descending: bool) -> Vec<u32> {
        ids(&Listing { by: Some(by), descending, ..Listing::all() })
    }

    #[test]
    fn all_words_must_be_found_in_any_case_and_order() {
        let find = |words: &str| ids(&Listing { words: words.to_owned(), ..Listing::all() });
        assert_eq!(find(""), [1, 2, 3, 4, 5, 6]);
        assert_eq!(find("  "), [1, 2, 3, 4, 5, 6]);
        assert_eq!(find("MÜHLE ada"), [1]);
        assert_eq!(find("ada"), [1, 4]);
        assert_eq!(find("north be"), [2]);
        assert_eq!(find("ada ben"), [0; 0]);
        assert_eq!(find("lder\nBen"), [2], "a line break parts words");
    }

    #[test]
    fn sellers_classes_and_tags_narrow_the_list() {
        assert_eq!(ids(&Listing { seller: Some("Ben".to_owned()), ..Listing::all() }), [2, 5, 6]);
        assert_eq!(ids(&Listing { seller: Some(String::new()), ..Listing::all() }), [3]);
        assert_eq!(ids(&Listing { class: Some(Class::Prospect), ..Listing::all() }), [5]);
        assert_eq!(ids(&Listing { tag: Some("key".to_owned()), ..Listing::all() }), [1, 4]);
        let both = Listing { tag: Some("key".to_owned()), class: Some(Class::Lapsed), ..Listing::all() };
        assert_eq!(ids(&both), [4]);
    }

    #[test]
    fn the_order_goes_either_way_with_the_unknown_last() {
        assert_eq!(by(Column::Name, false), [2, 3, 4, 5, 6, 1]);
        assert_eq!(by(Column::Name, true), [1, 6, 5, 4, 3, 2]);
        assert_eq!(by(Column::AnnualValue, true), [1, 3, 4, 2, 6, 5], "equals as they were added");
        assert_eq!(by(Column::AnnualValue, false), [5, 6, 2, 3, 4, 1]);
        assert_eq!(by(Column::Seller, false), [1, 4, 2, 5, 6, 3]);
        assert_eq!(by(Column::Seller, true), [2, 5, 6, 1, 4, 3]);
        assert_eq!(by(Column::NextRenewal, false), [2, 1, 3, 4, 5, 6]);
        assert_eq!(by(Column::LastTouch, true), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn asking_again_turns_the_order_round() {
        let by_name = Listing::all().turned_to(Column::Name);
        assert_eq!((by_name.by, by_name.descending), (Some(Column::Name), false));
        assert!(by_name.clone().turned_to(Column::Name).descending);
        assert!(by_name.turned_to(Column::AnnualValue).descending, "the dearest first");
    }

    #[test]
    fn whom_to_win_back_and_whom_to_look_after() {
        assert_eq!(ids(&Listing::win_back()), [6, 3, 4]);
        // Both renew within a year with the same chance, so the dearer one has more at risk.
        assert_eq!(ids(&Listing::at_risk()), [1, 2]);
        assert_eq!(by(Column::ValueAtRisk, false), [2, 1, 3, 4, 5, 6], "only customers are worth anything");
    }

    #[test]
    fn ids_are_not_places() {
        let mut book = book();
        book.accounts.retain(|account| account.id != AccountId(1));
        assert_eq!(listed(&book, &SearchTexts::of(&book), &[], as_of(), &Listing::all()), [0, 1, 2, 3, 4]);
    }
}
