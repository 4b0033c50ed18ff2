//! The arithmetic behind a figure that was pressed, wherever on the page it stands.

use std::rc::Rc;

use yew::prelude::*;

use super::dialog::Dialog;
use super::seller_table::shown_seller;
use crate::model::payoff::payoff;
use crate::model::plan::Plan;
use crate::model::workspace::Workspace;
use crate::state::derived;
use crate::text::arithmetic::{Arithmetic, How, Line, Printed, arithmetic, change, ruled_arithmetic, title};
use crate::text::claim::Claim;
use crate::ui::effects::screen;
use crate::ui::effects::topics::use_rules_of;
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// The figure that was pressed.
#[derive(Clone, Copy, PartialEq)]
struct Asked {
    claim: Claim,
    /// The place of the plan that it is about.
    plan: Option<usize>,
    /// The place of the seller that it is about, by name.
    seller: Option<usize>,
}

/// Properties of [`Explain`].
#[derive(Properties, PartialEq)]
pub struct ExplainProps {
    /// The state and its answers.
    pub scene: Scene,
    /// The plans compared, each with its name; none where only the plan in use is told about.
    #[prop_or_default]
    pub plans: Vec<(String, Plan)>,
}

/// What the plan in use is called where its rules count.
pub const WITH_RULES: &str = "with its rules";

/// Listens for figures, and opens what the last one pressed comes from.
#[component]
pub fn Explain(props: &ExplainProps) -> Html {
    let asked = use_state(|| None::<Asked>);
    {
        let asked = asked.setter();
        use_effect_with((), move |()| {
            let listener = screen::listen_figures(move |claim, plan, seller| {
                if let Some(claim) = Claim::from_number(claim) {
                    asked.set(Some(Asked { claim, plan, seller }));
                }
            });
            move || drop(listener)
        });
    }
    let in_use = Shared::from(Rc::clone(&props.scene.state.workspace));
    let plan = asked.and_then(|asked| props.plans.get(asked.plan?));
    let workspace = use_memo((in_use, plan.map(|(_, plan)| plan.clone())), |(in_use, plan)| match plan {
        Some(plan) if *plan != in_use.plan => Shared::new(Workspace { plan: plan.clone(), ..Workspace::clone(in_use) }),
        _ => in_use.clone(),
    });
    // What rules do is searched event by event, so it is asked for.
    let has_rules = plan.is_some_and(|(_, plan)| plan.rules_on() > 0);
    let ruled = use_rules_of(has_rules.then(|| Shared::clone(&workspace)), &props.scene);
    let Some(Asked { claim, seller, .. }) = *asked else { return Html::default() };
    let book = &props.scene.state.workspace.book;
    let seller = seller.and_then(|place| book.sellers().into_keys().nth(place));
    let on_closed = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let told = match (has_rules, ruled) {
        (false, _) => told(&props.scene, claim, &workspace, seller).map(Some),
        (true, None) => Ok(None),
        (true, Some(outcome)) => {
            let question = derived::question(&props.scene.state);
            ruled_arithmetic(claim, &workspace, &question, &outcome).map_err(|why| why.to_string())
        }
    };
    match told {
        Ok(Some(told)) => {
            let seller = seller.map(|name| shown_seller(name, &props.scene.state));
            explained(&told, plan.map(|(name, _)| name.as_str()).or(seller.as_deref()), on_closed)
        }
        Ok(None) => {
            html! { <Dialog title={title(claim)} {on_closed}><p role="status">{ "Working it out …" }</p></Dialog> }
        }
        Err(why) => html! { <Dialog title="No arithmetic" {on_closed}><p>{ why }</p></Dialog> },
    }
}

/// The dialog that accounts for a figure; `of` names what it is a figure of.
pub fn explained(told: &Arithmetic, of: Option<&str>, on_closed: Callback<()>) -> Html {
    let of = of.map(|name| format!(" ({name})")).unwrap_or_default();
    html! {
        <Dialog title={format!("{}{of}", told.title)} {on_closed}>
            <p class="explained-figure">{ told.figure.clone() }</p>
            <ul class="explained">{ line(&told.line, &told.line.print(), "", true) }</ul>
            <p class="note">{ told.note }</p>
        </Dialog>
    }
}

/// The arithmetic of a claim about the rates of `workspace`, whose plan may be another than the one in use; about one seller, or
/// about all that the page tells of.
fn told(
    scene: &Scene,
    claim: Claim,
    workspace: &Shared<Workspace>,
    seller: Option<&str>,
) -> Result<Arithmetic, String> {
    let mut question = derived::question(&scene.state);
    if let Some(name) = seller {
        question.seller = Some(name.to_owned());
    }
    let in_use = &scene.state.workspace;
    let is_change = matches!(claim, Claim::CompanyChange | Claim::SellerChange | Claim::PayChange);
    if let (true, Some(now)) = (is_change, &scene.payoff) {
        let then = payoff(workspace, &question).map_err(|why| why.to_string())?;
        return change(claim, (in_use, now), (workspace, &then), &question).map_err(|why| why.to_string());
    }
    let is_known = !scene.state.moving && workspace.plan == in_use.plan && question.seller == scene.state.seller;
    let known = scene.payoff.as_ref().filter(|_| is_known);
    let answer = match known {
        Some(answer) => answer.clone(),
        None => Shared::new(payoff(workspace, &question).map_err(|why| why.to_string())?),
    };
    arithmetic(claim, workspace, &question, &answer).map_err(|why| why.to_string())
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
        How::Found { .. } => ("The value there:", ""),
    };
    let lines = of.lines().iter().zip(&printed.lines).enumerate();
    let lines = lines.map(|(place, (of, printed))| line(of, printed, if place > 0 { joins } else { "" }, false));
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
