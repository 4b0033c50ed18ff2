//! Scripts and styles without comments, blanks and long names: about 3 kB less for a phone to fetch.

use crate::error::{Problem, Result};
use crate::process;
use crate::project::Project;
use crate::setup::SiteTools;
use std::fs;
use std::path::{Path, PathBuf};

/// What is packed, by the ending of its file.
const PACKED: [&str; 2] = ["js", "css"];

/// Packs every script and style of the site, in place.
pub fn site(project: &Project, tools: &SiteTools, dist: &Path) -> Result<()> {
    for file in files_below(dist)? {
        if file.extension().is_some_and(|ending| PACKED.iter().any(|packed| ending == *packed)) {
            let mut minify = tools.command("esbuild", project)?;
            minify.args(["--minify", "--log-level=error", "--allow-overwrite"]).arg(&file);
            let mut place = std::ffi::OsString::from("--outfile=");
            place.push(&file);
            process::run_quietly(minify.arg(place))?;
        }
    }
    Ok(())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Problem::file(folder))? {
        let path = entry.map_err(Problem::file(folder))?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
