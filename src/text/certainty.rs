//! How often the verdict holds if some numbers are known only as ranges, in words.

use super::number::{count, counted, money_rounded};
use super::verdict::share_words;
use crate::model::bounds::Input;
use crate::model::certainty::{Holds, Side};

/// A figure of the sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertaintyFigure {
    /// In how many cases the verdict holds.
    Share,
    /// The gap that a twentieth of the cases stay below.
    LowGap,
    /// The gap that all but a twentieth of the cases stay below.
    HighGap,
    /// The number that decides it, or moves the gap most.
    Decides,
}

/// A piece of the sentences, and the figure that it is, if it is one.
pub type Said = (String, Option<CertaintyFigure>);

/// The sentences on `holds`.
pub fn holds_words(holds: &Holds) -> Vec<Said> {
    let mut said = vec![plain("With the ranges you gave, ")];
    if holds.cases == 0 {
        said.push(plain("nothing drawn from them fits together, so how often this holds is not known: narrow them."));
        return said;
    }
    let verdict = match holds.side {
        Side::TooLittle => "customers get too little time",
        Side::TooMuch => "customers get more time than the company would want",
        Side::Agree => "both agree, give or take a point,",
    };
    let cases = counted(holds.cases, "case", "cases");
    said.push(plain(&format!("{verdict} in ")));
    let (figure, of) = match share_words(holds.share, 0) {
        all if holds.share >= 1.0 => (format!("{all} {cases}"), String::new()),
        none if holds.share <= 0.0 => (none, format!(" of {cases}, so do not build on it")),
        some if holds.share < 0.005 => (some, format!(" of {cases}, so do not build on it")),
        some if holds.share < 0.5 => (format!("only {some}"), format!(" of {cases}, so do not build on it")),
        some => (some, format!(" of {cases}")),
    };
    said.push((figure, Some(CertaintyFigure::Share)));
    said.push(plain(&of));
    said.extend(gap(holds));
    if let Some((input, _)) = holds.decides {
        // What holds always or never is decided by nothing; the gap still has its cause.
        let is_settled = holds.share <= 0.0 || holds.share >= 1.0;
        let what = if is_settled { "What moves the gap most: " } else { "What decides it: " };
        said.push(plain(&format!(" {what}")));
        said.push((name(input), Some(CertaintyFigure::Decides)));
        said.push(plain("."));
    }
    match holds.contradictory {
        0 => {}
        1 => said.push(plain(" 1 case that contradicted itself was drawn anew.")),
        many => {
            said.push(plain(&format!(
                " {} cases that contradicted themselves were drawn anew.",
                count(many as f64, 0)
            )));
        }
    }
    said.retain(|(text, _)| !text.is_empty());
    said
}

fn gap(holds: &Holds) -> Vec<Said> {
    use CertaintyFigure::{HighGap, LowGap};
    let (low, high) = (money_rounded(holds.gap.low), money_rounded(holds.gap.high));
    if low == high {
        return vec![plain("; the gap is "), (high, Some(HighGap)), plain(" in nearly all.")];
    }
    if holds.gap.low < 0.5 {
        return vec![plain("; the gap is at most "), (high, Some(HighGap)), plain(" in nineteen of twenty.")];
    }
    vec![plain("; the gap is "), (low, Some(LowGap)), plain(" to "), (high, Some(HighGap)), plain(" in nine of ten.")]
}

/// What the input is called where its label would need its heading.
fn name(input: Input) -> String {
    match input {
        Input::RenewUnattended => "renewal if nobody calls".to_owned(),
        Input::RenewToday => "renewal with today's attention".to_owned(),
        Input::RenewSaturated => "renewal with all the attention they could use".to_owned(),
        Input::NewBusinessCommission => "new business commission".to_owned(),
        _ => super::input::named(input),
    }
}

fn plain(text: &str) -> Said {
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::certainty::Quantiles;

    fn told(of: Holds) -> String {
        holds_words(&of).into_iter().map(|(text, _)| text).collect()
    }

    fn holds() -> Holds {
        let of = |low: f64, middle: f64, high: f64| Quantiles { low, middle, high };
        Holds {
            side: Side::TooLittle,
            cases: 400,
            contradictory: 0,
            share: 0.87,
            interval: (0.833, 0.900),
            gap: of(61_234.0, 100_000.0, 148_211.0),
            seller_share: of(0.2, 0.3, 0.4),
            company_share: of(0.4, 0.5, 0.6),
            decides: Some((Input::RenewToday, 0.7)),
        }
    }

    #[test]
    fn the_share_of_cases_the_gap_and_what_decides_are_said() {
        assert_eq!(
            told(holds()),
            "With the ranges you gave, customers get too little time in 87% of 400 cases; the gap is $61,200 to $148,000 \
             in nine of ten. What decides it: renewal with today's attention."
        );
        let other = Holds { side: Side::TooMuch, decides: None, contradictory: 1, ..holds() };
        assert_eq!(
            told(other),
            "With the ranges you gave, customers get more time than the company would want in 87% of 400 cases; the gap \
             is $61,200 to $148,000 in nine of ten. 1 case that contradicted itself was drawn anew."
        );
    }

    #[test]
    fn what_always_holds_is_said_of_all_and_nearly_all_is_not_all() {
        let all = Holds { share: 1.0, decides: Some((Input::Stay, 0.9)), contradictory: 1_234, ..holds() };
        assert_eq!(
            told(all),
            "With the ranges you gave, customers get too little time in all 400 cases; the gap is $61,200 to $148,000 in \
             nine of ten. What moves the gap most: seller stays a year. 1,234 cases that contradicted themselves were \
             drawn anew."
        );
        assert!(told(Holds { share: 0.9975, ..holds() }).contains("in more than 99% of 400 cases;"));
    }

    #[test]
    fn what_holds_in_few_cases_is_not_built_on() {
        let few = told(Holds { share: 0.31, side: Side::Agree, ..holds() });
        assert!(
            few.contains("both agree, give or take a point, in only 31% of 400 cases, so do not build on it; the gap")
        );
        assert!(told(Holds { share: 0.0025, ..holds() }).contains("time in less than 1% of 400 cases, so"));
        let none = told(Holds { share: 0.0, ..holds() });
        assert!(none.contains("time in none of 400 cases, so do not build on it; the gap is"), "{none}");
    }

    #[test]
    fn a_gap_that_may_be_nothing_and_one_that_hardly_moves_have_words_of_their_own() {
        let nothing = Holds { gap: Quantiles { low: 0.0, middle: 10.0, high: 4_321.0 }, ..holds() };
        assert!(told(nothing).contains("; the gap is at most $4,320 in nineteen of twenty. What"));
        let still = Holds { gap: Quantiles { low: 102_660.0, middle: 102_663.0, high: 102_670.0 }, ..holds() };
        assert!(told(still).contains("; the gap is $103,000 in nearly all. What"));
    }

    #[test]
    fn ranges_of_which_nothing_fits_are_said_to_be_too_wide() {
        assert_eq!(
            told(Holds { cases: 0, contradictory: 8_000, ..holds() }),
            "With the ranges you gave, nothing drawn from them fits together, so how often this holds is not known: \
             narrow them."
        );
    }
}
