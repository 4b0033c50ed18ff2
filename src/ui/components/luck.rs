//! How much is luck: the band of the seller's pay over simulated cases. Fetched after the first screen.

use yew::prelude::*;

use crate::model::monte_carlo::{Measure, Spread};
use crate::text::luck::{band, check, predictability, reckoning};
use crate::text::number::money_rounded;

/// Width and height of the drawing, in its own units.
const SIZE: (f64, f64) = (300.0, 20.0);

/// The card; `sellers` are added up in it.
pub fn luck_card(spread: &Spread, sellers: usize) -> Html {
    let who = if sellers == 1 { "a seller at their best is" } else { "all sellers at their best are" };
    html! {
        <section class="card luck" aria-labelledby="luck-heading">
            <h2 id="luck-heading">{ "How much is luck" }</h2>
            { drawing(&spread.first_year_pay) }
            <p>{ band(spread, who) }</p>
            <p class="note">{ predictability(spread) }{ " " }{ check(spread) }</p>
            { arithmetic(spread) }
        </section>
    }
}

/// The cases in figures, from which all that is said can be reckoned again.
fn arithmetic(spread: &Spread) -> Html {
    let row = |(what, cells): &(String, [String; 3])| {
        html! {
            <tr>
                <th scope="row">{ what.clone() }</th>
                { for cells.iter().map(|cell| html! { <td>{ cell.clone() }</td> }) }
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
                            <th scope="col">{ "all pay" }</th>
                            <th scope="col">{ "on renewals" }</th>
                            <th scope="col">{ "on new business" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for reckoning(spread).iter().map(row) }</tbody>
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
