//! `cargo xtask bench` and `cargo xtask soak`: what takes too long for every change.

use crate::build;
use crate::error::Result;
use crate::kernels;
use crate::process::{self, cargo};
use crate::project::Project;
use crate::setup::{self, axe, browser, folder::ToolFolder};
use crate::test;

/// Measures the engine beside JavaScript and numpy; then, if `page`, the built site in a browser.
pub fn run(project: &Project, page: bool) -> Result<()> {
    let folder = ToolFolder::find()?;
    let tools = setup::site_tools(project, &folder)?;
    let browser = browser::ensure()?;
    kernels::measure(project, &tools, &browser, &folder)?;
    if !page {
        return Ok(());
    }
    build::site(project, &tools)?;
    let script = axe::ensure(&folder).ok();
    process::run(test::on_built_site(project, &browser, script.as_deref()).args(["--test", "page_bench"]))
}

/// Runs the native tests with as many cases as they have time for: they read the variable. Speed matters more here
/// than the size for which the release profile is tuned.
pub fn soak(project: &Project) -> Result<()> {
    process::run(
        cargo(project)
            .args(["test", "--release", "--workspace", "--no-fail-fast"])
            .env("HOLDFAST_SOAK", "1")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    )
}
