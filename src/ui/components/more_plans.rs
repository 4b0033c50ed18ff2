//! Ways to another plan: keep the one in use, another rule for the same money, the best for the same pay, a template.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::sentence::sentence;
use super::template_card::TemplateCard;
use crate::model::best_plan::BestPlan;
use crate::model::bounds::Input;
use crate::model::payoff::Question;
use crate::model::plan::Plan;
use crate::model::quantity::CommissionRate;
use crate::model::same_money::Sameness;
use crate::state::plans;
use crate::study::counts_rules;
use crate::text::comparison;
use crate::text::input;
use crate::text::plan::in_short;
use crate::text::rules::of_rates_alone;
use crate::text::same_pay::same_pay;
use crate::ui::effects::comparing::{Asked, Compared};
use crate::ui::effects::screen;
use crate::ui::parts::Scene;

/// What may be kept the same, the usual meaning first.
const SAMENESSES: [Sameness; 4] =
    [Sameness::FirstYear, Sameness::FirstYearHeld, Sameness::Horizon, Sameness::PerNewAccount];

/// The best two rates for the same pay.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// They, once they are known.
    pub found: Option<BestPlan>,
    /// Asks for them, where they are looked for only then.
    pub on_asked: Option<Callback<()>>,
}

/// Properties of [`MorePlans`].
#[derive(Properties, PartialEq)]
pub struct MorePlansProps {
    /// The state, and where to report to.
    pub scene: Scene,
    /// What is known.
    pub compared: Compared,
    /// The best two rates for the same pay.
    pub best: Best,
    /// The place among the plans told about from which on come those of the sentence on the same pay.
    pub first: usize,
    /// Another rate for the same money was asked for.
    pub on_trade: Callback<Asked>,
}

/// The ways.
#[component]
pub fn MorePlans(props: &MorePlansProps) -> Html {
    let MorePlansProps { scene, compared, .. } = props;
    html! {
        <section class="more-plans" aria-label="Add a plan">
            <Keep scene={scene.clone()} />
            { best(scene, compared, &props.best, props.first) }
            <TradeCard scene={scene.clone()} compared={compared.clone()} first={props.first} on_trade={props.on_trade.clone()} />
            <TemplateCard scene={scene.clone()} />
        </section>
    }
}

/// A button that puts `plan` by, or where it already is.
/// The button is gone then, so `heading` gets the focus.
fn keep_button(scene: &Scene, plan: &Plan, heading: &'static str) -> Html {
    let workspace = &scene.state.workspace;
    if *plan == workspace.plan {
        return html! { <span class="note">{ "This is the plan in use." }</span> };
    }
    match workspace.saved_plans.name_of(plan) {
        Some(name) => html! { <span class="note">{ format!("Kept as “{name}”.") }</span> },
        None => {
            let name = workspace.saved_plans.free_name();
            let kept = plans::saved(workspace, &name, plan.clone());
            let why = kept.as_ref().err().map(ToString::to_string);
            let on_action = scene.on_action.clone();
            let on_kept = move |_: MouseEvent| {
                if let Ok(action) = &kept {
                    screen::focus(heading);
                    on_action.emit(action.clone());
                }
            };
            html! {
                <>
                    <button type="button" disabled={why.is_some()} onclick={on_kept}>{ format!("Keep as “{name}”") }</button>
                    if let Some(why) = why {
                        <span class="note">{ format!(" {why}") }</span>
                    }
                </>
            }
        }
    }
}

/// The ids of headings.
const KEEP: &str = "keep-heading";
const BEST_ID: &str = "best-heading";
const TRADE: &str = "trade-heading";
/// Heading of the best two rates.
const BEST: &str = "Best for the company at the same pay";

/// Properties of [`Keep`].
#[derive(Properties, PartialEq)]
struct SceneProps {
    scene: Scene,
}

/// The plan in use, put by under a name.
#[component]
fn Keep(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let typed = use_state(|| None::<String>);
    let name = (*typed).clone().unwrap_or_else(|| workspace.saved_plans.free_name());
    let kept = workspace.saved_plans.name_of(&workspace.plan).map(str::to_owned);
    let on_typed = {
        let typed = typed.clone();
        move |event: InputEvent| typed.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let action = plans::saved(workspace, &name, workspace.plan.clone());
    let problem = action.as_ref().err().map(ToString::to_string);
    let on_kept = {
        let (on_action, typed) = (scene.on_action.clone(), typed.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Ok(action) = &action {
                screen::focus(KEEP);
                on_action.emit(action.clone());
                typed.set(None);
            }
        }
    };
    html! {
        <section class="card" aria-labelledby={KEEP}>
            <h2 id={KEEP} tabindex="-1">{ "Keep the plan in use" }</h2>
            <p>{ in_short(&workspace.plan) }</p>
            if let Some(name) = kept {
                <p class="note">{ format!("It is kept as “{name}”. Change a number of the plan on the Payoff page, and both stand here side by side.") }</p>
            } else {
                <form class="form-line" onsubmit={on_kept}>
                    <label for="plan-name">{ "under the name" }</label>
                    <input id="plan-name" type="text" size="14" autocomplete="off" value={name} oninput={on_typed}
                        aria-invalid={problem.is_some().to_string()} aria-describedby="plan-name-problem" />
                    <button type="submit">{ "Keep" }</button>
                </form>
                <p id="plan-name-problem" class="problem" role="status">{ problem }</p>
            }
        </section>
    }
}

/// The best two rates for the same pay.
fn best(scene: &Scene, compared: &Compared, of: &Best, first: usize) -> Html {
    let workspace = &scene.state.workspace;
    let question = Question { seller: scene.state.seller.clone(), ..Question::default() };
    if let Some(on_asked) = &of.on_asked {
        return html! {
            <section class="card" aria-labelledby={BEST_ID} data-waits="false">
                <h2 id={BEST_ID} tabindex="-1">{ BEST }</h2>
                <p class="note">
                    { "Beside these rules, which two rates would serve the company best? Every pair of rates is searched with all \
                       rules, so it takes a moment." }
                </p>
                <p><button type="button" onclick={on_asked.reform(|_| { screen::focus(BEST_ID); })}>{ "Find them" }</button></p>
            </section>
        };
    }
    let waits = of.found.is_none() || (compared.waits && workspace.plan.rules_on() == 0);
    html! {
        <section class="card" aria-labelledby={BEST_ID} data-waits={waits.to_string()}>
            <h2 id={BEST_ID} tabindex="-1">{ BEST }</h2>
            {
                match &of.found {
                    None => html! { <p class="note" role="status">{ "Working it out …" }</p> },
                    Some(found) => html! {
                        <>
                            <p role="status">{ sentence(&same_pay(None, found, &question, workspace, first)) }</p>
                            if let BestPlan::Other(other) = found {
                                <p>{ keep_button(scene, &other.in_place_of(&workspace.plan), BEST_ID) }</p>
                            }
                        </>
                    },
                }
            }
        </section>
    }
}

/// Properties of [`TradeCard`].
#[derive(Properties, PartialEq)]
struct TradeCardProps {
    scene: Scene,
    compared: Compared,
    /// The place of the first plan after those of the columns.
    first: usize,
    on_trade: Callback<Asked>,
}

/// Another rule for the same money.
#[component]
fn TradeCard(props: &TradeCardProps) -> Html {
    let scene = &props.scene;
    let plan = &scene.state.workspace.plan;
    let typed = use_state(String::new);
    let chosen = use_state(|| 0usize);
    let read = (!typed.trim().is_empty()).then(|| input::read(Input::NewBusinessCommission, &typed));
    let asked = match &read {
        Some(Ok(part)) => CommissionRate::new(*part).ok().zip(SAMENESSES.get(*chosen).copied()),
        _ => None,
    };
    let with_rules = SAMENESSES.get(*chosen).is_some_and(|sameness| counts_rules(plan, *sameness));
    {
        let on_trade = props.on_trade.clone();
        use_effect_with(asked, move |asked| on_trade.emit(*asked));
    }
    let on_typed = {
        let typed = typed.clone();
        move |event: InputEvent| typed.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let on_chosen = {
        let chosen = chosen.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            chosen.set(usize::try_from(index).unwrap_or(0));
        }
    };
    let problem = read.as_ref().and_then(|read| read.as_ref().err()).map(ToString::to_string);
    html! {
        <section class="card" aria-labelledby={TRADE}>
            <h2 id={TRADE} tabindex="-1">{ "The same money, another rule" }</h2>
            <p class="form-line">
                <label for="trade-rate">{ "New business pays" }</label>
                <span class="number-box">
                    <input id="trade-rate" type="text" inputmode="decimal" autocomplete="off" value={(*typed).clone()} oninput={on_typed}
                        placeholder={input::typed(Input::NewBusinessCommission, 0.8 * plan.new_business.get())}
                        aria-invalid={problem.is_some().to_string()} aria-describedby="trade-problem" />
                    <span class="unit">{ "%" }</span>
                </span>
            </p>
            <p class="form-line">
                <label for="trade-same">{ "and this stays the same:" }</label>
                <select id="trade-same" onchange={on_chosen}>
                    { for SAMENESSES.iter().enumerate().map(|(place, it)| html! {
                        <option selected={place == *chosen}>{ comparison::sameness(*it) }</option>
                    }) }
                </select>
            </p>
            <p id="trade-problem" class="problem">{ problem }</p>
            <div role="status">
                {
                    match (asked, &props.compared.trade) {
                        (None, _) => html! { <p class="note">{ "Type a rate, and the renewal commission that goes with it is found." }</p> },
                        (Some(_), None) => html! { <p class="note">{ "Working it out …" }</p> },
                        (Some(_), Some(found)) => html! {
                            <>
                                <p>{ sentence(&comparison::trade(found, props.first + 2)) }</p>
                                if let Some(note) = of_rates_alone(plan).filter(|_| !with_rules) {
                                    <p class="note">{ note }</p>
                                }
                                if let Ok(trade) = found {
                                    <p>{ keep_button(scene, &plan.with_rates(trade.new_business, trade.renewal), TRADE) }</p>
                                }
                            </>
                        },
                    }
                }
            </div>
        </section>
    }
}
