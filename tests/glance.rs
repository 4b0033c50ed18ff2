//! A quick answer against the exact one.

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

use std::cell::Cell;

use generate::for_all;
use holdfast::model::bounds::Input;
use holdfast::model::payoff::{Detail, Question, payoff};
use proptest::prelude::*;

/// What it may be off in money, as a part of the largest value.
const MONEY_OFF: f64 = 0.01;

#[test]
fn a_glance_says_nearly_what_a_closer_look_says() {
    let (drawn, missed) = (Cell::new(0_u32), Cell::new(0_u32));
    for_all(300, 20_000, &generate::workspaces(8, &["Ada", "Ben"]), |mut workspace| {
        // Within what the sliders reach.
        for input in Input::ALL {
            let (low, high) = input.bounds().slider;
            let before = workspace.clone();
            workspace.set(input, workspace.get(input).clamp(low, high)).unwrap();
            if workspace.check().is_err() {
                workspace = before;
            }
        }
        let look = |detail: Detail| payoff(&workspace, &Question { detail, ..Question::default() });
        let (exact, glance) = match (look(Detail::Exact), look(Detail::Glance)) {
            (Ok(exact), Ok(glance)) => (exact, glance),
            (exact, glance) => {
                prop_assert_eq!(exact.err(), glance.err());
                return Ok(());
            }
        };
        let values = exact.curve.iter().map(|point| point.seller_value.abs().max(point.company_value.abs()));
        let size = values.fold(1.0, f64::max);
        drawn.set(drawn.get() + 1);
        let off = (exact.gap - glance.gap).abs();
        if off > MONEY_OFF * size {
            missed.set(missed.get() + 1);
        }
        prop_assert_eq!(exact.today, glance.today);
        prop_assert_eq!(exact.seller_hour, glance.seller_hour);
        Ok(())
    });
    // A peak narrower than the distance between samples is left to the closer look.
    let (drawn, missed) = (drawn.get(), missed.get());
    assert!(missed * 50 <= drawn, "{missed} of {drawn} gaps are off by more than a hundredth of the largest value");
}
