//! What the user's own records say beside what is judged, and two calculators: own odds from wins over tries, and a cohort.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::told_figure::told_figure as figure;
use crate::model::bounds::Input;
use crate::state::action::{Action, Gesture};
use crate::text::arithmetic::records;
use crate::text::input::{read_number, typed};
use crate::text::number::{counted, percent};
use crate::text::own_book::{Cohort, Renewals, Survival, cohort, odds_words, own_odds, renewals, survival};
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
    let of = (book, scene.state.seller.clone(), workspace.as_of, *is_open);
    let records = use_memo(of, |(book, seller, as_of, is_open)| {
        let seller = seller.as_deref();
        let own = || book.0.book.accounts.iter().filter(move |it| seller.is_none_or(|name| name == it.seller));
        is_open.then(|| (renewals(own(), *as_of), survival(own(), *as_of)))
    });
    html! {
        <details class="card own-book" ontoggle={on_toggled}>
            <summary><h2>{ "What your own records say" }</h2></summary>
            if let Some((renewals, survival)) = &*records {
                { told(renewals.as_ref(), survival.as_ref(), workspace.get(Input::RenewToday)) }
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

/// Contracts renewed beside the chance that is `judged`, and customers still there.
fn told(renewed: Option<&Renewals>, survival: Option<&Survival>, judged: f64) -> Html {
    let row = |survival: &Rc<Survival>, years: usize| {
        let of = Rc::clone(survival);
        html! {
            <tr>
                <th scope="row">{ counted(years, "year", "years") }</th>
                <td>{ figure(survival.after(years), move || records::survival(&of, years)) }</td>
            </tr>
        }
    };
    let survival = survival.filter(|it| it.years().next().is_some()).map(|it| Rc::new(it.clone()));
    html! {
        <>
            if let Some(of) = renewed.copied() {
                { {
                    let [before, odds, after] = of.words(judged);
                    html! { <p>{ before }{ figure(odds, move || records::renewals(&of)) }{ after }</p> }
                } }
            } else {
                <p class="note">{ "No contract of the book has ended yet, as far as its dates tell: accounts need the day on which they were won." }</p>
            }
            if let Some(survival) = &survival {
                <table class="numbers">
                    <caption>{ "Customers still there after" }</caption>
                    <tbody>{ for survival.years().map(|years| row(survival, years)) }</tbody>
                </table>
            }
        </>
    }
}

/// What a cohort says.
fn cohort_says(of: &Rc<Cohort>) -> Html {
    let chance = |renewal: u32| {
        let told = Rc::clone(of);
        figure(percent(of.fitted.renewal_probability(renewal), 0), move || records::cohort_renewal(&told, renewal))
    };
    let [first, next @ ..] = of.told();
    let mean = Rc::clone(of);
    html! {
        <>
            { "One average would be " }{ figure(percent(of.mean(), 0), move || records::cohort_mean(&mean)) }
            { " a renewal. Customers differ, though: those likely to leave went first, so " }{ chance(first) }
            { " renew at the first renewal, and of those still there " }
            { for next.into_iter().enumerate().map(|(place, renewal)| html! {
                <>{ if place > 0 { ", " } else { "" } }{ chance(renewal) }</>
            }) }
            { format!(
                " at the next three (shifted beta-geometric, α {:.2}, β {:.2}; Fader & Hardie 2007).",
                of.fitted.alpha, of.fitted.beta
            ) }
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
    // Both could be read, or there would be no odds.
    let number = |text: &str| read_number(text).unwrap_or(0.0);
    let found = found.map(|found| found.map(|odds| (odds, records::odds(number(&wins), number(&tries)))));
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
                        Some(Ok((odds, told))) => html! {
                            <>
                                { figure(odds_words(&odds), move || told.clone()) }{ " " }
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
                        Some(Ok(cohort)) => cohort_says(&Rc::new(cohort)),
                    }
                }
            </p>
        </>
    }
}
