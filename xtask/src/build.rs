//! `cargo xtask build`: the site as it is published, in `dist/`.

use crate::error::{Problem, Result};
use crate::hashes;
use crate::minify;
use crate::parts;
use crate::process;
use crate::project::Project;
use crate::setup::{SiteTools, small_std};
use crate::sizes;
use crate::worker;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the site for release and tells its size.
pub fn site(project: &Project, tools: &SiteTools) -> Result<()> {
    println!("building the site");
    let dist = project.dist();
    remove_old(&dist)?;
    let small = tools.small_std && run_trunk(project, tools, true).is_ok();
    if !small {
        if tools.small_std {
            println!("building once more with the standard library as it comes: the site is about a tenth larger");
            remove_old(&dist)?;
        }
        run_trunk(project, tools, false)?;
    }
    let folder = parts::put_in(project, tools, &linked(project))?;
    worker::put_in(project, tools, &folder, small)?;
    hashes::number_in(&folder)?;
    if tools.esbuild {
        minify::site(project, tools, &dist)?;
    }
    sizes::print(&dist)
}

/// Where cargo leaves what it builds for the browser, by profile.
pub fn target(project: &Project) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    project.root().join(target).join("wasm32-unknown-unknown")
}

/// Where cargo leaves the program that it linked for Trunk.
fn linked(project: &Project) -> PathBuf {
    target(project).join("release/holdfast.wasm")
}

/// Sets the flags of the compiler: `own` and those that all programs of the site share.
pub fn set_flags(command: &mut Command, own: &str, small: bool) {
    let mut flags: Vec<String> = cargo_home().and_then(|home| without_path(&home)).into_iter().collect();
    flags.push(own.to_owned());
    if small {
        flags.push(small_std::FLAGS.to_owned());
    }
    // Added to the flags in `.cargo/config.toml`, which `RUSTFLAGS` would replace.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
}

fn run_trunk(project: &Project, tools: &SiteTools, small: bool) -> Result<()> {
    let mut trunk = tools.command("trunk", project)?;
    trunk.args(["build", "--release", "--offline"]).env(parts::KEEP_NAMES.0, parts::KEEP_NAMES.1);
    // Trunk reads this variable as a switch and stops at the usual `1`.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    if small {
        small_std::apply(&mut trunk);
    }
    set_flags(&mut trunk, parts::LINK_FLAGS, small);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cargo_home_is_kept_out_of_the_site() {
        let flag = without_path(Path::new("/home/ann/.cargo"));
        assert_eq!(flag.as_deref(), Some("--remap-path-prefix=/home/ann/.cargo=cargo"));
        assert_eq!(without_path(Path::new("/home/ann marie/.cargo")), None);
    }
}
