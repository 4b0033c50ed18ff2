//! Measures the built site in a browser: how long a move of a slider keeps the page busy, and how the page starts.
//!
//! `cargo xtask bench` builds the site and runs this. It prints a table and judges nothing: machines differ.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a measurement may stop it"
)]

mod plans;
mod saving;
#[path = "../journeys/stage/mod.rs"]
#[allow(dead_code, reason = "journeys do more than a measurement")]
mod stage;
mod workspaces;

use holdfast::storage::journal::SNAPSHOT_KEYS;
use serde::Deserialize;
use serde_json::json;

use stage::{Page, drive};
use workspaces::Variety;

const MEASURE: &str = include_str!("measure.js");
const WATCH: &str = include_str!("watch.js");
/// Moves that count, after those that let the browser compile and cache.
const MOVES: usize = 150;
const WARM_UP: usize = 20;

/// One move of a slider, in milliseconds.
#[derive(Deserialize)]
struct Move {
    /// Until the event's own handlers were done.
    handler: f64,
    /// Until text and drawings were updated: the time in which the page can do nothing else.
    updated: f64,
    /// Style, layout and painting of the frame that shows it.
    frame: f64,
    /// From the event to the painted frame, the wait for the screen's next turn included.
    total: f64,
}

/// How the page started, in milliseconds since the navigation.
#[derive(Deserialize)]
struct Start {
    paint: f64,
    answer: f64,
    longest: f64,
    tasks: usize,
}

/// A file of the site.
#[derive(Deserialize)]
struct File {
    name: String,
    bytes: usize,
    gzip: usize,
}

struct Slider {
    name: &'static str,
    key: &'static str,
    label: &'static str,
    /// The value of the n-th move.
    value: fn(usize) -> f64,
}

const SLIDERS: [Slider; 2] = [
    Slider {
        name: "renewal commission",
        key: "renewal-commission",
        label: "Renewal commission, slider",
        value: |index| (index % 200) as f64 / 10.0,
    },
    Slider {
        name: "renew as now",
        key: "renew-today",
        label: "Renew as now, slider",
        // Between the renewals if nobody calls and those with all attention.
        value: |index| 62.0 + (index % 20) as f64,
    },
];

fn main() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(WATCH).await;
        sizes(&page).await;
        println!();
        println!("start, ms                    first paint   answer shown   longest task   tasks over 50 ms");
        for accounts in [0, 40, 1000] {
            start(&page, accounts).await;
        }
        println!();
        println!("from a change to \"Saved\", ms                  p50      p95  local p95  record, ch.   book, ch.");
        for accounts in [40, 1_000, 10_000] {
            saving::saves(&page, accounts).await;
        }
        for accounts in [40, 1_000] {
            six_plans(&page, accounts).await;
        }
        println!();
        let title = format!("{MOVES} moves of a slider, ms");
        println!("{:48} {:^12} {:^20} {:^12} {:^13}", "", "handler", "busy until updated", "frame", "to the screen");
        println!(
            "{title:48} {:>5} {:>6} {:>6} {:>6} {:>6} {:>5} {:>6} {:>6} {:>6}",
            "p50", "p95", "p50", "p95", "max", "p50", "p95", "p50", "p95"
        );
        let books =
            [(40, Variety::Usual), (1_000, Variety::Usual), (1_000, Variety::Greatest), (10_000, Variety::Usual)];
        for (accounts, variety) in books {
            for seller in ["All", "Ben"] {
                for slider in &SLIDERS {
                    moves(&page, (accounts, variety), seller, slider).await;
                }
            }
        }
    });
}

/// Six plans on that many accounts: what a move of a slider then takes, and what finding out about them all takes.
async fn six_plans(page: &Page, accounts: usize) {
    page.go("").await;
    clear(page).await;
    page.store(SNAPSHOT_KEYS[0], &workspaces::kept_with_plans(accounts)).await;
    page.go("").await;
    page.until("window.noted.answer !== null").await;
    println!();
    println!("{:44} {:>9} {:>8} {:>8} {:>8}", "", "ms in all", "p50", "p95", "longest");
    println!("{:44} {:>9} {:^26} {:>10}", "until it is there, frame to frame, ms", "", "", "over 25 ms");
    plans::compares(page, accounts).await;
}

async fn sizes(page: &Page) {
    page.go("").await;
    let files: Vec<File> = page
        .run_async(
            "const own = performance.getEntriesByType('resource').map(entry => entry.name);
             const files = [];
             for (const address of new Set([location.href.split('#')[0], ...own])) {
                 const bytes = await (await fetch(address)).arrayBuffer();
                 const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
                 const gzip = (await new Response(packed).arrayBuffer()).byteLength;
                 files.push({ name: address.split('/').pop() || 'index.html', bytes: bytes.byteLength, gzip });
             }
             return files;",
            &[],
        )
        .await;
    println!("file                                       bytes     gzip");
    for File { name, bytes, gzip } in &files {
        println!("{name:<38} {bytes:>9} {gzip:>8}");
    }
    let sum = |size: fn(&File) -> usize| files.iter().map(size).sum::<usize>();
    println!("{:<38} {:>9} {:>8}", "together", sum(|file| file.bytes), sum(|file| file.gzip));
}

/// Opens the site with that many accounts kept; with none, on the sample book.
async fn open(page: &Page, accounts: usize, variety: Variety) {
    page.go("").await;
    // Away first: a page that is left keeps what it knows.
    clear(page).await;
    if accounts > 0 {
        page.store(SNAPSHOT_KEYS[0], &workspaces::kept(accounts, variety)).await;
    }
    page.go("").await;
    page.until_shown(".verdict h1").await;
    page.until("window.noted.answer !== null").await;
}

/// Takes away all that is kept, in both copies.
async fn clear(page: &Page) {
    page.run_async::<()>(
        "localStorage.clear();
         await new Promise((resolve, reject) => {
             const opening = indexedDB.open('holdfast', 1);
             opening.onupgradeneeded = () => opening.result.createObjectStore('texts');
             opening.onerror = () => reject(opening.error);
             opening.onsuccess = () => {
                 const transaction = opening.result.transaction('texts', 'readwrite');
                 transaction.objectStore('texts').clear();
                 transaction.oncomplete = () => { opening.result.close(); resolve(); };
             };
         });",
        &[],
    )
    .await;
}

async fn start(page: &Page, accounts: usize) {
    let mut starts = Vec::new();
    for _ in 0..5 {
        open(page, accounts, Variety::Usual).await;
        page.until("performance.getEntriesByName('first-contentful-paint').length === 1").await;
        let start: Start = page
            .run_async(
                "await new Promise(resolve => requestIdleCallback(resolve));
                 const tasks = window.noted.tasks;
                 return {
                     paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
                     answer: window.noted.answer,
                     longest: Math.max(0, ...tasks.map(task => task.duration)),
                     tasks: tasks.length,
                 };",
                &[],
            )
            .await;
        starts.push(start);
    }
    let median = |figure: fn(&Start) -> f64| quantile(starts.iter().map(figure).collect(), 0.5);
    let name = if accounts == 0 { "sample book".to_owned() } else { format!("{accounts} accounts kept") };
    println!(
        "{name:<28} {:>11.0} {:>14.0} {:>14.0} {:>18.0}",
        median(|it| it.paint),
        median(|it| it.answer),
        median(|it| it.longest),
        median(|it| it.tasks as f64)
    );
}

async fn moves(page: &Page, (accounts, variety): (usize, Variety), seller: &str, slider: &Slider) {
    open(page, accounts, variety).await;
    page.choose(".seller-choice", seller).await;
    let values: Vec<f64> = (0..MOVES + WARM_UP).map(slider.value).collect();
    let moves: Vec<Move> = page
        .run_async(
            MEASURE,
            &[
                json!(format!("input[type=range][aria-label=\"{}\"]", slider.label)),
                json!(format!("#input-{}", slider.key)),
                json!(values),
                json!(WARM_UP),
            ],
        )
        .await;
    let at = |figure: fn(&Move) -> f64, part: f64| quantile(moves.iter().map(figure).collect(), part);
    let kind = if variety == Variety::Greatest { "varied " } else { "" };
    let whose = if seller == "All" { "all sellers" } else { "one seller" };
    println!(
        "{:48} {:>5.1} {:>6.1} {:>6.1} {:>6.1} {:>6.1} {:>5.1} {:>6.1} {:>6.1} {:>6.1}",
        format!("{accounts} {kind}accounts, {whose}, {}", slider.name),
        at(|it| it.handler, 0.5),
        at(|it| it.handler, 0.95),
        at(|it| it.updated, 0.5),
        at(|it| it.updated, 0.95),
        at(|it| it.updated, 1.0),
        at(|it| it.frame, 0.5),
        at(|it| it.frame, 0.95),
        at(|it| it.total, 0.5),
        at(|it| it.total, 0.95),
    );
}

/// The least figure that is not exceeded by this part of all.
fn quantile(mut figures: Vec<f64>, part: f64) -> f64 {
    figures.sort_by(f64::total_cmp);
    let index = (part * figures.len() as f64).ceil() as usize;
    figures[index.clamp(1, figures.len()) - 1]
}
