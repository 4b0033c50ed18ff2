//! The best plan for the same money: of all plans that pay the same in months 1 to 12, the one that is worth most to the
//! company.
//!
//! Three numbers move: the rate on new business, the rate on renewals, and the floor above which renewals are paid. For
//! a floor and a new-business rate the renewal rate follows from the money, so two are searched for: the new-business
//! rate on a grid for each floor, floors on a grid of their own, each then closer and closer around the best. Sellers
//! always answer a plan with their best.

use super::crossing::crossings;
use super::payoff::Question;
use super::plan::Plan;
use super::plan_curves::{Offer, PlanCurves, RatePair, RenewalRule, TeamWorth};
use super::problem::Problem;
use super::projection::Projection;
use super::quantity::Probability;
use super::team_projections::team_projections;
use super::workspace::Workspace;

/// Within what the plan is looked for, each the least and the most, all parts of 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanRanges {
    /// The rate on new business.
    pub new_business: (f64, f64),
    /// The rate on renewals from contract year 2 on, above the floor.
    pub renewal: (f64, f64),
    /// The part of the value due in a plan year up to which renewals pay nothing. With `(0, 0)` only flat plans are
    /// looked for, which takes milliseconds.
    pub floor: (f64, f64),
}

impl Default for PlanRanges {
    /// New business up to 20 %, renewals up to 50 %, above which a rate is shown with a warning, floors up to 90 %.
    fn default() -> PlanRanges {
        PlanRanges { new_business: (0.0, 0.2), renewal: (0.0, 0.5), floor: (0.0, 0.9) }
    }
}

/// A plan that pays the same in months 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SamePayPlan {
    /// The rate on new business.
    pub new_business: f64,
    /// The rate on renewals from contract year 2 on, above the floor.
    pub renewal: f64,
    /// The floor, a part of the value due in a plan year; 0 for a flat plan.
    pub floor: f64,
    /// The sellers' best share of time on customers under it.
    pub share: f64,
    /// Change of the present value of the sellers' pay, as they see it.
    pub seller_change: f64,
    /// Change of the company's present value; above 0.
    pub company_change: f64,
}

impl SamePayPlan {
    /// It as a plan: `plan` with its two rates. A floor is no part of a flat plan.
    pub fn in_place_of(&self, plan: &Plan) -> Plan {
        plan.with_rates(self.new_business, self.renewal)
    }
}

/// What the search found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BestPlan {
    /// No plan in the ranges is worth more to the company for the same money.
    Present {
        /// The sellers' best share of time on customers under it.
        share: f64,
    },
    /// This one is worth most.
    Other(SamePayPlan),
}

/// Floors tried evenly first.
const FLOORS: u32 = 9;
/// New-business rates tried evenly for each floor.
const NEW_RATES: u32 = 20;
/// Steps in which renewal rates that pay the same are looked for.
const RENEWAL_STEPS: u32 = 20;
/// How often the distance to neighbours of the best is halved: to a thousandth of a grid's cell.
const HALVINGS: u32 = 10;
/// Pay this near is the same, as a part of it.
const SAME_PAY: f64 = 1e-7;
/// A gain of less than this part of the company's value is none.
const NO_GAIN: f64 = 1e-7;

/// Two rates under a floor, and the company's value with them, to what curves between samples tell.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    floor: f64,
    rates: RatePair,
    company_value: f64,
}

/// The search, one floor at a time: a floor takes a few milliseconds a seller, so that a page can go on between
/// two of them.
#[derive(Debug, Clone)]
pub struct PlanSearch<'a> {
    workspace: &'a Workspace,
    projections: Vec<Projection>,
    ranges: PlanRanges,
    present: TeamWorth,
    best: Option<Candidate>,
    /// Floors still to be tried in this round.
    open: Vec<f64>,
    /// The distance of neighbours in the next round.
    step: f64,
    halvings: u32,
}

impl<'a> PlanSearch<'a> {
    /// A search for the sellers that `question` is about. Ranges that reach beyond 0 to 1 end there.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &'a Workspace, question: &Question, ranges: &PlanRanges) -> Result<PlanSearch<'a>, Problem> {
        let projections = team_projections(workspace, question)?;
        let present = PlanCurves::new(&projections, workspace, RenewalRule::All).best(Offer::Present);
        let inside = |(least, most): (f64, f64)| (least.clamp(0.0, 1.0), most.clamp(0.0, 1.0));
        let ranges = PlanRanges {
            new_business: inside(ranges.new_business),
            renewal: inside(ranges.renewal),
            floor: inside(ranges.floor),
        };
        let (least, most) = ranges.floor;
        let floors = if most > least { FLOORS } else { 0 };
        let step = (most - least) / f64::from(FLOORS);
        let open = (0..=floors).rev().map(|index| least + step * f64::from(index)).collect();
        let halvings = if floors == 0 { HALVINGS } else { 0 };
        Ok(PlanSearch { workspace, projections, ranges, present, best: None, open, step, halvings })
    }

    /// Tries one more floor; `false` once there is none left that could be better.
    pub fn advance(&mut self) -> bool {
        if let Some(floor) = self.open.pop() {
            let found = self.best_with(floor);
            let better =
                |one: Candidate, other: Candidate| if other.company_value > one.company_value { other } else { one };
            self.best = match (self.best, found) {
                (Some(one), Some(other)) => Some(better(one, other)),
                (one, other) => one.or(other),
            };
        }
        if self.open.is_empty() && self.halvings < HALVINGS {
            self.halvings += 1;
            self.step *= 0.5;
            let (least, most) = self.ranges.floor;
            let around = |best: Candidate| [best.floor - self.step, best.floor + self.step];
            let inside = |floor: &f64| (least..=most).contains(floor);
            self.open = self.best.into_iter().flat_map(around).filter(inside).collect();
        }
        !self.open.is_empty()
    }

    /// The best plan so far, its renewal rate and worth on the projection itself.
    pub fn answer(&self) -> BestPlan {
        let present = BestPlan::Present { share: self.present.share };
        let Some(best) = self.best else { return present };
        let curves = self.curves(best.floor);
        let Some(rates) = self.exactly(&curves, best.rates) else { return present };
        let worth = curves.best(Offer::Rates(rates));
        let company_change = worth.company_value - self.present.company_value;
        if company_change <= NO_GAIN * self.present.company_value.abs() {
            return present;
        }
        BestPlan::Other(SamePayPlan {
            new_business: rates.new_business,
            renewal: rates.renewal,
            floor: best.floor,
            share: worth.share,
            seller_change: worth.seller_value - self.present.seller_value,
            company_change,
        })
    }

    fn curves(&self, floor: f64) -> PlanCurves<'_> {
        let floor = if floor > 0.0 { RenewalRule::AboveFloor(Probability::constant(floor)) } else { RenewalRule::All };
        PlanCurves::new(&self.projections, self.workspace, floor)
    }

    fn same(&self) -> f64 {
        SAME_PAY * self.present.first_year_pay.abs().max(1e-2)
    }

    /// The best pair of rates with this floor.
    fn best_with(&self, floor: f64) -> Option<Candidate> {
        let curves = self.curves(floor);
        let (least, most) = self.ranges.new_business;
        let cells = if most > least { NEW_RATES } else { 0 };
        let mut step = (most - least) / f64::from(NEW_RATES);
        let at = |new_business: f64| self.best_renewal(&curves, floor, new_business);
        let grid: Vec<Option<Candidate>> = (0..=cells).map(|index| at(least + step * f64::from(index))).collect();
        let higher = |one: &Candidate, other: &Candidate| one.company_value.total_cmp(&other.company_value);
        let mut best = grid.into_iter().flatten().max_by(higher)?;
        for _ in 0..HALVINGS {
            step *= 0.5;
            let around = [best.rates.new_business - step, best.rates.new_business + step];
            let inside = around.into_iter().filter(|rate| (least..=most).contains(rate));
            best = inside.filter_map(at).chain([best]).max_by(higher)?;
        }
        Some(best)
    }

    /// The renewal rate that pays the same: the best of several.
    fn best_renewal(&self, curves: &PlanCurves<'_>, floor: f64, new_business: f64) -> Option<Candidate> {
        let worth = |renewal: f64| curves.nearly_best(Offer::Rates(RatePair { new_business, renewal }));
        let excess = |renewal: f64| worth(renewal).first_year_pay - self.present.first_year_pay;
        let candidates =
            crossings(excess, self.ranges.renewal, RENEWAL_STEPS, self.same()).into_iter().map(|renewal| {
                let rates = RatePair { new_business, renewal };
                Candidate { floor, rates, company_value: worth(renewal).company_value }
            });
        candidates.max_by(|one, other| one.company_value.total_cmp(&other.company_value))
    }

    /// The rates with the renewal rate moved to where the projection itself pays the same.
    fn exactly(&self, curves: &PlanCurves<'_>, rates: RatePair) -> Option<RatePair> {
        /// More than the curves put a rate off, as a part of it and beyond.
        const OFF: (f64, f64) = (0.01, 1e-5);
        let near = OFF.0 * rates.renewal + OFF.1;
        let (least, most) = self.ranges.renewal;
        let range = ((rates.renewal - near).max(least), (rates.renewal + near).min(most));
        let excess = |renewal: f64| {
            curves.best(Offer::Rates(RatePair { renewal, ..rates })).first_year_pay - self.present.first_year_pay
        };
        let found = crossings(excess, range, 2, self.same());
        let off = |rate: &f64| (rate - rates.renewal).abs();
        let nearest = found.into_iter().min_by(|one, other| off(one).total_cmp(&off(other)));
        nearest.map(|renewal| RatePair { renewal, ..rates })
    }
}

/// The best plan for the money of months 1 to 12 that the present plan pays at the sellers' best. An eighth of a second
/// a seller with the default ranges: [`PlanSearch`] does it in slices.
///
/// Pay is the same in the first year only; later it follows the accounts, as it does under the present plan. Several
/// plans may be worth nearly the same: a low rate on new business with a high one on renewals often does nearly as well as a
/// floor. High floors look best since all is in expected values: above what renews without attention
/// ([`super::floor_swap::FloorTeam::natural_floor`]) a bad year pays nothing, and sellers who mind would ask for more.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn best_plan(workspace: &Workspace, question: &Question, ranges: &PlanRanges) -> Result<BestPlan, Problem> {
    let mut search = PlanSearch::new(workspace, question, ranges)?;
    while search.advance() {}
    Ok(search.answer())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::pay::{Component, Measure, Reward, Trigger};
    use crate::model::payoff::Samples;
    use crate::model::plan::RenewalSchedule;
    use crate::model::plan_curves::floor_plan;
    use crate::model::plan_response::{PlanProjection, PlanWorth};
    use crate::model::quantity::CommissionRate;
    use crate::model::same_money::{Sameness, same_money};
    use crate::model::sample::sample_workspace;
    use crate::model::valuation::Discounting;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn flat() -> PlanRanges {
        PlanRanges { floor: (0.0, 0.0), renewal: (0.0, 1.0), ..PlanRanges::default() }
    }

    fn found(workspace: &Workspace, ranges: &PlanRanges) -> SamePayPlan {
        match best_plan(workspace, &Question::default(), ranges).unwrap() {
            BestPlan::Other(plan) => plan,
            BestPlan::Present { share } => panic!("the present plan, at {share}"),
        }
    }

    #[test]
    fn no_flat_trade_of_fifty_is_better() {
        let workspace = sample();
        let samples = Samples::new(&workspace, &Question::default()).unwrap();
        let best = found(&workspace, &flat());
        let mut highest = f64::NEG_INFINITY;
        for step in 0..=50 {
            let rate = CommissionRate::constant(0.004 * f64::from(step));
            if let Ok(trade) = same_money(&samples, &workspace, rate, Sameness::FirstYear) {
                highest = highest.max(trade.company_change);
            }
        }
        assert!(highest > 0.0 && best.company_change >= highest - 0.01, "{best:?}: {highest}");
        // And it is such a trade itself.
        let rate = CommissionRate::constant(best.new_business);
        let trade = same_money(&samples, &workspace, rate, Sameness::FirstYear).unwrap();
        assert!((trade.renewal - best.renewal).abs() < 1e-7, "{trade:?} {best:?}");
        assert!((trade.company_change - best.company_change).abs() < 1.0, "{trade:?} {best:?}");
    }

    #[test]
    fn the_best_plan_cannot_be_bettered_again() {
        let mut workspace = sample();
        let best = found(&workspace, &flat());
        workspace.plan.new_business = CommissionRate::constant(best.new_business);
        workspace.plan.renewal = RenewalSchedule::level(CommissionRate::constant(best.renewal));
        match best_plan(&workspace, &Question::default(), &flat()).unwrap() {
            BestPlan::Present { share } => assert!((share - best.share).abs() < 1e-6),
            // What is left is what the width of the search leaves.
            BestPlan::Other(other) => assert!(other.company_change < 1.0, "{other:?} after {best:?}"),
        }
    }

    #[test]
    fn nothing_in_the_ranges_leaves_the_present_plan() {
        let workspace = sample();
        let dear = PlanRanges { new_business: (0.5, 0.6), ..flat() };
        let answer = best_plan(&workspace, &Question::default(), &dear).unwrap();
        assert!(matches!(answer, BestPlan::Present { share } if (share - 0.325842).abs() < 1e-6), "{answer:?}");
        let as_it_is = PlanRanges { new_business: (0.1, 0.1), renewal: (0.0, 1.0), floor: (0.0, 0.0) };
        let answer = best_plan(&workspace, &Question::default(), &as_it_is).unwrap();
        assert!(matches!(answer, BestPlan::Present { .. }), "{answer:?}");
    }

    #[test]
    fn no_plan_of_a_coarse_grid_paid_by_the_evaluator_is_better() {
        let mut workspace = sample();
        workspace.assumptions.horizon = 24;
        let projections = team_projections(&workspace, &Question::default()).unwrap();
        let discounting = Discounting::new(&workspace.assumptions);
        let paid = |floor: f64, new_business: f64, renewal: f64| -> PlanWorth {
            let schedule = RenewalSchedule::level(CommissionRate::constant(renewal));
            let mut plan = floor_plan(Probability::constant(floor), &schedule, workspace.as_of);
            for (trigger, rate) in [(Trigger::NewBusiness, new_business), (Trigger::Referral, 0.02)] {
                plan.components.push(Component::new("", Measure::revenue(trigger), Reward::Rate(rate)));
            }
            let under = PlanProjection::new(&projections[0], &plan, &discounting, workspace.as_of);
            let best = under.best(|worth| worth.seller);
            under.worth_at(best.at, &mut under.path())
        };
        let before = paid(0.0, 0.10, 0.02);
        let ranges = PlanRanges::default();
        let best = found(&workspace, &ranges);
        let there = paid(best.floor, best.new_business, best.renewal);
        assert!((there.first_year_pay / before.first_year_pay - 1.0).abs() < 1e-6, "{best:?}: {there:?}");
        assert!((there.company - before.company - best.company_change).abs() < 1.0, "{best:?}: {there:?}");
        for (floor, new_business) in
            [0.0, 0.35, 0.7].into_iter().flat_map(|floor| [0.03, 0.06, 0.09].map(|it| (floor, it)))
        {
            let (mut low, mut high) = (0.0, 0.5);
            for _ in 0..14 {
                let middle = 0.5 * (low + high);
                let enough = paid(floor, new_business, middle).first_year_pay >= before.first_year_pay;
                (low, high) = if enough { (low, middle) } else { (middle, high) };
            }
            let other = paid(floor, new_business, low);
            // Below the same pay by a ten-thousandth at most, or no rate pays as much.
            let gain = other.company - before.company;
            let paid_less = before.first_year_pay - other.first_year_pay;
            assert!(
                paid_less > 3.0 || gain <= best.company_change + 10.0 * paid_less.abs(),
                "{floor} {new_business} {other:?} {best:?}"
            );
        }
    }
}
