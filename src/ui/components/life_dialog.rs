//! Noting what happened at an account beside touches: what kind of thing, when, and what there is to say of it.

use chrono::NaiveDate;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::dialog::Dialog;
use crate::model::account::{Account, AccountId};
use crate::model::life::{LifeEntry, LifeKind, Outcome};
use crate::text::account_draft::read_amount;
use crate::text::life::{asked, warning};

/// Properties of [`LifeDialog`].
#[derive(Properties, PartialEq)]
pub struct LifeDialogProps {
    /// The account.
    pub account: Account,
    /// Today, which is offered as the day.
    pub today: NaiveDate,
    /// Something was noted.
    pub on_noted: Callback<(AccountId, LifeEntry)>,
    /// Nothing was noted.
    pub on_closed: Callback<()>,
}

/// The dialog.
#[component]
pub fn LifeDialog(props: &LifeDialogProps) -> Html {
    let kind = use_state(LifeKind::default);
    let text = use_state(String::new);
    let day = use_state(|| props.today.to_string());
    let due = use_state(String::new);
    let amount = use_state(String::new);
    let on_kind = {
        let kind = kind.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            kind.set(usize::try_from(index).ok().and_then(|it| LifeKind::ALL.get(it).copied()).unwrap_or_default());
        }
    };
    let typed = |into: &UseStateHandle<String>| {
        let into = into.clone();
        move |event: InputEvent| into.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };

    let on = day.parse::<NaiveDate>().ok().filter(|on| *on <= props.today);
    let due_day = match due.as_str() {
        "" => Ok(None),
        text => text.parse::<NaiveDate>().map(Some),
    };
    let money = match amount.trim() {
        "" => Ok(None),
        text => read_amount(text).map(Some),
    };
    let said = text.trim();
    let noted = match (on, &due_day, &money) {
        (Some(on), Ok(due), Ok(amount)) if !said.is_empty() => Some(LifeEntry {
            on,
            kind: *kind,
            text: said.to_owned(),
            due: due.filter(|_| kind.can_be_due()),
            amount: amount.filter(|_| kind.has_amount()),
            outcome: Outcome::Open,
        }),
        _ => None,
    };
    let can_note = noted.is_some();
    let on_noted = {
        let (id, on_noted) = (props.account.id, props.on_noted.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(entry) = &noted {
                on_noted.emit((id, entry.clone()));
            }
        }
    };
    html! {
        <Dialog title={format!("Note something about {}", props.account.name)} on_closed={props.on_closed.clone()}>
            <form onsubmit={on_noted}>
                <div class="form-row">
                    <label for="life-kind">{ "What it is" }</label>
                    <select id="life-kind" onchange={on_kind}>
                        { for LifeKind::ALL.iter().map(|it| html! { <option selected={*it == *kind}>{ it.word() }</option> }) }
                    </select>
                </div>
                <div class="form-row wide">
                    <label for="life-text">{ asked(*kind) }</label>
                    <input id="life-text" type="text" autocomplete="off" maxlength="500" required=true value={(*text).clone()} oninput={typed(&text)} />
                </div>
                <div class="form-row">
                    <label for="life-day">{ "When" }</label>
                    <input id="life-day" type="date" max={props.today.to_string()} value={(*day).clone()} oninput={typed(&day)}
                        aria-invalid={on.is_none().to_string()} aria-describedby="life-day-problem" />
                    <p id="life-day-problem" class="problem" role="status">
                        { if on.is_none() { "Choose today or a day before it: what is to come has a day by which it is due." } else { "" } }
                    </p>
                </div>
                if kind.can_be_due() {
                    <div class="form-row">
                        <label for="life-due">{ "Due by (may stay empty)" }</label>
                        <input id="life-due" type="date" value={(*due).clone()} oninput={typed(&due)} />
                    </div>
                }
                if kind.has_amount() {
                    <div class="form-row">
                        <label for="life-amount">{ "How much money (may stay empty)" }</label>
                        <input id="life-amount" type="text" inputmode="decimal" autocomplete="off" value={(*amount).clone()} oninput={typed(&amount)}
                            aria-invalid={money.is_err().to_string()} aria-describedby="life-amount-problem" />
                        <p id="life-amount-problem" class="problem" role="status">{ money.err().unwrap_or_default() }</p>
                    </div>
                }
                if let Some(warning) = warning(*kind, &props.account.life, props.today) {
                    <p class="note" role="status">{ warning }</p>
                }
                <p class="dialog-actions"><button type="submit" class="primary" disabled={!can_note}>{ "Note it" }</button></p>
            </form>
        </Dialog>
    }
}
