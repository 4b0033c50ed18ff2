//! A named change of a workspace: what undo takes back, what is kept, and what another tab is told.

use std::rc::Rc;

use super::workspace::Workspace;

/// Names a step for as long as it can be undone, also after a reload and among several tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StepId {
    /// The tab that took it, by the number that it drew.
    pub tab: u32,
    /// Counts the steps of the tab, from 1.
    pub number: u32,
}

/// What a change is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// With names: "delete Alder Bakery".
    pub text: String,
    /// The same where names are hidden: "delete an account".
    pub nameless: String,
}

impl Label {
    /// A label in which no name occurs.
    pub fn plain(text: impl Into<String>) -> Label {
        let text = text.into();
        Label { nameless: text.clone(), text }
    }

    /// The words to show.
    pub fn shown(&self, names_hidden: bool) -> &str {
        if names_hidden { &self.nameless } else { &self.text }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A step of its own, which can be undone.
    Step,
    /// More of the same step: a drag that went on after a rest.
    More,
    /// The step was undone.
    Undone,
    /// The undone step was done again.
    Redone,
}

/// One change, told by the workspace before and after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The step that was taken, undone or done again.
    pub step: StepId,
    /// Which of these.
    pub deed: Deed,
    /// What it is called.
    pub label: Label,
    /// The workspace before.
    pub before: Rc<Workspace>,
    /// The workspace after.
    pub after: Rc<Workspace>,
}
