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

use generate::for_all;
use holdfast::model::account::AccountId;
use holdfast::model::month::Month;
use holdfast::model::pay::{
    Accelerator, Basis, Clawback, Component, Draw, DrawKind, Event, EventKind, Floor, Gate, Measure, Origin, PayPlan,
    PlanPeriod, PlanYear, Quota, Reading, Recovery, RetentionMultiplier, Reward, Steps, Trigger, Window, evaluate,
    statements,
};
use holdfast::model::plan::RenewalSchedule;
use holdfast::model::quantity::{CommissionRate, Money};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const SUITE: u32 = 1_000;
const SOAK: u32 = 100_000;
const MONTHS: u32 = 24;

fn first() -> Month {
    Month::parse("2026-01").unwrap()
}

fn periods() -> impl Strategy<Value = PlanPeriod> {
    prop_oneof![Just(PlanPeriod::Month), Just(PlanPeriod::Quarter), Just(PlanPeriod::Year)]
}

fn readings() -> impl Strategy<Value = Reading> {
    prop_oneof![Just(Reading::Marginal), Just(Reading::Retroactive)]
}

/// Up to eight steps whose starts and levels rise, within `most` and `top`.
fn rising(most: f64, top: f64) -> impl Strategy<Value = Steps> {
    vec((0.01..1.0_f64, 0.0..1.0_f64), 1..8).prop_map(move |parts| {
        let whole = parts.len() as f64;
        let (mut start, mut level) = (0.0, 0.0);
        let steps = parts.iter().map(|(gap, rise)| {
            let step = (start, level + rise * top / whole);
            start += gap * most / whole;
            level = step.1;
            step
        });
        Steps::new(steps.collect()).unwrap()
    })
}

fn triggers() -> impl Strategy<Value = Trigger> {
    prop_oneof![
        4 => Just(Trigger::NewBusiness),
        1 => Just(Trigger::Referral),
        1 => Just(Trigger::WinBack),
        3 => Just(Trigger::Renewal),
        1 => Just(Trigger::Expansion),
        1 => Just(Trigger::CompetitorSave),
    ]
}

fn measures() -> impl Strategy<Value = Measure> {
    let basis = prop_oneof![4 => Just(Basis::Revenue), 1 => Just(Basis::Margin), 1 => Just(Basis::Cash), 1 => Just(Basis::Count)];
    (vec(triggers(), 1..3), basis).prop_map(|(of, basis)| Measure { of, basis })
}

fn rewards() -> impl Strategy<Value = Reward> {
    prop_oneof![
        (0.0..0.5_f64).prop_map(Reward::Rate),
        (0.0..0.5_f64, 0.0..0.5_f64).prop_map(|(second, third)| {
            let rate = CommissionRate::constant;
            Reward::ByContractYear(RenewalSchedule::from_steps([(2, rate(second)), (3, rate(third))]))
        }),
        (rising(50_000.0, 0.3), readings()).prop_map(|(rates, reading)| Reward::DealTiers { rates, reading }),
        (rising(200_000.0, 0.3), readings()).prop_map(|(rates, reading)| Reward::PeriodTiers {
            rates,
            reading,
            quota: None
        }),
        (rising(2.0, 0.3), readings()).prop_map(|(rates, reading)| Reward::PeriodTiers {
            rates,
            reading,
            quota: Some(0)
        }),
        (0.0..2_000.0_f64).prop_map(Reward::Each),
    ]
}

fn components() -> impl Strategy<Value = Component> {
    let accelerator = (rising(2.0, 2.0), readings(), 0.1..5.0_f64).prop_map(|(multipliers, reading, weight)| {
        Accelerator { quotas: vec![(0, 1.0), (1, weight)], multipliers, reading }
    });
    let floor = prop_oneof![(0.0..1.0_f64).prop_map(Floor::PartOfDue), (0.0..50_000.0_f64).prop_map(Floor::Amount)];
    let gate = prop_oneof![
        (0.0..1.0_f64).prop_map(Gate::Retention),
        (measures(), 0.0..50_000.0_f64).prop_map(|(measure, least)| Gate::Amount(measure, least)),
        (0.0..1.5_f64).prop_map(|least| Gate::Attainment(0, least)),
    ];
    let recovery = prop_oneof![
        (0..24_u32).prop_map(|months| Recovery::Full { months }),
        (0..24_u32).prop_map(|months| Recovery::ProRata { months }),
    ];
    let limits = (
        option::weighted(0.3, accelerator),
        option::weighted(0.2, floor),
        option::weighted(0.3, gate),
        option::weighted(0.3, 0.0..5_000.0_f64),
        option::weighted(0.5, recovery),
    );
    (measures(), rewards(), periods(), limits).prop_map(
        |(measure, reward, period, (accelerator, floor, gate, cap, recovery))| Component {
            period,
            accelerator,
            floor,
            gate,
            cap,
            clawback: recovery.map(|recovery| Clawback { recovery }),
            ..Component::new("Component", measure, reward)
        },
    )
}

fn draws() -> impl Strategy<Value = Draw> {
    let kind = prop_oneof![Just(DrawKind::Recoverable), Just(DrawKind::NonRecoverable)];
    (0.0..8_000.0_f64, kind, option::of(0..24_u32), 0..6_u32).prop_map(|(amount, kind, months, recovery_after)| Draw {
        amount,
        kind,
        months,
        recovery_after,
    })
}

fn plans() -> impl Strategy<Value = PayPlan> {
    let quota = |trigger| {
        (1.0..200_000.0_f64, periods()).prop_map(move |(target, period)| Quota {
            name: "Quota".to_owned(),
            measure: Measure::revenue(trigger),
            target,
            period,
        })
    };
    let multiplier = (rising(1.0, 2.0), periods()).prop_map(|(factors, period)| RetentionMultiplier {
        of: vec![0],
        factors,
        period,
    });
    (
        vec(components(), 1..4),
        (quota(Trigger::NewBusiness), quota(Trigger::Renewal)),
        option::weighted(0.3, multiplier),
        option::weighted(0.5, draws()),
        0.0..=1.0_f64,
        vec(0.0..=1.0_f64, 0..6),
    )
        .prop_map(|(components, (one, other), multiplier, draw, clawback_limit, ramp)| PayPlan {
            quotas: vec![one, other],
            components,
            multiplier,
            draw,
            clawback_limit,
            ramp,
            ..PayPlan::empty(PlanYear { first: first() })
        })
}

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
            paid += month.components.iter().map(|component| component.total().max(0.0)).sum::<f64>();
            back += month.clawed_back;
            prop_assert!(back + month.clawback_owed <= paid + 1e-6, "{} of {}", back + month.clawback_owed, paid);
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
