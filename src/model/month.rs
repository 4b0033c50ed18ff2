//! Calendar months: the projection's unit of time.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A month of a year. The model is told which month it is; it never asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Months since January of year 0.
    index: i32,
}

impl Month {
    /// The month that holds `date`.
    pub fn of(date: NaiveDate) -> Month {
        Month { index: date.year() * 12 + date.month0() as i32 }
    }

    /// `year` and `month` (1 to 12), if there is such a month between the years 1900 and 2999.
    pub fn new(year: i32, month: u32) -> Option<Month> {
        ((1900..3000).contains(&year) && (1..=12).contains(&month))
            .then(|| Month { index: year * 12 + month as i32 - 1 })
    }

    /// Reads `2026-11`.
    pub fn parse(text: &str) -> Option<Month> {
        let (year, month) = text.trim().split_once('-')?;
        Month::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// Months from `self` to `later`; negative if `later` is earlier.
    ///
    /// Counted between calendar months, days ignored, so that an account won in one November and renewed in
    /// the next has completed twelve.
    pub fn months_until(self, later: Month) -> i32 {
        later.index - self.index
    }

    /// The month `months` later (or earlier, if negative).
    pub fn plus(self, months: i32) -> Month {
        Month { index: self.index.saturating_add(months) }
    }

    /// The first day of the month.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.index.div_euclid(12), self.index.rem_euclid(12) as u32 + 1, 1)
            .unwrap_or(NaiveDate::MIN)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.index.div_euclid(12), self.index.rem_euclid(12) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_across_years_and_print_as_they_parse() {
        let november = Month::parse("2026-11").unwrap();
        assert_eq!(november.to_string(), "2026-11");
        assert_eq!(november.plus(2).to_string(), "2027-01");
        assert_eq!(november.months_until(Month::parse("2027-04").unwrap()), 5);
        assert_eq!(november.plus(-11).first_day().to_string(), "2025-12-01");
        assert_eq!(Month::parse("2026-13"), None);
        assert_eq!(Month::parse("soon"), None);
    }
}
