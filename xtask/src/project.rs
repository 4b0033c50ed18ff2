//! Where the project's files are.

use std::env;
use std::path::{Path, PathBuf};

/// The folder with the workspace's `Cargo.toml`.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the project from the variable that `cargo run` sets, which stays right in a copied target folder; the
    /// place of compilation serves where the program is started by hand.
    pub fn find() -> Project {
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = package.parent().map_or_else(|| package.clone(), Path::to_path_buf);
        Project { root }
    }

    /// The workspace's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the built site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }
}
