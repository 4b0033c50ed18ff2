//! A figure that opens its arithmetic when it is pressed.

use yew::prelude::*;

use crate::text::claim::Claim;

/// `text` as a button for `claim`; of a comparison, about the plan at this place.
pub fn figure(text: String, claim: Claim, plan: Option<usize>) -> Html {
    html! {
        <button type="button" class="figure" aria-haspopup="dialog" data-claim={claim.number().to_string()}
            data-plan={plan.map(|place| place.to_string())}>{ text }</button>
    }
}

/// `text` as a button for `claim` about the seller at this place in the order of their names.
pub fn figure_of_seller(text: String, claim: Claim, seller: usize) -> Html {
    html! {
        <button type="button" class="figure" aria-haspopup="dialog" data-claim={claim.number().to_string()}
            data-seller={seller.to_string()}>{ text }</button>
    }
}
