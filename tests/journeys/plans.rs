//! Another plan: a quota, single contract years, who gets the time, and what is found out about it meanwhile.

use serde_json::json;

use crate::stage::{Page, drive};

async fn choose(page: &Page, id: &str, words: &str) {
    let script = "const list = document.getElementById(arguments[0]);
                  list.selectedIndex = [...list.options].findIndex(it => it.textContent === arguments[1]);
                  list.dispatchEvent(new Event('change', { bubbles: true }));";
    page.run::<()>(script, &[json!(id), json!(words)]).await;
}

async fn chosen(page: &Page, id: &str) -> String {
    page.run("return document.getElementById(arguments[0]).selectedOptions[0].textContent;", &[json!(id)]).await
}

#[test]
fn a_plan_with_a_quota_is_answered_undone_and_found_again() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.unfold_all().await;
        let flat = page.headline().await;

        // Half of what a year wins at the seller's best, paid three times beyond it.
        page.paste("#input-quota", "20000").await;
        page.paste("#input-accelerator", "3").await;
        page.until_not(".verdict h1", &flat).await;
        let fast = page.headline().await;
        choose(&page, "quota-period", "month").await;
        page.until_not(".verdict h1", &fast).await;
        page.press("Undo").await;
        page.until_says(".announcement", "Undid: quota period year to month").await;
        page.until_says(".verdict h1", &fast).await;

        page.paste("#input-upsell-growth", "5").await;
        page.until_not(".verdict h1", &fast).await;
        choose(&page, "attention", "new ones first").await;
        page.until_shown("#input-honeymoon-months").await;
        page.paste("#input-renewal-commission-year-3", "6").await;
        page.until_says(".keeping", "Saved").await;
        let all = page.headline().await;

        page.reload().await;
        page.unfold_all().await;
        assert_eq!(page.headline().await, all);
        for (field, number) in [("quota", "20000"), ("accelerator", "3"), ("upsell-growth", "5")] {
            assert_eq!(page.value(&format!("#input-{field}")).await.replace(',', ""), number, "{field}");
        }
        assert_eq!(page.value("#input-renewal-commission-year-3").await, "6");
        assert_eq!(chosen(&page, "attention").await, "new ones first");

        page.paste("#input-renewal-commission", "4").await;
        assert_eq!(page.value("#input-renewal-commission-year-3").await, "6", "a year of its own stays");
        page.until("document.querySelector('#input-renewal-commission-year-4').value === '4'").await;

        page.press("reset all").await;
        page.until_says(".verdict h1", &flat).await;
        assert_eq!(chosen(&page, "attention").await, "all alike");
    });
}

#[test]
fn what_is_found_out_meanwhile_does_not_take_a_field_from_under_the_hand() {
    drive(async |stage| {
        let page = stage.visitor().await;
        // Nothing is found out before the hand is on the slider.
        page.before_every_page(
            "const Real = window.Worker;
             window.Worker = function (address, options) {
                 const worker = new Real(address, options);
                 const post = worker.postMessage.bind(worker);
                 const waiting = [];
                 worker.postMessage = message => waiting.push(message);
                 window.letGo = () => { worker.postMessage = post; waiting.forEach(message => post(message)); };
                 return worker;
             };",
        )
        .await;
        page.reload().await;
        page.until("window.letGo !== undefined").await;
        page.run::<()>(
            "window.held = document.querySelector('#input-share-today').closest('.control').querySelector('[type=range]');
             window.held.focus();
             window.letGo();",
            &[],
        )
        .await;
        page.until("document.querySelectorAll('.plan svg.mini').length === 7").await;
        let is_held: bool = page.run("return document.activeElement === window.held;", &[]).await;
        assert!(is_held, "the slider was made anew");
    });
}

#[test]
fn what_is_found_out_meanwhile_is_shown() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.until_says(".same-pay", "For the same pay this year").await;
        page.until("document.querySelectorAll('.plan svg.mini').length === 7").await;
        let first = page.text(".same-pay").await;
        let drawn: Vec<String> = page
            .run("return [...document.querySelectorAll('svg.mini path')].map(it => it.getAttribute('d'));", &[])
            .await;
        assert!(drawn.iter().all(|path| path.starts_with('M') && path.contains('L')), "{drawn:?}");
        // Both agree at 11.5 %, of the slider's 20.
        page.until("document.querySelector('svg.mini .turn').getAttribute('x1').startsWith('11')").await;

        page.paste("#input-renewal-commission", "8").await;
        page.until_not(".same-pay", &first).await;
        page.until("document.querySelector('.same-pay').dataset.waits === 'false'").await;
        page.unfold_all().await;
        page.until("document.querySelectorAll('.plan svg.mini').length > 25").await;
    });
}
