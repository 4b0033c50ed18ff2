//! Tools that are npm packages.

use super::folder::ToolFolder;
use super::step;
use crate::error::{Problem, Result};
use crate::process;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Makes sure that a package is there in one version, and gives the file that is needed of it, named by its path in
/// `node_modules`. Scripts that the package may bring are not run.
pub fn ensure(folder: &ToolFolder, package: &'static str, version: &str, needed: &str) -> Result<PathBuf> {
    let title = format!("{package} {version}");
    let prefix = folder.tool(package, version);
    let file = prefix.join("node_modules").join(needed);
    if file.is_file() {
        step::found(&title);
        return Ok(file);
    }
    let npm = process::find("npm").ok_or(Problem::NoNpm(package))?;
    step::timed(&title, "installing with npm", || {
        fs::create_dir_all(&prefix).map_err(Problem::file(&prefix))?;
        let mut install = Command::new(npm);
        install
            .current_dir(&prefix)
            .args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
            .arg(&prefix)
            .arg(format!("{package}@{version}"));
        process::run_quietly(&mut install)?;
        fs::metadata(&file).map(drop).map_err(Problem::file(&file))
    })?;
    Ok(file)
}
