//! Logging a touch from any page: first with whom, found as it is typed, then the touch.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog::Dialog;
use super::touch_dialog::TouchDialog;
use crate::model::account::{Account, AccountId};
use crate::model::listing::{Listing, SearchTexts, listed};
use crate::state::action::Action;
use crate::ui::parts::Scene;

/// Accounts offered at once.
const OFFERED: usize = 8;

/// Properties of [`TouchFinder`].
#[derive(Properties, PartialEq)]
pub struct TouchFinderProps {
    /// The book, the account that is looked at, and what to report to.
    pub scene: Scene,
}

/// The dialog.
#[component]
pub fn TouchFinder(props: &TouchFinderProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let words = use_state(String::new);
    let chosen = use_state(|| scene.account);
    let texts = use_memo(workspace.book.clone(), SearchTexts::of);
    if let Some(account) = chosen.and_then(|id| workspace.book.account(id)) {
        let on_logged = {
            let (on_action, on_closed) = (scene.on_action.clone(), scene.on_closed.clone());
            move |(id, touch)| {
                on_action.emit(Action::TouchLogged { id, touch });
                on_closed.emit(());
            }
        };
        return html! {
            <TouchDialog key="touch" account={account.clone()} today={scene.today} {on_logged} on_closed={scene.on_closed.clone()} />
        };
    }
    let listing = Listing { words: (*words).clone(), ..Listing::all() };
    let places = Rc::new(listed(&workspace.book, &texts, &[], workspace.as_of, &listing));
    let found: Vec<&Account> =
        places.iter().filter_map(|place| workspace.book.accounts.get(*place)).take(OFFERED).collect();
    let choose = {
        let chosen = chosen.setter();
        move |id: AccountId| chosen.set(Some(id))
    };
    let on_words = {
        let words = words.clone();
        move |event: InputEvent| words.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on_entered = {
        let (first, choose) = (found.first().map(|account| account.id), choose.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(id) = first {
                choose(id);
            }
        }
    };
    let offer = |account: &&Account| {
        let (id, choose) = (account.id, choose.clone());
        let seller = if account.seller.is_empty() { String::new() } else { format!(" · {}", account.seller) };
        html! {
            <li key={id.0}>
                <button type="button" class="link" onclick={move |_: MouseEvent| choose(id)}>{ account.name.clone() }</button>
                { seller }
            </li>
        }
    };
    let more = places.len().saturating_sub(found.len());
    html! {
        <Dialog key="finder" title="Log a touch" on_closed={scene.on_closed.clone()}>
            <form onsubmit={on_entered}>
                <div class="form-row">
                    <label for="touch-with">{ "With whom (Enter takes the first)" }</label>
                    <input id="touch-with" type="search" autocomplete="off" autofocus=true value={(*words).clone()} oninput={on_words} />
                </div>
            </form>
            <ul class="lines" aria-label="Accounts found">{ for found.iter().map(offer) }</ul>
            <p class="note" role="status">
                { match (found.len(), more) {
                    (0, _) => "No account matches: shorten the words, or add the account first.".to_owned(),
                    (_, 0) => String::new(),
                    _ => format!("and {more} more: type some letters of the name"),
                } }
            </p>
        </Dialog>
    }
}
