//! A link to what is on the screen, and what is inside it.

use yew::prelude::*;

use super::dialog::Dialog;
use crate::model::payoff::Payoff;
use crate::state::{State, derived};
use crate::storage::link;
use crate::text::number::counted;
use crate::ui::effects::{address, screen};
use crate::ui::route::plan_fragment;
use crate::ui::shared::Shared;

/// Properties of [`ShareDialog`].
#[derive(Properties, PartialEq)]
pub struct ShareDialogProps {
    /// What is shared.
    pub state: Shared<State>,
    /// What it says.
    pub payoff: Shared<Payoff>,
    /// It was closed.
    pub on_closed: Callback<()>,
}

/// An address to give away.
#[derive(PartialEq)]
struct Link {
    /// The whole address.
    address: String,
    /// By how much the receiver sees something else, in words.
    difference: Option<String>,
}

impl Link {
    fn of(state: &State, payoff: &Payoff) -> Link {
        let payload = link::encode(&state.workspace, &derived::question(state), payoff.headline());
        let difference = link::decode(&payload).ok().and_then(|shared| link::difference(&shared));
        Link { address: address::whole(&plan_fragment(&payload)), difference }
    }
}

/// The dialog.
#[component]
pub fn ShareDialog(props: &ShareDialogProps) -> Html {
    let copied = use_state(|| false);
    let link = use_memo((props.state.clone(), props.payoff.clone()), |(state, payoff)| Link::of(state, payoff));
    let on_copy = {
        let (copied, address) = (copied.clone(), link.address.clone());
        move |_: MouseEvent| {
            screen::copy(&address);
            copied.set(true);
        }
    };
    html! {
        <Dialog title="Share this plan" on_closed={props.on_closed.clone()}>
            <p>{ "Whoever opens this link sees the same answer in their own browser. It holds the plan, the assumptions, \
                  the month, and the book as at most twelve nameless groups." }</p>
            <p><strong>{ "No name of a customer or seller is in it." }</strong>
                { format!(" {} in all, {} characters.", counted(props.payoff.accounts, "account", "accounts"), link.address.chars().count()) }</p>
            if let Some(difference) = &link.difference {
                <p class="note">{ difference.clone() }</p>
            }
            <label for="share-address">{ "Link" }</label>
            <textarea id="share-address" readonly={true} rows="4" value={link.address.clone()} />
            <p class="dialog-actions">
                <button type="button" class="primary" onclick={on_copy}>{ "Copy link" }</button>
                <span role="status">{ if *copied { "Copied." } else { "" } }</span>
            </p>
        </Dialog>
    }
}
