//! A part on the screen: fetched, then drawn.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Draw, NotFetched, Part, Scene};

/// Properties of [`Later`].
#[derive(Properties, PartialEq)]
pub struct LaterProps {
    /// The part.
    pub part: Part,
    /// What it looks at.
    pub scene: Scene,
}

/// The part, or a word on why it is not there yet. A part of another kind is another component: give it a key.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let fetched = use_state(|| None::<Result<Draw, NotFetched>>);
    let tries = use_state(|| 0_u32);
    {
        let fetched = fetched.setter();
        use_effect_with((props.part, *tries), move |(part, _)| {
            let part = *part;
            spawn_local(async move { fetched.set(Some(part.fetch().await)) });
        });
    }
    let words = match *fetched {
        Some(Ok(draw)) => return draw(&props.scene),
        None => html! { <p class="note" role="status">{ "One moment …" }</p> },
        Some(Err(why)) => html! {
            <div class="banner" role="alert">
                <p>{ why.to_string() }</p>
                <button type="button" onclick={move |_: MouseEvent| tries.set(*tries + 1)}>{ "Try again" }</button>
            </div>
        },
    };
    if props.part.is_page() {
        html! { <main id="main" tabindex="-1" aria-busy={fetched.is_none().to_string()}>{ words }</main> }
    } else {
        words
    }
}
