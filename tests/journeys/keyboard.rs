//! Everything without a mouse.

use serde_json::Value;
use thirtyfour::Key;

use crate::mute::until_settled;
use crate::stage::{Page, drive, project_file};

/// What has the focus, in a few words.
async fn focused(page: &Page) -> String {
    page.run(
        "const it = document.activeElement;
         const name = it.id || it.getAttribute('aria-label') || it.textContent.trim().slice(0, 60);
         return `${it.tagName.toLowerCase()} ${name}`;",
        &[],
    )
    .await
}

#[test]
fn the_first_tab_leads_past_the_header_on_every_page() {
    drive(async |stage| {
        let page = stage.browser().await;
        for (fragment, heading) in [
            ("#/payoff", ".verdict"),
            ("#/plan", "h1"),
            ("#/compare", "#keep-heading"),
            ("#/pay", "#statement-heading"),
            ("#/accounts", "#accounts-heading"),
            ("#/method", "#method-heading"),
        ] {
            page.go(fragment).await;
            let before = page.text(heading).await;
            page.keys(Key::Tab).await;
            assert!(focused(&page).await.starts_with("a Skip to"), "{fragment}: {}", focused(&page).await);
            page.keys(Key::Enter).await;
            page.until("!document.activeElement.classList.contains('skip')").await;
            assert!(page.texts(heading).await.contains(&before), "{fragment} is no longer the page");
            assert!(
                page.run("return document.activeElement.matches('main, main *');", &[]).await,
                "{fragment}: the focus"
            );
            page.keys(Key::Tab).await;
            page.until("document.activeElement.closest('main') && document.activeElement.id !== 'main'").await;
        }
    });
}

#[test]
fn every_control_is_reached_by_tab() {
    drive(async |stage| {
        let page = stage.browser().await;
        for fragment in ["#/payoff", "#/plan", "#/compare", "#/pay", "#/accounts", "#/method"] {
            page.go(fragment).await;
            if fragment == "#/payoff" {
                page.unfold_all().await;
                page.until_shown(".luck").await;
            }
            until_settled(&page).await;
            let count: usize = page
                .run(
                    "for (const fold of document.querySelectorAll('details:not(.menu)')) fold.open = true;
                     const kinds = 'a[href], button:not(:disabled), input, select, textarea, summary, [tabindex=\"0\"]';
                     window.controls = [...document.querySelectorAll(kinds)].filter(it => it.checkVisibility() && it.tabIndex >= 0);
                     window.missed = new Set(window.controls);
                     document.activeElement.blur();
                     return window.controls.length;",
                    &[],
                )
                .await;
            assert!(count > 6, "{fragment}: {count}");
            for _ in 0..count + 10 {
                page.keys(Key::Tab).await;
                page.run::<Value>("window.missed.delete(document.activeElement);", &[]).await;
            }
            let missed: Vec<String> =
                page.run("return [...window.missed].map(it => it.outerHTML.slice(0, 120));", &[]).await;
            assert!(missed.is_empty(), "{fragment}: {missed:#?}");
        }
    });
}

/// Opens a dialog by Enter on the button with the focus, closes it by Escape, and checks that the focus is back.
async fn check_dialog(page: &Page, button: &str) {
    page.run::<Value>(
        "[...document.querySelectorAll('button')].find(it => it.textContent.trim() === arguments[0]).focus();",
        &[button.into()],
    )
    .await;
    page.keys(Key::Enter).await;
    page.until_shown("dialog").await;
    page.until("document.activeElement.closest('dialog')").await;
    page.keys(Key::Escape).await;
    page.until_gone("dialog").await;
    assert_eq!(focused(page).await, format!("button {button}"), "the focus returns to where it came from");
}

#[test]
fn a_dialog_closes_by_escape_and_gives_the_focus_back() {
    drive(async |stage| {
        let page = stage.visitor().await;
        check_dialog(&page, "Share").await;
        page.go("#/accounts").await;
        check_dialog(&page, "Add an account").await;
    });
}

#[test]
fn an_import_is_given_up_by_escape() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.choose_file(&project_file("tests/data/book.csv")).await;
        page.until_shown("dialog").await;
        // Twice, since a browser may insist on closing at the second time by itself.
        for _ in 0..2 {
            page.keys(Key::Escape).await;
            page.until_gone("dialog").await;
            page.choose_file(&project_file("tests/data/book.csv")).await;
            page.until_shown("dialog").await;
        }
        page.keys(Key::Escape).await;
        page.until_gone("dialog").await;
        assert_eq!(page.chip().await, "Sample book · 40 accounts");
    });
}

/// Presses Tab until what matches has the focus.
async fn tab_to(page: &Page, selector: &str) {
    for _ in 0..60 {
        let script = "return document.activeElement.matches(arguments[0]);";
        if page.run(script, &[selector.into()]).await {
            return;
        }
        page.keys(Key::Tab).await;
    }
    panic!("{selector} is not reached; the focus is on {}", focused(page).await);
}

#[test]
fn the_book_is_worked_by_keys_alone() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        // Found, chosen, and changed together.
        tab_to(&page, "#account-filter").await;
        page.keys("bakery").await;
        page.until("document.querySelectorAll('.ledger tbody th').length === 8").await;
        tab_to(&page, ".ledger [id^=cell-]").await;
        page.control(Key::Home).await;
        page.until("document.activeElement.id === 'cell-0-0'").await;
        page.keys(Key::Space).await;
        page.until_says(".bulk-bar", "1 account chosen").await;
        page.keys(Key::Down).await;
        page.until("document.activeElement.id === 'cell-1-0'").await;
        page.keys(Key::Space).await;
        page.until_says(".bulk-bar", "2 accounts chosen").await;
        page.run::<Value>("document.activeElement.blur();", &[]).await;
        tab_to(&page, "#bulk-deed").await;
        page.keys("Set the gross margin").await;
        tab_to(&page, "#bulk-text").await;
        page.keys("45").await;
        page.keys(Key::Enter).await;
        page.until("document.querySelector('#cell-0-4').textContent.trim() === '45%'").await;
        assert_eq!(page.text("#cell-1-4").await, "45%");
        assert_eq!(page.text("#cell-2-4").await, "70%");

        // One of them opened, and a touch logged.
        tab_to(&page, ".ledger [id^=cell-]").await;
        page.control(Key::Home).await;
        page.until("document.activeElement.id === 'cell-0-0'").await;
        page.keys(Key::Right).await;
        page.until("document.activeElement.id === 'cell-0-1'").await;
        page.keys(Key::Enter).await;
        page.until_shown("#account-heading").await;
        tab_to(&page, "main button.primary").await;
        page.keys(Key::Enter).await;
        page.until_shown("dialog").await;
        tab_to(&page, "#touch-note").await;
        page.keys("sent the figures").await;
        tab_to(&page, "dialog .primary").await;
        page.keys(Key::Enter).await;
        page.until_gone("dialog").await;
        page.until_says(".account-life", "sent the figures").await;

        // And back, step by step.
        page.run::<Value>("document.activeElement.blur();", &[]).await;
        page.control("z").await;
        page.until("!document.querySelector('.account-life')?.innerText.includes('sent the figures')").await;
        page.control("z").await;
        page.until_says(".facts", "70%").await;
    });
}
