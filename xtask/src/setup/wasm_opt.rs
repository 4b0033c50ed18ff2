//! wasm-opt, which makes the site about a third smaller.

use super::folder::ToolFolder;
use super::{npm, step};
use crate::process;
use std::path::PathBuf;

/// The pinned version of the npm package that brings wasm-opt.
const BINARYEN: &str = "132.0.0";

/// The oldest wasm-opt that reads what today's Rust writes.
const OLDEST: u32 = 120;

/// Where wasm-opt is.
pub enum WasmOpt {
    /// In a folder that must be put on `PATH`.
    In(PathBuf),
    /// On `PATH` already.
    OnPath,
    /// Nowhere: the site is built without it.
    Missing,
}

impl WasmOpt {
    /// Whether the build can use it.
    pub fn is_there(&self) -> bool {
        !matches!(self, WasmOpt::Missing)
    }

    /// The folder to put on `PATH`.
    pub fn into_folder(self) -> Option<PathBuf> {
        match self {
            WasmOpt::In(folder) => Some(folder),
            WasmOpt::OnPath | WasmOpt::Missing => None,
        }
    }
}

/// Looks for wasm-opt, and asks npm for it if there is an npm. Its absence is told but is no error.
pub fn ensure(folder: &ToolFolder) -> WasmOpt {
    // The package's programs are scripts for Node.js: without it they are files that do not run.
    if process::find("node").is_some() {
        match npm::ensure(folder, "binaryen", BINARYEN, ".bin/wasm-opt") {
            Ok(program) => {
                return program.parent().map_or(WasmOpt::OnPath, |bin| WasmOpt::In(bin.to_path_buf()));
            }
            Err(problem) => println!("{problem}"),
        }
    }
    if let Some(version) = process::find("wasm-opt").and_then(|path| process::version_of(&path))
        && is_new_enough(&version)
    {
        step::found(&format!("wasm-opt {version}"));
        return WasmOpt::OnPath;
    }
    println!(
        "wasm-opt not found: the site is built without it and is about a third larger; install Node.js to have it"
    );
    WasmOpt::Missing
}

/// Whether a version such as `132` or `120_b` will do.
fn is_new_enough(version: &str) -> bool {
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse::<u32>().is_ok_and(|number| number >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_refused() {
        assert!(is_new_enough("132"));
        assert!(is_new_enough("120_b"));
        assert!(!is_new_enough("108"));
        assert!(!is_new_enough("unknown"));
    }
}
