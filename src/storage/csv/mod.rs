//! Reads customers out of the CSV files of other systems: bytes in, a new book out, and every row accounted for.
//!
//! Four steps, each a plain function: [`read_table`] (bytes to rows with line numbers; deals are put together by account
//! with [`roll_up`]), [`propose`] (which heading
//! feeds which [`Field`], and what only the user can say), [`preview`] (every row becomes an account or a problem) and
//! [`apply`] (the new book; one undo step of the caller's). The two that take long for large files can also be had in slices:
//! [`TableReader`] and [`Previewing`].
//!
//! Invariants: rows of the table = accounts + problems of the preview; no row and no
//! written cell is left out or replaced without a sentence that says so; what was edited in the book stays unless the mapping
//! says otherwise; a cell is only ever text, never a formula, markup or an instruction; no input panics.
//!
//! A log of touches goes another way: [`read_touches`]. And the way out: [`write_accounts`], from which an import makes the same accounts again.
//!
//! Not here: the choice of when to import. A new dialect is a new
//! [`Recognised`] with its words in `heading.rs`; a new way to write a number or a date goes to `amount.rs` or `date.rs`.

mod amount;
mod apply;
mod date;
mod deals;
mod encoding;
mod file_problem;
mod guard;
mod heading;
mod mapping;
mod note;
mod preview;
mod previewing;
mod propose;
mod read;
mod records;
mod remembered;
mod row;
mod standing;
mod tidy;
mod touches;
mod word;
mod write;

pub use apply::apply;
pub use date::DateOrder;
pub use deals::{RolledUp, roll_up};
pub use encoding::Encoding;
pub use file_problem::{FileKind, FileProblem};
pub use mapping::{AnnualValueFrom, Field, Mapping};
pub use preview::{Change, Currencies, ImportedAccount, MappingProblem, Preview, RowProblem, RowRemark, Standings};
pub use previewing::{Previewing, preview};
pub use propose::{Proposal, Question, Recognised, propose, questions};
pub use read::{MAX_BYTES, MAX_COLUMNS, Row, Table, TableReader, read_table};
pub use remembered::{MAPPINGS_KEY, Remembered};
pub use touches::{TouchLog, read_touches};
pub use write::{Spreadsheet, write_accounts, write_list};
