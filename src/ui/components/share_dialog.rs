//! A link to what is on the screen, and what is inside it.

use web_sys::HtmlInputElement;
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
    /// How many decisions are in it.
    decisions: usize,
}

impl Link {
    fn of(state: &State, payoff: &Payoff, with_decisions: bool) -> Link {
        let (workspace, question, headline) = (&state.workspace, derived::question(state), payoff.headline());
        let (payload, decisions) = if with_decisions {
            link::encode_with_decisions(workspace, &question, headline)
        } else {
            (link::encode(workspace, &question, headline), 0)
        };
        let difference = link::decode(&payload).ok().and_then(|shared| link::difference(&shared));
        Link { address: address::whole(&plan_fragment(&payload)), difference, decisions }
    }
}

/// The dialog.
#[component]
pub fn ShareDialog(props: &ShareDialogProps) -> Html {
    let copied = use_state(|| false);
    let with_decisions = use_state(|| false);
    let link =
        use_memo((props.state.clone(), props.payoff.clone(), *with_decisions), |(state, payoff, with_decisions)| {
            Link::of(state, payoff, *with_decisions)
        });
    let logged = props.state.workspace.decisions.len();
    let on_ticked = {
        let (with_decisions, copied) = (with_decisions.clone(), copied.clone());
        move |event: Event| {
            with_decisions.set(event.target_unchecked_into::<HtmlInputElement>().checked());
            copied.set(false);
        }
    };
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
            <p>
                if link.decisions == 0 {
                    <strong>{ "No name of a customer or seller is in it." }</strong>
                } else {
                    <strong>{ format!("{} in it, word for word and with who wrote them: read them before you send it.",
                        if link.decisions == logged { counted(logged, "decision is", "decisions are") } else { format!("The latest {} of {logged} decisions are", link.decisions) }) }</strong>
                }
                { format!(" {} in all, {} characters.", counted(props.payoff.accounts, "account", "accounts"), link.address.chars().count()) }</p>
            if logged > 0 {
                <p><label class="tick">
                    <input type="checkbox" id="share-decisions" checked={*with_decisions} onchange={on_ticked} />
                    { "With the decisions, and why" }
                </label></p>
            }
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
