//! Steps on the plan in use and on those put by.
//!
//! What becomes of them is worked out here, by functions that give the [`Action`] to report: they need not be there before a
//! page with plans is. The reducer only takes the step.

use super::State;
use super::action::Action;
use crate::model::bounds::Input;
use crate::model::change::Label;
use crate::model::plan::Plan;
use crate::model::rules::Rule;
use crate::model::saved_plans::{NotSaved, SavedPlans};
use crate::model::workspace::Workspace;

/// Puts `plan` by under a name.
///
/// # Errors
/// [`NotSaved`], whose sentence says what to do.
pub fn saved(workspace: &Workspace, name: &str, plan: Plan) -> Result<Action, NotSaved> {
    let mut saved = workspace.saved_plans.clone();
    saved.save(name, plan)?;
    let said = Label { text: format!("Kept as “{}”.", name.trim()), nameless: "The plan is kept.".to_owned() };
    let plan = Box::new(workspace.plan.clone());
    Ok(Action::PlansChanged { plan, saved, label: about("keep", name), said: Some(said) })
}

/// Takes the plan of that name into use, if there is one. The one before is put by first, unless it is already, so that a
/// comparison loses neither.
pub fn taken(workspace: &Workspace, name: &str) -> Option<Action> {
    let plan = Box::new(workspace.saved_plans.get(name)?.clone());
    let mut saved = workspace.saved_plans.clone();
    let said = match saved.name_of(&workspace.plan) {
        Some(_) => None,
        None => {
            let free = saved.free_name();
            saved.restore(free.clone(), workspace.plan.clone());
            Some(Label::plain(format!("The plan before is kept as “{free}”.")))
        }
    };
    Some(Action::PlansChanged { plan, saved, label: about("use", name), said })
}

/// Takes the plan of that name away.
pub fn removed(workspace: &Workspace, name: &str) -> Action {
    let mut saved = workspace.saved_plans.clone();
    saved.remove(name);
    Action::PlansChanged { plan: Box::new(workspace.plan.clone()), saved, label: about("remove", name), said: None }
}

/// Takes another plan into use: a template.
pub fn replaced(workspace: &Workspace, plan: Plan, label: Label) -> Action {
    Action::PlansChanged { plan: Box::new(plan), saved: workspace.saved_plans.clone(), label, said: None }
}

/// Gives the plan in use other rules; `what` was done, such as "add a rule", and what is `said` about it.
pub fn ruled(workspace: &Workspace, rules: Vec<Rule>, what: &str, said: Option<String>) -> Action {
    let plan = Box::new(Plan { rules, ..workspace.plan.clone() });
    let (label, said) = (Label::plain(what), said.map(Label::plain));
    Action::PlansChanged { plan, saved: workspace.saved_plans.clone(), label, said }
}

fn about(what: &str, name: &str) -> Label {
    Label { text: format!("{what} the plan “{}”", name.trim()), nameless: format!("{what} a plan") }
}

impl State {
    pub(super) fn change_plans(&mut self, plan: Plan, saved: SavedPlans, label: Label) {
        let before = Input::ALL.map(|input| self.workspace.get(input));
        self.step(label, |workspace| {
            workspace.saved_plans = saved;
            workspace.use_plan(plan);
        });
        // What was typed for a number that is another one now would hide it.
        for (input, before) in Input::ALL.into_iter().zip(before) {
            if self.workspace.get(input) != before {
                self.drafts.remove(input);
            }
        }
    }
}
