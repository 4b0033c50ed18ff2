//! Reading how many tests passed from what a test runner prints.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that held.
    pub passed: u64,
    /// Those that did not.
    pub failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// Reads the line with which one test program ends:
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out`. `None` for all other lines.
    pub fn of_line(line: &str) -> Option<Tally> {
        let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let count = |word: &str| {
            let number = counts.split(';').find_map(|part| part.trim().strip_suffix(word))?;
            number.trim().parse().ok()
        };
        Some(Tally { passed: count(" passed")?, failed: count(" failed")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn native_results_are_read() {
        let line = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.52s";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 12, failed: 0 }));
        let line =
            "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 4, failed: 2 }));
    }

    #[test]
    fn results_from_the_browser_are_read() {
        let line = "test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.03s";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 7, failed: 0 }));
    }

    #[test]
    fn other_lines_are_no_results() {
        for line in
            ["running 3 tests", "test result_is_read ... ok", "test result: ok.", "the test result: ok. 1 passed"]
        {
            assert_eq!(Tally::of_line(line), None, "{line}");
        }
    }

    #[test]
    fn tallies_add_up() {
        let mut sum = Tally { passed: 1, failed: 0 };
        sum += Tally { passed: 2, failed: 3 };
        assert_eq!(sum, Tally { passed: 3, failed: 3 });
    }
}
