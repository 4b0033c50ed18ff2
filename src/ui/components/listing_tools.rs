//! What is looked for in the list of accounts, what it shows, and the list as a file.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::told_figure::told_figure;
use crate::model::account_worth::AccountWorth;
use crate::model::change::Label;
use crate::model::listing::{Class, Column, Listing};
use crate::model::workspace::Workspace;
use crate::state::COLUMNS;
use crate::storage::csv::{Spreadsheet, write_accounts, write_list};
use crate::text::account_cell::{class, heading};
use crate::text::arithmetic::{listed_arithmetic, listed_count};
use crate::text::number::{counted, money};
use crate::ui::effects::{files, screen};
use crate::ui::parts::WorkbookAsked;
use crate::ui::shared::{SameAccounts, Shared};

/// Properties of [`ListingTools`].
#[derive(Properties, PartialEq)]
pub struct ListingToolsProps {
    /// What is looked for.
    pub listing: Listing,
    /// What is shown of each account.
    pub columns: BTreeSet<Column>,
    /// The book.
    pub workspace: Shared<Workspace>,
    /// The places in it of what was found.
    pub places: Rc<Vec<usize>>,
    /// What each account of the book is worth, if the list needs it.
    pub worths: Rc<Vec<Option<AccountWorth>>>,
    /// Today, for the names of files.
    pub today: NaiveDate,
    /// Something else was looked for.
    pub on_listing: Callback<Listing>,
    /// The list is wanted as a workbook.
    pub on_workbook: Callback<WorkbookAsked>,
    /// Other columns were chosen.
    pub on_columns: Callback<BTreeSet<Column>>,
    /// Something happened that is worth a line of text.
    pub on_said: Callback<Label>,
}

/// What most want to see of those at risk, so that it fits the width of a laptop.
const AT_RISK: [Column; 5] =
    [Column::Seller, Column::AnnualValue, Column::ValueAtRisk, Column::ValueHeld, Column::Concerns];
/// And of those to win back.
const WIN_BACK: [Column; 4] = [Column::Seller, Column::AnnualValue, Column::Standing, Column::LastTouch];

/// What of the accounts goes into a file.
#[derive(Clone, Copy)]
enum Saved {
    /// All that an import reads.
    Accounts,
    /// The columns on the screen.
    Shown,
}

/// What the accounts of the list are added up by.
#[derive(Clone, Copy)]
enum Summed {
    Value,
    FromCustomers,
    AtRisk,
}

impl Summed {
    /// The accounts at `places`, by name, with what each has of it.
    fn parts(self, book: &Workspace, places: &[usize], worths: &[Option<AccountWorth>]) -> Vec<(String, f64)> {
        let part = |place: &usize| {
            let account = book.book.accounts.get(*place)?;
            let amount = match self {
                Summed::Value => account.annual_value.units(),
                Summed::FromCustomers if account.is_active() => account.annual_value.units(),
                Summed::FromCustomers => 0.0,
                Summed::AtRisk => worths.get(*place)?.as_ref()?.value_at_risk,
            };
            Some((account.name.clone(), amount))
        };
        places.iter().filter_map(part).collect()
    }

    /// Where an account's part comes from.
    const fn from(self) -> &'static str {
        match self {
            Summed::Value | Summed::FromCustomers => "annual value, as the book says",
            Summed::AtRisk => "annual value times the chance of loss within twelve months: press it in the list",
        }
    }
}

fn saved(name: &str, accounts: usize) -> Label {
    Label::plain(format!("Saved {name} with {}.", counted(accounts, "account", "accounts")))
}

/// The tools above the list.
#[component]
pub fn ListingTools(props: &ListingToolsProps) -> Html {
    let ListingToolsProps { listing, columns, workspace, .. } = props;
    let tags = use_memo(SameAccounts(workspace.clone()), |book| {
        book.0.book.accounts.iter().flat_map(|account| &account.tags).cloned().collect::<BTreeSet<String>>()
    });
    let change = |with: fn(&mut Listing, String)| {
        let (on_listing, listing) = (props.on_listing.clone(), listing.clone());
        move |text: String| {
            let mut next = listing.clone();
            with(&mut next, text);
            on_listing.emit(next);
        }
    };
    let on_words = {
        let change = change(|listing, text| listing.words = text);
        move |event: InputEvent| change(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on_class = {
        let change = change(|listing, text| listing.class = Class::ALL.into_iter().find(|it| class(*it) == text));
        move |event: Event| change(event.target_unchecked_into::<HtmlSelectElement>().value())
    };
    let on_tag = {
        let (on_listing, listing, tags) = (props.on_listing.clone(), listing.clone(), Rc::clone(&tags));
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let tag = usize::try_from(index - 1).ok().and_then(|place| tags.iter().nth(place)).cloned();
            on_listing.emit(Listing { tag, ..listing.clone() });
        }
    };
    let on_column = |column: Column| {
        let (on_columns, columns) = (props.on_columns.clone(), columns.clone());
        move |event: Event| {
            let mut next = columns.clone();
            let wanted = event.target_unchecked_into::<HtmlInputElement>().checked();
            if wanted {
                next.insert(column)
            } else {
                next.remove(&column)
            };
            on_columns.emit(next);
        }
    };
    let preset = |wanted: Listing, shown: &'static [Column]| {
        let (on_listing, on_columns) = (props.on_listing.clone(), props.on_columns.clone());
        move |_: MouseEvent| {
            on_listing.emit(wanted.clone());
            on_columns.emit(shown.iter().copied().collect());
        }
    };
    let save = |as_in: Spreadsheet, what: Saved| {
        let (workspace, places, today) = (workspace.clone(), Rc::clone(&props.places), props.today);
        let (on_said, worths, columns) = (props.on_said.clone(), Rc::clone(&props.worths), columns.clone());
        move |event: MouseEvent| {
            let listed = places.iter().filter_map(|place| {
                let worth = worths.get(*place).and_then(Option::as_ref);
                workspace.book.accounts.get(*place).map(|account| (account, worth))
            });
            let (name, bytes) = match what {
                Saved::Accounts => {
                    let bytes = write_accounts(listed.map(|(account, _)| account), &workspace.book, as_in);
                    (format!("holdfast-accounts-{today}.csv"), bytes)
                }
                Saved::Shown => {
                    let shown: Vec<Column> = Column::ALL
                        .into_iter()
                        .filter(|column| *column == Column::Name || columns.contains(column))
                        .collect();
                    (format!("holdfast-list-{today}.csv"), write_list(&shown, listed, workspace.as_of, as_in))
                }
            };
            files::save_csv(&name, &bytes);
            screen::close_menu(&event);
            on_said.emit(saved(&name, places.len()));
        }
    };
    let problem = use_state(|| None::<String>);
    let on_workbook = {
        let (workspace, places, today) = (workspace.clone(), Rc::clone(&props.places), props.today);
        let (on_workbook, problem, on_said) = (props.on_workbook.clone(), problem.setter(), props.on_said.clone());
        move |event: MouseEvent| {
            screen::close_menu(&event);
            let (problem, on_said, count) = (problem.clone(), on_said.clone(), places.len());
            let written = Callback::from(move |written: Result<Vec<u8>, String>| {
                if let Ok(bytes) = &written {
                    let name = format!("holdfast-accounts-{today}.xlsx");
                    files::save_workbook(&name, bytes);
                    on_said.emit(saved(&name, count));
                }
                problem.set(written.err());
            });
            on_workbook.emit((workspace.clone(), Rc::clone(&places), written));
        }
    };
    let found = props.places.iter().filter_map(|place| workspace.book.accounts.get(*place));
    let value: f64 = found.clone().map(|account| account.annual_value.units()).sum();
    let current: f64 = found.filter(|account| account.is_active()).map(|account| account.annual_value.units()).sum();
    let at_risk: f64 =
        props.places.iter().filter_map(|place| props.worths.get(*place)?.as_ref()).map(|it| it.value_at_risk).sum();
    let places = &props.places;
    let sum = |amount: f64, title: &'static str, summed: Summed| {
        let (workspace, places, worths) = (workspace.clone(), places.clone(), props.worths.clone());
        told_figure(money(amount, 0), move || {
            listed_arithmetic(title, &summed.parts(&workspace, &places, &worths), summed.from())
        })
    };
    html! {
        <div class="listing-tools">
            <div class="form-row">
                <label for="account-filter">{ "Find by name, seller or tag" }</label>
                <input id="account-filter" type="search" autocomplete="off" value={listing.words.clone()} oninput={on_words} />
            </div>
            <div class="form-row">
                <label for="account-class">{ "Of these" }</label>
                <select id="account-class" onchange={on_class}>
                    <option selected={listing.class.is_none()}>{ "All" }</option>
                    { for Class::ALL.map(|it| html! { <option selected={listing.class == Some(it)}>{ class(it) }</option> }) }
                </select>
            </div>
            if !tags.is_empty() {
                <div class="form-row">
                    <label for="account-tag">{ "With the tag" }</label>
                    <select id="account-tag" onchange={on_tag}>
                        <option selected={listing.tag.is_none()}>{ "Any or none" }</option>
                        { for tags.iter().map(|tag| html! { <option selected={listing.tag.as_ref() == Some(tag)}>{ tag.clone() }</option> }) }
                    </select>
                </div>
            }
            <div class="listing-buttons">
                <button type="button" onclick={preset(Listing::all(), &COLUMNS)}>{ "All accounts" }</button>
                <button type="button" onclick={preset(Listing::at_risk(), &AT_RISK)}>{ "Most at risk" }</button>
                <button type="button" onclick={preset(Listing::win_back(), &WIN_BACK)}>{ "Win-back list" }</button>
                <details class="menu">
                    <summary>{ "Columns" }</summary>
                    <div>
                        { for Column::ALL.into_iter().filter(|it| *it != Column::Name).map(|column| html! {
                            <label key={heading(column)}>
                                <input type="checkbox" checked={columns.contains(&column)} onchange={on_column(column)} />
                                { format!(" {}", heading(column)) }
                            </label>
                        }) }
                    </div>
                </details>
                <details class="menu">
                    <summary>{ "Save the list" }</summary>
                    <div>
                        <button type="button" onclick={save(Spreadsheet::Point, Saved::Shown)}>{ "Columns shown as CSV with commas (1,234.5)" }</button>
                        <button type="button" onclick={save(Spreadsheet::Comma, Saved::Shown)}>{ "Columns shown as CSV with semicolons (1.234,5)" }</button>
                        <button type="button" onclick={save(Spreadsheet::Point, Saved::Accounts)}>{ "All fields as CSV with commas, to import again" }</button>
                        <button type="button" onclick={save(Spreadsheet::Comma, Saved::Accounts)}>{ "All fields as CSV with semicolons, to import again" }</button>
                        <button type="button" onclick={on_workbook}>{ "Workbook with live totals (XLSX)" }</button>
                    </div>
                </details>
            </div>
            if let Some(why) = &*problem {
                <p class="problem" role="alert">{ why }</p>
            }
            <p class="note listing-sum" role="status">
                { told_figure(counted(places.len(), "account", "accounts"), {
                    let (shown, all) = (places.len(), workspace.book.accounts.len());
                    move || listed_count(shown, all)
                }) }
                { " listed, " }
                { sum(value, "Annual value of the list", Summed::Value) }
                { " a year" }
                if current < value {
                    { ", " }{ sum(current, "Annual value from customers", Summed::FromCustomers) }{ " of it from customers" }
                }
                if at_risk > 0.0 {
                    { ", of which " }{ sum(at_risk, "Value at risk within twelve months", Summed::AtRisk) }
                    { " is at risk within twelve months" }
                }
                { "." }
            </p>
        </div>
    }
}
