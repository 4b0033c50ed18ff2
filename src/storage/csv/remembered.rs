//! Which columns were taken for what, by the headings of the file: a file that comes each month is asked about once.
//!
//! Kept apart from the workspace and never waited for: losing it costs a few questions. It holds headings, no cell.

use serde::{Deserialize, Serialize};

use super::date::DateOrder;
use super::mapping::{AnnualValueFrom, Field, Mapping};
use super::read::Table;
use crate::model::quantity::Money;

/// The key.
pub const MAPPINGS_KEY: &str = "holdfast/mappings";
/// Files remembered at most; the one that was not used for longest is forgotten first.
const MOST: usize = 12;

/// The mappings that were used, the latest first. What cannot be read is as if nothing had ever been imported.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Remembered(Vec<File>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct File {
    /// In the order of the file.
    columns: Vec<Column>,
    /// One annual value for every account, cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value_cents: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Column {
    heading: String,
    field: Field,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<DateOrder>,
}

impl Remembered {
    /// Reads what [`Remembered::text`] wrote.
    pub fn read(text: &str) -> Remembered {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The text; `None` if it cannot be written, which nothing in it makes possible.
    pub fn text(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// The mapping that was used for a file with the headings of `table`, in whatever order they stand now.
    pub fn mapping_for(&self, table: &Table) -> Option<Mapping> {
        let headings = sorted(table.headings.iter());
        let file = self.0.iter().find(|file| sorted(file.columns.iter().map(|it| &it.heading)) == headings)?;
        let mut mapping = Mapping::all_notes(table.headings.len());
        let mut left: Vec<&Column> = file.columns.iter().collect();
        for (column, heading) in table.headings.iter().enumerate() {
            // Of equal headings the first stays the first.
            let known = left.remove(left.iter().position(|it| it.heading == *heading)?);
            mapping.assign(column, known.field);
            if let Some(order) = known.order {
                mapping.set_date_order(column, order);
            }
        }
        if let Some(amount) = file.value_cents.map(Money::from_cents) {
            mapping.take_annual_value(AnnualValueFrom::Fixed(amount));
        }
        Some(mapping)
    }

    /// Remembers `mapping`, in place of what was remembered for the same headings. Whether edits were replaced is asked anew
    /// each time.
    pub fn remember(&mut self, table: &Table, mapping: &Mapping) {
        let columns = table.headings.iter().enumerate().map(|(column, heading)| Column {
            heading: heading.clone(),
            field: mapping.field(column),
            order: mapping.date_order(column),
        });
        let value_cents = match mapping.annual_value() {
            Some(AnnualValueFrom::Fixed(amount)) => Some(amount.cents()),
            _ => None,
        };
        let headings = sorted(table.headings.iter());
        self.0.retain(|file| sorted(file.columns.iter().map(|it| &it.heading)) != headings);
        self.0.insert(0, File { columns: columns.collect(), value_cents });
        self.0.truncate(MOST);
    }
}

fn sorted<'a>(headings: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut headings: Vec<&String> = headings.collect();
    headings.sort_unstable();
    headings
}

#[cfg(test)]
mod tests {
    use super::super::propose::propose;
    use super::super::read::read_table;
    use super::*;

    /// With one row more, since a table of headings only is none.
    fn table(text: &str) -> Table {
        read_table(format!("{text}x\n").as_bytes()).unwrap()
    }

    fn again(remembered: &Remembered) -> Remembered {
        Remembered::read(&remembered.text().unwrap())
    }

    #[test]
    fn a_file_with_the_same_headings_is_read_the_same_way() {
        let first = table("Firm,Who,Pays,Begun,Pays\nAcme,Ada,5,03/04/2024,7\n");
        let mut mapping = Mapping::all_notes(5);
        mapping.assign(0, Field::Name);
        mapping.assign(1, Field::Seller);
        mapping.assign(4, Field::AnnualValue);
        mapping.assign(3, Field::Since);
        mapping.set_date_order(3, DateOrder::MonthFirst);
        mapping.assign(2, Field::Ignore);
        mapping.overwrites_edits = true;
        let mut remembered = Remembered::default();
        assert_eq!(remembered.mapping_for(&first), None);
        remembered.remember(&first, &mapping);
        let known = again(&remembered);
        mapping.overwrites_edits = false;
        assert_eq!(known.mapping_for(&table("Firm,Who,Pays,Begun,Pays\n")), Some(mapping));
        let moved = known.mapping_for(&table("Begun,Pays,Firm,Pays,Who\nx,1,A,2,B\n")).unwrap();
        assert_eq!(
            [0, 1, 2, 3, 4].map(|column| moved.field(column)),
            [Field::Since, Field::Ignore, Field::Name, Field::AnnualValue, Field::Seller]
        );
        assert_eq!(moved.date_order(0), Some(DateOrder::MonthFirst));
        for other in ["Firm,Who,Pays,Begun\n", "Firm,Who,Pays,Begun,Pays,More\n", "Firm,Who,Pays,Begun,Paid\n"] {
            assert_eq!(known.mapping_for(&table(other)), None, "{other}");
        }
    }

    #[test]
    fn one_value_for_all_is_remembered_and_the_oldest_file_forgotten() {
        let mut remembered = Remembered::default();
        for number in 0..20 {
            let file = table(&format!("Firm,Column {number}\nAcme,1\n"));
            let mut mapping = propose(&file).mapping;
            mapping.take_annual_value(AnnualValueFrom::Fixed(Money::from_cents(number)));
            remembered.remember(&file, &mapping);
        }
        remembered.remember(&table("Firm,Column 9\n"), &Mapping::all_notes(2));
        let value = |number: i64| {
            let mapping = again(&remembered).mapping_for(&table(&format!("Column {number},Firm\n")));
            mapping.map(|it| it.annual_value())
        };
        assert_eq!((value(19), value(9)), (Some(Some(AnnualValueFrom::Fixed(Money::from_cents(19)))), Some(None)));
        assert_eq!((value(8), value(7)), (Some(Some(AnnualValueFrom::Fixed(Money::from_cents(8)))), None));
    }

    #[test]
    fn what_cannot_be_read_is_as_nothing() {
        for text in ["", "{}", "[1]", "[{\"columns\": [{\"heading\": \"A\", \"field\": \"soul\"}]}]", "null"] {
            assert_eq!(Remembered::read(text), Remembered::default(), "{text}");
        }
    }
}
