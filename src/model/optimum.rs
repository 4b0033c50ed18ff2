//! The highest point of a curve over the share of time, searched globally.
//!
//! Pay may have several peaks and kinks, so no stationary point is trusted: the curve is sampled, every sampled
//! peak that could win is refined, and the best of them is the answer.

use super::interpolation::interpolate;

/// The highest point of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Optimum {
    /// Where it is.
    pub at: f64,
    /// How high.
    pub height: f64,
    /// Another peak within 2 % of the height and at least 0.05 away, if there is one.
    pub rival: Option<(f64, f64)>,
}

/// How near in height another peak must be to be told.
const RIVAL_WITHIN: f64 = 0.02;
/// Where in the cell beside an end a curve is asked whether it falls from there: densely at the end, where the last hours of
/// prospecting run out and bends crowd.
const PROBES: [f64; 8] = [5e-5, 1e-3, 0.01, 0.05, 0.15, 0.25, 0.5, 0.75];
/// Where in the cells beside a peak a curve is asked for a higher point, since it may bend more than once there.
const SCANNED: [f64; 3] = [0.25, 0.5, 0.75];
/// From here on bends crowd, each month with its own: a peak is looked around once more, at these distances.
const CROWDED_FROM: f64 = 0.9;
const AROUND: [f64; 9] = [2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2];
/// A peak that is not wanted closer than this is not scanned for.
const ROUGHLY: f64 = 1e-4;
/// How near the top of a curve is met: as near as doubles tell heights apart.
pub const TOLERANCE: f64 = 3e-8;
/// How far away it must be.
const RIVAL_APART: f64 = 0.05;

/// The global maximum over `0..=1` of `curve`, whose heights at `n` evenly spaced points, both ends included, are
/// `samples`.
///
/// Peaks narrower than the spacing can be missed. `at` is exact to about 1e-7, or to what the curve's rounding
/// allows. A level curve answers with its leftmost point.
pub fn global_maximum(samples: &[f64], mut curve: impl FnMut(f64) -> f64) -> Optimum {
    maximum_within(samples, TOLERANCE, &mut curve)
}

/// As [`global_maximum`], with `at` to about `tolerance`, at the price of fewer points.
pub fn maximum_within(samples: &[f64], tolerance: f64, curve: &mut dyn FnMut(f64) -> f64) -> Optimum {
    let cells = samples.len().saturating_sub(1).max(1) as f64;
    let highest = samples.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lowest = samples.iter().copied().fold(f64::INFINITY, f64::min);
    // A peak between samples can stand above its sample by at most about what neighbours differ.
    let near = |height: f64| height >= highest - (RIVAL_WITHIN * highest.abs()).max(0.01 * (highest - lowest));
    let mut peaks: Vec<(f64, f64)> = Vec::new();
    for (index, height) in samples.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| samples.get(before));
        let after = samples.get(index + 1);
        let is_peak = before.is_none_or(|before| before < height) && after.is_none_or(|after| after <= height);
        if is_peak && near(*height) {
            // Many curves are highest at an end and fall from there, at once and through the whole cell.
            let end = match (before, after) {
                (None, Some(_)) => Some((0.0, 1.0)),
                (Some(_), None) => Some((1.0, -1.0)),
                _ => None,
            };
            let mut inside = None;
            if let Some((end, inwards)) = end {
                let probe = |part: &f64| end + inwards * part / cells;
                let mut probes: Vec<(f64, f64)> = PROBES.iter().map(probe).map(|share| (share, curve(share))).collect();
                if probes.iter().all(|probe| probe.1 < *height) {
                    peaks.push((end, *height));
                    continue;
                }
                if inwards < 0.0 {
                    probes.reverse();
                }
                inside = Some(probes);
            }
            let at = |index: f64| index / cells;
            let point = (at(index as f64), *height);
            // A neighbour is a known point of the curve; beyond an end there is only the end itself.
            let low = before.map_or(point, |before| (at(index as f64 - 1.0), *before));
            let high = after.map_or(point, |after| (at(index as f64 + 1.0), *after));
            let (low, point, high) = match inside {
                Some(probes) => highest_three(&probes, low, point, high),
                None if tolerance >= ROUGHLY => (low, point, high),
                None => {
                    let between = |from: f64, to: f64| SCANNED.map(|part| from + part * (to - from));
                    let shares = between(low.0, point.0).into_iter().chain(between(point.0, high.0));
                    let scanned: Vec<(f64, f64)> = shares.map(|share| (share, curve(share))).collect();
                    highest_three(&scanned, low, point, high)
                }
            };
            let peak = refine(low, point, high, tolerance, curve);
            let is_crowded = tolerance < ROUGHLY && peak.0 >= CROWDED_FROM;
            peaks.push(if is_crowded { looked_around(peak, tolerance, curve) } else { peak });
        }
    }
    let best = peaks.iter().copied().fold(None, |best: Option<(f64, f64)>, peak| match best {
        Some(best) if best.1 >= peak.1 => Some(best),
        _ => Some(peak),
    });
    let (at, height) = best.unwrap_or((0.0, samples.first().copied().unwrap_or(0.0)));
    let rival = peaks
        .iter()
        .copied()
        .filter(|peak| (peak.0 - at).abs() >= RIVAL_APART && peak.1 >= height - RIVAL_WITHIN * height.abs())
        .max_by(|one, other| one.1.total_cmp(&other.1));
    Optimum { at, height, rival }
}

/// A peak among crowded bends, or the higher one beside it, and so on until none is higher.
fn looked_around(mut peak: (f64, f64), tolerance: f64, curve: &mut dyn FnMut(f64) -> f64) -> (f64, f64) {
    const MOST_TURNS: u32 = 12;
    for _ in 0..MOST_TURNS {
        let before = AROUND.iter().rev().map(|far| peak.0 - far);
        let after = AROUND.iter().map(|far| peak.0 + far).filter(|share| *share <= 1.0);
        let around: Vec<(f64, f64)> = before.chain(after).map(|share| (share, curve(share))).collect();
        let (Some(first), Some(last)) = (around.first().copied(), around.last().copied()) else { break };
        let (low, top, high) = highest_three(&around, first, peak, last);
        if top.1 <= peak.1 {
            break;
        }
        let better = refine(low, top, high, tolerance, curve);
        peak = if better.1 > top.1 { better } else { top };
    }
    peak
}

/// The highest of some points, of which `between` lie, in order, between the three others, and its neighbours.
fn highest_three(
    between: &[(f64, f64)],
    low: (f64, f64),
    middle: (f64, f64),
    high: (f64, f64),
) -> ((f64, f64), (f64, f64), (f64, f64)) {
    let mut points = vec![low];
    let add = |points: &mut Vec<(f64, f64)>, point: (f64, f64)| {
        if points.last().is_none_or(|last| last.0 < point.0) {
            points.push(point);
        }
    };
    between.iter().filter(|point| point.0 < middle.0).for_each(|point| add(&mut points, *point));
    add(&mut points, middle);
    between.iter().filter(|point| point.0 > middle.0).for_each(|point| add(&mut points, *point));
    add(&mut points, high);
    let top = points
        .iter()
        .enumerate()
        .fold((0, f64::NEG_INFINITY), |top, (index, point)| if point.1 > top.1 { (index, point.1) } else { top });
    let at = |index: usize| points.get(index).copied();
    let best = at(top.0).unwrap_or(middle);
    (top.0.checked_sub(1).and_then(at).unwrap_or(best), best, at(top.0 + 1).unwrap_or(best))
}

/// As [`global_maximum`], for a curve of which every point is costly: the peak is found on the polynomial between the
/// samples, and only its surroundings are asked of the curve itself.
pub fn costly_maximum(samples: &[f64], mut curve: impl FnMut(f64) -> f64) -> Optimum {
    /// More than the polynomial puts a peak off.
    const NEAR: f64 = 2e-3;
    let guess = global_maximum(samples, |at| interpolate(samples, at));
    if guess.at > NEAR && guess.at < CROWDED_FROM {
        let mut point = |at: f64| (at, curve(at));
        let (low, middle, high) = (point(guess.at - NEAR), point(guess.at), point(guess.at + NEAR));
        if middle.1 >= low.1 && middle.1 >= high.1 {
            let (at, height) = refine(low, middle, high, TOLERANCE, &mut curve);
            // Beside a kink the polynomial may put a lower peak above a higher one, but not above a sample.
            let cell = 1.0 / samples.len().saturating_sub(1).max(1) as f64;
            let mut around = SCANNED.iter().flat_map(|part| [at - part * cell, at + part * cell]);
            if samples.iter().all(|sample| *sample <= height)
                && around.all(|share| !(0.0..=1.0).contains(&share) || curve(share) <= height)
            {
                return Optimum { at, height, rival: guess.rival };
            }
        }
    }
    global_maximum(samples, curve)
}

/// The top of the parabola through three points of `curve` around `near`, within `width` of it: a best share that is
/// known to be close, at the price of three points.
pub fn top_near(near: f64, width: f64, mut curve: impl FnMut(f64) -> f64) -> f64 {
    let middle = near.clamp(width, 1.0 - width);
    let (before, top, after) = (curve(middle - width), curve(middle), curve(middle + width));
    let bend = before - 2.0 * top + after;
    let shift = if bend < 0.0 { 0.5 * (before - after) / bend } else { (after - before).signum() };
    (middle + width * shift.clamp(-1.0, 1.0)).clamp(0.0, 1.0)
}

/// Brent's minimisation (Brent 1973, chapter 5) turned upside down: golden sections, made quicker by parabolas
/// where the curve is smooth, and still right where it has a kink. Starts from three known points.
pub(super) fn refine(
    low: (f64, f64),
    start: (f64, f64),
    high: (f64, f64),
    tolerance: f64,
    curve: &mut dyn FnMut(f64) -> f64,
) -> (f64, f64) {
    const GOLDEN: f64 = 0.381_966_011_250_105_1;
    let (mut second, mut third) = if low.1 > high.1 { (low, high) } else { (high, low) };
    let (mut low, mut high) = (low.0, high.0);
    let mut best = start;
    // Three points are known, so the first step may already be a parabola's.
    let (mut step, mut step_before): (f64, f64) = (high - low, high - low);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if (best.0 - middle).abs() <= 2.0 * tolerance - 0.5 * (high - low) {
            break;
        }
        let mut golden = true;
        if step_before.abs() > tolerance {
            let r = (best.0 - second.0) * (third.1 - best.1);
            let q = (best.0 - third.0) * (second.1 - best.1);
            let mut p = (best.0 - third.0) * q - (best.0 - second.0) * r;
            let mut q = 2.0 * (q - r);
            if q > 0.0 {
                p = -p;
            }
            q = q.abs();
            let last = step_before;
            step_before = step;
            if p.abs() < (0.5 * q * last).abs() && p > q * (low - best.0) && p < q * (high - best.0) {
                step = p / q;
                let next = best.0 + step;
                if next - low < 2.0 * tolerance || high - next < 2.0 * tolerance {
                    step = tolerance.copysign(middle - best.0);
                }
                golden = false;
            }
        }
        if golden {
            step_before = if best.0 < middle { high - best.0 } else { low - best.0 };
            step = GOLDEN * step_before;
        }
        let next = best.0 + if step.abs() >= tolerance { step } else { tolerance.copysign(step) };
        let tried = (next, curve(next));
        // A level stretch is walked to its left end.
        if tried.1 > best.1 || (tried.1 == best.1 && tried.0 < best.0) {
            if tried.0 < best.0 {
                high = best.0;
            } else {
                low = best.0;
            }
            (third, second, best) = (second, best, tried);
        } else {
            if tried.0 < best.0 {
                low = tried.0;
            } else {
                high = tried.0;
            }
            if tried.1 >= second.1 || second.0 == best.0 {
                (third, second) = (second, tried);
            } else if tried.1 >= third.1 || third.0 == best.0 || third.0 == second.0 {
                third = tried;
            }
        }
    }
    // The ends of the whole range are answers too, and the search only comes near them.
    for end in [low, high] {
        if end == 0.0 || end == 1.0 {
            let height = curve(end);
            if height > best.1 || (height == best.1 && end < best.0) {
                best = (end, height);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maximum(curve: impl Fn(f64) -> f64) -> Optimum {
        let samples: Vec<f64> = (0..=100).map(|index| curve(f64::from(index) / 100.0)).collect();
        global_maximum(&samples, curve)
    }

    #[test]
    fn smooth_kinked_and_cornered_curves_are_met() {
        assert!((maximum(|x| -(x - 0.327_345_6).powi(2)).at - 0.327_345_6).abs() < 1e-7);
        assert!((maximum(|x| -(x - 0.912_345_6).abs()).at - 0.912_345_6).abs() < 1e-7);
        assert_eq!(maximum(|x| x).at, 1.0);
        assert_eq!(maximum(|x| -x).at, 0.0);
        assert_eq!(maximum(|_| 7.0).at, 0.0);
        assert!((maximum(|x| -(x - 0.000_345_6).powi(2)).at - 0.000_345_6).abs() < 1e-7);
    }

    #[test]
    fn a_costly_curve_is_met_as_well_with_fewer_points() {
        for peak in [0.0, 0.000_5, 0.327_345_6, 0.912_345_6, 1.0] {
            let curve = |x: f64| 100.0 - 3.0 * (x - peak).powi(2) + (x - peak).powi(3);
            let samples: Vec<f64> = (0..=50).map(|index| curve(f64::from(index) / 50.0)).collect();
            let mut points = 0;
            let found = costly_maximum(&samples, |x| {
                points += 1;
                curve(x)
            });
            assert!((found.at - peak).abs() < 1e-7, "{peak}: {found:?}");
            let allowed = if peak < CROWDED_FROM { 22 } else { 80 };
            assert!(points < allowed, "{peak}: {points}");
        }
    }

    #[test]
    fn the_higher_of_two_peaks_wins_and_the_other_is_told() {
        let two = |x: f64| 100.0 - 50.0 * (x - 0.2).powi(2).min((x - 0.8).powi(2) + 0.01);
        let found = maximum(two);
        assert!((found.at - 0.2).abs() < 1e-6);
        assert!(found.rival.is_some_and(|rival| (rival.0 - 0.8).abs() < 1e-6));
        let apart = maximum(|x: f64| -(x - 0.2).powi(2).min((x - 0.8).powi(2) + 0.01));
        assert!(apart.rival.is_none());
    }
}
