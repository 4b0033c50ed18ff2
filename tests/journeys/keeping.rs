//! What this browser keeps: never overwritten unread, and never said to be kept when it is not.

use crate::stage::{Page, drive};

const KEY: &str = "holdfast/workspace";
const ASIDE: &str = "holdfast/set-aside/1";

/// Opens the site on a stored text that it cannot read, and follows it to where changes are kept again.
async fn check_set_aside(page: &Page, text: &str, words: &str) {
    page.run::<()>("localStorage.clear();", &[]).await;
    page.store(KEY, text).await;
    page.reload().await;
    page.until_says(".banner[role=alert]", "What this browser keeps could not be read.").await;
    page.until_says(".banner[role=alert]", words).await;
    page.until_says(".keeping", "Not kept: read only").await;
    page.set_renewal_commission("6").await;
    page.until_announced().await;
    assert_eq!(page.stored(KEY).await.as_deref(), Some(text), "it is left as it is");
    assert_eq!(page.text(".keeping").await, "Not kept: read only");

    let changed = page.headline().await;
    page.press("Set it aside and keep changes again").await;
    page.until_says(".keeping", "Kept in this browser").await;
    page.until_gone(".banner").await;
    assert_eq!(page.stored(ASIDE).await.as_deref(), Some(text));
    assert_ne!(page.stored(KEY).await.as_deref(), Some(text));
    page.reload().await;
    assert_eq!(page.headline().await, changed);
    page.until_says(".keeping", "Kept in this browser").await;
}

#[test]
fn what_a_newer_version_kept_is_left_alone_until_set_aside() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let text = r#"{"format":"holdfast","version":99,"workspace":{"what":"we do not know"}}"#;
        check_set_aside(&page, text, "newer Holdfast").await;
    });
}

#[test]
fn a_damaged_text_is_left_alone_until_set_aside() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.set_renewal_commission("4").await;
        page.until_says(".keeping", "Kept in this browser").await;
        let whole = page.stored(KEY).await.expect("a text");
        let damaged = &whole[..whole.len() / 2];
        check_set_aside(&page, damaged, "cannot be read").await;
        check_set_aside(&page, &whole.replacen("\"share_today\":0.", "\"share_today\":7.", 1), "share").await;
    });
}

#[test]
fn a_full_store_is_said_and_a_file_offered() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.save_to(stage.folder()).await;
        page.before_every_page(
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
        )
        .await;
        page.go("").await;
        page.set_renewal_commission("4").await;
        page.until_says(".keeping", "Not kept").await;
        let sentence = page.text(".banner[role=alert] p").await;
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
        page.click(".banner button").await;
        let file = page.until_file(stage.folder(), "json").await;
        let text = std::fs::read_to_string(file).expect("the saved file");
        assert!(text.contains(r#""format":"holdfast""#) && text.contains("0.04"), "{text}");
    });
}

#[test]
fn a_blocked_store_is_said_and_the_answer_still_given() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(
            "Object.defineProperty(window, 'localStorage', {
                 get() { throw new DOMException('blocked', 'SecurityError'); },
             });",
        )
        .await;
        page.go("").await;
        page.until_says(".verdict h1", "33%").await;
        page.until_says(".keeping", "Not kept").await;
        let sentence = page.text(".banner[role=alert] p").await;
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
        page.set_renewal_commission("4").await;
        page.until_announced().await;
        page.until_says(".keeping", "Not kept").await;
    });
}
