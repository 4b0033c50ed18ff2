//! Results as functions of the state.

use crate::model::payoff::{Payoff, Question, payoff};
use crate::model::problem::Problem;

use super::State;

/// What the Payoff page asks of the model.
pub fn question(state: &State) -> Question {
    Question { seller: state.seller.clone(), target_share: Some(state.target_share) }
}

/// The answers for the state.
///
/// # Errors
/// A [`Problem`]; the reducer lets no workspace through that has one, but a link or file could in principle.
pub fn answers(state: &State) -> Result<Payoff, Problem> {
    payoff(&state.workspace, &question(state))
}
