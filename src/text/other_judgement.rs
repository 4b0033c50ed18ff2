//! Two judgements of the same customers, such as the seller's and the manager's: what each leads to, and whether the difference
//! matters.

use super::claim::Claim;
use super::input;
use super::number::{money_rounded, plain};
use super::verdict::share_words;
use crate::model::bounds::Input;
use crate::model::payoff::{Payoff, Question, payoff};
use crate::model::workspace::Workspace;

/// What is judged: the chance of renewal without attention, with today's, and with all that could be used.
pub const JUDGED: [Input; 3] = [Input::RenewUnattended, Input::RenewToday, Input::RenewSaturated];

/// Best shares that move by less than this are the same to whoever plans by them.
const SAME: f64 = 0.05;

/// The workspace as somebody else judges its customers; `typed` are percentages in the order of [`JUDGED`].
///
/// # Errors
/// A sentence that says what to type: for a text that is no chance, and for chances that do not fit one another.
pub fn judged_otherwise(workspace: &Workspace, typed: &[String; 3]) -> Result<Workspace, String> {
    let mut other = workspace.clone();
    for (input, text) in JUDGED.into_iter().zip(typed) {
        let chance = input::read(input, text).map_err(|why| why.to_string())?;
        other.set(input, chance).map_err(|why| why.to_string())?;
    }
    other.check().map_err(|why| why.to_string())?;
    Ok(other)
}

/// Whose judgement a figure follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// That of the numbers in use.
    Yours,
    /// The other one.
    Other,
}

/// A piece of the sentences, and the figure that it is, if it is one.
pub type Said = (String, Option<(Whose, Claim)>);

/// What the `other` judgement leads to beside the one in use, of which `mine` is the answer, and whether that matters.
///
/// # Errors
/// A sentence, if the numbers contradict one another.
pub fn compared(mine: &Payoff, other: &Workspace, question: &Question) -> Result<Vec<Said>, String> {
    let theirs = payoff(other, question).map_err(|why| why.to_string())?;
    Ok(words(mine, &theirs))
}

fn words(mine: &Payoff, theirs: &Payoff) -> Vec<Said> {
    let (company, wanted) = (mine.company_best.share, theirs.company_best.share);
    let (seller, gives) = (mine.seller_best.share, theirs.seller_best.share);
    let moved = (company - wanted).abs().max((seller - gives).abs());
    let side = |gives: f64, wants: f64| {
        if (wants - gives).abs() < SAME {
            0
        } else if wants > gives {
            1
        } else {
            -1
        }
    };
    let conclusion = if moved < SAME {
        "The difference does not matter: no best share moves by five points.".to_owned()
    } else if side(seller, company) == side(gives, wanted) {
        let way = match side(seller, company) {
            1 => "customers get less time than the company would want",
            -1 => "customers get more time than the company would want",
            _ => "seller and company agree",
        };
        format!("By both {way}; how much, moves by up to {} points.", plain(100.0 * moved, 0))
    } else {
        "The difference matters: it decides whether customers get too little or too much time. Settle it first."
            .to_owned()
    };
    let plain = |text: &str| (text.to_owned(), None);
    let both = |shown: &dyn Fn(&Payoff) -> String, claim: Claim, end: &str| {
        [
            (shown(theirs), Some((Whose::Other, claim))),
            plain(" (yours: "),
            (shown(mine), Some((Whose::Yours, claim))),
            plain(end),
        ]
    };
    let mut said = vec![plain("By that judgement the seller’s best share of the time with customers is ")];
    said.extend(both(&|it| share_words(it.seller_best.share, 0), Claim::SellerShare, "), the company’s "));
    said.extend(both(&|it| share_words(it.company_best.share, 0), Claim::CompanyShare, "), and the gap "));
    said.extend(both(&|it| money_rounded(it.gap), Claim::Gap, "). "));
    said.push((conclusion, None));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::sample::sample_workspace;

    fn typed(chances: [&str; 3]) -> [String; 3] {
        chances.map(str::to_owned)
    }

    #[test]
    fn two_judgements_are_compared_by_what_they_lead_to() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let question = Question::default();
        let mine = payoff(&workspace, &question).unwrap();
        let told = |chances: [&str; 3]| {
            let other = judged_otherwise(&workspace, &typed(chances)).unwrap();
            let said = compared(&mine, &other, &question).unwrap();
            assert_eq!(said.iter().filter(|(_, figure)| figure.is_some()).count(), 6);
            said.into_iter().map(|(text, _)| text).collect::<String>()
        };
        let same = told(["60", "85", "95"]);
        assert!(
            same.starts_with(
                "By that judgement the seller’s best share of the time with customers is 33% (yours: 33%)"
            ),
            "{same}"
        );
        assert!(same.ends_with("The difference does not matter: no best share moves by five points."), "{same}");
        // With 80 of 100 renewing if nobody calls, a seller on 10 and 2 % gives them no hours at all.
        let other = told(["80", "85", "95"]);
        assert!(
            other.starts_with(
                "By that judgement the seller’s best share of the time with customers is none (yours: 33%)"
            ),
            "{other}"
        );
        assert!(
            other.contains("By both customers get less time") || other.contains("The difference matters"),
            "{other}"
        );
    }

    #[test]
    fn chances_that_do_not_fit_are_refused_in_a_sentence() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        for chances in
            [["", "85", "95"], ["60", "much", "95"], ["60", "85", "101"], ["90", "85", "95"], ["60", "95", "95"]]
        {
            let why = judged_otherwise(&workspace, &typed(chances)).unwrap_err();
            assert!(why.ends_with('.'), "{chances:?}: {why}");
        }
    }
}
