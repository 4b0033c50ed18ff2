//! The small chart beside a slider: a figure over the slider's range, and where seller and company agree.
//!
//! A chart is made of some twenty verdicts, which may take longer than a frame. So a [`Series`] is computed one verdict
//! at a time: first the points from left to right, then the flip points between them.

use std::rc::Rc;

use super::bounds::{Input, Unit};
use super::payoff::Headline;
use super::what_if::{Figure, WhatIf};

/// Points of a chart, both ends of the slider included.
pub const POINTS: usize = 21;

/// A point of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesPoint {
    /// The input's value.
    pub at: f64,
    /// The figure there; `None` where the inputs contradict one another.
    pub figure: Option<f64>,
}

/// A value of the input at which the verdict turns: on one side sellers give customers more of their time than the
/// company would have them give, on the other less.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flip {
    /// The input's value.
    pub at: f64,
    /// Whether both agree there; if not, a best share jumps over the other, or they would agree between two months.
    pub agrees: bool,
}

/// A chart that is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The input over whose slider it runs.
    pub input: Input,
    /// Its points, from left to right.
    pub points: Vec<SeriesPoint>,
    /// Where the verdict turns, from left to right.
    pub flips: Vec<Flip>,
}

/// Shares nearer than this agree.
const AGREE: f64 = 1e-4;
/// Where a lead is this small, it is where both meet.
const MET: f64 = 1e-7;
/// A flip point is closed in on to this part of the slider's range.
const CLOSE: f64 = 1e-7;

/// A value of the input with the sellers' lead there.
type Lead = (f64, f64);

/// Two values between which the verdict turns, and the weights of both in the next guess.
#[derive(Debug, Clone, Copy)]
struct Bracket {
    low: Lead,
    high: Lead,
    weights: (f64, f64),
    turns: u32,
}

/// A chart in the making.
#[derive(Debug, Clone)]
pub struct Series {
    what_if: Rc<WhatIf>,
    input: Input,
    figure: Figure,
    points: Vec<SeriesPoint>,
    /// The lead at the last point, unless it has none.
    before: Option<Lead>,
    open: Vec<Bracket>,
    flips: Vec<Flip>,
}

impl Series {
    /// A chart of `figure` over the slider of `input`, without any point yet.
    pub fn new(what_if: Rc<WhatIf>, input: Input, figure: Figure) -> Series {
        let points = Vec::with_capacity(POINTS);
        Series { what_if, input, figure, points, before: None, open: Vec::new(), flips: Vec::new() }
    }

    /// Computes the next point, or the next step towards a flip point: at most one verdict. `false` once all is done.
    ///
    /// A flip point takes about eight steps. Two flip points between the same two points of the chart are missed.
    pub fn advance(&mut self) -> bool {
        if self.points.len() < POINTS {
            self.add_point();
        } else if let Some(bracket) = self.open.pop() {
            self.narrow(bracket);
        }
        self.points.len() < POINTS || !self.open.is_empty()
    }

    /// What is there so far, as a chart.
    pub fn into_chart(self) -> Chart {
        Chart { input: self.input, points: self.points, flips: self.flips }
    }

    /// All that is left, at once.
    pub fn finish(mut self) -> Series {
        while self.advance() {}
        self
    }

    /// The input that is moved.
    pub const fn input(&self) -> Input {
        self.input
    }

    /// The points so far, from left to right.
    pub fn points(&self) -> &[SeriesPoint] {
        &self.points
    }

    /// The points where the verdict turns, from left to right; complete once [`Series::advance`] said so.
    pub fn flips(&self) -> &[Flip] {
        &self.flips
    }

    /// The place among [`Series::points`] of the one with a figure that is nearest to where the input is now, the left
    /// of two equally near; `None` as long as there is none.
    pub fn nearest(&self) -> Option<usize> {
        let now = self.what_if.now(self.input);
        let off = |point: &SeriesPoint| (point.at - now).abs();
        let shown = self.points.iter().enumerate().filter(|(_, point)| point.figure.is_some());
        shown.min_by(|one, other| off(one.1).total_cmp(&off(other.1))).map(|(place, _)| place)
    }

    fn add_point(&mut self) {
        let (least, most) = self.input.bounds().slider;
        let part = self.points.len() as f64 / (POINTS - 1) as f64;
        let at = self.whole(least + (most - least) * part);
        let verdict = self.what_if.with(&[(self.input, at)]);
        self.points.push(SeriesPoint { at, figure: verdict.as_ref().map(|verdict| self.figure.of(verdict)) });
        let Some(verdict) = verdict else {
            // Across a gap nothing is known to turn.
            self.before = None;
            return;
        };
        let here = (at, lead(&verdict));
        if let Some(before) = self.before
            && (before.1 > 0.0) != (here.1 > 0.0)
        {
            self.open.insert(0, Bracket { low: before, high: here, weights: (before.1, here.1), turns: 0 });
        }
        self.before = Some(here);
    }

    /// Months are whole.
    fn whole(&self, at: f64) -> f64 {
        if self.input.bounds().unit == Unit::Months { libm::round(at) } else { at }
    }

    /// One step of regula falsi with the Illinois rule, then of bisection for what jumps.
    fn narrow(&mut self, mut bracket: Bracket) {
        /// Turns of regula falsi before the rest is halved.
        const FALSI: u32 = 10;
        let (least, most) = self.input.bounds().slider;
        let Bracket { low, high, weights, turns } = bracket;
        let closest = if low.1.abs() < high.1.abs() { low } else { high };
        let finest = if self.input.bounds().unit == Unit::Months { 1.0 } else { CLOSE * (most - least) };
        if closest.1.abs() <= MET || high.0 - low.0 <= finest || turns > 60 {
            self.flips.push(Flip { at: closest.0, agrees: closest.1.abs() <= AGREE });
            return;
        }
        let falsi = (low.0 * weights.1 - high.0 * weights.0) / (weights.1 - weights.0);
        let halfway = 0.5 * (low.0 + high.0);
        let guess = if turns < FALSI && falsi > low.0 && falsi < high.0 { falsi } else { halfway };
        let guess = self.whole(guess);
        let at = if guess > low.0 && guess < high.0 { guess } else { self.whole(halfway) };
        // Nowhere between two values that have a verdict are there contradictions, unless by rounding.
        let Some(verdict) = self.what_if.with(&[(self.input, at)]) else { return };
        let here = (at, lead(&verdict));
        if (here.1 > 0.0) == (low.1 > 0.0) {
            bracket.low = here;
            bracket.weights = (here.1, 0.5 * weights.1);
        } else {
            bracket.high = here;
            bracket.weights = (0.5 * weights.0, here.1);
        }
        bracket.turns += 1;
        self.open.push(bracket);
    }
}

/// By how much sellers give customers more of their time than the company would: the verdict is its sign.
fn lead(verdict: &Headline) -> f64 {
    verdict.seller_share - verdict.company_share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, payoff};
    use crate::model::sample::sample_workspace;
    use crate::model::workspace::Workspace;

    fn series(workspace: &Workspace, input: Input, figure: Figure) -> Series {
        let what_if = WhatIf::new(workspace, &Question::default()).unwrap();
        Series::new(Rc::new(what_if), input, figure).finish()
    }

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    #[test]
    fn points_are_the_verdicts_over_the_slider() {
        let workspace = sample();
        let charted = series(&workspace, Input::Stay, Figure::SellerShare);
        assert_eq!(charted.points().len(), POINTS);
        for (point, step) in charted.points().iter().zip(0..) {
            assert!((point.at - 0.05 * f64::from(step)).abs() < 1e-15);
            let mut moved = workspace.clone();
            moved.set(Input::Stay, point.at).unwrap();
            let answer = payoff(&moved, &Question::default()).ok().map(|answer| answer.seller_best.share);
            assert_eq!(point.figure, answer);
        }
        // 0.75 is a point itself.
        assert_eq!(charted.nearest(), Some(15));
    }

    #[test]
    fn contradictions_leave_holes() {
        let workspace = sample();
        let charted = series(&workspace, Input::RenewUnattended, Figure::Gap);
        // Nobody renews less with attention: up to 0.85.
        for point in charted.points() {
            assert_eq!(point.figure.is_some(), point.at <= 0.85, "{point:?}");
        }
        let ceiling = series(&workspace, Input::RenewSaturated, Figure::Gap);
        assert_eq!(ceiling.points()[17].figure, None, "0.85 itself is not above today's");
        assert_eq!(ceiling.nearest(), Some(19));
    }

    #[test]
    fn the_renewal_commission_flips_where_both_agree() {
        let workspace = sample();
        let agreement = payoff(&workspace, &Question::default()).unwrap().agreement.rate().unwrap();
        let charted = series(&workspace, Input::RenewalCommission, Figure::Gap);
        assert_eq!(charted.flips().len(), 1);
        let flip = charted.flips()[0];
        assert!(flip.agrees && (flip.at - agreement).abs() < 1e-6, "{flip:?}, not {agreement}");
        // The lowest gap of the chart is beside it.
        let lowest = charted.points().iter().min_by(|one, other| one.figure.unwrap().total_cmp(&other.figure.unwrap()));
        assert!((lowest.unwrap().at - flip.at).abs() <= 0.01);
    }

    #[test]
    fn every_flip_of_a_dense_scan_is_found() {
        let mut workspace = sample();
        workspace.set(Input::RenewalCommission, 0.10).unwrap();
        let what_if = Rc::new(WhatIf::new(&workspace, &Question::default()).unwrap());
        let mut found = 0;
        for input in [Input::NewBusinessCommission, Input::Stay, Input::RenewUnattended, Input::Leads, Input::Horizon] {
            let charted = Series::new(Rc::clone(&what_if), input, Figure::Gap).finish();
            let (least, most) = input.bounds().slider;
            let scanned: Vec<Lead> = (0..=120)
                .filter_map(|step| {
                    let at = charted.whole(least + (most - least) * f64::from(step) / 120.0);
                    Some((at, lead(&what_if.with(&[(input, at)])?)))
                })
                .collect();
            let turns = scanned.windows(2).filter(|pair| (pair[0].1 > 0.0) != (pair[1].1 > 0.0));
            let turns: Vec<(f64, f64)> = turns.map(|pair| (pair[0].0, pair[1].0)).collect();
            // Two turns between the same two points undo one another there.
            let cells = charted.points().windows(2).filter_map(|pair| {
                let inside: Vec<_> = turns.iter().filter(|turn| pair[0].at <= turn.0 && turn.0 < pair[1].at).collect();
                (inside.len() % 2 == 1).then(|| (inside[0].0, inside[inside.len() - 1].1))
            });
            let cells: Vec<(f64, f64)> = cells.collect();
            assert_eq!(charted.flips().len(), cells.len(), "{input:?}: {:?} {turns:?}", charted.flips());
            for (flip, (low, high)) in charted.flips().iter().zip(&cells) {
                assert!((low - 1e-9 * most..=high + 1e-9 * most).contains(&flip.at), "{input:?}: {flip:?}");
            }
            found += cells.len();
        }
        assert!(found >= 2, "{found}");
    }

    #[test]
    fn every_step_is_at_most_one_verdict_and_there_are_few() {
        let what_if = Rc::new(WhatIf::new(&sample(), &Question::default()).unwrap());
        let mut charted = Series::new(what_if, Input::RenewalCommission, Figure::Gap);
        assert_eq!(charted.nearest(), None);
        let mut steps = 0;
        while charted.advance() {
            steps += 1;
            assert!(charted.points().len() == steps.min(POINTS), "{steps}");
        }
        assert!(steps <= POINTS + 12, "{steps}");
    }
}
