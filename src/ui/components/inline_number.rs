//! A number within a sentence, changed where it stands.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::input_control::Change;
use crate::model::bounds::Input;
use crate::state::action::Gesture;
use crate::state::drafts::Draft;
use crate::text::plan_rules::{after, before};

/// Properties of [`InlineNumber`].
#[derive(Properties, PartialEq)]
pub struct InlineNumberProps {
    /// Which number.
    pub input: Input,
    /// What stands there: the number or its range, as typed.
    pub shown: String,
    /// What was typed and refused.
    pub draft: Option<Draft>,
    /// A number was typed.
    pub on_changed: Callback<Change>,
}

/// The number, underlined so that it is seen to be one that can be changed.
#[component]
pub fn InlineNumber(props: &InlineNumberProps) -> Html {
    let named = props.input;
    // What is being typed stays as typed until Enter is pressed or the field is left.
    let typing = use_state(|| None::<String>);
    let refused = props.draft.as_ref();
    let text = typing.as_ref().or(refused.map(|draft| &draft.text)).cloned().unwrap_or_else(|| props.shown.clone());
    let on_typed = {
        let (typing, on_changed) = (typing.clone(), props.on_changed.clone());
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            typing.set(Some(text.clone()));
            on_changed.emit((named, text, Gesture::Dragging));
        }
    };
    let on_settled = {
        let (typing, on_changed) = (typing.clone(), props.on_changed.clone());
        move |event: Event| {
            typing.set(None);
            on_changed.emit((named, event.target_unchecked_into::<HtmlInputElement>().value(), Gesture::Settled));
        }
    };
    let on_left = {
        let typing = typing.clone();
        move |_: FocusEvent| typing.set(None)
    };
    let row = named.bounds();
    let id = format!("rule-{}", named.key().replace('_', "-"));
    let problem_id = format!("{id}-problem");
    let size = text.chars().count().clamp(1, 14).to_string();
    html! {
        <span class="inline-number" data-refused={refused.is_some().to_string()}>
            { before(named) }
            <input id={id} type="text" inputmode="decimal" autocomplete="off" aria-label={row.label} {size}
                value={text} aria-invalid={refused.is_some().to_string()} aria-describedby={refused.map(|_| problem_id.clone())}
                oninput={on_typed} onchange={on_settled} onblur={on_left} />
            { after(named) }
            if let Some(draft) = refused {
                <span class="problem" id={problem_id} role="alert">{ draft.why.clone() }</span>
            }
        </span>
    }
}
