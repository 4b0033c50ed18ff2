//! At which renewal commission sellers and company agree where a plan has rules beside its rates.
//!
//! Every rate asks for a search of all splits under all rules ([`super::ruled_outcome`]), so far fewer rates are asked than of
//! flat ones ([`super::rate_solver`]): 15 on the way up, closer together near 0, then those between the first two that sellers
//! give customers less and more than the company would want at. A pair of crossings between two of the 15 is missed.

use super::crossing::next_between;
use super::payoff::{PlanOutcome, Question};
use super::problem::Problem;
use super::quantity::CommissionRate;
use super::rate_solver::RateAnswer;
use super::ruled_outcome::RuledOutcome;
use super::workspace::Workspace;

/// Rates on the way up, but for 0.
const STEPS: u32 = 14;
/// Shares this near are the same: a twentieth of a point.
const SAME: f64 = 5e-4;
/// Rates this near with shares apart are a jump.
const WIDTH: f64 = 1e-5;
/// Turns of regula falsi before the rest is halved.
const FALSI: u32 = 8;
/// About how many rates are asked in all.
const USUAL: usize = 16;

/// A rate that was asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AskedRate {
    /// The renewal commission from contract year 2 on.
    pub rate: f64,
    /// The sellers' best share.
    pub seller_share: f64,
    /// The company's best share.
    pub company_share: f64,
}

impl AskedRate {
    /// By how much sellers give customers more than the company would want.
    fn lead(&self) -> f64 {
        self.seller_share - self.company_share
    }
}

/// Where both agree, and what was looked at on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// The rate, or why there is none.
    pub answer: RateAnswer,
    /// The rates that were asked about, the lowest first.
    pub asked: Vec<AskedRate>,
}

/// The search, one step of one search of one rate at a time.
#[derive(Debug)]
pub struct RuledAgreement {
    workspace: Workspace,
    question: Question,
    /// The rate that is asked about, and the search for it.
    rate: f64,
    search: RuledOutcome,
    /// Rates asked about, in that order.
    asked: Vec<AskedRate>,
    /// The last rate found at which sellers give less.
    low: Option<AskedRate>,
    /// The least found at which they give more.
    high: Option<AskedRate>,
    /// Where they give most.
    most: Option<AskedRate>,
    turns: u32,
    /// What is left of the leads at `low` and `high`, by the Illinois rule.
    weights: (f64, f64),
}

impl RuledAgreement {
    /// Begins with the sellers that `question` is about, under the plan of `workspace`; the rate holds from contract year 2 on.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &Workspace, question: &Question) -> Result<RuledAgreement, Problem> {
        Ok(RuledAgreement {
            search: search_at(workspace, question, 0.0)?,
            workspace: workspace.clone(),
            question: question.clone(),
            rate: 0.0,
            asked: Vec::new(),
            low: None,
            high: None,
            most: None,
            turns: 0,
            weights: (0.0, 0.0),
        })
    }

    /// About how many steps there are in all.
    pub fn steps(&self) -> usize {
        USUAL * self.search.steps()
    }

    /// Works one step; the answer once it is known.
    pub fn advance(&mut self) -> Option<Agreed> {
        let outcome = self.search.advance()?;
        let PlanOutcome { seller_share, company_share, .. } = outcome;
        let here = AskedRate { rate: self.rate, seller_share, company_share };
        self.asked.push(here);
        if let Some(answer) = self.take(here) {
            let mut asked = std::mem::take(&mut self.asked);
            asked.sort_by(|one, other| one.rate.total_cmp(&other.rate));
            return Some(Agreed { answer, asked });
        }
        self.rate = self.next_rate();
        // There was no problem at the first rate, and only the rate is another one.
        self.search = search_at(&self.workspace, &self.question, self.rate).ok()?;
        None
    }

    fn take(&mut self, here: AskedRate) -> Option<RateAnswer> {
        let AskedRate { rate, seller_share: share, .. } = here;
        let lead = here.lead();
        if self.most.is_none_or(|most| share > most.seller_share) {
            self.most = Some(here);
        }
        if self.asked.len() == 1 && lead >= -SAME {
            return Some(RateAnswer::EvenAtZero { share });
        }
        if lead.abs() <= SAME {
            return Some(RateAnswer::At { rate, share });
        }
        if lead > 0.0 {
            self.high = Some(here);
            self.weights = (0.5 * self.weights.0, lead);
        } else {
            self.low = Some(here);
            self.weights = (lead, 0.5 * self.weights.1);
        }
        match (self.low, self.high) {
            (Some(low), Some(high)) => {
                self.turns += 1;
                if self.turns == 1 {
                    self.weights = (low.lead(), high.lead());
                }
                let is_jump = high.rate - low.rate < WIDTH;
                let jump = RateAnswer::Jump { rate: high.rate, from: low.seller_share, to: high.seller_share };
                is_jump.then_some(jump)
            }
            _ if self.rate >= 1.0 => {
                self.most.map(|most| RateAnswer::Never { greatest_share: most.seller_share, at_rate: most.rate })
            }
            _ => None,
        }
    }

    fn next_rate(&self) -> f64 {
        let (Some(low), Some(high)) = (self.low, self.high) else {
            let part = self.asked.len() as f64 / f64::from(STEPS);
            return (part * part).min(1.0);
        };
        let (below, above) = self.weights;
        next_between((low.rate, below), (high.rate, above), self.turns <= FALSI)
    }
}

fn search_at(workspace: &Workspace, question: &Question, rate: f64) -> Result<RuledOutcome, Problem> {
    let mut other = workspace.clone();
    other.plan.renewal = other.plan.renewal.with_level(CommissionRate::constant(rate));
    RuledOutcome::new(&other, question)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bounds::Input;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    /// Over two years, which is searched sooner than five.
    fn workspace() -> Workspace {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.set(Input::Horizon, 24.0).unwrap();
        workspace
    }

    fn agreement(kind: RuleKind, numbers: &[f64]) -> RateAnswer {
        let mut workspace = workspace();
        workspace.plan.rules = vec![Rule::from_numbers(kind, numbers).unwrap()];
        let mut search = RuledAgreement::new(&workspace, &Question::default()).unwrap();
        let found = (0..1_000).find_map(|_| search.advance()).expect("it ends");
        assert!(found.asked.is_sorted_by(|one, other| one.rate < other.rate), "{found:?}");
        if let Some(rate) = found.answer.rate() {
            assert!(found.asked.iter().any(|asked| asked.rate == rate), "{found:?}");
        }
        found.answer
    }

    /// Where a rule pays 5 % on all that renews, 5 % less are missing than the flat solver says.
    #[test]
    fn a_rule_that_pays_as_a_rate_does_stands_for_it() {
        let flat = payoff(&workspace(), &Question::default()).unwrap();
        let expected = flat.agreement.rate().unwrap() - 0.05;
        assert!(expected > 0.01, "{expected}");
        let answer = agreement(RuleKind::RenewalAboveFloor, &[0.0, 0.05]);
        let RateAnswer::At { rate, share } = answer else { panic!("{answer:?}") };
        assert!((rate - expected).abs() < 3e-3, "{rate} {expected}");
        assert!((share - flat.company_best.share).abs() < 0.02, "{share} {:?}", flat.company_best);
    }

    #[test]
    fn there_may_be_no_such_rate() {
        // Nothing pays for new business but referrals, which customers bring.
        let even = agreement(RuleKind::Cap, &[0.0]);
        assert!(matches!(even, RateAnswer::EvenAtZero { .. }), "{even:?}");
        // A sum for each win that is far more than an account pays: the company would have none of it, the sellers all.
        let never = agreement(RuleKind::EachWin, &[1_000_000.0]);
        assert!(matches!(never, RateAnswer::Never { greatest_share, .. } if greatest_share < 0.9), "{never:?}");
    }
}
