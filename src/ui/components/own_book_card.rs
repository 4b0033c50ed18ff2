//! What the user's own records say beside what is judged, and two calculators: own odds from wins over tries, and a cohort.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::model::bounds::Input;
use crate::state::action::{Action, Gesture};
use crate::text::input::typed;
use crate::text::number::percent;
use crate::text::own_book::{Year, cohort, odds_words, own_odds, renewals, survival};
use crate::ui::parts::Scene;
use crate::ui::shared::{SameAccounts, Shared};

/// Properties of [`OwnBookCard`].
#[derive(Properties, PartialEq)]
pub struct OwnBookCardProps {
    /// The state, and where to report to.
    pub scene: Scene,
}

/// The card.
#[component]
pub fn OwnBookCard(props: &OwnBookCardProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    // Thousands of contracts take a while to look through, so it is done once they are asked for, and again for others only.
    let is_open = use_state(|| false);
    let on_toggled = {
        let is_open = is_open.clone();
        move |event: Event| is_open.set(event.target_unchecked_into::<Element>().has_attribute("open"))
    };
    let book = SameAccounts(Shared::from(Rc::clone(workspace)));
    let of = (book, scene.state.seller.clone(), workspace.as_of, workspace.get(Input::RenewToday), *is_open);
    let records = use_memo(of, |(book, seller, as_of, judged, is_open)| {
        let seller = seller.as_deref();
        let own = || book.0.book.accounts.iter().filter(move |it| seller.is_none_or(|name| name == it.seller));
        is_open.then(|| (renewals(own(), *as_of, *judged), survival(own(), *as_of)))
    });
    html! {
        <details class="card own-book" ontoggle={on_toggled}>
            <summary><h2>{ "What your own records say" }</h2></summary>
            if let Some((counted, years)) = &*records {
                { told(counted.as_deref(), years) }
            }
            <p class="note">
                { "Records say how many stayed, not what attention did for them: sellers call those whom they expect to keep. The \
                   renewal curve therefore stays your judgement." }
            </p>
            <OwnOddsForm on_action={scene.on_action.clone()} odds={workspace.get(Input::OddsNew)} />
            <CohortForm />
        </details>
    }
}

/// Contracts renewed, and customers still there.
fn told(counted: Option<&str>, years: &[Year]) -> Html {
    let row = |(year, part): &Year| html! { <tr><th scope="row">{ year.clone() }</th><td>{ part.clone() }</td></tr> };
    html! {
        <>
            if let Some(counted) = counted {
                <p>{ counted.to_owned() }</p>
            } else {
                <p class="note">{ "No contract of the book has ended yet, as far as its dates tell: accounts need the day on which they were won." }</p>
            }
            if !years.is_empty() {
                <table class="numbers">
                    <caption>{ "Customers still there after" }</caption>
                    <tbody>{ for years.iter().map(row) }</tbody>
                </table>
            }
        </>
    }
}

fn text_of(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// Properties of [`OwnOddsForm`].
#[derive(Properties, PartialEq)]
struct OwnOddsFormProps {
    on_action: Callback<Action>,
    /// The odds in use.
    odds: f64,
}

#[component]
fn OwnOddsForm(props: &OwnOddsFormProps) -> Html {
    let counts = use_state(|| [String::new(), String::new()]);
    let [wins, tries] = (*counts).clone();
    let on_typed = |place: usize| {
        let counts = counts.clone();
        move |event: InputEvent| {
            let mut changed = (*counts).clone();
            if let Some(slot) = changed.get_mut(place) {
                *slot = text_of(&event);
            }
            counts.set(changed);
        }
    };
    let is_typed = !wins.trim().is_empty() && !tries.trim().is_empty();
    let found = is_typed.then(|| own_odds(&wins, &tries));
    let on_used = |odds: f64| {
        let on_action = props.on_action.clone();
        let text = typed(Input::OddsNew, odds);
        move |_: MouseEvent| {
            let (input, text) = (Input::OddsNew, text.clone());
            on_action.emit(Action::InputChanged { input, text, gesture: Gesture::Settled });
        }
    };
    html! {
        <>
            <p class="form-line">
                <label for="own-wins">{ "Won" }</label>
                <input id="own-wins" type="text" inputmode="numeric" size="5" autocomplete="off" value={wins} oninput={on_typed(0)} />
                <label for="own-tries">{ "of cold leads pursued:" }</label>
                <input id="own-tries" type="text" inputmode="numeric" size="6" autocomplete="off" value={tries} oninput={on_typed(1)} />
            </p>
            <p role="status" id="own-odds">
                {
                    match found {
                        None => html! { <span class="note">{ format!("Your own wins over tries can replace the {} in use.", percent(props.odds, 1)) }</span> },
                        Some(Err(why)) => html! { <span class="problem">{ why }</span> },
                        Some(Ok(odds)) => html! {
                            <>
                                { format!("{} ", odds_words(&odds)) }
                                <button type="button" onclick={on_used(odds.odds)}>{ "Use these odds" }</button>
                            </>
                        },
                    }
                }
            </p>
        </>
    }
}

#[component]
fn CohortForm() -> Html {
    let text = use_state(String::new);
    let on_typed = {
        let text = text.clone();
        move |event: InputEvent| text.set(text_of(&event))
    };
    html! {
        <>
            <p class="form-line">
                <label for="cohort">{ "Customers of one year, at the start and after each renewal" }</label>
                <input id="cohort" type="text" autocomplete="off" placeholder="100, 82, 71, 65" value={(*text).clone()} oninput={on_typed} />
            </p>
            <p role="status" id="cohort-says">
                {
                    match (!text.trim().is_empty()).then(|| cohort(&text)) {
                        None => Html::default(),
                        Some(Err(why)) => html! { <span class="problem">{ why }</span> },
                        Some(Ok(says)) => html! { {says} },
                    }
                }
            </p>
        </>
    }
}
