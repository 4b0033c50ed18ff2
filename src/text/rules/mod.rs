//! The rules beside a plan's rates: a sentence for each, in which its numbers are changed, and what they do.

mod pieces;

use super::choice;
use super::claim::{Claim, Of};
use super::input::{self, Unreadable};
use super::number::{counted, money, money_rounded, plain, rate};
use super::verdict::{Emphasis, Part, Sentence, share_words};
use crate::model::payoff::{Payoff, PlanOutcome};
use crate::model::plan::Plan;
use crate::model::rate_solver::RateAnswer;
use crate::model::ruled_plan::LeftOut;
use crate::model::rules::{Rule, RuleKind, RuleUnit};
use crate::model::workspace::Workspace;

pub use pieces::{RulePiece, pieces};

/// What the number in this place is, for a label.
pub const fn number_label(kind: RuleKind, place: usize) -> &'static str {
    match (kind, place) {
        (RuleKind::TierAbove | RuleKind::TierOnAll | RuleKind::Threshold, 0) | (RuleKind::WinBonus, 1) => {
            "Annual value to be won"
        }
        (RuleKind::RetentionBonus | RuleKind::WinBonus, 0) => "Bonus",
        (RuleKind::RetentionBonus, 1)
        | (RuleKind::RenewalAboveFloor | RuleKind::RetentionGate | RuleKind::RetentionFactor, 0) => {
            "Part of what is due that renews"
        }
        (RuleKind::RetentionFactor, 1) => "Part of the commission that is paid",
        (
            RuleKind::LongContract
            | RuleKind::FirstMonths
            | RuleKind::Clawback
            | RuleKind::ClawbackProRata
            | RuleKind::OnCash,
            0,
        ) => "Months",
        (RuleKind::FirstMonths, _) | (RuleKind::EachWin, _) => "Pay for an account won",
        (RuleKind::Cap, _) => "Most that is paid",
        (RuleKind::Draw, _) => "Advance a month",
        (RuleKind::Guarantee, _) => "Least pay a month",
        (RuleKind::RenewalMargin | RuleKind::NewMargin, _) => "Part of the gross margin",
        _ => "Commission",
    }
}

/// What a rule is called where one is chosen.
pub const fn name(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::TierAbove => "A higher rate beyond an amount won",
        RuleKind::TierOnAll => "A higher rate on everything, once an amount is won",
        RuleKind::RenewalAboveFloor => "Pay for what renews above a floor",
        RuleKind::RetentionBonus => "A retention bonus",
        RuleKind::WinBonus => "A bonus for an amount won",
        RuleKind::LongContract => "More for long contracts",
        RuleKind::FirstMonths => "A spiff: a sum for each account won in the first months",
        RuleKind::WinBack => "More for customers won back",
        RuleKind::EachWin => "A sum for each account won",
        RuleKind::RenewalMargin => "A part of the margin of renewals",
        RuleKind::NewMargin => "A part of the margin of new business",
        RuleKind::Cap => "A cap on new business",
        RuleKind::RetentionGate => "New business pays only if enough renews",
        RuleKind::Threshold => "New business pays only if enough is won",
        RuleKind::RetentionFactor => "New business pays less where too little renews",
        RuleKind::Clawback => "Clawback: all of it, within some months",
        RuleKind::ClawbackProRata => "Clawback: for the months left",
        RuleKind::Draw => "A draw, kept back later",
        RuleKind::Guarantee => "A guarantee",
        RuleKind::OnCash => "Pay when the customer pays",
    }
}

/// The kinds to choose from, under headings.
pub const GROUPS: [(&str, &[RuleKind]); 3] = [
    (
        "More pay",
        &[
            RuleKind::TierAbove,
            RuleKind::TierOnAll,
            RuleKind::RenewalAboveFloor,
            RuleKind::RetentionBonus,
            RuleKind::WinBonus,
            RuleKind::LongContract,
            RuleKind::FirstMonths,
            RuleKind::WinBack,
            RuleKind::EachWin,
            RuleKind::RenewalMargin,
            RuleKind::NewMargin,
        ],
    ),
    (
        "Limits of new business",
        &[RuleKind::Cap, RuleKind::RetentionGate, RuleKind::Threshold, RuleKind::RetentionFactor],
    ),
    (
        "When it is paid",
        &[RuleKind::Clawback, RuleKind::ClawbackProRata, RuleKind::Draw, RuleKind::Guarantee, RuleKind::OnCash],
    ),
];

/// The number as it stands in its box: no sign of currency or percent.
pub fn number_box(rule: &Rule, place: usize) -> String {
    let number = rule.number(place);
    match rule.bounds(place) {
        Some((RuleUnit::Part, ..)) => plain(100.0 * number, 4),
        Some((RuleUnit::Money, ..)) => plain(number, 2),
        _ => plain(number, 0),
    }
}

/// What stands before and behind the number.
pub fn around(rule: &Rule, place: usize) -> (&'static str, &'static str) {
    match rule.bounds(place) {
        Some((RuleUnit::Part, ..)) => ("", "%"),
        Some((RuleUnit::Money, ..)) => (super::number::CURRENCY, ""),
        _ => ("", ""),
    }
}

/// The sentence of a rule as plain text.
pub fn sentence(rule: &Rule) -> String {
    let piece = |piece: &RulePiece| match piece {
        RulePiece::Words(words) | RulePiece::About(words) => (*words).to_owned(),
        RulePiece::Number(place) => {
            let (before, after) = around(rule, *place);
            format!("{before}{}{after}", number_box(rule, *place))
        }
        RulePiece::Period => choice::period(rule.period).to_owned(),
    };
    pieces(rule.kind()).iter().map(piece).collect()
}

/// The rule with what was typed for the number in this place.
///
/// # Errors
/// A sentence that says what to type.
pub fn read(rule: &Rule, place: usize, text: &str) -> Result<Rule, Unreadable> {
    let typed = input::read_number(text)?;
    let Some((unit, least, most)) = rule.bounds(place) else { return Ok(*rule) };
    let scale = if unit == RuleUnit::Part { 100.0 } else { 1.0 };
    let shown = |number: f64| match unit {
        RuleUnit::Part => rate(number, 0),
        RuleUnit::Money => money(number, 0),
        RuleUnit::Months => counted(number as usize, "month", "months"),
    };
    rule.with(place, typed / scale).map_err(|_| Unreadable::OutOfRange { least: shown(least), most: shown(most) })
}

/// What comes of a rule, in small type below it; may be empty.
pub fn note(rule: &Rule) -> String {
    let period = choice::period(rule.period);
    let at_once = || money_rounded(rule.number(0) * rule.number(1));
    match rule.kind() {
        RuleKind::TierAbove => {
            format!(
                "Each slice at its own rate. If it held for everything once it is reached, reaching it would pay {} more at once.",
                at_once()
            )
        }
        RuleKind::TierOnAll => format!(
            "A cliff: the sale that reaches it pays {} more at once, so sales wait for it. Beyond it only, nothing would jump.",
            at_once()
        ),
        RuleKind::WinBonus => format!(
            "A cliff: the sale that reaches it brings the whole bonus; beyond it the next {period} comes first."
        ),
        RuleKind::RetentionBonus => "A cliff: the renewal that reaches it brings the whole bonus.".to_owned(),
        RuleKind::Cap => {
            format!("Beyond it the next sale pays nothing by the rate, so it waits for the next {period}.")
        }
        RuleKind::Threshold => {
            format!("A cliff: until it is reached nothing is paid, and then all of the {period} at once.")
        }
        RuleKind::RetentionGate => {
            format!("Kept back until the end of the {period}; a {period} in which nothing is due passes.")
        }
        RuleKind::Clawback | RuleKind::ClawbackProRata => {
            "A yearly contract ends after twelve months at the earliest: of those a shorter time takes nothing back."
                .to_owned()
        }
        RuleKind::LongContract => "In a forecast new accounts run as long as most accounts of the book.".to_owned(),
        RuleKind::OnCash => "In a statement each customer pays when they paid.".to_owned(),
        RuleKind::WinBack => {
            "A forecast wins customers back only if that is switched on under More assumptions.".to_owned()
        }
        _ => String::new(),
    }
}

/// Whether a rule gives reason to hold sales back or to hurry them: a cliff or a cap.
pub const fn has_edge(kind: RuleKind) -> bool {
    matches!(
        kind,
        RuleKind::TierOnAll
            | RuleKind::WinBonus
            | RuleKind::RetentionBonus
            | RuleKind::Cap
            | RuleKind::Threshold
            | RuleKind::RetentionGate
    )
}

/// Why a rule that is on pays nothing.
pub const fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Twice => "Left out: a rule before it does the same, and only one can. Switch one of them off.",
        LeftOut::OtherPeriod => {
            "Left out: a rule before it limits new business over another period. Give both the same period."
        }
    }
}

/// How many rules of a plan are in force, as part of a line: `2 rules`; nothing for none.
pub fn in_short(plan: &Plan) -> Option<String> {
    let on = plan.rules_on();
    (on > 0).then(|| counted(on, "rule", "rules"))
}

/// What is counted: `the rule of the plan`, or how many there are.
fn counting(on: usize) -> String {
    if on == 1 {
        "the rule of the plan".to_owned()
    } else {
        format!("the {} of the plan", counted(on, "rule", "rules"))
    }
}

/// What is to be known of a plan that pays something in full or not at all; nothing for others.
pub fn on_edges(plan: &Plan) -> Option<&'static str> {
    let has_edge = plan.rules.iter().any(|rule| rule.is_on && has_edge(rule.kind()));
    has_edge.then_some(
        "What is paid in full or not at all is reckoned at expected volume: at one split of the time it is paid, at the next it is \
         not, and the company may want the split right before it. In a real year luck makes that edge less sharp.",
    )
}

/// What the plan of `workspace` does with its rules. Its figures are about the plan that the page knows at `place`.
pub fn outcome_words(outcome: &PlanOutcome, workspace: &Workspace, seller: Option<&str>, place: usize) -> Vec<Part> {
    let on = workspace.plan.rules_on();
    let sellers = if seller.is_some() { 1 } else { outcome.sellers.len() };
    let (who, most) = if sellers == 1 { ("the seller", "earns most") } else { ("the sellers", "earn most") };
    let rules = counting(on);
    let over = super::number::duration(workspace.assumptions.horizon);
    Sentence::default()
        .say(format!("With {rules} {who} {most} by giving customers "))
        .claim_of(share_words(outcome.seller_share, 0), Emphasis::Seller, Claim::SellerShare, Of::Plan(place))
        .say(" of the selling time, the company would want ")
        .claim_of(share_words(outcome.company_share, 0), Emphasis::Company, Claim::CompanyShare, Of::Plan(place))
        .say(format!(", and over {over} the gap costs "))
        .claim_of(money_rounded(outcome.gap), Emphasis::Figure, Claim::Gap, Of::Plan(place))
        .say("; pay this year is ")
        .claim_of(money_rounded(outcome.first_year_pay), Emphasis::Seller, Claim::FirstYearPay, Of::Plan(place))
        .say(".")
        .0
}

/// At which renewal commission both agree with the rules of `plan`.
pub fn agreement_words(answer: &RateAnswer, plan: &Plan) -> Vec<Part> {
    let on = plan.rules_on();
    let rules = counting(on);
    let say = |text: String| Sentence::default().say(text);
    let shares = |from: f64, to: f64| (share_words(from, 0), share_words(to, 0));
    match *answer {
        RateAnswer::At { rate: at, share } => say(format!("With {rules} both agree at "))
            .mark(rate(at, 1), Emphasis::Figure)
            .say(" renewal commission from contract year 2 on: customers get ")
            .mark(share_words(share, 0), Emphasis::Company)
            .say(" of the selling time."),
        RateAnswer::EvenAtZero { share } => say(format!("With {rules} customers get "))
            .mark(share_words(share, 0), Emphasis::Seller)
            .say(" of the selling time without any renewal commission, no less than the company would want."),
        RateAnswer::Jump { rate: at, from, to } => {
            let (from, to) = shares(from, to);
            say(format!("With {rules} no renewal commission makes both agree: at "))
                .mark(rate(at, 1), Emphasis::Figure)
                .say(format!(" customers get {to} of the selling time at once, instead of {from}."))
        }
        RateAnswer::Never { greatest_share, .. } => {
            say(format!("With {rules} no renewal commission up to 100% makes both agree: customers get "))
                .mark(share_words(greatest_share, 0), Emphasis::Seller)
                .say(" of the selling time at most, less than the company would want.")
        }
    }
    .0
}

/// Where the best plan for the same pay is found if rules count: it takes a search of its own.
pub fn same_pay_elsewhere() -> Vec<Part> {
    Sentence::default()
        .say("Which two rates would serve the company best beside these rules, for the same pay: see Compare.")
        .0
}

/// What figures that are of the rates alone leave out; nothing for a plan without rules.
pub fn of_rates_alone(plan: &Plan) -> Option<String> {
    let on = plan.rules_on();
    (on > 0).then(|| format!("Of the rates alone, without the {} of the plan.", counted(on, "rule", "rules")))
}

/// The same of the rates alone, to set beside it.
pub fn rates_alone(payoff: &Payoff) -> Vec<Part> {
    Sentence::default()
        .say(" The rates alone: ")
        .claim(share_words(payoff.seller_best.share, 0), Emphasis::Seller, Claim::SellerShare)
        .say(" and ")
        .claim(share_words(payoff.company_best.share, 0), Emphasis::Company, Claim::CompanyShare)
        .say(", a gap of ")
        .claim(money_rounded(payoff.gap), Emphasis::Figure, Claim::Gap)
        .say(", pay of ")
        .claim(money_rounded(payoff.first_year_pay), Emphasis::Seller, Claim::FirstYearPay)
        .say(".")
        .0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::pay::PlanPeriod;
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::sample::sample_workspace;

    #[test]
    fn where_both_agree_with_the_rules_is_told_or_why_not() {
        let mut plan = Plan { rules: vec![Rule::new(RuleKind::Cap); 2], ..Plan::default() };
        let told = |answer: RateAnswer, plan: &Plan| -> String {
            agreement_words(&answer, plan).iter().map(|part| part.text.as_str()).collect()
        };
        assert_eq!(
            told(RateAnswer::At { rate: 0.0654, share: 0.518 }, &plan),
            "With the 2 rules of the plan both agree at 6.5% renewal commission from contract year 2 on: customers get 52% of the selling time."
        );
        assert_eq!(
            told(RateAnswer::Never { greatest_share: 0.4, at_rate: 1.0 }, &plan),
            "With the 2 rules of the plan no renewal commission up to 100% makes both agree: customers get 40% of the selling time at most, \
             less than the company would want."
        );
        plan.rules.pop();
        assert_eq!(
            told(RateAnswer::EvenAtZero { share: 1.0 }, &plan),
            "With the rule of the plan customers get all of the selling time without any renewal commission, no less than the company would \
             want."
        );
        assert_eq!(
            told(RateAnswer::Jump { rate: 0.08, from: 0.0, to: 0.61 }, &plan),
            "With the rule of the plan no renewal commission makes both agree: at 8% customers get 61% of the selling time at once, instead of \
             none."
        );
    }

    #[test]
    fn every_kind_has_a_sentence_with_all_its_numbers_and_its_period() {
        for kind in RuleKind::ALL {
            let pieces = pieces(kind);
            let mut places: Vec<usize> = pieces
                .iter()
                .filter_map(|piece| if let RulePiece::Number(place) = piece { Some(*place) } else { None })
                .collect();
            places.sort_unstable();
            assert_eq!(places, (0..kind.numbers().len()).collect::<Vec<_>>(), "{kind:?}");
            assert_eq!(pieces.contains(&RulePiece::Period), kind.has_period(), "{kind:?}");
            let said = sentence(&Rule::new(kind));
            assert!(said.ends_with('.') && !said.contains("  "), "{said}");
            assert_eq!(GROUPS.iter().flat_map(|(_, kinds)| *kinds).filter(|it| **it == kind).count(), 1, "{kind:?}");
            let note = note(&Rule::new(kind));
            assert!(note.is_empty() || note.ends_with('.'), "{note}");
        }
        let bonus = Rule::from_numbers(RuleKind::RetentionBonus, &[5_000.0, 0.925]).unwrap();
        assert_eq!(
            sentence(&bonus.over(PlanPeriod::Quarter)),
            "Pay a retention bonus of $5,000 for each quarter in which at least 92.5% of what is due renews."
        );
    }

    #[test]
    fn what_is_typed_is_read_in_the_unit_that_is_shown() {
        let bonus = Rule::new(RuleKind::RetentionBonus);
        assert_eq!(read(&bonus, 0, "$12,500.50").unwrap().number(0), 12_500.5);
        assert_eq!(read(&bonus, 1, "92,5 %").unwrap().number(1), 0.925);
        assert_eq!(read(&bonus, 1, "120").unwrap_err().to_string(), "Enter a number from 0% to 100%.");
        assert!(read(&bonus, 0, "much").is_err() && read(&bonus, 0, "").is_err());
        let claw = Rule::new(RuleKind::Clawback);
        assert_eq!(read(&claw, 0, "0").unwrap_err().to_string(), "Enter a number from 1 month to 60 months.");
        for kind in RuleKind::ALL {
            let rule = Rule::new(kind);
            for place in 0..rule.numbers().len() {
                assert_eq!(read(&rule, place, &number_box(&rule, place)), Ok(rule), "{kind:?}");
            }
        }
    }

    #[test]
    fn what_rules_do_is_said_of_one_seller_and_of_several() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::Cap, &[1e9]).unwrap()];
        let outcome = ruled_outcome(&workspace, &crate::model::payoff::Question::default()).unwrap();
        let said = |parts: Vec<Part>| parts.into_iter().map(|part| part.text).collect::<String>();
        // A cap that nobody reaches changes nothing.
        assert!(said(outcome_words(&outcome, &workspace, None, 0)).starts_with(
            "With the rule of the plan the seller earns most by giving customers 33% of the selling time, the company would want 52%, and \
             over five years the gap costs $103,000; pay this year is $"
        ));
        workspace.plan.rules.push(Rule::new(RuleKind::EachWin));
        let two = PlanOutcome { sellers: [outcome.sellers[0]; 2].to_vec(), ..outcome };
        assert!(
            said(outcome_words(&two, &workspace, None, 0))
                .starts_with("With the 2 rules of the plan the sellers earn most")
        );
        assert_eq!(in_short(&workspace.plan).as_deref(), Some("2 rules"));
        assert_eq!(in_short(&Plan::default()), None);
        assert_eq!(
            of_rates_alone(&workspace.plan).as_deref(),
            Some("Of the rates alone, without the 2 rules of the plan.")
        );
        assert_eq!(of_rates_alone(&Plan::default()), None);
    }
}
