//! The book of accounts: added, changed, lost, deleted, and each step undone by its name.

use serde_json::json;

use crate::stage::{Page, drive};

/// A name that would run if it were ever taken for markup.
const NAME: &str = "<img src=x onerror=alert(1)>";

/// The cells of the row of an account, `None` without one.
async fn row(page: &Page, name: &str) -> Option<String> {
    let script = "return [...document.querySelectorAll('.ledger tbody tr')]
        .find(row => row.querySelector('th')?.textContent === arguments[0])
        ?.textContent ?? null;";
    page.run(script, &[json!(name)]).await
}

async fn next_undo(page: &Page) -> String {
    page.attribute("header .buttons button", "title").await.expect("a title")
}

/// Finds a row by the filter, so that it is on the screen.
async fn find(page: &Page, name: &str) {
    page.fill("#account-filter", name).await;
    page.until("document.querySelectorAll('.ledger tbody th').length === 1").await;
}

#[test]
fn every_change_of_the_book_can_be_undone_by_name() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        assert_eq!(page.chip().await, "Sample book · 40 accounts");

        page.press("Add an account").await;
        page.press("Save").await;
        page.until_says("dialog .problem", "Give the account a name.").await;
        page.fill("#account-field-0", NAME).await;
        page.fill("#account-field-1", NAME).await;
        page.fill("#account-field-2", "12 thousand").await;
        page.until_says("#account-field-2-problem", "is not a number").await;
        page.press("Save").await;
        page.until_shown("dialog #account-field-2-problem").await;
        page.fill("#account-field-2", "12,500").await;
        page.until_gone("dialog .problem").await;
        page.press("Save").await;
        page.until_gone("dialog").await;
        page.until_says(".chip", "Your book · 1 account").await;
        let added = row(&page, NAME).await.expect("the new account");
        assert!(added.contains("$12,500"), "{added}");
        assert_eq!(next_undo(&page).await, format!("Undo: add {NAME}"));

        find(&page, NAME).await;
        page.press(&format!("Edit {NAME}")).await;
        page.fill("#account-field-3", "170").await;
        page.until_says("dialog .problem", "Enter a margin from -100 to 100.").await;
        page.fill("#account-field-3", "55.5").await;
        page.press("Save").await;
        page.until_gone("dialog").await;
        assert!(row(&page, NAME).await.expect("the account").contains("55.5%"));
        assert_eq!(next_undo(&page).await, format!("Undo: change {NAME}"));

        page.press(&format!("Mark {NAME} as lost")).await;
        page.fill("#loss-reason", "moved away & \"closed\"").await;
        page.press("Mark as lost").await;
        page.until_gone("dialog").await;
        page.until_says(".ledger", "moved away & \"closed\"").await;
        assert_eq!(next_undo(&page).await, format!("Undo: mark {NAME} as lost"));

        page.press(&format!("Delete {NAME}")).await;
        page.until("document.querySelectorAll('.ledger tbody th').length === 0").await;
        assert_eq!(next_undo(&page).await, format!("Undo: delete {NAME}"));

        page.press("Undo").await;
        page.until_says(".ledger", "moved away").await;
        page.press("Undo").await;
        page.until_says(".ledger", "55.5%").await;
        page.until("!document.querySelector('.ledger')?.textContent.includes('Lost 2')").await;
        page.press("Undo").await;
        page.until("!document.querySelector('.ledger')?.textContent.includes('55.5%')").await;
        page.press("Undo").await;
        page.until_says(".chip", "Sample book · 40 accounts").await;
        assert_eq!(row(&page, NAME).await, None);
        page.press("Redo").await;
        page.until_says(".chip", "Your book · 1 account").await;

        // On every page and after a reload it is text and nothing else.
        page.until_says(".keeping", "Saved").await;
        for fragment in ["#/payoff", "#/accounts"] {
            page.go(fragment).await;
            let pictures: Vec<String> =
                page.run("return [...document.images].map(image => image.getAttribute('src'));", &[]).await;
            assert_eq!(pictures, ["icon.svg"], "{fragment}");
        }
    });
}

#[test]
fn an_edit_that_is_given_up_changes_nothing() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        let before = page.text(".ledger").await;
        page.press("Edit Alder Bakery").await;
        page.fill("#account-field-2", "99").await;
        page.press("Leave as it was").await;
        page.until_gone("dialog").await;
        assert_eq!(page.text(".ledger").await, before);
        assert_eq!(next_undo(&page).await, "Nothing to undo");
    });
}
