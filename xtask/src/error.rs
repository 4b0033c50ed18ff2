//! What can go wrong in a command. Each problem is one sentence that says what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

/// The result of everything here that can fail.
pub type Result<T> = std::result::Result<T, Problem>;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Problem {
    /// The words after `cargo xtask` were not understood.
    Arguments(String),
    /// A program is not there or may not be run.
    NotStarted {
        /// The program with its arguments.
        command: String,
        /// Why the system refused.
        reason: io::Error,
    },
    /// A program ran and reported failure.
    Failed {
        /// The program with its arguments.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// The last lines of its output, where they were not shown already.
        output: String,
    },
    /// A file or folder could not be read, written or removed.
    File {
        /// Which one.
        path: PathBuf,
        /// Why the system refused.
        reason: io::Error,
    },
    /// Trunk left no program in the site.
    NoProgram(PathBuf),
    /// Neither the variable for the tool folder nor the user's home is known.
    NoToolFolder,
    /// `Cargo.lock` names no version of this crate.
    NotLocked(&'static str),
    /// The Rust toolchain cannot compile to WebAssembly, and rustup could not change that.
    NoWasmTarget(String),
    /// An npm package is needed and there is no npm.
    NoNpm(&'static str),
    /// The browser tests need this program.
    NoBrowser(&'static str),
    /// A variable names a program that is not there.
    NoSuchProgram {
        /// The variable.
        variable: &'static str,
        /// What it says.
        path: PathBuf,
    },
    /// Another program listens on the port.
    PortTaken(u16),
    /// The server could not listen for another reason.
    NoListener {
        /// The port asked for.
        port: u16,
        /// Why the system refused.
        reason: io::Error,
    },
}

impl Problem {
    /// Makes the closure that tells which file an input or output error was about.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Problem {
        let path = path.into();
        move |reason| Problem::File { path, reason }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Arguments(what) => write!(f, "{what}: see the commands below"),
            Problem::NotStarted { command, reason } => {
                write!(f, "`{command}` could not be started ({reason}): check that it is installed and on PATH")
            }
            Problem::Failed { command, status, output } => {
                write!(f, "`{command}` failed ({status}): its messages say what to put right")?;
                if output.is_empty() { Ok(()) } else { write!(f, "\n{output}") }
            }
            Problem::File { path, reason } => {
                write!(
                    f,
                    "{} could not be used ({reason}): check that it exists and that you may change it",
                    path.display()
                )
            }
            Problem::NoProgram(dist) => {
                write!(f, "Trunk left no program in {}: delete that folder and build again", dist.display())
            }
            Problem::NoToolFolder => {
                f.write_str("no cache folder is known for this user: set HOLDFAST_TOOLS to a folder for the tools")
            }
            Problem::NotLocked(name) => {
                write!(f, "Cargo.lock names no version of {name}: run `cargo generate-lockfile`")
            }
            Problem::NoWasmTarget(reason) => write!(
                f,
                "the Rust toolchain has no wasm32-unknown-unknown target ({reason}): run `rustup target add \
                 wasm32-unknown-unknown` where there is a network, or put a toolchain that has it first on PATH"
            ),
            Problem::NoNpm(package) => write!(f, "{package} is missing: install Node.js, which brings npm"),
            Problem::NoBrowser(program) => write!(
                f,
                "{program} is missing: install Chromium and its driver (on Debian `apt install chromium \
                 chromium-driver fonts-dejavu-core`), or set CHROME and CHROMEDRIVER to their paths"
            ),
            Problem::NoSuchProgram { variable, path } => {
                write!(f, "{variable} names {}, which is not there: correct or unset it", path.display())
            }
            Problem::PortTaken(port) => {
                write!(f, "port {port} is taken by another program: choose another one with `--port`")
            }
            Problem::NoListener { port, reason } => {
                write!(f, "port {port} cannot be served ({reason}): choose another one with `--port`")
            }
        }
    }
}

impl std::error::Error for Problem {}
