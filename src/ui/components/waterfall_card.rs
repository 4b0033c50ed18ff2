//! Why the answer changed since an earlier step.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::sentence::sentence;
use crate::model::waterfall::Waterfall;
use crate::text::number::money;
use crate::text::waterfall::{heading, rows};
use crate::ui::effects::topics::use_waterfall;
use crate::ui::parts::Scene;

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
    let found = use_waterfall(scene, before);
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
                    if let Some(found) = &found {
                        <p>{ sentence(&heading(found)) }</p>
                        { table(found) }
                    } else {
                        <p class="note">{ "Working it out …" }</p>
                    }
                </div>
            }
        </section>
    }
}

fn table(way: &Waterfall) -> Html {
    let rows = rows(way);
    if rows.is_empty() {
        return Html::default();
    }
    let greatest = rows.iter().map(|row| row.change.abs()).fold(1.0, f64::max);
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
                        <td>{ money(libm::round(way.from.gap), 0) }</td><td></td>
                    </tr>
                    { for rows.iter().map(|row| {
                        let width = 50.0 * row.change.abs() / greatest;
                        let left = if row.change < 0.0 { 50.0 - width } else { 50.0 };
                        html! {
                            <tr>
                                <th scope="row">{ row.what.clone() }</th>
                                <td>{ row.changed.clone() }</td>
                                <td class="swing">
                                    <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                                        <rect x={format!("{left:.1}")} y="3" width={format!("{width:.1}")} height="8" />
                                        <line x1="50" x2="50" y1="0" y2="14" />
                                    </svg>
                                </td>
                                <td>{ row.gap.clone() }</td>
                                <td>{ row.shares.clone() }</td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        </div>
    }
}
