//! Text to records: quotes, delimiters and line breaks.
//!
//! Not the `csv` crate's reader, for three things that it does not tell: the line on which a record begins when
//! earlier cells hold line breaks, a quote that is never closed (it would swallow the rest of the file), and where to
//! go on after one. `tests/csv_import.rs` holds both readers against each other.

/// One record, its cells in one string.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Record {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// All cells, one after the other.
    pub text: String,
    /// Where each cell ends in `text`.
    pub ends: Vec<u32>,
    /// Whether its quotes do not pair up; it is then one raw line, and the next line begins a new record.
    pub unpaired_quote: bool,
}

impl Record {
    /// The cell in that column without the blanks around it; empty where the record has none.
    pub(super) fn cell(&self, column: usize) -> &str {
        let end = self.ends.get(column).map(|end| *end as usize);
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        end.and_then(|end| self.text.get(start..end)).unwrap_or("").trim()
    }

    pub(super) fn width(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Where a record begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Bytes before it.
    pub at: usize,
    /// Its line, from 1.
    pub line: usize,
}

/// The records of a text, one by one.
pub(super) struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    at: usize,
    line: usize,
}

impl<'t> Records<'t> {
    pub(super) const fn new(text: &'t str, delimiter: u8) -> Records<'t> {
        Records::from(text, delimiter, Place { at: 0, line: 1 })
    }

    /// The records from a place on to which [`Records::place`] had come.
    pub(super) const fn from(text: &'t str, delimiter: u8, Place { at, line }: Place) -> Records<'t> {
        Records { text, delimiter, at, line }
    }

    /// Where the next record begins.
    pub(super) const fn place(&self) -> Place {
        Place { at: self.at, line: self.line }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn ends_cell(&self) -> bool {
        self.byte().is_none_or(|byte| byte == self.delimiter || matches!(byte, b'\n' | b'\r'))
    }

    fn skip_spaces(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Steps over a line break, if there is one here.
    fn break_line(&mut self) -> bool {
        let length = match (self.byte(), self.text.as_bytes().get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return false,
        };
        self.at += length;
        self.line += 1;
        true
    }

    /// Reads a cell onto `cells`; `false` if its quotes do not pair up.
    fn cell(&mut self, cells: &mut String) -> bool {
        let start = self.at;
        self.skip_spaces();
        if self.byte() == Some(b'"') {
            self.at += 1;
            return self.quoted(cells);
        }
        while !self.ends_cell() {
            self.at += 1;
        }
        cells.push_str(self.text.get(start..self.at).unwrap_or(""));
        true
    }

    /// Reads on after an opening quote.
    fn quoted(&mut self, cells: &mut String) -> bool {
        let mut from = self.at;
        loop {
            match self.byte() {
                None => return false,
                Some(b'"') => {
                    cells.push_str(self.text.get(from..self.at).unwrap_or(""));
                    self.at += 1;
                    if self.byte() != Some(b'"') {
                        self.skip_spaces();
                        return self.ends_cell();
                    }
                    // The second of a pair of quotes stands for itself: it begins the next piece.
                    from = self.at;
                    self.at += 1;
                }
                Some(b'\n' | b'\r') => {
                    self.break_line();
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// The rest of the line at `start` as a record of one cell. Going back costs at most one more reading of the
    /// text: the lines between hold only pairs of quotes, so none of them opens a cell that runs on.
    fn raw_line(&mut self, start: usize, line: usize) -> Record {
        (self.at, self.line) = (start, line);
        while self.byte().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or("").to_owned();
        self.break_line();
        Record { line, ends: vec![text.len() as u32], text, unpaired_quote: true }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let (start, line) = (self.at, self.line);
        self.byte()?;
        let mut record = Record { line, ..Record::default() };
        loop {
            if !self.cell(&mut record.text) {
                return Some(self.raw_line(start, line));
            }
            record.ends.push(record.text.len() as u32);
            if self.byte() == Some(self.delimiter) {
                self.at += 1;
            } else {
                self.break_line();
                return Some(record);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        Records::new(text, b',')
            .map(|record| (record.line, (0..record.width()).map(|column| record.cell(column).to_owned()).collect()))
            .collect()
    }

    fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn lines_are_counted_through_every_kind_of_break() {
        assert_eq!(
            cells("a,\"b\r\nc\"\r\n\r\nd,\"e\"\"\n\"\n f , \"g,h\" \ri"),
            [row(1, &["a", "b\r\nc"]), row(3, &[""]), row(4, &["d", "e\""]), row(6, &["f", "g,h"]), row(7, &["i"])],
        );
        assert_eq!(cells("a,\n"), [row(1, &["a", ""])]);
        assert_eq!(cells(""), []);
    }

    #[test]
    fn an_unpaired_quote_costs_its_own_line_only() {
        let text = "a,1\n\"b,2\nc,3\n\"d\" x,4\n\"e\",5";
        let read: Vec<_> = Records::new(text, b',').map(|record| (record.line, record.unpaired_quote)).collect();
        assert_eq!(read, [(1, false), (2, true), (3, false), (4, true), (5, false)]);
        let text = "a,1\nb 5\" pipe,2\n";
        assert!(Records::new(text, b',').all(|record| !record.unpaired_quote), "a quote inside a cell is a sign");
    }
}
