//! Results as functions of the state.

use std::rc::Rc;

use crate::model::payoff::{Detail, Payoff, Question, Rates, Samples};
use crate::model::problem::Problem;
use crate::model::workspace::Workspace;

use super::State;

/// What the Payoff page asks of the model: at a glance while a number is on the move.
pub fn question(state: &State) -> Question {
    Question {
        seller: state.seller.clone(),
        target_share: Some(state.target_share),
        detail: if state.moving { Detail::Glance } else { Detail::Exact },
    }
}

/// The last answers and what they stand on, so that a change costs only what it touches: a move of the renewal
/// commission leaves samples and rates as they are, another rate of the plan leaves the samples.
#[derive(Debug, Default)]
pub struct Answers {
    samples: Option<Known<Samples>>,
    rates: Option<Known<Rates>>,
    payoff: Option<Known<Payoff>>,
}

/// An answer and what it answers.
#[derive(Debug)]
struct Known<T> {
    workspace: Rc<Workspace>,
    question: Question,
    answer: Rc<T>,
}

impl<T> Known<T> {
    /// Whether it looks as closely as `question` asks, at the same sellers.
    fn is_about(&self, question: &Question) -> bool {
        self.question.seller == question.seller && self.question.detail >= question.detail
    }

    fn is_of(&self, workspace: &Rc<Workspace>) -> bool {
        Rc::ptr_eq(&self.workspace, workspace) || Samples::serve(&self.workspace, workspace)
    }
}

impl Answers {
    /// The answers for `state`.
    ///
    /// # Errors
    /// A [`Problem`]; the reducer lets no workspace through that has one, but a file could in principle.
    pub fn of(&mut self, state: &State) -> Result<Rc<Payoff>, Problem> {
        let (workspace, question) = (&state.workspace, question(state));
        let same_target = |known: &Question| known.target_share == question.target_share;
        if let Some(known) = &self.payoff
            && Rc::ptr_eq(&known.workspace, workspace)
            && known.is_about(&question)
            && same_target(&known.question)
        {
            return Ok(Rc::clone(&known.answer));
        }
        let samples = reuse(
            &mut self.samples,
            workspace,
            &question,
            |known| known.is_of(workspace),
            || Samples::new(workspace, &question),
        )?;
        let rates = reuse(
            &mut self.rates,
            workspace,
            &question,
            |known| {
                let same_plan = Samples::rates_serve(&known.workspace.plan, &workspace.plan);
                same_plan && same_target(&known.question) && known.is_of(workspace)
            },
            || Ok(samples.rates(workspace, &question)),
        )?;
        let none = |_: &Known<Payoff>| false;
        reuse(&mut self.payoff, workspace, &question, none, || Ok(samples.answer(&rates, workspace, &question)))
    }
}

/// What is known if it serves, or else what `find` finds, which is known from then on.
fn reuse<T>(
    known: &mut Option<Known<T>>,
    workspace: &Rc<Workspace>,
    question: &Question,
    serves: impl FnOnce(&Known<T>) -> bool,
    find: impl FnOnce() -> Result<T, Problem>,
) -> Result<Rc<T>, Problem> {
    if let Some(known) = known
        && known.is_about(question)
        && serves(known)
    {
        return Ok(Rc::clone(&known.answer));
    }
    let answer = Rc::new(find()?);
    *known = Some(Known { workspace: Rc::clone(workspace), question: question.clone(), answer: Rc::clone(&answer) });
    Ok(answer)
}
