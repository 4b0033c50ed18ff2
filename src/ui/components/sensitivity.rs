//! What the gap hangs on: a bar for each number that moves it, and a map over any two.

use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use super::figure::figure;
use super::map_chart::MapChart;
use super::sentence::sentence;
use super::told_figure::told_figure;
use crate::model::bounds::Input;
use crate::model::sensitivity::{Bar, TURNS};
use crate::model::what_if::Figure;
use crate::study::MapAsked;
use crate::text::arithmetic::shorter_arithmetic;
use crate::text::claim::{Claim, Of};
use crate::text::input::shown;
use crate::text::number::{counted, money_rounded};
use crate::text::sensitivity::{figure_name, heading, turn};
use crate::ui::effects::topics::{Weighed, use_map, use_tornado};
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
                        <p>{ sentence(&heading(bars, gap)) }</p>
                    } else {
                        <p class="note">{ "Working it out …" }</p>
                    }
                </div>
                if let Some(bars) = &weighed.bars {
                    { tornado(bars, &weighed, gap) }
                }
            </section>
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

/// Where a number turns the verdict: what opens is what both would do there.
fn turns(input: Input, weighed: &Weighed) -> Html {
    let found = weighed.turn(input);
    let said = turn(input, found);
    match found.flatten() {
        Some(flip) => figure(said, Claim::Lead, Of::Moved((input, flip.at), None)),
        None => html! { {said} },
    }
}

/// The bars, on one scale.
fn tornado(bars: &[Bar], weighed: &Weighed, gap: f64) -> Html {
    let ends = bars.iter().flat_map(|bar| [bar.low.1, bar.high.1]).chain([gap]);
    let (least, most) = ends.fold((f64::INFINITY, 0.0_f64), |(least, most), end| (least.min(end), most.max(end)));
    let place = |figure: f64| if most > least { 100.0 * (figure - least) / (most - least) } else { 50.0 };
    let end =
        |bar: &Bar, (at, gap): (f64, f64)| figure(money_rounded(gap), Claim::Gap, Of::Moved((bar.input, at), None));
    let row = |bar: &Bar| {
        let (low, high) = (place(bar.low.1), place(bar.high.1));
        let text = |number: f64| format!("{number:.1}");
        html! {
            <tr>
                <th scope="row">{ bar.input.bounds().label }</th>
                <td>{ end(bar, bar.low) }<small>{ format!("at {}", shown(bar.input, bar.low.0)) }</small></td>
                <td class="swing">
                    <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                        <rect x={text(low.min(high))} y="3" width={text((high - low).abs())} height="8" />
                        <line x1={text(place(gap))} x2={text(place(gap))} y1="0" y2="14" />
                    </svg>
                </td>
                <td>{ end(bar, bar.high) }<small>{ format!("at {}", shown(bar.input, bar.high.0)) }</small></td>
                <td class="words">{ turns(bar.input, weighed) }</td>
            </tr>
        }
    };
    let shorter = bars.len().saturating_sub(TURNS);
    let rest = bars.get(TURNS).map(|bar| {
        let bars = bars.to_vec();
        let longest = money_rounded(bar.length().max(1.0));
        html! {
            <>
                { format!("{} less than ", counted(shorter, "more number moves it", "more numbers move it")) }
                { told_figure(longest, move || shorter_arithmetic(&bars, TURNS)) }
                { " each." }
            </>
        }
    });
    html! {
        <>
            <div class="table-scroll" tabindex="0" role="region" aria-label="What the gap hangs on, as a table">
                <table class="tornado">
                    <thead>
                        <tr>
                            <th scope="col">{ "number" }</th><th scope="col">{ "moved down" }</th>
                            <td></td><th scope="col">{ "moved up" }</th><th scope="col">{ "both agree at" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for bars.iter().take(TURNS).map(row) }</tbody>
                </table>
            </div>
            <p class="note">
                { "The gap with one number moved by a fifth of itself, or as far as it can go, all others as they are; the line is the gap now. “never”: seller and company agree nowhere on its slider; a jump: one passes the other without meeting it. " }
                { rest }
            </p>
        </>
    }
}
