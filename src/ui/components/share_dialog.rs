//! A link to what is on the screen, and what is inside it.

use yew::prelude::*;

use super::dialog::Dialog;
use crate::text::number::counted;
use crate::ui::effects::screen;

/// Properties of [`ShareDialog`].
#[derive(Properties, PartialEq)]
pub struct ShareDialogProps {
    /// The whole address.
    pub address: String,
    /// Accounts that the link stands for.
    pub accounts: usize,
    /// By how much the receiver sees something else, in words.
    pub difference: Option<String>,
    /// It was closed.
    pub on_closed: Callback<()>,
}

/// The dialog.
#[component]
pub fn ShareDialog(props: &ShareDialogProps) -> Html {
    let copied = use_state(|| false);
    let on_copy = {
        let (copied, address) = (copied.clone(), props.address.clone());
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
                { format!(" {} in all, {} characters.", counted(props.accounts, "account", "accounts"), props.address.chars().count()) }</p>
            if let Some(difference) = &props.difference {
                <p class="note">{ difference.clone() }</p>
            }
            <label for="share-address">{ "Link" }</label>
            <textarea id="share-address" readonly={true} rows="4" value={props.address.clone()} />
            <p class="dialog-actions">
                <button type="button" class="primary" onclick={on_copy}>{ "Copy link" }</button>
                <span role="status">{ if *copied { "Copied." } else { "" } }</span>
            </p>
        </Dialog>
    }
}
