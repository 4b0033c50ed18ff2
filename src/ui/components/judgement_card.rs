//! What was judged, drawn: renewal against attention, whose points can be dragged, and wins against prospecting.

use std::fmt::Write;

use web_sys::Element;
use yew::prelude::*;

use super::other_judgement::OtherJudgement;
use crate::model::bounds::Input;
use crate::model::workspace::Workspace;
use crate::state::action::{Action, Gesture};
use crate::text::input::typed;
use crate::text::judgement::{Handle, Judgement, judgement};
use crate::text::number::{percent, plain};
use crate::ui::parts::Scene;

/// Size of a drawing, in its own units, and the room for its axes.
const SIZE: (f64, f64) = (250.0, 130.0);
const LEFT: f64 = 38.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 30.0;

/// Properties of [`JudgementCard`].
#[derive(Properties, PartialEq)]
pub struct JudgementCardProps {
    /// The state, and where to report to.
    pub scene: Scene,
}

/// A point under the hand: which, its chance and the height of the pointer when it was taken.
#[derive(Clone, Copy, PartialEq)]
struct Taken {
    input: Input,
    chance: f64,
    at: i32,
}

/// The card.
#[component]
pub fn JudgementCard(props: &JudgementCardProps) -> Html {
    let scene = &props.scene;
    let drawing = use_node_ref();
    let taken = use_state(|| None::<Taken>);
    let other = use_state(|| None::<Workspace>);
    let Some(payoff) = &scene.payoff else { return Html::default() };
    let drawn = judgement(&scene.state.workspace, payoff);
    let otherwise = other.as_ref().map(|other| judgement(other, payoff));
    let on_judged = {
        let other = other.clone();
        move |judged: Option<Workspace>| {
            if *other != judged {
                other.set(judged);
            }
        }
    };
    let on_move = |gesture: Gesture, ends: bool| {
        let (taken, drawing, on_action) = (taken.clone(), drawing.clone(), scene.on_action.clone());
        move |event: PointerEvent| {
            let Some(Taken { input, chance, at }) = *taken else { return };
            let height = drawing.cast::<Element>().map_or(0, |it| it.client_height());
            if height > 0 {
                let moved = f64::from(at - event.client_y()) / f64::from(height) * SIZE.1 / (SIZE.1 - TOP - BOTTOM);
                // Whole points: finer than a judgement is.
                let chance = libm::round((chance + moved).clamp(0.0, 1.0) * 100.0) / 100.0;
                on_action.emit(Action::InputChanged { input, text: typed(input, chance), gesture });
            }
            if ends {
                taken.set(None);
            }
        }
    };
    let on_taken = |handle: Handle| {
        let taken = taken.clone();
        move |event: PointerEvent| {
            event.prevent_default();
            // So that the hand may leave the point; without it the drag just ends sooner.
            if let Some(point) = event.target_dyn_into::<Element>() {
                let _ = point.set_pointer_capture(event.pointer_id());
            }
            taken.set(Some(Taken { input: handle.input, chance: handle.chance, at: event.client_y() }));
        }
    };
    let (x, y) = (scale(drawn.most_hours), |chance: f64| height(chance, 1.0));
    html! {
        <section class="card judgement" aria-labelledby="judgement-heading">
            <h2 id="judgement-heading">{ "Your judgement, drawn" }</h2>
            <p class="curve-title">{ "Chance of renewal" }</p>
            <svg class="curve" ref={drawing.clone()} viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={renewal_words(&drawn)}
                onpointermove={on_move(Gesture::Dragging, false)} onpointerup={on_move(Gesture::Settled, true)} onpointercancel={on_move(Gesture::Settled, true)}>
                { frame(&["0%", "100%"], "", &format!("{} h", plain(drawn.most_hours, 1)), "hours a year with an account") }
                <path class="company-line" d={path(&drawn.renewal, &x, &y)} />
                if let Some(otherwise) = &otherwise {
                    <path class="company-line otherwise" d={path(&otherwise.renewal, &x, &y)} />
                }
                { for drawn.handles.iter().map(|handle| html! {
                    <circle key={handle.input.key()} class="handle" cx={text(x(handle.hours))} cy={text(y(handle.chance))} r="8"
                        onpointerdown={on_taken(*handle)}><title>{ format!("{}: {}", handle.input.bounds().label, percent(handle.chance, 0)) }</title></circle>
                }) }
            </svg>
            <p class="curve-title">{ "Accounts that a seller wins a year" }</p>
            <svg class="curve" viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={wins_words(&drawn)}>
                { wins(&drawn) }
            </svg>
            <OtherJudgement scene={scene.clone()} {on_judged} />
            <p class="note">{ "Drag a point of the upper curve, or use the sliders; odds, hours and prospects stand under More assumptions." }</p>
        </section>
    }
}

fn text(number: f64) -> String {
    format!("{number:.1}")
}

/// Places across, from 0 to `most`.
fn scale(most: f64) -> impl Fn(f64) -> f64 {
    move |at| LEFT + (SIZE.0 - LEFT - RIGHT) * (at / most).clamp(0.0, 1.0)
}

/// Places up, from 0 to `most`.
fn height(at: f64, most: f64) -> f64 {
    SIZE.1 - BOTTOM - (SIZE.1 - TOP - BOTTOM) * (at / most).clamp(0.0, 1.0)
}

fn path(points: &[(f64, f64)], x: &impl Fn(f64) -> f64, y: &impl Fn(f64) -> f64) -> String {
    let mut path = String::new();
    for (place, point) in points.iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = write!(path, "{}{:.1} {:.1}", if place == 0 { 'M' } else { 'L' }, x(point.0), y(point.1));
    }
    path
}

/// The axes with their ends, and what is drawn.
fn frame(up: &[&str; 2], from: &str, to: &str, says: &str) -> Html {
    let [low, high] = up;
    let (bottom, right) = (text(SIZE.1 - BOTTOM), text(SIZE.0 - RIGHT));
    html! {
        <g class="map-axes" aria-hidden="true">
            <path class="axis" d={format!("M{LEFT} {TOP}L{LEFT} {bottom}L{right} {bottom}")} />
            <text x={text(LEFT - 4.0)} y={bottom.clone()} text-anchor="end">{ *low }</text>
            <text x={text(LEFT - 4.0)} y={text(TOP + 8.0)} text-anchor="end">{ *high }</text>
            <text x={text(LEFT)} y={text(SIZE.1 - BOTTOM + 13.0)}>{ from.to_owned() }</text>
            <text x={right} y={text(SIZE.1 - BOTTOM + 13.0)} text-anchor="end">{ to.to_owned() }</text>
            <text x={text(LEFT)} y={text(SIZE.1 - 3.0)}>{ says.to_owned() }</text>
        </g>
    }
}

fn wins(drawn: &Judgement) -> Html {
    let (most_hours, most) = drawn.wins.last().copied().unwrap_or((1.0, 1.0));
    let most = most.max(1e-9);
    let (x, y) = (scale(most_hours), |won: f64| height(won, most));
    let today = x(drawn.prospecting_today);
    html! {
        <>
            { frame(&["0", &plain(most, 1)], "", &format!("{} h", plain(most_hours, 0)), "hours of prospecting a year") }
            <line class="today-line" x1={text(today)} x2={text(today)} y1={text(TOP)} y2={text(SIZE.1 - BOTTOM)} />
            <text class="map-label" x={text(today - 4.0)} y={text(SIZE.1 - BOTTOM - 6.0)} text-anchor="end">{ "today" }</text>
            <path class="seller-line" d={path(&drawn.wins, &x, &y)} />
        </>
    }
}

fn renewal_words(drawn: &Judgement) -> String {
    let points = drawn.handles.iter().map(|it| format!("{} at {} hours", percent(it.chance, 0), plain(it.hours, 1)));
    format!("Chance of renewal against hours a year with an account: {}", points.collect::<Vec<String>>().join(", "))
}

fn wins_words(drawn: &Judgement) -> String {
    let (hours, most) = drawn.wins.last().copied().unwrap_or_default();
    format!(
        "Accounts won a year against hours of prospecting: none at 0 hours, {} at {}",
        plain(most, 1),
        plain(hours, 0)
    )
}
