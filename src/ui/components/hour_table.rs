//! What the next hour pays, two by two.

use yew::prelude::*;

use crate::model::payoff::HourWorth;
use crate::text::number::money_per_hour;
use crate::text::verdict::hours_compared;

fn row(whose: &'static str, name: &'static str, hour: &HourWorth) -> Html {
    let best = |wins: bool| wins.then_some("best");
    html! {
        <tr>
            <th scope="row" data-whose={whose}>{ name }</th>
            <td data-worth={best(hour.customers > hour.prospecting)}>{ money_per_hour(hour.customers) }</td>
            <td data-worth={best(hour.prospecting > hour.customers)}>{ money_per_hour(hour.prospecting) }</td>
        </tr>
    }
}

/// The table, with the comparison in words.
pub fn hour_table(seller: &HourWorth, company: &HourWorth) -> Html {
    html! {
        <section class="card hour" aria-labelledby="hour-heading">
            <h2 id="hour-heading">{ "The next hour pays" }</h2>
            <table>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{ "with customers" }</th>
                        <th scope="col">{ "prospecting" }</th>
                    </tr>
                </thead>
                <tbody>
                    { row("seller", "the seller", seller) }
                    { row("company", "the company", company) }
                </tbody>
            </table>
            <p class="note">
                { hours_compared(seller, company) }
                { " One hour more this year at today's split, in present value." }
            </p>
        </section>
    }
}
