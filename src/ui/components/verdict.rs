//! The verdict on top of the page, and its quiet announcement.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::sentence::sentence;
use crate::text::verdict::{Part, Verdict};
use crate::ui::shared::Shared;

/// How long the sentence must stand before it is read out, milliseconds.
const SETTLED_AFTER: u32 = 700;

/// Properties of [`VerdictView`].
#[derive(Properties, PartialEq)]
pub struct VerdictViewProps {
    /// The answer in words.
    pub verdict: Verdict,
    /// Whether the headline is about rules and still answers other numbers.
    pub ruled_waits: bool,
    /// On the best plan for the same pay; empty until that is known.
    pub same_pay: Vec<Part>,
    /// Whether that still answers other numbers.
    pub same_pay_waits: bool,
    /// On how often the verdict holds within the ranges that were given; empty until that is known.
    pub holds: Option<Shared<Html>>,
    /// Whether that still answers other numbers.
    pub holds_waits: bool,
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
            <h1 data-waits={props.ruled_waits.to_string()}>{ sentence(&props.verdict.headline) }</h1>
            if !props.verdict.support.is_empty() {
                <p>
                    { sentence(&props.verdict.support) }
                    { " " }
                    <span class="same-pay" data-waits={props.same_pay_waits.to_string()}>{ sentence(&props.same_pay) }</span>
                    if let Some(holds) = &props.holds {
                        { " " }
                        <span class="same-pay holds" data-waits={props.holds_waits.to_string()}>{ Html::clone(holds) }</span>
                    }
                </p>
            }
            if props.stale {
                <p class="stale-note">{ "Shown for the last numbers that could be used: see the field marked in red." }</p>
            }
            <p class="visually-hidden" aria-live="polite" aria-atomic="true">{ (*announced).clone() }</p>
        </section>
    }
}
