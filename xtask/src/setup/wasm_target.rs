//! The Rust standard library for WebAssembly.

use super::step;
use crate::error::{Problem, Result};
use crate::process;
use std::env;
use std::path::Path;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that the toolchain compiles to WebAssembly.
pub fn ensure() -> Result<()> {
    if is_installed()? {
        step::found(TARGET);
        return Ok(());
    }
    step::timed(TARGET, "adding the target with rustup", || {
        process::run_quietly(Command::new("rustup").args(["target", "add", TARGET]))
            .map(drop)
            .map_err(|problem| Problem::NoWasmTarget(problem.to_string()))
    })
}

/// Whether the compiler has a library folder for the target. Asking the compiler, not rustup, also covers toolchains
/// that came another way.
fn is_installed() -> Result<bool> {
    let mut question = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    question.args(["--print", "target-libdir", "--target", TARGET]);
    let answer = process::run_quietly(&mut question)?;
    Ok(Path::new(answer.trim()).is_dir())
}
