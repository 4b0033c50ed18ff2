//! The command line.

use crate::error::{Problem, Result};

/// The port that `serve` uses unless told otherwise.
pub const PORT: u16 = 8080;

/// What is shown when no command, or an unknown one, was given.
pub const HELP: &str = "\
Usage: cargo xtask <command> [flags]

  serve           builds the site and shows it at http://127.0.0.1:8080
      --port N        another port
      --no-open       opens no browser
  build           builds the site into dist/ and tells its size
  test            runs every check and every test; ends with `N passed, N failed`
      --native        only what needs neither WebAssembly nor a browser
  soak            runs the native tests optimised, with many more cases
  bench           measures the engine natively and in WebAssembly beside JavaScript and numpy, and the built site
      --kernels       only the engine
  clean-tools     removes the tools that these commands installed

What a command needs and does not find, it installs first: Trunk, wasm-bindgen, numpy and npm's packages
into $HOLDFAST_TOOLS or your cache folder, Chromium (for root on Debian only) with apt-get.";

/// One command with its flags.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Shows the commands.
    Help,
    /// Builds the site and serves it.
    Serve {
        /// Where to listen.
        port: u16,
        /// Whether to open a browser.
        open: bool,
    },
    /// Builds the site.
    Build,
    /// Runs the checks and tests.
    Test {
        /// Leaves out what needs WebAssembly or a browser.
        native: bool,
    },
    /// Runs the native tests with many more cases.
    Soak,
    /// Measures the engine, and the site in a browser.
    Bench {
        /// Whether to measure the site too.
        page: bool,
    },
    /// Removes the installed tools.
    CleanTools,
}

/// Reads the words after `cargo xtask`.
pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Command> {
    let mut words = words.into_iter();
    let Some(name) = words.next() else {
        return Ok(Command::Help);
    };
    let mut command = match name.as_str() {
        "help" | "--help" | "-h" => Command::Help,
        "serve" => Command::Serve { port: PORT, open: true },
        "build" => Command::Build,
        "test" => Command::Test { native: false },
        "soak" => Command::Soak,
        "bench" => Command::Bench { page: true },
        "clean-tools" => Command::CleanTools,
        _ => return Err(Problem::Arguments(format!("there is no command `{name}`"))),
    };
    while let Some(flag) = words.next() {
        match (&mut command, flag.as_str()) {
            (Command::Serve { open, .. }, "--no-open") => *open = false,
            (Command::Serve { port, .. }, "--port") => *port = read_port(&words.next().unwrap_or_default())?,
            (Command::Test { native }, "--native") => *native = true,
            (Command::Bench { page }, "--kernels") => *page = false,
            _ => return Err(Problem::Arguments(format!("`{name}` has no flag `{flag}`"))),
        }
    }
    Ok(command)
}

/// Reads a port a program can ask for.
fn read_port(text: &str) -> Result<u16> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(Problem::Arguments(format!("`--port` takes a number from 1 to 65535, not `{text}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a command line means; `None` if it is refused.
    fn parsed(line: &str) -> Option<Command> {
        parse(line.split_whitespace().map(str::to_owned)).ok()
    }

    #[test]
    fn every_command_is_understood() {
        assert_eq!(parsed(""), Some(Command::Help));
        assert_eq!(parsed("--help"), Some(Command::Help));
        assert_eq!(parsed("serve"), Some(Command::Serve { port: 8080, open: true }));
        assert_eq!(parsed("build"), Some(Command::Build));
        assert_eq!(parsed("test"), Some(Command::Test { native: false }));
        assert_eq!(parsed("soak"), Some(Command::Soak));
        assert_eq!(parsed("bench"), Some(Command::Bench { page: true }));
        assert_eq!(parsed("clean-tools"), Some(Command::CleanTools));
    }

    #[test]
    fn flags_come_in_any_order() {
        let expected = Some(Command::Serve { port: 9000, open: false });
        assert_eq!(parsed("serve --port 9000 --no-open"), expected);
        assert_eq!(parsed("serve --no-open --port 9000"), expected);
        assert_eq!(parsed("bench --kernels"), Some(Command::Bench { page: false }));
        assert_eq!(parsed("test --native"), Some(Command::Test { native: true }));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in ["deploy", "build --port 9000", "serve --port", "serve --port 0", "serve --port 70000", "test all"]
        {
            assert_eq!(parsed(line), None, "{line}");
        }
    }

    #[test]
    fn the_help_names_every_command() {
        for name in ["serve", "build", "test", "soak", "bench", "clean-tools"] {
            assert!(HELP.contains(&format!("\n  {name} ")), "{name}");
        }
    }
}
