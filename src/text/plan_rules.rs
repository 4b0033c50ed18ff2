//! The plan as sentences in which every number is one that can be changed.

use super::choice;
use super::claim::Claim;
use super::number::{CURRENCY, money_rounded, percent, plain};
use super::verdict::{Emphasis, Part, Sentence};
use crate::model::bounds::{Input, Unit};
use crate::model::payoff::PaidForAnyway;
use crate::model::plan::Plan;
use crate::model::workspace::Workspace;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words.
    Words(&'static str),
    /// What the rule is about.
    About(&'static str),
    /// A number that can be changed where it stands.
    Number(Input),
    /// The period of the quota, which can be chosen.
    QuotaPeriod,
}

/// One rule of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The sentence.
    pub pieces: Vec<Piece>,
    /// What comes of it, in small type below; may be empty.
    pub note: Vec<Part>,
}

impl Rule {
    /// The sentence as plain text.
    pub fn plain(&self, workspace: &Workspace) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::About(words) => (*words).to_owned(),
            Piece::Number(input) => format!("{}{}{}", before(*input), number_box(*input, workspace), after(*input)),
            Piece::QuotaPeriod => choice::period(workspace.plan.quota.period).to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }
}

/// The number or range that stands in a sentence: thousands apart, no sign of currency or percent.
pub fn number_box(input: Input, workspace: &Workspace) -> String {
    match super::input::typed_range(input, workspace) {
        None if input.bounds().unit == Unit::Money => plain(workspace.get(input), 2),
        range => range.unwrap_or_else(|| super::input::typed(input, workspace.get(input))),
    }
}

/// What stands before the number.
pub const fn before(input: Input) -> &'static str {
    if let Unit::Money = input.bounds().unit { CURRENCY } else { "" }
}

/// What stands behind it.
pub const fn after(input: Input) -> &'static str {
    if let Unit::Percent = input.bounds().unit { "%" } else { "" }
}

/// The rules of the plan in use, in the order in which they matter; `paid` is this year's renewal commission by what it buys.
pub fn rules(workspace: &Workspace, paid: Option<&PaidForAnyway>) -> Vec<Rule> {
    use Piece::{About, Number, QuotaPeriod, Words};
    let plan = &workspace.plan;
    let new_business = Rule {
        pieces: vec![
            Words("Pay "),
            Number(Input::NewBusinessCommission),
            Words(" of annual value for "),
            About("new business"),
            Words(", and "),
            Number(Input::Accelerator),
            Words(" times as much on the part above "),
            Number(Input::Quota),
            Words(" a "),
            QuotaPeriod,
            Words("."),
        ],
        note: quota_note(plan),
    };
    let renewal = Rule {
        pieces: vec![
            Words("Pay "),
            Number(Input::RenewalCommission),
            Words(" of annual value when a customer "),
            About("renews"),
            Words(", from contract year 2."),
        ],
        note: paid.map_or_else(Vec::new, free_note),
    };
    let years = Rule {
        pieces: vec![
            Words("In contract year 3 that is "),
            Number(Input::RenewalYear3),
            Words(", in year 4 "),
            Number(Input::RenewalYear4),
            Words(", from year 5 on "),
            Number(Input::RenewalYear5),
            Words("; a renewal within the first year pays "),
            Number(Input::RenewalYear1),
            Words("."),
        ],
        note: words("A first yearly renewal opens contract year 2."),
    };
    let referral = Rule {
        pieces: vec![
            Words("Add "),
            Number(Input::ReferralCommission),
            Words(" for business "),
            About("referred"),
            Words(" by a customer."),
        ],
        note: words("On top of the rate for new business."),
    };
    let upsell = Rule {
        pieces: vec![
            Words("Pay "),
            Number(Input::UpsellCommission),
            Words(" of the increase when a customer "),
            About("renews for more"),
            Words("."),
        ],
        note: if workspace.get(Input::UpsellGrowth) == 0.0 {
            words("No customer renews for more until you say how much, under More assumptions on the Payoff page.")
        } else {
            Vec::new()
        },
    };
    vec![new_business, renewal, years, referral, upsell]
}

/// What the other reading of the quota would pay: the multiple on everything, once the quota is reached.
fn quota_note(plan: &Plan) -> Vec<Part> {
    let quota = &plan.quota;
    if !quota.counts() {
        return words("At 1 times as much there is no accelerator: every sale pays alike.");
    }
    let on_everything = (quota.multiplier - 1.0) * plan.new_business.get() * quota.target;
    let more = if on_everything < 0.0 { "less" } else { "more" };
    let rate = if quota.multiplier < 1.0 { "lower" } else { "higher" };
    Sentence::default()
        .say(format!(
            "Each slice at its own rate. Were the {rate} rate on everything once the quota is reached, reaching it would pay "
        ))
        .claim(money_rounded(on_everything.abs()), Emphasis::Seller, Claim::QuotaStep)
        .say(format!(" {more} at once."))
        .0
}

fn free_note(paid: &PaidForAnyway) -> Vec<Part> {
    let all = paid.free + paid.won;
    if all < 0.5 {
        return Vec::new();
    }
    Sentence::default()
        .claim(percent(paid.free / all, 0), Emphasis::Figure, Claim::FreePart)
        .say(" of it, ")
        .claim(money_rounded(paid.free), Emphasis::Seller, Claim::FreeRenewalPay)
        .say(", is paid this year for renewals that need no one.")
        .0
}

fn words(words: impl Into<String>) -> Vec<Part> {
    Sentence::default().say(words).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::sample::sample_workspace;
    use crate::text::verdict::plain_text;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    #[test]
    fn rules_are_sentences_with_the_numbers_of_the_plan() {
        let mut workspace = sample();
        let paid = PaidForAnyway { free: 5_760.0, won: 2_590.0 };
        let told = rules(&workspace, Some(&paid));
        assert_eq!(
            told[0].plain(&workspace),
            "Pay 10% of annual value for new business, and 1 times as much on the part above $100,000 a year."
        );
        assert_eq!(plain_text(&told[0].note), "At 1 times as much there is no accelerator: every sale pays alike.");
        assert_eq!(told[1].plain(&workspace), "Pay 2% of annual value when a customer renews, from contract year 2.");
        assert_eq!(plain_text(&told[1].note), "69% of it, $5,760, is paid this year for renewals that need no one.");
        assert_eq!(told.len(), 5);
        // Every number of the plan can be changed in one of the sentences, and none in two.
        let mut numbers: Vec<Input> = told
            .iter()
            .flat_map(|rule| &rule.pieces)
            .filter_map(|piece| match piece {
                Piece::Number(input) => Some(*input),
                _ => None,
            })
            .collect();
        let count = numbers.len();
        numbers.dedup();
        assert_eq!((count, numbers.len()), (10, 10));

        workspace.plan.quota.multiplier = 1.25;
        workspace.plan.quota.target = 420_000.0;
        assert!(plain_text(&rules(&workspace, None)[0].note).ends_with("reaching it would pay $10,500 more at once."));
        workspace.plan.quota.multiplier = 0.5;
        assert!(plain_text(&rules(&workspace, None)[0].note).contains("Were the lower rate on everything"));
        assert!(rules(&workspace, Some(&PaidForAnyway { free: 0.0, won: 0.0 }))[1].note.is_empty());
    }
}
