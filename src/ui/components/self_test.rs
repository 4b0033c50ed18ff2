//! The published cases, worked out in the user's own browser.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::model::published_cases::{PublishedCase, published_cases};
use crate::text::number::plain;

/// The table: each case with its source, what is expected, what was found, and whether that is met.
#[component]
pub fn SelfTest() -> Html {
    let cases = use_state(Vec::<PublishedCase>::new);
    {
        let cases = cases.setter();
        use_effect_with((), move |()| {
            // Once the page is there to be read.
            let timer = Timeout::new(0, move || cases.set(published_cases()));
            move || drop(timer)
        });
    }
    let met = cases.iter().filter(|case| case.is_met()).count();
    html! {
        <>
            <p role="status">
                {
                    if cases.is_empty() {
                        "Working the cases out …".to_owned()
                    } else if met == cases.len() {
                        format!("All {met} cases were just worked out in this browser, and every figure is met.")
                    } else {
                        format!("{met} of {} cases are met: do not trust this page, and reload it first.", cases.len())
                    }
                }
            </p>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Published cases">
                <table class="self-test">
                    <thead>
                        <tr>
                            <th scope="col">{ "Case" }</th>
                            <th scope="col">{ "Source" }</th>
                            <th scope="col">{ "Expected" }</th>
                            <th scope="col">{ "Found here" }</th>
                            <th scope="col">{ "" }<span class="visually-hidden">{ "Met or missed" }</span></th>
                        </tr>
                    </thead>
                    <tbody>{ for cases.iter().map(row) }</tbody>
                </table>
            </div>
        </>
    }
}

fn row(case: &PublishedCase) -> Html {
    let list = |figures: &[f64]| figures.iter().map(|figure| plain(*figure, 6)).collect::<Vec<_>>().join("; ");
    let is_met = case.is_met();
    html! {
        <tr key={case.what} data-met={is_met.to_string()}>
            <th scope="row">{ case.what }</th>
            <td>{ case.source }</td>
            <td>{ list(&case.expected) }</td>
            <td>{ list(&case.found) }</td>
            <td class="outcome">{ if is_met { "✓ met" } else { "✗ missed" } }</td>
        </tr>
    }
}
