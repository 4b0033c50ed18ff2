//! What can happen. Names are past-tense facts.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::model::account::{Account, AccountId};
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::book::Book;
use crate::model::bounds::Input;
use crate::model::change::{Change, Label};
use crate::model::decision::Decisions;
use crate::model::life::LifeEntry;
use crate::model::listing::{Column, Listing};
use crate::model::month::Month;
use crate::model::pay::PlanPeriod;
use crate::model::payoff::Headline;
use crate::model::plan::Plan;
use crate::model::saved_plans::SavedPlans;
use crate::model::touch::Touch;
use crate::model::workspace::Workspace;

use super::{Keeping, Room, State};

/// Whether more of the same is likely to follow at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// A slider is being dragged: this and the next change of the input are one step.
    Dragging,
    /// The change stands for itself.
    Settled,
}

/// A fact about what the user or the outside world did.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A number was typed or a slider moved.
    InputChanged {
        /// Which.
        input: Input,
        /// As typed.
        text: String,
        /// Dragged or settled.
        gesture: Gesture,
    },
    /// The number that was on the move has rested for a moment; the hand may still be on the slider.
    MoveRested,
    /// Another division of the time with customers was chosen.
    AttentionChosen(AttentionPolicy),
    /// Another way in which renewals answer to attention was chosen.
    RenewalFormChosen(RenewalForm),
    /// Another period of the quota was chosen.
    QuotaPeriodChosen(PlanPeriod),
    /// Plans were put by, taken into use or removed: see [`plans`](super::plans).
    PlansChanged {
        /// The plan in use.
        plan: Box<Plan>,
        /// Those put by.
        saved: SavedPlans,
        /// A word on it for the undo list.
        label: Label,
        /// What is worth a line of text about it.
        said: Option<Label>,
    },
    /// A decision was logged or taken out of the log: see [`decisions`](super::decisions).
    DecisionsChanged {
        /// The log.
        decisions: Decisions,
        /// A word on it for the undo list.
        label: Label,
        /// What is said about it.
        said: Label,
    },
    /// An input was set back to its default.
    InputReset(Input),
    /// All inputs were set back to their defaults.
    AllInputsReset,
    /// A seller was chosen to look at; `None` for all.
    SellerChosen(Option<String>),
    /// A target share of time was asked for.
    TargetAsked(f64),
    /// The month that everything runs from was set.
    MonthSet(Month),
    /// An account was added; its id is given by the book.
    AccountAdded(Box<Account>),
    /// An account was changed.
    AccountChanged(Box<Account>),
    /// An account was marked as lost.
    AccountLost {
        /// Which.
        id: AccountId,
        /// Why, in the user's words.
        reason: String,
        /// When.
        on: NaiveDate,
    },
    /// A contact with an account was logged.
    TouchLogged {
        /// With which.
        id: AccountId,
        /// The contact.
        touch: Touch,
    },
    /// Something happened at an account beside touches.
    LifeEntered {
        /// At which.
        id: AccountId,
        /// What.
        entry: LifeEntry,
    },
    /// What had been entered was changed.
    LifeChanged {
        /// Of which account.
        id: AccountId,
        /// What was entered.
        before: LifeEntry,
        /// What it is now; `None` if it was removed.
        after: Option<LifeEntry>,
    },
    /// An account was removed.
    AccountDeleted(AccountId),
    /// Many accounts were changed at once.
    AccountsEdited {
        /// What became of each, in the order of the book; `None` for those that were deleted.
        edited: Vec<(AccountId, Option<Account>)>,
        /// A word on it for the undo list.
        label: Label,
    },
    /// Other accounts were looked for, or another order.
    ListingChanged(Listing),
    /// Other columns of the list of accounts were chosen.
    ColumnsChosen(BTreeSet<Column>),
    /// A file of accounts was imported: the book it gave, and a word on it for the undo list.
    BookImported {
        /// The book with the imported accounts.
        book: Box<Book>,
        /// The month of the import, from which everything runs then.
        as_of: Month,
        /// For example "import of book.csv, 40 accounts".
        label: String,
    },
    /// The sample was asked for again.
    SampleOpened(Month),
    /// The user's own, empty book was started.
    EmptyBookStarted,
    /// A saved file was restored, in place of what was here or merged with it.
    WorkspaceRestored {
        /// The workspace that it leads to.
        workspace: Rc<Workspace>,
        /// The file's name.
        file: String,
    },
    /// A shared link was opened.
    LinkOpened {
        /// The workspace it describes.
        workspace: Rc<Workspace>,
        /// What the sender saw.
        sent: Headline,
        /// By how much the receiver sees something else, in words.
        difference: Option<String>,
    },
    /// The visitor kept the shared plan in place of their own workspace.
    VisitKept,
    /// The visitor went back to their own workspace.
    VisitEnded,
    /// The last step was undone.
    Undone,
    /// The last undone step was done again.
    Redone,
    /// The store said how the workspace is kept.
    KeepingChanged(Keeping),
    /// Changes were handed to the store.
    ChangesHanded {
        /// Up to this number.
        through: u64,
        /// On this day.
        on: NaiveDate,
    },
    /// It was measured how full the storage is.
    RoomMeasured(Room),
    /// What is kept was found after the app had opened without it.
    KeptFound(Box<State>),
    /// The steps of an earlier visit can be undone: the changes of them, oldest first.
    StepsRemembered(Vec<Change>),
    /// Another tab changed the workspace.
    ChangedElsewhere {
        /// What was kept before, as far as this tab knew.
        before: Rc<Workspace>,
        /// What is kept now.
        after: Rc<Workspace>,
        /// What both had changed differently, in words.
        clashes: Vec<Label>,
    },
    /// Something must be read.
    Noticed(Label),
    /// It is time to tell where the data is, and when a browser clears it.
    WhereaboutsTold,
    /// The notices were read.
    NoticesRead,
    /// Names were hidden, or shown again.
    NamesHidden(bool),
    /// Everything was saved as a file.
    BackupSaved(NaiveDate),
    /// The reminder of a backup was put off.
    BackupPutOff(NaiveDate),
    /// The page is about to be hidden or left.
    PageLeft,
    /// Something worth a line of text happened elsewhere; `None` once it was there long enough.
    Announced(Option<Label>),
}
