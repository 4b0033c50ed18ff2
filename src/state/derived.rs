//! Results as functions of the state.

use crate::model::payoff::{Payoff, Question, Rates, Samples};
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

/// The rates asked for, from the state's `samples`: they stay while only the level of the renewal commission changes.
///
/// # Errors
/// As [`samples`].
pub fn rates(samples: &Result<Samples, Problem>, state: &State) -> Result<Rates, Problem> {
    samples.as_ref().map(|samples| samples.rates(&state.workspace, &question(state))).map_err(|problem| *problem)
}

/// The answers for the state, from its `samples` and `rates`.
///
/// # Errors
/// As [`samples`].
pub fn answers(
    samples: &Result<Samples, Problem>,
    rates: &Result<Rates, Problem>,
    state: &State,
) -> Result<Payoff, Problem> {
    match (samples, rates) {
        (Ok(samples), Ok(rates)) => Ok(samples.answer(rates, &state.workspace, &question(state))),
        (Err(problem), _) | (_, Err(problem)) => Err(*problem),
    }
}
