//! One row to one account.

use super::amount::{Amount, NumberStyle, currency};
use super::date::{ColumnOrder, DateOrder};
use super::guard;
use super::heading::{counts_percent, counts_years};
use super::mapping::{AnnualValueFrom, Field, Mapping};
use super::note;
use super::preview::MappingProblem;
use super::read::{Row, Table};
use super::tidy::{cut, has_hidden, lines, one_line, quoted};
use super::word::{self, MarginStyle};
use crate::model::account::{Account, AccountId, Origin};
use crate::model::month::Month;
use crate::model::quantity::{Money, Multiplier};
use crate::text::clash::account_part;
use crate::text::input::read_number;
use crate::text::number::{counted, rate};

/// The longest name of an account or seller, in characters.
const MAX_NAME: usize = 200;
/// Why a line is left out whose quotes were never closed.
pub(super) const UNPAIRED_QUOTE: &str =
    "The quotes of this line do not pair up: close each quote, and double one inside a cell.";

/// How the columns of a table are read, found out once.
pub(super) struct RowReader<'t> {
    pub table: &'t Table,
    pub mapping: &'t Mapping,
    pub as_of: Month,
    annual_value: AnnualValueFrom,
    name: usize,
    amounts: NumberStyle,
    costs: NumberStyle,
    margins: MarginStyle,
    /// The order of day and month, by column.
    pub orders: Vec<DateOrder>,
    notes: Vec<(usize, String)>,
}

/// An account as a row gives it, and what was odd.
pub(super) struct ReadRow {
    pub account: Account,
    pub currency: Option<String>,
    /// The name of the account that sent it, as written: looked up when all rows are read.
    pub sent_by: Option<String>,
    pub remarks: Vec<String>,
    /// Whether something stays as it was edited in the book.
    pub spared: bool,
}

/// A row on its way to an account.
pub(super) struct Reading<'t> {
    pub row: &'t Row,
    pub account: Account,
    pub remarks: Vec<String>,
    /// Cells that no field can hold: kept as notes.
    pub unplaced: Vec<(String, &'t str)>,
}

impl<'t> RowReader<'t> {
    pub(super) fn new(table: &'t Table, mapping: &'t Mapping, as_of: Month) -> Result<RowReader<'t>, MappingProblem> {
        let name = mapping.column(Field::Name).ok_or(MappingProblem::NoName)?;
        let annual_value = mapping.annual_value().ok_or(MappingProblem::NoAnnualValue)?;
        if let AnnualValueFrom::Fixed(amount) = annual_value
            && !(Money::ZERO..=Money::MAX).contains(&amount)
        {
            return Err(MappingProblem::FixedValueOutOfRange { amount });
        }
        let columns = 0..table.headings.len();
        let mut orders = Vec::with_capacity(columns.len());
        for column in columns.clone() {
            orders.push(match mapping.field(column).is_date().then(|| mapping.order_of(table, column)) {
                Some(ColumnOrder::Known(order)) => order,
                Some(ColumnOrder::Unknown { cell, .. }) => {
                    return Err(MappingProblem::DateOrderOpen { heading: table.heading(column), cell });
                }
                None => DateOrder::DayFirst,
            });
        }
        let style = |field| NumberStyle::of(mapping.column(field).into_iter().flat_map(|column| table.filled(column)));
        let margins = match mapping.column(Field::Margin) {
            Some(column) if counts_percent(&table.heading(column)) => MarginStyle::Percent,
            column => MarginStyle::of(column.into_iter().flat_map(|column| table.filled(column))),
        };
        // What no field of an account holds.
        let kept =
            |column: &usize| matches!(mapping.field(*column), Field::KeepAsNote | Field::RecordId | Field::Currency);
        Ok(RowReader {
            table,
            mapping,
            as_of,
            annual_value,
            name,
            amounts: style(Field::AnnualValue),
            costs: style(Field::CostToServe),
            margins,
            orders,
            notes: columns.filter(kept).map(|column| (column, table.heading(column))).collect(),
        })
    }

    /// The cell that feeds a field, with its column, if it holds something.
    pub(super) fn cell(&self, row: &'t Row, field: Field) -> Option<(usize, &'t str)> {
        let column = self.mapping.column(field)?;
        Some((column, guard::take_off(row.cell(column)))).filter(|(_, cell)| !cell.is_empty())
    }

    /// The record id of a row, if the file has one.
    pub(super) fn record_id(&self, row: &'t Row) -> Option<&'t str> {
        self.cell(row, Field::RecordId).map(|(_, id)| id)
    }

    /// The name of the account, or why the row is left out.
    pub(super) fn name(&self, row: &Row) -> Result<String, String> {
        if row.has_unpaired_quote() {
            return Err(UNPAIRED_QUOTE.into());
        }
        let columns = self.table.headings.len();
        if (columns..row.width()).any(|column| !row.cell(column).is_empty()) {
            return Err(format!(
                "{} under {}: a cell with a comma or other delimiter in it needs quotes around it.",
                counted(row.width(), "cell", "cells"),
                counted(columns, "heading", "headings"),
            ));
        }
        let name = one_line(guard::take_off(row.cell(self.name)));
        if name.is_empty() {
            let heading = quoted(&self.table.heading(self.name));
            // Report footers end up here: what the line says tells the user that it is one.
            let rest = (0..row.width()).map(|column| row.cell(column)).find(|cell| !one_line(cell).is_empty());
            let begins = rest.map(|cell| format!(" The line begins {}.", quoted(cell))).unwrap_or_default();
            return Err(format!("There is no account name under {heading}.{begins}"));
        }
        Ok(cut(&name, MAX_NAME).0.to_owned())
    }

    /// Reads a row onto the account that it updates, or onto a new one. A blank cell changes nothing in an account
    /// that exists; a blank annual value leaves the row out, as it does for a new one.
    ///
    /// # Errors
    /// Why the row is left out.
    pub(super) fn read(
        &self,
        row: &'t Row,
        name: String,
        known: Option<&Account>,
        id: AccountId,
    ) -> Result<ReadRow, String> {
        let mut reading = Reading {
            row,
            account: known.cloned().unwrap_or_else(|| Account::new(id, String::new(), Money::ZERO)),
            remarks: Vec::new(),
            unplaced: Vec::new(),
        };
        reading.account.name = name;
        reading.remark_on_name(row.cell(self.name));
        if row.width() < self.table.headings.len() {
            reading.remarks.push(format!(
                "{} for {}: the missing ones count as blank.",
                counted(row.width(), "cell", "cells"),
                counted(self.table.headings.len(), "heading", "headings"),
            ));
        }
        let currency = self.read_money(&mut reading)?;
        self.read_seller_and_tags(&mut reading);
        self.read_margin_and_term(&mut reading, known.is_some());
        let sent_by = self.read_origin(&mut reading);
        self.read_judgement(&mut reading);
        self.read_standing(&mut reading, known.is_none())?;
        self.keep_notes(&mut reading);
        let spared = known.is_some_and(|known| reading.meet_edits(known, self.mapping.overwrites_edits));
        Ok(ReadRow { account: reading.account, currency, sent_by, remarks: reading.remarks, spared })
    }

    /// Takes the amounts; gives the currency of the annual value, if one is named.
    fn read_money(&self, reading: &mut Reading<'t>) -> Result<Option<String>, String> {
        if let Some((column, cell)) = self.cell(reading.row, Field::CostToServe) {
            match self.amount(cell, column, self.costs) {
                Ok(amount) => reading.account.cost_to_serve = amount.money,
                Err(why) => {
                    reading.set_aside(self.table.heading(column), cell, format!("{why} No cost to serve was taken."))
                }
            }
        }
        let column = match self.annual_value {
            AnnualValueFrom::Fixed(amount) => {
                reading.account.annual_value = amount;
                return Ok(None);
            }
            AnnualValueFrom::Column(column) => column,
        };
        let Amount { money, currency: written } = self.amount(reading.row.cell(column), column, self.amounts)?;
        reading.account.annual_value = money;
        let named =
            self.cell(reading.row, Field::Currency).map(|(_, cell)| currency(cell).unwrap_or_else(|| one_line(cell)));
        Ok(named.or(written))
    }

    /// An amount of at least nothing, or a sentence.
    fn amount(&self, cell: &str, column: usize, style: NumberStyle) -> Result<Amount, String> {
        let heading = || quoted(&self.table.heading(column));
        if cell.is_empty() {
            return Err(format!("There is no amount under {}.", heading()));
        }
        let amount = style.read(cell).ok_or_else(|| {
            format!(
                "{} under {} is not an amount up to 1,000,000,000: write it like 12345.67.",
                quoted(cell),
                heading()
            )
        })?;
        if amount.money < Money::ZERO {
            return Err(format!("{} under {} is below zero: enter zero or more.", quoted(cell), heading()));
        }
        Ok(amount)
    }

    fn read_seller_and_tags(&self, reading: &mut Reading<'t>) {
        if let Some((_, cell)) = self.cell(reading.row, Field::Seller) {
            let seller = one_line(cell);
            let (seller, whole) = cut(&seller, MAX_NAME);
            if !whole {
                reading.remarks.push(format!("The seller's name was cut to {MAX_NAME} characters."));
            }
            reading.account.seller = seller.to_owned();
        }
        for column in self.mapping.columns(Field::Tags) {
            let cell = guard::take_off(reading.row.cell(column));
            // Where a comma ends the cell only commas part tags: the export writes it so if another mark is part of one.
            let marks: &[char] = if cell.ends_with(',') { &[','] } else { &[',', ';', '|'] };
            for tag in cell.split(marks) {
                let tag = one_line(tag);
                let is_new = !reading.account.tags.contains(&tag);
                if !tag.is_empty() && is_new {
                    reading.account.tags.push(tag);
                }
            }
        }
    }

    fn read_margin_and_term(&self, reading: &mut Reading<'t>, is_known: bool) {
        let kept = if is_known { "as it was" } else { "at the default" };
        if let Some(column) = self.mapping.column(Field::Margin) {
            let cell = reading.row.cell(column);
            let stays = format!("the margin stays {kept}, {}.", rate(reading.account.margin.get(), 2));
            match self.margins.read(cell) {
                Some(margin) => reading.account.margin = margin,
                None if cell.is_empty() && is_known => {}
                None if cell.is_empty() => reading.remarks.push(format!("No margin is given: {stays}")),
                None => {
                    let why = format!("{} is not a margin from \u{2212}100% to 100%: {stays}", quoted(cell));
                    reading.set_aside(self.table.heading(column), cell, why);
                }
            }
        }
        if let Some(column) = self.mapping.column(Field::Term) {
            let cell = reading.row.cell(column);
            let stays = format!(
                "the term stays {kept}, {}.",
                counted(reading.account.term.months() as usize, "month", "months")
            );
            match word::term(cell, counts_years(&self.table.heading(column))) {
                Some(term) => reading.account.term = term,
                None if cell.is_empty() && is_known => {}
                None if cell.is_empty() => reading.remarks.push(format!("No term is given: {stays}")),
                None => {
                    let why =
                        format!("{} is not a term of 1, 3, 6, 12, 24, 36, 48 or 60 months: {stays}", quoted(cell));
                    reading.set_aside(self.table.heading(column), cell, why);
                }
            }
        }
    }

    /// Takes the origin; gives the name of who sent the account, if it is a referral.
    fn read_origin(&self, reading: &mut Reading<'t>) -> Option<String> {
        let written = self.cell(reading.row, Field::Origin);
        if let Some((column, cell)) = written {
            match word::origin(cell) {
                // Who sent it stays known.
                Some(Origin::Referral { .. }) if reading.account.is_referred() => {}
                Some(origin) => reading.account.origin = origin,
                None => {
                    let why =
                        format!("{} is not prospect, referral or win-back: the source stays unchanged.", quoted(cell));
                    reading.set_aside(self.table.heading(column), cell, why);
                }
            }
        }
        let (column, name) = self.cell(reading.row, Field::SentBy)?;
        if written.is_none() && !reading.account.is_referred() {
            reading.account.origin = Origin::Referral { sent_by: None };
        }
        if reading.account.is_referred() {
            return Some(cut(&one_line(name), MAX_NAME).0.to_owned());
        }
        let why = format!("{} is named as who sent it, but its source is no referral.", quoted(name));
        reading.set_aside(self.table.heading(column), name, why);
        None
    }

    /// Takes the account's own judgement, number by number: those that do not fit one another are left out of the
    /// projection, which says so.
    fn read_judgement(&self, reading: &mut Reading<'t>) {
        if let Some((column, cell)) = self.cell(reading.row, Field::LossOdds) {
            match read_number(cell).ok().and_then(|times| Multiplier::new(times).ok()) {
                Some(times) => reading.account.loss_odds = times,
                None => {
                    let why =
                        format!("{} is not a factor from 0.1 to 10: the odds of loss stay unchanged.", quoted(cell));
                    reading.set_aside(self.table.heading(column), cell, why);
                }
            }
        }
        for field in [Field::RenewsUnattended, Field::RenewsToday, Field::RenewsSaturated] {
            let Some((column, cell)) = self.cell(reading.row, field) else { continue };
            let Some(chance) = word::chance(cell) else {
                let why = format!("{} is not a chance from 0% to 100%: it stays unchanged.", quoted(cell));
                reading.set_aside(self.table.heading(column), cell, why);
                continue;
            };
            let judged = &mut reading.account.judgement;
            let slot = match field {
                Field::RenewsUnattended => &mut judged.unattended,
                Field::RenewsToday => &mut judged.today,
                _ => &mut judged.saturated,
            };
            *slot = Some(chance);
        }
    }

    fn keep_notes(&self, reading: &mut Reading<'t>) {
        if let Some((_, cell)) = self.cell(reading.row, Field::Notes) {
            // Word for word, and with its lines.
            let text = lines(cell);
            let (notes, whole) = cut(&text, note::MAX_NOTES);
            reading.account.notes = notes.to_owned();
            if !whole {
                reading.remarks.push(format!("The notes were cut to {} characters.", note::MAX_NOTES));
            }
        }
        let mut kept: Vec<(String, &str)> = self
            .notes
            .iter()
            .map(|(column, heading)| (heading.clone(), reading.row.cell(*column)))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        kept.append(&mut reading.unplaced);
        if kept.is_empty() {
            return;
        }
        let merged = note::merge(&reading.account.notes, &kept);
        reading.account.notes = merged.notes;
        if !merged.complete {
            reading
                .remarks
                .push(format!("Not every column fits into the notes: they hold {} characters.", note::MAX_NOTES));
        }
    }
}

impl<'t> Reading<'t> {
    /// Keeps a cell that its field cannot take as a note, and says why.
    pub(super) fn set_aside(&mut self, heading: String, cell: &'t str, why: String) {
        self.unplaced.push((heading, cell));
        self.remarks.push(why);
    }

    /// What was edited in the book stays, and a remark names it with both values, or is from now on what the file says.
    /// Tells whether something stays.
    fn meet_edits(&mut self, known: &Account, overwrites: bool) -> bool {
        let mut spared = false;
        for part in known.edited.parts().filter(|part| !self.account.has_same(*part, known)).collect::<Vec<_>>() {
            if overwrites {
                self.account.edited = self.account.edited.without(part);
                continue;
            }
            let (what, shown) = account_part(part);
            self.remarks.push(match (shown(known), shown(&self.account)) {
                (here, file) if here == file => format!("The {what} stays as you edited it: the file has another."),
                (here, file) => format!("The {what} stays {here} as you edited it: the file has {file}."),
            });
            self.account.take(part, known);
            spared = true;
        }
        spared
    }

    fn remark_on_name(&mut self, written: &str) {
        if has_hidden(written) {
            self.remarks.push("Line breaks or hidden characters were taken out of the name.".to_owned());
        }
        if !cut(&one_line(written), MAX_NAME).1 {
            self.remarks.push(format!("The name was cut to {MAX_NAME} characters."));
        }
    }
}
