//! A different rule for the same money: which renewal commission keeps pay where it is when new business pays another
//! rate.
//!
//! "The same money" has several meanings ([`Sameness`]), and comparing plans without one of them only shows a transfer
//! between seller and company: so a [`Trade`] always says what happens to both.

use super::crossing::{NoCrossing, smallest_crossing};
use super::payoff::Samples;
use super::plan_curves::{Offer, PlanCurves, RatePair, RenewalRule};
use super::projection::Projection;
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
    /// Grandfathered: what new accounts pay on renewals is not due in the first year, so it makes up for nothing there.
    NoneDue,
}

impl From<NoCrossing> for NoTrade {
    fn from(why: NoCrossing) -> NoTrade {
        match why {
            NoCrossing::AboveAtZero => NoTrade::TooMuchAtZero,
            NoCrossing::BelowAtMost => NoTrade::TooLittleAtMost,
            NoCrossing::Jump { rate } => NoTrade::Jump { rate },
        }
    }
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
            NoTrade::NoneDue => write!(
                f,
                "No account won from now on comes to its second contract year within twelve months, so no renewal \
                 commission makes up for this rate in them: keep the same money over the whole horizon instead."
            ),
        }
    }
}

impl std::error::Error for NoTrade {}

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
    let excess = |renewal: f64| match sameness {
        Sameness::PerNewAccount => per_new_account_excess(workspace, new_business, renewal),
        Sameness::FirstYear => samples.best_response(&with(renewal)).first_year_pay() - before.first_year_pay(),
        Sameness::FirstYearHeld => before.first_year_pay_under(&with(renewal).plan) - before.first_year_pay(),
        Sameness::Horizon => samples.best_response(&with(renewal)).cost() - before.cost(),
    };
    let scale = match sameness {
        Sameness::PerNewAccount => workspace.plan.new_business.get().max(f64::MIN_POSITIVE),
        Sameness::Horizon => before.cost(),
        Sameness::FirstYear | Sameness::FirstYearHeld => before.first_year_pay(),
    };
    let renewal = smallest_crossing(excess, SAME * scale.abs().max(1e-9))?;
    let after = samples.best_response(&with(renewal));
    Ok(Trade {
        new_business: new_business.get(),
        renewal,
        share: after.share(),
        seller_change: after.seller_value() - before.seller_value(),
        company_change: after.company_value() - before.company_value(),
    })
}

/// [`same_money`] with today's accounts kept on today's renewal schedule as long as they stay: only accounts won from now
/// on get the new renewal commission. Nobody's present pay is touched, and the plan changes as the book does.
///
/// No account won from now on comes to its second contract year within twelve months, so no renewal commission makes up for
/// a lower new-business rate in the sense of [`Sameness::FirstYear`]: there [`NoTrade::NoneDue`] is the answer, and
/// [`Sameness::Horizon`] or [`Sameness::PerNewAccount`] the question.
///
/// # Errors
/// [`NoTrade`], which says what to change.
pub fn same_money_grandfathered(
    projections: &[Projection],
    workspace: &Workspace,
    new_business: CommissionRate,
    sameness: Sameness,
) -> Result<Trade, NoTrade> {
    let curves = PlanCurves::new(projections, workspace, RenewalRule::NewAccounts);
    let held = curves.best_shares(Offer::Present);
    let before = curves.at(&held, Offer::Present);
    let offer = |renewal: f64| Offer::Rates(RatePair { new_business: new_business.get(), renewal });
    let excess = |renewal: f64| match sameness {
        Sameness::PerNewAccount => per_new_account_excess(workspace, new_business, renewal),
        Sameness::FirstYear => curves.best(offer(renewal)).first_year_pay - before.first_year_pay,
        Sameness::FirstYearHeld => curves.at(&held, offer(renewal)).first_year_pay - before.first_year_pay,
        Sameness::Horizon => curves.best(offer(renewal)).cost - before.cost,
    };
    let scale = match sameness {
        Sameness::PerNewAccount => workspace.plan.new_business.get().max(f64::MIN_POSITIVE),
        Sameness::Horizon => before.cost,
        Sameness::FirstYear | Sameness::FirstYearHeld => before.first_year_pay,
    };
    let is_first_year = matches!(sameness, Sameness::FirstYear | Sameness::FirstYearHeld);
    let renewal = smallest_crossing(excess, SAME * scale.abs().max(1e-9)).map_err(|why| match why {
        NoCrossing::BelowAtMost if is_first_year => NoTrade::NoneDue,
        why => NoTrade::from(why),
    })?;
    let after = curves.best(offer(renewal));
    Ok(Trade {
        new_business: new_business.get(),
        renewal,
        share: after.share,
        seller_change: after.seller_value - before.seller_value,
        company_change: after.company_value - before.company_value,
    })
}

/// By how much two rates pay more on a new account of value 1 than the present plan does, as the company discounts it.
fn per_new_account_excess(workspace: &Workspace, new_business: CommissionRate, renewal: f64) -> f64 {
    let (assumed, present) = (&workspace.assumptions, &workspace.plan);
    let phi = further_renewals(assumed.company_factor(), assumed.renew_today).unwrap_or(f64::INFINITY);
    let asked = new_business.get() + renewal * phi;
    asked - (present.new_business.get() + present.renewal.first_renewal().get() * phi)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::Question;
    use crate::model::sample::sample_workspace;
    use crate::model::team_projections::team_projections;

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
        for why in [NoTrade::TooMuchAtZero, NoTrade::TooLittleAtMost, NoTrade::Jump { rate: 0.0123 }, NoTrade::NoneDue]
        {
            assert!(why.to_string().ends_with('.'), "{why}");
        }
    }

    fn grandfathered(workspace: &Workspace, new_business: f64, sameness: Sameness) -> Result<Trade, NoTrade> {
        let projections = team_projections(workspace, &Question::default()).unwrap();
        same_money_grandfathered(&projections, workspace, CommissionRate::constant(new_business), sameness)
    }

    #[test]
    fn grandfathered_accounts_leave_the_present_plan_as_it_is() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        for sameness in [Sameness::PerNewAccount, Sameness::Horizon] {
            let trade = grandfathered(&workspace, 0.10, sameness).unwrap();
            assert!((trade.renewal - 0.02).abs() < 1e-5, "{sameness:?}: {trade:?}");
            assert!(trade.company_change.abs() < 1.0, "{sameness:?}: {trade:?}");
        }
        // A new account is paid the same whoever else keeps what: 0.02 / 3.4 more.
        let per_account = grandfathered(&workspace, 0.08, Sameness::PerNewAccount).unwrap();
        assert!((per_account.renewal - (0.02 + 0.02 / 3.4)).abs() < 1e-8, "{per_account:?}");
    }

    #[test]
    fn grandfathering_needs_a_higher_rate_on_fewer_renewals() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let all = trade(0.08, Sameness::Horizon).unwrap();
        let new = grandfathered(&workspace, 0.08, Sameness::Horizon).unwrap();
        assert!(new.renewal > all.renewal, "{new:?} {all:?}");
        // The whole horizon's pay is the same, by another way: today's accounts at 2 %, and the cohorts' renewals.
        let projections = team_projections(&workspace, &Question::default()).unwrap();
        let curves = PlanCurves::new(&projections, &workspace, RenewalRule::NewAccounts);
        let cost = |renewal| {
            let offer = Offer::Rates(RatePair { new_business: 0.08, renewal });
            curves.at(&[new.share], offer).cost
        };
        let before = curves.best(Offer::Present).cost;
        assert!((cost(new.renewal) / before - 1.0).abs() < 2e-7, "{} {before}", cost(new.renewal));
        assert!(cost(new.renewal - 1e-4) < before);
    }

    #[test]
    fn without_accounts_there_is_nobody_to_grandfather() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.book = crate::model::book::Book::empty();
        let samples = Samples::new(&workspace, &Question::default()).unwrap();
        let rate = CommissionRate::constant(0.08);
        let all = same_money(&samples, &workspace, rate, Sameness::Horizon).unwrap();
        let new = grandfathered(&workspace, 0.08, Sameness::Horizon).unwrap();
        assert!((all.renewal - new.renewal).abs() < 1e-6, "{all:?} {new:?}");
    }

    #[test]
    fn no_first_year_comes_to_the_second_of_a_new_account() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        for months in [12, 1] {
            for account in &mut workspace.book.accounts {
                account.term = crate::model::account::Term::new(months).unwrap();
            }
            for sameness in [Sameness::FirstYear, Sameness::FirstYearHeld] {
                let refused = grandfathered(&workspace, 0.08, sameness);
                assert_eq!(refused, Err(NoTrade::NoneDue), "{months} {sameness:?}");
            }
        }
    }
}
