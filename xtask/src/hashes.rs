//! Numbers in the place of hashes. What the program asks of the browser is named with 16 digits of a hash each, which no
//! packing makes smaller; counted through, the first screen is 4 kB less for a phone to fetch.

use crate::error::{Problem, Result};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How such a name begins.
const NAME: &[u8] = b"__wbg_";
/// Digits of a hash.
const DIGITS: usize = 16;

/// Numbers the hashes in the names that scripts and programs of `folder` share. A name keeps its length, so that a program
/// stays as it is otherwise.
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

type Hash = [u8; DIGITS];

/// A number for every hash of a name in `scripts`, in the order in which they come.
fn numbers<'a>(scripts: impl Iterator<Item = &'a [u8]>) -> HashMap<Hash, Hash> {
    let mut numbers = HashMap::new();
    for script in scripts {
        for (start, _) in script.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME) {
            let name = script.get(start..).unwrap_or_default();
            let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
            let hash = name.get(..length).and_then(|name| hash_at(name, length.checked_sub(DIGITS + 1)?));
            if let Some(hash) = hash {
                let number = format!("{:0DIGITS$}", numbers.len());
                numbers.entry(hash).or_insert_with(|| number.as_bytes().try_into().unwrap_or(hash));
            }
        }
    }
    numbers
}

/// The hash behind the `_` at `place`.
fn hash_at(bytes: &[u8], place: usize) -> Option<Hash> {
    let (line, hash) = bytes.get(place..place + 1 + DIGITS)?.split_first()?;
    let is_hash = *line == b'_' && hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_hash { hash.try_into().ok() } else { None }
}

/// Puts the numbers in.
fn renumber(bytes: &mut [u8], numbers: &HashMap<Hash, Hash>) {
    for place in 0..bytes.len().saturating_sub(DIGITS) {
        let number = hash_at(bytes, place).and_then(|hash| numbers.get(&hash));
        if let (Some(number), Some(hash)) = (number, bytes.get_mut(place + 1..place + 1 + DIGITS)) {
            hash.copy_from_slice(number);
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
        let expected = "{__wbg_new_0000000000000000:a,__wbg__wbg_cb_0000000000000001:b,__wbg_new_0000000000000000_x:c,__wbg_get:d}";
        assert_eq!(String::from_utf8_lossy(&numbered), expected);

        let mut program = *b"\x1a__wbg_new_cd4348290afae586\x00\x01_ffffffffffffffff_09736879a3f6755";
        renumber(&mut program, &numbers);
        let expected = *b"\x1a__wbg_new_0000000000000000\x00\x01_ffffffffffffffff_09736879a3f6755";
        assert_eq!(program, expected);
        renumber(&mut [], &numbers);
    }
}
