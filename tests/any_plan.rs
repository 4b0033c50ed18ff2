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

use generate::for_all;
use holdfast::model::flat_plan;
use holdfast::model::plan_response::PlanProjection;
use holdfast::model::projection::{Effort, Path, Projection};
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
    for_all(1_000, 100_000, &drawn, |(workspace, share)| {
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

#[test]
fn no_split_of_ten_thousand_beats_the_best_response_to_a_plan() {
    // 3 books with 10 plans each, which takes seconds; 100 with 10 in the soak run, which takes an hour. A book's paths serve all of its plans.
    let drawn = (generate::workspaces(8, &["Ada"]), vec(pay_plans::plans(), 10));
    for_all(3, 100, &drawn, |(workspace, plans)| {
        let Some((projection, discounting)) = projected(&workspace) else { return Ok(()) };
        let from = pay_plans::first().plus(-1);
        let under: Vec<PlanProjection<'_>> =
            plans.iter().map(|plan| PlanProjection::new(&projection, plan, &discounting, from)).collect();
        let mut highest = vec![(f64::NEG_INFINITY, 0.0); plans.len()];
        let mut path = Path { keep_losses: true, ..Path::default() };
        for step in 0..=10_000 {
            let share = f64::from(step) / 10_000.0;
            projection.run(&Effort::split(share, workspace.assumptions.hours_per_year), &mut path);
            for (highest, under) in highest.iter_mut().zip(&under) {
                let pay = under.worth(&path).seller;
                if pay > highest.0 {
                    *highest = (pay, share);
                }
            }
        }
        for ((pay, share), (under, plan)) in highest.iter().zip(under.iter().zip(&plans)) {
            let best = under.best(|worth| worth.seller);
            prop_assert!(
                best.height >= pay - 1e-6 * pay.abs(),
                "{} at {} is less than {} at {} under {:?}",
                best.height,
                best.at,
                pay,
                share,
                plan
            );
            let there = under.worth_at(best.at, &mut under.path()).seller;
            prop_assert!((there - best.height).abs() <= 1e-9 * there.abs().max(1.0));
        }
        Ok(())
    });
}
