//! A number within a sentence, changed where it stands.

use yew::prelude::*;

use super::typing::{Change, use_typing};
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
    let typing = use_typing(named, &props.on_changed);
    let refused = props.draft.as_ref();
    let text = typing.text().or(refused.map(|draft| &draft.text)).cloned().unwrap_or_else(|| props.shown.clone());
    let row = named.bounds();
    let id = format!("rule-{}", named.key().replace('_', "-"));
    let problem_id = format!("{id}-problem");
    let size = text.chars().count().clamp(1, 14).to_string();
    html! {
        <span class="inline-number" data-refused={refused.is_some().to_string()}>
            { before(named) }
            <input id={id} type="text" inputmode="decimal" autocomplete="off" aria-label={row.label} {size}
                value={text} aria-invalid={refused.is_some().to_string()} aria-describedby={refused.map(|_| problem_id.clone())}
                oninput={typing.on_typed()} onchange={typing.on_taken(Gesture::Settled)} onblur={typing.on_left()} />
            { after(named) }
            if let Some(draft) = refused {
                <span class="problem" id={problem_id} role="alert">{ draft.why.clone() }</span>
            }
        </span>
    }
}
