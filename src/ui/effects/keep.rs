//! Saving as one subscriber to the state: loads at the start, writes after each settled change.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;

use crate::model::month::Month;
use crate::model::sample::sample_workspace;
use crate::state::{Keeping, State};
use crate::storage::envelope::{self, Kept};
use crate::storage::keeper::{Keeper, Loaded};
use crate::storage::store::LocalStore;

/// The keeper, shared between the effects of the app.
pub type SharedKeeper = Rc<RefCell<Keeper<LocalStore>>>;

/// Loads what is kept: the state to open with and the keeper to write by.
pub fn open(month: Month) -> (State, SharedKeeper) {
    let mut keeper = Keeper::new(LocalStore);
    let sample = || State::new(sample_workspace(month));
    let state = match keeper.load() {
        Loaded::Nothing => sample(),
        Loaded::Workspace(kept) => {
            State { seller: kept.seller_shown, keeping: Keeping::Kept, ..State::new(kept.workspace) }
        }
        Loaded::Unreadable { why, text } => {
            State { keeping: Keeping::ReadOnly { why: why.to_string(), text: text.into() }, ..sample() }
        }
        Loaded::Failed(why) => State { keeping: Keeping::NotKept(why.to_string()), ..sample() },
    };
    (state, Rc::new(RefCell::new(keeper)))
}

fn kept(state: &State) -> Kept {
    Kept { workspace: (*state.workspace).clone(), seller_shown: state.seller.clone() }
}

/// Writes the state's workspace and says how that went.
pub fn keep(keeper: &SharedKeeper, state: &State) -> Keeping {
    match keeper.borrow_mut().keep(&kept(state)) {
        Ok(()) => Keeping::Kept,
        Err(why) => Keeping::NotKept(why.to_string()),
    }
}

/// Sets an unreadable text aside, so that changes are kept again.
pub fn set_aside(keeper: &SharedKeeper) -> Keeping {
    match keeper.borrow_mut().set_aside() {
        Ok(()) => Keeping::Pending,
        Err(why) => Keeping::NotKept(why.to_string()),
    }
}

/// The state's workspace as the text of a file.
pub fn file_text(state: &State) -> Option<String> {
    envelope::write(&kept(state)).ok()
}

/// Calls `on_leaving` when the page is hidden or left: the last moment to write.
pub fn listen_leaving(on_leaving: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "pagehide", move |_| on_leaving()))
}

/// Calls `on_changed` when another tab writes under `key`.
pub fn listen_elsewhere(key: &'static str, on_changed: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "storage", move |event| {
        let changed = event.dyn_ref::<web_sys::StorageEvent>().and_then(web_sys::StorageEvent::key);
        if changed.as_deref() == Some(key) {
            on_changed();
        }
    }))
}
