//! Text that a spreadsheet would take for a formula, kept from being one.

/// What begins a formula, or is passed over before one.
const TRIGGERS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

/// Whether it is a trigger behind any number of apostrophes.
fn is_triggered(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(TRIGGERS)
}

/// The text, with an apostrophe before it if a spreadsheet would take it for a formula (or if the reader would take an
/// apostrophe off that belongs to it).
pub(super) fn put(text: &str) -> String {
    if is_triggered(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`put`] was given.
pub(super) fn take_off(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_triggered(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_put_on_is_taken_off() {
        for text in ["", "a", "=1+1", "'=1", "''@x", "'a", "-5", "\tx", "it's =1", "'"] {
            assert_eq!(take_off(&put(text)), text);
            assert!(!put(text).starts_with(TRIGGERS), "{text}");
        }
        assert_eq!(put("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(put("Ann's"), "Ann's");
    }
}
