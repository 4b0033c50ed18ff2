//! A map of a figure over two inputs, as a drawing and as a table.

use std::fmt::Write;

use yew::prelude::*;

use super::figure::figure;
use crate::model::two_way_map::{Grid, IsoLine};
use crate::model::what_if::Figure;
use crate::study::MapAsked;
use crate::text::claim::{Claim, Of};
use crate::text::input::shown;
use crate::text::sensitivity::{figure_short, figure_words, key, levels};

/// Size of the drawing, in its own units: about the pixels of a phone.
const SIZE: (f64, f64) = (340.0, 268.0);
/// Room for the axes.
const LEFT: f64 = 62.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 34.0;

/// Properties of [`MapChart`].
#[derive(Properties, PartialEq)]
pub struct MapChartProps {
    /// What it is of.
    pub asked: MapAsked,
    /// The figures.
    pub grid: Grid,
    /// Where both inputs are now.
    pub now: (f64, f64),
    /// The figure there.
    pub figure_now: Option<f64>,
}

/// Places of values on the drawing.
struct Places<'a> {
    grid: &'a Grid,
}

impl Places<'_> {
    fn part(values: &[f64], at: f64) -> f64 {
        let (Some(least), Some(most)) = (values.first(), values.last()) else { return 0.0 };
        if most > least { ((at - least) / (most - least)).clamp(0.0, 1.0) } else { 0.5 }
    }

    fn x(&self, at: f64) -> f64 {
        LEFT + (SIZE.0 - LEFT - RIGHT) * Places::part(self.grid.xs(), at)
    }

    fn y(&self, at: f64) -> f64 {
        SIZE.1 - BOTTOM - (SIZE.1 - TOP - BOTTOM) * Places::part(self.grid.ys(), at)
    }
}

/// Half-way to the values on both sides of the one at `place`.
fn around(values: &[f64], place: usize) -> (f64, f64) {
    let at = values.get(place).copied().unwrap_or_default();
    let beside = |other: Option<&f64>| other.map_or(at, |other| 0.5 * (at + other));
    (beside(place.checked_sub(1).and_then(|before| values.get(before))), beside(values.get(place + 1)))
}

/// The map. What is pointed at is read out below it; all of it stands in the table.
#[component]
pub fn MapChart(props: &MapChartProps) -> Html {
    let MapChartProps { asked, grid, now, figure_now } = props;
    let pointed = use_state(|| None::<(usize, usize)>);
    let places = Places { grid };
    let most = grid.range().map_or(1.0, |(least, most)| least.abs().max(most.abs())).max(f64::MIN_POSITIVE);
    let cell = |row: usize, column: usize| {
        let figure = grid.rows().get(row).and_then(|row| row.get(column)).copied().flatten();
        let ((left, right), (bottom, top)) = (around(grid.xs(), column), around(grid.ys(), row));
        let (x, y) = (places.x(left), places.y(top));
        let class = match (asked.figure, figure) {
            (_, None) => "map-none",
            (Figure::CompanyShare, _) => "map-company",
            (Figure::Lead, Some(lead)) if lead < 0.0 => "map-company",
            (Figure::Gap, _) => "map-gap",
            _ => "map-seller",
        };
        let strength = match asked.figure {
            Figure::SellerShare | Figure::CompanyShare => figure.unwrap_or(0.0),
            _ => figure.unwrap_or(0.0).abs() / most,
        };
        let on_pointed = {
            let pointed = pointed.clone();
            move |_: PointerEvent| pointed.set(Some((row, column)))
        };
        html! {
            <rect {class} x={length(x)} y={length(y)} width={length(places.x(right) - x)} height={length(places.y(bottom) - y)}
                fill-opacity={format!("{:.3}", 0.06 + 0.8 * strength.clamp(0.0, 1.0))} onpointerenter={on_pointed} />
        }
    };
    let said = format!("{} over {} and {}", words_of(asked.figure), label(asked, true), label(asked, false));
    let read = pointed.and_then(|(row, column)| reading(asked, grid, row, column));
    let read = read.unwrap_or_else(|| match figure_now {
        Some(figure) => format!("Now: {}. Point at a place to read it.", figure_words(asked.figure, *figure)),
        None => "Point at a place to read it.".to_owned(),
    });
    html! {
        <>
            <svg class="map" viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={said}>
                { for (0..grid.rows().len()).flat_map(|row| (0..grid.xs().len()).map(move |column| (row, column))).map(|(row, column)| cell(row, column)) }
                { axes(asked, &places) }
                { for levels(asked.figure, *figure_now).iter().map(|(level, label)| lines(&grid.iso_lines(*level), label, &places)) }
                <circle class="map-now" cx={length(places.x(now.0))} cy={length(places.y(now.1))} r="5" />
            </svg>
            <p class="map-reading" aria-hidden="true">{ read }</p>
            <p class="note">{ key(asked.figure) }</p>
            { table(asked, grid) }
        </>
    }
}

fn length(number: f64) -> String {
    format!("{number:.1}")
}

fn label(asked: &MapAsked, across: bool) -> &'static str {
    if across { asked.across } else { asked.up }.bounds().label
}

const fn words_of(figure: Figure) -> &'static str {
    crate::text::sensitivity::figure_name(figure)
}

/// What stands at a place.
fn reading(asked: &MapAsked, grid: &Grid, row: usize, column: usize) -> Option<String> {
    let (x, y) = (grid.xs().get(column)?, grid.ys().get(row)?);
    let figure = *grid.rows().get(row)?.get(column)?;
    let figure =
        figure.map_or_else(|| "these numbers contradict each other".to_owned(), |it| figure_words(asked.figure, it));
    let (across, up) = (asked.across, asked.up);
    Some(format!("{} {}, {} {}: {figure}.", across.bounds().label, shown(across, *x), up.bounds().label, shown(up, *y)))
}

fn axes(asked: &MapAsked, places: &Places<'_>) -> Html {
    let ends =
        |values: &[f64]| [values.first().copied(), values.get(values.len() / 2).copied(), values.last().copied()];
    let across = ends(places.grid.xs()).into_iter().flatten().map(|at| {
        html! { <text x={length(places.x(at))} y={length(SIZE.1 - BOTTOM + 14.0)} text-anchor="middle">{ shown(asked.across, at) }</text> }
    });
    let up = ends(places.grid.ys()).into_iter().flatten().map(|at| {
        html! { <text x={length(LEFT - 5.0)} y={length(places.y(at) + 4.0)} text-anchor="end">{ shown(asked.up, at) }</text> }
    });
    let middle = LEFT + 0.5 * (SIZE.0 - LEFT - RIGHT);
    let half = TOP + 0.5 * (SIZE.1 - TOP - BOTTOM);
    html! {
        <g class="map-axes" aria-hidden="true">
            { for across }
            { for up }
            <text x={length(middle)} y={length(SIZE.1 - 4.0)} text-anchor="middle">{ label(asked, true) }</text>
            <text x="11" y={length(half)} text-anchor="middle" transform={format!("rotate(-90 11 {})", length(half))}>{ label(asked, false) }</text>
        </g>
    }
}

/// The lines of one level, the longest with its label.
fn lines(lines: &[IsoLine], label: &str, places: &Places<'_>) -> Html {
    let drawn: Vec<Vec<(f64, f64)>> =
        lines.iter().map(|line| line.iter().map(|(x, y)| (places.x(*x), places.y(*y))).collect()).collect();
    let path = |line: &Vec<(f64, f64)>| {
        let mut path = String::new();
        for (place, (x, y)) in line.iter().enumerate() {
            // Writing into a string cannot fail.
            let _ = write!(path, "{}{x:.1} {y:.1}", if place == 0 { 'M' } else { 'L' });
        }
        html! { <path class="map-line" d={path} /> }
    };
    let longest = drawn.iter().max_by_key(|line| line.len());
    let middle = longest.and_then(|line| line.get(line.len() / 2).copied());
    html! {
        <>
            { for drawn.iter().map(path) }
            if let Some((x, y)) = middle {
                <text class="map-label" x={length(x.clamp(LEFT + 34.0, SIZE.0 - RIGHT - 34.0))} y={length((y - 5.0).max(TOP + 12.0))} text-anchor="middle">{ label.to_owned() }</text>
            }
        </>
    }
}

fn table(asked: &MapAsked, grid: &Grid) -> Html {
    let claim = match asked.figure {
        Figure::Gap => Claim::Gap,
        Figure::SellerShare => Claim::SellerShare,
        Figure::CompanyShare => Claim::CompanyShare,
        Figure::Lead => Claim::Lead,
    };
    let row = |(y, figures): (&f64, &Vec<Option<f64>>)| {
        let cell = |(x, value): (&f64, &Option<f64>)| match value {
            None => html! { <td>{ "–" }</td> },
            Some(value) => {
                let of = Of::Moved((asked.across, *x), Some((asked.up, *y)));
                html! { <td>{ figure(figure_short(asked.figure, *value), claim, of) }</td> }
            }
        };
        html! { <tr><th scope="row">{ shown(asked.up, *y) }</th>{ for grid.xs().iter().zip(figures).map(cell) }</tr> }
    };
    html! {
        <details>
            <summary>{ "The map as a table" }</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="The map as a table">
                <table class="map-table">
                    <caption>{ format!("{}: {} down, {} across", words_of(asked.figure), label(asked, false), label(asked, true)) }</caption>
                    <thead><tr><td></td>{ for grid.xs().iter().map(|x| html! { <th scope="col">{ shown(asked.across, *x) }</th> }) }</tr></thead>
                    <tbody>{ for grid.ys().iter().zip(grid.rows()).map(row) }</tbody>
                </table>
            </div>
        </details>
    }
}
