//! The smallest rate at which something that a plan is to bring about is reached.

/// Why there is no such rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoCrossing {
    /// Already above at a rate of 0.
    AboveAtZero,
    /// Still below at 100 %.
    BelowAtMost,
    /// It jumps over at this rate.
    Jump {
        /// The rate of the jump.
        rate: f64,
    },
}

/// Rates at which a crossing is looked for.
const STEPS: u32 = 50;

/// The smallest rate from 0 to 1 at which `excess` is 0, within `same` of it.
///
/// `excess` is asked at 50 rates, closer together near 0, where rates usually are, and then between the first two of them
/// that it changes its sign between: a pair of crossings closer than that is missed. An `excess` that is 0 all over, or
/// at 0, answers 0.
///
/// # Errors
/// [`NoCrossing`]; a jump is one that is not within `same` on either side.
///
/// # Example
/// ```
/// use holdfast::model::crossing::{NoCrossing, smallest_crossing};
/// let rate = smallest_crossing(|rate| rate * rate - 0.0625, 1e-12);
/// assert!(rate.is_ok_and(|rate| (rate - 0.25).abs() < 1e-11));
/// assert_eq!(smallest_crossing(|rate| rate - 2.0, 1e-12), Err(NoCrossing::BelowAtMost));
/// ```
pub fn smallest_crossing(excess: impl Fn(f64) -> f64, same: f64) -> Result<f64, NoCrossing> {
    let mut low = (0.0, excess(0.0));
    if low.1.abs() <= same {
        return Ok(0.0);
    }
    if low.1 > 0.0 {
        return Err(NoCrossing::AboveAtZero);
    }
    for step in 1..=STEPS {
        let part = f64::from(step) / f64::from(STEPS);
        let rate = part * part;
        let high = (rate, excess(rate));
        if high.1 >= 0.0 {
            return narrow(&excess, low, high, same);
        }
        low = high;
    }
    Err(NoCrossing::BelowAtMost)
}

/// Every rate of `range` at which `excess` is 0, within `same` of it, from the smallest on; jumps are left out.
///
/// `excess` is asked at the ends and at `steps` even steps between them, then wherever its sign changes.
pub fn crossings(excess: impl Fn(f64) -> f64, range: (f64, f64), steps: u32, same: f64) -> Vec<f64> {
    let mut found = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for step in 0..=steps.max(1) {
        let rate = range.0 + (range.1 - range.0) * f64::from(step) / f64::from(steps.max(1));
        let here = (rate, excess(rate));
        match before {
            // A sample on the crossing counts once, when it is come to.
            _ if here.1.abs() <= same => found.push(rate),
            Some(low) if low.1.abs() > same && (low.1 < 0.0) != (here.1 < 0.0) => {
                let sign = if low.1 < 0.0 { 1.0 } else { -1.0 };
                let rising = |rate: f64| sign * excess(rate);
                found.extend(narrow(&rising, (low.0, sign * low.1), (here.0, sign * here.1), same));
            }
            _ => {}
        }
        before = Some(here);
    }
    found
}

/// The rate to ask next between two, each with what its excess counts for, of which the first is negative: by regula falsi where that
/// is wanted and lies between them, in the middle otherwise.
pub fn next_between(low: (f64, f64), high: (f64, f64), by_falsi: bool) -> f64 {
    let falsi = (low.0 * high.1 - high.0 * low.1) / (high.1 - low.1);
    if by_falsi && falsi > low.0 && falsi < high.0 { falsi } else { 0.5 * (low.0 + high.0) }
}

/// Regula falsi with the Illinois rule, which a smooth curve needs few points for, then bisection for what jumps.
fn narrow(
    excess: &impl Fn(f64) -> f64,
    mut low: (f64, f64),
    mut high: (f64, f64),
    same: f64,
) -> Result<f64, NoCrossing> {
    /// Turns of regula falsi before the rest is halved.
    const FALSI: u32 = 12;
    let (mut weight_low, mut weight_high) = (low.1, high.1);
    for turn in 0..60 {
        if high.1 <= same || -low.1 <= same || high.0 - low.0 < 1e-12 {
            break;
        }
        let next = next_between((low.0, weight_low), (high.0, weight_high), turn < FALSI);
        let value = excess(next);
        if value >= 0.0 {
            high = (next, value);
            (weight_high, weight_low) = (value, 0.5 * weight_low);
        } else {
            low = (next, value);
            (weight_low, weight_high) = (value, 0.5 * weight_high);
        }
    }
    let (nearest, off) = if high.1 < -low.1 { (high.0, high.1) } else { (low.0, -low.1) };
    if off <= same { Ok(nearest) } else { Err(NoCrossing::Jump { rate: high.0 }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_crossings_is_found() {
        // Roots at 0.1, 0.5 and 0.9.
        let cubic = |rate: f64| (rate - 0.1) * (rate - 0.5) * (rate - 0.9);
        assert!((smallest_crossing(cubic, 1e-13).unwrap() - 0.1).abs() < 1e-11);
        assert_eq!(smallest_crossing(|rate| rate, 0.0), Ok(0.0));
    }

    #[test]
    fn all_crossings_are_found_rising_and_falling() {
        let cubic = |rate: f64| (rate - 0.1) * (rate - 0.25) * (rate - 0.9);
        let found = crossings(cubic, (0.0, 0.5), 10, 1e-13);
        assert!(found.len() == 2 && (found[0] - 0.1).abs() < 1e-11 && (found[1] - 0.25).abs() < 1e-11, "{found:?}");
        assert!(crossings(|rate| if rate < 0.33 { -1.0 } else { 1.0 }, (0.0, 1.0), 10, 1e-9).is_empty());
        assert!(crossings(|rate| rate - 2.0, (0.0, 1.0), 10, 1e-9).is_empty());
    }

    #[test]
    fn a_jump_is_told_from_a_crossing() {
        let jump = |rate: f64| if rate < 0.037 { rate - 0.5 } else { rate + 0.5 };
        let Err(NoCrossing::Jump { rate }) = smallest_crossing(jump, 1e-9) else { panic!("it does not jump") };
        assert!((rate - 0.037).abs() < 1e-11, "{rate}");
        assert_eq!(smallest_crossing(|_| 1.0, 1e-9), Err(NoCrossing::AboveAtZero));
        // Steep, but no jump.
        let steep = |rate: f64| libm::tanh((rate - 0.037) * 1e4);
        assert!((smallest_crossing(steep, 1e-7).unwrap() - 0.037).abs() < 1e-11);
    }
}
