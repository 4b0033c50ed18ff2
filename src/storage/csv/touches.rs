//! A log of touches: which contact was had with which account on which day.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::date::{ColumnOrder, DateOrder, readings};
use super::guard;
use super::heading::{is_name, key};
use super::preview::RowProblem;
use super::propose::Question;
use super::read::{Row, Table};
use super::tidy::{cut, one_line, quoted};
use crate::model::account::{Account, AccountId};
use crate::model::book::{Book, name_key};
use crate::model::touch::{Touch, TouchKind};
use crate::text::number::counted;

/// The longest note of a touch, in characters.
const MAX_NOTE: usize = 500;

/// What a log would add to a book. Rows of the table = touches new + touches known + problems.
#[derive(Debug, Clone, PartialEq)]
pub struct TouchLog {
    /// The new touches, in the order of the file.
    pub added: Vec<(AccountId, Touch)>,
    /// Touches that are logged already, just so.
    pub known: usize,
    /// The rows left out, with the reason.
    pub problems: Vec<RowProblem>,
    /// What has to be answered first.
    pub question: Option<Question>,
}

impl TouchLog {
    /// How many accounts the new touches are with.
    pub fn accounts(&self) -> usize {
        let mut ids: Vec<AccountId> = self.added.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }

    /// The counts, in a sentence.
    pub fn sentence(&self) -> String {
        format!(
            "{} new with {}, {} logged already, {} left out.",
            counted(self.added.len(), "touch", "touches"),
            counted(self.accounts(), "account", "accounts"),
            self.known,
            counted(self.problems.len(), "row", "rows"),
        )
    }

    /// The book with the new touches.
    pub fn onto(&self, book: &Book) -> Book {
        let mut by_account: HashMap<AccountId, Vec<&Touch>> = HashMap::new();
        for (id, touch) in &self.added {
            by_account.entry(*id).or_default().push(touch);
        }
        let mut after = book.clone();
        for place in 0..after.accounts.len() {
            let touches = after.accounts.get(place).and_then(|account| by_account.get(&account.id));
            if let Some(touches) = touches
                && let Some(account) = after.accounts.get_mut(place)
            {
                touches.iter().for_each(|touch| account.log((*touch).clone()));
            }
        }
        after
    }
}

/// Which columns of a log are what.
struct Columns {
    account: usize,
    date: usize,
    kind: usize,
    /// What goes into the note: the note itself, and with its heading whatever else the row has.
    notes: Vec<usize>,
    note: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Option<Columns> {
        let keys: Vec<String> = table.headings.iter().map(|heading| key(heading)).collect();
        let find = |words: &[&str]| words.iter().find_map(|word| keys.iter().position(|it| it == word));
        let account = table.headings.iter().position(|heading| is_name(heading))?;
        let date = find(&["date", "day", "on", "touchdate", "activitydate", "datum"])?;
        let kind = find(&["kind", "touch", "touchkind", "activitytype", "art"])?;
        let note = find(&["note", "notes", "comment", "subject", "notiz"]);
        let rest = (0..keys.len()).filter(|column| ![account, date, kind].contains(column) && note != Some(*column));
        Some(Columns { account, date, kind, notes: rest.collect(), note })
    }

    fn note(&self, table: &Table, row: &Row) -> String {
        let told = self.notes.iter().map(|column| (table.heading(*column), one_line(row.cell(*column))));
        let mut parts: Vec<String> =
            self.note.map(|column| one_line(guard::take_off(row.cell(column)))).into_iter().collect();
        parts.extend(told.filter(|(_, cell)| !cell.is_empty()).map(|(heading, cell)| format!("{heading}: {cell}")));
        parts.retain(|part| !part.is_empty());
        cut(&parts.join("; "), MAX_NOTE).0.to_owned()
    }
}

/// Reads a kind, as files write it.
fn kind_of(cell: &str) -> Option<TouchKind> {
    let word = key(cell);
    TouchKind::ALL.into_iter().find(|kind| key(kind.word()) == word).or(match word.as_str() {
        "phone" | "phonecall" | "video" | "videocall" | "anruf" => Some(TouchKind::Call),
        "meeting" | "onsite" | "besuch" => Some(TouchKind::Visit),
        "email" | "mail" | "newsletter" => Some(TouchKind::Article),
        "qbr" | "businessreview" => Some(TouchKind::Review),
        "support" | "ticket" => Some(TouchKind::Help),
        _ => None,
    })
}

/// Reads a table as a log of touches with the accounts of `book`, up to `today`; `None` if its headings are not those of
/// one. `order` is the user's answer to the question of a former call.
pub fn read_touches(table: &Table, book: &Book, today: NaiveDate, order: Option<DateOrder>) -> Option<TouchLog> {
    let columns = Columns::of(table)?;
    let (order, question) = match (order, ColumnOrder::of(table.filled(columns.date))) {
        (_, ColumnOrder::Known(order)) | (Some(order), ColumnOrder::Unknown { .. }) => (order, None),
        (None, ColumnOrder::Unknown { cell, day_first, month_first }) => {
            let heading = table.heading(columns.date);
            let question = Question::DateOrder { column: columns.date, heading, cell, day_first, month_first };
            (DateOrder::DayFirst, Some(question))
        }
    };
    let mut by_name: HashMap<String, Vec<&Account>> = HashMap::new();
    for account in &book.accounts {
        by_name.entry(name_key(&account.name)).or_default().push(account);
    }
    let mut log = TouchLog { added: Vec::new(), known: 0, problems: Vec::new(), question };
    // What of an account's touches is still to be told from a row: a log may have two calls of one day.
    let mut logged: HashMap<AccountId, Vec<&Touch>> = HashMap::new();
    let mut counts: HashMap<AccountId, usize> = HashMap::new();
    for row in &table.rows {
        match read_row(table, &columns, row, &by_name, today, order) {
            Err(reason) => log.problems.push(RowProblem { line: row.line(), reason }),
            Ok((account, touch)) => {
                let before = logged.entry(account.id).or_insert_with(|| account.touches.iter().collect());
                match before.iter().position(|known| **known == touch) {
                    Some(place) => {
                        before.swap_remove(place);
                        log.known += 1;
                    }
                    None => {
                        let count = counts.entry(account.id).or_insert(account.touches.len());
                        if *count >= Account::MAX_TOUCHES {
                            let reason = format!("{} has 4,000 touches, the most it can have.", quoted(&account.name));
                            log.problems.push(RowProblem { line: row.line(), reason });
                        } else {
                            *count += 1;
                            log.added.push((account.id, touch));
                        }
                    }
                }
            }
        }
    }
    Some(log)
}

fn read_row<'b>(
    table: &Table,
    columns: &Columns,
    row: &Row,
    by_name: &HashMap<String, Vec<&'b Account>>,
    today: NaiveDate,
    order: DateOrder,
) -> Result<(&'b Account, Touch), String> {
    if row.has_unpaired_quote() {
        return Err(
            "The quotes of this line do not pair up: close each quote, and double one inside a cell.".to_owned()
        );
    }
    let name = one_line(guard::take_off(row.cell(columns.account)));
    let account = match by_name.get(&name_key(&name)).map(Vec::as_slice) {
        Some([account]) => *account,
        Some([_, ..]) => return Err(format!("Several accounts are called {}: tell them apart first.", quoted(&name))),
        _ => return Err(format!("No account is called {}: import the accounts first.", quoted(&name))),
    };
    let cell = row.cell(columns.date);
    let on = readings(cell).by(order).ok_or_else(|| format!("{} is not a date.", quoted(cell)))?;
    if on > today {
        return Err(format!("{} is still to come: a touch is logged when it has happened.", quoted(cell)));
    }
    let cell = row.cell(columns.kind);
    let kind = kind_of(cell).ok_or_else(|| {
        let kinds = TouchKind::ALL.map(TouchKind::word).join(", ");
        format!("{} is no kind of touch: use one of {kinds}.", quoted(cell))
    })?;
    Ok((account, Touch { on, kind, note: columns.note(table, row) }))
}

#[cfg(test)]
mod tests {
    use super::super::read::read_table;
    use super::*;
    use crate::model::quantity::Money;

    fn book() -> Book {
        let mut book = Book::empty();
        for name in ["Acme", "Birch", "Twin", "twin"] {
            let id = book.take_id();
            book.accounts.push(Account::new(id, name, Money::from_cents(100)));
        }
        book
    }

    fn read(text: &str, book: &Book) -> TouchLog {
        let today = "2026-11-27".parse().unwrap();
        read_touches(&read_table(text.as_bytes()).unwrap(), book, today, None).unwrap()
    }

    const LOG: &str = "Account,Date,Kind,Minutes,Outcome,Note\n\
         acme,2026-11-03,call,15,,asked; about price\n\
         Acme,2026-11-01,Visit,60,opening,\n\
         Acme,2026-11-01,Visit,60,opening,\n\
         Cedar,2026-11-01,call,,,\n\
         twin,2026-11-01,call,,,\n\
         Birch,2026-12-24,gift,,,\n\
         Birch,soon,gift,,,\n\
         Birch,2026-11-02,dance,,,\n";

    #[test]
    fn touches_go_to_their_accounts_once() {
        let log = read(LOG, &book());
        assert_eq!(log.sentence(), "3 touches new with 1 account, 0 logged already, 5 rows left out.");
        assert_eq!(log.problems.iter().map(|it| it.line).collect::<Vec<_>>(), [5, 6, 7, 8, 9]);
        let after = log.onto(&book());
        let told: Vec<(String, &str)> =
            after.accounts[0].touches.iter().map(|touch| (touch.on.to_string(), touch.note.as_str())).collect();
        let visit = ("2026-11-01".to_owned(), "Minutes: 60; Outcome: opening");
        assert_eq!(told, [visit.clone(), visit, ("2026-11-03".to_owned(), "asked; about price; Minutes: 15")]);
        let again = read(LOG, &after);
        assert_eq!((again.added.len(), again.known), (0, 3), "a second import adds nothing");
    }

    #[test]
    fn other_tables_are_none() {
        let today = "2026-11-27".parse().unwrap();
        let table = read_table(b"Account,Owner,Annual value\nAcme,Ada,5\n").unwrap();
        assert_eq!(read_touches(&table, &book(), today, None), None);
    }
}
