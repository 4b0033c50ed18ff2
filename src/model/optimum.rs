//! The highest point of a curve over the share of time, searched globally.
//!
//! Pay may have several peaks and kinks, so no stationary point is trusted: the curve is sampled, and then asked again
//! wherever a higher point could hide. Where that is, the slopes beside each stretch tell: a curve that bends downwards lies
//! below the lines that run through its neighbours (the outer approximation of concave programming, Kelley 1960). The
//! stretch under the highest crossing of such lines is asked next, until no crossing stands above the best point known.

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
/// How far away it must be.
const RIVAL_APART: f64 = 0.05;
/// How near the top of a curve is met: as near as doubles tell heights apart.
pub const TOLERANCE: f64 = 3e-8;
/// A peak that is not wanted closer than this is not searched for among bends.
const ROUGHLY: f64 = 1e-4;
/// What a stretch must promise above the best point known to be asked again, as a part of the largest height: for a rough
/// answer and for an exact one.
const PROMISES: (f64, f64) = (1e-3, 1e-10);
/// Into how many parts the cells beside the highest sample are divided first.
const CLOSER: i32 = 8;
/// Where the cells at the ends are divided first, from the end.
const FIRST_HOURS: [f64; 3] = [0.25, 0.0625, 0.015625];
/// How often a stretch is asked again, at most.
const TURNS: (usize, usize) = (6, 160);
/// Within how many cells of the highest point another peak tells of stairs. They are scanned so often, at most; in so many
/// steps to either side, each this part of the way to the end, and in so many strides, of which two double or halve it.
const STAIRS: f64 = 4.0;
const SCANS: usize = 4;
const STEPS: i32 = 16;
const STEP: f64 = 0.02;
const STRIDES: i32 = 8;

/// The global maximum over `0..=1` of `curve`, whose heights at `n` evenly spaced points, both ends included, are
/// `samples`.
///
/// A peak is missed only if the samples beside it do not even lean towards it. `at` is exact to about 1e-7, or to what the
/// curve's rounding allows. A level curve answers with its leftmost point.
pub fn global_maximum(samples: &[f64], mut curve: impl FnMut(f64) -> f64) -> Optimum {
    maximum_within(samples, &[], TOLERANCE, &mut curve)
}

/// As [`global_maximum`], with `at` to about `tolerance`, at the price of fewer points if that is rough. The answer is never
/// lower than the curve at one of the shares that are `also` to be asked.
pub fn maximum_within(samples: &[f64], also: &[f64], tolerance: f64, curve: &mut dyn FnMut(f64) -> f64) -> Optimum {
    let cells = samples.len().saturating_sub(1).max(1) as f64;
    let mut points: Vec<(f64, f64)> =
        samples.iter().enumerate().map(|(index, height)| (index as f64 / cells, *height)).collect();
    // Around the highest sample the samples stand closer: several bends may share its cells.
    let top = highest(&points).0;
    let closer = (-CLOSER..=CLOSER).filter(|_| tolerance < ROUGHLY);
    let closer = closer.map(|step| top + f64::from(step) / (f64::from(CLOSER) * cells));
    // And at the ends, where the first hours may do more than all others: a peak may rise and fall within the last cell.
    let ends = FIRST_HOURS.iter().flat_map(|part| [part / cells, 1.0 - part / cells]).filter(|_| tolerance < ROUGHLY);
    let closer = closer.chain(ends);
    let also: Vec<f64> = also.iter().copied().chain(closer.filter(|share| *share > 0.0 && *share < 1.0)).collect();
    for share in &also {
        ask(&mut points, *share, curve);
    }
    let size = samples.iter().fold(0.0, |size: f64, height| size.max(height.abs()));
    let (promise, turns) = if tolerance < ROUGHLY { (PROMISES.1, TURNS.1) } else { (PROMISES.0, TURNS.0) };
    ask_on(&mut points, (promise, size), turns, curve);
    if tolerance < ROUGHLY {
        // Stocks that run out in one month after another make stairs whose steps are narrow beside a cell, but not beside the
        // way to the end: near an end, where the first hours do the most, and wherever another peak is near.
        for _ in 0..SCANS {
            let best = highest(&points);
            let way = best.0.min(1.0 - best.0);
            let near = |peak: (f64, f64)| peak.0 != best.0 && (peak.0 - best.0).abs() * cells <= STAIRS;
            if way * cells > 1.0 && !peaks(&points).any(near) {
                break;
            }
            scan_ways_to_the_end(&mut points, best.0, 1.0 / cells, curve);
            if highest(&points).1 <= best.1 + promise * size.max(best.1.abs()) {
                break;
            }
            ask_on(&mut points, (promise, size), turns, curve);
        }
    }
    let best = polished(&points, highest(&points), tolerance, curve);
    let rival = peaks(&points)
        .filter(|peak| (peak.0 - best.0).abs() >= RIVAL_APART && peak.1 >= best.1 - RIVAL_WITHIN * best.1.abs())
        .reduce(|one, other| if other.1 > one.1 { other } else { one })
        .map(|peak| polished(&points, peak, tolerance, curve));
    Optimum { at: best.0, height: best.1, rival }
}

/// Asks the curve at `share`, unless it was asked there before: two ways to reckon one share may differ in its last digit,
/// and two points at one place would be taken for all that is around the higher of them.
fn ask(points: &mut Vec<(f64, f64)>, share: f64, curve: &mut dyn FnMut(f64) -> f64) {
    /// Shares nearer than this are one.
    const ONE: f64 = 1e-12;
    let place = points.partition_point(|point| point.0 < share);
    let beside = [place.checked_sub(1).and_then(|before| points.get(before)), points.get(place)];
    if beside.into_iter().flatten().all(|point| (point.0 - share).abs() > ONE) {
        points.insert(place, (share, curve(share)));
    }
}

/// Asks the curve wherever the slopes promise a point that is higher than the best known by more than a part of the `size`
/// of the curve.
fn ask_on(points: &mut Vec<(f64, f64)>, (part, size): (f64, f64), turns: usize, curve: &mut dyn FnMut(f64) -> f64) {
    let mut promises: Vec<Promise> = (0..points.len().saturating_sub(1)).map(|cell| promised(points, cell)).collect();
    let mut best = highest(points);
    for _ in 0..turns {
        let most = |one: usize, other: usize| {
            if height_of(&promises, other) > height_of(&promises, one) { other } else { one }
        };
        let Some(cell) = (0..promises.len()).reduce(most) else { break };
        let Some(Promise { at, height }) = promises.get(cell).copied() else { break };
        if height <= best.1 + part * size.max(best.1.abs()) {
            break;
        }
        let asked = (at, curve(at));
        if asked.1 > best.1 {
            best = asked;
        }
        points.insert(cell + 1, asked);
        promises.insert(cell + 1, Promise { at, height });
        // The slopes beside the neighbours have changed too.
        for near in cell.saturating_sub(1)..(cell + 3).min(promises.len()) {
            let renewed = promised(points, near);
            if let Some(promise) = promises.get_mut(near) {
                *promise = renewed;
            }
        }
    }
}

/// Asks the curve on both sides of `best` in steps of a part of its way to the nearer end, and in wider strides as far as a
/// `cell` away; where the end itself is best, at ever halved ways from it, from a `cell` on.
fn scan_ways_to_the_end(points: &mut Vec<(f64, f64)>, best: f64, cell: f64, curve: &mut dyn FnMut(f64) -> f64) {
    let is_high = best > 0.5;
    let way = if is_high { 1.0 - best } else { best };
    for step in (-STEPS..=STEPS).filter(|step| *step != 0) {
        let way = if way > 0.0 {
            way * libm::pow(1.0 + STEP, f64::from(step))
        } else {
            cell * libm::pow(0.5, 0.5 * f64::from(step + STEPS))
        };
        ask(points, if is_high { 1.0 - way } else { way }, curve);
    }
    for stride in -STRIDES..=STRIDES {
        let way = way * libm::pow(2.0, 0.5 * f64::from(stride));
        if way > 0.0 && way < cell {
            ask(points, if is_high { 1.0 - way } else { way }, curve);
        }
    }
}

/// How high a curve may stand between two neighbouring points, and where to ask it.
#[derive(Clone, Copy)]
struct Promise {
    at: f64,
    height: f64,
}

fn height_of(promises: &[Promise], cell: usize) -> f64 {
    promises.get(cell).map_or(f64::NEG_INFINITY, |promise| promise.height)
}

/// What the slopes on both sides of the cell after point `cell` promise.
fn promised(points: &[(f64, f64)], cell: usize) -> Promise {
    /// Where a cell at an end is asked: near the end, where the first hours may bring all that attention can.
    const NEAR_END: f64 = 0.1;
    /// A stretch this short is not divided further.
    const SHORTEST: f64 = 1e-9;
    let nothing = Promise { at: 0.0, height: f64::NEG_INFINITY };
    let (Some(low), Some(high)) = (points.get(cell), points.get(cell + 1)) else { return nothing };
    let width = high.0 - low.0;
    if width < SHORTEST {
        return nothing;
    }
    let slope = |from: &(f64, f64), to: &(f64, f64)| (to.1 - from.1) / (to.0 - from.0);
    let before = cell.checked_sub(1).and_then(|before| points.get(before)).map(|before| slope(before, low));
    let after = points.get(cell + 2).map(|after| slope(high, after));
    let own = slope(low, high);
    let (part, height) = match (before, after) {
        // The curve bends downwards on both sides: the lines through the neighbours cross above it.
        (Some(before), Some(after)) if before > own && own > after => {
            let part = (own - after) / (before - after);
            (part.clamp(0.02, 0.98), low.1 + before * part * width)
        }
        // It keeps to the line of one side, or of none: it may leave the line on a cliff, anywhere.
        (Some(before), Some(after)) => {
            let (rises, falls) = (before > own.max(0.0), after < own.min(0.0));
            let from_low = if rises { low.1 + 0.5 * before * width } else { f64::NEG_INFINITY };
            let from_high = if falls { high.1 - 0.5 * after * width } else { f64::NEG_INFINITY };
            (0.5, from_low.max(from_high))
        }
        (None, Some(after)) if after < own => (NEAR_END, high.1 - after * width),
        (Some(before), None) if before > own => (1.0 - NEAR_END, low.1 + before * width),
        _ => return nothing,
    };
    Promise { at: low.0 + part * width, height }
}

fn highest(points: &[(f64, f64)]) -> (f64, f64) {
    points.iter().copied().reduce(|best, point| if point.1 > best.1 { point } else { best }).unwrap_or((0.0, 0.0))
}

/// The points that no neighbour is above; of a level stretch the first.
fn peaks(points: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    points.iter().enumerate().filter_map(|(index, point)| {
        let before = index.checked_sub(1).and_then(|before| points.get(before));
        let after = points.get(index + 1);
        let is_peak = before.is_none_or(|before| before.1 < point.1) && after.is_none_or(|after| after.1 <= point.1);
        is_peak.then_some(*point)
    })
}

/// The top of the curve between the neighbours of `peak`, one of the `points`.
fn polished(points: &[(f64, f64)], peak: (f64, f64), tolerance: f64, curve: &mut dyn FnMut(f64) -> f64) -> (f64, f64) {
    /// Many curves are highest at an end and fall from there at once: asked this far inside.
    const INSIDE: f64 = 5e-7;
    let before = points.iter().rev().find(|point| point.0 < peak.0).copied();
    let after = points.iter().find(|point| point.0 > peak.0).copied();
    let (low, start, high) = match (before, after) {
        (Some(before), Some(after)) => (before, peak, after),
        (None, None) => return peak,
        (before, after) => {
            let inside = if before.is_none() { peak.0 + INSIDE } else { peak.0 - INSIDE };
            let start = (inside, curve(inside));
            if start.1 < peak.1 {
                return peak;
            }
            (before.unwrap_or(peak), start, after.unwrap_or(peak))
        }
    };
    let top = refine(low, start, high, tolerance, curve);
    if top.1 > peak.1 || (top.1 == peak.1 && top.0 < peak.0) { top } else { peak }
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
    fn a_smooth_curve_is_met_with_few_points() {
        for peak in [0.0, 0.000_5, 0.327_345_6, 0.912_345_6, 1.0] {
            let curve = |x: f64| 100.0 - 3.0 * (x - peak).powi(2) + (x - peak).powi(3);
            let samples: Vec<f64> = (0..=50).map(|index| curve(f64::from(index) / 50.0)).collect();
            let mut points = 0;
            let found = global_maximum(&samples, |x| {
                points += 1;
                curve(x)
            });
            assert!((found.at - peak).abs() < 1e-7, "{peak}: {found:?}");
            let scanned = if peak > 0.0 && peak < 0.02 { 2 * (STEPS + STRIDES) } else { 0 };
            assert!(points < (24 + 2 * CLOSER + scanned) as usize + 2 * FIRST_HOURS.len(), "{peak}: {points}");
        }
    }

    #[test]
    fn stairs_beside_an_end_are_climbed() {
        // Each stock that runs out ends a steep rise, and from there the curve falls until the next one does.
        let rise = |way: f64, at: f64| ((way - 0.995 * at) / (0.005 * at)).clamp(0.0, 1.0);
        for end in [0.0_f64, 1.0] {
            let stairs = |x: f64| {
                let way = (x - end).abs();
                100.0 * rise(way, 8.3e-5) + 0.5 * rise(way, 8.95e-5) - 2_000.0 * way
            };
            let found = maximum(stairs);
            assert!(((found.at - end).abs() - 8.95e-5).abs() < 1e-7, "{found:?}");
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
