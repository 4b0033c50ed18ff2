//! `cargo xtask test`: every check and every test, from the cheapest to the dearest.

use crate::build;
use crate::error::Result;
use crate::process::cargo;
use crate::project::Project;
use crate::report::{Report, announce};
use crate::setup::{self, SiteTools, axe, browser, browser::Browser, folder::ToolFolder};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the site's programs.
const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// The suite that runs as WebAssembly in a browser.
const IN_BROWSER: &str = "tests in the browser";

/// The suite that drives the built site from outside.
const JOURNEYS: &str = "journeys through the built site";

/// Runs everything, or only what needs neither WebAssembly nor a browser. The answer is whether all of it passed.
pub fn run(project: &Project, native: bool) -> bool {
    let mut report = Report::default();
    if native {
        checks(project, &mut report);
        native_tests(project, &mut report);
    } else {
        announce("set-up");
        let tools = Tools::set_up(project);
        checks(project, &mut report);
        web_checks(project, &mut report);
        documentation(project, &mut report);
        native_tests(project, &mut report);
        web_tests(project, &tools, &mut report);
    }
    report.finish()
}

/// What the suites beyond the native ones take; each part may be missing without the others.
struct Tools {
    site: Result<SiteTools>,
    browser: Result<Browser>,
    axe: Result<PathBuf>,
}

impl Tools {
    fn set_up(project: &Project) -> Tools {
        Tools {
            site: ToolFolder::find().and_then(|folder| setup::site_tools(project, &folder)),
            browser: browser::ensure(),
            axe: ToolFolder::find().and_then(|folder| axe::ensure(&folder)),
        }
    }
}

/// The checks of the text and of this machine's own target. The second run of clippy is for the suites that plain
/// `cargo test` skips: `--all-targets` skips them too.
fn checks(project: &Project, report: &mut Report) {
    report.check("format", cargo(project).args(["fmt", "--all", "--check"]));
    let mut clippy = cargo(project);
    report.check("clippy", clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    let mut clippy = cargo(project);
    clippy.args(["clippy", "--package", "holdfast", "--test", "*", "--", "-D", "warnings"]);
    report.check("clippy for all suites", &mut clippy);
}

/// The reference that engineers read: every link in it leads somewhere.
fn documentation(project: &Project, report: &mut Report) {
    let mut doc = cargo(project);
    doc.args(["doc", "--package", "holdfast", "--lib", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    report.check("documentation", &mut doc);
}

/// The checks of the site's own target.
fn web_checks(project: &Project, report: &mut Report) {
    let mut clippy = cargo(project);
    clippy.arg("clippy").args(WASM).args(["--package", "holdfast", "--all-targets", "--", "-D", "warnings"]);
    report.check("clippy for WebAssembly", &mut clippy);
}

/// The tests of this machine's own target.
fn native_tests(project: &Project, report: &mut Report) {
    report.tests("native tests", cargo(project).args(["test", "--workspace", "--no-fail-fast"]));
}

/// The tests that need a page.
fn web_tests(project: &Project, tools: &Tools, report: &mut Report) {
    let (site, browser) = match (&tools.site, &tools.browser) {
        (Ok(site), Ok(browser)) => (site, browser),
        (Err(problem), _) | (_, Err(problem)) => {
            report.could_not_run(IN_BROWSER, problem);
            report.could_not_run(JOURNEYS, problem);
            return;
        }
    };
    report.tests(IN_BROWSER, &mut in_browser(project, site, browser));

    announce("the site for the journeys");
    if let Err(problem) = build::site(project, site) {
        report.could_not_run(JOURNEYS, problem);
        return;
    }
    let axe = match &tools.axe {
        Ok(script) => Some(script.as_path()),
        Err(problem) => {
            report.could_not_run("the scan for barriers", problem);
            None
        }
    };
    let mut journeys = on_built_site(project, browser, axe);
    report.tests(JOURNEYS, journeys.args(["--test", "journeys"]));
}

/// The tests that run as WebAssembly. The runner is found on the tools' `PATH` and the browser through the variable.
fn in_browser(project: &Project, site: &SiteTools, browser: &Browser) -> Command {
    let mut command = cargo(project);
    browser.tell(&mut command);
    command
        .arg("test")
        .args(WASM)
        .args(["--package", "holdfast", "--test", "browser"])
        .env("PATH", &site.path)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env_remove("RUSTFLAGS");
    command
}

/// `cargo test` for programs that drive the built site: what they read from the environment is set here.
pub fn on_built_site(project: &Project, browser: &Browser, axe: Option<&Path>) -> Command {
    let mut command = cargo(project);
    browser.tell(&mut command);
    command.args(["test", "--package", "holdfast"]).env("HOLDFAST_DIST", project.dist());
    match axe {
        Some(script) => command.env("HOLDFAST_AXE", script),
        None => command.env_remove("HOLDFAST_AXE"),
    };
    command
}
