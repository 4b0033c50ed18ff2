//! The state of the app and the one reducer: an [`action::Action`] is a fact, and turns a state into the next.
//!
//! Pure: no web, no clock, no storage. Derived results ([`derived`]) are functions of the state and never part of it.
//! Saving is a subscriber that watches [`State::workspace`]; nothing here writes.
//!
//! Invariants: the workspace is always in range; what was typed and refused is kept as a draft until corrected, reset or
//! undone; every change of the workspace is one named step that can be undone.

pub mod action;
pub mod derived;
pub mod drafts;
pub mod history;
mod reduce;

use std::rc::Rc;

use crate::model::payoff::Headline;
use crate::model::workspace::Workspace;

use drafts::Drafts;
use history::History;

/// How the workspace is kept, as the screen says it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Keeping {
    /// Nothing was changed since the app opened with an empty store.
    #[default]
    NothingYet,
    /// A change waits to be written.
    Pending,
    /// Written and read back.
    Kept,
    /// Not written, and why.
    NotKept(String),
    /// What is stored cannot be read and is left as it is.
    ReadOnly {
        /// Why, as a sentence.
        why: String,
        /// The stored text, offered as a file.
        text: Rc<str>,
    },
}

/// A shared plan is on the screen; the user's own workspace waits untouched.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The user's own workspace and its history.
    own: Rc<Workspace>,
    own_history: History,
    own_seller: Option<String>,
    /// What the sender saw.
    pub sent: Headline,
    /// By how much the receiver sees something else, in words.
    pub difference: Option<String>,
}

/// Everything that the app knows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// What the user states.
    pub workspace: Rc<Workspace>,
    /// The seller whose figures are shown; `None` for all added up.
    pub seller: Option<String>,
    /// The share of time that the user asks a rate for.
    pub target_share: f64,
    /// Whether a number is on the move, by hand or by typing, so that quick answers count for more than exact ones.
    pub moving: bool,
    /// Typed and refused.
    pub drafts: Drafts,
    /// Steps to undo and redo.
    pub history: History,
    /// How the workspace is kept.
    pub keeping: Keeping,
    /// The shared plan being visited.
    pub visit: Option<Visit>,
    /// The last thing done, for the status line: "Undid: renewal commission 2% to 5%".
    pub announcement: Option<String>,
}

impl State {
    /// The state of an app that opens with `workspace`.
    pub fn new(workspace: Workspace) -> State {
        State {
            workspace: Rc::new(workspace),
            seller: None,
            target_share: 0.4,
            moving: false,
            drafts: Drafts::default(),
            history: History::default(),
            keeping: Keeping::NothingYet,
            visit: None,
            announcement: None,
        }
    }

    /// Whether the results on the screen answer what stands in the fields.
    pub fn is_stale(&self) -> bool {
        !self.drafts.is_empty()
    }
}
