//! ADBUDG, and hours shared out on such curves to where they save the most: the second opinion's own, from the method's
//! description alone.

/// Section 2, ADBUDG: the part of what attention can do that effort x does is `x^g/(d + x^g)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adbudg {
    pub d: f64,
    pub g: f64,
    /// Whether a part of like accounts is served and the others not, where that is better.
    pub mixed: bool,
}

impl Adbudg {
    fn part(&self, effort: f64) -> f64 {
        if effort > 0.0 { 1.0 / (1.0 + self.d * (-self.g * effort.ln()).exp()) } else { 0.0 }
    }

    /// The effort at which the line from the start touches the curve: `x p' = p`, where `x p' = g p (1 - p)`.
    fn touches_at(&self) -> f64 {
        if self.g <= 1.0 {
            return 0.0;
        }
        let (mut low, mut high) = (-700.0_f64, 700.0_f64);
        for _ in 0..120 {
            let middle = 0.5 * (low + high);
            if self.g * (1.0 - self.part(middle.exp())) > 1.0 { low = middle } else { high = middle }
        }
        low.exp()
    }

    /// The part that like accounts win on average, so much effort being there for each.
    pub fn mean_part(&self, effort: f64) -> f64 {
        let touches = if self.mixed { self.touches_at() } else { 0.0 };
        if effort < touches { self.part(touches) * (effort / touches) } else { self.part(effort) }
    }

    /// ln p' where effort is such that `p / (1 - p) = exp(u)`: `p' = g p (1 - p)/x` and `x = (d exp(u))^(1/g)`.
    fn log_slope(&self, u: f64) -> f64 {
        self.g.ln() - (-u).exp().ln_1p() - u.exp().ln_1p() - (u + self.d.ln()) / self.g
    }

    /// Effort beyond where the line touches with that ln p': Newton's method, from far out.
    fn effort(&self, log_slope: f64) -> f64 {
        let mut u = ((self.g.ln() - self.d.ln() / self.g - log_slope) / (1.0 + 1.0 / self.g)).min(700.0);
        for _ in 0..80 {
            let p = 1.0 / (1.0 + (-u).exp());
            let step = (self.log_slope(u) - log_slope) / (1.0 - 2.0 * p - 1.0 / self.g);
            if !step.is_finite() {
                return 0.0;
            }
            u -= step;
            if step.abs() < 1e-14 * u.abs().max(1.0) {
                break;
            }
        }
        ((u + self.d.ln()) / self.g).exp()
    }
}

/// Like accounts that hours may go to.
pub struct Claim {
    pub alive: f64,
    /// What winning all that attention can win is worth, of one account; no more than 0 if nothing.
    pub worth: f64,
    /// None where attention does nothing.
    pub curve: Option<Adbudg>,
}

/// Effort for each account of the claims, of which there is `effort` in all. What the last effort is worth is found by halving:
/// nothing for a claim until that is what it is worth on the line from the start, then what the curve asks for, of which so
/// many get it as the worth has fallen on the way to one thousandth less, at which all do.
pub fn saving_most(claims: &[Claim], effort: f64) -> Vec<f64> {
    let mut given = vec![0.0; claims.len()];
    let mut begins: Vec<(usize, f64, Adbudg)> = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        if let Some(curve) = claim.curve.filter(|_| claim.alive > 0.0 && claim.worth > 0.0) {
            let touches = curve.touches_at();
            let line = if curve.g > 1.0 {
                (curve.part(touches) / touches).ln()
            } else if curve.g == 1.0 {
                -curve.d.ln()
            } else {
                f64::INFINITY
            };
            begins.push((index, claim.worth.ln() + line, curve));
        }
    }
    if begins.is_empty() || effort <= 0.0 {
        return given;
    }
    let wanted = |(index, begin, curve): &(usize, f64, Adbudg), last: f64| {
        if last >= *begin {
            return 0.0;
        }
        let served = if curve.g > 1.0 { ((begin - last) / 0.001).min(1.0) } else { 1.0 };
        served * curve.effort(last - claims[*index].worth.ln())
    };
    let total = |last: f64| begins.iter().map(|it| claims[it.0].alive * wanted(it, last)).sum::<f64>();
    let (mut low, mut high) = (-1.0_f64, 1.0_f64);
    while total(low) < effort {
        low -= 8.0 + low.abs();
    }
    while total(high) > effort {
        high += 8.0 + high.abs();
    }
    for _ in 0..70 {
        let middle = 0.5 * (low + high);
        if total(middle) > effort { low = middle } else { high = middle }
    }
    // Reading: what the last digits of the worth leave over is spread over all.
    let rest = effort / total(low);
    for it in &begins {
        given[it.0] = rest * wanted(it, low);
    }
    given
}
