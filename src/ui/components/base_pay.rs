//! Base pay, as a sentence of the plan, and what it makes of the pay mix.

use yew::prelude::*;

use super::typed_number::{Refused, TypedNumber};
use crate::model::change::Label;
use crate::model::plan::Plan;
use crate::state::plans;
use crate::text::account_draft::read_amount;
use crate::text::number::{CURRENCY, plain};
use crate::text::plan::pay_mix;
use crate::ui::parts::Scene;

/// Properties of [`BasePay`].
#[derive(Properties, PartialEq)]
pub struct BasePayProps {
    /// The state, and where to report to.
    pub scene: Scene,
}

/// The sentence, in a list.
#[component]
pub fn BasePay(props: &BasePayProps) -> Html {
    let scene = &props.scene;
    let plan = &scene.state.workspace.plan;
    let refused = use_state(|| None::<(String, String)>);
    {
        // Another number in use answers what was refused.
        let refused = refused.setter();
        use_effect_with(plan.base, move |_| refused.set(None));
    }
    let on_typed = {
        let (scene, refused) = (scene.clone(), refused.clone());
        Callback::from(move |text: String| match read_amount(&text) {
            Ok(base) => {
                refused.set(None);
                let workspace = &scene.state.workspace;
                if base != workspace.plan.base {
                    let plan = Plan { base, ..workspace.plan.clone() };
                    scene.on_action.emit(plans::replaced(workspace, plan, Label::plain("change base pay")));
                }
            }
            Err(why) => refused.set(Some((text, why))),
        })
    };
    let refused: Refused = (*refused).clone();
    let note = scene.payoff.as_ref().map_or_else(String::new, |payoff| pay_mix(plan, payoff));
    html! {
        <li>
            <p>
                { "Pay a " }<b>{ "base" }</b>{ " of " }
                <TypedNumber id="plan-base" label="Base pay a year" before={CURRENCY} after="" shown={plain(plan.base.units(), 2)} {refused} {on_typed} />
                { " a year, whatever happens." }
            </p>
            if !note.is_empty() {
                <small>{ note }</small>
            }
        </li>
    }
}
