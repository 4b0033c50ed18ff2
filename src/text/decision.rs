//! Decisions as they are read: what they are about, what stood there, and who says why.

use super::claim::Claim;
use super::number::{money_rounded, percent};
use super::verdict::{Emphasis, Part, Sentence, plain_text};
use super::{input, plan};
use crate::model::decision::{About, Decision};
use crate::model::payoff::Payoff;
use crate::model::workspace::Workspace;

/// What a decision is about: "Renewal commission", "The plan".
pub const fn subject(about: About) -> &'static str {
    match about {
        About::Plan => "The plan",
        About::Number(input) => input.bounds().label,
    }
}

/// What stands there now, in the words in which a decision keeps it: a number or its range as shown; a plan in short, with
/// what it leads to where that is known and the plan has no rules beside its rates, since what `payoff` says leaves them out.
pub fn stated(about: About, workspace: &Workspace, payoff: Option<&Payoff>) -> String {
    plain_text(&stating(about, workspace, payoff))
}

/// The same, with figures that open.
pub fn stating(about: About, workspace: &Workspace, payoff: Option<&Payoff>) -> Vec<Part> {
    let About::Number(input) = about else {
        let told = Sentence::default().say(plan::in_short(&workspace.plan));
        let counts = |payoff: &&Payoff| payoff.annual_value > 0.0 && workspace.plan.rules_on() == 0;
        let Some(payoff) = payoff.filter(counts) else { return told.0 };
        let headline = payoff.headline();
        let [seller, company] = [headline.seller_share, headline.company_share].map(|share| percent(share, 0));
        return told
            .say(": sellers give customers ")
            .claim(seller, Emphasis::None, Claim::SellerShare)
            .say(", the company would want ")
            .claim(company, Emphasis::None, Claim::CompanyShare)
            .say(", gap ")
            .claim(money_rounded(headline.gap), Emphasis::None, Claim::Gap)
            .0;
    };
    Sentence::default().say(input::shown_in(input, workspace)).0
}

/// What stands there now where it is not what stood there then; the figures that a plan leads to are left aside.
pub fn stated_now(decision: &Decision, workspace: &Workspace) -> Option<String> {
    let now = stated(decision.about, workspace, None);
    let is_same = decision.stated.strip_prefix(&now).is_some_and(|rest| rest.is_empty() || rest.starts_with(": "));
    (!is_same).then_some(now)
}

/// For beside a number: "“As last year.” Ada, 2026-11-29".
pub fn in_a_line(decision: &Decision) -> String {
    let Decision { on, why, who, .. } = decision;
    if who.is_empty() { format!("“{why}” {on}") } else { format!("“{why}” {who}, {on}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bounds::Input;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, payoff};
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn decision(about: About, stated: &str) -> Decision {
        let (why, who) = ("As last year.".to_owned(), "Ada".to_owned());
        Decision { on: "2026-11-29".parse().unwrap(), nth: 1, about, stated: stated.to_owned(), why, who }
    }

    #[test]
    fn what_stands_there_is_told_in_words() {
        let mut workspace = sample();
        let rate = About::Number(Input::RenewalCommission);
        assert_eq!((subject(rate), stated(rate, &workspace, None).as_str()), ("Renewal commission", "2%"));
        let answer = payoff(&workspace, &Question::default()).unwrap();
        let told = stated(About::Plan, &workspace, Some(&answer));
        let short = plan::in_short(&workspace.plan);
        assert!(told.starts_with(&format!("{short}: sellers give customers ")), "{told}");
        assert!(told.ends_with(&format!("gap {}", money_rounded(answer.gap))), "{told}");
        workspace.plan.rules.push(Rule::new(RuleKind::Cap));
        assert_eq!(stated(About::Plan, &workspace, Some(&answer)), plan::in_short(&workspace.plan));
    }

    #[test]
    fn only_another_number_is_told_beside_the_one_that_stood_there() {
        let workspace = sample();
        let rate = About::Number(Input::RenewalCommission);
        assert_eq!(stated_now(&decision(rate, "2%"), &workspace), None);
        assert_eq!(stated_now(&decision(rate, "2.5%"), &workspace).as_deref(), Some("2%"));
        let short = plan::in_short(&workspace.plan);
        assert_eq!(stated_now(&decision(About::Plan, &format!("{short}: and so on")), &workspace), None);
        assert_eq!(stated_now(&decision(About::Plan, &format!("{short} · $9 base")), &workspace), Some(short));
    }

    #[test]
    fn a_line_names_who_and_when() {
        let mut it = decision(About::Plan, "");
        assert_eq!(in_a_line(&it), "“As last year.” Ada, 2026-11-29");
        it.who.clear();
        assert_eq!(in_a_line(&it), "“As last year.” 2026-11-29");
    }
}
