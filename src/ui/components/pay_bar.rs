//! What this year's renewal commission buys: renewals that come anyway, and renewals won by attention.

use yew::prelude::*;

use super::figure::figure;
use crate::model::payoff::PaidForAnyway;
use crate::text::claim::{Claim, Of};
use crate::text::number::{money, percent};

/// Width of the drawing in its own units.
const WIDTH: f64 = 1000.0;

/// The bar, with the same in words.
pub fn pay_bar(paid: &PaidForAnyway) -> Html {
    let PaidForAnyway { free, won } = *paid;
    let total = free + won;
    let share = if total > 0.0 { (free / total).clamp(0.0, 1.0) } else { 0.0 };
    let split = format!("{:.1}", share * WIDTH);
    html! {
        <section class="card pay" aria-labelledby="pay-heading">
            <h2 id="pay-heading">{ "What renewal pay buys" }</h2>
            if total > 0.0 {
                <svg class="bar" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="bar-anyway" width={split.clone()} height="24" />
                    <rect class="bar-won" x={split} width={format!("{:.1}", (1.0 - share) * WIDTH)} height="24" />
                </svg>
                <dl class="bar-parts">
                    <div><dt>{ "would renew anyway" }</dt><dd>{ figure(money(free, 0), Claim::FreeRenewalPay, Of::InUse) }</dd></div>
                    <div class="seller"><dt>{ "won by attention" }</dt><dd>{ figure(money(won, 0), Claim::WonRenewalPay, Of::InUse) }</dd></div>
                </dl>
                <p class="note">
                    { figure(percent(share, 0), Claim::FreePart, Of::InUse) }
                    { " of the next twelve months' renewal commission is paid for renewals that need no one." }
                </p>
            } else {
                <p class="note">{ "No renewal commission falls due in the next twelve months." }</p>
            }
        </section>
    }
}
