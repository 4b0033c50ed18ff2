//! Programs that answer each line by one line.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A program that waits for lines; ended on drop.
pub struct Peer {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts it.
    pub fn start(command: &mut Command) -> Peer {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|why| panic!("{command:?} does not start: {why}"));
        let (questions, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Peer { child, questions, answers: BufReader::new(answers) }
    }

    /// The answer to a line.
    pub fn ask<T: serde::de::DeserializeOwned>(&mut self, line: &str) -> T {
        writeln!(self.questions, "{line}").unwrap_or_else(|why| panic!("{line}: {why}"));
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap_or_else(|why| panic!("{line}: {why}"));
        serde_json::from_str(&answer).unwrap_or_else(|why| panic!("{line} gives {answer:?}: {why}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
