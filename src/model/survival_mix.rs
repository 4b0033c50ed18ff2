//! Customers who differ: the shifted beta-geometric (Fader & Hardie 2007), fitted to a cohort table.
//!
//! Each customer leaves with a chance of their own at every renewal; over customers that chance follows a beta
//! distribution. Those likely to leave go first, so the renewal probability of a cohort rises with its age: a single
//! average understates what a tenured book is worth.

use std::fmt;

/// A cohort's chances to leave at each renewal, spread as `Beta(alpha, beta)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShiftedBetaGeometric {
    /// alpha, above 0.
    pub alpha: f64,
    /// beta, above 0.
    pub beta: f64,
}

/// Terms of a sum over renewals are left out when they are this small a part of it.
const NEGLIGIBLE: f64 = 1e-17;
/// The most renewals that are summed: with any discount worth the name far fewer count.
const MOST_RENEWALS: u32 = 2_000_000;

impl ShiftedBetaGeometric {
    /// S(t) for t = 0, 1, 2, ...: the part of a cohort that is left after `t` renewals,
    /// `S(t) = S(t-1) (beta + t - 1) / (alpha + beta + t - 1)`. It never rises.
    pub fn survival(&self) -> impl Iterator<Item = f64> + use<> {
        let Self { alpha, beta } = *self;
        let mut left = 1.0;
        (0_u32..).map(move |renewal| {
            if renewal > 0 {
                let before = f64::from(renewal - 1);
                left *= (beta + before) / (alpha + beta + before);
            }
            left
        })
    }

    /// Renewal probability at the `renewal`-th renewal, from 1: `(beta + t - 1) / (alpha + beta + t - 1)`.
    pub fn renewal_probability(&self, renewal: u32) -> f64 {
        let before = f64::from(renewal.saturating_sub(1));
        (self.beta + before) / (self.alpha + self.beta + before)
    }

    /// DERL: discounted expected residual lifetime, in renewals, of a customer just before the `renewal`-th renewal,
    /// from 1: `sum over t >= n of S(t)/S(n-1) (1+d)^-(t-n)` (Fader & Hardie 2010). It rises with tenure.
    ///
    /// # Errors
    /// [`NotFitted::InfiniteLifetime`] without a discount if alpha is 1 or less.
    pub fn residual_lifetime(&self, renewal: u32, discount: f64) -> Result<f64, NotFitted> {
        let before = f64::from(renewal.max(1) - 1);
        // What is left before the n-th renewal is the same kind of cohort, with a larger beta.
        let seasoned = ShiftedBetaGeometric { alpha: self.alpha, beta: self.beta + before };
        Ok((seasoned.lifetime(discount)? - 1.0) * (1.0 + discount))
    }

    /// DEL: discounted expected lifetime of a new customer, in payments: `sum over t >= 0 of S(t) (1+d)^-t`.
    ///
    /// # Errors
    /// As [`ShiftedBetaGeometric::residual_lifetime`].
    pub fn lifetime(&self, discount: f64) -> Result<f64, NotFitted> {
        if discount <= 0.0 {
            if self.alpha <= 1.0 {
                return Err(NotFitted::InfiniteLifetime { alpha: self.alpha });
            }
            // The sum of S(t) has a closed form.
            return Ok((self.alpha + self.beta - 1.0) / (self.alpha - 1.0));
        }
        let (mut sum, mut weight) = (0.0, 1.0);
        for left in self.survival().take(MOST_RENEWALS as usize) {
            sum += left * weight;
            weight /= 1.0 + discount;
            if left * weight < NEGLIGIBLE * sum {
                break;
            }
        }
        Ok(sum)
    }

    /// Log-likelihood of a cohort of which `lost` customers left at each renewal and `left` are still there after the
    /// last.
    pub fn log_likelihood(&self, lost: &[f64], left: f64) -> f64 {
        let mut before = 1.0;
        let mut sum = 0.0;
        for (now, lost) in self.survival().skip(1).zip(lost) {
            if *lost > 0.0 {
                sum += lost * libm::log(before - now);
            }
            before = now;
        }
        if left > 0.0 { sum + left * libm::log(before) } else { sum }
    }

    /// The likeliest distribution for a cohort of which `lost` customers left at each renewal and `left` stayed: maximum
    /// likelihood, by golden sections over the mean chance to leave inside golden sections over how alike customers are.
    ///
    /// # Errors
    /// [`NotFitted`] if there are fewer than two renewals, nobody left or nobody stayed, or a count is negative.
    pub fn fit(lost: &[f64], left: f64) -> Result<ShiftedBetaGeometric, NotFitted> {
        if lost.len() < 2 {
            return Err(NotFitted::TooFewRenewals { renewals: lost.len() });
        }
        if lost.iter().chain([&left]).any(|count| !count.is_finite() || *count < 0.0) {
            return Err(NotFitted::NotACohort);
        }
        let all_lost: f64 = lost.iter().sum();
        if all_lost <= 0.0 || left <= 0.0 {
            return Err(NotFitted::NothingToTell);
        }
        let at = |sum: f64, odds: f64| {
            // From how alike they are (alpha + beta) and the odds to leave at the first renewal (alpha / beta).
            let (total, odds) = (libm::exp(sum), libm::exp(odds));
            ShiftedBetaGeometric { alpha: total * odds / (1.0 + odds), beta: total / (1.0 + odds) }
        };
        let best_odds = |sum: f64| highest(-12.0, 12.0, |odds| at(sum, odds).log_likelihood(lost, left));
        let sum = highest(LEAST_ALIKE, MOST_ALIKE, |sum| at(sum, best_odds(sum)).log_likelihood(lost, left));
        Ok(at(sum, best_odds(sum)))
    }
}

/// Bounds of `ln(alpha + beta)`: beyond the first customers are either lost at once or for ever, beyond the second they
/// are all alike for any practical purpose.
const LEAST_ALIKE: f64 = -7.0;
const MOST_ALIKE: f64 = 12.0;

/// Where a curve with one peak is highest, by golden sections.
fn highest(mut low: f64, mut high: f64, curve: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut left, mut right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_left, mut at_right) = (curve(left), curve(right));
    for _ in 0..60 {
        if at_left >= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = curve(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = curve(right);
        }
    }
    0.5 * (low + high)
}

/// Why a cohort tells nothing about its customers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NotFitted {
    /// A single renewal cannot show whether customers differ.
    TooFewRenewals {
        /// How many there are.
        renewals: usize,
    },
    /// Nobody left, or nobody stayed.
    NothingToTell,
    /// A count is negative or no number.
    NotACohort,
    /// Without a discount the mean lifetime has no end.
    InfiniteLifetime {
        /// alpha, 1 or less.
        alpha: f64,
    },
}

impl fmt::Display for NotFitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotFitted::TooFewRenewals { renewals } => write!(
                f,
                "A cohort with {renewals} renewals cannot show whether its customers differ: enter two or more."
            ),
            NotFitted::NothingToTell => write!(
                f,
                "Everybody stayed or everybody left, which does not show how customers differ: add later renewals, or \
                 another cohort."
            ),
            NotFitted::NotACohort => {
                write!(f, "A cohort can only lose customers: check that no count is negative or rises.")
            }
            NotFitted::InfiniteLifetime { alpha } => write!(
                f,
                "Customers this different (alpha {alpha:.2}) have no finite mean lifetime without a discount: enter a \
                 discount rate above 0 %."
            ),
        }
    }
}

impl std::error::Error for NotFitted {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fit_finds_the_distribution_that_made_the_cohort() {
        for (alpha, beta) in [(0.668, 3.806), (2.0, 1.0), (0.3, 0.9), (8.0, 40.0)] {
            let made = ShiftedBetaGeometric { alpha, beta };
            let left: Vec<f64> = made.survival().take(13).map(|left| left * 1e6).collect();
            let lost: Vec<f64> = left.windows(2).map(|pair| pair[0] - pair[1]).collect();
            let fitted = ShiftedBetaGeometric::fit(&lost, left[12]).unwrap();
            assert!((fitted.alpha / alpha - 1.0).abs() < 1e-4, "{alpha} {beta}: {fitted:?}");
            assert!((fitted.beta / beta - 1.0).abs() < 1e-4, "{alpha} {beta}: {fitted:?}");
        }
    }

    #[test]
    fn customers_who_are_all_alike_are_fitted_as_nearly_geometric() {
        let lost: Vec<f64> = (0..8).map(|renewal| 1e6 * 0.2 * 0.8_f64.powi(renewal)).collect();
        let fitted = ShiftedBetaGeometric::fit(&lost, 1e6 * 0.8_f64.powi(8)).unwrap();
        assert!((fitted.renewal_probability(1) - 0.8).abs() < 1e-3, "{fitted:?}");
        assert!((fitted.renewal_probability(8) - 0.8).abs() < 1e-2, "{fitted:?}");
    }

    #[test]
    fn what_tells_nothing_is_refused() {
        assert_eq!(ShiftedBetaGeometric::fit(&[5.0], 1.0), Err(NotFitted::TooFewRenewals { renewals: 1 }));
        assert_eq!(ShiftedBetaGeometric::fit(&[0.0, 0.0], 1.0), Err(NotFitted::NothingToTell));
        assert_eq!(ShiftedBetaGeometric::fit(&[5.0, 1.0], 0.0), Err(NotFitted::NothingToTell));
        assert_eq!(ShiftedBetaGeometric::fit(&[5.0, -1.0], 3.0), Err(NotFitted::NotACohort));
        assert_eq!(ShiftedBetaGeometric::fit(&[5.0, f64::NAN], 3.0), Err(NotFitted::NotACohort));
        let heavy = ShiftedBetaGeometric { alpha: 0.9, beta: 2.0 };
        assert_eq!(heavy.lifetime(0.0), Err(NotFitted::InfiniteLifetime { alpha: 0.9 }));
        assert!(heavy.lifetime(1e-9).is_ok_and(f64::is_finite));
    }

    #[test]
    fn the_closed_form_without_a_discount_is_the_limit_of_the_sum() {
        let cohort = ShiftedBetaGeometric { alpha: 3.0, beta: 2.0 };
        assert!((cohort.lifetime(0.0).unwrap() - 2.0).abs() < 1e-12);
        assert!((cohort.lifetime(1e-6).unwrap() - 2.0).abs() < 1e-3);
    }
}
