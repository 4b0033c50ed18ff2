//! Reads a workspace file (or standard input) and prints what the Payoff page derives from it, as JSON.
//!
//! ```text
//! cargo run --release --bin evaluate -- FILE [--seller NAME] [--as-of YYYY-MM] [--target PERCENT]
//! ```
//!
//! Keys of the answer are described in [`holdfast::storage::report`]. A problem is one sentence on standard error and
//! exit status 1.

use std::io::{ErrorKind, Read, Write};
use std::process::ExitCode;

use holdfast::model::month::Month;
use holdfast::model::payoff::{Question, payoff};
use holdfast::storage::{envelope, report};

const USAGE: &str = "usage: evaluate [FILE] [--seller NAME] [--as-of YYYY-MM] [--target PERCENT]
Reads a file that Holdfast saved (standard input without FILE or with -) and prints the results as JSON.";

#[derive(Default)]
struct Arguments {
    file: Option<String>,
    seller: Option<String>,
    as_of: Option<Month>,
    target: Option<f64>,
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    while let Some(argument) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{argument} needs a value.\n{USAGE}"));
        match argument.as_str() {
            "--seller" => arguments.seller = Some(value()?),
            "--as-of" => {
                let text = value()?;
                let month = Month::parse(&text).ok_or_else(|| format!("“{text}” is no month: write it as 2026-11."))?;
                arguments.as_of = Some(month);
            }
            "--target" => {
                let text = value()?;
                let percent: f64 = text.parse().map_err(|_| format!("“{text}” is no percentage."))?;
                if !(0.0..=100.0).contains(&percent) {
                    return Err(format!("{percent} is no share of time: give 0 to 100."));
                }
                arguments.target = Some(percent / 100.0);
            }
            "--help" | "-h" => return Err(USAGE.to_owned()),
            "-" => arguments.file = None,
            flag if flag.starts_with("--") => return Err(format!("There is no flag {flag}.\n{USAGE}")),
            _ if arguments.file.is_none() => arguments.file = Some(argument),
            _ => return Err(format!("One file at a time.\n{USAGE}")),
        }
    }
    Ok(arguments)
}

fn evaluate(arguments: Arguments) -> Result<String, String> {
    let text = match &arguments.file {
        Some(file) => std::fs::read_to_string(file).map_err(|why| format!("{file} cannot be read: {why}."))?,
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|why| format!("Standard input: {why}."))?;
            text
        }
    };
    let mut workspace = envelope::read(&text).map_err(|why| why.to_string())?.workspace;
    if let Some(month) = arguments.as_of {
        workspace.as_of = month;
    }
    if let Some(name) = &arguments.seller
        && !workspace.book.sellers().contains_key(name.as_str())
    {
        let known: Vec<&str> = workspace.book.sellers().into_keys().collect();
        return Err(format!("No seller is called “{name}”; there are: {}.", known.join(", ")));
    }
    let question = Question { seller: arguments.seller, target_share: arguments.target, ..Question::default() };
    let answer = payoff(&workspace, &question).map_err(|why| why.to_string())?;
    report::json(&workspace, &question, &answer).map_err(|why| why.to_string())
}

fn main() -> ExitCode {
    match arguments(std::env::args().skip(1)).and_then(evaluate) {
        // A reader that has seen enough closes the pipe, which is no failure of ours.
        Ok(json) => match writeln!(std::io::stdout(), "{json}") {
            Err(why) if why.kind() != ErrorKind::BrokenPipe => {
                eprintln!("The answer could not be printed: {why}.");
                ExitCode::FAILURE
            }
            _ => ExitCode::SUCCESS,
        },
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
