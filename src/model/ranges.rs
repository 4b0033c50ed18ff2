//! Numbers that the user knows only between two ends.
//!
//! A range stands beside the number of its input, which lies in it and is what every single answer is worked out with; the
//! ranges themselves are asked about by [`super::certainty`].

use std::fmt;

use super::bounds::Input;
use super::quantity::OutOfRange;
use super::workspace::SMALLEST;

/// From `low` to `high`, in the unit of its input; `low < high`, both finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    low: f64,
    high: f64,
}

impl Range {
    /// The range of `input` from `low` to `high`, those included. Ends of the horizon are rounded to whole months.
    ///
    /// # Errors
    /// [`BadRange`] if an end is outside the input's bounds or no number, or if `low` is not below `high`.
    pub fn new(input: Input, low: f64, high: f64) -> Result<Range, BadRange> {
        let row = input.bounds();
        if let Some(given) = [low, high].into_iter().find(|end| !(row.min..=row.max).contains(end)) {
            return Err(BadRange::OutOfBounds(OutOfRange { given, min: row.min, max: row.max }));
        }
        let (low, high) = match input {
            Input::Horizon => (libm::round(low), libm::round(high)),
            // As single numbers are.
            _ => (or_nothing(low), or_nothing(high)),
        };
        if low < high { Ok(Range { low, high }) } else { Err(BadRange::NotRising { low, high }) }
    }

    /// The lower end.
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The higher end.
    pub const fn high(self) -> f64 {
        self.high
    }

    /// `(low + high) / 2`.
    pub const fn middle(self) -> f64 {
        0.5 * (self.low + self.high)
    }

    /// Whether `number` lies in it, ends included.
    pub fn holds(self, number: f64) -> bool {
        (self.low..=self.high).contains(&number)
    }
}

/// 0 where `number` is too small to matter.
const fn or_nothing(number: f64) -> f64 {
    if number.abs() < SMALLEST { 0.0 } else { number }
}

/// Why a range cannot be used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BadRange {
    /// An end outside the input's bounds.
    OutOfBounds(OutOfRange),
    /// The lower end is not below the higher one.
    NotRising {
        /// The lower end as given.
        low: f64,
        /// The higher end as given.
        high: f64,
    },
    /// The number of the input does not lie in it.
    Misses {
        /// The number.
        number: f64,
        /// The range.
        range: Range,
    },
}

impl fmt::Display for BadRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadRange::OutOfBounds(why) => why.fmt(f),
            BadRange::NotRising { low, high } => {
                write!(f, "A range must rise, and {low} to {high} does not: give the lower end first.")
            }
            BadRange::Misses { number, range } => {
                write!(f, "{number} is not in its range of {} to {}: widen the range.", range.low, range.high)
            }
        }
    }
}

impl std::error::Error for BadRange {}

/// The ranges by input, in the order of [`Input`]. There are few, so they are a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranges(Vec<(Input, Range)>);

impl Ranges {
    /// Whether every number is given as one.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The range of `input`, if it has one.
    pub fn get(&self, input: Input) -> Option<Range> {
        self.iter().find(|(it, _)| *it == input).map(|(_, range)| range)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (Input, Range)> + '_ {
        self.0.iter().copied()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn put(&mut self, input: Input, range: Range) {
        self.remove(input);
        let place = self.0.iter().take_while(|(it, _)| *it < input).count();
        self.0.insert(place, (input, range));
    }

    pub(super) fn remove(&mut self, input: Input) {
        self.0.retain(|(it, _)| *it != input);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::sample::sample_workspace;
    use crate::model::workspace::Workspace;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    #[test]
    fn a_range_moves_the_number_to_its_middle_and_a_number_takes_it_away() {
        let mut workspace = sample();
        workspace.set_range(Input::Stay, 0.5, 1.0).unwrap();
        workspace.set_range(Input::RenewalCommission, 0.25, 0.5).unwrap();
        assert_eq!((workspace.get(Input::Stay), workspace.get(Input::RenewalCommission)), (0.75, 0.375));
        let order: Vec<Input> = workspace.ranges.iter().map(|(input, _)| input).collect();
        assert_eq!(order, [Input::RenewalCommission, Input::Stay]);
        workspace.set_range(Input::Stay, 0.25, 0.5).unwrap();
        assert_eq!(workspace.ranges.len(), 2, "one an input");
        workspace.set(Input::Stay, 0.3).unwrap();
        assert_eq!(workspace.ranges.get(Input::Stay), None);
        assert!(
            workspace.set(Input::RenewalCommission, 7.0).is_err() && workspace.ranges.len() == 1,
            "refused: no change"
        );
    }

    #[test]
    fn a_range_may_be_kept_around_a_number_that_is_not_its_middle() {
        let mut workspace = sample();
        workspace.keep_range(Input::Stay, 0.7, 0.9).unwrap();
        assert_eq!(workspace.get(Input::Stay), 0.75);
        let before = workspace.clone();
        for (low, high) in [(0.76, 0.9), (0.5, 0.7)] {
            assert!(matches!(workspace.keep_range(Input::Stay, low, high), Err(BadRange::Misses { .. })));
        }
        assert_eq!(workspace, before);
    }

    #[test]
    fn what_is_no_range_is_refused_in_a_sentence_and_changes_nothing() {
        let mut workspace = sample();
        let before = workspace.clone();
        for (low, high) in
            [(0.5, 0.5), (0.6, 0.5), (-0.1, 0.5), (0.5, 1.1), (f64::NAN, 0.5), (0.5, f64::INFINITY), (1e-12, 2e-12)]
        {
            let why = workspace.set_range(Input::Stay, low, high).unwrap_err().to_string();
            assert!(why.len() > 20 && why.ends_with('.'), "{why}");
        }
        assert_eq!(workspace, before);
    }

    #[test]
    fn months_of_the_horizon_are_whole() {
        let mut workspace = sample();
        workspace.set_range(Input::Horizon, 23.6, 36.7).unwrap();
        let range = workspace.ranges.get(Input::Horizon).unwrap();
        assert_eq!((range.low(), range.high(), workspace.get(Input::Horizon)), (24.0, 37.0, 31.0));
        assert!(workspace.set_range(Input::Horizon, 24.1, 24.4).is_err());
    }

    #[test]
    fn a_contract_year_with_a_range_does_not_follow_the_common_commission() {
        let mut workspace = sample();
        workspace.set_range(Input::RenewalYear3, 0.01, 0.03).unwrap();
        workspace.set(Input::RenewalCommission, 0.06).unwrap();
        assert_eq!((workspace.get(Input::RenewalYear3), workspace.get(Input::RenewalYear4)), (0.02, 0.06));
    }
}
