//! Two tabs of one browser: what is changed in one is in the other, and what both change is named.
//!
//! `HOLDFAST_SOAK=1` changes 500 times instead of 12 times, and prints how soon the other tab showed it.

use serde_json::json;

use crate::stage::{Page, drive};

/// A tab that can be made deaf to what others write.
const DEAF: &str =
    "window.addEventListener('storage', event => { if (window.deaf) event.stopImmediatePropagation(); });";

async fn until_saved(page: &Page) {
    page.until("document.querySelector('.keeping').textContent === 'Saved'").await;
}

#[test]
fn what_one_tab_changes_the_other_shows() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.set_renewal_commission("5").await;
        until_saved(&page).await;
        let changed = page.headline().await;
        let first = page.other_tab().await;
        assert_eq!(page.headline().await, changed);
        page.set_renewal_commission("8").await;
        until_saved(&page).await;
        let changed = page.headline().await;
        let second = page.switch(first).await;
        page.until_says(".verdict h1", &changed).await;
        page.until_says(".announcement", "Another tab changed this workspace.").await;

        // Each tab undoes its own steps and leaves the other's alone.
        page.fill("#input-new-business-commission", "12").await;
        page.until_not(".verdict h1", &changed).await;
        until_saved(&page).await;
        let both = page.headline().await;
        page.switch(second).await;
        page.until_says(".verdict h1", &both).await;
        page.press("Undo").await;
        page.until_not(".verdict h1", &both).await;
        assert_eq!(page.value("#input-new-business-commission").await, "12");
        assert_eq!(page.value("#input-renewal-commission").await, "5");
        until_saved(&page).await;
        let end = page.headline().await;
        page.reload().await;
        assert_eq!(page.headline().await, end);
    });
}

#[test]
fn what_two_tabs_change_at_once_is_named_with_both_values() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(DEAF).await;
        page.go("").await;
        page.set_renewal_commission("5").await;
        until_saved(&page).await;
        let first = page.other_tab().await;
        page.before_every_page(DEAF).await;
        page.reload().await;
        page.run::<()>("window.deaf = true;", &[]).await;
        let second = page.switch(first).await;
        page.run::<()>("window.deaf = true;", &[]).await;
        page.set_renewal_commission("8").await;
        until_saved(&page).await;
        page.switch(second).await;
        page.set_renewal_commission("11").await;
        until_saved(&page).await;
        // Whoever puts them together says so, and everybody puts them together alike.
        page.reload().await;
        page.until_says(".notices", "Changed in two tabs at once").await;
        let said = page.text(".notices").await;
        assert!(said.contains("8%") && said.contains("11%"), "{said}");
        let kept = page.headline().await;
        page.reload().await;
        assert_eq!(page.headline().await, kept);
    });
}

/// Notes when the number of leads shown changes, on the clock that both tabs share.
const WATCH: &str = "
    const field = document.querySelector('#input-leads');
    window.seen = {};
    setInterval(() => { window.seen[field.value] ??= performance.timeOrigin + performance.now(); }, 1);";

/// Types a number of leads, and gives the moment.
const TYPE: &str = "
    const field = document.querySelector('#input-leads');
    const now = performance.timeOrigin + performance.now();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, String(arguments[0]));
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return now;";

#[test]
fn whichever_tab_changes_something_the_other_follows() {
    let is_soak = std::env::var("HOLDFAST_SOAK").is_ok_and(|value| value == "1");
    let rounds: usize = if is_soak { 500 } else { 12 };
    drive(async |stage| {
        let page = stage.visitor().await;
        page.unfold_all().await;
        page.until_shown("#input-leads").await;
        page.run::<()>(WATCH, &[]).await;
        page.set_renewal_commission("4").await;
        until_saved(&page).await;
        let mut other = page.other_tab().await;
        page.unfold_all().await;
        page.until_shown("#input-leads").await;
        page.run::<()>(WATCH, &[]).await;
        let mut waits: Vec<f64> = Vec::new();
        for round in 0..rounds {
            let leads = 200 + round;
            // One tab three times, then the other twice, and so on: neither is always the later one.
            let typed: f64 = page.run(TYPE, &[json!(leads)]).await;
            other = page.switch(other).await;
            page.until(&format!("window.seen['{leads}']")).await;
            let seen: f64 = page.run("return window.seen[arguments[0]];", &[json!(leads.to_string())]).await;
            waits.push(seen - typed);
            if round % 5 > 2 {
                other = page.switch(other).await;
            }
        }
        waits.sort_by(f64::total_cmp);
        println!(
            "the other tab showed it after {:.0} ms (p50), {:.0} ms (p95)",
            waits[rounds / 2],
            waits[rounds * 19 / 20]
        );
        until_saved(&page).await;
        let shown = page.headline().await;
        page.switch(other).await;
        assert_eq!(page.headline().await, shown);
        page.reload().await;
        assert_eq!(page.headline().await, shown, "and what is kept is the same");
    });
}
