//! The worker: the engine alone, compiled for speed, in the folder of the build that fetches it; and what else is fetched
//! from there.

use crate::build;
use crate::error::{Problem, Result};
use crate::process;
use crate::project::Project;
use crate::setup::{SiteTools, small_std};
use std::fs;
use std::path::Path;

/// The program's name.
const PROGRAM: &str = "worker";
/// The file that starts it and the styles of what is not on the first screen, as they are in the project.
const BESIDE: [&str; 2] = ["static/start_worker.js", "static/css/later.css"];
/// The profile in `Cargo.toml`.
const PROFILE: &str = "kernel";
/// Many numbers at once, which every browser of today can do.
const SIMD: &str = "-Ctarget-feature=+simd128";
/// How wasm-opt is asked: for speed.
const OPTIMISE: [&str; 2] = ["-O3", "--enable-simd"];

/// Builds the worker and puts it beside the program.
pub fn put_in(project: &Project, tools: &SiteTools, folder: &Path, small: bool) -> Result<()> {
    let mut compile = process::cargo(project);
    compile.args(["build", "--offline", "--no-default-features", "--target", "wasm32-unknown-unknown"]);
    compile.args(["--profile", PROFILE, "--bin", PROGRAM]).env_remove("RUSTFLAGS");
    build::set_flags(&mut compile, SIMD, small);
    if small {
        small_std::apply(&mut compile);
    }
    process::run(&mut compile)?;
    let mut bind = tools.command("wasm-bindgen", project)?;
    bind.args(["--target", "web", "--no-typescript", "--out-name", PROGRAM, "--out-dir"]).arg(folder);
    process::run_quietly(bind.arg(build::target(project).join(PROFILE).join(format!("{PROGRAM}.wasm"))))?;
    if tools.wasm_opt {
        let file = folder.join(format!("{PROGRAM}_bg.wasm"));
        let mut optimise = tools.command("wasm-opt", project)?;
        optimise.args(OPTIMISE).args(crate::parts::WASM_FEATURES.map(|feature| format!("--enable-{feature}")));
        process::run_quietly(optimise.arg(&file).arg("-o").arg(&file))?;
    }
    BESIDE.iter().map(|file| project.root().join(file)).try_for_each(|file| {
        let place = folder.join(file.file_name().unwrap_or_default());
        fs::copy(&file, place).map(drop).map_err(Problem::file(&file))
    })
}
