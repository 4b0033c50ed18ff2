//! What a card offers beside its rule: a number from the user's own records, or another way to pay for the same thing.

use super::choice;
use crate::model::payoff::Payoff;
use crate::model::plan::{Plan, QuotaRule};
use crate::model::rules::{Rule, RuleKind};
use crate::model::workspace::Workspace;
use crate::text::arithmetic::records::retained as retained_arithmetic;
use crate::text::arithmetic::{Arithmetic, bonus_arithmetic, stake_arithmetic};
use crate::text::number::{money, rate};
use crate::text::own_book::Retained;
use crate::text::plan_checks::won_a_period;
use crate::text::verdict::{Emphasis, Part, Sentence};

/// Another rule in the place of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Why, in a sentence with one marked figure.
    pub says: Vec<Part>,
    /// Accounts for that figure.
    pub arithmetic: Arithmetic,
    /// What is on the button.
    pub label: &'static str,
    /// The rule that comes of it.
    pub rule: Rule,
}

/// The place of the part of what is due that a rule asks for, if it does.
pub const fn due_place(kind: RuleKind) -> Option<usize> {
    match kind {
        RuleKind::RenewalAboveFloor | RuleKind::RetentionGate | RuleKind::RetentionFactor => Some(0),
        RuleKind::RetentionBonus => Some(1),
        RuleKind::Objectives => Some(2),
        _ => None,
    }
}

/// The part of what is due as the user's own records have it; nothing for a rule that does not ask for one.
pub fn from_records(rule: &Rule, retained: &Retained) -> Option<Offer> {
    let says = Sentence::default()
        .say("Of what came due in the last five years ")
        .mark(rate(retained.part(), 2), Emphasis::Figure)
        .say(" was renewed, by the dates of your accounts.");
    Some(Offer {
        says: says.0,
        arithmetic: retained_arithmetic(retained),
        label: "Take that part",
        rule: rule.with(due_place(rule.kind())?, retained.part()).ok()?,
    })
}

/// Multiplied as a bonus that is added, and a bonus as a part of new pay that is multiplied: with as much at stake, at the sellers'
/// best split under the rates. Nothing for other rules, and where new business pays nothing or less than the bonus.
pub fn other_way(rule: &Rule, workspace: &Workspace, payoff: &Payoff) -> Option<Offer> {
    let over = QuotaRule { period: rule.period, ..workspace.plan.quota };
    let plan = Plan { quota: over, ..workspace.plan.clone() };
    let commission = won_a_period(payoff, &plan) * plan.new_business.get();
    let of_period = Workspace { plan, ..workspace.clone() };
    let period = choice::period(rule.period);
    let (one, other) = (rule.number(0), rule.number(1));
    match rule.kind() {
        RuleKind::RetentionFactor if commission > 0.0 => {
            let stake = libm::round(commission * (1.0 - other));
            let says = Sentence::default()
                .say("It multiplies: where too little renews it takes some ")
                .mark(money(stake, 0), Emphasis::Seller)
                .say(format!(
                    " a {period} off what new business pays. A bonus of as much would be added to it instead."
                ));
            let bonus = Rule::from_numbers(RuleKind::RetentionBonus, &[stake, one])?;
            Some(Offer {
                says: says.0,
                arithmetic: stake_arithmetic(1.0 - other, &of_period, payoff).told_as(money(stake, 0)),
                label: "Add it as a bonus",
                rule: bonus.over(rule.period).switched(rule.is_on),
            })
        }
        RuleKind::RetentionBonus if commission > 0.0 && one <= commission => {
            let part = libm::round(1e3 * one / commission) / 1e3;
            let says = Sentence::default()
                .say("It is added, ")
                .mark(rate(part, 2), Emphasis::Seller)
                .say(format!(" of what the rate on new business pays in a {period}, however much is won."));
            let factor = Rule::from_numbers(RuleKind::RetentionFactor, &[other, 1.0 - part])?;
            Some(Offer {
                says: says.0,
                arithmetic: bonus_arithmetic(one, &of_period, payoff).told_as(rate(part, 2)),
                label: "Multiply new business by it",
                rule: factor.over(rule.period).switched(rule.is_on),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::pay::PlanPeriod;
    use crate::model::payoff::{Question, payoff};
    use crate::model::sample::sample_workspace;
    use crate::text::own_book::retained;
    use crate::text::verdict::plain_text;

    #[test]
    fn a_multiplier_becomes_a_bonus_of_as_much_and_back() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let answer = payoff(&workspace, &Question::default()).unwrap();
        let factor = Rule::from_numbers(RuleKind::RetentionFactor, &[0.8, 0.6]).unwrap().over(PlanPeriod::Quarter);
        let offer = other_way(&factor, &workspace, &answer).unwrap();
        // Two fifths of 10 % of what is won in three months.
        let won: f64 = answer.seller_course.wins.iter().take(12).sum::<f64>() * 12_000.0 / 4.0;
        assert_eq!((offer.rule.kind(), offer.rule.period), (RuleKind::RetentionBonus, PlanPeriod::Quarter));
        assert!((offer.rule.number(0) - 0.4 * 0.10 * won).abs() <= 0.5 && offer.rule.number(1) == 0.8, "{offer:?}");
        assert!((offer.arithmetic.line.value - offer.rule.number(0)).abs() <= 0.5, "{:?}", offer.arithmetic);
        assert!(plain_text(&offer.says).contains(&offer.arithmetic.figure));
        let back = other_way(&offer.rule, &workspace, &answer).unwrap();
        assert!((back.rule.number(1) - 0.6).abs() < 5e-4 && back.rule.number(0) == 0.8, "{back:?}");
        assert!(plain_text(&back.says).contains(&back.arithmetic.figure));
        // A bonus beyond all that new business pays is none of its parts; without new pay there is nothing to multiply.
        let large = Rule::from_numbers(RuleKind::RetentionBonus, &[1e6, 0.8]).unwrap();
        assert_eq!(other_way(&large, &workspace, &answer), None);
        let mut unpaid = workspace.clone();
        unpaid.plan = unpaid.plan.with_rates(0.0, 0.02);
        assert_eq!(other_way(&factor, &unpaid, &answer), None);
        assert_eq!(other_way(&Rule::new(RuleKind::Cap), &workspace, &answer), None);
    }

    #[test]
    fn the_part_of_what_is_due_comes_from_the_records() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let mut book = workspace.book.clone();
        let as_of = workspace.as_of.plus(24);
        assert_eq!(retained(book.accounts.iter(), workspace.as_of), None, "no contract of the sample has ended yet");
        let all = retained(book.accounts.iter(), as_of).unwrap();
        assert_eq!(all.part(), 1.0);
        for account in book.accounts.iter_mut().take(8) {
            account.lose("2028-10-15".parse().unwrap(), String::new());
        }
        let kept = retained(book.accounts.iter(), as_of).unwrap();
        assert!(kept.part() < 1.0 && kept.part() > 0.5, "{kept:?}");
        for kind in RuleKind::ALL {
            let (rule, place) = (Rule::new(kind), due_place(kind));
            let offer = from_records(&rule, &kept);
            assert_eq!(offer.as_ref().map(|it| it.rule.number(place.unwrap_or(0))), place.map(|_| kept.part()));
            if let Some(offer) = offer {
                assert_eq!((offer.rule.kind(), offer.arithmetic.figure), (kind, rate(kept.part(), 2)));
            }
        }
    }
}
