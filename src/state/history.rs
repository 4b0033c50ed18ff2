//! Undo and redo over the whole workspace, by name.
//!
//! A step is told by the workspace before and after it. Workspaces are shared, not copied: a step costs two pointers and what
//! it changed. Undoing a step takes back what it changed and leaves alone what came from elsewhere since, another tab for
//! one: see [`merge`].

use std::collections::VecDeque;
use std::rc::Rc;

use crate::model::bounds::Input;
use crate::model::change::{Change, Deed, Label, StepId};
use crate::model::merge::{Wins, merge};
use crate::model::workspace::Workspace;

/// The most steps that can be undone.
pub const MAX_STEPS: usize = 100;

/// One named change.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    id: StepId,
    label: Label,
    before: Rc<Workspace>,
    after: Rc<Workspace>,
    /// The input of a drag that may go on.
    open: Option<Input>,
    /// The workspace up to which the step was told; `None` if nothing of it was.
    told: Option<Rc<Workspace>>,
}

impl Step {
    /// What has not been told yet.
    fn untold(&self) -> Option<Change> {
        let (deed, before) = match &self.told {
            None => (Deed::Step, &self.before),
            Some(told) if Rc::ptr_eq(told, &self.after) => return None,
            Some(told) => (Deed::More, told),
        };
        let (before, after) = (Rc::clone(before), Rc::clone(&self.after));
        Some(Change { step: self.id, deed, label: self.label.clone(), before, after })
    }
}

/// Steps done and undone, and what of them is still to be told to whoever keeps it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    /// Where the numbers of steps come from.
    tab: u32,
    last: u32,
    untold: Vec<Change>,
    /// How many changes were ever taken out of `untold`.
    taken: u64,
}

impl History {
    /// An empty history of a tab that drew this number.
    pub fn of_tab(tab: u32) -> History {
        History { tab, ..History::default() }
    }

    /// The number that the tab drew.
    pub const fn tab(&self) -> u32 {
        self.tab
    }

    /// Records a step called `label` from `before` to `after`. What was undone is gone then.
    pub fn record(&mut self, label: Label, before: Rc<Workspace>, after: Rc<Workspace>) {
        self.push(label, before, after, None);
        self.settle();
    }

    /// Records a step that leads from what was done here to what was kept before. What was done is told to nobody, since it
    /// was done to something else, but for this step, which leads back to it.
    pub fn replace_untold(&mut self, label: Label, before: Rc<Workspace>, after: Rc<Workspace>) {
        self.settle();
        self.untold.clear();
        // The keeper knows only what was kept: for it the step begins there.
        self.push(label, before, Rc::clone(&after), None);
        if let Some(step) = self.done.back_mut() {
            step.told = Some(after);
        }
    }

    /// Records a step of a drag of `input`: the first opens a step, the next ones only carry it on.
    pub fn record_drag(
        &mut self,
        input: Input,
        before: Rc<Workspace>,
        after: Rc<Workspace>,
        label: impl FnOnce(&Workspace) -> Label,
    ) {
        if let Some(step) = self.done.back_mut().filter(|step| step.open == Some(input)) {
            step.label = label(&step.before);
            step.after = after;
            return;
        }
        let label = label(&before);
        self.push(label, before, after, Some(input));
    }

    /// The steps that can be undone, the earliest first: what each did, and the workspace before it.
    pub fn earlier(&self) -> Vec<(&Label, &Rc<Workspace>)> {
        self.done.iter().map(|step| (&step.label, &step.before)).collect()
    }

    /// Ends a drag: the next change is a step of its own.
    pub fn settle(&mut self) {
        self.tell();
        if let Some(step) = self.done.back_mut() {
            step.open = None;
        }
    }

    /// Has what a drag changed so far told, though it may go on.
    pub fn tell(&mut self) {
        if let Some(step) = self.done.back_mut()
            && let Some(change) = step.untold()
        {
            step.told = Some(Rc::clone(&step.after));
            self.untold.push(change);
        }
    }

    /// What is to be told, with the number of the last of it; the drag that is going on is left out.
    pub fn untold(&self) -> (&[Change], u64) {
        (&self.untold, self.taken + self.untold.len() as u64)
    }

    /// All up to that number was told: how many changes that were.
    pub fn forget_told(&mut self, through: u64) -> usize {
        let count = usize::try_from(through.saturating_sub(self.taken)).unwrap_or(usize::MAX).min(self.untold.len());
        self.untold.drain(..count);
        self.taken += count as u64;
        count
    }

    fn push(&mut self, label: Label, before: Rc<Workspace>, after: Rc<Workspace>, open: Option<Input>) {
        self.settle();
        self.undone.clear();
        self.last += 1;
        let id = StepId { tab: self.tab, number: self.last };
        self.done.push_back(Step { id, label, before, after, open, told: None });
        if self.done.len() > MAX_STEPS {
            self.done.pop_front();
        }
    }

    /// Undoes the last step from `now`: its label and the workspace without it.
    pub fn undo(&mut self, now: &Rc<Workspace>) -> Option<(Label, Rc<Workspace>)> {
        self.settle();
        let step = self.done.pop_back()?;
        let then = without(&step.after, &step.before, now);
        self.tell_return(&step, Deed::Undone, now, &then);
        let label = step.label.clone();
        self.undone.push(step);
        Some((label, then))
    }

    /// Does the last undone step again from `now`: its label and the workspace with it.
    pub fn redo(&mut self, now: &Rc<Workspace>) -> Option<(Label, Rc<Workspace>)> {
        let step = self.undone.pop()?;
        let then = without(&step.before, &step.after, now);
        self.tell_return(&step, Deed::Redone, now, &then);
        let label = step.label.clone();
        self.done.push_back(step);
        Some((label, then))
    }

    fn tell_return(&mut self, step: &Step, deed: Deed, before: &Rc<Workspace>, after: &Rc<Workspace>) {
        let (before, after) = (Rc::clone(before), Rc::clone(after));
        self.untold.push(Change { step: step.id, deed, label: step.label.clone(), before, after });
    }

    /// Puts the steps of earlier `changes`, oldest first, under those of this history.
    pub fn remember(&mut self, changes: Vec<Change>) {
        let mut earlier = History::default();
        for Change { step: id, deed, label, before, after } in changes {
            let place = |steps: &[Step]| steps.iter().rposition(|step| step.id == id);
            match deed {
                Deed::Step => {
                    earlier.undone.clear();
                    let told = Some(Rc::clone(&after));
                    earlier.done.push_back(Step { id, label, before, after, open: None, told });
                }
                Deed::More => {
                    if let Some(step) = earlier.done.iter_mut().rfind(|step| step.id == id) {
                        (step.label, step.told, step.after) = (label, Some(Rc::clone(&after)), after);
                    }
                }
                Deed::Undone => {
                    if let Some(step) = place(earlier.done.make_contiguous()).and_then(|it| earlier.done.remove(it)) {
                        earlier.undone.push(step);
                    }
                }
                Deed::Redone => {
                    if let Some(place) = place(&earlier.undone) {
                        earlier.done.push_back(earlier.undone.remove(place));
                    }
                }
            }
        }
        if self.done.is_empty() && self.undone.is_empty() {
            self.undone = earlier.undone;
        }
        for step in earlier.done.into_iter().rev() {
            if self.done.len() >= MAX_STEPS {
                break;
            }
            self.done.push_front(step);
        }
    }

    /// The name of the step that would be undone.
    pub fn next_undo(&self) -> Option<&Label> {
        self.done.back().map(|step| &step.label)
    }

    /// The name of the step that would be done again.
    pub fn next_redo(&self) -> Option<&Label> {
        self.undone.last().map(|step| &step.label)
    }
}

/// `now` with the change from `there` to `back`; where something else was changed since, that stays.
fn without(there: &Rc<Workspace>, back: &Rc<Workspace>, now: &Rc<Workspace>) -> Rc<Workspace> {
    if Rc::ptr_eq(there, now) { Rc::clone(back) } else { Rc::new(merge(there, back, now, Wins::Present).workspace) }
}
