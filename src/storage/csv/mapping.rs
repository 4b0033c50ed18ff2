//! What the user and the headings decide: which column feeds which field.

use serde::{Deserialize, Serialize};

use super::date::{ColumnOrder, DateOrder};
use super::read::Table;
use crate::model::quantity::Money;

/// What a column of a file is taken for. Mappings are remembered by these names: a new name forgets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name of the account.
    Name,
    /// The seller who owns it.
    Seller,
    /// What it pays us in a year.
    AnnualValue,
    /// The currency of that amount; amounts are never converted.
    Currency,
    /// Gross margin.
    Margin,
    /// What serving it costs in a year.
    CostToServe,
    /// Contract term, in months unless the heading or the cell says years.
    Term,
    /// The day it was won.
    Since,
    /// The day of the next renewal.
    RenewsOn,
    /// Active, lost or prospect.
    Standing,
    /// How it came to us.
    Origin,
    /// The name of the account that sent it.
    SentBy,
    /// Tags, between commas, semicolons or bars.
    Tags,
    /// The day it was lost.
    LostOn,
    /// Why it was lost.
    LostReason,
    /// What multiplies its odds of loss.
    LossOdds,
    /// Its own chance of renewal without any attention.
    RenewsUnattended,
    /// That at today's attention.
    RenewsToday,
    /// That with all the attention it could use.
    RenewsSaturated,
    /// Notes, word for word.
    Notes,
    /// Its number in the other system: tells two accounts of one name apart; kept as a note.
    RecordId,
    /// Kept in the notes, with the heading.
    KeepAsNote,
    /// Left out.
    Ignore,
}

impl Field {
    /// Every field, in the order of a menu.
    pub const ALL: [Field; 23] = [
        Field::Name,
        Field::Seller,
        Field::AnnualValue,
        Field::Currency,
        Field::Margin,
        Field::CostToServe,
        Field::Term,
        Field::Since,
        Field::RenewsOn,
        Field::Standing,
        Field::Origin,
        Field::SentBy,
        Field::Tags,
        Field::LostOn,
        Field::LostReason,
        Field::LossOdds,
        Field::RenewsUnattended,
        Field::RenewsToday,
        Field::RenewsSaturated,
        Field::Notes,
        Field::RecordId,
        Field::KeepAsNote,
        Field::Ignore,
    ];

    /// The words for it, as in a menu.
    pub const fn label(self) -> &'static str {
        match self {
            Field::Name => "Account name",
            Field::Seller => "Seller (owner)",
            Field::AnnualValue => "Annual value",
            Field::Currency => "Currency",
            Field::Margin => "Gross margin",
            Field::CostToServe => "Cost to serve",
            Field::Term => "Term",
            Field::Since => "Customer since",
            Field::RenewsOn => "Next renewal",
            Field::Standing => "Status",
            Field::Origin => "Source",
            Field::SentBy => "Sent by",
            Field::Tags => "Tags",
            Field::LostOn => "Lost on",
            Field::LostReason => "Lost because",
            Field::LossOdds => "Odds of loss, times",
            Field::RenewsUnattended => "Renews if nobody calls",
            Field::RenewsToday => "Renews as now",
            Field::RenewsSaturated => "Renews with all it could use",
            Field::Notes => "Notes",
            Field::RecordId => "Record ID",
            Field::KeepAsNote => "Keep as a note",
            Field::Ignore => "Leave out",
        }
    }

    /// Whether several columns may be taken for it.
    pub const fn takes_many(self) -> bool {
        matches!(self, Field::Tags | Field::KeepAsNote | Field::Ignore)
    }

    /// Whether its cells are dates.
    pub const fn is_date(self) -> bool {
        matches!(self, Field::Since | Field::RenewsOn | Field::LostOn)
    }
}

/// Where the annual values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnualValueFrom {
    /// The amounts of a column.
    Column(usize),
    /// One amount for every account.
    Fixed(Money),
}

/// Which column feeds which field, and what else the user chose.
///
/// A field that is not [`Field::takes_many`] has at most one column, and annual values come from a column or from one
/// amount, never from both: the methods see to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<Field>,
    orders: Vec<Option<DateOrder>>,
    fixed_annual_value: Option<Money>,
    /// Whether the file also replaces what was edited in the book.
    pub overwrites_edits: bool,
}

impl Mapping {
    /// Every column kept as a note.
    pub fn all_notes(columns: usize) -> Mapping {
        Mapping {
            columns: vec![Field::KeepAsNote; columns],
            orders: vec![None; columns],
            fixed_annual_value: None,
            overwrites_edits: false,
        }
    }

    /// What a column is taken for; a column that the mapping does not know is kept as a note.
    pub fn field(&self, column: usize) -> Field {
        self.columns.get(column).copied().unwrap_or(Field::KeepAsNote)
    }

    /// The column that feeds a field; the first one, if it takes many.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|taken| *taken == field)
    }

    /// All columns that feed a field.
    pub fn columns(&self, field: Field) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, taken)| **taken == field).map(|(column, _)| column)
    }

    /// Takes a column for a field. A column that fed it before is kept as a note instead; taking a column for annual
    /// values drops the one amount for all.
    pub fn assign(&mut self, column: usize, field: Field) {
        if !field.takes_many() {
            for taken in self.columns.iter_mut().filter(|taken| **taken == field) {
                *taken = Field::KeepAsNote;
            }
        }
        let Some(taken) = self.columns.get_mut(column) else { return };
        *taken = field;
        if field == Field::AnnualValue {
            self.fixed_annual_value = None;
        }
    }

    /// Where the annual values come from, if that is chosen yet.
    pub fn annual_value(&self) -> Option<AnnualValueFrom> {
        let fixed = self.fixed_annual_value.map(AnnualValueFrom::Fixed);
        fixed.or_else(|| self.column(Field::AnnualValue).map(AnnualValueFrom::Column))
    }

    /// Chooses where the annual values come from. With one amount for all, a column of amounts is kept as a note.
    pub fn take_annual_value(&mut self, from: AnnualValueFrom) {
        match from {
            AnnualValueFrom::Column(column) => self.assign(column, Field::AnnualValue),
            AnnualValueFrom::Fixed(amount) => {
                if let Some(column) = self.column(Field::AnnualValue) {
                    self.assign(column, Field::KeepAsNote);
                }
                self.fixed_annual_value = Some(amount);
            }
        }
    }

    /// The order of day and month that the user chose for a column.
    pub fn date_order(&self, column: usize) -> Option<DateOrder> {
        self.orders.get(column).copied().flatten()
    }

    /// Chooses the order of day and month for a column.
    pub fn set_date_order(&mut self, column: usize, order: DateOrder) {
        if let Some(chosen) = self.orders.get_mut(column) {
            *chosen = Some(order);
        }
    }

    /// The order in which the dates of a column are read: the user's, or what its dates show.
    pub(super) fn order_of(&self, table: &Table, column: usize) -> ColumnOrder {
        match self.date_order(column) {
            Some(order) => ColumnOrder::Known(order),
            None => ColumnOrder::of(table.filled(column)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_one_column_and_annual_values_one_source() {
        let mut mapping = Mapping::all_notes(3);
        mapping.assign(0, Field::AnnualValue);
        mapping.assign(2, Field::AnnualValue);
        assert_eq!(mapping.annual_value(), Some(AnnualValueFrom::Column(2)));
        assert_eq!(mapping.field(0), Field::KeepAsNote);
        let amount = Money::from_cents(5);
        mapping.take_annual_value(AnnualValueFrom::Fixed(amount));
        assert_eq!(mapping.annual_value(), Some(AnnualValueFrom::Fixed(amount)));
        assert_eq!(mapping.column(Field::AnnualValue), None);
        mapping.take_annual_value(AnnualValueFrom::Column(1));
        assert_eq!(mapping.annual_value(), Some(AnnualValueFrom::Column(1)));
        mapping.assign(0, Field::Tags);
        mapping.assign(2, Field::Tags);
        assert_eq!(mapping.columns(Field::Tags).collect::<Vec<_>>(), [0, 2]);
        mapping.assign(9, Field::Name);
        assert_eq!(mapping.column(Field::Name), None, "there is no such column");
    }
}
