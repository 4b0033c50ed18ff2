//! A study: what is asked, and how it is found out one slice at a time.

use std::rc::Rc;

use crate::model::best_plan::{BestPlan, PlanRanges, best_plan};
use crate::model::bounds::Input;
use crate::model::certainty::{Certainty, Holds};
use crate::model::mini_charts::{Chart, Series};
use crate::model::payoff::Question;
use crate::model::what_if::{Figure, WhatIf};
use crate::model::workspace::Workspace;

/// What to find out.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// About which workspace.
    pub workspace: Workspace,
    /// About which seller; `None` for all added up.
    pub seller: Option<String>,
    /// The inputs to chart.
    pub inputs: Vec<Input>,
}

/// Something found out.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// The best two rates for the same pay.
    SamePay(BestPlan),
    /// How often the verdict holds within the ranges, if there are any.
    Holds(Holds),
    /// The gap over the slider of an input, and the gap as it is now.
    Chart(Chart, f64),
}

/// Cases drawn from the ranges: a share of them is sure to five points.
const CASES: usize = 400;

/// A study under way.
#[derive(Debug)]
pub struct Study {
    assignment: Assignment,
    what_if: Option<Rc<WhatIf>>,
    series: Option<Series>,
    certainty: Option<Certainty>,
    /// Slices of the kind in hand that are done.
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    SamePay,
    Holds,
    Present,
    /// The chart of the input at this place.
    Chart(usize),
    Done,
}

impl Study {
    /// Begins; nothing is worked out yet.
    pub fn new(assignment: Assignment) -> Study {
        Study { assignment, what_if: None, series: None, certainty: None, step: Step::SamePay }
    }

    /// Whether there is nothing left to find out.
    pub fn is_done(&self) -> bool {
        self.step == Step::Done
    }

    /// Works one slice, and gives what it found, if that completed something.
    pub fn advance(&mut self) -> Option<Finding> {
        match self.step {
            Step::SamePay => {
                self.step = if self.assignment.workspace.ranges.is_empty() { Step::Present } else { Step::Holds };
                // Flat plans only: floors take a search each.
                let flat = PlanRanges { floor: (0.0, 0.0), ..PlanRanges::default() };
                let best = best_plan(&self.assignment.workspace, &self.question(), &flat).ok();
                if best.is_none() {
                    // Inputs that contradict one another are told elsewhere.
                    self.step = Step::Done;
                }
                best.map(Finding::SamePay)
            }
            Step::Holds => self.case(),
            Step::Present => {
                self.what_if = WhatIf::new(&self.assignment.workspace, &self.question()).ok().map(Rc::new);
                self.step = Step::Chart(0);
                None
            }
            Step::Chart(place) => self.chart(place),
            Step::Done => None,
        }
    }

    /// How much of a long step is done, and of how much: cases drawn from the ranges, or charts.
    pub fn progress(&self) -> Option<(usize, usize)> {
        match self.step {
            Step::Holds => Some(self.certainty.as_ref().map_or((0, CASES), |it| (it.done(), it.total()))),
            Step::Chart(place) => Some((place, self.assignment.inputs.len())),
            Step::SamePay | Step::Present | Step::Done => None,
        }
    }

    /// Begins with the cases, or works one of them out.
    fn case(&mut self) -> Option<Finding> {
        let Some(certainty) = &mut self.certainty else {
            self.certainty = Certainty::new(&self.assignment.workspace, &self.question(), CASES).ok();
            if self.certainty.is_none() {
                self.step = Step::Present;
            }
            return None;
        };
        certainty.advance();
        if certainty.done() < certainty.total() {
            return None;
        }
        self.step = Step::Present;
        self.certainty.take().map(|it| Finding::Holds(it.found()))
    }

    fn chart(&mut self, place: usize) -> Option<Finding> {
        let (Some(what_if), Some(input)) = (&self.what_if, self.assignment.inputs.get(place)) else {
            self.step = Step::Done;
            return None;
        };
        let series = self.series.get_or_insert_with(|| Series::new(Rc::clone(what_if), *input, Figure::Gap));
        if series.advance() {
            return None;
        }
        let gap = what_if.present().gap;
        self.step = Step::Chart(place + 1);
        self.series.take().map(|series| Finding::Chart(series.into_chart(), gap))
    }

    fn question(&self) -> Question {
        Question { seller: self.assignment.seller.clone(), ..Question::default() }
    }
}
