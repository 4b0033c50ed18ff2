//! What is worked out while nothing moves: the best plan for the same pay, and a chart for each slider.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use crate::model::bounds::Input;
use crate::model::ruled_curve::RuledCurve;
use crate::study::{Assignment, Finding};
use crate::text::claim::ToldPlan;
use crate::text::verdict::Part;

/// Something found out, as it is shown.
pub enum Shown {
    /// What the plan does with its rules, if it has any; the best plan for the same pay; and the plans that both are about.
    SamePay([Vec<Part>; 2], Vec<ToldPlan>),
    /// What every split is worth with the rules of the plan.
    Curve(RuledCurve),
    /// How much is luck.
    Luck(Html),
    /// How far long work is, with a way to stop it or to go on; nothing once it is done.
    Progress(Html),
    /// Sentences on how often the verdict holds within the ranges.
    Holds(Html),
    /// Of any topic but the Payoff page: what was found, as it is.
    Found(Finding),
    /// A small chart of the gap over the range of a slider.
    Chart(Input, Html),
    /// What the page has to do without, as a sentence.
    Lost(&'static str),
}

/// What to study, and for whom.
#[derive(Clone)]
pub struct Errand {
    /// What to find out.
    pub assignment: Rc<Assignment>,
    /// Whether nobody wants to know any more.
    pub stop: Rc<Stop>,
    /// Something was found.
    pub on_found: Callback<Shown>,
}

/// Tells whoever works on an errand that nobody waits for it.
#[derive(Default)]
pub struct Stop {
    stopped: Cell<bool>,
    then: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl Stop {
    /// Whether nobody waits any more.
    pub fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// What to do at the stop.
    pub fn then(&self, act: impl FnOnce() + 'static) {
        *self.then.borrow_mut() = Some(Box::new(act));
    }

    /// Somebody waits again.
    pub fn resume(&self) {
        self.stopped.set(false);
    }

    /// Nobody waits any more.
    pub fn stop(&self) {
        self.stopped.set(true);
        if let Some(act) = self.then.take() {
            act();
        }
    }
}

/// Begins a study, which goes on by itself.
pub type Begin = fn(Errand);
