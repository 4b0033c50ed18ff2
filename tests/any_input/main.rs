//! Whatever is typed, pasted or dropped is taken as it was meant or refused with a sentence: no panic, no number out of its
//! range, no row that vanishes.
//!
//! Each case is a text of a good kind that has been changed, drawn from one number, which a miss prints.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

#[path = "../fixtures/draw.rs"]
mod draw;
#[path = "../fixtures/generate.rs"]
mod generate;
#[path = "../fixtures/mutation.rs"]
mod mutation;

mod numbers;
mod tables;
