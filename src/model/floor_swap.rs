//! Renewal pay only above a floor: the same money for what is kept by attention, or the same attention for less money.
//!
//! Most renewal pay goes to renewals that nobody need work for. A plan that pays nothing up to a floor, and more above
//! it, can cost the same and make the next renewal worth several times as much to the seller. Two answers: the
//! renewal rate above the floor that pays the same in months 1 to 12 ([`FloorTeam::same_money`]), and the one that leaves
//! the sellers' time where it is, with what that saves ([`FloorTeam::same_time`]).

use std::fmt;

use super::crossing::{NoCrossing, smallest_crossing};
use super::payoff::Question;
use super::plan_curves::{Offer, PlanCurves, RatePair, RenewalRule, TeamWorth};
use super::problem::Problem;
use super::projection::Projection;
use super::quantity::Probability;
use super::response::RenewalCurve;
use super::team_projections::team_projections;
use super::workspace::Workspace;

/// Whose time counts when pay is kept the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUse {
    /// The sellers' time stays where it is best under the present plan.
    Held,
    /// The sellers answer the new plan with their best.
    Answering,
}

/// A floor with the rate above it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FloorSwap {
    /// The part of the value due in a plan year up to which renewals pay nothing, 0 to 1.
    pub floor: f64,
    /// The renewal commission rate on what is above, from contract year 2 on, 0 to 1.
    pub renewal: f64,
    /// The sellers' best share of time on customers under the present plan.
    pub share_before: f64,
    /// Their best share under this one.
    pub share: f64,
    /// Pay of months 1 to 12 under the present plan at the sellers' best, money.
    pub first_year_before: f64,
    /// The same under this one.
    pub first_year: f64,
    /// Change of the present value of the sellers' pay, as they see it.
    pub seller_change: f64,
    /// Change of the company's present value.
    pub company_change: f64,
}

/// Why there is no such swap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoSwap {
    /// Without any renewal pay the sellers already earn more, or already give customers more time.
    EnoughAtZero,
    /// Even 100 % above the floor is not enough.
    FloorTooHigh {
        /// The floor asked for.
        floor: f64,
    },
    /// The sellers' best response jumps over what was asked for.
    Jump {
        /// The renewal rate of the jump.
        rate: f64,
    },
}

impl fmt::Display for NoSwap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |part: f64| libm::round(part * 1e4) / 100.0;
        match self {
            NoSwap::EnoughAtZero => {
                write!(f, "This plan does the same without any renewal pay: a floor has nothing to add, leave it out.")
            }
            NoSwap::FloorTooHigh { floor } => write!(
                f,
                "Too little is renewed above a floor of {} %: even 100 % of it is not enough, so lower the floor.",
                percent(*floor)
            ),
            NoSwap::Jump { rate } => write!(
                f,
                "No rate does exactly that: sellers change their time at once at {} %, so try another floor.",
                percent(*rate)
            ),
        }
    }
}

impl std::error::Error for NoSwap {}

/// Pay this near is the same, as a part of it.
const SAME_PAY: f64 = 1e-7;
/// Shares this near are the same.
const SAME_SHARE: f64 = 1e-6;

/// Sellers whose plan may get a floor.
#[derive(Debug, Clone)]
pub struct FloorTeam<'a> {
    workspace: &'a Workspace,
    projections: Vec<Projection>,
}

impl<'a> FloorTeam<'a> {
    /// The sellers that `question` is about.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &'a Workspace, question: &Question) -> Result<FloorTeam<'a>, Problem> {
        Ok(FloorTeam { workspace, projections: team_projections(workspace, question)? })
    }

    /// The natural floor: the part of what comes due that would renew without attention, `r0^(L/12)` weighted by annual
    /// value, since a contract of L months falls due with `V L / 12` every L months. Accounts with multiplied odds of loss
    /// count with their plain r0. Without accounts it is that of a new one.
    pub fn natural_floor(&self) -> Probability {
        let unattended = |curve: &RenewalCurve, term: u32| libm::pow(curve.unattended, f64::from(term) / 12.0);
        let books = || self.projections.iter().map(Projection::book);
        let pools = || books().flat_map(|book| &book.pools);
        let due: f64 = pools().map(|pool| pool.annual_value).sum();
        let free: f64 = pools().map(|pool| pool.annual_value * unattended(&pool.curve, pool.term)).sum();
        let newcomer = || books().next().map_or(0.0, |book| unattended(&book.curve, book.new_account.term));
        Probability::constant(if due > 0.0 { free / due } else { newcomer() })
    }

    /// The smallest renewal rate above `floor` that pays the same in months 1 to 12 as the present plan does at the
    /// sellers' best, new-business rate and all else as they are.
    ///
    /// With the time held, sellers who then answer may earn more or less than before: [`FloorSwap::first_year`] says what.
    ///
    /// # Errors
    /// [`NoSwap`], which says what to change.
    pub fn same_money(&self, floor: Probability, time: TimeUse) -> Result<FloorSwap, NoSwap> {
        let curves = self.curves(floor);
        let shares = curves.best_shares(Offer::Present);
        let before = curves.at(&shares, Offer::Present);
        let excess = |renewal: f64| {
            let offer = self.offer(renewal);
            let after = match time {
                TimeUse::Held => curves.at(&shares, offer),
                TimeUse::Answering => curves.best(offer),
            };
            after.first_year_pay - before.first_year_pay
        };
        let same = SAME_PAY * before.first_year_pay.abs().max(1e-2);
        let renewal = smallest_crossing(excess, same).map_err(|why| no_swap(why, floor))?;
        Ok(self.swap(floor, renewal, before, &curves))
    }

    /// The smallest renewal rate above `floor` under which the sellers' best share is that of the present plan:
    /// `first_year_before - first_year` is then what the same behaviour costs less in months 1 to 12.
    ///
    /// # Errors
    /// [`NoSwap`], which says what to change.
    pub fn same_time(&self, floor: Probability) -> Result<FloorSwap, NoSwap> {
        let curves = self.curves(floor);
        let before = curves.best(Offer::Present);
        let excess = |renewal: f64| curves.best(self.offer(renewal)).share - before.share;
        let renewal = smallest_crossing(excess, SAME_SHARE).map_err(|why| no_swap(why, floor))?;
        Ok(self.swap(floor, renewal, before, &curves))
    }

    fn curves(&self, floor: Probability) -> PlanCurves<'_> {
        PlanCurves::new(&self.projections, self.workspace, RenewalRule::AboveFloor(floor))
    }

    fn offer(&self, renewal: f64) -> Offer {
        Offer::Rates(RatePair { new_business: self.workspace.plan.new_business.get(), renewal })
    }

    fn swap(&self, floor: Probability, renewal: f64, before: TeamWorth, curves: &PlanCurves<'_>) -> FloorSwap {
        let after = curves.best(self.offer(renewal));
        FloorSwap {
            floor: floor.get(),
            renewal,
            share_before: before.share,
            share: after.share,
            first_year_before: before.first_year_pay,
            first_year: after.first_year_pay,
            seller_change: after.seller_value - before.seller_value,
            company_change: after.company_value - before.company_value,
        }
    }
}

const fn no_swap(why: NoCrossing, floor: Probability) -> NoSwap {
    match why {
        NoCrossing::AboveAtZero => NoSwap::EnoughAtZero,
        NoCrossing::BelowAtMost => NoSwap::FloorTooHigh { floor: floor.get() },
        NoCrossing::Jump { rate } => NoSwap::Jump { rate },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::pay::{Component, Measure, PayPlan, PlanPeriod, Reward, Trigger};
    use crate::model::payoff::payoff;
    use crate::model::plan::RenewalSchedule;
    use crate::model::plan_curves::floor_plan;
    use crate::model::plan_response::{PlanProjection, PlanWorth};
    use crate::model::quantity::CommissionRate;
    use crate::model::sample::sample_workspace;
    use crate::model::valuation::Discounting;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn natural() -> Probability {
        Probability::constant(0.6)
    }

    #[test]
    fn the_natural_floor_is_what_renews_without_attention() {
        let mut workspace = sample();
        let floor =
            |workspace: &Workspace| FloorTeam::new(workspace, &Question::default()).unwrap().natural_floor().get();
        assert!((floor(&workspace) - 0.6).abs() < 1e-12);
        // Two years without a call: 0.6 twice.
        for account in &mut workspace.book.accounts {
            account.term = crate::model::account::Term::new(24).unwrap();
        }
        assert!((floor(&workspace) - 0.36).abs() < 1e-12);
        // Half of the value in monthly contracts, of which the twelfth root of 0.6 stays.
        for account in workspace.book.accounts.iter_mut().take(20) {
            account.term = crate::model::account::Term::new(1).unwrap();
        }
        assert!((floor(&workspace) - 0.5 * (0.36 + 0.6_f64.powf(1.0 / 12.0))).abs() < 1e-12);
        workspace.book.accounts = Vec::new().into();
        assert!((floor(&workspace) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn with_the_time_held_the_rate_is_a_quotient() {
        // At the natural floor only what attention won is left to pay on: the rate is 2 % of all over what was won.
        let workspace = sample();
        let answer = payoff(&workspace, &Question::default()).unwrap();
        let anyway = answer.paid_for_anyway;
        let team = FloorTeam::new(&workspace, &Question::default()).unwrap();
        let swap = team.same_money(natural(), TimeUse::Held).unwrap();
        let expected = 0.02 * (anyway.free + anyway.won) / anyway.won;
        assert!((swap.renewal - expected).abs() < 1e-7, "{swap:?}, not {expected}");
        assert!((swap.share_before - answer.seller_best.share).abs() < 1e-7, "{swap:?}");
        assert!(swap.share > swap.share_before && swap.company_change > 0.0, "{swap:?}");
    }

    /// The plan with its floor and all else, paid event by event: the best share by the search for any plan, and the worth
    /// of the swap's share.
    fn by_the_evaluator(workspace: &Workspace, swap: &FloorSwap) -> (f64, PlanWorth) {
        let projections = team_projections(workspace, &Question::default()).unwrap();
        let discounting = Discounting::new(&workspace.assumptions);
        let schedule = RenewalSchedule::level(CommissionRate::constant(swap.renewal));
        let mut plan: PayPlan = floor_plan(Probability::constant(swap.floor), &schedule, workspace.as_of);
        for (name, trigger, rate) in [("New", Trigger::NewBusiness, 0.10), ("Referral", Trigger::Referral, 0.02)] {
            plan.components.push(Component::new(name, Measure::revenue(trigger), Reward::Rate(rate)));
        }
        assert_eq!(plan.components[0].period, PlanPeriod::Year);
        let under = PlanProjection::new(&projections[0], &plan, &discounting, workspace.as_of);
        (under.best(|worth| worth.seller).at, under.worth_at(swap.share, &mut under.path()))
    }

    #[test]
    fn the_same_money_is_paid_by_the_evaluator_too() {
        let workspace = sample();
        let before = payoff(&workspace, &Question::default()).unwrap();
        let team = FloorTeam::new(&workspace, &Question::default()).unwrap();
        for floor in [0.3, 0.6, 0.7] {
            let swap = team.same_money(Probability::constant(floor), TimeUse::Answering).unwrap();
            let (share, worth) = by_the_evaluator(&workspace, &swap);
            assert!((swap.share - share).abs() < 1e-6, "{swap:?}, not {share}");
            assert!((worth.first_year_pay / before.first_year_pay - 1.0).abs() < 1e-7 + 1e-12, "{swap:?}: {worth:?}");
            let seller = before.seller_best.seller_value + swap.seller_change;
            assert!((worth.seller / seller - 1.0).abs() < 1e-11, "{swap:?}: {worth:?}");
            let company = before.seller_best.company_value + swap.company_change;
            assert!((worth.company / company - 1.0).abs() < 1e-11, "{swap:?}: {worth:?}");
        }
    }

    #[test]
    fn the_same_behaviour_costs_less() {
        let workspace = sample();
        let team = FloorTeam::new(&workspace, &Question::default()).unwrap();
        let swap = team.same_time(natural()).unwrap();
        let (share, worth) = by_the_evaluator(&workspace, &swap);
        assert!((share - swap.share_before).abs() < 2e-6, "{swap:?}, not {share}");
        assert!((worth.first_year_pay / swap.first_year - 1.0).abs() < 1e-11, "{swap:?}: {worth:?}");
        assert!(swap.first_year < swap.first_year_before && swap.company_change > 0.0, "{swap:?}");
    }

    #[test]
    fn no_floor_is_the_present_plan() {
        let workspace = sample();
        let team = FloorTeam::new(&workspace, &Question::default()).unwrap();
        for time in [TimeUse::Held, TimeUse::Answering] {
            let swap = team.same_money(Probability::constant(0.0), time).unwrap();
            assert!((swap.renewal - 0.02).abs() < 1e-6, "{time:?}: {swap:?}");
        }
    }

    #[test]
    fn a_floor_that_nobody_passes_is_refused() {
        let workspace = sample();
        let team = FloorTeam::new(&workspace, &Question::default()).unwrap();
        let refused = team.same_money(Probability::constant(1.0), TimeUse::Held);
        assert_eq!(refused, Err(NoSwap::FloorTooHigh { floor: 1.0 }));
        for why in [NoSwap::EnoughAtZero, NoSwap::FloorTooHigh { floor: 0.5 }, NoSwap::Jump { rate: 0.0123 }] {
            assert!(why.to_string().ends_with('.'), "{why}");
        }
    }
}
