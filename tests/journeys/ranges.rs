//! A number typed as a range: the verdict says how often it holds, and the range is undone and kept like any number.

use crate::explain::walk;
use crate::stage::drive;

#[test]
fn a_range_is_typed_answered_undone_and_found_again() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let plain = page.headline().await;
        page.fill("#input-renew-today", "60-80%").await;
        page.until_says(".holds", "With the ranges you gave, customers get").await;
        let said = page.text(".holds").await;
        assert!(said.contains("of 400 cases") || said.contains("all 400 cases"), "{said}");
        assert!(said.contains("renewal with today's attention."), "{said}");
        page.until("document.querySelector('.holds')?.dataset.waits === 'false'").await;
        let titles = walk(&page, ".holds [data-told]").await;
        assert_eq!(
            titles,
            ["How often the verdict holds", "The gap that nineteen cases in twenty stay below", "What decides it"]
        );
        page.focus("#input-renewal-commission").await;
        page.until("document.getElementById('input-renew-today').value === '60–80'").await;
        let ranged = page.headline().await;
        assert_ne!(ranged, plain, "the middle of the range is what is shown");

        page.press("Undo").await;
        page.until_says(".announcement", "Undid: renew as now 85% to 60–80%").await;
        page.until_gone(".holds").await;
        page.until_says(".verdict h1", &plain).await;
        page.press("Redo").await;
        page.until_says(".verdict h1", &ranged).await;
        page.until_says(".holds", &said).await;

        page.until_says(".keeping", "Saved").await;
        page.reload().await;
        assert_eq!(page.value("#input-renew-today").await, "60–80");
        assert_eq!(page.headline().await, ranged);
        page.until_says(".holds", &said).await;

        // The way back to the default is there though the page shows the middle only.
        page.paste("#input-renew-today", "80–90").await;
        page.until("document.querySelector('.holds')?.dataset.waits === 'false'").await;
        page.until_says(".verdict h1", &plain).await;
        page.press("reset to 85%: Renew as now").await;
        page.until_gone(".holds").await;
        assert_eq!(page.value("#input-renew-today").await, "85");
    });
}
