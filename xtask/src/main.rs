//! The project's commands: `cargo xtask` runs them, in the same way on every machine.
//!
//! [`args`] reads the command line, and one module carries out each command: [`serve`], [`build`], [`test`] and
//! [`bench`] (which also soaks; what it measures of the engine alone is built in [`kernels`]). They share [`setup`],
//! which finds or installs the tools, [`process`], which starts other programs, and [`error`], whose sentences say what
//! to do. Nothing here is part of the site.

mod args;
mod bench;
mod build;
mod error;
mod hashes;
mod kernels;
mod minify;
mod parts;
mod process;
mod project;
mod report;
mod serve;
mod server;
mod setup;
mod sizes;
mod tally;
mod test;
mod worker;

use args::Command;
use error::{Problem, Result};
use project::Project;
use setup::folder::ToolFolder;
use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    match args::parse(words).and_then(carry_out) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {problem}");
            if let Problem::Arguments(_) = problem {
                eprintln!("\n{}", args::HELP);
            }
            ExitCode::FAILURE
        }
    }
}

/// Does what the command line asks for.
fn carry_out(command: Command) -> Result<ExitCode> {
    let project = Project::find();
    match command {
        Command::Help => println!("{}", args::HELP),
        Command::Serve { port, open } => serve::run(&project, port, open)?,
        Command::Build => {
            let tools = setup::site_tools(&project, &ToolFolder::find()?)?;
            build::site(&project, &tools)?;
        }
        // The last line tells the result; an error after it would only repeat it.
        Command::Test { native } if !test::run(&project, native) => return Ok(ExitCode::FAILURE),
        Command::Test { .. } => {}
        Command::Soak => bench::soak(&project)?,
        Command::Bench { page } => bench::run(&project, page)?,
        Command::CleanTools => ToolFolder::find()?.clean()?,
    }
    Ok(ExitCode::SUCCESS)
}
