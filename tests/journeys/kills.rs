//! The whole browser is killed while somebody works: what was called saved is there afterwards, whole.
//!
//! `HOLDFAST_SOAK=1` kills 200 times, every fourth time with 10,000 accounts, instead of 10 times.

use std::time::Duration;

use serde_json::json;

use crate::stage::{Page, drive};

/// Sets the number of leads as fast as the page takes it, and remembers every number that was called saved.
const WORK: &str = "
    const field = document.querySelector('#input-leads');
    const status = document.querySelector('.keeping');
    const type = value => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
    };
    window.saved = arguments[0];
    let next = arguments[0] + 1;
    window.typed = next;
    type(next);
    new MutationObserver(() => {
        if (status.textContent !== 'Saved') return;
        window.saved = window.typed;
        window.typed += 1;
        setTimeout(() => type(window.typed), 0);
    }).observe(status, { childList: true, characterData: true, subtree: true });";

/// A book of 10,000 accounts as a version before kept it.
fn large_book() -> String {
    let mut book: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/v1_sample.json")).expect("the fixture");
    let account = book["workspace"]["book"]["accounts"][0].clone();
    let accounts: Vec<serde_json::Value> = (1..=10_000)
        .map(|id| {
            let mut account = account.clone();
            account["id"] = json!(id);
            account["name"] = json!(format!("Account number {id} of the large book"));
            account
        })
        .collect();
    book["workspace"]["book"]["accounts"] = json!(accounts);
    book["workspace"]["book"]["next_id"] = json!(10_001);
    book.to_string()
}

const LEADS: &str = "Number(document.querySelector('#input-leads').value.replace(',', ''))";

async fn leads(page: &Page) -> u32 {
    page.unfold_all().await;
    page.until_shown("#input-leads").await;
    page.run(&format!("return {LEADS};"), &[]).await
}

/// Kills the browser `times` while it works, and looks each time what is there.
async fn kill_again_and_again(stage: &crate::stage::Stage, profile: &str, times: u32, large: bool) {
    let page = stage.browser_of(profile).await;
    page.go("").await;
    if large {
        page.store("holdfast/workspace", &large_book()).await;
        page.reload().await;
        page.until("!localStorage.getItem('holdfast/workspace')").await;
    }
    let mut page = page;
    let mut number = leads(&page).await;
    for round in 0..times {
        page.run::<()>(WORK, &[json!(number)]).await;
        // Some moment between the first change and some dozen later, another one each time.
        tokio::time::sleep(Duration::from_millis(u64::from(50 + (round * 7_919) % 400))).await;
        let saved: u32 = page.run("return window.saved;", &[]).await;
        page.kill().await;
        page = stage.browser_of(profile).await;
        page.go("").await;
        // Where local storage lost its last minutes, the other copy is there a moment later.
        leads(&page).await;
        page.until(&format!("{LEADS} >= {saved}")).await;
        let found = leads(&page).await;
        assert!(found <= saved + 100, "round {round}: {found} was never typed");
        assert_eq!(page.texts(".banner").await.len(), 0, "round {round}: all of it can be read");
        let said = page.texts(".notice").await.concat();
        assert!(!said.contains("damaged") && !said.contains("two tabs"), "round {round}: nothing is torn: {said}");
        number = found.max(saved);
    }
    page.end().await;
}

#[test]
fn what_was_called_saved_survives_a_killed_browser() {
    let is_soak = std::env::var("HOLDFAST_SOAK").is_ok_and(|value| value == "1");
    let (small, large) = if is_soak { (150, 50) } else { (8, 2) };
    drive(async |stage| {
        kill_again_and_again(stage, "small", small, false).await;
        kill_again_and_again(stage, "large", large, true).await;
    });
}
