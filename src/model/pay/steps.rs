//! A level that changes in steps: rates by volume, multipliers by attainment, shares by age.

use std::fmt;

/// How a tier table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// Each slice of the amount at the rate of its own tier. Pay has kinks but never jumps.
    #[default]
    Marginal,
    /// The whole amount at the highest rate reached. Pay jumps where a tier begins.
    Retroactive,
}

/// Levels, each from its start until the next. Before the first start the level is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps(Vec<(f64, f64)>);

/// Why a table of steps cannot be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BadSteps {
    /// There is no step.
    Empty,
    /// A start is negative, or start or level is no number.
    NotANumber {
        /// Which step, from 1.
        step: usize,
    },
    /// A step does not start above the one before it.
    NotRising {
        /// Which step, from 1.
        step: usize,
        /// Its start.
        start: f64,
    },
}

impl fmt::Display for BadSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadSteps::Empty => write!(f, "The table has no steps: add one that starts at 0."),
            BadSteps::NotANumber { step } => {
                write!(f, "Step {step} needs a start of 0 or more and a number to go with it.")
            }
            BadSteps::NotRising { step, start } => {
                write!(f, "Step {step} starts at {start}, which is not above the step before it: put steps in order.")
            }
        }
    }
}

impl std::error::Error for BadSteps {}

impl Steps {
    /// One level from 0 on.
    pub fn level_at_all(level: f64) -> Steps {
        Steps(vec![(0.0, level)])
    }

    /// From pairs `(start, level)` in rising order of start.
    ///
    /// # Errors
    /// [`BadSteps`], which names the step.
    pub fn new(steps: Vec<(f64, f64)>) -> Result<Steps, BadSteps> {
        let mut before: Option<f64> = None;
        for (index, (start, level)) in steps.iter().enumerate() {
            if !(start.is_finite() && *start >= 0.0 && level.is_finite()) {
                return Err(BadSteps::NotANumber { step: index + 1 });
            }
            if before.is_some_and(|before| *start <= before) {
                return Err(BadSteps::NotRising { step: index + 1, start: *start });
            }
            before = Some(*start);
        }
        if steps.is_empty() { Err(BadSteps::Empty) } else { Ok(Steps(steps)) }
    }

    /// The pairs `(start, level)`.
    pub fn steps(&self) -> &[(f64, f64)] {
        &self.0
    }

    /// The same levels with every start multiplied by `factor`, such as shares of a quota turned into money.
    pub fn scaled(&self, factor: f64) -> Scaled<'_> {
        Scaled { steps: &self.0, factor }
    }

    /// How many steps have begun at `amount`.
    pub fn begun(&self, amount: f64) -> usize {
        self.scaled(1.0).begun(amount)
    }

    /// The level at `amount`. At a start it is already that of the step which starts there.
    pub fn level(&self, amount: f64) -> f64 {
        self.scaled(1.0).level(amount)
    }

    /// The area under the levels from 0 to `amount`; for a negative amount that of the first level, with its sign.
    pub fn area(&self, amount: f64) -> f64 {
        self.scaled(1.0).area(amount)
    }

    /// What a tier table pays on `amount`.
    pub fn pay(&self, amount: f64, reading: Reading) -> f64 {
        self.scaled(1.0).pay(amount, reading)
    }
}

/// Steps whose starts are told in another unit: see [`Steps::scaled`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scaled<'a> {
    steps: &'a [(f64, f64)],
    factor: f64,
}

impl Scaled<'_> {
    /// How many steps have begun at `amount`.
    pub fn begun(self, amount: f64) -> usize {
        self.steps.iter().take_while(|(start, _)| start * self.factor <= amount).count()
    }

    /// The level at `amount`. At a start it is already that of the step which starts there.
    pub fn level(self, amount: f64) -> f64 {
        let mut reached = 0.0;
        for (start, level) in self.steps {
            let start = start * self.factor;
            if start > amount && start != 0.0 {
                break;
            }
            reached = *level;
        }
        reached
    }

    /// The area under the levels from 0 to `amount`; for a negative amount that of the first level, with its sign.
    pub fn area(self, amount: f64) -> f64 {
        if amount < 0.0 {
            return self.level(0.0) * amount;
        }
        let mut area = 0.0;
        // Of the step that is under way: its start and level.
        let mut under_way: Option<(f64, f64)> = None;
        for (start, level) in self.steps {
            let start = start * self.factor;
            if start >= amount {
                break;
            }
            if let Some((before, level)) = under_way
                && start > before
            {
                area += level * (start - before);
            }
            under_way = Some((start, *level));
        }
        under_way.map_or(area, |(start, level)| area + level * (amount - start))
    }

    /// What a tier table pays on `amount`.
    pub fn pay(self, amount: f64, reading: Reading) -> f64 {
        match reading {
            Reading::Marginal => self.area(amount),
            Reading::Retroactive => self.level(amount) * amount,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Steps {
        Steps::new(vec![(0.0, 0.01), (1_000.0, 0.02), (3_000.0, 0.03)]).unwrap()
    }

    #[test]
    fn a_boundary_pays_the_higher_tier() {
        assert_eq!([999.99, 1_000.0, 3_000.0, 1e9].map(|at| table().level(at)), [0.01, 0.02, 0.03, 0.03]);
        assert_eq!(table().pay(1_000.0, Reading::Retroactive), 20.0);
        assert_eq!(table().pay(1_000.0, Reading::Marginal), 10.0);
        assert_eq!(table().pay(4_000.0, Reading::Marginal), 10.0 + 40.0 + 30.0);
        assert_eq!(table().pay(-100.0, Reading::Marginal), -1.0);
        let late = Steps::new(vec![(100.0, 0.5)]).unwrap();
        assert_eq!([late.level(99.0), late.area(99.0), late.area(120.0)], [0.0, 0.0, 10.0]);
    }

    #[test]
    fn tables_that_cannot_be_read_are_refused_by_step() {
        assert_eq!(Steps::new(vec![]), Err(BadSteps::Empty));
        assert_eq!(Steps::new(vec![(0.0, 0.1), (0.0, 0.2)]), Err(BadSteps::NotRising { step: 2, start: 0.0 }));
        assert_eq!(Steps::new(vec![(-1.0, 0.1)]), Err(BadSteps::NotANumber { step: 1 }));
        assert_eq!(Steps::new(vec![(0.0, f64::NAN)]), Err(BadSteps::NotANumber { step: 1 }));
        assert_eq!(Steps::new(vec![(f64::INFINITY, 0.1)]), Err(BadSteps::NotANumber { step: 1 }));
    }
}
