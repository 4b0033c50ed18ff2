//! What is done to one account, above the page: changed in a form, touched, marked as lost.

use chrono::NaiveDate;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::account_form::AccountForm;
use super::dialog::Dialog;
use super::explain::explained;
use super::ledger::Wish;
use super::life_dialog::LifeDialog;
use super::touch_dialog::TouchDialog;
use crate::model::account::{Account, AccountId};
use crate::state::State;
use crate::state::action::Action;
use crate::text::arithmetic::{AccountFigure, account_arithmetic};

/// What is open above the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Open {
    /// Nothing.
    Nothing,
    /// The form of an account, or of a new one.
    Form(Option<Account>),
    /// Why it was lost.
    Loss(Account),
    /// A touch with it.
    Touch(Account),
    /// Something that happened there.
    Life(Account),
    /// What a figure of it comes from.
    Figure(Account, AccountFigure),
}

impl Open {
    /// What a wish opens; `None` for one that is done at once.
    pub fn of(wish: Wish, account: Account) -> Option<Open> {
        match wish {
            Wish::Touch => Some(Open::Touch(account)),
            Wish::Edit => Some(Open::Form(Some(account))),
            Wish::Loss => Some(Open::Loss(account)),
            Wish::Figure(figure) => Some(Open::Figure(account, figure)),
            Wish::Delete => None,
        }
    }
}

/// The dialog that is open.
pub fn account_dialog(
    open: &Open,
    state: &State,
    today: NaiveDate,
    on_action: &Callback<Action>,
    close: Callback<()>,
) -> Html {
    match open {
        Open::Nothing => Html::default(),
        Open::Form(account) => {
            let before = account.clone();
            let (on_action, closing) = (on_action.clone(), close.clone());
            let on_saved = move |account: Account| {
                let mut account = Box::new(account);
                on_action.emit(match &before {
                    None => Action::AccountAdded(account),
                    Some(before) => {
                        account.mark_edited(before);
                        Action::AccountChanged(account)
                    }
                });
                closing.emit(());
            };
            let assumptions = state.workspace.assumptions.clone();
            let book = state.workspace.book.clone();
            html! { <AccountForm account={account.clone()} {book} {assumptions} {on_saved} on_closed={close} /> }
        }
        Open::Figure(account, figure) => match account_arithmetic(*figure, account, &state.workspace) {
            Some(told) => explained(&told, Some(&account.name), close),
            None => Html::default(),
        },
        Open::Touch(account) => {
            let (on_action, closing) = (on_action.clone(), close.clone());
            let on_logged = move |(id, touch)| {
                on_action.emit(Action::TouchLogged { id, touch });
                closing.emit(());
            };
            html! { <TouchDialog account={account.clone()} {today} {on_logged} on_closed={close} /> }
        }
        Open::Life(account) => {
            let (on_action, closing) = (on_action.clone(), close.clone());
            let on_noted = move |(id, entry)| {
                on_action.emit(Action::LifeEntered { id, entry });
                closing.emit(());
            };
            html! { <LifeDialog account={account.clone()} {today} {on_noted} on_closed={close} /> }
        }
        Open::Loss(account) => {
            let (on_action, closing) = (on_action.clone(), close.clone());
            let on_lost = move |(id, reason, on)| {
                on_action.emit(Action::AccountLost { id, reason, on });
                closing.emit(());
            };
            html! { <LossDialog id={account.id} {today} name={account.name.clone()} {on_lost} on_closed={close} /> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct LossDialogProps {
    id: AccountId,
    name: String,
    today: NaiveDate,
    on_lost: Callback<(AccountId, String, NaiveDate)>,
    on_closed: Callback<()>,
}

#[component]
fn LossDialog(props: &LossDialogProps) -> Html {
    let reason = use_state(String::new);
    let day = use_state(|| props.today.to_string());
    let typed = |into: &UseStateHandle<String>| {
        let into = into.clone();
        move |event: InputEvent| into.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on = day.parse::<NaiveDate>().ok().filter(|on| *on <= props.today);
    let on_lost = {
        let (id, reason, on_lost) = (props.id, reason.clone(), props.on_lost.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(on) = on {
                on_lost.emit((id, (*reason).trim().to_owned(), on));
            }
        }
    };
    html! {
        <Dialog title={format!("Mark {} as lost", props.name)} on_closed={props.on_closed.clone()}>
            <form onsubmit={on_lost}>
                <div class="form-row wide">
                    <label for="loss-reason">{ "Why, in your words (may stay empty)" }</label>
                    <input id="loss-reason" type="text" autocomplete="off" value={(*reason).clone()} oninput={typed(&reason)} />
                </div>
                <div class="form-row">
                    <label for="loss-day">{ "When" }</label>
                    <input id="loss-day" type="date" max={props.today.to_string()} value={(*day).clone()} oninput={typed(&day)}
                        aria-invalid={on.is_none().to_string()} aria-describedby="loss-day-problem" />
                    <p id="loss-day-problem" class="problem" role="status">
                        { if on.is_none() { "Choose today or a day before it: an account is lost when it has left." } else { "" } }
                    </p>
                </div>
                <p class="dialog-actions"><button type="submit" class="primary" disabled={on.is_none()}>{ "Mark as lost" }</button></p>
            </form>
        </Dialog>
    }
}
