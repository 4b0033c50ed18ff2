//! Decides what is written, and does the writing to local storage.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::store::{Store, StoreError};
use super::record::{Record, RecordId};
use super::recover::{self, Damaged, Logged, Outcome, Recovered};
use super::snapshot::{Seen, Snapshot};
use super::{ASIDE_PREFIX, FORMER_KEY, PREFIX, RECORD_PREFIX, SNAPSHOT_KEYS, Texts};
use crate::model::change::{Change, Label};
use crate::model::workspace::Workspace;

/// As many records are left for undo after a snapshot has them.
const PAST_RECORDS: usize = 200;
/// And at most so many characters of them.
const PAST_LENGTH: usize = 1_200_000;
/// A snapshot is due after so many records.
const DUE_RECORDS: usize = 100;
/// Or after so many characters of them.
const DUE_LENGTH: usize = 200_000;
/// So many records of the present are remembered one by one, so that a late one can be put in its place.
const LOG_RECORDS: usize = 300;
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

/// A snapshot, and what it makes superfluous.
#[derive(Debug, Clone, PartialEq)]
pub struct Compaction {
    /// To be written to the mirror first, all or nothing together with `delete`.
    pub put: Texts,
    /// To be deleted.
    pub delete: Vec<String>,
    records: Vec<RecordId>,
    seen: Seen,
    time: u64,
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
    /// What has gone into `base`.
    seen: Seen,
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
        let outcome = recover::recover(&local, mirror);
        let has_former = local.iter().any(|(key, _)| key == FORMER_KEY);
        let fresh = Rc::new(fresh);
        let mut keeper = Keeper {
            tab,
            number: 0,
            time: 0,
            writable: true,
            base: Rc::clone(&fresh),
            seen: Seen::default(),
            log: Vec::new(),
            early: Vec::new(),
            records: BTreeMap::new(),
            past: (fresh, 0, Vec::new()),
            snapshot: None,
            slot: 1,
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
            Outcome::State(state) => keeper.take(*state, &local, mirror),
        };
        (keeper, found)
    }

    fn take(&mut self, state: Recovered, local: &Texts, mirror: &Texts) -> Found {
        let Recovered { seen, time, base, is_stored, slot, log, past, records, damaged, is_healed, .. } = state;
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
        let is_damaged = |it: &(String, String)| damaged.iter().any(|of| of.key == it.0 && of.text == it.1);
        let lacking = |there: &Texts, here: &Texts| -> Texts {
            let has = |key: &str| here.iter().any(|it| it.0 == key && !is_damaged(it));
            let is_wanted =
                |it: &&(String, String)| is_of_workspace(&it.0) && it.0 != FORMER_KEY && !is_damaged(it) && !has(&it.0);
            there.iter().filter(is_wanted).cloned().collect()
        };
        for (key, text) in lacking(mirror, local) {
            // What is refused is still in the mirror, and is tried again the next time.
            let _ = self.store.write(&key, &text);
        }
        let lacking_in_mirror = lacking(local, mirror);
        Found::Workspace { damaged, is_healed, clashes, lacking_in_mirror }
    }

    /// The workspace as far as it is recorded.
    pub fn present(&self) -> &Rc<Workspace> {
        self.log.last().map_or(&self.base, |last| &last.after)
    }

    /// The changes that led to it, oldest first, as far as they can be told: for undo after a reload.
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
        if self.snapshot.is_none() {
            let snapshot = self.snapshot_of_present();
            self.slot = 1 - self.slot;
            texts.push((self.slot_key().to_owned(), snapshot.text().map_err(unwritable)?));
            self.snapshot = Some(snapshot.seen);
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

    /// Tries again what local storage refused.
    ///
    /// # Errors
    /// [`StoreError`] if it refuses again; what it refused stays in line.
    pub fn catch_up(&mut self) -> Result<(), StoreError> {
        while let Some((key, text)) = self.behind.first() {
            self.store.write(key, text)?;
            if self.store.read(key)?.as_ref() != Some(text) {
                return Err(StoreError::Other("it reads back differently".to_owned()));
            }
            self.behind.remove(0);
        }
        Ok(())
    }

    /// Another tab wrote `text` under `key`: what that changes here, if it is a record that was not known.
    pub fn hear(&mut self, key: &str, text: &str) -> Option<Heard> {
        let id = RecordId::of_key(key).filter(|id| id.tab != self.tab && !self.knows(*id))?;
        let record = Record::read(text).ok().filter(|record| record.id == id)?;
        if !self.writable {
            return None;
        }
        self.records.insert(id, (record.time, text.len()));
        self.time = self.time.max(record.time);
        self.early.push(record);
        let before = Rc::clone(self.present());
        let mut clashes = Vec::new();
        // One may be what others have waited for.
        while let Some(place) = self.early.iter().position(|it| it.id.number == self.last(it.id.tab) + 1) {
            let record = self.early.remove(place);
            clashes.extend(self.insert(record));
        }
        let after = Rc::clone(self.present());
        (before != after || !clashes.is_empty()).then_some(Heard { before, after, clashes })
    }

    /// What another tab wrote before this one listened, or while a message was lost, is read and heard.
    pub fn look_around(&mut self) -> Vec<Heard> {
        let keys = self.store.keys().unwrap_or_else(|_| Vec::new());
        let mut records: Vec<RecordId> =
            keys.iter().filter_map(|key| RecordId::of_key(key)).filter(|id| !self.knows(*id)).collect();
        records.sort();
        let texts: Texts = records
            .into_iter()
            .filter_map(|id| self.store.read(&id.key()).ok().flatten().map(|text| (id.key(), text)))
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
            let again = Logged::new(old.record, self.present());
            clashes.extend(again.clashes.iter().filter(|clash| !old.clashes.contains(clash)).cloned());
            self.log.push(again);
        }
        clashes
    }

    fn snapshot_of_present(&self) -> Snapshot {
        let mut seen = self.seen.clone();
        let mut time = self.past.1;
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
        Ok(Compaction { put: vec![(key.to_owned(), text)], delete, records, seen: snapshot.seen, time: snapshot.time })
    }

    /// Does in local storage what the mirror has done: writes the snapshot, and deletes only when it is there.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is deleted then.
    pub fn compact(&mut self, compaction: Compaction) -> Result<(), StoreError> {
        self.slot = 1 - self.slot;
        self.snapshot = Some(compaction.seen);
        for (key, text) in &compaction.put {
            self.store.write(key, text)?;
            if self.store.read(key)?.as_ref() != Some(text) {
                return Err(StoreError::Other("it reads back differently".to_owned()));
            }
        }
        for key in &compaction.delete {
            self.store.remove(key)?;
        }
        self.has_former &= !compaction.delete.iter().any(|key| key == FORMER_KEY);
        for id in compaction.records {
            self.records.remove(&id);
        }
        while self.log.len() > LOG_RECORDS {
            let oldest = self.log.remove(0);
            self.seen.add(oldest.record.id, oldest.record.time);
            self.base = oldest.after;
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
