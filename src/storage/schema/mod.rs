//! The shapes that were ever written to storage and files, one module per version, frozen once shipped.
//!
//! A shape is never edited after a release: the next one gets its own module and a one-way migration. Versions 4 and 5
//! share one: they differ only in how a column writes a cell that is unlike its neighbours, and both ways are read.

pub mod v1;
pub mod v2;
pub mod v3;
pub mod v4;

/// The version that this build writes.
pub const CURRENT: u32 = 5;
