//! Writing down why a number or the plan is what it is.

use std::ops::Deref;

use chrono::NaiveDate;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::dialog::Dialog;
use super::sentence::sentence;
use crate::model::bounds::Input;
use crate::model::decision::{About, Decision};
use crate::state::decisions;
use crate::text::decision::{in_a_line, stated, stating, subject};
use crate::ui::parts::Scene;

/// Properties of [`DecisionForm`].
#[derive(Properties, PartialEq)]
pub struct DecisionFormProps {
    /// The state.
    pub scene: Scene,
    /// The number that it is about; where none is given, it is asked for.
    #[prop_or_default]
    pub about: Option<Input>,
    /// It was logged.
    pub on_logged: Callback<()>,
}

/// The form: what stands there is kept along with the reason, as it is now.
#[component]
pub fn DecisionForm(props: &DecisionFormProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let chosen = use_state(|| About::Plan);
    let why = use_state(String::new);
    let who = use_state(|| latest_author(scene));
    let day = use_state(|| scene.today.to_string());
    let is_tried = use_state(|| false);
    let about = props.about.map_or(*chosen, About::Number);
    let on = day.parse::<NaiveDate>().ok().filter(|on| *on <= scene.today);
    let now = stated(about, workspace, scene.payoff.as_deref());
    let action = on.map(|on| {
        let decision =
            Decision { on, nth: 0, about, stated: now.clone(), why: why.deref().clone(), who: who.deref().clone() };
        decisions::logged(workspace, decision)
    });
    // An empty reason is only told of once it was to be logged.
    let problem = match &action {
        Some(Err(refusal)) if *is_tried || !why.trim().is_empty() => refusal.to_string(),
        _ => String::new(),
    };
    let on_about = {
        let chosen = chosen.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let input = usize::try_from(index - 1).ok().and_then(|index| Input::ALL.get(index));
            chosen.set(input.map_or(About::Plan, |input| About::Number(*input)));
        }
    };
    let typed = |into: &UseStateHandle<String>| {
        let into = into.clone();
        move |event: InputEvent| into.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on_why = {
        let why = why.clone();
        move |event: InputEvent| why.set(event.target_unchecked_into::<HtmlTextAreaElement>().value())
    };
    let on_submitted = {
        let (on_action, on_logged) = (scene.on_action.clone(), props.on_logged.clone());
        let (why, is_tried) = (why.clone(), is_tried.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match &action {
                Some(Ok(action)) => {
                    on_action.emit(action.clone());
                    why.set(String::new());
                    is_tried.set(false);
                    on_logged.emit(());
                }
                _ => is_tried.set(true),
            }
        }
    };
    // Both a dialog and the log may be on a page.
    let id = |field: &str| format!("{}-{field}", if props.about.is_some() { "decision" } else { "log" });
    html! {
        <form class="decision-form" onsubmit={on_submitted}>
            if props.about.is_none() {
                <div class="form-row">
                    <label for={id("about")}>{ "About" }</label>
                    <select id={id("about")} onchange={on_about}>
                        <option selected={about == About::Plan}>{ subject(About::Plan) }</option>
                        { for Input::ALL.map(|input| html! {
                            <option selected={about == About::Number(input)}>{ input.bounds().label }</option>
                        }) }
                    </select>
                </div>
            }
            <p class="note">{ "Kept with it: " }{ sentence(&stating(about, workspace, scene.payoff.as_deref())) }{ "." }</p>
            <div class="form-row wide">
                <label for={id("why")}>{ "Why" }</label>
                <textarea id={id("why")} rows="3" autofocus={props.about.is_some()} value={why.deref().clone()} oninput={on_why}
                    aria-invalid={(!problem.is_empty()).to_string()} aria-describedby={id("problem")} />
                <p id={id("problem")} class="problem" role="status">{ problem }</p>
            </div>
            <div class="form-pair">
                <div class="form-row">
                    <label for={id("who")}>{ "Who (may stay empty)" }</label>
                    <input id={id("who")} type="text" autocomplete="off" value={who.deref().clone()} oninput={typed(&who)} />
                </div>
                <div class="form-row">
                    <label for={id("day")}>{ "When" }</label>
                    <input id={id("day")} type="date" max={scene.today.to_string()} value={day.deref().clone()} oninput={typed(&day)}
                        aria-invalid={on.is_none().to_string()} aria-describedby={id("day-problem")} />
                    <p id={id("day-problem")} class="problem" role="status">
                        { if on.is_none() { "Choose today or a day before it." } else { "" } }
                    </p>
                </div>
            </div>
            <p class="dialog-actions"><button type="submit" class="primary">{ "Log it" }</button></p>
        </form>
    }
}

/// Who wrote last is likely to write again.
fn latest_author(scene: &Scene) -> String {
    scene.state.workspace.decisions.iter().next_back().map(|decision| decision.who.clone()).unwrap_or_default()
}

/// The dialog that a number is asked about in, with what was written about it before.
pub fn why_dialog(scene: &Scene) -> Html {
    let Some(input) = scene.about else { return Html::default() };
    let about = About::Number(input);
    let workspace = &scene.state.workspace;
    let before = workspace.decisions.iter().rev().filter(|decision| decision.about == about);
    let entry = |decision: &Decision| html! { <li><b>{ decision.stated.clone() }</b>{ format!(": {}", in_a_line(decision)) }</li> };
    html! {
        <Dialog title={format!("Why: {}", input.bounds().label)} on_closed={scene.on_closed.clone()}>
            <DecisionForm scene={scene.clone()} about={input} on_logged={scene.on_closed.clone()} />
            if workspace.decisions.latest(about).is_some() {
                <h3>{ "Written before" }</h3>
                <ul class="lines">{ for before.map(entry) }</ul>
                <p class="note">{ "An entry is removed in the log on the Plan page." }</p>
            }
        </Dialog>
    }
}
