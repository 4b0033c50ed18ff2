//! The list of accounts: found, put in order, walked through by keys, changed one by one and many at once, saved as a file.

use calamine::{Data, Reader, Xlsx, open_workbook};
use holdfast::text::number::money;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::stage::{Page, Stage, drive, project_file};

/// Opens the book of the sample file, 40 customers of several sellers.
async fn with_book(stage: &Stage) -> Page {
    let page = stage.browser().await;
    page.go("#/accounts").await;
    import(&page, &project_file("tests/data/book.csv")).await;
    page
}

async fn import(page: &Page, file: &std::path::Path) {
    page.choose_file(file).await;
    page.until_shown("dialog").await;
    page.press("Import").await;
    page.until_gone("dialog").await;
    page.until_says(".chip", "Your book").await;
}

/// The texts of a column, from the first row down.
async fn column(page: &Page, place: usize) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.ledger tbody tr[aria-rowindex]')]
        .map(row => row.children[arguments[0]].textContent.trim());";
    page.run(script, &[json!(place)]).await
}

fn figure(text: &str) -> i64 {
    text.replace(['$', ','], "").parse().expect("a figure")
}

#[test]
fn a_column_puts_the_list_in_order_and_words_narrow_it() {
    drive(async |stage| {
        let page = with_book(stage).await;
        page.press("Annual value").await;
        page.until("document.querySelector('th[aria-sort=descending]')").await;
        let values: Vec<i64> = column(&page, 3).await.iter().map(|text| figure(text)).collect();
        assert!(values.len() > 20 && values.is_sorted_by(|one, other| one >= other), "{values:?}");
        page.press("Annual value ↓").await;
        page.until("document.querySelector('th[aria-sort=ascending]')").await;
        assert!(column(&page, 3).await.iter().map(|text| figure(text)).is_sorted());

        page.press("All accounts").await;
        page.fill("#account-filter", "orchard dev").await;
        page.until_says(".listing-sum", "listed").await;
        page.until("document.querySelectorAll('.ledger tbody th').length < 20").await;
        let names = column(&page, 1).await;
        assert!(!names.is_empty() && names.iter().all(|name| name.contains("Orchard")), "{names:?}");
        assert!(column(&page, 2).await.iter().all(|seller| seller == "Dev Patel"));
        page.fill("#account-filter", "nobody at all").await;
        page.until_says("main", "No account matches").await;
        page.press("All accounts").await;
        page.press("Mark Orchard Hotels GmbH as lost").await;
        page.press("Mark as lost").await;
        page.until_gone("dialog").await;
        page.press("Win-back list").await;
        page.until("document.querySelectorAll('.ledger tbody th').length === 1").await;
        let standings = column(&page, 4).await;
        assert!(standings.iter().all(|standing| standing.starts_with("Lost")), "{standings:?}");
        page.press("Most at risk").await;
        page.until_says(".ledger thead", "Why look").await;
        page.until("document.querySelector('th[aria-sort=descending]').textContent.startsWith('Value at risk')").await;
    });
}

#[test]
fn a_cell_is_changed_in_its_row_by_keys_alone() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        page.focus("#cell-0-0").await;
        page.keys(Key::Down).await;
        page.until("document.activeElement.id === 'cell-1-0'").await;
        for _ in 0..3 {
            page.keys(Key::Right).await;
        }
        page.until("document.activeElement.id === 'cell-1-3'").await;
        page.keys(Key::Enter).await;
        page.until("document.activeElement.id === 'cell-editor'").await;
        page.fill("#cell-editor", "lots").await;
        page.keys(Key::Enter).await;
        page.until_says("#cell-editor-problem", "is not a number").await;
        page.fill("#cell-editor", "15,250").await;
        page.keys(Key::Enter).await;
        page.until("document.activeElement.id === 'cell-1-3'").await;
        page.until_says("#cell-1-3", "$15,250").await;
        assert_eq!(
            page.attribute("header .buttons button", "title").await.as_deref(),
            Some("Undo: change Birch Bakery")
        );

        // Given up: nothing is changed.
        page.keys(Key::Enter).await;
        page.until("document.activeElement.id === 'cell-editor'").await;
        page.fill("#cell-editor", "99").await;
        page.keys(Key::Escape).await;
        page.until_says("#cell-1-3", "$15,250").await;
        page.control(Key::End).await;
        page.until("document.activeElement.id.startsWith('cell-39-')").await;
        page.control(Key::Home).await;
        page.until("document.activeElement.id === 'cell-0-0'").await;
    });
}

#[test]
fn many_accounts_are_changed_in_one_step() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        page.fill("#account-filter", "bakery").await;
        page.until("document.querySelectorAll('.ledger tbody th').length === 8").await;
        page.click("#cell-0-0").await;
        page.until_says(".bulk-bar", "1 account chosen").await;
        page.press("Choose all 8 listed").await;
        page.until_says(".bulk-bar", "8 accounts chosen").await;
        page.choose("#bulk-deed", "Set the gross margin").await;
        page.fill("#bulk-text", "170").await;
        page.press("Do it").await;
        page.until_says("#bulk-problem", "Enter a margin from -100 to 100.").await;
        page.fill("#bulk-text", "45").await;
        page.press("Do it").await;
        page.until_says(".ledger", "45%").await;
        assert!(column(&page, 4).await.iter().all(|margin| margin == "45%"));
        let undo = page.attribute("header .buttons button", "title").await;
        assert_eq!(undo.as_deref(), Some("Undo: margin of 8 accounts to 45%"));
        page.press("Undo").await;
        page.until("!document.querySelector('.ledger').textContent.includes('45%')").await;
        page.choose("#bulk-deed", "Delete").await;
        page.press("Delete them").await;
        page.until_says("main", "No account matches").await;
        page.until_says(".chip", "32 accounts").await;
        page.press("Undo").await;
        page.until_says(".chip", "40 accounts").await;
    });
}

#[test]
fn of_thousands_only_those_in_sight_are_drawn() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        let rows = (1..=3_000).map(|number| format!("Customer {number:04},Seller {},{}\n", number % 7, 1_000 + number));
        let text = format!("Account,Owner,Annual value\n{}", rows.collect::<String>());
        import(&page, &stage.file("many.csv", text.as_bytes())).await;
        page.until_says(".chip", "3,000 accounts").await;
        let drawn = "return document.querySelectorAll('.ledger tbody tr').length;";
        assert!(page.run::<usize>(drawn, &[]).await <= 62);
        assert_eq!(page.attribute(".ledger", "aria-rowcount").await.as_deref(), Some("3001"));
        page.focus("#cell-0-1").await;
        page.control(Key::End).await;
        page.until("document.activeElement.id.startsWith('cell-2999-')").await;
        assert_eq!(column(&page, 1).await.last().map(String::as_str), Some("Customer 3000"));
        assert!(page.run::<usize>(drawn, &[]).await <= 62);
        page.run::<Value>("document.querySelector('.ledger-scroll').scrollTop = 40 * 1500;", &[]).await;
        page.until_says(".ledger", "Customer 1501").await;
        let top: f64 = page
            .run(
                "const row = [...document.querySelectorAll('.ledger tbody th')].find(it => it.textContent === 'Customer 1501');
                 return row.getBoundingClientRect().top - document.querySelector('.ledger-scroll').getBoundingClientRect().top;",
                &[],
            )
            .await;
        assert!((0.0..120.0).contains(&top), "rows stand where their place is: {top}");
    });
}

#[test]
fn an_account_has_a_page_of_its_own() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        page.click("#cell-2-1").await;
        page.until_says("#account-heading", "Cedar Bakery").await;
        assert!(page.text(".facts").await.contains("Sam Sample"));
        page.press("Log a touch").await;
        page.fill("#touch-note", "asked about <b>prices</b>").await;
        page.press("Log it").await;
        page.until_gone("dialog").await;
        page.until_says(".account-life", "asked about <b>prices</b>").await;
        page.press("Mark it as lost").await;
        page.fill("#loss-reason", "moved away").await;
        page.press("Mark as lost").await;
        page.until_says(".facts", "moved away").await;
        page.until_says("main", "win it back").await;
        page.reload().await;
        page.until_says("#account-heading", "Cedar Bakery").await;
        page.press("Delete").await;
        page.until_says("h1", "No such account").await;
        page.press("Undo").await;
        page.until_says("#account-heading", "Cedar Bakery").await;
    });
}

#[test]
fn a_touch_is_logged_from_any_page() {
    drive(async |stage| {
        let page = with_book(stage).await;
        page.go("#/payoff").await;
        page.until_shown(".verdict h1").await;
        page.keys(Key::F8).await;
        page.until("document.activeElement.id === 'touch-with'").await;
        page.keys("nobody at all").await;
        page.until_says("dialog", "No account matches").await;
        page.fill("#touch-with", "orchard hotels").await;
        page.until("document.querySelectorAll('dialog li').length === 1").await;
        page.focus("#touch-with").await;
        page.keys(Key::Enter).await;
        page.until_says("dialog h2", "Log a touch with Orchard Hotels GmbH").await;
        page.fill("#touch-note", "met at the fair").await;
        // The key does not throw away what is typed.
        page.keys(Key::F8).await;
        page.press("Log it").await;
        page.until_gone("dialog").await;
        page.until("document.querySelector('.verdict h1')").await;
        page.go("#/accounts").await;
        page.fill("#account-filter", "orchard hotels").await;
        page.until("document.querySelectorAll('.ledger tbody th').length === 1").await;
        page.click("#cell-0-1").await;
        page.until_says(".account-life", "met at the fair").await;
        // Where an account is looked at, it is meant.
        page.keys(Key::F8).await;
        page.until_says("dialog h2", "Log a touch with Orchard Hotels GmbH").await;
    });
}

#[test]
fn the_list_is_saved_as_a_file_that_gives_the_same_book() {
    drive(async |stage| {
        let page = with_book(stage).await;
        page.save_to(stage.folder()).await;
        let sentence = page.text(".listing-sum").await;
        page.run::<Value>("[...document.querySelectorAll('.listing-tools summary')].at(-1).click();", &[]).await;
        page.press("All fields as CSV with semicolons, to import again").await;
        let file = page.until_file(stage.folder(), "csv").await;
        page.until_says(".announcement", "with 40 accounts.").await;
        page.until("!document.querySelector('.listing-tools details[open]')").await;
        page.choose_file(&file).await;
        page.until_says("dialog .import-summary", "0 new, 0 changed, 40 as they are, 0 rows left out").await;
        page.press("Close").await;
        assert_eq!(page.text(".listing-sum").await, sentence);
    });
}

#[test]
fn those_at_risk_are_saved_with_what_is_at_risk() {
    drive(async |stage| {
        let page = with_book(stage).await;
        page.save_to(stage.folder()).await;
        page.press("Most at risk").await;
        page.until_says(".ledger thead", "Why look").await;
        let first = page.text(".ledger tbody tr th").await;
        page.run::<Value>("[...document.querySelectorAll('.listing-tools summary')].at(-1).click();", &[]).await;
        page.press("Columns shown as CSV with commas (1,234.5)").await;
        let file = page.until_file(stage.folder(), "csv").await;
        let text = std::fs::read_to_string(file).expect("a text");
        let mut lines = text.trim_start_matches('\u{feff}').lines();
        assert_eq!(lines.next(), Some("Account,Seller,Annual value,Value at risk,Held by attention,Why look"));
        assert!(lines.next().is_some_and(|line| line.starts_with(&first)), "{first} first: {text}");
    });
}

#[test]
fn the_list_is_saved_as_a_workbook_whose_totals_are_those_of_the_screen() {
    drive(async |stage| {
        let page = with_book(stage).await;
        page.save_to(stage.folder()).await;
        page.fill("#account-filter", "patel").await;
        page.until("document.querySelectorAll('.ledger tbody th').length < 20").await;
        let sentence = page.text(".listing-sum").await;
        let asked = page.requests().await;
        assert!(!asked.iter().any(|address| address.contains("split_sheet")), "fetched before it was asked for");
        page.run::<Value>("[...document.querySelectorAll('.listing-tools summary')].at(-1).click();", &[]).await;
        page.press("Workbook with live totals (XLSX)").await;
        let file = page.until_file(stage.folder(), "xlsx").await;
        let mut workbook: Xlsx<_> = open_workbook(&file).expect("a workbook");
        let totals = workbook.worksheet_range("Totals").expect("the totals");
        let total = |column: u32| match totals.get_value((1, column)) {
            Some(Data::Float(number)) => money(*number, 0),
            other => panic!("no number: {other:?}"),
        };
        let (value, at_risk) = (total(2), total(4));
        assert!(
            sentence.contains(&format!("{value} a year"))
                && sentence.contains(&format!("of which {at_risk} is at risk")),
            "{value}, {at_risk}: {sentence}"
        );
    });
}
