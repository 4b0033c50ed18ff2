//! The value of a curve between evenly spaced samples.

/// The value at `share` of a curve sampled evenly over `0..=1`, by the polynomial through the six nearest samples.
pub fn interpolate(samples: &[f64], share: f64) -> f64 {
    const POINTS: usize = 6;
    let cells = samples.len().saturating_sub(1);
    let position = share.clamp(0.0, 1.0) * cells as f64;
    let first = (libm::floor(position) as usize).saturating_sub(POINTS / 2 - 1);
    let first = first.min(samples.len().saturating_sub(POINTS));
    let Some(window) = samples.get(first..).map(|rest| rest.get(..POINTS).unwrap_or(rest)) else { return 0.0 };
    let x = position - first as f64;
    // Neville's scheme: exact at the samples, no weights to store.
    let mut column: [f64; POINTS] = [0.0; POINTS];
    for (slot, sample) in column.iter_mut().zip(window) {
        *slot = *sample;
    }
    for degree in 1..window.len() {
        for index in 0..window.len() - degree {
            let (Some(left), Some(right)) = (column.get(index).copied(), column.get(index + 1).copied()) else {
                continue;
            };
            let (from, to) = (index as f64, (index + degree) as f64);
            if let Some(slot) = column.get_mut(index) {
                *slot = ((to - x) * left + (x - from) * right) / (to - from);
            }
        }
    }
    column[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolation_is_exact_for_a_polynomial_of_degree_five() {
        let curve = |x: f64| 3.0 - x + 2.0 * x.powi(3) - 5.0 * x.powi(5);
        let samples: Vec<f64> = (0..=20).map(|index| curve(f64::from(index) / 20.0)).collect();
        for share in [0.0, 0.013, 0.5, 0.777, 0.999, 1.0] {
            assert!((interpolate(&samples, share) - curve(share)).abs() < 1e-12, "{share}");
        }
    }
}
