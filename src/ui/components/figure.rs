//! A figure that opens its arithmetic when it is pressed.

use yew::prelude::*;

use crate::text::claim::{Claim, Of};

/// `text` as a button for `claim`, and what it is told of.
pub fn figure(text: String, claim: Claim, of: Of) -> Html {
    html! {
        <button type="button" class="figure" aria-haspopup="dialog" data-claim={claim.number().to_string()} data-of={of.word()}>
            { text }
        </button>
    }
}
