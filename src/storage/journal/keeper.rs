//! Decides what is written, and does the writing to local storage.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::store::{Store, StoreError};
use super::record::{Record, RecordId};
use super::recover::{self, Logged, Outcome, Recovered};
use super::seal::Broken;
use super::snapshot::{Seen, Snapshot};
use super::{FORMER_KEY, PREFIX, RECORD_PREFIX, SNAPSHOT_KEYS, Texts};
use crate::model::change::{Change, Label};
use crate::model::workspace::Workspace;

pub use super::told::{Found, Heard, NotKept, Written};

/// Keeps a workspace.
#[derive(Debug)]
pub struct Keeper<S> {
    pub(super) store: S,
    pub(super) tab: u32,
    pub(super) number: u32,
    pub(super) time: u64,
    pub(super) writable: bool,
    /// Whether local storage could not be read at the start, so that nobody knows what is there.
    pub(super) is_unread: bool,
    /// The workspace before the first record of `log`.
    pub(super) base: Rc<Workspace>,
    /// What has gone into `base`, and when the latest of it was.
    pub(super) seen: Seen,
    pub(super) base_time: u64,
    /// The records since, in order: what all tabs put together alike.
    pub(super) log: Vec<Logged>,
    /// Records that came before those that they follow.
    pub(super) early: Vec<Record>,
    /// Every record that is stored: its time and length.
    pub(super) records: BTreeMap<RecordId, (u64, usize)>,
    /// The records in the snapshot that was read, until they are asked for.
    pub(super) past: (Rc<Workspace>, Vec<Record>),
    /// What the stored snapshot has; none is stored before the first change.
    pub(super) snapshot: Option<Seen>,
    pub(super) slot: usize,
    /// The first lines of all snapshots that were looked at, none of which has to be read again.
    pub(super) heads: BTreeSet<String>,
    /// Whether a version before 4 left its text.
    pub(super) has_former: bool,
    /// What local storage refused, to be tried again.
    pub(super) behind: Texts,
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
            is_unread: false,
            base: Rc::clone(&fresh),
            seen: Seen::default(),
            base_time: 0,
            log: Vec::new(),
            early: Vec::new(),
            records: BTreeMap::new(),
            past: (fresh, Vec::new()),
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
            Outcome::Nothing => {
                keeper.is_unread = failure.is_some();
                failure.map_or(Found::Nothing, Found::Failed)
            }
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
        self.base_time = time;
        self.time = records.values().map(|(time, _)| *time).max().unwrap_or(0).max(time);
        self.snapshot = is_stored.then(|| seen.clone());
        self.past = (Rc::clone(&base), past);
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

    /// The changes that led to it, oldest first, as far as they can be told: for undo after a reload, so it is asked at once.
    pub fn changes(&self) -> Vec<Change> {
        let (base, past) = &self.past;
        recover::changes(base, past, &self.log)
    }

    /// Records a change: writes it to local storage and gives what the mirror is to have.
    ///
    /// # Errors
    /// [`NotKept`] if nothing may be, or could be, written anywhere.
    pub fn keep(&mut self, change: &Change) -> Result<Written, NotKept> {
        if !self.writable || self.is_unread() {
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

    /// Whether there is something in local storage that could not be read at the start. Where it still cannot be read, what
    /// comes now is for the mirror.
    fn is_unread(&mut self) -> bool {
        if self.is_unread
            && let Ok(texts) = stored(&self.store)
        {
            self.is_unread = texts.iter().any(|(key, _)| is_of_workspace(key));
            return self.is_unread;
        }
        false
    }

    /// Nothing is written to local storage as long as it is not known what is there.
    fn check_read(&mut self) -> Result<(), StoreError> {
        if self.is_unread && !self.behind.is_empty() {
            let texts = stored(&self.store)?;
            self.is_unread = texts.iter().any(|(key, _)| is_of_workspace(key));
            if self.is_unread {
                let why = "what it holds could not be read when the page opened; a reload shows it";
                return Err(StoreError::Other(why.to_owned()));
            }
        }
        Ok(())
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
        self.check_read()?;
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

    pub(super) fn heard(&self, before: Rc<Workspace>, clashes: Vec<Label>) -> Option<Heard> {
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
    pub(super) fn build_on(&mut self, snapshot: Snapshot) -> Vec<Label> {
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

    pub(super) fn snapshot_of_present(&self) -> Snapshot {
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

    /// Everything that is stored, as it is, for a file.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn texts(&self) -> Result<Texts, StoreError> {
        stored(&self.store)
    }
}

pub(super) fn head(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Writes a text and reads it again.
pub(super) fn write_checked(store: &mut impl Store, key: &str, text: &str) -> Result<(), StoreError> {
    store.write(key, text)?;
    if store.read(key)?.as_deref() == Some(text) {
        Ok(())
    } else {
        Err(StoreError::Other("it reads back differently".to_owned()))
    }
}

/// Whether a key holds a part of the workspace.
pub(super) fn is_of_workspace(key: &str) -> bool {
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
