//! Accounts as a workbook for a spreadsheet, in which whatever follows from other cells is a formula.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use crate::model::account::{Account, Standing};
use crate::model::account_worth::{AccountWorth, worths};
use crate::model::workspace::Workspace;
use crate::text::choice;

/// The most that a spreadsheet takes in a cell, in units of UTF-16.
const LONGEST: usize = 32_767;

/// The headings of the accounts with the width of each column, in the order of the cells.
const HEADINGS: [(&str, f64); 15] = [
    ("Account", 28.0),
    ("Seller", 18.0),
    ("Standing", 10.0),
    ("Annual value", 14.0),
    ("Gross margin", 13.0),
    ("Cost to serve", 13.0),
    ("Profit a year", 14.0),
    ("Chance of loss within a year", 26.0),
    ("Value at risk", 14.0),
    ("Customer since", 15.0),
    ("Term months", 12.0),
    ("Next renewal", 14.0),
    ("Came by", 12.0),
    ("Tags", 20.0),
    ("Notes", 40.0),
];

/// What is added up, with the letter of its column among the accounts.
const SUMS: [(&str, char); 3] = [("Annual value", 'D'), ("Profit a year", 'G'), ("Value at risk", 'I')];

const ACCOUNTS: &str = "Accounts";
const TOTALS: &str = "Totals";

/// Why there is no workbook.
#[derive(Debug)]
pub struct NotWritten(XlsxError);

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The list could not be written for a spreadsheet ({}): save it as CSV instead.", self.0)
    }
}

impl std::error::Error for NotWritten {}

impl From<XlsxError> for NotWritten {
    fn from(why: XlsxError) -> NotWritten {
        NotWritten(why)
    }
}

/// The accounts of `workspace` at the `places` given as an XLSX file of two sheets: the accounts, and totals of all, by
/// standing, and of the active ones by seller.
///
/// Profit, value at risk and every total are formulas, with what they come to beside them for programs that do not
/// calculate. Text is text: no name or note is taken for a formula.
///
/// # Errors
/// [`NotWritten`] if it cannot be put together.
pub fn write(workspace: &Workspace, places: &[usize]) -> Result<Vec<u8>, NotWritten> {
    let book = &workspace.book;
    // Where the numbers contradict one another nothing is known of worth, and the rest is written all the same.
    let worths = worths(book, &workspace.assumptions, workspace.as_of).unwrap_or_default();
    let rows: Vec<Row<'_>> = places
        .iter()
        .filter_map(|place| {
            let account = book.accounts.get(*place)?;
            Some(Row {
                account,
                came_by: choice::came_by(account, book),
                worth: worths.get(*place).and_then(Option::as_ref),
            })
        })
        .collect();
    let mut workbook = Workbook::new();
    write_accounts(workbook.add_worksheet(), &rows)?;
    write_totals(workbook.add_worksheet(), &rows)?;
    Ok(workbook.save_to_buffer()?)
}

/// An account with what it is worth, if it is a customer.
struct Row<'a> {
    account: &'a Account,
    came_by: String,
    worth: Option<&'a AccountWorth>,
}

impl Row<'_> {
    /// Profit of a year after cost to serve; nothing for whoever is no customer.
    fn profit(&self) -> f64 {
        if self.account.is_active() { self.account.annual_profit() } else { 0.0 }
    }

    fn at_risk(&self) -> f64 {
        self.worth.map_or(0.0, |worth| worth.value_at_risk)
    }

    /// What is added up, in the order of [`SUMS`].
    fn sums(&self) -> [f64; SUMS.len()] {
        [self.account.annual_value.units(), self.profit(), self.at_risk()]
    }
}

fn write_accounts(sheet: &mut Worksheet, rows: &[Row<'_>]) -> Result<(), XlsxError> {
    sheet.set_name(ACCOUNTS)?;
    let (bold, money, percent, date) = (
        Format::new().set_bold(),
        Format::new().set_num_format("#,##0.00"),
        Format::new().set_num_format("0.0%"),
        Format::new().set_num_format("yyyy-mm-dd"),
    );
    for (column, (heading, width)) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    for (row, it) in (1..).zip(rows) {
        let account = it.account;
        // As a spreadsheet counts them.
        let number = row + 1;
        write_text(sheet, row, 0, &account.name)?;
        write_text(sheet, row, 1, &account.seller)?;
        sheet.write_string(row, 2, account.standing.word())?;
        sheet.write_number_with_format(row, 3, account.annual_value.units(), &money)?;
        sheet.write_number_with_format(row, 4, account.margin.get(), &percent)?;
        sheet.write_number_with_format(row, 5, account.cost_to_serve.units(), &money)?;
        if account.is_active() {
            let profit = formula(format!("=D{number}*E{number}-F{number}"), it.profit());
            sheet.write_formula_with_format(row, 6, profit, &money)?;
        }
        if let Some(worth) = it.worth {
            sheet.write_number_with_format(row, 7, worth.loss_chance, &percent)?;
            let at_risk = formula(format!("=D{number}*H{number}"), it.at_risk());
            sheet.write_formula_with_format(row, 8, at_risk, &money)?;
        }
        let (since, renews_on) = match account.standing {
            Standing::Active { since, renews_on } => (since, renews_on),
            Standing::Lapsed { since, .. } => (since, None),
            Standing::Prospect => (None, None),
        };
        write_day(sheet, row, 9, since, &date)?;
        sheet.write_number(row, 10, account.term.months())?;
        write_day(sheet, row, 11, renews_on, &date)?;
        write_text(sheet, row, 12, &it.came_by)?;
        write_text(sheet, row, 13, &account.tags.join(", "))?;
        write_text(sheet, row, 14, &account.notes)?;
    }
    Ok(())
}

fn write_totals(sheet: &mut Worksheet, rows: &[Row<'_>]) -> Result<(), XlsxError> {
    sheet.set_name(TOTALS)?;
    let (bold, money) = (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"));
    let last = rows.len().max(1) + 1;
    sheet.set_column_width(0, 28)?;
    for (column, heading) in (1..).zip(["Accounts"].into_iter().chain(SUMS.map(|(heading, _)| heading))) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, 16)?;
    }
    let mut next = 1;
    // A line: which rows of the accounts count, 1 or 0 each.
    let mut line = |name: &str, counts: String, of: &dyn Fn(&Row<'_>) -> bool| -> Result<(), XlsxError> {
        let row = next;
        next += 1;
        write_text(sheet, row, 0, name)?;
        let counted = || rows.iter().filter(|row| of(row));
        // The name of the line stands in its first cell.
        let counts = counts.replace("{name}", &format!("$A{}", row + 1));
        sheet.write_formula(row, 1, formula(format!("=SUMPRODUCT({counts})"), counted().count() as f64))?;
        for ((column, (_, letter)), place) in (2..).zip(SUMS).zip(0..) {
            let sum: f64 = counted().filter_map(|row| row.sums().get(place).copied()).sum();
            let range = format!("{ACCOUNTS}!{letter}$2:{letter}${last}");
            let sum = formula(format!("=SUMPRODUCT({counts}*{range})"), sum);
            sheet.write_formula_with_format(row, column, sum, &money)?;
        }
        Ok(())
    };
    let column = |letter: char| format!("{ACCOUNTS}!${letter}$2:${letter}${last}");
    let is = |letter: char, what: &str| format!("EXACT({},{what})", column(letter));
    line("All that are listed", format!("--({}<>\"\")", column('C')), &|_| true)?;
    for standing in ["Active", "Prospect", "Lost"] {
        line(standing, format!("--{}", is('C', "{name}")), &|row| row.account.standing.word() == standing)?;
    }
    let sellers: BTreeSet<&str> =
        rows.iter().filter(|row| row.account.is_active()).map(|row| row.account.seller.as_str()).collect();
    for seller in sellers {
        let counts = format!("{}*{}", is('C', "\"Active\""), is('B', "{name}"));
        line(seller, counts, &|row| row.account.is_active() && row.account.seller == seller)?;
    }
    Ok(())
}

fn formula(text: String, result: f64) -> Formula {
    Formula::new(text).set_result(result.to_string())
}

/// Writes a text as such, as far as a cell holds it; nothing if it is empty.
fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    let mut length = 0;
    let fits = text.chars().take_while(|sign| {
        length += sign.len_utf16();
        length <= LONGEST
    });
    sheet.write_string(row, column, fits.collect::<String>()).map(|_| ())
}

/// Writes a day; as a text before 1900, which spreadsheets do not know.
fn write_day(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    day: Option<NaiveDate>,
    format: &Format,
) -> Result<(), XlsxError> {
    let Some(day) = day else { return Ok(()) };
    let known = u16::try_from(day.year()).ok();
    match known.map(|year| ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)) {
        Some(Ok(date)) => sheet.write_datetime_with_format(row, column, &date, format).map(|_| ()),
        _ => sheet.write_string(row, column, day.to_string()).map(|_| ()),
    }
}
