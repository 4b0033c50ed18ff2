//! Undo and redo over the whole workspace, by name.
//!
//! Workspaces are shared, not copied: a step costs a pointer and what it changed.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::model::bounds::Input;
use crate::model::workspace::Workspace;

/// The most steps that can be undone.
pub const MAX_STEPS: usize = 100;

/// One named change.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was done, in words.
    pub label: String,
    /// The workspace on the other side of the step: before it when it can be undone, after it when redone.
    workspace: Rc<Workspace>,
    /// The input of a drag that may go on.
    open: Option<Input>,
}

/// Steps done and undone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Records that `before` was left behind by a step called `label`. What was undone is gone then.
    pub fn record(&mut self, label: String, before: Rc<Workspace>) {
        self.push(Step { label, workspace: before, open: None });
    }

    /// Records a step of a drag of `input`: the first opens a step, the next ones only rename it.
    pub fn record_drag(&mut self, input: Input, before: Rc<Workspace>, label: impl FnOnce(&Workspace) -> String) {
        if let Some(step) = self.done.back_mut().filter(|step| step.open == Some(input)) {
            step.label = label(&step.workspace);
            return;
        }
        let label = label(&before);
        self.push(Step { label, workspace: before, open: Some(input) });
    }

    /// Ends a drag: the next change is a step of its own.
    pub fn settle(&mut self) {
        if let Some(step) = self.done.back_mut() {
            step.open = None;
        }
    }

    fn push(&mut self, step: Step) {
        self.settle();
        self.undone.clear();
        self.done.push_back(step);
        if self.done.len() > MAX_STEPS {
            self.done.pop_front();
        }
    }

    /// Undoes the last step from `now`: its label and the workspace before it.
    pub fn undo(&mut self, now: &Rc<Workspace>) -> Option<(String, Rc<Workspace>)> {
        let step = self.done.pop_back()?;
        self.undone.push(Step { label: step.label.clone(), workspace: Rc::clone(now), open: None });
        Some((step.label, step.workspace))
    }

    /// Does the last undone step again from `now`: its label and the workspace after it.
    pub fn redo(&mut self, now: &Rc<Workspace>) -> Option<(String, Rc<Workspace>)> {
        let step = self.undone.pop()?;
        self.settle();
        self.done.push_back(Step { label: step.label.clone(), workspace: Rc::clone(now), open: None });
        Some((step.label, step.workspace))
    }

    /// The name of the step that would be undone.
    pub fn next_undo(&self) -> Option<&str> {
        self.done.back().map(|step| step.label.as_str())
    }

    /// The name of the step that would be done again.
    pub fn next_redo(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }
}
