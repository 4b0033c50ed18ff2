//! Parts of the app that are fetched when they are first wanted, so that the first screen is soon there.
//!
//! A [`Part`] is a page or an overlay that lives in a file of its own: [`Later`] fetches it and then draws it, and says
//! so where that fails. What is fetched stays, and [`fetch_all`] gets the rest while the user reads, so that all of it
//! is there when the network goes, but for what writes workbooks, which few will ask for. [`split`] says what goes into
//! which file.

mod later;
mod split;
pub mod study;

use std::rc::Rc;

use chrono::NaiveDate;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;
use yew::prelude::*;

use super::effects::files::GivenFile;
use super::effects::keep::Opened;
use super::effects::studying::Findings;
use super::shared::Shared;
use crate::model::account::AccountId;
use crate::model::bounds::Input;
use crate::model::decision::About;
use crate::model::month::Month;
use crate::model::payoff::Payoff;
use crate::model::workspace::Workspace;
use crate::state::State;
use crate::state::action::Action;
use crate::storage::csv::Table;
use crate::storage::envelope::Kept;
use crate::text::decision::in_a_line;

pub use later::Later;

/// Something that is fetched when it is first wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The Accounts page.
    Accounts,
    /// The Plan page.
    Plan,
    /// The Compare page.
    Compare,
    /// The page of a seller's own pay.
    MyPay,
    /// The Method page.
    Method,
    /// What a given file leads to: an import or a restore.
    Given,
    /// The link to give away.
    Share,
    /// A touch that is logged from any page.
    Touch,
    /// Why a number is what it is.
    Why,
    /// The charts of the Payoff page.
    Stage,
    /// The column beside the charts.
    Side,
    /// The rest of the plan.
    PlanControls,
    /// The other assumptions.
    AssumptionControls,
    /// What is to be read at the foot of the window.
    Notices,
}

/// What the user answers to what is said above the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The shared plan is kept.
    KeepVisit,
    /// Back to the user's own workspace.
    EndVisit,
    /// The sentence on the link was read.
    LinkProblemRead,
    /// The sentence on the file was read.
    FileProblemRead,
    /// What is stored is wanted as a file, as it is.
    SaveStored,
    /// What could not be written is to be tried again.
    TryAgain,
    /// The notices were read.
    NoticesRead,
    /// Not now: the reminder of a backup.
    BackupLater,
    /// Names are to be shown again.
    NamesShown,
    /// The unreadable text may be set aside.
    SetAside,
    /// The workspace is wanted as a file.
    SaveFile,
}

impl Part {
    const ALL: [Part; 14] = [
        Part::Notices,
        Part::Stage,
        Part::Side,
        Part::PlanControls,
        Part::AssumptionControls,
        Part::Plan,
        Part::Compare,
        Part::MyPay,
        Part::Accounts,
        Part::Method,
        Part::Given,
        Part::Share,
        Part::Touch,
        Part::Why,
    ];

    /// A word of its own.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Accounts => "accounts",
            Part::Plan => "plan",
            Part::Compare => "compare",
            Part::MyPay => "my-pay",
            Part::Method => "method",
            Part::Given => "given",
            Part::Share => "share",
            Part::Touch => "touch",
            Part::Why => "why",
            Part::Stage => "stage",
            Part::Side => "side",
            Part::PlanControls => "plan-controls",
            Part::AssumptionControls => "assumption-controls",
            Part::Notices => "notices",
        }
    }

    /// Whether it takes the place of the page and is not laid over it.
    const fn is_page(self) -> bool {
        matches!(self, Part::Accounts | Part::Plan | Part::Compare | Part::MyPay | Part::Method)
    }

    async fn fetch(self) -> Result<Draw, NotFetched> {
        match self {
            Part::Stage => split::of_charts(self).await,
            Part::Notices => split::of_keeping(self).await,
            Part::Accounts | Part::Given | Part::Share | Part::Touch => split::of_book(self).await,
            Part::Plan
            | Part::Compare
            | Part::MyPay
            | Part::Method
            | Part::Side
            | Part::PlanControls
            | Part::AssumptionControls
            | Part::Why => split::of_pages(self).await,
        }
    }
}

/// Draws a part.
pub type Draw = fn(&Scene) -> Html;

/// All that a part may look at and report to.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The state.
    pub state: Shared<State>,
    /// The answers, if there are any.
    pub payoff: Option<Shared<Payoff>>,
    /// Today.
    pub today: NaiveDate,
    /// Whether the user's system is dark.
    pub dark: bool,
    /// The account that is looked at on the Accounts page.
    pub account: Option<AccountId>,
    /// The number that is asked about.
    pub about: Option<Input>,
    /// The file that was given last.
    pub given: Option<Given>,
    /// What was found out about each slider.
    pub findings: Rc<Findings>,
    /// Something happened.
    pub on_action: Callback<Action>,
    /// The overlay was closed.
    pub on_closed: Callback<()>,
    /// A link that could not be opened, in words.
    pub link_problem: Option<String>,
    /// A file that could not be used, in words.
    pub file_problem: Option<String>,
    /// The user answered to what is said above the page.
    pub on_answer: Callback<Answer>,
    /// It is to be written down why a number is what it is.
    pub on_why: Callback<Input>,
    /// Accounts are wanted as a workbook.
    pub on_workbook: Callback<WorkbookAsked>,
}

/// The workspace and the places of the accounts in it that are wanted as a workbook, and where to give it.
pub type WorkbookAsked = (Shared<Workspace>, Rc<Vec<usize>>, Callback<Result<Vec<u8>, String>>);

impl Scene {
    /// This month.
    pub fn month(&self) -> Month {
        Month::of(self.today)
    }

    /// What was written down last about why a number is what it is; nothing while names are hidden, since it may hold one.
    pub fn why(&self, input: Input) -> Option<String> {
        let latest = self.state.workspace.decisions.latest(About::Number(input))?;
        (!self.state.names_hidden).then(|| in_a_line(latest))
    }
}

/// A given file.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// One that is still being read.
    Reading {
        /// The file's name.
        file: String,
        /// The part of it that is read, from 0 to 1.
        part: f64,
    },
    /// A workspace that was saved.
    Workspace {
        /// The file's name.
        file: String,
        /// What was saved.
        kept: Shared<Kept>,
    },
    /// Rows to import.
    Table {
        /// The file's name.
        file: String,
        /// The rows.
        table: Shared<Table>,
    },
}

/// A part could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFetched;

impl std::fmt::Display for NotFetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("This part of the app could not be fetched: check the connection, then try again.")
    }
}

impl From<SplitLoaderError> for NotFetched {
    fn from(_: SplitLoaderError) -> NotFetched {
        NotFetched
    }
}

/// Opens what this browser keeps.
///
/// # Errors
/// [`NotFetched`]; what is kept stays as it is.
pub async fn open_kept(month: Month) -> Result<Opened, NotFetched> {
    Ok(split::open_kept(month).await?.await)
}

/// The workspace as the text of a file.
///
/// # Errors
/// Why there is none, as a sentence.
pub async fn file_text(state: Shared<State>) -> Result<String, String> {
    split::file_text(state).await.map_err(|why| why.0)
}

/// Finds out what a given file holds, and tells of a large one now and then which part of it is read.
///
/// # Errors
/// Why it cannot be used, as a sentence.
pub async fn read_file(file: GivenFile, on_part: Callback<f64>) -> Result<Given, String> {
    split::read_file((file, on_part)).await.map_err(|why| why.to_string())?.await
}

/// Writes accounts as a workbook, once what does it is fetched. Called from outside of all parts: a part that called another
/// would need it wherever the program is used whole.
pub fn write_workbook((workspace, places, tell): WorkbookAsked) {
    spawn_local(async move {
        tell.emit(split::write_workbook((workspace, places)).await.map_err(|why| why.0));
    });
}

/// Opens the payload of a link, as the action that shows it.
///
/// # Errors
/// Why it cannot be opened, as a sentence.
pub async fn open_link(payload: String) -> Result<Action, String> {
    split::open_link(payload).await.map_err(|why| why.0)
}

/// How a study begins, if that can be fetched.
pub async fn study() -> Option<study::Begin> {
    split::study().await.ok()
}

/// Fetches what was not yet wanted.
pub async fn fetch_all() {
    for part in Part::ALL {
        // What fails now is tried again when it is wanted, and then it is told.
        let _ = part.fetch().await;
    }
}
