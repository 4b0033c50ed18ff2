//! Importing a file of accounts: which column is what, what would happen, and only then the import.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::dialog::Dialog;
use super::reading_dialog::bar;
use crate::model::quantity::Money;
use crate::state::action::Action;
use crate::storage::csv::{
    AnnualValueFrom, DateOrder, Field, Mapping, Preview, Previewing, Question, Recognised, RowProblem, Table, apply,
    propose, questions, roll_up,
};
use crate::text::input::read_number;
use crate::text::number::{counted, money};
use crate::ui::effects::mappings;
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Rows read at once.
const SLICE: usize = 500;

/// Problems and remarks listed at once.
const LISTED: usize = 50;

/// For files that come in two.
const LATER: &str = "A file of deals will tell: nothing for now";

/// Properties of [`ImportDialog`].
#[derive(Properties, PartialEq)]
pub struct ImportDialogProps {
    /// The file's name.
    pub file: String,
    /// Its rows.
    pub table: Shared<Table>,
    /// The book that it would change, and what to report to.
    pub scene: Scene,
}

/// The dialog.
#[component]
pub fn ImportDialog(props: &ImportDialogProps) -> Html {
    let scene = &props.scene;
    // Deals are put together by account first.
    let order = use_state(|| None::<DateOrder>);
    let deals = use_memo((props.table.clone(), *order), |(table, order)| roll_up(table, *order));
    let table = use_memo((props.table.clone(), deals.clone()), |(table, deals)| {
        deals.as_ref().as_ref().map_or_else(|| table.clone(), |deals| Shared::new(deals.table.clone()))
    });
    let table = &*table;
    let asked = deals.as_ref().as_ref().and_then(|deals| deals.question.as_ref());
    let on_order = {
        let order = order.clone();
        Callback::from(move |choice: Choice| {
            if let Choice::Order(_, chosen) = choice {
                order.set(Some(chosen));
            }
        })
    };
    let proposal = use_memo(table.clone(), |table| propose(table));
    let known = use_memo(table.clone(), |table| {
        let mut mapping = mappings::mapping_for(table)?;
        mapping.overwrites_edits = proposal.mapping.overwrites_edits;
        Some(mapping)
    });
    let mapping = use_state(|| known.as_ref().as_ref().unwrap_or(&proposal.mapping).clone());
    let open = use_memo((table.clone(), (*mapping).clone()), |(table, mapping)| questions(table, mapping));
    let previewed = use_previewed(table, &mapping, scene);
    let on_chosen = {
        let mapping = mapping.clone();
        Callback::from(move |choice: Choice| {
            let mut next = (*mapping).clone();
            choice.apply(&mut next);
            mapping.set(next);
        })
    };
    let on_anew = {
        let (mapping, proposal) = (mapping.clone(), proposal.clone());
        move |_: MouseEvent| mapping.set(proposal.mapping.clone())
    };
    let on_import = {
        let (previewed, scene, file) = (previewed.clone(), scene.clone(), props.file.clone());
        let (table, mapping) = (table.clone(), mapping.clone());
        move |_: MouseEvent| {
            if let Some(Ok(preview)) = &previewed.found {
                mappings::remember(&table, &mapping);
                let accounts = counted(preview.added() + preview.updated(), "account", "accounts");
                let book = Box::new(apply(preview, &scene.state.workspace.book));
                let label = format!("import of {file}, {accounts}");
                scene.on_action.emit(Action::BookImported { book, as_of: scene.month(), label });
                scene.on_closed.emit(());
            }
        }
    };
    let ready = asked.is_none() && matches!(&previewed.found, Some(Ok(preview)) if preview.changes_book());
    html! {
        <Dialog title={format!("Import {}", props.file)} on_closed={scene.on_closed.clone()}>
            if let Some(deals) = &*deals {
                { for deals.sentences().into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
                { listed("The deals left out".to_owned(), lines(&deals.nameless)) }
                { for asked.map(|asked| question(asked, &on_order)) }
            } else {
                <p>{ format!("{}, {}.", proposal.recognised.label(), counted(table.rows.len(), "row", "rows")) }</p>
            }
            if known.as_ref().as_ref() == Some(&*mapping) && *mapping != proposal.mapping {
                <p class="dialog-actions">
                    { "Columns are taken as you chose them for the last file with these headings." }
                    <button type="button" onclick={on_anew}>{ "Choose anew" }</button>
                </p>
            }
            { for open.iter().map(|question| self::question(question, &on_chosen)) }
            { value_choice(table, &mapping, &on_chosen) }
            <details open={proposal.recognised == Recognised::Generic && deals.is_none()}>
                <summary>{ if deals.is_some() { "What the deals say of each account" } else { "Which column is what" } }</summary>
                { columns(table, &mapping, &on_chosen) }
            </details>
            {
                match &previewed.found {
                    None => bar("Reading the rows", previewed.part),
                    Some(Ok(preview)) => html! { <>{ summary(preview) }{ edits_choice(preview, &mapping, &on_chosen) }</> },
                    // What is still asked above needs no second sentence.
                    Some(Err(_)) if !open.is_empty() => Html::default(),
                    Some(Err(why)) => html! { <p class="problem" role="alert">{ why.clone() }</p> },
                }
            }
            <p class="dialog-actions">
                <button type="button" class="primary" disabled={!ready} onclick={on_import}>{ "Import" }</button>
                <button type="button" onclick={scene.on_closed.reform(|_| ())}>{ "Leave the book as it is" }</button>
            </p>
        </Dialog>
    }
}

/// What the rows would do, as far as that is known.
#[derive(Clone, Default)]
struct Previewed {
    /// The part of the rows that is read, from 0 to 1.
    part: f64,
    /// What they would do, or why that cannot be said, as a sentence; none while they are read.
    found: Option<Result<Rc<Preview>, String>>,
}

/// Reads the rows in slices, anew whenever another mapping is chosen.
#[hook]
fn use_previewed(table: &Shared<Table>, mapping: &Mapping, scene: &Scene) -> Previewed {
    let previewed = use_state(Previewed::default);
    let (state, month, to) = (scene.state.clone(), scene.month(), previewed.setter());
    use_effect_with((table.clone(), mapping.clone()), move |(table, mapping)| {
        let (table, mapping) = (table.clone(), mapping.clone());
        let is_wanted = Rc::new(Cell::new(true));
        let asked = is_wanted.clone();
        spawn_local(async move {
            let found = match Previewing::new(&table, &mapping, &state.workspace.book, month) {
                Err(why) => Err(why),
                Ok(mut previewing) => {
                    while !previewing.read_on(SLICE) {
                        let part = previewing.done() as f64 / table.rows.len() as f64;
                        to.set(Previewed { part, found: None });
                        TimeoutFuture::new(0).await;
                        if !asked.get() {
                            return;
                        }
                    }
                    previewing.finish()
                }
            };
            to.set(Previewed { part: 1.0, found: Some(found.map(Rc::new).map_err(|why| why.to_string())) });
        });
        move || is_wanted.set(false)
    });
    (*previewed).clone()
}

/// A choice of the user about the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Choice {
    AnnualValue(AnnualValueFrom),
    Order(usize, DateOrder),
    Column(usize, Field),
    OverwriteEdits(bool),
}

impl Choice {
    fn apply(self, mapping: &mut Mapping) {
        match self {
            Choice::AnnualValue(from) => mapping.take_annual_value(from),
            Choice::Order(column, order) => mapping.set_date_order(column, order),
            Choice::Column(column, field) => mapping.assign(column, field),
            Choice::OverwriteEdits(wanted) => mapping.overwrites_edits = wanted,
        }
    }
}

pub(super) fn question(question: &Question, on_chosen: &Callback<Choice>) -> Html {
    let button = |label: String, choice: Choice| {
        html! { <button type="button" onclick={on_chosen.reform(move |_| choice)}>{ label }</button> }
    };
    let answers = match *question {
        Question::DateOrder { column, .. } => html! {
            <>
                { button("Day first".to_owned(), Choice::Order(column, DateOrder::DayFirst)) }
                { button("Month first".to_owned(), Choice::Order(column, DateOrder::MonthFirst)) }
            </>
        },
        Question::AnnualRevenueIsTheirs { column, ref heading } => html! {
            <>
                { button(format!("Take “{heading}” anyway"), Choice::AnnualValue(AnnualValueFrom::Column(column))) }
                { button(LATER.to_owned(), Choice::AnnualValue(AnnualValueFrom::Fixed(Money::ZERO))) }
            </>
        },
        Question::WhichAnnualValue => {
            button(LATER.to_owned(), Choice::AnnualValue(AnnualValueFrom::Fixed(Money::ZERO)))
        }
        Question::WhichName => Html::default(),
    };
    html! { <div class="question"><p>{ question.to_string() }</p><p class="dialog-actions">{ answers }</p></div> }
}

/// One value for every account, for files that do not say what each pays.
fn value_choice(table: &Table, mapping: &Mapping, on_chosen: &Callback<Choice>) -> Html {
    let from = match mapping.annual_value() {
        Some(AnnualValueFrom::Column(column)) => format!("Annual value: from “{}”.", table.heading(column)),
        Some(AnnualValueFrom::Fixed(amount)) => {
            format!("Annual value: {} for every account.", money(amount.units(), 0))
        }
        None => "Annual value: not chosen yet.".to_owned(),
    };
    let on_typed = {
        let on_chosen = on_chosen.clone();
        move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(amount) = read_number(&text).ok().and_then(Money::from_units) {
                on_chosen.emit(Choice::AnnualValue(AnnualValueFrom::Fixed(amount)));
            }
        }
    };
    html! {
        <div class="question">
            <p>{ from }</p>
            <p>
                <label for="one-value">{ "Or one annual value for every account " }</label>
                <input id="one-value" type="text" inputmode="decimal" autocomplete="off" onchange={on_typed} />
            </p>
        </div>
    }
}

/// Whether the file or what was edited since counts, where that makes a difference.
fn edits_choice(preview: &Preview, mapping: &Mapping, on_chosen: &Callback<Choice>) -> Html {
    if preview.spared == 0 && !mapping.overwrites_edits {
        return Html::default();
    }
    let on_ticked = on_chosen
        .reform(|event: Event| Choice::OverwriteEdits(event.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <div class="question">
            if preview.spared > 0 {
                <p>{ format!("{} as you edited it here, though the file says otherwise: see the remarks.",
                    if preview.spared == 1 { "In 1 account something stays".to_owned() } else { format!("In {} accounts something stays", preview.spared) }) }</p>
            }
            <p>
                <label>
                    <input type="checkbox" checked={mapping.overwrites_edits} onchange={on_ticked} />
                    { " Take the file's values also where I edited" }
                </label>
            </p>
        </div>
    }
}

fn columns(table: &Table, mapping: &Mapping, on_chosen: &Callback<Choice>) -> Html {
    let row = |column: usize| {
        let on_field = on_chosen.reform(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let field = usize::try_from(index).ok().and_then(|index| Field::ALL.get(index).copied());
            Choice::Column(column, field.unwrap_or(Field::KeepAsNote))
        });
        let example = table.rows.iter().map(|row| row.cell(column)).find(|cell| !cell.is_empty()).unwrap_or("");
        let example: String = example.chars().take(40).collect();
        let chosen = mapping.field(column);
        html! {
            <tr key={column}>
                <th scope="row">{ table.heading(column) }</th>
                <td>{ example }</td>
                <td>
                    <select aria-label={format!("What {} is", table.heading(column))} onchange={on_field}>
                        { for Field::ALL.map(|field| html! {
                            <option selected={field == chosen}>{ field.label() }</option>
                        }) }
                    </select>
                </td>
            </tr>
        }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Columns of the file">
            <table class="numbers left">
                <thead><tr><th scope="col">{ "Heading" }</th><th scope="col">{ "For example" }</th><th scope="col">{ "Is" }</th></tr></thead>
                <tbody>{ for (0..table.headings.len()).map(row) }</tbody>
            </table>
        </div>
    }
}

fn summary(preview: &Preview) -> Html {
    let sellers = preview.sellers.keys().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>();
    let problems = lines(&preview.problems);
    let remarks = preview.remarks.iter().map(|remark| (remark.line, remark.text.clone())).collect::<Vec<_>>();
    html! {
        <div class="import-summary" role="status">
            <p>
                <strong>{ format!("{} new, {} changed, {} as they are, {} left out.",
                    preview.added(), preview.updated(), preview.unchanged(), counted(problems.len(), "row", "rows")) }</strong>
                { format!(" {}", preview.standings()) }
            </p>
            <p class="note">
                { format!("The book has {} now and {} afterwards.", counted(preview.accounts_before, "account", "accounts"), preview.accounts_after) }
                if preview.replaces_sample {
                    { " The made-up accounts make way." }
                }
                if !sellers.is_empty() {
                    { format!(" {}: {}.", counted(sellers.len(), "seller", "sellers"), sellers.iter().take(12).cloned().collect::<Vec<_>>().join(", ")) }
                }
            </p>
            if let Some(warning) = preview.currencies.warning() {
                <p class="problem">{ warning }</p>
            }
            { for preview.defaults.iter().map(|text| html! { <p class="note">{ text.clone() }</p> }) }
            { listed(format!("{} left out", counted(problems.len(), "row", "rows")), problems) }
            { listed(counted(remarks.len(), "remark", "remarks"), remarks) }
        </div>
    }
}

fn lines(problems: &[RowProblem]) -> Vec<(usize, String)> {
    problems.iter().map(|problem| (problem.line, problem.reason.clone())).collect()
}

/// Sentences on lines of the file, folded away.
pub(super) fn listed(title: String, lines: Vec<(usize, String)>) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    let rest = lines.len().saturating_sub(LISTED);
    html! {
        <details>
            <summary>{ title }</summary>
            <ul class="lines">
                { for lines.iter().take(LISTED).map(|(line, text)| html! { <li>{ format!("Line {line}: {text}") }</li> }) }
                if rest > 0 {
                    <li>{ format!("and {rest} more") }</li>
                }
            </ul>
        </details>
    }
}
