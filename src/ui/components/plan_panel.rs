//! The controls of the Payoff page: plan, time, judgement, and the rest folded away.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::input_control::InputControl;
use super::more_controls;
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::bounds::Input;
use crate::model::plan::QuotaRule;
use crate::state::State;
use crate::state::action::Action;
use crate::text;
use crate::text::hours::hours_today;
use crate::text::verdict;
use crate::ui::effects::studying::Findings;
use crate::ui::parts::{Later, Part, Scene};

const PLAN: [Input; 4] =
    [Input::RenewalCommission, Input::NewBusinessCommission, Input::ShareToday, Input::HoursPerYear];
/// The inputs that are always in sight.
pub const FIRST: [Input; 7] = [
    Input::RenewalCommission,
    Input::NewBusinessCommission,
    Input::ShareToday,
    Input::HoursPerYear,
    Input::RenewUnattended,
    Input::RenewToday,
    Input::RenewSaturated,
];
/// The judgement questions, which share their beginning.
const JUDGEMENT: [(Input, &str); 3] = [
    (Input::RenewUnattended, "if nobody calls all year?"),
    (Input::RenewToday, "with the attention they get now?"),
    (Input::RenewSaturated, "with all they could use?"),
];
/// Properties of [`PlanPanel`].
#[derive(Properties, PartialEq)]
pub struct PlanPanelProps {
    /// The state, and where to report to.
    pub scene: Scene,
    /// Accounts of one seller, for the hours that each gets.
    pub accounts_per_seller: f64,
    /// What was found out about each slider.
    pub findings: Rc<Findings>,
    /// Something was unfolded.
    pub on_unfolded: Callback<()>,
}

/// The controls.
#[component]
pub fn PlanPanel(props: &PlanPanelProps) -> Html {
    let Scene { state, on_action, .. } = &props.scene;
    let workspace = &state.workspace;
    let control = |input: Input, label: Option<&'static str>, meaning: Option<Vec<verdict::Part>>| {
        let chart = props.findings.chart(input);
        html! {
            <InputControl key={input.key()} {input} {chart} value={workspace.get(input)} default={workspace.default_of(input)}
                range={text::input::typed_range(input, workspace)} draft={state.drafts.get(input).cloned()} {label} {meaning}
                why={props.scene.why(input)} on_why={&props.scene.on_why}
                on_changed={on_action.reform(|(input, text, gesture)| Action::InputChanged { input, text, gesture })}
                on_reset={on_action.reform(Action::InputReset)} />
        }
    };
    let meaning = |input: Input| (input == Input::ShareToday).then(|| time_meaning(props)).flatten();
    let chosen = [
        workspace.plan.quota.period != QuotaRule::default().period,
        workspace.assumptions.attention != AttentionPolicy::default(),
        workspace.assumptions.renewal_form != RenewalForm::default(),
    ];
    let any_own = Input::ALL.iter().any(|input| is_own(state, *input)) || chosen.contains(&true);
    html! {
        <section class="card plan" aria-labelledby="plan-heading">
            <div class="card-heading">
                <h2 id="plan-heading">{ "Plan and time" }</h2>
                if any_own {
                    <button type="button" class="link" onclick={on_action.reform(|_| Action::AllInputsReset)}>{ "reset all" }</button>
                }
            </div>
            { for PLAN.map(|input| control(input, None, meaning(input))) }
            <fieldset>
                <legend>{ "Of 100 accounts like these, how many renew …" }</legend>
                { for JUDGEMENT.map(|(input, label)| control(input, Some(label), None)) }
            </fieldset>
            { fold(props, Part::PlanControls, "The rest of the plan", &more_controls::PLAN, &chosen[..1]) }
            { fold(props, Part::AssumptionControls, "More assumptions", &more_controls::OTHERS, &chosen[1..]) }
        </section>
    }
}

fn is_own(state: &State, input: Input) -> bool {
    let workspace = &state.workspace;
    workspace.get(input) != workspace.default_of(input)
        || workspace.ranges.get(input).is_some()
        || state.drafts.get(input).is_some()
}

/// Controls that are folded away, with how many of them are the user's own; `chosen` says which choices are.
fn fold(props: &PlanPanelProps, part: Part, heading: &'static str, inputs: &[Input], chosen: &[bool]) -> Html {
    let scene = &props.scene;
    let own =
        inputs.iter().filter(|input| is_own(&scene.state, **input)).count() + chosen.iter().filter(|it| **it).count();
    let refused = inputs.iter().any(|input| scene.state.drafts.get(*input).is_some());
    html! { <Fold key={part.name()} {part} {heading} {own} {refused} scene={Scene { findings: Rc::clone(&props.findings), ..scene.clone() }}
    on_unfolded={props.on_unfolded.clone()} /> }
}

/// Properties of [`Fold`].
#[derive(Properties, PartialEq)]
struct FoldProps {
    /// What is in it.
    part: Part,
    /// Its heading.
    heading: &'static str,
    /// How many of its controls are the user's own.
    own: usize,
    /// Whether one of them was refused, so that it must be seen.
    refused: bool,
    /// What the controls look at.
    scene: Scene,
    /// It was unfolded.
    on_unfolded: Callback<()>,
}

/// Controls that are there once they are unfolded.
#[component]
fn Fold(props: &FoldProps) -> Html {
    // Once open it stays so, also when the number that opened it has been mended.
    let unfolded = use_state(|| false);
    let on_toggled = {
        let (unfolded, on_unfolded) = (unfolded.clone(), props.on_unfolded.clone());
        move |event: Event| {
            let open = event.target_unchecked_into::<Element>().has_attribute("open");
            unfolded.set(open);
            if open {
                on_unfolded.emit(());
            }
        }
    };
    let open = *unfolded || props.refused;
    html! {
        <details {open} ontoggle={on_toggled}>
            <summary>
                { props.heading }
                if props.own > 0 {
                    <small>{ if props.own == 1 { " 1 is yours".to_owned() } else { format!(" {} are yours", props.own) } }</small>
                }
            </summary>
            if open {
                <Later part={props.part} scene={props.scene.clone()} />
            }
        </details>
    }
}

fn time_meaning(props: &PlanPanelProps) -> Option<Vec<verdict::Part>> {
    let workspace = &props.scene.state.workspace;
    let hours = workspace.get(Input::ShareToday) * workspace.get(Input::HoursPerYear);
    Some(hours_today(hours, props.accounts_per_seller))
}
