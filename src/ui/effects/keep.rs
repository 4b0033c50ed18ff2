//! Saving as one subscriber to the state: loads at the start, writes after each settled change.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;

use crate::model::month::Month;
use crate::model::sample::sample_workspace;
use crate::state::{Keeping, State};
use crate::storage::envelope::{self, Kept, Unreadable};
use crate::storage::keeper::{Keeper, Loaded, WORKSPACE_KEY};
use crate::storage::store::{LocalStore, Store};
use crate::ui::shared::Shared;

/// What keeps the workspace. It is fetched apart from the rest of the app, so it is known by what it does.
pub trait Keep {
    /// Writes the state's workspace and says how that went.
    fn keep(&self, state: &State) -> Keeping;
    /// Sets an unreadable text aside, so that changes are kept again.
    fn set_aside(&self) -> Keeping;
}

impl Keep for RefCell<Keeper<LocalStore>> {
    fn keep(&self, state: &State) -> Keeping {
        match self.borrow_mut().keep(&kept(state)) {
            Ok(()) => Keeping::Kept,
            Err(why) => Keeping::NotKept(why.to_string()),
        }
    }

    fn set_aside(&self) -> Keeping {
        match self.borrow_mut().set_aside() {
            Ok(()) => Keeping::Pending,
            Err(why) => Keeping::NotKept(why.to_string()),
        }
    }
}

fn kept(state: &State) -> Kept {
    Kept { workspace: (*state.workspace).clone(), seller_shown: state.seller.clone() }
}

/// The state's workspace as the text of a file.
///
/// # Errors
/// Why it cannot be put into words, which takes a number that is none.
pub fn file_text(state: &State) -> Result<String, Unreadable> {
    envelope::write(&kept(state))
}

/// The kept workspace, opened.
pub struct Opened {
    /// The state to begin with.
    pub state: State,
    /// What writes it from now on.
    pub keeper: Shared<dyn Keep>,
}

/// The state for a visitor of whom nothing is kept.
pub fn sample(month: Month) -> State {
    State::new(sample_workspace(month))
}

/// Whether nothing is kept yet, so that there is nothing to open.
pub fn is_fresh() -> bool {
    LocalStore.read(WORKSPACE_KEY) == Ok(None)
}

/// Loads what is kept.
pub fn open(month: Month) -> Opened {
    let mut keeper = Keeper::new(LocalStore);
    let state = match keeper.load() {
        Loaded::Nothing => sample(month),
        Loaded::Workspace(kept) => {
            State { seller: kept.seller_shown, keeping: Keeping::Kept, ..State::new(kept.workspace) }
        }
        Loaded::Unreadable { why, text } => {
            State { keeping: Keeping::ReadOnly { why: why.to_string(), text: text.into() }, ..sample(month) }
        }
        Loaded::Failed(why) => State { keeping: Keeping::NotKept(why.to_string()), ..sample(month) },
    };
    let keeper: Rc<dyn Keep> = Rc::new(RefCell::new(keeper));
    Opened { state, keeper: Shared::from(keeper) }
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
