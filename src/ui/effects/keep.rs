//! Saving as one subscriber to the state: loads at the start, writes each change as it is made.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Math, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use yew::Callback;

use super::lock;
use super::mirror::Mirror;
use crate::model::change::{Change, Label};
use crate::model::month::Month;
use crate::model::sample::sample_workspace;
use crate::state::action::Action;
use crate::state::backup::Backup;
use crate::state::{Keeping, Room, State};
use crate::storage::envelope::{self, Kept, Unreadable};
use crate::storage::journal::keeper::{Found, Heard, Keeper, NotKept, Written, stored};
use crate::storage::journal::recover::Damaged;
use crate::storage::journal::{FORMER_KEY, PREFIX, RECORD_PREFIX, SNAPSHOT_KEYS, Texts};
use crate::storage::preferences::{PREFERENCES_KEY, Preferences};
use crate::storage::store::{LocalStore, Store, StoreError};
use crate::ui::shared::Shared;

/// How long the mirror may take to open, milliseconds. A browser that never answers must not keep the page from its data.
const PATIENCE: i32 = 3_000;
/// A save in so many measures how full the storage is.
const MEASURE_EVERY: u32 = 20;

/// What keeps the workspace. It is fetched apart from the rest of the app, so it is known by what it does.
pub trait Keep {
    /// Writes changes; `report` is told how that went, now and when the disk has them.
    fn keep(self: Rc<Self>, changes: &[Change], report: Callback<Action>);
    /// Tries again what could not be written.
    fn try_again(self: Rc<Self>, report: Callback<Action>);
    /// Another tab wrote under a key; what that changes here.
    fn hear(&self, key: &str, text: &str) -> Option<Action>;
    /// What this tab may have missed while nobody listened.
    fn look_around(&self) -> Vec<Action>;
    /// Sets unreadable texts aside, so that changes are kept again.
    fn set_aside(self: Rc<Self>, report: Callback<Action>);
    /// The steps that can be undone from earlier visits.
    fn steps(&self) -> Vec<Change>;
    /// Mends what needs it, once the page is at rest: a copy that one side lacks, a snapshot that is due.
    fn settle(self: Rc<Self>, report: Callback<Action>);
    /// Everything that is stored, as it is, as the text of a file.
    fn raw(&self) -> String;
    /// Remembers how the workspace is shown. Nobody misses it if it fails.
    fn remember(&self, state: &State);
}

struct Desk {
    keeper: RefCell<Keeper<LocalStore>>,
    mirror: Option<Mirror>,
    /// What the mirror refused, to be written with the next.
    behind: RefCell<Texts>,
    /// Writes that the mirror has not answered.
    waiting: Cell<u32>,
    saves: Cell<u32>,
    is_settling: Cell<bool>,
    /// Whether it was told that local storage refuses what the mirror takes.
    is_refusal_told: Cell<bool>,
}

impl Desk {
    /// What the screen says after `local` and the mirror have answered.
    fn status(&self, local: &Result<(), StoreError>, mirrored: bool) -> Keeping {
        match (local, mirrored) {
            (_, true) => Keeping::Saved,
            (Ok(()), false) => Keeping::Written(
                "This browser does not say when a change reaches its disk: if it crashes within seconds, the last changes \
                 may be gone. Save a file now and then."
                    .to_owned(),
            ),
            (Err(why), false) => Keeping::NotKept(why.to_string()),
        }
    }

    async fn mirrored(&self, texts: Texts) -> bool {
        let Some(mirror) = &self.mirror else { return false };
        let mut all = self.behind.take();
        all.extend(texts);
        let done = mirror.write(&all, &[]).await.is_ok();
        if !done {
            // In front of what was refused meanwhile.
            all.append(&mut self.behind.borrow_mut());
            self.behind.replace(all);
        }
        done
    }

    fn finish(self: Rc<Self>, written: Vec<Written>, report: Callback<Action>) {
        let mut texts = Texts::new();
        let mut local = Ok(());
        for one in written {
            texts.extend(one.texts);
            local = one.local;
            for clash in one.clashes {
                report.emit(Action::Noticed(clash));
            }
        }
        self.saves.set(self.saves.get() + 1);
        if self.saves.get() % MEASURE_EVERY == 1
            && let Some(room) = room()
        {
            report.emit(Action::RoomMeasured(room));
        }
        self.waiting.set(self.waiting.get() + 1);
        spawn_local(async move {
            // What was refused before must be there too, or what came after it cannot be used.
            let mirrored = self.mirrored(texts).await && self.behind.borrow().is_empty();
            self.waiting.set(self.waiting.get() - 1);
            if let Err(why) = &local
                && mirrored
                && !self.is_refusal_told.replace(true)
            {
                report.emit(Action::Noticed(Label::plain(format!("{why} Until then one copy is kept, not two."))));
            }
            if self.waiting.get() == 0 {
                report.emit(Action::KeepingChanged(self.status(&local, mirrored)));
            }
            if self.keeper.borrow().is_due() {
                self.settle(report);
            }
        });
    }
}

impl Keep for Desk {
    fn keep(self: Rc<Self>, changes: &[Change], report: Callback<Action>) {
        let mut written = Vec::new();
        for change in changes {
            match self.keeper.borrow_mut().keep(change) {
                Ok(one) => written.push(one),
                Err(why) => return report.emit(Action::KeepingChanged(not_kept(&why))),
            }
        }
        self.finish(written, report);
    }

    fn try_again(self: Rc<Self>, report: Callback<Action>) {
        let local = self.keeper.borrow_mut().catch_up();
        self.finish(vec![Written { texts: Texts::new(), local, clashes: Vec::new() }], report);
    }

    fn hear(&self, key: &str, text: &str) -> Option<Action> {
        self.keeper.borrow_mut().hear(key, text).map(changed_elsewhere)
    }

    fn look_around(&self) -> Vec<Action> {
        self.keeper.borrow_mut().look_around().into_iter().map(changed_elsewhere).collect()
    }

    fn set_aside(self: Rc<Self>, report: Callback<Action>) {
        let aside = self.keeper.borrow_mut().set_aside();
        match aside {
            Ok((copies, keys)) => {
                report.emit(Action::KeepingChanged(Keeping::NothingYet));
                spawn_local(async move {
                    if let Some(mirror) = &self.mirror {
                        // Where it fails the copies in local storage are there, and the texts are found again.
                        let _ = mirror.write(&copies, &keys).await;
                    }
                });
            }
            Err(why) => report.emit(Action::KeepingChanged(Keeping::NotKept(why.to_string()))),
        }
    }

    fn steps(&self) -> Vec<Change> {
        self.keeper.borrow().changes()
    }

    fn settle(self: Rc<Self>, report: Callback<Action>) {
        if self.is_settling.get() || !self.keeper.borrow().is_due() {
            return;
        }
        self.is_settling.set(true);
        spawn_local(async move {
            let desk = Rc::clone(&self);
            lock::alone(async move {
                for action in desk.look_around() {
                    report.emit(action);
                }
                let compaction = desk.keeper.borrow().compaction(desk.mirror.is_some());
                let Ok(mut compaction) = compaction else { return };
                let (heard, written) = desk.keeper.borrow_mut().compact(&mut compaction);
                heard.into_iter().for_each(|heard| report.emit(changed_elsewhere(heard)));
                if let Some(mirror) = &desk.mirror
                    && mirror.write(&compaction.put, &compaction.delete).await.is_err()
                {
                    // It goes with the next change, which may come after nothing that the mirror has.
                    desk.behind.borrow_mut().extend(compaction.put);
                    return;
                }
                desk.behind.borrow_mut().retain(|(key, _)| !SNAPSHOT_KEYS.contains(&key.as_str()));
                let (heard, cleared) = desk.keeper.borrow_mut().clear(&compaction);
                heard.into_iter().for_each(|heard| report.emit(changed_elsewhere(heard)));
                if let Err(why) = written.and(cleared) {
                    // Said as a notice, since nothing is lost.
                    report.emit(Action::Noticed(Label::plain(why.to_string())));
                }
                if let Some(room) = room() {
                    report.emit(Action::RoomMeasured(room));
                }
            })
            .await;
            self.is_settling.set(false);
        });
    }

    fn raw(&self) -> String {
        raw_text(self.keeper.borrow().texts())
    }

    fn remember(&self, state: &State) {
        let Backup { saved_on, since, quiet_until, changes } = state.backup;
        let preferences = Preferences {
            seller_shown: state.own_seller().clone(),
            names_hidden: state.names_hidden,
            saved_on,
            changes,
            since,
            quiet_until,
            is_told: state.is_told,
        };
        if let Some(text) = preferences.text() {
            let mut store = LocalStore;
            let _ = store.write(PREFERENCES_KEY, &text);
        }
    }
}

fn not_kept(why: &NotKept) -> Keeping {
    let words = why.to_string();
    if *why == NotKept::ReadOnly { Keeping::ReadOnly { why: words } } else { Keeping::NotKept(words) }
}

fn changed_elsewhere(heard: Heard) -> Action {
    Action::ChangedElsewhere { before: heard.before, after: heard.after, clashes: heard.clashes }
}

fn raw_text(texts: Result<Texts, StoreError>) -> String {
    let texts: std::collections::BTreeMap<String, String> =
        texts.unwrap_or_else(|_| Texts::new()).into_iter().collect();
    serde_json::to_string_pretty(&texts).unwrap_or_else(|_| String::new())
}

/// How much of local storage is taken, by all apps of this host.
fn room() -> Option<Room> {
    let keys = LocalStore.keys().ok()?;
    let length = |text: &str| text.encode_utf16().count();
    let mut taken = 0;
    for key in keys {
        taken += length(&key) + LocalStore.read(&key).ok().flatten().map_or(0, |text| length(&text));
    }
    Some(Room { taken })
}

/// The state's workspace as the text of a file: without names where they are hidden.
///
/// # Errors
/// Why it cannot be put into words, which takes a number that is none.
pub fn file_text(state: &State) -> Result<String, Unreadable> {
    let seller_shown = if state.names_hidden { None } else { state.seller.clone() };
    envelope::write(&Kept { workspace: (*state.shown()).clone(), seller_shown })
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

/// Whether local storage has nothing yet, so that the sample can be shown without waiting.
pub fn is_fresh() -> bool {
    let keys = LocalStore.keys();
    keys.is_ok_and(|keys| {
        let is_ours =
            |key: &String| key == FORMER_KEY || key.starts_with(RECORD_PREFIX) || SNAPSHOT_KEYS.contains(&key.as_str());
        !keys.iter().any(is_ours)
    })
}

/// A number for this tab that no other is likely to draw.
pub fn draw() -> u32 {
    // From 1 to 2^32 - 1.
    (Math::random() * f64::from(u32::MAX)) as u32 + 1
}

/// Opens the mirror and reads it, unless that takes too long.
async fn mirrored() -> Option<(Mirror, Texts)> {
    let result: Rc<RefCell<Option<(Mirror, Texts)>>> = Rc::default();
    let opened = Rc::clone(&result);
    let opening = future_to_promise(async move {
        if let Ok(mirror) = Mirror::open().await
            && let Ok(texts) = mirror.texts().await
        {
            opened.replace(Some((mirror, texts)));
        }
        Ok(JsValue::UNDEFINED)
    });
    let late = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a timer only the mirror is waited for.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE);
        }
    });
    let _ = JsFuture::from(Promise::race(&js_sys::Array::of2(&opening, &late))).await;
    result.take()
}

/// Loads what is kept.
pub async fn open(month: Month) -> Opened {
    let (mirror, mirror_texts) = mirrored().await.map_or((None, Texts::new()), |(mirror, texts)| (Some(mirror), texts));
    let local = stored(&LocalStore);
    let is_local_empty = local.as_ref().is_ok_and(|texts| texts.iter().all(|(key, _)| key == PREFERENCES_KEY));
    let tab = draw();
    let (keeper, found) = Keeper::open(LocalStore, tab, local, &mirror_texts, sample_workspace(month));
    let mut state = State { workspace: Rc::clone(keeper.present()), ..sample(month).in_tab(tab) };
    let mut mending = (Texts::new(), Vec::new());
    match found {
        Found::Nothing => {}
        Found::Workspace { damaged, is_healed, clashes, lacking_in_mirror } => {
            state.keeping = if mirror.is_some() { Keeping::Saved } else { written_only() };
            state.notices.extend(clashes);
            if !damaged.is_empty() {
                state.notices.push(Label::plain(damage_words(damaged.len(), is_healed)));
            } else if is_local_empty {
                state.notices.push(Label::plain(
                    "This browser had cleared one of the two copies of your workspace; the other was whole, and both are \
                     there again. Save a file, in case it clears both.",
                ));
            }
            let is_in_mirror = |it: &Damaged| mirror_texts.iter().any(|(key, text)| *key == it.key && *text == it.text);
            let is_replaced = |it: &Damaged| lacking_in_mirror.iter().any(|(key, _)| *key == it.key);
            let gone = damaged.into_iter().filter(|it| is_in_mirror(it) && !is_replaced(it)).map(|it| it.key);
            mending = (lacking_in_mirror.clone(), gone.collect());
        }
        Found::Unreadable { why } => {
            state = State { keeping: Keeping::ReadOnly { why }, ..sample(month).in_tab(tab) };
        }
        Found::Failed(why) => state.keeping = Keeping::NotKept(why.to_string()),
    }
    read_preferences(&mut state);
    state.room = room();
    let desk = Desk {
        keeper: RefCell::new(keeper),
        mirror,
        behind: RefCell::default(),
        waiting: Cell::new(0),
        saves: Cell::new(0),
        is_settling: Cell::new(false),
        is_refusal_told: Cell::new(false),
    };
    let (lacking, damaged) = mending;
    if let Some(mirror) = desk.mirror.as_ref().filter(|_| !(lacking.is_empty() && damaged.is_empty())) {
        // What is damaged was set aside in local storage already; if this fails, all of it is found again.
        let _ = mirror.write(&lacking, &damaged).await;
    }
    let keeper: Rc<dyn Keep> = Rc::new(desk);
    Opened { state, keeper: Shared::from(keeper) }
}

fn written_only() -> Keeping {
    Keeping::Written(
        "This browser has no second store for this page, and does not say when a change reaches its disk: if it crashes \
         within seconds, the last changes may be gone. Save a file now and then."
            .to_owned(),
    )
}

fn damage_words(number: usize, is_healed: bool) -> String {
    let parts = crate::text::number::counted(number, "part", "parts");
    if is_healed {
        format!("{parts} of what this browser keeps had been damaged; the second copy was whole, so nothing is lost.")
    } else {
        format!(
            "{parts} of what this browser keeps had been damaged: you see the last state that is whole. The damaged text is \
             set aside; Data, “Save what is stored” gives it to you as a file."
        )
    }
}

fn read_preferences(state: &mut State) {
    let text = LocalStore.read(PREFERENCES_KEY).ok().flatten();
    let preferences = text.map_or_else(Preferences::default, |text| Preferences::read(&text));
    let Preferences { seller_shown, names_hidden, saved_on, changes, since, quiet_until, is_told } = preferences;
    state.backup = Backup { saved_on, since, quiet_until, changes };
    (state.names_hidden, state.is_told) = (names_hidden, is_told);
    let is_there = |seller: &String| state.workspace.book.sellers().contains_key(seller.as_str());
    state.seller = seller_shown.filter(is_there);
}

/// Asks the browser not to clear what is kept when room is short.
pub fn ask_to_persist() {
    if let Some(window) = web_sys::window() {
        let storage = window.navigator().storage();
        // It may be refused, and some browsers do not know the question; the words on the screen hold either way.
        if !storage.is_undefined() {
            let _ = storage.persist();
        }
    }
}

/// Calls `on_leaving` when the page is hidden or left: the last moment to write.
pub fn listen_leaving(on_leaving: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "pagehide", move |_| on_leaving()))
}

/// Calls `on_written` with key and text when another tab writes, and without when the storage is cleared.
pub fn listen_elsewhere(on_written: impl Fn(Option<(&str, &str)>) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "storage", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::StorageEvent>() else { return };
        match (event.key(), event.new_value()) {
            (Some(key), Some(text)) if key.starts_with(PREFIX) => on_written(Some((&key, &text))),
            (None, _) => on_written(None),
            _ => {}
        }
    }))
}
