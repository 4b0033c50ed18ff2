//! The rules beside a plan's rates: a sentence for each, in which its numbers are changed, and what they do.

mod offer;
mod outcome;
mod pieces;

use super::choice;
use super::input::{self, Unreadable};
use super::number::{counted, money, money_rounded, plain, rate};
use super::verdict::{Emphasis, Part, Sentence};
use crate::model::plan::Plan;
use crate::model::ruled_plan::LeftOut;
use crate::model::rules::{Rule, RuleKind, RuleUnit};

pub use offer::{Offer, due_place, from_records, other_way};
pub use outcome::{agreement_words, of_rates_alone, on_edges, outcome_words, rates_alone, same_pay_elsewhere};
pub use pieces::{RulePiece, pieces};

/// What the number in this place is, for a label.
pub const fn number_label(kind: RuleKind, place: usize) -> &'static str {
    match (kind, place) {
        (
            RuleKind::TierAbove
            | RuleKind::TierOnAll
            | RuleKind::Threshold
            | RuleKind::BelowTarget
            | RuleKind::WeightedQuotas,
            0,
        )
        | (RuleKind::WinBonus, 1) => "Annual value to be won",
        (RuleKind::WeightedQuotas, 1) => "Weight of what is won",
        (RuleKind::WeightedQuotas, 2) => "Annual value to be renewed",
        (RuleKind::WeightedQuotas, 3) => "Part of the commission that comes on top",
        (RuleKind::SharedWins, _) | (RuleKind::HandOver, 0) => "The seller’s part",
        (RuleKind::HandOver, 1) => "Months after the sale",
        (RuleKind::HandOver, _) => "The seller’s part after the hand-over",
        (RuleKind::ClawbackTable, 0) => "Part that is taken back first",
        (RuleKind::ClawbackTable, 1) => "Months of the first part",
        (RuleKind::ClawbackTable, 2) => "Part that is taken back second",
        (RuleKind::ClawbackTable, 3) => "Months of the second part",
        (RuleKind::ClawbackTable, 4) => "Part that is taken back third",
        (RuleKind::ClawbackTable, 5) => "Months of the third part",
        (RuleKind::ClawbackTable, 6) => "Part that is taken back last",
        (RuleKind::ClawbackTable, _) => "Months of the last part",
        (RuleKind::RetentionBonus | RuleKind::WinBonus, 0) => "Bonus",
        (RuleKind::RetentionBonus, 1)
        | (RuleKind::RenewalAboveFloor | RuleKind::RetentionGate | RuleKind::RetentionFactor, 0) => {
            "Part of what is due that renews"
        }
        (RuleKind::EachReferral, _) => "Pay for an account sent by a customer",
        (RuleKind::EachTouch, 0) => "Pay for a touch",
        (RuleKind::EachTouch, _) | (RuleKind::TouchBonus, 2) => "Touches that an hour makes",
        (RuleKind::TouchBonus, 0) => "Bonus",
        (RuleKind::TouchBonus, _) => "Touches",
        (RuleKind::Objectives, 0) => "Pay if all objectives are met",
        (RuleKind::Objectives, 1) => "Weight of renewals",
        (RuleKind::Objectives, 2) => "Part of what is due that renews",
        (RuleKind::Objectives, 3) => "Weight of reviews",
        (RuleKind::Objectives, 4) => "Reviews",
        (RuleKind::Objectives, 5) => "Reviews that an hour makes",
        (RuleKind::Objectives, _) => "Annual value to be won",
        (RuleKind::RetentionFactor | RuleKind::BelowTarget, 1) => "Part of the commission that is paid",
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
        (RuleKind::Guarantee, _) | (RuleKind::RampGuarantee, 0) => "Least pay a month",
        (RuleKind::RampGuarantee, _) => "Months",
        (RuleKind::ClawbackLimit, _) => "Part of a month’s pay",
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
        RuleKind::BelowTarget => "A decelerator: a lower rate until an amount is won",
        RuleKind::WeightedQuotas => "More on all new business, once two weighted quotas are reached",
        RuleKind::SharedWins => "A split: new business shared with a colleague",
        RuleKind::HandOver => "A hand-over: renewals go to a colleague",
        RuleKind::ClawbackTable => "Clawback: by a table of months",
        RuleKind::RampGuarantee => "A ramp guarantee, for the first months",
        RuleKind::ClawbackLimit => "Clawback: a limit to what a month gives back",
        RuleKind::EachReferral => "A sum for each account that a customer sent",
        RuleKind::SourceStays => "Referrals pay only while their sender stays",
        RuleKind::EachTouch => "A sum for each touch with a customer",
        RuleKind::TouchBonus => "A bonus for a number of touches",
        RuleKind::Objectives => "Objectives with weights (MBO)",
    }
}

/// The kinds to choose from, under headings.
pub const GROUPS: [(&str, &[RuleKind]); 5] = [
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
            RuleKind::WeightedQuotas,
        ],
    ),
    (
        "Referrals, touches and objectives",
        &[
            RuleKind::EachReferral,
            RuleKind::SourceStays,
            RuleKind::EachTouch,
            RuleKind::TouchBonus,
            RuleKind::Objectives,
        ],
    ),
    (
        "Limits of new business",
        &[
            RuleKind::Cap,
            RuleKind::RetentionGate,
            RuleKind::Threshold,
            RuleKind::RetentionFactor,
            RuleKind::BelowTarget,
        ],
    ),
    ("Shared with a colleague", &[RuleKind::SharedWins, RuleKind::HandOver]),
    (
        "When it is paid",
        &[
            RuleKind::Clawback,
            RuleKind::ClawbackProRata,
            RuleKind::ClawbackTable,
            RuleKind::ClawbackLimit,
            RuleKind::Draw,
            RuleKind::Guarantee,
            RuleKind::RampGuarantee,
            RuleKind::OnCash,
        ],
    ),
];

/// The number as it stands in its box: no sign of currency or percent.
pub fn number_box(rule: &Rule, place: usize) -> String {
    let number = rule.number(place);
    match rule.bounds(place) {
        Some((RuleUnit::Part, ..)) => plain(100.0 * number, 4),
        Some((RuleUnit::Money, ..)) => plain(number, 2),
        Some((RuleUnit::AnHour, ..)) => plain(number, 4),
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
        RuleUnit::Count | RuleUnit::AnHour => plain(number, 0),
    };
    rule.with(place, typed / scale).map_err(|_| Unreadable::OutOfRange { least: shown(least), most: shown(most) })
}

/// What comes of a rule, in small type below it; may be empty. What reaching its amount would pay is marked.
pub fn note(rule: &Rule) -> Vec<Part> {
    let at_once = || money_rounded(rule.number(0) * rule.number(1));
    let marked = |start: &str, end: &str| Sentence::default().say(start).mark(at_once(), Emphasis::Seller).say(end).0;
    match rule.kind() {
        RuleKind::TierAbove => marked(
            "Each slice at its own rate. If it held for everything once it is reached, reaching it would pay ",
            " more at once.",
        ),
        RuleKind::TierOnAll => marked(
            "A cliff: the sale that reaches it pays ",
            " more at once, so sales wait for it. Beyond it only, nothing would jump.",
        ),
        _ => match plain_note(rule) {
            words if words.is_empty() => Vec::new(),
            words => Sentence::default().say(words).0,
        },
    }
}

/// What comes of a rule, where no figure says it.
fn plain_note(rule: &Rule) -> String {
    let period = choice::period(rule.period);
    match rule.kind() {
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
        RuleKind::BelowTarget => "Each slice at its own rate, so nothing jumps where it is reached.".to_owned(),
        RuleKind::WeightedQuotas => format!(
            "A cliff: what reaches both together lifts all of the {period}. What one falls short by, the other can make up for."
        ),
        RuleKind::SharedWins | RuleKind::HandOver => {
            "The company pays both, as if one person had both roles: its figures count the colleague’s part, too."
                .to_owned()
        }
        RuleKind::EachTouch => {
            "Paid whether it keeps anybody or not. A forecast counts the hours with customers, a statement what is logged."
                .to_owned()
        }
        RuleKind::TouchBonus => format!(
            "A cliff: the touch that reaches it brings the whole bonus, whatever it is worth to the customer. A forecast counts the \
             hours with customers, a statement what is logged; beyond it the next {period} comes first."
        ),
        RuleKind::Objectives => {
            let too_much = if rule.number(1) + rule.number(3) > 1.0 {
                " The weights come to more than all of it: reviews have what renewals leave, and what is won has none."
            } else {
                ""
            };
            format!(
                "Cliffs: each objective is met in full or not at all; a {period} in which nothing is due counts as renewed. A forecast \
                 counts reviews by the hours with customers, a statement those that are logged.{too_much}"
            )
        }
        RuleKind::SourceStays => {
            "A statement looks up who sent each account; where nobody is named, whoever did counts as staying. A forecast has only \
             referrals from customers that stay."
                .to_owned()
        }
        RuleKind::ClawbackLimit => "What is not taken back then is taken from later months.".to_owned(),
        RuleKind::ClawbackTable => {
            "Each part holds until its month; a month no later than the one before it is ignored.".to_owned()
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
            | RuleKind::WeightedQuotas
            | RuleKind::TouchBonus
            | RuleKind::Objectives
    )
}

/// Why a rule that is on pays nothing.
pub const fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Twice => "Left out: a rule before it does the same, and only one can. Switch one of them off.",
        LeftOut::Multiplied => {
            "Left out: the quota of the rates, or a rule before it, already multiplies new business. Set the accelerator to 1, or \
             switch that rule off; a lower rate can stand below the quota, over the same period."
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pay::PlanPeriod;
    use crate::text::verdict::plain_text;

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
            let note = plain_text(&note(&Rule::new(kind)));
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
}
