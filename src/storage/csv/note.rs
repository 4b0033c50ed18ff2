//! Notes made of columns: `City: Leeds; Industry: GLASS`.

use super::tidy::{cut, one_line};

/// The length in characters up to which an import adds to notes.
pub(super) const MAX_NOTES: usize = 2_000;

/// The longest part that one column adds.
const MAX_SEGMENT: usize = 500;

/// The most of a heading that a part begins with: it must fit, or the part would not be known again.
const MAX_HEADING: usize = 80;

/// Between the parts of notes.
const JOINT: &str = "; ";

/// Notes after an import, and whether everything went in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Merged {
    pub notes: String,
    pub complete: bool,
}

/// Puts a part for each heading and cell into notes. A part with that heading that is there already is replaced,
/// others follow at the end; what the user wrote stays.
pub(super) fn merge(notes: &str, columns: &[(String, &str)]) -> Merged {
    let mut parts: Vec<String> = notes.split(JOINT).map(str::to_owned).filter(|_| !notes.is_empty()).collect();
    let mut replaced = vec![false; parts.len()];
    let mut length: usize = notes.chars().count();
    let mut complete = true;
    for (heading, cell) in columns {
        // A semicolon would end the part, so inside it becomes a comma.
        let heading = one_line(heading).replace(';', ",").replace(": ", " ");
        let start = format!("{}: ", cut(&heading, MAX_HEADING).0);
        let said = one_line(cell).replace(';', ",");
        if said.is_empty() {
            continue;
        }
        let whole = format!("{start}{said}");
        let (part, uncut) = cut(&whole, MAX_SEGMENT);
        complete &= uncut;
        let own =
            parts.iter_mut().zip(replaced.iter_mut()).find(|(old, replaced)| !**replaced && old.starts_with(&start));
        if let Some((old, replaced)) = own {
            old.clear();
            old.push_str(part);
            *replaced = true;
        } else if length + part.chars().count() + JOINT.len() <= MAX_NOTES {
            length += part.chars().count() + JOINT.len();
            parts.push(part.to_owned());
        } else {
            complete = false;
        }
    }
    Merged { notes: parts.join(JOINT), complete }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(notes: &str, columns: &[(&str, &str)]) -> Merged {
        let columns: Vec<_> = columns.iter().map(|(heading, cell)| ((*heading).to_owned(), *cell)).collect();
        merge(notes, &columns)
    }

    #[test]
    fn a_second_import_replaces_its_own_parts_and_keeps_the_users() {
        let first = [("City", "Leeds"), ("Street", "1 Main St; Unit 2\nBack")];
        let notes = merged("", &first).notes;
        assert_eq!(notes, "City: Leeds; Street: 1 Main St, Unit 2 Back");
        assert_eq!(merged(&notes, &first).notes, notes);
        let notes = merged(&format!("{notes}; call on Mondays"), &[("City", "York")]).notes;
        assert_eq!(notes, "City: York; Street: 1 Main St, Unit 2 Back; call on Mondays");
        let notes = merged("", &[("Phone", "1"), ("Phone", "2")]).notes;
        assert_eq!(notes, "Phone: 1; Phone: 2", "two columns may have one heading");
        assert_eq!(merged(&notes, &[("Phone", "1"), ("Phone", "2")]).notes, notes);
    }

    #[test]
    fn notes_stay_short_and_never_lose_what_was_there() {
        let long = "x".repeat(3_000);
        let Merged { notes, complete } = merged(&long, &[("City", "Leeds")]);
        assert_eq!((notes, complete), (long.clone(), false));
        let Merged { notes, complete } = merged("", &[("City", &long), ("Zip", "1")]);
        assert_eq!((notes.len(), complete), (MAX_SEGMENT + "; Zip: 1".len(), false));
    }
}
