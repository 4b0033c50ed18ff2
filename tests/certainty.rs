//! In what share of cases the verdict holds: against what a loop over the range or a sum on paper says.

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

use generate::{SELLERS, as_of, for_all, workspaces};
use holdfast::model::bounds::Input;
use holdfast::model::certainty::{Certainty, Holds, Quantiles, Side};
use holdfast::model::payoff::{Headline, Question, payoff};
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;
use proptest::prelude::*;

fn sample(ranges: &[(Input, f64, f64)]) -> Workspace {
    let mut workspace = sample_workspace(as_of());
    for (input, low, high) in ranges {
        workspace.set_range(*input, *low, *high).unwrap();
    }
    assert_eq!(workspace.check(), Ok(()));
    workspace
}

fn found(workspace: &Workspace, cases: usize) -> Holds {
    let mut certainty = Certainty::new(workspace, &Question::default(), cases).unwrap();
    while certainty.done() < certainty.total() {
        certainty.advance();
    }
    certainty.found()
}

/// The verdict at another number, by the model itself.
fn at(workspace: &Workspace, input: Input, number: f64) -> Headline {
    let mut moved = workspace.clone();
    moved.set(input, number).unwrap();
    payoff(&moved, &Question::default()).unwrap().headline()
}

/// How far a share of so many cases may be from `expected`: three and a half standard errors.
fn error(expected: f64, cases: usize) -> f64 {
    3.5 * (expected * (1.0 - expected) / cases as f64).sqrt()
}

/// Below the flip customers get too little time: the verdict holds in the part of the range that lies below.
#[test]
fn the_share_is_the_part_of_the_range_before_the_verdict_turns() {
    let input = Input::RenewalCommission;
    let plain = sample(&[]);
    // More than a point apart, as it is at 2 %, until just before 11.5 %.
    let (mut before, mut after) = (0.02, 0.12);
    for _ in 0..30 {
        let middle = 0.5 * (before + after);
        let verdict = at(&plain, input, middle);
        if verdict.company_share - verdict.seller_share > 0.01 { before = middle } else { after = middle }
    }
    for (low, high) in [(before - 0.06, before + 0.02), (before - 0.03, before + 0.029)] {
        let workspace = sample(&[(input, low, high)]);
        let expected = (before - low) / (high - low);
        let holds = found(&workspace, 2_000);
        assert_eq!((holds.side, holds.cases, holds.contradictory), (Side::TooLittle, 2_000, 0));
        assert!((holds.share - expected).abs() < error(expected, 2_000), "{} of {expected}", holds.share);
        assert!(
            holds.interval.0 < holds.share
                && holds.share < holds.interval.1
                && holds.interval.1 - holds.interval.0 < 0.05
        );
        let (decides, part) = holds.decides.unwrap();
        assert!(decides == input && part > 0.8, "{:?}", holds.decides);
        // The middle case is that in the middle of the range, give or take three and a half standard errors.
        let middle = |part: f64| at(&workspace, input, low + part * (high - low)).seller_share;
        assert!(middle(0.46) <= holds.seller_share.middle && holds.seller_share.middle <= middle(0.54), "{holds:?}");
    }
}

/// Two ranges at once, against a loop over a grid of both.
#[test]
fn two_ranges_are_drawn_apart_and_the_wider_one_decides() {
    let (rate, stay) = ((Input::RenewalCommission, 0.06, 0.14), (Input::Stay, 0.65, 0.85));
    let workspace = sample(&[rate, stay]);
    let (mut held, mut gaps) = (0, Vec::new());
    for step in 0..40 {
        let mut moved = workspace.clone();
        moved.set(rate.0, rate.1 + (rate.2 - rate.1) * (f64::from(step) + 0.5) / 40.0).unwrap();
        for step in 0..15 {
            let verdict = at(&moved, stay.0, stay.1 + (stay.2 - stay.1) * (f64::from(step) + 0.5) / 15.0);
            held += i32::from(verdict.company_share - verdict.seller_share > 0.01);
            gaps.push(verdict.gap);
        }
    }
    let expected = f64::from(held) / 600.0;
    gaps.sort_by(f64::total_cmp);
    let holds = found(&workspace, 1_000);
    assert!((holds.share - expected).abs() < error(expected, 1_000) + 0.02, "{} of {expected}", holds.share);
    assert!(holds.gap.high > gaps[540] && holds.gap.high < gaps[590], "{:?}", holds.gap);
    assert_eq!(holds.decides.unwrap().0, rate.0);
}

/// Nobody's chance to stay when uncalled may be above that of today: of 70 to 95 % two fifths are above 85 %.
#[test]
fn draws_that_contradict_one_another_are_made_anew_and_counted() {
    let holds = found(&sample(&[(Input::RenewUnattended, 0.70, 0.95)]), 1_000);
    assert_eq!(holds.cases, 1_000);
    let draws = holds.cases + holds.contradictory;
    let refused = holds.contradictory as f64 / draws as f64;
    assert!((refused - 0.4).abs() < error(0.4, draws), "{refused}");
}

#[test]
fn ranges_of_which_only_the_middle_fits_give_no_case() {
    let mut workspace = sample(&[]);
    workspace.set(Input::RenewToday, 0.6).unwrap();
    workspace.set(Input::ShareToday, 0.0).unwrap();
    workspace.set_range(Input::RenewToday, 0.5, 0.7).unwrap();
    let holds = found(&workspace, 50);
    assert_eq!((holds.cases, holds.share, holds.interval, holds.decides), (0, 0.0, (0.0, 1.0), None));
    assert_eq!(holds.contradictory, 50 * 20);
    let gap = payoff(&workspace, &Question::default()).unwrap().gap;
    assert_eq!(holds.gap, Quantiles { low: gap, middle: gap, high: gap });
}

#[test]
fn the_same_ranges_always_say_the_same_and_one_without_effect_changes_nothing() {
    let workspace = sample(&[(Input::RenewToday, 0.65, 0.9), (Input::RenewUnattended, 0.5, 0.8)]);
    let once = found(&workspace, 200);
    assert!(once.share > 0.0 && once.contradictory > 0, "{once:?}");
    assert_eq!(found(&workspace, 200), once);
    // Who is courted how long only matters if new ones come first.
    let mut more = workspace;
    more.set_range(Input::HoneymoonRatio, 1.0, 5.0).unwrap();
    assert_eq!(found(&more, 200), once);
}

#[test]
fn without_ranges_there_is_nothing_to_do() {
    let mut certainty = Certainty::new(&sample(&[]), &Question::default(), 400).unwrap();
    certainty.advance();
    assert_eq!((certainty.done(), certainty.total(), certainty.found().cases), (0, 0, 0));
}

#[test]
fn the_horizon_is_drawn_in_whole_months() {
    let workspace = sample(&[(Input::Horizon, 12.0, 13.0)]);
    let holds = found(&workspace, 300);
    let ends = [12.0, 13.0].map(|months| at(&workspace, Input::Horizon, months).gap);
    assert_eq!([holds.gap.low, holds.gap.high], ends, "one of the two in every case");
    assert_eq!(holds.decides.unwrap().0, Input::Horizon);
}

/// All numbers anywhere within their bounds at once.
#[test]
fn every_input_may_have_the_whole_of_its_bounds() {
    for_all(24, 300, &workspaces(4, SELLERS), |mut workspace| {
        for input in Input::ALL {
            let row = input.bounds();
            prop_assert!(workspace.keep_range(input, row.min, row.max).is_ok());
        }
        let Ok(mut certainty) = Certainty::new(&workspace, &Question::default(), 4) else { return Ok(()) };
        while certainty.done() < certainty.total() {
            certainty.advance();
        }
        let holds = certainty.found();
        prop_assert!(holds.cases <= 4 && (0.0..=1.0).contains(&holds.share));
        for of in [holds.gap, holds.seller_share, holds.company_share] {
            prop_assert!(
                of.low <= of.middle && of.middle <= of.high && of.low >= 0.0 && of.high.is_finite(),
                "{:?}",
                of
            );
        }
        Ok(())
    });
}
