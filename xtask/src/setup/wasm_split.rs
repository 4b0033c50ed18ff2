//! wasm-split-cli, which puts what the first screen does without into files of its own.

use super::cargo_install::{self, Tool};
use super::folder::ToolFolder;
use crate::error::Result;
use std::path::PathBuf;

/// Makes sure that wasm-split-cli is there. Its version belongs to that of `wasm_split_helpers` in the app.
pub fn ensure(folder: &ToolFolder) -> Result<Option<PathBuf>> {
    let tool = Tool {
        package: "wasm_split_cli_support",
        name: "wasm-split-cli",
        version: "0.2.4",
        programs: &["wasm-split-cli"],
        tells_version: false,
        options: &["--locked", "--features", "build-binary"],
        wait: "about half a minute",
    };
    cargo_install::ensure(&tool, folder)
}
