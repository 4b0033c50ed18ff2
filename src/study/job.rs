//! What is asked beside the verdict: which numbers matter, a map, what rules do, where both agree with them and what pays the same, what gaming pays for, why the answer changed.

use std::rc::Rc;

use super::gamed_year::Gaming;
use super::work::{Assignment, Finding, MapAsked, Topic};
use crate::model::bounds::Input;
use crate::model::mini_charts::POINTS;
use crate::model::payoff::Question;
use crate::model::ruled_agreement::RuledAgreement;
use crate::model::ruled_bars::{RuledBars, RuledFound};
use crate::model::ruled_outcome::RuledOutcome;
use crate::model::ruled_same_pay::{RuledSamePay, SamePay};
use crate::model::sensitivity::{Found, TURNS, Tornado};
use crate::model::two_way_map::TwoWayMap;
use crate::model::waterfall::Descent;
use crate::model::what_if::{Figure, WhatIf};

/// Values of a map across and up.
const COLUMNS: usize = 17;
const ROWS: usize = 13;

/// One of them under way.
#[derive(Debug)]
pub(super) enum Job {
    Tornado(Tornado),
    RuledBars(Box<RuledBars>),
    Map(TwoWayMap),
    Rules(Box<RuledOutcome>),
    Agreement(Box<RuledAgreement>),
    SamePay(Box<RuledSamePay>),
    Gaming(Gaming),
    Waterfall(Box<Descent>),
}

impl Job {
    /// The job of `assignment`; `None` for the topics that are none, and if the inputs contradict one another.
    pub(super) fn new(assignment: &Assignment, question: &Question) -> Option<Job> {
        let workspace = &assignment.workspace;
        let what_if = || WhatIf::new(workspace, question).ok().map(Rc::new);
        match &assignment.topic {
            Topic::Payoff(_) | Topic::Comparison(_) => None,
            Topic::Tornado => what_if().map(|what_if| Job::Tornado(Tornado::new(what_if, Figure::Gap))),
            Topic::RuledTornado => {
                RuledBars::new(workspace, question).ok().map(|search| Job::RuledBars(Box::new(search)))
            }
            Topic::Map(MapAsked { figure, across, up }) => {
                what_if().map(|what_if| Job::Map(TwoWayMap::new(what_if, *figure, (*across, COLUMNS), (*up, ROWS))))
            }
            Topic::Rules => RuledOutcome::new(workspace, question).ok().map(|search| Job::Rules(Box::new(search))),
            Topic::RuledAgreement => {
                RuledAgreement::new(workspace, question).ok().map(|search| Job::Agreement(Box::new(search)))
            }
            Topic::RuledSamePay => {
                RuledSamePay::best(workspace, question).ok().map(|search| Job::SamePay(Box::new(search)))
            }
            Topic::Gaming => Gaming::new(workspace, question).map(Job::Gaming),
            Topic::Waterfall(before) => {
                Descent::new(before, workspace, question).ok().map(|descent| Job::Waterfall(Box::new(descent)))
            }
        }
    }

    /// Works a slice: what it found, and whether that was all.
    pub(super) fn advance(&mut self) -> (Option<Finding>, bool) {
        match self {
            Job::Tornado(tornado) => {
                let found = tornado.advance().map(|found| match found {
                    Found::Bars(bars) => Finding::Bars(bars),
                    Found::Turn(input, flip) => Finding::Turn(input, flip),
                });
                (found, tornado.is_done())
            }
            Job::RuledBars(search) => {
                let found = search.advance().map(|found| match found {
                    RuledFound::Now(outcome) => Finding::Outcome(0, outcome),
                    RuledFound::Bars(bars, moved) => Finding::RuledBars(bars, moved),
                });
                (found, search.is_done())
            }
            Job::Map(map) => {
                let is_done = !map.add_row();
                (Some(Finding::Map(map.grid().clone())), is_done)
            }
            Job::Rules(search) => {
                let found = search.advance().map(|outcome| Finding::Outcome(0, outcome));
                let is_done = found.is_some();
                (found, is_done)
            }
            Job::Agreement(search) => {
                let found = search.advance().map(Finding::Agreed);
                let is_done = found.is_some();
                (found, is_done)
            }
            Job::SamePay(search) => {
                let Some(found) = search.advance() else { return (None, false) };
                match found {
                    SamePay::Best(best) => (Some(Finding::SamePay(None, best)), true),
                    SamePay::Trade(_) => (None, true),
                }
            }
            Job::Gaming(gaming) => {
                let found = gaming.advance().map(Finding::Gamed);
                let is_done = found.is_some();
                (found, is_done)
            }
            Job::Waterfall(descent) => {
                let found = descent.advance().map(Finding::Fallen);
                let is_done = found.is_some();
                (found, is_done)
            }
        }
    }

    /// About how much is done after so many slices, 0 to 1.
    pub(super) fn part(&self, slices: usize) -> f64 {
        let all = match self {
            Job::Gaming(gaming) => return gaming.part(),
            // A chart takes its points and a few steps to where the verdict turns.
            Job::Tornado(_) => 2 + Input::ALL.len() + TURNS * (POINTS + 8),
            Job::RuledBars(search) => 1 + search.steps(),
            Job::Map(_) => 1 + ROWS,
            Job::Rules(search) => 1 + search.steps(),
            Job::Agreement(search) => 1 + search.steps(),
            Job::SamePay(search) => 1 + search.steps(),
            Job::Waterfall(_) => 4 + Input::ALL.len(),
        };
        slices as f64 / all as f64
    }
}
