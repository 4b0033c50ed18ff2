//! How the workspace is kept so that nothing is ever lost: rare snapshots, and a small record of each change.
//!
//! A text is kept twice under the same key: in local storage, which answers at once but reaches the disk seconds later, and
//! in a mirror that answers when the disk has it. Only then does the screen say "Saved". [`recover()`] puts together
//! the newest state that the texts of both sides tell; a damaged text of one side is made good by the other.
//!
//! [`keeper`] decides what is written, read and deleted, and does the writing to local storage; the mirror is written by
//! the caller, so that all of this runs natively against a simulated disk. Tabs of one browser tell each other their records;
//! all of them, and whoever reads the records later, put them together in the same order ([`record`]) by
//! [`crate::model::merge`].
//!
//! Invariants: a record is written once and never changed; it is deleted only when a snapshot that has it is on the disk;
//! what cannot be read is copied before anything else is written.

mod aside;
pub mod compaction;
pub mod keeper;
pub mod record;
pub mod recover;
pub mod seal;
pub mod snapshot;
mod told;

use std::collections::BTreeMap;

use super::envelope::Kept;
use crate::model::workspace::Workspace;
use record::RecordId;
use recover::Outcome;

pub use keeper::Keeper;
pub use recover::recover;

/// What the keys of this app begin with, since other apps of the same host share the storage.
pub const PREFIX: &str = "holdfast/";
/// The key of a workspace that a version before 4 kept.
pub const FORMER_KEY: &str = "holdfast/workspace";
/// The keys of the two snapshots, which are written in turn.
pub const SNAPSHOT_KEYS: [&str; 2] = ["holdfast/snapshot/a", "holdfast/snapshot/b"];
/// What the keys of records begin with.
pub const RECORD_PREFIX: &str = "holdfast/record/";
/// What the keys of unreadable texts begin with, numbered from 1.
pub const ASIDE_PREFIX: &str = "holdfast/set-aside/";

/// Texts by key.
pub type Texts = Vec<(String, String)>;

/// The workspace in a file of everything that was stored, text by key; `None` if it is no such file, or nothing in it can be
/// read. `fresh` is the workspace that the app opens with, which the first records may come after.
pub fn read_file(text: &str, fresh: &Workspace) -> Option<Kept> {
    let texts: BTreeMap<String, String> = serde_json::from_str(text).ok()?;
    match recover(&texts.into_iter().collect(), &Texts::new(), fresh) {
        Outcome::State(state) => {
            let latest = state.log.last().map_or(&state.base, |last| &last.after);
            Some(Kept { workspace: Workspace::clone(latest), seller_shown: None })
        }
        _ => None,
    }
}

impl RecordId {
    /// The key of the record.
    pub fn key(self) -> String {
        format!("{RECORD_PREFIX}{:x}/{}", self.tab, self.number)
    }

    /// The record of a key.
    pub fn of_key(key: &str) -> Option<RecordId> {
        let (tab, number) = key.strip_prefix(RECORD_PREFIX)?.split_once('/')?;
        Some(RecordId { tab: u32::from_str_radix(tab, 16).ok()?, number: number.parse().ok()? })
    }
}
