//! How long it takes from a change to "Saved", and how much room a book takes.

use holdfast::storage::journal::SNAPSHOT_KEYS;
use serde::Deserialize;
use serde_json::json;

use super::{clear, quantile, workspaces};
use crate::stage::Page;

/// Changes that count, after those that let the browser compile and cache.
const CHANGES: usize = 60;
const WARM_UP: usize = 5;

/// Types numbers one after the other, each when the one before is saved.
const SAVE: &str = "
    const [changes, warmUp] = args;
    const field = document.querySelector('#input-new-business-commission');
    const status = document.querySelector('.keeping');
    const write = Storage.prototype.setItem;
    // A clock of a browser is too coarse for one write: whether there was one is counted apart.
    let local = 0, writes = 0;
    Storage.prototype.setItem = function (key, text) {
        const start = performance.now();
        write.call(this, key, text);
        local += performance.now() - start;
        writes += 1;
        if (key.startsWith('holdfast/record/')) window.lastRecord = key.length + text.length;
    };
    const times = [], locals = [];
    for (let change = 0; change < changes + warmUp; change++) {
        local = writes = 0;
        const start = performance.now();
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
            .call(field, String(5 + (change % 50) / 10));
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        await new Promise(resolve => {
            const look = () => {
                if (status.textContent === 'Saved' && writes > 0) { observer.disconnect(); resolve(); }
            };
            const observer = new MutationObserver(look);
            observer.observe(status, { childList: true, characterData: true, subtree: true });
            look();
        });
        if (change >= warmUp) { times.push(performance.now() - start); locals.push(local); }
        await new Promise(resolve => setTimeout(resolve, 20));
    }
    Storage.prototype.setItem = write;
    const snapshots = Object.keys(localStorage).filter(key => key.startsWith('holdfast/snapshot/'));
    const snapshot = Math.max(...snapshots.map(key => key.length + localStorage.getItem(key).length));
    return { times, locals, record: window.lastRecord, snapshot };";

#[derive(Deserialize)]
struct Saves {
    times: Vec<f64>,
    locals: Vec<f64>,
    record: usize,
    snapshot: usize,
}

/// Prints one line for a book of that many accounts with eight touches each.
pub async fn saves(page: &Page, accounts: usize) {
    page.go("").await;
    clear(page).await;
    page.store(SNAPSHOT_KEYS[0], &workspaces::kept_with_touches(accounts)).await;
    page.go("").await;
    page.until("document.querySelector('.keeping').textContent === 'Saved'").await;
    let saves: Saves = page.run_async(SAVE, &[json!(CHANGES), json!(WARM_UP)]).await;
    let at = |figures: &Vec<f64>, part: f64| quantile(figures.clone(), part);
    println!(
        "{:<40} {:>8.1} {:>8.1} {:>10.2} {:>12} {:>12}",
        format!("{accounts} accounts with 8 touches each"),
        at(&saves.times, 0.5),
        at(&saves.times, 0.95),
        at(&saves.locals, 0.95),
        saves.record,
        saves.snapshot
    );
}
