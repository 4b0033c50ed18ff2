//! axe-core, the script that scans a page for barriers.

use super::folder::ToolFolder;
use super::npm;
use crate::error::Result;
use std::path::PathBuf;

/// The pinned version of the npm package.
const VERSION: &str = "4.14.1";

/// Makes sure that the script is there, and gives its file.
pub fn ensure(folder: &ToolFolder) -> Result<PathBuf> {
    npm::ensure(folder, "axe-core", VERSION, "axe-core/axe.min.js")
}
