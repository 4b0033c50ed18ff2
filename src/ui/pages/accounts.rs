//! The Accounts page: find, put in order, choose and change accounts, one or many.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::model::account::{Account, AccountId};
use crate::model::account_worth::worths;
use crate::model::bulk_edit::BulkEdit;
use crate::model::listing::{Column, Listing, SearchTexts, listed};
use crate::model::month::Month;
use crate::state::State;
use crate::state::action::Action;
use crate::text::bulk_edit;
use crate::text::number::counted;
use crate::ui::components::account_dialog::{Open, account_dialog};
use crate::ui::components::bulk_bar::BulkBar;
use crate::ui::components::ledger::{Ledger, Wish};
use crate::ui::components::listing_tools::ListingTools;
use crate::ui::parts::WorkbookAsked;
use crate::ui::shared::{SameAccounts, Shared};

/// Properties of [`AccountsPage`].
#[derive(Properties, PartialEq)]
pub struct AccountsPageProps {
    /// The state.
    pub state: Shared<State>,
    /// Today, for losses.
    pub today: NaiveDate,
    /// Something happened.
    pub on_action: Callback<Action>,
    /// The list is wanted as a workbook.
    pub on_workbook: Callback<WorkbookAsked>,
}

/// The page.
#[component]
pub fn AccountsPage(props: &AccountsPageProps) -> Html {
    let open = use_state(|| Open::Nothing);
    let chosen = use_state(|| Rc::new(BTreeSet::<AccountId>::new()));
    let state = &props.state;
    let workspace = Shared::from(Rc::clone(&state.workspace));
    let book = &state.workspace.book;
    let listing = Listing { seller: state.seller.clone(), ..state.listing.clone() };

    let texts = use_memo(SameAccounts(workspace.clone()), |book| SearchTexts::of(&book.0.book));
    let needs_worths = listing.by.is_some_and(Column::needs_worth) || state.columns.iter().any(|it| it.needs_worth());
    let worths = use_memo((workspace.clone(), needs_worths), |(workspace, needed)| {
        let worths = needed.then(|| worths(&workspace.book, &workspace.assumptions, workspace.as_of).ok());
        // Contradictions among the assumptions are told where those are.
        worths.flatten().unwrap_or_default()
    });
    let places = use_memo((workspace.clone(), listing.clone(), Rc::clone(&worths)), |(workspace, listing, worths)| {
        listed(&workspace.book, &texts, worths, workspace.as_of, listing)
    });
    // Those of the chosen that are still in the book.
    let present = use_memo((workspace.clone(), Rc::clone(&chosen)), |(workspace, chosen)| {
        let ids = workspace.book.accounts.iter().map(|account| account.id).filter(|id| chosen.contains(id));
        ids.collect::<BTreeSet<AccountId>>()
    });

    let on_listing = props.on_action.reform(Action::ListingChanged);
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
    let on_add = {
        let open = open.clone();
        move |_: MouseEvent| open.set(Open::Form(None))
    };
    let on_wished = {
        let (open, on_action, workspace) = (open.clone(), props.on_action.clone(), workspace.clone());
        Callback::from(move |(id, wish): (AccountId, Wish)| {
            let Some(account) = workspace.book.account(id).cloned() else { return };
            match Open::of(wish, account) {
                Some(next) => open.set(next),
                None => on_action.emit(Action::AccountDeleted(id)),
            }
        })
    };
    let on_sorted = {
        let (on_listing, listing) = (on_listing.clone(), state.listing.clone());
        Callback::from(move |column: Column| on_listing.emit(listing.clone().turned_to(column)))
    };
    let on_chosen = {
        let chosen = chosen.clone();
        Callback::from(move |(id, wanted): (AccountId, bool)| {
            let mut next = BTreeSet::clone(&chosen);
            if wanted {
                next.insert(id)
            } else {
                next.remove(&id)
            };
            chosen.set(Rc::new(next));
        })
    };
    let on_all = {
        let (chosen, workspace, places) = (chosen.clone(), workspace.clone(), Rc::clone(&places));
        Callback::from(move |wanted: bool| {
            let ids = places.iter().filter_map(|place| workspace.book.accounts.get(*place)).map(|account| account.id);
            chosen.set(Rc::new(if wanted { ids.collect() } else { BTreeSet::new() }));
        })
    };
    let on_edited = {
        let (on_action, present, workspace) = (props.on_action.clone(), Rc::clone(&present), workspace.clone());
        Callback::from(move |edit: BulkEdit| {
            let edited = edit.edited(&workspace.book, &present);
            let label = bulk_edit::label(&edit, edited.len());
            on_action.emit(Action::AccountsEdited { edited, label });
        })
    };
    let on_changed = {
        let (on_action, workspace) = (props.on_action.clone(), workspace.clone());
        Callback::from(move |mut account: Account| {
            if let Some(before) = workspace.book.account(account.id) {
                account.mark_edited(before);
            }
            on_action.emit(Action::AccountChanged(Box::new(account)));
        })
    };
    let sellers: Vec<String> = book.sellers().into_keys().filter(|name| !name.is_empty()).map(str::to_owned).collect();
    html! {
        <main id="main" class="accounts" tabindex="-1">
            <section class="card" aria-labelledby="accounts-heading">
                <div class="card-heading">
                    <h1 id="accounts-heading">{ "Accounts" }</h1>
                    <button type="button" class="primary" onclick={on_add}>{ "Add an account" }</button>
                </div>
                <p class="note">
                    { format!("{} in the book. Drop a CSV file anywhere on the page, or paste a table from a spreadsheet, to import accounts.",
                        counted(book.accounts.len(), "account", "accounts")) }
                    if state.names_hidden {
                        { " Names are hidden: show them to edit an account." }
                    }
                </p>
                <div class="form-row">
                    <label for="as-of">{ "As of (the month from which everything runs)" }</label>
                    <input id="as-of" type="month" value={state.workspace.as_of.to_string()} onchange={on_month} />
                </div>
                <ListingTools listing={state.listing.clone()} columns={state.columns.clone()} workspace={workspace.clone()}
                    places={Rc::clone(&places)} worths={Rc::clone(&worths)} today={props.today}
                    on_listing={on_listing} on_columns={props.on_action.reform(Action::ColumnsChosen)}
                    on_workbook={props.on_workbook.clone()}
                    on_said={props.on_action.reform(|said| Action::Announced(Some(said)))} />
                // Where names are hidden it would write the hidden names back.
                if !present.is_empty() && !state.names_hidden {
                    <BulkBar chosen={present.len()} listed={places.len()} today={props.today} {on_edited} {on_all} />
                }
                if places.is_empty() {
                    <p>{ if book.accounts.is_empty() { "No account yet: add one, or drop a CSV file on this page." } else { "No account matches: shorten the words, or show all classes and tags." } }</p>
                } else {
                    <Ledger {workspace} places={Rc::clone(&places)} worths={Rc::clone(&worths)} {listing}
                        columns={state.columns.clone()} chosen={Rc::clone(&present)} can_edit={!state.names_hidden}
                        {on_sorted} {on_chosen} {on_wished} {on_changed} />
                }
                <datalist id="known-sellers">{ for sellers.iter().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
            </section>
            { account_dialog(&open, state, props.today, &props.on_action, close) }
        </main>
    }
}
