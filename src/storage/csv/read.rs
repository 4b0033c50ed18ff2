//! Bytes to a table: limits, encoding, delimiter, headings, rows with their lines.

use super::encoding::{self, Encoding};
use super::file_problem::FileProblem;
use super::heading::is_name;
use super::records::{Record, Records};
use crate::model::book::Book;

/// The largest file that is read: 20 MB.
pub const MAX_BYTES: usize = 20_000_000;

/// The most columns that are read.
pub const MAX_COLUMNS: usize = 1_000;

/// Rows from which the delimiter is told.
const SNIFFED_ROWS: usize = 50;

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    record: Record,
}

impl Row {
    /// A row made of `cells`, as if it began on `line`.
    pub(super) fn of(line: usize, cells: &[String]) -> Row {
        let mut record = Record { line, ..Record::default() };
        for cell in cells {
            record.text.push_str(cell);
            record.ends.push(record.text.len() as u32);
        }
        Row { record }
    }

    /// The line of the file on which the row begins, from 1. A quoted cell with line breaks spans several.
    pub const fn line(&self) -> usize {
        self.record.line
    }

    /// The cell in that column without the blanks around it; empty where the row has none.
    pub fn cell(&self, column: usize) -> &str {
        self.record.cell(column)
    }

    /// The number of cells.
    pub fn width(&self) -> usize {
        self.record.width()
    }

    /// Whether the quotes of the row do not pair up. Its only cell is then the raw line.
    pub const fn has_unpaired_quote(&self) -> bool {
        self.record.unpaired_quote
    }
}

/// A file as headings and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The headings as written; may be empty, may repeat.
    pub headings: Vec<String>,
    /// The rows below, without blank ones.
    pub rows: Vec<Row>,
    /// What stands between cells: a comma, semicolon, tab or bar.
    pub delimiter: char,
    /// How the text was written.
    pub encoding: Encoding,
}

impl Table {
    /// The heading of a column, or `Column 3` where it is empty.
    pub fn heading(&self, column: usize) -> String {
        match self.headings.get(column).map(String::as_str) {
            Some("") | None => format!("Column {}", column + 1),
            Some(heading) => heading.to_owned(),
        }
    }

    /// The cells of a column that hold something.
    pub(super) fn filled(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cell(column)).filter(|cell| !cell.is_empty())
    }
}

/// Reads a file as a table. Lines of blanks (and of nothing but delimiters) are passed over.
///
/// # Errors
/// [`FileProblem`], whose sentence says what to do. A row that cannot be read is no problem of the file: it becomes a
/// row with [`Row::has_unpaired_quote`].
pub fn read_table(bytes: &[u8]) -> Result<Table, FileProblem> {
    if let Some(problem) = FileProblem::of_size(bytes.len() as u64) {
        return Err(problem);
    }
    let (text, encoding) = encoding::decode(bytes).map_err(|kind| FileProblem::NotCsv { kind })?;
    if text.chars().all(|sign| sign.is_whitespace() || matches!(sign, ',' | ';' | '|' | '"')) {
        return Err(FileProblem::Empty);
    }
    if let Some(kind) = encoding::other_text(&text) {
        return Err(FileProblem::NotCsv { kind });
    }
    let (delimiter, first_record) = delimiter_of(&text);
    let mut records = Records::new(&text, delimiter).skip(first_record).filter(|record| !record.is_blank());
    let header = records.next().ok_or(FileProblem::Empty)?;
    let headings = headings_of(&header)?;
    let mut rows = Vec::new();
    let mut count = 0;
    for record in records {
        count += 1;
        if count <= Book::MAX_ACCOUNTS {
            rows.push(Row { record });
        }
    }
    if count > Book::MAX_ACCOUNTS {
        return Err(FileProblem::TooManyRows { rows: count });
    }
    if rows.is_empty() {
        return Err(FileProblem::OnlyHeadings { headings: headings.len() });
    }
    Ok(Table { headings, rows, delimiter: char::from(delimiter), encoding })
}

fn headings_of(header: &Record) -> Result<Vec<String>, FileProblem> {
    if header.unpaired_quote {
        return Err(FileProblem::UnpairedQuote { line: header.line });
    }
    if header.width() > MAX_COLUMNS {
        return Err(FileProblem::TooManyColumns { columns: header.width() });
    }
    // One column may still be a list of names; anything else without a delimiter is prose.
    if header.width() == 1 && !is_name(header.cell(0)) {
        return Err(FileProblem::NoColumns { first_line: header.cell(0).chars().take(60).collect() });
    }
    Ok((0..header.width()).map(|column| header.cell(column).split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

/// The delimiter, and how many records to skip: one if the file begins with Excel's `sep=;`.
///
/// The delimiter is the one under which most of the first rows are as wide as the headings; then the one that gives
/// the most columns.
fn delimiter_of(text: &str) -> (u8, usize) {
    let told = text.lines().next().and_then(|line| line.strip_prefix("sep=")).map(str::as_bytes);
    if let Some(&[delimiter @ (b',' | b';' | b'\t' | b'|')]) = told {
        // Under its own delimiter that line is still one record.
        return (delimiter, 1);
    }
    let fit = |delimiter: &u8| {
        let mut widths =
            Records::new(text, *delimiter).filter(|record| !record.is_blank()).map(|record| record.width());
        let header = widths.next().unwrap_or(0);
        let (alike, all) = widths
            .take(SNIFFED_ROWS)
            .fold((0, 0), |(alike, all), width| (alike + usize::from(width == header), all + 1));
        (header > 1, alike * 100 / usize::max(all, 1), header)
    };
    // `max_by_key` keeps the last of equals, so the comma stands last.
    (b"|\t;,".iter().copied().max_by_key(fit).unwrap_or(b','), 0)
}
