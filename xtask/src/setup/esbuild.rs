//! esbuild, which takes comments and long names out of the scripts and styles.

use super::folder::ToolFolder;
use super::npm;
use crate::process;
use std::path::PathBuf;

/// The pinned version of the npm package.
const ESBUILD: &str = "0.28.2";

/// The folder that has it, asked of npm if it is missing. Its absence is told but is no error.
pub fn ensure(folder: &ToolFolder) -> Option<PathBuf> {
    if process::find("node").is_some() {
        match npm::ensure(folder, "esbuild", ESBUILD, ".bin/esbuild") {
            Ok(program) => return program.parent().map(PathBuf::from),
            Err(problem) => println!("{problem}"),
        }
    }
    println!("esbuild not found: scripts and styles are published as written; install Node.js to have them packed");
    None
}
