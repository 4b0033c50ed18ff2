//! What a browser keeps survives whatever can happen to it: a crash at any moment, a disk that fails or lies, damage to any
//! byte, and other tabs that change the same workspace.
//!
//! Everything runs natively: [`disk`] stands for the browser's two stores, [`page`] for a tab as the app runs it, and every
//! case is drawn from one number, which a miss prints. With `HOLDFAST_SOAK=1` the numbers are new ones and many more.

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

mod crash;
mod damage;
mod disk;
mod failing;
mod history;
mod mutate;
mod page;
mod size;
mod tabs;
mod undo;
