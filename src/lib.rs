//! Holdfast.
pub mod charts;
pub mod model;
pub mod state;
pub mod storage;
pub mod text;
pub mod ui;
