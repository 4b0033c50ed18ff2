//! Running suites one after the other and counting what they say.

use crate::process;
use crate::tally::Tally;
use std::fmt::Display;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

/// What came out so far. A suite that fails does not keep the later ones from running.
#[derive(Default)]
pub struct Report {
    sum: Tally,
    /// The suites that could not run, each with its reason.
    not_run: Vec<String>,
}

impl Report {
    /// Runs a program that simply holds or not, which counts as one test.
    pub fn check(&mut self, name: &str, command: &mut Command) {
        announce(name);
        match command.status() {
            Ok(status) => self.sum += Tally { passed: status.success().into(), failed: (!status.success()).into() },
            Err(reason) => self.could_not_run(name, reason),
        }
    }

    /// Runs a program that runs tests, shows what it prints while it prints it, and adds up the results in there.
    pub fn tests(&mut self, name: &str, command: &mut Command) {
        announce(name);
        match run_and_count(command) {
            Err(reason) => self.could_not_run(name, reason),
            Ok((status, tally)) => {
                self.sum += tally;
                if tally.failed == 0 && !status.success() {
                    self.could_not_run(name, format!("`{}` ended with {status}", process::name_of(command)));
                } else if tally == Tally::default() {
                    self.could_not_run(name, "it ran no test");
                }
            }
        }
    }

    /// Notes that a suite could not run. It counts as one failure. What the reason says beyond its first line, such as
    /// a failed program's output, is shown at once and left out of the summary.
    pub fn could_not_run(&mut self, name: &str, reason: impl Display) {
        let reason = reason.to_string();
        let (first, rest) = reason.split_once('\n').unwrap_or((&reason, ""));
        if !rest.is_empty() {
            println!("{reason}");
        }
        self.sum += Tally { passed: 0, failed: 1 };
        self.not_run.push(format!("could not run: {name} ({first})"));
    }

    /// Prints the result, and says whether everything passed.
    pub fn finish(self) -> bool {
        println!();
        for line in &self.not_run {
            println!("{line}");
        }
        println!("{} passed, {} failed", self.sum.passed, self.sum.failed);
        self.sum.failed == 0
    }
}

/// Puts a heading above what a suite prints.
pub fn announce(name: &str) {
    println!("\n== {name}");
}

/// Runs a program to its end, passing its standard output on line by line.
fn run_and_count(command: &mut Command) -> io::Result<(ExitStatus, Tally)> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let tally = count_output(&mut child);
    let status = child.wait()?;
    Ok((status, tally?))
}

/// Passes a child's lines on and adds up the results in them.
fn count_output(child: &mut Child) -> io::Result<Tally> {
    let mut sum = Tally::default();
    let Some(output) = child.stdout.take() else {
        return Ok(sum);
    };
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        if let Some(tally) = Tally::of_line(&text) {
            sum += tally;
        }
        line.clear();
    }
    Ok(sum)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A program that prints a text and ends with a status.
    fn script(text: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", text]);
        command
    }

    #[test]
    fn results_of_all_programs_of_a_suite_add_up() {
        let mut report = Report::default();
        let text = "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'; \
                    echo 'test result: FAILED. 1 passed; 3 failed; 0 ignored'; exit 101";
        report.tests("suite", &mut script(text));
        assert_eq!(report.sum, Tally { passed: 3, failed: 3 });
        assert!(report.not_run.is_empty());
        assert!(!report.finish());
    }

    #[test]
    fn the_summary_keeps_a_reason_short() {
        let mut report = Report::default();
        report.could_not_run("suite", "it failed: read on\nline 1\nline 2");
        assert_eq!(report.not_run, ["could not run: suite (it failed: read on)"]);
    }

    #[test]
    fn a_check_counts_as_one() {
        let mut report = Report::default();
        report.check("holds", &mut script("exit 0"));
        report.check("does not", &mut script("exit 1"));
        assert_eq!(report.sum, Tally { passed: 1, failed: 1 });
    }

    #[test]
    fn a_suite_that_could_not_run_is_named_and_fails() {
        let mut report = Report::default();
        report.tests("does not compile", &mut script("exit 101"));
        report.tests("dies half-way", &mut script("echo 'test result: ok. 2 passed; 0 failed'; exit 1"));
        report.tests("is empty", &mut script("echo 'test result: ok. 0 passed; 0 failed'"));
        report.tests("is not there", &mut Command::new("no-such-program"));
        assert_eq!(report.sum, Tally { passed: 2, failed: 4 });
        assert_eq!(report.not_run.len(), 4);
        assert!(report.not_run.iter().any(|line| line.starts_with("could not run: is empty (it ran no test)")));
    }
}
