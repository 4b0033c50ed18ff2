//! The new book.

use std::collections::HashMap;

use super::preview::{Change, Preview};
use crate::model::book::{Book, Provenance};

/// The book after an import: changed accounts in their places, new ones at the end, with new ids.
///
/// The book becomes the user's own; a sample or shared one makes way. A preview without accounts gives the book as it
/// was: a file that cannot be read must not cost the sample.
///
/// Give it the book that the preview was made for; an account that has gone since comes back as a new one.
pub fn apply(preview: &Preview, book: &Book) -> Book {
    if preview.accounts.is_empty() {
        return book.clone();
    }
    let mut after = Book { provenance: Provenance::Own, ..book.clone() };
    if book.provenance != Provenance::Own {
        // The ids of the accounts that leave are not used again.
        after.accounts.clear();
    }
    let places: HashMap<_, _> = after.accounts.iter().enumerate().map(|(place, account)| (account.id, place)).collect();
    for imported in &preview.accounts {
        let place = match imported.change {
            Change::Added => None,
            Change::Updated(id) | Change::Unchanged(id) => places.get(&id),
        };
        match place {
            // Left alone, it goes on being shared with the book before.
            Some(_) if matches!(imported.change, Change::Unchanged(_)) => {}
            Some(place) => {
                if let Some(account) = after.accounts.get_mut(*place) {
                    account.clone_from(&imported.account);
                }
            }
            None => {
                let mut account = imported.account.clone();
                account.id = after.take_id();
                after.accounts.push(account);
            }
        }
    }
    after
}
