//! The new book.

use std::collections::HashMap;

use super::preview::{Change, ImportedAccount, Preview};
use crate::model::account::{AccountId, Origin};
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
    let place_of = |change: Change| match change {
        Change::Added => None,
        Change::Updated(id) | Change::Unchanged(id) => places.get(&id),
    };
    // New accounts get their ids first: one of them may have sent another.
    let given: HashMap<AccountId, AccountId> = preview
        .accounts
        .iter()
        .filter(|imported| place_of(imported.change).is_none())
        .map(|imported| (imported.account.id, after.take_id()))
        .collect();
    let real = |id: AccountId| given.get(&id).copied().unwrap_or(id);
    let with_ids = |imported: &ImportedAccount| {
        let mut account = imported.account.clone();
        account.id = real(account.id);
        if let Origin::Referral { sent_by } = &mut account.origin {
            *sent_by = sent_by.map(real);
        }
        account
    };
    for imported in &preview.accounts {
        match place_of(imported.change) {
            // Left alone, it goes on being shared with the book before.
            Some(_) if matches!(imported.change, Change::Unchanged(_)) => {}
            Some(place) => {
                if let Some(account) = after.accounts.get_mut(*place) {
                    *account = with_ids(imported);
                }
            }
            None => after.accounts.push(with_ids(imported)),
        }
    }
    after
}
