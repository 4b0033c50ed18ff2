//! The simulation against the projection, against a naive one, and against what can be worked out by hand.
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

mod brute;
mod by_hand;
#[path = "../fixtures/generate.rs"]
mod generate;
mod laws;
mod splits;

use holdfast::model::assumptions::Assumptions;
use holdfast::model::book::Book;
use holdfast::model::monte_carlo::{Simulation, Team};
use holdfast::model::month::Month;
use holdfast::model::payoff::Question;
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;

fn team(workspace: &Workspace) -> Option<Team> {
    Team::new(workspace, &Question::default()).ok()
}

/// `runs` runs of a workspace at one share.
fn simulated(workspace: &Workspace, share: f64, seed: u64, runs: usize) -> Simulation {
    let mut simulation = Simulation::new(&team(workspace).unwrap(), &workspace.plan, &[share], seed);
    simulation.advance(runs);
    simulation
}

fn sample() -> Workspace {
    sample_workspace(Month::parse("2026-11").unwrap())
}

/// Nobody to keep and nobody who refers: a year of winning from cold leads alone.
fn only_wins() -> Workspace {
    let assumptions = Assumptions { referrals: 0.0, horizon: 12, residual: false, ..Assumptions::default() };
    Workspace { book: Book::empty(), assumptions, ..sample() }
}
