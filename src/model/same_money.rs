//! A different rule for the same money: which renewal commission keeps pay where it is when new business pays another
//! rate.
//!
//! "The same money" has several meanings ([`Sameness`]), and comparing plans without one of them only shows a transfer
//! between seller and company: so a [`Trade`] always says what happens to both.

use super::payoff::Samples;
use super::quantity::CommissionRate;
use super::response::further_renewals;
use super::workspace::Workspace;

/// What is kept the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// K1: present value of the commission on a new account, `c_new + c_ren phi`, as the company discounts it.
    PerNewAccount,
    /// K2: pay of months 1 to 12, undiscounted, with each plan at the seller's best response to it.
    FirstYear,
    /// K2 held: the same, with the seller's time as it is best under the present plan.
    FirstYearHeld,
    /// K3: present value of pay over the horizon, the book included, as the company discounts it, at each plan's best
    /// response.
    Horizon,
}

/// A plan with the same money and other rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trade {
    /// The new-business commission rate asked for.
    pub new_business: f64,
    /// The renewal commission rate, from contract year 2 on, that goes with it.
    pub renewal: f64,
    /// The sellers' best share of time on customers under it.
    pub share: f64,
    /// Change of the sellers' present value.
    pub seller_change: f64,
    /// Change of the company's present value.
    pub company_change: f64,
}

/// Why there is no such trade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoTrade {
    /// Even without any renewal commission the new rate pays more than today's plan.
    TooMuchAtZero,
    /// Even with 100 % on renewals it pays less.
    TooLittleAtMost,
    /// The pay jumps over today's at this renewal commission, since the sellers' best response jumps there.
    Jump {
        /// The rate of the jump.
        rate: f64,
    },
}

impl std::fmt::Display for NoTrade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoTrade::TooMuchAtZero => {
                write!(f, "New business alone pays more than today's plan at this rate: choose a lower one.")
            }
            NoTrade::TooLittleAtMost => {
                write!(f, "No renewal commission up to 100 % makes up for this rate: choose a higher one.")
            }
            NoTrade::Jump { rate } => write!(
                f,
                "No renewal commission pays exactly the same: sellers change their time at once at {} %.",
                libm::round(rate * 1e4) / 100.0
            ),
        }
    }
}

impl std::error::Error for NoTrade {}

/// Steps of the renewal commission at which a crossing is looked for.
const STEPS: u32 = 50;
/// Pay this near is the same, as a part of it.
const SAME: f64 = 1e-7;

/// The smallest renewal commission that keeps the money of `workspace` the same, in the sense of `sameness`, when new
/// business pays `new_business`; one level rate from contract year 2 on.
///
/// # Errors
/// [`NoTrade`], which says what to change.
pub fn same_money(
    samples: &Samples,
    workspace: &Workspace,
    new_business: CommissionRate,
    sameness: Sameness,
) -> Result<Trade, NoTrade> {
    let before = samples.best_response(workspace);
    let with = |renewal: f64| {
        let mut other = workspace.clone();
        other.plan.new_business = new_business;
        other.plan.renewal = other.plan.renewal.with_level(CommissionRate::constant(renewal));
        other
    };
    let assumed = &workspace.assumptions;
    let phi = further_renewals(assumed.company_factor(), assumed.renew_today).unwrap_or(f64::INFINITY);
    let present = &workspace.plan;
    let excess = |renewal: f64| match sameness {
        Sameness::PerNewAccount => {
            let asked = new_business.get() + renewal * phi;
            asked - (present.new_business.get() + present.renewal.first_renewal().get() * phi)
        }
        Sameness::FirstYear => samples.best_response(&with(renewal)).first_year_pay() - before.first_year_pay(),
        Sameness::FirstYearHeld => before.first_year_pay_under(&with(renewal).plan) - before.first_year_pay(),
        Sameness::Horizon => samples.best_response(&with(renewal)).cost() - before.cost(),
    };
    let scale = match sameness {
        Sameness::PerNewAccount => present.new_business.get().max(f64::MIN_POSITIVE),
        Sameness::Horizon => before.cost(),
        Sameness::FirstYear | Sameness::FirstYearHeld => before.first_year_pay(),
    };
    let renewal = smallest_root(excess, SAME * scale.abs().max(1e-9))?;
    let after = samples.best_response(&with(renewal));
    Ok(Trade {
        new_business: new_business.get(),
        renewal,
        share: after.share(),
        seller_change: after.seller_value() - before.seller_value(),
        company_change: after.company_value() - before.company_value(),
    })
}

fn smallest_root(excess: impl Fn(f64) -> f64, same: f64) -> Result<f64, NoTrade> {
    let mut low = (0.0, excess(0.0));
    if low.1.abs() <= same {
        return Ok(0.0);
    }
    if low.1 > 0.0 {
        return Err(NoTrade::TooMuchAtZero);
    }
    for step in 1..=STEPS {
        // Closer together where rates usually are.
        let part = f64::from(step) / f64::from(STEPS);
        let mut high = (part * part, 0.0);
        high.1 = excess(high.0);
        if high.1 >= 0.0 {
            for _ in 0..60 {
                let middle = 0.5 * (low.0 + high.0);
                let value = excess(middle);
                if value >= 0.0 {
                    high = (middle, value);
                } else {
                    low = (middle, value);
                }
                if value.abs() <= same || high.0 - low.0 < 1e-12 {
                    break;
                }
            }
            let (nearest, off) = if high.1 < -low.1 { (high.0, high.1) } else { (low.0, -low.1) };
            return if off <= same { Ok(nearest) } else { Err(NoTrade::Jump { rate: high.0 }) };
        }
        low = high;
    }
    Err(NoTrade::TooLittleAtMost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::Question;
    use crate::model::sample::sample_workspace;

    fn trade(new_business: f64, sameness: Sameness) -> Result<Trade, NoTrade> {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let samples = Samples::new(&workspace, &Question::default()).unwrap();
        same_money(&samples, &workspace, CommissionRate::constant(new_business), sameness)
    }

    #[test]
    fn the_published_trade_of_the_default_case_is_found() {
        // 8 % on new business goes with 2.4188 % on renewals and a share of .38121.
        let trade = trade(0.08, Sameness::FirstYear).unwrap();
        assert!((trade.renewal - 0.024_188).abs() < 1e-6, "{trade:?}");
        assert!((trade.share - 0.381_21).abs() < 5e-6, "{trade:?}");
        // Customers get more of the time, so the company gains.
        assert!(trade.company_change > 0.0, "{trade:?}");
    }

    #[test]
    fn a_new_account_pays_the_same_by_the_closed_form() {
        // phi = (0.85 / 1.1) / (1 - 0.85 / 1.1) = 3.4, and 0.02 / 3.4 is 0.588 points.
        let trade = trade(0.08, Sameness::PerNewAccount).unwrap();
        assert!((trade.renewal - (0.02 + 0.02 / 3.4)).abs() < 1e-8, "{trade:?}");
    }

    #[test]
    fn the_present_plan_trades_for_itself() {
        for sameness in [Sameness::PerNewAccount, Sameness::FirstYear, Sameness::FirstYearHeld, Sameness::Horizon] {
            let trade = trade(0.10, sameness).unwrap();
            assert!((trade.renewal - 0.02).abs() < 1e-5, "{sameness:?}: {trade:?}");
        }
    }

    #[test]
    fn what_no_rate_can_do_is_said() {
        assert_eq!(trade(0.5, Sameness::FirstYearHeld), Err(NoTrade::TooMuchAtZero));
        assert!(trade(0.0, Sameness::FirstYear).is_ok());
        for why in [NoTrade::TooMuchAtZero, NoTrade::TooLittleAtMost, NoTrade::Jump { rate: 0.0123 }] {
            assert!(why.to_string().ends_with('.'), "{why}");
        }
    }
}
