//! The CSV import from outside: real files, refusals, questions, doubles, and any bytes at all.
//!
//! The totals of the two sample files were taken with Python's `csv` module, not from this code.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly, in its helpers too")]

use std::collections::BTreeMap;

use holdfast::model::account::{Account, Origin, Standing};
use holdfast::model::book::{Book, Provenance};
use holdfast::model::edited::EditedParts;
use holdfast::model::month::Month;
use holdfast::model::quantity::Money;
use holdfast::model::sample::sample_workspace;
use holdfast::storage::csv::{
    AnnualValueFrom, Change, DateOrder, Encoding, Field, FileKind, FileProblem, MAX_BYTES, MAX_COLUMNS, Mapping,
    MappingProblem, Preview, Previewing, Question, Recognised, Standings, Table, TableReader, apply, preview, propose,
    questions, read_table, roll_up,
};
use proptest::prelude::*;

const BOOK: &[u8] = include_bytes!("data/book.csv");
const HUBSPOT: &[u8] = include_bytes!("data/hubspot_companies.csv");
const DEALS: &[u8] = include_bytes!("data/hubspot_deals.csv");

fn as_of() -> Month {
    Month::parse("2026-11").unwrap()
}

fn sample() -> Book {
    sample_workspace(as_of()).book
}

fn table(text: &str) -> Table {
    read_table(text.as_bytes()).unwrap()
}

/// What the file does to a book as proposed, with nothing left to ask.
fn import_into(book: &Book, text: &str) -> Preview {
    let table = table(text);
    let proposal = propose(&table);
    assert_eq!(proposal.questions, [], "{text}");
    preview(&table, &proposal.mapping, book, as_of()).unwrap()
}

fn import(text: &str) -> Preview {
    import_into(&Book::empty(), text)
}

fn only(preview: &Preview) -> &Account {
    assert_eq!((preview.accounts.len(), preview.problems.len()), (1, 0), "{:?}", preview.problems);
    &preview.accounts[0].account
}

fn problems(preview: &Preview) -> Vec<(usize, &str)> {
    preview.problems.iter().map(|problem| (problem.line, problem.reason.as_str())).collect()
}

fn remarks(preview: &Preview) -> Vec<(usize, &str)> {
    preview.remarks.iter().map(|remark| (remark.line, remark.text.as_str())).collect()
}

fn day(text: &str) -> Option<chrono::NaiveDate> {
    Some(text.parse().unwrap())
}

fn money(units: i64) -> Money {
    Money::from_cents(units * 100)
}

fn sellers(counts: &[(&str, usize)]) -> BTreeMap<String, usize> {
    counts.iter().map(|(seller, number)| ((*seller).to_owned(), *number)).collect()
}

// The sample files.

#[test]
fn the_book_file_replaces_the_sample() {
    let table = read_table(BOOK).unwrap();
    let proposal = propose(&table);
    assert_eq!(proposal.recognised, Recognised::HoldfastBook);
    assert_eq!(proposal.questions, []);
    let preview = preview(&table, &proposal.mapping, &sample(), as_of()).unwrap();
    assert_eq!((preview.accounts_before, preview.accounts_after, preview.added()), (40, 40, 40));
    assert!(preview.replaces_sample);
    assert_eq!((problems(&preview), remarks(&preview)), (vec![], vec![]));
    assert_eq!(preview.defaults, [""; 0]);
    assert_eq!(preview.annual_value, money(766_550));
    let expected = [("Ana Ruiz", 11), ("Ben Okafor", 9), ("Chloe Martin", 9), ("Dev Patel", 11)];
    assert_eq!(preview.sellers, sellers(&expected));

    let book = apply(&preview, &sample());
    assert_eq!((book.provenance, book.accounts.len(), book.next_id), (Provenance::Own, 40, 81));
    assert_eq!(book.sellers().into_iter().collect::<Vec<_>>(), expected);
    let of = |origin| book.accounts.iter().filter(|account| account.origin == origin).count();
    assert_eq!((of(Origin::Prospecting), of(Origin::Referral { sent_by: None }), of(Origin::WinBack)), (11, 12, 17));
    let renewing_in_2027 = |account: &&Account| {
        let standing = &account.standing;
        matches!(standing, Standing::Active { renews_on: Some(on), .. } if on.to_string().starts_with("2027"))
    };
    assert_eq!(book.accounts.iter().filter(renewing_in_2027).count(), 37);
    let first = &book.accounts[0];
    assert_eq!((first.name.as_str(), first.seller.as_str()), ("Orchard Hotels GmbH", "Dev Patel"));
    assert_eq!((first.annual_value, first.margin.get(), first.term.months()), (money(9_730), 0.7, 12));
    assert_eq!(first.standing, Standing::Active { since: day("2026-04-25"), renews_on: day("2027-04-25") });
    assert_eq!((first.tags.as_slice(), first.notes.as_str()), (["Brewing".to_owned()].as_slice(), ""));
}

#[test]
fn hubspot_companies_do_not_pay_their_own_revenue_unless_the_user_says_so() {
    let table = read_table(HUBSPOT).unwrap();
    let mut proposal = propose(&table);
    assert_eq!(proposal.recognised, Recognised::HubspotCompanies);
    let question = Question::AnnualRevenueIsTheirs { column: 8, heading: "Annual Revenue".into() };
    assert_eq!(proposal.questions, std::slice::from_ref(&question));
    assert!(
        question.to_string().starts_with("Annual Revenue in a CRM export is what the customer itself earns"),
        "{question}"
    );
    assert_eq!(preview(&table, &proposal.mapping, &sample(), as_of()), Err(MappingProblem::NoAnnualValue));

    proposal.mapping.take_annual_value(AnnualValueFrom::Column(8));
    assert_eq!(questions(&table, &proposal.mapping), []);
    let taken = preview(&table, &proposal.mapping, &sample(), as_of()).unwrap();
    assert_eq!((taken.accounts_before, taken.accounts_after, taken.added()), (40, 120, 120));
    assert_eq!((problems(&taken), remarks(&taken)), (vec![], vec![]));
    assert_eq!(taken.annual_value, money(2_012_320));
    let expected = [("Ana Ruiz", 33), ("Ben Okafor", 28), ("Chloe Martin", 26), ("Dev Patel", 33)];
    assert_eq!(taken.sellers, sellers(&expected));
    let first = &taken.accounts[0].account;
    assert_eq!((first.name.as_str(), first.annual_value), ("Orchard Packaging Co", money(22_300)));
    assert_eq!(first.standing, Standing::Active { since: day("2020-10-08"), renews_on: None });
    assert_eq!(
        first.notes, "Record ID: 17308595314; Last Activity Date: 2026-07-26 08:32; City: Leeds; Industry: GLASS",
        "the blank column is left out"
    );
    let won_in_2021 = |account: &Account| matches!(account.standing, Standing::Active { since: Some(since), .. } if since.to_string().starts_with("2021"));
    assert_eq!(taken.accounts.iter().filter(|imported| won_in_2021(&imported.account)).count(), 21);

    proposal.mapping.take_annual_value(AnnualValueFrom::Fixed(money(12_000)));
    let fixed = preview(&table, &proposal.mapping, &sample(), as_of()).unwrap();
    assert_eq!(fixed.annual_value, money(120 * 12_000));
    assert!(fixed.accounts[0].account.notes.ends_with("; Annual Revenue: 22300.0"));
    assert!(fixed.defaults[0].contains("$12,000 a year"), "{:?}", fixed.defaults);
}

/// Totals by Python's `csv` module: an account is lost if a renewal was lost after its last deal won.
#[test]
fn deals_are_put_together_by_account() {
    let deals = roll_up(&read_table(DEALS).unwrap(), None).unwrap();
    assert_eq!((deals.deals, deals.new_won, deals.unclear, &deals.question), (484, (120, 178), 0, &None));
    let proposal = propose(&deals.table);
    assert_eq!(proposal.questions, []);
    let read = preview(&deals.table, &proposal.mapping, &sample(), as_of()).unwrap();
    assert_eq!((read.added(), read.problems.len(), deals.nameless.len()), (120, 0, 58));
    assert!(deals.nameless.iter().all(|it| it.reason.ends_with(" names no account.")), "{:?}", deals.nameless);
    let all = Standings { customers: 72, customers_pay: Money::from_cents(134_700_020), prospects: 0, lost: 48 };
    assert_eq!(read.standings(), all);
    assert_eq!(all.to_string(), "72 customers pay $1,347,000 a year, 48 were lost.");
    let book = apply(&read, &sample());
    let sum = |active: bool| -> i64 {
        let wanted = book.accounts.iter().filter(|account| account.is_active() == active);
        wanted.map(|account| account.annual_value.cents()).sum()
    };
    assert_eq!((sum(true), sum(false)), (134_700_020, 79_495_430));
    let sellers: Vec<(&str, usize)> = book.sellers().into_iter().collect();
    assert_eq!(sellers, [("Ana Ruiz", 24), ("Ben Okafor", 17), ("Chloe Martin", 13), ("Dev Patel", 18)]);
    let orchard = book.accounts.iter().find(|account| account.name == "Orchard Packaging Co").unwrap();
    assert_eq!(orchard.annual_value.cents(), 2_564_500);
    let lost = Standing::Lapsed { since: day("2020-11-17"), on: day("2026-11-16"), reason: String::new() };
    assert_eq!(orchard.standing, lost);

    // After the companies of the same CRM, which do not say what they pay.
    let companies = read_table(HUBSPOT).unwrap();
    let mut mapping = propose(&companies).mapping;
    mapping.take_annual_value(AnnualValueFrom::Fixed(Money::ZERO));
    let with_companies = apply(&preview(&companies, &mapping, &sample(), as_of()).unwrap(), &sample());
    let read = preview(&deals.table, &proposal.mapping, &with_companies, as_of()).unwrap();
    assert_eq!((read.added(), read.updated()), (0, 120));
}

#[test]
fn a_second_import_changes_nothing_and_keeps_ids() {
    for bytes in [BOOK, HUBSPOT] {
        let table = read_table(bytes).unwrap();
        let mut mapping = propose(&table).mapping;
        if mapping.annual_value().is_none() {
            mapping.take_annual_value(AnnualValueFrom::Column(8));
        }
        let first = apply(&preview(&table, &mapping, &sample(), as_of()).unwrap(), &sample());
        let again = preview(&table, &mapping, &first, as_of()).unwrap();
        assert!(!again.changes_book() && !again.replaces_sample);
        assert_eq!(again.unchanged(), first.accounts.len());
        assert_eq!(again.accounts_after, first.accounts.len());
        assert_eq!(apply(&again, &first), first);
    }
}

#[test]
fn a_later_file_updates_by_name_and_leaves_the_rest_alone() {
    let mut book = apply(&import("Account,Annual value,City\nAcme,100,Leeds\nBeta,200,York"), &Book::empty());
    book.accounts[0].notes.push_str("; call on Mondays");
    book.accounts[0].tags.push("vip".into());
    let id = book.accounts[0].id;
    let preview = import_into(&book, "Account,Annual value,City,Tags\n ACME ,150,York,big\nGamma,300,,\nBeta,200,,");
    let changes: Vec<Change> = preview.accounts.iter().map(|imported| imported.change).collect();
    assert_eq!(changes, [Change::Updated(id), Change::Added, Change::Unchanged(book.accounts[1].id)]);
    assert_eq!((preview.accounts_before, preview.accounts_after), (2, 3));
    let after = apply(&preview, &book);
    let acme = after.account(id).unwrap();
    assert_eq!((acme.name.as_str(), acme.annual_value), ("ACME", money(150)));
    assert_eq!(acme.notes, "City: York; call on Mondays");
    assert_eq!(acme.tags, ["vip", "big"]);
    assert_eq!(after.accounts[1], book.accounts[1], "a blank cell changes nothing");
    assert_eq!(after.accounts[2].id.0, 3);
}

#[test]
fn a_later_file_leaves_what_was_edited_since_unless_it_is_told_to() {
    let file = "Company,Seller,Annual value,Status\nAcme,Ada,100,Active\nBeta,Ben,200,Active";
    let mut book = apply(&import(file), &Book::empty());
    let before = book.accounts[0].clone();
    book.accounts[0].annual_value = money(120);
    book.accounts[0].mark_edited(&before);
    book.accounts[1].lose("2026-11-02".parse().unwrap(), "Moved away".into());
    let later = "Company,Seller,Annual value,Status\nAcme,Cy,150,Active\nBeta,Cy,200,Active";
    let spared = import_into(&book, later);
    let remarks: Vec<&str> = spared.remarks.iter().map(|remark| remark.text.as_str()).collect();
    assert_eq!(spared.spared, 2);
    assert!(remarks.contains(&"The annual value stays $120.00 as you edited it: the file has $150.00."), "{remarks:?}");
    assert!(
        remarks.contains(&"The standing stays Lost (Moved away) as you edited it: the file has Active."),
        "{remarks:?}"
    );
    let after = apply(&spared, &book);
    assert_eq!((after.accounts[0].annual_value, after.accounts[0].seller.as_str()), (money(120), "Cy"));
    assert_eq!(after.accounts[1].standing, book.accounts[1].standing);

    let table = table(later);
    let mut mapping = propose(&table).mapping;
    assert!(!mapping.overwrites_edits);
    mapping.overwrites_edits = true;
    let told = preview(&table, &mapping, &book, as_of()).unwrap();
    let after = apply(&told, &book);
    assert_eq!((told.spared, after.accounts[0].annual_value), (0, money(150)));
    assert!(
        after.accounts[1].is_active() && after.accounts.iter().all(|account| account.edited == EditedParts::default())
    );
    // The next file meets no edit any more.
    let next = import_into(&after, "Company,Seller,Annual value\nAcme,Cy,160");
    assert_eq!((next.spared, apply(&next, &after).accounts[0].annual_value), (0, money(160)));
}

#[test]
fn a_saved_list_that_comes_back_changed_counts_beyond_edits() {
    let mut book = apply(&import("Account,Annual value\nAcme,100"), &Book::empty());
    let before = book.accounts[0].clone();
    book.accounts[0].annual_value = money(120);
    book.accounts[0].mark_edited(&before);
    let saved = "Account,Annual value,Term months,Next renewal\nAcme,130,12,2027-01-31";
    let back = import_into(&book, saved);
    assert_eq!((back.spared, apply(&back, &book).accounts[0].annual_value), (0, money(130)));
}

#[test]
fn a_book_that_grew_since_the_preview_keeps_its_ids() {
    let preview = import("Account,Annual value\nAcme,5");
    let mut book = Book::empty();
    let id = book.take_id();
    book.accounts.push(Account::new(id, "Meanwhile", money(1)));
    let after = apply(&preview, &book);
    assert_eq!(after.accounts.iter().map(|account| account.id.0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(after.next_id, 3);
}

#[test]
fn a_file_without_a_good_row_does_not_cost_the_sample() {
    let preview = import_into(&sample(), "Account,Annual value\nAcme,much");
    assert_eq!(preview.accounts_after, 0);
    assert_eq!(apply(&preview, &sample()), sample());
}

// Refusals: each a sentence.

#[test]
fn every_refusal_says_what_to_do() {
    let many = |rows: usize| {
        let lines: String = (0..rows).map(|row| format!("A{row},1\n")).collect();
        format!("Account,Annual value\n{lines}").into_bytes()
    };
    assert_eq!(read_table(&many(10_000)).unwrap().rows.len(), 10_000);
    let wide = vec!["x"; MAX_COLUMNS + 1].join(",") + "\n1\n";
    for (bytes, problem, words) in [
        (vec![b'a'; 50_000_000], FileProblem::TooLarge { bytes: 50_000_000 }, "has 50 MB and at most 20 MB"),
        (vec![], FileProblem::Empty, "is empty"),
        (b" \r\n\t\n".to_vec(), FileProblem::Empty, "is empty"),
        (b"\xef\xbb\xbf\r\n".to_vec(), FileProblem::Empty, "is empty"),
        (b",,\n,,\n".to_vec(), FileProblem::Empty, "is empty"),
        (b"PK\x03\x04rest".to_vec(), FileProblem::NotCsv { kind: FileKind::ZipOrExcel }, "Save as, CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0".to_vec(), FileProblem::NotCsv { kind: FileKind::OldExcel }, "Save as, CSV UTF-8"),
        (b"%PDF-1.7".to_vec(), FileProblem::NotCsv { kind: FileKind::Pdf }, "PDF"),
        (b"\x89PNG\r\n".to_vec(), FileProblem::NotCsv { kind: FileKind::Picture }, "picture"),
        (b"\x1f\x8b\x08".to_vec(), FileProblem::NotCsv { kind: FileKind::Gzip }, "unpack"),
        (b"Account,A\0\n".to_vec(), FileProblem::NotCsv { kind: FileKind::Binary }, "not a text file"),
        (b"<!doctype html>".to_vec(), FileProblem::NotCsv { kind: FileKind::WebPage }, "web page"),
        (b"{\"accounts\": []}".to_vec(), FileProblem::NotCsv { kind: FileKind::Json }, "JSON"),
        (b"Dear Ana\nthe book".to_vec(), FileProblem::NoColumns { first_line: "Dear Ana".into() }, "no columns"),
        (b"Account,Annual value\n".to_vec(), FileProblem::OnlyHeadings { headings: 2 }, "2 headings but no rows"),
        (b"Account,Annual value\n,\n\n".to_vec(), FileProblem::OnlyHeadings { headings: 2 }, "2 headings but no rows"),
        (b"\n\"Account,Annual value\nA,1".to_vec(), FileProblem::UnpairedQuote { line: 2 }, "(line 2)"),
        (wide.into_bytes(), FileProblem::TooManyColumns { columns: 1_001 }, "1,001 columns"),
        (many(10_001), FileProblem::TooManyRows { rows: 10_001 }, "10,001 rows"),
    ] {
        let refused = read_table(&bytes).unwrap_err();
        assert_eq!(refused, problem);
        assert!(refused.to_string().contains(words), "{refused}");
    }
    let just_over = FileProblem::of_size(MAX_BYTES as u64 + 1).unwrap().to_string();
    assert!(just_over.contains("20.1 MB"), "{just_over}");
    assert_eq!(FileProblem::of_size(MAX_BYTES as u64), None);
}

#[test]
fn a_mapping_that_cannot_be_used_says_what_to_choose() {
    let table = table("Who,What\nAcme,5");
    assert_eq!(propose(&table).questions, [Question::WhichName, Question::WhichAnnualValue]);
    let mut mapping = Mapping::all_notes(2);
    let refused = |mapping: &Mapping, book: &Book| preview(&table, mapping, book, as_of()).unwrap_err();
    assert_eq!(refused(&mapping, &Book::empty()), MappingProblem::NoName);
    mapping.assign(0, Field::Name);
    assert_eq!(refused(&mapping, &Book::empty()), MappingProblem::NoAnnualValue);
    let amount = Money::from_cents(-1);
    mapping.take_annual_value(AnnualValueFrom::Fixed(amount));
    assert_eq!(refused(&mapping, &Book::empty()), MappingProblem::FixedValueOutOfRange { amount });
    mapping.assign(1, Field::AnnualValue);
    let mut full = Book::empty();
    for number in 0..Book::MAX_ACCOUNTS {
        let id = full.take_id();
        full.accounts.push(Account::new(id, format!("Old {number}"), money(1)));
    }
    assert_eq!(refused(&mapping, &full), MappingProblem::TooManyAccounts { after: 10_001 });
    full.accounts[0].name = "acme".into();
    assert_eq!(preview(&table, &mapping, &full, as_of()).unwrap().accounts_after, 10_000);
}

// Shapes of files.

#[test]
fn delimiters_are_told_from_the_file() {
    for (text, delimiter) in [
        ("Account,Annual value,Tags\nAcme,1000,a;b;c\n", ','),
        ("Account;Annual value;Tags\nAcme;1.000,00;a,b,c\n", ';'),
        ("Account\tAnnual value\tTags\nAcme\t1000\ta,b;c\n", '\t'),
        ("Account|Annual value|Tags\r\nAcme|1000|a,b;c\r\n", '|'),
        ("sep=;\nAccount;Annual value;Tags\nAcme;1000,00;a,b,c\n", ';'),
        ("\"Account\";\"Annual value\";\"Tags\"\n\"Acme\";\"1000\";\"a,b;c\"", ';'),
    ] {
        assert_eq!(table(text).delimiter, delimiter, "{text}");
        let preview = import(text);
        let acme = only(&preview);
        assert_eq!((acme.annual_value, acme.tags.join(" ").as_str()), (money(1_000), "a b c"), "{text}");
    }
}

#[test]
fn encodings_are_told_from_the_bytes() {
    let text = "Kunde;Annual value\nSöhne “Ü” €;5";
    let windows = b"Kunde;Annual value\nS\xf6hne \x93\xdc\x94 \x80;5".to_vec();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (with_mark, Encoding::Utf8),
        (utf16, Encoding::Utf16),
        (windows, Encoding::Windows1252),
    ] {
        let table = read_table(&bytes).unwrap();
        assert_eq!((table.encoding, table.headings[0].as_str()), (encoding, "Kunde"));
        assert_eq!(table.rows[0].cell(0), "Söhne “Ü” €");
    }
}

#[test]
fn lines_are_those_of_the_file_after_quoted_breaks_and_blank_lines() {
    let text = "Account,\"Annual\nvalue\",Address\r\n\r\nAcme,5,\"1 Main St\r\nLeeds\"\n,,\nBeta,x,\nGamma,6,\"Unit \"\"2\"\"\"";
    let preview = import(text);
    assert_eq!(preview.accounts.iter().map(|imported| imported.line).collect::<Vec<_>>(), [4, 8]);
    assert_eq!(preview.problems[0].line, 7);
    assert_eq!(preview.accounts[0].account.notes, "Address: 1 Main St Leeds");
    assert_eq!(preview.accounts[1].account.notes, "Address: Unit \"2\"");
}

#[test]
fn a_broken_row_is_listed_and_its_neighbours_are_taken() {
    let preview = import(
        "Account,Annual value\nAcme,5\n\"Beta,6\nGamma,7\n\"Eps\"ilon,7\nSmith, Jones,8\n,Copyright 2026\nDelta",
    );
    assert_eq!(preview.accounts.iter().map(|imported| imported.line).collect::<Vec<_>>(), [2, 4]);
    let listed = problems(&preview);
    assert_eq!(listed.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 5, 6, 7, 8]);
    for ((_, reason), words) in
        listed.iter().zip(["quotes", "quotes", "3 cells under 2 headings", "begins “Copyright 2026”", "no amount"])
    {
        assert!(reason.contains(words), "{reason}");
    }
}

#[test]
fn double_and_blank_headings_lose_nothing() {
    let preview = import("Account,Account,Annual value,,City,City,\nAcme,Acme Holding,5,x,Leeds,York,");
    let acme = only(&preview);
    assert_eq!(acme.name, "Acme");
    assert_eq!(acme.notes, "Account: Acme Holding; Column 4: x; City: Leeds; City: York");
}

#[test]
fn payloads_stay_text() {
    let script = "<script>alert(1)</script>";
    let preview =
        import(&format!("Account,Annual value,\"<img src=x onerror=alert(1)>\"\n{script},5,=cmd|'/c calc'!A1"));
    let account = only(&preview);
    assert_eq!(account.name, script);
    assert_eq!(account.notes, "<img src=x onerror=alert(1)>: =cmd|'/c calc'!A1");
}

// Cells.

#[test]
fn amounts_follow_the_style_of_their_column() {
    let cents = |cells: &[&str]| {
        let rows: String = cells.iter().enumerate().map(|(row, cell)| format!("A{row};{cell}\n")).collect();
        let preview = import(&format!("Account;Annual value\n{rows}"));
        preview.accounts.iter().map(|imported| imported.account.annual_value.cents()).collect::<Vec<_>>()
    };
    assert_eq!(cents(&["1.234,5", "9.730"]), [123_450, 973_000]);
    assert_eq!(cents(&["\"117.0\"", "1,234.5", "$1,200"]), [11_700, 123_450, 120_000]);
    assert_eq!(cents(&["117.0", "9.730"]), [11_700, 973], "a column that shows its decimal sign");
    assert_eq!(cents(&["1 234,5", "0", "12 EUR"]), [123_450, 0, 1_200]);
}

#[test]
fn an_amount_that_cannot_be_taken_leaves_the_row_out() {
    let text = "Account,Annual value\nA,much\nB,\nC,-5\nD,\"(1,200)\"\nE,1000000001\nF,1000000000";
    let preview = import(text);
    assert_eq!(preview.accounts.len(), 1);
    assert_eq!(preview.annual_value, Money::MAX);
    let expected =
        ["“much”", "no amount", "“-5”", "“(1,200)” under “Annual value” is below zero", "up to 1,000,000,000"];
    for ((line, reason), (row, words)) in problems(&preview).into_iter().zip((2..).zip(expected)) {
        assert_eq!(line, row);
        assert!(reason.contains(words), "{reason}");
    }
    assert_eq!(preview.problems.len(), 5);
}

#[test]
fn what_is_odd_is_taken_with_a_remark_and_kept_as_a_note() {
    let text = "Account,Annual value,Margin,Term,Since,Renewal date,Source\n\
                A,5,150,7,31/31/2020,2026-01-31,fair\n\
                B,5,,,2027-01-01,2026-12-01,\n\
                C,5,70,24,2020-02-01,2099-01-01,referral\n";
    let preview = import(text);
    assert_eq!(preview.problems, []);
    let a = &preview.accounts[0].account;
    assert_eq!((a.margin.get(), a.term.months(), a.origin), (0.70, 12, Origin::Prospecting));
    assert_eq!(a.notes, "Margin: 150; Term: 7; Source: fair; Since: 31/31/2020");
    assert_eq!(a.standing, Standing::Active { since: None, renews_on: day("2026-01-31") });
    let expected = [
        (2, "“150” is not a margin"),
        (2, "“7” is not a term of 1, 3, 6"),
        (2, "“fair” is not prospect"),
        (2, "“31/31/2020” under “Since” is not a date"),
        (2, "The renewal on 2026-01-31 has passed"),
        (3, "No margin is given: the margin stays at the default, 70%."),
        (3, "No term is given"),
        (3, "Customer since 2027-01-01, which is still to come"),
        (3, "is not after the day it was won"),
        (4, "more than five years away"),
    ];
    let found = remarks(&preview);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((line, text), (row, words)) in found.into_iter().zip(expected) {
        assert!(line == row && text.contains(words), "{row} {words}: {line} {text}");
    }
}

/// Who sent each account, by name.
fn senders(book: &Book) -> Vec<(&str, Option<&str>)> {
    let sender = |account: &Account| match account.origin {
        Origin::Referral { sent_by } => book.account(sent_by?).map(|it| it.name.clone()),
        _ => None,
    };
    let name = |of: String| book.accounts.iter().map(|it| it.name.as_str()).find(|it| *it == of);
    book.accounts.iter().map(|it| (it.name.as_str(), sender(it).and_then(name))).collect()
}

#[test]
fn who_sent_an_account_is_looked_up_by_name_wherever_it_stands() {
    let text = "Account,Annual value,Source,Sent by\n\
                A,5,referral,  c \nB,5,,A\nC,5,prospect,A\nD,5,referral,Nobody\nE,5,referral,E\nF,5,referral,\n";
    let read = import(text);
    assert_eq!(read.problems, []);
    let book = apply(&read, &Book::empty());
    assert_eq!(
        senders(&book),
        [("A", Some("C")), ("B", Some("A")), ("C", None), ("D", None), ("E", None), ("F", None)]
    );
    assert_eq!(book.accounts[2].notes, "Sent by: A");
    let is_referred: Vec<bool> = book.accounts.iter().map(Account::is_referred).collect();
    assert_eq!(is_referred, [true, true, false, true, true, true]);
    let of_senders = |preview: &Preview| -> Vec<(usize, String)> {
        let told = preview.remarks.iter().filter(|it| it.text.contains("sent"));
        told.map(|it| (it.line, it.text.clone())).collect()
    };
    let unknown = |name: &str| format!("No other account is called “{name}”: it stays unknown who sent this one.");
    assert_eq!(
        of_senders(&read),
        [
            (4, "“A” is named as who sent it, but its source is no referral.".to_owned()),
            (5, unknown("Nobody")),
            (6, unknown("E")),
        ]
    );
    // Once more, it changes nothing; a file that does not name a sender leaves it.
    let again = import_into(&book, text);
    assert!(again.accounts.iter().all(|it| matches!(it.change, Change::Unchanged(_)) || it.account.name == "C"));
    let bare = import_into(&book, "Account,Annual value,Source\nA,5,referral\nB,5,\n");
    assert!(bare.accounts.iter().all(|it| matches!(it.change, Change::Unchanged(_))));
    // Another sender, who is in the book and not in the file.
    let other = import_into(&book, "Account,Annual value,Sent by\nB,5,F\n");
    assert_eq!(senders(&apply(&other, &book))[1], ("B", Some("F")));
    // A book that grew since the preview: new accounts get other ids, and who sent whom stays true.
    let more = import_into(&book, "Account,Annual value,Sent by\nG,5,H\nH,5,A\n");
    let mut grown = book.clone();
    let id = grown.take_id();
    grown.accounts.push(Account::new(id, "Late", money(1)));
    assert_eq!(senders(&apply(&more, &grown))[6..], [("Late", None), ("G", Some("H")), ("H", Some("A"))]);
    // Two of one name tell nobody, and whoever is known stays.
    let mut twice = book.clone();
    twice.accounts[3].name = "F".to_owned();
    let several = import_into(&twice, "Account,Annual value,Sent by\nB,5,F\nE,5,F\n");
    let told = [(2, "the sender stays that of"), (3, "it stays unknown who sent")];
    let told = told.map(|(line, stays)| (line, format!("Several accounts are called “F”: {stays} this one.")));
    assert_eq!(remarks(&several), told.each_ref().map(|(line, text)| (*line, text.as_str())));
    assert_eq!(senders(&apply(&several, &twice))[1], ("B", Some("A")));
    // What was edited stays, unless the file is to count; then it is edited no longer.
    let edited = |origin: Origin| {
        let mut edited = book.clone();
        let before = edited.accounts[1].clone();
        edited.accounts[1].origin = origin;
        edited.accounts[1].mark_edited(&before);
        edited
    };
    let text = "Account,Annual value,Sent by\nB,5,F\n";
    let by_hand = edited(Origin::Referral { sent_by: Some(book.accounts[2].id) });
    let spared = import_into(&by_hand, text);
    assert_eq!((spared.spared, senders(&apply(&spared, &by_hand))[1]), (1, ("B", Some("C"))));
    assert_eq!(of_senders(&spared), [(2, "Who sent it stays as you edited it: the file has “F”.".to_owned())]);
    let (table, won_back) = (table(text), edited(Origin::WinBack));
    let mut mapping = propose(&table).mapping;
    let spared = preview(&table, &mapping, &won_back, as_of()).unwrap();
    assert_eq!((spared.spared, spared.remarks.len()), (1, 1), "{:?}", spared.remarks);
    mapping.overwrites_edits = true;
    for before in [&by_hand, &won_back] {
        let after = apply(&preview(&table, &mapping, before, as_of()).unwrap(), before);
        assert_eq!(senders(&after)[1], ("B", Some("F")));
        assert_eq!(after.accounts[1].edited.parts().count(), 0);
    }
}

#[test]
fn a_status_says_where_the_account_stands() {
    let text = "Account,Annual value,Status,Since,Renewal date,Lost on,Lost reason\n\
                A,5,Customer,2020-01-02,2027-01-02,,\n\
                B,5,churned,2020-01-02,2021-01-02,2021-01-02,Price\n\
                C,5,Lead,,,,\n\
                D,5,Partner,,,,\n\
                E,5,,2020-01-02,,2022-03-04,\n\
                F,5,Active,,,2022-03-04,\n";
    let preview = import(text);
    let standings: Vec<&Standing> = preview.accounts.iter().map(|imported| &imported.account.standing).collect();
    let (since, none) = (day("2020-01-02"), None);
    assert_eq!(
        standings,
        [
            &Standing::Active { since, renews_on: day("2027-01-02") },
            &Standing::Lapsed { since, on: day("2021-01-02"), reason: "Price".into() },
            &Standing::Prospect,
            &Standing::Lapsed { since, on: day("2022-03-04"), reason: String::new() },
            &Standing::Active { since: none, renews_on: none },
        ]
    );
    assert!(problems(&preview)[0].1.contains("“Partner” under “Status” is not a status"));
    assert_eq!(preview.accounts[1].account.notes, "Renewal date: 2021-01-02", "a lost account has no renewal");
    assert_eq!(remarks(&preview).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 7]);
}

#[test]
fn a_type_that_is_no_status_is_a_note() {
    let preview = import("Account,Annual value,Type\nA,5,Bakery\nB,5,Clinic\nC,5,Customer");
    assert_eq!(preview.accounts.len(), 3);
    assert_eq!(preview.accounts[0].account.notes, "Type: Bakery");
}

#[test]
fn the_order_of_day_and_month_is_asked_only_when_every_date_fits_both() {
    let since = |text: &str, order: Option<DateOrder>| {
        let table = table(text);
        let mut mapping = propose(&table).mapping;
        if let Some(order) = order {
            mapping.set_date_order(2, order);
        }
        preview(&table, &mapping, &Book::empty(), as_of()).map(|preview| match preview.accounts[0].account.standing {
            Standing::Active { since, .. } => since,
            _ => None,
        })
    };
    let open = "Account,Annual value,Since\nA,5,03/04/2024\nB,5,05/05/2024";
    assert_eq!(
        propose(&table(open)).questions,
        [Question::DateOrder {
            column: 2,
            heading: "Since".into(),
            cell: "03/04/2024".into(),
            day_first: "2024-04-03".parse().unwrap(),
            month_first: "2024-03-04".parse().unwrap(),
        }]
    );
    assert!(matches!(since(open, None), Err(MappingProblem::DateOrderOpen { .. })));
    assert_eq!(since(open, Some(DateOrder::DayFirst)), Ok(day("2024-04-03")));
    assert_eq!(since(open, Some(DateOrder::MonthFirst)), Ok(day("2024-03-04")));
    assert_eq!(since("Account,Annual value,Since\nA,5,03/04/2024\nB,5,25/05/2024", None), Ok(day("2024-04-03")));
    assert_eq!(since("Account,Annual value,Since\nA,5,03/04/2024\nB,5,05/25/2024", None), Ok(day("2024-03-04")));
    assert_eq!(since("Account,Annual value,Since\nA,5,03.04.2024", None), Ok(day("2024-04-03")));
    assert_eq!(since("Account,Annual value,Since\nA,5,2024-04-03T10:00:00Z", None), Ok(day("2024-04-03")));
    assert_eq!(since("Account,Annual value,Since\nA,5,04/04/2024", None), Ok(day("2024-04-04")));
}

#[test]
fn doubles_are_told_by_record_id_and_else_by_name() {
    let text =
        "Record ID,Account,Annual value\n1,Acme,5\n2,Beta,5\n1,Acme Ltd,5\n3,acme,5\n,BETA,5\n,Gamma,x\n,Gamma,5";
    let preview = import(text);
    assert_eq!(preview.accounts.iter().map(|imported| imported.line).collect::<Vec<_>>(), [2, 3, 5, 8]);
    let listed = problems(&preview);
    assert_eq!(listed[0], (4, "The record “1” stands on line 2 already: this line is left out."));
    assert_eq!(listed[1], (6, "“BETA” stands on line 3 already: this line is left out."));
    assert_eq!(listed[2].0, 7, "a row that is left out does not stand in the way of the next");
    assert_eq!(remarks(&preview), [(5, "Line 2 has the same name with another record ID: both are taken.")]);
    let book = apply(&preview, &Book::empty());
    assert_eq!(import_into(&book, text).unchanged(), 4, "two accounts of one name each find their own");
}

#[test]
fn mixed_currencies_are_counted_and_not_converted() {
    let preview = import("Account,Annual value\nA,€5\nB,$5\nC,5 EUR\nD,5");
    assert_eq!(preview.annual_value, money(20));
    let warning = preview.currencies.warning().unwrap();
    assert!(warning.contains("2 accounts in EUR, 1 account in USD, 1 account without a currency"), "{warning}");
    let preview = import("Account,Amount,Currency\nA,5,EUR\nB,5,eur");
    assert_eq!(preview.currencies.warning(), None);
    assert_eq!(preview.accounts[0].account.notes, "Currency: EUR");
    assert!(import("Account,Amount,Currency\nA,5,EUR\nB,5,USD").currencies.warning().is_some());
}

#[test]
fn names_are_cleaned_and_cut() {
    let long = "é".repeat(250);
    let preview = import(&format!("Account,Annual value\n\"Ac\nme\u{202e} Ltd\",5\n{long},5"));
    assert_eq!(preview.accounts[0].account.name, "Ac me Ltd");
    assert_eq!(preview.accounts[1].account.name, "é".repeat(200));
    assert_eq!(preview.remarks.len(), 2);
}

#[test]
fn annual_revenue_gives_way_to_a_better_column() {
    let proposal = propose(&table("Account,Annual Revenue,Contract value\nAcme,900,5"));
    assert_eq!(proposal.mapping.annual_value(), Some(AnnualValueFrom::Column(2)));
    assert_eq!(proposal.questions, []);
}

#[test]
fn ten_thousand_rows_take_no_quadratic_time() {
    let rows: String = (0..10_000).map(|row| format!("A{row},{row},Seller {},note {row}\n", row % 7)).collect();
    let text = format!("Account,Annual value,Owner,City\n{rows}");
    let book = apply(&import(&text), &Book::empty());
    let start = std::time::Instant::now();
    assert_eq!(import_into(&book, &text).unchanged(), 10_000);
    // Some 30 ms; matching every row with every account takes tens of seconds.
    assert!(start.elapsed().as_secs() < 3, "{:?}", start.elapsed());
}

// Any file at all.

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,8}",
        "[a\",;|\n\r\t é$€()%.0-9-]{0,8}",
        "[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}",
        Just("Acme".to_owned()),
        "[0-9]{1,7}",
    ]
}

/// A mapping with every column taken for some field, and something for annual values.
fn mapped(table: &Table, fields: &[usize]) -> Mapping {
    let mut mapping = Mapping::all_notes(table.headings.len());
    for (column, field) in fields.iter().enumerate() {
        mapping.assign(column, Field::ALL[field % Field::ALL.len()]);
        mapping.set_date_order(column, DateOrder::MonthFirst);
    }
    mapping.assign(0, Field::Name);
    if mapping.annual_value().is_none() {
        mapping.take_annual_value(AnnualValueFrom::Fixed(money(1)));
    }
    mapping
}

/// A table that is read a few lines at a time.
fn table_in_slices(bytes: &[u8], lines: usize) -> Result<Table, FileProblem> {
    let mut reader = TableReader::open(bytes)?;
    let mut part = reader.part();
    while !reader.read_on(lines) {
        assert!(part < reader.part() && reader.part() < 1.0, "{part} then {}", reader.part());
        part = reader.part();
    }
    assert_eq!(reader.part(), 1.0);
    reader.finish()
}

/// A preview that is made a few rows at a time.
fn preview_in_slices(table: &Table, mapping: &Mapping, rows: usize) -> Result<Preview, MappingProblem> {
    let book = sample();
    let mut previewing = Previewing::new(table, mapping, &book, as_of())?;
    let mut done = 0;
    while !previewing.read_on(rows) {
        done += rows;
        assert_eq!(previewing.done(), done);
    }
    assert_eq!(previewing.done(), table.rows.len());
    previewing.finish()
}

/// Every row is an account or a problem, every account is sound, a second import changes nothing, and slices change nothing.
fn check(table: &Table, mapping: &Mapping) -> Result<(), TestCaseError> {
    let first = preview(table, mapping, &sample(), as_of());
    for rows in 1..4 {
        prop_assert_eq!(&preview_in_slices(table, mapping, rows), &first);
    }
    let Ok(first) = first else { return Ok(()) };
    prop_assert_eq!(table.rows.len(), first.accounts.len() + first.problems.len());
    let mut lines: Vec<usize> = first.accounts.iter().map(|imported| imported.line).collect();
    lines.extend(first.problems.iter().map(|problem| problem.line));
    lines.sort_unstable();
    prop_assert_eq!(lines, table.rows.iter().map(|row| row.line()).collect::<Vec<_>>());
    for imported in &first.accounts {
        let account = &imported.account;
        prop_assert!(!account.name.is_empty() && account.name.chars().count() <= 200);
        prop_assert!(!account.name.contains(char::is_control) && !account.notes.contains(char::is_control));
        prop_assert!((Money::ZERO..=Money::MAX).contains(&account.annual_value));
    }
    let book = apply(&first, &sample());
    if !first.accounts.is_empty() {
        prop_assert_eq!(book.accounts.len(), first.accounts_after);
        let again = preview(table, mapping, &book, as_of()).unwrap();
        prop_assert_eq!(&again.problems, &first.problems);
        prop_assert_eq!(apply(&again, &book), book);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_table_or_a_sentence(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            prop::collection::vec(prop::sample::select(b"Aa,;|\t\"\"\n\n\r\x80\xe9\xc3 19.-$".as_slice()), 0..200),
        ],
    ) {
        for lines in 1..4 {
            prop_assert_eq!(table_in_slices(&bytes, lines), read_table(&bytes));
        }
        match read_table(&bytes) {
            Ok(table) => check(&table, &mapped(&table, &[]))?,
            Err(problem) => prop_assert!(problem.to_string().len() > 20),
        }
    }

    #[test]
    fn any_text_below_headings_is_accounts_and_problems(
        headings in prop::collection::vec(prop_oneof!["Account", "Since", "Margin", "Annual value", ""], 2..8),
        rows in prop::collection::vec(prop::collection::vec(cell(), 0..9), 1..12),
        fields in prop::collection::vec(0_usize..17, 8),
    ) {
        let lines: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        if let Ok(table) = read_table(format!("{}\n{lines}", headings.join(",")).as_bytes()) {
            check(&table, &mapped(&table, &fields))?;
            check(&table, &propose(&table).mapping)?;
        }
    }

    #[test]
    fn what_the_csv_crate_writes_reads_back(
        cells in prop::collection::vec(prop::collection::vec("[a\",;\n\r é]{0,6}", 0..4), 1..8),
    ) {
        // A blank row would be passed over.
        let rows: Vec<Vec<String>> =
            cells.into_iter().map(|cells| [vec!["x".to_owned()], cells].concat()).collect();
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(["one", "two", "three", "four"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        // The delimiter is told from the headings, which hold no other.
        let table = read_table(&bytes).unwrap();
        let read: Vec<Vec<&str>> =
            table.rows.iter().map(|row| (0..row.width()).map(|column| row.cell(column)).collect()).collect();
        let written: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|cell| cell.trim()).collect()).collect();
        prop_assert_eq!(read, written);
    }
}
