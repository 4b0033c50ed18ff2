//! The log of decisions: why the plan and its numbers are what they are, for whoever asks next year.

use yew::prelude::*;

use super::decision_form::DecisionForm;
use crate::model::decision::Decision;
use crate::state::decisions;
use crate::text::decision::{stated_now, subject};
use crate::text::number::counted;
use crate::ui::parts::Scene;

/// Entries shown before all are asked for.
const SHOWN: usize = 20;

/// Properties of [`DecisionLog`].
#[derive(Properties, PartialEq)]
pub struct DecisionLogProps {
    /// The state.
    pub scene: Scene,
}

/// The log, the latest first, with the form for one more.
#[component]
pub fn DecisionLog(props: &DecisionLogProps) -> Html {
    let scene = &props.scene;
    let all = use_state(|| false);
    let log = &scene.state.workspace.decisions;
    let on_all = {
        let all = all.clone();
        move |_: MouseEvent| all.set(true)
    };
    html! {
        <section class="card decision-log" aria-labelledby="decisions-heading">
            <h2 id="decisions-heading">{ "Decisions, and why" }</h2>
            <p class="note">
                { "Kept with your data and in its backups. A link holds them only if you tick that." }
            </p>
            if scene.state.names_hidden {
                <p>{ format!("{} hidden while names are, since a reason may hold one.", counted(log.len(), "entry is", "entries are")) }</p>
            } else {
                if !log.is_empty() {
                    <ul class="decisions">
                        { for log.iter().rev().take(if *all { log.len() } else { SHOWN }).map(|it| entry(scene, it)) }
                    </ul>
                    if !*all && log.len() > SHOWN {
                        <p><button type="button" class="link" onclick={on_all}>{ format!("Show all {}", log.len()) }</button></p>
                    }
                }
                <details>
                    <summary>{ "Write down a decision" }</summary>
                    <DecisionForm scene={scene.clone()} on_logged={Callback::noop()} />
                </details>
            }
        </section>
    }
}

fn entry(scene: &Scene, decision: &Decision) -> Html {
    let on_removed = {
        let (on_action, action) = (scene.on_action.clone(), decisions::removed(&scene.state.workspace, decision));
        move |_: MouseEvent| on_action.emit(action.clone())
    };
    let Decision { on, about, stated, why, who, .. } = decision;
    html! {
        <li>
            <p>
                <b>{ subject(*about) }</b>{ format!(": {stated}") }
                if let Some(now) = stated_now(decision, &scene.state.workspace) {
                    <small>{ format!(" (now {now})") }</small>
                }
            </p>
            <blockquote>{ why.clone() }</blockquote>
            <p>
                <small>{ if who.is_empty() { on.to_string() } else { format!("{who}, {on}") } }</small>
                <button type="button" class="link" onclick={on_removed}
                    aria-label={format!("Remove the entry of {on} about {}", subject(*about))}>{ "Remove" }</button>
            </p>
        </li>
    }
}
