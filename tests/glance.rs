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

use generate::for_all;
use holdfast::model::payoff::{Detail, Question, payoff};
use proptest::prelude::*;

/// What a share, or a part of the largest value, may be off at a glance, whatever the inputs; of 300 drawn books nine in
/// ten were off by less than a hundredth of it.
const SHARE_OFF: f64 = 0.05;
const MONEY_OFF: f64 = 0.03;

#[test]
fn a_glance_says_nearly_what_a_closer_look_says() {
    for_all(1_000, 20_000, &generate::workspaces(8, &["Ada", "Ben"]), |workspace| {
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
        // Where the top is level to rounding, any share along it is as good.
        let lost = exact.seller_best.seller_value - glance.seller_best.seller_value;
        let off = (exact.seller_best.share - glance.seller_best.share).abs();
        prop_assert!(off <= SHARE_OFF || lost <= 1e-6 * size, "the sellers' share is off by {}", off);
        let off = (exact.gap - glance.gap).abs();
        prop_assert!(off <= MONEY_OFF * size, "the gap is off by {} of {}", off, size);
        prop_assert_eq!(exact.today, glance.today);
        prop_assert_eq!(exact.seller_hour, glance.seller_hour);
        Ok(())
    });
}
