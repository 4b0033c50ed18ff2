//! What the rules of a plan do, and where both agree with them, in words.

use super::has_edge;
use crate::model::payoff::{Payoff, PlanOutcome};
use crate::model::plan::Plan;
use crate::model::rate_solver::RateAnswer;
use crate::model::workspace::Workspace;
use crate::text::claim::{Claim, Of};
use crate::text::number::{counted, duration, money_rounded, rate};
use crate::text::verdict::{Emphasis, Part, Sentence, share_words};

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
    let over = duration(workspace.assumptions.horizon);
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
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;
    use crate::text::rules::in_short;

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
