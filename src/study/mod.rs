//! Long work as plain data: what is worked out while nothing moves, in slices, in a worker or on the page itself.
//!
//! An [`Assignment`] says what to find out about which workspace, a [`Study`] does it slice by slice and gives
//! [`Finding`]s, and [`wire`] turns both into numbers that a worker can be sent: no names go along, and nothing is parsed.
//! Pure: no web and no clock, so that the same code runs natively, in the worker and, where there is none, on the page.
//!
//! Invariants: a slice is at most one verdict or one batch of runs, so it ends soon; findings come in the order of what
//! is asked, the sentence first; a study of a workspace whose inputs contradict one another finds nothing.

mod gamed_year;
mod job;
pub mod wire;
mod work;

pub use gamed_year::GamedYear;
pub use work::{Assignment, Comparison, Finding, MapAsked, Study, Topic, counts_rules};
