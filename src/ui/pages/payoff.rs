//! The Payoff page: the verdict, the charts that argue it, and the numbers that may be changed.

use std::rc::Rc;

use yew::prelude::*;

use crate::model::bounds::Input;
use crate::model::payoff::Payoff;
use crate::text::verdict::verdict;
use crate::ui::components::plan_panel::{self, PlanPanel};
use crate::ui::components::verdict::VerdictView;
use crate::ui::effects::studying::use_study;
use crate::ui::parts::{Later, Part, Scene};
use crate::ui::shared::Shared;

/// Properties of [`PayoffPage`].
#[derive(Properties, PartialEq)]
pub struct PayoffPageProps {
    /// The state, and where to report to.
    pub scene: Scene,
    /// The answers.
    pub payoff: Shared<Payoff>,
}

/// The page.
#[component]
pub fn PayoffPage(props: &PayoffPageProps) -> Html {
    let PayoffPageProps { scene, payoff } = props;
    let state = &scene.state;
    // Charts for what is folded away wait until it is unfolded.
    let unfolded = use_state(|| false);
    let on_unfolded = {
        let unfolded = unfolded.clone();
        Callback::from(move |()| unfolded.set(true))
    };
    let findings = use_study(scene, if *unfolded { &Input::ALL } else { &plan_panel::FIRST });
    let about = Some(Shared::from(Rc::clone(&state.workspace)));
    let (same_pay_waits, holds_waits) = (findings.of != about, findings.holds.0 != about);
    let mut sentence = verdict(payoff, state.seller_shown().as_deref(), &state.workspace.plan);
    let per_seller = payoff.accounts as f64 / payoff.sellers.max(1) as f64;
    let has_same_pay = payoff.accounts > 0 && payoff.hours > 0.0;
    let [ruled, same_pay] = &findings.same_pay;
    let has_rules = has_same_pay && state.workspace.plan.rules_on() > 0 && !ruled.is_empty();
    if has_rules {
        sentence.put_first(ruled);
    }
    let has_ranges = has_same_pay && !state.workspace.ranges.is_empty();
    html! {
        <main id="main" class="payoff" tabindex="-1">
            <VerdictView verdict={sentence} {same_pay_waits} moving={state.moving} stale={state.is_stale()}
                ruled_waits={has_rules && same_pay_waits}
                same_pay={if has_same_pay { same_pay.clone() } else { Vec::new() }} {holds_waits}
                holds={findings.holds.1.clone().filter(|_| has_ranges)} />
            <PlanPanel scene={scene.clone()} accounts_per_seller={per_seller} findings={Rc::clone(&findings)} {on_unfolded} />
            <section class="card stage" aria-labelledby="stage-heading" data-stale={state.is_stale().to_string()}>
                <h2 id="stage-heading">{ "Where the hours should go" }</h2>
                <Later part={Part::Stage} scene={Scene { findings: Rc::clone(&findings), ..scene.clone() }} />
            </section>
            <div class="side" data-stale={state.is_stale().to_string()}>
                <Later part={Part::Side} scene={Scene { findings: Rc::clone(&findings), ..scene.clone() }} />
            </div>
        </main>
    }
}
