//! How each input is shown and how what is typed into it is read.

use std::fmt;

use super::number;
use crate::model::bounds::{Input, Unit};
use crate::model::workspace::Workspace;

/// Why a typed number was refused, in a sentence for beside the field.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreadable {
    /// Nothing was typed.
    Empty,
    /// Not a number.
    NotANumber(String),
    /// Not two numbers from one to the other.
    NotARange(String),
    /// A number outside the input's range; the range as shown.
    OutOfRange {
        /// The least, as shown.
        least: String,
        /// The most, as shown.
        most: String,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Empty => write!(f, "Type a number, or reset to the default."),
            Unreadable::NotANumber(text) => write!(f, "“{text}” is not a number: type digits, such as 12.5."),
            Unreadable::NotARange(text) => write!(f, "“{text}” is no range: type both ends, such as 60–80."),
            Unreadable::OutOfRange { least, most } => write!(f, "Enter a number from {least} to {most}."),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Decimals that a typed number of this input may show.
const fn decimals(input: Input) -> usize {
    match input.bounds().unit {
        Unit::Percent => match input {
            Input::RenewalCommission | Input::NewBusinessCommission | Input::ReferralCommission => 2,
            _ => 1,
        },
        Unit::Hours | Unit::Count | Unit::Money => 2,
        Unit::Months => 0,
    }
}

/// The factor between the stored and the shown number.
const fn scale(input: Input) -> f64 {
    match input.bounds().unit {
        Unit::Percent => 100.0,
        _ => 1.0,
    }
}

/// The number as it stands in the number box: no grouping, no unit.
pub fn typed(input: Input, value: f64) -> String {
    number::plain(value * scale(input), decimals(input)).replace(',', "")
}

/// The range of an input as it stands in the number box, if it has one: `60–80`.
pub fn typed_range(input: Input, workspace: &Workspace) -> Option<String> {
    let range = workspace.ranges.get(input)?;
    Some(format!("{}{TO}{}", typed(input, range.low()), typed(input, range.high())))
}

/// The range or number of an input with its unit: `60–80%`, `$60–$80`, `60–80 h`.
pub fn shown_in(input: Input, workspace: &Workspace) -> String {
    let Some(range) = workspace.ranges.get(input) else { return shown(input, workspace.get(input)) };
    let low = match input.bounds().unit {
        Unit::Money => shown(input, range.low()),
        _ => number::plain(range.low() * scale(input), decimals(input)),
    };
    format!("{low}{TO}{}", shown(input, range.high()))
}

/// The number with its unit, as a sentence would say it.
pub fn shown(input: Input, value: f64) -> String {
    let digits = number::plain(value * scale(input), decimals(input));
    match input.bounds().unit {
        Unit::Percent => format!("{digits}%"),
        Unit::Money => number::money(value, if value == libm::trunc(value) { 0 } else { 2 }),
        _ if input.bounds().suffix.is_empty() => digits,
        _ => format!("{digits} {}", input.bounds().suffix),
    }
}

/// The label as it stands within a sentence: `renewal commission`.
pub fn named(input: Input) -> String {
    let mut letters = input.bounds().label.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// What was typed: a number, or two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry {
    /// One number.
    Number(f64),
    /// From one to a greater one.
    Range(f64, f64),
}

impl Entry {
    /// Puts it into `workspace`.
    ///
    /// # Errors
    /// A sentence, if it cannot be; nothing changes then.
    pub fn put(self, workspace: &mut Workspace, input: Input) -> Result<(), String> {
        match self {
            Entry::Number(number) => workspace.set(input, number).is_ok(),
            Entry::Range(low, high) => workspace.set_range(input, low, high).is_ok(),
        }
        .then_some(())
        .ok_or_else(|| out_of_range(input).to_string())
    }
}

/// Between the ends of a range, as it is shown.
const TO: char = '–';
/// What may stand there as it is typed.
const BETWEEN: [&str; 7] = ["–", "—", "-", "\u{2212}", "\u{2010}", "\u{2011}", "to"];
/// A range has no more bytes than this, so that a long text is not tried at each of its dashes.
const LONGEST_RANGE: usize = 80;

/// Reads a number as [`read`] does, or a range: two such numbers with a dash or `to` between them, in either order. Ends
/// that are equal are a number. A dash that can be read as a sign is one, so `-5` is a number and `-5 - -3` a range.
///
/// # Errors
/// [`Unreadable`], which says what to type.
pub fn read_entry(input: Input, text: &str) -> Result<Entry, Unreadable> {
    let why = match read(input, text) {
        Ok(number) => return Ok(Entry::Number(number)),
        Err(Unreadable::NotANumber(why)) => why,
        Err(other) => return Err(other),
    };
    let lower = text.trim().to_ascii_lowercase();
    if lower.len() > LONGEST_RANGE {
        return Err(Unreadable::NotANumber(why));
    }
    // A dash in the first place is a sign.
    let places = || BETWEEN.iter().flat_map(|sign| lower.match_indices(sign)).filter(|(at, _)| *at > 0);
    let ends = places().find_map(|(at, sign)| {
        let (low, high) = (lower.get(..at)?, lower.get(at + sign.len()..)?);
        Some((read_number(low).ok()?, read_number(high).ok()?))
    });
    let Some((one, other)) = ends else {
        let looks_like_one = places().next().is_some() && lower.contains(|sign: char| sign.is_ascii_digit());
        return Err(if looks_like_one { Unreadable::NotARange(why) } else { Unreadable::NotANumber(why) });
    };
    let (low, high) = (within(input, one.min(other))?, within(input, one.max(other))?);
    Ok(if low < high { Entry::Range(low, high) } else { Entry::Number(low) })
}

/// Reads what was typed. A percent sign, spaces and grouping are understood; a single comma is a decimal comma.
///
/// # Errors
/// [`Unreadable`], which says what to type.
pub fn read(input: Input, text: &str) -> Result<f64, Unreadable> {
    within(input, read_number(text)?)
}

/// The number that is meant by one as typed, if it is in the input's range.
fn within(input: Input, typed: f64) -> Result<f64, Unreadable> {
    let row = input.bounds();
    let value = typed / scale(input);
    if (row.min..=row.max).contains(&value) {
        return Ok(value);
    }
    Err(out_of_range(input))
}

fn out_of_range(input: Input) -> Unreadable {
    let row = input.bounds();
    Unreadable::OutOfRange { least: shown(input, row.min), most: shown(input, row.max) }
}

/// Reads a plain number: `12.5`, `12,5`, `1,234.5`, `1.234,5`, `12 %`, `$1,200`.
///
/// # Errors
/// [`Unreadable`] for nothing and for what is not a finite number.
pub fn read_number(text: &str) -> Result<f64, Unreadable> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Unreadable::Empty);
    }
    let wrong = || Unreadable::NotANumber(trimmed.chars().take(40).collect());
    let mut digits: String =
        trimmed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '%' | '$' | '€' | '£' | '\'')).collect();
    digits = digits.replace(number_minus(), "-");
    digits = without_groups(&digits).ok_or_else(wrong)?;
    decimal(&digits).filter(|value| value.is_finite()).ok_or_else(wrong)
}

/// The value of a number such as `-12.5` or `1e3`: to the last bit for up to 15 digits and 22 decimals, which is what
/// anybody types. The standard library's reader is exact beyond that, at the price of ten kilobytes of tables that the
/// first screen would wait for.
fn decimal(text: &str) -> Option<f64> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut digits = 0.0;
    for sign in whole.chars().chain(fraction.chars()) {
        digits = digits * 10.0 + f64::from(sign.to_digit(10)?);
    }
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let power = exponent.saturating_sub(i32::try_from(fraction.len()).ok()?);
    let scale = libm::pow(10.0, f64::from(power.saturating_abs()));
    let value = if power < 0 { digits / scale } else { digits * scale };
    Some(if number.starts_with('-') { -value } else { value })
}

const fn number_minus() -> char {
    '\u{2212}'
}

/// The number with a point as its decimal sign and without grouping; `None` if its signs group nothing.
///
/// Of commas and points the later one is the decimal sign. One kind alone is grouping if it stands more than once, and
/// so is a single comma before three digits: `1,234` but not `0,234`.
fn without_groups(digits: &str) -> Option<String> {
    let (comma, point) = (digits.rfind(','), digits.rfind('.'));
    let (decimal, group) = match (comma, point) {
        (Some(comma), Some(point)) if comma > point => (Some(','), '.'),
        (Some(_), Some(_)) => (Some('.'), ','),
        (Some(_), None) if digits.matches(',').count() > 1 || groups_thousands(digits) => (None, ','),
        (Some(_), None) => (Some(','), '.'),
        (None, Some(_)) if digits.matches('.').count() > 1 => (None, '.'),
        _ => (Some('.'), ','),
    };
    let (whole, fraction) = match decimal.and_then(|sign| digits.split_once(sign)) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let mut joined = first.to_owned();
    let mut grouped = false;
    for three in groups {
        if three.len() != 3 {
            return None;
        }
        grouped = true;
        joined.push_str(three);
    }
    let leading = first.trim_start_matches(['-', '+']).len();
    if grouped && !(1..=3).contains(&leading) {
        return None;
    }
    match fraction {
        Some(fraction) if fraction.contains([',', '.']) => None,
        Some(fraction) => Some(format!("{joined}.{fraction}")),
        None => Some(joined),
    }
}

/// Whether the only comma stands where a thousand is grouped and no decimal would: `1,234` but not `0,234`.
fn groups_thousands(digits: &str) -> bool {
    digits.split_once(',').is_some_and(|(before, after)| {
        after.len() == 3 && !before.trim_start_matches(['-', '+', '0']).is_empty() && before.len() <= 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_back_as_the_default() {
        for input in Input::ALL {
            let default = input.bounds().default;
            let read_back = read(input, &typed(input, default)).unwrap();
            let half_a_digit = 0.501 * libm::pow(10.0, -(decimals(input) as f64)) / scale(input);
            assert!((read_back - default).abs() <= half_a_digit, "{input:?}: {read_back}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, expected) in [
            ("12.5", 12.5),
            ("12,5", 12.5),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234", 1234.0),
            ("0,234", 0.234),
            (" 12 % ", 12.0),
            ("$1,200", 1200.0),
            ("-3", -3.0),
            ("\u{2212}3", -3.0),
            ("1e3", 1000.0),
            ("1.234.567", 1_234_567.0),
        ] {
            assert_eq!(read_number(text), Ok(expected), "{text}");
        }
        for text in [
            "12..5", "1.2.5", "1,2,5", "1,,2", "1,2.5", "abc", "1e999", "NaN", "inf", "infinity", "--3", "1-2", "e",
            ".",
        ] {
            assert!(matches!(read_number(text), Err(Unreadable::NotANumber(_))), "{text}");
        }
        assert_eq!(read_number("  "), Err(Unreadable::Empty));
    }

    #[test]
    fn ranges_are_read_as_people_type_them() {
        let (stay, months) = (Input::Stay, Input::Horizon);
        for (input, text, low, high) in [
            (stay, "60-80%", 0.6, 0.8),
            (stay, "60% - 80%", 0.6, 0.8),
            (stay, " 60 % – 80 ", 0.6, 0.8),
            (stay, "60–80", 0.6, 0.8),
            (stay, "60—80", 0.6, 0.8),
            (stay, "60 to 80", 0.6, 0.8),
            (stay, "60% TO 80%", 0.6, 0.8),
            (stay, "60to80", 0.6, 0.8),
            (stay, "80-60", 0.6, 0.8),
            (stay, "60\u{2212}80", 0.6, 0.8),
            (stay, "60,5–80,5", 0.605, 0.805),
            (stay, "1e-1 - 2e-1", 0.001, 0.002),
            (stay, "1e1-2e1", 0.1, 0.2),
            (stay, "0 - -0", 0.0, 0.0),
            (Input::HoursPerYear, "1,000-1,200", 1000.0, 1200.0),
            (Input::HoursPerYear, "1'000 to 1 200.5", 1000.0, 1200.5),
            (Input::ProspectingCost, "$10–€20", 10.0, 20.0),
            (months, "24-36", 24.0, 36.0),
        ] {
            let expected = if low < high { Entry::Range(low, high) } else { Entry::Number(low) };
            assert_eq!(read_entry(input, text), Ok(expected), "{text}");
        }
        assert_eq!(read_entry(stay, "60–60%"), Ok(Entry::Number(0.6)), "equal ends");
        assert_eq!(read_entry(stay, "1e-1"), Ok(Entry::Number(0.001)), "a dash that is a sign");
    }

    #[test]
    fn negative_ends_are_numbers_outside_the_range_and_not_misread() {
        let out = |text: &str| matches!(read_entry(Input::Stay, text), Err(Unreadable::OutOfRange { .. }));
        for text in ["-5", "-5 - 5", "-5–5", "\u{2212}5–5", "-5--3", "5 - -3", "60-101", "101-60", "60–1,000"] {
            assert!(out(text), "{text}: {:?}", read_entry(Input::Stay, text));
        }
    }

    #[test]
    fn what_is_no_range_is_refused_in_a_sentence() {
        let long = format!("{}5{}", "-".repeat(200_000), "-".repeat(200_000));
        for text in [
            "-",
            "–",
            "to",
            "60-",
            "-60-",
            "60–",
            "60 to",
            "to 80",
            "60-80-90",
            "60--",
            "60---80",
            "a-b",
            "60-b",
            "60/80",
            "60..80",
            "60–%",
            "1e999-5",
            "NaN-5",
            "5 – inf",
            "60 too 80",
            "éto80",
            "60-é",
            "\u{1f600}-5",
            "1-2e",
            long.as_str(),
        ] {
            let why = read_entry(Input::Stay, text).expect_err(text).to_string();
            assert!(why.ends_with('.') && why.chars().count() < 140, "{why}");
        }
        assert_eq!(
            read_entry(Input::Stay, "60-").unwrap_err().to_string(),
            "“60-” is no range: type both ends, such as 60–80."
        );
        assert_eq!(read_entry(Input::Stay, " "), Err(Unreadable::Empty));
        assert_eq!(
            read(Input::Stay, "60-80"),
            Err(Unreadable::NotANumber("60-80".to_owned())),
            "elsewhere no range is asked"
        );
    }

    #[test]
    fn decimals_are_read_to_the_last_bit() {
        for text in [
            "0.1",
            "0.3",
            "13.48",
            "9.380",
            "123456789012345",
            "0.000000000000001",
            "1e22",
            "2.5e-7",
            "-0.07",
            "4503599627370.75",
        ] {
            assert_eq!(decimal(text), text.parse().ok(), "{text}");
        }
        for hundredths in 0..20_000 {
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            assert_eq!(decimal(&text), text.parse().ok(), "{text}");
        }
        for text in ["", "+", ".", "e5", "1e", "1e5.5", "1e99999999999", "0x1", "1_0", "٣"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert!(decimal("1e999").is_some_and(f64::is_infinite));
        assert_eq!(decimal("1e-999"), Some(0.0));
    }

    #[test]
    fn out_of_range_says_the_range_as_shown() {
        let why = read(Input::RenewalCommission, "101").unwrap_err();
        assert_eq!(why.to_string(), "Enter a number from 0% to 100%.");
        assert!(read(Input::HoursPerYear, "-1").is_err());
    }
}
