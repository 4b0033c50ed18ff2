//! The list of accounts: a grid that draws only the rows in sight, walked through by arrow keys.
//!
//! One cell at a time is in the order of the Tab key; arrows, Home, End and Page keys go to others, with Ctrl to the first
//! and the last row. Every cell but plain text holds one control, which has the focus in its place.

use std::collections::BTreeSet;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::cell_editor::CellEditor;
use crate::model::account::{Account, AccountId};
use crate::model::account_worth::AccountWorth;
use crate::model::listing::{Column, Listing};
use crate::model::month::Month;
use crate::model::workspace::Workspace;
use crate::text::account_cell::{cell, heading};
use crate::text::account_draft::Field;
use crate::text::arithmetic::AccountFigure;
use crate::ui::effects::screen;
use crate::ui::route::account_fragment;
use crate::ui::shared::Shared;

/// Height of a row, CSS pixels; the style sheet says the same.
const ROW: i32 = 40;
/// Rows drawn beyond both edges, so that a flick of the wheel finds them there.
const BEYOND: i32 = 8;
/// The most rows that are drawn.
const MOST: i32 = 60;

/// What is wanted of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To log a touch.
    Touch,
    /// To change it in a form.
    Edit,
    /// To mark it as lost.
    Loss,
    /// To see what one of its figures comes from.
    Figure(AccountFigure),
    /// To remove it.
    Delete,
}

/// Properties of [`Ledger`].
#[derive(Properties, PartialEq)]
pub struct LedgerProps {
    /// The book, and the month from which everything runs.
    pub workspace: Shared<Workspace>,
    /// The places in the book of the accounts to list, in order.
    pub places: Rc<Vec<usize>>,
    /// What each account of the book is worth.
    pub worths: Rc<Vec<Option<AccountWorth>>>,
    /// What is looked for, for the marks of the order.
    pub listing: Listing,
    /// What is shown of each, beside its name.
    pub columns: BTreeSet<Column>,
    /// The accounts that are chosen.
    pub chosen: Rc<BTreeSet<AccountId>>,
    /// Whether the accounts may be changed: not where their names are hidden.
    pub can_edit: bool,
    /// The order by a column was asked for.
    pub on_sorted: Callback<Column>,
    /// An account was chosen, or not any more.
    pub on_chosen: Callback<(AccountId, bool)>,
    /// Something is wanted of an account.
    pub on_wished: Callback<(AccountId, Wish)>,
    /// An account was changed in its row.
    pub on_changed: Callback<Account>,
}

/// A cell of the grid: row in the list, place in the row.
type Spot = (usize, usize);

/// What a column lets the user type, if anything.
const fn typed(column: Column) -> Option<Field> {
    match column {
        Column::Seller => Some(Field::Seller),
        Column::AnnualValue => Some(Field::Value),
        Column::Margin => Some(Field::Margin),
        Column::Since => Some(Field::Since),
        Column::NextRenewal => Some(Field::RenewsOn),
        Column::Tags => Some(Field::Tags),
        _ => None,
    }
}

/// The grid.
#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    let scroller = use_node_ref();
    let (above, below) = (use_node_ref(), use_node_ref());
    // First row in sight, and height of what is in sight.
    let top = use_state(|| 0);
    let height = use_state(|| 15 * ROW);
    let spot = use_state(|| (0_usize, 0_usize));
    // The cell to which the focus shall go as soon as it is drawn.
    let going = use_mut_ref(|| None::<Spot>);
    let editing = use_state(|| None::<(AccountId, Field)>);

    let rows = i32::try_from(props.places.len()).unwrap_or(i32::MAX);
    let columns: Vec<Column> =
        Column::ALL.into_iter().filter(|it| *it != Column::Name && props.columns.contains(it)).collect();
    let wishes: &[Wish] = if props.can_edit {
        &[Wish::Touch, Wish::Edit, Wish::Loss, Wish::Delete]
    } else {
        &[Wish::Touch, Wish::Loss, Wish::Delete]
    };
    let width = 2 + columns.len() + wishes.len();
    // In steps, so that not every pixel draws anew.
    let first = ((*top / ROW - BEYOND) / BEYOND * BEYOND).clamp(0, (rows - 1).max(0));
    let drawn = (*height / ROW + 3 * BEYOND).min(MOST);
    let last = (first + drawn).min(rows);

    {
        let height = height.setter();
        use_effect_with(scroller.clone(), move |scroller| {
            let watch = screen::watch_size(scroller, move |(_, now)| height.set(now));
            move || drop(watch)
        });
    }
    use_effect_with((above.clone(), below.clone(), first, last, rows), |(above, below, first, last, rows)| {
        screen::set_height(above, first * ROW);
        screen::set_height(below, (rows - last) * ROW);
    });
    {
        let (scroller, going, count) = (scroller.clone(), going.clone(), props.places.len());
        use_effect(move || {
            let wanted = *going.borrow();
            let Some((row, place)) = wanted else { return };
            let row_top = i32::try_from(row).unwrap_or(0) * ROW;
            screen::scroll_to_show(&scroller, row_top, ROW);
            // It is not drawn yet if the scrolling has still to be heard of; a row that is not listed any more never will be.
            if row >= count || screen::focus(&spot_id(row, place)) {
                *going.borrow_mut() = None;
            }
        });
    }
    let on_scroll = {
        let top = top.clone();
        move |event: Event| {
            let now = event.target_unchecked_into::<HtmlElement>().scroll_top();
            if now / ROW / BEYOND != *top / ROW / BEYOND {
                top.set(now);
            }
        }
    };
    let on_focused = {
        let spot = spot.clone();
        move |event: FocusEvent| {
            let id = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok()).map(|it| it.id());
            if let Some(now) = id.as_deref().and_then(spot_of) {
                spot.set(now);
            }
        }
    };
    let on_key = {
        let (spot, going, is_editing) = (spot.clone(), going.clone(), editing.is_some());
        let (count, page) = (props.places.len(), usize::try_from(*height / ROW).unwrap_or(1).max(1));
        move |event: KeyboardEvent| {
            if is_editing || count == 0 || event.alt_key() {
                return;
            }
            let (row, place) = (spot.0.min(count - 1), spot.1.min(width - 1));
            let (end, whole) = (count - 1, event.ctrl_key() || event.meta_key());
            let next = match event.key().as_str() {
                "ArrowDown" => ((row + 1).min(end), place),
                "ArrowUp" => (row.saturating_sub(1), place),
                "ArrowRight" => (row, (place + 1).min(width - 1)),
                "ArrowLeft" => (row, place.saturating_sub(1)),
                "PageDown" => ((row + page).min(end), place),
                "PageUp" => (row.saturating_sub(page), place),
                "Home" => (if whole { 0 } else { row }, 0),
                "End" => (if whole { end } else { row }, width - 1),
                _ => return,
            };
            event.prevent_default();
            *going.borrow_mut() = Some(next);
            spot.set(next);
        }
    };

    // What was scrolled out of sight cannot be in the order of the Tab key: a row that is drawn stands in.
    let in_sight = |row: i32| usize::try_from(row).unwrap_or(0);
    let spot_now = (spot.0.clamp(in_sight(first), in_sight(last - 1).max(in_sight(first))), spot.1.min(width - 1));
    let drawn_places = props.places.iter().copied().enumerate();
    let drawn_places = drawn_places.skip(in_sight(first)).take(in_sight(last - first));
    let stop_editing = {
        let (editing, going, spot) = (editing.clone(), going.clone(), spot.clone());
        Callback::from(move |()| {
            *going.borrow_mut() = Some(*spot);
            editing.set(None);
        })
    };
    let row = |(index, place): (usize, usize)| {
        let account = props.workspace.book.accounts.get(place)?;
        let worth = props.worths.get(place).and_then(Option::as_ref);
        Some(draw_row(
            props,
            &Row {
                index,
                account,
                worth,
                as_of: props.workspace.as_of,
                columns: &columns,
                wishes,
                stop: (spot_now.0 == index).then_some(spot_now.1),
                editing: editing.filter(|(id, _)| *id == account.id).map(|(_, field)| field),
                on_editing: editing.setter(),
                on_edited: stop_editing.clone(),
            },
        ))
    };
    let order = |column: Column| {
        let on_sorted = props.on_sorted.reform(move |_: MouseEvent| column);
        let is_by = props.listing.by == Some(column);
        let sort = is_by.then_some(if props.listing.descending { "descending" } else { "ascending" });
        html! {
            <th scope="col" key={heading(column)} class={classes!(column.is_figure().then_some("figure"), class_of(column))} aria-sort={sort}>
                <button type="button" class="link" onclick={on_sorted}>
                    { heading(column) }
                    if let Some(sort) = sort {
                        <span aria-hidden="true">{ if sort == "descending" { " ↓" } else { " ↑" } }</span>
                    }
                </button>
            </th>
        }
    };
    html! {
        <div class="table-scroll ledger-scroll" ref={scroller} onscroll={on_scroll}>
            <table class="ledger" role="grid" aria-label="Accounts" aria-rowcount={(rows + 1).to_string()} aria-colcount={width.to_string()}
                onkeydown={on_key} onfocusin={on_focused}>
                <thead>
                    <tr aria-rowindex="1">
                        <td class="choice"></td>
                        { order(Column::Name) }
                        { for columns.iter().copied().map(order) }
                        <td class="row-actions"></td>
                    </tr>
                </thead>
                <tbody>
                    <tr class="spacer" key="above" aria-hidden="true"><td ref={above}></td></tr>
                    { for drawn_places.filter_map(row) }
                    <tr class="spacer" key="below" aria-hidden="true"><td ref={below}></td></tr>
                </tbody>
            </table>
        </div>
    }
}

/// A row to draw.
struct Row<'a> {
    index: usize,
    account: &'a Account,
    worth: Option<&'a AccountWorth>,
    as_of: Month,
    columns: &'a [Column],
    wishes: &'a [Wish],
    /// The place in the order of the Tab key, if it is in this row.
    stop: Option<usize>,
    /// The field that is being typed.
    editing: Option<Field>,
    on_editing: UseStateSetter<Option<(AccountId, Field)>>,
    on_edited: Callback<()>,
}

impl Row<'_> {
    fn id(&self, place: usize) -> String {
        spot_id(self.index, place)
    }

    fn tab(&self, place: usize) -> &'static str {
        if self.stop == Some(place) { "0" } else { "-1" }
    }
}

fn draw_row(props: &LedgerProps, row: &Row) -> Html {
    let Row { account, worth, as_of, .. } = *row;
    let (id, name) = (account.id, account.name.clone());
    let is_chosen = props.chosen.contains(&id);
    let on_chosen =
        props.on_chosen.reform(move |event: Event| (id, event.target_unchecked_into::<HtmlInputElement>().checked()));
    let wide = 2 + row.columns.len();
    let show = |(offset, column): (usize, &Column)| {
        let (place, column) = (offset + 2, *column);
        let text = cell(column, account, worth, as_of);
        let field = typed(column).filter(|field| props.can_edit && (*field != Field::RenewsOn || account.is_active()));
        let figure = AccountFigure::of_column(column).filter(|_| worth.is_some());
        let class = classes!(column.is_figure().then_some("figure"), class_of(column));
        let inner = match field {
            Some(field) if row.editing == Some(field) => html! {
                <CellEditor account={account.clone()} {field} on_saved={props.on_changed.clone()} on_closed={row.on_edited.clone()} />
            },
            Some(field) => {
                let on_editing = row.on_editing.clone();
                let onclick = move |_: MouseEvent| on_editing.set(Some((id, field)));
                let label = format!("{} of {name}: {text}. Change it", heading(column));
                html! {
                    <button type="button" class="cell" id={row.id(place)} tabindex={row.tab(place)} aria-label={label} {onclick}>
                        { if text.is_empty() { "–".to_owned() } else { text } }
                    </button>
                }
            }
            None if let Some(figure) = figure => {
                let on_wished = props.on_wished.reform(move |_: MouseEvent| (id, Wish::Figure(figure)));
                let label = format!("{} of {name}: {text}. Where it comes from", heading(column));
                html! {
                    <button type="button" class="cell" id={row.id(place)} tabindex={row.tab(place)} aria-label={label}
                        aria-haspopup="dialog" onclick={on_wished}>{ text }</button>
                }
            }
            None => {
                html! { <span class="cell" id={row.id(place)} tabindex={row.tab(place)} title={text.clone()}>{ text }</span> }
            }
        };
        html! { <td key={heading(column)} {class}>{ inner }</td> }
    };
    let wish = |(offset, wish): (usize, &Wish)| {
        let (place, wish) = (wide + offset, *wish);
        let (text, label) = match wish {
            Wish::Touch => ("Touch", format!("Log a touch with {name}")),
            Wish::Edit => ("Edit", format!("Edit {name}")),
            Wish::Loss => ("Lost", format!("Mark {name} as lost")),
            Wish::Delete => ("Delete", format!("Delete {name}")),
            // Pressed in its own cell.
            Wish::Figure(_) => return Html::default(),
        };
        let is_off = wish == Wish::Loss && !account.is_active();
        let on_wished = props.on_wished.reform(move |_: MouseEvent| (id, wish));
        html! {
            <button type="button" key={text} id={row.id(place)} tabindex={row.tab(place)} aria-label={label}
                aria-disabled={is_off.then_some("true")} onclick={(!is_off).then_some(on_wished)}>{ text }</button>
        }
    };
    html! {
        <tr key={id.0} aria-rowindex={(row.index + 2).to_string()} aria-selected={is_chosen.to_string()}>
            <td class="choice">
                <input type="checkbox" id={row.id(0)} tabindex={row.tab(0)} checked={is_chosen} aria-label={format!("Choose {name}")} onchange={on_chosen} />
            </td>
            <th scope="row" role="rowheader"><a class="cell" id={row.id(1)} tabindex={row.tab(1)} title={name.clone()} href={account_fragment(id)}>{ name.clone() }</a></th>
            { for row.columns.iter().enumerate().map(show) }
            <td class="row-actions">{ for row.wishes.iter().enumerate().map(wish) }</td>
        </tr>
    }
}

/// What the style sheet calls a column that it leaves out where room is short.
const fn class_of(column: Column) -> Option<&'static str> {
    match column {
        Column::AnnualValue | Column::ValueAtRisk | Column::Name => None,
        _ => Some("spare"),
    }
}

fn spot_id(row: usize, place: usize) -> String {
    format!("cell-{row}-{place}")
}

fn spot_of(id: &str) -> Option<Spot> {
    let (row, place) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((row.parse().ok()?, place.parse().ok()?))
}
