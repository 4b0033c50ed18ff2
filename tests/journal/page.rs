//! A tab as the app runs it: the state, the keeper, and who is told what when. What `ui::effects` does with a browser is done
//! here with a [`Disk`].

use std::collections::BTreeMap;
use std::rc::Rc;

use holdfast::model::change::Label;
use holdfast::model::workspace::Workspace;
use holdfast::state::action::Action;
use holdfast::state::{Keeping, State};
use holdfast::storage::journal::compaction::Compaction;
use holdfast::storage::journal::keeper::{Found, Heard, Keeper, NotKept, stored};
use holdfast::storage::journal::{SNAPSHOT_KEYS, Texts};
use holdfast::storage::store::StoreError;

use crate::disk::Disk;
use crate::generate::as_of;

/// A tab.
pub struct Page {
    pub disk: Disk,
    pub keeper: Keeper<Disk>,
    pub state: State,
    pub found: Found,
    has_mirror: bool,
    /// What the mirror refused, to be written with the next.
    behind: Texts,
    /// What was asked of the mirror and is not answered, by batch.
    asked: BTreeMap<u64, Asked>,
    /// How local storage took the last changes.
    local: Result<(), StoreError>,
    /// Keys and texts that were written, for the other tabs to be told.
    pub sent: Texts,
    /// All that was said about changes that clash.
    pub clashes: Vec<Label>,
    /// Every change that was kept: before and after.
    pub kept: Vec<(Rc<Workspace>, Rc<Workspace>)>,
}

enum Asked {
    /// Texts of changes, and how many changes had been kept by then.
    Changes(Texts, usize),
    Compaction(Box<Compaction>),
}

impl Page {
    /// Opens what the disk has, as a tab of that number.
    pub fn open(disk: &Disk, tab: u32, has_mirror: bool, fresh: &Workspace) -> Page {
        let mirror = if has_mirror { disk.mirror_texts() } else { Texts::new() };
        let (keeper, found) = Keeper::open(disk.clone(), tab, stored(disk), &mirror, fresh.clone());
        let mut state = State::new(fresh.clone()).in_tab(tab);
        let mut clashes = Vec::new();
        match &found {
            Found::Workspace { clashes: told, .. } => {
                state = State { workspace: Rc::clone(keeper.present()), keeping: Keeping::Saved, ..state };
                clashes.extend(told.iter().cloned());
            }
            Found::Unreadable { why } => state.keeping = Keeping::ReadOnly { why: why.clone() },
            Found::Failed(why) => state.keeping = Keeping::NotKept(why.to_string()),
            Found::Nothing => {}
        }
        let mut page = Page {
            disk: disk.clone(),
            keeper,
            state,
            found,
            has_mirror,
            behind: Texts::new(),
            asked: BTreeMap::new(),
            local: Ok(()),
            sent: Texts::new(),
            clashes,
            kept: Vec::new(),
        };
        page.dispatch(Action::StepsRemembered(page.keeper.changes()));
        page.look_around();
        page
    }

    fn dispatch(&mut self, action: Action) {
        let opened = State::new(Workspace::clone(&self.state.workspace));
        self.state = std::mem::replace(&mut self.state, opened).after(action);
    }

    /// Something happens, and what it changes is handed to the keeper.
    pub fn act(&mut self, action: Action) {
        self.dispatch(action);
        self.hand();
    }

    fn hand(&mut self) {
        let (changes, through) = self.state.untold();
        if changes.is_empty() || matches!(self.state.keeping, Keeping::ReadOnly { .. }) {
            return;
        }
        let mut texts = Texts::new();
        for change in changes {
            match self.keeper.keep(change) {
                Ok(written) => {
                    texts.extend(written.texts);
                    self.local = written.local;
                    self.clashes.extend(written.clashes);
                    self.kept.push((Rc::clone(&change.before), Rc::clone(&change.after)));
                }
                Err(why) => {
                    self.state.keeping = match why {
                        NotKept::ReadOnly => Keeping::ReadOnly { why: why.to_string() },
                        NotKept::Unwritable(_) => Keeping::NotKept(why.to_string()),
                    };
                    return;
                }
            }
        }
        self.dispatch(Action::ChangesHanded { through, on: as_of().first_day() });
        self.ask(texts);
    }

    /// Texts that are in local storage: told to the other tabs, and asked of the mirror.
    fn ask(&mut self, texts: Texts) {
        if self.local.is_ok() {
            self.sent.extend(texts.iter().cloned());
        }
        if self.has_mirror {
            let mut all = std::mem::take(&mut self.behind);
            all.extend(texts);
            let number = self.disk.ask_mirror(all.clone(), Vec::new());
            self.asked.insert(number, Asked::Changes(all, self.kept.len()));
        } else {
            self.state.keeping = self.status(false);
        }
    }

    fn status(&self, is_mirrored: bool) -> Keeping {
        match &self.local {
            _ if is_mirrored => Keeping::Saved,
            Ok(()) => Keeping::Written("The browser does not say when.".to_owned()),
            Err(why) => Keeping::NotKept(why.to_string()),
        }
    }

    /// Whether local storage refused something.
    pub const fn is_behind(&self) -> bool {
        self.local.is_err()
    }

    /// The user asks to try again.
    pub fn try_again(&mut self) {
        self.local = self.keeper.catch_up();
        self.ask(Texts::new());
    }

    /// The mirror answered this tab. Gives how many of its changes are saved by that, where the screen says so.
    pub fn answered(&mut self, number: u64, was_taken: bool) -> Option<usize> {
        match self.asked.remove(&number)? {
            Asked::Changes(mut texts, changes) => {
                if !was_taken {
                    texts.append(&mut self.behind);
                    self.behind = texts;
                }
                let waits = self.asked.values().any(|asked| matches!(asked, Asked::Changes(..)));
                let is_mirrored = was_taken && self.behind.is_empty();
                if !waits {
                    self.state.keeping = self.status(is_mirrored);
                }
                (!waits && is_mirrored).then_some(changes)
            }
            Asked::Compaction(compaction) => {
                if was_taken {
                    self.behind.retain(|(key, _)| !SNAPSHOT_KEYS.contains(&key.as_str()));
                    let (heard, _) = self.keeper.clear(&compaction);
                    self.take(heard);
                } else {
                    self.behind.extend(compaction.put);
                }
                None
            }
        }
    }

    /// Lets the mirror answer all, and takes the answers.
    pub fn finish(&mut self) {
        while let Some(number) = self.disk.answer_mirror(true) {
            self.answered(number, true);
        }
    }

    pub fn is_settling(&self) -> bool {
        self.asked.values().any(|asked| matches!(asked, Asked::Compaction(_)))
    }

    /// Makes a snapshot, as the app does at rest.
    pub fn settle(&mut self) {
        if self.is_settling() {
            return;
        }
        self.look_around();
        let Ok(mut compaction) = self.keeper.compaction(self.has_mirror) else { return };
        let (heard, written) = self.keeper.compact(&mut compaction);
        self.take(heard);
        if written.is_ok() {
            self.sent.extend(compaction.put.iter().cloned());
        }
        if self.has_mirror {
            let number = self.disk.ask_mirror(compaction.put.clone(), compaction.delete.clone());
            self.asked.insert(number, Asked::Compaction(Box::new(compaction)));
        } else {
            let (heard, _) = self.keeper.clear(&compaction);
            self.take(heard);
        }
    }

    fn take(&mut self, heard: Option<Heard>) {
        if let Some(heard) = heard {
            self.clashes.extend(heard.clashes.iter().cloned());
            self.act(Action::ChangedElsewhere { before: heard.before, after: heard.after, clashes: heard.clashes });
        }
    }

    /// Another tab wrote.
    pub fn hear(&mut self, key: &str, text: &str) {
        let heard = self.keeper.hear(key, text);
        self.take(heard);
    }

    /// What this tab may have missed.
    pub fn look_around(&mut self) {
        self.keeper.look_around().into_iter().for_each(|heard| self.take(Some(heard)));
    }
}
