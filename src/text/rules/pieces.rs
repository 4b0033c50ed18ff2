//! The sentences of the rules.

use crate::model::rules::RuleKind;

/// A piece of the sentence of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulePiece {
    /// Words.
    Words(&'static str),
    /// What the rule is about.
    About(&'static str),
    /// The number in this place.
    Number(usize),
    /// The period, which can be chosen.
    Period,
}

/// The sentence of a rule.
pub const fn pieces(kind: RuleKind) -> &'static [RulePiece] {
    use RulePiece::{About, Number, Period, Words};
    match kind {
        RuleKind::TierAbove => &[
            Words("On what is won "),
            About("beyond"),
            Words(" "),
            Number(0),
            Words(" in a "),
            Period,
            Words(" pay "),
            Number(1),
            Words(" more."),
        ],
        RuleKind::TierOnAll => &[
            Words("Once "),
            Number(0),
            Words(" is won in a "),
            Period,
            Words(" pay "),
            Number(1),
            Words(" more on "),
            About("all of it"),
            Words("."),
        ],
        RuleKind::RenewalAboveFloor => &[
            Words("Pay "),
            Number(1),
            Words(" more on what "),
            About("renews above"),
            Words(" "),
            Number(0),
            Words(" of what is due in a "),
            Period,
            Words("."),
        ],
        RuleKind::RetentionBonus => &[
            Words("Pay a "),
            About("retention bonus"),
            Words(" of "),
            Number(0),
            Words(" for each "),
            Period,
            Words(" in which at least "),
            Number(1),
            Words(" of what is due renews."),
        ],
        RuleKind::WinBonus => &[
            Words("Pay a "),
            About("bonus"),
            Words(" of "),
            Number(0),
            Words(" for each "),
            Period,
            Words(" in which at least "),
            Number(1),
            Words(" is won."),
        ],
        RuleKind::LongContract => &[
            Words("Pay "),
            Number(1),
            Words(" more for "),
            About("contracts"),
            Words(" of "),
            Number(0),
            Words(" months or longer."),
        ],
        RuleKind::FirstMonths => &[
            Words("In the "),
            About("first"),
            Words(" "),
            Number(0),
            Words(" months pay "),
            Number(1),
            Words(" more for each account won."),
        ],
        RuleKind::WinBack => &[Words("Pay "), Number(0), Words(" more for customers "), About("won back"), Words(".")],
        RuleKind::EachWin => &[Words("Pay "), Number(0), Words(" more for "), About("each account"), Words(" won.")],
        RuleKind::EachReferral => {
            &[Words("Pay "), Number(0), Words(" more for each account that "), About("a customer sent"), Words(".")]
        }
        RuleKind::SourceStays => &[
            Words("Referrals pay "),
            About("only while"),
            Words(" the customer who sent the account is still one on the day of the sale."),
        ],
        RuleKind::EachTouch => &[
            Words("Pay "),
            Number(0),
            Words(" for "),
            About("each touch"),
            Words(" that is logged, of which an hour with customers makes "),
            Number(1),
            Words("."),
        ],
        RuleKind::TouchBonus => &[
            Words("Pay a bonus of "),
            Number(0),
            Words(" for each "),
            Period,
            Words(" in which at least "),
            Number(1),
            Words(" "),
            About("touches"),
            Words(" are logged, of which an hour with customers makes "),
            Number(2),
            Words("."),
        ],
        RuleKind::Objectives => &[
            Words("Pay up to "),
            Number(0),
            Words(" for the "),
            About("objectives"),
            Words(" of a "),
            Period,
            Words(": "),
            Number(1),
            Words(" of it if at least "),
            Number(2),
            Words(" of what is due renews, "),
            Number(3),
            Words(" if at least "),
            Number(4),
            Words(" reviews are logged, of which an hour with customers makes "),
            Number(5),
            Words(", and the rest if at least "),
            Number(6),
            Words(" is won."),
        ],
        RuleKind::RenewalMargin => {
            &[Words("Pay "), Number(0), Words(" more of the "), About("gross margin"), Words(" of what renews.")]
        }
        RuleKind::NewMargin => {
            &[Words("Pay "), Number(0), Words(" more of the "), About("gross margin"), Words(" of what is won.")]
        }
        RuleKind::Cap => &[
            Words("The rate on new business pays "),
            About("at most"),
            Words(" "),
            Number(0),
            Words(" in a "),
            Period,
            Words("."),
        ],
        RuleKind::RetentionGate => &[
            Words("The rate on new business pays "),
            About("only if"),
            Words(" at least "),
            Number(0),
            Words(" of what is due in the "),
            Period,
            Words(" renews."),
        ],
        RuleKind::Threshold => &[
            Words("The rate on new business pays "),
            About("only in"),
            Words(" a "),
            Period,
            Words(" in which at least "),
            Number(0),
            Words(" is won."),
        ],
        RuleKind::RetentionFactor => &[
            Words("Where less than "),
            Number(0),
            Words(" of what is due in a "),
            Period,
            Words(" renews, the rate on new business pays "),
            Number(1),
            Words(" of "),
            About("its commission"),
            Words("."),
        ],
        RuleKind::Clawback => &[
            Words("If an account leaves within "),
            Number(0),
            Words(" months, "),
            About("take back"),
            Words(" all that the rate on new business paid for it."),
        ],
        RuleKind::ClawbackProRata => &[
            Words("If an account leaves within "),
            Number(0),
            Words(" months, "),
            About("take back"),
            Words(" what the rate on new business paid for the months left."),
        ],
        RuleKind::Draw => {
            &[Words("Advance "), Number(0), Words(" a month, "), About("kept back"), Words(" from later commission.")]
        }
        RuleKind::Guarantee => {
            &[Words("Pay "), About("at least"), Words(" "), Number(0), Words(" a month, never owed back.")]
        }
        RuleKind::OnCash => &[
            Words("The rate on new business pays when the "),
            About("customer pays"),
            Words(", "),
            Number(0),
            Words(" months after the sale."),
        ],
        RuleKind::BelowTarget => &[
            Words("Until "),
            Number(0),
            Words(" is won in a "),
            Period,
            Words(", the rate on new business pays "),
            About("only"),
            Words(" "),
            Number(1),
            Words(" of its commission."),
        ],
        RuleKind::WeightedQuotas => &[
            Words("Once "),
            About("two quotas together"),
            Words(" are reached in a "),
            Period,
            Words(", "),
            Number(0),
            Words(" won, which weighs "),
            Number(1),
            Words(", and "),
            Number(2),
            Words(" renewed, which weighs the rest, pay "),
            Number(3),
            Words(" more commission on all new business of that period."),
        ],
        RuleKind::SharedWins => &[
            Words("Of what the rate on new business pays, "),
            Number(0),
            Words(" is the seller’s; a "),
            About("colleague"),
            Words(" has the rest."),
        ],
        RuleKind::HandOver => &[
            Words("Of what renewals and upsell pay, "),
            Number(0),
            Words(" is the seller’s until "),
            Number(1),
            Words(" months after the sale, and "),
            Number(2),
            Words(" after the "),
            About("hand-over"),
            Words(" to a colleague."),
        ],
        RuleKind::RampGuarantee => &[
            Words("In the "),
            About("first"),
            Words(" "),
            Number(1),
            Words(" months pay at least "),
            Number(0),
            Words(" a month, never owed back."),
        ],
        RuleKind::ClawbackLimit => {
            &[Words("Take back "), About("at most"), Words(" "), Number(0), Words(" of what a month pays.")]
        }
        RuleKind::ClawbackTable => &[
            Words("If an account leaves, "),
            About("take back"),
            Words(" of what the rate on new business paid for it: "),
            Number(0),
            Words(" within "),
            Number(1),
            Words(" months, "),
            Number(2),
            Words(" within "),
            Number(3),
            Words(", "),
            Number(4),
            Words(" within "),
            Number(5),
            Words(" and "),
            Number(6),
            Words(" within "),
            Number(7),
            Words(" months."),
        ],
    }
}
