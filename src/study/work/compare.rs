//! Plans side by side: what each does, what keeps the money, and the same luck for all.

use super::{Comparison, Finding, RUNS, RUNS_A_SLICE, SEED, Step, Study, Topic, counts_rules};
use crate::model::monte_carlo::{Duel, Simulation, Team};
use crate::model::payoff::{PlanOutcome, Samples};
use crate::model::quantity::CommissionRate;
use crate::model::ruled_outcome::RuledOutcome;
use crate::model::ruled_same_pay::{RuledSamePay, SamePay};
use crate::model::same_money::same_money;
use crate::model::workspace::Workspace;

impl Study {
    pub(super) fn comparison(&self) -> Option<&Comparison> {
        match &self.assignment.topic {
            Topic::Comparison(comparison) => Some(comparison),
            _ => None,
        }
    }

    /// What one of the plans does. Samples serve all plans of one quota.
    pub(super) fn compare(&mut self, place: usize) -> Option<Finding> {
        let Some(workspace) = self.with_plan(place) else {
            self.step = Step::Trade;
            return None;
        };
        let outcome = if workspace.plan.rules_on() > 0 {
            let (found, is_done) = self.ruled(&workspace);
            if !is_done {
                return None;
            }
            found
        } else {
            Some(self.samples_for(&workspace)?.outcome(&workspace))
        };
        self.step = Step::Plan(place + 1);
        outcome.map(|outcome| Finding::Outcome(place, outcome))
    }

    /// A step of the search under the rules of the plan of `workspace`: what was found, and whether the search is over.
    pub(super) fn ruled(&mut self, workspace: &Workspace) -> (Option<PlanOutcome>, bool) {
        let Some(search) = &mut self.ruled else {
            self.ruled = RuledOutcome::new(workspace, &self.question()).ok();
            // Inputs that contradict one another are told elsewhere.
            return (None, self.ruled.is_none());
        };
        let found = search.advance();
        let is_done = found.is_some();
        if is_done {
            self.ruled = None;
        }
        (found, is_done)
    }

    /// The workspace with the plan at this place of the comparison, if there is one.
    pub(super) fn with_plan(&self, place: usize) -> Option<Workspace> {
        let plan = self.comparison()?.plans.get(place)?.clone();
        Some(Workspace { plan, ..self.assignment.workspace.clone() })
    }

    /// A slice of the cases of one plan; each but the first is then set against the first. Cases are paid by rates alone, so a
    /// plan with rules in force has none.
    pub(super) fn duel(&mut self, place: usize) -> Option<Finding> {
        let Some(workspace) = self.with_plan(place) else {
            self.step = Step::Done;
            return None;
        };
        if workspace.plan.rules_on() > 0 {
            self.step = if place == 0 { Step::Done } else { Step::Duel(place + 1) };
            return None;
        }
        let Some(simulation) = &mut self.simulation else {
            let shares = self.samples_for(&workspace)?.best_shares(&workspace);
            let team = Team::new(&workspace, &self.question()).ok();
            self.simulation = team.map(|team| Simulation::new(&team, &workspace.plan, &shares, SEED));
            if self.simulation.is_none() {
                self.step = Step::Done;
            }
            return None;
        };
        simulation.advance(RUNS_A_SLICE.min(RUNS - simulation.outcomes().len()));
        if simulation.outcomes().len() < RUNS {
            return None;
        }
        self.step = Step::Duel(place + 1);
        let simulation = self.simulation.take()?;
        let Some(challenged) = &self.challenged else {
            self.challenged = Some(simulation);
            return None;
        };
        Some(Finding::Duel(place, Duel::new(challenged, &simulation)))
    }

    pub(super) fn trade(&mut self) -> Option<Finding> {
        let trade = self.comparison().and_then(|it| it.trade);
        let workspace = self.assignment.workspace.clone();
        if let Some((rate, sameness)) = trade
            && counts_rules(&workspace.plan, sameness)
        {
            return self.ruled_trade(&workspace, rate);
        }
        self.step = Step::Best;
        let (rate, sameness) = trade?;
        let samples = self.samples_for(&workspace)?;
        Some(Finding::Trade(same_money(samples, &workspace, rate, sameness)))
    }

    /// A step of the search for what keeps the pay with the rules of the plan in use.
    pub(super) fn ruled_trade(&mut self, workspace: &Workspace, rate: CommissionRate) -> Option<Finding> {
        let Some(search) = &mut self.ruled_trade else {
            self.ruled_trade = RuledSamePay::trade(workspace, &self.question(), rate).ok();
            if self.ruled_trade.is_none() {
                self.step = Step::Best;
            }
            return None;
        };
        let found = search.advance()?;
        self.step = Step::Best;
        match found {
            SamePay::Trade(found) => Some(Finding::Trade(found)),
            SamePay::Best(_) => None,
        }
    }

    /// The samples for the quota of the plan of `workspace`; without any the study is done.
    pub(super) fn samples_for(&mut self, workspace: &Workspace) -> Option<&Samples> {
        let quota = workspace.plan.quota;
        if self.samples.as_ref().is_none_or(|(sampled, _)| !sampled.measures_like(&quota)) {
            self.samples = Samples::new(workspace, &self.question()).ok().map(|samples| (quota, samples));
        }
        if self.samples.is_none() {
            self.step = Step::Done;
        }
        self.samples.as_ref().map(|(_, samples)| samples)
    }
}
