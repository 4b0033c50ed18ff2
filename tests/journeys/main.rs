//! Journeys through the built site, as a person makes them: a real browser, real keys and files, the site below a path.
//!
//! `cargo xtask test` builds the site and tells by `HOLDFAST_DIST`, `CHROMEDRIVER`, `CHROME` and `HOLDFAST_AXE` where
//! things are. Every journey also fails if a console shows an error, a warning or a policy report, if a file is missing
//! or if anything is asked from another server: [`stage::drive`] sees to it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

mod accounts;
mod barriers;
mod compare;
mod decisions;
mod every_figure;
mod explain;
mod files;
mod imports;
mod keeping;
mod keyboard;
mod kills;
mod ledger;
mod luck;
mod main_journey;
mod mute;
mod names;
mod numbers;
mod parts;
mod payloads;
mod plans;
mod ranges;
mod records;
mod rescue;
mod rules;
mod sharing;
mod stage;
mod tabs;
mod worker;
