//! The page of one account: what is known of it, what it is worth, and its life.

use chrono::NaiveDate;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::model::account::{Account, AccountId};
use crate::model::account_worth::{AccountWorth, account_worth};
use crate::model::life::{LifeEntry, Outcome};
use crate::model::listing::Column;
use crate::model::workspace::Workspace;
use crate::state::State;
use crate::state::action::Action;
use crate::text::account_cell::{self, cell, heading};
use crate::text::arithmetic::AccountFigure;
use crate::text::choice;
use crate::text::life::{self, Line};
use crate::text::number::{counted, money, percent};
use crate::text::risk;
use crate::ui::components::account_dialog::{Open, account_dialog};
use crate::ui::components::ledger::Wish;
use crate::ui::route::Page;
use crate::ui::shared::Shared;

/// Lines of its life shown before all are asked for.
const LINES: usize = 30;

/// Properties of [`AccountPage`].
#[derive(Properties, PartialEq)]
pub struct AccountPageProps {
    /// Which account.
    pub id: AccountId,
    /// The state.
    pub state: Shared<State>,
    /// Today, for losses and touches.
    pub today: NaiveDate,
    /// Something happened.
    pub on_action: Callback<Action>,
}

/// The page.
#[component]
pub fn AccountPage(props: &AccountPageProps) -> Html {
    let open = use_state(|| Open::Nothing);
    let all_lines = use_state(|| false);
    let workspace = &props.state.workspace;
    let back = html! { <p><a href={Page::Accounts.fragment()}>{ "← All accounts" }</a></p> };
    let Some(account) = workspace.book.account(props.id) else {
        return html! {
            <main id="main" class="accounts" tabindex="-1">
                <section class="card">
                    { back }
                    <h1>{ "No such account" }</h1>
                    <p>{ "It was deleted, or the address is of another book. Undo brings a deleted account back." }</p>
                </section>
            </main>
        };
    };
    let worth = account_worth(account, &workspace.assumptions, workspace.as_of).ok().flatten();
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let wish = |wish: Wish| {
        let (open, on_action, account) = (open.clone(), props.on_action.clone(), account.clone());
        move |_: MouseEvent| match Open::of(wish, account.clone()) {
            Some(next) => open.set(next),
            None => on_action.emit(Action::AccountDeleted(account.id)),
        }
    };
    let lines = life::lines(account, props.today);
    let shown = if *all_lines { lines.len() } else { LINES };
    let on_all = {
        let all_lines = all_lines.clone();
        move |_: MouseEvent| all_lines.set(true)
    };
    let on_note = {
        let (open, account) = (open.clone(), account.clone());
        move |_: MouseEvent| open.set(Open::Life(account.clone()))
    };
    let line = |line: &Line| {
        let entry = line.entry.and_then(|place| account.life.get(place));
        html! {
            <li>
                <time datetime={line.on.to_string()}>{ line.on.to_string() }</time>
                <span>{ line.text.clone() }</span>
                // Where names are hidden a change would write the hidden words back.
                if let Some(entry) = entry.filter(|_| !props.state.names_hidden) {
                    { handles(account.id, entry, &line.text, &props.on_action) }
                } else {
                    <span class="outcome">{ entry.map_or("", LifeEntry::outcome_word) }</span>
                }
            </li>
        }
    };
    html! {
        <main id="main" class="accounts" tabindex="-1">
            <section class="card account" aria-labelledby="account-heading">
                { back }
                <div class="card-heading">
                    <h1 id="account-heading">{ account.name.clone() }</h1>
                    <p class="account-actions">
                        <button type="button" class="primary" onclick={wish(Wish::Touch)}>{ "Log a touch" }</button>
                        // Where names are hidden a form would write the hidden names back.
                        if !props.state.names_hidden {
                            <button type="button" onclick={wish(Wish::Edit)}>{ "Edit" }</button>
                        }
                        if account.is_active() {
                            <button type="button" onclick={wish(Wish::Loss)}>{ "Mark it as lost" }</button>
                        }
                        <button type="button" onclick={wish(Wish::Delete)}>{ "Delete" }</button>
                    </p>
                </div>
                <div class="account-columns">
                    { facts(account, workspace) }
                    { worth_of(account, worth.as_ref(), workspace, &wish) }
                </div>
                if !account.notes.is_empty() {
                    <h2>{ "Notes" }</h2>
                    <p class="account-notes">{ account.notes.clone() }</p>
                }
                <div class="card-heading">
                    <h2>{ "Its life" }</h2>
                    <button type="button" onclick={on_note}>{ "Note something" }</button>
                </div>
                <p class="note">
                    { format!("{} and {} beside, the latest first. ", counted(account.touches.len(), "touch", "touches"),
                        counted(account.life.len(), "entry", "entries")) }
                    { life::sum(account, props.today) }
                </p>
                if !lines.is_empty() {
                    <ul class="account-life">{ for lines.iter().take(shown).map(line) }</ul>
                }
                if lines.len() > shown {
                    <button type="button" onclick={on_all}>{ format!("Show all {}", lines.len()) }</button>
                }
            </section>
            { account_dialog(&open, &props.state, props.today, &props.on_action, close) }
        </main>
    }
}

/// What became of an entry, to be changed, and a way to remove it.
fn handles(id: AccountId, entry: &LifeEntry, words: &str, on_action: &Callback<Action>) -> Html {
    let outcomes = entry.kind.outcomes();
    let on_outcome = {
        let (before, on_action) = (entry.clone(), on_action.clone());
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let chosen = usize::try_from(index).ok().and_then(|index| outcomes.get(index));
            let outcome = chosen.map_or(Outcome::Open, |(outcome, _)| *outcome);
            let after = Some(LifeEntry { outcome, ..before.clone() });
            on_action.emit(Action::LifeChanged { id, before: before.clone(), after });
        }
    };
    let on_removed = {
        let (before, on_action) = (entry.clone(), on_action.clone());
        move |_: MouseEvent| on_action.emit(Action::LifeChanged { id, before: before.clone(), after: None })
    };
    html! {
        <span class="outcome">
            if !outcomes.is_empty() {
                <select aria-label={format!("What became of it: {words}")} onchange={on_outcome}>
                    { for outcomes.iter().map(|(outcome, word)| html! { <option selected={*outcome == entry.outcome}>{ *word }</option> }) }
                </select>
            }
            <button type="button" aria-label={format!("Delete: {words}")} onclick={on_removed}>{ "Delete" }</button>
        </span>
    }
}

fn facts(account: &Account, workspace: &Workspace) -> Html {
    let columns = [
        Column::Seller,
        Column::Standing,
        Column::AnnualValue,
        Column::Margin,
        Column::Since,
        Column::Term,
        Column::NextRenewal,
        Column::Origin,
        Column::Tags,
    ];
    let fact = |column: Column| {
        let text = match column {
            Column::Origin => choice::came_by(account, &workspace.book),
            column => cell(column, account, None, workspace.as_of),
        };
        html! { if !text.is_empty() { <div><dt>{ heading(column) }</dt><dd>{ text }</dd></div> } }
    };
    html! {
        <div>
            <h2>{ "What is known" }</h2>
            <dl class="facts">
                { for columns.map(fact) }
                if let Some(sent) = choice::has_sent(account, &workspace.book) {
                    <div><dt>{ "Has sent" }</dt><dd>{ sent }</dd></div>
                }
                if account.cost_to_serve.units() != 0.0 {
                    <div><dt>{ "Cost to serve a year" }</dt><dd>{ money(account.cost_to_serve.units(), 0) }</dd></div>
                }
            </dl>
        </div>
    }
}

/// Its figures; `wish` is given what to do when one is pressed.
fn worth_of<F: Fn(MouseEvent) + 'static>(
    account: &Account,
    worth: Option<&AccountWorth>,
    workspace: &Workspace,
    wish: &impl Fn(Wish) -> F,
) -> Html {
    let Some(worth) = worth else {
        return html! { <div><h2>{ "What it is worth" }</h2><p>{ "Only a customer is worth something here: win it, or win it back." }</p></div> };
    };
    let shown = |figure: AccountFigure| match figure {
        AccountFigure::LifetimeValue => money(worth.lifetime_value, 0),
        AccountFigure::AnnualProfit => money(worth.annual_profit, 0),
        AccountFigure::RenewalChance => percent(worth.renewal_chance, 0),
        AccountFigure::LossChance => percent(worth.loss_chance, 0),
        AccountFigure::ValueAtRisk => money(worth.value_at_risk, 0),
        AccountFigure::ValueHeld => money(worth.value_held, 0),
    };
    let row = |figure: AccountFigure| {
        let on_pressed = wish(Wish::Figure(figure));
        html! {
            <div>
                <dt>{ figure.title() }</dt>
                <dd><button type="button" class="figure" aria-haspopup="dialog" onclick={on_pressed}>{ shown(figure) }</button></dd>
            </div>
        }
    };
    let concerns = account_cell::concerns(worth);
    html! {
        <div>
            <h2>{ "What it is worth" }</h2>
            <dl class="facts">{ for AccountFigure::ALL.map(row) }</dl>
            <p class="note">
                { "Value at risk is annual value times that chance of loss; held by attention is how much more would be at risk if nobody called. " }
                { risk::odds_of_loss(account, &workspace.assumptions) }
            </p>
            if !concerns.is_empty() {
                <p><strong>{ "Why look: " }</strong>{ concerns }{ "." }</p>
            }
            if worth.judgement_left_out {
                <p class="note">{ "Its own chances of renewal do not rise with attention, so the general ones were used." }</p>
            }
        </div>
    }
}
