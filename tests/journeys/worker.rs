//! The background worker: what it does, and what becomes of the page without it.

use crate::stage::{Page, drive};

/// Counts the workers that the page starts, what they are sent and what they say.
const WATCHED: &str = "const Real = window.Worker;
    window.seen = { workers: [], heard: 0, sent: 0 };
    window.Worker = function (address, options) {
        const worker = new Real(address, options);
        window.seen.workers.push(worker);
        worker.addEventListener('message', () => window.seen.heard++);
        const post = worker.postMessage.bind(worker);
        worker.postMessage = message => { window.seen.sent++; post(message); };
        return worker;
    };";
/// Charts under all sliders in sight, and the sentence on the same pay.
const ALL_FOUND: &str = "document.querySelectorAll('svg.mini').length >= 7 && \
                         document.querySelector('.same-pay')?.innerText.length > 20";

async fn with(page: &Page, script: &str) {
    page.before_every_page(script).await;
    page.reload().await;
}

async fn is_told(page: &Page) -> bool {
    page.run("return document.querySelector('.lost') !== null;", &[]).await
}

#[test]
fn long_work_is_done_beside_the_page_and_never_piles_up() {
    drive(async |stage| {
        let page = stage.visitor().await;
        with(&page, WATCHED).await;
        page.until(ALL_FOUND).await;
        assert!(!is_told(&page).await);
        let workers: usize = page.run("return window.seen.workers.length;", &[]).await;
        assert_eq!(workers, 1);
        // Ten seconds of dragging in one: 400 moves, none of which may send the worker on an errand of its own.
        let sent: usize = page
            .run_async(
                "const slider = document.querySelector('#input-renewal-commission').closest('.control')
                     .querySelector('input[type=range]');
                 const before = window.seen.sent;
                 for (let move = 0; move < 400; move++) {
                     slider.value = 1 + move % 9;
                     slider.dispatchEvent(new Event('input', { bubbles: true }));
                     await new Promise(requestAnimationFrame);
                 }
                 return window.seen.sent - before;",
                &[],
            )
            .await;
        assert!(sent <= 1, "{sent} messages: at most the one that stops the work in hand");
        page.until(ALL_FOUND).await;
    });
}

#[test]
fn without_a_worker_the_page_works_alone_and_says_so() {
    drive(async |stage| {
        for kind in ["undefined", "function () { throw new Error('no workers here'); }"] {
            let page = stage.visitor().await;
            with(&page, &format!("window.Worker = {kind};")).await;
            page.until(ALL_FOUND).await;
            page.until_says(".lost", "the page works everything out by itself").await;
            assert!(!page.headline().await.is_empty());
        }
    });
}

#[test]
fn a_worker_that_dies_at_work_is_replaced_by_the_page() {
    drive(async |stage| {
        let page = stage.visitor().await;
        // It dies with its first word after the one that it is ready.
        let dies = format!(
            "{WATCHED} const Watched = window.Worker;
             window.Worker = function (address, options) {{
                 const worker = new Watched(address, options);
                 worker.addEventListener('message', () => {{ if (window.seen.heard === 2) worker.terminate(); }});
                 return worker;
             }};"
        );
        with(&page, &dies).await;
        page.until_says(".lost", "the page works everything out by itself").await;
        page.until(ALL_FOUND).await;
        // A change afterwards is answered too, and no second worker is tried.
        let headline = page.headline().await;
        page.set_renewal_commission("6").await;
        page.until_not(".verdict h1", &headline).await;
        page.until("document.querySelector('.same-pay').dataset.waits === 'false'").await;
        let workers: usize = page.run("return window.seen.workers.length;", &[]).await;
        assert_eq!(workers, 1);
    });
}
