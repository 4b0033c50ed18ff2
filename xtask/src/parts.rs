//! The program in parts: what the first screen needs, and files that the app fetches when they are wanted.
//!
//! Trunk knows one program, so its part of the work is done once more here: the linked program is split at the
//! functions that the source marks, its first part gets its JavaScript, every part is optimised, and all of it takes
//! the place of Trunk's program, in one folder named after the build. So no file of one build ever loads one of another.

use crate::error::{Problem, Result};
use crate::process;
use crate::project::Project;
use crate::setup::SiteTools;
use std::fs;
use std::path::{Path, PathBuf};

/// What the linker must keep for the split.
pub const LINK_FLAGS: &str = "-Clink-args=--emit-relocs";
/// Cargo would strip the names that mark where to split.
pub const KEEP_NAMES: (&str, &str) = ("CARGO_PROFILE_RELEASE_STRIP", "none");

/// The program's name.
const PROGRAM: &str = "holdfast";
/// What today's compiler writes and wasm-opt has to be told of.
pub const WASM_FEATURES: [&str; 6] =
    ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/// How wasm-opt is asked: for size, to leave alone what is called once, since packing likes small functions better, and to
/// put the locals that are used most first, which packs better too.
const OPTIMISE: [&str; 7] = [
    "-Oz",
    "--one-caller-inline-max-function-size=30",
    "--always-inline-max-function-size=0",
    "--converge",
    "--reorder-locals",
    "--strip-producers",
    "--strip-target-features",
];

/// Puts the split program into the site that Trunk has built; gives the folder of the build.
pub fn put_in(project: &Project, tools: &SiteTools, linked: &Path) -> Result<PathBuf> {
    let dist = project.dist();
    let build = build_name(&dist)?;
    let work = project.root().join("target").join("parts");
    let folder = dist.join(&build);
    for made_anew in [&work, &folder] {
        if made_anew.exists() {
            fs::remove_dir_all(made_anew).map_err(Problem::file(made_anew))?;
        }
        fs::create_dir_all(made_anew).map_err(Problem::file(made_anew))?;
    }

    let mut split = tools.command("wasm-split-cli", project)?;
    split.args(["--target", "web", "--out-name", PROGRAM]).arg(linked).arg(&work);
    process::run_quietly(&mut split)?;
    let first = work.join(format!("{PROGRAM}.wasm"));
    let mut bind = tools.command("wasm-bindgen", project)?;
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", PROGRAM, "--out-dir"]);
    process::run_quietly(bind.arg(&folder).arg(&first))?;
    fs::remove_file(&first).map_err(Problem::file(&first))?;
    for file in files_of(&work)? {
        if let Some(name) = file.file_name() {
            fs::copy(&file, folder.join(name)).map_err(Problem::file(&file))?;
        }
    }
    if tools.wasm_opt {
        optimise(project, tools, &folder)?;
    }
    replace_in_page(&dist, &build)?;
    Ok(folder)
}

/// Makes every part smaller.
fn optimise(project: &Project, tools: &SiteTools, folder: &Path) -> Result<()> {
    for file in files_of(folder)?.iter().filter(|file| file.extension().is_some_and(|ending| ending == "wasm")) {
        let mut optimise = tools.command("wasm-opt", project)?;
        optimise.args(OPTIMISE).args(WASM_FEATURES.map(|feature| format!("--enable-{feature}")));
        process::run_quietly(optimise.arg(file).arg("-o").arg(file))?;
    }
    Ok(())
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(Problem::file(folder))?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(Problem::file(folder))).collect()
}

/// Trunk's name for this build: `holdfast-` and a hash of the program.
fn build_name(dist: &Path) -> Result<String> {
    let name = files_of(dist)?.iter().find_map(|file| {
        let name = file.file_name()?.to_str()?.strip_suffix("_bg.wasm")?;
        name.starts_with(PROGRAM).then(|| name.to_owned())
    });
    name.ok_or_else(|| Problem::NoProgram(dist.to_path_buf()))
}

/// Makes the page load the split program, and removes Trunk's.
fn replace_in_page(dist: &Path, build: &str) -> Result<()> {
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page).map_err(Problem::file(&page))?;
    fs::write(&page, with_parts(&text, build)).map_err(Problem::file(&page))?;
    for ending in [".js", "_bg.wasm"] {
        let file = dist.join(format!("{build}{ending}"));
        fs::remove_file(&file).map_err(Problem::file(&file))?;
    }
    Ok(())
}

fn with_parts(page: &str, build: &str) -> String {
    [".js", "_bg.wasm"].iter().fold(page.to_owned(), |page, ending| {
        page.replace(&format!("{build}{ending}"), &format!("{build}/{PROGRAM}{ending}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_loads_the_split_program() {
        let page = r#"<script data-js="./holdfast-1a.js" data-wasm="./holdfast-1a_bg.wasm"></script><p>holdfast-1a"#;
        let split = r#"<script data-js="./holdfast-1a/holdfast.js" data-wasm="./holdfast-1a/holdfast_bg.wasm"></script><p>holdfast-1a"#;
        assert_eq!(with_parts(page, "holdfast-1a"), split);
    }
}
