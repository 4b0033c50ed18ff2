//! Hours shared out where each brings most: the best attention policy.

/// Something that hours are worth spending on: `A (1 - exp(-k h))`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// A: what all the attention it could use would bring, money; nothing at or below 0.
    pub worth: f64,
    /// k, per hour; nothing at or below 0.
    pub steepness: f64,
}

impl Claim {
    /// What `hours` bring.
    pub fn at(&self, hours: f64) -> f64 {
        self.worth * (1.0 - libm::exp(-self.steepness * hours))
    }

    /// What the first hour brings, per hour: `A k`.
    fn first_hour(&self) -> f64 {
        if self.worth > 0.0 && self.steepness > 0.0 { self.worth * self.steepness } else { 0.0 }
    }
}

/// Hours shared out.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// Hours for each claim, in the order given.
    pub hours: Vec<f64>,
    /// What the next hour would bring, on whichever claim got some; the greatest first hour if there was none to give.
    pub marginal: f64,
}

/// The places of `numbers`, those of the greatest first and of equals as they stand.
pub(super) fn greatest_first(numbers: Vec<f64>) -> Vec<usize> {
    let mut order: Vec<(f64, usize)> = numbers.into_iter().enumerate().map(|(index, number)| (number, index)).collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0));
    order.into_iter().map(|(_, index)| index).collect()
}

/// Shares `hours` out so that together they bring most: `h_i = max(0, ln(A_i k_i / lambda) / k_i)`, with `lambda` such
/// that the sum is `hours` (water-filling). Hours stay unused only where no claim can use any.
pub fn water_filling(claims: &[Claim], hours: f64) -> Allocation {
    let first_hours = claims.iter().map(Claim::first_hour).collect();
    let order = greatest_first(first_hours).into_iter().filter_map(|index| claims.get(index));
    let order: Vec<&Claim> = order.filter(|claim| claim.first_hour() > 0.0).collect();
    let greatest = order.first().map_or(0.0, |claim| claim.first_hour());
    // Claims get hours in the order of their first hour, so it is enough to find how many of them do.
    let (mut log_worths, mut softness) = (0.0, 0.0);
    let mut log_marginal = libm::log(greatest);
    if hours > 0.0 {
        for claim in order {
            let log_first = libm::log(claim.first_hour());
            if softness > 0.0 && log_first <= log_marginal {
                break;
            }
            log_worths += log_first / claim.steepness;
            softness += 1.0 / claim.steepness;
            log_marginal = (log_worths - hours) / softness;
        }
    }
    let each = claims.iter().map(|claim| {
        let first = claim.first_hour();
        if first > 0.0 { ((libm::log(first) - log_marginal) / claim.steepness).max(0.0) } else { 0.0 }
    });
    Allocation { hours: each.collect(), marginal: libm::exp(log_marginal) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hour_would_bring_more_elsewhere() {
        let claims = [(10_000.0, 0.5), (400.0, 3.0), (0.0, 1.0), (-5.0, 1.0), (9_000.0, 0.01), (100.0, 0.0)]
            .map(|(worth, steepness)| Claim { worth, steepness });
        for hours in [0.0, 0.1, 2.0, 40.0, 1_000.0] {
            let allocation = water_filling(&claims, hours);
            assert!((allocation.hours.iter().sum::<f64>() - hours).abs() < 1e-9 * hours.max(1.0), "{allocation:?}");
            for (claim, given) in claims.iter().zip(&allocation.hours) {
                let next = claim.first_hour() * libm::exp(-claim.steepness * given);
                assert!(next <= allocation.marginal * (1.0 + 1e-9), "{claim:?} {given} {allocation:?}");
                assert!(*given == 0.0 || next >= allocation.marginal * (1.0 - 1e-9), "{claim:?} {given}");
            }
        }
    }

    #[test]
    fn hours_that_nothing_can_use_stay_unused() {
        let allocation = water_filling(&[Claim { worth: 0.0, steepness: 1.0 }], 8.0);
        assert_eq!((allocation.hours, allocation.marginal), (vec![0.0], 0.0));
        assert_eq!(water_filling(&[], 8.0).hours, Vec::<f64>::new());
    }
}
