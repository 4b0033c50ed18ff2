//! How often the verdict holds if some inputs are known only between two ends, and which of them decides it.
//!
//! In each case every input with a range is drawn by itself, evenly over its range, and the verdict is worked out with
//! what was drawn ([`WhatIf::with`]). The draws are the same on every machine and every time: the number for an input in a
//! case is a hash of its key, the case and the attempt, so that one more range leaves the draws of the others as they were.

use super::bounds::Input;
use super::monte_carlo::random::{GAMMA, mixed};
use super::payoff::{Headline, Question};
use super::problem::Problem;
use super::ranges::Range;
use super::what_if::WhatIf;
use super::workspace::Workspace;

/// Shares of time on customers that are no farther apart than this are the same to the reader: both agree.
pub const AGREE_WITHIN: f64 = 0.01;
/// How often a case is drawn whose inputs contradict one another, before it is left out.
const ATTEMPTS: u64 = 20;
/// An input that explains less than this is not said to decide: the greatest of thirty that explain nothing comes to
/// about 0.03 over 400 cases.
const LEAST_EXPLAINED: f64 = 0.05;
/// The quantile of the normal distribution at 0.975.
const Z: f64 = 1.959_963_985;

/// Where the sellers' best share of time lies, seen from the company's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Below it: customers get too little time.
    TooLittle,
    /// No more than [`AGREE_WITHIN`] from it.
    Agree,
    /// Above it.
    TooMuch,
}

impl Side {
    /// Every side.
    pub const ALL: [Side; 3] = [Side::TooLittle, Side::Agree, Side::TooMuch];

    /// The side of a verdict. The gap in money has no say: it is small where both agree, and as large as it is elsewhere.
    pub fn of(verdict: &Headline) -> Side {
        let lead = verdict.seller_share - verdict.company_share;
        if lead.abs() <= AGREE_WITHIN {
            Side::Agree
        } else if lead < 0.0 {
            Side::TooLittle
        } else {
            Side::TooMuch
        }
    }
}

/// Quantiles of a figure over the cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles {
    /// A twentieth of the cases lies below.
    pub low: f64,
    /// Half of them.
    pub middle: f64,
    /// Nineteen twentieths.
    pub high: f64,
}

impl Quantiles {
    /// Of `figures`; linear between neighbours (definition 7 of Hyndman & Fan 1996). All `none` if there are no figures.
    fn of(mut figures: Vec<f64>, none: f64) -> Quantiles {
        figures.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let place = part * figures.len().saturating_sub(1) as f64;
            let below = libm::floor(place);
            let of = |index: usize| figures.get(index).or(figures.last()).copied().unwrap_or(none);
            let (one, next) = (of(below as usize), of(below as usize + 1));
            one + (place - below) * (next - one)
        };
        Quantiles { low: at(0.05), middle: at(0.5), high: at(0.95) }
    }
}

/// In what share of cases the verdict holds.
///
/// Without a case (all were contradictory) shares of cases are 0, and quantiles those of the plain numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holds {
    /// The verdict with the plain numbers.
    pub side: Side,
    /// Cases answered.
    pub cases: usize,
    /// Draws thrown away because their inputs contradicted one another.
    pub contradictory: usize,
    /// The part of the cases whose [`Side`] is that with the plain numbers, 0 to 1.
    pub share: f64,
    /// The interval that covers the share over all possible cases with 95 % confidence (Wilson 1927):
    /// `(p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`.
    pub interval: (f64, f64),
    /// The gap, money.
    pub gap: Quantiles,
    /// The sellers' best share of time on customers.
    pub seller_share: Quantiles,
    /// The company's best share.
    pub company_share: Quantiles,
    /// The input with the greatest part in whether the verdict holds, or in the gap if it always or never does, and that
    /// part, 0 to 1; `None` if nothing varies or no input explains a twentieth of it.
    ///
    /// The part is the correlation ratio: the variance between the means of even tenths of the input's values (fewer, for
    /// few cases) over all variance, an estimate of the first-order index of Sobol' (1993); less what as many tenths would
    /// explain by chance, `1 - (1 - ratio)(n - 1)/(n - k)` (Kelley 1935). Unlike a correlation it also sees a verdict that
    /// turns at both ends of a range.
    pub decides: Option<(Input, f64)>,
}

/// One case answered.
#[derive(Debug, Clone)]
struct Case {
    drawn: Vec<f64>,
    verdict: Headline,
}

/// Cases being worked out.
#[derive(Debug, Clone)]
pub struct Certainty {
    what_if: WhatIf,
    ranges: Vec<(Input, Range)>,
    total: usize,
    done: usize,
    contradictory: usize,
    cases: Vec<Case>,
}

impl Certainty {
    /// Begins with `cases` cases of the ranges of `workspace`; with none if it has no ranges.
    ///
    /// # Errors
    /// A [`Problem`] if the plain numbers contradict one another.
    pub fn new(workspace: &Workspace, question: &Question, cases: usize) -> Result<Certainty, Problem> {
        let ranges: Vec<(Input, Range)> = workspace.ranges.iter().collect();
        let total = if ranges.is_empty() { 0 } else { cases };
        let what_if = WhatIf::new(workspace, question)?;
        Ok(Certainty { what_if, ranges, total, done: 0, contradictory: 0, cases: Vec::new() })
    }

    /// Cases worked out, those included that were left out since no draw fitted together.
    pub const fn done(&self) -> usize {
        self.done
    }

    /// Cases asked for.
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Works one case out; nothing if all are.
    pub fn advance(&mut self) {
        if self.done >= self.total {
            return;
        }
        let case = self.done as u64;
        self.done += 1;
        for attempt in 0..ATTEMPTS {
            let moved: Vec<(Input, f64)> =
                self.ranges.iter().map(|(input, range)| (*input, drawn(*input, *range, case, attempt))).collect();
            if let Some(verdict) = self.what_if.with(&moved) {
                let drawn = moved.into_iter().map(|(_, number)| number).collect();
                self.cases.push(Case { drawn, verdict });
                return;
            }
            self.contradictory += 1;
        }
    }

    /// What the cases so far say.
    pub fn found(&self) -> Holds {
        let present = self.what_if.present();
        let (side, count) = (Side::of(&present), self.cases.len());
        let holds: Vec<f64> =
            self.cases.iter().map(|case| f64::from(u8::from(Side::of(&case.verdict) == side))).collect();
        let held: f64 = holds.iter().sum();
        let of =
            |figure: fn(&Headline) -> f64| self.cases.iter().map(|case| figure(&case.verdict)).collect::<Vec<f64>>();
        let gaps = of(|verdict| verdict.gap);
        let decides = self.decides(if held > 0.0 && held < count as f64 { &holds } else { &gaps });
        Holds {
            side,
            cases: count,
            contradictory: self.contradictory,
            share: if count == 0 { 0.0 } else { held / count as f64 },
            interval: wilson(held, count as f64),
            gap: Quantiles::of(gaps, present.gap),
            seller_share: Quantiles::of(of(|verdict| verdict.seller_share), present.seller_share),
            company_share: Quantiles::of(of(|verdict| verdict.company_share), present.company_share),
            decides,
        }
    }

    /// The input that explains the most of `effect`, one number a case.
    fn decides(&self, effect: &[f64]) -> Option<(Input, f64)> {
        let mut most = None;
        for (place, (input, _)) in self.ranges.iter().enumerate() {
            let cause = self.cases.iter().filter_map(|case| case.drawn.get(place).copied());
            let part = explained(cause.zip(effect.iter().copied()).collect())?;
            if part >= LEAST_EXPLAINED && most.is_none_or(|(_, before)| part > before) {
                most = Some((*input, part));
            }
        }
        most
    }
}

/// The number for `input` in an attempt at a case: even over its range, `low + u (high - low)`; whole months for the
/// horizon, each as likely.
fn drawn(input: Input, range: Range, case: u64, attempt: u64) -> f64 {
    let part = even(input, case, attempt);
    match input {
        Input::Horizon => (range.low() + libm::floor(part * (range.high() - range.low() + 1.0))).min(range.high()),
        _ => (range.low() + part * (range.high() - range.low())).min(range.high()),
    }
}

/// A number from 0 to below 1, even to 53 bits: SplitMix64's mixing function over the bytes of the input's key, the case and
/// the attempt in turn, each step `mixed(state + GAMMA (number + 1))`.
fn even(input: Input, case: u64, attempt: u64) -> f64 {
    let step = |state: u64, number: u64| mixed(state.wrapping_add(GAMMA.wrapping_mul(number + 1)));
    let key = input.key().bytes().map(u64::from).fold(0, step);
    let bits = step(step(key, case), attempt);
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// The interval of Wilson (1927) for `held` of `count`; 0 to 1 if there are none.
fn wilson(held: f64, count: f64) -> (f64, f64) {
    if count <= 0.0 {
        return (0.0, 1.0);
    }
    let (share, z2) = (held / count, Z * Z);
    let middle = share + z2 / (2.0 * count);
    let reach = Z * libm::sqrt(share * (1.0 - share) / count + z2 / (4.0 * count * count));
    let of = |number: f64| (number / (1.0 + z2 / count)).clamp(0.0, 1.0);
    (of(middle - reach), of(middle + reach))
}

/// How much of the variance of the effects their causes explain: [`Holds::decides`]. `None` if the effects do not vary, or
/// are too few to tell.
fn explained(mut pairs: Vec<(f64, f64)>) -> Option<f64> {
    let count = pairs.len();
    // Even tenths from 400 cases on; never fewer than two groups of two.
    let groups = ((libm::sqrt(count as f64) / 2.0) as usize).clamp(2, 10);
    if count < 2 * groups {
        return None;
    }
    let mean = |pairs: &[(f64, f64)]| pairs.iter().map(|pair| pair.1).sum::<f64>() / pairs.len() as f64;
    let middle = mean(&pairs);
    let all: f64 = pairs.iter().map(|pair| (pair.1 - middle) * (pair.1 - middle)).sum();
    let nothing = 1e-9 * middle.abs().max(1.0);
    if all <= nothing * nothing * count as f64 {
        return None;
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let between: f64 = (0..groups)
        .filter_map(|group| pairs.get(group * count / groups..(group + 1) * count / groups))
        .map(|group| group.len() as f64 * (mean(group) - middle) * (mean(group) - middle))
        .sum();
    let by_chance = (count - 1) as f64 / (count - groups) as f64;
    Some((1.0 - (1.0 - between / all) * by_chance).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_even_and_those_of_two_inputs_have_nothing_in_common() {
        let of = |input: Input| (0..40_000).map(|case| even(input, case, 0)).collect::<Vec<f64>>();
        let (one, other) = (of(Input::Stay), of(Input::Leads));
        let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
        // Standard errors of 40,000 draws: 0.00144 for the mean, 0.5 % of 1/12 for the covariance.
        assert!((mean(&one) - 0.5).abs() < 0.005 && (mean(&other) - 0.5).abs() < 0.005);
        let products: Vec<f64> = one.iter().zip(&other).map(|(one, other)| (one - 0.5) * (other - 0.5)).collect();
        assert!(mean(&products).abs() < 0.0015, "{}", mean(&products));
        for tenth in 0..10 {
            let count = one.iter().filter(|number| (**number * 10.0) as usize == tenth).count();
            assert!((3_800..4_200).contains(&count), "{tenth}: {count}");
        }
        let range = Range::new(Input::Horizon, 24.0, 26.0).unwrap();
        let months = |of: f64| (0..3_000).filter(|case| drawn(Input::Horizon, range, *case, 0) == of).count();
        assert!([24.0, 25.0, 26.0].iter().all(|month| (900..1_100).contains(&months(*month))));
    }

    /// What the generator with seed 0 gives first, as its reference implementation prints it.
    #[test]
    fn intervals_are_those_of_wilson() {
        // Newcombe (1998), table I: 81 of 263 and 0 of 20, method 3.
        let near =
            |one: (f64, f64), other: (f64, f64)| (one.0 - other.0).abs() < 5e-5 && (one.1 - other.1).abs() < 5e-5;
        assert!(near(wilson(81.0, 263.0), (0.2553, 0.3662)), "{:?}", wilson(81.0, 263.0));
        assert!(near(wilson(0.0, 20.0), (0.0, 0.1611)), "{:?}", wilson(0.0, 20.0));
        assert_eq!(wilson(0.0, 0.0), (0.0, 1.0));
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        let of = Quantiles::of((0..=20).map(f64::from).rev().collect(), 7.0);
        assert_eq!((of.low, of.middle, of.high), (1.0, 10.0, 19.0));
        let two = Quantiles::of(vec![4.0, 2.0], 7.0);
        assert!((two.low - 2.1).abs() < 1e-12 && two.middle == 3.0);
        assert_eq!(Quantiles::of(Vec::new(), 7.0), Quantiles { low: 7.0, middle: 7.0, high: 7.0 });
    }

    #[test]
    fn what_is_explained_is_the_part_of_the_variance() {
        let causes: Vec<(f64, f64)> =
            (0..4_000).map(|case| (even(Input::Stay, case, 0), even(Input::Leads, case, 0))).collect();
        let of = |effect: fn(f64, f64) -> f64| {
            explained(causes.iter().map(|(one, other)| (*one, effect(*one, *other))).collect())
        };
        // 2 x + y: variances 4/12 and 1/12. Tenths miss a hundredth of the first.
        assert!((of(|one, other| 2.0 * one + other).unwrap() - 0.8 * 0.99).abs() < 0.02);
        // A bump in the middle, which no correlation sees. Ends of tenths are off by up to a fifth of one (three standard
        // errors), at both sides of the bump: 2 x 0.2 x 0.8 / 10 of 0.24.
        assert!(of(|one, _| f64::from(u8::from((0.3..0.7).contains(&one)))).unwrap() > 0.86);
        assert!(of(|_, other| other).unwrap() < 0.02);
        assert_eq!(of(|_, _| 3.0), None);
        assert_eq!(explained(vec![(0.0, 1.0), (1.0, 0.0)]), None, "too few");
    }
}
