//! Starting other programs.

use crate::error::{Problem, Result};
use crate::project::Project;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many lines of a failed program's output are shown.
const LAST_LINES: usize = 40;

/// The cargo that runs this program, started in the project's folder and free of what `cargo run` told this package
/// about itself: some build scripts watch those variables and would run again for nothing.
pub fn cargo(project: &Project) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project.root());
    forget_package(&mut command);
    command
}

/// Takes the variables that describe this package out of a child's environment.
pub fn forget_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if let Some(text) = name.to_str()
            && ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
                .iter()
                .any(|start| text.starts_with(start))
        {
            command.env_remove(&name);
        }
    }
}

/// The `PATH` with these folders put before all others.
pub fn path_with(folders: impl IntoIterator<Item = PathBuf>) -> OsString {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all = folders.into_iter().chain(env::split_paths(&inherited));
    // Fails only for a folder whose name holds the separator; such a folder cannot be on any PATH.
    env::join_paths(all).unwrap_or(inherited)
}

/// The first program of this name on `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    find_on(&env::var_os("PATH")?, name)
}

/// The first program of this name in the folders of a `PATH`.
pub fn find_on(path: &OsStr, name: &str) -> Option<PathBuf> {
    env::split_paths(path).find_map(|folder| find_in(&folder, name))
}

/// The program of this name in a folder, with the ending the system wants.
pub fn find_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    endings.iter().map(|ending| folder.join(format!("{name}{ending}"))).find(|file| file.is_file())
}

/// The version a program gives of itself; `None` if it does not start or says none.
pub fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    version_in(&String::from_utf8_lossy(&output.stdout))
}

/// The first word that starts with a digit: `0.21.14` in `trunk 0.21.14`.
fn version_in(text: &str) -> Option<String> {
    text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit())).map(str::to_owned)
}

/// Runs a program that talks to the user itself.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|reason| Problem::NotStarted { command: name_of(command), reason })?;
    if status.success() {
        Ok(())
    } else {
        Err(Problem::Failed { command: name_of(command), status, output: String::new() })
    }
}

/// Runs a program without showing its output, and gives back what it wrote to standard output. If it fails, the
/// problem holds the last lines.
pub fn run_quietly(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|reason| Problem::NotStarted { command: name_of(command), reason })?;
    let written = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return Ok(written.into_owned());
    }
    let both = format!("{written}{}", String::from_utf8_lossy(&output.stderr));
    Err(Problem::Failed { command: name_of(command), status: output.status, output: last_lines(&both) })
}

/// The command as one would type it, with the program's bare name.
pub fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut text = program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

/// The end of a long output.
fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let skipped = lines.len().saturating_sub(LAST_LINES);
    lines.into_iter().skip(skipped).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_first_word_that_starts_with_a_digit() {
        let read = |text| version_in(text);
        assert_eq!(read("trunk 0.21.14\n").as_deref(), Some("0.21.14"));
        assert_eq!(read("wasm-opt version 132 (version_132)\n").as_deref(), Some("132"));
        assert_eq!(read("no version here"), None);
    }

    #[test]
    fn a_command_is_named_without_its_folder() {
        let mut command = Command::new("/somewhere/bin/trunk");
        command.args(["build", "--release"]);
        assert_eq!(name_of(&command), "trunk build --release");
    }

    #[test]
    fn only_the_end_of_a_long_output_is_kept() {
        let text: String = (0..100).map(|line| format!("line {line}\n")).collect();
        let kept = last_lines(&text);
        assert!(kept.starts_with("line 60\n"), "{kept}");
        assert!(kept.ends_with("line 99"), "{kept}");
    }

    #[test]
    fn added_folders_come_before_the_inherited_path() {
        let path = path_with([PathBuf::from("first"), PathBuf::from("second")]);
        let folders: Vec<PathBuf> = env::split_paths(&path).take(2).collect();
        assert_eq!(folders, [PathBuf::from("first"), PathBuf::from("second")]);
    }
}
