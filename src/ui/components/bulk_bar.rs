//! What is done to many accounts at once.

use chrono::NaiveDate;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::model::bulk_edit::BulkEdit;
use crate::text::account_draft::{read_amount, read_factor, read_margin, read_term};
use crate::text::number::counted;

/// Properties of [`BulkBar`].
#[derive(Properties, PartialEq)]
pub struct BulkBarProps {
    /// How many accounts are chosen.
    pub chosen: usize,
    /// How many are listed.
    pub listed: usize,
    /// Today, for losses.
    pub today: NaiveDate,
    /// Something was asked for.
    pub on_edited: Callback<BulkEdit>,
    /// All that are listed are to be chosen, or none.
    pub on_all: Callback<bool>,
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Seller,
    Margin,
    Cost,
    Term,
    LossOdds,
    AddTag,
    RemoveTag,
    Lose,
    Delete,
}

impl Deed {
    const ALL: [Deed; 9] = [
        Deed::Seller,
        Deed::Margin,
        Deed::Cost,
        Deed::Term,
        Deed::LossOdds,
        Deed::AddTag,
        Deed::RemoveTag,
        Deed::Lose,
        Deed::Delete,
    ];

    const fn label(self) -> &'static str {
        match self {
            Deed::Seller => "Give to the seller",
            Deed::Margin => "Set the gross margin, %",
            Deed::Cost => "Set the cost to serve a year",
            Deed::Term => "Set the term, months",
            Deed::LossOdds => "Set the odds of loss, times",
            Deed::AddTag => "Add the tag",
            Deed::RemoveTag => "Remove the tag",
            Deed::Lose => "Mark as lost, because",
            Deed::Delete => "Delete",
        }
    }

    /// What `text` asks for.
    fn read(self, text: &str, today: NaiveDate) -> Result<BulkEdit, String> {
        let text = text.trim();
        match self {
            Deed::Seller => Ok(BulkEdit::Seller(text.to_owned())),
            Deed::Margin => read_margin(text).map(BulkEdit::Margin),
            Deed::Cost => read_amount(text).map(BulkEdit::CostToServe),
            Deed::Term => read_term(text).map(BulkEdit::Term),
            Deed::LossOdds => read_factor(text).map(BulkEdit::LossOdds),
            Deed::AddTag | Deed::RemoveTag if text.is_empty() || text.contains(',') => {
                Err("Enter one tag, without a comma.".to_owned())
            }
            Deed::AddTag => Ok(BulkEdit::TagAdded(text.to_owned())),
            Deed::RemoveTag => Ok(BulkEdit::TagRemoved(text.to_owned())),
            Deed::Lose => Ok(BulkEdit::Lost { on: today, reason: text.to_owned() }),
            Deed::Delete => Ok(BulkEdit::Deleted),
        }
    }
}

/// The bar: how many are chosen, what to do, and with what.
#[component]
pub fn BulkBar(props: &BulkBarProps) -> Html {
    let deed = use_state(|| Deed::Seller);
    let text = use_state(String::new);
    let tried = use_state(|| false);
    let read = deed.read(&text, props.today);
    let problem = read.as_ref().err().filter(|_| *tried).cloned();
    let on_deed = {
        let (deed, tried) = (deed.clone(), tried.clone());
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(chosen) = usize::try_from(index).ok().and_then(|index| Deed::ALL.get(index)) {
                deed.set(*chosen);
                tried.set(false);
            }
        }
    };
    let on_typed = {
        let text = text.clone();
        move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on_submit = {
        let (on_edited, tried, text, read) = (props.on_edited.clone(), tried.clone(), text.clone(), read.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(read.is_err());
            if let Ok(edit) = &read {
                text.set(String::new());
                on_edited.emit(edit.clone());
            }
        }
    };
    let all = |wanted: bool| props.on_all.reform(move |_: MouseEvent| wanted);
    html! {
        <form class="bulk-bar" onsubmit={on_submit} novalidate={true} aria-label="Change the chosen accounts">
            <p role="status">{ format!("{} chosen", counted(props.chosen, "account", "accounts")) }</p>
            if props.chosen < props.listed {
                <button type="button" onclick={all(true)}>{ format!("Choose all {} listed", props.listed) }</button>
            }
            <button type="button" onclick={all(false)}>{ "Choose none" }</button>
            <label for="bulk-deed">{ "Then" }</label>
            <select id="bulk-deed" onchange={on_deed}>
                { for Deed::ALL.map(|it| html! { <option selected={it == *deed}>{ it.label() }</option> }) }
            </select>
            if *deed != Deed::Delete {
                <input id="bulk-text" type="text" autocomplete="off" aria-label={deed.label()} value={(*text).clone()}
                    list={(*deed == Deed::Seller).then_some("known-sellers")} oninput={on_typed}
                    aria-invalid={problem.is_some().to_string()} aria-describedby="bulk-problem" />
            }
            <button type="submit" class="primary">{ if *deed == Deed::Delete { "Delete them" } else { "Do it" } }</button>
            <p class="problem" id="bulk-problem" role="alert">{ problem }</p>
        </form>
    }
}
