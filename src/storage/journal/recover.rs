//! From the texts of both sides to the newest state that they tell.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::envelope::{self, Unreadable};
use super::compaction::DUE_RECORDS;
use super::record::{Record, RecordId};
use super::seal::Broken;
use super::snapshot::{Seen, Snapshot};
use super::{FORMER_KEY, SNAPSHOT_KEYS, Texts};
use crate::model::change::{Change, Label};
use crate::model::workspace::Workspace;
use crate::text::clash;

/// A text that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its key.
    pub key: String,
    /// The text.
    pub text: String,
    /// Why.
    pub why: String,
}

/// One record that was put onto a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// The record.
    pub record: Record,
    /// The workspace before.
    pub before: Rc<Workspace>,
    /// The workspace after.
    pub after: Rc<Workspace>,
    /// What it and others had changed differently, in words.
    pub clashes: Vec<Label>,
}

impl Logged {
    /// Puts `record` onto `before`.
    pub fn new(record: Record, before: &Rc<Workspace>) -> Logged {
        let merged = record.onto(before);
        let clashes = merged.clashes.iter().map(|it| clash::sentence(it, &merged.workspace, before)).collect();
        Logged { record, before: Rc::clone(before), after: Rc::new(merged.workspace), clashes }
    }

    /// The change, as undo takes it.
    pub fn change(&self) -> Change {
        let Record { step, deed, label, .. } = &self.record;
        let (before, after) = (Rc::clone(&self.before), Rc::clone(&self.after));
        Change { step: *step, deed: *deed, label: label.clone(), before, after }
    }
}

/// What the texts tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Recovered {
    /// The snapshot that all else builds on, without its workspace, which is `base`.
    pub seen: Seen,
    /// The time of that snapshot.
    pub time: u64,
    /// Its workspace.
    pub base: Rc<Workspace>,
    /// Whether it is stored as a snapshot of this version.
    pub is_stored: bool,
    /// Which of the two keys has it.
    pub slot: usize,
    /// The records after it, in order.
    pub log: Vec<Logged>,
    /// The records in it that are still there, in order and back to the first that is missing, from which steps can be undone.
    pub past: Vec<Record>,
    /// Every whole record: its time and its length.
    pub records: BTreeMap<RecordId, (u64, usize)>,
    /// What cannot be read, whether or not the other side had it.
    pub damaged: Vec<Damaged>,
    /// Whether all that is damaged was made good by the other side.
    pub is_healed: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// There is nothing.
    Nothing,
    /// A state.
    State(Box<Recovered>),
    /// There is something, and no state can be told from it; why, as a sentence.
    Unreadable(String),
}

/// The whole texts of one kind, and what cannot be read.
struct Sorted {
    snapshots: Vec<(usize, Snapshot)>,
    records: BTreeMap<RecordId, (Record, usize)>,
    former: Option<Workspace>,
    /// The keys under which one side at least has a whole text.
    whole: BTreeSet<String>,
    damaged: Vec<Damaged>,
    newer: Option<String>,
}

impl Sorted {
    fn read(&mut self, key: &str, text: &str) {
        let damaged = self.damaged.len();
        self.sort(key, text);
        if self.damaged.len() == damaged {
            self.whole.insert(key.to_owned());
        }
    }

    fn sort(&mut self, key: &str, text: &str) {
        if let Some(slot) = SNAPSHOT_KEYS.iter().position(|it| *it == key) {
            match Snapshot::read(text) {
                Ok(snapshot) => self.snapshots.push((slot, snapshot)),
                Err(why) => self.refuse(key, text, why),
            }
        } else if let Some(id) = RecordId::of_key(key) {
            match Record::read(text) {
                Ok(record) if record.id == id => drop(self.records.insert(id, (record, text.len()))),
                Ok(_) => self.refuse(key, text, Broken::Damaged("it belongs under another key".to_owned())),
                Err(why) => self.refuse(key, text, why),
            }
        } else if key == FORMER_KEY {
            match envelope::read(text) {
                Ok(kept) => self.former = Some(kept.workspace),
                Err(why @ Unreadable::Newer { .. }) => self.newer = Some(why.to_string()),
                Err(why) => self.refuse(key, text, Broken::Damaged(why.to_string())),
            }
        }
    }

    /// Whether the records are so few that no other snapshot than the first was due, whose workspace is known.
    fn begins(&self) -> bool {
        self.records.values().all(|(record, _)| record.time <= DUE_RECORDS as u64)
    }

    fn refuse(&mut self, key: &str, text: &str, why: Broken) {
        match why {
            Broken::Newer { .. } => self.newer = Some(why.to_string()),
            Broken::Damaged(why) => {
                let damaged = Damaged { key: key.to_owned(), text: text.to_owned(), why };
                self.damaged.push(damaged);
            }
        }
    }
}

/// Puts together the newest state that the texts of local storage and of the mirror tell.
///
/// That is the latest whole snapshot and, of each tab, the records after it up to the first that is missing. So it is a
/// state that there was, and it is not older than what either side has whole. Where there are the first records and nothing
/// that they come after, that was `fresh`, the workspace that the app opens with.
pub fn recover(local: &Texts, mirror: &Texts, fresh: &Workspace) -> Outcome {
    let mut sorted = Sorted {
        snapshots: Vec::new(),
        records: BTreeMap::new(),
        former: None,
        whole: BTreeSet::new(),
        damaged: Vec::new(),
        newer: None,
    };
    for (key, text) in local.iter().chain(mirror) {
        sorted.read(key, text);
    }
    if let Some(why) = sorted.newer {
        return Outcome::Unreadable(why);
    }
    let mut known = BTreeSet::new();
    sorted.damaged.retain(|it| known.insert((it.key.clone(), it.text.clone())));
    let begins = sorted.begins();
    let latest = sorted.snapshots.into_iter().max_by_key(|(_, snapshot)| snapshot.rank());
    let (is_stored, slot, snapshot) = match (latest, sorted.former) {
        (Some((slot, snapshot)), _) => (true, slot, snapshot),
        (None, Some(workspace)) => (false, 1, Snapshot { workspace, time: 0, seen: Seen::default() }),
        (None, None) => match sorted.damaged.first() {
            Some(first) => {
                let why = format!("A part of the stored text cannot be read ({}).", first.why);
                return Outcome::Unreadable(why);
            }
            None if sorted.records.is_empty() => return Outcome::Nothing,
            None if begins => (false, 1, Snapshot { workspace: fresh.clone(), time: 0, seen: Seen::default() }),
            None => {
                let why = "The stored changes are there, and the workspace that they come after is not.";
                return Outcome::Unreadable(why.to_owned());
            }
        },
    };
    let records = sorted.records.iter().map(|(id, (record, length))| (*id, (record.time, *length))).collect();
    let (past, mut later): (Vec<Record>, Vec<Record>) =
        sorted.records.into_values().map(|(record, _)| record).partition(|record| snapshot.seen.has(record.id));
    // Of each tab as far as they follow one another: one that builds on a lost one must not be taken.
    let mut seen = snapshot.seen.clone();
    later.retain(|record| {
        let follows = record.id.number == seen.last(record.id.tab) + 1;
        if follows {
            seen.add(record.id, record.time);
        }
        follows
    });
    later.sort_by_key(Record::order);
    let base = Rc::new(snapshot.workspace);
    let mut log: Vec<Logged> = Vec::with_capacity(later.len());
    for record in later {
        let logged = Logged::new(record, log.last().map_or(&base, |last| &last.after));
        log.push(logged);
    }
    let is_seen = |key: &str| RecordId::of_key(key).is_some_and(|id| snapshot.seen.has(id));
    let is_healed = sorted.damaged.iter().all(|it| sorted.whole.contains(&it.key) || is_seen(&it.key));
    let mut past = past;
    let lost = lost_until(&snapshot.seen, &past);
    past.retain(|record| record.time > lost);
    past.sort_by_key(Record::order);
    Outcome::State(Box::new(Recovered {
        seen: snapshot.seen,
        time: snapshot.time,
        base,
        is_stored,
        slot,
        log,
        past,
        records,
        damaged: sorted.damaged,
        is_healed,
    }))
}

/// The time until which a record of what was `seen` may be missing from `past`, 0 if none is. Only what is later can be gone
/// back over, since a step back over a missing one would lead to what never was.
fn lost_until(seen: &Seen, past: &[Record]) -> u64 {
    let times: BTreeMap<RecordId, u64> = past.iter().map(|record| (record.id, record.time)).collect();
    let of_tab = |(tab, last, time): (u32, u32, u64)| {
        // Whichever is missing is not later than the next of its tab, or than the last that was seen.
        let mut known = time.saturating_add(1);
        for number in (1..=last).rev() {
            match times.get(&RecordId { tab, number }) {
                Some(time) => known = *time,
                None => return known.saturating_sub(1),
            }
        }
        0
    };
    seen.tabs().map(of_tab).max().unwrap_or(0)
}

/// The changes that lead to the present, oldest first, as far back as records without a gap tell them.
pub fn changes(base: &Rc<Workspace>, past: &[Record], log: &[Logged]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut after = Rc::clone(base);
    for record in past.iter().rev() {
        let Some(before) = record.before(&after).map(Rc::new) else { break };
        let Record { step, deed, label, .. } = record;
        changes.push(Change { step: *step, deed: *deed, label: label.clone(), before: Rc::clone(&before), after });
        after = before;
    }
    changes.reverse();
    changes.extend(log.iter().map(Logged::change));
    changes
}
