//! The durable side of what is kept: an IndexedDB that answers when the disk has it.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};

use crate::storage::journal::{PREFIX, Texts};

/// The database and its one store; apps of the same host have others.
const DATABASE: &str = "holdfast";
const STORE: &str = "texts";

/// Why the mirror did not do as asked, in the browser's words.
#[derive(Debug, Clone, PartialEq)]
pub struct NoMirror(pub String);

impl<E: std::fmt::Display> From<E> for NoMirror {
    fn from(why: E) -> NoMirror {
        NoMirror(why.to_string())
    }
}

/// The open database.
#[derive(Debug)]
pub struct Mirror(Database);

impl Mirror {
    /// Opens it, and makes it the first time.
    ///
    /// # Errors
    /// [`NoMirror`] where the browser has none for this page.
    pub async fn open() -> Result<Mirror, NoMirror> {
        let database = Database::open(DATABASE)
            .with_version(1_u8)
            .with_on_upgrade_needed(|_, database| {
                database.create_object_store(STORE).build()?;
                Ok(())
            })
            .await?;
        Ok(Mirror(database))
    }

    /// Everything in it.
    ///
    /// # Errors
    /// [`NoMirror`] if it cannot be read.
    pub async fn texts(&self) -> Result<Texts, NoMirror> {
        let transaction = self.0.transaction(STORE).build()?;
        let store = transaction.object_store(STORE)?;
        let keys = store.get_all_keys::<String>().primitive()?.await?;
        let texts = store.get_all::<String>().primitive()?.await?;
        let mut all = Texts::new();
        for (key, text) in keys.zip(texts) {
            all.push((key?, text?));
        }
        all.retain(|(key, _)| key.starts_with(PREFIX));
        Ok(all)
    }

    /// Puts and deletes, all or nothing. The answer comes when the disk has it.
    ///
    /// # Errors
    /// [`NoMirror`]; nothing of it is done then.
    pub async fn write(&self, put: &Texts, delete: &[String]) -> Result<(), NoMirror> {
        let transaction = self
            .0
            .transaction(STORE)
            .with_mode(TransactionMode::Readwrite)
            .with_options(TransactionOptions::new().with_durability(TransactionDurability::Strict))
            .build()?;
        let store = transaction.object_store(STORE)?;
        for (key, text) in put {
            store.put(text.as_str()).with_key(key.as_str()).build()?;
        }
        for key in delete {
            store.delete(key.as_str()).build()?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
