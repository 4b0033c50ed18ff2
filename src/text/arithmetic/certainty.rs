//! The lines behind how often the verdict holds within the ranges that were given.

use super::Arithmetic;
use super::line::{FoundRow, How, Line, Unit};
use crate::model::bounds::Input;
use crate::model::certainty::Holds;
use crate::text::certainty::CertaintyFigure;
use crate::text::number::{count, money, percent};
use crate::text::verdict::share_words;

const NOTE: &str = "In each case every number with a range is drawn by itself, evenly over its range, and the verdict is worked out \
                    with what was drawn. The draws are the same on every machine.";

/// Accounts for a figure of the sentences on `holds`.
pub fn certainty_arithmetic(figure: CertaintyFigure, holds: &Holds) -> Arithmetic {
    let (title, told, line) = match figure {
        CertaintyFigure::Share => ("How often the verdict holds", share_words(holds.share, 1), share(holds)),
        CertaintyFigure::LowGap => gap("The gap that one case in twenty stays below", holds.gap.low, holds),
        CertaintyFigure::HighGap => gap("The gap that nineteen cases in twenty stay below", holds.gap.high, holds),
        CertaintyFigure::Decides => {
            let (input, part) = holds.decides.unwrap_or((Input::RenewToday, 0.0));
            let is_settled = holds.share <= 0.0 || holds.share >= 1.0;
            let title = if is_settled { "What moves the gap most" } else { "What decides it" };
            (
                title,
                percent(part, 0),
                decides(input, part, if is_settled { "the gap" } else { "whether the verdict holds" }),
            )
        }
    };
    Arithmetic::new(title, line, NOTE).told_as(told)
}

/// The cases with the verdict of the plain numbers, over all.
fn share(holds: &Holds) -> Line {
    let cases = holds.cases as f64;
    let (low, high) = holds.interval;
    let range = format!(
        "drawn and worked out; of all possible cases it is {} to {}, 19 times of 20 (Wilson 1927)",
        percent(low, 1),
        percent(high, 1)
    );
    let same = Line::stated(
        "cases with the verdict of your plain numbers",
        libm::round(holds.share * cases),
        Unit::Factor,
        "both shares no farther apart than a point, or the sellers’ on the same side of the company’s",
    );
    let all = Line::stated("cases", cases.max(1.0), Unit::Factor, range);
    Line { unit: Unit::Rate, ..Line::quotient("part of the cases", same, all) }
}

fn gap(title: &'static str, value: f64, holds: &Holds) -> (&'static str, String, Line) {
    let row = |part: &str, gap: f64, seller: f64, company: f64| FoundRow {
        cells: vec![part.to_owned(), money(gap, 0), percent(seller, 1), percent(company, 1)],
        height: gap,
        is_found: gap == value,
    };
    let Holds { gap: money_at, seller_share: seller, company_share: company, .. } = holds;
    let rule = format!(
        "Each column by itself, put in order over {} cases: where a twentieth, half and nineteen twentieths of them lie below, \
         linear between neighbours.",
        count(holds.cases as f64, 0)
    );
    let rows = vec![
        row("5%", money_at.low, seller.low, company.low),
        row("50%", money_at.middle, seller.middle, company.middle),
        row("95%", money_at.high, seller.high, company.high),
    ];
    let headings = ["of cases below", "gap", "sellers give most", "company wants"].map(str::to_owned).to_vec();
    let how = How::Found { rule, headings, rows, from: Vec::new() };
    let line = Line { label: "the gap".to_owned(), value, unit: Unit::Money, how };
    (title, money(value, 0), line)
}

/// The part of the variance of `effect` that an input explains.
fn decides(input: Input, part: f64, effect: &str) -> Line {
    let from = format!(
        "of {effect}: the variance between the means of even tenths of its range, over all variance, less what as many tenths would \
         explain by chance"
    );
    Line::stated(format!("explained by {}", input.bounds().label), part, Unit::Rate, from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::certainty::Certainty;
    use crate::model::month::Month;
    use crate::model::payoff::Question;
    use crate::model::sample::sample_workspace;
    use crate::text::certainty::holds_words;

    #[test]
    fn every_figure_that_is_said_is_accounted_for() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.set_range(Input::RenewToday, 0.70, 0.94).unwrap();
        let mut certainty = Certainty::new(&workspace, &Question::default(), 40).unwrap();
        (0..40).for_each(|_| certainty.advance());
        let holds = certainty.found();
        let figures: Vec<CertaintyFigure> = holds_words(&holds).into_iter().filter_map(|(_, figure)| figure).collect();
        assert!(figures.contains(&CertaintyFigure::Share) && figures.len() >= 3, "{figures:?}");
        let value = |figure: CertaintyFigure| certainty_arithmetic(figure, &holds).line.value;
        assert!((value(CertaintyFigure::Share) - holds.share).abs() < 1e-12);
        assert_eq!((value(CertaintyFigure::LowGap), value(CertaintyFigure::HighGap)), (holds.gap.low, holds.gap.high));
        assert_eq!(Some(value(CertaintyFigure::Decides)), holds.decides.map(|(_, part)| part));
    }
}
