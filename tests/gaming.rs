//! Gaming: worked cases with the exact deal, plans that give nothing, and every move by force.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

#[path = "fixtures/generate.rs"]
mod generate;
#[path = "fixtures/pay_plans.rs"]
mod pay_plans;

use chrono::{Days, Months, NaiveDate};
use generate::for_all;
use holdfast::model::account::AccountId;
use holdfast::model::gaming::{Freedom, Game, GamingCheck, Trick, gaming};
use holdfast::model::month::Month;
use holdfast::model::pay::{
    Component, Draw, DrawKind, Event, EventKind, Measure, MonthPay, Origin, PayPlan, PlanPeriod, PlanYear, Reading,
    Reward, Steps, Trigger, Window, evaluate,
};
use holdfast::model::plan::RenewalSchedule;
use holdfast::model::quantity::CommissionRate;
use proptest::collection::vec;
use proptest::prelude::*;

fn from() -> Month {
    Month::parse("2026-01").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sale(account: u32, on: &str, revenue: f64) -> Event {
    Event {
        on: day(on),
        kind: EventKind::Won,
        origin: Origin::Account(AccountId(account)),
        count: 1.0,
        revenue,
        margin: 0.7 * revenue,
        collected_on: None,
        age: 0,
        term: 12,
    }
}

fn new_business(reward: Reward, period: PlanPeriod) -> PayPlan {
    let component = Component { period, ..Component::new("New", Measure::revenue(Trigger::NewBusiness), reward) };
    PayPlan { components: vec![component], ..PayPlan::empty(PlanYear { first: from() }) }
}

fn retroactive(steps: &[(f64, f64)]) -> Reward {
    Reward::PeriodTiers { rates: Steps::new(steps.to_vec()).unwrap(), reading: Reading::Retroactive, quota: None }
}

fn found(plan: &PayPlan, events: &[Event], freedom: Freedom) -> Vec<Game> {
    let all: Vec<usize> = (0..events.len()).collect();
    let games = gaming(plan, events, &all, from(), freedom).unwrap();
    // What each brings is told by what the plan pays, rule by rule, with it and without.
    let check = GamingCheck::new(plan, events, &all, from(), freedom).unwrap();
    let pay = |events: &[Event]| check.pay_by_rule(events).iter().map(|(_, amount)| amount).sum::<f64>();
    for game in &games {
        let (before, after) = (pay(events), pay(&check.played(game)));
        assert!(close(before, game.before) && close(after, game.after), "{game:?}: {before} {after}");
    }
    games
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

#[test]
fn above_a_cap_deals_are_held_split_and_left() {
    // 10 % up to 1,000 a quarter: 800, then 200 of 600, then nothing of 300.
    let mut plan = new_business(Reward::Rate(0.10), PlanPeriod::Quarter);
    plan.components[0].cap = Some(1_000.0);
    let events = [sale(1, "2026-01-20", 8_000.0), sale(2, "2026-02-10", 6_000.0), sale(3, "2026-03-05", 3_000.0)];
    let games = found(&plan, &events, Freedom::default());
    assert!(games.iter().all(|game| close(game.before, 1_000.0)));
    let april = day("2026-04-01");
    // Each of the three held until April is paid in full there, and what is left still pays: 900, 1,000 and 1,000 here.
    for (place, gain) in [(0, 700.0), (1, 600.0), (2, 300.0)] {
        let hold =
            games.iter().find(|game| game.events == [place] && matches!(game.trick, Trick::Hold { .. })).unwrap();
        assert!(hold.trick == Trick::Hold { until: april } && close(hold.gain(), gain), "{hold:?}");
    }
    // Both of the last together bring 700 too, which the first does alone.
    assert!(games.iter().all(|game| !matches!(game.trick, Trick::Wait { .. })), "{games:?}");
    // Whoever stops after the second deal loses nothing.
    let stop = games.iter().find(|game| matches!(game.trick, Trick::Stop { .. })).unwrap();
    assert_eq!((stop.events.as_slice(), stop.trick), ([2].as_slice(), Trick::Stop { revenue: 3_000.0 }));
    assert!(close(stop.gain(), 0.0));
}

#[test]
fn a_deal_above_the_cap_is_split_over_two_quarters() {
    // 15,000 pay 1,000 in any quarter; 5,000 now and 10,000 in April pay 500 and 1,000.
    let mut plan = new_business(Reward::Rate(0.10), PlanPeriod::Quarter);
    plan.components[0].cap = Some(1_000.0);
    let games = found(&plan, &[sale(1, "2026-03-05", 15_000.0)], Freedom::default());
    assert_eq!(games.len(), 1, "{games:?}");
    let Trick::Split { first, second, second_on } = games[0].trick else { panic!("{games:?}") };
    assert!(close(first, 5_000.0) && close(second, 10_000.0) && second_on == day("2026-04-01"), "{games:?}");
    assert!(close(games[0].before, 1_000.0) && close(games[0].after, 1_500.0), "{games:?}");
}

#[test]
fn a_retroactive_tier_pays_for_holding_and_for_a_discount() {
    // 5 % below 10,000 a quarter, else 10 % on all of it. Two deals of 9,000 in two quarters pay 450 each.
    let plan = new_business(retroactive(&[(0.0, 0.05), (10_000.0, 0.10)]), PlanPeriod::Quarter);
    let events = [sale(1, "2026-03-10", 9_000.0), sale(2, "2026-04-20", 9_000.0)];
    let freedom = Freedom { closing_discount: 0.10, greatest_discount: 1.0, ..Freedom::default() };
    let games = found(&plan, &events, freedom);
    let hold = games.iter().find(|game| matches!(game.trick, Trick::Hold { .. })).unwrap();
    assert!(hold.events == [0] && hold.trick == Trick::Hold { until: day("2026-04-01") }, "{hold:?}");
    assert!(close(hold.before, 900.0) && close(hold.after, 1_800.0), "{hold:?}");
    // 9,000 and 8,100 in the first quarter: 1,710. Down to 1,000 the step is still passed: 8,000 off.
    let closed = games.iter().find(|game| game.events == [1] && matches!(game.trick, Trick::Discount { .. })).unwrap();
    let Trick::Discount { part, on, up_to } = closed.trick else { panic!("{closed:?}") };
    assert!(close(part, 0.10) && on == day("2026-03-31") && close(closed.after, 1_710.0), "{closed:?}");
    assert!(close(up_to, 8.0 / 9.0), "{closed:?}");
    // With 30 % at most, that is the limit.
    let games = found(&plan, &events, Freedom { closing_discount: 0.10, ..Freedom::default() });
    let closed = games.iter().find(|game| matches!(game.trick, Trick::Discount { .. })).unwrap();
    assert!(matches!(closed.trick, Trick::Discount { up_to, .. } if close(up_to, 0.30)), "{closed:?}");
    // A customer who wants 90 % to sign early is not worth it: 9,900 stays below the step.
    let dear = Freedom { closing_discount: 0.90, greatest_discount: 1.0, ..Freedom::default() };
    assert!(found(&plan, &events, dear).iter().all(|game| !matches!(game.trick, Trick::Discount { .. })));
}

#[test]
fn below_a_threshold_two_deals_wait_together() {
    // Nothing below 10,000 a quarter: 4,000 and 4,000, then 4,000. One more is not enough, two are: 1,200.
    let plan = new_business(retroactive(&[(0.0, 0.0), (10_000.0, 0.10)]), PlanPeriod::Quarter);
    let events = [sale(1, "2026-01-15", 4_000.0), sale(2, "2026-03-15", 4_000.0), sale(3, "2026-05-15", 4_000.0)];
    let games = found(&plan, &events, Freedom::default());
    let expected = Game {
        events: vec![0, 1],
        trick: Trick::Wait { until: day("2026-04-01") },
        before: 0.0,
        after: games[0].after,
    };
    assert!(games[0] == expected && close(games[0].after, 1_200.0), "{games:?}");
    assert!(games.iter().all(|game| !matches!(game.trick, Trick::Hold { .. })), "{games:?}");
    // Held for a month at most, the first cannot wait so long.
    assert!(found(&plan, &events, Freedom { months: 1, ..Freedom::default() }).is_empty());
}

#[test]
fn tiers_of_single_deals_pay_for_halves_and_for_cheaper_deals() {
    // 10 % below 10,000, 5 % on the whole deal from there: 15,000 pay 750.
    let rates = Steps::new(vec![(0.0, 0.10), (10_000.0, 0.05)]).unwrap();
    let plan = new_business(Reward::DealTiers { rates, reading: Reading::Retroactive }, PlanPeriod::Month);
    let events = [sale(1, "2026-02-10", 15_000.0)];
    let games = found(&plan, &events, Freedom { greatest_discount: 0.5, ..Freedom::default() });
    let split = games.iter().find(|game| matches!(game.trick, Trick::Split { .. })).unwrap();
    let Trick::Split { first, second, second_on } = split.trick else { panic!("{split:?}") };
    assert!(close(first + second, 15_000.0) && first < 10_000.0 && second < 10_000.0, "{split:?}");
    assert!(second_on == events[0].on && close(split.before, 750.0) && close(split.after, 1_500.0), "{split:?}");
    // For 9,999.99 the seller gets 1,000; half price would pay 750 again, and one more must be gained.
    let cheaper = games.iter().find(|game| matches!(game.trick, Trick::Discount { .. })).unwrap();
    let Trick::Discount { part, on, up_to } = cheaper.trick else { panic!("{cheaper:?}") };
    assert!(on == events[0].on && close(part, 5_000.01 / 15_000.0), "{cheaper:?}");
    assert!((cheaper.gain() - 249.999).abs() < 1e-9 && close(up_to, 7_490.0 / 15_000.0), "{cheaper:?}");
}

#[test]
fn a_sum_for_each_deal_pays_for_two() {
    let plan = new_business(Reward::Each(500.0), PlanPeriod::Month);
    let games = found(&plan, &[sale(1, "2026-02-10", 3_000.0)], Freedom::default());
    assert_eq!(games.len(), 1);
    assert!(matches!(games[0].trick, Trick::Split { .. }) && close(games[0].gain(), 500.0), "{games:?}");
}

#[test]
fn no_deal_is_held_beyond_its_loss_and_closed_events_stay() {
    let mut plan = new_business(Reward::Rate(0.10), PlanPeriod::Month);
    plan.components[0].window = Window { from: Some(day("2026-03-01")), until: None };
    let mut lost = sale(1, "2026-02-20", 8_000.0);
    lost.kind = EventKind::Lost;
    let events = [sale(1, "2026-01-20", 8_000.0), lost, sale(2, "2026-01-21", 5_000.0)];
    let games = found(&plan, &events, Freedom::default());
    // Only the second customer is still there when the extra begins.
    assert_eq!(games.len(), 1, "{games:?}");
    assert!(games[0].events == [2] && games[0].trick == Trick::Hold { until: day("2026-03-01") }, "{games:?}");
    assert!(close(games[0].gain(), 500.0));
    assert!(gaming(&plan, &events, &[0, 1], from(), Freedom::default()).unwrap().is_empty());
    let check = GamingCheck::new(&plan, &events, &[0], from(), Freedom::default()).unwrap();
    assert!(check.of_event(2).is_empty() && check.of_event(99).is_empty() && close(check.pay_before(), 0.0));
}

/// Sales, renewals and losses of a year, each of an account of its own.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let one = (0..365_u64, 0..5_u8, 1.0..30_000.0_f64, proptest::option::of(0..90_u64));
    vec(one, 1..12).prop_map(|drawn| {
        let each = drawn.into_iter().enumerate().map(|(account, (days, kind, revenue, paid))| {
            let on = from().first_day() + Days::new(days);
            let kind = match kind {
                0 => EventKind::Renewed { contract_year: 2 + account as u32 % 4 },
                1 => EventKind::WonByReferral { source_stays: true },
                2 => EventKind::Lost,
                _ => EventKind::Won,
            };
            let collected_on = paid.map(|days| on + Days::new(days));
            Event { on, kind, collected_on, ..sale(account as u32, "2026-01-01", revenue) }
        });
        each.collect()
    })
}

#[test]
fn a_plan_of_flat_rates_gives_nothing() {
    let drawn = (events(), 0.0..0.5_f64, 0.0..0.5_f64, 0.0..0.2_f64, proptest::option::of(0.0..5_000.0_f64));
    for_all(60, 5_000, &drawn, |(events, new, renewal, referral, draw)| {
        let rate = CommissionRate::constant;
        let schedule = RenewalSchedule::from_steps([(2, rate(renewal)), (4, rate(0.5 * renewal))]);
        let component = |trigger, reward| Component::new("", Measure::revenue(trigger), reward);
        let plan = PayPlan {
            base: 30_000.0,
            components: vec![
                component(Trigger::NewBusiness, Reward::Rate(new)),
                component(Trigger::Renewal, Reward::ByContractYear(schedule)),
                component(Trigger::Referral, Reward::Rate(referral)),
            ],
            // What is owed back is no pay, so a recoverable draw is nobody's gain.
            draw: draw.map(|amount| Draw { amount, kind: DrawKind::Recoverable, months: None, recovery_after: 0 }),
            ..PayPlan::empty(PlanYear { first: from() })
        };
        let games = found(&plan, &events, Freedom { least_gain: 0.01, ..Freedom::default() });
        prop_assert!(games.is_empty(), "{:?}", games);
        Ok(())
    });
}

/// Pay of all months that the check looks at and more, less what is still owed.
fn paid(plan: &PayPlan, events: &[Event], months: u32) -> f64 {
    let pays = evaluate(plan, events, from(), months, Window::default());
    let owed = pays.last().map_or(0.0, |last| last.draw_owed + last.clawback_owed);
    pays.iter().map(MonthPay::paid).sum::<f64>() - owed
}

#[test]
fn no_day_pays_better_than_the_one_that_is_found_and_what_is_found_is_paid() {
    let drawn = (events(), pay_plans::plans());
    for_all(25, 2_000, &drawn, |(events, mut plan)| {
        for component in &mut plan.components {
            // Under a marginal accelerator the order within a month counts, and only firsts of months are tried.
            component.accelerator = None;
            component.clawback = None;
        }
        let freedom = Freedom { least_gain: 0.01, ..Freedom::default() };
        let games = found(&plan, &events, freedom);
        let last = events.iter().flat_map(|event| [Some(event.on), event.collected_on]).flatten().max().unwrap();
        let last = Month::of(last).plus(3);
        let months = (from().months_until(last) / 12 + 1) * 12;
        let before = paid(&plan, &events, months as u32);
        for (place, event) in events.iter().enumerate().filter(|(_, event)| event.kind != EventKind::Lost) {
            let held = games.iter().filter(|game| game.events == [place] && matches!(game.trick, Trick::Hold { .. }));
            let gain = held.map(Game::gain).fold(0.0, f64::max);
            for later in 1..=92 {
                let on = event.on + Days::new(later);
                if on > event.on + Months::new(freedom.months) {
                    break;
                }
                let mut moved = events.clone();
                moved[place].on = on;
                moved[place].collected_on = event.collected_on.map(|day| day + Days::new(later));
                let by_force = paid(&plan, &moved, months as u32) - before;
                prop_assert!(by_force <= gain + 0.011, "{} on {}: {} not {}", place, on, by_force, gain);
            }
            let split = games.iter().filter(|game| game.events == [place] && matches!(game.trick, Trick::Split { .. }));
            let gain = split.map(Game::gain).fold(0.0, f64::max);
            for part in 1..100 {
                let mut parted = events.clone();
                let part = f64::from(part) / 100.0;
                let mut second = *event;
                (second.revenue, second.margin) = (event.revenue * (1.0 - part), event.margin * (1.0 - part));
                (parted[place].revenue, parted[place].margin) = (event.revenue * part, event.margin * part);
                parted.insert(place + 1, second);
                let by_force = paid(&plan, &parted, months as u32) - before;
                prop_assert!(by_force <= gain + 0.011, "{} at {}: {} not {}", place, part, by_force, gain);
            }
        }
        for game in &games {
            if let Trick::Hold { until } | Trick::Wait { until } = game.trick {
                let mut moved = events.clone();
                for place in &game.events {
                    let shift = until - moved[*place].on;
                    moved[*place].on = until;
                    moved[*place].collected_on = moved[*place].collected_on.map(|day| day + shift);
                }
                let after = paid(&plan, &moved, months as u32);
                prop_assert!(
                    (after - before - game.gain()).abs() < 1e-6 * before.abs().max(1.0),
                    "{:?}: {}",
                    game,
                    after
                );
            }
        }
        Ok(())
    });
}
