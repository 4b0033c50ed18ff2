//! Which numbers matter, in words.

use super::claim::{Claim, Of};
use super::input::shown;
use super::number::{money_rounded, percent, plain};
use super::verdict::{Emphasis, Part, Sentence, share_words};
use crate::model::bounds::Input;
use crate::model::mini_charts::Flip;
use crate::model::sensitivity::Bar;
use crate::model::what_if::Figure;

/// A number moved to where a bar ends: under the rates alone, or with the rules of the plan.
pub const fn moved(input: Input, to: f64, with_rules: bool) -> Of {
    if with_rules { Of::MovedRuled((input, to)) } else { Of::Moved((input, to), None) }
}

/// Which number moves the gap most, with the rules of the plan or without; `gap` is that of now.
pub fn heading(bars: &[Bar], gap: f64, with_rules: bool) -> Vec<Part> {
    let Some(bar) = bars.first() else {
        return Sentence::default().say("None of the numbers moves the gap: there is nothing to divide yet.").0;
    };
    let end = |sentence: Sentence, (at, gap): (f64, f64)| {
        let of = moved(bar.input, at, with_rules);
        let sentence = sentence.claim_of(money_rounded(gap), Emphasis::Figure, Claim::Gap, of);
        sentence.say(format!(" at {}", shown(bar.input, at)))
    };
    let opening = Sentence::default().say(format!("The gap hangs most on “{}”: it is ", bar.input.bounds().label));
    let sentence = end(opening, bar.low).say(" and ");
    let now = end(sentence, bar.high).say(", against ");
    let of = if with_rules { Of::Ruled } else { Of::InUse };
    now.claim_of(money_rounded(gap), Emphasis::Figure, Claim::Gap, of).say(" now.").0
}

/// Where a number turns the verdict; `None` while that is not known.
pub fn turn(input: Input, found: Option<Option<Flip>>) -> String {
    match found {
        None => "…".to_owned(),
        Some(None) => "never".to_owned(),
        Some(Some(Flip { at, agrees: true })) => shown(input, at),
        Some(Some(Flip { at, agrees: false })) => format!("{} (a jump)", shown(input, at)),
    }
}

/// What a figure is called in a choice.
pub const fn figure_name(figure: Figure) -> &'static str {
    match figure {
        Figure::Gap => "what the gap costs",
        Figure::SellerShare => "what sellers give customers",
        Figure::CompanyShare => "what the company would want",
        Figure::Lead => "who would give customers more",
    }
}

/// A figure as a sentence reads it.
pub fn figure_words(figure: Figure, value: f64) -> String {
    match figure {
        Figure::Gap => format!("the gap costs {}", money_rounded(value)),
        Figure::SellerShare => format!("sellers give customers {} of their time", share_words(value, 0)),
        Figure::CompanyShare => format!("the company would want {}", share_words(value, 0)),
        Figure::Lead if value.abs() < 0.005 => "both agree".to_owned(),
        Figure::Lead => {
            let who = if value > 0.0 { "sellers give customers" } else { "the company would give them" };
            format!("{who} {} points more of the time", plain(value.abs() * 100.0, 0))
        }
    }
}

/// A figure as it stands in a table.
pub fn figure_short(figure: Figure, value: f64) -> String {
    match figure {
        Figure::Gap => money_rounded(value),
        Figure::SellerShare | Figure::CompanyShare => percent(value, 0),
        Figure::Lead if value > 0.0 => format!("+{}", percent(value, 0)),
        Figure::Lead => percent(value, 0),
    }
}

/// What the colours of a map say.
pub const fn key(figure: Figure) -> &'static str {
    match figure {
        Figure::Gap => "The darker, the more the gap costs.",
        Figure::SellerShare => "The stronger the colour, the more time sellers give customers.",
        Figure::CompanyShare => "The stronger the colour, the more time the company would want for customers.",
        Figure::Lead => {
            "Blue where the company would give customers more of the time, \
                         orange where sellers do, the stronger the colour the more."
        }
    }
}

/// The levels at which a map has lines, each with its label; `now` is the figure of now.
pub fn levels(figure: Figure, now: Option<f64>) -> Vec<(f64, String)> {
    match figure {
        Figure::Gap => now
            .filter(|gap| *gap > 0.0)
            .map(|gap| (gap, format!("{} as now", money_rounded(gap))))
            .into_iter()
            .collect(),
        Figure::Lead => vec![(0.0, "both agree".to_owned())],
        Figure::SellerShare | Figure::CompanyShare => {
            [0.2, 0.4, 0.6, 0.8].map(|share| (share, percent(share, 0))).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(parts: &[Part]) -> String {
        parts.iter().map(|part| part.text.as_str()).collect()
    }

    #[test]
    fn the_heading_names_the_longest_bar_and_says_so_where_there_is_none() {
        let bar = Bar { input: Input::RenewToday, low: (0.68, 12_300.0), high: (0.935, 245_678.0) };
        assert_eq!(
            plain(&heading(&[bar], 102_663.0, false)),
            "The gap hangs most on “Renew as now”: it is $12,300 at 68% and $246,000 at 93.5%, against \
             $103,000 now."
        );
        assert_eq!(
            plain(&heading(&[], 0.0, false)),
            "None of the numbers moves the gap: there is nothing to divide yet."
        );
    }

    #[test]
    fn a_turn_is_a_place_a_jump_or_none() {
        let rate = Input::RenewalCommission;
        assert_eq!(turn(rate, None), "…");
        assert_eq!(turn(rate, Some(None)), "never");
        assert_eq!(turn(rate, Some(Some(Flip { at: 0.1151, agrees: true }))), "11.51%");
        assert_eq!(turn(rate, Some(Some(Flip { at: 0.04, agrees: false }))), "4% (a jump)");
    }

    #[test]
    fn figures_read_right_on_both_sides_of_agreement() {
        assert_eq!(figure_words(Figure::Lead, 0.2), "sellers give customers 20 points more of the time");
        assert_eq!(figure_words(Figure::Lead, -0.2), "the company would give them 20 points more of the time");
        assert_eq!(figure_words(Figure::Lead, 0.0), "both agree");
        assert_eq!(figure_words(Figure::SellerShare, 0.0), "sellers give customers none of their time");
        assert_eq!(figure_words(Figure::CompanyShare, 0.523), "the company would want 52%");
        assert_eq!((figure_short(Figure::Lead, 0.2), figure_short(Figure::Lead, -0.2)), ("+20%".into(), "−20%".into()));
        assert_eq!(levels(Figure::Gap, Some(102_663.0)), [(102_663.0, "$103,000 as now".to_owned())]);
        assert!(levels(Figure::Gap, None).is_empty() && levels(Figure::Gap, Some(0.0)).is_empty());
    }
}
