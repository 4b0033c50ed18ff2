//! Six plans on a book: how long a comparison takes, and the numbers that the gap hangs on with a map; and how evenly the page
//! draws its frames meanwhile.

use serde::Deserialize;

use crate::quantile;
use crate::stage::Page;

const FRAMES: &str = include_str!("frames.js");

/// What the page did until something was there.
#[derive(Deserialize)]
struct Wait {
    /// How long that took, milliseconds.
    took: f64,
    /// From each frame to the next, milliseconds.
    frames: Vec<f64>,
}

/// Opens the Compare page of what is kept, then has the numbers weighed.
pub async fn compares(page: &Page, accounts: usize) {
    page.go("#/compare").await;
    let all_known = "document.querySelector('.compare .card')?.dataset.waits === 'false'
        && document.querySelectorAll('.compared tbody tr:last-child td')[5]?.textContent !== ''";
    until(page, &format!("{accounts} accounts, six plans compared"), all_known).await;
    page.press("Work it out").await;
    let all_weighed = "document.querySelectorAll('.map rect').length === 17 * 13
        && [...document.querySelectorAll('.tornado td.words')].every(it => it.textContent !== '…')";
    until(page, &format!("{accounts} accounts, weighed, with a map"), all_weighed).await;
}

async fn until(page: &Page, name: &str, condition: &str) {
    let Wait { took, frames } = page.run_async(&FRAMES.replace("CONDITION", condition), &[]).await;
    let late = frames.iter().filter(|frame| **frame > 25.0).count();
    println!(
        "{name:<44} {took:>9.0} {:>8.1} {:>8.1} {:>8.1} {:>10} of {}",
        quantile(frames.clone(), 0.5),
        quantile(frames.clone(), 0.95),
        quantile(frames.clone(), 1.0),
        late,
        frames.len()
    );
}
