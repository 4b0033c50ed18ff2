//! Commission taken back when an account leaves early.

use std::collections::BTreeMap;

use super::event::Origin;
use super::steps::Steps;

/// How much is taken back by age of the sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Clawback {
    /// How it falls with age.
    pub recovery: Recovery,
}

/// The part of a commission that is taken back, by months since the sale.
#[derive(Debug, Clone, PartialEq)]
pub enum Recovery {
    /// All of it inside the window, nothing after.
    Full {
        /// The window, months.
        months: u32,
    },
    /// The part of the window that is left: `(months - age) / months`.
    ProRata {
        /// The window, months.
        months: u32,
    },
    /// A table, such as 100, 50, 25, 0 % by quarter: parts from 0 to 1, by age from which they hold.
    Table(Steps),
}

impl Recovery {
    /// The age from which nothing is taken back, months; `None` if there is none.
    pub fn window(&self) -> Option<u32> {
        match self {
            Recovery::Full { months } | Recovery::ProRata { months } => Some(*months),
            Recovery::Table(parts) => {
                let ends = parts.steps().last().filter(|(_, part)| *part <= 0.0);
                ends.map(|(start, _)| libm::ceil(*start) as u32)
            }
        }
    }

    /// The part taken back at `age` months, 0 to 1.
    pub fn part(&self, age: u32) -> f64 {
        match self {
            Recovery::Full { months } => f64::from(u8::from(age < *months)),
            Recovery::ProRata { months } => f64::from(months.saturating_sub(age)) / f64::from((*months).max(1)),
            Recovery::Table(parts) => parts.level(f64::from(age)).clamp(0.0, 1.0),
        }
    }
}

/// What was paid for each sale and is not yet taken back.
#[derive(Debug, Clone, Default)]
pub(super) struct SalesLedger(BTreeMap<Origin, PaidSale>);

#[derive(Debug, Clone, Copy, Default)]
struct PaidSale {
    count: f64,
    paid: f64,
    left: f64,
}

impl SalesLedger {
    /// Notes that `paid` was paid for `count` accounts of a sale.
    pub(super) fn note(&mut self, origin: Origin, count: f64, paid: f64) {
        let sale = self.0.entry(origin).or_default();
        sale.count += count;
        sale.paid += paid;
        sale.left += paid;
    }

    /// What to take back for `count` accounts of a sale that were lost at `age`: never more than is left of what was
    /// paid. Nothing for a sale that this plan did not pay for.
    pub(super) fn take_back(&mut self, origin: Origin, count: f64, age: u32, recovery: &Recovery) -> f64 {
        let Some(sale) = self.0.get_mut(&origin) else { return 0.0 };
        let lost = if sale.count > 0.0 { (count / sale.count).clamp(0.0, 1.0) } else { 1.0 };
        let back = (sale.paid * lost * recovery.part(age)).clamp(0.0, sale.left.max(0.0));
        sale.left -= back;
        back
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fall_with_age_and_end_with_the_window() {
        let pro_rata = Recovery::ProRata { months: 12 };
        assert_eq!([0, 6, 12, 40].map(|age| pro_rata.part(age)), [1.0, 0.5, 0.0, 0.0]);
        let full = Recovery::Full { months: 6 };
        assert_eq!([0, 5, 6].map(|age| full.part(age)), [1.0, 1.0, 0.0]);
        let table = Steps::new(vec![(0.0, 1.0), (3.0, 0.5), (6.0, 0.25), (9.0, 0.0)]).unwrap();
        assert_eq!([2, 3, 8, 9].map(|age| Recovery::Table(table.clone()).part(age)), [1.0, 0.5, 0.25, 0.0]);
        assert_eq!(Recovery::ProRata { months: 0 }.part(0), 0.0);
    }

    #[test]
    fn no_more_is_taken_back_than_was_paid() {
        let mut ledger = SalesLedger::default();
        let (sale, full) = (Origin::Month(1), Recovery::Full { months: 12 });
        ledger.note(sale, 100.0, 10.0);
        assert_eq!(ledger.take_back(sale, 60.0, 3, &full), 6.0);
        assert_eq!(ledger.take_back(sale, 60.0, 4, &full), 4.0);
        assert_eq!(ledger.take_back(sale, 60.0, 5, &full), 0.0);
        assert_eq!(ledger.take_back(Origin::Month(2), 60.0, 5, &full), 0.0);
    }
}
