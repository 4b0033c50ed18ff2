//! Telling the user what set-up does and how long it took.

use crate::error::Result;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Says that a tool is there already.
pub fn found(what: &str) {
    println!("{what}: found");
}

/// Does one step that may take a while: says what it does before, and how long it took after.
pub fn timed<T>(what: &str, doing: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    print!("{what}: {doing} ... ");
    // A terminal that cannot be flushed is no reason to stop.
    let _ = io::stdout().flush();
    let start = Instant::now();
    let result = work();
    println!("{}", ending(result.is_ok(), start.elapsed()));
    result
}

/// The words after the dots: the time is told only when it was worth noticing.
fn ending(succeeded: bool, took: Duration) -> String {
    let word = if succeeded { "done" } else { "failed" };
    if took > Duration::from_secs(1) { format!("{word} in {:.0} s", took.as_secs_f64()) } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_steps_tell_their_time() {
        assert_eq!(ending(true, Duration::from_millis(900)), "done");
        assert_eq!(ending(true, Duration::from_millis(171_400)), "done in 171 s");
        assert_eq!(ending(false, Duration::from_secs(12)), "failed in 12 s");
    }
}
