//! The small chart under a slider: the gap over the slider's range. Fetched after the first screen.

use std::fmt::Write;

use yew::prelude::*;

use crate::model::mini_charts::Chart;
use crate::text::number::money_rounded;

/// Width and height of the drawing, in its own units.
const SIZE: (f64, f64) = (200.0, 14.0);

/// Draws `chart`; `greatest` is the top of its scale, which all charts share, and `now` the input's value.
pub fn mini_chart(chart: &Chart, greatest: f64, now: f64) -> Html {
    let (low, high) = chart.input.bounds().slider;
    let x = |at: f64| SIZE.0 * ((at - low) / (high - low)).clamp(0.0, 1.0);
    let y = |gap: f64| SIZE.1 - 1.0 - (SIZE.1 - 2.0) * (gap / greatest).clamp(0.0, 1.0);
    let mut path = String::new();
    let mut pen_down = false;
    for point in &chart.points {
        if let Some(gap) = point.figure {
            // Writing into a string cannot fail.
            let _ = write!(path, "{}{:.1} {:.1}", if pen_down { 'L' } else { 'M' }, x(point.at), y(gap));
        }
        pen_down = point.figure.is_some();
    }
    let line = |class: &'static str, at: f64| {
        let place = format!("{:.1}", x(at));
        html! { <line {class} x1={place.clone()} x2={place} y1="0" y2={SIZE.1.to_string()} /> }
    };
    html! {
        <svg class="mini" viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} preserveAspectRatio="none" role="img"
            aria-label={words(chart)}>
            { for chart.flips.iter().map(|flip| line("turn", flip.at)) }
            { line("now", now) }
            <path d={path} />
        </svg>
    }
}

fn words(chart: &Chart) -> String {
    let gaps = || chart.points.iter().filter_map(|point| point.figure);
    let (Some(first), Some(last)) = (gaps().next(), gaps().next_back()) else { return "No gap to show".to_owned() };
    format!(
        "The gap over the slider: {} at its left end, {} at its right, {} at least",
        money_rounded(first),
        money_rounded(last),
        money_rounded(gaps().fold(f64::INFINITY, f64::min))
    )
}
