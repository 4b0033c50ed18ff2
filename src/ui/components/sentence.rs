//! Sentences whose figures are marked by whose they are.

use yew::prelude::*;

use super::figure::figure;
use crate::text::verdict::{Emphasis, Part};

/// The sentence.
pub fn sentence(parts: &[Part]) -> Html {
    parts
        .iter()
        .map(|part| {
            let text = part.text.clone();
            let text = match part.claim {
                Some((claim, of)) => figure(text, claim, of),
                None => html! { {text} },
            };
            match part.emphasis {
                Emphasis::None => text,
                Emphasis::Seller => html! { <em class="seller">{ text }</em> },
                Emphasis::Company => html! { <em class="company">{ text }</em> },
                Emphasis::Figure => html! { <em>{ text }</em> },
            }
        })
        .collect()
}
