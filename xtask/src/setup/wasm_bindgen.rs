//! wasm-bindgen's programs: the one that Trunk calls, and the runner for tests in the browser.

use super::cargo_install::{self, Tool};
use super::folder::ToolFolder;
use crate::error::{Problem, Result};
use crate::project::Project;
use std::fs;
use std::path::PathBuf;

const CRATE: &str = "wasm-bindgen";

/// Makes sure that the programs are there in the version that the site is compiled with: others refuse its output.
pub fn ensure(project: &Project, folder: &ToolFolder) -> Result<Option<PathBuf>> {
    let file = project.root().join("Cargo.lock");
    let lock = fs::read_to_string(&file).map_err(Problem::file(&file))?;
    let version = locked_version(&lock, CRATE).ok_or(Problem::NotLocked(CRATE))?;
    let tool = Tool {
        package: "wasm-bindgen-cli",
        name: CRATE,
        version,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        tells_version: true,
        options: &["--no-default-features"],
        wait: "about a minute",
    };
    cargo_install::ensure(&tool, folder)
}

/// The version of a crate in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == wanted)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
dependencies = [
 "wasm-bindgen-macro",
]
"#;

    #[test]
    fn the_version_of_exactly_this_crate_is_read() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-futures"), Some("0.4.80"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }

    #[test]
    fn windows_line_endings_do_no_harm() {
        assert_eq!(locked_version(&LOCK.replace('\n', "\r\n"), "wasm-bindgen"), Some("0.2.130"));
    }
}
