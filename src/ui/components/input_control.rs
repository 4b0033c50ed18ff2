//! One number that the user may set: label, number box and slider together.

use yew::prelude::*;

use super::sentence::sentence;
use super::typing::{Change, use_typing};
use crate::model::bounds::Input;
use crate::state::action::Gesture;
use crate::state::drafts::Draft;
use crate::text;
use crate::text::verdict::Part;

/// Properties of [`InputControl`].
#[derive(Properties, PartialEq)]
pub struct InputControlProps {
    /// Which number.
    pub input: Input,
    /// Its value now.
    pub value: f64,
    /// The range that it may be anywhere in, as typed.
    #[prop_or_default]
    pub range: Option<String>,
    /// What it is reset to.
    pub default: f64,
    /// The gap over its slider.
    #[prop_or_default]
    pub chart: Option<Html>,
    /// What was typed and refused.
    #[prop_or_default]
    pub draft: Option<Draft>,
    /// The label, where it is not the input's own.
    #[prop_or_default]
    pub label: Option<&'static str>,
    /// What a pointer that rests on the label is told.
    #[prop_or(AttrValue::Static("Double-click to reset."))]
    pub title: AttrValue,
    /// Source and grade of the default.
    #[prop_or_default]
    pub source: Option<AttrValue>,
    /// What the value means, such as the hours of a share.
    #[prop_or_default]
    pub meaning: Option<Vec<Part>>,
    /// What was written down last about why it is so.
    #[prop_or_default]
    pub why: Option<String>,
    /// It is to be written down why it is so.
    pub on_why: Callback<Input>,
    /// A number was typed or slid.
    pub on_changed: Callback<Change>,
    /// The default was asked for.
    pub on_reset: Callback<Input>,
}

/// A labelled number box with a slider.
#[component]
pub fn InputControl(props: &InputControlProps) -> Html {
    let input = props.input;
    let row = input.bounds();
    let id = format!("input-{}", input.key().replace('_', "-"));
    let typing = use_typing(input, &props.on_changed);
    let shown = typing
        .text()
        .cloned()
        .or_else(|| props.draft.as_ref().map(|draft| draft.text.clone()))
        .or_else(|| props.range.clone())
        .unwrap_or_else(|| text::input::typed(input, props.value));
    let own = props.range.is_some() || props.value != props.default || props.draft.is_some();

    let on_sliding = {
        let taken = typing.on_taken(Gesture::Dragging);
        move |event: InputEvent| taken.emit(event.into())
    };
    let reset = {
        let (typing, on_reset) = (typing.clone(), props.on_reset.clone());
        Callback::from(move |()| {
            typing.forget();
            on_reset.emit(input);
        })
    };

    let slider_number = |number: f64| text::input::typed(input, number);
    let problem_id = format!("{id}-problem");
    let default = text::input::shown(input, props.default);
    html! {
        <div class="control" data-own={own.to_string()} data-refused={props.draft.is_some().to_string()}>
            <div class="control-row">
                <label for={id.clone()} title={props.title.clone()} ondblclick={reset.reform(|_| ())}>
                    { props.label.unwrap_or(row.label) }
                </label>
                <span class="number-box">
                    <input id={id} type="text" inputmode="decimal" autocomplete="off" value={shown}
                        aria-invalid={props.draft.is_some().to_string()}
                        aria-describedby={props.draft.is_some().then(|| problem_id.clone())}
                        oninput={typing.on_typed()} onchange={typing.on_taken(Gesture::Settled)} onblur={typing.on_left()} />
                    if !row.suffix.is_empty() {
                        <span class="unit">{ row.suffix }</span>
                    }
                </span>
            </div>
            <input type="range" aria-label={format!("{}, slider", row.label)}
                aria-valuetext={text::input::shown(input, props.value)}
                min={slider_number(row.slider.0)} max={slider_number(row.slider.1)} step={slider_number(row.step)}
                value={slider_number(props.value)} oninput={on_sliding} onchange={typing.on_taken(Gesture::Settled)} />
            // One child in any case: one more would make the fields before it anew, under the user's hand.
            { props.chart.clone().unwrap_or_default() }
            if let Some(meaning) = &props.meaning {
                <p class="control-note">{ sentence(meaning) }</p>
            }
            if let Some(draft) = &props.draft {
                <p class="problem" id={problem_id} role="alert">{ draft.why.clone() }</p>
            }
            if let Some(source) = &props.source {
                <p class="control-note">{ source.clone() }</p>
            }
            if let Some(why) = &props.why {
                <p class="control-note why">{ why.clone() }</p>
            }
            if own || props.why.is_some() {
                <p class="control-note">
                    if own {
                        <span class="tag">{ "yours" }</span>
                        <button type="button" class="link" onclick={reset.reform(|_| ())}
                            aria-label={format!("reset to {default}: {}", row.label)}>
                            { format!("reset to {default}") }
                        </button>
                    }
                    <button type="button" class="link" onclick={props.on_why.reform(move |_| input)}
                        aria-label={format!("why: {}", row.label)}>
                        { "why?" }
                    </button>
                </p>
            }
        </div>
    }
}
