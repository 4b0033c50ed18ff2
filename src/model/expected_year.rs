//! What is expected to happen at one seller's accounts, as events that a statement pays.

use super::flat_plan::components;
use super::pay::Event;
use super::payoff::Question;
use super::plan_response::PlanProjection;
use super::problem::Problem;
use super::team_projections::team_projections;
use super::valuation::Discounting;
use super::workspace::Workspace;

/// The expected events of the seller asked about, or of the first by name, at `share` of the time on customers: mean counts and
/// sums on the last day of each month of the horizon, the first in the month after the start.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
///
/// # Example
/// ```
/// use holdfast::model::{expected_year::expected_events, month::Month, payoff::Question, sample::sample_workspace};
/// let november = Month::parse("2026-11").ok_or("no month")?;
/// let events = expected_events(&sample_workspace(november), &Question::default(), 0.25)?;
/// assert!(events.iter().any(|event| event.on.to_string() == "2026-12-31"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn expected_events(workspace: &Workspace, question: &Question, share: f64) -> Result<Vec<Event>, Problem> {
    let projections = team_projections(workspace, question)?;
    let plan = components(&workspace.plan, workspace.as_of.plus(1));
    let discounting = Discounting::with_quota(&workspace.assumptions, workspace.plan.quota);
    let events = projections.first().map(|projection| {
        let under = PlanProjection::new(projection, &plan, &discounting, workspace.as_of);
        let mut path = under.path();
        under.run(share, &mut path);
        under.events(&path)
    });
    Ok(events.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::pay::statements;
    use crate::model::payoff::payoff;
    use crate::model::sample::sample_workspace;

    #[test]
    fn a_statement_of_the_expected_year_pays_what_the_payoff_says() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let question = Question::default();
        let answer = payoff(&workspace, &question).unwrap();
        let from = workspace.as_of.plus(1);
        let events = expected_events(&workspace, &question, answer.seller_best.share).unwrap();
        let months = statements(&[(None, components(&workspace.plan, from))], &events, from, 12);
        let paid: f64 = months.iter().map(|month| month.paid().units()).sum();
        // Each month of each rule is rounded to the cent.
        assert!((paid - answer.first_year_pay).abs() < 0.005 * 12.0 * 4.0, "{paid} and {}", answer.first_year_pay);
    }
}
