//! Charts, from results to the words and curves in the picture.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod drawing;
mod pictures;
mod saying;
mod svg;
