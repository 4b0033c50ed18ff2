//! Adding or changing one account.

use std::mem::discriminant;

use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::dialog::Dialog;
use crate::model::account::{Account, AccountId, Origin, Term};
use crate::model::assumptions::Assumptions;
use crate::model::book::{Book, name_key};
use crate::model::quantity::Money;
use crate::text::account_draft::{AccountDraft, Field};

/// Properties of [`AccountForm`].
#[derive(Properties, PartialEq)]
pub struct AccountFormProps {
    /// The account to change, or `None` to add one.
    pub account: Option<Account>,
    /// The book, in which whoever sent it is looked up.
    pub book: Book,
    /// What is assumed of all accounts, for what multiplies its odds of loss.
    pub assumptions: Assumptions,
    /// The account as it should be; a new one has the id 0.
    pub on_saved: Callback<Account>,
    /// It was given up.
    pub on_closed: Callback<()>,
}

/// How an account may have come to us, in the order of the list.
const ORIGINS: [(Origin, &str); 3] = [
    (Origin::Prospecting, "prospecting"),
    (Origin::Referral { sent_by: None }, "a customer who sent it"),
    (Origin::WinBack, "being won back"),
];

/// Accounts offered at once as who sent it.
const OFFERED: usize = 8;

/// The form in its dialog.
#[component]
pub fn AccountForm(props: &AccountFormProps) -> Html {
    let before = use_memo(props.account.clone(), |account| {
        account.clone().unwrap_or_else(|| Account::new(AccountId(0), "", Money::from_cents(1_200_000)))
    });
    let typed = use_state(|| AccountDraft::of(&before, &props.book));
    // Problems wait for the first attempt to save, so that an empty form does not scold.
    let tried = use_state(|| props.account.is_some());
    let edit = {
        let typed = typed.clone();
        move |change: &dyn Fn(&mut AccountDraft)| {
            let mut next = (*typed).clone();
            change(&mut next);
            typed.set(next);
        }
    };
    let on_saved = {
        let (typed, tried, before, on_saved) = (typed.clone(), tried.clone(), before.clone(), props.on_saved.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match typed.account(&before) {
                Some(account) => on_saved.emit(account),
                None => tried.set(true),
            }
        }
    };
    let field = |field: Field| {
        let edit = edit.clone();
        let on_typed = move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            edit(&|typed: &mut AccountDraft| typed.set(field, text.clone()));
        };
        let id = format!("account-field-{}", field as usize);
        let problem = typed.problem(field).filter(|_| *tried);
        let problem_id = format!("{id}-problem");
        html! {
            <div class="form-row" key={field as usize}>
                <label for={id.clone()}>{ field.label() }</label>
                <input {id} type={if field.is_date() { "date" } else { "text" }} autocomplete="off"
                    list={(field == Field::Seller).then_some("known-sellers")} value={typed.text(field).to_owned()}
                    aria-invalid={problem.is_some().to_string()} aria-describedby={problem.is_some().then(|| problem_id.clone())}
                    oninput={on_typed} />
                if let Some(problem) = problem {
                    <p class="problem" id={problem_id} role="alert">{ problem }</p>
                }
            </div>
        }
    };
    let on_term = {
        let edit = edit.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let term =
                usize::try_from(index).ok().and_then(|index| Term::MONTHS.get(index)).copied().and_then(Term::new);
            if let Some(term) = term {
                edit(&|typed: &mut AccountDraft| typed.term = term);
            }
        }
    };
    let on_origin = {
        let (edit, book, own) = (edit.clone(), props.book.clone(), before.id);
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some((origin, _)) = usize::try_from(index).ok().and_then(|index| ORIGINS.get(index)) {
                edit(&|typed: &mut AccountDraft| match origin {
                    // Whoever was named before is named again.
                    Origin::Referral { .. } => typed.set_sender(typed.sender().to_owned(), &book, own),
                    Origin::Prospecting | Origin::WinBack => typed.origin = *origin,
                });
            }
        }
    };
    let on_sender = {
        let (edit, book, own) = (edit.clone(), props.book.clone(), before.id);
        move |event: InputEvent| {
            let name = event.target_unchecked_into::<HtmlInputElement>().value();
            edit(&|typed: &mut AccountDraft| typed.set_sender(name.clone(), &book, own));
        }
    };
    let is_referred = matches!(typed.origin, Origin::Referral { .. });
    let sender_problem = typed.sender_problem().filter(|_| *tried);
    let on_notes = {
        let edit = edit.clone();
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            edit(&|typed: &mut AccountDraft| typed.notes.clone_from(&text));
        }
    };
    let title = props.account.as_ref().map_or_else(|| "Add an account".to_owned(), |account| account.name.clone());
    html! {
        <Dialog {title} on_closed={props.on_closed.clone()}>
            <form class="account-form" onsubmit={on_saved} novalidate={true}>
                { for [Field::Name, Field::Seller, Field::Value, Field::Margin].map(&field) }
                <div class="form-row">
                    <label for="account-term">{ "Term" }</label>
                    <select id="account-term" onchange={on_term}>
                        { for Term::MONTHS.map(|months| html! {
                            <option selected={typed.term.months() == months}>
                                { if months == 1 { "1 month, cancel any time".to_owned() } else { format!("{months} months") } }
                            </option>
                        }) }
                    </select>
                </div>
                <div class="form-row">
                    <label for="account-origin">{ "Came by" }</label>
                    <select id="account-origin" onchange={on_origin}>
                        { for ORIGINS.map(|(origin, words)| html! {
                            <option selected={discriminant(&typed.origin) == discriminant(&origin)}>{ words }</option>
                        }) }
                    </select>
                </div>
                if is_referred {
                    <div class="form-row wide">
                        <label for="account-sender">{ "Sent by (may stay empty)" }</label>
                        <input id="account-sender" type="text" autocomplete="off" list="known-accounts"
                            value={typed.sender().to_owned()} oninput={on_sender} aria-invalid={sender_problem.is_some().to_string()}
                            aria-describedby={sender_problem.is_some().then_some("account-sender-problem")} />
                        <datalist id="known-accounts">
                            { for offered(&props.book, typed.sender(), before.id).map(|name| html! { <option value={name} /> }) }
                        </datalist>
                        if let Some(problem) = sender_problem {
                            <p class="problem" id="account-sender-problem" role="alert">{ problem }</p>
                        }
                    </div>
                }
                { for [Field::Since, Field::RenewsOn, Field::Cost].map(&field) }
                <p class="note" id="account-risk">{ typed.risk(&before, &props.assumptions) }</p>
                <details>
                    <summary>{ "Its own judgement, tags and notes" }</summary>
                    <p class="note">{ "Left empty, the general judgement of the Payoff page holds." }</p>
                    { for [Field::Unattended, Field::Today, Field::Saturated, Field::LossOdds, Field::Tags].map(&field) }
                    <div class="form-row wide">
                        <label for="account-notes">{ "Notes" }</label>
                        <textarea id="account-notes" rows="3" value={typed.notes.clone()} oninput={on_notes} />
                    </div>
                </details>
                <p class="dialog-actions">
                    <button type="submit" class="primary">{ "Save" }</button>
                    <button type="button" onclick={props.on_closed.reform(|_| ())}>{ "Leave as it was" }</button>
                </p>
            </form>
        </Dialog>
    }
}

/// The first names of accounts other than `own` in which the words typed stand.
fn offered(book: &Book, typed: &str, own: AccountId) -> impl Iterator<Item = String> {
    let key = name_key(typed);
    let fits = move |account: &&Account| account.id != own && name_key(&account.name).contains(&key);
    book.accounts.iter().filter(fits).take(OFFERED).map(|account| account.name.clone())
}
