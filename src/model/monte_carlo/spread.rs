//! What many runs say: how much pay and revenue scatter, and whether the mean is what the projection says.

use super::simulation::{Outcome, Simulation};

/// The parts of runs below which [`Measure::quantiles`] lie.
pub const QUANTILES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// From how large a part of the pay at expected volume on expected pay counts as another.
const MISLEADS_FROM: f64 = 0.01;
/// From how many standard errors on a difference is more than the luck of so many runs.
const BEYOND_LUCK: f64 = 2.0;

/// How one amount is spread over the runs; money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Mean over the runs; 0 for none.
    pub mean: f64,
    /// Standard deviation from run to run, `sqrt(sum (x - mean)^2 / (n - 1))`; 0 for fewer than two runs.
    pub deviation: f64,
    /// Standard error of the mean: over the square root of the runs, the deviation that endless runs would have
    /// ([`Simulation::exact_deviation`]), or that of these runs where it is not known. Runs that have missed what is rare know
    /// too little of it.
    pub standard_error: f64,
    /// What so large a part of runs stays below, as [`QUANTILES`] says: between the two nearest runs in proportion.
    pub quantiles: [f64; QUANTILES.len()],
    /// What the projection says, where everything happens as expected.
    pub at_expected_volume: f64,
    /// Whether that is the mean which endless runs would have: it is, but for pay (and what depends on it) under tiers.
    pub is_exact: bool,
}

impl Measure {
    /// Beyond so many standard errors a mean is not where luck alone puts it.
    pub const FAR: f64 = 4.0;

    /// Of `amounts`, which are put in order.
    pub(super) fn of(
        amounts: &mut [f64],
        at_expected_volume: f64,
        is_exact: bool,
        exact_deviation: Option<f64>,
    ) -> Measure {
        let count = amounts.len() as f64;
        let mean = if amounts.is_empty() { 0.0 } else { amounts.iter().sum::<f64>() / count };
        let squares: f64 = amounts.iter().map(|amount| (amount - mean) * (amount - mean)).sum();
        let deviation = if amounts.len() > 1 { (squares / (count - 1.0)).sqrt() } else { 0.0 };
        amounts.sort_unstable_by(f64::total_cmp);
        let at = |index: usize| amounts.get(index).copied().unwrap_or(0.0);
        let quantiles = QUANTILES.map(|part| {
            let place = part * (count - 1.0).max(0.0);
            let (below, beyond) = (libm::floor(place), place - libm::floor(place));
            let low = at(below as usize);
            low + if beyond > 0.0 { beyond * (at(below as usize + 1) - low) } else { 0.0 }
        });
        let standard_error = if count > 0.0 { exact_deviation.unwrap_or(deviation) / count.sqrt() } else { 0.0 };
        Measure { mean, deviation, standard_error, quantiles, at_expected_volume, is_exact }
    }

    /// By how many standard errors the mean misses the exact one: beyond 4 either way in one of 16,000 cases, if all is
    /// well. `None` where the exact mean is not known, or nothing is left to chance but rounding.
    pub fn z(&self) -> Option<f64> {
        let size = self.mean.abs().max(self.at_expected_volume.abs());
        let varies = self.standard_error > 1e-12 * size;
        (self.is_exact && varies).then(|| (self.mean - self.at_expected_volume) / self.standard_error)
    }

    /// Standard deviation as a part of the mean; `None` unless the mean is above 0.
    pub fn variation(&self) -> Option<f64> {
        (self.mean > 0.0).then(|| self.deviation / self.mean)
    }

    /// Whether expected pay is more than 1 % away from pay at expected volume, and not by the luck of these runs.
    pub fn misleads_at_expected_volume(&self) -> bool {
        let difference = (self.mean - self.at_expected_volume).abs();
        !self.is_exact
            && difference > MISLEADS_FROM * self.at_expected_volume.abs()
            && difference > BEYOND_LUCK * self.standard_error
    }
}

/// What the runs of a [`Simulation`] say.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// How many runs there are.
    pub runs: usize,
    /// Pay of months 1 to 12.
    pub first_year_pay: Measure,
    /// Its part on renewals.
    pub first_year_renewal_pay: Measure,
    /// Its part on new business.
    pub first_year_new_pay: Measure,
    /// Present value of pay.
    pub pay: Measure,
    /// What customers pay over the horizon.
    pub revenue: Measure,
    /// The company's present value.
    pub company_value: Measure,
}

impl Spread {
    /// The part of the pay of months 1 to 12 that comes from renewals, 0 to 1; `None` without pay. How well it can be
    /// foreseen says [`Measure::variation`] of [`Spread::first_year_renewal_pay`], to be held against that of
    /// [`Spread::first_year_new_pay`].
    pub fn renewal_part(&self) -> Option<f64> {
        (self.first_year_pay.mean > 0.0).then(|| self.first_year_renewal_pay.mean / self.first_year_pay.mean)
    }
}

impl Simulation {
    /// What the runs so far say.
    pub fn spread(&self) -> Spread {
        let mut amounts = Vec::with_capacity(self.outcomes().len());
        let exact = self.exact_deviation();
        let mut measure = |of: fn(&Outcome) -> f64, without_pay: bool| {
            amounts.clear();
            amounts.extend(self.outcomes().iter().map(of));
            let is_exact = without_pay || self.is_flat();
            Measure::of(&mut amounts, of(self.at_expected_volume()), is_exact, exact.as_ref().map(of))
        };
        Spread {
            runs: self.outcomes().len(),
            first_year_pay: measure(|it| it.first_year_pay, false),
            first_year_renewal_pay: measure(|it| it.first_year_renewal_pay, true),
            first_year_new_pay: measure(|it| it.first_year_new_pay, false),
            pay: measure(|it| it.pay, false),
            revenue: measure(|it| it.revenue, true),
            company_value: measure(|it| it.company_value, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_five_amounts_are_those_by_hand() {
        let measure = Measure::of(&mut [5.0, 1.0, 2.0, 4.0, 3.0], 3.5, true, None);
        assert_eq!((measure.mean, measure.deviation), (3.0, 2.5_f64.sqrt()));
        assert_eq!(measure.standard_error, 0.5_f64.sqrt());
        let wanted = [1.2, 1.4, 2.0, 3.0, 4.0, 4.6, 4.8];
        assert!(measure.quantiles.iter().zip(wanted).all(|(got, wanted)| (got - wanted).abs() < 1e-12), "{measure:?}");
        assert!((measure.z().unwrap() + 0.5_f64.sqrt()).abs() < 1e-12);
        assert!(!measure.misleads_at_expected_volume());
        let tiered = Measure { is_exact: false, at_expected_volume: 1.0, ..measure };
        assert!(tiered.misleads_at_expected_volume() && tiered.z().is_none());
        assert!(!Measure { at_expected_volume: 2.98, ..tiered }.misleads_at_expected_volume());
    }

    #[test]
    fn nothing_is_no_number_to_divide_by() {
        let none = Measure::of(&mut [], 0.0, true, None);
        assert_eq!((none.mean, none.deviation, none.standard_error), (0.0, 0.0, 0.0));
        assert!(none.z().is_none() && none.variation().is_none() && none.quantiles == [0.0; 7]);
        let one = Measure::of(&mut [7.0], 7.0, true, None);
        // What is rare may have happened in no run: the mean is off by a tenth of its error, and not by endlessly many.
        let rare = Measure::of(&mut [7.0; 100], 9.0, true, Some(200.0));
        assert_eq!((rare.deviation, rare.standard_error, rare.z()), (0.0, 20.0, Some(-0.1)));
        assert!(one.deviation == 0.0 && one.z().is_none() && one.quantiles == [7.0; 7]);
    }
}
