//! How large the built site is, and how large it may be.

use crate::error::{Problem, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// What the site's programs and styles may take together, packed by gzip, in bytes.
const BUDGET: usize = 180_000;

/// The endings of the files that count.
const COUNTED: [&str; 3] = [".wasm", ".js", ".css"];

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
    let counted = || sizes.iter().filter(|size| COUNTED.iter().any(|ending| size.name.ends_with(ending)));
    let raw: usize = counted().map(|size| size.raw).sum();
    let gzip: usize = counted().map(|size| size.gzip).sum();
    text.push_str(&line("programs and styles", &kilobytes(raw), &kilobytes(gzip)));
    text.push_str(&verdict(gzip));
    text
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
    fn only_programs_and_styles_count() {
        let text =
            table(&[file("app.wasm", 100_000), file("app.js", 9_000), file("a.css", 1_000), file("a.svg", 90_000)]);
        let sum = text.lines().find(|line| line.starts_with("programs and styles"));
        assert!(sum.is_some_and(|line| line.ends_with("330.0 kB    110.0 kB")), "{text}");
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
