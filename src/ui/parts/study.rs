//! What is worked out in small steps while nothing moves: the best plan for the same pay, and a chart for each slider.

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use crate::model::bounds::Input;
use crate::model::payoff::Question;
use crate::model::workspace::Workspace;
use crate::text::verdict::Part;

/// Something found out.
pub enum Finding {
    /// A sentence on the best plan for the same pay.
    SamePay(Vec<Part>),
    /// A small chart of the gap over the range of a slider.
    Chart(Input, Html),
}

/// What to study.
pub struct Assignment {
    /// The workspace.
    pub workspace: Rc<Workspace>,
    /// The sellers.
    pub question: Question,
    /// The inputs to chart.
    pub inputs: Vec<Input>,
    /// Whether nobody wants to know any more.
    pub stopped: Rc<Cell<bool>>,
    /// Something was found.
    pub on_found: Callback<Finding>,
}

/// Begins a study, which goes on by itself.
pub type Begin = fn(Assignment);
