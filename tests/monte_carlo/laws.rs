//! Laws over generated workspaces.

use std::cell::{Cell, RefCell};

use holdfast::model::flat_plan;
use holdfast::model::monte_carlo::{Measure, Outcome, Simulation, Spread};
use holdfast::model::path::Path;
use holdfast::model::plan_response::PlanProjection;
use holdfast::model::valuation::Discounting;
use proptest::prelude::*;

use crate::brute::{Brute, Xorshift};
use crate::generate::{self, for_all};
use crate::team;

fn measures(spread: &Spread) -> [(&'static str, Measure); 6] {
    [
        ("first year's pay", spread.first_year_pay),
        ("first year's renewal pay", spread.first_year_renewal_pay),
        ("first year's new pay", spread.first_year_new_pay),
        ("pay", spread.pay),
        ("revenue", spread.revenue),
        ("company", spread.company_value),
    ]
}

const fn amounts(it: &Outcome) -> [f64; 6] {
    [it.first_year_pay, it.first_year_renewal_pay, it.first_year_new_pay, it.pay, it.revenue, it.company_value]
}

/// Every amount of a plan has a mean over 10,000 runs within 4 standard errors of what the projection expects, for at least
/// 99.9 % of the plans. The standard error is that of the exact deviation, which samples that vary must have too: the variance
/// of the sample variance is `(m4 - s^4) / n`, m4 being the sample's fourth moment about its mean.
#[test]
fn flat_plans_have_the_mean_that_the_projection_expects() {
    const RUNS: usize = 10_000;
    let (compared, varied) = (Cell::new(0), Cell::new(0));
    let (plans, plans_missed) = (Cell::new(0_u32), Cell::new(0_u32));
    let (missed, misspread) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let drawn = (generate::workspaces(12, generate::SELLERS), 0.0..=1.0_f64, any::<u64>());
    for_all(200, 10_000, &drawn, |(mut workspace, share, seed)| {
        workspace.plan.quota.multiplier = 1.0;
        let Some(team) = team(&workspace) else { return Ok(()) };
        let mut simulation = Simulation::new(&team, &workspace.plan, &[share], seed);
        simulation.advance(RUNS);
        prop_assert!(simulation.is_flat());
        let exact = amounts(&simulation.exact_deviation().unwrap());
        let expected = simulation.at_expected_volume();
        let mut is_missed = false;
        plans.set(plans.get() + 1);
        for (place, (name, measure)) in measures(&simulation.spread()).into_iter().enumerate() {
            prop_assert!(measure.mean.is_finite() && measure.deviation.is_finite(), "{}: {:?}", name, measure);
            prop_assert!(measure.quantiles.is_sorted(), "{}: {:?}", name, measure);
            compared.set(compared.get() + 1);
            let Some(z) = measure.z() else {
                let apart = (measure.mean - measure.at_expected_volume).abs();
                let rounding = 1e-10 * (expected.revenue + expected.pay + measure.mean.abs());
                prop_assert!(apart <= 4.0 * exact[place] / (RUNS as f64).sqrt() + rounding, "{}: {:?}", name, measure);
                continue;
            };
            if z.abs() > Measure::FAR {
                missed.borrow_mut().push(format!("{name} {z} {measure:?} {share} {seed}"));
                is_missed = true;
            }
            if measure.deviation <= 1e-12 * measure.mean.abs() {
                continue;
            }
            varied.set(varied.get() + 1);
            let fourth = simulation.outcomes().iter().map(|it| (amounts(it)[place] - measure.mean).powi(4));
            let (fourth, variance) = (fourth.sum::<f64>() / RUNS as f64, measure.deviation.powi(2));
            let error = ((fourth - variance * variance).max(0.0) / RUNS as f64).sqrt();
            if (variance - exact[place].powi(2)).abs() > 4.0 * error + 1e-9 * variance {
                misspread.borrow_mut().push(format!("{name} {} {measure:?} {share} {seed}", exact[place]));
            }
        }
        plans_missed.set(plans_missed.get() + u32::from(is_missed));
        Ok(())
    });
    let (missed, misspread) = (missed.into_inner(), misspread.into_inner());
    println!("{} deviations differ", misspread.len());
    println!("{} amounts of {} of {} plans beyond 4 standard errors", missed.len(), plans_missed.get(), plans.get());
    assert!(varied.get() * 3 > compared.get(), "only {} of {} vary", varied.get(), compared.get());
    assert!(
        plans_missed.get() * 1_000 <= plans.get(),
        "{} of {}:\n{}",
        plans_missed.get(),
        plans.get(),
        missed.join("\n")
    );
    // A sample that has missed most of what is rare knows too little of its own error.
    assert!(
        misspread.len() * 200 <= varied.get(),
        "{} of {}:\n{}",
        misspread.len(),
        varied.get(),
        misspread.join("\n")
    );
}

/// How far two samples are apart at most (Smirnov's statistic), as a multiple of `sqrt(1/n + 1/m)`. Amounts that differ by
/// rounding are the same.
fn apart(one: &[f64], other: &[f64]) -> f64 {
    let size = one.iter().chain(other).fold(0.0, |size: f64, it| size.max(it.abs()));
    let rounded = |amounts: &[f64]| {
        let mut rounded: Vec<f64> = amounts.iter().map(|it| (it / size * 1e8).round()).collect();
        rounded.sort_by(f64::total_cmp);
        rounded
    };
    if size == 0.0 {
        return 0.0;
    }
    let (one, other) = (rounded(one), rounded(other));
    let part = |of: &[f64], at: f64| of.partition_point(|it| *it <= at) as f64 / of.len() as f64;
    let most = one.iter().chain(&other).map(|at| (part(&one, *at) - part(&other, *at)).abs()).fold(0.0, f64::max);
    most / (1.0 / one.len() as f64 + 1.0 / other.len() as f64).sqrt()
}

fn mean_and_error(amounts: &[f64]) -> (f64, f64) {
    let count = amounts.len() as f64;
    let mean = amounts.iter().sum::<f64>() / count;
    (mean, (amounts.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (count - 1.0) / count).sqrt())
}

/// Plans with and without a quota: every amount has the distribution of the naive simulation. Smirnov's statistic exceeds 2.47
/// in one of 100,000 cases (`2 exp(-2 x^2)`), a difference of means 4.5 standard errors in one of 150,000.
#[test]
fn amounts_have_the_distribution_of_the_naive_simulation() {
    const RUNS: usize = 2_000;
    let (compared, quotas, won_back) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let drawn = (generate::workspaces(8, &["", "Ada"]), 0.0..=1.0_f64, 1..u64::MAX);
    for_all(100, 2_000, &drawn, |(mut workspace, share, seed)| {
        // A target that is met now and then.
        let quota = &mut workspace.plan.quota;
        quota.target = quota.target.min(60_000.0);
        let Some(team) = team(&workspace) else { return Ok(()) };
        let naive = Brute::new(&workspace, &team, share);
        prop_assume!(naive.expected_wins() < 150.0);
        let mut simulation = Simulation::new(&team, &workspace.plan, &[share], seed);
        simulation.advance(RUNS);
        let mut random = Xorshift(seed);
        let others: Vec<[f64; 6]> = (0..RUNS).map(|_| naive.run(&mut random)).collect();
        let ours: Vec<[f64; 6]> = simulation.outcomes().iter().map(amounts).collect();
        compared.set(compared.get() + 1);
        quotas.set(quotas.get() + u32::from(!simulation.is_flat()));
        won_back.set(won_back.get() + u32::from(workspace.assumptions.win_back));
        for place in 0..6 {
            let of = |all: &[[f64; 6]]| all.iter().map(|it| it[place]).collect::<Vec<f64>>();
            let (ours, others) = (of(&ours), of(&others));
            let statistic = apart(&ours, &others);
            prop_assert!(statistic < 2.47, "amount {}: {} apart", place, statistic);
            let ((mean, error), (other, other_error)) = (mean_and_error(&ours), mean_and_error(&others));
            let sampling = (error * error + other_error * other_error).sqrt();
            let rounding = 1e-9 * (mean.abs() + simulation.at_expected_volume().revenue);
            prop_assert!((mean - other).abs() <= 4.5 * sampling + rounding, "amount {}: {} {}", place, mean, other);
        }
        Ok(())
    });
    println!("{} plans, {} with a quota, {} with win-backs", compared.get(), quotas.get(), won_back.get());
    assert!(quotas.get() >= 15 && won_back.get() >= 10, "{} {}", quotas.get(), won_back.get());
}

/// A run told month by month is worth what the run came to: under the plan's own rates and quota, and by the evaluator that
/// writes statements.
#[test]
fn a_run_told_as_a_path_is_worth_what_it_came_to() {
    let drawn = (generate::workspaces(10, generate::SELLERS), 0.0..=1.0_f64, any::<u64>());
    for_all(200, 20_000, &drawn, |(mut workspace, share, seed)| {
        // The evaluator would also pay the rules beside the rates; worth under the rates alone knows none.
        workspace.plan.rules.clear();
        let Some(team) = team(&workspace) else { return Ok(()) };
        let (plan, assumed) = (&workspace.plan, &workspace.assumptions);
        let mut simulation = Simulation::new(&team, plan, &[share], seed);
        simulation.advance(4);
        let discounting = Discounting::with_quota(assumed, plan.quota);
        let components = flat_plan::components(plan, workspace.as_of.plus(1));
        let under: Vec<PlanProjection<'_>> = team
            .sellers
            .iter()
            .map(|seller| PlanProjection::new(&seller.projection, &components, &discounting, workspace.as_of))
            .collect();
        let mut path = Path::default();
        for (run, outcome) in (0..).zip(simulation.outcomes()) {
            let (mut pay, mut renewal, mut company, mut first_year, mut revenue) = (0.0, 0.0, 0.0, 0.0, 0.0);
            let mut size = 1.0;
            for seller in 0..team.sellers.len() {
                simulation.realised(seller, run, &mut path);
                let worth = discounting.worth(&path);
                pay += worth.seller_value(plan);
                renewal += worth.seller.renewal_pay(plan);
                company += worth.company_value(plan);
                first_year += worth.first_year.pay(plan);
                revenue += path.months.iter().map(|flow| flow.annual_value / 12.0).sum::<f64>();
                // What large amounts of either sign leave when they cancel.
                size += worth.margin.abs() + worth.company.pay(plan).abs();
            }
            let by_events = simulation.worth_under(&under, run, &mut path);
            for (name, got, wanted) in [
                ("pay", outcome.pay, pay),
                ("renewal pay", outcome.renewal_pay, renewal),
                ("company", outcome.company_value, company),
                ("first year", outcome.first_year_pay, first_year),
                ("revenue", outcome.revenue, revenue),
                ("pay by events", by_events.seller, pay),
                ("company by events", by_events.company, company),
                ("first year by events", by_events.first_year_pay, first_year),
            ] {
                let allowed = 1e-10 * (size + wanted.abs() + revenue);
                prop_assert!((got - wanted).abs() <= allowed, "{}: {} is not {}", name, got, wanted);
            }
        }
        Ok(())
    });
}

/// However runs are sliced, they are the same bits; another seed gives others.
#[test]
fn runs_do_not_depend_on_how_they_are_sliced() {
    let drawn = (generate::workspaces(6, generate::SELLERS), 0.0..=1.0_f64, any::<u64>(), 1..400_usize);
    for_all(40, 2_000, &drawn, |(workspace, share, seed, slice)| {
        let Some(team) = team(&workspace) else { return Ok(()) };
        let prepared = Simulation::new(&team, &workspace.plan, &[share], seed);
        prop_assume!(team.sellers.iter().map(|it| it.projection.assumptions().leads).sum::<f64>() < 5_000.0);
        let mut whole = prepared.clone();
        whole.advance(700);
        let mut sliced = prepared;
        while sliced.outcomes().len() < 700 {
            sliced.advance(slice.min(700 - sliced.outcomes().len()));
        }
        let bits = |simulation: &Simulation| -> Vec<[u64; 6]> {
            simulation.outcomes().iter().map(|it| amounts(it).map(f64::to_bits)).collect()
        };
        prop_assert_eq!(bits(&whole), bits(&sliced));
        Ok(())
    });
}
