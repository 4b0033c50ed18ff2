//! Dates as files write them.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Which of the first two numbers in `03/04/2026` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

/// What a cell can mean, read either way; the same day twice where the order does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Readings {
    pub day_first: Option<NaiveDate>,
    pub month_first: Option<NaiveDate>,
}

impl Readings {
    const NONE: Readings = Readings { day_first: None, month_first: None };

    const fn sure(day: Option<NaiveDate>) -> Readings {
        Readings { day_first: day, month_first: day }
    }

    pub(super) const fn by(self, order: DateOrder) -> Option<NaiveDate> {
        match order {
            DateOrder::DayFirst => self.day_first,
            DateOrder::MonthFirst => self.month_first,
        }
    }
}

/// What the dates of a column say about their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ColumnOrder {
    /// Shown by a date that fits one order only, or it makes no difference.
    Known(DateOrder),
    /// Every date fits both orders, and this one means two days.
    Unknown { cell: String, day_first: NaiveDate, month_first: NaiveDate },
}

impl ColumnOrder {
    /// Where the dates contradict one another the majority decides; the others are then unreadable.
    pub(super) fn of<'t>(cells: impl Iterator<Item = &'t str>) -> ColumnOrder {
        let (mut day, mut month) = (0, 0);
        let mut either = None;
        for cell in cells {
            match readings(cell) {
                Readings { day_first: Some(_), month_first: None } => day += 1,
                Readings { day_first: None, month_first: Some(_) } => month += 1,
                Readings { day_first: Some(day_first), month_first: Some(month_first) } => {
                    if day_first != month_first && either.is_none() {
                        either = Some((cell, day_first, month_first));
                    }
                }
                Readings::NONE => {}
            }
        }
        match either {
            Some((cell, day_first, month_first)) if day == 0 && month == 0 => {
                ColumnOrder::Unknown { cell: cell.to_owned(), day_first, month_first }
            }
            _ if month > day => ColumnOrder::Known(DateOrder::MonthFirst),
            _ => ColumnOrder::Known(DateOrder::DayFirst),
        }
    }
}

/// Reads a date; a time after it is passed over.
///
/// Year first (`2026-04-25`, `2026/4/25`, `20260425`) and points (`25.04.2026`, day first by custom) are sure, and so
/// are months in words; slashes and hyphens with the year last may be read two ways. Two digits of a year are
/// 1970 to 2069.
pub(super) fn readings(cell: &str) -> Readings {
    // Without a time: what is before the first blank or `T`, as long as that is numbers.
    let numeric = cell.split([' ', 'T', '\u{a0}']).next().unwrap_or("").trim_end_matches(',');
    let mark = numeric.chars().find(|sign| !sign.is_ascii_digit());
    let Some(mark) = mark else {
        return if numeric.len() == 8 { compact(numeric) } else { in_words(cell) };
    };
    let parts: Vec<&str> = numeric.split(mark).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = *parts.as_slice() else { return in_words(cell) };
    let numbers = (number(first), number(second), number(third));
    match (mark, numbers) {
        ('-' | '/' | '.', (Some(year), Some(month), Some(day))) if first.len() == 4 => {
            Readings::sure(ymd(year, month, day))
        }
        ('.', (Some(day), Some(month), Some(year))) => Readings::sure(ymd(full(year, third), month, day)),
        ('-' | '/', (Some(first), Some(second), Some(year))) => {
            let year = full(year, third);
            Readings { day_first: ymd(year, second, first), month_first: ymd(year, first, second) }
        }
        _ => in_words(cell),
    }
}

fn number(part: &str) -> Option<u32> {
    (part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
}

const fn full(year: u32, written: &str) -> u32 {
    match (written.len(), year) {
        (2, 0..70) => year + 2000,
        (2, _) => year + 1900,
        _ => year,
    }
}

/// A day of the years 1900 to 2199; others are slips of the pen.
fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `20260425`.
fn compact(digits: &str) -> Readings {
    let day = || {
        let (year, rest) = digits.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2).filter(|_| rest.len() == 4)?;
        ymd(number(year)?, number(month)?, number(day)?)
    };
    Readings::sure(day())
}

/// `25 Apr 2026`, `April 25, 2026`, `25-Apr-26`.
fn in_words(cell: &str) -> Readings {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = cell.split([' ', ',', '-', '/', '.', '\u{a0}']).filter(|part| !part.is_empty()).collect();
    let month = |part: &str| {
        let word: String = part.to_lowercase();
        let start = word.get(..3).filter(|_| word.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
        MONTHS.iter().position(|month| *month == start).and_then(|index| u32::try_from(index + 1).ok())
    };
    let (Some(first), Some(second), Some(third)) = (parts.first(), parts.get(1), parts.get(2)) else {
        return Readings::NONE;
    };
    let named = match (month(first), month(second)) {
        (Some(month), None) => number(second).map(|day| (month, day)),
        (None, Some(month)) => number(first).map(|day| (month, day)),
        _ => None,
    };
    let day = named.and_then(|(month, day)| ymd(full(number(third)?, third), month, day));
    Readings::sure(day)
}

/// A day as a sentence says it: the same in every locale.
pub(super) fn shown(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn sure_dates_have_one_reading() {
        for text in [
            "2026-04-25",
            "2026-04-25 15:54",
            "2026-04-25T10:00:00Z",
            "2026/4/25",
            "20260425",
            "25.04.2026",
            "25.4.26",
            "25 Apr 2026",
            "April 25, 2026",
            "25-Apr-26",
            "Apr 25, 2026 3:07 PM",
        ] {
            assert_eq!(readings(text), Readings::sure(day("2026-04-25")), "{text}");
        }
    }

    #[test]
    fn slashes_may_be_read_two_ways() {
        let readings_of = |text| (readings(text).day_first, readings(text).month_first);
        assert_eq!(readings_of("03/04/2026"), (day("2026-04-03"), day("2026-03-04")));
        assert_eq!(readings_of("3-4-26 10:00 AM"), (day("2026-04-03"), day("2026-03-04")));
        assert_eq!(readings_of("25/04/2026"), (day("2026-04-25"), None));
        assert_eq!(readings_of("6/14/2024"), (None, day("2024-06-14")));
    }

    #[test]
    fn what_is_no_date_has_no_reading() {
        for text in
            ["", "soon", "2026-02-30", "31/31/2026", "12/2026", "1/1/0001", "2026", "3", "-", "1/2/3/4", "é é é"]
        {
            assert_eq!(readings(text), Readings::NONE, "{text}");
        }
    }

    #[test]
    fn one_date_that_fits_one_order_settles_the_column() {
        let order = |cells: &[&str]| ColumnOrder::of(cells.iter().copied());
        assert_eq!(order(&["03/04/2026", "25/04/2026"]), ColumnOrder::Known(DateOrder::DayFirst));
        assert_eq!(order(&["03/04/2026", "04/25/2026"]), ColumnOrder::Known(DateOrder::MonthFirst));
        assert!(
            matches!(order(&["03/03/2026", "03/04/2026"]), ColumnOrder::Unknown { cell, .. } if cell == "03/04/2026")
        );
        assert!(matches!(order(&["03/03/2026"]), ColumnOrder::Known(_)), "both orders say the same day");
        assert!(matches!(order(&["2026-03-04"]), ColumnOrder::Known(_)));
    }
}
