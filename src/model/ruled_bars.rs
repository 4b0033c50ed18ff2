//! Which number matters under a plan with rules: each one moved by itself, and what the gap is then with all rules.
//!
//! A verdict with rules is a search over all splits in which every event is paid, so this takes some hundred searches: they
//! are made one at a time, and the bars come one by one.

use super::bounds::Input;
use super::payoff::{PlanOutcome, Question};
use super::problem::Problem;
use super::ruled_outcome::RuledOutcome;
use super::sensitivity::{Bar, NO_LENGTH, moved_to};
use super::workspace::Workspace;

/// Bars in the making.
#[derive(Debug)]
pub struct RuledBars {
    workspace: Workspace,
    question: Question,
    /// What the plan does as it is, once that is known.
    present: Option<PlanOutcome>,
    /// The place among all inputs of the one that is moved now.
    next: usize,
    /// Where it was moved down to, and the gap there, once that is known.
    low: Option<(f64, f64)>,
    /// Where an input is moved to, if any is, and the search there.
    search: Option<(f64, Box<RuledOutcome>)>,
    bars: Vec<Bar>,
    /// Steps of a search.
    steps: usize,
}

/// Something that they found.
#[derive(Debug, Clone, PartialEq)]
pub enum RuledFound {
    /// What the plan does as it is.
    Now(PlanOutcome),
    /// The bars so far, the longest first, and how many numbers were moved for them.
    Bars(Vec<Bar>, usize),
}

impl RuledBars {
    /// Begins with the plan of `workspace` as it is.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &Workspace, question: &Question) -> Result<RuledBars, Problem> {
        let search = RuledOutcome::new(workspace, question)?;
        Ok(RuledBars {
            workspace: workspace.clone(),
            question: question.clone(),
            present: None,
            next: 0,
            low: None,
            steps: search.steps(),
            search: Some((0.0, Box::new(search))),
            bars: Vec::with_capacity(Input::ALL.len()),
        })
    }

    /// How many steps there are in all, about.
    pub const fn steps(&self) -> usize {
        self.steps * (1 + 2 * Input::ALL.len())
    }

    /// Whether all is found.
    pub const fn is_done(&self) -> bool {
        self.present.is_some() && self.next >= Input::ALL.len()
    }

    /// Works on: one seller's or the company's best split at most. Gives what that completed.
    pub fn advance(&mut self) -> Option<RuledFound> {
        let moved = self.next;
        let Some((at, mut search)) = self.search.take().or_else(|| self.begin()) else {
            return self.bars_since(moved);
        };
        let Some(outcome) = search.advance() else {
            self.search = Some((at, search));
            return self.bars_since(moved);
        };
        if self.present.is_none() {
            self.present = Some(outcome.clone());
            return Some(RuledFound::Now(outcome));
        }
        self.reached(at, outcome.gap);
        self.bars_since(moved)
    }

    /// The bars, if a number more was moved than before.
    fn bars_since(&self, moved: usize) -> Option<RuledFound> {
        (self.next > moved).then(|| RuledFound::Bars(self.bars.clone(), self.next))
    }

    /// The gap with the present input moved to `at`: the end below first.
    fn reached(&mut self, at: f64, gap: f64) {
        let (Some(low), Some(input)) = (self.low.take(), Input::ALL.get(self.next)) else {
            self.low = Some((at, gap));
            return;
        };
        self.next += 1;
        let bar = Bar { input: *input, low, high: (at, gap) };
        let here = self.present.as_ref().map_or(0.0, |present| present.gap.abs());
        if bar.length() > NO_LENGTH * here.max(1e-6) {
            let place = self.bars.partition_point(|other| other.length() >= bar.length());
            self.bars.insert(place, bar);
        }
    }

    /// The next end, and the search there. Where a number cannot be moved that way, the gap there is that of now.
    fn begin(&mut self) -> Option<(f64, Box<RuledOutcome>)> {
        while let Some(input) = Input::ALL.get(self.next) {
            let now = self.workspace.get(*input);
            let sign = if self.low.is_none() { -1.0 } else { 1.0 };
            let search_at = |at: f64| {
                let mut moved = self.workspace.clone();
                moved.set(*input, at).ok()?;
                moved.check().ok()?;
                Some((at, Box::new(RuledOutcome::new(&moved, &self.question).ok()?)))
            };
            match moved_to(*input, now, sign).find_map(search_at) {
                Some(found) if found.0 != now => return Some(found),
                // Nothing is moved, so nothing need be searched.
                _ => self.reached(now, self.present.as_ref().map_or(0.0, |present| present.gap)),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::model::month::Month;
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;
    use crate::model::sensitivity::{Found, Tornado};
    use crate::model::what_if::{Figure, WhatIf};

    fn bars(workspace: &Workspace) -> (PlanOutcome, Vec<Bar>) {
        let mut search = RuledBars::new(workspace, &Question::default()).unwrap();
        let (mut now, mut bars, mut last) = (None, Vec::new(), 0);
        while !search.is_done() {
            match search.advance() {
                Some(RuledFound::Now(outcome)) => now = Some(outcome),
                Some(RuledFound::Bars(found, moved)) => {
                    assert!(moved > last, "{moved} after {last}");
                    (bars, last) = (found, moved);
                }
                None => {}
            }
        }
        assert_eq!((search.advance(), last), (None, Input::ALL.len()));
        (now.unwrap(), bars)
    }

    #[test]
    fn a_rule_that_does_nothing_leaves_the_bars_of_the_rates() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::Cap, &[1e9]).unwrap()];
        let (now, ruled) = bars(&workspace);
        let mut tornado = Tornado::new(Rc::new(WhatIf::new(&workspace, &Question::default()).unwrap()), Figure::Gap);
        let flat = loop {
            if let Some(Found::Bars(bars)) = tornado.advance() {
                break bars;
            }
        };
        let near = |one: f64, other: f64| (one - other).abs() <= 0.01 * now.gap;
        let of = |input: Input, bars: &[Bar]| bars.iter().find(|bar| bar.input == input).copied();
        for bar in flat.iter().filter(|bar| bar.length() > 0.02 * now.gap) {
            let found = of(bar.input, &ruled).unwrap();
            assert_eq!((found.low.0, found.high.0), (bar.low.0, bar.high.0), "{:?}", bar.input);
            assert!(near(found.low.1, bar.low.1) && near(found.high.1, bar.high.1), "{found:?} {bar:?}");
        }
        assert!(ruled.iter().all(|bar| of(bar.input, &flat).is_some() || bar.length() < 0.01 * now.gap), "{ruled:?}");
        assert!(ruled.is_sorted_by(|one, other| one.length() >= other.length()), "{ruled:?}");
    }

    #[test]
    fn each_end_is_what_the_plan_does_there() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.plan.rules = vec![Rule::new(RuleKind::RetentionFactor), Rule::new(RuleKind::EachTouch)];
        let (now, found) = bars(&workspace);
        let question = Question::default();
        assert_eq!(now, ruled_outcome(&workspace, &question).unwrap());
        for bar in found.iter().take(3) {
            for (at, gap) in [bar.low, bar.high] {
                let mut moved = workspace.clone();
                moved.set(bar.input, at).unwrap();
                assert_eq!(ruled_outcome(&moved, &question).unwrap().gap, gap, "{bar:?}");
            }
        }
        assert!(found.len() > 10, "{found:?}");
    }
}
