//! The folder that holds the installed tools.

use crate::error::{Problem, Result};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// How the names of the folders begin that set-up makes inside the tool folder. [`ToolFolder::clean`] removes these
/// and nothing else, since `HOLDFAST_TOOLS` may name a folder that holds other things.
const OURS: [&str; 6] = ["trunk-", "wasm-bindgen-", "binaryen-", "axe-core-", "numpy-", "tmp"];

/// `$HOLDFAST_TOOLS`, or a folder of the user's cache.
pub struct ToolFolder(PathBuf);

impl ToolFolder {
    /// Decides where the tools are; nothing is made yet.
    pub fn find() -> Result<ToolFolder> {
        let chosen = choose(env::consts::OS, |name| env::var_os(name)).ok_or(Problem::NoToolFolder)?;
        let path = std::path::absolute(&chosen).map_err(Problem::file(chosen))?;
        Ok(ToolFolder(path))
    }

    /// The folder of one tool in one version.
    pub fn tool(&self, name: &str, version: &str) -> PathBuf {
        self.0.join(format!("{name}-{version}"))
    }

    /// A place to build in. What an interrupted installation left there is used again.
    pub fn workplace(&self, name: &str) -> PathBuf {
        self.0.join("tmp").join(name)
    }

    /// Removes every installed tool.
    pub fn clean(&self) -> Result<()> {
        if !self.0.exists() {
            println!("{} is not there: nothing to remove", self.0.display());
            return Ok(());
        }
        for entry in fs::read_dir(&self.0).map_err(Problem::file(&self.0))? {
            let path = entry.map_err(Problem::file(&self.0))?.path();
            if path.is_dir() && is_ours(&path) {
                println!("removing {}", path.display());
                fs::remove_dir_all(&path).map_err(Problem::file(&path))?;
            }
        }
        // Fails when something else is in there, which is then none of our business.
        let _ = fs::remove_dir(&self.0);
        Ok(())
    }
}

/// Whether set-up made this folder.
fn is_ours(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| OURS.iter().any(|start| name.starts_with(start)))
}

/// The tool folder on a system, given its environment variables. An empty variable counts as unset.
fn choose(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(chosen) = folder("HOLDFAST_TOOLS") {
        return Some(chosen);
    }
    let cache = match system {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => folder("HOME").map(|home| home.join("Library/Caches")),
        _ => folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache"))),
    };
    cache.map(|cache| cache.join("holdfast"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The choice on a system whose environment holds just these variables.
    fn chosen(system: &str, variables: &[(&str, &str)]) -> Option<PathBuf> {
        choose(system, |name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_variable_wins_everywhere() {
        for system in ["linux", "macos", "windows"] {
            let folder = chosen(system, &[("HOLDFAST_TOOLS", "/tools"), ("HOME", "/home/ann")]);
            assert_eq!(folder, Some("/tools".into()), "{system}");
        }
    }

    #[test]
    fn each_system_has_its_cache() {
        let home = ("HOME", "/home/ann");
        assert_eq!(chosen("linux", &[home]), Some("/home/ann/.cache/holdfast".into()));
        assert_eq!(chosen("linux", &[home, ("XDG_CACHE_HOME", "/cache")]), Some("/cache/holdfast".into()));
        assert_eq!(chosen("macos", &[home]), Some("/home/ann/Library/Caches/holdfast".into()));
        assert_eq!(chosen("windows", &[("LOCALAPPDATA", "/local")]), Some("/local/holdfast".into()));
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        let folder = chosen("linux", &[("HOLDFAST_TOOLS", ""), ("XDG_CACHE_HOME", ""), ("HOME", "/home/ann")]);
        assert_eq!(folder, Some("/home/ann/.cache/holdfast".into()));
        assert_eq!(chosen("linux", &[]), None);
    }

    #[test]
    fn cleaning_removes_only_what_set_up_made() -> std::io::Result<()> {
        let root = env::temp_dir().join(format!("holdfast-clean-{}", std::process::id()));
        let ours = root.join("trunk-1.2.3");
        let theirs = root.join("photographs");
        fs::create_dir_all(&ours)?;
        fs::create_dir_all(&theirs)?;
        let cleaned = ToolFolder(root.clone()).clean();
        let left = (ours.exists(), theirs.exists());
        fs::remove_dir_all(&root)?;
        assert!(cleaned.is_ok());
        assert_eq!(left, (false, true));
        Ok(())
    }
}
