//! Steps on the log of decisions: as those on plans, worked out by functions that give the [`Action`] to report.

use super::action::Action;
use crate::model::change::Label;
use crate::model::decision::{Decision, NotLogged};
use crate::model::workspace::Workspace;
use crate::text::decision::subject;

/// Logs `decision`.
///
/// # Errors
/// [`NotLogged`], whose sentence says what to do.
pub fn logged(workspace: &Workspace, decision: Decision) -> Result<Action, NotLogged> {
    let label = about("log why", &decision);
    let decisions = workspace.decisions.with(decision)?;
    Ok(Action::DecisionsChanged { decisions, label, said: Label::plain("Logged.") })
}

/// Takes `decision` out of the log.
pub fn removed(workspace: &Workspace, decision: &Decision) -> Action {
    let decisions = workspace.decisions.without(decision);
    let label = about("remove from the log", decision);
    Action::DecisionsChanged { decisions, label, said: Label::plain("Removed from the log; undo brings it back.") }
}

fn about(what: &str, decision: &Decision) -> Label {
    Label::plain(format!("{what}: {}", subject(decision.about)))
}
