//! Plans side by side: what each does, what keeps the money, and the same luck for all.

use super::cases::Cases;
use super::{Comparison, Finding, Step, Study, Topic, best_shares, counts_rules};
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
        self.shares_of.push(outcome.as_ref().map_or_else(Vec::new, best_shares));
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

    /// A slice of the cases of one plan; each but the first is then set against the first. Where any of the plans has rules in
    /// force, the cases of all are paid by all rules.
    pub(super) fn duel(&mut self, place: usize) -> Option<Finding> {
        let Some(workspace) = self.with_plan(place) else {
            self.step = Step::Done;
            return None;
        };
        let Some(cases) = &mut self.cases else {
            let has_rules = self.comparison().is_some_and(|it| it.plans.iter().any(|plan| plan.rules_on() > 0));
            // What a plan does is not known where its inputs contradict one another.
            let shares = self.shares_of.get(place).filter(|shares| !shares.is_empty());
            self.cases = shares.and_then(|shares| Cases::new(&workspace, &self.question(), shares, has_rules));
            if self.cases.is_none() {
                self.step = Step::Done;
            }
            return None;
        };
        if !cases.advance() {
            return None;
        }
        self.step = Step::Duel(place + 1);
        let cases = self.cases.take()?;
        let Some(challenged) = &self.challenged else {
            self.challenged = Some(cases);
            return None;
        };
        Some(Finding::Duel(place, challenged.duel(&cases)?))
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
