//! Trunk, which bundles the site.

use super::cargo_install::{self, Tool};
use super::folder::ToolFolder;
use crate::error::Result;
use std::path::PathBuf;

/// Makes sure that Trunk is there. It is built without its features, which serve downloads and update checks: the site
/// is built offline.
pub fn ensure(folder: &ToolFolder) -> Result<Option<PathBuf>> {
    let tool = Tool {
        package: "trunk",
        name: "trunk",
        version: "0.21.14",
        programs: &["trunk"],
        tells_version: true,
        options: &["--locked", "--no-default-features"],
        wait: "about 3 minutes",
    };
    cargo_install::ensure(&tool, folder)
}
