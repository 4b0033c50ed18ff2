//! Which columns of earlier files were taken for what, in local storage. Nobody misses it if it cannot be had.

use crate::storage::csv::{MAPPINGS_KEY, Mapping, Remembered, Table};
use crate::storage::store::{LocalStore, Store};

fn remembered() -> Remembered {
    LocalStore.read(MAPPINGS_KEY).ok().flatten().map(|text| Remembered::read(&text)).unwrap_or_default()
}

/// The mapping that was used for a file with the same headings.
pub fn mapping_for(table: &Table) -> Option<Mapping> {
    remembered().mapping_for(table)
}

/// Remembers what was used.
pub fn remember(table: &Table, mapping: &Mapping) {
    let mut remembered = remembered();
    remembered.remember(table, mapping);
    if let Some(text) = remembered.text() {
        LocalStore.write(MAPPINGS_KEY, &text).ok();
    }
}
