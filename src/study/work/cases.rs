//! Simulated cases: many by rates alone, or fewer that are paid event by event by all rules.

use crate::model::monte_carlo::{Duel, RuledSimulation, Simulation, Spread, Team};
use crate::model::payoff::Question;
use crate::model::workspace::Workspace;

/// Cases by rates alone, and how many of them make a slice.
const RUNS: usize = 10_000;
const RUNS_A_SLICE: usize = 250;
/// Cases paid by all rules, and how many of them make a slice.
const RULED_RUNS: usize = 2_000;
const RULED_RUNS_A_SLICE: usize = 20;
/// The seed of the simulation: the same luck for everybody, so that a figure read out is a figure found again.
const SEED: u64 = 1;

/// Cases under way.
#[derive(Debug)]
pub(super) enum Cases {
    /// By rates alone.
    Rates(Box<Simulation>),
    /// By all rules.
    Rules(Box<RuledSimulation>),
}

impl Cases {
    /// Prepares those of the plan of `workspace` with the sellers at `shares`; `None` if the inputs contradict one another.
    pub(super) fn new(workspace: &Workspace, question: &Question, shares: &[f64], with_rules: bool) -> Option<Cases> {
        let team = Team::new(workspace, question).ok()?;
        Some(if with_rules {
            Cases::Rules(Box::new(RuledSimulation::new(&team, workspace, shares, SEED)))
        } else {
            Cases::Rates(Box::new(Simulation::new(&team, &workspace.plan, shares, SEED)))
        })
    }

    /// How many slices there are in all.
    pub(super) const fn slices(with_rules: bool) -> usize {
        if with_rules { RULED_RUNS / RULED_RUNS_A_SLICE } else { RUNS / RUNS_A_SLICE }
    }

    /// Works out a slice. Whether there are all.
    pub(super) fn advance(&mut self) -> bool {
        match self {
            Cases::Rates(simulation) => {
                simulation.advance(RUNS_A_SLICE.min(RUNS - simulation.outcomes().len()));
                simulation.outcomes().len() >= RUNS
            }
            Cases::Rules(simulation) => {
                simulation.advance(RULED_RUNS_A_SLICE.min(RULED_RUNS - simulation.cases()));
                simulation.cases() >= RULED_RUNS
            }
        }
    }

    /// What they say.
    pub(super) fn spread(&self) -> Spread {
        match self {
            Cases::Rates(simulation) => simulation.spread(),
            Cases::Rules(simulation) => simulation.spread(),
        }
    }

    /// How often `other` beats these; `None` for cases of another kind.
    pub(super) fn duel(&self, other: &Cases) -> Option<Duel> {
        match (self, other) {
            (Cases::Rates(one), Cases::Rates(other)) => Some(Duel::new(one, other)),
            (Cases::Rules(one), Cases::Rules(other)) => Some(one.duel(other)),
            _ => None,
        }
    }
}
