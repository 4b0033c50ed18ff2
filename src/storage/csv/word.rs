//! Words with a meaning: standing, origin, term, margin.

use crate::model::account::{Origin, Term};
use crate::model::quantity::{Margin, Probability};
use crate::text::input::read_number;

/// Where a row says that the account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Prospect,
    Active,
    Lapsed,
}

/// The letters of a cell in lower case.
fn letters(cell: &str) -> String {
    cell.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads a status word.
pub(super) fn stands(cell: &str) -> Option<Stands> {
    Some(match letters(cell).as_str() {
        "active" | "customer" | "current" | "currentcustomer" | "activecustomer" | "existing" | "existingcustomer"
        | "live" | "won" | "closedwon" | "client" | "aktiv" | "kunde" | "gewonnen" | "actif" | "activo" | "ganado"
        | "cliente" => Stands::Active,
        "lapsed" | "lost" | "churned" | "churn" | "inactive" | "former" | "formercustomer" | "cancelled"
        | "canceled" | "closedlost" | "expired" | "terminated" | "past" | "verloren" | "inaktiv" | "perdu"
        | "perdido" | "inactivo" | "inactif" => Stands::Lapsed,
        "prospect"
        | "lead"
        | "open"
        | "opportunity"
        | "target"
        | "suspect"
        | "subscriber"
        | "marketingqualifiedlead"
        | "salesqualifiedlead"
        | "offen"
        | "interessent" => Stands::Prospect,
        _ => return None,
    })
}

/// Reads how an account came to us.
pub(super) fn origin(cell: &str) -> Option<Origin> {
    Some(match letters(cell).as_str() {
        "prospect" | "prospecting" | "outbound" | "coldcall" | "coldcalling" | "cold" | "new" | "newbusiness" => {
            Origin::Prospecting
        }
        "referral" | "referred" | "customerreferral" | "wordofmouth" | "empfehlung" => {
            Origin::Referral { sent_by: None }
        }
        "winback" | "wonback" | "reactivated" | "reactivation" | "returning" => Origin::WinBack,
        _ => return None,
    })
}

/// Reads a term: a number of months (of years, if `in_years` or the cell says so) or a word such as `annual`.
pub(super) fn term(cell: &str, in_years: bool) -> Option<Term> {
    let word = letters(cell);
    let months = match word.as_str() {
        "annual" | "annually" | "yearly" => 12,
        "monthly" | "monthtomonth" => 1,
        "quarterly" => 3,
        "halfyearly" | "semiannual" | "semiannually" => 6,
        _ => {
            let unit = word.trim_start_matches(|sign: char| sign.is_ascii_digit());
            let factor = match unit {
                "" if in_years => 12.0,
                "" | "m" | "mo" | "mos" | "month" | "months" | "mth" | "mths" | "monat" | "monate" => 1.0,
                "y" | "yr" | "yrs" | "year" | "years" | "jahr" | "jahre" => 12.0,
                _ => return None,
            };
            let number = cell.trim().trim_end_matches(|sign: char| sign.is_alphabetic() || matches!(sign, '.' | ' '));
            let months = read_number(number).ok()? * factor;
            if months.fract() != 0.0 || !(1.0..=60.0).contains(&months) {
                return None;
            }
            months as u32
        }
    };
    Term::new(months)
}

/// How a column writes margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarginStyle {
    /// `0.7`.
    Part,
    /// `70`.
    Percent,
}

impl MarginStyle {
    /// `70` is 70 %, and beside it `1` is 1 %; in a column of parts `1` is the whole.
    pub(super) fn of<'t>(mut cells: impl Iterator<Item = &'t str>) -> MarginStyle {
        let percent = |cell: &str| !cell.contains('%') && read_number(cell).is_ok_and(|number| number.abs() > 1.0);
        if cells.any(percent) { MarginStyle::Percent } else { MarginStyle::Part }
    }

    /// Reads a margin; `70%` is 70 % in either style.
    pub(super) fn read(self, cell: &str) -> Option<Margin> {
        let number = read_number(cell).ok()?;
        let percent = self == MarginStyle::Percent || cell.contains('%');
        Margin::new(if percent { number / 100.0 } else { number }).ok()
    }
}

/// Reads a chance: `85%`, or `0.85`.
pub(super) fn chance(cell: &str) -> Option<Probability> {
    let number = read_number(cell).ok()?;
    Probability::new(if cell.contains('%') { number / 100.0 } else { number }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_months_or_years() {
        let months = |cell, in_years| term(cell, in_years).map(Term::months);
        for (cell, in_years, expected) in [
            ("12", false, Some(12)),
            ("24.0", false, Some(24)),
            ("2", true, Some(24)),
            ("2 years", false, Some(24)),
            ("12 mo.", true, Some(12)),
            ("Annual", false, Some(12)),
            ("month-to-month", false, Some(1)),
            ("7", false, None),
            ("1.5", false, None),
            ("0", false, None),
            ("-12", false, None),
            ("forever", false, None),
            ("", false, None),
        ] {
            assert_eq!(months(cell, in_years), expected, "{cell}");
        }
    }

    #[test]
    fn the_column_says_whether_margins_are_percentages() {
        let read = |column: &[&str], cell| MarginStyle::of(column.iter().copied()).read(cell).map(Margin::get);
        assert_eq!(read(&["70", "1"], "1"), Some(0.01));
        assert_eq!(read(&["0.7", "1"], "1"), Some(1.0));
        assert_eq!(read(&["70%", "0.5"], "70%"), Some(0.7));
        assert_eq!(read(&["70%", "0.5"], "0.5"), Some(0.5));
        assert_eq!(read(&["70"], "120"), None);
        assert_eq!(read(&["x"], "x"), None);
    }

    #[test]
    fn words_are_read_without_regard_to_case_and_joints() {
        assert_eq!(stands("Closed Won"), Some(Stands::Active));
        assert_eq!(stands("CHURNED"), Some(Stands::Lapsed));
        assert_eq!(stands("Partner"), None);
        assert_eq!(origin("win-back"), Some(Origin::WinBack));
        assert_eq!(origin("organic search"), None);
    }
}
