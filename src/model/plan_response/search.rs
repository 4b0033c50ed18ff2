//! The highest point of a curve that jumps and bends, over the share of time.
//!
//! The range is sampled. Where two neighbours do not stand alike, pay jumps or bends between them: such a gap is halved
//! for as long as it may hold more than the best point known, the most promising first. What a gap may hold is told by its
//! ends: every month at the better of both, and some slack for what bends between them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::model::optimum::{Optimum, TOLERANCE, refine};

/// Shares sampled before jumps are looked for. A plan may pay more on a stretch that lies wholly between two of them: it is
/// missed.
pub(super) const SAMPLES: usize = 1_001;
/// And where such stretches are to be expected, since an attainment is weighted over quotas of which one is helped by what
/// hurts another, so that it may peak just above a step.
pub(super) const DENSE_SAMPLES: usize = 10_001;
/// And this far from both ends: where today's time on customers is next to nothing, the first minutes bring all that attention
/// can, and the last minutes of prospecting may be the dearest.
const BESIDE_ENDS: [f64; 6] = [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4];
/// Jumps are closed in on to this width of share.
const CLOSE: f64 = 1e-10;
/// The most points that are tried beside the samples: what is then left open are the least promising gaps.
const MOST_POINTS: usize = 20_000;
/// A gain of this part of the height is none.
const NO_GAIN: f64 = 1e-12;
/// Another peak is told if it is at most this part of the height lower, and at least so far away.
const RIVAL_WITHIN: f64 = 0.02;
const RIVAL_APART: f64 = 0.05;

/// A curve whose height is made up of many parts, each of which jumps by itself.
pub(super) trait Landscape {
    /// How many shares to sample.
    fn samples(&self) -> usize;

    /// The height at `share` and the number of the smooth stretch that it lies on; its parts are added to `parts`.
    fn at(&mut self, share: f64, parts: &mut Vec<f64>) -> (f64, u64);

    /// The heights that the parts of two points would make if each part were the better, and the worse, of both.
    fn mixed(&self, one: &[f64], other: &[f64]) -> (f64, f64);
}

/// A point tried.
#[derive(Debug, Clone, Copy)]
struct Point {
    at: f64,
    height: f64,
    standing: u64,
    /// Where its parts begin among all.
    parts: usize,
}

/// Two neighbours that do not stand alike.
struct Gap {
    low: Point,
    high: Point,
    /// What may come on top of the better of both ends.
    slack: f64,
    /// More than this it does not hold.
    bound: f64,
}

impl PartialEq for Gap {
    fn eq(&self, other: &Gap) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Gap {}

impl PartialOrd for Gap {
    fn partial_cmp(&self, other: &Gap) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Gap {
    fn cmp(&self, other: &Gap) -> Ordering {
        self.bound.total_cmp(&other.bound).then(other.low.at.total_cmp(&self.low.at))
    }
}

/// The highest point of `landscape` over `0..=1`, the leftmost of equal ones, and a rival if there is one.
pub(super) fn highest(landscape: impl Landscape) -> Optimum {
    let points = Vec::with_capacity(2 * landscape.samples());
    let mut search = Search { landscape, points, parts: Vec::new(), best: f64::MIN };
    search.sample();
    search.points.sort_by(|one, other| one.at.total_cmp(&other.at));
    let (at, height) = search.refined();
    let rival = search.rival(at, height);
    Optimum { at, height, rival }
}

struct Search<L> {
    landscape: L,
    points: Vec<Point>,
    parts: Vec<f64>,
    /// The highest point so far.
    best: f64,
}

impl<L: Landscape> Search<L> {
    fn point(&mut self, at: f64) -> Point {
        let parts = self.parts.len();
        let (height, standing) = self.landscape.at(at, &mut self.parts);
        let point = Point { at, height, standing, parts };
        self.best = self.best.max(height);
        self.points.push(point);
        point
    }

    /// The height of all the better parts of two points, and how far it is from that of all the worse ones.
    fn mixed(&self, low: Point, high: Point) -> (f64, f64) {
        let parts = |point: Point| self.parts.get(point.parts..).unwrap_or_default();
        let (better, worse) = self.landscape.mixed(parts(low), parts(high));
        (better, better - worse)
    }

    fn gap(&self, low: Point, high: Point, slack: f64) -> Gap {
        let (better, apart) = self.mixed(low, high);
        let slack = slack.max(apart);
        Gap { low, high, slack, bound: better + slack }
    }

    fn may_gain(&self, bound: f64) -> bool {
        bound > self.best + NO_GAIN * self.best.abs()
    }

    fn sample(&mut self) {
        let count = self.landscape.samples();
        let even = (0..count).map(|index| index as f64 / (count - 1) as f64);
        let mut shares: Vec<f64> = even.chain(BESIDE_ENDS.iter().flat_map(|far| [*far, 1.0 - far])).collect();
        shares.sort_by(f64::total_cmp);
        let samples: Vec<Point> = shares.into_iter().map(|share| self.point(share)).collect();
        let cells: Vec<(Point, Point)> =
            samples.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        let apart: Vec<f64> = cells.iter().map(|(low, high)| self.mixed(*low, *high).1).collect();
        let mut open = BinaryHeap::new();
        for (index, (low, high)) in cells.into_iter().enumerate() {
            if low.standing != high.standing {
                // A rise and a fall may cancel between the ends of a cell, but hardly in its neighbours as well.
                let around = apart.iter().skip(index.saturating_sub(1)).take(3);
                open.push(self.gap(low, high, around.copied().fold(0.0, f64::max)));
            }
        }
        while let Some(Gap { low, high, slack, bound }) = open.pop() {
            if !self.may_gain(bound) || self.points.len() > count + MOST_POINTS {
                break;
            }
            if high.at - low.at < CLOSE {
                continue;
            }
            let middle = self.point(0.5 * (low.at + high.at));
            for (low, high) in [(low, middle), (middle, high)] {
                if low.standing != high.standing {
                    open.push(self.gap(low, high, 0.5 * slack));
                }
            }
        }
    }

    /// The neighbour of a point `by` places on, if there is one.
    fn beside(&self, index: usize, by: isize) -> Option<Point> {
        index.checked_add_signed(by).and_then(|place| self.points.get(place)).copied()
    }

    /// The highest point, after a look at the smooth stretch around every point that is the highest of its own and may
    /// have a higher one beside it.
    fn refined(&mut self) -> (f64, f64) {
        let mut tops: Vec<(f64, usize)> = Vec::new();
        let mut best = (0.0, f64::NEG_INFINITY);
        for (index, point) in self.points.iter().enumerate() {
            if point.height > best.1 {
                best = (point.at, point.height);
            }
            let alike = |by: isize| self.beside(index, by).filter(|it| it.standing == point.standing);
            let (before, after) = (alike(-1), alike(1));
            let is_top = before.is_none_or(|it| it.height < point.height)
                && after.is_none_or(|it| it.height <= point.height)
                && (before.is_some() || after.is_some());
            if is_top {
                // Between samples a smooth curve rises about as much as it does from one to the next.
                let mut steepest: f64 = 0.0;
                for (near, far) in [(before, alike(-2)), (after, alike(2))] {
                    if let Some(near) = near {
                        let beyond = far.map_or(0.0, |far| (near.height - far.height).abs());
                        steepest = steepest.max((point.height - near.height).abs()).max(beyond);
                    }
                }
                tops.push((point.height + 2.0 * steepest, index));
            }
        }
        tops.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (bound, index) in tops {
            if bound <= best.1 + NO_GAIN * best.1.abs() {
                break;
            }
            let found = self.refined_at(index);
            if found.1 > best.1 || (found.1 == best.1 && found.0 < best.0) {
                best = found;
            }
        }
        best
    }

    /// The highest point of the smooth stretch around the point with this place.
    fn refined_at(&mut self, index: usize) -> (f64, f64) {
        let Some(point) = self.points.get(index).copied() else { return (0.0, f64::NEG_INFINITY) };
        let alike = |by: isize| self.beside(index, by).filter(|it| it.standing == point.standing).unwrap_or(point);
        let [low, middle, high] = [alike(-1), point, alike(1)].map(|it| (it.at, it.height));
        let (landscape, parts) = (&mut self.landscape, &mut self.parts);
        let known = parts.len();
        let mut curve = |share: f64| {
            let (height, _) = landscape.at(share, parts);
            parts.truncate(known);
            height
        };
        let found = refine(low, middle, high, TOLERANCE, &mut curve);
        if found.1 >= point.height { found } else { middle }
    }

    /// The highest other peak, if it is nearly as high as the best and far enough away.
    fn rival(&mut self, at: f64, height: f64) -> Option<(f64, f64)> {
        let mut rival: Option<(f64, usize)> = None;
        for (index, point) in self.points.iter().enumerate() {
            let is_peak = self.beside(index, -1).is_none_or(|it| it.height < point.height)
                && self.beside(index, 1).is_none_or(|it| it.height <= point.height);
            let is_rival = (point.at - at).abs() >= RIVAL_APART && point.height >= height - RIVAL_WITHIN * height.abs();
            if is_peak && is_rival && rival.is_none_or(|(highest, _)| point.height > highest) {
                rival = Some((point.height, index));
            }
        }
        rival.map(|(_, index)| self.refined_at(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Part<'a> = Box<dyn Fn(f64) -> (f64, u64) + 'a>;

    /// Parts that add up; each tells its height and on which of its stretches it lies.
    struct Sum<'a> {
        parts: Vec<Part<'a>>,
        asked: &'a std::cell::Cell<usize>,
    }

    impl Landscape for Sum<'_> {
        fn samples(&self) -> usize {
            SAMPLES
        }

        fn at(&mut self, share: f64, parts: &mut Vec<f64>) -> (f64, u64) {
            self.asked.set(self.asked.get() + 1);
            let told = self.parts.iter().map(|part| part(share));
            told.fold((0.0, 0), |(sum, standing), (height, stretch)| {
                parts.push(height);
                (sum + height, standing.rotate_left(1) ^ stretch)
            })
        }

        fn mixed(&self, one: &[f64], other: &[f64]) -> (f64, f64) {
            let pairs = || one.iter().zip(other).take(self.parts.len());
            (pairs().map(|(one, other)| one.max(*other)).sum(), pairs().map(|(one, other)| one.min(*other)).sum())
        }
    }

    /// `low` up to `place`, `high` from there on.
    fn step(place: f64, low: f64, high: f64) -> Part<'static> {
        Box::new(move |share| if share < place { (low, 0) } else { (high, 1) })
    }

    fn found(parts: Vec<Part<'_>>) -> (Optimum, usize) {
        let asked = std::cell::Cell::new(0);
        let optimum = highest(Sum { parts, asked: &asked });
        (optimum, asked.get())
    }

    #[test]
    fn a_jump_is_met_on_its_better_side() {
        let (down, _) = found(vec![step(0.123_456, 5.0, 0.0), Box::new(|share| (share, 0))]);
        assert!(down.at < 0.123_456 && down.at > 0.123_456 - 1e-9 && down.height > 5.123_455, "{down:?}");
        let (up, _) = found(vec![step(0.123_456, 0.0, 5.0), Box::new(|share| (-share, 0))]);
        assert!(up.at >= 0.123_456 && up.at < 0.123_456 + 1e-9, "{up:?}");
    }

    #[test]
    fn a_rise_and_a_fall_between_two_samples_are_both_met() {
        let (found, _) = found(vec![step(0.301_2, 0.0, 5.0), step(0.303_1, 4.0, 0.0), Box::new(|share| (-share, 0))]);
        assert!((found.at - 0.301_2).abs() < 1e-9 && (found.height - 8.698_8).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn smooth_and_level_curves_are_met_as_well() {
        let (smooth, _) = found(vec![Box::new(|share: f64| (1.0 - (share - 0.327_345_6).powi(2), 0))]);
        assert!((smooth.at - 0.327_345_6).abs() < 1e-7, "{smooth:?}");
        let (hill, _) =
            found(vec![step(0.501, 0.0, 1.0), Box::new(|share: f64| (1.0 - 1e4 * (share - 0.503).powi(2), 0))]);
        assert!((hill.at - 0.503).abs() < 1e-7, "{hill:?}");
        assert_eq!(found(vec![Box::new(|_| (7.0, 0))]).0.at, 0.0);
    }

    #[test]
    fn a_rival_is_told_where_it_stands() {
        let two = |share: f64| 100.0 - 50.0 * (share - 0.2).powi(2).min((share - 0.8).powi(2) + 0.01);
        let (found, _) = found(vec![Box::new(move |share| (two(share), 0))]);
        assert!((found.at - 0.2).abs() < 1e-6, "{found:?}");
        assert!(found.rival.is_some_and(|rival| (rival.0 - 0.8).abs() < 1e-6), "{found:?}");
    }

    #[test]
    fn jumps_that_lead_nowhere_are_left_alone() {
        const JUMPS: usize = 60;
        let mut parts: Vec<Part<'_>> = vec![Box::new(|share: f64| (-100.0 * share, 0))];
        parts.extend((0..JUMPS).map(|index| step(0.3 + 0.010_1 * index as f64, 0.0, 0.9)));
        let (found, asked) = found(parts);
        assert_eq!(found.at, 0.0);
        // To close in on one jump takes some 25 points.
        assert!(asked < SAMPLES + 5 * JUMPS, "{asked} points");
    }
}
