//! The charts that argue the verdict.

use yew::prelude::*;

use crate::charts::payoff::{accounts_over_time, renewal_rate, revenue_over_time, where_hours_go};
use crate::model::bounds::Input;
use crate::text::rules::of_rates_alone;
use crate::ui::components::chart_card::ChartCard;
use crate::ui::parts::Scene;

/// The charts, if there are answers to draw.
pub fn stage(scene: &Scene) -> Html {
    let Some(payoff) = &scene.payoff else { return Html::default() };
    let dark = scene.dark;
    let rate = scene.state.workspace.get(Input::RenewalCommission);
    html! {
        <>
            if let Some(note) = of_rates_alone(&scene.state.workspace.plan) {
                <p class="note">{ note }</p>
            }
            <ChartCard spec={where_hours_go(payoff)} {dark} />
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
