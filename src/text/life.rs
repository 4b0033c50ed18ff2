//! The life of an account in words.

use chrono::{Days, NaiveDate};

use super::number::{counted, money};
use crate::model::account::{Account, Standing};
use crate::model::life::{LifeEntry, LifeKind, Outcome, conceded, promises};

/// What is asked for where something of that kind is noted.
pub const fn asked(kind: LifeKind) -> &'static str {
    match kind {
        LifeKind::Promise => "What we promised",
        LifeKind::Request => "What they asked for",
        LifeKind::Person => "Name and part in the decision",
        LifeKind::Bill => "What was billed",
        LifeKind::Concession => "What was given away",
        LifeKind::Sighting => "Who was seen there, or what changed",
        LifeKind::Opening => "What they may buy",
    }
}

/// A warning before one more of that kind is noted: promises that are open, or were not kept.
pub fn warning(kind: LifeKind, life: &[LifeEntry], today: NaiveDate) -> Option<String> {
    let [missed, met, beaten, open] = promises(life);
    if kind != LifeKind::Promise || missed + open == 0 {
        return None;
    }
    let overdue = life.iter().filter(|it| it.kind == LifeKind::Promise && it.is_overdue(today)).count();
    let late = if overdue > 0 { format!(", {overdue} of them overdue") } else { String::new() };
    let over = missed + met + beaten;
    let kept = match over {
        0 => String::new(),
        _ => format!("; of {over} that are over {} missed", counted(missed, "was", "were")),
    };
    Some(format!("Before one promise more: {} open{late}{kept}.", counted(open, "is", "are")))
}

/// One line of the life: its day, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The day.
    pub on: NaiveDate,
    /// The words.
    pub text: String,
    /// The place in [`Account::life`] of what was noted; `None` for touches, and for what the account itself tells.
    pub entry: Option<usize>,
}

/// The life of an account, the latest first: won, touched, what was noted, lost.
pub fn lines(account: &Account, today: NaiveDate) -> Vec<Line> {
    let told = |on: Option<NaiveDate>, text: String| on.map(|on| Line { on, text, entry: None });
    let (won, lost) = match &account.standing {
        Standing::Prospect => (None, None),
        Standing::Active { since, .. } => (told(*since, "Won".to_owned()), None),
        Standing::Lapsed { since, on, reason } => {
            let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            (told(*since, "Won".to_owned()), told(*on, format!("Lost{why}")))
        }
    };
    let touches = account.touches.iter().map(|touch| {
        let note = if touch.note.is_empty() { String::new() } else { format!(": {}", touch.note) };
        Line { on: touch.on, text: format!("{}{note}", touch.kind.word()), entry: None }
    });
    let noted = account.life.iter().enumerate();
    let noted = noted.map(|(place, entry)| Line { on: entry.on, text: line(entry, today), entry: Some(place) });
    let mut lines: Vec<Line> = won.into_iter().chain(touches).chain(noted).chain(lost).collect();
    // Of one day what came last leads.
    lines.reverse();
    lines.sort_by_key(|line| std::cmp::Reverse(line.on));
    lines
}

/// For example "Promise: a demo of the new desk, due 2026-12-01 (overdue)".
fn line(entry: &LifeEntry, today: NaiveDate) -> String {
    let mut text = entry.kind.word().to_owned();
    if !entry.text.is_empty() {
        text.push_str(": ");
        text.push_str(&entry.text);
    }
    if let Some(amount) = entry.amount {
        text.push_str(&format!(", {}", money(amount.units(), 0)));
    }
    if let Some(due) = entry.due {
        text.push_str(&format!(", due {due}"));
    }
    if entry.is_overdue(today) {
        text.push_str(" (overdue)");
    }
    text
}

/// What the life comes to: promises kept, concessions of a year, people who left; empty if there is nothing to say.
pub fn sum(account: &Account, today: NaiveDate) -> String {
    let life = &account.life;
    let mut said = Vec::new();
    let [missed, met, beaten, open] = promises(life);
    if missed + met + beaten + open > 0 {
        said.push(format!("Promises: {beaten} beaten, {met} met, {missed} missed, {open} open."));
    }
    let overdue = life.iter().filter(|entry| entry.is_overdue(today)).count();
    if overdue > 0 {
        said.push(format!("{} overdue.", counted(overdue, "is", "are")));
    }
    let given = today.checked_sub_days(Days::new(365)).map_or(0.0, |year_ago| conceded(life, year_ago, today));
    if given > 0.0 {
        said.push(format!(
            "{} conceded within a year: count it in the cost to serve if it will go on.",
            money(given, 0)
        ));
    }
    let gone = life.iter().filter(|it| it.kind == LifeKind::Person && it.outcome == Outcome::Missed).count();
    if gone > 0 {
        said.push(format!("{} left.", counted(gone, "person has", "people have")));
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::quantity::Money;
    use crate::model::touch::{Touch, TouchKind};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(on: &str, kind: LifeKind, text: &str) -> LifeEntry {
        LifeEntry { on: day(on), kind, text: text.to_owned(), due: None, amount: None, outcome: Outcome::Open }
    }

    fn account() -> Account {
        let mut account = Account::new(AccountId(1), "Acme", Money::from_cents(100));
        account.standing = Standing::Lapsed {
            since: Some(day("2024-03-01")),
            on: Some(day("2026-11-20")),
            reason: "price".to_owned(),
        };
        account.log(Touch { on: day("2026-10-05"), kind: TouchKind::Call, note: "asked for a quote".to_owned() });
        account.enter(LifeEntry { due: Some(day("2026-11-01")), ..entry("2026-10-05", LifeKind::Promise, "a demo") });
        account.enter(LifeEntry {
            amount: Money::from_units(1_500.0),
            ..entry("2026-02-01", LifeKind::Concession, "free month")
        });
        account.enter(LifeEntry { outcome: Outcome::Missed, ..entry("2025-01-01", LifeKind::Person, "Dana") });
        account
    }

    #[test]
    fn the_life_is_told_from_its_end() {
        let said: Vec<(String, Option<usize>)> = lines(&account(), day("2026-11-27"))
            .into_iter()
            .map(|it| (format!("{} {}", it.on, it.text), it.entry))
            .collect();
        let told = |text: &str, entry: Option<usize>| (text.to_owned(), entry);
        assert_eq!(
            said,
            [
                told("2026-11-20 Lost: price", None),
                told("2026-10-05 Promise: a demo, due 2026-11-01 (overdue)", Some(2)),
                told("2026-10-05 Call: asked for a quote", None),
                told("2026-02-01 Concession: free month, $1,500", Some(1)),
                told("2025-01-01 Person: Dana", Some(0)),
                told("2024-03-01 Won", None),
            ]
        );
        assert_eq!(lines(&Account::new(AccountId(1), "New", Money::ZERO), day("2026-11-27")), []);
    }

    #[test]
    fn the_sum_tells_what_counts() {
        assert_eq!(
            sum(&account(), day("2026-11-27")),
            "Promises: 0 beaten, 0 met, 0 missed, 1 open. 1 is overdue. $1,500 conceded within a year: count it in the \
             cost to serve if it will go on. 1 person has left."
        );
        assert_eq!(sum(&Account::new(AccountId(1), "New", Money::ZERO), day("2026-11-27")), "");
    }

    #[test]
    fn a_promise_more_is_warned_about_where_others_are_open() {
        let today = day("2026-11-27");
        assert_eq!(warning(LifeKind::Promise, &[], today), None);
        assert_eq!(warning(LifeKind::Request, &account().life, today), None);
        let mut life = account().life;
        assert_eq!(
            warning(LifeKind::Promise, &life, today).unwrap(),
            "Before one promise more: 1 is open, 1 of them overdue."
        );
        life.push(LifeEntry { outcome: Outcome::Missed, ..entry("2026-11-01", LifeKind::Promise, "x") });
        life.push(LifeEntry { outcome: Outcome::Beaten, ..entry("2026-11-01", LifeKind::Promise, "y") });
        assert!(
            warning(LifeKind::Promise, &life, today)
                .unwrap()
                .ends_with("1 of them overdue; of 2 that are over 1 was missed.")
        );
    }
}
