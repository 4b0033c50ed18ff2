//! What the next hour pays, two by two.

use yew::prelude::*;

use super::figure::figure;
use super::sentence::sentence;
use crate::model::payoff::HourWorth;
use crate::text::claim::{Claim, Of};
use crate::text::hours::hours_compared;
use crate::text::number::money_per_hour;

fn row(whose: &'static str, name: &'static str, hour: &HourWorth, claims: [Claim; 2]) -> Html {
    let [with_customers, prospecting] = claims;
    let best = |wins: bool| wins.then_some("best");
    html! {
        <tr>
            <th scope="row" data-whose={whose}>{ name }</th>
            <td data-worth={best(hour.customers > hour.prospecting)}>{ figure(money_per_hour(hour.customers), with_customers, Of::InUse) }</td>
            <td data-worth={best(hour.prospecting > hour.customers)}>{ figure(money_per_hour(hour.prospecting), prospecting, Of::InUse) }</td>
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
                    { row("seller", "the seller", seller, [Claim::SellerWithCustomers, Claim::SellerProspecting]) }
                    { row("company", "the company", company, [Claim::CompanyWithCustomers, Claim::CompanyProspecting]) }
                </tbody>
            </table>
            <p class="note">
                { sentence(&hours_compared(seller, company)) }
                { " One hour more this year at today's split, in present value." }
            </p>
        </section>
    }
}
