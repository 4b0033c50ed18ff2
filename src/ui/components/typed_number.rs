//! A number within a sentence that is no input of the model's table: it is taken with Enter or by leaving the field.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What was typed for a number and refused, and why.
pub type Refused = Option<(String, String)>;

/// Properties of [`TypedNumber`].
#[derive(Properties, PartialEq)]
pub struct TypedNumberProps {
    /// Its id on the page.
    pub id: String,
    /// What it is, for who cannot see the sentence.
    pub label: &'static str,
    /// What stands before it.
    pub before: &'static str,
    /// What stands behind it.
    pub after: &'static str,
    /// The number as it stands in its box.
    pub shown: String,
    /// What was typed and refused.
    pub refused: Refused,
    /// A number was typed.
    pub on_typed: Callback<String>,
}

/// The number.
#[component]
pub fn TypedNumber(props: &TypedNumberProps) -> Html {
    let TypedNumberProps { id, label, before, after, shown, refused, .. } = props;
    let typing = use_state(|| None::<String>);
    let text = typing.as_ref().or(refused.as_ref().map(|(text, _)| text)).unwrap_or(shown).clone();
    let on_input = {
        let typing = typing.clone();
        move |event: InputEvent| typing.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let on_taken = {
        let (typing, on_typed) = (typing.clone(), props.on_typed.clone());
        move |event: Event| {
            typing.set(None);
            on_typed.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        }
    };
    // What was typed and taken back is no change: the number stands there again.
    let on_left = {
        let typing = typing.clone();
        move |_: FocusEvent| typing.set(None)
    };
    let problem_id = format!("{id}-problem");
    let size = text.chars().count().clamp(1, 14).to_string();
    html! {
        <span class="inline-number" data-refused={refused.is_some().to_string()}>
            { *before }
            <input id={id.clone()} type="text" inputmode="decimal" autocomplete="off" {size} value={text} aria-label={*label}
                aria-invalid={refused.is_some().to_string()} aria-describedby={refused.as_ref().map(|_| problem_id.clone())}
                oninput={on_input} onchange={on_taken} onblur={on_left} />
            { *after }
            if let Some((_, why)) = refused {
                <span class="problem" id={problem_id} role="alert">{ why.clone() }</span>
            }
        </span>
    }
}
