//! Chromium and its driver, for the tests that need a page.

use super::step;
use crate::error::{Problem, Result};
use crate::process;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The names under which the browser is known on `PATH`.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Debian's packages: the browser, its driver, and one font, without which a page has no text.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];

/// The two programs that drive a page.
pub struct Browser {
    /// The browser.
    pub chrome: PathBuf,
    /// Its driver.
    pub driver: PathBuf,
}

impl Browser {
    /// Tells a command's child where the two are.
    pub fn tell(&self, command: &mut Command) {
        command.env("CHROME", &self.chrome).env("CHROMEDRIVER", &self.driver);
    }
}

/// Makes sure that a browser and its driver are there. They are installed only for root on Debian, who can do so
/// without being asked anything.
pub fn ensure() -> Result<Browser> {
    let found = match find() {
        Err(Problem::NoBrowser(_)) if is_debian_root() => {
            step::timed("chromium", "installing with apt-get (about a minute)", install)?;
            find()?
        }
        result => result?,
    };
    step::found(&format!("chromium ({}) and chromedriver ({})", found.chrome.display(), found.driver.display()));
    Ok(found)
}

/// Looks in the variables, then on `PATH`.
fn find() -> Result<Browser> {
    let chrome = named_by("CHROME")?
        .or_else(|| BROWSERS.iter().find_map(|name| process::find(name)))
        .ok_or(Problem::NoBrowser("Chromium"))?;
    let driver = named_by("CHROMEDRIVER")?
        .or_else(|| process::find("chromedriver"))
        .ok_or(Problem::NoBrowser("chromedriver"))?;
    Ok(Browser { chrome, driver })
}

/// The program that a variable names, if it is set.
fn named_by(variable: &'static str) -> Result<Option<PathBuf>> {
    match env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) {
        Some(path) if !path.is_file() => Err(Problem::NoSuchProgram { variable, path }),
        named => Ok(named),
    }
}

/// Installs the packages; the list of packages is renewed only if that does not go well.
fn install() -> Result<()> {
    if apt_get(&["install", "-y", "--no-install-recommends"], &PACKAGES).is_ok() {
        return Ok(());
    }
    apt_get(&["update"], &[])?;
    apt_get(&["install", "-y", "--no-install-recommends"], &PACKAGES)
}

/// Calls apt-get, which must not ask questions.
fn apt_get(arguments: &[&str], packages: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments).args(packages);
    process::run_quietly(&mut command).map(drop)
}

/// Whether this is a Debian system and the user may install packages.
fn is_debian_root() -> bool {
    Path::new("/etc/debian_version").exists()
        && fs::read_to_string("/proc/self/status").is_ok_and(|status| effective_user(&status) == Some(0))
}

/// The effective user in the text of `/proc/self/status`: the second number of the line `Uid`.
fn effective_user(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_effective_user_is_the_second_number() {
        assert_eq!(effective_user("Name:\txtask\nUid:\t1000\t0\t1000\t1000\nGid:\t5\t5\t5\t5\n"), Some(0));
        assert_eq!(effective_user("Uid:\t1000\t1000\t1000\t1000\n"), Some(1000));
        assert_eq!(effective_user("Name:\txtask\n"), None);
    }
}
