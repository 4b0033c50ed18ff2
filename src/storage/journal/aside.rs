//! What cannot be read is copied to keys of its own before anything else is written.

use super::super::store::{Store, StoreError};
use super::keeper::{Keeper, is_of_workspace};
use super::recover::Damaged;
use super::{ASIDE_PREFIX, Texts};

/// So many unreadable texts are set aside, each once.
const ASIDE_TEXTS: usize = 40;

impl<S: Store> Keeper<S> {
    /// Copies an unreadable text to a key of its own, unless a copy is there.
    pub(super) fn put_aside(&mut self, damaged: &Damaged) -> Result<(), StoreError> {
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
}
