//! Bytes to a table: limits, encoding, delimiter, headings, rows with their lines.

use super::encoding::{self, Encoding};
use super::file_problem::FileProblem;
use super::heading::is_name;
use super::records::{Place, Record, Records};
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
    let mut reader = TableReader::open(bytes)?;
    reader.read_on(usize::MAX);
    reader.finish()
}

/// A file on its way to a [`Table`], some rows at a time: opened, read on until the end is reached, finished.
#[derive(Debug)]
pub struct TableReader {
    text: String,
    encoding: Encoding,
    delimiter: u8,
    headings: Vec<String>,
    /// Where the next record begins.
    place: Place,
    rows: Vec<Row>,
    /// Rows so far; [`Book::MAX_ACCOUNTS`] of them are kept.
    count: usize,
}

impl TableReader {
    /// Decodes a file and reads its headings.
    ///
    /// # Errors
    /// As for [`read_table`].
    pub fn open(bytes: &[u8]) -> Result<TableReader, FileProblem> {
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
        let mut records = Records::new(&text, delimiter);
        let header = records.by_ref().skip(first_record).find(|record| !record.is_blank()).ok_or(FileProblem::Empty)?;
        let (headings, place) = (headings_of(&header)?, records.place());
        Ok(TableReader { text, encoding, delimiter, headings, place, rows: Vec::new(), count: 0 })
    }

    /// Reads up to so many lines more; whether that was the end of the file.
    pub fn read_on(&mut self, records: usize) -> bool {
        let mut from = Records::from(&self.text, self.delimiter, self.place);
        for record in from.by_ref().take(records).filter(|record| !record.is_blank()) {
            self.count += 1;
            if self.count <= Book::MAX_ACCOUNTS {
                self.rows.push(Row { record });
            }
        }
        self.place = from.place();
        self.place.at >= self.text.len()
    }

    /// The part of the file that is read, from 0 to 1.
    pub fn part(&self) -> f64 {
        self.place.at as f64 / self.text.len().max(1) as f64
    }

    /// The table of what was read.
    ///
    /// # Errors
    /// If there are too many rows, or none.
    pub fn finish(self) -> Result<Table, FileProblem> {
        if self.count > Book::MAX_ACCOUNTS {
            return Err(FileProblem::TooManyRows { rows: self.count });
        }
        if self.rows.is_empty() {
            return Err(FileProblem::OnlyHeadings { headings: self.headings.len() });
        }
        let TableReader { headings, rows, encoding, delimiter, .. } = self;
        Ok(Table { headings, rows, delimiter: char::from(delimiter), encoding })
    }
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
