//! What the gap hangs on: a bar for each number that moves it, and a map over any two.

use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use super::map_chart::MapChart;
use super::ruled_sensitivity::RuledSensitivity;
use super::sentence::sentence;
use super::tornado_table::tornado_table;
use crate::model::bounds::Input;
use crate::model::what_if::Figure;
use crate::study::MapAsked;
use crate::text::rules::of_rates_alone;
use crate::text::sensitivity::{figure_name, heading};
use crate::ui::effects::topics::{use_map, use_tornado};
use crate::ui::parts::Scene;

/// What the map shows at first: who is right on renewal pay.
const FIRST_MAP: MapAsked = MapAsked { figure: Figure::Lead, across: Input::RenewalCommission, up: Input::Stay };

/// Properties of [`Sensitivity`].
#[derive(Properties, PartialEq)]
pub struct SensitivityProps {
    /// The state, and where to report to.
    pub scene: Scene,
}

/// Both, once they are asked for.
#[component]
pub fn Sensitivity(props: &SensitivityProps) -> Html {
    let scene = &props.scene;
    let wanted = use_state(|| false);
    let top = use_node_ref();
    let asked = use_state(|| FIRST_MAP);
    let weighed = use_tornado(scene, *wanted);
    let grid = use_map(scene, wanted.then_some(*asked));
    {
        // The button that was pressed is gone.
        let top = top.clone();
        use_effect_with(*wanted, move |wanted| {
            if let Some(heading) = top.cast::<HtmlElement>().filter(|_| *wanted) {
                let _ = heading.focus();
            }
        });
    }
    let workspace = &scene.state.workspace;
    let gap = scene.payoff.as_ref().map_or(0.0, |payoff| payoff.gap);
    let on_wanted = {
        let wanted = wanted.clone();
        move |_: MouseEvent| wanted.set(true)
    };
    if !*wanted {
        return html! {
            <section class="card sensitivity" aria-labelledby="sensitivity-heading">
                <h2 id="sensitivity-heading">{ "What does the gap hang on?" }</h2>
                <p>{ "Every number moved by a fifth, where each would make both agree, and a map over any two." }</p>
                <p><button type="button" onclick={on_wanted}>{ "Work it out" }</button></p>
            </section>
        };
    }
    let now = (workspace.get(asked.across), workspace.get(asked.up));
    let figure_now = scene.payoff.as_ref().map(|payoff| asked.figure.of(&payoff.headline()));
    html! {
        <section class="sensitivity more-plans" aria-label="What the gap hangs on">
            <section class="card" aria-labelledby="sensitivity-heading">
                <h2 id="sensitivity-heading" tabindex="-1" ref={top}>{ "What does the gap hang on?" }</h2>
                <div role="status">
                    if let Some(bars) = &weighed.bars {
                        <p>{ sentence(&heading(bars, gap, false)) }</p>
                    } else {
                        <p class="note">{ "Working it out …" }</p>
                    }
                </div>
                if let Some(bars) = &weighed.bars {
                    { tornado_table(bars, gap, Some(&weighed)) }
                }
                { of_rates_alone(&workspace.plan).map(|note| html! { <p class="note">{ note }</p> }) }
            </section>
            if workspace.plan.rules_on() > 0 {
                <RuledSensitivity scene={scene.clone()} />
            }
            <section class="card" aria-labelledby="map-heading">
                <h2 id="map-heading">{ "A map over two numbers" }</h2>
                <p class="form-line">
                    { choice("map-figure", "Show", Figure::ALL.iter().map(|it| (figure_name(*it), *it == asked.figure)), {
                        let asked = asked.clone();
                        move |place| if let Some(figure) = Figure::ALL.get(place) { asked.set(MapAsked { figure: *figure, ..*asked }) }
                    }) }
                    { choice("map-across", "to the right", inputs(asked.across), {
                        let asked = asked.clone();
                        move |place| if let Some(across) = Input::ALL.get(place) {
                            let up = if *across == asked.up { asked.across } else { asked.up };
                            asked.set(MapAsked { across: *across, up, ..*asked });
                        }
                    }) }
                    { choice("map-up", "and upwards", inputs(asked.up), {
                        let asked = asked.clone();
                        move |place| if let Some(up) = Input::ALL.get(place) {
                            let across = if *up == asked.across { asked.up } else { asked.across };
                            asked.set(MapAsked { across, up: *up, ..*asked });
                        }
                    }) }
                </p>
                if let Some(grid) = grid {
                    <MapChart asked={*asked} {grid} {now} {figure_now} />
                } else {
                    <p class="note" role="status">{ "Working it out …" }</p>
                }
                { of_rates_alone(&workspace.plan).map(|note| html! { <p class="note">{ note }</p> }) }
            </section>
        </section>
    }
}

fn inputs(chosen: Input) -> impl Iterator<Item = (&'static str, bool)> {
    Input::ALL.iter().map(move |it| (it.bounds().label, *it == chosen))
}

/// A labelled choice; `on_chosen` is told the place of what was chosen.
fn choice(
    id: &'static str,
    label: &'static str,
    options: impl Iterator<Item = (&'static str, bool)>,
    on_chosen: impl Fn(usize) + 'static,
) -> Html {
    let on_change = move |event: Event| {
        let place = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Ok(place) = usize::try_from(place) {
            on_chosen(place);
        }
    };
    html! {
        <>
            <label for={id}>{ label }</label>
            <select {id} onchange={on_change}>
                { for options.map(|(name, selected)| html! { <option {selected}>{ name }</option> }) }
            </select>
        </>
    }
}
