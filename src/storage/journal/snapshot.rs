//! A whole workspace as a text, with what has gone into it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::schema::v4::WorkspaceV4;
use super::record::RecordId;
use super::seal::{Broken, Kind, seal, unseal};
use crate::model::workspace::Workspace;

/// How many tabs a snapshot remembers. A record of a tab that is forgotten would be taken for new, so this is many more than
/// can have records left over anywhere.
const TABS: usize = 200;

/// A workspace that was put together from records.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The workspace.
    pub workspace: Workspace,
    /// The time of the latest record in it.
    pub time: u64,
    /// What has gone into it.
    pub seen: Seen,
}

/// Which records have gone into a workspace: of each tab all up to a number, and when that was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen(BTreeMap<u32, (u32, u64)>);

impl Seen {
    /// The last number of a tab that has gone in; 0 for none.
    pub fn last(&self, tab: u32) -> u32 {
        self.0.get(&tab).map_or(0, |(number, _)| *number)
    }

    /// Whether a record has gone in.
    pub fn has(&self, id: RecordId) -> bool {
        id.number <= self.last(id.tab)
    }

    /// How many records have gone in.
    pub fn count(&self) -> u64 {
        self.0.values().map(|(number, _)| u64::from(*number)).sum()
    }

    /// Each tab with the last number of it that has gone in, and when that was.
    pub fn tabs(&self) -> impl Iterator<Item = (u32, u32, u64)> {
        self.0.iter().map(|(tab, (number, time))| (*tab, *number, *time))
    }

    /// Another record went in.
    pub fn add(&mut self, id: RecordId, time: u64) {
        let tab = self.0.entry(id.tab).or_default();
        *tab = (tab.0.max(id.number), tab.1.max(time));
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SnapshotV4 {
    time: u64,
    /// `[tab, number, time]`.
    seen: Vec<(u32, u32, u64)>,
    workspace: WorkspaceV4,
}

impl Snapshot {
    /// Of two snapshots the later one is that with the later record, and of those the one with more.
    pub fn rank(&self) -> (u64, u64) {
        (self.time, self.seen.count())
    }

    /// The text.
    ///
    /// # Errors
    /// If a number cannot be written; the model's ranges make that impossible.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let mut seen: Vec<(u32, u32, u64)> = self.seen.tabs().collect();
        seen.sort_by_key(|(_, _, time)| std::cmp::Reverse(*time));
        seen.truncate(TABS);
        let snapshot = SnapshotV4 { time: self.time, seen, workspace: WorkspaceV4::from(&self.workspace) };
        Ok(seal(Kind::Snapshot, &serde_json::to_string(&snapshot)?))
    }

    /// Reads the text of a snapshot.
    ///
    /// # Errors
    /// [`Broken`] if it is none, or not whole.
    pub fn read(text: &str) -> Result<Snapshot, Broken> {
        let damaged = |why: &dyn std::fmt::Display| Broken::Damaged(why.to_string());
        let snapshot: SnapshotV4 =
            serde_json::from_str(unseal(Kind::Snapshot, text)?).map_err(|why: serde_json::Error| damaged(&why))?;
        let workspace = snapshot.workspace.try_into().map_err(|why| damaged(&why))?;
        let seen = snapshot.seen.into_iter().map(|(tab, number, time)| (tab, (number, time))).collect();
        Ok(Snapshot { workspace, time: snapshot.time, seen: Seen(seen) })
    }
}
