//! The app: holds the state, derives the answers once, and connects pages with the outside world.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::components::banners::{BannersView, banners};
use super::components::dialog::Dialog;
use super::components::header::{DataChoice, HeaderView, header};
use super::components::import_dialog::{ImportDialog, ReadTable};
use super::components::share_dialog::ShareDialog;
use super::effects::files::GivenFile;
use super::effects::{address, clock, files, keep, screen};
use super::pages::accounts::AccountsPage;
use super::pages::method::method_page;
use super::pages::payoff::payoff_page;
use super::route::{Page, Route, plan_fragment};
use super::shared::Shared;
use crate::model::payoff::{Payoff, Samples};
use crate::model::problem::Problem;
use crate::model::workspace::Workspace;
use crate::state::action::Action;
use crate::state::{Keeping, State, derived};
use crate::storage::envelope::{self, Kept};
use crate::storage::keeper::{NotKept, WORKSPACE_KEY};
use crate::storage::{csv, link};
use crate::text::number::counted;

/// How long after a change it is written, so that a drag is written once, milliseconds.
const KEEP_AFTER: u32 = 300;

/// The state as Yew's reducer wants it.
#[derive(PartialEq)]
struct AppState(Shared<State>);

impl Reducible for AppState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(AppState(Shared::new(State::clone(&self.0).after(action))))
    }
}

/// What samples depend on: all of a workspace but its plan.
struct SampleKey {
    workspace: Shared<Workspace>,
    seller: Option<String>,
}

impl PartialEq for SampleKey {
    fn eq(&self, other: &SampleKey) -> bool {
        let same = self.workspace == other.workspace || Samples::serve(&self.workspace, &other.workspace);
        same && self.seller == other.seller
    }
}

/// What is open above the page.
#[derive(Debug, Clone, PartialEq)]
enum Overlay {
    Nothing,
    Import(ReadTable),
    Restore { file: String, kept: Rc<Kept> },
    Share,
}

/// What a given file turned out to be.
fn recognise(given: GivenFile) -> Result<Overlay, String> {
    let bytes = given.bytes?;
    let start = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF));
    if start == Some(b'{') {
        let text = String::from_utf8_lossy(&bytes);
        let kept = envelope::read(&text).map_err(|why| why.to_string())?;
        return Ok(Overlay::Restore { file: given.name, kept: Rc::new(kept) });
    }
    let table = csv::read_table(&bytes).map_err(|why| why.to_string())?;
    Ok(Overlay::Import(ReadTable { file: given.name, table: Rc::new(table) }))
}

/// The app.
#[component]
pub fn App() -> Html {
    let today = use_memo((), |()| clock::today());
    let month = crate::model::month::Month::of(*today);
    let opened = use_memo((), |()| keep::open(month));
    let app = use_reducer({
        let opened = Rc::clone(&opened);
        move || AppState(Shared::new(opened.0.clone()))
    });
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
    let latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();

    let samples = use_memo(
        SampleKey { workspace: Shared::from(Rc::clone(&state.workspace)), seller: state.seller.clone() },
        |_| derived::samples(state),
    );
    let answers = use_memo(
        (Shared::from(Rc::clone(&state.workspace)), state.seller.clone(), state.target_share.to_bits()),
        |_| derived::answers(&samples, state).map(Shared::new),
    );

    let on_given = {
        let (overlay, file_problem) = (overlay.setter(), file_problem.setter());
        Callback::from(move |given: GivenFile| match recognise(given) {
            Ok(what) => {
                file_problem.set(None);
                overlay.set(what);
            }
            Err(why) => file_problem.set(Some(why)),
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
                dispatch.emit(Action::KeepingChanged(Keeping::NotKept(NotKept::ChangedElsewhere.to_string())));
            }));
            move || drop(listeners)
        });
    }

    // A shared plan in the address is opened, beside the user's own workspace.
    {
        let (dispatch, link_problem) = (dispatch.clone(), link_problem.setter());
        use_effect_with((*route).clone(), move |route: &Route| {
            let Some(payload) = &route.plan else { return };
            match link::decode(payload) {
                Ok(shared) => {
                    let difference = link::difference(&shared);
                    let (workspace, sent) = (Rc::new(shared.workspace), shared.headline);
                    dispatch.emit(Action::LinkOpened { workspace, sent, difference });
                    link_problem.set(None);
                }
                Err(why) => {
                    address::forget_plan(route.page);
                    link_problem.set(Some(why.to_string()));
                }
            }
        });
    }

    // Saving: a while after the last change, and at once when the page is left.
    {
        let (dispatch, opened, latest) = (dispatch.clone(), Rc::clone(&opened), latest.clone());
        let pending = state.keeping == Keeping::Pending && state.visit.is_none();
        use_effect_with(
            (Shared::from(Rc::clone(&state.workspace)), state.seller.clone(), pending),
            move |(_, _, pending)| {
                let timer = pending.then(|| {
                    Timeout::new(KEEP_AFTER, move || {
                        let keeping = keep::keep(&opened.1, &latest.borrow());
                        dispatch.emit(Action::KeepingChanged(keeping));
                    })
                });
                move || drop(timer)
            },
        );
    }
    {
        let (opened, latest) = (Rc::clone(&opened), latest.clone());
        use_effect_with((), move |()| {
            let listener = keep::listen_leaving(move || {
                let state = latest.borrow();
                if state.keeping == Keeping::Pending && state.visit.is_none() {
                    // Nobody is left to be told of a failure; the text before is still whole.
                    let _ = keep::keep(&opened.1, &state);
                }
            });
            move || drop(listener)
        });
    }

    let on_save_file = {
        let latest = latest.clone();
        Callback::from(move |()| {
            if let Some(text) = keep::file_text(&latest.borrow()) {
                files::save(&format!("holdfast-{}.json", clock::today()), &text);
            }
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
    let on_set_aside = {
        let (dispatch, opened) = (dispatch.clone(), Rc::clone(&opened));
        Callback::from(move |()| dispatch.emit(Action::KeepingChanged(keep::set_aside(&opened.1))))
    };
    let on_save_unreadable = {
        let latest = latest.clone();
        Callback::from(move |()| {
            if let Keeping::ReadOnly { text, .. } = &latest.borrow().keeping {
                files::save("holdfast-stored.json", text);
            }
        })
    };
    let end_visit = |action: Action| {
        let (dispatch, page) = (dispatch.clone(), route.page);
        Callback::from(move |()| {
            address::forget_plan(page);
            dispatch.emit(action.clone());
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
    let clear = |setter: UseStateSetter<Option<String>>| Callback::from(move |()| setter.set(None));

    let page = match (route.page, answers.as_ref()) {
        (Page::Payoff, Ok(payoff)) => payoff_page(state, payoff, *dark, &dispatch),
        (Page::Payoff, Err(problem)) => html! {
            <main id="main"><p class="problem" role="alert">{ problem.to_string() }</p></main>
        },
        (Page::Accounts, _) => html! {
            <AccountsPage state={state.clone()} today={*today} on_action={dispatch.clone()} />
        },
        (Page::Method, _) => method_page(&state.workspace),
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
            { banners(&BannersView {
                state,
                link_problem: link_problem.as_deref(),
                on_keep_visit: end_visit(Action::VisitKept),
                on_end_visit: end_visit(Action::VisitEnded),
                on_save_unreadable,
                on_set_aside,
                on_save_file,
                on_link_problem_read: clear(link_problem.setter()),
                file_problem: file_problem.as_deref(),
                on_file_problem_read: clear(file_problem.setter()),
            }) }
            { page }
            <p class="announcement" role="status">{ state.announcement.clone().unwrap_or_else(String::new) }</p>
            if *hovering {
                <div class="drop-hint" aria-hidden="true"><p>{ "Drop the file to import accounts or restore a saved file" }</p></div>
            }
            { overlay_view(&overlay, state, &answers, &dispatch, close, month) }
        </>
    }
}

fn overlay_view(
    overlay: &Overlay,
    state: &State,
    answers: &Result<Shared<Payoff>, Problem>,
    dispatch: &Callback<Action>,
    close: Callback<()>,
    month: crate::model::month::Month,
) -> Html {
    match overlay {
        Overlay::Nothing => Html::default(),
        Overlay::Import(read) => {
            let (dispatch, closing) = (dispatch.clone(), close.clone());
            let on_imported = move |(book, label)| {
                dispatch.emit(Action::BookImported { book: Box::new(book), as_of: month, label });
                closing.emit(());
            };
            html! {
                <ImportDialog read={read.clone()} book={state.workspace.book.clone()} as_of={month} {on_imported} on_closed={close} />
            }
        }
        Overlay::Restore { file, kept } => {
            let (dispatch, closing, workspace, name) =
                (dispatch.clone(), close.clone(), kept.workspace.clone(), file.clone());
            let on_restored = move |_: MouseEvent| {
                let (workspace, file) = (Rc::new(workspace.clone()), name.clone());
                dispatch.emit(Action::WorkspaceRestored { workspace, file });
                closing.emit(());
            };
            html! {
                <Dialog title={format!("Restore {file}")} on_closed={close.clone()}>
                    <p>{ format!("It holds {} as of {}, with its plan and assumptions. It takes the place of what is here; undo brings that back.",
                        counted(kept.workspace.book.accounts.len(), "account", "accounts"), kept.workspace.as_of) }</p>
                    <p class="dialog-actions">
                        <button type="button" class="primary" onclick={on_restored}>{ "Restore" }</button>
                        <button type="button" onclick={close.reform(|_| ())}>{ "Leave everything as it is" }</button>
                    </p>
                </Dialog>
            }
        }
        Overlay::Share => {
            let Ok(payoff) = answers else { return Html::default() };
            let payload = link::encode(&state.workspace, &derived::question(state), payoff.headline());
            let difference = link::decode(&payload).ok().and_then(|shared| link::difference(&shared));
            html! {
                <ShareDialog address={address::whole(&plan_fragment(&payload))} accounts={payoff.accounts} {difference} on_closed={close} />
            }
        }
    }
}
