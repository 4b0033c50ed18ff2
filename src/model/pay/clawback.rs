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

/// What a component paid for each sale and has not taken back yet, and both sums.
#[derive(Debug, Clone, Default)]
pub(super) struct SalesLedger {
    /// Sales to accounts.
    accounts: BTreeMap<Origin, PaidSale>,
    /// Sales of months, in order: a projection finds them many thousand times.
    months: Vec<(u32, PaidSale)>,
    paid: f64,
    taken: f64,
}

#[derive(Debug, Clone, Copy, Default)]
struct PaidSale {
    count: f64,
    paid: f64,
    left: f64,
}

impl SalesLedger {
    /// Notes that the component paid `amount`; negative where it corrects what it paid before.
    pub(super) fn pay(&mut self, amount: f64) {
        self.paid += amount;
    }

    /// Notes that `paid` of what was paid went to `count` accounts of a sale.
    pub(super) fn note(&mut self, origin: Origin, count: f64, paid: f64) {
        let sale = match origin {
            Origin::Account(_) => self.accounts.entry(origin).or_default(),
            Origin::Month(month) => {
                let place = self.place(month);
                if let Err(place) = place {
                    self.months.insert(place, (month, PaidSale::default()));
                }
                let (Ok(place) | Err(place)) = place;
                let Some((_, sale)) = self.months.get_mut(place) else { return };
                sale
            }
        };
        sale.count += count;
        sale.paid += paid;
        sale.left += paid;
    }

    /// The place of a month's sales, or where it should be.
    fn place(&self, month: u32) -> Result<usize, usize> {
        let is_at = |place: usize| self.months.get(place).is_some_and(|(at, _)| *at == month);
        // As a rule every month sells something, and the present one is the last.
        if is_at(month as usize) {
            return Ok(month as usize);
        }
        match self.months.last() {
            Some((last, _)) if *last < month => Err(self.months.len()),
            _ => self.months.binary_search_by_key(&month, |(month, _)| *month),
        }
    }

    /// What to take back for `count` accounts of a sale that were lost at `age`: never more than is left of what was
    /// paid. Nothing for a sale that this plan did not pay for.
    pub(super) fn take_back(&mut self, origin: Origin, count: f64, age: u32, recovery: &Recovery) -> f64 {
        let sale = match origin {
            Origin::Account(_) => self.accounts.get_mut(&origin),
            Origin::Month(month) => {
                self.place(month).ok().and_then(|place| self.months.get_mut(place)).map(|(_, sale)| sale)
            }
        };
        let Some(sale) = sale else { return 0.0 };
        let lost = if sale.count > 0.0 { (count / sale.count).clamp(0.0, 1.0) } else { 1.0 };
        let back = (sale.paid * lost * recovery.part(age)).clamp(0.0, sale.left.max(0.0));
        sale.left -= back;
        self.taken += back;
        back
    }

    /// What was taken back beyond all that the component has paid, corrections included: it is given back.
    pub(super) fn excess(&mut self) -> f64 {
        let excess = (self.taken - self.paid.max(0.0)).max(0.0);
        self.taken -= excess;
        excess
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

    #[test]
    fn what_a_correction_takes_is_not_taken_twice() {
        let mut ledger = SalesLedger::default();
        ledger.pay(10.0);
        ledger.note(Origin::Month(1), 1.0, 10.0);
        assert_eq!(ledger.take_back(Origin::Month(1), 1.0, 0, &Recovery::Full { months: 12 }), 10.0);
        assert_eq!(ledger.excess(), 0.0);
        ledger.pay(-4.0);
        assert_eq!(ledger.excess(), 4.0);
        assert_eq!(ledger.excess(), 0.0);
    }
}
