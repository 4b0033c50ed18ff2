//! The split of the time that pays best when there is luck, with an interval.
//!
//! All shares are tried with the same luck. Even so the mean over finitely many runs is a step function of the share, since
//! accounts and wins are whole: its own highest point would hang on single runs and has no usable standard error (it strays
//! with the cube root of the runs, Kim & Pollard 1990). So the means are smoothed: at nine shares about the best of a coarser
//! row of nine a parabola is fitted by least squares, and its top is the answer. The top is a smooth function of the means,
//! hence its standard error follows from what each run contributes to slope b and curvature c (the delta method): a run with
//! `b_i` and `c_i` pulls the top `-b/(2c)` by `-(b_i - b)/(2c) + b (c_i - c)/(2 c^2)`.
//!
//! Where no curvature can be told from the luck, as on a level or kinked curve, the answer is the best share tried, and the
//! interval reaches over all shares tried that are not worse by more than 1.96 standard errors of the difference, run by run.

use super::simulation::{Outcome, Simulation};
use super::team::Team;
use crate::model::plan::Plan;

/// Shares in a row.
const ROW: usize = 9;
/// How far apart the shares of the first and of the second row are.
const APART: [f64; 2] = [0.06, 0.025];
/// Standard errors to either side of an interval that holds in 95 of 100 cases.
const NINETY_FIVE: f64 = 1.96;

/// For whom a split is to be best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// For the sellers: present value of pay.
    Seller,
    /// For the company: its present value.
    Company,
}

impl Side {
    fn of(self, outcome: &Outcome) -> f64 {
        match self {
            Side::Seller => outcome.pay,
            Side::Company => outcome.company_value,
        }
    }
}

/// The best split and how surely it is known from so many runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestSplit {
    /// The best share of time on customers, 0 to 1.
    pub share: f64,
    /// Where the 95 % interval for it begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// Whether a parabola told it; else it is the best share tried.
    pub is_smooth: bool,
    /// Runs at each share.
    pub runs: usize,
    /// Shares tried.
    pub shares_tried: usize,
}

/// A search for the best split that can be stopped and taken up again.
#[derive(Debug, Clone)]
pub struct BestSplitSearch {
    team: Team,
    plan: Plan,
    side: Side,
    seed: u64,
    runs: usize,
    /// Shares to be tried, the next one last.
    to_try: Vec<f64>,
    under_way: Option<(f64, Simulation)>,
    /// Shares tried, and what each run came to.
    tried: Vec<(f64, Vec<f64>)>,
    answer: Option<BestSplit>,
}

impl BestSplitSearch {
    /// Looks about the share `around`, the projection's best, with `runs` runs at each share, at least two; all sellers of the
    /// team have the same share. A best that lies more than about a third away from `around` is not found.
    pub fn new(team: &Team, plan: &Plan, side: Side, around: f64, runs: usize, seed: u64) -> BestSplitSearch {
        BestSplitSearch {
            team: team.clone(),
            plan: plan.clone(),
            side,
            seed,
            runs: runs.max(2),
            to_try: row(around, APART[0]),
            under_way: None,
            tried: Vec::with_capacity(2 * ROW),
            answer: None,
        }
    }

    /// Adds up to `runs` runs at one share. Whether the search is over.
    pub fn advance(&mut self, runs: usize) -> bool {
        if self.answer.is_some() {
            return true;
        }
        let (share, mut simulation) = match (self.under_way.take(), self.to_try.pop()) {
            (Some(under_way), next) => {
                self.to_try.extend(next);
                under_way
            }
            (None, Some(share)) => (share, Simulation::new(&self.team, &self.plan, &[share], self.seed)),
            (None, None) => return true,
        };
        let left = self.runs - simulation.outcomes().len();
        simulation.advance(left.min(runs.max(1)));
        if left > runs.max(1) {
            self.under_way = Some((share, simulation));
            return false;
        }
        self.tried.push((share, simulation.outcomes().iter().map(|outcome| self.side.of(outcome)).collect()));
        if self.to_try.is_empty() {
            match self.tried.len() {
                ROW => self.to_try = row(highest(&self.tried).0, APART[1]),
                _ => self.answer = Some(self.conclude()),
            }
        }
        self.answer.is_some()
    }

    /// The answer, once the search is over.
    pub const fn answer(&self) -> Option<BestSplit> {
        self.answer
    }

    fn conclude(&self) -> BestSplit {
        let near = self.tried.get(ROW..).unwrap_or_default();
        let (best, low, high, is_smooth) = match top(near) {
            Some((top, error)) => (top, top - NINETY_FIVE * error, top + NINETY_FIVE * error, true),
            None => {
                let (best, runs) = highest(&self.tried);
                let as_good = self.tried.iter().filter(|(_, others)| {
                    let differences = || runs.iter().zip(others).map(|(best, other)| best - other);
                    let (difference, error) = mean_and_error(differences());
                    difference <= NINETY_FIVE * error
                });
                let (low, high) =
                    as_good.fold((best, best), |(low, high), (share, _)| (share.min(low), share.max(high)));
                (best, low, high, false)
            }
        };
        let within = |share: f64| share.clamp(0.0, 1.0);
        BestSplit {
            share: within(best),
            low: within(low),
            high: within(high),
            is_smooth,
            runs: self.runs,
            shares_tried: self.tried.len(),
        }
    }
}

/// Shares `apart` from one another about `centre`, moved so that all lie within 0 to 1.
fn row(centre: f64, apart: f64) -> Vec<f64> {
    let half = apart * (ROW - 1) as f64 / 2.0;
    let first = (centre - half).clamp(0.0, 1.0 - 2.0 * half);
    (0..ROW).map(|index| (first + apart * index as f64).min(1.0)).rev().collect()
}

fn mean_and_error(amounts: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let (count, sum) = amounts.clone().fold((0.0, 0.0), |(count, sum), amount| (count + 1.0, sum + amount));
    let mean = sum / f64::max(count, 1.0);
    let squares: f64 = amounts.map(|amount| (amount - mean) * (amount - mean)).sum();
    (mean, (squares / f64::max(count - 1.0, 1.0) / f64::max(count, 1.0)).sqrt())
}

/// The share with the highest mean, the lowest of equals.
fn highest(tried: &[(f64, Vec<f64>)]) -> (f64, &[f64]) {
    let mean = |runs: &[f64]| runs.iter().sum::<f64>();
    let mut best: Option<(f64, f64, &[f64])> = None;
    for (share, runs) in tried {
        let height = mean(runs);
        if best.is_none_or(|(at, highest, _)| height > highest || (height == highest && *share < at)) {
            best = Some((*share, height, runs));
        }
    }
    best.map_or((0.0, &[]), |(share, _, runs)| (share, runs))
}

/// The top of the parabola through the means at evenly spaced shares, and its standard error: `None` where no curvature can be
/// told. At an end of 0 to 1 the top may lie beyond.
fn top(near: &[(f64, Vec<f64>)]) -> Option<(f64, f64)> {
    let (first, last) = (near.first()?.0, near.last()?.0);
    let (centre, half) = (0.5 * (first + last), 0.5 * (last - first));
    let places: Vec<f64> = near.iter().map(|(share, _)| (share - centre) / half).collect();
    let count = places.len() as f64;
    let squares: f64 = places.iter().map(|place| place * place).sum();
    let bends: Vec<f64> = places.iter().map(|place| place * place - squares / count).collect();
    let bend_squares: f64 = bends.iter().map(|bend| bend * bend).sum();
    // Slope and curvature of each run.
    let runs = near.first()?.1.len();
    let mut fits = vec![(0.0, 0.0); runs];
    for ((_, amounts), (place, bend)) in near.iter().zip(places.iter().zip(&bends)) {
        for (fit, amount) in fits.iter_mut().zip(amounts) {
            fit.0 += place / squares * amount;
            fit.1 += bend / bend_squares * amount;
        }
    }
    let (slope, _) = mean_and_error(fits.iter().map(|fit| fit.0));
    let (curvature, error) = mean_and_error(fits.iter().map(|fit| fit.1));
    if curvature >= -NINETY_FIVE * error || curvature == 0.0 {
        return None;
    }
    let at = -slope / (2.0 * curvature);
    let pulls = fits
        .iter()
        .map(|(b, c)| -(b - slope) / (2.0 * curvature) + slope * (c - curvature) / (2.0 * curvature * curvature));
    let (_, error) = mean_and_error(pulls);
    Some((centre + half * at, half.abs() * error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_within_the_range() {
        assert_eq!((row(0.0, 0.06).last(), row(1.0, 0.06).first()), (Some(&0.0), Some(&1.0)));
        assert!(row(0.5, 0.025).contains(&0.5) || row(0.5, 0.025).iter().any(|it| (it - 0.5).abs() < 1e-12));
        assert!([0.0, 0.01, 0.4, 0.99, 1.0].iter().all(|at| row(*at, 0.06).len() == ROW));
    }

    #[test]
    fn the_top_of_parabolas_is_met_and_its_error_is_that_of_their_tops() {
        // Runs -(u - t)^2 with tops t alike in curvature: the mean has its top at the mean of t, with the error of that mean.
        let tops = [0.50, 0.52, 0.47, 0.55];
        let near: Vec<(f64, Vec<f64>)> = row(0.5, 0.025)
            .into_iter()
            .map(|share| (share, tops.iter().map(|top| -(share - top) * (share - top)).collect()))
            .collect();
        let (at, error) = top(&near).unwrap();
        assert!((at - 0.51).abs() < 1e-12, "{at}");
        // Squares about .51: 1 + 1 + 16 + 16 = 34 times 1e-4.
        assert!((error - (34e-4_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12, "{error}");
        let level: Vec<(f64, Vec<f64>)> = row(0.5, 0.025).into_iter().map(|share| (share, vec![1.0; 4])).collect();
        assert!(top(&level).is_none());
    }
}
