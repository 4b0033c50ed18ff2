//! Columns whose cells are mostly the same, written short.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::v1::{Invalid, invalid};

/// A column in runs of equal cells: how many, and which.
#[derive(Debug, Clone, PartialEq)]
pub struct Runs<T>(Vec<(usize, T)>);

/// A run as written: version 4 wrote all of them as `[count, cell]`, version 5 writes a single cell as such.
struct Run<T>(usize, T);

impl<T: Serialize> Serialize for Run<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Run(count, cell) = self;
        if *count == 1 { cell.serialize(serializer) } else { (count, cell).serialize(serializer) }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Run<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Run<T>, D::Error> {
        deserializer.deserialize_any(RunVisitor(PhantomData))
    }
}

struct RunVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for RunVisitor<T> {
    type Value = Run<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a cell, or how many and a cell")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Run<T>, E> {
        T::deserialize(number.into_deserializer()).map(|cell| Run(1, cell))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Run<T>, E> {
        T::deserialize(number.into_deserializer()).map(|cell| Run(1, cell))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Run<T>, E> {
        T::deserialize(number.into_deserializer()).map(|cell| Run(1, cell))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Run<T>, E> {
        T::deserialize(word.into_deserializer()).map(|cell| Run(1, cell))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, run: A) -> Result<Run<T>, A::Error> {
        <(usize, T)>::deserialize(SeqAccessDeserializer::new(run)).map(|(count, cell)| Run(count, cell))
    }
}

impl<T: Serialize> Serialize for Runs<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(count, cell)| Run(*count, cell)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Runs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Runs<T>, D::Error> {
        let runs: Vec<Run<T>> = Vec::deserialize(deserializer)?;
        Ok(Runs(runs.into_iter().map(|Run(count, cell)| (count, cell)).collect()))
    }
}

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
