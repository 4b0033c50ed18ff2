//! The app: holds the state, derives the answers once, and connects pages with the outside world.

use std::rc::Rc;

use chrono::NaiveDate;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::components::banners::banners;
use super::components::header::{DataChoice, HeaderView, header};
use super::effects::files::GivenFile;
use super::effects::keep::{Keep, Opened};
use super::effects::saving::{Latest, Saving, use_saving};
use super::effects::{address, clock, files, keep, screen};
use super::pages::payoff::PayoffPage;
use super::parts::{self, Answer, Given, Later, Part, Scene};
use super::route::{Page, Route};
use super::shared::Shared;
use crate::model::bounds::Input;
use crate::model::change::Label;
use crate::model::month::Month;
use crate::state::action::Action;
use crate::state::derived::Answers;
use crate::state::{Keeping, State};

/// Said when another tab, or the user, cleared local storage.
const CLEARED: &str =
    "What this browser keeps for this page was just cleared. What you see is still here: save a file now.";
/// How long an announcement stays, milliseconds.
const SAID_FOR: u32 = 12_000;
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
    Touch,
    Why(Input),
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
            return AppProps { state: Shared::new(keep::sample(month).in_tab(keep::draw())), keeper: None, today };
        }
        match parts::open_kept(month).await {
            Ok(Opened { state, keeper }) => AppProps { state: Shared::new(state), keeper: Some(keeper), today },
            Err(why) => {
                let why = format!("{why} What this browser keeps is untouched; a reload shows it.");
                let keeping = Keeping::NotKept(why);
                let state = State { keeping, ..keep::sample(month).in_tab(keep::draw()) };
                AppProps { state: Shared::new(state), keeper: None, today }
            }
        }
    }
}

/// Offers everything that is stored as a file.
fn save_stored(keeper: &Option<Shared<dyn Keep>>) {
    if let Some(keeper) = keeper {
        files::save("holdfast-stored.json", &keeper.raw());
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
    let latest: Latest = use_mut_ref(|| (state.clone(), None));
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

    {
        let dispatch = dispatch.clone();
        use_effect_with(state.announcement.clone(), move |said| {
            let said = said.is_some();
            let timer = said.then(|| Timeout::new(SAID_FOR, move || dispatch.emit(Action::Announced(None))));
            move || drop(timer)
        });
    }

    // The number of the file that is read: with the next one, or once its dialog is closed, no part of it counts.
    let reading = use_mut_ref(|| 0u32);
    let on_given = {
        let (overlay, file_problem, dispatch) = (overlay.setter(), file_problem.setter(), dispatch.clone());
        let reading = reading.clone();
        Callback::from(move |file: GivenFile| {
            let (overlay, file_problem, dispatch) = (overlay.clone(), file_problem.clone(), dispatch.clone());
            *reading.borrow_mut() += 1;
            let (reading, number) = (reading.clone(), *reading.borrow());
            let said =
                Label { text: format!("Reading {} …", file.name), nameless: "Reading the file …".to_owned() };
            dispatch.emit(Action::Announced(Some(said)));
            spawn_local(async move {
                // So that it can be seen: reading leaves no time between.
                TimeoutFuture::new(0).await;
                let name = file.name.clone();
                let (current, to) = (reading.clone(), overlay.clone());
                let on_part = Callback::from(move |part| {
                    if *current.borrow() == number {
                        to.set(Overlay::Given(Given::Reading { file: name.clone(), part }));
                    }
                });
                let read = parts::read_file(file, on_part).await;
                if *reading.borrow() != number {
                    return;
                }
                dispatch.emit(Action::Announced(None));
                match read {
                    Ok(given) => {
                        file_problem.set(None);
                        overlay.set(Overlay::Given(given));
                    }
                    Err(why) => {
                        overlay.set(Overlay::Nothing);
                        file_problem.set(Some(why));
                    }
                }
            });
        })
    };

    {
        let (route, dark, hovering, overlay) = (route.setter(), dark.setter(), hovering.setter(), overlay.setter());
        let (dispatch, on_given, listening) = (dispatch.clone(), on_given.clone(), latest.clone());
        use_effect_with((), move |()| {
            let mut listeners: Vec<EventListener> = Vec::new();
            listeners.extend(address::listen(move |now| route.set(now)));
            listeners.extend(screen::listen_dark(move |now| dark.set(now)));
            let pressed = dispatch.clone();
            let listening_keys = listening.clone();
            listeners.extend(screen::listen_keys(move |key| {
                let is_hidden = listening_keys.borrow().0.names_hidden;
                pressed.emit(match key {
                    screen::Shortcut::Undo => Action::Undone,
                    screen::Shortcut::Redo => Action::Redone,
                    screen::Shortcut::HideNames => Action::NamesHidden(!is_hidden),
                    screen::Shortcut::Touch => return overlay.set(Overlay::Touch),
                });
            }));
            let on_pasted = on_given.clone();
            listeners.extend(files::listen_pastes(move |given| on_pasted.emit(given)));
            listeners.extend(files::listen_drops(move |now| hovering.set(now), move |given| on_given.emit(given)));
            let leaving = dispatch.clone();
            listeners.extend(keep::listen_leaving(move || leaving.emit(Action::PageLeft)));
            listeners.extend(keep::listen_elsewhere(move |written| {
                // Before the keeper is there nothing is missed: it reads all that is stored.
                let Some(keeper) = listening.borrow().1.clone() else { return };
                match written {
                    Some((key, text)) => keeper.hear(key, text).into_iter().for_each(|action| dispatch.emit(action)),
                    None => dispatch.emit(Action::Noticed(Label::plain(CLEARED))),
                }
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

    // Another page begins at its top.
    let shown = use_mut_ref(|| route.page);
    use_effect_with(route.page, move |page| {
        if shown.replace(*page) != *page {
            screen::to_top();
        }
    });

    use_saving(Saving {
        state: state.clone(),
        keeper: keeper.clone(),
        latest: latest.clone(),
        dispatch: dispatch.clone(),
        today,
    });

    let on_save_file = {
        let (latest, file_problem, dispatch) = (latest.clone(), file_problem.setter(), dispatch.clone());
        Callback::from(move |()| {
            let (state, file_problem, dispatch) = (latest.borrow().0.clone(), file_problem.clone(), dispatch.clone());
            spawn_local(async move {
                match parts::file_text(state).await {
                    Ok(text) => {
                        files::save(&format!("holdfast-{today}.json"), &text);
                        dispatch.emit(Action::BackupSaved(today));
                    }
                    Err(why) => file_problem.set(Some(why)),
                }
            });
        })
    };
    let on_data = {
        let (dispatch, on_save_file, latest, overlay) =
            (dispatch.clone(), on_save_file.clone(), latest.clone(), overlay.setter());
        Callback::from(move |choice: DataChoice| match choice {
            DataChoice::LogTouch => overlay.set(Overlay::Touch),
            DataChoice::SaveStored => save_stored(&latest.borrow().1),
            DataChoice::HideNames => dispatch.emit(Action::NamesHidden(!latest.borrow().0.names_hidden)),
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
            let keeper = latest.borrow().1.clone();
            match answer {
                Answer::KeepVisit | Answer::EndVisit => {
                    address::forget_plan(page);
                    let kept = answer == Answer::KeepVisit;
                    dispatch.emit(if kept { Action::VisitKept } else { Action::VisitEnded });
                }
                Answer::LinkProblemRead => link_problem.set(None),
                Answer::FileProblemRead => file_problem.set(None),
                Answer::SaveStored => save_stored(&keeper),
                Answer::SetAside => {
                    if let Some(keeper) = keeper {
                        keeper.rc().set_aside(dispatch.clone());
                    }
                }
                Answer::TryAgain => {
                    if let Some(keeper) = keeper {
                        keeper.rc().try_again(dispatch.clone());
                    }
                }
                Answer::SaveFile => on_save_file.emit(()),
                Answer::NoticesRead => dispatch.emit(Action::NoticesRead),
                Answer::BackupLater => dispatch.emit(Action::BackupPutOff(today)),
                Answer::NamesShown => dispatch.emit(Action::NamesHidden(false)),
            }
        })
    };
    let close = {
        let overlay = overlay.setter();
        Callback::from(move |()| {
            *reading.borrow_mut() += 1;
            overlay.set(Overlay::Nothing);
        })
    };
    let on_share = {
        let overlay = overlay.setter();
        Callback::from(move |()| overlay.set(Overlay::Share))
    };

    let on_why = use_memo((), |()| {
        let overlay = overlay.setter();
        Callback::from(move |input| overlay.set(Overlay::Why(input)))
    });
    let on_workbook = use_memo((), |()| Callback::from(parts::write_workbook));
    let scene = Scene {
        state: state.clone(),
        payoff: payoff.as_ref().ok().cloned(),
        today,
        dark: *dark,
        account: route.account,
        about: if let Overlay::Why(input) = *overlay { Some(input) } else { None },
        given: if let Overlay::Given(given) = &*overlay { Some(given.clone()) } else { None },
        findings: Rc::default(),
        on_action: dispatch.clone(),
        on_closed: close,
        link_problem: (*link_problem).clone(),
        file_problem: (*file_problem).clone(),
        on_answer,
        on_why: (*on_why).clone(),
        on_workbook: (*on_workbook).clone(),
    };
    // What shows names is given the workspace without them where they are hidden.
    let nameless = use_memo((state.clone(), state.names_hidden), |(state, hidden)| {
        if *hidden { Shared::new(state.nameless()) } else { state.clone() }
    });
    let later = |part: Part| html! { <Later key={part.name()} {part} scene={scene.clone()} /> };
    let page = match (route.page, &payoff) {
        (Page::Payoff, Ok(payoff)) => {
            html! { <PayoffPage scene={scene.clone()} payoff={payoff.clone()} /> }
        }
        (Page::Payoff, Err(problem)) => html! {
            <main id="main"><p class="problem" role="alert">{ problem.to_string() }</p></main>
        },
        (Page::Accounts, _) => {
            let scene = Scene { state: (*nameless).clone(), ..scene.clone() };
            html! { <Later key={Part::Accounts.name()} part={Part::Accounts} {scene} /> }
        }
        (Page::Plan, _) => later(Part::Plan),
        (Page::Compare, _) => later(Part::Compare),
        (Page::MyPay, _) => later(Part::MyPay),
        (Page::Method, _) => later(Part::Method),
    };
    let announcement = state.announcement.as_ref().map(|label| label.shown(state.names_hidden).to_owned());
    let on_seller = {
        let latest = latest.clone();
        dispatch.reform(move |shown: Option<String>| {
            let state = latest.borrow().0.clone();
            let named = |shown: String| {
                let aliases = state.workspace.book.seller_aliases();
                aliases.into_iter().find(|(_, alias)| *alias == shown).map(|(name, _)| name.to_owned())
            };
            Action::SellerChosen(if state.names_hidden { shown.and_then(named) } else { shown })
        })
    };
    html! {
        <>
            { header(&HeaderView {
                page: route.page,
                state: &nameless,
                on_seller,
                on_undo: dispatch.reform(|()| Action::Undone),
                on_redo: dispatch.reform(|()| Action::Redone),
                on_share,
                on_data,
                on_file,
            }) }
            { banners(&scene) }
            { page }
            if state.has_notices(today) {
                { later(Part::Notices) }
            }
            <p class="announcement" role="status">{ announcement }</p>
            if *hovering {
                <div class="drop-hint" aria-hidden="true"><p>{ "Drop the file to import accounts or restore a saved file" }</p></div>
            }
            {
                match *overlay {
                    Overlay::Nothing => Html::default(),
                    Overlay::Given(_) => later(Part::Given),
                    Overlay::Share => later(Part::Share),
                    Overlay::Why(_) => later(Part::Why),
                    Overlay::Touch => {
                        let scene = Scene { state: (*nameless).clone(), ..scene.clone() };
                        html! { <Later key={Part::Touch.name()} part={Part::Touch} {scene} /> }
                    }
                }
            }
        </>
    }
}
