//! Other rates for the same pay where a plan has rules beside its rates: what goes with a new-business rate, and which two
//! rates serve the company best.
//!
//! Pay is that of months 1 to 12 with the sellers at their best, rules included, as of the plan in use. For a new-business rate the
//! renewal commission that keeps it is closed in on by regula falsi; new-business rates are tried on a grid, then nearer and nearer
//! to the best. Every pair of rates asks for a search of all splits under all rules, so far fewer are tried than of flat plans
//! ([`super::best_plan`], [`super::same_money`]): a plan may be worth more on a stretch that lies wholly between two of them.

use super::best_plan::{BestPlan, SamePayPlan};
use super::crossing::next_between;
use super::payoff::Question;
use super::plan::Plan;
use super::problem::Problem;
use super::projection::Projection;
use super::quantity::CommissionRate;
use super::same_money::{NoTrade, Trade};
use super::shared_plan::SharedPlan;
use super::team_projections::team_projections;
use super::valuation::Discounting;
use super::workspace::Workspace;

/// New-business rates tried evenly, 0 left out.
const RATES: u32 = 8;
/// The highest of them if the plan in use pays nothing on new business; otherwise it is twice what that pays.
const HIGHEST: f64 = 0.2;
/// How often the distance to neighbours of the best is halved: to a thousandth of what was tried evenly.
const HALVINGS: u32 = 7;
/// Renewal commissions asked for one new-business rate, at most.
const MOST_TURNS: u32 = 40;
/// Turns of regula falsi before the rest is halved.
const FALSI: u32 = 10;
/// Rates this near with different pay are a jump.
const WIDTH: f64 = 1e-7;
/// Pay this near is the same: half a unit of money, or this part of it.
const SAME_PAY: f64 = 1e-7;
/// A gain of less than this part of the company's value is none.
const NO_GAIN: f64 = 1e-6;
/// About how many pairs of rates are tried in all.
const USUAL: usize = 150;

/// Two rates with the sellers at their best; sums over sellers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Tried {
    new_business: f64,
    renewal: f64,
    /// The mean of the sellers' best shares.
    share: f64,
    /// Pay of months 1 to 12.
    pay: f64,
    /// What renews in months 1 to 12: what one more of the renewal commission pays, if nobody moves.
    renewed: f64,
    seller_value: f64,
    company_value: f64,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Aim {
    /// The two rates that serve the company best.
    Best,
    /// The renewal commission that goes with the new-business rate.
    Trade(f64),
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SamePay {
    /// The two rates that serve the company best.
    Best(BestPlan),
    /// The renewal commission that goes with the rate that was asked for.
    Trade(Result<Trade, NoTrade>),
}

/// The search, one seller under one pair of rates at a time.
#[derive(Debug)]
pub struct RuledSamePay {
    workspace: Workspace,
    projections: Vec<Projection>,
    discounting: Discounting,
    aim: Aim,
    /// The pair under way, and how many sellers are added up.
    trying: Tried,
    sellers: usize,
    under: SharedPlan,
    /// The plan in use.
    present: Option<Tried>,
    level: Level,
    best: Tried,
    /// New-business rates still to be tried.
    open: Vec<f64>,
    /// The distance of neighbours in the next round.
    step: f64,
    halvings: u32,
}

impl RuledSamePay {
    /// Begins to look for the best two rates, for the sellers that `question` is about.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn best(workspace: &Workspace, question: &Question) -> Result<RuledSamePay, Problem> {
        RuledSamePay::new(workspace, question, Aim::Best)
    }

    /// Begins to look for the renewal commission that goes with `new_business`.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn trade(
        workspace: &Workspace,
        question: &Question,
        new_business: CommissionRate,
    ) -> Result<RuledSamePay, Problem> {
        RuledSamePay::new(workspace, question, Aim::Trade(new_business.get()))
    }

    fn new(workspace: &Workspace, question: &Question, aim: Aim) -> Result<RuledSamePay, Problem> {
        let now = workspace.plan.new_business.get();
        let highest = if now > 0.0 { (2.0 * now).min(1.0) } else { HIGHEST };
        let step = highest / f64::from(RATES);
        // From the present rate outwards: what was found for a neighbour tells where to begin.
        let even = (0..=RATES).map(|place| step * f64::from(place));
        let mut open: Vec<f64> = even.filter(|rate| (rate - now).abs() > 1e-9).collect();
        open.sort_by(|one, other| (other - now).abs().total_cmp(&(one - now).abs()));
        Ok(RuledSamePay {
            projections: team_projections(workspace, question)?,
            discounting: Discounting::with_quota(&workspace.assumptions, workspace.plan.quota),
            under: SharedPlan::new(&workspace.plan, workspace.as_of.plus(1)),
            workspace: workspace.clone(),
            aim,
            trying: Tried { new_business: now, renewal: workspace.plan.renewal.last().get(), ..Tried::default() },
            sellers: 0,
            present: None,
            level: Level::default(),
            best: Tried::default(),
            open,
            step,
            halvings: 0,
        })
    }

    /// About how many pairs of rates a trade tries.
    pub const TRADE_PAIRS: usize = 8;

    /// About how many steps there are in all.
    pub fn steps(&self) -> usize {
        let pairs = if self.aim == Aim::Best { USUAL } else { RuledSamePay::TRADE_PAIRS };
        pairs * self.projections.len()
    }

    /// Works one step; what was found once it is known.
    pub fn advance(&mut self) -> Option<SamePay> {
        self.add_seller();
        if self.sellers < self.projections.len() {
            return None;
        }
        let tried = Tried { share: self.trying.share / self.sellers.max(1) as f64, ..self.trying };
        let Some(present) = self.present else {
            (self.present, self.best) = (Some(tried), tried);
            return self.begin(tried);
        };
        match self.level.take(tried, present.pay) {
            Turn::Ask(renewal) => {
                self.ask(tried.new_business, renewal);
                None
            }
            Turn::Found(found) => {
                if found.company_value > self.best.company_value + NO_GAIN * self.best.company_value.abs() {
                    self.best = found;
                }
                self.end_level(present, Ok(found))
            }
            Turn::None(why) => self.end_level(present, Err(why)),
        }
    }

    /// Adds the next seller under the pair of rates under way.
    fn add_seller(&mut self) {
        let Some(projection) = self.projections.get(self.sellers) else { return };
        let under = self.under.over(projection, &self.discounting, self.workspace.as_of);
        let best = under.seller_best();
        let mut path = under.path();
        let worth = under.worth_at(best.at, &mut path);
        let tried = &mut self.trying;
        tried.share += best.at;
        tried.pay += worth.first_year_pay;
        // The first contract year has a rate of its own.
        let renewed = path.months.iter().take(12).flat_map(|flow| flow.renewed_value.iter().skip(1));
        tried.renewed += renewed.sum::<f64>();
        tried.seller_value += worth.seller;
        tried.company_value += worth.company;
        self.sellers += 1;
    }

    /// The first new-business rate, once it is known what the plan in use pays.
    fn begin(&mut self, present: Tried) -> Option<SamePay> {
        match self.aim {
            Aim::Trade(new_business) => {
                self.level = Level::default();
                self.ask(new_business, guess(present, new_business, present.pay));
                None
            }
            Aim::Best => self.next_rate(present),
        }
    }

    /// What follows once it is known what goes with a new-business rate.
    fn end_level(&mut self, present: Tried, found: Result<Tried, NoTrade>) -> Option<SamePay> {
        match self.aim {
            Aim::Trade(_) => Some(SamePay::Trade(found.map(|found| Trade {
                new_business: found.new_business,
                renewal: found.renewal,
                share: found.share,
                seller_change: found.seller_value - present.seller_value,
                company_change: found.company_value - present.company_value,
            }))),
            Aim::Best => {
                if let Err(NoTrade::TooMuchAtZero) = found {
                    // Nor does anything above it go with the same pay.
                    let tried = self.trying.new_business;
                    self.open.retain(|rate| *rate < tried);
                }
                self.next_rate(present)
            }
        }
    }

    /// Tries the next new-business rate; what is best once there is none.
    fn next_rate(&mut self, present: Tried) -> Option<SamePay> {
        while self.open.is_empty() {
            if self.halvings == HALVINGS {
                return Some(SamePay::Best(self.found(present)));
            }
            self.halvings += 1;
            self.step *= 0.5;
            let around = [self.best.new_business - self.step, self.best.new_business + self.step];
            self.open.extend(around.into_iter().filter(|rate| (0.0..=1.0).contains(rate)));
        }
        let rate = self.open.pop()?;
        // What is known of the best serves as well for its neighbours.
        let near = if self.halvings > 0 { self.best } else { present };
        self.level = Level::default();
        self.ask(rate, guess(near, rate, present.pay));
        None
    }

    fn found(&self, present: Tried) -> BestPlan {
        let Tried { new_business, renewal, share, seller_value, company_value, .. } = self.best;
        if company_value <= present.company_value {
            return BestPlan::Present { share: present.share };
        }
        BestPlan::Other(SamePayPlan {
            new_business,
            renewal,
            floor: 0.0,
            share,
            seller_change: seller_value - present.seller_value,
            company_change: company_value - present.company_value,
        })
    }

    /// Begins with another pair of rates.
    fn ask(&mut self, new_business: f64, renewal: f64) {
        self.trying = Tried { new_business, renewal, ..Tried::default() };
        self.sellers = 0;
        let plan: Plan = self.workspace.plan.with_rates(new_business, renewal);
        self.under = SharedPlan::new(&plan, self.workspace.as_of.plus(1));
    }
}

/// About which renewal commission goes with a new-business rate, as far as `near` tells it: if all that is not paid on renewals
/// went with the new-business rate, and nobody moved.
fn guess(near: Tried, new_business: f64, pay: f64) -> f64 {
    let on_renewals = near.renewal * near.renewed;
    let on_new = (near.pay - on_renewals).max(0.0);
    let changed = if near.new_business > 0.0 { on_new * (new_business / near.new_business - 1.0) } else { 0.0 };
    toward(near, pay - changed)
}

/// The renewal commission that would pay `pay` if nobody moved.
fn toward(from: Tried, pay: f64) -> f64 {
    let rate = from.renewal + (pay - from.pay) / from.renewed;
    if rate.is_finite() { rate.clamp(0.0, 1.0) } else { 0.0 }
}

/// Closes in on the renewal commission that keeps the pay under one new-business rate.
#[derive(Debug, Default)]
struct Level {
    /// The last that paid less.
    low: Option<Tried>,
    /// The last that paid more.
    high: Option<Tried>,
    turns: u32,
    /// What counts of both differences: that of the end which stays is halved each time.
    weights: (f64, f64),
}

/// What comes next.
enum Turn {
    Ask(f64),
    Found(Tried),
    None(NoTrade),
}

impl Level {
    fn take(&mut self, tried: Tried, pay: f64) -> Turn {
        let over = tried.pay - pay;
        if over.abs() <= (SAME_PAY * pay.abs()).max(0.5) {
            return Turn::Found(tried);
        }
        self.turns += 1;
        if over > 0.0 {
            if tried.renewal <= 0.0 {
                return Turn::None(NoTrade::TooMuchAtZero);
            }
            self.weights = (0.5 * self.weights.0, over);
            self.high = Some(tried);
        } else {
            if tried.renewal >= 1.0 {
                return Turn::None(NoTrade::TooLittleAtMost);
            }
            self.weights = (over, 0.5 * self.weights.1);
            self.low = Some(tried);
        }
        let (low, high) = match (self.low, self.high) {
            (Some(low), Some(high)) => (low, high),
            // Beyond where it would be if nobody moved, and farther with each turn.
            (Some(low), None) => {
                let farther = WIDTH.max(1e-3 * libm::exp2(f64::from(self.turns)) * low.renewal.max(0.01));
                return Turn::Ask((toward(low, pay) + farther).min(1.0));
            }
            (None, high) => {
                let high = high.unwrap_or(tried);
                let farther = WIDTH.max(1e-3 * libm::exp2(f64::from(self.turns)) * high.renewal.max(0.01));
                return Turn::Ask((toward(high, pay) - farther).max(0.0));
            }
        };
        if high.renewal - low.renewal < WIDTH || self.turns >= MOST_TURNS {
            return Turn::None(NoTrade::Jump { rate: high.renewal });
        }
        let (below, above) = self.weights;
        Turn::Ask(next_between((low.renewal, below), (high.renewal, above), self.turns <= FALSI))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::best_plan::{PlanRanges, best_plan};
    use crate::model::bounds::Input;
    use crate::model::month::Month;
    use crate::model::payoff::Samples;
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::same_money::{Sameness, same_money};
    use crate::model::sample::sample_workspace;

    /// Over two years, which is searched sooner than five.
    fn workspace() -> Workspace {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.set(Input::Horizon, 24.0).unwrap();
        workspace
    }

    fn end(search: Result<RuledSamePay, Problem>) -> (SamePay, usize) {
        let mut search = search.unwrap();
        let mut steps = 0;
        let found = std::iter::from_fn(|| {
            steps += 1;
            (steps < 1_000).then(|| search.advance())
        });
        (found.flatten().next().expect("it ends"), steps)
    }

    fn trade(workspace: &Workspace, rate: f64) -> Result<Trade, NoTrade> {
        match end(RuledSamePay::trade(workspace, &Question::default(), CommissionRate::constant(rate))).0 {
            SamePay::Trade(found) => found,
            other => panic!("{other:?}"),
        }
    }

    /// Without rules it is what flat plans do.
    #[test]
    fn without_rules_it_is_the_flat_search() {
        let workspace = workspace();
        let flat = PlanRanges { floor: (0.0, 0.0), ..PlanRanges::default() };
        let BestPlan::Other(expected) = best_plan(&workspace, &Question::default(), &flat).unwrap() else { panic!() };
        let (found, steps) = end(RuledSamePay::best(&workspace, &Question::default()));
        let SamePay::Best(BestPlan::Other(found)) = found else { panic!("{found:?}") };
        assert!(steps < 2 * USUAL, "{steps}");
        assert!(found.company_change > 0.999 * expected.company_change, "{found:?} {expected:?}");
        assert!((found.share - expected.share).abs() < 0.01, "{found:?} {expected:?}");
        let rate = 0.06;
        let samples = Samples::new(&workspace, &Question::default()).unwrap();
        let asked = CommissionRate::constant(rate);
        let expected = same_money(&samples, &workspace, asked, Sameness::FirstYear).unwrap();
        let found = trade(&workspace, rate).unwrap();
        assert!((found.renewal - expected.renewal).abs() < 1e-4, "{found:?} {expected:?}");
        assert!((found.company_change / expected.company_change - 1.0).abs() < 1e-2, "{found:?} {expected:?}");
    }

    /// Where a rule pays 5 % on all that renews, 5 % less go with the same pay; and what is found pays the same.
    #[test]
    fn a_rule_that_pays_as_a_rate_does_stands_for_it() {
        let mut level = workspace();
        level.set(Input::RenewalCommission, 0.07).unwrap();
        let mut ruled = workspace();
        ruled.plan.rules = vec![Rule::from_numbers(RuleKind::RenewalAboveFloor, &[0.0, 0.05]).unwrap()];
        let (expected, found) = (trade(&level, 0.08).unwrap(), trade(&ruled, 0.08).unwrap());
        assert!((found.renewal + 0.05 - expected.renewal).abs() < 1e-4, "{found:?} {expected:?}");
        assert!((found.company_change / expected.company_change - 1.0).abs() < 1e-2, "{found:?} {expected:?}");
        let outcome = |plan: Plan| ruled_outcome(&Workspace { plan, ..ruled.clone() }, &Question::default()).unwrap();
        let (now, then) =
            (outcome(ruled.plan.clone()), outcome(ruled.plan.with_rates(found.new_business, found.renewal)));
        assert!((now.first_year_pay - then.first_year_pay).abs() < 0.6, "{now:?} {then:?}");
        assert!((then.company_value - now.company_value - found.company_change).abs() < 1.0, "{now:?} {then:?}");
    }

    #[test]
    fn there_may_be_no_such_rate() {
        let mut ruled = workspace();
        ruled.plan.rules = vec![Rule::from_numbers(RuleKind::EachWin, &[5_000.0]).unwrap()];
        assert_eq!(trade(&ruled, 0.9), Err(NoTrade::TooMuchAtZero));
        // Nothing renews within the year.
        ruled.book.accounts = Default::default();
        assert_eq!(trade(&ruled, 0.0), Err(NoTrade::TooLittleAtMost));
        let (found, _) = end(RuledSamePay::best(&ruled, &Question::default()));
        assert!(matches!(found, SamePay::Best(BestPlan::Present { .. })), "{found:?}");
    }
}
