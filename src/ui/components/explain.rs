//! The arithmetic behind a figure that was pressed, wherever on the page it stands.

use std::rc::Rc;

use yew::prelude::*;

use super::dialog::Dialog;
use super::seller_table::shown_seller;
use crate::model::bounds::Input;
use crate::model::payoff::{PlanOutcome, payoff};
use crate::model::plan::Plan;
use crate::model::workspace::Workspace;
use crate::state::{State, derived};
use crate::text::arithmetic::{Arithmetic, How, Line, Printed, arithmetic, change, closed, ruled_arithmetic, title};
use crate::text::claim::{Claim, Of, ToldPlan};
use crate::text::input::shown;
use crate::ui::effects::screen;
use crate::ui::effects::topics::use_rules_of;
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Properties of [`Explain`].
#[derive(Properties, PartialEq)]
pub struct ExplainProps {
    /// The state and its answers.
    pub scene: Scene,
    /// The plans that figures are told of; none where only the plan in use is told of.
    #[prop_or_default]
    pub plans: Vec<ToldPlan>,
}

/// What the plan in use is called where its rules count.
pub const WITH_RULES: &str = "with its rules";

/// Listens for figures, and opens what the last one pressed comes from.
#[component]
pub fn Explain(props: &ExplainProps) -> Html {
    let scene = &props.scene;
    let asked = use_state(|| None::<(Claim, Of)>);
    {
        let asked = asked.setter();
        use_effect_with((), move |()| {
            let listener = screen::listen_figures(move |claim, of| asked.set(Some((claim, of))));
            move || drop(listener)
        });
    }
    let in_use = Shared::from(Rc::clone(&scene.state.workspace));
    let of = asked.map_or(Of::InUse, |(_, of)| of);
    let plan = match of {
        Of::Plan(place) | Of::Change(place) => props.plans.get(place),
        _ => None,
    };
    let workspace = use_memo((in_use.clone(), plan.map(|told| told.plan.clone()), of), |(in_use, plan, of)| {
        told_of(in_use, plan.as_ref(), *of)
    });
    // What rules do is searched event by event, so it is asked for.
    let asks_rules = matches!(of, Of::MovedRuled(_) | Of::Ruled) || plan.is_some_and(|told| told.with_rules);
    let has_rules = |it: &Workspace| asks_rules && it.plan.rules_on() > 0;
    let then = (Shared::clone(&workspace), has_rules(&workspace));
    let now = (in_use.clone(), has_rules(&in_use));
    let ruled = use_rules_of(then.1.then(|| then.0.clone()), scene);
    let is_change = matches!(of, Of::Change(_));
    let ruled_now = use_rules_of((is_change && now.1).then(|| now.0.clone()), scene);
    let Some((claim, of)) = *asked else { return Html::default() };
    let on_closed = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let told = told(scene, claim, of, &then, ruled.as_ref()).and_then(|then| {
        if !is_change {
            return Ok(then);
        }
        let now = told(scene, claim, of, &now, ruled_now.as_ref())?;
        let between = if claim == Claim::GapClosed { closed } else { change };
        Ok(now.zip(then).map(|(now, then)| between(now, then)))
    });
    match told {
        Ok(Some(told)) => explained(&told, named(of, plan, &scene.state).as_deref(), on_closed),
        Ok(None) => {
            html! { <Dialog title={title(claim)} {on_closed}><p role="status">{ "Working it out …" }</p></Dialog> }
        }
        Err(why) => html! { <Dialog title="No arithmetic" {on_closed}><p>{ why }</p></Dialog> },
    }
}

/// The workspace in use with another plan, or with other numbers.
fn told_of(in_use: &Shared<Workspace>, plan: Option<&Plan>, of: Of) -> Shared<Workspace> {
    let numbers = match of {
        Of::Moved(first, second) => Some((first, second)),
        Of::MovedRuled(first) => Some((first, None)),
        _ => None,
    };
    if let Some((first, second)) = numbers {
        let mut moved = Workspace::clone(in_use);
        for (input, to) in [Some(first), second].into_iter().flatten() {
            // What it shows was worked out with this number, so it can be set.
            let _ = moved.set(input, to);
        }
        return Shared::new(moved);
    }
    match plan {
        Some(plan) if *plan != in_use.plan => Shared::new(Workspace { plan: plan.clone(), ..Workspace::clone(in_use) }),
        _ => in_use.clone(),
    }
}

/// What the dialog says that the figure is of; nothing for the plan in use.
fn named(of: Of, plan: Option<&ToldPlan>, state: &State) -> Option<String> {
    let moved = |(input, to): (Input, f64)| format!("{} {}", input.bounds().label, shown(input, to));
    match of {
        Of::InUse => None,
        Of::Ruled => Some(WITH_RULES.to_owned()),
        Of::MovedRuled(first) => Some(format!("{}, {WITH_RULES}", moved(first))),
        Of::Plan(_) => plan.map(|told| told.name.clone()),
        Of::Change(_) => plan.map(|told| format!("what “{}” changes", told.name)),
        Of::Seller(place) => {
            state.workspace.book.sellers().into_keys().nth(place).map(|name| shown_seller(name, state))
        }
        Of::Moved(first, second) => {
            Some(std::iter::once(first).chain(second).map(moved).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The arithmetic of a claim about `workspace`, whose plan may be another than the one in use, and whose rules may count: then
/// `outcome` is what they do, and there is none as long as that is not known.
fn told(
    scene: &Scene,
    claim: Claim,
    of: Of,
    (workspace, has_rules): &(Shared<Workspace>, bool),
    outcome: Option<&PlanOutcome>,
) -> Result<Option<Arithmetic>, String> {
    let mut question = derived::question(&scene.state);
    if let Of::Seller(place) = of {
        question.seller = scene.state.workspace.book.sellers().into_keys().nth(place).map(str::to_owned);
    }
    if *has_rules {
        let Some(outcome) = outcome else { return Ok(None) };
        let told = ruled_arithmetic(claim, workspace, &question, outcome).map_err(|why| why.to_string())?;
        return told.map(Some).ok_or_else(|| "This figure is told of the rates alone.".to_owned());
    }
    let is_known =
        !scene.state.moving && **workspace == *scene.state.workspace && question.seller == scene.state.seller;
    let known = scene.payoff.as_ref().filter(|_| is_known);
    let answer = match known {
        Some(answer) => answer.clone(),
        None => Shared::new(payoff(workspace, &question).map_err(|why| why.to_string())?),
    };
    arithmetic(claim, workspace, &question, &answer).map(Some).map_err(|why| why.to_string())
}

/// The dialog that accounts for a figure; `of` names what it is a figure of.
pub fn explained(told: &Arithmetic, of: Option<&str>, on_closed: Callback<()>) -> Html {
    let of = of.map(|name| format!(" ({name})")).unwrap_or_default();
    html! {
        <Dialog title={format!("{}{of}", told.title)} {on_closed}>
            <p class="explained-figure">{ told.figure.clone() }</p>
            <ul class="explained">{ line(&told.line, &told.printed, "", true) }</ul>
            <p class="note">{ told.note }</p>
        </Dialog>
    }
}

/// A line with what stands before it in its reckoning; unfolded, it shows its own lines.
fn line(of: &Line, printed: &Printed, before: &'static str, is_open: bool) -> Html {
    let head = html! {
        <>
            <span class="explained-label">{ before }{ of.label.clone() }</span>
            <span class="explained-value">{ printed.figure.clone() }</span>
        </>
    };
    let (word, joins): (&'static str, &'static str) = match &of.how {
        How::Stated(from) => return html! { <li>{ head }<small>{ from.clone() }</small></li> },
        How::Sum(_) => ("Added up:", ""),
        How::Product(_) => ("Multiplied:", "× "),
        How::Quotient(_) => ("Divided:", "÷ "),
        How::Power(_) => ("To the power:", "^ "),
        How::Minus(_) => ("Taken away:", ""),
        How::Difference(_) => ("The first less the second:", "− "),
        How::Found { .. } => ("The value there:", ""),
    };
    // What is made of one line alone says no more than that line.
    let is_only = of.lines().len() == 1;
    let lines = of.lines().iter().zip(&printed.lines).enumerate();
    let lines = lines.map(|(place, (of, printed))| line(of, printed, if place > 0 { joins } else { "" }, is_only));
    html! {
        <li>
            <details open={is_open}>
                <summary>{ head }</summary>
                { found(&of.how) }
                if !of.lines().is_empty() {
                    <p class="explained-how">{ word }</p>
                    <ul>{ for lines }</ul>
                }
            </details>
        </li>
    }
}

/// What a search looked at.
fn found(how: &How) -> Html {
    let How::Found { rule, headings, rows, .. } = how else { return Html::default() };
    html! {
        <>
            <p>{ rule.clone() }</p>
            <table class="numbers">
                <thead><tr>{ for headings.iter().map(|it| html! { <th scope="col">{ it.clone() }</th> }) }</tr></thead>
                <tbody>
                    { for rows.iter().map(|row| {
                        let cell = |text: &String| if row.is_found {
                            html! { <td><b>{ text.clone() }</b></td> }
                        } else {
                            html! { <td>{ text.clone() }</td> }
                        };
                        html! { <tr>{ for row.cells.iter().map(cell) }</tr> }
                    }) }
                </tbody>
            </table>
        </>
    }
}
