//! What can happen. Names are past-tense facts.

use std::rc::Rc;

use crate::model::account::{Account, AccountId};
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::book::Book;
use crate::model::bounds::Input;
use crate::model::month::Month;
use crate::model::pay::PlanPeriod;
use crate::model::payoff::Headline;
use crate::model::workspace::Workspace;

use super::Keeping;

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
        on: chrono::NaiveDate,
    },
    /// An account was removed.
    AccountDeleted(AccountId),
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
    /// A saved file was restored.
    WorkspaceRestored {
        /// The workspace in it.
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
    /// Something worth a line of text happened elsewhere.
    Announced(String),
}
