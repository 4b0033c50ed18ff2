//! Long work: messages keep every number, and a study in slices finds what the solvers find at once.

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

use std::rc::Rc;

use generate::{as_of, for_all, workspaces};
use holdfast::model::best_plan::{BestPlan, PlanRanges, best_plan};
use holdfast::model::bounds::Input;
use holdfast::model::certainty::Certainty;
use holdfast::model::mini_charts::Series;
use holdfast::model::monte_carlo::{Simulation, Team};
use holdfast::model::payoff::{Question, Samples, payoff};
use holdfast::model::sample::sample_workspace;
use holdfast::model::what_if::{Figure, WhatIf};
use holdfast::study::{Assignment, Finding, Study, wire};
use proptest::prelude::*;

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

#[test]
fn a_worker_is_sent_every_number_and_no_name() {
    let inputs = vec![Input::Stay, Input::RenewalCommission];
    for_all(200, 5_000, &(workspaces(8, &["Ada", "Ben", ""]), 0..4_usize), |(workspace, which)| {
        let names: Vec<String> = workspace.book.sellers().keys().map(|name| (*name).to_owned()).collect();
        let seller = names.get(which).cloned();
        let sent = Assignment { workspace, seller, inputs: inputs.clone() };
        let numbers = wire::assignment_to(&sent);
        let received = wire::assignment_from(&numbers);
        prop_assert!(received.is_some());
        let received = received.unwrap();
        prop_assert_eq!(bits(&numbers), bits(&wire::assignment_to(&received)));
        let answer = |assignment: &Assignment| {
            let question = Question { seller: assignment.seller.clone(), ..Question::default() };
            payoff(&assignment.workspace, &question).map(|answer| answer.headline())
        };
        prop_assert_eq!(answer(&sent), answer(&received));
        prop_assert_eq!(&sent.workspace.ranges, &received.workspace.ranges);
        let kept =
            received.workspace.book.accounts.iter().all(|account| account.name.is_empty() && account.tags.is_empty());
        prop_assert!(kept && received.workspace.book.accounts.iter().all(|account| account.notes.is_empty()));
        Ok(())
    });
}

#[test]
fn a_message_that_is_cut_off_says_nothing() {
    let mut workspace = sample_workspace(as_of());
    workspace.set_range(Input::Stay, 0.5, 0.9).unwrap();
    let numbers = wire::assignment_to(&Assignment { workspace, seller: None, inputs: vec![Input::Stay] });
    for length in 0..numbers.len() {
        assert_eq!(wire::assignment_from(&numbers[..length]), None, "{length}");
    }
    let mut turned = numbers.clone();
    let low = numbers.iter().position(|number| *number == 0.5).unwrap();
    turned[low] = 0.95;
    assert_eq!(wire::assignment_from(&turned), None, "a range that falls");
    for finding in [
        vec![],
        vec![1.0, 9.0],
        vec![3.0, 0.0, 400.0],
        vec![7.0],
        vec![0.0, 0.1],
        vec![0.0, 0.1, 9.0, 9.0, 0.5, 0.1, 0.2],
        vec![2.0, 0.0, 1.0, 1e18, 0.0],
        vec![2.0, 999.0, 1.0, 0.0, 0.0],
    ] {
        assert_eq!(wire::finding_from(&finding), None, "{finding:?}");
    }
}

#[test]
fn a_study_finds_what_the_solvers_find() {
    let workspace = sample_workspace(as_of());
    let inputs = vec![Input::Stay, Input::RenewToday];
    let mut study = Study::new(Assignment { workspace: workspace.clone(), seller: None, inputs: inputs.clone() });
    let mut found = Vec::new();
    while !study.is_done() {
        // As the worker sends it.
        let received = study.advance().map(|finding| wire::finding_from(&wire::finding_to(&finding)).unwrap());
        found.extend(received);
    }
    let flat = PlanRanges { floor: (0.0, 0.0), ..PlanRanges::default() };
    let best: BestPlan = best_plan(&workspace, &Question::default(), &flat).unwrap();
    let price =
        Samples::new(&workspace, &Question::default()).unwrap().agreement_price(&workspace, &Question::default());
    assert!(price.is_some_and(|price| (price.rate - 0.115).abs() < 1e-3), "{price:?}");
    assert_eq!(found[0], Finding::SamePay(price, best));
    let what_if = Rc::new(WhatIf::new(&workspace, &Question::default()).unwrap());
    let charts = inputs.iter().map(|input| {
        let chart = Series::new(Rc::clone(&what_if), *input, Figure::Gap).finish().into_chart();
        Finding::Chart(chart, what_if.present().gap)
    });
    let shares = Samples::new(&workspace, &Question::default()).unwrap().best_shares(&workspace);
    assert!((shares[0] - 0.325842).abs() < 1e-6);
    let team = Team::new(&workspace, &Question::default()).unwrap();
    let mut simulation = Simulation::new(&team, &workspace.plan, &shares, 1);
    simulation.advance(10_000);
    assert_eq!(found[1], Finding::Spread(Box::new(simulation.spread())));
    assert_eq!(found[2..], charts.collect::<Vec<Finding>>());
}

/// What a study finds about ranges is what is found in one go; it comes between the sentence and the charts.
#[test]
fn a_study_of_ranges_tells_how_far_it_is_and_what_holds() {
    let mut workspace = sample_workspace(as_of());
    workspace.set_range(Input::RenewalCommission, 0.08, 0.13).unwrap();
    for decides in [true, false] {
        if !decides {
            // Nothing can be told from a number that changes nothing.
            workspace = sample_workspace(as_of());
            workspace.set_range(Input::HoneymoonRatio, 2.0, 3.0).unwrap();
        }
        let inputs = vec![Input::Stay];
        let mut study = Study::new(Assignment { workspace: workspace.clone(), seller: None, inputs });
        assert_eq!(study.progress(), 0.0);
        let (mut found, mut progress) = (Vec::new(), Vec::new());
        while !study.is_done() {
            found.extend(study.advance().map(|finding| wire::finding_from(&wire::finding_to(&finding)).unwrap()));
            progress.push(study.progress());
        }
        // It never falls, moves at every one of the 400 cases, and is all but done at the end.
        assert!(progress.windows(2).all(|pair| pair[0] <= pair[1]), "{progress:?}");
        assert!(progress.len() > 400 && progress[400] < 0.95 && progress[progress.len() - 1] > 0.95, "{progress:?}");
        let mut certainty = Certainty::new(&workspace, &Question::default(), 400).unwrap();
        while certainty.done() < certainty.total() {
            certainty.advance();
        }
        assert_eq!(certainty.found().decides.is_some(), decides);
        assert_eq!(found[1], Finding::Holds(certainty.found()));
        assert!(matches!(found[..], [Finding::SamePay(..), _, Finding::Spread(_), Finding::Chart(..)]), "{found:?}");
    }
}
