//! The Compare page: plans side by side on the same book, differences first, and ways to another plan.

use yew::prelude::*;

use crate::model::monte_carlo::{Chance, Duel};
use crate::model::payoff::PlanOutcome;
use crate::model::plan::Plan;
use crate::model::saved_plans::MOST_SAVED;
use crate::model::workspace::Workspace;
use crate::state::action::Action;
use crate::state::plans;
use crate::study::counts_rules;
use crate::text::arithmetic::{chance_arithmetic, daily_arithmetic, losers_arithmetic, made_up_arithmetic};
use crate::text::claim::{Claim, Of, ToldPlan};
use crate::text::comparison::{Named, better_off, daily_note, heading, losers, made_up, signed, signed_count};
use crate::text::number::{count, counted, duration, money, percent};
use crate::text::plan::{difference, in_short};
use crate::text::same_pay::plans_meant;
use crate::text::verdict::{Emphasis, Part};
use crate::ui::components::explain::Explain;
use crate::ui::components::figure::figure as figure_button;
use crate::ui::components::more_plans::{Best, MorePlans};
use crate::ui::components::sensitivity::Sensitivity;
use crate::ui::components::sentence::{claimed, marked};
use crate::ui::components::told_figure::{told_figure, told_sentence};
use crate::ui::components::waterfall_card::WaterfallCard;
use crate::ui::effects::comparing::{Compared, use_comparison};
use crate::ui::effects::topics::{use_asked_about, use_ruled_same_pay};
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Properties of [`ComparePage`].
#[derive(Properties, PartialEq)]
pub struct ComparePageProps {
    /// The state, and where to report to.
    pub scene: Scene,
}

/// A plan in its column.
struct Column<'a> {
    /// What it is called.
    title: String,
    /// Its name among those put by.
    name: Option<&'a str>,
    plan: &'a Plan,
    outcome: Option<&'a PlanOutcome>,
    duel: Option<&'a Duel>,
}

/// The page.
#[component]
pub fn ComparePage(props: &ComparePageProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let trade = use_state(|| None);
    let saved = &workspace.saved_plans;
    let others = saved.iter().filter(|(_, plan)| **plan != workspace.plan);
    let hidden = others.clone().count().saturating_sub(MOST_SAVED);
    let others = others.take(MOST_SAVED);
    let mut plans = vec![workspace.plan.clone()];
    plans.extend(others.clone().map(|(_, plan)| plan.clone()));
    let compared = use_comparison(scene, plans, *trade);
    // The workspace that it was asked of: another one is another question.
    let asked = use_state(|| None::<Shared<Workspace>>);
    let here = use_asked_about(scene);
    let has_rules = workspace.plan.rules_on() > 0;
    let wanted = has_rules && *asked == Some(here.clone());
    let ruled_best = use_ruled_same_pay(&here, scene, wanted);
    let best = match (has_rules, wanted) {
        (false, _) => Best { found: compared.best, on_asked: None },
        (true, true) => Best { found: ruled_best, on_asked: None },
        (true, false) => {
            let on_asked = Callback::from(move |()| asked.set(Some(here.clone())));
            Best { found: None, on_asked: Some(on_asked) }
        }
    };

    let in_use = saved.name_of(&workspace.plan);
    let mut columns = vec![Column {
        title: in_use.map_or_else(|| "In use".to_owned(), |name| format!("In use: {name}")),
        name: None,
        plan: &workspace.plan,
        outcome: compared.outcome(&workspace.plan),
        duel: None,
    }];
    columns.extend(others.map(|(name, plan)| Column {
        title: name.to_owned(),
        name: Some(name),
        plan,
        outcome: compared.outcome(plan),
        duel: compared.duel(plan),
    }));
    let months = workspace.assumptions.horizon;
    let in_column =
        |column: &Column<'_>| ToldPlan { name: column.title.clone(), plan: column.plan.clone(), with_rules: true };
    let mut told: Vec<ToldPlan> = columns.iter().map(in_column).collect();
    let first = told.len();
    told.extend(plans_meant(None, best.found.as_ref(), &workspace.plan, has_rules));
    if let (Some(Ok(found)), Some((_, sameness))) = (&compared.trade, *trade) {
        let (name, plan) = ("the other rule", workspace.plan.with_rates(found.new_business, found.renewal));
        told.push(if counts_rules(&workspace.plan, sameness) {
            ToldPlan { name: name.to_owned(), plan, with_rules: true }
        } else {
            ToldPlan::of_rates(name, plan)
        });
    }
    html! {
        <main id="main" class="compare" tabindex="-1">
            { verdict(scene, &columns, &compared) }
            <section class="card" aria-label="Plans side by side" data-waits={compared.waits.to_string()}>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Plans side by side, a column each">
                    { table(scene, &columns, months) }
                </div>
                <p class="note">
                    { "Bold is best in its row; small figures are the change from the plan in use, and of a kept plan only the rates that \
                       differ from it are named. Differences under 1% of the company’s value are inside what these assumptions can \
                       tell. Each gap is to the company’s best under the same plan: paying more for renewals lowers that best, too, so a gap can \
                       close by more than the company gains. " }
                    {
                        if columns.iter().any(|column| column.plan.rules_on() > 0) {
                            "Luck: 2,000 simulated cases, the same for every plan, each paid by all rules. "
                        } else {
                            "Luck: 10,000 simulated cases, the same for every plan. "
                        }
                    }
                    { daily(workspace.assumptions.hours_per_year) }
                    if hidden > 0 {
                        { format!(" {} more not shown: remove one to see it.", counted(hidden, "kept plan is", "kept plans are")) }
                    }
                </p>
            </section>
            if let Some(lost) = compared.lost {
                <p class="note lost" role="status">{ lost }</p>
            }
            <MorePlans scene={scene.clone()} compared={compared.clone()} {best} {first} on_trade={Callback::from(move |asked| trade.set(asked))} />
            <Sensitivity scene={scene.clone()} />
            <WaterfallCard scene={scene.clone()} />
            <Explain scene={scene.clone()} plans={told} />
        </main>
    }
}

fn verdict(scene: &Scene, columns: &[Column<'_>], compared: &Compared) -> Html {
    let in_use = &scene.state.workspace.plan;
    let known = columns.iter().enumerate().skip(1).filter_map(|(place, column)| {
        Some(Named { name: &column.title, rates: difference(column.plan, in_use), outcome: column.outcome?, place })
    });
    let others: Vec<Named<'_>> = known.collect();
    let workspace = &scene.state.workspace;
    let seller = scene.state.seller.as_deref();
    let said = columns.first().and_then(|first| Some((in_short(first.plan), first.outcome?)));
    html! {
        <section class="verdict" aria-label="Verdict" aria-live="polite" data-waits={compared.waits.to_string()}>
            <h1>
                {
                    match said {
                        Some((rates, now)) => {
                            told_heading(&heading((&rates, now), &others, seller, workspace.assumptions.horizon), columns)
                        }
                        None => html! { "Working the plans out …" },
                    }
                }
            </h1>
        </section>
    }
}

/// The heading: what it claims of a plan says which one it is about.
fn told_heading(heading: &[Part], columns: &[Column<'_>]) -> Html {
    let about = heading.iter().find_map(|part| match part.claim {
        Some((_, Of::Change(place))) => columns.get(place)?.outcome.cloned(),
        _ => None,
    });
    let both = columns.first().and_then(|first| first.outcome.cloned()).zip(about);
    marked(heading, |part| match (part.claim, part.emphasis, both.clone()) {
        (None, Emphasis::Seller, Some((now, then))) => {
            told_figure(part.text.clone(), move || losers_arithmetic(&now, &then))
        }
        _ => claimed(part),
    })
}

/// Which way a figure is better.
#[derive(Clone, Copy, PartialEq)]
enum Better {
    More,
    Less,
}

/// A row: what it says, its figure, how that is shown, how a change of it is, and which way it is better.
struct Row {
    name: String,
    figure: fn(&PlanOutcome) -> f64,
    claim: Claim,
    shown: fn(f64) -> String,
    /// How a change is shown, and how many of its smallest printed amounts make one.
    changed: (fn(f64) -> String, f64),
    better: Better,
}

fn table(scene: &Scene, columns: &[Column<'_>], months: u32) -> Html {
    let amount = |name: String, claim: Claim, figure: fn(&PlanOutcome) -> f64, better: Better| Row {
        name,
        figure,
        claim,
        shown: |amount| money(amount, 0),
        changed: (|amount| signed(amount, 0), 1.0),
        better,
    };
    let over = duration(months);
    let accounts = Row {
        name: format!("accounts after {over}"),
        figure: |it| it.accounts_after,
        claim: Claim::AccountsAfter,
        shown: |number| count(number, 1),
        changed: (|number| signed_count(number, 1), 10.0),
        better: Better::More,
    };
    let company = [
        amount(
            format!("value of {over}, and of the book then"),
            Claim::CompanyValue,
            |it| it.company_value,
            Better::More,
        ),
        amount("gap to its own best".to_owned(), Claim::Gap, |it| it.gap, Better::Less),
        amount(
            "renewal pay that buys nothing, this year".to_owned(),
            Claim::FreeRenewalPay,
            |it| it.free_renewal_pay,
            Better::Less,
        ),
    ];
    let seller = [
        amount("this year".to_owned(), Claim::FirstYearPay, |it| it.first_year_pay, Better::More),
        amount("while staying, present value".to_owned(), Claim::SellerValue, |it| it.seller_value, Better::More),
    ];
    let plural = scene.state.seller.is_none() && scene.state.workspace.book.sellers().len() > 1;
    let (does, earns, who) = if plural {
        ("What the sellers do", "What the sellers earn", "the sellers")
    } else {
        ("What the seller does", "What the seller earns", "the seller")
    };
    let daily = [
        Row {
            shown: |amount| signed(amount, 0),
            ..amount(format!("worth to {who}"), Claim::SellerDaily, |it| it.daily.seller, Better::More)
        },
        Row {
            shown: |amount| signed(amount, 0),
            ..amount("worth to the company".to_owned(), Claim::CompanyDaily, |it| it.daily.company, Better::More)
        },
    ];
    let group = |name: &'static str, class: &'static str| {
        html! { <tr class="group"><th scope="colgroup" class={class} colspan={(columns.len() + 1).to_string()}>{ name }</th></tr> }
    };
    html! {
        <table class="compared" data-plans={columns.len().to_string()}>
            <thead><tr><td></td>{ for columns.iter().map(|column| head(scene, column)) }</tr></thead>
            <tbody>
                { group(does, "") }
                <tr>
                    <th scope="row">{ "share of selling time on customers" }</th>
                    { for columns.iter().enumerate().map(|(place, column)| html! { <td>{ column.outcome.map(|it| split(it, place)) }</td> }) }
                </tr>
                { figures(&accounts, columns) }
                { group("What the company gets", "company") }
                { for company.iter().map(|row| figures(row, columns)) }
                { group(earns, "seller") }
                { for seller.iter().map(|row| figures(row, columns)) }
                { loss_row(columns) }
                { group("45 minutes a day with customers", "") }
                { for daily.iter().map(|row| figures(row, columns)) }
                if columns.len() > 1 {
                    { group("With the same luck, better off than under the plan in use", "") }
                    { chances("the company", |duel| &duel.company, columns) }
                    { chances(who, |duel| &duel.seller, columns) }
                }
            </tbody>
        </table>
    }
}

fn head(scene: &Scene, column: &Column<'_>) -> Html {
    let workspace = &scene.state.workspace;
    let button = |word: &'static str, action: Option<Action>, name: &str| {
        let on_action = scene.on_action.clone();
        let on_clicked = move |_: MouseEvent| action.iter().for_each(|action| on_action.emit(action.clone()));
        html! { <button type="button" class="link" aria-label={format!("{word} {name}")} onclick={on_clicked}>{ word }</button> }
    };
    html! {
        <th scope="col" key={column.title.clone()}>
            <b>{ column.title.clone() }</b>
            <span>{ if column.name.is_some() { difference(column.plan, &workspace.plan) } else { in_short(column.plan) } }</span>
            if let Some(name) = column.name {
                <span class="column-actions">
                    { button("Use", plans::taken(workspace, name), name) }
                    { button("Remove", Some(plans::removed(workspace, name)), name) }
                </span>
            }
        </th>
    }
}

/// What 45 minutes a day are of the selling time.
fn daily(hours: f64) -> Html {
    told_sentence(&daily_note(hours), move || daily_arithmetic(hours))
}

/// Both shares on one bar.
fn split(outcome: &PlanOutcome, column: usize) -> Html {
    let place = |share: f64| format!("{:.2}", 100.0 * share.clamp(0.0, 1.0));
    let (seller, company) = (outcome.seller_share, outcome.company_share);
    let (low, high) = (seller.min(company), seller.max(company));
    let said = format!("seller {}, company {}", percent(seller, 0), percent(company, 0));
    html! {
        <>
            <svg class="split" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label={said}>
                <rect class="split-all" x="0" y="3" width="100" height="6" />
                <rect class="split-gap" x={place(low)} y="3" width={format!("{:.2}", 100.0 * (high - low))} height="6" />
                <line class="split-seller" x1={place(seller)} x2={place(seller)} y1="0" y2="12" />
                <line class="split-company" x1={place(company)} x2={place(company)} y1="0" y2="12" />
            </svg>
            <span class="split-shares">
                <span class="seller">{ figure_button(percent(seller, 0), Claim::SellerShare, Of::Plan(column)) }</span>
                { " " }
                <span class="company">{ figure_button(percent(company, 0), Claim::CompanyShare, Of::Plan(column)) }</span>
            </span>
        </>
    }
}

fn figures(row: &Row, columns: &[Column<'_>]) -> Html {
    let of = |column: &Column<'_>| column.outcome.map(row.figure);
    let now = columns.first().and_then(of);
    let known: Vec<f64> = columns.iter().filter_map(of).collect();
    let best = match row.better {
        Better::More => known.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        Better::Less => known.iter().copied().fold(f64::INFINITY, f64::min),
    };
    // What looks alike is best nowhere.
    let shown = |figure: f64| (row.shown)(figure);
    let differ = known.iter().any(|figure| shown(*figure) != shown(best));
    let cell = |(place, column): (usize, &Column<'_>)| {
        let Some(figure) = of(column) else { return html! { <td></td> } };
        let text = shown(figure);
        let is_best = differ && text == shown(best);
        let text = figure_button(text, row.claim, Of::Plan(place));
        // That of what is printed, so that it can be reckoned again.
        let (changed, grain) = row.changed;
        let printed = |figure: f64| libm::round(figure * grain);
        let change = now.filter(|_| place > 0).map(|now| changed((printed(figure) - printed(now)) / grain));
        let change = change.map(|change| figure_button(change, row.claim, Of::Change(place)));
        html! {
            <td>
                if is_best {
                    <b>{ text }<span class="visually-hidden">{ " (best)" }</span></b>
                } else {
                    { text }
                }
                if let Some(change) = change {
                    <small>{ change }</small>
                }
            </td>
        }
    };
    html! {
        <tr>
            <th scope="row">{ row.name.clone() }</th>
            { for columns.iter().enumerate().map(cell) }
        </tr>
    }
}

/// Who would earn less, where there are several.
fn loss_row(columns: &[Column<'_>]) -> Html {
    let now = columns.first().and_then(|column| column.outcome).filter(|now| now.sellers.len() > 1);
    let Some(now) = now.filter(|_| columns.len() > 1) else { return Html::default() };
    let then = |place: usize, column: &Column<'_>| column.outcome.filter(|_| place > 0).cloned();
    let lost = |(place, column): (usize, &Column<'_>)| {
        let told = then(place, column).and_then(|then| Some((losers(now, &then)?, then)));
        let told = told.map(|(words, then)| {
            let now = now.clone();
            told_figure(words, move || losers_arithmetic(&now, &then))
        });
        html! { <td class="words">{ told }</td> }
    };
    let made_up = |(place, column): (usize, &Column<'_>)| {
        let told = then(place, column).and_then(|then| Some((made_up(now, &then)?, then)));
        let told = told.map(|(cost, then)| {
            let now = now.clone();
            told_figure(money(cost, 0), move || made_up_arithmetic(&now, &then))
        });
        html! { <td>{ told }</td> }
    };
    html! {
        <>
            <tr>
                <th scope="row">{ "sellers who earn less this year" }</th>
                { for columns.iter().enumerate().map(lost) }
            </tr>
            <tr>
                <th scope="row">{ "making that up to them for a year" }</th>
                { for columns.iter().enumerate().map(made_up) }
            </tr>
        </>
    }
}

/// In how many cases of luck somebody is better off than under the plan in use.
fn chances(who: &'static str, of: fn(&Duel) -> &Chance, columns: &[Column<'_>]) -> Html {
    let cell = |column: &Column<'_>| {
        let said = column.duel.map(|duel| {
            let (chance, runs) = (*of(duel), duel.runs);
            told_figure(better_off(&chance), move || chance_arithmetic(&chance, runs, who))
        });
        html! { <td class="words">{ said }</td> }
    };
    html! {
        <tr>
            <th scope="row">{ who }</th>
            { for columns.iter().map(cell) }
        </tr>
    }
}
