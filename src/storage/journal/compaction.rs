//! From many records to one snapshot: when that is due, what it makes superfluous, and in which order it is written.

use std::rc::Rc;

use super::super::store::{Store, StoreError};
use super::keeper::{Heard, Keeper, NotKept, head, write_checked};
use super::record::RecordId;
use super::snapshot::{Seen, Snapshot};
use super::{FORMER_KEY, SNAPSHOT_KEYS, Texts};

/// As many records are left for undo after a snapshot has them.
const PAST_RECORDS: usize = 200;
/// And at most so many characters of them.
const PAST_LENGTH: usize = 1_200_000;
/// A snapshot is due after so many records.
pub(super) const DUE_RECORDS: usize = 100;
/// Or after so many characters of them.
const DUE_LENGTH: usize = 200_000;

/// A snapshot, and what it makes superfluous.
#[derive(Debug, Clone, PartialEq)]
pub struct Compaction {
    /// To be written to local storage, and then to the mirror, all or nothing together with `delete`.
    pub put: Texts,
    /// To be deleted.
    pub delete: Vec<String>,
    pub(super) records: Vec<RecordId>,
    pub(super) snapshot: Snapshot,
    pub(super) has_mirror: bool,
    /// Whether local storage has it.
    pub(super) is_here: bool,
}

impl<S: Store> Keeper<S> {
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
        if !self.writable || self.is_unread {
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
}
