//! Bytes to text: UTF-8, UTF-16 with a byte-order mark, or else Windows-1252.

use super::file_problem::FileKind;

/// How the text of a file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark; plain ASCII too.
    Utf8,
    /// UTF-16 with a byte-order mark: what Excel calls Unicode text.
    Utf16,
    /// The Western European code page of Windows: what is not UTF-8.
    Windows1252,
}

/// What Windows-1252 has at 0x80 to 0x9F; the five that it leaves free stay control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', //
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file without its byte-order mark, or what the file is if it is no text.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), FileKind> {
    if let Some(kind) = signature(bytes) {
        return Err(kind);
    }
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes), Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes), Encoding::Utf16),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => (text.to_owned(), Encoding::Utf8),
                Err(_) => (bytes.iter().copied().map(windows_1252).collect(), Encoding::Windows1252),
            }
        }
    };
    if is_binary(&text) { Err(FileKind::Binary) } else { Ok((text, encoding)) }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|sign| sign.unwrap_or('\u{fffd}')).collect()
}

fn signature(bytes: &[u8]) -> Option<FileKind> {
    const SIGNATURES: [(&[u8], FileKind); 9] = [
        (b"PK\x03\x04", FileKind::ZipOrExcel),
        (b"PK\x05\x06", FileKind::ZipOrExcel),
        (b"\xd0\xcf\x11\xe0", FileKind::OldExcel),
        (b"%PDF-", FileKind::Pdf),
        (b"\x89PNG", FileKind::Picture),
        (b"\xff\xd8\xff", FileKind::Picture),
        (b"GIF8", FileKind::Picture),
        (b"\x1f\x8b", FileKind::Gzip),
        (b"\0asm", FileKind::Binary),
    ];
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// Text has no NUL, and hardly any other control characters (a few may hide in pasted notes).
fn is_binary(text: &str) -> bool {
    let control = |sign: &char| sign.is_ascii_control() && !matches!(sign, '\t' | '\r' | '\n');
    text.contains('\0') || text.chars().filter(control).count() * 50 > text.len()
}

/// Markup and JSON, told by how the text begins.
pub(super) fn other_text(text: &str) -> Option<FileKind> {
    // The first sign and the next that is no blank: `<h`, `{"`, `[{`.
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace()).take(2);
    match (signs.next(), signs.next()) {
        (Some('<'), Some('!' | '?' | 'a'..='z' | 'A'..='Z')) => Some(FileKind::WebPage),
        (Some('{'), Some('"' | '}')) | (Some('['), Some('"' | '{' | '[' | ']')) => Some(FileKind::Json),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_reads_the_same_in_every_encoding() {
        let utf16_le = [0xff, 0xfe, b'S', 0, 0xf6, 0, b'h', 0, 0xac, 0x20];
        let utf16_be = [0xfe, 0xff, 0, b'S', 0, 0xf6, 0, b'h', 0x20, 0xac];
        for (bytes, encoding) in [
            (&b"S\xc3\xb6h\xe2\x82\xac"[..], Encoding::Utf8),
            (b"\xef\xbb\xbfS\xc3\xb6h\xe2\x82\xac", Encoding::Utf8),
            (b"S\xf6h\x80", Encoding::Windows1252),
            (&utf16_le, Encoding::Utf16),
            (&utf16_be, Encoding::Utf16),
        ] {
            assert_eq!(decode(bytes), Ok(("Söh€".to_owned(), encoding)));
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b"Account,Annual value\nA\0,5"), Err(FileKind::Binary));
        assert_eq!(decode(b"\x01\x02\x03\x04abc"), Err(FileKind::Binary));
        assert_eq!(decode(b"PK\x03\x04..."), Err(FileKind::ZipOrExcel));
        assert_eq!(other_text("  <!doctype html>"), Some(FileKind::WebPage));
        assert_eq!(other_text("[{\"a\": 1}]"), Some(FileKind::Json));
        assert_eq!(other_text("Name,<5"), None);
    }
}
