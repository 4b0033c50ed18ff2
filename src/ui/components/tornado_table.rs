//! The numbers that a gap hangs on, a bar each.

use yew::prelude::*;

use super::figure::figure;
use super::told_figure::told_figure;
use crate::model::bounds::Input;
use crate::model::sensitivity::{Bar, TURNS};
use crate::text::arithmetic::shorter_arithmetic;
use crate::text::claim::{Claim, Of};
use crate::text::input::shown;
use crate::text::number::{counted, money_rounded};
use crate::text::sensitivity::{moved, turn};
use crate::ui::effects::topics::Weighed;

/// Where a number turns the verdict: what opens is what both would do there.
fn turns(input: Input, weighed: &Weighed) -> Html {
    let found = weighed.turn(input);
    let said = turn(input, found);
    match found.flatten() {
        Some(flip) => figure(said, Claim::Lead, Of::Moved((input, flip.at), None)),
        None => html! { {said} },
    }
}

/// The bars, on one scale, around the `gap` of now; with the rules of the plan where nothing is known of where both agree.
pub fn tornado_table(bars: &[Bar], gap: f64, weighed: Option<&Weighed>) -> Html {
    let with_rules = weighed.is_none();
    let ends = bars.iter().flat_map(|bar| [bar.low.1, bar.high.1]).chain([gap]);
    let (least, most) = ends.fold((f64::INFINITY, 0.0_f64), |(least, most), end| (least.min(end), most.max(end)));
    let place = |figure: f64| if most > least { 100.0 * (figure - least) / (most - least) } else { 50.0 };
    let end =
        |bar: &Bar, (at, gap): (f64, f64)| figure(money_rounded(gap), Claim::Gap, moved(bar.input, at, with_rules));
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
                if let Some(weighed) = weighed {
                    <td class="words">{ turns(bar.input, weighed) }</td>
                }
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
            <div class="table-scroll" tabindex="0" role="region" aria-label={if with_rules { "What the gap hangs on with the rules, as a table" } else { "What the gap hangs on, as a table" }}>
                <table class="tornado">
                    <thead>
                        <tr>
                            <th scope="col">{ "number" }</th><th scope="col">{ "moved down" }</th>
                            <td></td><th scope="col">{ "moved up" }</th>
                            if !with_rules {
                                <th scope="col">{ "both agree at" }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>{ for bars.iter().take(TURNS).map(row) }</tbody>
                </table>
            </div>
            <p class="note">
                { "The gap with one number moved by a fifth of itself, or as far as it can go, all others as they are; the line is the gap now. " }
                if !with_rules {
                    { "“never”: seller and company agree nowhere on its slider; a jump: one passes the other without meeting it. " }
                }
                { rest }
            </p>
        </>
    }
}
