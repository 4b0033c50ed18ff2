//! From a state and an action to the next state.

use std::rc::Rc;

use super::action::{Action, Gesture};
use super::drafts::Draft;
use super::history::History;
use super::{Keeping, State, Visit};
use crate::model::account::{Account, AccountId, Standing};
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::book::{Book, Provenance};
use crate::model::bounds::Input;
use crate::model::pay::PlanPeriod;
use crate::model::payoff::Headline;
use crate::model::plan::QuotaRule;
use crate::model::sample::sample_workspace;
use crate::model::workspace::Workspace;
use crate::text;
use crate::text::choice;

impl State {
    /// The state after `action`.
    pub fn after(mut self, action: Action) -> State {
        match &action {
            Action::KeepingChanged(_) | Action::Announced(_) => {}
            Action::InputChanged { gesture: Gesture::Dragging, .. } | Action::TargetAsked(_) => self.moving = true,
            _ => self.moving = false,
        }
        match action {
            Action::MoveRested => {}
            Action::InputChanged { input, text, gesture } => self.change_input(input, text, gesture),
            Action::AttentionChosen(policy) => self.choose_attention(policy),
            Action::RenewalFormChosen(form) => self.choose_renewal_form(form),
            Action::QuotaPeriodChosen(period) => self.choose_quota_period(period),
            Action::InputReset(input) => self.reset_inputs(&[input]),
            Action::AllInputsReset => self.reset_inputs(&Input::ALL),
            Action::SellerChosen(seller) => {
                self.seller = seller;
                self.mark_pending();
            }
            Action::TargetAsked(share) => self.target_share = share.clamp(0.0, 1.0),
            Action::MonthSet(month) => {
                let label = format!("start month {} to {month}", self.workspace.as_of);
                self.step(label, |workspace| workspace.as_of = month);
            }
            Action::AccountAdded(account) => self.add_account(*account),
            Action::AccountChanged(account) => self.change_account(*account),
            Action::AccountLost { id, reason, on } => self.lose_account(id, reason, on),
            Action::AccountDeleted(id) => self.delete_account(id),
            Action::BookImported { book, as_of, label } => {
                self.step(label, |workspace| {
                    workspace.book = *book;
                    workspace.as_of = as_of;
                });
                self.seller = None;
            }
            Action::SampleOpened(month) => {
                let sample = sample_workspace(month);
                self.step("open the sample book".to_owned(), |workspace| *workspace = sample);
                self.seller = None;
                self.drafts.clear();
            }
            Action::EmptyBookStarted => {
                self.step("start an empty book".to_owned(), |workspace| workspace.book = Book::empty());
                self.seller = None;
            }
            Action::WorkspaceRestored { workspace, file } => {
                self.step(format!("restore {file}"), |now| *now = (*workspace).clone());
                self.seller = None;
                self.drafts.clear();
            }
            Action::LinkOpened { workspace, sent, difference } => self.visit(workspace, sent, difference),
            Action::VisitKept => self.keep_visit(),
            Action::VisitEnded => self.end_visit(),
            Action::Undone => self.undo(),
            Action::Redone => self.redo(),
            Action::KeepingChanged(keeping) => self.keeping = keeping,
            Action::Announced(text) => self.announcement = Some(text),
        }
        self
    }

    /// One named, undoable change of the workspace. Nothing is recorded if nothing changes.
    fn step(&mut self, label: String, change: impl FnOnce(&mut Workspace)) {
        let mut next = (*self.workspace).clone();
        change(&mut next);
        if next == *self.workspace {
            return;
        }
        let before = std::mem::replace(&mut self.workspace, Rc::new(next));
        self.announcement = None;
        self.history.record(label, before);
        self.mark_pending();
    }

    fn mark_pending(&mut self) {
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
                    self.history.record_drag(input, before, |before| change_label(input, before, &now));
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
                    _ => "reset all assumptions".to_owned(),
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
        let label = format!("time with customers: {} to {}", choice::attention(before), choice::attention(after));
        self.step(label, |workspace| workspace.assumptions.attention = policy);
    }

    /// An S-curve asks for a chance between two that were judged without it: where the one at hand is not, it is put in the
    /// middle of them, so that the choice is never refused for a number which is not on the screen yet.
    fn choose_renewal_form(&mut self, form: RenewalForm) {
        let label = format!("renewals rise {}", choice::renewal_form(form));
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
        let label = format!("quota period {} to {}", choice::period(before), choice::period(period));
        self.step(label, |workspace| workspace.plan.quota.period = period);
    }

    fn add_account(&mut self, mut account: Account) {
        if self.workspace.book.accounts.len() >= Book::MAX_ACCOUNTS {
            self.announcement = Some("The book holds 10,000 accounts, the most it can: delete some first.".to_owned());
            return;
        }
        self.step(format!("add {}", account.name), |workspace| {
            account.id = workspace.book.take_id();
            workspace.book.accounts.push(account);
            workspace.book.provenance = Provenance::Own;
        });
    }

    fn change_account(&mut self, account: Account) {
        if self.workspace.book.account(account.id).is_none() {
            return;
        }
        self.step(format!("change {}", account.name), |workspace| {
            workspace.book.provenance = Provenance::Own;
            if let Some(slot) = workspace.book.account_mut(account.id) {
                *slot = account;
            }
        });
        self.forget_absent_seller();
    }

    fn lose_account(&mut self, id: AccountId, reason: String, on: chrono::NaiveDate) {
        let active = self.workspace.book.account(id).filter(|account| account.is_active());
        let Some(name) = active.map(|account| account.name.clone()) else { return };
        self.step(format!("mark {name} as lost"), |workspace| {
            workspace.book.provenance = Provenance::Own;
            if let Some(account) = workspace.book.account_mut(id)
                && let Standing::Active { since, .. } = account.standing
            {
                account.standing = Standing::Lapsed { since, on: Some(on), reason };
            }
        });
    }

    fn delete_account(&mut self, id: AccountId) {
        let Some(name) = self.workspace.book.account(id).map(|account| account.name.clone()) else { return };
        self.step(format!("delete {name}"), |workspace| {
            workspace.book.provenance = Provenance::Own;
            workspace.book.accounts.retain(|account| account.id != id);
        });
        self.forget_absent_seller();
    }

    /// A seller whose last account is gone is not shown any more.
    fn forget_absent_seller(&mut self) {
        let present = |name: &String| self.workspace.book.accounts.iter().any(|account| account.seller == *name);
        if !self.seller.as_ref().is_none_or(present) {
            self.seller = None;
        }
    }

    fn visit(&mut self, shown: Rc<Workspace>, sent: Headline, difference: Option<String>) {
        // A second link replaces the first; the user's own workspace stays the one that waits.
        let visit = match self.visit.take() {
            Some(visit) => Visit { sent, difference, ..visit },
            None => Visit {
                own: Rc::clone(&self.workspace),
                own_history: std::mem::take(&mut self.history),
                own_seller: self.seller.take(),
                sent,
                difference,
            },
        };
        self.visit = Some(visit);
        self.workspace = shown;
        self.history = History::default();
        self.seller = None;
        self.drafts.clear();
        self.announcement = None;
    }

    fn keep_visit(&mut self) {
        let Some(visit) = self.visit.take() else { return };
        self.history = visit.own_history;
        self.history.record("keep the shared plan".to_owned(), visit.own);
        self.announcement = Some("The shared plan is now yours. Undo brings your own back.".to_owned());
        self.mark_pending();
    }

    fn end_visit(&mut self) {
        let Some(visit) = self.visit.take() else { return };
        self.workspace = visit.own;
        self.history = visit.own_history;
        self.seller = visit.own_seller;
        self.drafts.clear();
        self.announcement = Some("Back to your own workspace.".to_owned());
    }

    fn undo(&mut self) {
        // A refused text is newer than any step, so it goes first.
        if !self.drafts.is_empty() {
            self.drafts.clear();
            self.announcement = Some("Put back: the last numbers that could be used.".to_owned());
            return;
        }
        if let Some((label, workspace)) = self.history.undo(&self.workspace) {
            self.workspace = workspace;
            self.announcement = Some(format!("Undid: {label}"));
            self.mark_pending();
            self.forget_absent_seller();
        }
    }

    fn redo(&mut self) {
        if let Some((label, workspace)) = self.history.redo(&self.workspace) {
            self.workspace = workspace;
            self.drafts.clear();
            self.announcement = Some(format!("Did again: {label}"));
            self.mark_pending();
            self.forget_absent_seller();
        }
    }
}

/// For example "renewal commission 2% to 5%".
fn change_label(input: Input, before: &Workspace, after: &Workspace) -> String {
    let label = text::input::named(input);
    format!("{label} {} to {}", text::input::shown_in(input, before), text::input::shown_in(input, after))
}
