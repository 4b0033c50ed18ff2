//! Numbers in the place of names. What the program asks of the browser is named with words and 16 digits of a hash each,
//! which no packing makes much smaller; counted through, the first screen is 5 kB less for a phone to fetch.

use crate::error::{Problem, Result};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How such a name begins.
const NAME: &[u8] = b"__wbg_";
/// Digits of the hash at its end.
const DIGITS: usize = 16;

/// Numbers the names that scripts and programs of `folder` share. A name keeps its length, so that a program stays as it
/// is otherwise.
pub fn number_in(folder: &Path) -> Result<()> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for entry in fs::read_dir(folder).map_err(Problem::file(folder))? {
        let file = entry.map_err(Problem::file(folder))?.path();
        if file.extension().is_some_and(|ending| ending == "js" || ending == "wasm") {
            let bytes = fs::read(&file).map_err(Problem::file(&file))?;
            files.push((file, bytes));
        }
    }
    files.sort();
    let scripts = files.iter().filter(|(file, _)| file.extension().is_some_and(|ending| ending == "js"));
    let numbers = numbers(scripts.map(|(_, script)| script.as_slice()));
    for (file, mut bytes) in files {
        renumber(&mut bytes, &numbers);
        fs::write(&file, bytes).map_err(Problem::file(&file))?;
    }
    Ok(())
}

/// The names in `scripts`, each with a number as long, in the order in which they come.
fn numbers<'a>(scripts: impl Iterator<Item = &'a [u8]>) -> HashMap<Vec<u8>, Vec<u8>> {
    let mut numbers: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
    for script in scripts {
        for place in places(script) {
            let run = run_at(script, place);
            let name = run.get(..run.len().saturating_sub(DIGITS)).filter(|_| ends_in_hash(run));
            if let Some(words) = name.and_then(|name| name.get(NAME.len()..)) {
                let (words, number) = ("_".repeat(words.len()), format!("{:0DIGITS$}", numbers.len()));
                let number = [NAME, words.as_bytes(), number.as_bytes()].concat();
                numbers.entry(run.to_vec()).or_insert(number);
            }
        }
    }
    numbers
}

/// Where names begin; one within another is none.
fn places(bytes: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut end = 0;
    for (place, window) in bytes.windows(NAME.len()).enumerate() {
        if place >= end && window == NAME {
            places.push(place);
            end = place + run_at(bytes, place).len();
        }
    }
    places
}

/// What a name that begins at `place` may consist of.
fn run_at(bytes: &[u8], place: usize) -> &[u8] {
    let rest = bytes.get(place..).unwrap_or_default();
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    rest.get(..length).unwrap_or_default()
}

fn ends_in_hash(name: &[u8]) -> bool {
    let Some((words, hash)) = name.len().checked_sub(DIGITS).and_then(|end| name.split_at_checked(end)) else {
        return false;
    };
    words.len() >= NAME.len() && words.ends_with(b"_") && hash.iter().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// Puts the numbers in. Behind a name in a program there may be a letter that is none of it.
fn renumber(bytes: &mut [u8], numbers: &HashMap<Vec<u8>, Vec<u8>>) {
    for place in places(bytes) {
        let run = run_at(bytes, place);
        let ends = (NAME.len()..=run.len()).rev().filter_map(|end| run.get(..end));
        let number = ends.filter(|name| ends_in_hash(name)).find_map(|name| numbers.get(name));
        if let Some(number) = number.cloned()
            && let Some(name) = bytes.get_mut(place..place + number.len())
        {
            name.copy_from_slice(&number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_both_know_are_numbered_and_keep_their_length() {
        let script = b"{__wbg_new_cd4348290afae586:a,__wbg__wbg_cb_09736879a3f67559:b,__wbg_new_cd4348290afae586_x:c,__wbg_get:d}";
        let numbers = numbers([script.as_slice()].into_iter());
        assert_eq!(numbers.len(), 2, "a name that only holds a hash somewhere is none");
        let mut numbered = *script;
        renumber(&mut numbered, &numbers);
        let expected = "{__wbg_____0000000000000000:a,__wbg_________0000000000000001:b,__wbg_____0000000000000000_x:c,__wbg_get:d}";
        assert_eq!(String::from_utf8_lossy(&numbered), expected);

        // A letter behind the name, a name that nobody knows, and one that is cut off.
        let mut program = *b"\x1a__wbg_new_cd4348290afae586z\x01__wbg_ffffffffffffffff\x00__wbg_cb_09736879a3f6755";
        renumber(&mut program, &numbers);
        let expected = *b"\x1a__wbg_____0000000000000000z\x01__wbg_ffffffffffffffff\x00__wbg_cb_09736879a3f6755";
        assert_eq!(program, expected);
        renumber(&mut [], &numbers);
    }

    #[test]
    fn names_with_the_same_hash_stay_apart() {
        let script = b"__wbg_get_cd4348290afae586,__wbg_set_cd4348290afae586";
        let numbers = numbers([script.as_slice()].into_iter());
        let mut numbered = *script;
        renumber(&mut numbered, &numbers);
        assert_eq!(&numbered, b"__wbg_____0000000000000000,__wbg_____0000000000000001");
    }
}
