//! One customer: what it pays, when it renews, and whose it is.

use chrono::NaiveDate;

use super::clash::AccountPart;
use super::edited::EditedParts;
use super::life::LifeEntry;
use super::month::Month;
use super::quantity::{Margin, Money, Multiplier, Probability};
use super::touch::Touch;

/// Names an account for as long as the workspace lives; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub u32);

/// How long a contract runs before it must be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    months: u32,
}

impl Term {
    /// The terms that contracts have, in months; 1 means that the customer may leave at any time.
    pub const MONTHS: [u32; 8] = [1, 3, 6, 12, 24, 36, 48, 60];
    /// Twelve months.
    pub const YEAR: Term = Term { months: 12 };

    /// The term of that many months, if it is one of [`Term::MONTHS`].
    pub fn new(months: u32) -> Option<Term> {
        Term::MONTHS.contains(&months).then_some(Term { months })
    }

    /// Length in months.
    pub const fn months(self) -> u32 {
        self.months
    }
}

/// Where the account stands with us.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Not a customer yet; takes no part in the projection.
    Prospect,
    /// A customer.
    Active {
        /// The day the account was won, if known; tenure counts from its month.
        since: Option<NaiveDate>,
        /// The day of the next renewal; without one the account renews when its tenure completes a term.
        renews_on: Option<NaiveDate>,
    },
    /// A former customer.
    Lapsed {
        /// The day the account had been won, if known.
        since: Option<NaiveDate>,
        /// The day of the loss, if known.
        on: Option<NaiveDate>,
        /// Why, in the user's words; may be empty.
        reason: String,
    },
}

impl Standing {
    /// The word for it, as shown and as written to files.
    pub const fn word(&self) -> &'static str {
        match self {
            Standing::Prospect => "Prospect",
            Standing::Active { .. } => "Active",
            Standing::Lapsed { .. } => "Lost",
        }
    }
}

/// How the account came to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Found by prospecting.
    #[default]
    Prospecting,
    /// Sent by another customer.
    Referral {
        /// Which one, if it is known; one that is no longer in the book counts as unknown.
        sent_by: Option<AccountId>,
    },
    /// A former customer won again.
    WinBack,
}

/// The account's own renewal judgement; what is `None` follows the seller's.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct OwnJudgement {
    /// Chance of renewal in a year without any attention.
    pub unattended: Option<Probability>,
    /// Chance of renewal in a year at today's attention.
    pub today: Option<Probability>,
    /// Chance of renewal in a year with all the attention it could use.
    pub saturated: Option<Probability>,
}

/// A customer, former customer or prospect in the book.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Stable identity.
    pub id: AccountId,
    /// The name, as the user writes it.
    pub name: String,
    /// The seller who owns it; empty if nobody is named.
    pub seller: String,
    /// What it pays us in a year.
    pub annual_value: Money,
    /// Gross margin on that.
    pub margin: Margin,
    /// What serving it costs in a year, beyond the cost of goods.
    pub cost_to_serve: Money,
    /// Contract term.
    pub term: Term,
    /// Where it stands.
    pub standing: Standing,
    /// How it came to us.
    pub origin: Origin,
    /// Multiplies its odds of loss.
    pub loss_odds: Multiplier,
    /// Its own renewal judgement.
    pub judgement: OwnJudgement,
    /// Tags, in the order given.
    pub tags: Vec<String>,
    /// The contacts with it, in the order of their days; those of one day as they were logged.
    pub touches: Vec<Touch>,
    /// What else happened in its life, in the order of their days; those of one day as they were entered.
    pub life: Vec<LifeEntry>,
    /// What was changed by hand, and not only taken from a file.
    pub edited: EditedParts,
    /// Anything else: unknown columns of an imported file are kept here.
    pub notes: String,
}

impl Account {
    /// The most touches that an account holds; a daily contact for ten years is fewer.
    pub const MAX_TOUCHES: usize = 4_000;

    /// The most that the life of an account holds beside its touches.
    pub const MAX_LIFE: usize = 1_000;

    /// Logs `touch` in its place by day, after those of the same day.
    pub fn log(&mut self, touch: Touch) {
        let place = self.touches.partition_point(|logged| logged.on <= touch.on);
        self.touches.insert(place, touch);
    }

    /// Puts `entry` in its place by day, after those of the same day.
    pub fn enter(&mut self, entry: LifeEntry) {
        let place = self.life.partition_point(|entered| entered.on <= entry.on);
        self.life.insert(place, entry);
    }

    /// Profit of a year after cost to serve, at what it pays now: `mu V - cost to serve`, money; may be negative.
    pub fn annual_profit(&self) -> f64 {
        self.margin.get() * self.annual_value.units() - self.cost_to_serve.units()
    }

    /// Marks a customer as lost on that day; whoever is none stays as it is.
    pub fn lose(&mut self, on: NaiveDate, reason: String) {
        if let Standing::Active { since, .. } = self.standing {
            self.standing = Standing::Lapsed { since, on: Some(on), reason };
            self.edited = self.edited.with(AccountPart::Standing);
        }
    }

    /// An active account with the defaults of the book: margin 70 %, a term of a year, nothing else known.
    pub fn new(id: AccountId, name: impl Into<String>, annual_value: Money) -> Account {
        Account {
            id,
            name: name.into(),
            seller: String::new(),
            annual_value,
            margin: Margin::constant(0.70),
            cost_to_serve: Money::ZERO,
            term: Term::YEAR,
            standing: Standing::Active { since: None, renews_on: None },
            origin: Origin::Prospecting,
            loss_odds: Multiplier::constant(1.0),
            judgement: OwnJudgement::default(),
            tags: Vec::new(),
            touches: Vec::new(),
            life: Vec::new(),
            edited: EditedParts::default(),
            notes: String::new(),
        }
    }

    /// Whether another customer sent it.
    pub const fn is_referred(&self) -> bool {
        matches!(self.origin, Origin::Referral { .. })
    }

    /// Whether it is a customer now.
    pub const fn is_active(&self) -> bool {
        matches!(self.standing, Standing::Active { .. })
    }

    /// Months since it was won, as of `as_of`; 0 if unknown or still to come, and for all but active accounts.
    pub fn tenure(&self, as_of: Month) -> u32 {
        match self.standing {
            Standing::Active { since: Some(since), .. } => {
                u32::try_from(Month::of(since).months_until(as_of)).unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Months from `as_of` to the first renewal, at least 1: the renewal date where there is one (a date that
    /// has passed means next month), else the month in which the tenure completes a term.
    pub fn months_to_renewal(&self, as_of: Month) -> u32 {
        match self.standing {
            Standing::Active { renews_on: Some(day), .. } => {
                u32::try_from(as_of.months_until(Month::of(day))).unwrap_or(0).max(1)
            }
            _ => self.term.months() - self.tenure(as_of) % self.term.months(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn the_first_renewal_follows_the_date_and_else_the_tenure() {
        let as_of = Month::parse("2026-11").unwrap();
        let mut account = Account::new(AccountId(1), "A", Money::from_cents(1));
        assert_eq!(account.months_to_renewal(as_of), 12, "nothing known: a full term");
        account.standing = Standing::Active { since: day("2026-04-25"), renews_on: None };
        assert_eq!((account.tenure(as_of), account.months_to_renewal(as_of)), (7, 5));
        account.standing = Standing::Active { since: day("2026-04-25"), renews_on: day("2027-04-25") };
        assert_eq!(account.months_to_renewal(as_of), 5, "the date says the same");
        account.standing = Standing::Active { since: None, renews_on: day("2026-02-01") };
        assert_eq!(account.months_to_renewal(as_of), 1, "an overdue renewal comes next month");
        account.standing = Standing::Active { since: day("2027-04-25"), renews_on: None };
        assert_eq!(account.tenure(as_of), 0, "won in the future counts as won now");
    }
}
