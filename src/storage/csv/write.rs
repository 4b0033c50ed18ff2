//! Accounts as a CSV file: every field that an import reads, so that reading the file gives the same book.

use super::guard;
use crate::model::account::{Account, Standing};
use crate::model::account_worth::AccountWorth;
use crate::model::book::Book;
use crate::model::listing::Column;
use crate::model::month::Month;
use crate::model::quantity::{Money, Probability};
use crate::text::{account_cell, choice};

/// How the spreadsheets of a user's country write tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spreadsheet {
    /// Commas between cells, a point in numbers.
    Point,
    /// Semicolons between cells, a comma in numbers.
    Comma,
}

/// The headings, in the order of the cells.
const HEADINGS: [&str; 19] = [
    "Account",
    "Owner",
    "Annual value",
    "Gross margin",
    "Cost to serve",
    "Customer since",
    "Term months",
    "Next renewal",
    "Status",
    "Lost on",
    "Lost reason",
    "Source",
    "Sent by",
    "Tags",
    "Odds of loss",
    "Renews unattended",
    "Renews today",
    "Renews saturated",
    "Notes",
];

/// Accounts of `book` as a file: UTF-8 with a byte order mark, by which spreadsheets know it, and a line end of two signs.
///
/// Whatever a spreadsheet would take for a formula begins with an apostrophe, which the import takes off again; an
/// amount below zero is a number and stays one. Touches are not in it.
pub fn write_accounts<'a>(accounts: impl IntoIterator<Item = &'a Account>, book: &Book, as_in: Spreadsheet) -> Vec<u8> {
    let rows = accounts.into_iter().map(|account| cells(account, book, as_in));
    file(as_in, [HEADINGS.map(str::to_owned)].into_iter().chain(rows))
}

/// Some columns of accounts as a list shows them, its headings above: figures of today's assumptions among them, so this is
/// a file to read and add up, not one to import. Money is written as plain numbers, to the cent.
pub fn write_list<'a>(
    columns: &[Column],
    accounts: impl IntoIterator<Item = (&'a Account, Option<&'a AccountWorth>)>,
    as_of: Month,
    as_in: Spreadsheet,
) -> Vec<u8> {
    let cell_of = |column: Column, account: &Account, worth: Option<&AccountWorth>| {
        let figure = match column {
            Column::AnnualValue => return as_in.amount(account.annual_value),
            Column::Margin => return as_in.number(percent(account.margin.get())),
            Column::AnnualProfit => worth.map(|worth| worth.annual_profit),
            Column::LifetimeValue => worth.map(|worth| worth.lifetime_value),
            Column::ValueAtRisk => worth.map(|worth| worth.value_at_risk),
            Column::ValueHeld => worth.map(|worth| worth.value_held),
            _ => return guard::put(&account_cell::cell(column, account, worth, as_of)),
        };
        figure.and_then(Money::from_units).map_or_else(String::new, |money| as_in.amount(money))
    };
    let headings = columns.iter().map(|column| account_cell::heading(*column).to_owned()).collect::<Vec<_>>();
    let rows = accounts
        .into_iter()
        .map(|(account, worth)| columns.iter().map(|column| cell_of(*column, account, worth)).collect::<Vec<_>>());
    file(as_in, [headings].into_iter().chain(rows))
}

fn file<R: IntoIterator<Item = String>>(as_in: Spreadsheet, rows: impl Iterator<Item = R>) -> Vec<u8> {
    let delimiter = match as_in {
        Spreadsheet::Point => b',',
        Spreadsheet::Comma => b';',
    };
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    // Writing to memory cannot fail, and every record has as many cells as the first.
    for row in rows {
        let _ = writer.write_record(row.into_iter().map(String::into_bytes));
    }
    let _ = writer.flush();
    drop(writer);
    bytes
}

impl Spreadsheet {
    fn number(self, text: String) -> String {
        match self {
            Spreadsheet::Point => text,
            Spreadsheet::Comma => text.replace('.', ","),
        }
    }

    fn amount(self, money: Money) -> String {
        let cents = money.cents();
        let sign = if cents < 0 { "-" } else { "" };
        self.number(format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100))
    }
}

fn cells(account: &Account, book: &Book, as_in: Spreadsheet) -> [String; HEADINGS.len()] {
    let number = |text: String| as_in.number(text);
    let factor = |times: f64| number(not_in_threes(&times.to_string()));
    let amount = |money: Money| as_in.amount(money);
    let chance = |chance: Option<Probability>| chance.map_or_else(String::new, |it| number(percent(it.get())));
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let (since, renews_on, lost_on, reason) = match &account.standing {
        Standing::Prospect => (None, None, None, ""),
        Standing::Active { since, renews_on } => (*since, *renews_on, None, ""),
        Standing::Lapsed { since, on, reason } => (*since, None, *on, reason.as_str()),
    };
    let judged = &account.judgement;
    [
        guard::put(&account.name),
        guard::put(&account.seller),
        amount(account.annual_value),
        number(percent(account.margin.get())),
        amount(account.cost_to_serve),
        day(since),
        account.term.months().to_string(),
        day(renews_on),
        account.standing.word().to_owned(),
        day(lost_on),
        guard::put(reason),
        choice::origin_in_files(account.origin).to_owned(),
        choice::sender(account, book).map_or_else(String::new, |sender| guard::put(&sender.name)),
        guard::put(&tags(&account.tags)),
        factor(account.loss_odds.get()),
        chance(judged.unattended),
        chance(judged.today),
        chance(judged.saturated),
        guard::put(&account.notes),
    ]
}

/// A part of 1 as a percentage, with as many digits as it takes to read the same part back.
fn percent(part: f64) -> String {
    let read_back = |digits: usize| {
        let text = format!("{:.digits$}", part * 100.0);
        text.parse::<f64>().is_ok_and(|number| number / 100.0 == part).then_some(text)
    };
    let text = (0..=15).find_map(read_back).unwrap_or_else(|| (part * 100.0).to_string());
    format!("{}%", not_in_threes(&text))
}

/// The same number with another zero if three digits stand behind the point: those might be read as thousands.
fn not_in_threes(number: &str) -> String {
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals == 3 { format!("{number}0") } else { number.to_owned() }
}

/// With commas between; a comma at the end says that no semicolon or bar parts anything.
fn tags(tags: &[String]) -> String {
    let end = if tags.iter().any(|tag| tag.contains([';', '|'])) { "," } else { "" };
    tags.join(", ") + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_read_back_to_the_last_digit() {
        for (part, text) in
            [(0.7, "70%"), (0.07, "7%"), (0.123_45, "12.3450%"), (-0.1, "-10%"), (1.0, "100%"), (0.0, "0%")]
        {
            assert_eq!(percent(part), text);
        }
        for typed in 0..=10_000_u32 {
            let part = f64::from(typed) / 100.0 / 100.0;
            let text = percent(part);
            let read: f64 = text.trim_end_matches('%').parse().unwrap();
            assert_eq!(read / 100.0, part, "{text}");
        }
    }
}
