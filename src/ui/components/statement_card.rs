//! A statement to the cent: what the plan would have paid on what the book knows, or pays on what is expected.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::model::book::Book;
use crate::model::book::Provenance;
use crate::model::book_events::book_events;
use crate::model::expected_year::expected_events;
use crate::model::flat_plan::components;
use crate::model::month::Month;
use crate::model::pay::{Event, EventKind, Line, Statement, statements};
use crate::model::payoff::Payoff;
use crate::model::quantity::Money;
use crate::state::derived;
use crate::text::my_pay::{StandsOn, account_name, balance, cents, month_name, of_rule, rules, stands_on};
use crate::text::number::{counted, plain};
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Months of a statement.
const MONTHS: i32 = 12;

/// Properties of [`StatementCard`].
#[derive(Properties, PartialEq)]
pub struct StatementCardProps {
    /// The state.
    pub scene: Scene,
    /// The answers for the seller that is looked at.
    pub payoff: Shared<Payoff>,
}

/// The statement, with the choice of what it stands on.
#[component]
pub fn StatementCard(props: &StatementCardProps) -> Html {
    let StatementCardProps { scene, payoff } = props;
    let chosen = use_state(|| StandsOn::Book);
    let on_chosen = {
        let chosen = chosen.clone();
        move |event: yew::Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(stands_on) = usize::try_from(index).ok().and_then(|index| StandsOn::ALL.get(index)) {
                chosen.set(*stands_on);
            }
        }
    };
    let workspace = &scene.state.workspace;
    let from = match *chosen {
        StandsOn::Book => workspace.as_of.plus(1 - MONTHS),
        StandsOn::Today | StandsOn::Best => workspace.as_of.plus(1),
    };
    let events = events(scene, payoff, *chosen, from);
    let months = statements(&[(None, components(&workspace.plan, from))], &events, from, MONTHS as u32);
    let heading = if *chosen == StandsOn::Book {
        "Statement of the last twelve months"
    } else {
        "Statement of the next twelve months"
    };
    html! {
        <section class="card statement" aria-labelledby="statement-heading">
            <h2 id="statement-heading">{ heading }</h2>
            <p class="form-line">
                <label for="statement-basis">{ "On" }</label>
                <select id="statement-basis" onchange={on_chosen}>
                    { for StandsOn::ALL.into_iter().map(|it| html! { <option selected={it == *chosen}>{ stands_on(it) }</option> }) }
                </select>
            </p>
            <p class="note">{ intro(payoff, *chosen, &events, from, workspace.book.provenance) }</p>
            { table(&months) }
            if *chosen == StandsOn::Book {
                { for months.iter().filter(|month| !month.lines.is_empty()).map(|month| lines(month, &scene.state.shown().book)) }
            }
        </section>
    }
}

fn events(scene: &Scene, payoff: &Payoff, stands_on: StandsOn, from: Month) -> Vec<Event> {
    let workspace = &scene.state.workspace;
    let seller = scene.state.seller.as_deref();
    let at = |share: f64| expected_events(workspace, &derived::question(&scene.state), share).unwrap_or_default();
    match stands_on {
        StandsOn::Book => {
            let own = workspace.book.accounts.iter().filter(|it| seller.is_none_or(|name| name == it.seller));
            book_events(own, from, MONTHS as u32)
        }
        StandsOn::Today => at(payoff.today.share),
        StandsOn::Best => at(payoff.seller_best.share),
    }
}

fn intro(payoff: &Payoff, stands_on: StandsOn, events: &[Event], from: Month, provenance: Provenance) -> String {
    let until = month_name(from.plus(MONTHS - 1));
    let from = month_name(from);
    if stands_on != StandsOn::Book {
        return format!(
            "What the plan pays from {from} to {until} on what is expected then: mean numbers of accounts won, renewed and lost, \
             so that no month is as uneven as a real one."
        );
    }
    let is_won =
        |event: &&Event| matches!(event.kind, EventKind::Won | EventKind::WonByReferral { .. } | EventKind::WonBack);
    let won = events.iter().filter(is_won).count();
    let sample = if provenance == Provenance::Sample { " (the accounts of the sample are made up)" } else { "" };
    format!(
        "What the plan would have paid from {from} to {until} on what the book says was won and renewed then: values as they are \
         today, to the cent. {} were won in these months{sample}; for the next twelve some {} are expected, which is why both differ.",
        counted(won, "account", "accounts"),
        plain(payoff.today_course.wins.iter().take(12).sum(), 0),
    )
}

/// A row each month: what each rule pays, the draw where there is one, and what is paid.
fn table(months: &[Statement]) -> Html {
    let columns: Vec<String> = rules(months).into_iter().map(str::to_owned).collect();
    let has_draw = months.iter().any(|month| month.drawn != Money::ZERO);
    if columns.is_empty() && !has_draw {
        return html! {
            <p>{ "Nothing of the book falls into these months that the plan pays for. Accounts need the date on which they were won." }</p>
        };
    }
    let total = |of: &dyn Fn(&Statement) -> Money| Money::from_cents(months.iter().map(|it| of(it).cents()).sum());
    let owed = months.iter().any(|month| balance(month).is_some());
    let row = |month: &Statement| {
        html! {
            <tr>
                <th scope="row">{ month_name(month.month) }</th>
                { for columns.iter().map(|rule| html! { <td>{ cents(of_rule(month, rule)) }</td> }) }
                if has_draw {
                    <td>{ cents(month.drawn) }</td>
                }
                <td><b>{ cents(month.paid()) }</b></td>
                if owed {
                    <td class="words">{ balance(month) }</td>
                }
            </tr>
        }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Statement, a row each month">
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">{ "Month" }</th>
                        { for columns.iter().map(|rule| html! { <th scope="col">{ rule.clone() }</th> }) }
                        if has_draw {
                            <th scope="col">{ "Draw" }</th>
                        }
                        <th scope="col">{ "paid" }</th>
                        if owed {
                            <th scope="col" class="words">{ "still open" }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    { for months.iter().map(row) }
                    <tr class="total">
                        <th scope="row">{ "in all" }</th>
                        { for columns.iter().map(|rule| html! { <td>{ cents(total(&|month| of_rule(month, rule))) }</td> }) }
                        if has_draw {
                            <td>{ cents(total(&|month| month.drawn)) }</td>
                        }
                        <td><b>{ cents(total(&Statement::paid)) }</b></td>
                        if owed {
                            <td></td>
                        }
                    </tr>
                </tbody>
            </table>
        </div>
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
