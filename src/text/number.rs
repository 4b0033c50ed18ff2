//! Numbers as people read them.
//!
//! Rounding is for display only; results keep their digits. What is not finite never gets here: the model refuses it.

/// The sign before an amount of money.
pub const CURRENCY: &str = "$";

const MINUS: &str = "\u{2212}";

/// Digits in groups of three: `1234567` is `1,234,567`. Rounded to `decimals`, a half away from zero.
pub fn count(number: f64, decimals: usize) -> String {
    let mut digits = digits(libm::round(number.abs() * libm::pow(10.0, decimals as f64)));
    while digits.len() <= decimals {
        digits.insert(0, '0');
    }
    let whole = digits.len() - decimals;
    let mut grouped = String::with_capacity(digits.len() + whole / 3 + 4);
    if number < 0.0 && digits.bytes().any(|digit| digit != b'0') {
        grouped.push_str(MINUS);
    }
    for (index, digit) in digits.chars().enumerate() {
        if index == whole {
            grouped.push('.');
        } else if index > 0 && index < whole && (whole - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The digits of a whole number that is not negative. From 2^63 on those beyond what it knows are zeros.
fn digits(mut whole: f64) -> String {
    let mut zeros = 0;
    // Beyond all numbers there is no digit to print, and no end to dividing.
    while whole >= 9e18 && whole.is_finite() {
        whole /= 10.0;
        zeros += 1;
    }
    let mut digits = (whole as u64).to_string();
    digits.extend(std::iter::repeat_n('0', zeros));
    digits
}

/// A part of one as a percentage: `percent(0.3258, 0)` is `33%`.
pub fn percent(part: f64, decimals: usize) -> String {
    format!("{}%", count(part * 100.0, decimals))
}

/// A rate as a percentage with as many decimals as it needs, at most `decimals`: `2%`, `11.5%`.
pub fn rate(part: f64, decimals: usize) -> String {
    format!("{}%", plain(part * 100.0, decimals))
}

/// A number with as many decimals as it needs, at most `decimals`: `4`, `0.3`.
pub fn plain(number: f64, decimals: usize) -> String {
    let text = count(number, decimals);
    match text.split_once('.') {
        Some((whole, fraction)) => match fraction.trim_end_matches('0') {
            "" => whole.to_owned(),
            kept => format!("{whole}.{kept}"),
        },
        None => text,
    }
}

/// An amount with its currency: `money(-1234.5, 0)` is `−$1,235`.
pub fn money(amount: f64, decimals: usize) -> String {
    let text = count(amount, decimals);
    match text.strip_prefix(MINUS) {
        Some(size) => format!("{MINUS}{CURRENCY}{size}"),
        None => format!("{CURRENCY}{text}"),
    }
}

/// An amount for a sentence: three significant digits, whole units from 100 up, so `102,663` is `$103,000`.
pub fn money_rounded(amount: f64) -> String {
    let size = amount.abs();
    if size < 100.0 {
        return money(amount, if size < 10.0 && size != 0.0 { 2 } else { 0 });
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(size)) - 2.0);
    money(libm::round(amount / unit) * unit, 0)
}

/// What an hour pays: cents below 100, whole units above.
pub fn money_per_hour(amount: f64) -> String {
    money(amount, if amount.abs() < 99.5 { 2 } else { 0 })
}

/// An amount for an axis: `$40k`, `$2.4M`, with as many decimals as it needs, at most two.
pub fn money_short(amount: f64) -> String {
    let (divisor, suffix) = match amount.abs() {
        size if size >= 999_500_000.0 => (1e9, "B"),
        size if size >= 999_500.0 => (1e6, "M"),
        size if size >= 1_000.0 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let text = plain(amount / divisor, 2);
    match text.strip_prefix(MINUS) {
        Some(size) => format!("{MINUS}{CURRENCY}{size}{suffix}"),
        None => format!("{CURRENCY}{text}{suffix}"),
    }
}

/// Whole numbers up to twelve as words, above as digits.
pub fn in_words(number: u64) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    usize::try_from(number)
        .ok()
        .and_then(|index| WORDS.get(index))
        .map_or_else(|| count(number as f64, 0), |word| (*word).to_owned())
}

/// `1 account`, `2 accounts`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number as f64, 0), if number == 1 { one } else { many })
}

/// A number of months as years where it is whole years: `five years`, `one year`, `18 months`.
pub fn duration(months: u32) -> String {
    match (months / 12, months % 12) {
        (1, 0) => "one year".to_owned(),
        (years, 0) if years > 0 => format!("{} years", in_words(u64::from(years))),
        _ => counted(months as usize, "month", "months"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_rounded_and_signed() {
        assert_eq!(count(1_234_567.5, 0), "1,234,568");
        assert_eq!(count(-0.4, 0), "0", "no minus before a zero");
        assert_eq!(money(-1_234.5, 0), "\u{2212}$1,235");
        assert_eq!(percent(0.325_842, 0), "33%");
        assert_eq!(rate(0.114_9, 1), "11.5%");
        assert_eq!(rate(0.02, 1), "2%");
        assert_eq!(plain(100.0, 2), "100", "zeros before the point stay");
        assert_eq!(count(0.05, 2), "0.05");
        assert_eq!(count(1e20, 0), "100,000,000,000,000,000,000");
        assert_eq!(count(9_007_199_254_740_993.0, 1), "9,007,199,254,740,992.0");
        // What is no number has no digits, but printing it ends.
        assert!(!count(f64::INFINITY, 1).is_empty() && !count(f64::NAN, 1).is_empty());
    }

    #[test]
    fn money_for_sentences_has_three_significant_digits() {
        assert_eq!(money_rounded(102_663.149), "$103,000");
        assert_eq!(money_rounded(999.6), "$1,000");
        assert_eq!(money_rounded(42.4), "$42");
        assert_eq!(money_rounded(0.0), "$0");
        assert_eq!(money_rounded(0.123), "$0.12");
        assert_eq!(money_per_hour(13.496), "$13.50");
        assert_eq!(money_per_hour(774.2), "$774");
    }

    #[test]
    fn axis_amounts_are_short() {
        assert_eq!(money_short(40_000.0), "$40k");
        assert_eq!(money_short(2_400_000.0), "$2.4M");
        assert_eq!(money_short(-1_250.0), "\u{2212}$1.25k");
        assert_eq!(money_short(0.0), "$0");
    }

    #[test]
    fn durations_are_words() {
        assert_eq!(duration(60), "five years");
        assert_eq!(duration(12), "one year");
        assert_eq!(duration(18), "18 months");
    }
}
