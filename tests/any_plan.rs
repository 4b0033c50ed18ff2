//! Any plan on the projection: flat ones pay what the flat engine says, and no split beats the best that is found.
//!
//! `HOLDFAST_SOAK=1` draws more: see the counts beside each law.

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

use std::cell::Cell;

use generate::for_all;
use holdfast::model::flat_plan;
use holdfast::model::pay::PayPlan;
use holdfast::model::plan_response::{PlanProjection, PlanWorth};
use holdfast::model::projection::{Effort, MonthFlow, Path, Projection};
use holdfast::model::seller::SellerBook;
use holdfast::model::valuation::Discounting;
use holdfast::model::workspace::Workspace;
use proptest::collection::vec;
use proptest::prelude::*;

fn projected(workspace: &Workspace) -> Option<(Projection, Discounting)> {
    let assumed = &workspace.assumptions;
    let book = SellerBook::new("Ada", &workspace.book.accounts, workspace.as_of, assumed).ok()?;
    Some((Projection::new(book, assumed).ok()?, Discounting::with_quota(assumed, workspace.plan.quota)))
}

#[test]
fn a_flat_plan_pays_the_same_event_by_event() {
    let drawn = (generate::workspaces(8, &["Ada"]), 0.0..=1.0_f64);
    for_all(1_000, 100_000, &drawn, |(mut workspace, share)| {
        workspace.plan.rules.clear();
        let Some((projection, discounting)) = projected(&workspace) else { return Ok(()) };
        let mut path = Path::default();
        projection.run(&Effort::split(share, workspace.assumptions.hours_per_year), &mut path);
        let worth = discounting.worth(&path);
        let plan = flat_plan::components(&workspace.plan, workspace.as_of.plus(1));
        let paid = PlanProjection::new(&projection, &plan, &discounting, workspace.as_of).worth(&path);
        for (what, got, expected) in [
            ("seller", paid.seller, worth.seller_value(&workspace.plan)),
            ("company", paid.company, worth.company_value(&workspace.plan)),
            ("first year", paid.first_year_pay, worth.first_year.pay(&workspace.plan)),
        ] {
            // Margin and pay may nearly cancel in the company's value.
            let scale = expected.abs().max(worth.margin.abs()).max(1.0);
            prop_assert!((got - expected).abs() <= 1e-10 * scale, "{}: {} is not {}", what, got, expected);
        }
        Ok(())
    });
}

/// Splits that are tried one by one.
const SPLITS: usize = 10_000;

/// What a seller is paid under each plan at every split of [`SPLITS`].
fn pay_at_every_split(projection: &Projection, plans: &[PlanProjection<'_>]) -> Vec<Vec<PlanWorth>> {
    let hours = projection.assumptions().hours_per_year;
    let shares: Vec<f64> = (0..=SPLITS).map(|step| step as f64 / SPLITS as f64).collect();
    let part = shares.len().div_ceil(std::thread::available_parallelism().map_or(1, |threads| threads.get()));
    let parts: Vec<Vec<Vec<PlanWorth>>> = std::thread::scope(|scope| {
        let work = |shares: &[f64]| {
            let mut worths = vec![Vec::with_capacity(shares.len()); plans.len()];
            let mut path = Path { keep_ended: true, ..Path::default() };
            for share in shares {
                // A book's paths serve all of its plans.
                projection.run(&Effort::split(*share, hours), &mut path);
                for (worths, under) in worths.iter_mut().zip(plans) {
                    worths.push(under.worth(&path));
                }
            }
            worths
        };
        let started: Vec<_> = shares.chunks(part).map(|shares| scope.spawn(move || work(shares))).collect();
        started.into_iter().map(|part| part.join().unwrap()).collect()
    });
    (0..plans.len()).map(|plan| parts.iter().flat_map(|part| part[plan].clone()).collect()).collect()
}

/// Whether pay jumps: from one split to the next by far more than it usually does.
fn jumps(worths: &[PlanWorth]) -> bool {
    let mut changes: Vec<f64> = worths.windows(2).map(|pair| (pair[1].seller - pair[0].seller).abs()).collect();
    changes.sort_by(f64::total_cmp);
    let (usual, greatest) = (changes[changes.len() / 2], changes[changes.len() - 1]);
    let most = worths.iter().map(|worth| worth.seller.abs()).fold(0.0, f64::max);
    greatest > 1e-3 * most && greatest > 20.0 * usual
}

/// Whether a cap keeps something back at an even split.
fn caps(under: &PlanProjection<'_>, plan: &PayPlan) -> bool {
    let mut path = under.path();
    under.run(0.5, &mut path);
    let capped = |index: usize| plan.components[index].cap.is_some() && plan.components[index].gate.is_none();
    under
        .pay(&path)
        .iter()
        .any(|month| month.components.iter().enumerate().any(|(index, pay)| pay.withheld > 0.0 && capped(index)))
}

#[test]
fn no_split_of_ten_thousand_beats_the_best_response_to_a_plan() {
    // 20 books with 10 plans each, which takes seconds; 100 with 10 in the soak run.
    let plans = prop_oneof![1 => pay_plans::plans(), 2 => pay_plans::plans_with_a_cliff()];
    let drawn = (generate::workspaces(8, &["Ada"]), vec(plans, 10));
    let (tried, jumping, capping) = (Cell::new(0), Cell::new(0), Cell::new(0));
    for_all(20, 100, &drawn, |(workspace, plans)| {
        // A book that cannot be projected answers no question, so it is passed over for another.
        let Some((projection, discounting)) = projected(&workspace) else {
            return Err(TestCaseError::reject("cannot be projected"));
        };
        let from = pay_plans::first().plus(-1);
        // Quotas, tiers and caps of the size of the book are the ones that matter.
        let mut path = Path::default();
        projection.run(&Effort::split(0.5, workspace.assumptions.hours_per_year), &mut path);
        let sold = |flow: &MonthFlow| flow.new_value + flow.renewed_value.iter().sum::<f64>();
        let first_year: f64 = path.months.iter().take(12).map(sold).sum();
        let scale = if first_year > 0.0 { first_year / 200_000.0 } else { 1.0 };
        let plans: Vec<PayPlan> = plans.into_iter().map(|plan| pay_plans::at_scale(plan, scale)).collect();
        let under: Vec<PlanProjection<'_>> =
            plans.iter().map(|plan| PlanProjection::new(&projection, plan, &discounting, from)).collect();
        for ((worths, under), plan) in pay_at_every_split(&projection, &under).iter().zip(&under).zip(&plans) {
            tried.set(tried.get() + 1);
            jumping.set(jumping.get() + u32::from(jumps(worths)));
            capping.set(capping.get() + u32::from(caps(under, plan)));
            let best = under.best(|worth| worth.seller);
            for (step, worth) in worths.iter().enumerate() {
                prop_assert!(
                    best.height >= worth.seller - 1e-6 * worth.seller.abs(),
                    "{} at {} is less than {} at {} under {:?}",
                    best.height,
                    best.at,
                    worth.seller,
                    step as f64 / SPLITS as f64,
                    plan
                );
            }
            let there = under.worth_at(best.at, &mut under.path()).seller;
            prop_assert!((there - best.height).abs() <= 1e-9 * there.abs().max(1.0));
        }
        Ok(())
    });
    let (tried, jumping, capping) = (tried.get(), jumping.get(), capping.get());
    assert!(tried >= 200, "only {tried} plans");
    assert!(3 * jumping >= tried, "only {jumping} of {tried} plans jump anywhere");
    assert!(10 * capping >= tried, "only {capping} of {tried} plans have a cap that holds");
    println!("{tried} plans, {jumping} of them jump, {capping} are capped");
}
