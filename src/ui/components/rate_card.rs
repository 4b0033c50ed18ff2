//! The renewal commission that would change the seller's mind, and by how much.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::figure::figure;
use crate::model::payoff::Payoff;
use crate::text::claim::{Claim, Of};
use crate::text::input::read_number;
use crate::text::number::{duration, money, plain};
use crate::text::verdict::rate_answer;
use crate::ui::shared::Shared;

/// Properties of [`RateCard`].
#[derive(Properties, PartialEq)]
pub struct RateCardProps {
    /// The answers.
    pub payoff: Shared<Payoff>,
    /// The share of time asked for.
    pub target_share: f64,
    /// Another share was asked for.
    pub on_target: Callback<f64>,
}

/// Agreement, first hour and a share of one's own choice.
#[component]
pub fn RateCard(props: &RateCardProps) -> Html {
    let typing = use_state(|| None::<String>);
    let shown = typing.as_ref().cloned().unwrap_or_else(|| plain(props.target_share * 100.0, 1));
    let read = |text: &str| read_number(text).ok().filter(|percent| (0.0..=100.0).contains(percent));
    let refused = read(&shown).is_none();
    let on_typed = {
        let (typing, on_target) = (typing.clone(), props.on_target.clone());
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(percent) = read(&text) {
                on_target.emit(percent / 100.0);
            }
            typing.set(Some(text));
        }
    };
    let on_left = {
        let typing = typing.clone();
        // A refused text stays where it is, with its sentence.
        move |_: FocusEvent| {
            if !refused {
                typing.set(None);
            }
        }
    };
    let payoff = &props.payoff;
    let today_loss = payoff.company_best.company_value - payoff.today.company_value;
    let target = payoff.target.as_ref().map_or_else(String::new, rate_answer);
    html! {
        <section class="card rates" aria-labelledby="rates-heading">
            <h2 id="rates-heading">{ "Which renewal commission" }</h2>
            <dl>
                <div><dt>{ "makes both agree" }</dt><dd>{ figure(rate_answer(&payoff.agreement), Claim::Agreement, Of::InUse) }</dd></div>
                <div><dt>{ "makes the first hour on customers pay" }</dt><dd>{ figure(rate_answer(&payoff.first_hour), Claim::FirstHour, Of::InUse) }</dd></div>
                <div>
                    <dt>
                        <label for="target-share">{ "brings customers " }</label>
                        <span class="number-box small">
                            <input id="target-share" type="text" inputmode="decimal" autocomplete="off" value={shown}
                                aria-invalid={refused.to_string()} oninput={on_typed} onblur={on_left} />
                            <span class="unit">{ "%" }</span>
                        </span>
                        { " of the time" }
                    </dt>
                    <dd>
                        if refused {
                            { "–" }
                        } else {
                            { figure(target, Claim::Target, Of::InUse) }
                        }
                    </dd>
                </div>
            </dl>
            if refused {
                <p class="problem" role="alert">{ "Enter a share of time from 0% to 100%." }</p>
            }
            <p class="note">
                { "The gap is " }
                { figure(money(payoff.gap_per_year, 0), Claim::GapPerYear, Of::InUse) }
                { " a year, discounted. Pay in the next twelve months at the seller's best: " }
                { figure(money(payoff.first_year_pay, 0), Claim::FirstYearPay, Of::InUse) }
                { ". Working on as today costs the company " }
                { figure(money(today_loss, 0), Claim::TodayLoss, Of::InUse) }
                { format!(" over {}, against what it would want", duration(payoff.horizon)) }
                { ". Press a figure to see where it comes from." }
            </p>
        </section>
    }
}
