//! The rules of a plan told as components, and as limits of the components that its rates are.

mod limits;
mod objectives;

use super::month::Month;
use super::pay::{Basis, Component, Floor, Gate, Measure, PayPlan, Reading, Reward, Steps, Trigger, Window};
use super::rules::{Rule, RuleKind};
use limits::{hold_referrals, limit};
use objectives::objectives;

/// Why a rule that is on pays nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// One before it does the same, and there can be one only.
    Twice,
    /// A limit of new business before it is measured over another period.
    OtherPeriod,
    /// The quota of the rates, or a rule before it, already multiplies new business.
    Multiplied,
}

/// The name of the component of a rule, as a statement shows it.
pub const fn component_name(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::TierAbove => "Beyond a tier",
        RuleKind::TierOnAll => "Tier on everything",
        RuleKind::RenewalAboveFloor => "Renewals above a floor",
        RuleKind::RetentionBonus => "Retention bonus",
        RuleKind::WinBonus => "New-business bonus",
        RuleKind::LongContract => "Long contracts",
        RuleKind::FirstMonths => "Spiff",
        RuleKind::WinBack => "Win-back",
        RuleKind::EachWin => "Each account won",
        RuleKind::RenewalMargin => "Margin of renewals",
        RuleKind::NewMargin => "Margin of new business",
        RuleKind::Cap => "Cap",
        RuleKind::RetentionGate => "Retention gate",
        RuleKind::Threshold => "Threshold",
        RuleKind::RetentionFactor => "Retention multiplier",
        RuleKind::Clawback | RuleKind::ClawbackProRata | RuleKind::ClawbackTable | RuleKind::ClawbackLimit => {
            "Clawback"
        }
        RuleKind::BelowTarget => "Decelerator",
        RuleKind::WeightedQuotas => "Weighted quotas",
        RuleKind::SharedWins => "Split",
        RuleKind::HandOver => "Hand-over",
        RuleKind::Draw => "Draw",
        RuleKind::Guarantee | RuleKind::RampGuarantee => "Guarantee",
        RuleKind::OnCash => "Pay on cash",
        RuleKind::EachReferral => "Each referral",
        RuleKind::SourceStays => "Senders who stay",
        RuleKind::EachTouch => "Each touch",
        RuleKind::TouchBonus => "Touch bonus",
        RuleKind::Objectives => "Objectives",
    }
}

/// Puts `rules` into `plan`, whose first component is new business and whose year begins in the month `first`: those that
/// are on, in their order. What was left out is told by its place among the rules.
pub fn add_rules(plan: &mut PayPlan, rules: &[Rule], first: Month) -> Vec<(usize, LeftOut)> {
    let mut left_out = Vec::new();
    for (place, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.is_on) {
        if rule.kind() == RuleKind::Objectives {
            plan.components.extend(objectives(rule));
            continue;
        }
        let done = match component(rule, first) {
            Some(component) => {
                plan.components.push(component);
                Ok(())
            }
            None => limit(plan, rule),
        };
        if let Err(why) = done {
            left_out.push((place, why));
        }
    }
    hold_referrals(plan);
    left_out
}

/// The component that a rule is by itself; `None` for what limits others.
fn component(rule: &Rule, first: Month) -> Option<Component> {
    use Trigger::{NewBusiness, Renewal};
    let (one, other) = (rule.number(0), rule.number(1));
    let of = |trigger: Trigger, basis: Basis, reward: Reward| {
        let measure = Measure { of: vec![trigger], basis };
        Component { period: rule.period, ..Component::new(component_name(rule.kind()), measure, reward) }
    };
    let tiers = |reading: Reading| {
        let steps = if one > 0.0 { vec![(0.0, 0.0), (one, other)] } else { vec![(0.0, other)] };
        let rates = Steps::new(steps).unwrap_or_else(|_| Steps::level_at_all(0.0));
        of(NewBusiness, Basis::Revenue, Reward::PeriodTiers { rates, reading, quota: None })
    };
    Some(match rule.kind() {
        RuleKind::TierAbove => tiers(Reading::Marginal),
        RuleKind::TierOnAll => tiers(Reading::Retroactive),
        RuleKind::RenewalAboveFloor => {
            Component { floor: Some(Floor::PartOfDue(one)), ..of(Renewal, Basis::Revenue, Reward::Rate(other)) }
        }
        RuleKind::RetentionBonus => {
            Component { gate: Some(Gate::Retention(other)), ..of(Renewal, Basis::Revenue, Reward::Bonus(one)) }
        }
        RuleKind::WinBonus => Component {
            gate: Some(Gate::Amount(Measure::revenue(NewBusiness), other)),
            ..of(NewBusiness, Basis::Revenue, Reward::Bonus(one))
        },
        RuleKind::LongContract => {
            Component { least_term: one as u32, ..of(NewBusiness, Basis::Revenue, Reward::Rate(other)) }
        }
        RuleKind::FirstMonths => Component {
            window: Window { from: None, until: first.plus(one as i32).first_day().pred_opt() },
            ..of(NewBusiness, Basis::Count, Reward::Each(other))
        },
        RuleKind::WinBack => of(Trigger::WinBack, Basis::Revenue, Reward::Rate(one)),
        RuleKind::EachWin => of(NewBusiness, Basis::Count, Reward::Each(one)),
        RuleKind::EachReferral => of(Trigger::Referral, Basis::Count, Reward::Each(one)),
        RuleKind::EachTouch => of(Trigger::Touch, Basis::Touches { an_hour: other }, Reward::Each(one)),
        RuleKind::TouchBonus => {
            let touches = Measure { of: vec![Trigger::Touch], basis: Basis::Touches { an_hour: rule.number(2) } };
            let gate = Some(Gate::Amount(touches.clone(), other));
            Component { gate, ..of(Trigger::Touch, touches.basis, Reward::Bonus(one)) }
        }
        RuleKind::RenewalMargin => of(Renewal, Basis::Margin, Reward::Rate(one)),
        RuleKind::NewMargin => of(NewBusiness, Basis::Margin, Reward::Rate(one)),
        RuleKind::Cap
        | RuleKind::RetentionGate
        | RuleKind::Threshold
        | RuleKind::RetentionFactor
        | RuleKind::Clawback
        | RuleKind::ClawbackProRata
        | RuleKind::Draw
        | RuleKind::Guarantee
        | RuleKind::OnCash
        | RuleKind::BelowTarget
        | RuleKind::WeightedQuotas
        | RuleKind::SharedWins
        | RuleKind::HandOver
        | RuleKind::ClawbackTable
        | RuleKind::RampGuarantee
        | RuleKind::ClawbackLimit
        | RuleKind::SourceStays
        | RuleKind::Objectives => return None,
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::account::AccountId;
    use crate::model::flat_plan::components;
    use crate::model::pay::{Event, EventKind, Origin, PlanPeriod, Recovery, statements};
    use crate::model::plan::Plan;
    use crate::model::ruled_plan::limits::recovery;

    fn first() -> Month {
        Month::parse("2027-01").unwrap()
    }

    fn rule(kind: RuleKind, numbers: &[f64], period: PlanPeriod) -> Rule {
        Rule::from_numbers(kind, numbers).unwrap().over(period)
    }

    fn event(kind: EventKind, month: u32, revenue: f64) -> Event {
        let on = NaiveDate::from_ymd_opt(2027, month, 15).unwrap();
        Event {
            on,
            kind,
            origin: Origin::Account(AccountId(1)),
            count: 1.0,
            revenue,
            margin: 0.7 * revenue,
            collected_on: Some(on),
            age: 0,
            term: 24,
        }
    }

    fn won(month: u32, revenue: f64) -> Event {
        event(EventKind::Won, month, revenue)
    }

    fn renewed(month: u32, revenue: f64) -> Event {
        event(EventKind::Renewed { contract_year: 2 }, month, revenue)
    }

    /// Pay of the months of 2027 at 10 % new and 2 % renewal with these rules, in cents.
    fn paid(rules: &[Rule], events: &[Event]) -> Vec<i64> {
        let plan = components(&Plan { rules: rules.to_vec(), ..Plan::default() }, first());
        assert_eq!(plan.check(), Ok(()));
        let months = statements(&[(None, plan)], events, first(), 12);
        months.iter().map(|month| month.paid().cents()).collect()
    }

    fn in_all(rules: &[Rule], events: &[Event]) -> i64 {
        paid(rules, events).iter().sum()
    }

    #[test]
    fn tiers_pay_on_what_lies_beyond_or_on_everything() {
        let sales = [won(1, 80_000.0), won(2, 40_000.0)];
        let numbers = [100_000.0, 0.05];
        // 10 % of 120,000; 5 % of the 20,000 beyond; 5 % of all 120,000.
        assert_eq!(in_all(&[], &sales), 1_200_000);
        assert_eq!(in_all(&[rule(RuleKind::TierAbove, &numbers, PlanPeriod::Year)], &sales), 1_300_000);
        assert_eq!(in_all(&[rule(RuleKind::TierOnAll, &numbers, PlanPeriod::Year)], &sales), 1_800_000);
        // No month reaches it.
        assert_eq!(in_all(&[rule(RuleKind::TierOnAll, &numbers, PlanPeriod::Month)], &sales), 1_200_000);
        assert_eq!(in_all(&[rule(RuleKind::TierAbove, &[0.0, 0.05], PlanPeriod::Month)], &sales), 1_800_000);
    }

    #[test]
    fn below_a_target_only_a_part_is_paid() {
        let below = |amount: f64| rule(RuleKind::BelowTarget, &[amount, 0.5], PlanPeriod::Year);
        let sales = [won(1, 30_000.0), won(5, 50_000.0)];
        // 5 % of the first 40,000, 10 % of the other 40,000.
        assert_eq!(in_all(&[below(40_000.0)], &sales), 200_000 + 400_000);
        assert_eq!(in_all(&[below(0.0)], &sales), 800_000);
        // Over a month: 30,000 of January and 40,000 of May at 5 %.
        assert_eq!(in_all(&[below(40_000.0).over(PlanPeriod::Month)], &sales), 150_000 + 200_000 + 100_000);
        // Below a quota of 60,000 with a multiple of 2 beyond it: 40,000 at 5, 20,000 at 10, 20,000 at 20 %.
        let with_quota = |rule: Rule| {
            let mut plan = Plan { rules: vec![rule], ..Plan::default() };
            (plan.quota.target, plan.quota.multiplier) = (60_000.0, 2.0);
            let mut left_out = Vec::new();
            left_out.extend(crate::model::flat_plan::left_out(&plan, first()));
            let months = statements(&[(None, components(&plan, first()))], &sales, first(), 12);
            (months.iter().map(|month| month.paid().cents()).sum::<i64>(), left_out)
        };
        assert_eq!(with_quota(below(40_000.0)), (200_000 + 200_000 + 400_000, Vec::new()));
        assert_eq!(with_quota(below(60_000.0)), (300_000 + 400_000, Vec::new()));
        // A second one cannot hold beside it, whichever reaches farther.
        for other in [below(20_000.0), below(60_000.0), below(40_000.0)] {
            let plan = Plan { rules: vec![below(40_000.0), other], ..Plan::default() };
            assert_eq!(crate::model::flat_plan::left_out(&plan, first()), [(1, LeftOut::Multiplied)]);
            assert_eq!(in_all(&[below(40_000.0), other], &sales), 200_000 + 400_000);
        }
        // Beyond the quota, or over another period, it cannot hold beside it.
        let plain = 600_000 + 400_000;
        assert_eq!(with_quota(below(60_001.0)), (plain, vec![(0, LeftOut::Multiplied)]));
        assert_eq!(with_quota(below(40_000.0).over(PlanPeriod::Month)), (plain, vec![(0, LeftOut::Multiplied)]));
    }

    #[test]
    fn two_quotas_weigh_together() {
        // 60 % weight on 100,000 won, 40 % on 50,000 renewed; 50 % more on all new business.
        let both = |first: f64| rule(RuleKind::WeightedQuotas, &[first, 0.6, 50_000.0, 0.5], PlanPeriod::Year);
        let events = |kept: f64| [won(1, 80_000.0), renewed(6, kept)];
        let flat = |kept: f64| in_all(&[], &events(kept));
        // 0.6 x 0.8 + 0.4 x 1.3 is 1; a unit less renewed is not enough.
        assert_eq!(in_all(&[both(100_000.0)], &events(65_000.0)) - flat(65_000.0), 400_000);
        assert_eq!(in_all(&[both(100_000.0)], &events(64_000.0)), flat(64_000.0));
        // What is won before the renewal is paid more at the renewal.
        let months = paid(&[both(100_000.0)], &events(65_000.0));
        assert_eq!((months[0], months[5]), (800_000, 130_000 + 400_000));
        assert_eq!(in_all(&[both(0.0)], &events(0.0)) - flat(0.0), 400_000);
        // A cap over another period cannot hold beside it, nor another table of multiples.
        let cap = rule(RuleKind::Cap, &[1_000.0], PlanPeriod::Month);
        let below = rule(RuleKind::BelowTarget, &[1_000.0, 0.0], PlanPeriod::Year);
        let plan = Plan { rules: vec![both(100_000.0), cap, below, both(1.0)], ..Plan::default() };
        let left_out = crate::model::flat_plan::left_out(&plan, first());
        assert_eq!(left_out, [(1, LeftOut::OtherPeriod), (2, LeftOut::Multiplied), (3, LeftOut::Multiplied)]);
    }

    #[test]
    fn what_is_shared_is_the_sellers_in_part() {
        let aged = |event: Event, age: u32| Event { age, ..event };
        let split = rule(RuleKind::SharedWins, &[0.6], PlanPeriod::Year);
        assert_eq!(in_all(&[split], &[won(1, 80_000.0), renewed(6, 50_000.0)]), 480_000 + 100_000);
        let handed = rule(RuleKind::HandOver, &[0.9, 24.0, 0.25], PlanPeriod::Year);
        let renewals = [aged(renewed(3, 50_000.0), 12), aged(renewed(6, 50_000.0), 24)];
        assert_eq!(in_all(&[handed], &renewals), 90_000 + 25_000);
        assert_eq!(in_all(&[handed], &[won(1, 80_000.0)]), 800_000, "new business is not handed over");
        let twice = Plan { rules: vec![handed, handed], ..Plan::default() };
        assert_eq!(crate::model::flat_plan::left_out(&twice, first()), [(1, LeftOut::Twice)]);
    }

    #[test]
    fn clawback_falls_by_a_table() {
        let table = |numbers: [f64; 8]| rule(RuleKind::ClawbackTable, &numbers, PlanPeriod::Year);
        let by_quarter = table([1.0, 3.0, 0.5, 6.0, 0.25, 9.0, 0.1, 12.0]);
        let parts =
            |rule: &Rule| [0, 2, 3, 5, 6, 8, 9, 11, 12, 60].map(|age| Recovery::Table(recovery(rule)).part(age));
        assert_eq!(parts(&by_quarter), [1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.1, 0.1, 0.0, 0.0]);
        // A month that does not come after the one before counts for nothing.
        let muddled = table([1.0, 6.0, 0.5, 3.0, 0.25, 6.0, 0.1, 12.0]);
        assert_eq!(parts(&muddled), [1.0, 1.0, 1.0, 1.0, 0.1, 0.1, 0.1, 0.1, 0.0, 0.0]);
        let gone = Event { age: 4, ..event(EventKind::Lost, 5, 80_000.0) };
        // Half of 10 % of 80,000 is taken back from what is earned later.
        assert_eq!(in_all(&[by_quarter], &[won(1, 80_000.0), gone, won(7, 80_000.0)]), 1_600_000 - 400_000);
    }

    #[test]
    fn a_guarantee_ends_and_clawback_leaves_a_part_of_the_month() {
        let ramp = |months: f64| rule(RuleKind::RampGuarantee, &[2_000.0, months], PlanPeriod::Year);
        // 3,000 earned in February, nothing else.
        let months = paid(&[ramp(3.0)], &[won(2, 30_000.0)]);
        assert_eq!(months[..5], [200_000, 300_000, 200_000, 0, 0]);
        let both = Plan { rules: vec![ramp(3.0), Rule::new(RuleKind::Draw)], ..Plan::default() };
        assert_eq!(crate::model::flat_plan::left_out(&both, first()), [(1, LeftOut::Twice)]);
        // 8,000 are owed after May; July and August earn 5,000 each, of which half is left.
        let other = |month: u32| Event { origin: Origin::Account(AccountId(month)), ..won(month, 50_000.0) };
        let gone = Event { age: 4, ..event(EventKind::Lost, 5, 80_000.0) };
        let events = [won(1, 80_000.0), gone, other(7), other(8), other(9), other(10)];
        let limited = [Rule::new(RuleKind::ClawbackLimit), rule(RuleKind::Clawback, &[6.0], PlanPeriod::Year)];
        assert_eq!(paid(&limited, &events)[6..10], [250_000, 250_000, 250_000, 450_000]);
        let twice = Plan { rules: vec![Rule::new(RuleKind::ClawbackLimit); 2], ..Plan::default() };
        assert_eq!(crate::model::flat_plan::left_out(&twice, first()), [(1, LeftOut::Twice)]);
    }

    #[test]
    fn a_bonus_comes_with_what_was_kept_or_won() {
        let lost = event(EventKind::Lost, 3, 20_000.0);
        let events = [renewed(2, 80_000.0), lost, won(4, 50_000.0)];
        let flat = in_all(&[], &events);
        assert_eq!(flat, 160_000 + 500_000);
        let bonus = |part: f64| rule(RuleKind::RetentionBonus, &[3_000.0, part], PlanPeriod::Year);
        // 80 of 100 were kept.
        assert_eq!(in_all(&[bonus(0.80)], &events) - flat, 300_000);
        assert_eq!(in_all(&[bonus(0.81)], &events) - flat, 0);
        let of_wins = |amount: f64| rule(RuleKind::WinBonus, &[1_000.0, amount], PlanPeriod::Quarter);
        assert_eq!(in_all(&[of_wins(50_000.0)], &events) - flat, 100_000);
        assert_eq!(in_all(&[of_wins(50_001.0)], &events) - flat, 0);
        // 5 % of what was renewed above 60 of the 100 due.
        let above = rule(RuleKind::RenewalAboveFloor, &[0.60, 0.05], PlanPeriod::Year);
        assert_eq!(in_all(&[above], &events) - flat, 100_000);
    }

    #[test]
    fn parts_and_sums_come_on_top_of_the_rates() {
        let events = [won(1, 10_000.0), won(6, 10_000.0), event(EventKind::WonBack, 7, 5_000.0), renewed(8, 10_000.0)];
        let flat = in_all(&[], &events);
        let more = |kind: RuleKind, numbers: &[f64]| in_all(&[rule(kind, numbers, PlanPeriod::Year)], &events) - flat;
        // Contracts here run 24 months.
        assert_eq!(more(RuleKind::LongContract, &[24.0, 0.02]), 50_000);
        assert_eq!(more(RuleKind::LongContract, &[25.0, 0.02]), 0);
        assert_eq!(more(RuleKind::FirstMonths, &[3.0, 500.0]), 50_000);
        assert_eq!(more(RuleKind::FirstMonths, &[6.0, 500.0]), 100_000);
        assert_eq!(more(RuleKind::WinBack, &[0.05]), 25_000);
        assert_eq!(more(RuleKind::EachWin, &[500.0]), 150_000);
        assert_eq!(more(RuleKind::RenewalMargin, &[0.05]), 35_000);
        assert_eq!(more(RuleKind::NewMargin, &[0.05]), 87_500);
        let off = rule(RuleKind::EachWin, &[500.0], PlanPeriod::Year).switched(false);
        assert_eq!(in_all(&[off], &events), flat);
    }

    #[test]
    fn limits_hold_back_what_new_business_pays() {
        let lost = event(EventKind::Lost, 3, 30_000.0);
        let events = [renewed(2, 70_000.0), lost, won(1, 50_000.0), won(7, 50_000.0)];
        let of = |kind: RuleKind, numbers: &[f64]| in_all(&[rule(kind, numbers, PlanPeriod::Year)], &events);
        // 2 % of 70,000 and 10 % of 100,000.
        assert_eq!(in_all(&[], &events), 140_000 + 1_000_000);
        assert_eq!(of(RuleKind::Cap, &[6_000.0]), 140_000 + 600_000);
        assert_eq!(of(RuleKind::RetentionGate, &[0.70]), 140_000 + 1_000_000);
        assert_eq!(of(RuleKind::RetentionGate, &[0.71]), 140_000);
        assert_eq!(of(RuleKind::Threshold, &[100_000.0]), 140_000 + 1_000_000);
        assert_eq!(of(RuleKind::Threshold, &[100_001.0]), 140_000);
        assert_eq!(of(RuleKind::RetentionFactor, &[0.80, 0.50]), 140_000 + 500_000);
        assert_eq!(of(RuleKind::RetentionFactor, &[0.70, 0.50]), 140_000 + 1_000_000);
    }

    #[test]
    fn clawback_draw_guarantee_and_cash_are_those_of_the_evaluator() {
        let lost = Event { age: 4, ..event(EventKind::Lost, 5, 12_000.0) };
        let other = Event { origin: Origin::Account(AccountId(2)), ..won(5, 60_000.0) };
        let events = [won(1, 12_000.0), other, lost];
        let of = |kind: RuleKind, numbers: &[f64]| paid(&[rule(kind, numbers, PlanPeriod::Year)], &events);
        // 1,200 for the first sale, all or 8/12 of it taken back in May.
        assert_eq!(of(RuleKind::Clawback, &[6.0])[4], 600_000 - 120_000);
        assert_eq!(of(RuleKind::Clawback, &[4.0])[4], 600_000);
        assert_eq!(of(RuleKind::ClawbackProRata, &[12.0])[4], 600_000 - 80_000);
        // 2,000 a month: 800 owed after January, 6,800 by April, all of which May's 6,000 leave 800 of.
        assert_eq!(of(RuleKind::Draw, &[2_000.0])[..5], [200_000; 5]);
        assert_eq!(of(RuleKind::Guarantee, &[2_000.0])[..6], [200_000, 200_000, 200_000, 200_000, 600_000, 200_000]);
        // Real events say themselves when they were paid for.
        assert_eq!(of(RuleKind::OnCash, &[2.0])[0], 120_000);
    }

    #[test]
    fn what_cannot_hold_together_is_left_out_and_named() {
        let cap = |period: PlanPeriod| rule(RuleKind::Cap, &[1_000.0], period);
        let gate = rule(RuleKind::RetentionGate, &[0.5], PlanPeriod::Quarter);
        let draws =
            [rule(RuleKind::Draw, &[1.0], PlanPeriod::Year), rule(RuleKind::Guarantee, &[1.0], PlanPeriod::Year)];
        let left_out = |rules: &[Rule]| {
            let mut plan = components(&Plan::default(), first());
            add_rules(&mut plan, rules, first())
        };
        assert_eq!(left_out(&[cap(PlanPeriod::Year), cap(PlanPeriod::Year)]), [(1, LeftOut::Twice)]);
        assert_eq!(left_out(&[cap(PlanPeriod::Year), gate]), [(1, LeftOut::OtherPeriod)]);
        assert_eq!(left_out(&[cap(PlanPeriod::Quarter), gate]), []);
        assert_eq!(left_out(&draws), [(1, LeftOut::Twice)]);
        let off = cap(PlanPeriod::Year).switched(false);
        assert_eq!(left_out(&[off, cap(PlanPeriod::Month)]), []);
        let cash = rule(RuleKind::OnCash, &[1.0], PlanPeriod::Year);
        assert_eq!(left_out(&[cash, cash]), [(1, LeftOut::Twice)]);
    }
}
