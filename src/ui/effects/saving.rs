//! When the state is handed to what keeps it: each change as it is made, and what was found to the state.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::keep::{self, Keep, Opened};
use crate::model::month::Month;
use crate::state::action::Action;
use crate::state::{Keeping, State};
use crate::ui::parts;
use crate::ui::shared::Shared;

/// The state and what keeps it, as those see them who outlive the render that made them.
pub type Latest = Rc<RefCell<(Shared<State>, Option<Shared<dyn Keep>>)>>;

/// What saving looks at and reports to.
pub struct Saving {
    /// The state.
    pub state: Shared<State>,
    /// What keeps it, once it is there.
    pub keeper: UseStateHandle<Option<Shared<dyn Keep>>>,
    /// Both, for later.
    pub latest: Latest,
    /// Where to report to.
    pub dispatch: Callback<Action>,
    /// Today.
    pub today: NaiveDate,
}

/// Fetches the keeper where the app began without it, hands it each change as it is made, and remembers how the workspace is
/// shown.
#[hook]
pub fn use_saving(saving: Saving) {
    let Saving { state, keeper, latest, dispatch, today } = saving;
    let fetch_keeper = {
        let (dispatch, keeper, latest) = (dispatch.clone(), keeper.setter(), latest.clone());
        move |tell_failure: bool| {
            let (dispatch, keeper, latest) = (dispatch.clone(), keeper.clone(), latest.clone());
            spawn_local(async move {
                match parts::open_kept(Month::of(today)).await {
                    // Another fetch was quicker.
                    Ok(_) if latest.borrow().1.is_some() => {}
                    Ok(Opened { state, keeper: fetched }) => {
                        dispatch.emit(Action::KeptFound(Box::new(state)));
                        keeper.set(Some(fetched));
                    }
                    Err(why) if tell_failure => {
                        let why = format!("{why} The next change is kept as soon as it is there.");
                        dispatch.emit(Action::KeepingChanged(Keeping::NotKept(why)));
                    }
                    Err(_) => {}
                }
            });
        }
    };
    {
        let (fetch_keeper, is_missing) = (fetch_keeper.clone(), keeper.is_none());
        use_effect_with((), move |()| {
            // The keeper first, since it is wanted soonest. Nothing waits to be kept yet, so a failure is told when
            // something does.
            if is_missing {
                fetch_keeper(false);
            }
            spawn_local(parts::fetch_all());
        });
    }
    {
        let dispatch = dispatch.clone();
        use_effect_with((*keeper).clone(), move |keeper| {
            if let Some(keeper) = keeper {
                let steps = keeper.steps();
                if !steps.is_empty() {
                    dispatch.emit(Action::StepsRemembered(steps));
                }
                keeper.look_around().into_iter().for_each(|action| dispatch.emit(action));
                keeper.rc().settle(dispatch);
            }
        });
    }
    {
        let latest = latest.clone();
        let is_read_only = matches!(state.keeping, Keeping::ReadOnly { .. });
        use_effect_with((state.untold().1, (*keeper).clone(), is_read_only), move |(_, keeper, is_read_only)| {
            let state = latest.borrow().0.clone();
            let (changes, through) = state.untold();
            if changes.is_empty() || *is_read_only {
                return;
            }
            let Some(keeper) = keeper else { return fetch_keeper(true) };
            keeper.rc().keep(changes, dispatch.clone());
            dispatch.emit(Action::ChangesHanded { through, on: today });
            if state.owes_whereabouts() {
                keep::ask_to_persist();
                dispatch.emit(Action::WhereaboutsTold);
            }
        });
    }
    let remembered = (state.own_seller().clone(), state.names_hidden, state.backup, state.is_told);
    use_effect_with(remembered, move |_| {
        if let (state, Some(keeper)) = &*latest.borrow() {
            keeper.remember(state);
        }
    });
}
