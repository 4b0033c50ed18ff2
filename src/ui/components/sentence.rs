//! Sentences whose figures are marked by whose they are.

use yew::prelude::*;

use super::figure::figure;
use crate::text::verdict::{Emphasis, Part};

/// The sentence; what is claimed in it opens its arithmetic.
pub fn sentence(parts: &[Part]) -> Html {
    marked(parts, claimed)
}

/// A text, or the figure that it claims to be.
pub fn claimed(part: &Part) -> Html {
    let text = part.text.clone();
    match part.claim {
        Some((claim, of)) => figure(text, claim, of),
        None => html! { {text} },
    }
}

/// The sentence with its figures as `shown` shows them, each marked by whose it is; what is neither marked nor claimed is
/// words.
pub fn marked(parts: &[Part], shown: impl Fn(&Part) -> Html) -> Html {
    let part = |part: &Part| match part.emphasis {
        Emphasis::None if part.claim.is_none() => html! { { part.text.clone() } },
        Emphasis::None => shown(part),
        Emphasis::Seller => html! { <em class="seller">{ shown(part) }</em> },
        Emphasis::Company => html! { <em class="company">{ shown(part) }</em> },
        Emphasis::Figure => html! { <em>{ shown(part) }</em> },
    };
    parts.iter().map(part).collect()
}
