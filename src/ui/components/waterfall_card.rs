//! Why the answer changed since an earlier step.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::sentence::{claimed, marked};
use super::told_figure::ToldFigure;
use crate::model::payoff::{Question, payoff};
use crate::model::waterfall::{Difference, Waterfall, workspace_after};
use crate::model::workspace::Workspace;
use crate::state::derived;
use crate::text::arithmetic::{arithmetic, gap_change};
use crate::text::claim::Claim;
use crate::text::number::money;
use crate::text::rules::of_rates_alone;
use crate::text::verdict::{Emphasis, Part};
use crate::text::waterfall::{heading, rows, shares_of};
use crate::ui::effects::topics::use_waterfall;
use crate::ui::parts::Scene;

/// Said of a figure whose row is of another way than the one that is told now.
const GONE: &str = "These numbers have been changed since: look at the table again.";

/// Properties of [`WaterfallCard`].
#[derive(Properties, PartialEq)]
pub struct WaterfallCardProps {
    /// The state.
    pub scene: Scene,
}

/// The card: from the earliest step that can be undone, or from another that is chosen.
#[component]
pub fn WaterfallCard(props: &WaterfallCardProps) -> Html {
    let scene = &props.scene;
    let chosen = use_state(|| 0usize);
    let earlier = scene.state.history.earlier();
    // Steps may have been undone since one was chosen.
    let place = (*chosen).min(earlier.len().saturating_sub(1));
    let before = earlier.get(place).map(|(_, before)| (*before).clone());
    let found = use_waterfall(scene, before.clone());
    let on_chosen = {
        let chosen = chosen.clone();
        move |event: Event| {
            let place = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            chosen.set(usize::try_from(place).unwrap_or(0));
        }
    };
    let hidden = scene.state.names_hidden;
    html! {
        <section class="card waterfall" aria-labelledby="waterfall-heading">
            <h2 id="waterfall-heading">{ "Why did the answer change?" }</h2>
            if earlier.is_empty() {
                <p class="note">{ "Change a number or an account, and what each change did to the answer is told here." }</p>
            } else {
                <p class="form-line">
                    <label for="waterfall-since">{ "against the time before" }</label>
                    <select id="waterfall-since" onchange={on_chosen}>
                        { for earlier.iter().enumerate().map(|(index, (label, _))| html! {
                            <option selected={index == place}>{ format!("{}. {}", index + 1, label.shown(hidden)) }</option>
                        }) }
                    </select>
                </p>
                <div role="status">
                    if let Some((found, from)) = found.as_ref().zip(before) {
                        <p>{ told_heading(found, &from, &derived::question(&scene.state)) }</p>
                        { table(found, &[from, Rc::clone(&scene.state.workspace)], &derived::question(&scene.state)) }
                        if let Some(note) = of_rates_alone(&scene.state.workspace.plan) {
                            <p class="note">{ note }</p>
                        }
                    } else {
                        <p class="note">{ "Working it out …" }</p>
                    }
                </div>
            }
        </section>
    }
}

/// What changed; its figures of the beginning are reckoned again from the workspace `from`.
fn told_heading(way: &Waterfall, from: &Rc<Workspace>, question: &Question) -> Html {
    let shown = |part: &Part| {
        let claim = match (part.claim, part.emphasis) {
            (None, Emphasis::Seller) => Claim::SellerShare,
            (None, Emphasis::Company) => Claim::CompanyShare,
            (None, Emphasis::Figure) => Claim::Gap,
            _ => return claimed(part),
        };
        let (from, question) = (Rc::clone(from), question.clone());
        let tell = Callback::from(move |()| {
            let told = payoff(&from, &question).and_then(|it| arithmetic(claim, &from, &question, &it));
            told.map_err(|why| why.to_string())
        });
        html! { <ToldFigure text={part.text.clone()} {tell} /> }
    };
    marked(&heading(way), shown)
}

/// The table. Each figure in it is reckoned again, from the workspace of its row, once it is pressed.
fn table(way: &Waterfall, ends: &[Rc<Workspace>; 2], question: &Question) -> Html {
    let rows = rows(way);
    if rows.is_empty() {
        return Html::default();
    }
    let greatest = rows.iter().map(|row| row.change.abs()).fold(1.0, f64::max);
    // The beginning, and what stands after each row.
    let places = std::iter::once(None).chain(rows.iter().map(|row| Some(row.difference.clone())));
    let places: Vec<Option<Difference>> = places.collect();
    let at = |place: usize| {
        let (difference, [from, to]) = (places.get(place).cloned().flatten(), ends.clone());
        move || match &difference {
            None => Some(Workspace::clone(&from)),
            Some(difference) => workspace_after(&from, &to, difference),
        }
    };
    let figure = |text: &str, place: usize, claim: Claim| {
        let (at, question) = (at(place), question.clone());
        let tell = Callback::from(move |()| {
            let workspace = at().ok_or(GONE)?;
            let told = payoff(&workspace, &question).and_then(|it| arithmetic(claim, &workspace, &question, &it));
            told.map_err(|why| why.to_string())
        });
        html! { <ToldFigure text={text.to_owned()} {tell} /> }
    };
    let change = |text: &str, place: usize| {
        let (before, after, question) = (at(place - 1), at(place), question.clone());
        let tell = Callback::from(move |()| {
            let (before, after) = before().zip(after()).ok_or(GONE)?;
            gap_change(&before, &after, &question).map_err(|why| why.to_string())
        });
        html! { <ToldFigure text={text.to_owned()} {tell} /> }
    };
    let shares = |[seller, company]: &[String; 2], place: usize| {
        html! { <>{ figure(seller, place, Claim::SellerShare) }{ " and " }{ figure(company, place, Claim::CompanyShare) }</> }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="What each change did">
            <table class="tornado">
                <thead>
                    <tr>
                        <th scope="col">{ "changed" }</th><th scope="col">{ "change of the gap" }</th><td></td>
                        <th scope="col">{ "gap then" }</th><th scope="col">{ "shares then" }</th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{ "at the beginning" }</th><td></td><td></td>
                        <td>{ figure(&money(libm::round(way.from.gap), 0), 0, Claim::Gap) }</td>
                        <td>{ shares(&shares_of(&way.from), 0) }</td>
                    </tr>
                    { for (1..).zip(&rows).map(|(place, row)| {
                        let width = 50.0 * row.change.abs() / greatest;
                        let left = if row.change < 0.0 { 50.0 - width } else { 50.0 };
                        html! {
                            <tr>
                                <th scope="row">{ row.what.clone() }</th>
                                <td>{ change(&row.changed, place) }</td>
                                <td class="swing">
                                    <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                                        <rect x={format!("{left:.1}")} y="3" width={format!("{width:.1}")} height="8" />
                                        <line x1="50" x2="50" y1="0" y2="14" />
                                    </svg>
                                </td>
                                <td>{ figure(&row.gap, place, Claim::Gap) }</td>
                                <td>{ shares(&row.shares, place) }</td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        </div>
    }
}
