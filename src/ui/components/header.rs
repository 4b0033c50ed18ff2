//! The head of every page: navigation, whose book it is, whether it is kept, undo, and what to do with the data.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::model::book::Provenance;
use crate::state::{Host, Keeping, State};
use crate::text::number::{counted, percent};
use crate::ui::effects::screen;
use crate::ui::route::Page;

/// What the data menu offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataChoice {
    /// Log a touch.
    LogTouch,
    /// Save the workspace as a file.
    SaveFile,
    /// Open the sample book.
    Sample,
    /// Start an empty book.
    EmptyBook,
    /// Save everything that is stored, as it is.
    SaveStored,
    /// Hide names, or show them again.
    HideNames,
}

/// What the header shows and reports.
pub struct HeaderView<'a> {
    /// The page shown.
    pub page: Page,
    /// The state.
    pub state: &'a State,
    /// Another seller was chosen.
    pub on_seller: Callback<Option<String>>,
    /// Undo.
    pub on_undo: Callback<()>,
    /// Redo.
    pub on_redo: Callback<()>,
    /// Share.
    pub on_share: Callback<()>,
    /// Something of the data menu.
    pub on_data: Callback<DataChoice>,
    /// A file was chosen.
    pub on_file: Callback<Event>,
}

/// The header.
pub fn header(view: &HeaderView<'_>) -> Html {
    let state = view.state;
    let link = |page: Page| {
        let current = (page == view.page).then_some("page");
        html! { <a href={page.fragment()} aria-current={current}>{ page.label() }</a> }
    };
    let step = |word: &'static str, name: Option<&str>, on_clicked: &Callback<()>| {
        let title =
            name.map_or_else(|| format!("Nothing to {}", word.to_ascii_lowercase()), |name| format!("{word}: {name}"));
        html! {
            <button type="button" disabled={name.is_none()} {title} onclick={on_clicked.reform(|_| ())}>{ word }</button>
        }
    };
    let hidden = state.names_hidden;
    let undo_name = match state.history.next_undo() {
        _ if !state.drafts.is_empty() => Some("the refused number"),
        label => label.map(|label| label.shown(hidden)),
    };
    let redo_name = state.history.next_redo().map(|label| label.shown(hidden));
    // The fragment names the page, so the jump is made by hand.
    let skip = |event: MouseEvent| {
        event.prevent_default();
        screen::focus("main");
    };
    html! {
        <header>
            <a class="skip" href="#main" onclick={skip}>{ "Skip to the answer" }</a>
            <span class="brand"><img src="icon.svg" alt="" width="26" height="26" /><strong>{ "Holdfast" }</strong></span>
            <nav aria-label="Pages">{ for Page::ALL.map(link) }</nav>
            <span class="grow"></span>
            { book_chip(state) }
            { seller_choice(view) }
            { keeping(state) }
            <span class="buttons">
                { step("Undo", undo_name, &view.on_undo) }
                { step("Redo", redo_name, &view.on_redo) }
                { data_menu(view) }
                <button type="button" class="primary" onclick={view.on_share.reform(|_| ())}>{ "Share" }</button>
            </span>
        </header>
    }
}

fn book_chip(state: &State) -> Html {
    let book = &state.workspace.book;
    let (active, all) = (book.active().count(), book.accounts.len());
    let accounts = match active == all {
        true => counted(all, "account", "accounts"),
        false => counted(active, "customer", "customers"),
    };
    let whose = match book.provenance {
        Provenance::Sample => "Sample book",
        Provenance::Shared => "Shared book",
        Provenance::Own => "Your book",
    };
    html! { <span class="chip">{ format!("{whose} · {accounts}") }</span> }
}

fn seller_choice(view: &HeaderView<'_>) -> Html {
    let sellers = view.state.workspace.book.sellers();
    if sellers.len() < 2 && view.state.seller.is_none() {
        return Html::default();
    }
    let shown = |name: &str| if name.is_empty() { "No seller named".to_owned() } else { name.to_owned() };
    let names: Vec<String> = sellers.keys().map(|name| (*name).to_owned()).collect();
    let on_chosen = {
        let (on_seller, names) = (view.on_seller.clone(), names.clone());
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            on_seller.emit(usize::try_from(index - 1).ok().and_then(|index| names.get(index).cloned()));
        }
    };
    let chosen = view.state.seller.as_deref();
    html! {
        <select class="seller-choice" aria-label="Seller" onchange={on_chosen}>
            <option selected={chosen.is_none()}>{ format!("All {} added up", counted(names.len(), "seller", "sellers")) }</option>
            { for sellers.iter().map(|(name, count)| html! {
                <option selected={chosen == Some(*name)}>{ format!("{} ({count})", shown(name)) }</option>
            }) }
        </select>
    }
}

fn keeping(state: &State) -> Html {
    let (status, words, why) = if let Some(visit) = &state.visit {
        let words = if visit.host == Host::Sample { "Sample, not saved" } else { "Shared plan, not saved" };
        ("off", words, None)
    } else {
        match &state.keeping {
            Keeping::NothingYet => ("on", "Nothing to save yet", None),
            Keeping::Pending => ("pending", "Saving…", None),
            Keeping::Saved => ("on", "Saved", None),
            Keeping::Written(why) => ("pending", "Saved, not yet on disk", Some(why.clone())),
            Keeping::NotKept(_) => ("off", "Not saved", None),
            Keeping::ReadOnly { .. } => ("off", "Not saved: read only", None),
        }
    };
    html! { <span class="keeping" data-status={status} title={why}>{ words }</span> }
}

/// Where the data is, how much room it takes, and since when there is no backup.
fn data_notes(view: &HeaderView<'_>) -> Vec<String> {
    let state = view.state;
    let mut notes = Vec::new();
    if state.keeping == Keeping::NothingYet && state.workspace.book.provenance == Provenance::Sample {
        notes.push(
            "Nothing of yours is stored in this browser. If you had a book here, its data was cleared: choose the file that \
             you saved."
                .to_owned(),
        );
    }
    if let Some(room) = state.room {
        notes.push(format!("{} of this browser’s room is taken.", percent(room.part(), 1)));
    }
    match (state.backup.saved_on, state.backup.changes) {
        (None, 0) => {}
        (Some(day), 0) => notes.push(format!("Last file saved on {day}; nothing changed since.")),
        (Some(day), changes) => {
            notes.push(format!("Last file saved on {day}, {} ago.", counted(changes as usize, "change", "changes")));
        }
        (None, changes) => {
            notes.push(format!("No file saved yet; {} so far.", counted(changes as usize, "change", "changes")));
        }
    }
    notes
}

fn data_menu(view: &HeaderView<'_>) -> Html {
    let hidden = view.state.names_hidden;
    let choice = |label: &'static str, choice: DataChoice| {
        html! { <button type="button" onclick={view.on_data.reform(move |_| choice)}>{ label }</button> }
    };
    html! {
        <details class="menu" name="menu">
            <summary>{ "Data" }</summary>
            <div>
                <label class="button-like">
                    { "Import accounts (CSV) or restore a file" }
                    <input id="file-chooser" type="file" class="visually-hidden" accept=".csv,.tsv,.txt,.json,text/csv,application/json"
                        onchange={view.on_file.clone()} />
                </label>
                { choice("Log a touch (F8)", DataChoice::LogTouch) }
                { choice(if hidden { "Save a file (without names)" } else { "Save a file" }, DataChoice::SaveFile) }
                { choice("Open the sample book", DataChoice::Sample) }
                { choice("Start an empty book", DataChoice::EmptyBook) }
                { choice(if hidden { "Show names (F9)" } else { "Hide names (F9)" }, DataChoice::HideNames) }
                { choice("Save what is stored, as it is", DataChoice::SaveStored) }
                // In an element of their own: one note more or less must not make the choices before them anew.
                <div>{ for data_notes(view).into_iter().map(|note| html! { <p class="note">{ note }</p> }) }</div>
            </div>
        </details>
    }
}
