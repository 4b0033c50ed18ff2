//! Which renewal commission makes the seller's best split what somebody wants it to be.
//!
//! Flat pay is linear in the renewal rate `c`, so one sampled curve serves every rate: the seller's value is
//! `A(u) + c B(u)` and the company's `C(u) - c D(u)`. Between samples a polynomial of degree five is exact to about
//! 1e-9 of the value where the curve is smooth.

use super::interpolation::interpolate;
use super::optimum::{Optimum, global_maximum};
use super::plan::Plan;
use super::valuation::Worth;

/// The answer to "at which renewal commission ...?".
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RateAnswer {
    /// At this rate, where the seller gives customers `share` of the time.
    At {
        /// Renewal commission rate from contract year 2 on.
        rate: f64,
        /// The seller's best share there.
        share: f64,
    },
    /// It holds without any renewal commission.
    EvenAtZero {
        /// The seller's best share at 0 %.
        share: f64,
    },
    /// No rate: the share jumps over what was asked for.
    Jump {
        /// The rate of the jump.
        rate: f64,
        /// The share just below.
        from: f64,
        /// The share just above.
        to: f64,
    },
    /// No rate up to 100 % is enough.
    Never {
        /// The greatest share that any rate reached.
        greatest_share: f64,
        /// The rate that reached it.
        at_rate: f64,
    },
}

impl RateAnswer {
    /// The rate, where there is exactly one.
    pub const fn rate(&self) -> Option<f64> {
        match self {
            RateAnswer::At { rate, .. } => Some(*rate),
            _ => None,
        }
    }
}

/// One seller's values against share of time, split into what the renewal rate multiplies and the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct RateCurves {
    seller_fixed: Vec<f64>,
    seller_per_rate: Vec<f64>,
    company_fixed: Vec<f64>,
    company_per_rate: Vec<f64>,
}

impl RateCurves {
    /// From samples at evenly spaced shares. Of `plan` everything but the level renewal rate is kept.
    pub fn new(samples: &[Worth], plan: &Plan) -> RateCurves {
        let none = plan.without_renewal_level();
        let mut whole = plan.clone();
        whole.renewal = plan.renewal.with_level(super::quantity::CommissionRate::constant(1.0));
        let by = |value: &dyn Fn(&Worth) -> f64| samples.iter().map(value).collect::<Vec<f64>>();
        RateCurves {
            seller_fixed: by(&|worth| worth.seller_value(&none)),
            seller_per_rate: by(&|worth| worth.seller.renewal_pay(&whole) - worth.seller.renewal_pay(&none)),
            company_fixed: by(&|worth| worth.company_value(&none)),
            company_per_rate: by(&|worth| worth.company.renewal_pay(&whole) - worth.company.renewal_pay(&none)),
        }
    }

    /// The seller's best split at renewal rate `rate`.
    pub fn seller_best(&self, rate: f64) -> Optimum {
        best(&self.seller_fixed, &self.seller_per_rate, rate)
    }

    /// The company's best split at renewal rate `rate`.
    pub fn company_best(&self, rate: f64) -> Optimum {
        best(&self.company_fixed, &self.company_per_rate, -rate)
    }

    /// Nearly the seller's best share at `rate`, to about a thousandth.
    fn seller_nearly_best(&self, rate: f64) -> f64 {
        nearly_best(&self.seller_fixed, &self.seller_per_rate, rate)
    }

    /// Nearly the company's best share at `rate`.
    fn company_nearly_best(&self, rate: f64) -> f64 {
        nearly_best(&self.company_fixed, &self.company_per_rate, -rate)
    }

    /// The company's value at `rate` where the seller gives customers `share`.
    pub fn company_value(&self, rate: f64, share: f64) -> f64 {
        interpolate(&self.company_fixed, share) - rate * interpolate(&self.company_per_rate, share)
    }

    /// The smallest rate at which some positive share beats none: the least of `(A(0) - A(u)) / (B(u) - B(0))`.
    /// Returns the rate and the share to which the best response then goes (0 if it starts to grow from there).
    fn first_hour(&self) -> Option<(f64, f64)> {
        let (a0, b0) = (*self.seller_fixed.first()?, *self.seller_per_rate.first()?);
        let tiny = 1e-4;
        let at_start =
            std::iter::once((tiny, interpolate(&self.seller_fixed, tiny), interpolate(&self.seller_per_rate, tiny)));
        let cells = self.seller_fixed.len().saturating_sub(1).max(1) as f64;
        let sampled = self.seller_fixed.iter().zip(&self.seller_per_rate).enumerate().skip(1);
        let sampled = sampled.map(|(index, (a, b))| (index as f64 / cells, *a, *b));
        at_start
            .chain(sampled)
            .filter_map(|(share, a, b)| {
                // Where pay without renewals already rises, no rate is needed.
                if a > a0 {
                    return Some((0.0, share));
                }
                (b > b0).then(|| ((a0 - a) / (b - b0), share))
            })
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(rate, share)| (rate, if share > tiny { share } else { 0.0 }))
    }
}

/// The best share to within about a thousandth: the highest sample, moved to the top of the parabola through it and its
/// neighbours. A tenth of the work of [`best`], for charts and for finding where to look closer.
fn nearly_best(fixed: &[f64], per_rate: &[f64], rate: f64) -> f64 {
    let height = |index: usize| Some(fixed.get(index)? + rate * per_rate.get(index)?);
    let mut top = (0, f64::NEG_INFINITY);
    for (index, (fixed, per)) in fixed.iter().zip(per_rate).enumerate() {
        let height = fixed + rate * per;
        if height > top.1 {
            top = (index, height);
        }
    }
    let cells = fixed.len().saturating_sub(1).max(1) as f64;
    let at = top.0 as f64;
    let (Some(before), Some(after)) = (top.0.checked_sub(1).and_then(height), height(top.0 + 1)) else {
        return at / cells;
    };
    let bend = before - 2.0 * top.1 + after;
    let shift = if bend < 0.0 { 0.5 * (before - after) / bend } else { 0.0 };
    (at + shift) / cells
}

fn best(fixed: &[f64], per_rate: &[f64], rate: f64) -> Optimum {
    let heights: Vec<f64> = fixed.iter().zip(per_rate).map(|(fixed, per)| fixed + rate * per).collect();
    global_maximum(&heights, |share| interpolate(&heights, share))
}

/// Moves a rate that was found between samples to where the projection itself puts it.
///
/// Where prospecting hours run out the curves have kinks, and a polynomial between samples is off by a little. Two
/// steps of Newton's method, with `exact_missing` the share still missing at a rate and the slope of the curves, leave
/// an error below a thousandth of a point.
pub fn polish(answer: RateAnswer, sellers: &[RateCurves], exact_missing: impl Fn(f64) -> (f64, f64)) -> RateAnswer {
    const STEP: f64 = 1e-3;
    const FARTHEST: f64 = 0.01;
    const EXACT: f64 = 1e-6;
    let RateAnswer::At { mut rate, mut share } = answer else { return answer };
    for _ in 0..2 {
        let (missing, exact_share) = exact_missing(rate);
        share = exact_share;
        if missing.abs() < EXACT {
            break;
        }
        let slope = (seller_share(sellers, rate + STEP) - seller_share(sellers, rate - STEP)) / (2.0 * STEP);
        if slope <= 0.0 {
            break;
        }
        rate = (rate - (missing / slope).clamp(-FARTHEST, FARTHEST)).clamp(0.0, 1.0);
    }
    RateAnswer::At { rate, share }
}

/// Rates at which the search looks for a crossing: every half point to 20 %, then every two points.
fn searched_rates() -> impl Iterator<Item = f64> {
    (0..=40).map(|step| f64::from(step) * 0.005).chain((1..=40).map(|step| 0.2 + f64::from(step) * 0.02))
}

/// The mean over sellers of their best share at `rate`; every seller has the same hours.
pub fn seller_share(sellers: &[RateCurves], rate: f64) -> f64 {
    mean(sellers.iter().map(|curves| curves.seller_best(rate).at))
}

/// The mean over sellers of the company's best share at `rate`.
pub fn company_share(sellers: &[RateCurves], rate: f64) -> f64 {
    mean(sellers.iter().map(|curves| curves.company_best(rate).at))
}

fn mean(shares: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = shares.len().max(1) as f64;
    shares.sum::<f64>() / count
}

/// A point of a chart over the renewal rate, shares to about a thousandth: the sellers' best share, the company's, and
/// the company's value if sellers follow their best.
pub fn chart_point(sellers: &[RateCurves], rate: f64) -> (f64, f64, f64) {
    let (mut sellers_sum, mut company_sum, mut value) = (0.0, 0.0, 0.0);
    for curves in sellers {
        let share = curves.seller_nearly_best(rate);
        sellers_sum += share;
        company_sum += curves.company_nearly_best(rate);
        value += curves.company_value(rate, share);
    }
    let count = sellers.len().max(1) as f64;
    (sellers_sum / count, company_sum / count, value)
}

/// What somebody wants the sellers' share to reach.
#[derive(Clone, Copy)]
enum Wish {
    /// The company's best share at the same rate.
    Company,
    /// This share.
    Share(f64),
}

impl Wish {
    fn exact(self, sellers: &[RateCurves], rate: f64) -> f64 {
        match self {
            Wish::Company => company_share(sellers, rate),
            Wish::Share(share) => share,
        }
    }

    fn nearly(self, sellers: &[RateCurves], rate: f64) -> f64 {
        match self {
            Wish::Company => mean(sellers.iter().map(|curves| curves.company_nearly_best(rate))),
            Wish::Share(share) => share,
        }
    }
}

/// The smallest rate at which the sellers' best share reaches the company's.
pub fn agreement_rate(sellers: &[RateCurves]) -> RateAnswer {
    smallest_rate(sellers, Wish::Company)
}

/// The smallest rate at which the sellers' best share reaches `target`.
pub fn target_share_rate(sellers: &[RateCurves], target: f64) -> RateAnswer {
    smallest_rate(sellers, Wish::Share(target))
}

/// The smallest rate at which the first hour on customers pays any seller.
pub fn first_hour_rate(sellers: &[RateCurves]) -> RateAnswer {
    let first = sellers.iter().filter_map(RateCurves::first_hour).min_by(|one, other| one.0.total_cmp(&other.0));
    match first {
        Some((0.0, _)) => RateAnswer::EvenAtZero { share: seller_share(sellers, 0.0) },
        Some((rate, 0.0)) if rate <= 1.0 => RateAnswer::At { rate, share: 0.0 },
        Some((rate, share)) if rate <= 1.0 => RateAnswer::Jump { rate, from: 0.0, to: share },
        _ => RateAnswer::Never { greatest_share: seller_share(sellers, 1.0), at_rate: 1.0 },
    }
}

/// Shares nearer than this are the same.
const SAME_SHARE: f64 = 1e-4;
/// More than a nearly best share can be wrong.
const NEARLY: f64 = 0.02;

fn smallest_rate(sellers: &[RateCurves], wish: Wish) -> RateAnswer {
    let missing = |rate: f64| seller_share(sellers, rate) - wish.exact(sellers, rate);
    let start = missing(0.0);
    if start >= 0.0 {
        return RateAnswer::EvenAtZero { share: seller_share(sellers, 0.0) };
    }
    // The last two rates that had too little, as far as a near best share can tell.
    let mut low = [0.0, 0.0];
    let mut greatest = (0.0, 0.0);
    for rate in searched_rates().skip(1) {
        let nearly = mean(sellers.iter().map(|curves| curves.seller_nearly_best(rate)));
        if nearly > greatest.0 {
            greatest = (nearly, rate);
        }
        // Only where the wish is nearly met is it worth looking closer.
        if nearly - wish.nearly(sellers, rate) > -NEARLY {
            let exact = missing(rate);
            if exact >= 0.0 {
                return narrow(sellers, &missing, low, (rate, exact));
            }
        }
        low = [low[1], rate];
    }
    RateAnswer::Never { greatest_share: seller_share(sellers, greatest.1), at_rate: greatest.1 }
}

/// Regula falsi with the Illinois rule, then bisection for what is left, between a rate with too little and one
/// with enough.
fn narrow(sellers: &[RateCurves], missing: &impl Fn(f64) -> f64, low: [f64; 2], mut high: (f64, f64)) -> RateAnswer {
    let [earlier, last] = low;
    let mut low = (last, missing(last));
    if low.1 >= 0.0 {
        // Exactly at a jump a near best share may stand on the other side of it.
        high = low;
        low = (earlier, missing(earlier));
    }
    let (mut weight_low, mut weight_high) = (low.1, high.1);
    for turn in 0..60 {
        if high.0 - low.0 < 1e-9 || high.1 < 1e-9 {
            break;
        }
        let falsi = (low.0 * weight_high - high.0 * weight_low) / (weight_high - weight_low);
        let next = if turn < 20 && falsi > low.0 && falsi < high.0 { falsi } else { 0.5 * (low.0 + high.0) };
        let value = missing(next);
        if value >= 0.0 {
            high = (next, value);
            weight_high = value;
            weight_low *= 0.5;
        } else {
            low = (next, value);
            weight_low = value;
            weight_high *= 0.5;
        }
    }
    let (from, to) = (seller_share(sellers, low.0), seller_share(sellers, high.0));
    // A continuous share meets the wish within the bracket; one that jumps leaves a hole as wide as the jump.
    if to - from > SAME_SHARE && high.1 > SAME_SHARE {
        RateAnswer::Jump { rate: high.0, from, to }
    } else {
        RateAnswer::At { rate: high.0, share: to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A seller whose best share is 0 up to a rate of 4 % and about 0.6 above: pay without renewals falls with the
    /// share, and nearly all renewals are won at one share.
    fn cliff() -> RateCurves {
        let shares = || (0..=100).map(|index| f64::from(index) / 100.0);
        let bump = |share: f64| libm::exp(-((share - 0.6) / 0.05).powi(2));
        RateCurves {
            seller_fixed: shares().map(|share| -share).collect(),
            seller_per_rate: shares().map(|share| 15.0 * bump(share)).collect(),
            company_fixed: shares().map(|share| -(share - 0.3).powi(2)).collect(),
            company_per_rate: shares().map(|_| 0.0).collect(),
        }
    }

    #[test]
    fn a_jump_over_the_target_is_told_as_a_jump() {
        let answer = target_share_rate(&[cliff()], 0.3);
        let RateAnswer::Jump { rate, from, to } = answer else { panic!("{answer:?}") };
        assert!((rate - 0.04).abs() < 1e-3 && from < 1e-6 && (to - 0.6).abs() < 0.01, "{answer:?}");
        assert!(matches!(agreement_rate(&[cliff()]), RateAnswer::Jump { .. }));
        assert!(matches!(first_hour_rate(&[cliff()]), RateAnswer::Jump { to, .. } if (to - 0.6).abs() < 0.011));
    }

    #[test]
    fn a_target_out_of_reach_is_refused_with_the_greatest_share() {
        let answer = target_share_rate(&[cliff()], 0.9);
        let RateAnswer::Never { greatest_share, .. } = answer else { panic!("{answer:?}") };
        assert!((greatest_share - 0.6).abs() < 0.01);
    }

    #[test]
    fn what_holds_at_zero_needs_no_rate() {
        assert!(matches!(target_share_rate(&[cliff()], 0.0), RateAnswer::EvenAtZero { .. }));
    }
}
