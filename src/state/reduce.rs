//! From a state and an action to the next state.

use std::rc::Rc;

use super::action::{Action, Gesture};
use super::drafts::Draft;
use super::{Host, Keeping, State};
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::book::Provenance;
use crate::model::bounds::Input;
use crate::model::change::Label;
use crate::model::pay::PlanPeriod;
use crate::model::plan::QuotaRule;
use crate::model::sample::sample_workspace;
use crate::model::workspace::Workspace;
use crate::text;
use crate::text::choice;

/// Told at the first save.
const WHEREABOUTS: &str = "Saved in this browser only. Safari clears what a page has saved after seven days without a visit; \
    others may when room is short. Save a file now and then.";

impl State {
    /// The state after `action`.
    pub fn after(mut self, action: Action) -> State {
        match &action {
            Action::KeepingChanged(_)
            | Action::ChangesHanded { .. }
            | Action::RoomMeasured(_)
            | Action::StepsRemembered(_)
            | Action::Noticed(_)
            | Action::Announced(_) => {}
            Action::InputChanged { gesture: Gesture::Dragging, .. } | Action::TargetAsked(_) => self.moving = true,
            _ => self.moving = false,
        }
        match action {
            Action::MoveRested | Action::PageLeft => self.history.tell(),
            Action::InputChanged { input, text, gesture } => self.change_input(input, text, gesture),
            Action::AttentionChosen(policy) => self.choose_attention(policy),
            Action::RenewalFormChosen(form) => self.choose_renewal_form(form),
            Action::QuotaPeriodChosen(period) => self.choose_quota_period(period),
            Action::PlansChanged { plan, saved, label, said } => {
                self.change_plans(*plan, saved, label);
                self.announcement = said.or(self.announcement);
            }
            Action::DecisionsChanged { decisions, label, said } => {
                self.step(label, |workspace| workspace.decisions = decisions);
                self.announcement = Some(said);
            }
            Action::InputReset(input) => self.reset_inputs(&[input]),
            Action::AllInputsReset => self.reset_inputs(&Input::ALL),
            Action::SellerChosen(seller) => self.seller = seller,
            Action::TargetAsked(share) => self.target_share = share.clamp(0.0, 1.0),
            Action::MonthSet(month) => {
                let label = format!("start month {} to {month}", self.workspace.as_of);
                self.step(Label::plain(label), |workspace| workspace.as_of = month);
            }
            Action::AccountAdded(account) => self.add_account(*account),
            Action::AccountChanged(account) => self.change_account(*account),
            Action::AccountLost { id, reason, on } => self.lose_account(id, reason, on),
            Action::TouchLogged { id, touch } => self.log_touch(id, touch),
            Action::LifeEntered { id, entry } => self.enter_life(id, entry),
            Action::LifeChanged { id, before, after } => self.change_life(id, &before, after),
            Action::AccountDeleted(id) => self.delete_account(id),
            Action::AccountsEdited { edited, label } => self.edit_accounts(&edited, label),
            Action::ListingChanged(listing) => self.listing = listing,
            Action::ColumnsChosen(columns) => self.columns = columns,
            Action::BookImported { book, as_of, label } => {
                self.step(Label::plain(label), |workspace| {
                    workspace.book = *book;
                    workspace.as_of = as_of;
                });
                self.seller = None;
            }
            Action::SampleOpened(month) => self.open_sample(sample_workspace(month)),
            Action::EmptyBookStarted => {
                let label = Label::plain("start an empty book");
                self.step(label, |workspace| workspace.book = workspace.book.emptied());
                self.seller = None;
            }
            Action::WorkspaceRestored { workspace, file } => {
                let label = Label { text: format!("restore {file}"), nameless: "restore a file".to_owned() };
                self.step(label, |now| *now = (*workspace).clone());
                self.seller = None;
                self.drafts.clear();
            }
            Action::LinkOpened { workspace, sent, difference } => {
                self.visit(workspace, Host::Link { sent, difference })
            }
            Action::VisitKept => self.keep_visit(),
            Action::VisitEnded => self.end_visit(),
            Action::Undone => self.undo(),
            Action::Redone => self.redo(),
            Action::KeepingChanged(keeping) => self.keeping = keeping,
            Action::ChangesHanded { through, on } => {
                let handed = self.own_history().forget_told(through);
                (0..handed).for_each(|_| self.backup.count(on));
            }
            Action::RoomMeasured(room) => self.room = Some(room),
            Action::KeptFound(found) => self.find_kept(*found),
            Action::StepsRemembered(changes) => self.own_history().remember(changes),
            Action::ChangedElsewhere { before, after, clashes } => self.change_elsewhere(&before, &after, clashes),
            Action::Noticed(notice) => self.notices.push(notice),
            Action::NoticesRead => {
                // A notice that nobody read is shown again in the next visit.
                self.is_told |= self.is_telling_whereabouts();
                self.notices.clear();
            }
            Action::WhereaboutsTold => self.notices.push(Label::plain(WHEREABOUTS)),
            Action::NamesHidden(hidden) => {
                self.names_hidden = hidden;
                // That they are hidden is said as long as they are.
                self.announcement = (!hidden).then(|| Label::plain("Names are shown."));
            }
            Action::BackupSaved(today) => self.backup.done(today),
            Action::BackupPutOff(today) => self.backup.put_off(today),
            Action::Announced(said) => self.announcement = said,
        }
        self
    }

    /// Whether it is still to be told where the data is.
    pub fn owes_whereabouts(&self) -> bool {
        !self.is_told && !self.is_telling_whereabouts()
    }

    fn is_telling_whereabouts(&self) -> bool {
        self.notices.iter().any(|notice| notice.text == WHEREABOUTS)
    }

    /// One named, undoable change of the workspace. Nothing is recorded if nothing changes.
    pub(super) fn step(&mut self, label: Label, change: impl FnOnce(&mut Workspace)) {
        let mut next = (*self.workspace).clone();
        change(&mut next);
        self.step_to(label, next);
    }

    /// The part of a step that is the same for all.
    fn step_to(&mut self, label: Label, next: Workspace) {
        if next == *self.workspace {
            return;
        }
        let before = std::mem::replace(&mut self.workspace, Rc::new(next));
        self.announcement = None;
        self.history.record(label, before, Rc::clone(&self.workspace));
        self.mark_pending();
    }

    /// The sample makes way for what is the user's own; their own book waits while the sample is looked at.
    fn open_sample(&mut self, sample: Workspace) {
        if self.visit.is_none() && self.workspace.book.provenance == Provenance::Own {
            self.visit(Rc::new(sample), Host::Sample);
            return;
        }
        self.step(Label::plain("open the sample book"), |workspace| {
            let next_id = workspace.book.next_id.max(sample.book.next_id);
            *workspace = sample;
            workspace.book.next_id = next_id;
        });
        self.seller = None;
        self.drafts.clear();
    }

    pub(super) fn mark_pending(&mut self) {
        let own = self.visit.is_none();
        if own && !matches!(self.keeping, Keeping::ReadOnly { .. }) {
            self.keeping = Keeping::Pending;
        }
    }

    fn change_input(&mut self, input: Input, typed: String, gesture: Gesture) {
        let tried = text::input::read_entry(input, &typed).map_err(|why| why.to_string()).and_then(|entry| {
            let mut next = (*self.workspace).clone();
            entry.put(&mut next, input)?;
            // Other fields may hold refused text that only fits together with this one.
            let joined = self.join_drafts(&mut next, input);
            next.check().map_err(|why| why.to_string()).map(|()| (next, joined))
        });
        match tried {
            Ok((next, joined)) => {
                self.drafts.remove(input);
                for input in joined {
                    self.drafts.remove(input);
                }
                if next != *self.workspace {
                    let before = std::mem::replace(&mut self.workspace, Rc::new(next));
                    let now = Rc::clone(&self.workspace);
                    let label = |before: &Workspace| change_label(input, before, &now);
                    self.history.record_drag(input, before, Rc::clone(&now), label);
                    self.announcement = None;
                    self.mark_pending();
                }
            }
            Err(why) => {
                self.drafts.set(input, Draft { text: typed, why });
            }
        }
        if gesture == Gesture::Settled {
            self.history.settle();
        }
    }

    /// Puts readable numbers and ranges of other refused drafts into `next` if all then fit; returns which.
    fn join_drafts(&self, next: &mut Workspace, except: Input) -> Vec<Input> {
        if self.drafts.iter().all(|(input, _)| input == except) {
            return Vec::new();
        }
        let mut joined = next.clone();
        let mut inputs = Vec::new();
        for (input, draft) in self.drafts.iter().filter(|(input, _)| *input != except) {
            if let Ok(entry) = text::input::read_entry(input, &draft.text)
                && entry.put(&mut joined, input).is_ok()
            {
                inputs.push(input);
            }
        }
        if joined.check().is_ok() {
            *next = joined;
            inputs
        } else {
            Vec::new()
        }
    }

    fn reset_inputs(&mut self, inputs: &[Input]) {
        let mut next = (*self.workspace).clone();
        for input in inputs {
            // A default is within its own bounds.
            let _ = next.set(*input, next.default_of(*input));
        }
        if inputs.len() > 1 {
            next.assumptions.attention = AttentionPolicy::default();
            next.assumptions.renewal_form = RenewalForm::default();
            next.plan.quota.period = QuotaRule::default().period;
        }
        match next.check() {
            Ok(()) => {
                for input in inputs {
                    self.drafts.remove(*input);
                }
                let label = match inputs {
                    [input] => change_label(*input, &self.workspace, &next),
                    _ => Label::plain("reset all assumptions"),
                };
                self.step(label, |workspace| *workspace = next);
            }
            Err(why) => {
                if let [input] = inputs {
                    let text = text::input::typed(*input, self.workspace.default_of(*input));
                    self.drafts.set(*input, Draft { text, why: why.to_string() });
                }
            }
        }
    }

    fn choose_attention(&mut self, policy: AttentionPolicy) {
        let (before, after) = (self.workspace.assumptions.attention, policy);
        let label =
            Label::plain(format!("time with customers: {} to {}", choice::attention(before), choice::attention(after)));
        self.step(label, |workspace| workspace.assumptions.attention = policy);
    }

    /// An S-curve asks for a chance between two that were judged without it: where the one at hand is not, it is put in the
    /// middle of them, so that the choice is never refused for a number which is not on the screen yet.
    fn choose_renewal_form(&mut self, form: RenewalForm) {
        let label = Label::plain(format!("renewals rise {}", choice::renewal_form(form)));
        self.step(label, |workspace| {
            workspace.assumptions.renewal_form = form;
            if workspace.check().is_err() {
                let assumed = &workspace.assumptions;
                let middle = 0.5 * (assumed.renew_unattended + assumed.renew_today);
                // Between two chances there is no other than a chance.
                let _ = workspace.set(Input::RenewHalf, middle);
            }
            if workspace.check().is_err() {
                // Two chances so near each other that nothing lies between them.
                workspace.assumptions.renewal_form = RenewalForm::Exponential;
            }
        });
    }

    fn choose_quota_period(&mut self, period: PlanPeriod) {
        let before = self.workspace.plan.quota.period;
        let label = Label::plain(format!("quota period {} to {}", choice::period(before), choice::period(period)));
        self.step(label, |workspace| workspace.plan.quota.period = period);
    }

    fn undo(&mut self) {
        // A refused text is newer than any step, so it goes first.
        if !self.drafts.is_empty() {
            self.drafts.clear();
            self.announcement = Some(Label::plain("Put back: the last numbers that could be used."));
            return;
        }
        if let Some((label, workspace)) = self.history.undo(&self.workspace) {
            self.workspace = workspace;
            self.announcement = Some(prefixed("Undid", &label));
            self.mark_pending();
            self.forget_absent_seller();
        }
    }

    fn redo(&mut self) {
        if let Some((label, workspace)) = self.history.redo(&self.workspace) {
            self.workspace = workspace;
            self.drafts.clear();
            self.announcement = Some(prefixed("Did again", &label));
            self.mark_pending();
            self.forget_absent_seller();
        }
    }
}

/// For example "renewal commission 2% to 5%".
fn change_label(input: Input, before: &Workspace, after: &Workspace) -> Label {
    let label = text::input::named(input);
    Label::plain(format!("{label} {} to {}", text::input::shown_in(input, before), text::input::shown_in(input, after)))
}

fn prefixed(what: &str, label: &Label) -> Label {
    Label { text: format!("{what}: {}", label.text), nameless: format!("{what}: {}", label.nameless) }
}
