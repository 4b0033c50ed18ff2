//! The controls of the Payoff page: plan, time, judgement, and the other assumptions folded away.

use web_sys::Element;
use yew::prelude::*;

use super::input_control::{Change, InputControl};
use crate::model::bounds::Input;
use crate::state::State;
use crate::text::number::{counted, plain};
use crate::ui::shared::Shared;

const PLAN: [Input; 4] =
    [Input::RenewalCommission, Input::NewBusinessCommission, Input::ShareToday, Input::HoursPerYear];
/// The judgement questions, which share their beginning.
const JUDGEMENT: [(Input, &str); 3] = [
    (Input::RenewUnattended, "if nobody calls all year?"),
    (Input::RenewToday, "with the attention they get now?"),
    (Input::RenewSaturated, "with all they could use?"),
];
const OTHERS: [Input; 12] = [
    Input::Stay,
    Input::ReferralCommission,
    Input::OddsNew,
    Input::OddsReferred,
    Input::HoursPerPursuit,
    Input::Leads,
    Input::Referrals,
    Input::CarryOver,
    Input::DiscountCompany,
    Input::DiscountSeller,
    Input::ProspectingCost,
    Input::Horizon,
];

/// Properties of [`PlanPanel`].
#[derive(Properties, PartialEq)]
pub struct PlanPanelProps {
    /// The state, for values and drafts.
    pub state: Shared<State>,
    /// Accounts of one seller, for the hours that each gets.
    pub accounts_per_seller: f64,
    /// A number was typed or slid.
    pub on_changed: Callback<Change>,
    /// A default was asked for.
    pub on_reset: Callback<Input>,
    /// All defaults were asked for.
    pub on_reset_all: Callback<()>,
}

/// The controls.
#[component]
pub fn PlanPanel(props: &PlanPanelProps) -> Html {
    let workspace = &props.state.workspace;
    let control = |input: Input, label: Option<&'static str>, sourced: bool, meaning: Option<String>| {
        html! {
            <InputControl key={input.key()} {input} value={workspace.get(input)}
                draft={props.state.drafts.get(input).cloned()} {label} {sourced} {meaning}
                on_changed={props.on_changed.clone()} on_reset={props.on_reset.clone()} />
        }
    };
    let meaning = |input: Input| (input == Input::ShareToday).then(|| time_meaning(props)).flatten();
    let is_own =
        |input: &Input| workspace.get(*input) != input.bounds().default || props.state.drafts.get(*input).is_some();
    let own_others = OTHERS.iter().copied().filter(is_own).count();
    let any_own = Input::ALL.iter().any(is_own);
    // Once open it stays so, also when the number that opened it has been mended.
    let unfolded = use_state(|| false);
    let on_toggled = {
        let unfolded = unfolded.clone();
        move |event: Event| unfolded.set(event.target_unchecked_into::<Element>().has_attribute("open"))
    };
    let refused_others = OTHERS.iter().any(|input| props.state.drafts.get(*input).is_some());
    html! {
        <section class="card plan" aria-labelledby="plan-heading">
            <div class="card-heading">
                <h2 id="plan-heading">{ "Plan and time" }</h2>
                if any_own {
                    <button type="button" class="link" onclick={props.on_reset_all.reform(|_| ())}>{ "reset all" }</button>
                }
            </div>
            { for PLAN.map(|input| control(input, None, false, meaning(input))) }
            <fieldset>
                <legend>{ "Of 100 accounts like these, how many renew …" }</legend>
                { for JUDGEMENT.map(|(input, label)| control(input, Some(label), false, None)) }
            </fieldset>
            <details open={*unfolded || refused_others} ontoggle={on_toggled}>
                <summary>
                    { format!("{} more assumptions ", OTHERS.len()) }
                    if own_others > 0 {
                        <small>{ if own_others == 1 { "1 is yours".to_owned() } else { format!("{own_others} are yours") } }</small>
                    }
                </summary>
                { for OTHERS.map(|input| control(input, None, true, None)) }
            </details>
        </section>
    }
}

fn time_meaning(props: &PlanPanelProps) -> Option<String> {
    let workspace = &props.state.workspace;
    let hours = workspace.get(Input::ShareToday) * workspace.get(Input::HoursPerYear);
    let whole = counted(libm::round(hours) as usize, "hour", "hours");
    if props.accounts_per_seller <= 0.0 {
        return Some(format!("{whole} a year"));
    }
    Some(format!("{whole} a year, {} for each account", plain(hours / props.accounts_per_seller, 1)))
}
