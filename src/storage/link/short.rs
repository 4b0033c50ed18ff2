//! JSON as short as it can be written.

use std::io;

use serde_json::ser::{CompactFormatter, Formatter};

/// Writes JSON in which whole numbers have no decimals, whatever they are a number of.
pub(super) struct Short;

impl Formatter for Short {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        /// Whole numbers up to this one are written as such.
        const MOST: f64 = 1e15;
        if value == libm::round(value) && value.abs() < MOST {
            write!(writer, "{}", value as i64)
        } else {
            CompactFormatter.write_f64(writer, value)
        }
    }
}
