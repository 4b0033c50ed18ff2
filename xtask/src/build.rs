//! `cargo xtask build`: the site as it is published, in `dist/`.

use crate::error::{Problem, Result};
use crate::process;
use crate::project::Project;
use crate::setup::{SiteTools, small_std};
use crate::sizes;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The page for a build without wasm-opt, beside `index.html`.
const PLAIN_INDEX: &str = ".index-plain.html";

/// Builds the site for release and tells its size.
pub fn site(project: &Project, tools: &SiteTools) -> Result<()> {
    println!("building the site");
    let dist = project.dist();
    remove_old(&dist)?;
    let plain = if tools.wasm_opt { None } else { Some(PlainIndex::write(project.root())?) };

    let small = tools.small_std && run_trunk(project, tools, plain.is_some(), true).is_ok();
    if !small {
        if tools.small_std {
            println!("building once more with the standard library as it comes: the site is about a tenth larger");
            remove_old(&dist)?;
        }
        run_trunk(project, tools, plain.is_some(), false)?;
    }
    sizes::print(&dist)
}

fn run_trunk(project: &Project, tools: &SiteTools, plain: bool, small: bool) -> Result<()> {
    let mut trunk = tools.command("trunk", project)?;
    trunk.arg("build");
    if plain {
        trunk.args([PLAIN_INDEX, "--html-output", "index.html"]);
    }
    trunk.args(["--release", "--offline"]);
    // Trunk reads this variable as a switch and stops at the usual `1`.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    let mut flags: Vec<String> = cargo_home().and_then(|home| without_path(&home)).into_iter().collect();
    if small {
        small_std::apply(&mut trunk);
        flags.push(small_std::FLAGS.to_owned());
    }
    if !flags.is_empty() {
        // Added to the flags in `.cargo/config.toml`, which `RUSTFLAGS` would replace.
        trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
    }
    process::run(&mut trunk)
}

/// Empties the place of the site, so that nothing of an earlier build is published with it.
fn remove_old(dist: &Path) -> Result<()> {
    match fs::remove_dir_all(dist) {
        Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(Problem::file(dist)(reason)),
        _ => Ok(()),
    }
}

/// Where cargo keeps the sources of crates.
fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// The compiler's flag that writes `cargo` for this folder. Messages of crates name their source file: the site is to
/// be the same wherever it is built, and to tell nobody the builder's name. A path with a space cannot be said in the
/// variable and stays.
fn without_path(folder: &Path) -> Option<String> {
    let folder = folder.to_str().filter(|text| !text.contains(char::is_whitespace))?;
    Some(format!("--remap-path-prefix={folder}=cargo"))
}

/// The page that asks for no wasm-opt. The file is there as long as this value is.
struct PlainIndex(PathBuf);

impl PlainIndex {
    /// Writes the file beside `index.html`.
    fn write(root: &Path) -> Result<PlainIndex> {
        let original = root.join("index.html");
        let text = fs::read_to_string(&original).map_err(Problem::file(&original))?;
        let path = root.join(PLAIN_INDEX);
        fs::write(&path, without_wasm_opt(&text)).map_err(Problem::file(&path))?;
        Ok(PlainIndex(path))
    }
}

impl Drop for PlainIndex {
    fn drop(&mut self) {
        // The file is ignored by git and written anew each time: one that stays does no harm.
        let _ = fs::remove_file(&self.0);
    }
}

/// The page's text with every level of wasm-opt set to `0`, which means: do not run it.
fn without_wasm_opt(page: &str) -> String {
    const ATTRIBUTE: &str = "data-wasm-opt=\"";
    let mut parts = page.split(ATTRIBUTE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('"').map_or("", |(_, rest)| rest);
        text.push_str(ATTRIBUTE);
        text.push_str("0\"");
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_levels_of_wasm_opt_change() {
        let page = r#"<link rel="rust" data-wasm-opt="z"><link data-wasm-opt="4" rel="rust"><p title="z">"#;
        let plain = r#"<link rel="rust" data-wasm-opt="0"><link data-wasm-opt="0" rel="rust"><p title="z">"#;
        assert_eq!(without_wasm_opt(page), plain);
        assert_eq!(without_wasm_opt("<p>"), "<p>");
    }

    #[test]
    fn the_cargo_home_is_kept_out_of_the_site() {
        let flag = without_path(Path::new("/home/ann/.cargo"));
        assert_eq!(flag.as_deref(), Some("--remap-path-prefix=/home/ann/.cargo=cargo"));
        assert_eq!(without_path(Path::new("/home/ann marie/.cargo")), None);
    }

    #[test]
    fn every_program_of_the_real_page_has_a_level_to_change() {
        let plain = without_wasm_opt(include_str!("../../index.html"));
        let programs = plain.matches("rel=\"rust\"").count();
        assert!(programs > 0);
        assert_eq!(plain.matches("data-wasm-opt=\"0\"").count(), programs, "a link without data-wasm-opt: add it");
    }
}
