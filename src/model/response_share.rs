//! How much sellers follow the money: some of the way from what they do today to what would pay them best.
//!
//! The best response is where a seller ends up who knows the plan by heart and minds nothing but pay. Habit, other goals
//! and not knowing keep people nearer to what they do: a response share says how much of the way they go. Nobody knows it
//! beforehand; it is the user's judgement, and 1 is the model's usual answer.

use super::payoff::{Question, Samples};
use super::plan_curves::{Offer, PlanCurves, RenewalRule, TeamWorth};
use super::problem::Problem;
use super::projection::Projection;
use super::quantity::Share;
use super::team_projections::team_projections;
use super::workspace::Workspace;

/// Sellers who go some of the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartResponse {
    /// eta: how much of the way, 0 to 1.
    pub response: f64,
    /// The mean over sellers of `today + eta (best - today)`: their share of time on customers.
    pub share: f64,
    /// Present value of their pay, as they see it.
    pub seller_value: f64,
    /// The company's present value.
    pub company_value: f64,
    /// The company's value at its own best less `company_value`, money; never negative. At 1 it is the gap of the payoff.
    pub gap: f64,
    /// Pay of months 1 to 12, undiscounted, money.
    pub first_year_pay: f64,
    /// `first_year_pay` less that of today's split, money.
    pub first_year_change: f64,
    /// `seller_value` less that of today's split, money.
    pub seller_change: f64,
}

/// Sellers under the present plan, from today's split to their best.
#[derive(Debug, Clone)]
pub struct ResponsePath<'a> {
    workspace: &'a Workspace,
    projections: Vec<Projection>,
    best: Vec<f64>,
    today: TeamWorth,
    company_best: TeamWorth,
}

impl<'a> ResponsePath<'a> {
    /// The sellers that `question` is about.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &'a Workspace, question: &Question) -> Result<ResponsePath<'a>, Problem> {
        let projections = team_projections(workspace, question)?;
        let curves = PlanCurves::new(&projections, workspace, RenewalRule::All);
        let best = Samples::new(workspace, question)?.best_shares(workspace);
        let today = curves.at(&vec![workspace.assumptions.share_today; projections.len()], Offer::Present);
        let company_best = curves.company_best(Offer::Present);
        Ok(ResponsePath { workspace, projections, best, today, company_best })
    }

    /// Where they are if they go the part `response` of the way: one run of the projection for each seller.
    ///
    /// Their pay rises with it where the curve has one peak; on the way from one peak to a higher one it falls first. The
    /// company's value may do either: where the plan pays for the wrong thing, less response is a smaller loss.
    pub fn at(&self, response: Share) -> PartResponse {
        let (eta, from) = (response.get(), self.workspace.assumptions.share_today);
        let shares: Vec<f64> = self.best.iter().map(|best| from + eta * (best - from)).collect();
        let worth = PlanCurves::unsampled(&self.projections, self.workspace).at(&shares, Offer::Present);
        PartResponse {
            response: eta,
            share: worth.share,
            seller_value: worth.seller_value,
            company_value: worth.company_value,
            // The company's best is found to within rounding, which alone could make the difference negative.
            gap: (self.company_best.company_value - worth.company_value).max(0.0),
            first_year_pay: worth.first_year_pay,
            first_year_change: worth.first_year_pay - self.today.first_year_pay,
            seller_change: worth.seller_value - self.today.seller_value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::sample::sample_workspace;

    fn two_sellers() -> Workspace {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        for account in workspace.book.accounts.iter_mut().take(8) {
            account.seller = "Ada".to_owned();
        }
        workspace
    }

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
    }

    #[test]
    fn nothing_of_the_way_is_today_and_all_of_it_the_best() {
        let workspace = two_sellers();
        let answer = payoff(&workspace, &Question::default()).unwrap();
        let path = ResponsePath::new(&workspace, &Question::default()).unwrap();
        let none = path.at(Share::constant(0.0));
        assert!(close(none.share, answer.today.share) && close(none.company_value, answer.today.company_value));
        assert!(close(none.gap, answer.company_best.company_value - answer.today.company_value), "{none:?}");
        assert_eq!((none.first_year_change, none.seller_change), (0.0, 0.0));
        let all = path.at(Share::constant(1.0));
        assert!((all.share - answer.seller_best.share).abs() < 1e-7, "{all:?}");
        assert!(close(all.seller_value, answer.seller_best.seller_value), "{all:?}");
        assert!((all.gap - answer.gap).abs() < 1e-6 * answer.gap, "{all:?}");
        assert!(close(all.first_year_pay, answer.first_year_pay), "{all:?}");
    }

    #[test]
    fn half_of_the_way_is_halfway_for_each_seller() {
        let workspace = two_sellers();
        let path = ResponsePath::new(&workspace, &Question::default()).unwrap();
        let [none, half, all] = [0.0, 0.5, 1.0].map(|eta| path.at(Share::constant(eta)));
        assert!((half.share - 0.5 * (none.share + all.share)).abs() < 1e-12);
        let ada = Question { seller: Some("Ada".to_owned()), target_share: None, ..Question::default() };
        let sam = Question { seller: Some("Sam Sample".to_owned()), target_share: None, ..Question::default() };
        let alone = [ada, sam].map(|one| ResponsePath::new(&workspace, &one).unwrap().at(Share::constant(0.5)));
        assert!(close(half.seller_value, alone.iter().map(|one| one.seller_value).sum()));
        assert!(close(half.gap, alone.iter().map(|one| one.gap).sum()));
        assert!(close(half.first_year_change, alone.iter().map(|one| one.first_year_change).sum()));
        // Pay has one peak here, so the way to it rises.
        assert!(0.0 < half.seller_change && half.seller_change < all.seller_change, "{half:?} {all:?}");
    }
}
