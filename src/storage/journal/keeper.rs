//! Decides what is written, and does the writing to local storage.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::store::{Store, StoreError};
use super::record::{Record, RecordId};
use super::recover::{self, Damaged, Logged, Outcome, Recovered};
use super::seal::Broken;
use super::snapshot::{Seen, Snapshot};
use super::{ASIDE_PREFIX, FORMER_KEY, PREFIX, RECORD_PREFIX, SNAPSHOT_KEYS, Texts};
use crate::model::change::{Change, Label};
use crate::model::workspace::Workspace;

/// As many records are left for undo after a snapshot has them.
const PAST_RECORDS: usize = 200;
/// And at most so many characters of them.
const PAST_LENGTH: usize = 1_200_000;
/// A snapshot is due after so many records.
pub(super) const DUE_RECORDS: usize = 100;
/// Or after so many characters of them.
const DUE_LENGTH: usize = 200_000;
/// So many unreadable texts are set aside, each once.
const ASIDE_TEXTS: usize = 40;

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

/// A snapshot, and what it makes superfluous.
#[derive(Debug, Clone, PartialEq)]
pub struct Compaction {
    /// To be written to local storage, and then to the mirror, all or nothing together with `delete`.
    pub put: Texts,
    /// To be deleted.
    pub delete: Vec<String>,
    records: Vec<RecordId>,
    snapshot: Snapshot,
    has_mirror: bool,
    /// Whether local storage has it.
    is_here: bool,
}

/// Keeps a workspace.
#[derive(Debug)]
pub struct Keeper<S> {
    store: S,
    tab: u32,
    number: u32,
    time: u64,
    writable: bool,
    /// The workspace before the first record of `log`.
    base: Rc<Workspace>,
    /// What has gone into `base`, and when the latest of it was.
    seen: Seen,
    base_time: u64,
    /// The records since, in order: what all tabs put together alike.
    log: Vec<Logged>,
    /// Records that came before those that they follow.
    early: Vec<Record>,
    /// Every record that is stored: its time and length.
    records: BTreeMap<RecordId, (u64, usize)>,
    /// The records in the snapshot that was read, until they are asked for.
    past: (Rc<Workspace>, u64, Vec<Record>),
    /// What the stored snapshot has; none is stored before the first change.
    snapshot: Option<Seen>,
    slot: usize,
    /// The first lines of all snapshots that were looked at, none of which has to be read again.
    heads: BTreeSet<String>,
    /// Whether a version before 4 left its text.
    has_former: bool,
    /// What local storage refused, to be tried again.
    behind: Texts,
}

impl<S: Store> Keeper<S> {
    /// Opens what both sides have; `fresh` is the workspace where that is nothing. The tab's number must be its own: draw it.
    ///
    /// Unreadable texts are set aside before anything may be written.
    pub fn open(
        store: S,
        tab: u32,
        local: Result<Texts, StoreError>,
        mirror: &Texts,
        fresh: Workspace,
    ) -> (Keeper<S>, Found) {
        let (local, failure) = match local {
            Ok(texts) => (texts, None),
            Err(why) => (Texts::new(), Some(why)),
        };
        let outcome = recover::recover(&local, mirror, &fresh);
        let has_former = local.iter().any(|(key, _)| key == FORMER_KEY);
        let fresh = Rc::new(fresh);
        let mut keeper = Keeper {
            tab,
            number: 0,
            time: 0,
            writable: true,
            base: Rc::clone(&fresh),
            seen: Seen::default(),
            base_time: 0,
            log: Vec::new(),
            early: Vec::new(),
            records: BTreeMap::new(),
            past: (fresh, 0, Vec::new()),
            snapshot: None,
            slot: 1,
            heads: local
                .iter()
                .filter(|(key, _)| SNAPSHOT_KEYS.contains(&key.as_str()))
                .map(|it| head(&it.1))
                .collect(),
            has_former,
            behind: Texts::new(),
            store,
        };
        let found = match outcome {
            Outcome::Nothing => failure.map_or(Found::Nothing, Found::Failed),
            Outcome::Unreadable(why) => {
                keeper.writable = false;
                Found::Unreadable { why }
            }
            Outcome::State(state) => keeper.take(*state),
        };
        (keeper, found)
    }

    fn take(&mut self, state: Recovered) -> Found {
        let Recovered { seen, time, base, is_stored, slot, log, past, records, damaged, is_healed, .. } = state;
        self.base_time = time;
        self.time = records.values().map(|(time, _)| *time).max().unwrap_or(0).max(time);
        self.snapshot = is_stored.then(|| seen.clone());
        self.past = (Rc::clone(&base), time, past);
        (self.base, self.seen, self.log, self.records, self.slot) = (base, seen, log, records, slot);
        for text in &damaged {
            if self.put_aside(text).is_err() {
                self.writable = false;
            }
        }
        for text in damaged.iter().filter(|_| self.writable) {
            // Once it is set aside. What stays after all is found again the next time.
            if self.store.read(&text.key).is_ok_and(|here| here.as_ref() == Some(&text.text)) {
                let _ = self.store.remove(&text.key);
            }
        }
        if !self.writable {
            let why = "A part of it is damaged, and there is no room to set that aside.".to_owned();
            return Found::Unreadable { why };
        }
        let clashes = self.log.iter().flat_map(|logged| logged.clashes.clone()).collect();
        Found::Workspace { damaged, is_healed, clashes }
    }

    /// The workspace as far as it is recorded.
    pub fn present(&self) -> &Rc<Workspace> {
        self.log.last().map_or(&self.base, |last| &last.after)
    }

    /// The changes that led to it, oldest first, as far as they can be told: for undo after a reload, so it is asked at once.
    pub fn changes(&self) -> Vec<Change> {
        let (base, time, past) = &self.past;
        recover::changes(base, *time, past, &self.log)
    }

    /// Records a change: writes it to local storage and gives what the mirror is to have.
    ///
    /// # Errors
    /// [`NotKept`] if nothing may be, or could be, written anywhere.
    pub fn keep(&mut self, change: &Change) -> Result<Written, NotKept> {
        if !self.writable {
            return Err(NotKept::ReadOnly);
        }
        let unwritable = |why: serde_json::Error| NotKept::Unwritable(why.to_string());
        let id = RecordId { tab: self.tab, number: self.number + 1 };
        let record = Record::of(change, id, self.time + 1).map_err(unwritable)?;
        let text = record.text().map_err(unwritable)?;
        let mut texts = Texts::new();
        if self.snapshot.is_none() && !self.is_begun() {
            let snapshot = self.snapshot_of_present();
            let text = snapshot.text().map_err(unwritable)?;
            self.slot = 1 - self.slot;
            texts.push((self.slot_key().to_owned(), text));
            self.build_on(snapshot);
        }
        (self.number, self.time) = (id.number, record.time);
        self.records.insert(id, (record.time, text.len()));
        texts.push((id.key(), text));
        let logged = Logged::new(record, self.present());
        let clashes = logged.clashes.clone();
        self.log.push(logged);
        self.behind.extend(texts.iter().cloned());
        Ok(Written { local: self.catch_up(), texts, clashes })
    }

    /// Whether another tab wrote the first snapshot, of which this one has not heard yet.
    fn is_begun(&self) -> bool {
        SNAPSHOT_KEYS.iter().any(|key| matches!(self.store.read(key), Ok(Some(_))))
    }

    /// Tries again what local storage refused.
    ///
    /// # Errors
    /// [`StoreError`] if it refuses again; what it refused stays in line.
    pub fn catch_up(&mut self) -> Result<(), StoreError> {
        while let Some((key, text)) = self.behind.first() {
            write_checked(&mut self.store, key, text)?;
            self.behind.remove(0);
        }
        Ok(())
    }

    /// Another tab wrote `text` under `key`: what that changes here, if it was not known.
    ///
    /// A text of a newer version forbids writing from then on.
    pub fn hear(&mut self, key: &str, text: &str) -> Option<Heard> {
        if !self.writable {
            return None;
        }
        if let Some(slot) = SNAPSHOT_KEYS.iter().position(|it| *it == key) {
            if !self.heads.insert(head(text)) {
                return None;
            }
            let snapshot = self.unless_newer(Snapshot::read(text))?;
            return self.hear_snapshot(slot, snapshot);
        }
        let id = RecordId::of_key(key).filter(|id| id.tab != self.tab && !self.knows(*id))?;
        let record = self.unless_newer(Record::read(text)).filter(|record| record.id == id)?;
        self.records.insert(id, (record.time, text.len()));
        self.time = self.time.max(record.time);
        self.early.push(record);
        let before = Rc::clone(self.present());
        let clashes = self.take_early();
        self.heard(before, clashes)
    }

    fn heard(&self, before: Rc<Workspace>, clashes: Vec<Label>) -> Option<Heard> {
        let after = Rc::clone(self.present());
        (before != after || !clashes.is_empty()).then_some(Heard { before, after, clashes })
    }

    /// Puts those in their places that came early and do not any more.
    fn take_early(&mut self) -> Vec<Label> {
        let mut clashes = Vec::new();
        // One may be what others have waited for.
        while let Some(place) = self.early.iter().position(|it| it.id.number == self.last(it.id.tab) + 1) {
            let record = self.early.remove(place);
            clashes.extend(self.insert(record));
        }
        clashes
    }

    fn unless_newer<T>(&mut self, read: Result<T, Broken>) -> Option<T> {
        if matches!(read, Err(Broken::Newer { .. })) {
            self.writable = false;
        }
        read.ok()
    }

    /// A snapshot of another tab is what all records that it does not have come after, here as for whoever reads them later.
    fn hear_snapshot(&mut self, slot: usize, snapshot: Snapshot) -> Option<Heard> {
        if self.snapshot.is_some() && snapshot.rank() <= (self.base_time, self.seen.count()) {
            return None;
        }
        let before = Rc::clone(self.present());
        self.slot = slot;
        let clashes = self.build_on(snapshot);
        self.heard(before, clashes)
    }

    /// Puts all records that `snapshot` does not have onto it; gives the clashes that were not there before.
    fn build_on(&mut self, snapshot: Snapshot) -> Vec<Label> {
        let Snapshot { workspace, time, seen } = snapshot;
        self.time = self.time.max(time);
        self.snapshot = Some(seen.clone());
        (self.base, self.base_time, self.seen) = (Rc::new(workspace), time, seen);
        let mut clashes = Vec::new();
        for old in std::mem::take(&mut self.log) {
            if !self.seen.has(old.record.id) {
                clashes.extend(self.put_again(old));
            }
        }
        self.early.retain(|record| !self.seen.has(record.id));
        clashes.extend(self.take_early());
        clashes
    }

    /// Puts a record onto the present again; gives the clashes that were not there before.
    fn put_again(&mut self, old: Logged) -> Vec<Label> {
        let again = Logged::new(old.record, self.present());
        let clashes = again.clashes.iter().filter(|clash| !old.clashes.contains(clash)).cloned().collect();
        self.log.push(again);
        clashes
    }

    /// What another tab wrote before this one listened, or while a message was lost, is read and heard.
    pub fn look_around(&mut self) -> Vec<Heard> {
        let keys = self.store.keys().unwrap_or_else(|_| Vec::new());
        let mut records: Vec<RecordId> =
            keys.iter().filter_map(|key| RecordId::of_key(key)).filter(|id| !self.knows(*id)).collect();
        records.sort();
        let snapshots = SNAPSHOT_KEYS.into_iter().map(str::to_owned);
        let texts: Texts = snapshots
            .chain(records.into_iter().map(RecordId::key))
            .filter_map(|key| self.store.read(&key).ok().flatten().map(|text| (key, text)))
            .collect();
        texts.iter().filter_map(|(key, text)| self.hear(key, text)).collect()
    }

    fn last(&self, tab: u32) -> u32 {
        let logged = self.log.iter().filter(|it| it.record.id.tab == tab).map(|it| it.record.id.number);
        logged.max().unwrap_or(0).max(self.seen.last(tab))
    }

    fn knows(&self, id: RecordId) -> bool {
        self.seen.has(id)
            || self.log.iter().any(|it| it.record.id == id)
            || self.early.iter().any(|record| record.id == id)
    }

    /// Puts a record in its place and all later ones onto it again; gives the clashes that were not there before.
    fn insert(&mut self, record: Record) -> Vec<Label> {
        let place = self.log.partition_point(|it| it.record.order() < record.order());
        let later = self.log.split_off(place);
        let logged = Logged::new(record, self.present());
        let mut clashes = logged.clashes.clone();
        self.log.push(logged);
        for old in later {
            clashes.extend(self.put_again(old));
        }
        clashes
    }

    fn snapshot_of_present(&self) -> Snapshot {
        let mut seen = self.seen.clone();
        let mut time = self.base_time;
        for logged in &self.log {
            seen.add(logged.record.id, logged.record.time);
            time = time.max(logged.record.time);
        }
        Snapshot { workspace: Workspace::clone(self.present()), time, seen }
    }

    fn slot_key(&self) -> &'static str {
        SNAPSHOT_KEYS.get(self.slot).copied().unwrap_or(SNAPSHOT_KEYS[0])
    }

    /// Whether a snapshot is due: many records since the last one, or one kept by an older version.
    pub fn is_due(&self) -> bool {
        let Some(seen) = &self.snapshot else { return self.has_former && self.writable };
        let new = self.records.iter().filter(|(id, _)| !seen.has(**id));
        let (count, length) = new.fold((0, 0), |(count, length), (_, (_, text))| (count + 1, length + text));
        self.writable && (count > DUE_RECORDS || length > DUE_LENGTH)
    }

    /// A snapshot of the present, and what to delete with it. Without a mirror a record stays until the snapshot before
    /// this one has it too: local storage may lose its last minutes.
    ///
    /// # Errors
    /// [`NotKept`] if nothing may be written.
    pub fn compaction(&self, has_mirror: bool) -> Result<Compaction, NotKept> {
        if !self.writable {
            return Err(NotKept::ReadOnly);
        }
        let snapshot = self.snapshot_of_present();
        let text = snapshot.text().map_err(|why| NotKept::Unwritable(why.to_string()))?;
        let key = SNAPSHOT_KEYS.get(1 - self.slot).copied().unwrap_or(SNAPSHOT_KEYS[0]);
        let mut newest: Vec<(u64, RecordId, usize)> =
            self.records.iter().map(|(id, (time, length))| (*time, *id, *length)).collect();
        newest.sort_by(|one, other| other.cmp(one));
        let none = Seen::default();
        let safe = if has_mirror { &snapshot.seen } else { self.snapshot.as_ref().unwrap_or(&none) };
        let mut length = 0;
        let mut records = Vec::new();
        for (place, (_, id, characters)) in newest.into_iter().enumerate() {
            length += characters;
            let is_past = place >= PAST_RECORDS || length > PAST_LENGTH;
            if is_past && snapshot.seen.has(id) && safe.has(id) {
                records.push(id);
            }
        }
        let mut delete: Vec<String> = records.iter().map(|id| id.key()).collect();
        if self.has_former && has_mirror {
            delete.push(FORMER_KEY.to_owned());
        }
        let put = vec![(key.to_owned(), text)];
        Ok(Compaction { put, delete, records, snapshot, has_mirror, is_here: false })
    }

    /// Writes the snapshot to local storage, where other tabs hear of it before anything else comes after it. Gives what came
    /// from other tabs meanwhile and goes onto the snapshot differently, and how it went.
    ///
    /// The mirror is to have it next, and then [`Keeper::clear`] deletes.
    pub fn compact(&mut self, compaction: &mut Compaction) -> (Option<Heard>, Result<(), StoreError>) {
        let written = compaction.put.iter().try_for_each(|(key, text)| write_checked(&mut self.store, key, text));
        compaction.is_here = written.is_ok();
        let heard = if written.is_ok() { self.build_on_own(compaction) } else { None };
        (heard, written)
    }

    /// Deletes in local storage what the snapshot makes superfluous, once the mirror has the snapshot, or where there is none.
    /// Where local storage had no room for the snapshot, that of the mirror is built on from now on.
    pub fn clear(&mut self, compaction: &Compaction) -> (Option<Heard>, Result<(), StoreError>) {
        if !compaction.is_here && !compaction.has_mirror {
            return (None, Ok(()));
        }
        let heard = if compaction.is_here { None } else { self.build_on_own(compaction) };
        (heard, self.delete(&compaction.delete, &compaction.records))
    }

    fn build_on_own(&mut self, compaction: &Compaction) -> Option<Heard> {
        // An older one in line would be written over a newer one.
        self.behind.retain(|(key, _)| !SNAPSHOT_KEYS.contains(&key.as_str()));
        self.heads.extend(compaction.put.iter().map(|(_, text)| head(text)));
        self.slot = 1 - self.slot;
        let before = Rc::clone(self.present());
        let clashes = self.build_on(compaction.snapshot.clone());
        self.heard(before, clashes)
    }

    fn delete(&mut self, keys: &[String], records: &[RecordId]) -> Result<(), StoreError> {
        for key in keys {
            self.store.remove(key)?;
        }
        self.has_former &= !keys.iter().any(|key| key == FORMER_KEY);
        for id in records {
            self.records.remove(id);
        }
        Ok(())
    }

    /// Copies an unreadable text to a key of its own, unless a copy is there.
    fn put_aside(&mut self, damaged: &Damaged) -> Result<(), StoreError> {
        let mut number = 1;
        while let Some(text) = self.store.read(&format!("{ASIDE_PREFIX}{number}"))? {
            if text == damaged.text || number >= ASIDE_TEXTS {
                return Ok(());
            }
            number += 1;
        }
        self.store.write(&format!("{ASIDE_PREFIX}{number}"), &damaged.text)
    }

    /// Sets all unreadable texts aside and allows writing from then on. Only when the user says so. Gives what the mirror is
    /// to have and to delete.
    ///
    /// # Errors
    /// [`StoreError`] if a copy could not be made; writing stays forbidden then.
    pub fn set_aside(&mut self) -> Result<(Texts, Vec<String>), StoreError> {
        let keys: Vec<String> = self.store.keys()?.into_iter().filter(|key| is_of_workspace(key)).collect();
        let mut copies = Texts::new();
        let mut number = 0;
        for key in &keys {
            let Some(text) = self.store.read(key)? else { continue };
            loop {
                number += 1;
                match self.store.read(&format!("{ASIDE_PREFIX}{number}"))? {
                    Some(other) if other != text => {}
                    _ => break,
                }
            }
            let aside = format!("{ASIDE_PREFIX}{number}");
            self.store.write(&aside, &text)?;
            copies.push((aside, text));
        }
        for key in &keys {
            self.store.remove(key)?;
        }
        (self.writable, self.has_former, self.snapshot) = (true, false, None);
        Ok((copies, keys))
    }

    /// Everything that is stored, as it is, for a file.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn texts(&self) -> Result<Texts, StoreError> {
        stored(&self.store)
    }
}

fn head(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Writes a text and reads it again.
fn write_checked(store: &mut impl Store, key: &str, text: &str) -> Result<(), StoreError> {
    store.write(key, text)?;
    if store.read(key)?.as_deref() == Some(text) {
        Ok(())
    } else {
        Err(StoreError::Other("it reads back differently".to_owned()))
    }
}

/// Whether a key holds a part of the workspace.
fn is_of_workspace(key: &str) -> bool {
    key == FORMER_KEY || key.starts_with(RECORD_PREFIX) || SNAPSHOT_KEYS.contains(&key)
}

/// All texts of this app in `store`.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn stored(store: &impl Store) -> Result<Texts, StoreError> {
    let mut texts = Texts::new();
    for key in store.keys()?.into_iter().filter(|key| key.starts_with(PREFIX)) {
        if let Some(text) = store.read(&key)? {
            texts.push((key, text));
        }
    }
    Ok(texts)
}
