//! Why a number is what it is: written down beside it, kept, found in the log, and sent only by choice.

use thirtyfour::Key;

use crate::stage::{Page, drive};

const REASON: &str = "Above the 3% of “Rival & Sons” <b>, as Dana asked.";

/// Presses *why?* at the renewal commission and logs a reason by keyboard.
async fn say_why(page: &Page, reason: &str, who: &str) {
    page.click("[aria-label='why: Renewal commission']").await;
    page.until_shown("#decision-why").await;
    page.fill("#decision-why", reason).await;
    page.fill("#decision-who", who).await;
    page.keys(Key::Enter).await;
    page.until_gone("dialog").await;
}

#[test]
fn a_reason_stands_beside_its_number_and_in_the_log() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.set_renewal_commission("5").await;
        page.click("[aria-label='why: Renewal commission']").await;
        page.until_says("dialog", "Kept with it: 5%.").await;
        // Nothing is logged without a reason, and what was typed stays.
        page.fill("#decision-who", "Noor").await;
        page.keys(Key::Enter).await;
        page.until_says("#decision-problem", "Write down why").await;
        assert_eq!(page.value("#decision-who").await, "Noor");
        page.fill("#decision-why", &"x".repeat(501)).await;
        page.until_says("#decision-problem", "501 characters: shorten it to 500").await;
        page.fill("#decision-why", REASON).await;
        page.focus("#decision-who").await;
        page.keys(Key::Enter).await;
        page.until_gone("dialog").await;
        page.until_says(".control-note.why", REASON).await;
        page.until_says(".control-note.why", "Noor, ").await;

        page.until_says(".keeping", "Saved").await;
        page.reload().await;
        page.until_says(".control-note.why", REASON).await;
        // Another number than the one that it was said of; the one who wrote last is offered.
        page.set_renewal_commission("6").await;
        page.click("[aria-label='why: Renewal commission']").await;
        page.until_says("dialog .lines", &format!("5%: “{REASON}” Noor")).await;
        assert_eq!(page.value("#decision-who").await, "Noor");
        page.press("Close").await;
        page.until_gone("dialog").await;

        page.click("nav a[href='#/plan']").await;
        page.until_says(".decisions", "now 6%").await;
        // It stands beside the sentence that the number is in, too, where another can be written.
        page.until_says(".rules small.why", REASON).await;
        page.click(".rules [aria-label='why: Renewal commission']").await;
        page.until_says("dialog", "Kept with it: 6%.").await;
        page.press("Close").await;
        page.until_gone("dialog").await;
        page.until("document.activeElement.matches('.whys')").await;
        page.focus(".decision-log summary").await;
        page.keys(Key::Enter).await;
        page.until_shown("#log-why").await;
        page.fill("#log-why", "The board agreed.").await;
        page.focus(".decision-form .primary").await;
        page.keys(Key::Enter).await;
        page.until_says(".announcement", "Logged.").await;
        page.until("document.querySelectorAll('.decisions li').length === 2").await;
        page.until_says(".decisions li", "The plan").await;
        page.until_says(".decisions li", "6% renewal").await;
        assert_eq!(page.value("#log-why").await, "", "it is in the log now");
        page.focus(".decisions li button").await;
        page.keys(Key::Enter).await;
        page.until("document.querySelectorAll('.decisions li').length === 1").await;
        page.press("Undo").await;
        page.until("document.querySelectorAll('.decisions li').length === 2").await;

        // Reasons may hold names.
        page.keys(Key::F9).await;
        page.until_says(".decision-log", "2 entries are hidden while names are").await;
        assert!(!page.body().await.contains("Rival"));
        page.click("nav a[href='#/payoff']").await;
        page.until_shown(".verdict h1").await;
        assert!(!page.body().await.contains("Rival"));
    });
}

#[test]
fn reasons_go_into_a_link_only_by_choice() {
    drive(async |stage| {
        let sender = stage.visitor().await;
        sender.press("Share").await;
        sender.until_shown("#share-address").await;
        sender.until_gone("#share-decisions").await;
        sender.press("Close").await;
        sender.until_gone("dialog").await;
        sender.set_renewal_commission("5").await;
        say_why(&sender, REASON, "Noor").await;
        sender.press("Share").await;
        sender.until_shown("#share-address").await;
        sender.until_says("dialog", "No name of a customer or seller is in it.").await;
        let without = sender.value("#share-address").await;
        sender.click("#share-decisions").await;
        sender.until_says("dialog", "1 decision is in it, word for word").await;
        let with = sender.value("#share-address").await;
        sender.click("#share-decisions").await;
        sender.until_says("dialog", "No name of a customer or seller is in it.").await;
        assert_eq!(sender.value("#share-address").await, without);

        let receiver = stage.browser().await;
        receiver.open_address(&without).await;
        receiver.until_says(".banner", "You are looking at a shared plan.").await;
        receiver.until_gone(".control-note.why").await;
        receiver.open_address(&with).await;
        receiver.until_says(".control-note.why", REASON).await;
        receiver.press("Keep it as mine").await;
        receiver.until_says(".keeping", "Saved").await;
        receiver.reload().await;
        receiver.until_says(".control-note.why", REASON).await;
    });
}
