//! Keeps the workspace in a [`Store`]: loads first, writes only after a good load, never over what it cannot read.

use super::envelope::{self, Kept, Unreadable};
use super::store::{Store, StoreError};

/// The key of the workspace. Prefixed, since other apps of the same host share the storage.
pub const WORKSPACE_KEY: &str = "holdfast/workspace";
/// The key under which an unreadable text is set aside, numbered from 1.
pub const ASIDE_KEY: &str = "holdfast/set-aside";

/// What is said of [`NotKept::ChangedElsewhere`].
pub const CHANGED_ELSEWHERE: &str =
    "Another tab changed the stored workspace. Save a file of this one, then reload to see the other.";

/// What was found at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum Loaded {
    /// Nothing is stored yet.
    Nothing,
    /// The workspace.
    Workspace(Box<Kept>),
    /// A text that this build cannot read; it stays where it is.
    Unreadable {
        /// Why.
        why: Unreadable,
        /// The text, to be offered as a file.
        text: String,
    },
    /// Storage could not be read.
    Failed(StoreError),
}

/// Why a change was not kept.
#[derive(Debug, Clone, PartialEq)]
pub enum NotKept {
    /// Nothing may be written: what is stored could not be read, and must not be overwritten.
    ReadOnly,
    /// What is stored was changed elsewhere, by another tab, since this one read or wrote it.
    ChangedElsewhere,
    /// The store refused.
    Store(StoreError),
    /// The workspace could not be put into words.
    Unwritable(Unreadable),
}

impl std::fmt::Display for NotKept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NotKept::ReadOnly => write!(f, "Changes are not kept, since what is stored could not be read."),
            NotKept::ChangedElsewhere => f.write_str(CHANGED_ELSEWHERE),
            NotKept::Store(why) => write!(f, "{why}"),
            NotKept::Unwritable(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for NotKept {}

/// Reads and writes the workspace.
#[derive(Debug)]
pub struct Keeper<S> {
    store: S,
    writable: bool,
    /// The text that this tab last read or wrote: what is stored, as far as it knows.
    known: Option<String>,
}

impl<S: Store> Keeper<S> {
    /// A keeper that has not loaded yet, and so may not write.
    pub const fn new(store: S) -> Keeper<S> {
        Keeper { store, writable: false, known: None }
    }

    /// Reads what is stored. Writing is possible afterwards only if it could be read or there was nothing.
    pub fn load(&mut self) -> Loaded {
        self.writable = false;
        let text = match self.store.read(WORKSPACE_KEY) {
            Ok(text) => text,
            Err(why) => return Loaded::Failed(why),
        };
        self.known.clone_from(&text);
        let Some(text) = text else {
            self.writable = true;
            return Loaded::Nothing;
        };
        match envelope::read(&text) {
            Ok(kept) => {
                self.writable = true;
                Loaded::Workspace(Box::new(kept))
            }
            Err(why) => Loaded::Unreadable { why, text },
        }
    }

    /// Keeps `kept`, and reads it back to be sure.
    ///
    /// # Errors
    /// [`NotKept`]; what is stored then is whole: the text before, or this one if only reading it back failed.
    pub fn keep(&mut self, kept: &Kept) -> Result<(), NotKept> {
        if !self.writable {
            return Err(NotKept::ReadOnly);
        }
        if self.store.read(WORKSPACE_KEY).map_err(NotKept::Store)? != self.known {
            return Err(NotKept::ChangedElsewhere);
        }
        let text = envelope::write(kept).map_err(NotKept::Unwritable)?;
        self.store.write(WORKSPACE_KEY, &text).map_err(NotKept::Store)?;
        self.known = Some(text.clone());
        let back = self.store.read(WORKSPACE_KEY).map_err(NotKept::Store)?;
        if back.as_deref() != Some(&text) {
            return Err(NotKept::Store(StoreError::Other("it reads back differently".to_owned())));
        }
        Ok(())
    }

    /// Copies an unreadable text to a key of its own and allows writing from then on. Only when the user says so.
    ///
    /// # Errors
    /// [`StoreError`] if the copy could not be made; writing stays forbidden then.
    pub fn set_aside(&mut self) -> Result<(), StoreError> {
        self.known = self.store.read(WORKSPACE_KEY)?;
        if let Some(text) = &self.known {
            let mut number = 1;
            while self.store.read(&format!("{ASIDE_KEY}/{number}"))?.is_some() {
                number += 1;
            }
            self.store.write(&format!("{ASIDE_KEY}/{number}"), text)?;
        }
        self.writable = true;
        Ok(())
    }
}
