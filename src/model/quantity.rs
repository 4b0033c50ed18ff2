//! Quantities that must not be mixed: each is a type, and each can only hold what its range allows.

use std::fmt;

/// Money in whole cents of the book's one currency.
///
/// Inside the projection expected values are `f64`; they become money once, at the exit, by
/// [`Money::from_units`], which rounds half away from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money {
    cents: i64,
}

impl Money {
    /// No money.
    pub const ZERO: Money = Money { cents: 0 };
    /// The most that an account may pay or cost in a year: 1,000,000,000.
    pub const MAX: Money = Money { cents: 100_000_000_000 };

    /// An amount in cents.
    pub const fn from_cents(cents: i64) -> Money {
        Money { cents }
    }

    /// An amount in units of currency, rounded to cents, half away from zero. `None` if it is not finite
    /// or above [`Money::MAX`] in size.
    pub fn from_units(units: f64) -> Option<Money> {
        let cents = libm::round(units * 100.0);
        (cents.is_finite() && cents.abs() <= Money::MAX.cents as f64).then_some(Money { cents: cents as i64 })
    }

    /// Whole cents.
    pub const fn cents(self) -> i64 {
        self.cents
    }

    /// Units of currency.
    pub fn units(self) -> f64 {
        self.cents as f64 / 100.0
    }
}

/// A value outside the range of its quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutOfRange {
    /// What was offered.
    pub given: f64,
    /// The least that is allowed.
    pub min: f64,
    /// The most that is allowed.
    pub max: f64,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is outside {} to {}: enter a number in that range.", self.given, self.min, self.max)
    }
}

impl std::error::Error for OutOfRange {}

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident, $min:expr, $max:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// The least value allowed.
            pub const MIN: f64 = $min;
            /// The greatest value allowed.
            pub const MAX: f64 = $max;

            /// The quantity, if `given` is a number in its range.
            ///
            /// # Errors
            /// [`OutOfRange`] for a number outside the range and for NaN.
            pub fn new(given: f64) -> Result<Self, OutOfRange> {
                if (Self::MIN..=Self::MAX).contains(&given) {
                    // Adding zero turns -0 into 0, so that equal quantities print alike.
                    Ok(Self(given + 0.0))
                } else {
                    Err(OutOfRange { given, min: Self::MIN, max: Self::MAX })
                }
            }

            /// A constant known to be in range; clamps what is not.
            pub const fn constant(given: f64) -> Self {
                Self(given.clamp(Self::MIN, Self::MAX))
            }

            /// The plain number.
            pub const fn get(self) -> f64 {
                self.0
            }
        }
    };
}

bounded!(
    /// A chance between 0 and 1.
    Probability, 0.0, 1.0
);
bounded!(
    /// A part of a whole between 0 and 1, such as the share of selling time.
    Share, 0.0, 1.0
);
bounded!(
    /// What a plan pays, as a part of annual value between 0 and 1.
    CommissionRate, 0.0, 1.0
);
bounded!(
    /// Gross margin as a part of revenue; below 0 the account costs more than it pays.
    Margin, -1.0, 1.0
);
bounded!(
    /// Multiplies the odds of losing an account; 1 changes nothing.
    Multiplier, 0.1, 10.0
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_outside_its_range_is_refused() {
        assert!(Probability::new(1.0).is_ok());
        for given in [-0.01, 1.01, f64::NAN, f64::INFINITY] {
            assert!(Probability::new(given).is_err(), "{given}");
        }
        assert_eq!(Margin::new(-1.0).map(Margin::get), Ok(-1.0));
        assert!(Multiplier::new(0.0).is_err());
    }

    #[test]
    fn minus_zero_is_zero() {
        assert!(Probability::new(-0.0).is_ok_and(|chance| chance.get().is_sign_positive()));
    }

    #[test]
    fn money_rounds_half_away_from_zero_and_refuses_the_infinite() {
        assert_eq!(Money::from_units(0.125).map(Money::cents), Some(13));
        assert_eq!(Money::from_units(-0.125).map(Money::cents), Some(-13));
        assert_eq!(Money::from_units(f64::INFINITY), None);
        assert_eq!(Money::from_units(f64::NAN), None);
        assert_eq!(Money::from_units(1e9), Some(Money::MAX));
        assert_eq!(Money::from_units(1.1e9), None);
    }
}
