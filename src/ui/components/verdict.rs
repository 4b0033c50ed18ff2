//! The verdict on top of the page, and its quiet announcement.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::sentence::sentence;
use crate::text::verdict::{Part, Verdict};

/// How long the sentence must stand before it is read out, milliseconds.
const SETTLED_AFTER: u32 = 700;

/// Sentences that were worked out beside the verdict; empty until they are known.
#[derive(Clone, PartialEq)]
pub struct Said {
    /// The sentences.
    pub parts: Vec<Part>,
    /// Whether they still answer other numbers.
    pub waits: bool,
    /// Classes that tell what they are about.
    pub class: &'static str,
}

/// Properties of [`VerdictView`].
#[derive(Properties, PartialEq)]
pub struct VerdictViewProps {
    /// The answer in words.
    pub verdict: Verdict,
    /// What was worked out since, in the order in which it is said.
    pub more: Vec<Said>,
    /// Whether a number is on the move, so that the sentence is a quick one.
    pub moving: bool,
    /// Whether a field holds something that could not be used, so that the sentence answers the numbers before.
    pub stale: bool,
}

/// The sentence. It changes with every move of a slider, but is announced only once it has settled.
#[component]
pub fn VerdictView(props: &VerdictViewProps) -> Html {
    let announced = use_state(String::new);
    let said = if props.stale {
        "A number cannot be used yet; the answer is still that of the numbers before.".to_owned()
    } else {
        props.verdict.plain()
    };
    {
        let announced = announced.clone();
        use_effect_with(said, move |said| {
            let said = said.clone();
            let timer = Timeout::new(SETTLED_AFTER, move || announced.set(said));
            move || drop(timer)
        });
    }
    html! {
        <section class="verdict" aria-label="Verdict" data-stale={props.stale.to_string()}
            data-moving={props.moving.to_string()}>
            <h1>{ sentence(&props.verdict.headline) }</h1>
            if !props.verdict.support.is_empty() {
                <p>
                    { sentence(&props.verdict.support) }
                    { for props.more.iter().filter(|said| !said.parts.is_empty()).map(|said| html! {
                        <>{ " " }<span class={said.class} data-waits={said.waits.to_string()}>{ sentence(&said.parts) }</span></>
                    }) }
                </p>
            }
            if props.stale {
                <p class="stale-note">{ "Shown for the last numbers that could be used: see the field marked in red." }</p>
            }
            <p class="visually-hidden" aria-live="polite" aria-atomic="true">{ (*announced).clone() }</p>
        </section>
    }
}
