//! What a keeper tells whoever asks it.

use std::rc::Rc;

use super::super::store::StoreError;
use super::Texts;
use super::recover::Damaged;
use crate::model::change::Label;
use crate::model::workspace::Workspace;

/// Why a change is not kept.
#[derive(Debug, Clone, PartialEq)]
pub enum NotKept {
    /// Nothing may be written: what is stored could not be read, and must not be overwritten.
    ReadOnly,
    /// The change could not be put into words.
    Unwritable(String),
}

impl std::fmt::Display for NotKept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NotKept::ReadOnly => write!(f, "Changes are not kept, since what is stored could not be read."),
            NotKept::Unwritable(why) => write!(f, "The change could not be written ({why}): save a file."),
        }
    }
}

impl std::error::Error for NotKept {}

/// What was found at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Nothing is stored yet.
    Nothing,
    /// A workspace.
    Workspace {
        /// What could not be read and was set aside.
        damaged: Vec<Damaged>,
        /// Whether the other side made all of it good.
        is_healed: bool,
        /// What several tabs had changed differently, in words.
        clashes: Vec<Label>,
        /// What the mirror lacks; local storage has been given what it lacked.
        lacking_in_mirror: Texts,
    },
    /// Texts that this build cannot read; they stay where they are.
    Unreadable {
        /// Why, as a sentence.
        why: String,
    },
    /// Local storage could not be read.
    Failed(StoreError),
}

/// What was written of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// What the mirror is to be given, all or nothing.
    pub texts: Texts,
    /// How it went with local storage.
    pub local: Result<(), StoreError>,
    /// What other tabs had changed differently, in words.
    pub clashes: Vec<Label>,
}

/// What another tab's record changed here.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The workspace before, as far as it was recorded.
    pub before: Rc<Workspace>,
    /// The workspace after.
    pub after: Rc<Workspace>,
    /// What both had changed differently, in words.
    pub clashes: Vec<Label>,
}
