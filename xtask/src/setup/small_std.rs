//! The standard library built from its source, tuned for size: the site is about a tenth smaller.
//!
//! A failure in wasm ends in a trap either way; here without the code that would put it into words, and without `{:?}`,
//! which only tests and failures write. Cargo calls all this
//! unstable, and stable Rust allows it only through `RUSTC_BOOTSTRAP`: so it is an extra that the build does without
//! wherever it is not to be had, and the native tests never see it.

use super::step;
use crate::error::Result;
use crate::process;
use crate::project::Project;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The flags for the compiler, for the project's crates and the standard library alike.
pub const FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none";

/// What cargo is told.
const VARIABLES: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Makes a build use the standard library's source.
pub fn apply(command: &mut Command) {
    command.envs(VARIABLES);
}

/// Looks for the source, and asks rustup for it; then fetches the crates that it needs. Whether the build can use it:
/// its absence is told but is no error.
pub fn ensure(project: &Project) -> bool {
    match try_flags().and_then(|()| add_source()).and_then(|()| fetch_crates(project)) {
        Ok(()) => true,
        Err(problem) => {
            let reason = problem.to_string();
            let reason = reason.lines().next().unwrap_or_default();
            println!("the standard library stays as it comes, so the site is about a tenth larger: {reason}");
            false
        }
    }
}

/// The compiler in use.
fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// Unstable flags may be called something else in another version of Rust.
fn try_flags() -> Result<()> {
    let mut question = rustc();
    question.args(FLAGS.split_whitespace()).args(["--print", "cfg"]).envs(VARIABLES);
    process::run_quietly(&mut question).map(drop)
}

/// The workspace of the standard library in the toolchain's folder.
fn source() -> Result<PathBuf> {
    let sysroot = process::run_quietly(rustc().args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}

fn add_source() -> Result<()> {
    if source()?.join("Cargo.lock").is_file() {
        step::found("rust-src");
        return Ok(());
    }
    step::timed("rust-src", "adding the component with rustup", || {
        process::run_quietly(Command::new("rustup").args(["component", "add", "rust-src"])).map(drop)
    })
}

/// The site is built offline, so what the standard library's own lock file names must be there before.
fn fetch_crates(project: &Project) -> Result<()> {
    let manifest = source()?.join("Cargo.toml");
    let mut fetch = process::cargo(project);
    fetch.args(["fetch", "--locked", "--manifest-path"]).arg(manifest).env("RUSTC_BOOTSTRAP", "1");
    step::timed("crates of the standard library", "fetching", || process::run_quietly(&mut fetch).map(drop))
}
