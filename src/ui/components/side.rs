//! The column beside the charts: each seller, the next hour, what is paid for anyway, the rates, and what is worth knowing. Fetched after
//! the first screen.

use std::rc::Rc;

use yew::prelude::*;

use super::explain::Explain;
use super::hour_table::hour_table;
use super::judgement_card::JudgementCard;
use super::own_book_card::OwnBookCard;
use super::pay_bar::pay_bar;
use super::rate_card::RateCard;
use super::seller_table::seller_table;
use crate::model::payoff::Payoff;
use crate::state::action::Action;
use crate::text::rules::of_rates_alone;
use crate::text::verdict::note;
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// The column.
pub fn side(scene: &Scene) -> Html {
    let Some(payoff) = &scene.payoff else { return Html::default() };
    let waits = scene.findings.of != Some(Shared::from(Rc::clone(&scene.state.workspace)));
    html! {
        <>
            if let Some(note) = of_rates_alone(&scene.state.workspace.plan) {
                <p class="note">{ note }</p>
            }
            if payoff.annual_value > 0.0 {
                { seller_table(&payoff.by_seller, &scene.state, &scene.on_action) }
            }
            { hour_table(&payoff.seller_hour, &payoff.company_hour) }
            { pay_bar(&payoff.paid_for_anyway) }
            <RateCard payoff={payoff.clone()} target_share={scene.state.target_share}
                on_target={scene.on_action.reform(Action::TargetAsked)} />
            <div class="luck-place" data-waits={waits.to_string()}>{ scene.findings.luck.clone() }</div>
            { scene.findings.progress.clone() }
            { notes(payoff) }
            <JudgementCard scene={scene.clone()} />
            <OwnBookCard scene={scene.clone()} />
            <Explain scene={scene.clone()} plans={scene.findings.plans.clone()} />
            if let Some(lost) = scene.findings.lost {
                <p class="note lost" role="status">{ lost }</p>
            }
        </>
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
