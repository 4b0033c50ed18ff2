//! The Accounts page: a plain list, with add, edit, mark lost and delete.

use chrono::NaiveDate;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::model::account::{Account, AccountId, Standing};
use crate::model::month::Month;
use crate::state::State;
use crate::state::action::Action;
use crate::text::number::{counted, money, rate};
use crate::ui::components::account_form::AccountForm;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::touch_dialog::TouchDialog;
use crate::ui::shared::Shared;

/// Rows shown before "show more", and added by it.
const ROWS: usize = 100;

/// Properties of [`AccountsPage`].
#[derive(Properties, PartialEq)]
pub struct AccountsPageProps {
    /// The state.
    pub state: Shared<State>,
    /// Today, for losses.
    pub today: NaiveDate,
    /// Something happened.
    pub on_action: Callback<Action>,
}

/// What is open above the list.
#[derive(Debug, Clone, PartialEq)]
enum Open {
    Nothing,
    Form(Option<Account>),
    Loss(Account),
    Touch(Account),
}

/// The page.
#[component]
pub fn AccountsPage(props: &AccountsPageProps) -> Html {
    let filter = use_state(String::new);
    let rows = use_state(|| ROWS);
    let open = use_state(|| Open::Nothing);
    let state = &props.state;
    let book = &state.workspace.book;

    let wanted = filter.trim().to_lowercase();
    let matches = |account: &&Account| {
        state.seller.as_ref().is_none_or(|seller| *seller == account.seller)
            && (wanted.is_empty()
                || account.name.to_lowercase().contains(&wanted)
                || account.seller.to_lowercase().contains(&wanted)
                || account.tags.iter().any(|tag| tag.to_lowercase().contains(&wanted)))
    };
    let found: Vec<&Account> = book.accounts.iter().filter(matches).collect();
    let on_filter = {
        let (filter, rows) = (filter.clone(), rows.clone());
        move |event: InputEvent| {
            filter.set(event.target_unchecked_into::<HtmlInputElement>().value());
            rows.set(ROWS);
        }
    };
    let on_month = {
        let on_action = props.on_action.clone();
        move |event: Event| {
            if let Some(month) = Month::parse(&event.target_unchecked_into::<HtmlInputElement>().value()) {
                on_action.emit(Action::MonthSet(month));
            }
        }
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let show = |what: Open| {
        let open = open.clone();
        move |_: MouseEvent| open.set(what.clone())
    };
    let row = |account: &&Account| {
        let id = account.id;
        let delete = props.on_action.reform(move |_: MouseEvent| Action::AccountDeleted(id));
        html! {
            <tr key={id.0}>
                <th scope="row">{ account.name.clone() }</th>
                <td>{ account.seller.clone() }</td>
                <td class="figure">{ money(account.annual_value.units(), 0) }</td>
                <td class="figure">{ rate(account.margin.get(), 1) }</td>
                <td>{ standing(account) }</td>
                <td>{ renewal(account, state.workspace.as_of) }</td>
                <td>{ account.touches.last().map_or_else(String::new, |touch| touch.on.to_string()) }</td>
                <td class="row-actions">
                    <button type="button" onclick={show(Open::Touch((*account).clone()))}
                        aria-label={format!("Log a touch with {}", account.name)}>{ "Touch" }</button>
                    // Where names are hidden a form would write the hidden names back.
                    if !state.names_hidden {
                        <button type="button" onclick={show(Open::Form(Some((*account).clone())))}
                            aria-label={format!("Edit {}", account.name)}>{ "Edit" }</button>
                    }
                    if account.is_active() {
                        <button type="button" onclick={show(Open::Loss((*account).clone()))}
                            aria-label={format!("Mark {} as lost", account.name)}>{ "Lost" }</button>
                    }
                    <button type="button" onclick={delete} aria-label={format!("Delete {}", account.name)}>{ "Delete" }</button>
                </td>
            </tr>
        }
    };
    let sellers: Vec<String> = book.sellers().into_keys().filter(|name| !name.is_empty()).map(str::to_owned).collect();
    html! {
        <main id="main" class="accounts" tabindex="-1">
            <section class="card" aria-labelledby="accounts-heading">
                <div class="card-heading">
                    <h1 id="accounts-heading">{ "Accounts" }</h1>
                    <button type="button" class="primary" onclick={show(Open::Form(None))}>{ "Add an account" }</button>
                </div>
                <p class="note">
                    { format!("{} in the book. Drop a CSV file anywhere on the page to import accounts.",
                        counted(book.accounts.len(), "account", "accounts")) }
                    if state.names_hidden {
                        { " Names are hidden: show them to edit an account." }
                    }
                </p>
                <div class="form-row">
                    <label for="as-of">{ "As of (the month from which everything runs)" }</label>
                    <input id="as-of" type="month" value={state.workspace.as_of.to_string()} onchange={on_month} />
                </div>
                <div class="form-row">
                    <label for="account-filter">{ "Find by name, seller or tag" }</label>
                    <input id="account-filter" type="search" autocomplete="off" value={(*filter).clone()} oninput={on_filter} />
                </div>
                <div class="table-scroll" tabindex="0" role="region" aria-label="List of accounts">
                    <table class="ledger">
                        <thead>
                            <tr>
                                <th scope="col">{ "Account" }</th>
                                <th scope="col">{ "Seller" }</th>
                                <th scope="col" class="figure">{ "Annual value" }</th>
                                <th scope="col" class="figure">{ "Margin" }</th>
                                <th scope="col">{ "Standing" }</th>
                                <th scope="col">{ "Next renewal" }</th>
                                <th scope="col">{ "Last touch" }</th>
                                <td></td>
                            </tr>
                        </thead>
                        <tbody>{ for found.iter().take(*rows).map(row) }</tbody>
                    </table>
                </div>
                if found.is_empty() {
                    <p>{ if book.accounts.is_empty() { "No account yet: add one, or drop a CSV file on this page." } else { "No account matches." } }</p>
                }
                if found.len() > *rows {
                    <button type="button" onclick={{ let rows = rows.clone(); move |_: MouseEvent| rows.set(*rows + ROWS) }}>
                        { format!("Show more ({} of {} shown)", *rows, found.len()) }
                    </button>
                }
            </section>
            { dialog(props, &open, sellers, close) }
        </main>
    }
}

fn dialog(props: &AccountsPageProps, open: &Open, sellers: Vec<String>, close: Callback<()>) -> Html {
    match open {
        Open::Nothing => Html::default(),
        Open::Form(account) => {
            let is_new = account.is_none();
            let (on_action, closing) = (props.on_action.clone(), close.clone());
            let on_saved = move |account: Account| {
                let account = Box::new(account);
                on_action.emit(if is_new { Action::AccountAdded(account) } else { Action::AccountChanged(account) });
                closing.emit(());
            };
            let assumptions = props.state.workspace.assumptions.clone();
            html! { <AccountForm account={account.clone()} {assumptions} {sellers} {on_saved} on_closed={close} /> }
        }
        Open::Touch(account) => {
            let (on_action, closing) = (props.on_action.clone(), close.clone());
            let on_logged = move |(id, touch)| {
                on_action.emit(Action::TouchLogged { id, touch });
                closing.emit(());
            };
            html! { <TouchDialog account={account.clone()} today={props.today} {on_logged} on_closed={close} /> }
        }
        Open::Loss(account) => {
            let (on_action, closing) = (props.on_action.clone(), close.clone());
            let on = props.today;
            let on_lost = move |(id, reason)| {
                on_action.emit(Action::AccountLost { id, reason, on });
                closing.emit(());
            };
            html! { <LossDialog id={account.id} name={account.name.clone()} {on_lost} on_closed={close} /> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct LossDialogProps {
    id: AccountId,
    name: String,
    on_lost: Callback<(AccountId, String)>,
    on_closed: Callback<()>,
}

#[component]
fn LossDialog(props: &LossDialogProps) -> Html {
    let reason = use_state(String::new);
    let on_typed = {
        let reason = reason.clone();
        move |event: InputEvent| reason.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on_lost = {
        let (id, reason, on_lost) = (props.id, reason.clone(), props.on_lost.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            on_lost.emit((id, (*reason).trim().to_owned()));
        }
    };
    html! {
        <Dialog title={format!("Mark {} as lost", props.name)} on_closed={props.on_closed.clone()}>
            <form onsubmit={on_lost}>
                <div class="form-row wide">
                    <label for="loss-reason">{ "Why, in your words (may stay empty)" }</label>
                    <input id="loss-reason" type="text" autocomplete="off" value={(*reason).clone()} oninput={on_typed} />
                </div>
                <p class="dialog-actions"><button type="submit" class="primary">{ "Mark as lost" }</button></p>
            </form>
        </Dialog>
    }
}

fn standing(account: &Account) -> String {
    match &account.standing {
        Standing::Lapsed { reason, on, .. } => {
            let on = on.map_or_else(String::new, |on| format!(" {on}"));
            if reason.is_empty() { format!("Lost{on}") } else { format!("Lost{on}: {reason}") }
        }
        standing => standing.word().to_owned(),
    }
}

fn renewal(account: &Account, as_of: Month) -> String {
    match &account.standing {
        Standing::Active { renews_on: Some(day), .. } => day.to_string(),
        Standing::Active { .. } => {
            let due = as_of.plus(i32::try_from(account.months_to_renewal(as_of)).unwrap_or(0));
            format!("{due}, by its start")
        }
        _ => String::new(),
    }
}
