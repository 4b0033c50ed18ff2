//! Which of two plans pays more, run by run.

use super::simulation::{Outcome, Simulation};

/// How often one side is better off under plan B than under plan A with the same luck.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The part of runs in which B gives more, 0 to 1.
    pub better: f64,
    /// The part in which both give the same to a billionth.
    pub equal: f64,
    /// Standard error of `better`: `sqrt(p (1 - p) / n)`. It is 0 where all runs agree; with n runs that still leaves a chance
    /// of up to `3/n` unseen (the rule of three).
    pub standard_error: f64,
    /// By how much more B gives on average, money.
    pub difference: f64,
    /// Standard error of that, of differences run by run: common luck falls out.
    pub difference_error: f64,
}

/// Plan B against plan A.
///
/// Both have the same luck if both were prepared with the same seed and team. Whether each is at its own best share or both at
/// one given share is in how they were prepared ([`Simulation::new`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duel {
    /// Runs that were compared.
    pub runs: usize,
    /// For the sellers: present value of pay.
    pub seller: Chance,
    /// For the company: its present value.
    pub company: Chance,
}

impl Duel {
    /// Compares the runs that both have.
    pub fn new(a: &Simulation, b: &Simulation) -> Duel {
        let chance =
            |of: fn(&Outcome) -> f64| Chance::between(a.outcomes().iter().map(of), b.outcomes().iter().map(of));
        Duel {
            runs: a.outcomes().len().min(b.outcomes().len()),
            seller: chance(|it| it.pay),
            company: chance(|it| it.company_value),
        }
    }
}

impl Chance {
    /// That `b` gives more than `a`, run by run.
    pub(super) fn between(a: impl Iterator<Item = f64>, b: impl Iterator<Item = f64>) -> Chance {
        let difference = |(a, b): (f64, f64)| if (b - a).abs() <= 1e-9 * a.abs().max(b.abs()) { 0.0 } else { b - a };
        Chance::of(&a.zip(b).map(difference).collect::<Vec<f64>>())
    }

    fn of(differences: &[f64]) -> Chance {
        let count = differences.len().max(1) as f64;
        let part = |which: fn(&&f64) -> bool| differences.iter().filter(which).count() as f64 / count;
        let (better, difference) = (part(|it| **it > 0.0), differences.iter().sum::<f64>() / count);
        let squares: f64 = differences.iter().map(|it| (it - difference) * (it - difference)).sum();
        Chance {
            better,
            equal: part(|it| **it == 0.0),
            standard_error: (better * (1.0 - better) / count).sqrt(),
            difference,
            difference_error: (squares / (count - 1.0).max(1.0) / count).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_of_four_differences_is_that_by_hand() {
        let chance = Chance::of(&[1.0, 3.0, 0.0, -2.0]);
        assert_eq!((chance.better, chance.equal, chance.standard_error), (0.5, 0.25, 0.25));
        // Squares about 1/2: 1/4 + 25/4 + 1/4 + 25/4 = 13.
        assert_eq!(chance.difference, 0.5);
        assert!((chance.difference_error - (13.0_f64 / 12.0).sqrt()).abs() < 1e-15);
        assert!(Chance::of(&[]).difference_error == 0.0);
    }
}
