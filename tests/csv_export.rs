//! The CSV export from outside: what is written reads back to the same book, in both kinds of spreadsheet, and no cell is
//! a formula.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

#[path = "fixtures/generate.rs"]
mod generate;

use chrono::NaiveDate;
use holdfast::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use holdfast::model::account_worth::account_worth;
use holdfast::model::assumptions::Assumptions;
use holdfast::model::book::Book;
use holdfast::model::listing::Column;
use holdfast::model::quantity::{Margin, Money, Multiplier, Probability};
use holdfast::storage::csv::{Spreadsheet, apply, preview, propose, read_table, write_accounts, write_list};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use generate::{as_of, for_all};

/// Names, tags and notes as somebody could type them, hostile ones among them.
fn word() -> impl Strategy<Value = String> {
    let hostile = [
        "=1+1",
        "+A1",
        "-5",
        "@SUM(A1)",
        "'=x",
        "''-",
        "<b>\"x\"</b>",
        "a;b|c",
        "=cmd|' /C calc'!A0",
        "\"",
        "1,5",
        "ß ü 你",
    ];
    prop_oneof![
        3 => "[A-Za-z0-9 .&'\"-]{1,12}",
        2 => proptest::sample::select(hostile.to_vec()).prop_map(str::to_owned),
    ]
    .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    .prop_filter("a name is not empty", |text| !text.is_empty())
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0..20_000_u64).prop_map(|days| NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(days))
}

fn standing() -> impl Strategy<Value = Standing> {
    let reason = prop_oneof![Just(String::new()), word()];
    prop_oneof![
        1 => Just(Standing::Prospect),
        3 => (option::of(day()), option::of(day())).prop_map(|(since, renews_on)| Standing::Active { since, renews_on }),
        2 => (option::of(day()), option::of(day()), reason).prop_map(|(since, on, reason)| Standing::Lapsed { since, on, reason }),
    ]
}

fn account() -> impl Strategy<Value = Account> {
    let percent = |least: i32, most: i32| (least..=most).prop_map(|hundredths| f64::from(hundredths) / 100.0 / 100.0);
    let chance = move || option::of(percent(0, 10_000).prop_map(|part| Probability::new(part).unwrap()));
    let figures = (0..=100_000_000_000_i64, 0..=1_000_000_i64, percent(-10_000, 10_000), 100..=10_000_u32);
    let texts =
        (word(), prop_oneof![Just(String::new()), word()], vec(word().prop_map(|tag| tag.replace(',', "")), 0..3));
    let notes = prop_oneof![Just(String::new()), (word(), word()).prop_map(|(one, other)| format!("{one}\n{other}"))];
    let choices = (proptest::sample::select(Term::MONTHS.to_vec()), 0..3_usize, standing());
    (figures, texts, notes, choices, (chance(), chance(), chance())).prop_map(
        |((value, cost, margin, odds), (name, seller, mut tags), notes, (term, origin, standing), judged)| {
            tags.retain(|tag| !tag.trim().is_empty());
            tags.dedup();
            Account {
                seller,
                margin: Margin::new(margin).unwrap(),
                cost_to_serve: Money::from_cents(cost),
                term: Term::new(term).unwrap(),
                standing,
                origin: [Origin::Prospecting, Origin::Referral { sent_by: None }, Origin::WinBack][origin],
                loss_odds: Multiplier::new(f64::from(odds) / 1_000.0).unwrap(),
                judgement: OwnJudgement { unattended: judged.0, today: judged.1, saturated: judged.2 },
                tags,
                notes,
                ..Account::new(AccountId(0), name, Money::from_cents(value))
            }
        },
    )
}

/// A book in which no two accounts have one name: a file cannot tell those apart.
fn book(accounts: Vec<Account>) -> Book {
    let mut book = Book::empty();
    let count = accounts.len() as u32;
    for (place, mut account) in accounts.into_iter().enumerate() {
        account.name = format!("{} {place}", account.name);
        account.id = book.take_id();
        if account.is_referred() && account.annual_value.cents() % 2 == 0 && count > 1 {
            account.origin = Origin::Referral { sent_by: Some(AccountId(account.id.0 % count + 1)) };
        }
        book.accounts.push(account);
    }
    book
}

#[test]
fn what_is_written_reads_back_to_the_same_book() {
    for_all(1_000, 100_000, &(vec(account(), 1..6), any::<bool>()), |(accounts, point)| {
        let before = book(accounts);
        let bytes =
            write_accounts(&before.accounts, &before, if point { Spreadsheet::Point } else { Spreadsheet::Comma });
        let table = read_table(&bytes).unwrap();
        let proposal = propose(&table);
        prop_assert_eq!(&proposal.questions, &vec![]);
        let read = preview(&table, &proposal.mapping, &Book::empty(), as_of()).unwrap();
        prop_assert_eq!(&read.problems, &vec![]);
        let after = apply(&read, &Book::empty());
        for (before, after) in before.accounts.iter().zip(&after.accounts) {
            prop_assert_eq!(before, after);
        }
        prop_assert_eq!(before.accounts.len(), after.accounts.len());
        Ok(())
    });
}

#[test]
fn no_cell_is_a_formula_and_amounts_below_zero_are_numbers() {
    let mut account = Account::new(AccountId(1), "=HYPERLINK(\"http://x\")", Money::from_cents(1_250));
    account.seller = "@Ada".to_owned();
    account.tags = vec!["-x".to_owned()];
    account.notes = "+1".to_owned();
    account.margin = Margin::new(-0.1).unwrap();
    let text = String::from_utf8(write_accounts([&account], &Book::empty(), Spreadsheet::Point)).unwrap();
    let row = text.lines().nth(1).unwrap();
    assert!(
        row.starts_with("\"'=HYPERLINK(\"\"http://x\"\")\",'@Ada,12.50,-10%,0.00,,12,,Active,,,prospect,,'-x,1,,,,'+1"),
        "{row}"
    );
    let text = String::from_utf8(write_accounts([&account], &Book::empty(), Spreadsheet::Comma)).unwrap();
    assert!(text.starts_with("\u{feff}Account;Owner;Annual value;"), "{text}");
    assert!(text.contains(";12,50;-10%;0,00;"), "{text}");
    assert!(text.ends_with("\r\n"));
}

#[test]
fn an_empty_list_is_a_file_of_headings() {
    let text = String::from_utf8(write_accounts([], &Book::empty(), Spreadsheet::Point)).unwrap();
    assert_eq!(text.lines().count(), 1);
}

#[test]
fn a_list_has_the_columns_shown_and_no_formula() {
    let as_of = as_of();
    let mut account = Account::new(AccountId(1), "=1+1", Money::from_cents(1_200_050));
    account.loss_odds = Multiplier::constant(2.0);
    account.cost_to_serve = Money::from_cents(900_000);
    account.seller = "@Ann".to_owned();
    let worth = account_worth(&account, &Assumptions::default(), as_of).unwrap().unwrap();
    let mut lapsed = Account::new(AccountId(2), "Birch", Money::from_cents(99));
    lapsed.standing = Standing::Lapsed { since: None, on: None, reason: "moved".to_owned() };
    let columns = [Column::Name, Column::Seller, Column::AnnualValue, Column::ValueAtRisk, Column::Concerns];
    let lines = |as_in| {
        let bytes = write_list(&columns, [(&account, Some(&worth)), (&lapsed, None)], as_of, as_in);
        String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}').replace("\r\n", "\n")
    };
    // 12,000.50 at odds of loss of 2: .85 becomes .85 / (.85 + 2 x .15) = .7391.
    let at_risk = 12_000.50 * (1.0 - 0.85 / (0.85 + 2.0 * 0.15));
    assert!((worth.value_at_risk - at_risk).abs() < 0.01, "{} and {at_risk}", worth.value_at_risk);
    let reasons = "odds of loss times 2; costs more than it brings";
    assert_eq!(
        lines(Spreadsheet::Point),
        format!(
            "Account,Seller,Annual value,Value at risk,Why look\n'=1+1,'@Ann,12000.50,{at_risk:.2},{reasons}\nBirch,,0.99,,\n"
        )
    );
    let at_risk = format!("{at_risk:.2}").replace('.', ",");
    assert_eq!(
        lines(Spreadsheet::Comma),
        format!(
            "Account;Seller;Annual value;Value at risk;Why look\n'=1+1;'@Ann;12000,50;{at_risk};\"{reasons}\"\nBirch;;0,99;;\n"
        )
    );
}
