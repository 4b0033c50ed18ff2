//! The Payoff page: the verdict, the charts that argue it, and the numbers that may be changed.

use yew::prelude::*;

use crate::charts::payoff::{accounts_over_time, renewal_rate, revenue_over_time, where_hours_go};
use crate::model::bounds::Input;
use crate::model::payoff::Payoff;
use crate::text::verdict::verdict;
use crate::ui::components::chart_card::ChartCard;
use crate::ui::components::plan_panel::PlanPanel;
use crate::ui::components::verdict::VerdictView;
use crate::ui::parts::{Later, Part, Scene};
use crate::ui::shared::Shared;

/// The page.
pub fn payoff_page(scene: &Scene, payoff: &Shared<Payoff>, dark: bool) -> Html {
    let state = &scene.state;
    let rate = state.workspace.get(Input::RenewalCommission);
    let sentence = verdict(payoff, state.seller.as_deref(), rate);
    let per_seller = payoff.accounts as f64 / payoff.sellers.max(1) as f64;
    html! {
        <main id="main" class="payoff" tabindex="-1">
            <VerdictView verdict={sentence} stale={state.is_stale()} />
            <PlanPanel scene={scene.clone()} accounts_per_seller={per_seller} />
            <section class="card stage" aria-labelledby="stage-heading" data-stale={state.is_stale().to_string()}>
                <h2 id="stage-heading">{ "Where the hours should go" }</h2>
                <ChartCard spec={where_hours_go(payoff)} {dark} />
                <div class="pair">
                    <ChartCard spec={renewal_rate(payoff, rate)} {dark} />
                    <div>
                        <ChartCard spec={accounts_over_time(payoff)} {dark} />
                        <ChartCard spec={revenue_over_time(payoff)} {dark} />
                    </div>
                </div>
            </section>
            <div class="side" data-stale={state.is_stale().to_string()}>
                <Later part={Part::Side} scene={scene.clone()} />
            </div>
        </main>
    }
}
