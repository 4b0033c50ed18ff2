//! The charts that argue the verdict.

use std::rc::Rc;

use yew::prelude::*;

use crate::charts::payoff::{accounts_over_time, renewal_rate, revenue_over_time, where_hours_go};
use crate::model::bounds::Input;
use crate::text::rules::of_rates_alone;
use crate::ui::components::chart_card::ChartCard;
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// The charts, if there are answers to draw.
pub fn stage(scene: &Scene) -> Html {
    let Some(payoff) = &scene.payoff else { return Html::default() };
    let dark = scene.dark;
    let rate = scene.state.workspace.get(Input::RenewalCommission);
    let plan = &scene.state.workspace.plan;
    let note = of_rates_alone(plan);
    // Until they are known for these numbers, those of the numbers before stay.
    let known = scene.findings.curve.as_ref().filter(|(_, seller, _)| *seller == scene.state.seller);
    let ruled = known.filter(|_| plan.rules_on() > 0);
    let waits = ruled.is_some_and(|(of, ..)| *of != Shared::from(Rc::clone(&scene.state.workspace)));
    html! {
        <>
            if let Some((.., curve)) = ruled {
                <p class="note">{ "With the rules of the plan." }</p>
                <div data-waits={waits.to_string()}><ChartCard spec={where_hours_go(&curve.in_place_of(payoff))} {dark} /></div>
            } else {
                if let Some(note) = &note {
                    <p class="note">{ note.clone() }</p>
                }
                <ChartCard spec={where_hours_go(payoff)} {dark} />
            }
            if let Some(note) = note.filter(|_| ruled.is_some()) {
                <p class="note">{ note }</p>
            }
            <div class="pair">
                <ChartCard spec={renewal_rate(payoff, rate)} {dark} />
                <div>
                    <ChartCard spec={accounts_over_time(payoff)} {dark} />
                    <ChartCard spec={revenue_over_time(payoff)} {dark} />
                </div>
            </div>
        </>
    }
}
