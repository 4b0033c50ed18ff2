//! The outside world: clock, files, storage, address, drawing surface. Everything that touches a browser API is here.

pub mod address;
pub mod canvas;
pub mod clock;
pub mod comparing;
pub mod files;
pub mod given_files;
pub mod keep;
mod lock;
pub mod mappings;
mod mirror;
pub mod saving;
pub mod screen;
pub mod study;
pub mod studying;
pub mod topics;
pub mod worker;
