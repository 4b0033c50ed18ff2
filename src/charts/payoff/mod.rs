//! The charts of the Payoff page, from its results.

mod courses;
mod hours;
mod renewal;

pub use courses::{accounts_over_time, revenue_over_time};
pub use hours::where_hours_go;
pub use renewal::renewal_rate;

use super::spec::{Line, Role};
use crate::model::payoff::Payoff;
use crate::text::number;

/// Best shares that differ by less are one and the same in a chart.
const SAME_SHARE: f64 = 0.005;

/// The seller's, of one or of several.
fn sellers_own(payoff: &Payoff) -> &'static str {
    if payoff.sellers > 1 { "sellers’" } else { "seller’s" }
}

/// Whether both want the same.
fn agreed(payoff: &Payoff) -> bool {
    (payoff.company_best.share - payoff.seller_best.share).abs() < SAME_SHARE
}

fn line(role: Role, label: Option<String>, points: impl IntoIterator<Item = (f64, f64)>) -> Line {
    Line {
        role,
        label,
        points: points.into_iter().filter(|point| point.0.is_finite() && point.1.is_finite()).collect(),
    }
}

fn heights<'a>(lines: impl IntoIterator<Item = &'a Line>) -> impl Iterator<Item = f64> {
    lines.into_iter().flat_map(|line| &line.points).map(|point| point.1)
}

/// An amount for a label: three significant digits, written short, so `102,663` is `$103k`.
fn money_label(amount: f64) -> String {
    let size = amount.abs();
    if !(100.0..1e15).contains(&size) {
        return number::money_short(libm::round(amount));
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(size)) - 2.0);
    number::money_short(libm::round(amount / unit) * unit)
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_on_labels_have_three_digits() {
        assert_eq!(money_label(102_663.1), "$103k");
        assert_eq!(money_label(1_234_567.0), "$1.23M");
        assert_eq!(money_label(999_700.0), "$1M");
        assert_eq!(money_label(42.4), "$42");
        assert_eq!(money_label(0.2), "$0");
    }
}
