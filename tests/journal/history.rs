//! What happens in a tab: drawn, or told one by one. Every edit writes something that was never there before, so that it can be
//! looked for afterwards.

use chrono::Days;
use holdfast::model::account::{Account, AccountId};
use holdfast::model::book::Provenance;
use holdfast::model::bounds::Input;
use holdfast::model::decision::{About, Decision};
use holdfast::model::life::{LifeEntry, LifeKind, Outcome};
use holdfast::model::quantity::Money;
use holdfast::model::sample::sample_workspace;
use holdfast::model::touch::{Touch, TouchKind};
use holdfast::model::workspace::Workspace;
use holdfast::state::State;
use holdfast::state::action::{Action, Gesture};
use holdfast::state::{decisions, plans};

use crate::draw::Draw;
use crate::generate::{as_of, book_of};
use crate::page::Page;

/// Something that a user does, or the page at rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Add,
    Edit,
    MarkLost,
    LogTouch,
    /// Enters something in the life of an account, or changes or removes what was entered.
    NoteLife,
    ChangePlan,
    /// Puts a plan by, takes one into use, or removes one.
    KeepPlan,
    /// Logs a decision, or takes one out of the log.
    Decide,
    /// Of renewal chances that must fit one another.
    Judge,
    Delete,
    Undo,
    Redo,
    Compact,
}

/// The deeds of a history in one tab.
pub const DEEDS: [Deed; 11] = [
    Deed::Add,
    Deed::Edit,
    Deed::MarkLost,
    Deed::LogTouch,
    Deed::NoteLife,
    Deed::ChangePlan,
    Deed::KeepPlan,
    Deed::Decide,
    Deed::Undo,
    Deed::Redo,
    Deed::Compact,
];

/// A workspace with two accounts of the user's own.
pub fn small() -> Workspace {
    let account = |name: &str| Account::new(AccountId(0), name, Money::from_cents(500_000));
    Workspace { book: book_of(vec![account("Alder"), account("Birch")], Provenance::Own), ..sample_workspace(as_of()) }
}

/// What a deed does to `state`; `mark` is a number that no other deed has. `None` where there is nothing to do it to.
pub fn action(deed: Deed, state: &State, mark: u32, draw: &mut Draw) -> Option<Action> {
    let accounts = state.workspace.book.accounts.shared();
    let name = format!("mark {mark}.");
    let day = as_of().first_day() + Days::new(draw.below(20) as u64);
    let one = |draw: &mut Draw, wanted: fn(&Account) -> bool| {
        let all: Vec<&Account> = accounts.iter().map(AsRef::as_ref).filter(|account| wanted(account)).collect();
        (!all.is_empty()).then(|| (*draw.pick(&all)).clone())
    };
    let input = |input: Input, text: String| Action::InputChanged { input, text, gesture: Gesture::Settled };
    Some(match deed {
        Deed::Add => Action::AccountAdded(Box::new(Account::new(AccountId(0), name, Money::from_cents(100)))),
        Deed::Edit => {
            let mut account = one(draw, |_| true)?;
            match draw.below(4) {
                0 => account.name = name,
                1 => account.notes = name,
                2 => account.seller = name,
                _ => account.tags = vec![name],
            }
            Action::AccountChanged(Box::new(account))
        }
        Deed::MarkLost => Action::AccountLost { id: one(draw, Account::is_active)?.id, reason: name, on: day },
        Deed::LogTouch => {
            let touch = Touch { on: day, kind: *draw.pick(&TouchKind::ALL), note: name };
            Action::TouchLogged { id: one(draw, |_| true)?.id, touch }
        }
        Deed::NoteLife => {
            let kind = *draw.pick(&LifeKind::ALL);
            let entry = LifeEntry { on: day, kind, text: name, due: None, amount: None, outcome: Outcome::Open };
            let account = one(draw, |_| true)?;
            match account.life.first() {
                Some(before) if draw.one_in(3) => {
                    let after = (!draw.one_in(3)).then_some(LifeEntry { outcome: Outcome::Missed, ..entry });
                    Action::LifeChanged { id: account.id, before: before.clone(), after }
                }
                _ => Action::LifeEntered { id: account.id, entry },
            }
        }
        Deed::ChangePlan => {
            let of = *draw.pick(&[Input::Leads, Input::Quota, Input::ProspectingCost, Input::UpsellCommission]);
            match of {
                Input::Leads => input(of, (1_000 + mark).to_string()),
                Input::Quota => input(of, (200_000 + mark).to_string()),
                Input::ProspectingCost => input(of, format!("{}.{:02}", 10 + mark / 100, mark % 100)),
                _ => input(of, format!("{}.{:02}", 1 + mark / 100 % 90, mark % 100)),
            }
        }
        Deed::KeepPlan => {
            let saved: Vec<&str> = state.workspace.saved_plans.iter().map(|(name, _)| name).collect();
            match draw.below(4) {
                0 if !saved.is_empty() => plans::taken(&state.workspace, draw.pick::<&str>(&saved))?,
                1 if !saved.is_empty() => plans::removed(&state.workspace, draw.pick::<&str>(&saved)),
                _ => {
                    let mut plan = state.workspace.plan.clone();
                    plan.quota.target = f64::from(300_000 + mark);
                    plans::saved(&state.workspace, &format!("Plan {}", draw.below(4)), plan).ok()?
                }
            }
        }
        Deed::Decide => {
            let logged: Vec<_> = state.workspace.decisions.iter().collect();
            if !logged.is_empty() && draw.one_in(3) {
                return Some(decisions::removed(&state.workspace, draw.pick::<&Decision>(&logged)));
            }
            let about = *draw.pick(&[About::Plan, About::Number(Input::Leads)]);
            let decision = Decision { on: day, nth: 0, about, stated: String::new(), why: name, who: String::new() };
            decisions::logged(&state.workspace, decision).ok()?
        }
        Deed::Judge => {
            let of = *draw.pick(&[Input::RenewUnattended, Input::RenewToday, Input::RenewSaturated]);
            input(of, format!("{}.{:02}", 30 + draw.below(68), mark % 100))
        }
        Deed::Delete => Action::AccountDeleted(one(draw, |_| true)?.id),
        Deed::Undo => Action::Undone,
        Deed::Redo => Action::Redone,
        Deed::Compact => return None,
    })
}

impl Page {
    /// Does the deed. The drafts of refused judgements are put back, so that undo means a step.
    pub fn do_deed(&mut self, deed: Deed, mark: u32, draw: &mut Draw) {
        if deed == Deed::Compact {
            return self.settle();
        }
        if let Some(action) = action(deed, &self.state, mark, draw) {
            self.act(action);
        }
        if self.state.is_stale() {
            self.act(Action::Undone);
        }
    }
}
