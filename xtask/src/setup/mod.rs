//! Set-up: what the commands need beyond cargo is looked for, and installed where it is missing.
//!
//! One file per tool. Each looks in the tool folder and on `PATH` first and installs one exact version otherwise, so a
//! second run only looks. Everything lands in one folder of the user's cache (see [`folder`]); only Chromium is a
//! package of the system. To change a version, change the constant in the tool's file.

pub mod axe;
pub mod browser;
mod cargo_install;
mod esbuild;
pub mod folder;
mod npm;
pub mod numpy;
pub mod small_std;
pub mod step;
mod trunk;
mod wasm_bindgen;
mod wasm_opt;
mod wasm_split;
mod wasm_target;

use crate::error::{Problem, Result};
use crate::process;
use crate::project::Project;
use folder::ToolFolder;
use std::ffi::OsString;
use std::io;
use std::process::Command;

/// What building the site takes.
pub struct SiteTools {
    /// The `PATH` on which Trunk, wasm-bindgen, wasm-split-cli and, if there are any, wasm-opt and
    /// esbuild are found.
    pub path: OsString,
    /// Whether wasm-opt is there. Without it the site works but is larger.
    pub wasm_opt: bool,
    /// Whether esbuild is there. Without it the site works but is a little larger.
    pub esbuild: bool,
    /// Whether the standard library can be built for size. Without that the site works but is larger.
    pub small_std: bool,
}

impl SiteTools {
    /// One of the tools, ready to be run in the project. Flags from the environment would silently replace those that
    /// the project sets for its site, so they are left out.
    pub fn command(&self, program: &str, project: &Project) -> Result<Command> {
        let missing = || Problem::NotStarted { command: program.to_owned(), reason: io::ErrorKind::NotFound.into() };
        let mut command = Command::new(process::find_on(&self.path, program).ok_or_else(missing)?);
        process::forget_package(&mut command);
        command.current_dir(project.root()).env("PATH", &self.path).env_remove("RUSTFLAGS");
        Ok(command)
    }
}

/// Makes sure that the site can be built without a network from here on.
pub fn site_tools(project: &Project, folder: &ToolFolder) -> Result<SiteTools> {
    wasm_target::ensure()?;
    let trunk = trunk::ensure(folder)?;
    let wasm_bindgen = wasm_bindgen::ensure(project, folder)?;
    let wasm_split = wasm_split::ensure(folder)?;
    let wasm_opt = wasm_opt::ensure(folder);
    let esbuild = esbuild::ensure(folder);
    step::timed("crates", "fetching", || process::run_quietly(process::cargo(project).arg("fetch")))?;
    let small_std = small_std::ensure(project);
    let found = (wasm_opt.is_there(), esbuild.is_some());
    let folders = [trunk, wasm_bindgen, wasm_split, wasm_opt.into_folder(), esbuild];
    let path = process::path_with(folders.into_iter().flatten());
    Ok(SiteTools { path, wasm_opt: found.0, esbuild: found.1, small_std })
}
