//! How often the verdict holds within the ranges that were given. Fetched after the first screen.

use yew::prelude::*;

use super::told_figure::told_figure;
use crate::model::certainty::Holds;
use crate::text::arithmetic::certainty_arithmetic;
use crate::text::certainty::holds_words;

/// The sentences; each figure of them opens what it is reckoned from.
pub fn holds_sentence(holds: &Holds) -> Html {
    let part = |(text, figure): (String, Option<_>)| match figure {
        None => html! { {text} },
        Some(figure) => {
            let holds = *holds;
            html! { <em>{ told_figure(text, move || certainty_arithmetic(figure, &holds)) }</em> }
        }
    };
    holds_words(holds).into_iter().map(part).collect()
}
