//! Two tabs of one browser: what is changed in one is in the other, and what both change is named.

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
