//! Names are hidden by one key everywhere, and what is made up stays apart from one's own.

use thirtyfour::prelude::Key;

use crate::stage::{Page, drive};

async fn add(page: &Page, name: &str) {
    page.press("Add an account").await;
    page.fill("#account-field-0", name).await;
    page.press("Save").await;
    page.until_gone("dialog").await;
}

#[test]
fn hidden_names_are_nowhere() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.save_to(stage.folder()).await;
        page.go("#/accounts").await;
        add(&page, "Quillfeather Mills").await;
        page.until_says(".ledger", "Quillfeather Mills").await;
        page.press("Log a touch with Quillfeather Mills").await;
        page.fill("#touch-note", "asked about Zebrafish").await;
        page.press("Log it").await;
        page.until_gone("dialog").await;
        page.keys(Key::F9).await;
        page.until_says(".ledger", "Account 1").await;
        let whole: String = page.run("return document.documentElement.outerHTML + document.title;", &[]).await;
        for name in ["Quillfeather", "Zebrafish"] {
            assert!(!whole.contains(name), "{name} is in the page");
        }
        // A change of many would write the hidden names back.
        page.click("#cell-0-0").await;
        page.until("document.querySelector('#cell-0-0').checked").await;
        assert_eq!(page.texts(".bulk-bar").await.len(), 0);
        page.until("document.querySelector('.keeping').textContent === 'Saved'").await;
        page.click("header .menu summary").await;
        page.press("Save a file (without names)").await;
        let file = page.until_file(stage.folder(), "json").await;
        let text = std::fs::read_to_string(file).expect("the file");
        assert!(text.contains("Account 1") && !text.contains("Quillfeather") && !text.contains("Zebrafish"), "{text}");

        page.reload().await;
        page.until_says(".ledger", "Account 1").await;
        page.press("Show names").await;
        page.until_says(".ledger", "Quillfeather Mills").await;
    });
}

#[test]
fn the_sample_is_kept_apart_from_ones_own() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        add(&page, "My first").await;
        page.until_says(".chip", "Your book · 1 account").await;
        page.until("document.querySelector('.keeping').textContent === 'Saved'").await;
        page.click("header .menu summary").await;
        page.press("Open the sample book").await;
        page.until_says(".banner", "You are looking at the sample book.").await;
        page.until_says(".chip", "Sample book · 40 accounts").await;
        page.press("Delete Alder Bakery").await;
        page.until_says(".chip", "39 accounts").await;
        page.press("Back to mine").await;
        page.until_says(".chip", "Your book · 1 account").await;
        page.reload().await;
        page.until_says(".chip", "Your book · 1 account").await;
    });
}
