//! ADBUDG (Little 1970): a response curve that may be S-shaped, from four plain judgements.

use super::problem::Problem;

/// Chance of renewal against effort relative to today's: `r(x) = min + (max - min) x^g / (d + x^g)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adbudg {
    /// min: with no effort.
    pub none: f64,
    /// max: with as much as could help.
    pub saturation: f64,
    /// d and g.
    pub bend: Bend,
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
        Ok(Adbudg { none, saturation, bend: Bend::through(part(half), part(now)) })
    }

    /// r(x): chance of renewal at `effort`, today's being 1.
    pub fn at(&self, effort: f64) -> f64 {
        self.none + (self.saturation - self.none) * self.bend.part(effort)
    }

    /// r'(x): chance won by more effort, per effort of today's size. Infinite at 0 for a shape below 1.
    pub fn slope(&self, effort: f64) -> f64 {
        (self.saturation - self.none) * self.bend.slope(effort)
    }

    /// Percent of renewals won by one percent more effort, at `effort`: `r'(x) x / r(x)`.
    pub fn elasticity(&self, effort: f64) -> f64 {
        self.slope(effort) * effort / self.at(effort)
    }

    /// The best mean chance that `effort` a head can buy when it may be given to some and denied to others: the concave
    /// envelope of the curve.
    pub fn best_mean(&self, effort: f64) -> f64 {
        self.none + (self.saturation - self.none) * self.bend.best_mean(effort, self.bend.least_worthwhile())
    }
}

/// How effort, today's being 1, fills what there is to win: `p(x) = x^g / (d + x^g)`, 0 without effort and towards 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bend {
    /// d: sets the part won by today's effort, `1 / (1 + d)`.
    pub scale: f64,
    /// g: above 1 the curve is S-shaped, and the first hours bring less than the next.
    pub shape: f64,
}

impl Bend {
    /// The bend that wins the part `half` by half of today's effort and `now` by today's, `0 < half < now < 1`:
    /// `d = (1 - f1)/f1`, `g = -log2(d fh/(1 - fh))`.
    pub fn through(half: f64, now: f64) -> Bend {
        let scale = (1.0 - now) / now;
        Bend { scale, shape: -libm::log(scale * half / (1.0 - half)) / std::f64::consts::LN_2 }
    }

    /// p(x), 0 to 1.
    pub fn part(&self, effort: f64) -> f64 {
        let power = libm::pow(effort.max(0.0), self.shape);
        if power.is_finite() { power / (self.scale + power) } else { 1.0 }
    }

    /// p'(x). Infinite at 0 for a shape below 1.
    pub fn slope(&self, effort: f64) -> f64 {
        let power = libm::pow(effort, self.shape);
        let steepness = self.shape * self.scale * libm::pow(effort, self.shape - 1.0);
        steepness / ((self.scale + power) * (self.scale + power))
    }

    /// x*: the effort up to which spreading hours thinly is a mistake: below it a part of the accounts should get this
    /// much and the others nothing, since the curve lies below the line from none to here (its concave envelope). 0 for a
    /// curve without an S.
    ///
    /// There the line from the start touches the curve: `x p'(x) = p(x)`, so `x^g = d (g - 1)` and `p = (g - 1)/g`.
    pub fn least_worthwhile(&self) -> f64 {
        if self.shape > 1.0 { libm::pow(self.scale * (self.shape - 1.0), 1.0 / self.shape) } else { 0.0 }
    }

    /// The greatest mean part that `effort` a head can win where some get `least`, x*, and the others nothing: the line
    /// from 0 to the curve at x*, then the curve.
    pub fn best_mean(&self, effort: f64, least: f64) -> f64 {
        if effort < least { self.part(least) * effort / least } else { self.part(effort) }
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
        assert!(curve.bend.shape > 1.0 && curve.bend.least_worthwhile() > 0.0);
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
