//! The shapes that were ever written to storage and files, one module per version, frozen once shipped.
//!
//! A shape is never edited after a release: the next one gets its own module and a one-way migration. Versions 4 to 12
//! share one: 5 writes a cell that is unlike its neighbours in another way, and both ways are read; 6 adds what was edited, 7
//! what happened in the life of an account, 8 plans put by, 9 further rules of plans, 10 the log of decisions, 11 more kinds
//! of rules, 12 who sent a referral, and rules for that and for touches.

pub mod v1;
pub mod v2;
pub mod v3;
pub mod v4;

/// The version that this build writes.
pub const CURRENT: u32 = 12;
