//! Where texts are kept: a small trait, so that everything above it can be tested without a browser.

use std::fmt;

/// Why storage did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// There is no storage: blocked by a setting or a private window.
    Blocked,
    /// There is no room left; the old text is still whole.
    Full,
    /// Something else, in the browser's words.
    Other(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Blocked => write!(
                f,
                "This browser keeps nothing for this page (blocked, or a private window): save a file before you leave."
            ),
            StoreError::Full => {
                write!(
                    f,
                    "This browser has no room left for this page: save a file, then remove accounts or other data."
                )
            }
            StoreError::Other(why) => write!(f, "This browser did not keep the change ({why}): save a file."),
        }
    }
}

impl std::error::Error for StoreError {}

/// A place for texts by key.
pub trait Store {
    /// The text under `key`, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be asked.
    fn read(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Puts `text` under `key`. On failure the old text is still there.
    ///
    /// # Errors
    /// [`StoreError`] if it was not kept.
    fn write(&mut self, key: &str, text: &str) -> Result<(), StoreError>;

    /// Takes the text under `key` away, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] if it is still there.
    fn remove(&mut self, key: &str) -> Result<(), StoreError>;

    /// All keys, also those of other apps of the same host.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be asked.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// The browser's local storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalStore;

#[cfg(target_arch = "wasm32")]
mod local {
    use gloo_storage::{LocalStorage, Storage};
    use wasm_bindgen::JsValue;

    use super::{LocalStore, Store, StoreError};

    /// `LocalStorage::raw` panics where storage is blocked, so that is asked first.
    fn storage() -> Result<web_sys::Storage, StoreError> {
        let available = web_sys::window().and_then(|window| window.local_storage().ok().flatten()).is_some();
        if available { Ok(LocalStorage::raw()) } else { Err(StoreError::Blocked) }
    }

    fn other(why: &JsValue) -> StoreError {
        let name = js_sys::Reflect::get(why, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StoreError::Full,
            Some("SecurityError") => StoreError::Blocked,
            Some(name) => StoreError::Other(name.to_owned()),
            None => StoreError::Other("unknown".to_owned()),
        }
    }

    impl Store for LocalStore {
        fn read(&self, key: &str) -> Result<Option<String>, StoreError> {
            storage()?.get_item(key).map_err(|why| other(&why))
        }

        fn write(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
            storage()?.set_item(key, text).map_err(|why| other(&why))
        }

        fn remove(&mut self, key: &str) -> Result<(), StoreError> {
            storage()?.remove_item(key).map_err(|why| other(&why))
        }

        fn keys(&self) -> Result<Vec<String>, StoreError> {
            let storage = storage()?;
            let count = storage.length().map_err(|why| other(&why))?;
            (0..count).filter_map(|index| storage.key(index).map_err(|why| other(&why)).transpose()).collect()
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Store for LocalStore {
    fn read(&self, _key: &str) -> Result<Option<String>, StoreError> {
        Err(StoreError::Blocked)
    }

    fn write(&mut self, _key: &str, _text: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }

    fn remove(&mut self, _key: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Err(StoreError::Blocked)
    }
}
