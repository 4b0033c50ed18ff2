//! Keeps a comparison of plans worked out, in the background worker or in slices on the page.

use std::rc::Rc;

use yew::prelude::*;

use super::study;
use crate::model::best_plan::BestPlan;
use crate::model::monte_carlo::Duel;
use crate::model::payoff::PlanOutcome;
use crate::model::plan::Plan;
use crate::model::quantity::CommissionRate;
use crate::model::same_money::{NoTrade, Sameness, Trade};
use crate::model::workspace::Workspace;
use crate::study::{Assignment, Comparison, Finding, Topic};
use crate::ui::parts::Scene;
use crate::ui::parts::study::{Errand, Shown, Stop};
use crate::ui::shared::Shared;

/// Another rate for new business, and what is to stay the same.
pub type Asked = Option<(CommissionRate, Sameness)>;

/// What is known of the plans compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    outcomes: Vec<(Plan, PlanOutcome)>,
    duels: Vec<(Plan, Duel)>,
    /// What goes with the rate that was asked for; `None` until that is known.
    pub trade: Option<Result<Trade, NoTrade>>,
    /// The best two rates for the same pay; `None` until they are known.
    pub best: Option<BestPlan>,
    /// Whether some of it still answers other numbers.
    pub waits: bool,
    /// What the page has to do without.
    pub lost: Option<&'static str>,
}

impl Compared {
    /// What `plan` does, as far as it is known.
    pub fn outcome(&self, plan: &Plan) -> Option<&PlanOutcome> {
        self.outcomes.iter().find(|(known, _)| known == plan).map(|(_, outcome)| outcome)
    }

    /// How often `plan` beats the one in use with the same luck, as far as it is known.
    pub fn duel(&self, plan: &Plan) -> Option<&Duel> {
        self.duels.iter().find(|(known, _)| known == plan).map(|(_, duel)| duel)
    }

    fn add(&mut self, plans: &[Plan], finding: Finding) {
        match finding {
            Finding::Outcome(place, outcome) => {
                let Some(plan) = plans.get(place) else { return };
                self.outcomes.retain(|(known, _)| known != plan);
                self.outcomes.push((plan.clone(), outcome));
                self.waits &= place + 1 < plans.len();
            }
            Finding::Duel(place, duel) => self.duels.extend(plans.get(place).map(|plan| (plan.clone(), duel))),
            Finding::Trade(found) => self.trade = Some(found),
            Finding::SamePay(_, best) => self.best = Some(best),
            _ => {}
        }
    }
}

/// Compares `plans` on the workspace of `scene`; what was known of them stays until it is known anew.
#[hook]
pub fn use_comparison(scene: &Scene, plans: Vec<Plan>, trade: Asked) -> Compared {
    let shown = use_state(Compared::default);
    let found = use_mut_ref(Compared::default);
    let workspace = Shared::from(Rc::clone(&scene.state.workspace));
    let setter = shown.setter();
    use_effect_with((workspace, scene.state.seller.clone(), plans, trade), move |(workspace, seller, plans, trade)| {
        let stop = Rc::new(Stop::default());
        {
            let mut found = found.borrow_mut();
            found.outcomes.retain(|(known, _)| plans.contains(known));
            (found.waits, found.trade, found.best) = (true, None, None);
            // Each is against the plan in use as it was.
            found.duels.clear();
            setter.set(found.clone());
        }
        let on_found = {
            let plans = plans.clone();
            Callback::from(move |shown: Shown| {
                let mut found = found.borrow_mut();
                match shown {
                    Shown::Found(finding) => found.add(&plans, finding),
                    Shown::Lost(why) => found.lost = Some(why),
                    _ => return,
                }
                setter.set(found.clone());
            })
        };
        let topic = Topic::Comparison(Comparison { plans: plans.clone(), trade: *trade });
        let (workspace, seller) = (Workspace::clone(workspace), seller.clone());
        let assignment = Rc::new(Assignment { workspace, seller, topic });
        let errand = Errand { assignment, stop: Rc::clone(&stop), on_found };
        // Directly, since it is in the same file: a part that asked for another would need the loader everywhere.
        study::begin(errand);
        move || stop.stop()
    });
    (*shown).clone()
}
