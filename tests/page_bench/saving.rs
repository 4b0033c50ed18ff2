//! How long it takes from a change to "Saved", and how much room a book takes.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{clear, quantile};
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
    let local = 0;
    Storage.prototype.setItem = function (key, text) {
        const start = performance.now();
        write.call(this, key, text);
        local += performance.now() - start;
        if (key.startsWith('holdfast/record/')) window.lastRecord = key.length + text.length;
    };
    const times = [], locals = [];
    for (let change = 0; change < changes + warmUp; change++) {
        local = 0;
        const start = performance.now();
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
            .call(field, String(5 + (change % 50) / 10));
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        await new Promise(resolve => {
            const look = () => {
                if (status.textContent === 'Saved' && local > 0) { observer.disconnect(); resolve(); }
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
    page.store("holdfast/workspace", &book(accounts)).await;
    page.go("").await;
    // What an older version kept is written anew by this one.
    page.until("!localStorage.getItem('holdfast/workspace')").await;
    page.reload().await;
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

/// A file of version 4 with that many accounts, the same at every call.
fn book(accounts: usize) -> String {
    let mut file: Value = serde_json::from_str(include_str!("../fixtures/v4_full.json")).expect("the fixture");
    let rows = 0..accounts as u64;
    let touches = |row: u64| -> String {
        let days = (0..8).map(|touch| 3 + (row * 31 + touch * 17) % 90);
        let kinds = ["C", "V", "A", "C", "R", "C", "G", "H"];
        kinds.iter().zip(days).enumerate().fold(String::new(), |text, (place, (kind, days))| {
            let days = if place == 0 { 9_000 + days } else { days };
            format!("{text}{kind}{}", base36(days))
        })
    };
    file["workspace"]["book"] = json!({
        "provenance": "own",
        "next_id": accounts + 1,
        "accounts": {
            "id": vec![1; accounts],
            "name": rows.clone().map(|row| format!("Customer of the book {row}")).collect::<Vec<_>>(),
            "seller": {"words": ["Ana", "Ben", "Chen"], "of": rows.clone().map(|row| [1, row % 3]).collect::<Vec<_>>()},
            "value_cents": rows.clone().map(|row| 200_000 + (row * 7_919) % 4_801 * 1_000).collect::<Vec<_>>(),
            "margin": [(accounts, 0.7)],
            "standing": "A".repeat(accounts),
            "since": rows.clone().map(|row| 7_000 + (row * 31) % 2_500).collect::<Vec<_>>(),
            "renews_on": rows.clone().map(|row| 9_900 + (row * 29) % 700).collect::<Vec<_>>(),
            "touches": rows.map(touches).collect::<Vec<_>>(),
        }
    });
    file["seller_shown"] = Value::Null;
    file.to_string()
}

fn base36(number: u64) -> String {
    let digit = |place: u32| char::from_digit((number / 36_u64.pow(place) % 36) as u32, 36).expect("a digit");
    let digits: String = (0..4).rev().map(digit).collect();
    let short = digits.trim_start_matches('0');
    if short.is_empty() { "0".to_owned() } else { short.to_owned() }
}
