//! A text with its version and checksum in front, so that damage is noticed wherever it strikes.
//!
//! The first line is `holdfast:<version>:<kind>:<CRC-32 of all else>`, the rest is the content. A checksum of 32 bits finds
//! every change of up to 4 neighbouring bytes, and of others all but one in four thousand million.

use std::fmt;

use super::super::schema::CURRENT;

const FORMAT: &str = "holdfast";

/// What a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole workspace.
    Snapshot,
    /// One change.
    Record,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Kind::Snapshot => "snapshot",
            Kind::Record => "record",
        }
    }
}

/// Why a text cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// It is not what was written, or never was one of ours.
    Damaged(String),
    /// It is whole, and written by a newer version.
    Newer {
        /// Its version.
        version: u32,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Damaged(why) => f.write_str(why),
            Broken::Newer { version } => write!(
                f,
                "This was written by a newer Holdfast (format {version}, this one reads up to {CURRENT}): reload the page \
                 to get the newer version."
            ),
        }
    }
}

impl std::error::Error for Broken {}

fn checksum(version: &str, kind: &str, content: &str) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for part in [version, ":", kind, "\n", content] {
        hasher.update(part.as_bytes());
    }
    hasher.finalize()
}

/// Puts the line in front of `content`.
pub fn seal(kind: Kind, content: &str) -> String {
    let version = CURRENT.to_string();
    let checksum = checksum(&version, kind.word(), content);
    format!("{FORMAT}:{version}:{}:{checksum:08x}\n{content}", kind.word())
}

/// The content of a text that [`seal`] made.
///
/// # Errors
/// [`Broken`] if it is another text by now, of another kind, or of a newer version.
pub fn unseal(kind: Kind, text: &str) -> Result<&str, Broken> {
    let damaged = |why: &str| Broken::Damaged(why.to_owned());
    let (line, content) = text.split_once('\n').ok_or_else(|| damaged("its first line is incomplete"))?;
    let mut parts = line.split(':');
    let mut part = || parts.next().ok_or_else(|| damaged("its first line is incomplete"));
    let (format, version, word, sum) = (part()?, part()?, part()?, part()?);
    if format != FORMAT || parts.next().is_some() || word != kind.word() {
        return Err(damaged("its first line says something else"));
    }
    if sum.len() != 8 || u32::from_str_radix(sum, 16) != Ok(checksum(version, word, content)) {
        return Err(damaged("its checksum differs"));
    }
    match version.parse::<u32>() {
        Ok(version) if version > CURRENT => Err(Broken::Newer { version }),
        Ok(4..) => Ok(content),
        _ => Err(damaged("its version never existed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_and_nothing_else_does() {
        let text = seal(Kind::Record, "{\"a\":1}\n");
        assert_eq!(unseal(Kind::Record, &text), Ok("{\"a\":1}\n"));
        assert!(matches!(unseal(Kind::Snapshot, &text), Err(Broken::Damaged(_))));
        let bytes = text.as_bytes();
        for place in 0..bytes.len() {
            for byte in 0..=127 {
                let mut changed = bytes.to_vec();
                changed[place] = byte;
                let changed = String::from_utf8(changed).unwrap();
                let same_sum = changed.eq_ignore_ascii_case(&text) && changed.split(':').nth(2) == Some("record");
                if changed != text && !same_sum {
                    assert!(matches!(unseal(Kind::Record, &changed), Err(Broken::Damaged(_))), "{place} {byte}");
                }
            }
            assert!(unseal(Kind::Record, &text[..place]).is_err());
        }
    }

    #[test]
    fn a_newer_version_is_told_apart_from_damage() {
        let sum = checksum("1000", "record", "new");
        let newer = format!("holdfast:1000:record:{sum:08x}\nnew");
        assert_eq!(unseal(Kind::Record, &newer), Err(Broken::Newer { version: 1000 }));
        assert!(matches!(unseal(Kind::Record, &newer.replace("new", "old")), Err(Broken::Damaged(_))));
    }
}
