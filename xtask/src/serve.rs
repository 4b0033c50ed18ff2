//! `cargo xtask serve`: the built site in a browser.

use crate::build;
use crate::error::Result;
use crate::process;
use crate::project::Project;
use crate::server;
use crate::setup::{self, folder::ToolFolder};
use std::env;
use std::process::{Command, Stdio};

/// Builds the site and serves it until the program is ended.
pub fn run(project: &Project, port: u16, open: bool) -> Result<()> {
    let listener = server::listen(port)?;
    let tools = setup::site_tools(project, &ToolFolder::find()?)?;
    build::site(project, &tools)?;
    let address = format!("http://127.0.0.1:{port}/");
    println!("Holdfast is at {address} (Ctrl+C ends it)");
    if open {
        open_browser(&address);
    }
    server::serve(&listener, &project.dist());
    Ok(())
}

/// Asks the system to show an address, where it has a display. The address was told already, so nothing depends on it.
fn open_browser(address: &str) {
    let program_and_arguments: &[&str] = match env::consts::OS {
        "macos" => &["open"],
        "windows" => &["cmd", "/c", "start", ""],
        _ if has_display() => &["xdg-open"],
        _ => &[],
    };
    if let [program, arguments @ ..] = program_and_arguments
        && let Some(program) = process::find(program)
    {
        let mut command = Command::new(program);
        command.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let _ = command.spawn();
    }
}

/// Whether a program could show a window.
fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}
