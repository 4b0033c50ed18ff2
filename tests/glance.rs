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

/// How exactly a glance finds a share, but along a top that is nearly level.
const SHARE_OFF: f64 = 1e-3;
/// What it may be off in money, as a part of the largest value, where a peak stands in the last thousandth of the range.
const MONEY_OFF: f64 = 0.1;

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
        let lost = exact.seller_best.seller_value - glance.seller_best.seller_value;
        let off = (exact.seller_best.share - glance.seller_best.share).abs();
        if off > SHARE_OFF {
            // Along a level top, or between two peaks as good as equal, any share is as good for the sellers, and not
            // for the company.
            prop_assert!(lost <= 1e-3 * size, "the sellers' share is off by {}, at a loss of {}", off, lost);
            return Ok(());
        }
        let off = (exact.gap - glance.gap).abs();
        prop_assert!(off <= MONEY_OFF * size, "the gap is off by {} of {}", off, size);
        prop_assert_eq!(exact.today, glance.today);
        prop_assert_eq!(exact.seller_hour, glance.seller_hour);
        Ok(())
    });
}
