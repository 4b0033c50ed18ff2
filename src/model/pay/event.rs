//! What happened, as far as a plan may pay for it.

use std::fmt;

use chrono::NaiveDate;

use crate::model::account::AccountId;

/// What kind of event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// An account was won by prospecting.
    Won,
    /// An account was won that a customer had sent.
    WonByReferral {
        /// Whether the customer who sent it is still one.
        source_stays: bool,
    },
    /// A former customer was won again.
    WonBack,
    /// A contract was renewed.
    Renewed {
        /// The contract year that the renewal opens; a first annual renewal opens year 2.
        contract_year: u32,
    },
    /// A customer pays more than before.
    Expanded,
    /// A customer was kept whom a competitor had nearly won.
    Saved,
    /// A contract that was due ended.
    Lost,
    /// A touch: a contact with a customer was logged.
    Touched {
        /// Whether it was a review of the relationship.
        is_review: bool,
    },
    /// Hours with customers in a month of a projection, `count` of them, by which touches are reckoned.
    CustomerHours,
}

/// A set of kinds of event, a bit each: who hears of an event is asked for every one of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u16);

impl Kinds {
    pub(super) const NONE: Kinds = Kinds(0);
    pub(super) const REFERRED: Kinds = Kinds(1);
    pub(super) const WON_BACK: Kinds = Kinds(2);
    /// However the account came.
    pub(super) const WON: Kinds = Kinds(1 | 2 | 4);
    pub(super) const RENEWED: Kinds = Kinds(8);
    pub(super) const EXPANDED: Kinds = Kinds(16);
    pub(super) const SAVED: Kinds = Kinds(32);
    /// Every touch, and the hours by which they are reckoned.
    pub(super) const TOUCHED: Kinds = Kinds(64 | 256 | 512);
    pub(super) const REVIEWED: Kinds = Kinds(256 | 512);
    pub(super) const LOST: Kinds = Kinds(128);
    /// What was due, renewed or not.
    pub(super) const DUE: Kinds = Kinds(8 | 128);

    /// Those of both sets.
    pub(super) const fn and(self, others: Kinds) -> Kinds {
        Kinds(self.0 | others.0)
    }

    /// The set of `kind` alone.
    pub(super) const fn of(kind: EventKind) -> Kinds {
        Kinds(match kind {
            EventKind::WonByReferral { .. } => 1,
            EventKind::WonBack => 2,
            EventKind::Won => 4,
            EventKind::Renewed { .. } => 8,
            EventKind::Expanded => 16,
            EventKind::Saved => 32,
            EventKind::Touched { is_review: false } => 64,
            EventKind::Lost => 128,
            EventKind::Touched { is_review: true } => 256,
            EventKind::CustomerHours => 512,
        })
    }

    /// Whether both sets have something in common.
    pub(super) const fn meet(self, others: Kinds) -> bool {
        self.0 & others.0 != 0
    }
}

/// Which sale an event goes back to, so that its commission can be found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The sale to this account.
    Account(AccountId),
    /// All sales of this month of a projection, from 1; 0 for the book that it starts with.
    Month(u32),
}

/// Something that happened on a day: once, or an expected number of times in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// The day; the last day of the month for expected ones.
    pub on: NaiveDate,
    /// What kind.
    pub kind: EventKind,
    /// The sale that it goes back to.
    pub origin: Origin,
    /// How often: 1 for a real event, the seller's part of it where it is shared, an expected number for a simulated one.
    pub count: f64,
    /// Value of the contract, `V L / 12`, or annual value of what was won; all `count` of them together, money. For
    /// [`EventKind::Lost`] what would have been renewed.
    pub revenue: f64,
    /// Gross margin on it, money.
    pub margin: f64,
    /// The day on which the customer pays; `None` as long as that is not known.
    pub collected_on: Option<NaiveDate>,
    /// Months since the account was won.
    pub age: u32,
    /// Length of the contract, months.
    pub term: u32,
}

impl Event {
    /// Whether this is a renewal that was due, kept or not.
    pub const fn was_due(&self) -> bool {
        matches!(self.kind, EventKind::Renewed { .. } | EventKind::Lost)
    }

    /// The event as each of several sellers is credited with it, by `parts` from 0 to 1: a part of its count, revenue and
    /// margin. Their quotas and tiers fill by the part; tiers on single deals are still those of the whole deal. If the
    /// account is lost, share the loss alike. Each seller's statement rounds by itself.
    ///
    /// # Errors
    /// [`BadShares`] if a part is out of range, or all of them add up to more than the deal. For double credit, credit the
    /// second seller with a list of their own.
    pub fn shared(&self, parts: &[f64]) -> Result<Vec<Event>, BadShares> {
        if let Some(part) = parts.iter().find(|part| !(0.0..=1.0).contains(*part)) {
            return Err(BadShares::OutOfRange { part: *part });
        }
        let whole: f64 = parts.iter().sum();
        if whole > 1.0 + ROUNDING {
            return Err(BadShares::MoreThanAll { whole });
        }
        let credited = |part: &f64| Event {
            count: part * self.count,
            revenue: part * self.revenue,
            margin: part * self.margin,
            ..*self
        };
        Ok(parts.iter().map(credited).collect())
    }
}

/// Parts such as three thirds may add up to 1 and a little.
const ROUNDING: f64 = 1e-9;

/// Parts of a deal that cannot be credited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BadShares {
    /// A part is negative, more than all, or no number.
    OutOfRange {
        /// The part.
        part: f64,
    },
    /// All of them are more than the deal.
    MoreThanAll {
        /// Their sum.
        whole: f64,
    },
}

impl fmt::Display for BadShares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadShares::OutOfRange { part } => {
                write!(f, "A seller's part of the deal is {part}: enter a number from 0 to 1.")
            }
            BadShares::MoreThanAll { whole } => write!(
                f,
                "The sellers' parts of the deal add up to {:.1} %: lower one of them, or give double credit to a seller \
                 by itself.",
                100.0 * whole
            ),
        }
    }
}

impl std::error::Error for BadShares {}
