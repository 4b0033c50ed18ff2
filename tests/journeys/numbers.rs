//! What cannot be used is said beside the field, and the answer stays that of the numbers before.

use thirtyfour::By;

use crate::stage::{Page, drive};

/// Words that a person must never read.
async fn check_words(page: &Page, after: &str) {
    let text = page.body().await;
    for word in ["NaN", "Infinity", "inf ", "undefined", "null", "[object"] {
        assert!(!text.contains(word), "{word} after {after}: {text}");
    }
}

async fn check_refused(page: &Page, field: &str, text: &str, headline: &str) {
    let place = format!("{text:?} in {field}");
    page.paste(&format!("#{field}"), text).await;
    page.until(&format!("document.getElementById('{field}').value === {}", serde_json::json!(text))).await;
    page.until_shown(&format!("#{field}-problem[role=alert]")).await;
    let sentence = page.text(&format!("#{field}-problem")).await;
    assert!(sentence.ends_with('.') && sentence.len() > 15, "{place}: {sentence}");
    let described = page.attribute(&format!("#{field}"), "aria-describedby").await;
    assert_eq!(described, Some(format!("{field}-problem")), "{place}");
    assert_eq!(page.attribute(".verdict", "data-stale").await.as_deref(), Some("true"), "{place}");
    assert_eq!(page.headline().await, headline, "{place}");
    check_words(page, &place).await;
}

async fn reset(page: &Page, field: &str) {
    let path = format!(
        "//input[@id='{field}']/ancestor::div[@class='control']//button[starts-with(normalize-space(), 'reset')]"
    );
    page.find(By::XPath(path.as_str())).await.click().await.expect("the way back to the default");
    page.until_gone(&format!("#{field}-problem")).await;
}

#[test]
fn no_field_takes_what_is_no_number_of_its_range() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.unfold_all().await;
        let headline = page.headline().await;
        let fields: Vec<String> =
            page.run("return [...document.querySelectorAll('.plan .number-box input')].map(it => it.id);", &[]).await;
        assert_eq!(fields.len(), 33, "{fields:?}");
        for field in &fields {
            page.unfold_all().await;
            let default = page.value(&format!("#{field}")).await;
            for text in ["", "abc", "1e999", "-1", "123456789012345678901234567890", "1/0", "5 5 x"] {
                check_refused(&page, field, text, &headline).await;
            }
            reset(&page, field).await;
            assert_eq!(page.value(&format!("#{field}")).await, default, "{field}");
            assert_eq!(page.headline().await, headline, "{field}");
            assert_eq!(page.attribute(".verdict", "data-stale").await.as_deref(), Some("false"), "{field}");
        }
    });
}

#[test]
fn renewal_chances_must_rise_with_attention() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let headline = page.headline().await;
        // As many as with all attention, more than those, and fewer than without any.
        for text in ["95", "97", "50"] {
            check_refused(&page, "input-renew-today", text, &headline).await;
        }
        // What was refused is taken as soon as the other number fits.
        page.paste("#input-renew-unattended", "40").await;
        page.until_gone(".plan .problem").await;
        page.until_not(".verdict h1", &headline).await;
        assert_eq!(page.value("#input-renew-today").await, "50");
        page.press("reset all").await;
        page.until_says(".verdict h1", &headline).await;
    });
}

#[test]
fn undo_puts_a_refused_number_back() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let headline = page.headline().await;
        page.unfold_all().await;
        check_refused(&page, "input-stay", "101", &headline).await;
        assert_eq!(
            page.attribute("header .buttons button", "title").await.as_deref(),
            Some("Undo: the refused number")
        );
        page.press("Undo").await;
        page.until_gone(".plan .problem").await;
        assert_eq!(page.value("#input-stay").await, "75");
        assert_eq!(page.attribute(".verdict", "data-stale").await.as_deref(), Some("false"));
    });
}

#[test]
fn the_fold_stays_open_while_its_numbers_are_mended() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let headline = page.headline().await;
        page.unfold_all().await;
        check_refused(&page, "input-stay", "101", &headline).await;
        page.paste("#input-stay", "70").await;
        page.until_gone("#input-stay-problem").await;
        page.until_not(".verdict h1", &headline).await;
        page.until("document.querySelector('.plan details:last-of-type').open").await;
        check_refused(&page, "input-leads", "x", &page.headline().await).await;
        reset(&page, "input-leads").await;
        page.until("document.querySelector('.plan details:last-of-type').open").await;
    });
}

#[test]
fn the_share_asked_for_is_one() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let headline = page.headline().await;
        // The column beside the charts comes after them.
        page.until_shown("#target-share").await;
        for text in ["", "abc", "101", "-1", "1e999"] {
            page.paste("#target-share", text).await;
            page.until_says(".rates .problem[role=alert]", "Enter a share of time from 0% to 100%.").await;
            assert_eq!(page.headline().await, headline, "{text}");
            check_words(&page, text).await;
        }
        page.paste("#target-share", "50").await;
        page.until_gone(".rates .problem").await;
    });
}
