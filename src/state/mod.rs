//! The state of the app and the one reducer: an [`action::Action`] is a fact, and turns a state into the next.
//!
//! Pure: no web, no clock, no storage. Derived results ([`derived`]) are functions of the state and never part of it.
//! Saving is a subscriber that watches [`State::workspace`]; nothing here writes.
//!
//! Invariants: the workspace is always in range; what was typed and refused is kept as a draft until corrected, reset or
//! undone; every change of the workspace is one named step that can be undone.

mod accounts;
pub mod action;
pub mod backup;
pub mod decisions;
pub mod derived;
pub mod drafts;
mod elsewhere;
pub mod history;
pub mod plans;
mod reduce;

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::model::change::{Change, Label};
use crate::model::listing::{Column, Listing};
use crate::model::payoff::Headline;
use crate::model::workspace::Workspace;

use backup::Backup;
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
    /// On the disk: whatever happens to the browser now, it is there.
    Saved,
    /// Written, but this browser does not say when it reaches the disk: why, as a sentence.
    Written(String),
    /// Not written, and why.
    NotKept(String),
    /// What is stored cannot be read and is left as it is.
    ReadOnly {
        /// Why, as a sentence.
        why: String,
    },
}

/// How much of the browser's local storage is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Characters, by all apps of this host.
    pub taken: usize,
}

impl Room {
    /// What browsers give a host, in characters.
    pub const ALL: usize = 5_242_880;

    /// The part that is taken, 0 to 1.
    pub fn part(self) -> f64 {
        self.taken as f64 / Room::ALL as f64
    }

    /// Whether little is left.
    pub fn is_short(self) -> bool {
        self.part() >= 0.8
    }
}

/// What is looked at in a visit.
#[derive(Debug, Clone, PartialEq)]
pub enum Host {
    /// A shared plan.
    Link {
        /// What the sender saw.
        sent: Headline,
        /// By how much the receiver sees something else, in words.
        difference: Option<String>,
    },
    /// The sample book.
    Sample,
}

/// Something else is on the screen; the user's own workspace waits untouched.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The user's own workspace and its history.
    own: Rc<Workspace>,
    own_history: History,
    own_seller: Option<String>,
    /// What is looked at.
    pub host: Host,
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
    pub announcement: Option<Label>,
    /// What must be read once: what was found at the start, and what two tabs changed at once.
    pub notices: Vec<Label>,
    /// Whether names of customers and sellers are hidden everywhere.
    pub names_hidden: bool,
    /// When a file was last saved, and what was changed since.
    pub backup: Backup,
    /// How full the storage is, as last measured.
    pub room: Option<Room>,
    /// Whether the user read where the data is, and when a browser clears it.
    pub is_told: bool,
    /// What is looked for on the Accounts page.
    pub listing: Listing,
    /// What the list there shows of each account, beside its name.
    pub columns: BTreeSet<Column>,
}

/// What the list of accounts shows unless other columns are chosen.
pub const COLUMNS: [Column; 6] =
    [Column::Seller, Column::AnnualValue, Column::Margin, Column::Standing, Column::NextRenewal, Column::ValueAtRisk];

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
            notices: Vec::new(),
            names_hidden: false,
            backup: Backup::default(),
            room: None,
            is_told: false,
            listing: Listing::all(),
            columns: BTreeSet::from(COLUMNS),
        }
    }

    /// The same state in a tab that drew this number, so that what it adds is told apart from what other tabs add.
    pub fn in_tab(self, tab: u32) -> State {
        State { history: History::of_tab(tab), ..self }
    }

    /// Whether there is something to read at the foot of the window.
    pub fn has_notices(&self, today: NaiveDate) -> bool {
        !self.notices.is_empty() || self.names_hidden || self.is_room_short() || self.is_backup_due(today)
    }

    /// Whether little room is left in the browser's storage.
    pub fn is_room_short(&self) -> bool {
        self.room.is_some_and(Room::is_short)
    }

    /// Whether to remind of a backup of the user's own workspace.
    pub fn is_backup_due(&self, today: NaiveDate) -> bool {
        self.visit.is_none() && self.backup.is_due(today)
    }

    /// The changes of the user's own workspace that are still to be handed to the store, with the number of the last.
    pub fn untold(&self) -> (&[Change], u64) {
        self.visit.as_ref().map_or(&self.history, |visit| &visit.own_history).untold()
    }

    /// The seller whose figures are shown of the user's own workspace.
    pub fn own_seller(&self) -> &Option<String> {
        self.visit.as_ref().map_or(&self.seller, |visit| &visit.own_seller)
    }

    /// What the seller whose figures are shown is called on the screen.
    pub fn seller_shown(&self) -> Option<String> {
        let seller = self.seller.as_ref()?;
        if !self.names_hidden || seller.is_empty() {
            return Some(seller.clone());
        }
        self.workspace.book.seller_aliases().into_iter().find(|(name, _)| name == seller).map(|(_, alias)| alias)
    }

    /// The state as it is shown: without names where they are hidden.
    pub fn nameless(&self) -> State {
        State { workspace: self.shown(), seller: self.seller_shown(), ..self.clone() }
    }

    /// What is on the screen and in files: without names where they are hidden.
    pub fn shown(&self) -> Rc<Workspace> {
        if self.names_hidden { Rc::new(self.workspace.without_names()) } else { Rc::clone(&self.workspace) }
    }

    /// Whether the results on the screen answer what stands in the fields.
    pub fn is_stale(&self) -> bool {
        !self.drafts.is_empty()
    }
}
