//! Response curves: what attention does to renewals, and what prospecting does to wins.
//!
//! Both saturate. Wins are concave, and so are renewals unless the user says otherwise: an hour more then pays less than
//! the hour before. An S-curve of renewals is asked for by [`Form::Bent`].

use super::adbudg::Bend;
use super::lanes::Lanes;
use super::problem::Problem;

/// How attention fills what it can do for renewals, from 0 with none towards 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// `p(h) = 1 - exp(-k h)`: what happens with nothing, as now and with all that helps, as Blattberg & Deighton (1996)
    /// elicit it by judgement.
    Exponential,
    /// `p(h) = x^g / (d + x^g)`, `x = k h` being effort relative to today's: ADBUDG (Little 1970), with a fourth judgement.
    Bent {
        /// d and g.
        bend: Bend,
        /// x*: below it the line from 0 to the curve at x* stands for the curve, which is what hours bring that some of
        /// many like accounts get and the others do not ([`Bend::best_mean`]). 0 for the curve itself.
        least: f64,
    },
}

/// Chance of renewal in a year against hours of attention over that year.
///
/// `r(h) = r0 + (rc - r0) p(h)`, with `k`, and where there is one the bend, such that `r(h1) = r1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RenewalCurve {
    /// r0: chance of renewal in a year without attention.
    pub unattended: f64,
    /// r1: chance at today's attention.
    pub today: f64,
    /// rc: the ceiling that attention cannot pass.
    pub saturated: f64,
    /// k, per hour a year: of the exponential such that r(h1) = r1, else 1/h1. 0: attention changes nothing, in either form.
    pub steepness: f64,
    /// The form of p.
    pub form: Form,
}

impl RenewalCurve {
    /// The exponential curve through the three judgements, `hours_today` being today's attention per account in hours a year.
    ///
    /// # Errors
    /// [`Problem`] unless `r0 <= r1 < rc`, and if `r1 > r0` while `hours_today` is 0.
    ///
    /// # Example
    /// ```
    /// use holdfast::model::response::RenewalCurve;
    /// let curve = RenewalCurve::through(0.60, 0.85, 0.95, 4.0)?;
    /// assert!((curve.steepness - 0.313_190_742).abs() < 1e-9);
    /// assert!((curve.at(4.0) - 0.85).abs() < 1e-12);
    /// # Ok::<(), holdfast::model::problem::Problem>(())
    /// ```
    pub fn through(unattended: f64, today: f64, saturated: f64, hours_today: f64) -> Result<RenewalCurve, Problem> {
        if today < unattended {
            return Err(Problem::TodayBelowUnattended { unattended, today });
        }
        if today >= saturated {
            return Err(Problem::TodayNotBelowSaturated { today, saturated });
        }
        let steepness = if today == unattended {
            0.0
        } else if hours_today > 0.0 {
            -libm::log((saturated - today) / (saturated - unattended)) / hours_today
        } else {
            return Err(Problem::NoAttentionToday { unattended, today });
        };
        Ok(RenewalCurve { unattended, today, saturated, steepness, form: Form::Exponential })
    }

    /// The ADBUDG curve through r0, r1 and rc of this one, on which half of `hours_today` does the part `half_does` of what
    /// they do: `(rh - r0) / (r1 - r0)`, between 0 and 1. With `mixed`, its concave envelope. A curve that does not answer
    /// to attention stays as it is.
    ///
    /// # Errors
    /// [`Problem::NotRising`] if half of today's attention does nothing, or as much as all of it.
    ///
    /// # Example
    /// ```
    /// use holdfast::model::response::RenewalCurve;
    /// // 60 % without a call, 70 % with 2 hours, 85 % with 4: the first two hours bring less than the next.
    /// let curve = RenewalCurve::through(0.60, 0.85, 0.95, 4.0)?.bent(0.4, 4.0, false)?;
    /// for (hours, chance) in [(0.0, 0.60), (2.0, 0.70), (4.0, 0.85)] {
    ///     assert!((curve.at(hours) - chance).abs() < 1e-12);
    /// }
    /// # Ok::<(), holdfast::model::problem::Problem>(())
    /// ```
    pub fn bent(self, half_does: f64, hours_today: f64, mixed: bool) -> Result<RenewalCurve, Problem> {
        let RenewalCurve { unattended, today, saturated, steepness, .. } = self;
        if steepness == 0.0 {
            return Ok(self);
        }
        let now = (today - unattended) / (saturated - unattended);
        let bend = Bend::through(half_does * now, now);
        let rises = 0.0 < half_does && half_does < 1.0;
        if !(rises && bend.shape > 0.0 && bend.shape.is_finite()) {
            let half = unattended + half_does * (today - unattended);
            return Err(Problem::NotRising { none: unattended, half, now: today, saturation: saturated });
        }
        let least = if mixed { bend.least_worthwhile() } else { 0.0 };
        Ok(RenewalCurve { steepness: 1.0 / hours_today, form: Form::Bent { bend, least }, ..self })
    }

    /// r(h): chance of renewal in a year at `hours` of attention over the year.
    pub fn at(&self, hours: f64) -> f64 {
        self.unattended + (self.saturated - self.unattended) * self.progress(hours)
    }

    /// The part of what attention can do that `hours` do: `(r(h) - r0) / (rc - r0)`, 0 to 1.
    pub fn progress(&self, hours: f64) -> f64 {
        let effort = self.steepness * hours;
        match &self.form {
            // `1 - exp(-x)` in the form that keeps its digits where x is small.
            Form::Exponential => -libm::expm1(-effort),
            Form::Bent { bend, least } => bend.best_mean(effort, *least),
        }
    }

    /// The curve near `hours`.
    pub(super) fn around<N: Lanes>(&self, hours: N) -> NearbyRenewals<N> {
        NearbyRenewals { curve: *self, hours, left: hours.each(|hours| libm::exp(-self.steepness * hours)) }
    }

    /// r'(h): chance won by one hour more, per hour; of a bent curve with a shape below 1 infinite at 0.
    pub fn slope(&self, hours: f64) -> f64 {
        let effort = self.steepness * hours;
        let slope = match &self.form {
            Form::Exponential => libm::exp(-effort),
            Form::Bent { bend, least } if effort < *least => bend.part(*least) / least,
            Form::Bent { bend, .. } => bend.slope(effort),
        };
        (self.saturated - self.unattended) * self.steepness * slope
    }
}

/// A renewal curve near some hours, for many accounts whose attention differs little: one exponential serves them all. A
/// bent curve is worked out for each.
#[derive(Debug, Clone, Copy)]
pub(super) struct NearbyRenewals<N> {
    curve: RenewalCurve,
    hours: N,
    /// `exp(-k h)` at the hours.
    left: N,
}

impl<N: Lanes> NearbyRenewals<N> {
    /// r(h + more): chance of renewal in a year at the hours and `more`, which may be negative.
    #[inline]
    pub(super) fn at(&self, more: N) -> N {
        /// Within this of 0 the terms of the series are exact to the last bit or two.
        const NEAR: f64 = 0.125;
        let NearbyRenewals { curve, hours, left } = *self;
        let is_far = |exponent: f64| curve.form != Form::Exponential || exponent.abs() > NEAR;
        let exponent = N::all(-curve.steepness) * more;
        if exponent.is_every(|exponent| !is_far(exponent)) {
            return self.by_series(exponent);
        }
        hours.three(left, more, |hours, left, more| {
            let exponent = -curve.steepness * more;
            if is_far(exponent) {
                curve.at((hours + more).max(0.0))
            } else {
                NearbyRenewals { curve, hours, left }.by_series(exponent)
            }
        })
    }

    #[inline]
    fn by_series(&self, exponent: N) -> N {
        /// 1/n! from the tenth term down: the series of the exponential.
        const SERIES: [f64; 11] = [
            1.0 / 3_628_800.0,
            1.0 / 362_880.0,
            1.0 / 40_320.0,
            1.0 / 5_040.0,
            1.0 / 720.0,
            1.0 / 120.0,
            1.0 / 24.0,
            1.0 / 6.0,
            0.5,
            1.0,
            1.0,
        ];
        let RenewalCurve { unattended, saturated, .. } = self.curve;
        let series = SERIES.iter().fold(N::default(), |sum, term| sum * exponent + N::all(*term));
        let won = N::all(saturated - unattended) * (N::all(1.0) - self.left * series);
        // Where no attention is left, rounding must not put the chance below the one without any.
        N::all(unattended) + won.each(|won| won.max(0.0))
    }
}

/// Wins in a year against hours of prospecting over that year.
///
/// `W(x) = w (1 - exp(-kappa x))`, `w = M p`, `kappa = 1 / (a M)`: the first hour wins `p / a`, and no number of
/// hours wins more than `M p`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WinCurve {
    /// w: the most that can be won in a year.
    pub ceiling: f64,
    /// kappa, per hour a year.
    pub steepness: f64,
}

impl WinCurve {
    /// The curve for `leads` a year (M), each closing with chance `odds` (p) after `hours_per_pursuit` (a > 0).
    /// Without leads nothing is won.
    pub fn new(leads: f64, odds: f64, hours_per_pursuit: f64) -> WinCurve {
        if leads > 0.0 {
            WinCurve { ceiling: leads * odds, steepness: 1.0 / (hours_per_pursuit * leads) }
        } else {
            WinCurve { ceiling: 0.0, steepness: 0.0 }
        }
    }

    /// W(x): wins in a year from `hours` of prospecting over it.
    pub fn at(&self, hours: f64) -> f64 {
        -self.ceiling * libm::expm1(-self.steepness * hours)
    }

    /// W'(x): wins per hour more.
    pub fn slope(&self, hours: f64) -> f64 {
        self.ceiling * self.steepness * libm::exp(-self.steepness * hours)
    }
}

/// Attention that is remembered: `E <- delta E + (1 - delta) h`, the normalised adstock, so that a constant h is also
/// what is remembered in the end.
pub fn carried_over<N: Lanes>(before: N, hours: N, carry_over: f64) -> N {
    N::all(carry_over) * before + N::all(1.0 - carry_over) * hours
}

/// Chance of renewal after the odds of *loss* are multiplied by `loss_odds`: `r / (r + m (1 - r))`.
#[inline]
pub fn with_loss_odds<N: Lanes>(renewal: N, loss_odds: f64) -> N {
    // At r = 0 the account is lost whatever the multiplier, and the fraction is 0 / m.
    renewal / (renewal + N::all(loss_odds) * (N::all(1.0) - renewal))
}

/// Expected discounted number of further renewals: `phi = beta r / (1 - beta r)`.
///
/// # Errors
/// [`Problem::InfiniteLifetime`] if `beta r >= 1`.
pub fn further_renewals(discount_factor: f64, renewal: f64) -> Result<f64, Problem> {
    let continuation = discount_factor * renewal;
    if continuation < 1.0 {
        Ok(continuation / (1.0 - continuation))
    } else {
        Err(Problem::InfiniteLifetime { continuation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearby_renewals_are_those_of_the_curve() {
        let curve = RenewalCurve::through(0.6, 0.85, 0.95, 4.0).unwrap();
        for step in -400..=400 {
            let more = f64::from(step) / 100.0;
            let (near, at) = (curve.around(4.0).at(more), curve.at(4.0 + more));
            assert!((near - at).abs() < 4e-16, "{more}: {near} {at}");
        }
    }

    #[test]
    fn an_s_curve_goes_through_the_four_judgements_and_its_envelope_lies_above() {
        // f1 = .25 / .35 = 5/7 and fh = .1 / .35 = 2/7, so d = 2/5, d fh / (1 - fh) = 4/25 and g = 2 log2(5/2).
        let curve = RenewalCurve::through(0.6, 0.85, 0.95, 4.0).unwrap().bent(0.4, 4.0, false).unwrap();
        let Form::Bent { bend, least: 0.0 } = curve.form else { panic!("{curve:?}") };
        assert!((bend.scale - 0.4).abs() < 1e-14 && (bend.shape - 2.643_856_189_774_724).abs() < 1e-13, "{bend:?}");
        for (hours, chance) in [(0.0, 0.6), (2.0, 0.7), (4.0, 0.85), (1e9, 0.95)] {
            assert!((curve.at(hours) - chance).abs() < 1e-12, "{hours}: {}", curve.at(hours));
            assert!((curve.around(3.0).at(hours - 3.0) - chance).abs() < 1e-12, "{hours}");
        }
        let mixed = RenewalCurve::through(0.6, 0.85, 0.95, 4.0).unwrap().bent(0.4, 4.0, true).unwrap();
        let Form::Bent { least, .. } = mixed.form else { panic!("{mixed:?}") };
        for step in 0..=400 {
            let hours = f64::from(step) / 50.0;
            let (own, best) = (curve.at(hours), mixed.at(hours));
            assert!(if hours < 4.0 * least { best >= own - 1e-15 } else { best == own }, "{hours}: {own} {best}");
            // The tangent is the difference over a small step.
            for it in [&curve, &mixed] {
                let difference = (it.at(hours + 1e-6) - it.at(hours)) / 1e-6;
                assert!((it.slope(hours) - difference).abs() < 1e-5, "{hours}: {} {difference}", it.slope(hours));
            }
        }
        // Where attention changes nothing, or half of it as much as all, there is no S.
        let flat = RenewalCurve::through(0.6, 0.6, 0.95, 4.0).unwrap().bent(0.4, 4.0, true).unwrap();
        assert_eq!([0.0, 1.0, 99.0].map(|hours| flat.at(hours)), [0.6; 3]);
        let through = RenewalCurve::through(0.6, 0.85, 0.95, 4.0).unwrap();
        for half in [0.0, 1.0, -0.1, 1.4, f64::NAN] {
            assert!(matches!(through.bent(half, 4.0, false), Err(Problem::NotRising { .. })), "{half}");
        }
    }

    #[test]
    fn the_judgements_must_rise() {
        assert!(matches!(RenewalCurve::through(0.7, 0.6, 0.9, 4.0), Err(Problem::TodayBelowUnattended { .. })));
        assert!(matches!(RenewalCurve::through(0.6, 0.9, 0.9, 4.0), Err(Problem::TodayNotBelowSaturated { .. })));
        assert!(matches!(RenewalCurve::through(0.6, 0.8, 0.9, 0.0), Err(Problem::NoAttentionToday { .. })));
        assert_eq!(RenewalCurve::through(0.6, 0.6, 0.9, 0.0).map(|curve| curve.at(99.0)), Ok(0.6));
    }

    #[test]
    fn the_first_hour_of_prospecting_wins_the_odds_over_the_hours() {
        let curve = WinCurve::new(120.0, 1.0 / 14.0, 4.0);
        assert!((curve.slope(0.0) - 1.0 / 56.0).abs() < 1e-15);
        assert!(curve.at(1e6) <= 120.0 / 14.0);
        assert_eq!(WinCurve::new(0.0, 0.5, 4.0).at(100.0), 0.0);
    }

    #[test]
    fn loss_odds_of_one_change_nothing_and_extremes_stay_chances() {
        assert_eq!(with_loss_odds(0.85, 1.0), 0.85);
        assert_eq!(with_loss_odds(0.0, 2.0), 0.0);
        assert_eq!(with_loss_odds(1.0, 2.0), 1.0);
        assert!(with_loss_odds(0.85, 2.0) < 0.85);
    }
}
