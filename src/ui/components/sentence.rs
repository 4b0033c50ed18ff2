//! Sentences whose figures are marked by whose they are.

use yew::prelude::*;

use crate::text::verdict::{Emphasis, Part};

/// The sentence.
pub fn sentence(parts: &[Part]) -> Html {
    parts
        .iter()
        .map(|part| {
            let text = part.text.clone();
            match part.emphasis {
                Emphasis::None => html! { {text} },
                Emphasis::Seller => html! { <em class="seller">{ text }</em> },
                Emphasis::Company => html! { <em class="company">{ text }</em> },
                Emphasis::Figure => html! { <em>{ text }</em> },
            }
        })
        .collect()
}
