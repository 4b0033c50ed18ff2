//! Amounts of money as files write them.

use crate::model::quantity::Money;

/// An amount and the currency written with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    pub money: Money,
    /// A code such as `EUR`; `None` if the cell names none.
    pub currency: Option<String>,
}

/// How a column writes fractions, as its cells show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberStyle {
    /// The decimal sign, if a cell shows it.
    decimal: Option<char>,
}

/// A cell cut into its parts: sign, digits with marks, currency.
struct Parts {
    negative: bool,
    digits: String,
    currency: Option<String>,
}

impl NumberStyle {
    /// `1.234` is a thousand in a column that also writes `1,5` or `2.700,00`, and a fraction in one with `117.0`.
    /// Where cells contradict one another the majority decides.
    pub(super) fn of<'t>(cells: impl Iterator<Item = &'t str>) -> NumberStyle {
        let (mut points, mut commas) = (0, 0);
        for parts in cells.filter_map(parts) {
            match decimal_shown(&parts.digits) {
                Some('.') => points += 1,
                Some(_) => commas += 1,
                None => {}
            }
        }
        NumberStyle {
            decimal: match (points, commas) {
                (0, 0) => None,
                _ if commas > points => Some(','),
                _ => Some('.'),
            },
        }
    }

    /// Reads an amount: `1,234.5`, `1.234,5`, `1 234,5`, `1'234`, `$1,200`, `1.200 EUR`, `(1,200)` and `1,200-` for
    /// less than nothing. `None` if it is no number or above [`Money::MAX`].
    ///
    /// A cell that shows its own decimal sign is read by that; a single mark before three digits groups thousands
    /// unless the column shows otherwise.
    pub(super) fn read(self, cell: &str) -> Option<Amount> {
        let Parts { negative, digits, currency } = parts(cell)?;
        let decimal = decimal_shown(&digits).or(self.decimal);
        let (whole, fraction) = match decimal {
            Some(mark) => digits.split_once(mark).unwrap_or((&digits, "")),
            None => (digits.as_str(), ""),
        };
        let whole = if whole.is_empty() && !fraction.is_empty() { "0".to_owned() } else { ungrouped(whole)? };
        let plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
        let units: f64 = format!("{whole}.{fraction}0").parse().ok().filter(|_| plain)?;
        let money = Money::from_units(if negative { -units } else { units })?;
        Some(Amount { money, currency })
    }
}

/// The digits of a whole number without the marks between its groups; `None` if the groups are not of two or three
/// digits, the last of three.
fn ungrouped(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let all_digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let (last, rest) = groups.split_last()?;
    let inner = rest.get(1..).unwrap_or(&[]);
    let grouped = rest.is_empty()
        || (last.len() == 3
            && rest.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && inner.iter().all(|group| (2..=3).contains(&group.len())));
    (all_digits && grouped && whole.bytes().any(|byte| byte.is_ascii_digit())).then(|| groups.concat())
}

/// The decimal sign that the digits show by themselves.
fn decimal_shown(digits: &str) -> Option<char> {
    let marks: Vec<char> = digits.chars().filter(|sign| matches!(sign, '.' | ',')).collect();
    let (first, last) = (*marks.first()?, *marks.last()?);
    let other = if last == '.' { ',' } else { '.' };
    if first != last {
        return Some(last);
    }
    if marks.len() > 1 {
        return Some(other);
    }
    let (before, after) = digits.split_once(last)?;
    let may_group = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    (!may_group).then_some(last)
}

/// Cuts a cell into sign, digits and currency; `None` if something else is in it.
fn parts(cell: &str) -> Option<Parts> {
    let compact: String = cell.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '\'' | '’')).collect();
    let (compact, in_brackets) = match compact.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.to_owned(), true),
        None => (compact, false),
    };
    let is_digit = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
    let start = compact.find(is_digit)?;
    let end = compact.rfind(|sign: char| sign.is_ascii_digit())? + 1;
    let digits = compact.get(start..end).filter(|digits| digits.chars().all(is_digit))?;
    let (before, after) = (compact.get(..start)?, compact.get(end..)?);
    // Some write `1.200,-` for a round amount.
    let after = after.trim_start_matches([',', '.']).trim_start_matches('–');
    let is_minus = |sign: char| matches!(sign, '-' | '\u{2212}');
    let round = compact.get(end..)?.starts_with([',', '.']);
    let signs = before.chars().chain(after.chars().filter(|_| !round)).filter(|sign| is_minus(*sign)).count();
    let named = |text: &str| text.chars().filter(|sign| !is_minus(*sign) && *sign != '+').collect::<String>();
    let currency = match (named(before), named(after)) {
        (before, after) if before.is_empty() && after.is_empty() => None,
        (before, after) if after.is_empty() => Some(currency(&before)?),
        (before, after) if before.is_empty() => Some(currency(&after)?),
        (before, after) => Some(currency(&before).filter(|code| currency(&after).as_ref() == Some(code))?),
    };
    let negative = match (signs, in_brackets) {
        (0, negative) => negative,
        (1, false) => true,
        _ => return None,
    };
    Some(Parts { negative, digits: digits.to_owned(), currency })
}

/// The code of a currency as written in a cell: a sign, a code of three letters, or a short word.
pub(super) fn currency(written: &str) -> Option<String> {
    let written = written.trim().trim_end_matches('.');
    let code = match written {
        "$" | "US$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₹" => "INR",
        "A$" | "AU$" => "AUD",
        "C$" | "CA$" => "CAD",
        "NZ$" => "NZD",
        "zł" => "PLN",
        "R$" => "BRL",
        "kr" | "Kr" | "KR" => "kr",
        "Fr" | "SFr" => "CHF",
        code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            return Some(code.to_ascii_uppercase());
        }
        _ => return None,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(column: &[&str], cell: &str) -> Option<i64> {
        NumberStyle::of(column.iter().copied()).read(cell).map(|amount| amount.money.cents())
    }

    #[test]
    fn amounts_are_read_as_files_write_them() {
        for (cell, expected) in [
            ("9730", 973_000),
            ("117.0", 11_700),
            ("1,234.5", 123_450),
            ("1.234,5", 123_450),
            ("1 234,5", 123_450),
            ("1\u{a0}234,50 €", 123_450),
            ("1'234.50", 123_450),
            ("$1,200", 120_000),
            ("-$1,200", -120_000),
            ("$-1,200", -120_000),
            ("(1,200)", -120_000),
            ("($1,200.50)", -120_050),
            ("1,200-", -120_000),
            ("1.200,-", 120_000),
            ("1.200 EUR", 120_000),
            ("USD 1,234,567", 123_456_700),
            ("12,34,567", 123_456_700),
            ("0.125", 13),
            (".5", 50),
            ("1,5", 150),
            ("0", 0),
        ] {
            assert_eq!(cents(&[], cell), Some(expected), "{cell}");
        }
        for cell in
            ["", "abc", "12a", "1.2.3,4.5", "12,34.5x", "--5", "(-5)", "1e5", "NaN", "$", ",", "1,23,4", "99999999999"]
        {
            assert_eq!(cents(&[], cell), None, "{cell}");
        }
    }

    #[test]
    fn the_column_settles_what_a_cell_leaves_open() {
        assert_eq!(cents(&["2.700,00"], "9.730"), Some(973_000));
        assert_eq!(cents(&["117.0"], "9.730"), Some(973));
        assert_eq!(cents(&["117,5"], "9,730"), Some(973));
        assert_eq!(cents(&["8.100"], "9.730"), Some(973_000), "three digits after one mark: thousands");
        assert_eq!(cents(&["117.0"], "12,5"), Some(1_250), "a cell that shows its own sign is read by it");
    }

    #[test]
    fn currencies_are_told_by_sign_and_code() {
        let currency_of = |cell| NumberStyle { decimal: None }.read(cell).and_then(|amount| amount.currency);
        assert_eq!(currency_of("€5").as_deref(), Some("EUR"));
        assert_eq!(currency_of("5 eur").as_deref(), Some("EUR"));
        assert_eq!(currency_of("$5").as_deref(), Some("USD"));
        assert_eq!(currency_of("5"), None);
    }
}
