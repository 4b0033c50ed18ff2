//! Rules of a plan in a link.

use serde::{Deserialize, Serialize};

use super::{BadLink, Digits, PeriodV2, out_of_range, rounded};
use crate::model::rules::{Rule, RuleKind};

/// The place of its kind among all kinds, whether it is in force, its period, its numbers.
#[derive(Serialize, Deserialize)]
pub(super) struct RuleV4(usize, bool, PeriodV2, Vec<f64>);

/// A rule as written.
pub(super) fn written(rule: &Rule, digits: Digits) -> Option<RuleV4> {
    let kind = RuleKind::ALL.iter().position(|kind| *kind == rule.kind())?;
    let numbers = rule.numbers().iter().map(|number| of_rule(digits, *number)).collect();
    Some(RuleV4(kind, rule.is_on, rule.period.into(), numbers))
}

/// The rule.
///
/// # Errors
/// [`BadLink`] for a kind of a newer version, and for numbers out of their ranges.
pub(super) fn read(RuleV4(kind, is_on, period, numbers): RuleV4) -> Result<Rule, BadLink> {
    let kind = RuleKind::ALL.get(kind).ok_or(BadLink::Newer)?;
    let rule = Rule::from_numbers(*kind, &numbers).ok_or_else(|| out_of_range("a rule of the plan"))?;
    Ok(rule.over(period.into()).switched(is_on))
}

/// A number of a rule, with as many digits as there is room for.
fn of_rule(digits: Digits, number: f64) -> f64 {
    let number = digits.of(number);
    if digits != Digits::ShortRules || number == 0.0 {
        return number;
    }
    let scale = libm::pow(10.0, 4.0 - libm::floor(libm::log10(number.abs())));
    if scale >= 1.0 { rounded(number, scale) } else { libm::round(number * scale) * libm::round(1.0 / scale) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_room_is_short_a_number_has_five_digits() {
        let of = |number: f64| of_rule(Digits::ShortRules, number);
        let rounded = [606_749_603.319_22, 15.391_807, 0.038_147_6, 1e9, 60.0, 0.999_999_9].map(of);
        assert_eq!(rounded, [606_750_000.0, 15.392, 0.038_148, 1e9, 60.0, 1.0]);
        assert_eq!([5e-324, 4e-7, 2e-6].map(of), [0.0, 0.0, 2e-6]);
        assert_eq!((of(0.0), of_rule(Digits::All, 15.391_807)), (0.0, 15.391_807));
    }
}
