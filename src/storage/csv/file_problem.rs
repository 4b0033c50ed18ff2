//! Why a file cannot be read as a table at all.

use std::fmt;

use super::read::{MAX_BYTES, MAX_COLUMNS};
use crate::model::book::Book;
use crate::text::number::{count, plain};

/// What a file is instead of CSV, told by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A ZIP archive: among others every `.xlsx`, `.docx` and `.numbers`.
    ZipOrExcel,
    /// The binary format of Excel before 2007, `.xls`.
    OldExcel,
    /// A PDF document.
    Pdf,
    /// A PNG, JPEG or GIF picture.
    Picture,
    /// A gzip archive.
    Gzip,
    /// HTML or XML: often a sign-in page that was saved in place of the export.
    WebPage,
    /// JSON.
    Json,
    /// Bytes that are no text.
    Binary,
}

/// Why a file is no table, with what was found; the book is never touched by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// More bytes than [`MAX_BYTES`].
    TooLarge {
        /// The size of the file.
        bytes: u64,
    },
    /// Nothing but blanks.
    Empty,
    /// Another kind of file.
    NotCsv {
        /// What it is.
        kind: FileKind,
    },
    /// Text without columns.
    NoColumns {
        /// Its first line, shortened.
        first_line: String,
    },
    /// Headings without a row below them.
    OnlyHeadings {
        /// The number of headings.
        headings: usize,
    },
    /// A quote that opens in the headings and does not close as it should.
    UnpairedQuote {
        /// The line of the headings.
        line: usize,
    },
    /// More columns than [`MAX_COLUMNS`].
    TooManyColumns {
        /// Columns found.
        columns: usize,
    },
    /// More rows than a book holds accounts.
    TooManyRows {
        /// Rows found, the headings not counted.
        rows: usize,
    },
}

impl FileProblem {
    /// The problem of a file of that size, if it is too large. Ask before reading the file into memory.
    pub fn of_size(bytes: u64) -> Option<FileProblem> {
        (bytes > MAX_BYTES as u64).then_some(FileProblem::TooLarge { bytes })
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FileKind::ZipOrExcel => {
                "This is a ZIP or Excel file, not CSV: in Excel choose File, Save as, CSV UTF-8, and drop that file."
            }
            FileKind::OldExcel => {
                "This is an old Excel file, not CSV: in Excel choose File, Save as, CSV UTF-8, and drop that file."
            }
            FileKind::Pdf => "This is a PDF, not CSV: export the list itself from your CRM as CSV.",
            FileKind::Picture => "This is a picture, not CSV: export the list itself from your CRM as CSV.",
            FileKind::Gzip => "This is a compressed file, not CSV: unpack it and drop the CSV file that is in it.",
            FileKind::WebPage => {
                "This is a web page, not CSV: the export may have saved a sign-in page. Sign in and export again."
            }
            FileKind::Json => "This is JSON, not CSV: export the list from your CRM as CSV.",
            FileKind::Binary => "This is not a text file, so it cannot be CSV: export the list from your CRM as CSV.",
        })
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileProblem::TooLarge { bytes } => write!(
                f,
                "This file has {} MB and at most {} MB are read: export only the columns and accounts that you need.",
                // A file just over the limit must not be shown as the limit.
                plain(libm::ceil(*bytes as f64 / 1e5) / 10.0, 1),
                MAX_BYTES / 1_000_000,
            ),
            FileProblem::Empty => write!(f, "This file is empty: export it again, or choose another one."),
            FileProblem::NotCsv { kind } => kind.fmt(f),
            FileProblem::NoColumns { first_line } => write!(
                f,
                "This file has no columns (its first line is “{first_line}”): choose a CSV file whose first line holds \
                 headings such as Account and Annual value."
            ),
            FileProblem::OnlyHeadings { headings } => write!(
                f,
                "This file has {} but no rows below: check the filter of the export.",
                crate::text::number::counted(*headings, "heading", "headings"),
            ),
            FileProblem::UnpairedQuote { line } => write!(
                f,
                "The quotes in the headings (line {line}) do not pair up, so the columns cannot be told apart: export \
                 the file again, or mend that line in a text editor."
            ),
            FileProblem::TooManyColumns { columns } => write!(
                f,
                "This file has {} columns and at most {} are read: export fewer columns.",
                count(*columns as f64, 0),
                count(MAX_COLUMNS as f64, 0),
            ),
            FileProblem::TooManyRows { rows } => write!(
                f,
                "This file has {} rows and a book holds at most {} accounts: filter the export, for example by team.",
                count(*rows as f64, 0),
                count(Book::MAX_ACCOUNTS as f64, 0),
            ),
        }
    }
}

impl std::error::Error for FileProblem {}
