//! A statement to the cent: what the plan would have paid on what the book knows, or pays on what is expected.

use chrono::NaiveDate;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::told_figure::{ToldFigure, told_figure};
use crate::model::book::Book;
use crate::model::book::Provenance;
use crate::model::book_events::book_events;
use crate::model::expected_year::expected_events;
use crate::model::flat_plan::components;
use crate::model::month::Month;
use crate::model::pay::{Event, EventKind, Line, Statement, statements};
use crate::model::payoff::Payoff;
use crate::model::quantity::Money;
use crate::model::workspace::Workspace;
use crate::state::derived;
use crate::text::arithmetic::Arithmetic;
use crate::text::arithmetic::statement::{self, Column, Reckoned};
use crate::text::my_pay::{StandsOn, account_name, balance, cents, month_name, rules, stands_on};
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
    let (next, on) = (use_state(|| None::<String>), use_state(|| None::<String>));
    let workspace = &scene.state.workspace;
    let from = match *chosen {
        StandsOn::Book => workspace.as_of.plus(1 - MONTHS),
        StandsOn::Today | StandsOn::Best => workspace.as_of.plus(1),
    };
    let events = events(scene, payoff, *chosen, from);
    let mut plans = vec![(None, components(&workspace.plan, from))];
    let (first, last) = (from.first_day(), from.plus(MONTHS).first_day().pred_opt().unwrap_or_default());
    let since = (*on).clone().map_or_else(|| Some(from.plus(MONTHS / 2).first_day()), |on| on.parse().ok());
    let since = since.filter(|on: &NaiveDate| *on > first && *on <= last);
    let other = next.as_deref().and_then(|name| Some((name, workspace.saved_plans.get(name)?)));
    if let (Some((_, plan)), Some(since)) = (other, since) {
        plans.push((Some(since), components(plan, from)));
    }
    let months = statements(&plans, &events, from, MONTHS as u32);
    let paper = Paper { of: Shared::new(Reckoned { months, events, plans }), shown: Shared::from(scene.state.shown()) };
    let heading = if *chosen == StandsOn::Book {
        "Statement of the last twelve months"
    } else {
        "Statement of the next twelve months"
    };
    let on_next = {
        let next = next.clone();
        let names: Vec<String> = workspace.saved_plans.iter().map(|(name, _)| name.to_owned()).collect();
        move |event: yew::Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            next.set(usize::try_from(index - 1).ok().and_then(|index| names.get(index).cloned()));
        }
    };
    let on_day = {
        let on = on.clone();
        move |event: InputEvent| on.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()))
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
            if !workspace.saved_plans.is_empty() {
                <p class="form-line">
                    <label for="statement-next">{ "Then" }</label>
                    <select id="statement-next" onchange={on_next}>
                        <option selected={other.is_none()}>{ "the plan does not change" }</option>
                        { for workspace.saved_plans.iter().map(|(name, _)| html! {
                            <option selected={other.is_some_and(|(chosen, _)| chosen == name)}>{ name }</option>
                        }) }
                    </select>
                    if other.is_some() {
                        <label for="statement-on">{ "from" }</label>
                        <input id="statement-on" type="date" min={first.to_string()} max={last.to_string()}
                            value={(*on).clone().unwrap_or_else(|| since.unwrap_or(first).to_string())} oninput={on_day}
                            aria-invalid={since.is_none().to_string()} aria-describedby="statement-on-problem" />
                    }
                </p>
                <p id="statement-on-problem" class="problem" role="status">
                    if other.is_some() && since.is_none() {
                        { format!("Choose a day after {} and not after {}.", first.format("%-d %B %Y"), last.format("%-d %B %Y")) }
                    }
                </p>
            }
            <p class="note">{ intro(payoff, *chosen, &paper, from, workspace.book.provenance) }</p>
            { paper.table() }
            if *chosen == StandsOn::Book {
                { for (0..paper.of.months.len()).filter_map(|place| paper.lines(place)) }
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
            book_events(own, &workspace.book, from, MONTHS as u32)
        }
        StandsOn::Today => at(payoff.today.share),
        StandsOn::Best => at(payoff.seller_best.share),
    }
}

fn intro(payoff: &Payoff, stands_on: StandsOn, paper: &Paper, from: Month, provenance: Provenance) -> Html {
    let until = month_name(from.plus(MONTHS - 1));
    let since = month_name(from);
    if stands_on != StandsOn::Book {
        return html! {
            { format!(
                "What the plan pays from {since} to {until} on what is expected then: mean numbers of accounts won, renewed and \
                 lost, so that no month is as uneven as a real one."
            ) }
        };
    }
    let won = paper.of.events.iter().filter(|event| is_won(event.kind)).count();
    let of = paper.of.clone();
    let next: Vec<f64> = payoff.today_course.wins.iter().take(12).copied().collect();
    let expected = plain(next.iter().sum(), 0);
    let sample = if provenance == Provenance::Sample { " (the accounts of the sample are made up)" } else { "" };
    html! {
        <>
            { format!(
                "What the plan would have paid from {since} to {until} on what the book says was won, renewed and logged then: values as \
                 they are today, to the cent. "
            ) }
            { told_figure(counted(won, "account was", "accounts were"), move || statement::counted_events(&of, "Accounts won", is_won)) }
            { format!(" won in these months{sample}; for the next twelve some ") }
            { told_figure(expected, move || statement::expected_wins(&next, from.plus(MONTHS))) }
            { " are expected, which is why both differ." }
        </>
    }
}

const fn is_won(kind: EventKind) -> bool {
    matches!(kind, EventKind::Won | EventKind::WonByReferral { .. } | EventKind::WonBack)
}

/// A statement with the names by which its accounts are shown.
#[derive(Clone)]
struct Paper {
    of: Shared<Reckoned>,
    shown: Shared<Workspace>,
}

impl Paper {
    /// A row each month: what each rule pays, the draw where there is one, and what is paid.
    fn table(&self) -> Html {
        let months = &self.of.months;
        let mut columns: Vec<Column> = rules(months).into_iter().map(|rule| Column::Rule(rule.to_owned())).collect();
        if months.iter().any(|month| month.drawn != Money::ZERO) {
            columns.push(Column::Draw);
        }
        if columns.is_empty() {
            return html! {
                <p>{ "Nothing of the book falls into these months that the plan pays for. Accounts need the date on which they were won." }</p>
            };
        }
        columns.push(Column::Paid);
        let owed = months.iter().any(|month| balance(month).is_some());
        let heading = |column: &Column| match column {
            Column::Rule(rule) => rule.clone(),
            Column::Draw => "Draw".to_owned(),
            Column::Paid => "paid".to_owned(),
        };
        let row = |(place, month): (usize, &Statement)| {
            html! {
                <tr>
                    <th scope="row">{ month_name(month.month) }</th>
                    { for columns.iter().map(|column| self.cell(column, Some(place))) }
                    if owed {
                        <td class="words">{ balance(month).map(|open| self.told(open, move |of, _| statement::balance(of, place))) }</td>
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
                            { for columns.iter().map(|column| html! { <th scope="col">{ heading(column) }</th> }) }
                            if owed {
                                <th scope="col" class="words">{ "still open" }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        { for months.iter().enumerate().map(row) }
                        <tr class="total">
                            <th scope="row">{ "in all" }</th>
                            { for columns.iter().map(|column| self.cell(column, None)) }
                            if owed {
                                <td></td>
                            }
                        </tr>
                    </tbody>
                </table>
            </div>
        }
    }

    /// What a column says of the month at a place, or of all of them.
    fn cell(&self, column: &Column, place: Option<usize>) -> Html {
        let amount = column.amount(&self.of.months, place);
        let asked = column.clone();
        let figure = self.told(cents(amount), move |of, book| Some(statement::cell(of, &asked, place, book)));
        if *column == Column::Paid {
            html! { <td><b>{ figure }</b></td> }
        } else {
            html! { <td>{ figure }</td> }
        }
    }

    /// A figure of the statement that `tell` accounts for.
    fn told(&self, text: String, tell: impl Fn(&Reckoned, &Book) -> Option<Arithmetic> + 'static) -> Html {
        let Paper { of, shown } = self.clone();
        let tell = move |()| tell(&of, &shown.book).ok_or_else(|| "The statement has changed: close this.".to_owned());
        html! { <ToldFigure {text} tell={Callback::from(tell)} /> }
    }

    /// The lines of the month at a place, unfolded on demand; nothing if it has none.
    fn lines(&self, place: usize) -> Option<Html> {
        let month = self.of.months.get(place).filter(|month| !month.lines.is_empty())?;
        let line = |(number, line): (usize, &Line)| {
            html! {
                <tr>
                    <th scope="row">{ line.rule.clone() }</th>
                    <td class="words">{ account_name(&self.shown.book, line.account) }</td>
                    <td>{ line.on.map(|on| on.to_string()) }</td>
                    <td>{ self.told(cents(line.amount), move |of, book| statement::line(of, place, number, book)) }</td>
                </tr>
            }
        };
        let kept_back = |(rule, amount): &(String, Money)| {
            let (name, amount) = (rule.clone(), *amount);
            html! {
                <p class="note">
                    { format!("{rule}: ") }
                    { told_figure(cents(amount), move || statement::withheld(&name, amount)) }
                    { " kept back by a cap or a gate." }
                </p>
            }
        };
        Some(html! {
            <details>
                <summary>{ format!("{}: {}", month_name(month.month), cents(month.paid())) }</summary>
                <table class="numbers">
                    <thead>
                        <tr>
                            <th scope="col">{ "Rule" }</th><th scope="col" class="words">{ "Account" }</th>
                            <th scope="col">{ "Day" }</th><th scope="col">{ "Amount" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for month.lines.iter().enumerate().map(line) }</tbody>
                </table>
                { for month.withheld.iter().map(kept_back) }
            </details>
        })
    }
}
