//! What the rules of a plan make of it, and where both agree with them.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::sentence::sentence;
use super::told_figure::told_sentence;
use crate::model::workspace::Workspace;
use crate::text::arithmetic::ruled_agreement_arithmetic;
use crate::text::rules;
use crate::ui::effects::topics::{use_asked_about, use_ruled_agreement, use_rules};
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Properties of [`RulesOutcome`].
#[derive(Properties, PartialEq)]
pub struct RulesOutcomeProps {
    /// The state.
    pub scene: Scene,
}

/// What the rules make of the plan.
#[component]
pub fn RulesOutcome(props: &RulesOutcomeProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let found = use_rules(scene);
    // The workspace that it was asked of: another one is another question.
    let asked = use_state(|| None::<Shared<Workspace>>);
    let here = use_asked_about(scene);
    let wanted = workspace.plan.rules_on() > 0 && *asked == Some(here.clone());
    let agreement = use_ruled_agreement(&here, scene, wanted);
    let place = use_node_ref();
    {
        // The button that was pressed is gone.
        let place = place.clone();
        use_effect_with(wanted, move |wanted| {
            if let Some(answer) = place.cast::<HtmlElement>().filter(|_| *wanted) {
                let _ = answer.focus();
            }
        });
    }
    if workspace.plan.rules_on() == 0 {
        return Html::default();
    }
    let on_asked = move |_: MouseEvent| asked.set(Some(here.clone()));
    html! {
        <>
            <p class="rules-outcome" role="status" data-waits={found.is_none().to_string()}>
                {
                    match &found {
                        Some(outcome) => html! {
                            <>
                                { sentence(&rules::outcome_words(outcome, workspace, scene.state.seller.as_deref(), 0)) }
                                if let Some(payoff) = &scene.payoff {
                                    { sentence(&rules::rates_alone(payoff)) }
                                }
                            </>
                        },
                        None => html! { { "Working out what the seller would do …" } },
                    }
                }
            </p>
            if let Some(note) = rules::on_edges(&workspace.plan) {
                <p class="note">{ note }</p>
            }
            <p class="rules-agreement" role="status" tabindex="-1" ref={place}>
                {
                    match (wanted, &agreement) {
                        (false, _) => html! {
                            <button type="button" class="link" onclick={on_asked}>{ "At which renewal commission would both agree?" }</button>
                        },
                        (true, None) => html! { { "Looking for the renewal commission at which both agree …" } },
                        (true, Some(agreed)) => {
                            let told = agreed.clone();
                            let tell = move || ruled_agreement_arithmetic(&told);
                            told_sentence(&rules::agreement_words(&agreed.answer, &workspace.plan), tell)
                        }
                    }
                }
            </p>
        </>
    }
}
