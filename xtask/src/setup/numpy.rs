//! numpy, which some benchmarks are set beside.

use super::folder::ToolFolder;
use super::step;
use crate::error::{Problem, Result};
use crate::process;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pinned version.
const VERSION: &str = "2.2.6";

/// Where a virtual environment has its Python.
const PYTHON: &str = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };

/// Looks for numpy in its own environment, and makes that with Python and pip. Gives the Python that has it; its absence is
/// told but is no error.
pub fn ensure(folder: &ToolFolder) -> Option<PathBuf> {
    let place = folder.tool("numpy", VERSION);
    let python = place.join(PYTHON);
    if has_numpy(&python) {
        step::found(&format!("numpy {VERSION}"));
        return Some(python);
    }
    let Some(system) = process::find("python3").or_else(|| process::find("python")) else {
        println!("numpy not found: there is no python3, so its column stays empty");
        return None;
    };
    match step::timed(&format!("numpy {VERSION}"), "installing with pip", || install(&system, &place, &python)) {
        Ok(()) => Some(python),
        Err(problem) => {
            println!("numpy stays out, so its column stays empty: {problem}");
            None
        }
    }
}

fn has_numpy(python: &Path) -> bool {
    let question = format!("import numpy; assert numpy.__version__ == '{VERSION}'");
    python.is_file() && process::run_quietly(Command::new(python).args(["-c", &question])).is_ok()
}

fn install(system: &Path, place: &Path, python: &Path) -> Result<()> {
    if place.exists() {
        fs::remove_dir_all(place).map_err(Problem::file(place))?;
    }
    process::run_quietly(Command::new(system).args(["-m", "venv"]).arg(place))?;
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:"]);
    process::run_quietly(pip.arg(format!("numpy=={VERSION}"))).map(drop)
}
