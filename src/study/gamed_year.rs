//! A typical year of one seller, searched deal by deal for tricks that the plan pays for.

use crate::model::flat_plan::components;
use crate::model::gaming::{Freedom, Game, GamingCheck};
use crate::model::month::Month;
use crate::model::path::{Effort, Path};
use crate::model::pay::{Event, PayPlan};
use crate::model::payoff::{Question, Samples};
use crate::model::team_projections::team_projections;
use crate::model::typical_deals::typical_deals;
use crate::model::workspace::Workspace;

/// Months that deals are taken from.
const MONTHS: u32 = 12;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct GamedYear {
    /// The deals of the year; games name them by place.
    pub deals: Vec<Event>,
    /// The tricks that pay, the greatest gain first.
    pub games: Vec<Game>,
}

/// The search under way.
#[derive(Debug)]
pub(super) struct Gaming {
    plan: PayPlan,
    from: Month,
    year: GamedYear,
    next: usize,
}

impl Gaming {
    /// The deals of the seller asked about, or of the first by name, at their best split; `None` if the inputs contradict
    /// one another.
    pub(super) fn new(workspace: &Workspace, question: &Question) -> Option<Gaming> {
        let samples = Samples::new(workspace, question).ok()?;
        let projections = team_projections(workspace, question).ok()?;
        let (projection, share) = projections.first().zip(samples.best_shares(workspace).first().copied())?;
        let mut path = Path::default();
        projection.run(&Effort::split(share, workspace.assumptions.hours_per_year), &mut path);
        let newcomer = projection.book().new_account;
        let deals = typical_deals(&path, workspace.as_of, MONTHS, newcomer.term, newcomer.margin);
        let from = workspace.as_of.plus(1);
        let plan = components(&workspace.plan, from);
        Some(Gaming { plan, from, year: GamedYear { deals, games: Vec::new() }, next: 0 })
    }

    /// How much is done, 0 to 1.
    pub(super) fn part(&self) -> f64 {
        self.next as f64 / (self.year.deals.len() + 1) as f64
    }

    /// Searches all deals together, then one deal after the other; gives what was found once all are.
    pub(super) fn advance(&mut self) -> Option<GamedYear> {
        let deals = &self.year.deals;
        let open: Vec<usize> = (0..deals.len()).collect();
        if let Ok(check) = GamingCheck::new(&self.plan, deals, &open, self.from, Freedom::default()) {
            let found = match self.next.checked_sub(1) {
                None => check.together(),
                Some(deal) => check.of_event(deal),
            };
            self.year.games.extend(found);
        }
        self.next += 1;
        if self.next <= self.year.deals.len() {
            return None;
        }
        self.year.games.sort_by(|one, other| other.gain().total_cmp(&one.gain()));
        Some(self.year.clone())
    }
}
