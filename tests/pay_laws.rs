//! Laws of plan mechanics over generated plans and events: what must hold whatever a company writes into its plan.
//!
//! `HOLDFAST_SOAK=1` draws 100,000 new cases of each law instead of the 1,000 that are always the same.

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

use generate::for_all;
use holdfast::model::account::AccountId;
use holdfast::model::pay::{
    Clawback, Component, Credit, Draw, DrawKind, Event, EventKind, HandOver, Measure, Origin, PayPlan, PlanYear,
    Reading, Recovery, Reward, Role, Steps, Trigger, Window, evaluate, statements,
};
use holdfast::model::plan_response::PlanProjection;
use holdfast::model::projection::Projection;
use holdfast::model::quantity::Money;
use holdfast::model::seller::SellerBook;
use holdfast::model::valuation::Discounting;
use pay_plans::{draws, first, periods, plans, rising};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const SUITE: u32 = 1_000;
const SOAK: u32 = 100_000;
const MONTHS: u32 = 24;

fn events() -> impl Strategy<Value = Vec<Event>> {
    let kind = prop_oneof![
        4 => Just(EventKind::Won),
        1 => Just(EventKind::WonByReferral { source_stays: true }),
        1 => Just(EventKind::WonBack),
        3 => (1..12_u32).prop_map(|contract_year| EventKind::Renewed { contract_year }),
        1 => Just(EventKind::Expanded),
        1 => Just(EventKind::Saved),
        2 => Just(EventKind::Lost),
    ];
    let event = (kind, 0..6_u32, 0..720_i64, 0..5_000_000_i64, -1.0..1.0_f64, option::of(0..90_i64), 0..40_u32);
    vec(event, 0..30).prop_map(|events| {
        let event = |(kind, account, day, cents, margin, delay, age): (_, _, _, i64, f64, Option<i64>, _)| {
            let on = first().first_day() + chrono::Days::new(day as u64);
            let revenue = cents as f64 / 100.0;
            Event {
                on,
                kind,
                origin: Origin::Account(AccountId(account)),
                count: 1.0,
                revenue,
                margin: margin * revenue,
                collected_on: delay.map(|delay| on + chrono::Days::new(delay as u64)),
                age,
                term: 12,
            }
        };
        events
            .into_iter()
            .map(|(kind, account, day, cents, margin, delay, age)| {
                event((kind, account, day, cents, margin, delay, age))
            })
            .collect()
    })
}

fn near(got: f64, expected: f64, scale: f64, what: &str) -> Result<(), TestCaseError> {
    prop_assert!((got - expected).abs() <= 1e-9 * scale.max(1.0), "{}: {} is not {}", what, got, expected);
    Ok(())
}

#[test]
fn pay_is_finite_and_months_add_up_to_statements() {
    for_all(SUITE, SOAK, &(plans(), events()), |(plan, events)| {
        prop_assert!(plan.check().is_ok(), "{:?}", plan.check());
        let months = evaluate(&plan, &events, first(), MONTHS, Window::default());
        prop_assert!(months.iter().all(|month| month.paid().is_finite() && month.clawback_owed >= 0.0));
        let told = statements(&[(None, plan.clone())], &events, first(), MONTHS);
        for (month, statement) in months.iter().zip(&told) {
            // Each rule's month is rounded once, and so are clawback and multiplier.
            let rules = plan.components.len() as f64 + 2.0;
            let off = (statement.earned().units() - month.earned()).abs();
            prop_assert!(off <= 0.005 * rules + 1e-6, "{} is told as {}", month.earned(), statement.earned().units());
        }
        Ok(())
    });
}

#[test]
fn what_is_paid_is_what_was_earned_and_what_is_owed_to_a_recoverable_draw() {
    for_all(SUITE, SOAK, &(plans(), events(), draws()), |(mut plan, events, draw)| {
        plan.draw = Some(Draw { kind: DrawKind::Recoverable, ..draw });
        let (mut paid, mut earned) = (0.0, 0.0);
        for month in evaluate(&plan, &events, first(), MONTHS, Window::default()) {
            paid += month.paid();
            earned += month.earned();
            near(paid, earned + month.draw_owed, f64::max(paid.abs(), earned.abs()), "paid")?;
        }
        Ok(())
    });
}

#[test]
fn clawback_never_takes_more_than_was_paid_nor_more_than_its_limit() {
    for_all(SUITE, SOAK, &(plans(), events(), 1..60_u32), |(mut plan, events, months)| {
        // One component, all of which may be taken back: only what it paid itself.
        plan.components.truncate(1);
        plan.components[0].clawback = Some(Clawback { recovery: Recovery::Full { months } });
        plan.multiplier = None;
        let (mut paid, mut back) = (0.0, 0.0);
        for month in evaluate(&plan, &events, first(), MONTHS, Window::default()) {
            // What was paid is what corrections left of it.
            paid += month.components.iter().map(|component| component.total()).sum::<f64>();
            back += month.clawed_back;
            let taken = back + month.clawback_owed;
            prop_assert!(taken <= paid.max(0.0) + 1e-6, "{} of {}", taken, paid);
            let commission = month.earned() + month.clawed_back;
            prop_assert!(month.clawed_back <= plan.clawback_limit * commission.max(0.0) + 1e-9);
        }
        Ok(())
    });
}

#[test]
fn marginal_tiers_pay_without_jumps_and_retroactive_ones_jump_only_upward() {
    let drawn = (rising(200_000.0, 0.3), 0.0..300_000.0_f64, 0.0..1_000.0_f64);
    for_all(SUITE, SOAK, &drawn, |(rates, amount, more)| {
        let top = rates.steps().last().unwrap().1;
        let added = |reading| rates.pay(amount + more, reading) - rates.pay(amount, reading);
        let marginal = added(Reading::Marginal);
        prop_assert!((-1e-6..=top * more + 1e-6).contains(&marginal), "{}", marginal);
        prop_assert!(added(Reading::Retroactive) >= rates.level(amount) * more - 1e-6);
        Ok(())
    });
}

#[test]
fn more_volume_never_pays_less_under_rising_tiers_and_never_jumps_under_marginal_ones() {
    let sales = vec((0..720_u64, 0.0..60_000.0_f64), 1..12);
    let tiers = prop_oneof![(rising(200_000.0, 0.3), Just(None)), (rising(2.0, 0.3), Just(Some(0)))];
    let drawn = (tiers, (plans(), periods()), sales, 0.0..1_000.0_f64);
    for_all(SUITE, SOAK, &drawn, |((rates, quota), (plan, period), sales, more)| {
        let top = rates.steps().last().unwrap().1;
        let paid = |reading: Reading, more: f64| {
            let reward = Reward::PeriodTiers { rates: rates.clone(), reading, quota };
            let component =
                Component { period, ..Component::new("New", Measure::revenue(Trigger::NewBusiness), reward) };
            let tiered = PayPlan {
                quotas: plan.quotas.clone(),
                ramp: plan.ramp.clone(),
                components: vec![component],
                ..PayPlan::empty(plan.year)
            };
            let event = |(place, (day, amount)): (usize, &(u64, f64))| {
                let revenue = amount + if place == 0 { more } else { 0.0 };
                won(AccountId(place as u32), *day, revenue)
            };
            let events: Vec<Event> = sales.iter().enumerate().map(event).collect();
            let months = evaluate(&tiered, &events, first(), MONTHS, Window::default());
            months.iter().map(|month| month.paid()).sum::<f64>()
        };
        let marginal = paid(Reading::Marginal, more) - paid(Reading::Marginal, 0.0);
        prop_assert!((-1e-6..=top * more + 1e-6).contains(&marginal), "{} for {} more", marginal, more);
        let retroactive = paid(Reading::Retroactive, more) - paid(Reading::Retroactive, 0.0);
        prop_assert!(retroactive >= -1e-6, "{} for {} more", retroactive, more);
        Ok(())
    });
}

/// A sale on a day of the run, paid for at once.
fn won(account: AccountId, day: u64, revenue: f64) -> Event {
    let on = first().first_day() + chrono::Days::new(day);
    Event {
        on,
        kind: EventKind::Won,
        origin: Origin::Account(account),
        count: 1.0,
        revenue,
        margin: revenue,
        collected_on: Some(on),
        age: 0,
        term: 12,
    }
}

#[test]
fn two_halves_of_an_account_pay_what_the_whole_would_to_the_cent() {
    let drawn = (0.0..0.5_f64, vec((1..5_000_000_i64, 0..360_u64, 0.0..=1.0_f64), 1..8));
    for_all(SUITE, SOAK, &drawn, |(rate, sales)| {
        let component = Component::new("New", Measure::revenue(Trigger::NewBusiness), Reward::Rate(rate));
        let plan = PayPlan { components: vec![component], ..PayPlan::empty(PlanYear { first: first() }) };
        let sale = |account: usize, day: u64, cents: i64| Event {
            on: first().first_day() + chrono::Days::new(day),
            kind: EventKind::Won,
            origin: Origin::Account(AccountId(account as u32)),
            count: 1.0,
            revenue: Money::from_cents(cents).units(),
            margin: 0.0,
            collected_on: None,
            age: 0,
            term: 12,
        };
        let whole: Vec<Event> =
            sales.iter().enumerate().map(|(index, (cents, day, _))| sale(index, *day, *cents)).collect();
        let halves: Vec<Event> = sales
            .iter()
            .enumerate()
            .flat_map(|(index, (cents, day, part))| {
                let first = (*cents as f64 * part) as i64;
                [sale(2 * index, *day, first), sale(2 * index + 1, *day, cents - first)]
            })
            .collect();
        let paid = |events: &[Event]| -> Vec<Money> {
            statements(&[(None, plan.clone())], events, first(), 12).iter().map(|month| month.paid()).collect()
        };
        prop_assert_eq!(paid(&whole), paid(&halves));
        Ok(())
    });
}

#[test]
fn a_plan_that_is_replaced_by_itself_pays_flat_rates_all_the_same() {
    let drawn = (0.0..0.5_f64, events(), 1..700_u64);
    for_all(SUITE, SOAK, &drawn, |(rate, events, day)| {
        let component = Component::new("New", Measure::revenue(Trigger::NewBusiness), Reward::Rate(rate));
        let plan =
            PayPlan { base: 36_000.0, components: vec![component], ..PayPlan::empty(PlanYear { first: first() }) };
        let once = statements(&[(None, plan.clone())], &events, first(), MONTHS);
        let change = first().first_day() + chrono::Days::new(day);
        let twice = statements(&[(None, plan.clone()), (Some(change), plan.clone())], &events, first(), MONTHS);
        for (one, other) in once.iter().zip(&twice) {
            // In the month of the change base and commission are rounded in two parts each.
            prop_assert!((one.paid().cents() - other.paid().cents()).abs() <= 2, "{:?} {:?}", one, other);
        }
        Ok(())
    });
}

/// A hunter's parts by months since the sale, in any order of size.
fn hand_overs() -> impl Strategy<Value = HandOver> {
    vec((1..18_u32, 0.0..=1.0_f64), 1..4).prop_map(|gaps| {
        let mut age = 0;
        let steps = gaps.iter().map(|(gap, part)| {
            let step = (f64::from(age), *part);
            age += gap;
            step
        });
        HandOver { hunter: Steps::new(steps.collect()).unwrap(), account_manager: None }
    })
}

/// `plan` for `role` in every rule.
fn for_role(plan: &PayPlan, role: Role, hand_over: &HandOver) -> PayPlan {
    let mut plan = plan.clone();
    for component in &mut plan.components {
        component.credit = Some(Credit { role, hand_over: hand_over.clone() });
    }
    plan
}

#[test]
fn hunter_and_account_manager_are_told_to_the_cent_what_one_would_be() {
    for_all(SUITE, SOAK, &(plans(), events(), hand_overs()), |(mut plan, events, hand_over)| {
        // A draw and the limit of clawback are each seller's own.
        plan.draw = None;
        plan.components.iter_mut().for_each(|component| component.clawback = None);
        let told = |plan: PayPlan| -> Vec<i64> {
            assert!(plan.check().is_ok());
            let months = statements(&[(None, plan)], &events, first(), MONTHS);
            months.iter().map(|month| month.earned().cents()).collect()
        };
        let both = told(for_role(&plan, Role::Hunter, &hand_over))
            .into_iter()
            .zip(told(for_role(&plan, Role::AccountManager, &hand_over)))
            .map(|(hunter, manager)| hunter + manager)
            .collect::<Vec<i64>>();
        prop_assert_eq!(both, told(plan));
        Ok(())
    });
}

#[test]
fn a_deal_that_is_shared_pays_flat_rates_as_if_it_were_not() {
    let drawn = (0.0..0.5_f64, events(), 0.0..=1.0_f64);
    for_all(SUITE, SOAK, &drawn, |(rate, events, part)| {
        let component = Component::new("New", Measure::revenue(Trigger::NewBusiness), Reward::Rate(rate));
        let plan = PayPlan { components: vec![component], ..PayPlan::empty(PlanYear { first: first() }) };
        let paid = |events: &[Event]| -> f64 {
            evaluate(&plan, events, first(), MONTHS, Window::default()).iter().map(|month| month.paid()).sum()
        };
        let side = |place: usize| -> Vec<Event> {
            events.iter().map(|event| event.shared(&[part, 1.0 - part]).unwrap()[place]).collect()
        };
        let whole = paid(&events);
        near(paid(&side(0)) + paid(&side(1)), whole, whole, "both sellers' pay")
    });
}

#[test]
fn roles_add_up_on_a_projection_and_a_run_pays_what_its_events_do() {
    let drawn = (generate::workspaces(4, &["Ada"]), plans(), hand_overs(), 0.0..=1.0_f64, 0..=12_u32);
    for_all(200, 20_000, &drawn, |(workspace, mut plan, hand_over, share, months)| {
        let assumed = &workspace.assumptions;
        let Ok(book) = SellerBook::new("Ada", &workspace.book.accounts, workspace.as_of, assumed) else {
            return Ok(());
        };
        let Ok(projection) = Projection::new(book, assumed) else { return Ok(()) };
        let discounting = Discounting::new(assumed);
        plan.draw = None;
        plan.components.iter_mut().for_each(|component| component.clawback = None);
        plan.collection_months = months;
        let worth = |plan: &PayPlan| {
            let under = PlanProjection::new(&projection, plan, &discounting, first().plus(-1));
            let mut path = under.path();
            // All three see the renewals of each cohort.
            path.keep_ended = true;
            under.run(share, &mut path);
            let paid: f64 = under.pay(&path).iter().take(12).map(|month| month.paid()).sum();
            (under.worth(&path), paid)
        };
        let (hunter, hunters) = worth(&for_role(&plan, Role::Hunter, &hand_over));
        let (manager, managers) = worth(&for_role(&plan, Role::AccountManager, &hand_over));
        let all = HandOver { hunter: Steps::level_at_all(1.0), account_manager: None };
        let (whole, wholes) = worth(&for_role(&plan, Role::Hunter, &all));
        let scale = whole.seller.abs().max(hunter.seller.abs()).max(manager.seller.abs());
        near(hunter.seller + manager.seller, whole.seller, scale, "the roles' pay")?;
        for (worth, paid) in [(hunter, hunters), (manager, managers), (whole, wholes)] {
            near(worth.first_year_pay, paid, paid.abs().max(wholes.abs()), "the first year's pay")?;
        }
        Ok(())
    });
}
