//! The odds of a sale from a seller's own wins over tries, with how sure they are.
//!
//! Two answers. [`jeffreys`] speaks of the tries alone: the equal-tailed interval under Jeffreys' prior, which Brown, Cai
//! & DasGupta (2001) recommend for few tries beside Wilson's. Jeffreys' is taken because it is a beta distribution, as is
//! the second answer: [`blended`], where the default odds count like [`PRIOR_TRIES`] tries of the seller's own. With no
//! tries that is the default, with as many it is half of each, and with hundreds the default hardly matters.
//!
//! What it leaves out: leads differ, and odds change with time.

use std::fmt;

/// How many tries of one's own the default odds are worth. The default is a rule of thumb without a study behind it, so ten
/// own tries weigh as much.
pub const PRIOR_TRIES: f64 = 10.0;

/// The part of cases in which the odds lie within the intervals.
pub const CONFIDENCE: f64 = 0.95;

/// Weight that Jeffreys' prior gives to a win and to a loss.
const JEFFREYS: f64 = 0.5;

/// The most tries that can be counted.
pub const MOST_TRIES: u32 = 1_000_000;

/// Odds with an interval; all from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OwnOdds {
    /// The odds of a sale per try.
    pub odds: f64,
    /// In [`CONFIDENCE`] of cases the odds are not below this.
    pub low: f64,
    /// Nor above this.
    pub high: f64,
}

/// Counts that give no odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BadCounts {
    /// More wins than tries.
    MoreWinsThanTries {
        /// Wins.
        wins: u32,
        /// Tries.
        tries: u32,
    },
    /// No tries, and no default to fall back on.
    NoTries,
    /// More tries than can be counted.
    TooManyTries {
        /// Tries.
        tries: u32,
    },
    /// A default that is no chance.
    BadDefault {
        /// The default.
        odds: f64,
    },
}

impl fmt::Display for BadCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadCounts::MoreWinsThanTries { wins, tries } => {
                write!(f, "{wins} wins are more than {tries} tries: lower the first or raise the second.")
            }
            BadCounts::NoTries => write!(f, "There are no tries yet, so there are no odds: enter how many there were."),
            BadCounts::TooManyTries { tries } => {
                write!(f, "{tries} tries are more than can be counted: enter at most {MOST_TRIES}.")
            }
            BadCounts::BadDefault { odds } => {
                write!(f, "The odds to start from are {odds}: enter a number from 0 to 1.")
            }
        }
    }
}

impl std::error::Error for BadCounts {}

/// Odds from `wins` of `tries` alone: `wins / tries`, between the quantiles of `Beta(wins + 1/2, tries - wins + 1/2)`. With
/// no wins the lower end is 0, and with nothing but wins the upper one is 1 (Brown, Cai & DasGupta 2001, 4.1.1).
///
/// # Errors
/// [`BadCounts`] if there are no tries, more wins than tries, or more than [`MOST_TRIES`].
///
/// ```
/// use holdfast::model::own_odds::jeffreys;
/// let odds = jeffreys(10, 200).unwrap();
/// assert_eq!(odds.odds, 0.05);
/// assert!((odds.low - 0.025_993_40).abs() < 1e-8 && (odds.high - 0.086_875_09).abs() < 1e-8);
/// ```
pub fn jeffreys(wins: u32, tries: u32) -> Result<OwnOdds, BadCounts> {
    let (won, lost) = counted(wins, tries)?;
    if tries == 0 {
        return Err(BadCounts::NoTries);
    }
    let (low, high) = tails(won + JEFFREYS, lost + JEFFREYS);
    Ok(OwnOdds {
        odds: won / f64::from(tries),
        low: if wins == 0 { 0.0 } else { low },
        high: if wins == tries { 1.0 } else { high },
    })
}

/// Odds from `wins` of `tries` and the `default` odds, which count like [`PRIOR_TRIES`] tries:
/// `(PRIOR_TRIES default + wins) / (PRIOR_TRIES + tries)`, the mean of a beta distribution between whose quantiles they lie.
/// Neither weight of that distribution is below the 1/2 of Jeffreys' prior: so small a default does not mean to be sure of
/// it. The interval is widened where it would leave the odds out. With no tries the odds are the default.
///
/// # Errors
/// [`BadCounts`] if there are more wins than tries, more than [`MOST_TRIES`], or the default is no chance.
///
/// ```
/// use holdfast::model::own_odds::blended;
/// // 10 tries at 10 % and 10 at 30 %.
/// assert!((blended(3, 10, 0.1).unwrap().odds - 0.2).abs() < 1e-12);
/// assert_eq!(blended(0, 0, 0.1).unwrap().odds, 0.1);
/// ```
pub fn blended(wins: u32, tries: u32, default: f64) -> Result<OwnOdds, BadCounts> {
    if !(0.0..=1.0).contains(&default) {
        return Err(BadCounts::BadDefault { odds: default });
    }
    let (won, lost) = counted(wins, tries)?;
    let odds = (PRIOR_TRIES * default + won) / (PRIOR_TRIES + f64::from(tries));
    let odds = if tries == 0 { default } else { odds.min(1.0) };
    let weight = |prior: f64, count: f64| (PRIOR_TRIES * prior + count).max(JEFFREYS);
    let (low, high) = tails(weight(default, won), weight(1.0 - default, lost));
    Ok(OwnOdds { odds, low: low.min(odds), high: high.max(odds) })
}

/// Wins and losses.
fn counted(wins: u32, tries: u32) -> Result<(f64, f64), BadCounts> {
    if tries > MOST_TRIES {
        return Err(BadCounts::TooManyTries { tries });
    }
    let lost = tries.checked_sub(wins).ok_or(BadCounts::MoreWinsThanTries { wins, tries })?;
    Ok((f64::from(wins), f64::from(lost)))
}

/// The quantiles of `Beta(won, lost)` that leave out as much below as above.
fn tails(won: f64, lost: f64) -> (f64, f64) {
    let out = 0.5 * (1.0 - CONFIDENCE);
    // The upper one from the other side: a number near 1 is told less exactly than its distance from 1.
    (quantile(won, lost, out), 1.0 - quantile(lost, won, out))
}

/// Where `Beta(a, b)` has the part `below` beneath it: halving, which needs nothing but that the part rises.
fn quantile(a: f64, b: f64, below: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while high - low > f64::EPSILON * high {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        *(if beta_below(a, b, middle) < below { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}

/// The part of `Beta(a, b)` below `at`, from 0 to 1: the regularised incomplete beta function by its continued fraction
/// (DLMF 8.17.22), from the side on which that converges fast.
fn beta_below(a: f64, b: f64, at: f64) -> f64 {
    if at <= 0.0 {
        return 0.0;
    }
    if at >= 1.0 {
        return 1.0;
    }
    let whole = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let front = libm::exp(whole + a * libm::log(at) + b * libm::log1p(-at));
    if at < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, at) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - at) / b
    }
}

/// The most terms of the fraction: it needs about the root of the larger weight.
const MOST_TERMS: u32 = 10_000;
/// A denominator is kept from 0 by this.
const TINY: f64 = 1e-300;

/// `1 / (1 + d1 / (1 + d2 / (1 + ...)))`, by Lentz's method.
fn fraction(a: f64, b: f64, at: f64) -> f64 {
    let kept = |number: f64| if number.abs() < TINY { TINY } else { number };
    let mut under = 1.0;
    let mut over = 1.0 / kept(1.0 - (a + b) * at / (a + 1.0));
    let mut product = over;
    for term in 1..=MOST_TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * at / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * at / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for part in [even, odd] {
            over = 1.0 / kept(1.0 + part * over);
            under = kept(1.0 + part / under);
            change = over * under;
            product *= change;
        }
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_the_published_ones() {
        // Printed by the R package RSurveillance 0.2.1 in its help on `binom.jeffreys` (8 digits).
        let printed = [
            (10, 200, 0.025_993_40, 0.086_875_09),
            (20, 200, 0.064_166_42, 0.147_298_62),
            (30, 200, 0.105_677_14, 0.204_362_43),
            (40, 200, 0.149_100_87, 0.259_507_69),
            (50, 200, 0.193_872_68, 0.313_302_66),
            (80, 200, 0.333_939_64, 0.468_931_29),
        ];
        for (wins, tries, low, high) in printed {
            let got = jeffreys(wins, tries).unwrap();
            assert!((got.low - low).abs() <= 5.1e-9 && (got.high - high).abs() <= 5.1e-9, "{wins}: {got:?}");
        }
    }

    #[test]
    fn the_beta_distribution_has_its_closed_forms() {
        // Beta(1/2, 1/2) is the arcsine law; Beta(a, 1) has the part x^a below x; Beta(2, 3) is a polynomial.
        for at in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999] {
            let arcsine = 2.0 / std::f64::consts::PI * libm::asin(libm::sqrt(at));
            assert!((beta_below(0.5, 0.5, at) - arcsine).abs() < 1e-13, "{at}");
            assert!((beta_below(7.5, 1.0, at) - libm::pow(at, 7.5)).abs() < 1e-13, "{at}");
            let polynomial = at * at * (6.0 - 8.0 * at + 3.0 * at * at);
            assert!((beta_below(2.0, 3.0, at) - polynomial).abs() < 1e-13, "{at}");
        }
        assert!((quantile(2.0, 2.0, 0.5) - 0.5).abs() < 1e-15);
        assert_eq!([beta_below(2.0, 3.0, 0.0), beta_below(2.0, 3.0, 1.0)], [0.0, 1.0]);
    }

    #[test]
    fn no_tries_leave_the_default_unsure() {
        let odds = blended(0, 0, 1.0 / 14.0).unwrap();
        assert_eq!(odds.odds, 1.0 / 14.0);
        assert!(odds.low < 0.01 && odds.high > 0.25, "{odds:?}");
        for default in [0.0, 1.0] {
            let odds = blended(0, 0, default).unwrap();
            assert!(odds.odds == default && odds.high - odds.low > 0.15, "{odds:?}");
        }
    }

    #[test]
    fn what_cannot_be_counted_is_refused_in_words() {
        for refused in [jeffreys(3, 2), blended(3, 2, 0.1)] {
            assert!(refused.unwrap_err().to_string().starts_with("3 wins are more than 2 tries"));
        }
        assert_eq!(jeffreys(0, 0), Err(BadCounts::NoTries));
        assert!(blended(0, 0, f64::NAN).is_err() && blended(0, 0, 1.1).is_err());
        assert_eq!(jeffreys(0, MOST_TRIES + 1), Err(BadCounts::TooManyTries { tries: MOST_TRIES + 1 }));
        let most = jeffreys(MOST_TRIES / 2, MOST_TRIES).unwrap();
        // Nearly normal: 1.96 x sqrt(1/4 / 1,000,000) on either side.
        assert!((most.high - 0.5 - 0.000_98).abs() < 1e-7 && (0.5 - most.low - 0.000_98).abs() < 1e-7, "{most:?}");
    }
}
