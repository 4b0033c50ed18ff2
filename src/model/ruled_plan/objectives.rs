//! Management by objectives: one sum, parted by weights among what is to be reached.

use crate::model::pay::{Basis, Component, Gate, Measure, Reward, Trigger};
use crate::model::rules::Rule;

/// The objectives of a rule, a bonus each: what renews, reviews with customers, and with the rest of the weight what is won.
pub(super) fn objectives(rule: &Rule) -> [Component; 3] {
    let [whole, for_renewals, kept, for_reviews, count, an_hour, won] = std::array::from_fn(|place| rule.number(place));
    let for_reviews = for_reviews.min(1.0 - for_renewals);
    let reviews = Measure { of: vec![Trigger::Review], basis: Basis::Touches { an_hour } };
    let objective = |name: &str, part: f64, measure: Measure, gate: Gate| Component {
        period: rule.period,
        gate: Some(gate),
        ..Component::new(name, measure, Reward::Bonus(part * whole))
    };
    let new_business = Measure::revenue(Trigger::NewBusiness);
    [
        objective("Objective: renewals", for_renewals, Measure::revenue(Trigger::Renewal), Gate::Retention(kept)),
        objective("Objective: reviews", for_reviews, reviews.clone(), Gate::Amount(reviews, count)),
        objective(
            "Objective: new business",
            (1.0 - for_renewals - for_reviews).max(0.0),
            new_business.clone(),
            Gate::Amount(new_business, won),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::account::AccountId;
    use crate::model::expected_year::expected_events;
    use crate::model::flat_plan::{components, left_out};
    use crate::model::month::Month;
    use crate::model::pay::{Event, EventKind, Origin, PlanPeriod, statements};
    use crate::model::payoff::Question;
    use crate::model::plan::Plan;
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::ruled_plan::LeftOut;
    use crate::model::rules::RuleKind;
    use crate::model::sample::sample_workspace;

    fn first() -> Month {
        Month::parse("2027-01").unwrap()
    }

    fn event(kind: EventKind, month: u32, revenue: f64) -> Event {
        let on = NaiveDate::from_ymd_opt(2027, month, 15).unwrap();
        let origin = Origin::Account(AccountId(1));
        let (count, margin) = (1.0, 0.7 * revenue);
        Event { on, kind, origin, count, revenue, margin, collected_on: Some(on), age: 0, term: 12 }
    }

    fn rule(kind: RuleKind, numbers: &[f64]) -> Rule {
        Rule::from_numbers(kind, numbers).unwrap()
    }

    /// Pay of 2027 in cents: 10 % of what is won, 2 % of what renews, 2 % more of what was sent, and these rules.
    fn paid(rules: &[Rule], events: &[Event]) -> i64 {
        let mut plan = Plan { rules: rules.to_vec(), ..Plan::default() };
        plan.referral = crate::model::quantity::CommissionRate::new(0.02).unwrap();
        let plan = components(&plan, first());
        assert_eq!(plan.check(), Ok(()));
        statements(&[(None, plan)], events, first(), 12).iter().map(|month| month.paid().cents()).sum()
    }

    const TOUCHED: EventKind = EventKind::Touched { is_review: false };
    const REVIEWED: EventKind = EventKind::Touched { is_review: true };

    #[test]
    fn each_objective_is_met_in_full_or_not_at_all() {
        let due = |kept: f64| {
            [event(EventKind::Renewed { contract_year: 2 }, 3, kept), event(EventKind::Lost, 3, 100_000.0 - kept)]
        };
        let reviews = |count: usize| vec![event(REVIEWED, 5, 0.0); count];
        let won = |amount: f64| event(EventKind::Won, 7, amount);
        let all = |kept: f64, count: usize, amount: f64| {
            let events: Vec<Event> = due(kept).into_iter().chain(reviews(count)).chain([won(amount)]).collect();
            let numbers = [10_000.0, 0.5, 0.9, 0.3, 4.0, 0.25, 50_000.0];
            paid(&[rule(RuleKind::Objectives, &numbers)], &events) - paid(&[], &events)
        };
        assert_eq!(all(90_000.0, 4, 50_000.0), 1_000_000);
        assert_eq!(all(89_000.0, 4, 50_000.0), 500_000);
        assert_eq!(all(90_000.0, 3, 50_000.0), 700_000);
        assert_eq!(all(90_000.0, 4, 49_000.0), 800_000);
        assert_eq!(all(0.0, 0, 0.0), 0);
        // Weights that come to more than all of it: reviews have what renewals leave, new business nothing.
        let parts = objectives(&rule(RuleKind::Objectives, &[1_000.0, 0.8, 0.9, 0.7, 1.0, 1.0, 1.0]));
        let bonus = |component: &Component| match component.reward {
            Reward::Bonus(sum) => sum,
            _ => f64::NAN,
        };
        let sums = parts.each_ref().map(bonus);
        assert!(sums.iter().zip([800.0, 200.0, 0.0]).all(|(sum, due)| (sum - due).abs() < 1e-9), "{sums:?}");
    }

    #[test]
    fn touches_are_counted_as_they_were_logged() {
        let touches = [event(TOUCHED, 1, 0.0), event(REVIEWED, 2, 0.0), event(TOUCHED, 11, 0.0)];
        assert_eq!(paid(&[rule(RuleKind::EachTouch, &[2.5, 4.0])], &touches), 750);
        let bonus = |count: f64| rule(RuleKind::TouchBonus, &[100.0, count, 4.0]);
        assert_eq!(paid(&[bonus(3.0)], &touches), 10_000);
        assert_eq!(paid(&[bonus(4.0)], &touches), 0);
        assert_eq!(paid(&[bonus(1.0).over(PlanPeriod::Quarter)], &touches), 20_000);
    }

    #[test]
    fn a_forecast_reckons_touches_by_the_hours_with_customers() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.plan.rules = vec![rule(RuleKind::EachTouch, &[2.0, 4.0])];
        let from = workspace.as_of.plus(1);
        let pay = |share: f64, rules: &[Rule]| {
            let events = expected_events(&workspace, &Question::default(), share).unwrap();
            let plan = components(&Plan { rules: rules.to_vec(), ..workspace.plan.clone() }, from);
            let months = statements(&[(None, plan)], &events, from, 12);
            months.iter().map(|month| month.paid().cents()).sum::<i64>()
        };
        let more = pay(0.25, &workspace.plan.rules) - pay(0.25, &[]);
        let touches = 4.0 * 0.25 * workspace.assumptions.hours_per_year;
        assert!((more as f64 / 100.0 - 2.0 * touches).abs() < 0.005 * 12.0 + 1e-9, "{more} for {touches}");
        // A bonus comes with the hours that make so many, and not before.
        let bonus = [rule(RuleKind::TouchBonus, &[500.0, touches.round(), 4.0])];
        assert_eq!(pay(0.26, &bonus) - pay(0.26, &[]), 50_000);
        assert_eq!(pay(0.24, &bonus) - pay(0.24, &[]), 0);
        // What is paid by the touch draws hours to customers.
        let question = Question::default();
        let share = |rules: Vec<Rule>| {
            let ruled = crate::model::workspace::Workspace {
                plan: Plan { rules, ..workspace.plan.clone() },
                ..workspace.clone()
            };
            ruled_outcome(&ruled, &question).unwrap().sellers[0].share
        };
        let (with, without) =
            (share(vec![rule(RuleKind::EachTouch, &[20.0, 4.0])]), share(vec![rule(RuleKind::EachTouch, &[0.0, 4.0])]));
        assert!(with > without + 0.1, "{with} {without}");
    }

    #[test]
    fn referrals_pay_by_the_account_and_only_while_their_sender_stays() {
        let sent = |source_stays: bool| event(EventKind::WonByReferral { source_stays }, 4, 10_000.0);
        let each = rule(RuleKind::EachReferral, &[300.0]);
        let stays = Rule::new(RuleKind::SourceStays);
        // 10 % and 2 % of 10,000, and 300.
        assert_eq!(paid(&[], &[sent(true)]), 120_000);
        for rules in [&[each, stays][..], &[stays, each]] {
            assert_eq!(paid(rules, &[sent(true)]), 150_000);
            assert_eq!(paid(rules, &[sent(false)]), 100_000, "new business is paid all the same");
        }
        assert_eq!(paid(&[each], &[sent(false)]), 150_000);
        let twice = Plan { rules: vec![stays, each, stays], ..Plan::default() };
        assert_eq!(left_out(&twice, first()), [(2, LeftOut::Twice)]);
    }
}
