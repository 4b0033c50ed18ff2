//! What the headings say a file is, and what only the user can say.

use std::fmt;

use chrono::NaiveDate;

use super::date::{ColumnOrder, shown};
use super::heading::{field_of, is_their_revenue, key};
use super::mapping::{Field, Mapping};
use super::read::Table;
use super::tidy::{one_line, quoted};
use super::word::stands;

/// A kind of file that is known by its headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognised {
    /// A book in the app's own columns.
    HoldfastBook,
    /// The companies of HubSpot.
    HubspotCompanies,
    /// Any other table.
    Generic,
}

impl Recognised {
    /// The words for it, for a line above the preview.
    pub const fn label(self) -> &'static str {
        match self {
            Recognised::HoldfastBook => "A Holdfast book",
            Recognised::HubspotCompanies => "Companies exported from HubSpot",
            Recognised::Generic => "A table: check which column is what",
        }
    }
}

/// What must be chosen before a preview; see [`questions`]. `Display` asks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// No column is taken for the name of the account.
    WhichName,
    /// The only amounts are what the customers themselves earn. Answered by [`Mapping::take_annual_value`].
    AnnualRevenueIsTheirs {
        /// The column.
        column: usize,
        /// Its heading.
        heading: String,
    },
    /// No column is taken for annual values, and none offers itself. Answered by [`Mapping::take_annual_value`].
    WhichAnnualValue,
    /// Every date of the column fits both orders. Answered by [`Mapping::set_date_order`].
    DateOrder {
        /// The column.
        column: usize,
        /// Its heading.
        heading: String,
        /// A date as written.
        cell: String,
        /// That date with the day first.
        day_first: NaiveDate,
        /// That date with the month first.
        month_first: NaiveDate,
    },
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Question::WhichName => write!(f, "Which column holds the names of the accounts?"),
            Question::AnnualRevenueIsTheirs { heading, .. } => write!(
                f,
                "{} in a CRM export is what the customer itself earns, not what it pays you. Take it anyway, choose \
                 another column, or give every account one value.",
                one_line(heading)
            ),
            Question::WhichAnnualValue => {
                write!(f, "What does an account pay you in a year? Choose a column, or give every account one value.")
            }
            Question::DateOrder { heading, cell, day_first, month_first, .. } => write!(
                f,
                "Is {} under {} the day {} (day first) or {} (month first)?",
                quoted(cell),
                quoted(heading),
                shown(*day_first),
                shown(*month_first)
            ),
        }
    }
}

/// A first mapping for a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What the headings say; the user may change it.
    pub mapping: Mapping,
    /// What kind of file it looks like.
    pub recognised: Recognised,
    /// What the mapping leaves open.
    pub questions: Vec<Question>,
}

/// Proposes a mapping from the headings of a table.
///
/// Of several columns for one field the one with the surest heading is taken, then the first. The rest is kept as
/// notes, columns without any cell are left out, and so is nothing else. Customers' own revenue is never proposed as
/// annual value.
pub fn propose(table: &Table) -> Proposal {
    let mut mapping = Mapping::all_notes(table.headings.len());
    let mut ranks: Vec<(Field, usize, usize)> = Vec::new();
    for (column, heading) in table.headings.iter().enumerate() {
        if table.filled(column).next().is_none() {
            mapping.assign(column, Field::Ignore);
        }
        if let Some((field, rank)) = field_of(heading)
            && (field != Field::Standing || is_mostly_standings(table, column))
        {
            ranks.push((field, rank, column));
        }
    }
    ranks.sort_unstable();
    for (field, _, column) in ranks {
        if field.takes_many() || mapping.column(field).is_none() {
            mapping.assign(column, field);
        }
    }
    let recognised = recognise(&table.headings);
    // Whoever changes a saved list and brings it back means the changes.
    mapping.overwrites_edits = recognised == Recognised::HoldfastBook;
    let questions = questions(table, &mapping);
    Proposal { mapping, recognised, questions }
}

/// What a mapping leaves open: ask again after every change of it. A preview is possible once nothing is open.
pub fn questions(table: &Table, mapping: &Mapping) -> Vec<Question> {
    let mut open = Vec::new();
    if mapping.column(Field::Name).is_none() {
        open.push(Question::WhichName);
    }
    if mapping.annual_value().is_none() {
        let theirs = table.headings.iter().position(|heading| is_their_revenue(heading));
        open.push(match theirs {
            Some(column) => Question::AnnualRevenueIsTheirs { column, heading: table.heading(column) },
            None => Question::WhichAnnualValue,
        });
    }
    for column in (0..table.headings.len()).filter(|column| mapping.field(*column).is_date()) {
        if let ColumnOrder::Unknown { cell, day_first, month_first } = mapping.order_of(table, column) {
            open.push(Question::DateOrder { column, heading: table.heading(column), cell, day_first, month_first });
        }
    }
    open
}

fn recognise(headings: &[String]) -> Recognised {
    let keys: Vec<String> = headings.iter().map(|heading| key(heading)).collect();
    let has = |word: &str| keys.iter().any(|key| key == word);
    if has("account") && has("annualvalue") && has("termmonths") && has("nextrenewal") {
        Recognised::HoldfastBook
    } else if has("recordid") && (has("companyname") || has("companyowner")) && !has("dealname") {
        Recognised::HubspotCompanies
    } else {
        Recognised::Generic
    }
}

/// Whether a column named like a status holds statuses: `Type` may as well be the kind of company.
fn is_mostly_standings(table: &Table, column: usize) -> bool {
    let (known, all) =
        table.filled(column).fold((0, 0), |(known, all), cell| (known + usize::from(stands(cell).is_some()), all + 1));
    known * 2 >= all
}
