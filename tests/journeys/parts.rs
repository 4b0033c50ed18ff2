//! Parts of the app that are fetched after the first screen, and a network that fails meanwhile.

use crate::stage::{Page, drive};

/// Lets every fetch of a part fail until the page is told that the network is back.
const NO_PARTS: &str = "
    const fetched = window.fetch;
    window.networkIsBack = false;
    window.fetch = (address, ...others) =>
        !window.networkIsBack && /(split|chunk)_/.test(String(address))
            ? Promise.reject(new TypeError('no network'))
            : fetched(address, ...others);
";

async fn network_is_back(page: &Page) {
    page.run::<()>("window.networkIsBack = true;", &[]).await;
    let complaints = page.complaints().await;
    assert!(complaints.iter().all(|complaint| complaint.contains("no network")), "{complaints:?}");
}

#[test]
fn a_page_that_could_not_be_fetched_is_there_at_the_second_try() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(NO_PARTS).await;
        page.go("#/accounts").await;
        page.until_says(".banner[role=alert]", "could not be fetched").await;
        network_is_back(&page).await;
        page.press("Try again").await;
        page.until_says("main h1", "Accounts").await;
        page.until_gone(".banner").await;
    });
}

#[test]
fn a_change_is_kept_as_soon_as_the_keeper_is_there() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(NO_PARTS).await;
        page.go("").await;
        page.until_says(".verdict h1", "33%").await;
        assert_eq!(page.text(".keeping").await, "Nothing to save yet");
        page.set_renewal_commission("4").await;
        page.until_says(".keeping", "Not saved").await;
        page.until_says(".banner[role=alert]", "could not be fetched").await;
        network_is_back(&page).await;
        page.click(".stage .banner button").await;
        page.click(".side .banner button").await;
        page.until_says(".side", "The next hour pays").await;
        page.set_renewal_commission("5").await;
        page.until_says(".keeping", "Saved").await;
        page.until_gone(".banner").await;
        let changed = page.headline().await;

        page.run::<()>("window.networkIsBack = false;", &[]).await;
        page.reload().await;
        page.until_says(".banner[role=alert]", "What this browser keeps is untouched").await;
        assert_ne!(page.headline().await, changed, "the sample book is shown");
        page.set_renewal_commission("6").await;
        page.until_says(".keeping", "Not saved").await;
        network_is_back(&page).await;
        page.set_renewal_commission("7").await;
        page.until_says(".verdict h1", &changed).await;
        page.until_says("header", "Saved").await;
        page.before_every_page("window.networkIsBack = true;").await;
        page.reload().await;
        assert_eq!(page.headline().await, changed, "what was kept is still there");
    });
}
