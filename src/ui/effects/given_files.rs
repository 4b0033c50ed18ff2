//! What a given file holds: a saved workspace, or rows. Rows are read in slices, so that the page goes on meanwhile.

use gloo_timers::future::TimeoutFuture;
use yew::prelude::*;

use super::clock;
use super::files::{GivenFile, NoBytes};
use crate::model::month::Month;
use crate::model::sample::sample_workspace;
use crate::storage::csv::{FileProblem, TableReader};
use crate::storage::{envelope, journal};
use crate::ui::parts::Given;
use crate::ui::shared::Shared;

/// Lines read at once.
const SLICE: usize = 1_000;

/// Reads a file; `on_part` hears which part of it is read between two slices.
///
/// # Errors
/// Why it cannot be used, as a sentence.
pub async fn read(given: GivenFile, on_part: Callback<f64>) -> Result<Given, String> {
    let file = given.name;
    let bytes = given.bytes.map_err(|why| match why {
        NoBytes::TooLarge { bytes } => FileProblem::TooLarge { bytes }.to_string(),
        NoBytes::Unreadable => format!("“{file}” could not be read: is it open in another program?"),
    })?;
    let start = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF));
    if start == Some(b'{') {
        let text = String::from_utf8_lossy(&bytes);
        let kept = journal::read_file(&text, &sample_workspace(Month::of(clock::today())))
            .map_or_else(|| envelope::read(&text), Ok);
        let kept = kept.map_err(|why| why.to_string())?;
        return Ok(Given::Workspace { file, kept: Shared::new(kept) });
    }
    let mut reader = TableReader::open(&bytes).map_err(|why| why.to_string())?;
    while !reader.read_on(SLICE) {
        on_part.emit(reader.part());
        TimeoutFuture::new(0).await;
    }
    let table = reader.finish().map_err(|why| why.to_string())?;
    Ok(Given::Table { file, table: Shared::new(table) })
}
