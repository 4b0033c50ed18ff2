//! My pay: what a seller earns under the plan, month by month to the cent, and what would pay better. Nothing of the
//! company's is on this page, so that it can be shown to the seller.

use yew::prelude::*;

use crate::model::book::Book;
use crate::model::book_events::book_events;
use crate::model::flat_plan::components;
use crate::model::pay::{Event, EventKind, Line, Statement, statements};
use crate::model::payoff::Payoff;
use crate::model::quantity::Money;
use crate::model::split_sums::split_sums;
use crate::state::action::Action;
use crate::state::derived;
use crate::text::arithmetic::pay_of_year;
use crate::text::claim::Claim;
use crate::text::my_pay::{account_name, cents, heading, month_name, of_rule, pay_rows, rules};
use crate::text::number::{counted, money, plain};
use crate::ui::components::explain::Explain;
use crate::ui::components::figure::figure;
use crate::ui::components::sentence::sentence;
use crate::ui::effects::screen;
use crate::ui::parts::Scene;

/// Months that the statement looks back on.
const MONTHS: i32 = 12;

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
                            { for both.iter().flat_map(|(today, best)| pay_rows(today, best)).map(|row| html! {
                                <tr class={row.is_total.then_some("total")}>
                                    <th scope="row">{ row.label }</th>
                                    { for row.amounts.into_iter().map(|amount| html! { <td>{ amount }</td> }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                    <p class="note">
                        { "Expected pay, undiscounted. What pays best looks further than a year, since renewals that are kept go on \
                           paying: over the time you stay it comes to " }
                        { figure(money(payoff.seller_best.seller_value, 0), Claim::SellerValue, None) }
                        { format!(" in present value, working as today to {}.", money(payoff.today.seller_value, 0)) }
                    </p>
                </section>
            </div>
            { statement(scene, payoff) }
            <Explain scene={scene.clone()} />
        </main>
    }
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

/// What the plan would have paid on what the book says of the last twelve months.
fn statement(scene: &Scene, payoff: &Payoff) -> Html {
    let shown = scene.state.shown();
    let workspace = &scene.state.workspace;
    let seller = scene.state.seller.as_deref();
    let own = workspace.book.accounts.iter().filter(|account| seller.is_none_or(|name| name == account.seller));
    let from = workspace.as_of.plus(1 - MONTHS);
    let events = book_events(own, from, MONTHS as u32);
    let is_won =
        |event: &&Event| matches!(event.kind, EventKind::Won | EventKind::WonByReferral { .. } | EventKind::WonBack);
    let won = events.iter().filter(is_won).count();
    let plan = components(&workspace.plan, from);
    let months = statements(&[(None, plan)], &events, from, MONTHS as u32);
    let columns: Vec<String> = rules(&months).into_iter().map(str::to_owned).collect();
    let total = |of: &dyn Fn(&Statement) -> Money| Money::from_cents(months.iter().map(|it| of(it).cents()).sum());
    let intro = format!(
        "What the plan would have paid from {} to {} on what the book says was won and renewed then: values as they are today, \
         to the cent. {} were won in these months; for the next twelve some {} are expected, which is why both differ.",
        month_name(from),
        month_name(workspace.as_of),
        counted(won, "account", "accounts"),
        plain(payoff.today_course.wins.iter().take(12).sum(), 0),
    );
    html! {
        <section class="card statement" aria-labelledby="statement-heading">
            <h2 id="statement-heading">{ "Statement of the last twelve months" }</h2>
            <p class="note">{ intro }</p>
            if columns.is_empty() {
                <p>{ "Nothing of the book falls into these months that the plan pays for. Accounts need the date on which they were won." }</p>
            } else {
                <div class="table-scroll" tabindex="0" role="region" aria-label="Statement, a row each month">
                    <table class="numbers">
                        <thead>
                            <tr>
                                <th scope="col">{ "Month" }</th>
                                { for columns.iter().map(|rule| html! { <th scope="col">{ rule.clone() }</th> }) }
                                <th scope="col">{ "paid" }</th>
                            </tr>
                        </thead>
                        <tbody>
                            { for months.iter().map(|month| html! {
                                <tr>
                                    <th scope="row">{ month_name(month.month) }</th>
                                    { for columns.iter().map(|rule| html! { <td>{ cents(of_rule(month, rule)) }</td> }) }
                                    <td><b>{ cents(month.paid()) }</b></td>
                                </tr>
                            }) }
                            <tr class="total">
                                <th scope="row">{ "in all" }</th>
                                { for columns.iter().map(|rule| html! { <td>{ cents(total(&|month| of_rule(month, rule))) }</td> }) }
                                <td><b>{ cents(total(&Statement::paid)) }</b></td>
                            </tr>
                        </tbody>
                    </table>
                </div>
                { for months.iter().filter(|month| !month.lines.is_empty()).map(|month| lines(month, &shown.book)) }
            }
        </section>
    }
}

/// The lines of a month, unfolded on demand.
fn lines(month: &Statement, book: &Book) -> Html {
    let line = |line: &Line| {
        html! {
            <tr>
                <th scope="row">{ line.rule.clone() }</th>
                <td class="words">{ account_name(book, line.account) }</td>
                <td>{ line.on.map(|on| on.to_string()) }</td>
                <td>{ cents(line.amount) }</td>
            </tr>
        }
    };
    html! {
        <details>
            <summary>{ format!("{}: {}", month_name(month.month), cents(month.paid())) }</summary>
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">{ "Rule" }</th><th scope="col" class="words">{ "Account" }</th>
                        <th scope="col">{ "Day" }</th><th scope="col">{ "Amount" }</th>
                    </tr>
                </thead>
                <tbody>{ for month.lines.iter().map(line) }</tbody>
            </table>
            { for month.withheld.iter().map(|(rule, amount)| html! { <p class="note">{ format!("{rule}: {} kept back by a cap or a gate.", cents(*amount)) }</p> }) }
        </details>
    }
}
