//! The Payoff page: the verdict, the charts that argue it, and the numbers that may be changed.

use yew::prelude::*;

use crate::charts::payoff::{accounts_over_time, renewal_rate, revenue_over_time, where_hours_go};
use crate::model::bounds::Input;
use crate::model::payoff::Payoff;
use crate::state::State;
use crate::state::action::Action;
use crate::text::verdict::{note, verdict};
use crate::ui::components::chart_card::ChartCard;
use crate::ui::components::hour_table::hour_table;
use crate::ui::components::pay_bar::pay_bar;
use crate::ui::components::plan_panel::PlanPanel;
use crate::ui::components::rate_card::RateCard;
use crate::ui::components::verdict::VerdictView;
use crate::ui::shared::Shared;

/// The page.
pub fn payoff_page(state: &Shared<State>, payoff: &Shared<Payoff>, dark: bool, on_action: &Callback<Action>) -> Html {
    let rate = state.workspace.get(Input::RenewalCommission);
    let sentence = verdict(payoff, state.seller.as_deref(), rate);
    let per_seller = payoff.accounts as f64 / payoff.sellers.max(1) as f64;
    html! {
        <main id="main" class="payoff" tabindex="-1">
            <VerdictView verdict={sentence} stale={state.is_stale()} />
            <PlanPanel state={state.clone()} accounts_per_seller={per_seller}
                on_changed={on_action.reform(|(input, text, gesture)| Action::InputChanged { input, text, gesture })}
                on_reset={on_action.reform(Action::InputReset)}
                on_reset_all={on_action.reform(|()| Action::AllInputsReset)} />
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
                { hour_table(&payoff.seller_hour, &payoff.company_hour) }
                { pay_bar(&payoff.paid_for_anyway) }
                <RateCard payoff={payoff.clone()} target_share={state.target_share}
                    on_target={on_action.reform(Action::TargetAsked)} />
                { notes(payoff) }
            </div>
        </main>
    }
}

fn notes(payoff: &Payoff) -> Html {
    if payoff.notes.is_empty() {
        return Html::default();
    }
    html! {
        <section class="card" aria-labelledby="notes-heading">
            <h2 id="notes-heading">{ "Worth knowing" }</h2>
            <ul class="lines">{ for payoff.notes.iter().map(|it| html! { <li>{ note(it) }</li> }) }</ul>
        </section>
    }
}
