//! Why the answer changed, in words.

use super::claim::Claim;
use super::comparison::signed;
use super::input::shown;
use super::number::{money_rounded, percent};
use super::verdict::{Emphasis, Part, Sentence, share_words};
use crate::model::payoff::Headline;
use crate::model::waterfall::{Difference, Step, Waterfall};

/// A difference that changes less than this of the shares and nothing of the gap changed nothing.
const NOTHING: f64 = 0.0005;

/// What changed from the beginning to the end, and what did most of it. Figures that are marked and no claims are those of
/// the beginning: both shares, and the gap.
pub fn heading(way: &Waterfall) -> Vec<Part> {
    let Some(end) = way.steps.last().map(|step| step.verdict).filter(|end| differs(&way.from, end)) else {
        return Sentence::default().say("Nothing that was changed since then changes the answer.").0;
    };
    let seller = Sentence::default().say("Sellers earn most by giving customers ").claim(
        share_words(end.seller_share, 0),
        Emphasis::Seller,
        Claim::SellerShare,
    );
    let company = before(seller, (end.seller_share, way.from.seller_share), Emphasis::Seller)
        .say(", the company would want ")
        .claim(share_words(end.company_share, 0), Emphasis::Company, Claim::CompanyShare);
    let sentence = before(company, (end.company_share, way.from.company_share), Emphasis::Company)
        .say(", and the gap costs ")
        .claim(money_rounded(end.gap), Emphasis::Figure, Claim::Gap)
        .say(" instead of ")
        .mark(money_rounded(way.from.gap), Emphasis::Figure);
    let rows = rows(way);
    if rows.len() < 2 {
        return sentence.say(".").0;
    }
    let most = rows.into_iter().max_by(|one, other| one.change.abs().total_cmp(&other.change.abs()));
    match most.filter(|row| row.change.abs() >= 0.5) {
        Some(row) => sentence.say(format!(". Most of it by {}.", row.what)).0,
        None => sentence.say(".").0,
    }
}

/// A share against what it was.
fn before(sentence: Sentence, (now, then): (f64, f64), whose: Emphasis) -> Sentence {
    let (now, then) = (share_words(now, 0), share_words(then, 0));
    if now == then { sentence.say(" as before") } else { sentence.say(" instead of ").mark(then, whose) }
}

fn differs(one: &Headline, other: &Headline) -> bool {
    (one.gap - other.gap).abs() >= 0.5
        || (one.seller_share - other.seller_share).abs() >= NOTHING
        || (one.company_share - other.company_share).abs() >= NOTHING
}

/// A difference that changes something.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What was changed: `Renewal commission, 2% to 5%`.
    pub what: String,
    /// The sellers' best share after it, and the company's: `33%` and `52%`.
    pub shares: [String; 2],
    /// By how much the gap changed, money.
    pub change: f64,
    /// The same as it is printed.
    pub changed: String,
    /// The gap after it, as it is printed.
    pub gap: String,
    /// The difference itself.
    pub difference: Difference,
}

/// The differences that change the answer, in order. Printed changes add up from the first printed gap to the last.
pub fn rows(way: &Waterfall) -> Vec<Row> {
    let mut before = way.from;
    let mut rows = Vec::new();
    for step in &way.steps {
        let verdict = step.verdict;
        if !differs(&before, &verdict) {
            continue;
        }
        // Whole units on both sides, so that they add up.
        let change = libm::round(verdict.gap) - libm::round(before.gap);
        rows.push(Row {
            what: what(step),
            shares: shares_of(&verdict),
            difference: step.difference.clone(),
            change,
            changed: signed(change, 0),
            gap: super::number::money(libm::round(verdict.gap), 0),
        });
        before = verdict;
    }
    rows
}

/// The sellers' best share and the company's, as they are printed.
pub fn shares_of(verdict: &Headline) -> [String; 2] {
    [verdict.seller_share, verdict.company_share].map(|share| percent(share, 0))
}

fn what(step: &Step) -> String {
    match &step.difference {
        Difference::Book => "the accounts or the month".to_owned(),
        Difference::Choices => "who gets attention, and how it is reckoned".to_owned(),
        Difference::Number { input, from, to } => {
            format!("{}, {} to {}", input.bounds().label, shown(*input, *from), shown(*input, *to))
        }
        Difference::Together(inputs) => {
            let names: Vec<&str> = inputs.iter().map(|input| input.bounds().label).collect();
            format!("{}, together", names.join(" and "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bounds::Input;

    fn way() -> Waterfall {
        let verdict = |seller_share: f64, gap: f64| Headline { seller_share, company_share: 0.52, gap };
        let step = |difference: Difference, verdict: Headline| Step { difference, verdict };
        let rate = Difference::Number { input: Input::RenewalCommission, from: 0.02, to: 0.05 };
        let leads = Difference::Number { input: Input::Leads, from: 120.0, to: 121.0 };
        Waterfall {
            from: verdict(0.33, 102_663.4),
            steps: vec![
                step(Difference::Book, verdict(0.33, 102_663.4)),
                step(rate, verdict(0.45, 20_000.6)),
                step(leads, verdict(0.44, 21_000.5)),
            ],
        }
    }

    #[test]
    fn rows_tell_what_changed_and_add_up() {
        let rows = rows(&way());
        assert_eq!(rows.len(), 2, "what changes nothing is not told");
        assert_eq!(rows[0].what, "Renewal commission, 2% to 5%");
        assert_eq!(rows[0].shares, ["45%", "52%"]);
        assert_eq!((rows[0].changed.as_str(), rows[0].gap.as_str()), ("−$82,662", "$20,001"));
        assert_eq!((rows[1].changed.as_str(), rows[1].gap.as_str()), ("+$1,000", "$21,001"));
        let said: String = heading(&way()).into_iter().map(|part| part.text).collect();
        assert!(
            said.contains("44% instead of 33%") && said.ends_with("Most of it by Renewal commission, 2% to 5%."),
            "{said}"
        );
        let nothing = Waterfall { steps: way().steps[..1].to_vec(), ..way() };
        assert!(heading(&nothing)[0].text.starts_with("Nothing that was changed"));
    }
}
