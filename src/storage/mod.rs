//! The only code that knows keys, files and JSON.
//!
//! [`journal`] keeps the workspace in a [`store`] and a mirror of it; [`envelope`] is the file that a user saves;
//! [`schema`] holds the frozen shapes; [`link`] packs a plan without names into an address; [`csv`] reads customers from
//! other systems and writes them for spreadsheets, [`workbook`] with live formulas.
//!
//! Invariants: nothing is written before a good load; what cannot be read is never overwritten; every number that is
//! read passes the model's ranges; no name of a customer or seller is in a link.

pub mod csv;
pub mod envelope;
pub mod journal;
pub mod link;
pub mod preferences;
pub mod report;
pub mod schema;
pub mod store;
pub mod workbook;
