//! Logging a touch: what kind, when, and what is worth remembering.

use chrono::NaiveDate;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::dialog::Dialog;
use crate::model::account::{Account, AccountId};
use crate::model::touch::{Touch, TouchKind};

/// Properties of [`TouchDialog`].
#[derive(Properties, PartialEq)]
pub struct TouchDialogProps {
    /// The account.
    pub account: Account,
    /// Today, which is offered as the day.
    pub today: NaiveDate,
    /// A touch was logged.
    pub on_logged: Callback<(AccountId, Touch)>,
    /// Nothing was logged.
    pub on_closed: Callback<()>,
}

/// The dialog: Enter logs a call of today, and everything else is a choice.
#[component]
pub fn TouchDialog(props: &TouchDialogProps) -> Html {
    let kind = use_state(TouchKind::default);
    let day = use_state(|| props.today.to_string());
    let note = use_state(String::new);
    let on = day.parse::<NaiveDate>().ok().filter(|on| *on <= props.today);
    let on_kind = {
        let kind = kind.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let chosen = usize::try_from(index).ok().and_then(|index| TouchKind::ALL.get(index).copied());
            kind.set(chosen.unwrap_or_default());
        }
    };
    let typed = |into: &UseStateHandle<String>| {
        let into = into.clone();
        move |event: InputEvent| into.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on_logged = {
        let (id, kind, note, on_logged) = (props.account.id, *kind, note.clone(), props.on_logged.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(on) = on {
                on_logged.emit((id, Touch { on, kind, note: note.trim().to_owned() }));
            }
        }
    };
    let latest: Vec<String> = props.account.touches.iter().rev().take(5).map(described).collect();
    html! {
        <Dialog title={format!("Log a touch with {}", props.account.name)} on_closed={props.on_closed.clone()}>
            <form onsubmit={on_logged}>
                <div class="form-row">
                    <label for="touch-kind">{ "What it was" }</label>
                    <select id="touch-kind" onchange={on_kind}>
                        { for TouchKind::ALL.iter().map(|it| html! { <option selected={*it == *kind}>{ it.word() }</option> }) }
                    </select>
                </div>
                <div class="form-row">
                    <label for="touch-day">{ "When" }</label>
                    <input id="touch-day" type="date" max={props.today.to_string()} value={(*day).clone()} oninput={typed(&day)}
                        aria-invalid={on.is_none().to_string()} aria-describedby="touch-day-problem" />
                    <p id="touch-day-problem" class="problem" role="status">
                        { if on.is_none() { "Choose today or a day before it: a touch is logged when it has happened." } else { "" } }
                    </p>
                </div>
                <div class="form-row wide">
                    <label for="touch-note">{ "What is worth remembering (may stay empty)" }</label>
                    <input id="touch-note" type="text" autocomplete="off" maxlength="500" value={(*note).clone()} oninput={typed(&note)} />
                </div>
                if !latest.is_empty() {
                    <p class="note">{ format!("Before: {}.", latest.join("; ")) }</p>
                }
                <p class="dialog-actions"><button type="submit" class="primary" disabled={on.is_none()}>{ "Log it" }</button></p>
            </form>
        </Dialog>
    }
}

/// For example "Call on 2026-11-24: asked for a quote".
fn described(touch: &Touch) -> String {
    let note = if touch.note.is_empty() { String::new() } else { format!(": {}", touch.note) };
    format!("{} on {}{note}", touch.kind.word(), touch.on)
}
