//! How much is luck: the band of the seller's pay over simulated cases. Fetched after the first screen.

use yew::prelude::*;

use super::told_figure::ToldFigure;
use crate::model::monte_carlo::{Measure, Spread};
use crate::text::arithmetic::luck_arithmetic;
use crate::text::luck::{LuckFigure, Paid, Said, Statistic, band, check, predictability, reckoning, shown};
use crate::text::number::money_rounded;

/// Width and height of the drawing, in its own units.
const SIZE: (f64, f64) = (300.0, 20.0);

/// The card; `sellers` are added up in it, and paid by further rules of the plan if `with_rules`.
pub fn luck_card(spread: &Spread, sellers: usize, with_rules: bool) -> Html {
    let who = if sellers == 1 { "a seller at their best is" } else { "all sellers at their best are" };
    html! {
        <section class="card luck" aria-labelledby="luck-heading">
            <h2 id="luck-heading">{ "How much is luck" }</h2>
            { drawing(&spread.first_year_pay) }
            <p>{ said(band(spread, who), spread) }</p>
            <p class="note">{ said(predictability(spread), spread) }{ " " }{ said(check(spread, with_rules), spread) }</p>
            { arithmetic(spread) }
        </section>
    }
}

fn said(parts: Vec<Said>, spread: &Spread) -> Html {
    let part = |(text, of): Said| match of {
        None => html! { {text} },
        Some(of) => figure(text, of, spread),
    };
    parts.into_iter().map(part).collect()
}

/// A figure of the cases, which opens what it is reckoned from.
fn figure(text: String, of: LuckFigure, spread: &Spread) -> Html {
    let spread = spread.clone();
    let tell = move |()| luck_arithmetic(of, &spread).ok_or_else(|| "These cases say nothing of it.".to_owned());
    html! { <ToldFigure {text} tell={Callback::from(tell)} /> }
}

/// The cases in figures, from which all that is said can be reckoned again.
fn arithmetic(spread: &Spread) -> Html {
    let cell = |of: LuckFigure| match shown(spread, of) {
        Some(text) => html! { <td>{ figure(text, of, spread) }</td> },
        None => html! { <td>{ "–" }</td> },
    };
    let row = |(what, statistic): (String, Statistic)| {
        html! {
            <tr>
                <th scope="row">{ what }</th>
                { for Paid::ALL.into_iter().map(|paid| cell((paid, statistic))) }
            </tr>
        }
    };
    html! {
        <details>
            <summary>{ "Where these figures come from" }</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="The simulated cases in figures">
                <table class="numbers">
                    <thead>
                        <tr>
                            <th scope="col">{ "First year" }</th>
                            { for Paid::ALL.into_iter().map(|paid| html! { <th scope="col">{ paid.heading() }</th> }) }
                        </tr>
                    </thead>
                    <tbody>{ for reckoning().into_iter().map(row) }</tbody>
                </table>
            </div>
        </details>
    }
}

/// From nothing to the highest of twenty: nine cases of ten pale, every other one strong, the mean a line.
fn drawing(pay: &Measure) -> Html {
    let [lowest, _, low, _, high, _, highest] = pay.quantiles;
    let (from, to) = (lowest.min(0.0), highest.max(0.0));
    if to - from < 0.01 {
        return Html::default();
    }
    let x = |amount: f64| SIZE.0 * (amount - from) / (to - from);
    let bar = |class: &'static str, low: f64, high: f64| {
        let (start, width) = (format!("{:.1}", x(low)), format!("{:.1}", x(high) - x(low)));
        html! { <rect {class} x={start} {width} y="2" height="16" /> }
    };
    let mean = format!("{:.1}", x(pay.mean));
    html! {
        <>
            <svg class="band" viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} preserveAspectRatio="none" aria-hidden="true">
                { bar("band-most", lowest, highest) }
                { bar("band-half", low, high) }
                <line class="band-mean" x1={mean.clone()} x2={mean} y1="0" y2="20" />
            </svg>
            <p class="band-ends"><span>{ money_rounded(from) }</span><span>{ money_rounded(to) }</span></p>
        </>
    }
}
