//! A study: what is asked, and how it is found out one slice at a time.

use std::rc::Rc;

use super::gamed_year::GamedYear;
use super::job::Job;
use crate::model::best_plan::{BestPlan, PlanRanges, best_plan};
use crate::model::bounds::Input;
use crate::model::certainty::{Certainty, Holds};
use crate::model::mini_charts::{Chart, Flip, POINTS, Series};
use crate::model::monte_carlo::{Duel, Spread};
use crate::model::payoff::{AgreementPrice, PlanOutcome, Question, Samples};
use crate::model::plan::{Plan, QuotaRule};
use crate::model::quantity::CommissionRate;
use crate::model::ruled_agreement::Agreed;
use crate::model::ruled_curve::{RuledCurve, RuledCurveSum};
use crate::model::ruled_outcome::RuledOutcome;
use crate::model::ruled_same_pay::RuledSamePay;
use crate::model::same_money::{NoTrade, Sameness, Trade};
use crate::model::sensitivity::Bar;
use crate::model::two_way_map::Grid;
use crate::model::waterfall::Waterfall;
use crate::model::what_if::{Figure, WhatIf};
use crate::model::workspace::Workspace;

mod cases;
mod compare;

use cases::Cases;

/// What to find out.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// About which workspace.
    pub workspace: Workspace,
    /// About which seller; `None` for all added up.
    pub seller: Option<String>,
    /// What about it.
    pub topic: Topic,
}

/// What is asked about a workspace.
#[derive(Debug, Clone, PartialEq)]
pub enum Topic {
    /// All that the Payoff page says, with a chart for each of these inputs.
    Payoff(Vec<Input>),
    /// Plans side by side.
    Comparison(Comparison),
    /// Which numbers move the gap most, and where each turns the verdict.
    Tornado,
    /// Which numbers move the gap most with the rules of the plan in use.
    RuledTornado,
    /// A figure over two inputs.
    Map(MapAsked),
    /// What the plan in use does with its rules.
    Rules,
    /// At which renewal commission both agree with the rules of the plan in use.
    RuledAgreement,
    /// Which two rates serve the company best for the same pay, with the rules of the plan in use.
    RuledSamePay,
    /// Which deals of a typical year gaming the plan pays for.
    Gaming,
    /// What led from this workspace to the one asked about.
    Waterfall(Box<Workspace>),
}

/// A figure over the sliders of two inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapAsked {
    /// The figure.
    pub figure: Figure,
    /// The input across.
    pub across: Input,
    /// The input up, another one.
    pub up: Input,
}

/// Plans to set side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The plans; the first is the one that the others are measured against.
    pub plans: Vec<Plan>,
    /// Another rate for new business, and in which sense the renewal commission that goes with it is to keep the money.
    pub trade: Option<(CommissionRate, Sameness)>,
}

/// Whether a trade that keeps `sameness` counts the rules of `plan`: this year's pay with the sellers at their best does, the other
/// senses are told of the rates alone.
pub fn counts_rules(plan: &Plan, sameness: Sameness) -> bool {
    plan.rules_on() > 0 && sameness == Sameness::FirstYear
}

/// Something found out.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// What it takes to agree by the renewal commission alone, and the best two rates for the same pay.
    SamePay(Option<AgreementPrice>, BestPlan),
    /// How the figures scatter by luck, with the sellers at their best.
    Spread(Box<Spread>),
    /// How often the verdict holds within the ranges, if there are any.
    Holds(Holds),
    /// The gap over the slider of an input, and the gap as it is now.
    Chart(Chart, f64),
    /// What the plan at this place of the comparison does, rules included; beside the verdict what the plan in use does.
    Outcome(usize, PlanOutcome),
    /// What every split is worth under the rules of the plan in use.
    Curve(Box<RuledCurve>),
    /// At which renewal commission both agree with the rules of the plan in use.
    Agreed(Agreed),
    /// What keeps the money the same under another rate for new business.
    Trade(Result<Trade, NoTrade>),
    /// How often the plan at this place beats the first with the same luck, each with the sellers at their best.
    Duel(usize, Duel),
    /// Which numbers move the gap, the longest bar first.
    Bars(Vec<Bar>),
    /// The same with rules, as far as that is known, and how many numbers were moved for it.
    RuledBars(Vec<Bar>, usize),
    /// Where on its slider, nearest to now, a number turns the verdict.
    Turn(Input, Option<Flip>),
    /// The rows of the map so far.
    Map(Grid),
    /// The tricks that the plan pays for.
    Gamed(GamedYear),
    /// Why the answer changed.
    Fallen(Waterfall),
}

/// Cases drawn from the ranges: a share of them is sure to five points.
const CASES: usize = 400;

/// A study under way.
#[derive(Debug)]
pub struct Study {
    assignment: Assignment,
    agreement: Option<AgreementPrice>,
    /// The sellers' best shares; beside a comparison, those under each of its plans.
    shares: Vec<f64>,
    shares_of: Vec<Vec<f64>>,
    what_if: Option<Rc<WhatIf>>,
    series: Option<Series>,
    cases: Option<Cases>,
    /// The first plan's part in the duels.
    challenged: Option<Cases>,
    certainty: Option<Certainty>,
    job: Option<Job>,
    /// The search under the rules of a plan.
    ruled: Option<RuledOutcome>,
    /// The curves under the rules of the plan in use.
    ruled_curve: Option<RuledCurveSum>,
    /// The search for a trade under the rules of the plan in use.
    ruled_trade: Option<RuledSamePay>,
    /// The samples of the comparison, and the quota that they count towards.
    samples: Option<(QuotaRule, Samples)>,
    step: Step,
    slices: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// What the plan in use does with its rules.
    Ruled,
    /// What every split is worth with them.
    RuledCurve,
    /// What agreement takes, and the sellers' best shares.
    Samples,
    SamePay,
    /// The simulation gets ready.
    Team,
    Runs,
    Holds,
    Present,
    /// The chart of the input at this place.
    Chart(usize),
    /// The plan at this place of the comparison.
    Plan(usize),
    /// The trade of the comparison.
    Trade,
    /// The best two rates for the same pay, beside the plans compared.
    Best,
    /// The cases of the plan at this place of the comparison.
    Duel(usize),
    /// What is asked beside the verdict.
    Job,
    Done,
}

impl Study {
    /// Begins; nothing is worked out yet.
    pub fn new(assignment: Assignment) -> Study {
        let step = match assignment.topic {
            Topic::Payoff(_) if assignment.workspace.plan.rules_on() > 0 => Step::Ruled,
            Topic::Payoff(_) => Step::Samples,
            Topic::Comparison(_) => Step::Plan(0),
            _ => Step::Job,
        };
        Study {
            assignment,
            agreement: None,
            shares: Vec::new(),
            shares_of: Vec::new(),
            what_if: None,
            series: None,
            cases: None,
            challenged: None,
            certainty: None,
            job: None,
            ruled: None,
            ruled_curve: None,
            ruled_trade: None,
            samples: None,
            step,
            slices: 0,
        }
    }

    /// Whether there is nothing left to find out.
    pub fn is_done(&self) -> bool {
        self.step == Step::Done
    }

    /// About how much of the work is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        // A chart takes its points and a few steps to where the verdict turns.
        let charts = |count: usize| count * (POINTS + 8);
        let workspace = &self.assignment.workspace;
        let sellers = if self.assignment.seller.is_some() { 1 } else { workspace.book.sellers().len().max(1) };
        let ruled = |plan: &Plan| if plan.rules_on() > 0 { 2 * sellers + 1 } else { 0 };
        let slices = match &self.assignment.topic {
            Topic::Comparison(Comparison { plans, trade }) => {
                let has_rules = plans.iter().any(|plan| plan.rules_on() > 0);
                let duels = if plans.len() > 1 { plans.len() * (Cases::slices(has_rules) + 1) } else { 0 };
                let is_ruled = trade.is_some_and(|(_, sameness)| counts_rules(&workspace.plan, sameness));
                let trade = if is_ruled { RuledSamePay::TRADE_PAIRS * sellers } else { 0 };
                plans.len() + plans.iter().map(ruled).sum::<usize>() + trade + 4 + duels
            }
            Topic::Payoff(inputs) => {
                let cases = if workspace.ranges.is_empty() { 0 } else { CASES };
                let has_rules = workspace.plan.rules_on() > 0;
                let curve = if has_rules { sellers } else { 0 };
                4 + ruled(&workspace.plan) + curve + cases + Cases::slices(has_rules) + charts(inputs.len())
            }
            _ => return self.job.as_ref().map_or(0.0, |job| job.part(self.slices)).min(1.0),
        };
        (self.slices as f64 / slices as f64).min(1.0)
    }

    /// Works one slice, and gives what it found, if that completed something.
    pub fn advance(&mut self) -> Option<Finding> {
        self.slices += 1;
        match self.step {
            Step::Ruled => {
                let workspace = self.assignment.workspace.clone();
                let (found, is_done) = self.ruled(&workspace);
                if is_done {
                    self.step = Step::RuledCurve;
                    self.shares = found.as_ref().map_or_else(Vec::new, best_shares);
                    let curve = |found| RuledCurveSum::new(&workspace, &self.question(), found).ok();
                    self.ruled_curve = found.as_ref().and_then(curve);
                }
                found.map(|outcome| Finding::Outcome(0, outcome))
            }
            Step::RuledCurve => {
                let found = self.ruled_curve.as_mut().map(RuledCurveSum::advance);
                // Not under way, or at its end.
                if found.as_ref().is_none_or(Option::is_some) {
                    self.step = Step::Samples;
                }
                found.flatten().map(|curve| Finding::Curve(Box::new(curve)))
            }
            Step::Samples => {
                let (workspace, question) = (&self.assignment.workspace, self.question());
                // Inputs that contradict one another are told elsewhere.
                let Ok(samples) = Samples::new(workspace, &question) else {
                    self.step = Step::Done;
                    return None;
                };
                self.agreement = samples.agreement_price(workspace, &question);
                if self.shares.is_empty() {
                    self.shares = samples.best_shares(workspace);
                }
                self.step = Step::SamePay;
                None
            }
            Step::SamePay => {
                self.step = if self.assignment.workspace.ranges.is_empty() { Step::Team } else { Step::Holds };
                // Flat plans only: floors take a search each.
                let flat = PlanRanges { floor: (0.0, 0.0), ..PlanRanges::default() };
                let best = best_plan(&self.assignment.workspace, &self.question(), &flat).ok();
                best.map(|best| Finding::SamePay(self.agreement, best))
            }
            Step::Team => {
                let workspace = &self.assignment.workspace;
                let has_rules = workspace.plan.rules_on() > 0;
                self.cases = Cases::new(workspace, &self.question(), &self.shares, has_rules);
                self.step = if self.cases.is_some() { Step::Runs } else { Step::Present };
                None
            }
            Step::Runs => {
                if !self.cases.as_mut()?.advance() {
                    return None;
                }
                self.step = Step::Present;
                self.cases.take().map(|cases| Finding::Spread(Box::new(cases.spread())))
            }
            Step::Holds => self.case(),
            Step::Present => {
                self.what_if = WhatIf::new(&self.assignment.workspace, &self.question()).ok().map(Rc::new);
                self.step = Step::Chart(0);
                None
            }
            Step::Chart(place) => self.chart(place),
            Step::Plan(place) => self.compare(place),
            Step::Trade => self.trade(),
            Step::Best => {
                let is_alone = self.comparison().is_none_or(|comparison| comparison.plans.len() < 2);
                self.step = if is_alone { Step::Done } else { Step::Duel(0) };
                // With rules it takes long, and is asked for by itself.
                if self.assignment.workspace.plan.rules_on() > 0 {
                    return None;
                }
                let flat = PlanRanges { floor: (0.0, 0.0), ..PlanRanges::default() };
                let best = best_plan(&self.assignment.workspace, &self.question(), &flat).ok();
                best.map(|best| Finding::SamePay(None, best))
            }
            Step::Duel(place) => self.duel(place),
            Step::Job => self.job(),
            Step::Done => None,
        }
    }

    /// Begins with the cases, or works one of them out.
    fn case(&mut self) -> Option<Finding> {
        let Some(certainty) = &mut self.certainty else {
            self.certainty = Certainty::new(&self.assignment.workspace, &self.question(), CASES).ok();
            if self.certainty.is_none() {
                self.step = Step::Team;
            }
            return None;
        };
        certainty.advance();
        if certainty.done() < certainty.total() {
            return None;
        }
        self.step = Step::Team;
        self.certainty.take().map(|it| Finding::Holds(it.found()))
    }

    fn chart(&mut self, place: usize) -> Option<Finding> {
        let Topic::Payoff(inputs) = &self.assignment.topic else { return None };
        let (Some(what_if), Some(input)) = (&self.what_if, inputs.get(place)) else {
            self.step = Step::Done;
            return None;
        };
        let series = self.series.get_or_insert_with(|| Series::new(Rc::clone(what_if), *input, Figure::Gap));
        if series.advance() {
            return None;
        }
        let gap = what_if.present().gap;
        self.step = Step::Chart(place + 1);
        self.series.take().map(|series| Finding::Chart(series.into_chart(), gap))
    }

    fn job(&mut self) -> Option<Finding> {
        let Some(job) = &mut self.job else {
            self.job = Job::new(&self.assignment, &self.question());
            if self.job.is_none() {
                self.step = Step::Done;
            }
            return None;
        };
        let (found, is_done) = job.advance();
        if is_done {
            self.step = Step::Done;
        }
        found
    }

    fn question(&self) -> Question {
        Question { seller: self.assignment.seller.clone(), ..Question::default() }
    }
}

/// The sellers' best shares under a plan, in their order.
fn best_shares(found: &PlanOutcome) -> Vec<f64> {
    found.sellers.iter().map(|seller| seller.share).collect()
}
