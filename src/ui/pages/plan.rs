//! The Plan page: the plan in use as sentences in which every number can be changed, its payout curve, and what it gives
//! reason to do.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::charts::payout::payout;
use crate::model::bounds::Input;
use crate::model::pay::PlanPeriod;
use crate::model::seller::typical_account;
use crate::state::action::Action;
use crate::text::arithmetic::rule_arithmetic;
use crate::text::choice;
use crate::text::claim::ToldPlan;
use crate::text::input;
use crate::text::not_modelled::NOT_MODELLED;
use crate::text::plan_checks::{Check, Level, checks, won_a_period};
use crate::text::plan_rules::{Piece, Rule, number_box, rules};
use crate::text::rules::in_short as rules_in_short;
use crate::ui::components::base_pay::BasePay;
use crate::ui::components::chart_card::ChartCard;
use crate::ui::components::decision_log::DecisionLog;
use crate::ui::components::explain::{Explain, WITH_RULES};
use crate::ui::components::gaming_card::GamingCard;
use crate::ui::components::inline_number::InlineNumber;
use crate::ui::components::rule_cards::RuleCards;
use crate::ui::components::sentence::sentence;
use crate::ui::components::template_card::TemplateCard;
use crate::ui::components::told_figure::told_sentence;
use crate::ui::effects::screen;
use crate::ui::parts::Scene;
use crate::ui::route::Page;

/// The page.
pub fn plan_page(scene: &Scene) -> Html {
    let workspace = &scene.state.workspace;
    let figure = |input: Input| html! { <em>{ input::shown_in(input, workspace) }</em> };
    let told = rules(workspace, scene.payoff.as_ref().map(|payoff| &payoff.paid_for_anyway));
    html! {
        <main id="main" class="plan-page" tabindex="-1">
            <section class="verdict">
                <h1>
                    { "This plan pays " }{ figure(Input::NewBusinessCommission) }
                    { " to win a customer and " }{ figure(Input::RenewalCommission) }{ " to keep one" }
                    if let Some(rules) = rules_in_short(&workspace.plan) {
                        { format!(", with {rules} beside the rates") }
                    }
                    { "." }
                </h1>
                <p class="plan-links">
                    { "Every number below can be changed where it stands. " }
                    <a href={Page::Compare.fragment()}>{ "Set it beside another plan" }</a>
                    { " · " }
                    <button type="button" class="link" onclick={|_| screen::print()}>{ "Print it on one page" }</button>
                </p>
            </section>
            <div class="plan-columns">
                <div class="plan-rules">
                    <section class="card rules" aria-labelledby="rules-heading">
                        <h2 id="rules-heading" class="visually-hidden">{ "The rates of the plan" }</h2>
                        <ol>
                            { for told.iter().map(|it| rule(scene, it)) }
                            <BasePay scene={scene.clone()} />
                        </ol>
                    </section>
                    <RuleCards scene={scene.clone()} />
                </div>
                <section class="card" aria-labelledby="payout-heading">
                    <h2 id="payout-heading" class="visually-hidden">{ "What it comes to" }</h2>
                    <ChartCard spec={payout(&workspace.plan, width(scene), typical_account(&workspace.book))} dark={scene.dark} />
                    <h2>{ "Checks" }</h2>
                    <ul class="checks">{ for checks(workspace, scene.payoff.as_deref(), scene.state.seller.as_deref()).iter().map(|it| check(scene, it)) }</ul>
                </section>
            </div>
            <Explain scene={scene.clone()} plans={vec![ToldPlan { name: WITH_RULES.to_owned(), plan: workspace.plan.clone(), with_rules: true }]} />
            <section class="handout">
                <h2>{ "What this does not model" }</h2>
                <ul>{ for NOT_MODELLED.iter().map(|text| html! { <li>{ *text }</li> }) }</ul>
            </section>
            <DecisionLog scene={scene.clone()} />
            <div class="more-plans">
                <GamingCard scene={scene.clone()} />
                <TemplateCard scene={scene.clone()} />
            </div>
        </main>
    }
}

/// How wide the chart is: somewhat more than one seller wins in a period, rounded up so that it stands still while a number
/// moves a little.
fn width(scene: &Scene) -> f64 {
    let won = scene.payoff.as_ref().map_or(0.0, |payoff| won_a_period(payoff, &scene.state.workspace.plan));
    if won <= 0.0 {
        return 10_000.0;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(1.25 * won)));
    unit * libm::ceil(1.25 * won / unit)
}

fn rule(scene: &Scene, rule: &Rule) -> Html {
    let workspace = &scene.state.workspace;
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => html! { {*words} },
        Piece::About(words) => html! { <b>{ *words }</b> },
        Piece::Number(input) => html! {
            <InlineNumber key={input.key()} input={*input} shown={number_box(*input, workspace)} draft={scene.state.drafts.get(*input).cloned()}
                on_changed={scene.on_action.reform(|(input, text, gesture)| Action::InputChanged { input, text, gesture })} />
        },
        Piece::QuotaPeriod => quota_period(scene),
    };
    let numbers: Vec<Input> = rule
        .pieces
        .iter()
        .filter_map(|piece| if let Piece::Number(input) = piece { Some(*input) } else { None })
        .collect();
    html! {
        <li>
            <p>{ for rule.pieces.iter().map(piece) }</p>
            if !rule.note.is_empty() {
                <small>{ sentence(&rule.note) }</small>
            }
            { for numbers.iter().filter_map(|input| scene.why(*input)).map(|why| html! { <small class="why">{ why }</small> }) }
            { numbers.first().map(|input| why(scene, *input)) }
        </li>
    }
}

/// Asks why the number that a sentence is about is what it is.
fn why(scene: &Scene, input: Input) -> Html {
    let label = format!("why: {}", input.bounds().label);
    html! {
        <button type="button" class="link whys" aria-label={label} onclick={scene.on_why.reform(move |_| input)}>{ "why?" }</button>
    }
}

fn quota_period(scene: &Scene) -> Html {
    let now = scene.state.workspace.plan.quota.period;
    let on_action = scene.on_action.clone();
    let on_chosen = move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Some(period) = usize::try_from(index).ok().and_then(|index| PlanPeriod::ALL.get(index)) {
            on_action.emit(Action::QuotaPeriodChosen(*period));
        }
    };
    html! {
        <select class="inline-choice" aria-label="Quota period" onchange={on_chosen}>
            { for PlanPeriod::ALL.map(|period| html! { <option selected={period == now}>{ choice::period(period) }</option> }) }
        </select>
    }
}

fn check(scene: &Scene, check: &Check) -> Html {
    let (class, sign) = match check.level {
        Level::Fine => ("fine", "✓"),
        Level::Note => ("note-level", "i"),
        Level::Warning => ("warning", "!"),
    };
    html! {
        <li class={class}>
            <span class="sign" aria-hidden="true">{ sign }</span>
            <span class="visually-hidden">{ format!("{}: ", check.level.word()) }</span>
            {
                match check.rule {
                    Some(rule) => {
                        let (workspace, seller) = (Rc::clone(&scene.state.workspace), scene.state.seller.clone());
                        told_sentence(&check.says, move || rule_arithmetic(&rule, &workspace, seller.as_deref()))
                    }
                    None => sentence(&check.says),
                }
            }
        </li>
    }
}
