//! Text for one line: what a name or a note may hold.

/// One line of text: control characters, and the invisible ones that change the direction or hide, become blanks, and
/// several blanks one. Markup and formulas stay what they are: text.
pub(super) fn one_line(text: &str) -> String {
    let visible = |sign: char| if hides(sign) { ' ' } else { sign };
    let mut line = String::with_capacity(text.len());
    for word in text.chars().map(visible).collect::<String>().split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Several lines of text, word for word: whatever ends a line becomes one sign, and what cannot be seen a blank.
pub(super) fn lines(text: &str) -> String {
    let visible = |sign: char| if sign.is_control() && !matches!(sign, '\n' | '\t') { ' ' } else { sign };
    text.replace("\r\n", "\n").replace('\r', "\n").chars().map(visible).collect()
}

/// Whether one line of text would lose more than blanks between words.
pub(super) fn has_hidden(text: &str) -> bool {
    text.chars().any(hides)
}

fn hides(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The first `longest` characters, and whether that is all.
pub(super) fn cut(text: &str, longest: usize) -> (&str, bool) {
    match text.char_indices().nth(longest) {
        Some((end, _)) => (text.get(..end).unwrap_or(text).trim_end(), false),
        None => (text, true),
    }
}

/// What of a cell a sentence quotes.
pub(super) fn quoted(cell: &str) -> String {
    let line = one_line(cell);
    match cut(&line, 40) {
        (start, false) => format!("“{start}…”"),
        (all, true) => format!("“{all}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_signs_become_blanks_and_markup_stays() {
        assert_eq!(one_line(" a\r\n\tb\u{202e}c\u{a0}d "), "a b c d");
        assert_eq!(one_line("<script>alert(1)</script>"), "<script>alert(1)</script>");
        assert_eq!(lines("a\r\n\tb\rc\0d\n"), "a\n\tb\nc d\n");
        assert_eq!(cut("éé é", 3), ("éé", false));
        assert_eq!(cut("éé", 2), ("éé", true));
    }
}
