//! ADBUDG (Little 1970): a response curve that may be S-shaped, from four plain judgements.

use super::problem::Problem;

/// Chance of renewal against effort relative to today's: `r(x) = min + (max - min) x^g / (d + x^g)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adbudg {
    /// min: with no effort.
    pub none: f64,
    /// max: with as much as could help.
    pub saturation: f64,
    /// d: sets the chance at today's effort.
    pub scale: f64,
    /// g: above 1 the curve is S-shaped, and the first hours bring less than the next.
    pub shape: f64,
}

impl Adbudg {
    /// The curve through the chance of renewal with no effort, with half of today's, with today's and with as much as
    /// could help: `f1 = (now - min)/(max - min)`, `d = (1 - f1)/f1`, `fh = (half - min)/(max - min)`,
    /// `g = -log2(d fh / (1 - fh))`.
    ///
    /// # Errors
    /// [`Problem::NotRising`] unless `none < half < now < saturation`.
    ///
    /// # Example
    /// ```
    /// use holdfast::model::adbudg::Adbudg;
    /// let curve = Adbudg::through(0.60, 0.80, 0.85, 0.92)?;
    /// assert!((curve.at(0.5) - 0.80).abs() < 1e-12 && (curve.at(1.0) - 0.85).abs() < 1e-12);
    /// # Ok::<(), holdfast::model::problem::Problem>(())
    /// ```
    pub fn through(none: f64, half: f64, now: f64, saturation: f64) -> Result<Adbudg, Problem> {
        if !(none < half && half < now && now < saturation) {
            return Err(Problem::NotRising { none, half, now, saturation });
        }
        let part = |chance: f64| (chance - none) / (saturation - none);
        let scale = (1.0 - part(now)) / part(now);
        let shape = -libm::log2(scale * part(half) / (1.0 - part(half)));
        Ok(Adbudg { none, saturation, scale, shape })
    }

    /// r(x): chance of renewal at `effort`, today's being 1.
    pub fn at(&self, effort: f64) -> f64 {
        self.none + (self.saturation - self.none) * self.part(effort)
    }

    /// r'(x): chance won by more effort, per effort of today's size. Infinite at 0 for a shape below 1.
    pub fn slope(&self, effort: f64) -> f64 {
        let power = libm::pow(effort, self.shape);
        let steepness = self.shape * self.scale * libm::pow(effort, self.shape - 1.0);
        (self.saturation - self.none) * steepness / ((self.scale + power) * (self.scale + power))
    }

    /// Percent of renewals won by one percent more effort, at `effort`: `r'(x) x / r(x)`.
    pub fn elasticity(&self, effort: f64) -> f64 {
        self.slope(effort) * effort / self.at(effort)
    }

    /// The effort up to which spreading hours thinly is a mistake: below it a part of the accounts should get this much
    /// and the others nothing, since the curve lies below the line from none to here (its concave envelope). 0 for a
    /// curve without an S.
    ///
    /// There the line from the start touches the curve: `x r'(x) = r(x) - r(0)`, so `x^g = d (g - 1)`.
    pub fn least_worthwhile(&self) -> f64 {
        if self.shape > 1.0 { libm::pow(self.scale * (self.shape - 1.0), 1.0 / self.shape) } else { 0.0 }
    }

    /// The best mean chance that `effort` a head can buy when it may be given to some and denied to others: the concave
    /// envelope of the curve.
    pub fn best_mean(&self, effort: f64) -> f64 {
        let least = self.least_worthwhile();
        if effort >= least {
            return self.at(effort);
        }
        self.none + (self.at(least) - self.none) * effort / least
    }

    fn part(&self, effort: f64) -> f64 {
        let power = libm::pow(effort.max(0.0), self.shape);
        if power.is_finite() { power / (self.scale + power) } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_that_do_not_rise_are_refused() {
        for (none, half, now, saturation) in [(0.6, 0.6, 0.8, 0.9), (0.6, 0.8, 0.7, 0.9), (0.6, 0.7, 0.9, 0.9)] {
            assert!(Adbudg::through(none, half, now, saturation).is_err());
        }
    }

    #[test]
    fn the_envelope_of_an_s_shape_is_never_beaten_by_any_mix_of_two() {
        let curve = Adbudg::through(0.5, 0.55, 0.8, 0.95).unwrap();
        assert!(curve.shape > 1.0 && curve.least_worthwhile() > 0.0);
        for step in 0..=40 {
            let effort = f64::from(step) / 20.0;
            let best = curve.best_mean(effort);
            for high in 1..=60 {
                let high = f64::from(high) / 20.0;
                for low in 0..20 {
                    let low = f64::from(low) / 20.0;
                    if low <= effort && effort <= high && low < high {
                        let part = (effort - low) / (high - low);
                        let mixed = part * curve.at(high) + (1.0 - part) * curve.at(low);
                        assert!(mixed <= best + 1e-12, "{effort}: {low} and {high}");
                    }
                }
            }
        }
    }
}
