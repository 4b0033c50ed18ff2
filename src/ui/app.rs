//! The app: holds the state, derives the answers once, and connects pages with the outside world.

use std::rc::Rc;

use chrono::NaiveDate;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::components::banners::banners;
use super::components::header::{DataChoice, HeaderView, header};
use super::effects::files::GivenFile;
use super::effects::keep::{Keep, Opened};
use super::effects::{address, clock, files, keep, screen};
use super::pages::payoff::PayoffPage;
use super::parts::{self, Answer, Given, Later, Part, Scene};
use super::route::{Page, Route};
use super::shared::Shared;
use crate::model::month::Month;
use crate::state::action::Action;
use crate::state::derived::Answers;
use crate::state::{Keeping, State};
use crate::storage::keeper::{CHANGED_ELSEWHERE, WORKSPACE_KEY};

/// How long after a change it is written, so that a drag is written once, milliseconds.
const KEEP_AFTER: u32 = 300;
/// How long a number must rest before the exact answer is worked out, milliseconds.
const RESTED_AFTER: u32 = 150;

/// The state as Yew's reducer wants it.
#[derive(PartialEq)]
struct AppState(Shared<State>);

impl Reducible for AppState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(AppState(Shared::new(State::clone(&self.0).after(action))))
    }
}

/// What is open above the page.
#[derive(Debug, Clone, PartialEq)]
enum Overlay {
    Nothing,
    Given(Given),
    Share,
}

/// What the app begins with.
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// The state.
    pub state: Shared<State>,
    /// What keeps it, unless that has yet to be fetched.
    pub keeper: Option<Shared<dyn Keep>>,
    /// Today.
    pub today: NaiveDate,
}

impl AppProps {
    /// Opens what is kept. A visitor of whom nothing is kept need not wait for that: the sample book is there at once.
    pub async fn open() -> AppProps {
        let today = clock::today();
        let month = Month::of(today);
        if keep::is_fresh() {
            return AppProps { state: Shared::new(keep::sample(month)), keeper: None, today };
        }
        match parts::open_kept(month).await {
            Ok(Opened { state, keeper }) => AppProps { state: Shared::new(state), keeper: Some(keeper), today },
            Err(why) => {
                let keeping =
                    Keeping::NotKept(format!("{why} What this browser keeps is untouched; a reload shows it."));
                let state = State { keeping, ..keep::sample(month) };
                AppProps { state: Shared::new(state), keeper: None, today }
            }
        }
    }
}

/// Fetches the keeper of an app that began without one. Whatever is kept by now came from another tab, and stays.
async fn fetch_keeper(month: Month) -> Result<Shared<dyn Keep>, Keeping> {
    let opened = parts::open_kept(month)
        .await
        .map_err(|why| Keeping::NotKept(format!("{why} The next change is kept as soon as it is there.")))?;
    match opened.state.keeping {
        Keeping::NothingYet => Ok(opened.keeper),
        Keeping::Kept | Keeping::Pending => Err(Keeping::NotKept(CHANGED_ELSEWHERE.to_owned())),
        problem => Err(problem),
    }
}

/// The app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let today = props.today;
    let month = Month::of(today);
    let app = use_reducer(|| AppState(props.state.clone()));
    let keeper = use_state(|| props.keeper.clone());
    let state = &app.0;
    let route = use_state(address::current);
    let dark = use_state(screen::is_dark);
    let hovering = use_state(|| false);
    let overlay = use_state(|| Overlay::Nothing);
    let file_problem = use_state(|| None::<String>);
    let link_problem = use_state(|| None::<String>);
    let dispatch = {
        let dispatcher = app.dispatcher();
        Callback::from(move |action: Action| dispatcher.dispatch(action))
    };
    // What listeners see: they outlive the render that made them.
    let latest = use_mut_ref(|| (state.clone(), None));
    *latest.borrow_mut() = (state.clone(), (*keeper).clone());

    let answers = use_mut_ref(Answers::default);
    let payoff = answers.borrow_mut().of(state).map(Shared::from);
    {
        let dispatch = dispatch.clone();
        use_effect_with((state.moving, state.clone()), move |(moving, _)| {
            let timer = moving.then(|| Timeout::new(RESTED_AFTER, move || dispatch.emit(Action::MoveRested)));
            move || drop(timer)
        });
    }

    let on_given = {
        let (overlay, file_problem) = (overlay.setter(), file_problem.setter());
        Callback::from(move |file: GivenFile| {
            let (overlay, file_problem) = (overlay.clone(), file_problem.clone());
            spawn_local(async move {
                match parts::read_file(file).await {
                    Ok(given) => {
                        file_problem.set(None);
                        overlay.set(Overlay::Given(given));
                    }
                    Err(why) => file_problem.set(Some(why)),
                }
            });
        })
    };

    {
        let (route, dark, hovering) = (route.setter(), dark.setter(), hovering.setter());
        let (dispatch, on_given) = (dispatch.clone(), on_given.clone());
        use_effect_with((), move |()| {
            let mut listeners: Vec<EventListener> = Vec::new();
            listeners.extend(address::listen(move |now| route.set(now)));
            listeners.extend(screen::listen_dark(move |now| dark.set(now)));
            let pressed = dispatch.clone();
            listeners.extend(screen::listen_keys(move |key| {
                pressed.emit(match key {
                    screen::Shortcut::Undo => Action::Undone,
                    screen::Shortcut::Redo => Action::Redone,
                });
            }));
            listeners.extend(files::listen_drops(move |now| hovering.set(now), move |given| on_given.emit(given)));
            listeners.extend(keep::listen_elsewhere(WORKSPACE_KEY, move || {
                dispatch.emit(Action::KeepingChanged(Keeping::NotKept(CHANGED_ELSEWHERE.to_owned())));
            }));
            move || drop(listeners)
        });
    }

    // A shared plan in the address is opened, beside the user's own workspace.
    {
        let (dispatch, link_problem) = (dispatch.clone(), link_problem.setter());
        use_effect_with((*route).clone(), move |route: &Route| {
            let (Some(payload), page) = (route.plan.clone(), route.page) else { return };
            spawn_local(async move {
                match parts::open_link(payload).await {
                    Ok(opened) => {
                        dispatch.emit(opened);
                        link_problem.set(None);
                    }
                    Err(why) => {
                        address::forget_plan(page);
                        link_problem.set(Some(why));
                    }
                }
            });
        });
    }

    // The parts that the first screen does without: the keeper first, since it is wanted soonest.
    let with_keeper = {
        let (dispatch, keeper) = (dispatch.clone(), keeper.setter());
        move |tell_failure: bool| {
            spawn_local(async move {
                match fetch_keeper(month).await {
                    Ok(fetched) => keeper.set(Some(fetched)),
                    Err(keeping) if tell_failure => dispatch.emit(Action::KeepingChanged(keeping)),
                    Err(_) => {}
                }
            });
        }
    };
    {
        let (with_keeper, missing) = (with_keeper.clone(), keeper.is_none());
        use_effect_with((), move |()| {
            if missing {
                // Nothing waits to be kept yet, so a failure is told when something does.
                with_keeper(false);
            }
            spawn_local(parts::fetch_all());
        });
    }

    // Saving: a while after the last change, and at once when the page is left.
    {
        let (dispatch, latest) = (dispatch.clone(), latest.clone());
        let pending = state.keeping == Keeping::Pending && state.visit.is_none();
        let keeper = (*keeper).clone();
        use_effect_with(
            (Shared::from(Rc::clone(&state.workspace)), state.seller.clone(), pending, keeper),
            move |(_, _, pending, keeper)| {
                let keeper = keeper.clone();
                let timer = pending.then(|| {
                    Timeout::new(KEEP_AFTER, move || match keeper {
                        Some(keeper) => dispatch.emit(Action::KeepingChanged(keeper.keep(&latest.borrow().0))),
                        None => with_keeper(true),
                    })
                });
                move || drop(timer)
            },
        );
    }
    {
        let latest = latest.clone();
        use_effect_with((), move |()| {
            let listener = keep::listen_leaving(move || {
                if let (state, Some(keeper)) = &*latest.borrow()
                    && state.keeping == Keeping::Pending
                    && state.visit.is_none()
                {
                    // Nobody is left to be told of a failure; the text before is still whole.
                    let _ = keeper.keep(state);
                }
            });
            move || drop(listener)
        });
    }

    let on_save_file = {
        let (latest, file_problem) = (latest.clone(), file_problem.setter());
        Callback::from(move |()| {
            let (state, file_problem) = (latest.borrow().0.clone(), file_problem.clone());
            spawn_local(async move {
                match parts::file_text(state).await {
                    Ok(text) => files::save(&format!("holdfast-{today}.json"), &text),
                    Err(why) => file_problem.set(Some(why)),
                }
            });
        })
    };
    let on_data = {
        let (dispatch, on_save_file) = (dispatch.clone(), on_save_file.clone());
        Callback::from(move |choice: DataChoice| match choice {
            DataChoice::SaveFile => on_save_file.emit(()),
            DataChoice::Sample => dispatch.emit(Action::SampleOpened(month)),
            DataChoice::EmptyBook => dispatch.emit(Action::EmptyBookStarted),
        })
    };
    let on_file = Callback::from(move |event: Event| {
        let on_given = on_given.clone();
        files::read_chosen(&event, move |given| on_given.emit(given));
    });
    let on_answer = {
        let (dispatch, latest, on_save_file) = (dispatch.clone(), latest.clone(), on_save_file.clone());
        let (link_problem, file_problem, page) = (link_problem.setter(), file_problem.setter(), route.page);
        Callback::from(move |answer: Answer| {
            let (state, keeper) = latest.borrow().clone();
            match answer {
                Answer::KeepVisit | Answer::EndVisit => {
                    address::forget_plan(page);
                    let kept = answer == Answer::KeepVisit;
                    dispatch.emit(if kept { Action::VisitKept } else { Action::VisitEnded });
                }
                Answer::LinkProblemRead => link_problem.set(None),
                Answer::FileProblemRead => file_problem.set(None),
                Answer::SaveUnreadable => {
                    if let Keeping::ReadOnly { text, .. } = &state.keeping {
                        files::save("holdfast-stored.json", text);
                    }
                }
                Answer::SetAside => {
                    if let Some(keeper) = keeper {
                        dispatch.emit(Action::KeepingChanged(keeper.set_aside()));
                    }
                }
                Answer::SaveFile => on_save_file.emit(()),
            }
        })
    };
    let close = {
        let overlay = overlay.setter();
        Callback::from(move |()| overlay.set(Overlay::Nothing))
    };
    let on_share = {
        let overlay = overlay.setter();
        Callback::from(move |()| overlay.set(Overlay::Share))
    };

    let scene = Scene {
        state: state.clone(),
        payoff: payoff.as_ref().ok().cloned(),
        today,
        given: if let Overlay::Given(given) = &*overlay { Some(given.clone()) } else { None },
        findings: Rc::default(),
        on_action: dispatch.clone(),
        on_closed: close,
        link_problem: (*link_problem).clone(),
        file_problem: (*file_problem).clone(),
        on_answer,
    };
    let later = |part: Part| html! { <Later key={part.name()} {part} scene={scene.clone()} /> };
    let page = match (route.page, &payoff) {
        (Page::Payoff, Ok(payoff)) => {
            html! { <PayoffPage scene={scene.clone()} payoff={payoff.clone()} dark={*dark} /> }
        }
        (Page::Payoff, Err(problem)) => html! {
            <main id="main"><p class="problem" role="alert">{ problem.to_string() }</p></main>
        },
        (Page::Accounts, _) => later(Part::Accounts),
        (Page::Method, _) => later(Part::Method),
    };
    html! {
        <>
            { header(&HeaderView {
                page: route.page,
                state,
                on_seller: dispatch.reform(Action::SellerChosen),
                on_undo: dispatch.reform(|()| Action::Undone),
                on_redo: dispatch.reform(|()| Action::Redone),
                on_share,
                on_data,
                on_file,
            }) }
            { banners(&scene) }
            { page }
            <p class="announcement" role="status">{ state.announcement.clone().unwrap_or_else(String::new) }</p>
            if *hovering {
                <div class="drop-hint" aria-hidden="true"><p>{ "Drop the file to import accounts or restore a saved file" }</p></div>
            }
            {
                match *overlay {
                    Overlay::Nothing => Html::default(),
                    Overlay::Given(_) => later(Part::Given),
                    Overlay::Share => later(Part::Share),
                }
            }
        </>
    }
}
