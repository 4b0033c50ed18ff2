//! What happens in the life of an account beside touches: what was promised and asked for, who is there, what was billed and
//! conceded, and who else is seen there; each with its day.

use chrono::NaiveDate;

use super::quantity::Money;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LifeKind {
    /// We promised something.
    #[default]
    Promise,
    /// They asked for something.
    Request,
    /// Somebody there who counts.
    Person,
    /// A bill was sent.
    Bill,
    /// Something was given away: a rebate, a service for nothing.
    Concession,
    /// A competitor was seen there, or something changed.
    Sighting,
    /// They may buy more.
    Opening,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Outcome {
    /// Nothing yet.
    #[default]
    Open,
    /// As it should.
    Met,
    /// Better than that.
    Beaten,
    /// Not so.
    Missed,
}

impl LifeKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [LifeKind; 7] = [
        LifeKind::Promise,
        LifeKind::Request,
        LifeKind::Person,
        LifeKind::Bill,
        LifeKind::Concession,
        LifeKind::Sighting,
        LifeKind::Opening,
    ];

    /// The word for it, as shown.
    pub const fn word(self) -> &'static str {
        match self {
            LifeKind::Promise => "Promise",
            LifeKind::Request => "Request",
            LifeKind::Person => "Person",
            LifeKind::Bill => "Bill",
            LifeKind::Concession => "Concession",
            LifeKind::Sighting => "Sighting",
            LifeKind::Opening => "Opening",
        }
    }

    /// What can become of it, and the word for each; empty for what is over with its day.
    pub const fn outcomes(self) -> &'static [(Outcome, &'static str)] {
        match self {
            LifeKind::Promise => &[
                (Outcome::Open, "open"),
                (Outcome::Met, "met"),
                (Outcome::Beaten, "beaten"),
                (Outcome::Missed, "missed"),
            ],
            LifeKind::Request => &[(Outcome::Open, "open"), (Outcome::Met, "done"), (Outcome::Missed, "turned down")],
            LifeKind::Person => &[(Outcome::Open, "is there"), (Outcome::Missed, "has left")],
            LifeKind::Bill => {
                &[(Outcome::Open, "unpaid"), (Outcome::Met, "paid in time"), (Outcome::Missed, "paid late")]
            }
            LifeKind::Opening => &[(Outcome::Open, "open"), (Outcome::Met, "won"), (Outcome::Missed, "lost")],
            LifeKind::Concession | LifeKind::Sighting => &[],
        }
    }

    /// Whether it may have a day by which it is due.
    pub const fn can_be_due(self) -> bool {
        matches!(self, LifeKind::Promise | LifeKind::Request | LifeKind::Bill)
    }

    /// Whether it may be about an amount of money.
    pub const fn has_amount(self) -> bool {
        matches!(self, LifeKind::Bill | LifeKind::Concession | LifeKind::Opening)
    }
}

/// Something that happened, or is to happen, at an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeEntry {
    /// The day.
    pub on: NaiveDate,
    /// The kind.
    pub kind: LifeKind,
    /// What it is, in the user's words.
    pub text: String,
    /// By when it is due, if it can be.
    pub due: Option<NaiveDate>,
    /// How much money it is about, if any.
    pub amount: Option<Money>,
    /// What became of it.
    pub outcome: Outcome,
}

impl LifeEntry {
    /// The word for what became of it; empty for what is over with its day.
    pub fn outcome_word(&self) -> &'static str {
        self.kind.outcomes().iter().find(|(outcome, _)| *outcome == self.outcome).map_or("", |(_, word)| word)
    }

    /// Whether it was to be done before `day`, and is open still.
    pub fn is_overdue(&self, day: NaiveDate) -> bool {
        self.outcome == Outcome::Open && self.due.is_some_and(|due| due < day)
    }
}

/// How promises to an account came out: `(missed, met, beaten, open)`.
pub fn promises(life: &[LifeEntry]) -> [usize; 4] {
    let count = |outcome: Outcome| {
        life.iter().filter(|entry| entry.kind == LifeKind::Promise && entry.outcome == outcome).count()
    };
    [Outcome::Missed, Outcome::Met, Outcome::Beaten, Outcome::Open].map(count)
}

/// What was conceded from the day after `from` to `to`, money; only the part of it that has an amount.
pub fn conceded(life: &[LifeEntry], from: NaiveDate, to: NaiveDate) -> f64 {
    life.iter()
        .filter(|entry| entry.kind == LifeKind::Concession && from < entry.on && entry.on <= to)
        .filter_map(|entry| entry.amount)
        .map(Money::units)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: LifeKind, on: &str, outcome: Outcome) -> LifeEntry {
        LifeEntry { on: on.parse().unwrap(), kind, text: String::new(), due: None, amount: None, outcome }
    }

    #[test]
    fn an_outcome_has_a_word_where_its_kind_knows_it() {
        for kind in LifeKind::ALL {
            let words = kind.outcomes();
            assert!(words.first().is_none_or(|(outcome, _)| *outcome == Outcome::Open), "{kind:?}");
            for (outcome, word) in words {
                assert_eq!(entry(kind, "2026-11-01", *outcome).outcome_word(), *word);
            }
        }
        assert_eq!(entry(LifeKind::Sighting, "2026-11-01", Outcome::Open).outcome_word(), "");
        assert_eq!(entry(LifeKind::Request, "2026-11-01", Outcome::Beaten).outcome_word(), "");
    }

    #[test]
    fn what_is_open_past_its_day_is_overdue() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut promise = entry(LifeKind::Promise, "2026-10-01", Outcome::Open);
        assert!(!promise.is_overdue(day("2030-01-01")), "it has no day");
        promise.due = Some(day("2026-11-15"));
        assert!(!promise.is_overdue(day("2026-11-15")));
        assert!(promise.is_overdue(day("2026-11-16")));
        promise.outcome = Outcome::Met;
        assert!(!promise.is_overdue(day("2026-11-16")));
    }

    #[test]
    fn promises_and_concessions_are_counted() {
        let mut life = vec![
            entry(LifeKind::Promise, "2026-10-01", Outcome::Missed),
            entry(LifeKind::Promise, "2026-10-01", Outcome::Open),
            entry(LifeKind::Promise, "2026-10-02", Outcome::Open),
            entry(LifeKind::Promise, "2026-10-02", Outcome::Beaten),
            entry(LifeKind::Request, "2026-10-02", Outcome::Met),
        ];
        assert_eq!(promises(&life), [1, 0, 1, 2]);
        let given = |on: &str, units: i64| LifeEntry {
            amount: Money::from_units(units as f64),
            ..entry(LifeKind::Concession, on, Outcome::Open)
        };
        life.extend([
            given("2025-11-27", 100),
            given("2025-11-28", 20),
            given("2026-11-27", 3),
            given("2026-11-28", 4),
        ]);
        life.push(LifeEntry { amount: None, ..given("2026-01-01", 0) });
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(conceded(&life, day("2025-11-27"), day("2026-11-27")), 23.0);
        assert_eq!(conceded(&[], day("2025-11-27"), day("2026-11-27")), 0.0);
    }
}
