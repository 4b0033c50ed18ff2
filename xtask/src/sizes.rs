//! How large the built site is, and how large it may be.

use crate::error::{Problem, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// What the programs and styles of the first screen may take together, packed by gzip, in bytes.
const BUDGET: usize = 180_000;

/// The endings of the files that count.
const COUNTED: [&str; 3] = [".wasm", ".js", ".css"];

/// How the files begin that the app fetches when they are wanted, after the first screen.
const LATER: [&str; 5] = ["chunk_", "split_", "worker", "start_worker", "later"];

/// One file of the site.
struct Size {
    /// Its path in the site.
    name: String,
    /// Its bytes.
    raw: usize,
    /// Its bytes when packed.
    gzip: usize,
}

/// Prints each file with its size, then the sum against the budget.
pub fn print(dist: &Path) -> Result<()> {
    let mut sizes = Vec::new();
    collect(dist, "", &mut sizes)?;
    sizes.sort_by(|a, b| b.gzip.cmp(&a.gzip).then_with(|| a.name.cmp(&b.name)));
    print!("{}", table(&sizes));
    Ok(())
}

/// Measures the files of a folder and of those in it.
fn collect(folder: &Path, prefix: &str, sizes: &mut Vec<Size>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Problem::file(folder))? {
        let entry = entry.map_err(Problem::file(folder))?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), sizes)?;
        } else {
            let bytes = fs::read(&path).map_err(Problem::file(&path))?;
            let gzip = packed(&bytes).map_err(Problem::file(&path))?;
            sizes.push(Size { name, raw: bytes.len(), gzip });
        }
    }
    Ok(())
}

/// How many bytes gzip makes of these.
fn packed(bytes: &[u8]) -> std::io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// The lines to print.
fn table(sizes: &[Size]) -> String {
    let width = sizes.iter().map(|size| size.name.len()).max().unwrap_or(0).max(32);
    let line = |name: &str, raw: &str, gzip: &str| format!("{name:width$} {raw:>11} {gzip:>11}\n");
    let mut text = line("file", "size", "gzip");
    for size in sizes {
        text.push_str(&line(&size.name, &kilobytes(size.raw), &kilobytes(size.gzip)));
    }
    let (later, first): (Vec<&Size>, Vec<&Size>) =
        sizes.iter().filter(|size| size.counts()).partition(|size| size.is_later());
    let mut sum = |name: &str, part: &[&Size]| {
        let gzip = part.iter().map(|size| size.gzip).sum();
        text.push_str(&line(name, &kilobytes(part.iter().map(|size| size.raw).sum()), &kilobytes(gzip)));
        gzip
    };
    sum("fetched later", &later);
    let gzip = sum("first screen", &first);
    text.push_str(&verdict(gzip));
    text
}

impl Size {
    /// Whether it is a program or a style.
    fn counts(&self) -> bool {
        COUNTED.iter().any(|ending| self.name.ends_with(ending))
    }

    /// Whether the first screen does without it.
    fn is_later(&self) -> bool {
        let name = self.name.rsplit('/').next().unwrap_or_default();
        LATER.iter().any(|start| name.starts_with(start))
    }
}

/// The sum against the budget, in words.
fn verdict(gzip: usize) -> String {
    let budget = kilobytes(BUDGET);
    match gzip.checked_sub(BUDGET) {
        None | Some(0) => format!("within the budget of {budget}\n"),
        Some(excess) => format!("OVER the budget of {budget} by {}\n", kilobytes(excess)),
    }
}

/// Bytes as thousands of bytes.
fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of the given packed size.
    fn file(name: &str, gzip: usize) -> Size {
        Size { name: name.to_owned(), raw: gzip * 3, gzip }
    }

    #[test]
    fn only_programs_and_styles_of_the_first_screen_count() {
        let files = [
            ("1/app.wasm", 100_000),
            ("1/app.js", 9_000),
            ("a.css", 1_000),
            ("a.svg", 90_000),
            ("1/split_b.wasm", 8_000),
        ];
        let text = table(&files.map(|(name, gzip)| file(name, gzip)));
        let ends = |start: &str, end: &str| text.lines().any(|line| line.starts_with(start) && line.ends_with(end));
        assert!(ends("first screen", "330.0 kB    110.0 kB") && ends("fetched later", "24.0 kB      8.0 kB"), "{text}");
        assert!(text.ends_with("within the budget of 180.0 kB\n"), "{text}");
    }

    #[test]
    fn too_much_is_said_clearly() {
        assert_eq!(verdict(180_000), "within the budget of 180.0 kB\n");
        assert_eq!(verdict(192_300), "OVER the budget of 180.0 kB by 12.3 kB\n");
    }

    #[test]
    fn packing_makes_repetition_small() -> std::io::Result<()> {
        assert!(packed(&[b'a'; 10_000])? < 100);
        Ok(())
    }
}
