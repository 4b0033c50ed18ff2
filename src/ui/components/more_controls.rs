//! The controls that are folded away: the rest of the plan, and the other assumptions. Fetched after the first screen.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::input_control::InputControl;
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::bounds::Input;
use crate::model::pay::PlanPeriod;
use crate::state::action::Action;
use crate::text::{choice, input};
use crate::ui::parts::Scene;

/// The inputs of the rest of the plan.
pub const PLAN: [Input; 8] = [
    Input::UpsellCommission,
    Input::ReferralCommission,
    Input::Quota,
    Input::Accelerator,
    Input::RenewalYear1,
    Input::RenewalYear3,
    Input::RenewalYear4,
    Input::RenewalYear5,
];

/// The inputs of the other assumptions.
pub const OTHERS: [Input; 22] = [
    Input::RenewHalf,
    Input::Stay,
    Input::UpsellGrowth,
    Input::OddsNew,
    Input::OddsReferred,
    Input::HoursPerPursuit,
    Input::Leads,
    Input::Referrals,
    Input::ReferenceLift,
    Input::ReferencesForHalf,
    Input::NewAccountFit,
    Input::CompetitorPull,
    Input::ReferredOdds,
    Input::WonBackOdds,
    Input::CarryOver,
    Input::HoneymoonMonths,
    Input::HoneymoonFade,
    Input::HoneymoonRatio,
    Input::DiscountCompany,
    Input::DiscountSeller,
    Input::ProspectingCost,
    Input::Horizon,
];

/// The rest of the plan.
pub fn plan_controls(scene: &Scene) -> Html {
    let chosen = scene.state.workspace.plan.quota.period;
    let periods = PlanPeriod::ALL.map(|period| (choice::period(period), period == chosen));
    let on_chosen = choosing(scene, &PlanPeriod::ALL, Action::QuotaPeriodChosen);
    html! {
        <>
            { for PLAN.iter().take(4).map(|input| control(scene, *input)) }
            { select("quota-period", "Quota period", &periods, on_chosen) }
            <fieldset>
                <legend>{ "Renewal commission of single contract years" }</legend>
                { for PLAN.iter().skip(4).map(|input| control(scene, *input)) }
            </fieldset>
        </>
    }
}

/// The other assumptions.
pub fn assumption_controls(scene: &Scene) -> Html {
    let chosen = scene.state.workspace.assumptions.attention;
    let form = scene.state.workspace.assumptions.renewal_form;
    let forms = RenewalForm::ALL.map(|it| (choice::renewal_form(it), it == form));
    let on_form = choosing(scene, &RenewalForm::ALL, Action::RenewalFormChosen);
    let policies = AttentionPolicy::ALL.map(|policy| (choice::attention(policy), policy == chosen));
    let on_chosen = choosing(scene, &AttentionPolicy::ALL, Action::AttentionChosen);
    let counts = |input: Input| match input {
        Input::HoneymoonMonths | Input::HoneymoonFade | Input::HoneymoonRatio => chosen == AttentionPolicy::Honeymoon,
        Input::RenewHalf => form == RenewalForm::SCurve,
        _ => true,
    };
    // What was refused or is drawn from must be seen, whatever it is for.
    let stands =
        |input: Input| scene.state.drafts.get(input).is_some() || scene.state.workspace.ranges.get(input).is_some();
    let shown = OTHERS.iter().filter(|input| counts(**input) || stands(**input));
    html! {
        <>
            { select("renewal-form", "Renewals rise with attention", &forms, on_form) }
            { select("attention", "Time with customers goes to", &policies, on_chosen) }
            { for shown.map(|input| control(scene, *input)) }
        </>
    }
}

fn control(scene: &Scene, input: Input) -> Html {
    let (workspace, wording) = (&scene.state.workspace, input.wording());
    html! {
        <InputControl key={input.key()} {input} chart={scene.findings.chart(input)} value={workspace.get(input)} default={workspace.default_of(input)}
            range={input::typed_range(input, workspace)} draft={scene.state.drafts.get(input).cloned()} title={format!("{} Double-click to reset.", wording.question)}
            source={format!("{}. ({})", wording.source, wording.grade.words())}
            why={scene.why(input)} on_why={&scene.on_why}
            on_changed={scene.on_action.reform(|(input, text, gesture)| Action::InputChanged { input, text, gesture })}
            on_reset={scene.on_action.reform(Action::InputReset)} />
    }
}

/// Reports the choice of one of `all`, by its place in the list.
fn choosing<T: Copy + 'static>(scene: &Scene, all: &'static [T], chosen: fn(T) -> Action) -> Callback<Event> {
    let on_action = scene.on_action.clone();
    Callback::from(move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Some(choice) = usize::try_from(index).ok().and_then(|index| all.get(index)) {
            on_action.emit(chosen(*choice));
        }
    })
}

fn select(id: &'static str, label: &'static str, options: &[(&'static str, bool)], on_chosen: Callback<Event>) -> Html {
    html! {
        <div class="control">
            <div class="control-row">
                <label for={id}>{ label }</label>
                <select {id} onchange={on_chosen}>
                    { for options.iter().map(|(words, selected)| html! { <option selected={*selected}>{ *words }</option> }) }
                </select>
            </div>
        </div>
    }
}
