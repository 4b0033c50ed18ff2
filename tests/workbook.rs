//! The workbook from outside: read by another library, and calculated anew by LibreOffice where it is installed.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Range, Reader, Xlsx};
use holdfast::model::account::Standing;
use holdfast::model::account_worth::worths;
use holdfast::model::month::Month;
use holdfast::model::quantity::{Margin, Money};
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;
use holdfast::storage::workbook;

/// Texts that a spreadsheet could take for something else, and a seller who looks like another.
fn hostile() -> Workspace {
    let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
    let accounts = &mut workspace.book.accounts;
    for (place, name) in
        ["=1+1", "+A1", "-5", "@SUM(A1)", "<b>\"&\u{1}\u{ffff}", "2026-01-02", "1e5"].iter().enumerate()
    {
        accounts[place].name = (*name).to_owned();
        accounts[place].notes = format!("{name}\n{}", "x😀".repeat(20_000));
    }
    for (place, seller) in ["Ana", "ana", "*", "?na", ">5", "=A1", "", "\"", "Total"].iter().enumerate() {
        accounts[place].seller = (*seller).to_owned();
        accounts[place].annual_value = Money::from_cents(1_234_567 * (place as i64 + 1));
        accounts[place].margin = Margin::new(0.1 * place as f64 - 0.2).unwrap();
        accounts[place].cost_to_serve = Money::from_cents(12_345);
    }
    accounts[10].standing = Standing::Prospect;
    accounts[11].standing =
        Standing::Lapsed { since: "1850-02-03".parse().ok(), on: None, reason: "too dear".to_owned() };
    workspace
}

fn all(workspace: &Workspace) -> Vec<usize> {
    (0..workspace.book.accounts.len()).collect()
}

fn sheet(bytes: &[u8], name: &str) -> (Range<Data>, Range<String>) {
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    (read.worksheet_range(name).unwrap(), read.worksheet_formula(name).unwrap())
}

fn number(cell: Option<&Data>) -> f64 {
    match cell {
        Some(Data::Float(number)) => *number,
        Some(Data::Int(number)) => *number as f64,
        other => panic!("no number: {other:?}"),
    }
}

/// What the lines of totals must say: accounts, annual value, profit and value at risk, from the model.
fn totals(workspace: &Workspace) -> Vec<(String, [f64; 4])> {
    let book = &workspace.book;
    let worths = worths(book, &workspace.assumptions, workspace.as_of).unwrap();
    let sum = |of: &dyn Fn(usize) -> bool| {
        let mut sums = [0.0; 4];
        for (place, account) in book.accounts.iter().enumerate().filter(|(place, _)| of(*place)) {
            sums[0] += 1.0;
            sums[1] += account.annual_value.units();
            sums[2] += worths[place].as_ref().map_or(0.0, |worth| worth.annual_profit);
            sums[3] += worths[place].as_ref().map_or(0.0, |worth| worth.value_at_risk);
        }
        sums
    };
    let mut lines = vec![("All that are listed".to_owned(), sum(&|_| true))];
    for standing in ["Active", "Prospect", "Lost"] {
        lines.push((standing.to_owned(), sum(&|place| book.accounts[place].standing.word() == standing)));
    }
    for seller in book.sellers().into_keys() {
        let of = |place: usize| book.accounts[place].is_active() && book.accounts[place].seller == seller;
        lines.push((seller.to_owned(), sum(&of)));
    }
    lines
}

fn check_totals(range: &Range<Data>, workspace: &Workspace) {
    let expected = totals(workspace);
    assert_eq!(range.height(), expected.len() + 1);
    for (row, (name, sums)) in (1..).zip(expected) {
        let said = range.get((row, 0)).map(ToString::to_string).unwrap_or_default();
        assert_eq!(said, name);
        for (column, sum) in (1..).zip(sums) {
            let told = number(range.get((row, column)));
            assert!((told - sum).abs() <= 1e-9 * sum.abs().max(1.0), "{name}, column {column}: {told}, not {sum}");
        }
    }
}

#[test]
fn totals_are_formulas_that_come_to_what_the_screen_says() {
    for workspace in [sample_workspace(Month::parse("2026-11").unwrap()), hostile()] {
        let bytes = workbook::write(&workspace, &all(&workspace)).unwrap();
        let (range, formulas) = sheet(&bytes, "Totals");
        check_totals(&range, &workspace);
        let lines = range.height() - 1;
        assert_eq!(formulas.used_cells().filter(|cell| !cell.2.is_empty()).count(), 4 * lines);
    }
}

#[test]
fn an_account_is_a_row_and_its_texts_are_no_formulas() {
    let workspace = hostile();
    let bytes = workbook::write(&workspace, &all(&workspace)).unwrap();
    let (range, formulas) = sheet(&bytes, "Accounts");
    assert_eq!(range.height(), 41);
    for (row, account) in (1..).zip(workspace.book.accounts.iter()) {
        let text = |column: u32| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
        if !account.name.contains(char::is_control) {
            assert_eq!((text(0), text(1)), (account.name.clone(), account.seller.clone()));
        }
        assert_eq!(text(2), account.standing.word());
        assert_eq!(number(range.get_value((row, 3))), account.annual_value.units());
        assert_eq!(formulas.get_value((row, 6)).is_some_and(|it| !it.is_empty()), account.is_active());
        assert!(text(14).encode_utf16().count() <= 32_767);
    }
    // Only profit and value at risk; cells are counted from the first one that is a formula.
    let first = formulas.start().unwrap().1 as usize;
    assert!(formulas.used_cells().all(|(_, column, formula)| formula.is_empty() || [6, 8].contains(&(column + first))));
    assert_eq!(range.get_value((12, 9)).map(ToString::to_string).as_deref(), Some("1850-02-03"));
}

#[test]
fn no_account_is_a_workbook_too() {
    let workspace = sample_workspace(Month::parse("2026-11").unwrap());
    let bytes = workbook::write(&workspace, &[]).unwrap();
    let (range, _) = sheet(&bytes, "Totals");
    assert_eq!((range.height(), number(range.get_value((1, 1)))), (5, 0.0));
}

/// LibreOffice calculates every formula anew while it reads; without it the results beside the formulas must do.
#[test]
fn another_program_calculates_the_same() {
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("LibreOffice is not installed: nothing is calculated anew");
        return;
    }
    let folder = std::env::temp_dir().join(format!("holdfast-workbook-{}", std::process::id()));
    let profile = folder.join("profile/user");
    std::fs::create_dir_all(&profile).unwrap();
    std::fs::write(profile.join("registrymodifications.xcu"), ALWAYS_CALCULATES).unwrap();
    let workspace = hostile();
    let file = folder.join("accounts.xlsx");
    std::fs::write(&file, workbook::write(&workspace, &all(&workspace)).unwrap()).unwrap();
    let calculated = calculate(&folder, &file);
    let (range, _) = sheet(&calculated, "Totals");
    check_totals(&range, &workspace);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The setting by which LibreOffice calculates a file of another program when it opens it.
const ALWAYS_CALCULATES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

fn calculate(folder: &Path, file: &Path) -> Vec<u8> {
    let out = folder.join("out");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .args([&out, file])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    std::fs::read(out.join("accounts.xlsx")).unwrap()
}
