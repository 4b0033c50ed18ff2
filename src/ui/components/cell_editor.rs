//! One field of an account, typed in its row: Enter keeps it, Escape leaves it as it was.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::model::account::Account;
use crate::model::book::Book;
use crate::text::account_draft::{AccountDraft, Field};
use crate::ui::effects::screen;

/// The id of the field that is typed; there is one at a time.
const ID: &str = "cell-editor";

/// Properties of [`CellEditor`].
#[derive(Properties, PartialEq)]
pub struct CellEditorProps {
    /// The account as it is.
    pub account: Account,
    /// What of it is typed.
    pub field: Field,
    /// The account as it should be.
    pub on_saved: Callback<Account>,
    /// It was kept or given up.
    pub on_closed: Callback<()>,
}

/// The field. What cannot be read stays, with what to do about it.
#[component]
pub fn CellEditor(props: &CellEditorProps) -> Html {
    let draft = use_state(|| AccountDraft::of(&props.account, &Book::empty()));
    let problem = draft.problem(props.field);
    use_effect_with((), |()| {
        screen::focus(ID);
    });
    let on_typed = {
        let (draft, field) = (draft.clone(), props.field);
        move |event: InputEvent| {
            let mut next = (*draft).clone();
            next.set(field, event.target_unchecked_into::<HtmlInputElement>().value());
            draft.set(next);
        }
    };
    // Leaving the page takes the focus along, which must not keep what was given up.
    let is_over = use_mut_ref(|| false);
    let close = {
        let (is_over, on_closed) = (is_over.clone(), props.on_closed.clone());
        move || {
            *is_over.borrow_mut() = true;
            on_closed.emit(());
        }
    };
    let save = {
        let (draft, account) = (draft.clone(), props.account.clone());
        let (on_saved, close) = (props.on_saved.clone(), close.clone());
        move || {
            if *is_over.borrow() {
                return;
            }
            if let Some(after) = draft.account(&account) {
                close();
                if after != account {
                    on_saved.emit(after);
                }
            }
        }
    };
    let on_key = {
        let save = save.clone();
        move |event: KeyboardEvent| {
            // The keys of a text are not those of the grid.
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" => {
                    // Else the same key would press the cell, which has the focus by then.
                    event.prevent_default();
                    save();
                }
                "Escape" => close(),
                _ => {}
            }
        }
    };
    let kind = if props.field.is_date() { "date" } else { "text" };
    html! {
        <span class="cell-editor">
            <input id={ID} type={kind} autocomplete="off" list={(props.field == Field::Seller).then_some("known-sellers")}
                value={draft.text(props.field).to_owned()} aria-label={format!("{} of {}", props.field.label(), props.account.name)}
                aria-invalid={problem.is_some().to_string()} aria-describedby="cell-editor-problem"
                oninput={on_typed} onkeydown={on_key} onblur={move |_: FocusEvent| save()} />
            <span class="problem" id="cell-editor-problem" role="alert">{ problem }</span>
        </span>
    }
}
