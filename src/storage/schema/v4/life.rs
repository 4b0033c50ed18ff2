//! What happened in the life of an account, an array each: day, kind, words, day due, amount and outcome; days count from
//! 2000-01-01, and what is missing is null.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::v1::{Invalid, invalid, money};
use super::touches;
use crate::model::life::{LifeEntry, LifeKind, Outcome};
use crate::model::quantity::Money;

/// An entry as it is written since version 7.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryV7(i64, KindV7, String, Option<i64>, Option<i64>, OutcomeV7);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum KindV7 {
    #[serde(rename = "P")]
    Promise,
    #[serde(rename = "R")]
    Request,
    #[serde(rename = "W")]
    Person,
    #[serde(rename = "B")]
    Bill,
    #[serde(rename = "C")]
    Concession,
    #[serde(rename = "S")]
    Sighting,
    #[serde(rename = "O")]
    Opening,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum OutcomeV7 {
    #[serde(rename = "o")]
    Open,
    #[serde(rename = "m")]
    Met,
    #[serde(rename = "b")]
    Beaten,
    #[serde(rename = "x")]
    Missed,
}

fn days(day: NaiveDate) -> i64 {
    (day - touches::epoch()).num_days()
}

impl From<&LifeEntry> for EntryV7 {
    fn from(entry: &LifeEntry) -> EntryV7 {
        let kind = match entry.kind {
            LifeKind::Promise => KindV7::Promise,
            LifeKind::Request => KindV7::Request,
            LifeKind::Person => KindV7::Person,
            LifeKind::Bill => KindV7::Bill,
            LifeKind::Concession => KindV7::Concession,
            LifeKind::Sighting => KindV7::Sighting,
            LifeKind::Opening => KindV7::Opening,
        };
        let outcome = match entry.outcome {
            Outcome::Open => OutcomeV7::Open,
            Outcome::Met => OutcomeV7::Met,
            Outcome::Beaten => OutcomeV7::Beaten,
            Outcome::Missed => OutcomeV7::Missed,
        };
        EntryV7(days(entry.on), kind, entry.text.clone(), entry.due.map(days), entry.amount.map(Money::cents), outcome)
    }
}

impl EntryV7 {
    /// The entry, for the field called `name` in a refusal.
    ///
    /// # Errors
    /// [`Invalid`] for a day beyond the calendar or an amount beyond the limits.
    pub fn read(self, name: &str) -> Result<LifeEntry, Invalid> {
        let EntryV7(on, kind, text, due, amount, outcome) = self;
        let day = |days: i64| touches::day(days).ok_or_else(|| invalid(name, format!("{days} is no day")));
        Ok(LifeEntry {
            on: day(on)?,
            kind: match kind {
                KindV7::Promise => LifeKind::Promise,
                KindV7::Request => LifeKind::Request,
                KindV7::Person => LifeKind::Person,
                KindV7::Bill => LifeKind::Bill,
                KindV7::Concession => LifeKind::Concession,
                KindV7::Sighting => LifeKind::Sighting,
                KindV7::Opening => LifeKind::Opening,
            },
            text,
            due: due.map(day).transpose()?,
            amount: amount.map(|cents| money(name, cents)).transpose()?,
            outcome: match outcome {
                OutcomeV7::Open => Outcome::Open,
                OutcomeV7::Met => Outcome::Met,
                OutcomeV7::Beaten => Outcome::Beaten,
                OutcomeV7::Missed => Outcome::Missed,
            },
        })
    }
}
