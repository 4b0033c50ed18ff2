//! Files and pasted tables.

use chrono::NaiveDate;
use holdfast::model::account::Account;
use holdfast::model::book::Book;
use holdfast::model::bounds::Input;
use holdfast::model::month::Month;
use holdfast::model::quantity::Money;
use holdfast::model::sample::sample_workspace;
use holdfast::storage::csv::{
    AnnualValueFrom, DateOrder, Field, Mapping, Spreadsheet, Table, apply, preview, propose, read_table, read_touches,
    roll_up, write_accounts,
};

use crate::draw::{Draw, for_minutes, for_seeds};
use crate::mutation::mutated;

/// What may come between.
const BITS: [&str; 32] = [
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r\n",
    "\r",
    "'",
    "=1+1",
    "@",
    "-",
    "0",
    "1e999",
    "(1,200)",
    "1.234,56",
    "$",
    "€",
    "\u{0}",
    "\u{feff}",
    "é",
    "\u{1f600}",
    "13/13/2026",
    "29.02.2026",
    "2026-02-30",
    "Annual value",
    "Account",
    "Won time",
    "Lost",
    "%",
    "99999999999999999999",
];

/// Files of every kind that is known.
fn files() -> Vec<Vec<u8>> {
    let read = |name: &str| {
        std::fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR")))
            .unwrap_or_else(|why| panic!("{name}: {why}"))
    };
    let pipedrive = "Organization - Name*;Deal - Value;Deal - Currency of Value;Deal - Status;Deal - Won time;Deal - Lost reason\n\
                     Bäckerei;1.200,50;EUR;Won;2025-03-01 10:00;\nMüller;900;CHF;Lost;;too dear\n";
    let report = "\"Account Name\",\"Amount\",\"Close Date\",\"Stage\"\n\"Acme\",\"$1,234,567\",\"3/4/2026\",\"Closed Won\"\n\
                  \"Best\nLine 2\",\"(1,200)\",\"4/3/2026\",\"Closed Lost\"\n\n\"Copyright (c) somebody\"\n";
    let mut files = ["book.csv", "hubspot_companies.csv", "hubspot_deals.csv", "touches.csv"].map(read).to_vec();
    files.extend([pipedrive, report, "Account\tSince\nA\t1/2/26\nB\t3/4/26\n"].map(|it| it.as_bytes().to_vec()));
    // As spreadsheets of old wrote it.
    files.push(b"Account;Annual value\nM\xfcller;1.000,50\n".to_vec());
    files
}

/// The first lines of a file, so that a change is likely to matter.
fn beginning(bytes: &[u8], draw: &mut Draw) -> Vec<u8> {
    let lines = 2 + draw.below(12);
    bytes.split_inclusive(|byte| *byte == b'\n').take(lines).flatten().copied().collect()
}

fn as_of() -> Month {
    Month::parse("2026-11").unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

/// A mapping that somebody could choose by hand.
fn any_mapping(table: &Table, draw: &mut Draw) -> Mapping {
    let mut mapping = Mapping::all_notes(table.headings.len());
    for column in 0..table.headings.len() {
        mapping.assign(column, *draw.pick(&Field::ALL));
        mapping.set_date_order(column, if draw.one_in(2) { DateOrder::MonthFirst } else { DateOrder::DayFirst });
    }
    mapping.assign(draw.below(table.headings.len()), Field::Name);
    if mapping.annual_value().is_none() {
        mapping.take_annual_value(AnnualValueFrom::Fixed(Money::from_cents(100)));
    }
    mapping
}

fn check_account(account: &Account) {
    assert!(!account.name.is_empty() && account.name.chars().count() <= 200, "{account:?}");
    assert!((Money::ZERO..=Money::MAX).contains(&account.annual_value), "{account:?}");
    assert!((Money::ZERO..=Money::MAX).contains(&account.cost_to_serve), "{account:?}");
    for text in [&account.name, &account.seller, &account.notes].into_iter().chain(&account.tags) {
        assert!(!text.contains(|sign: char| sign.is_control() && !matches!(sign, '\n' | '\t')), "{account:?}");
    }
}

/// Every row is an account or a problem with a reason; a second import changes nothing; what is written reads back.
fn check_import(table: &Table, mapping: &Mapping, before: &Book) {
    let Ok(first) = preview(table, mapping, before, as_of()) else { return };
    let mut lines: Vec<usize> = first.accounts.iter().map(|imported| imported.line).collect();
    lines.extend(first.problems.iter().map(|problem| problem.line));
    lines.sort_unstable();
    assert_eq!(lines, table.rows.iter().map(|row| row.line()).collect::<Vec<_>>());
    assert!(first.problems.iter().all(|problem| problem.reason.len() > 5), "{:?}", first.problems);
    first.accounts.iter().for_each(|imported| check_account(&imported.account));
    let book = apply(&first, before);
    if first.accounts.is_empty() {
        return;
    }
    assert_eq!(book.accounts.len(), first.accounts_after);
    let again = preview(table, mapping, &book, as_of()).unwrap();
    assert_eq!(again.problems, first.problems);
    assert_eq!(apply(&again, &book), book);
    let mut workspace = sample_workspace(as_of());
    workspace.book = book;
    assert_eq!(workspace.check(), Ok(()));
    assert!(Input::ALL.iter().all(|input| workspace.get(*input).is_finite()));
}

/// What is written is read back as the same accounts, if no two have one name.
fn check_round(book: &Book, draw: &mut Draw) {
    let mut names: Vec<&str> = book.accounts.iter().map(|account| account.name.as_str()).collect();
    names.sort_unstable();
    if book.accounts.is_empty() || names.windows(2).any(|two| two[0].eq_ignore_ascii_case(two[1])) {
        return;
    }
    let bytes =
        write_accounts(&book.accounts, book, if draw.one_in(2) { Spreadsheet::Point } else { Spreadsheet::Comma });
    let table = read_table(&bytes).unwrap();
    let read = preview(&table, &propose(&table).mapping, book, as_of()).unwrap();
    assert_eq!(read.problems, [], "{}", String::from_utf8_lossy(&bytes));
    for imported in &read.accounts {
        let before = book.accounts.iter().find(|account| account.name == imported.account.name);
        assert_eq!(before, Some(&imported.account), "{}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(read.unchanged(), book.accounts.len());
}

fn check(files: &[Vec<u8>], draw: &mut Draw) -> bool {
    let others: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let file: &Vec<u8> = draw.pick(files);
    let start = beginning(file, draw);
    let bytes = mutated(&start, &others, &BITS, draw);
    let table = match read_table(&bytes) {
        Ok(table) => table,
        Err(problem) => {
            let words = problem.to_string();
            assert!(words.ends_with('.') && words.len() > 20, "{words}");
            return false;
        }
    };
    let before = if draw.one_in(2) { Book::empty() } else { sample_workspace(as_of()).book };
    let proposal = propose(&table);
    check_import(&table, &proposal.mapping, &before);
    check_import(&table, &any_mapping(&table, draw), &before);
    if let Ok(read) = preview(&table, &proposal.mapping, &Book::empty(), as_of()) {
        check_round(&apply(&read, &Book::empty()), draw);
    }
    for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
        if let Some(log) = read_touches(&table, &before, today(), order) {
            assert!(log.sentence().ends_with('.'));
            assert_eq!(log.onto(&before).accounts.len(), before.accounts.len());
        }
        if let Some(rolled) = roll_up(&table, order) {
            assert!(rolled.sentences().iter().all(|words| words.ends_with('.')), "{:?}", rolled.sentences());
            check_import(&rolled.table, &propose(&rolled.table).mapping, &before);
        }
    }
    true
}

#[test]
fn a_changed_file_is_accounts_and_problems_or_refused() {
    let files = files();
    for_seeds(3_000, 100_000, |draw| {
        check(&files, draw);
    });
}

/// For ten minutes, in a soak alone.
#[test]
fn a_changed_file_is_accounts_and_problems_or_refused_for_minutes() {
    let (files, mut tables) = (files(), 0);
    let count = for_minutes(|draw| tables += usize::from(check(&files, draw)));
    if count > 0 {
        println!("changed files: {count}, {tables} of them tables");
    }
}
