//! What goes into which file: a function marked here, and all that only the functions of the same file need, leave the
//! program that is loaded first. A call fetches the file if it is not yet there.

#![allow(unsafe_code, reason = "the marker's own, between two files of one program")]

use std::pin::Pin;
use std::rc::Rc;

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use super::study::Begin;
use super::{Draw, Given, NotFetched, Part, Scene};
use crate::model::month::Month;
use crate::model::workspace::Workspace;
use crate::state::State;
use crate::state::action::Action;
use crate::storage::{link, workbook};
use crate::ui::components::decision_form::why_dialog;
use crate::ui::components::import_dialog::ImportDialog;
use crate::ui::components::reading_dialog::reading_dialog;
use crate::ui::components::restore_dialog::restore_dialog;
use crate::ui::components::share_dialog::ShareDialog;
use crate::ui::components::touch_finder::TouchFinder;
use crate::ui::components::touch_import::{self, TouchImport};
use crate::ui::components::{more_controls, notices, side, stage};
use crate::ui::effects::files::GivenFile;
use crate::ui::effects::keep::{self, Opened};
use crate::ui::effects::{given_files, study};
use crate::ui::pages::account::AccountPage;
use crate::ui::pages::accounts::AccountsPage;
use crate::ui::pages::compare::ComparePage;
use crate::ui::pages::method::method_page;
use crate::ui::pages::my_pay::my_pay_page;
use crate::ui::pages::plan::plan_page;
use crate::ui::shared::Shared;

/// Opens what is kept; only functions that answer at once can leave the first file, so this answers with the work to wait for.
type Opening = Pin<Box<dyn Future<Output = Opened>>>;

/// What a file holds, or why it cannot be used, as a sentence.
type Reading = Pin<Box<dyn Future<Output = Result<Given, String>>>>;

/// A sentence for the user.
pub struct Sentence(pub String);

impl From<SplitLoaderError> for Sentence {
    fn from(error: SplitLoaderError) -> Sentence {
        Sentence(NotFetched::from(error).to_string())
    }
}

#[wasm_split(keeping, fallible)]
pub fn open_kept(month: Month) -> Result<Opening, NotFetched> {
    Ok(Box::pin(keep::open(month)))
}

/// The workspace as the text of a file.
#[wasm_split(keeping, fallible)]
pub fn file_text(state: Shared<State>) -> Result<String, Sentence> {
    keep::file_text(&state).map_err(|why| Sentence(why.to_string()))
}

/// The parts in the file of the book; of others there is nothing to draw.
#[wasm_split(book, fallible)]
pub fn of_book(part: Part) -> Result<Draw, NotFetched> {
    Ok(match part {
        Part::Accounts => accounts,
        Part::Given => given,
        Part::Share => share,
        Part::Touch => |scene| html! { <TouchFinder scene={scene.clone()} /> },
        _ => nothing,
    })
}

/// The parts in the file of the other pages.
#[wasm_split(pages, fallible)]
pub fn of_pages(part: Part) -> Result<Draw, NotFetched> {
    Ok(match part {
        Part::Plan => plan_page,
        Part::Compare => |scene| html! { <ComparePage scene={scene.clone()} /> },
        Part::MyPay => my_pay_page,
        Part::Method => |scene| method_page(&scene.state.workspace),
        Part::Why => why_dialog,
        Part::Side => side::side,
        Part::PlanControls => more_controls::plan_controls,
        Part::AssumptionControls => more_controls::assumption_controls,
        _ => nothing,
    })
}

/// The parts in the file of the charts.
#[wasm_split(charts, fallible)]
pub fn of_charts(part: Part) -> Result<Draw, NotFetched> {
    Ok(if part == Part::Stage { stage::stage } else { nothing })
}

/// The parts in the file of what is kept.
#[wasm_split(keeping, fallible)]
pub fn of_keeping(part: Part) -> Result<Draw, NotFetched> {
    Ok(if part == Part::Notices { notices::notices } else { nothing })
}

fn nothing(_: &Scene) -> Html {
    Html::default()
}

fn accounts(scene: &Scene) -> Html {
    let (state, today, on_action) = (scene.state.clone(), scene.today, scene.on_action.clone());
    match scene.account {
        Some(id) => html! { <AccountPage {id} {state} {today} {on_action} /> },
        None => {
            let on_workbook = scene.on_workbook.clone();
            html! { <AccountsPage {state} {today} {on_action} {on_workbook} /> }
        }
    }
}

fn given(scene: &Scene) -> Html {
    match &scene.given {
        Some(Given::Reading { file, part }) => reading_dialog(file, *part, scene),
        Some(Given::Workspace { file, kept }) => restore_dialog(file, kept, scene),
        Some(Given::Table { file, table }) if touch_import::is_log(table, scene) => html! {
            <TouchImport file={file.clone()} table={table.clone()} scene={scene.clone()} />
        },
        Some(Given::Table { file, table }) => html! {
            <ImportDialog file={file.clone()} table={table.clone()} scene={scene.clone()} />
        },
        None => Html::default(),
    }
}

fn share(scene: &Scene) -> Html {
    match &scene.payoff {
        Some(payoff) => html! {
            <ShareDialog state={scene.state.clone()} payoff={payoff.clone()} on_closed={scene.on_closed.clone()} />
        },
        None => Html::default(),
    }
}

#[wasm_split(pages, fallible)]
pub fn study() -> Result<Begin, NotFetched> {
    Ok(study::begin)
}

/// What a file holds. As with [`Opening`], what takes long is answered as work to wait for.
#[wasm_split(book, fallible)]
pub fn read_file((given, on_part): (GivenFile, Callback<f64>)) -> Result<Reading, NotFetched> {
    Ok(Box::pin(given_files::read(given, on_part)))
}

/// What the payload of a link asks for.
#[wasm_split(book, fallible)]
pub fn open_link(payload: String) -> Result<Action, Sentence> {
    let shared = link::decode(&payload).map_err(|why| Sentence(why.to_string()))?;
    let difference = link::difference(&shared);
    Ok(Action::LinkOpened { workspace: Rc::new(shared.workspace), sent: shared.headline, difference })
}

/// The accounts at these places of a workspace as a workbook. A file of its own, which is fetched when it is asked for: it is as
/// large as all that packs and writes spreadsheets.
#[wasm_split(sheet, fallible)]
pub fn write_workbook((workspace, places): (Shared<Workspace>, Rc<Vec<usize>>)) -> Result<Vec<u8>, Sentence> {
    workbook::write(&workspace, &places).map_err(|why| Sentence(why.to_string()))
}
