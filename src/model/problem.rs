//! Why the model cannot answer, in words that say what to do.

use std::fmt;

/// A combination of inputs that has no answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Problem {
    /// r1 < r0: attention would make customers leave.
    TodayBelowUnattended {
        /// r0 as given.
        unattended: f64,
        /// r1 as given.
        today: f64,
    },
    /// r1 >= rc: nothing is left for more attention to win.
    TodayNotBelowSaturated {
        /// r1 as given.
        today: f64,
        /// rc as given.
        saturated: f64,
    },
    /// No attention today, yet r1 differs from r0.
    NoAttentionToday {
        /// r0 as given.
        unattended: f64,
        /// r1 as given.
        today: f64,
    },
    /// More effort must always renew more.
    NotRising {
        /// Chance with no effort, as given.
        none: f64,
        /// With half of today's.
        half: f64,
        /// With today's.
        now: f64,
        /// With as much as could help.
        saturation: f64,
    },
    /// More sellers than can be added up at once.
    TooManySellers {
        /// How many.
        sellers: usize,
    },
    /// beta r >= 1: the customer is never lost and the future never discounted.
    InfiniteLifetime {
        /// beta times r.
        continuation: f64,
    },
}

/// A chance to a tenth of a percent. In whole numbers: what prints a float is larger than all that the first screen says with it.
fn percent(chance: f64) -> String {
    let tenths = libm::round(chance * 1000.0) as i64;
    match tenths % 10 {
        0 => format!("{} %", tenths / 10),
        tenth => format!("{}.{tenth} %", tenths / 10),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Problem::TodayBelowUnattended { unattended, today } => write!(
                f,
                "Customers renew less often with today's attention ({}) than with none ({}): raise the first or lower \
                 the second.",
                percent(today),
                percent(unattended),
            ),
            Problem::TodayNotBelowSaturated { today, saturated } => write!(
                f,
                "Renewals with all the attention customers could use ({}) must be above those of today ({}): raise the \
                 first or lower the second.",
                percent(saturated),
                percent(today),
            ),
            Problem::NoAttentionToday { unattended, today } => write!(
                f,
                "Customers get no time today, so today's renewals ({}) must equal those with nobody calling ({}): make \
                 them equal, or give customers some time.",
                percent(today),
                percent(unattended),
            ),
            Problem::NotRising { none, half, now, saturation } => write!(
                f,
                "Renewals must rise with effort, from none ({}) over half of today's ({}) and today's ({}) to as much as \
                 could help ({}): change the one that falls or stays.",
                percent(none),
                percent(half),
                percent(now),
                percent(saturation),
            ),
            Problem::TooManySellers { sellers } => write!(
                f,
                "The book names {sellers} different sellers, more than can be added up at once: choose one seller, or \
                 import the file again with the right column for sellers.",
            ),
            Problem::InfiniteLifetime { continuation } => write!(
                f,
                "A customer that never leaves and is never discounted (factor {}) has no finite worth: lower the renewal \
                 chance or raise the discount rate.",
                percent(continuation),
            ),
        }
    }
}

impl std::error::Error for Problem {}
