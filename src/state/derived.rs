//! Results as functions of the state.

use crate::model::payoff::{Payoff, Question, Samples};
use crate::model::problem::Problem;

use super::State;

/// What the Payoff page asks of the model.
pub fn question(state: &State) -> Question {
    Question { seller: state.seller.clone(), target_share: Some(state.target_share) }
}

/// The samples for the state: what is costly, and stays while only the plan changes.
///
/// # Errors
/// A [`Problem`]; the reducer lets no workspace through that has one, but a file could in principle.
pub fn samples(state: &State) -> Result<Samples, Problem> {
    Samples::new(&state.workspace, &question(state))
}

/// The answers for the state, from its `samples`.
///
/// # Errors
/// As [`samples`].
pub fn answers(samples: &Result<Samples, Problem>, state: &State) -> Result<Payoff, Problem> {
    match samples {
        Ok(samples) => samples.answer(&state.workspace, &question(state)),
        Err(problem) => Err(*problem),
    }
}
