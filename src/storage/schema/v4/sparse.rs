//! Columns whose cells are mostly the same, written short.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::v1::{Invalid, invalid};

/// A column in runs of equal cells: how many, and which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Runs<T>(Vec<(usize, T)>);

impl<T> Default for Runs<T> {
    fn default() -> Runs<T> {
        Runs(Vec::new())
    }
}

impl<T: PartialEq + Copy> Runs<T> {
    /// The cells in runs; nothing at all if every one is `usual`.
    pub fn of(cells: impl Iterator<Item = T>, usual: T) -> Runs<T> {
        let mut runs: Vec<(usize, T)> = Vec::new();
        for cell in cells {
            match runs.last_mut() {
                Some((count, last)) if *last == cell => *count += 1,
                _ => runs.push((1, cell)),
            }
        }
        if runs.iter().all(|(_, cell)| *cell == usual) {
            runs.clear();
        }
        Runs(runs)
    }

    /// Whether every cell is the usual one.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The `count` cells.
    ///
    /// # Errors
    /// [`Invalid`] if there are not just as many.
    pub fn cells(self, name: &str, count: usize, usual: T) -> Result<Vec<T>, Invalid> {
        if self.0.is_empty() {
            return Ok(vec![usual; count]);
        }
        let mut cells = Vec::with_capacity(count);
        for (many, cell) in self.0 {
            if many > count - cells.len() {
                return Err(invalid(name, "it has more cells than there are accounts"));
            }
            cells.resize(cells.len() + many, cell);
        }
        if cells.len() == count { Ok(cells) } else { Err(invalid(name, "it has fewer cells than there are accounts")) }
    }
}

/// A column of words out of a short list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    words: Vec<String>,
    of: Runs<usize>,
}

impl Words {
    /// The words; nothing at all if every one is empty.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Words {
        if cells.clone().all(str::is_empty) {
            return Words::default();
        }
        let mut places = BTreeMap::new();
        let mut words = Vec::new();
        let mut cell = |word: &'a str| {
            *places.entry(word).or_insert_with(|| {
                words.push(word.to_owned());
                words.len() - 1
            })
        };
        let cells: Vec<usize> = cells.map(&mut cell).collect();
        // No cell is `usize::MAX`, so the runs are written also where all are the same word.
        Words { of: Runs::of(cells.into_iter(), usize::MAX), words }
    }

    /// Whether every word is empty.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The `count` words.
    ///
    /// # Errors
    /// [`Invalid`] if there are not just as many, or one is not in the list.
    pub fn cells(self, name: &str, count: usize) -> Result<Vec<String>, Invalid> {
        if self.words.is_empty() {
            return Ok(vec![String::new(); count]);
        }
        let word = |place: usize| self.words.get(place).cloned().ok_or_else(|| invalid(name, "a word is missing"));
        self.of.cells(name, count, usize::MAX)?.into_iter().map(word).collect()
    }
}

/// What only some rows have, by the number of the row.
pub type Sparse<T> = BTreeMap<usize, T>;
