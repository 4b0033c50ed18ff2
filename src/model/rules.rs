//! Further rules of a plan, beside its flat rates: tiers, bonuses, limits, conditions, clawback and draws.
//!
//! A rule is a [`RuleKind`] and the numbers that its sentence leaves open, if any, eight at most, so that it can be stored, shared and
//! changed as numbers, and read by anybody. [`super::flat_plan::components`] turns rates and rules into the components
//! that the evaluator of [`super::pay`] pays by; the terms are those of any plan there (WorldatWork's glossary of sales
//! compensation; model notes on plan mechanics).

use super::pay::PlanPeriod;
use super::quantity::OutOfRange;

/// The most rules of a plan.
pub const MOST_RULES: usize = 12;
/// The most numbers of a rule.
pub const MOST_NUMBERS: usize = 8;

/// What kind of number a rule leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleUnit {
    /// A part of an amount or of what is due, 0 to 1.
    Part,
    /// An amount, 0 to 1,000,000,000 money.
    Money,
    /// Whole months, 1 to 60.
    Months,
    /// A whole number of touches, 1 to 100,000.
    Count,
    /// How many touches an hour with customers makes, 0 to 60.
    AnHour,
}

impl RuleUnit {
    /// The least and the greatest number.
    pub const fn range(self) -> (f64, f64) {
        match self {
            RuleUnit::Part => (0.0, 1.0),
            RuleUnit::Money => (0.0, 1e9),
            RuleUnit::Months => (1.0, 60.0),
            RuleUnit::Count => (1.0, 1e5),
            RuleUnit::AnHour => (0.0, 60.0),
        }
    }
}

/// What a rule does. The order is that of stored numbers: new kinds come at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// What is won in a period beyond an amount pays a part of it more: marginal tiers.
    TierAbove,
    /// All that is won in a period pays a part of it more once an amount is reached: retroactive tiers.
    TierOnAll,
    /// A part of what is renewed above a part of what is due in a period.
    RenewalAboveFloor,
    /// A sum each period in which at least a part of what is due renews.
    RetentionBonus,
    /// A sum each period in which at least an amount is won.
    WinBonus,
    /// A part more for new contracts of at least so many months.
    LongContract,
    /// A sum for each account won in the first months: a SPIFF.
    FirstMonths,
    /// A part more for customers won back.
    WinBack,
    /// A sum for each account won.
    EachWin,
    /// A part of the gross margin of what is renewed.
    RenewalMargin,
    /// A part of the gross margin of what is won.
    NewMargin,
    /// The most that new business pays in a period.
    Cap,
    /// New business pays only where at least a part of what is due renews in a period.
    RetentionGate,
    /// New business pays only in a period in which at least an amount is won.
    Threshold,
    /// New business pays only a part where less than a part of what is due renews in a period.
    RetentionFactor,
    /// What new business paid is taken back if the account leaves within so many months.
    Clawback,
    /// Of what new business paid, the months that are left are taken back if the account leaves within so many.
    ClawbackProRata,
    /// An advance each month, kept back from later commission.
    Draw,
    /// At least so much each month, never owed.
    Guarantee,
    /// New business pays when the customer pays, so many months after the sale.
    OnCash,
    /// Until an amount is won in a period, new business pays only a part of its commission: a decelerator.
    BelowTarget,
    /// Once the weighted attainment of two quotas is full, one of what is won and one of what is renewed, all new business of the
    /// period pays a part more.
    WeightedQuotas,
    /// New business is shared with a colleague: a part of its commission is the seller's.
    SharedWins,
    /// Renewals and upsell are handed over: a part of their commission is the seller's until so many months after the sale, and
    /// another part from then on.
    HandOver,
    /// Of what new business paid, four parts are taken back by the months after which an account leaves.
    ClawbackTable,
    /// At least so much each of the first months, never owed.
    RampGuarantee,
    /// Clawback takes at most a part of what a month pays; the rest waits.
    ClawbackLimit,
    /// A sum for each account that a customer sent.
    EachReferral,
    /// Referrals pay only where the customer who sent the account is still one on the day of the sale.
    SourceStays,
    /// A sum for each touch with a customer.
    EachTouch,
    /// A sum each period in which at least so many touches are logged.
    TouchBonus,
    /// Management by objectives: a sum each period, by weights for what renews, for reviews with customers and for what is won.
    Objectives,
}

impl RuleKind {
    /// Every kind, in the order of stored numbers.
    pub const ALL: [RuleKind; 32] = [
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
        RuleKind::Cap,
        RuleKind::RetentionGate,
        RuleKind::Threshold,
        RuleKind::RetentionFactor,
        RuleKind::Clawback,
        RuleKind::ClawbackProRata,
        RuleKind::Draw,
        RuleKind::Guarantee,
        RuleKind::OnCash,
        RuleKind::BelowTarget,
        RuleKind::WeightedQuotas,
        RuleKind::SharedWins,
        RuleKind::HandOver,
        RuleKind::ClawbackTable,
        RuleKind::RampGuarantee,
        RuleKind::ClawbackLimit,
        RuleKind::EachReferral,
        RuleKind::SourceStays,
        RuleKind::EachTouch,
        RuleKind::TouchBonus,
        RuleKind::Objectives,
    ];

    /// The numbers that it leaves open, each with what it begins with.
    pub const fn numbers(self) -> &'static [(RuleUnit, f64)] {
        use RuleUnit::{AnHour, Count, Money, Months, Part};
        match self {
            RuleKind::TierAbove | RuleKind::TierOnAll => &[(Money, 100_000.0), (Part, 0.02)],
            RuleKind::RenewalAboveFloor => &[(Part, 0.60), (Part, 0.05)],
            RuleKind::RetentionBonus => &[(Money, 5_000.0), (Part, 0.90)],
            RuleKind::WinBonus => &[(Money, 5_000.0), (Money, 100_000.0)],
            RuleKind::LongContract => &[(Months, 24.0), (Part, 0.02)],
            RuleKind::FirstMonths => &[(Months, 3.0), (Money, 500.0)],
            RuleKind::WinBack => &[(Part, 0.05)],
            RuleKind::EachWin | RuleKind::EachReferral => &[(Money, 500.0)],
            RuleKind::SourceStays => &[],
            RuleKind::EachTouch => &[(Money, 2.0), (AnHour, 4.0)],
            RuleKind::TouchBonus => &[(Money, 1_000.0), (Count, 600.0), (AnHour, 4.0)],
            RuleKind::RenewalMargin | RuleKind::NewMargin => &[(Part, 0.05)],
            RuleKind::Cap => &[(Money, 50_000.0)],
            RuleKind::RetentionGate => &[(Part, 0.80)],
            RuleKind::Threshold => &[(Money, 50_000.0)],
            RuleKind::RetentionFactor => &[(Part, 0.80), (Part, 0.50)],
            RuleKind::Clawback => &[(Months, 6.0)],
            RuleKind::ClawbackProRata => &[(Months, 12.0)],
            RuleKind::Draw | RuleKind::Guarantee => &[(Money, 2_000.0)],
            RuleKind::OnCash => &[(Months, 2.0)],
            RuleKind::BelowTarget => &[(Money, 50_000.0), (Part, 0.50)],
            RuleKind::WeightedQuotas => &[(Money, 100_000.0), (Part, 0.60), (Money, 300_000.0), (Part, 0.50)],
            RuleKind::SharedWins => &[(Part, 0.60)],
            RuleKind::RampGuarantee => &[(Money, 2_000.0), (Months, 6.0)],
            RuleKind::ClawbackLimit => &[(Part, 0.50)],
            RuleKind::HandOver => &[(Part, 1.0), (Months, 24.0), (Part, 0.0)],
            RuleKind::Objectives => &[
                (Money, 10_000.0),
                (Part, 0.40),
                (Part, 0.90),
                (Part, 0.30),
                (Count, 24.0),
                (AnHour, 0.25),
                (Money, 100_000.0),
            ],
            RuleKind::ClawbackTable => &[
                (Part, 1.0),
                (Months, 6.0),
                (Part, 0.50),
                (Months, 12.0),
                (Part, 0.25),
                (Months, 18.0),
                (Part, 0.0),
                (Months, 24.0),
            ],
        }
    }

    /// Whether it is measured over a period that can be chosen.
    pub const fn has_period(self) -> bool {
        matches!(
            self,
            RuleKind::TierAbove
                | RuleKind::TierOnAll
                | RuleKind::RenewalAboveFloor
                | RuleKind::RetentionBonus
                | RuleKind::WinBonus
                | RuleKind::Cap
                | RuleKind::RetentionGate
                | RuleKind::Threshold
                | RuleKind::RetentionFactor
                | RuleKind::BelowTarget
                | RuleKind::WeightedQuotas
                | RuleKind::TouchBonus
                | RuleKind::Objectives
        )
    }

    /// The greatest number in this place: that of its unit, but for payment, which may take no longer than
    /// [`super::pay::MOST_COLLECTION_MONTHS`].
    const fn range(self, unit: RuleUnit) -> (f64, f64) {
        match self {
            RuleKind::OnCash => (1.0, super::pay::MOST_COLLECTION_MONTHS as f64),
            _ => unit.range(),
        }
    }
}

/// A rule of a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    kind: RuleKind,
    numbers: [f64; MOST_NUMBERS],
    /// Over what it is measured, if it [has a period](RuleKind::has_period).
    pub period: PlanPeriod,
    /// Whether it is in force; one that is not is kept, but pays nothing.
    pub is_on: bool,
}

impl Rule {
    /// The rule of that kind with the numbers that it begins with, over a year.
    pub fn new(kind: RuleKind) -> Rule {
        let mut numbers = [0.0; MOST_NUMBERS];
        for (number, (_, first)) in numbers.iter_mut().zip(kind.numbers()) {
            *number = *first;
        }
        Rule { kind, numbers, period: PlanPeriod::Year, is_on: true }
    }

    /// What it does.
    pub const fn kind(&self) -> RuleKind {
        self.kind
    }

    /// The numbers that its kind leaves open, in the order of [`RuleKind::numbers`].
    pub fn numbers(&self) -> &[f64] {
        self.numbers.get(..self.kind.numbers().len()).unwrap_or(&[])
    }

    /// The number in this place; 0 where the kind has none.
    pub fn number(&self, place: usize) -> f64 {
        self.numbers().get(place).copied().unwrap_or(0.0)
    }

    /// What the number in this place may be, and its unit; `None` where the kind has none.
    pub fn bounds(&self, place: usize) -> Option<(RuleUnit, f64, f64)> {
        let (unit, _) = self.kind.numbers().get(place)?;
        let (least, most) = self.kind.range(*unit);
        Some((*unit, least, most))
    }

    /// The same rule with another number in this place; months and touches are rounded to whole ones.
    ///
    /// # Errors
    /// [`OutOfRange`] for a number outside of what is allowed there, and for NaN.
    pub fn with(mut self, place: usize, given: f64) -> Result<Rule, OutOfRange> {
        let (unit, min, max) = self.bounds(place).ok_or(OutOfRange { given, min: 0.0, max: 0.0 })?;
        if !(min..=max).contains(&given) {
            return Err(OutOfRange { given, min, max });
        }
        if let Some(slot) = self.numbers.get_mut(place) {
            // Adding zero turns -0 into 0.
            let is_whole = matches!(unit, RuleUnit::Months | RuleUnit::Count);
            *slot = if is_whole { libm::round(given) } else { given } + 0.0;
        }
        Ok(self)
    }

    /// The same rule measured over `period`.
    #[must_use]
    pub const fn over(self, period: PlanPeriod) -> Rule {
        Rule { period, ..self }
    }

    /// The same rule in force or not.
    #[must_use]
    pub const fn switched(self, is_on: bool) -> Rule {
        Rule { is_on, ..self }
    }

    /// The rule with all its numbers; `None` if they are not as many as it has, or one is out of its range.
    pub fn from_numbers(kind: RuleKind, numbers: &[f64]) -> Option<Rule> {
        let rule = Rule::new(kind);
        if numbers.len() != kind.numbers().len() {
            return None;
        }
        numbers.iter().enumerate().try_fold(rule, |rule, (place, number)| rule.with(place, *number).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_begins_within_its_own_ranges_and_comes_back_from_its_numbers() {
        for kind in RuleKind::ALL {
            let rule = Rule::new(kind);
            assert!(kind.numbers().len() <= MOST_NUMBERS, "{kind:?}");
            assert_eq!(Rule::from_numbers(kind, rule.numbers()), Some(rule), "{kind:?}");
            let too_few = rule.numbers().split_last().map(|(_, others)| others);
            assert_eq!(too_few.and_then(|numbers| Rule::from_numbers(kind, numbers)), None, "{kind:?}");
            assert_eq!(Rule::from_numbers(kind, &[rule.numbers(), &[1.0]].concat()), None, "{kind:?}");
        }
    }

    #[test]
    fn a_number_out_of_its_range_is_refused() {
        let rule = Rule::new(RuleKind::RetentionBonus);
        assert_eq!(rule.with(1, 0.95).unwrap().numbers(), [5_000.0, 0.95]);
        assert_eq!(rule.with(1, 1.5), Err(OutOfRange { given: 1.5, min: 0.0, max: 1.0 }));
        assert!(rule.with(0, f64::NAN).is_err() && rule.with(0, -1.0).is_err() && rule.with(2, 0.0).is_err());
        assert!(rule.with(0, -0.0).unwrap().number(0).is_sign_positive());
        assert_eq!(Rule::new(RuleKind::Clawback).with(0, 7.4).unwrap().number(0), 7.0);
        assert!(Rule::new(RuleKind::OnCash).with(0, 13.0).is_err(), "customers pay within a year");
    }
}
