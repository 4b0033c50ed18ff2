//! Tools that are Rust crates: built from source by `cargo install`.

use super::folder::ToolFolder;
use super::step;
use crate::error::{Problem, Result};
use crate::process;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate whose programs are needed.
pub struct Tool<'a> {
    /// The crate's name on crates.io.
    pub package: &'a str,
    /// How its folder and the messages call it.
    pub name: &'a str,
    /// The one version that will do.
    pub version: &'a str,
    /// The programs it brings.
    pub programs: &'a [&'a str],
    /// Whether they answer `--version`; one that does not is only known by the folder that it was installed into.
    pub tells_version: bool,
    /// Further words for `cargo install`.
    pub options: &'a [&'a str],
    /// How long the user will have to wait, in words.
    pub wait: &'a str,
}

/// Makes sure that the tool is there. The answer is the folder to put on `PATH`, or `None` if `PATH` has it already.
pub fn ensure(tool: &Tool, folder: &ToolFolder) -> Result<Option<PathBuf>> {
    let title = format!("{} {}", tool.name, tool.version);
    let root = folder.tool(tool.name, tool.version);
    let bin = root.join("bin");
    if tool.is_there(|program| process::find_in(&bin, program)) {
        step::found(&title);
        return Ok(Some(bin));
    }
    if tool.tells_version && tool.is_there(process::find) {
        step::found(&title);
        return Ok(None);
    }
    let doing = format!("installing ({})", tool.wait);
    step::timed(&title, &doing, || install(tool, &root, &folder.workplace(tool.name)))?;
    Ok(Some(bin))
}

impl Tool<'_> {
    /// Whether all programs are found and, if they can, say that they are of the right version.
    fn is_there(&self, locate: impl Fn(&str) -> Option<PathBuf>) -> bool {
        let is_right =
            |path: PathBuf| !self.tells_version || process::version_of(&path).as_deref() == Some(self.version);
        self.programs.iter().all(|program| locate(program).is_some_and(is_right))
    }
}

/// Builds the crate without optimisation, which is quick to compile and fast enough for these tools. It is built
/// outside the project, free of the flags and the target folder that the project's own builds use.
fn install(tool: &Tool, root: &Path, workplace: &Path) -> Result<()> {
    fs::create_dir_all(workplace).map_err(Problem::file(workplace))?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    process::forget_package(&mut cargo);
    cargo
        .current_dir(workplace)
        .env("CARGO_TARGET_DIR", workplace)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .args(["install", tool.package, "--version", tool.version, "--debug", "--force", "--root"])
        .arg(root)
        .args(tool.options);
    process::run_quietly(&mut cargo)?;
    fs::remove_dir_all(workplace).map_err(Problem::file(workplace))
}
