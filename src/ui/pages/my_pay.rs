//! My pay: what a seller earns under the plan, month by month to the cent, and what would pay better. Nothing of the
//! company's is on this page, so that it can be shown to the seller.

use std::rc::Rc;

use yew::prelude::*;

use crate::model::split_sums::split_sums;
use crate::state::action::Action;
use crate::state::derived;
use crate::text::arithmetic::{Line, pay_of_year};
use crate::text::claim::{Claim, Of};
use crate::text::my_pay::{PayRow, heading, pay_cell, pay_rows};
use crate::text::number::money;
use crate::ui::components::explain::Explain;
use crate::ui::components::figure::figure;
use crate::ui::components::sentence::sentence;
use crate::ui::components::statement_card::StatementCard;
use crate::ui::components::told_figure::told_figure;
use crate::ui::effects::screen;
use crate::ui::parts::Scene;

/// The page.
pub fn my_pay_page(scene: &Scene) -> Html {
    let state = &scene.state;
    let Some(payoff) = &scene.payoff else {
        return html! { <main id="main"><p class="problem" role="alert">{ "The numbers contradict each other: see the Payoff page." }</p></main> };
    };
    if payoff.sellers > 1 {
        return choose(scene);
    }
    let question = derived::question(state);
    let of = |share: f64| {
        split_sums(&state.workspace, &question, &[share]).ok().map(|sums| pay_of_year("pay", &sums, &state.workspace))
    };
    let both = of(payoff.today.share).zip(of(payoff.seller_best.share));
    let as_today = both.as_ref().map_or(0.0, |(today, _)| today.value);
    html! {
        <main id="main" class="my-pay" tabindex="-1">
            <section class="verdict">
                <h1>{ sentence(&heading(payoff, as_today)) }</h1>
                <p class="plan-links">
                    { "Only what the seller is paid is on this page. " }
                    <button type="button" class="link" onclick={|_| screen::print()}>{ "Print it" }</button>
                </p>
            </section>
            <div class="more-plans">
                <section class="card" aria-labelledby="year-heading">
                    <h2 id="year-heading">{ "The next twelve months" }</h2>
                    <table class="numbers">
                        <thead>
                            <tr>
                                <th scope="col">{ "Paid for" }</th><th scope="col">{ "working as today" }</th>
                                <th scope="col">{ "at what pays best" }</th><th scope="col">{ "change" }</th>
                            </tr>
                        </thead>
                        <tbody>
                            { both.map(|(today, best)| rows(&Rc::new(today), &Rc::new(best))) }
                        </tbody>
                    </table>
                    <p class="note">
                        { "Expected pay, undiscounted. What pays best looks further than a year: over the time you stay it comes to " }
                        { figure(money(payoff.seller_best.seller_value, 0), Claim::SellerValue, Of::InUse) }
                        { " in present value, working as today to " }
                        { figure(money(payoff.today.seller_value, 0), Claim::TodayValue, Of::InUse) }
                        { "." }
                        if state.workspace.plan.rules_on() > 0 {
                            { " All of this is by the rates alone; the statement pays the further rules of the plan, too." }
                        }
                    </p>
                </section>
            </div>
            <StatementCard scene={scene.clone()} payoff={payoff.clone()} />
            <Explain scene={scene.clone()} />
        </main>
    }
}

/// Pay by rule: all of its amounts open.
fn rows(today: &Rc<Line>, best: &Rc<Line>) -> Html {
    let row = |row: PayRow| {
        let row = Rc::new(row);
        let cell = |(column, amount): (usize, &String)| {
            let (today, best, row) = (Rc::clone(today), Rc::clone(best), Rc::clone(&row));
            html! { <td>{ told_figure(amount.clone(), move || pay_cell(&today, &best, &row, column)) }</td> }
        };
        html! {
            <tr class={row.is_total.then_some("total")}>
                <th scope="row">{ row.label.clone() }</th>
                { for row.amounts.iter().enumerate().map(cell) }
            </tr>
        }
    };
    pay_rows(today, best).into_iter().map(row).collect()
}

/// Several sellers: whose pay?
fn choose(scene: &Scene) -> Html {
    let aliases = scene.state.workspace.book.seller_aliases();
    let button = |(name, alias): (&str, String)| {
        let chosen = Some(name.to_owned());
        let on_chosen = scene.on_action.reform(move |_: MouseEvent| Action::SellerChosen(chosen.clone()));
        let shown = match name {
            _ if scene.state.names_hidden => alias,
            "" => "No seller named".to_owned(),
            name => name.to_owned(),
        };
        html! { <li><button type="button" onclick={on_chosen}>{ shown }</button></li> }
    };
    html! {
        <main id="main" class="my-pay" tabindex="-1">
            <section class="verdict"><h1>{ "Whose pay?" }</h1></section>
            <section class="card"><ul class="choices" aria-label="Sellers">{ for aliases.into_iter().map(button) }</ul></section>
        </main>
    }
}
