//! A link to a plan: the same answer for whoever opens it, no name in it, and nothing of theirs touched.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::stage::{Page, drive, project_file};

/// The address in the dialog, which is closed again.
async fn link(page: &Page) -> String {
    page.press("Share").await;
    page.until_shown("#share-address").await;
    let address = page.value("#share-address").await;
    page.press("Close").await;
    page.until_gone("dialog").await;
    address
}

fn payload(address: &str) -> &str {
    address.split_once("?plan=").unwrap_or_else(|| panic!("no plan in {address}")).1
}

async fn stored_keys(page: &Page) -> Vec<String> {
    page.run("return Object.keys(localStorage).filter(key => /record|snapshot/.test(key)).sort();", &[]).await
}

#[test]
fn whoever_opens_a_link_sees_the_same_and_keeps_it_only_by_choice() {
    drive(async |stage| {
        let sender = stage.visitor().await;
        sender.set_renewal_commission("5").await;
        let sent = sender.headline().await;
        let address = link(&sender).await;
        assert!(payload(&address).len() <= 1000, "{address}");

        let receiver = stage.browser().await;
        receiver.open_address(&address).await;
        receiver.until_says(".banner", "You are looking at a shared plan.").await;
        assert_eq!(receiver.headline().await, sent);
        assert_eq!(receiver.chip().await, "Shared book · 40 accounts");
        receiver.set_renewal_commission("8").await;
        receiver.until_announced().await;
        assert!(stored_keys(&receiver).await.is_empty(), "a visit is not kept");

        let changed = receiver.headline().await;
        receiver.press("Keep it as mine").await;
        receiver.until_gone(".banner").await;
        receiver.until_says(".keeping", "Saved").await;
        assert_eq!(stored_keys(&receiver).await.len(), 2, "a snapshot and a record");
        receiver.reload().await;
        receiver.until_says(".verdict h1", &changed).await;
        assert_eq!(receiver.texts(".banner").await.len(), 0, "a reload opens no plan again");
    });
}

#[test]
fn a_visit_leaves_ones_own_workspace_alone() {
    drive(async |stage| {
        let sender = stage.visitor().await;
        sender.set_renewal_commission("5").await;
        let address = link(&sender).await;

        let receiver = stage.visitor().await;
        receiver.set_renewal_commission("11").await;
        receiver.until_says(".keeping", "Saved").await;
        let (own, stored) = (receiver.headline().await, stored_keys(&receiver).await);
        receiver.open_address(&address).await;
        receiver.until_says(".banner", "You are looking at a shared plan.").await;
        receiver.set_renewal_commission("9").await;
        receiver.until_announced().await;
        assert_eq!(stored_keys(&receiver).await, stored);
        receiver.press("Back to mine").await;
        receiver.until_gone(".banner").await;
        receiver.until_says(".verdict h1", &own).await;
        assert_eq!(receiver.value("#input-renewal-commission").await, "11");
        receiver.until_announced().await;
        assert_eq!(stored_keys(&receiver).await, stored);
        receiver.reload().await;
        assert_eq!(receiver.headline().await, own);
    });
}

#[test]
fn a_link_to_an_imported_book_holds_no_name() {
    let book = std::fs::read_to_string(project_file("tests/data/book.csv")).expect("the book");
    let names: Vec<&str> = book.lines().skip(1).flat_map(|line| line.split(',').take(2)).collect();
    assert_eq!(names.len(), 80);
    drive(async |stage| {
        let page = stage.visitor().await;
        page.choose_file(&project_file("tests/data/book.csv")).await;
        page.until_shown("dialog").await;
        page.press("Import").await;
        page.until_says(".chip", "Your book · 40 accounts").await;
        for seller in ["All", "Ben Okafor"] {
            page.choose(".seller-choice", seller).await;
            if seller != "All" {
                page.until_says(".verdict h1", seller).await;
            }
            let address = link(&page).await;
            let payload = payload(&address);
            assert!(payload.len() <= 1000, "{} characters", payload.len());
            let packed = payload.strip_prefix("1.").expect("the version");
            let inside = String::from_utf8(URL_SAFE_NO_PAD.decode(packed).expect("base64")).expect("text");
            for name in &names {
                assert!(!inside.contains(name) && !address.contains(name), "{name} is in {inside}");
            }
        }
    });
}

#[test]
fn a_broken_link_is_said_and_ones_own_workspace_shown() {
    drive(async |stage| {
        let page = stage.browser().await;
        for (plan, words) in [("1.eyJhIjoi", "incomplete"), ("7.abc", "newer Holdfast"), ("", "incomplete")] {
            page.go(&format!("#/payoff?plan={plan}")).await;
            page.until_says(".banner[role=alert]", words).await;
            assert_eq!(page.chip().await, "Sample book · 40 accounts", "{plan}");
        }
        let long = format!("1.{}", "A".repeat(20_000));
        page.go(&format!("#/payoff?plan={long}")).await;
        page.until_says(".banner[role=alert]", "longer than any").await;
        assert!(stored_keys(&page).await.is_empty());
    });
}
