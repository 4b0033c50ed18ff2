//! What comes from elsewhere: what was kept, what another tab changed, and a visit to a shared plan or the sample, during which
//! the user's own workspace waits.

use std::rc::Rc;

use super::history::History;
use super::{Host, Keeping, State, Visit};
use crate::model::change::{Change, Label};
use crate::model::merge::{Wins, merge};
use crate::model::workspace::Workspace;

impl State {
    /// The history of the user's own workspace.
    pub(super) fn own_history(&mut self) -> &mut History {
        match &mut self.visit {
            Some(visit) => &mut visit.own_history,
            None => &mut self.history,
        }
    }

    /// What is kept takes the place of what the app opened with, and a step leads back to that if it was changed.
    pub(super) fn find_kept(&mut self, found: State) {
        let State { workspace, seller, keeping, mut notices, names_hidden, backup, room, is_told, .. } = found;
        self.notices.append(&mut notices);
        (self.names_hidden, self.backup, self.room, self.is_told) = (names_hidden, backup, room, is_told);
        if !matches!(keeping, Keeping::Saved | Keeping::Written(_)) {
            // Nothing is there, or nothing can be told of it: what is on the screen stays.
            if keeping != Keeping::NothingYet {
                self.keeping = keeping;
            }
            return;
        }
        self.drafts.clear();
        match &mut self.visit {
            Some(visit) => (visit.own, visit.own_seller, self.keeping) = (workspace, seller, keeping),
            None if self.history.next_undo().is_none() => {
                (self.workspace, self.seller, self.keeping) = (workspace, seller, keeping);
            }
            None => {
                let mine = std::mem::replace(&mut self.workspace, workspace);
                self.history.replace_untold(Label::plain("open what was kept here"), mine, Rc::clone(&self.workspace));
                self.seller = seller;
                // Nothing of it waits: what is on the screen now is what is kept.
                self.keeping = keeping;
            }
        }
    }

    pub(super) fn change_elsewhere(&mut self, before: &Workspace, after: &Rc<Workspace>, mut clashes: Vec<Label>) {
        let history = self.own_history();
        history.settle();
        let untold = history.untold().0;
        // What was changed here and is not recorded yet is the later change, and is put onto the rest as its record will be.
        let onto = |now: Rc<Workspace>, change: &Change| {
            Rc::new(merge(&change.before, &change.after, &now, Wins::Change).workspace)
        };
        let now = (!untold.is_empty()).then(|| untold.iter().fold(Rc::clone(after), onto));
        let own = match &mut self.visit {
            Some(visit) => &mut visit.own,
            None => &mut self.workspace,
        };
        *own = match now {
            Some(now) => now,
            None if **own == *before => Rc::clone(after),
            None => Rc::new(merge(before, after, own, Wins::Present).workspace),
        };
        self.notices.append(&mut clashes);
        if self.visit.is_none() {
            self.announcement = Some(Label::plain("Another tab changed this workspace."));
            self.forget_absent_seller();
        }
    }

    pub(super) fn visit(&mut self, shown: Rc<Workspace>, host: Host) {
        // A second one replaces the first; the user's own workspace stays the one that waits.
        let visit = match self.visit.take() {
            Some(visit) => Visit { host, ..visit },
            None => {
                self.history.settle();
                let tab = self.history.tab();
                Visit {
                    own: Rc::clone(&self.workspace),
                    own_history: std::mem::replace(&mut self.history, History::of_tab(tab)),
                    own_seller: self.seller.take(),
                    host,
                }
            }
        };
        self.visit = Some(visit);
        self.workspace = shown;
        self.history = History::of_tab(self.history.tab());
        self.seller = None;
        self.drafts.clear();
        self.announcement = None;
    }

    pub(super) fn keep_visit(&mut self) {
        let Some(visit) = self.visit.take() else { return };
        self.history = visit.own_history;
        let label = match visit.host {
            Host::Link { .. } => "keep the shared plan",
            Host::Sample => "keep the sample book",
        };
        self.history.record(Label::plain(label), visit.own, Rc::clone(&self.workspace));
        self.announcement = Some(Label::plain("The shared plan is now yours. Undo brings your own back."));
        self.mark_pending();
    }

    pub(super) fn end_visit(&mut self) {
        let Some(visit) = self.visit.take() else { return };
        self.workspace = visit.own;
        self.history = visit.own_history;
        self.seller = visit.own_seller;
        self.drafts.clear();
        self.announcement = Some(Label::plain("Back to your own workspace."));
    }
}
