//! The two stores of a browser. Local storage answers at once, and reaches the disk later, key by key in any order; the mirror
//! takes whole batches in turn, and answers once the disk has them. All tabs share both.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use holdfast::storage::journal::Texts;
use holdfast::storage::store::{Store, StoreError};

use crate::draw::Draw;

/// Texts by key.
pub type Side = BTreeMap<String, String>;

/// What the mirror was asked for.
#[derive(Debug, Clone)]
struct Batch {
    number: u64,
    put: Texts,
    delete: Vec<String>,
}

#[derive(Debug, Clone, Default)]
struct Inner {
    /// What the tabs see.
    local: Side,
    /// What the disk has of it.
    synced: Side,
    /// What the disk does not have yet, in order: a text, or that there is none.
    unsynced: Vec<(String, Option<String>)>,
    mirror: Side,
    batches: VecDeque<Batch>,
    last_batch: u64,
    /// Calls of local storage so far, and of the mirror.
    calls: usize,
    /// The call that fails, counted from 0, and how.
    failing: Option<(usize, Failure)>,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The store says so, this once.
    Once(StoreError),
    /// The store says so from then on.
    Always(StoreError),
    /// The store takes a text and keeps half of it, this once.
    Lie,
}

/// A disk that tabs share.
#[derive(Debug, Clone, Default)]
pub struct Disk(Rc<RefCell<Inner>>);

impl Disk {
    /// A disk with these texts on both sides.
    pub fn with(local: Side, mirror: Side) -> Disk {
        Disk(Rc::new(RefCell::new(Inner { synced: local.clone(), local, mirror, ..Inner::default() })))
    }

    /// Another disk with the same on it, of which this one knows nothing.
    pub fn copy(&self) -> Disk {
        Disk(Rc::new(RefCell::new(self.0.borrow().clone())))
    }

    pub fn local(&self) -> Side {
        self.0.borrow().local.clone()
    }

    /// Another app of the same host writes.
    pub fn put_local(&self, key: &str, text: &str) {
        let mut inner = self.0.borrow_mut();
        inner.local.insert(key.to_owned(), text.to_owned());
        inner.synced.insert(key.to_owned(), text.to_owned());
    }

    pub fn mirror(&self) -> Side {
        self.0.borrow().mirror.clone()
    }

    pub fn mirror_texts(&self) -> Texts {
        self.mirror().into_iter().collect()
    }

    /// Asks the mirror for all of this or nothing; it comes later, under the number that is given back.
    pub fn ask_mirror(&self, put: Texts, delete: Vec<String>) -> u64 {
        let mut inner = self.0.borrow_mut();
        inner.last_batch += 1;
        let number = inner.last_batch;
        inner.batches.push_back(Batch { number, put, delete });
        number
    }

    /// The mirror takes the batch whose turn it is, or refuses it: which that was.
    pub fn answer_mirror(&self, takes: bool) -> Option<u64> {
        let mut inner = self.0.borrow_mut();
        let batch = inner.batches.pop_front()?;
        if takes {
            inner.mirror.extend(batch.put);
            for key in &batch.delete {
                inner.mirror.remove(key);
            }
        }
        Some(batch.number)
    }

    /// How many batches the mirror has not answered.
    pub fn waiting(&self) -> usize {
        self.0.borrow().batches.len()
    }

    /// How many writes of local storage the disk does not have.
    pub fn unsynced(&self) -> usize {
        self.0.borrow().unsynced.len()
    }

    /// The disk has all of local storage.
    pub fn sync(&self) {
        let mut inner = self.0.borrow_mut();
        inner.unsynced.clear();
        inner.synced = inner.local.clone();
    }

    /// What is there after a crash: of what the disk did not have, the writes that `reached` says, and of the mirror's batches
    /// the first `batches`.
    pub fn crashed(&self, mut reached: impl FnMut(usize) -> bool, batches: usize) -> Disk {
        let inner = self.0.borrow();
        let mut local = inner.synced.clone();
        for (_, (key, text)) in inner.unsynced.iter().enumerate().filter(|(place, _)| reached(*place)) {
            match text {
                Some(text) => drop(local.insert(key.clone(), text.clone())),
                None => drop(local.remove(key)),
            }
        }
        let mut mirror = inner.mirror.clone();
        for batch in inner.batches.iter().take(batches) {
            mirror.extend(batch.put.iter().cloned());
            batch.delete.iter().for_each(|key| drop(mirror.remove(key)));
        }
        Disk::with(local, mirror)
    }

    /// A crash of which all is drawn.
    pub fn crashed_anyhow(&self, draw: &mut Draw) -> Disk {
        // Of one kind: all or nothing, a few, most, or in order.
        let (kind, first, batches) = (draw.below(5), draw.below(self.unsynced() + 1), draw.below(self.waiting() + 1));
        self.crashed(
            |place| match kind {
                0 => false,
                1 => draw.one_in(4),
                2 => !draw.one_in(4),
                3 => draw.one_in(2),
                _ => place < first,
            },
            batches,
        )
    }

    /// From now on the call of that number, counted from now, goes wrong.
    pub fn fail(&self, call: usize, failure: Failure) {
        let mut inner = self.0.borrow_mut();
        inner.calls = 0;
        inner.failing = Some((call, failure));
    }

    /// Nothing goes wrong any more. Whether anything had.
    pub fn heal(&self) -> bool {
        let mut inner = self.0.borrow_mut();
        let calls = inner.calls;
        inner.failing.take().is_some_and(|(call, _)| call < calls)
    }
}

impl Inner {
    /// Counts a call: whether it is to lie.
    fn call(&mut self) -> Result<bool, StoreError> {
        let call = self.calls;
        self.calls += 1;
        match &self.failing {
            Some((at, Failure::Once(why))) if *at == call => Err(why.clone()),
            Some((at, Failure::Always(why))) if *at <= call => Err(why.clone()),
            Some((at, Failure::Lie)) => Ok(*at == call),
            _ => Ok(false),
        }
    }
}

impl Store for Disk {
    fn read(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut inner = self.0.borrow_mut();
        inner.call()?;
        Ok(inner.local.get(key).cloned())
    }

    fn write(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        let mut inner = self.0.borrow_mut();
        let lies = inner.call()?;
        let half = (0..=text.len() / 2).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0);
        let text = if lies { &text[..half] } else { text };
        inner.local.insert(key.to_owned(), text.to_owned());
        inner.unsynced.push((key.to_owned(), Some(text.to_owned())));
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        let mut inner = self.0.borrow_mut();
        inner.call()?;
        inner.local.remove(key);
        inner.unsynced.push((key.to_owned(), None));
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let mut inner = self.0.borrow_mut();
        inner.call()?;
        Ok(inner.local.keys().cloned().collect())
    }
}
