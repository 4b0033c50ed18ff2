//! What one plan does, in the few figures that plans are compared by.

use super::team::Team;
use super::{Detail, Samples};
use crate::model::daily_price::DailyPrice;
use crate::model::workspace::Workspace;

/// A plan's figures, with every seller and the company at their best splits under it, sellers added up.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOutcome {
    /// The sellers' best share of time on customers: a mean.
    pub seller_share: f64,
    /// The company's best share: a mean.
    pub company_share: f64,
    /// Accounts alive at the end of the horizon, with the sellers at their best.
    pub accounts_after: f64,
    /// The company's present value, with the sellers at their best.
    pub company_value: f64,
    /// The company's value at its best less that at the sellers' best; never negative.
    pub gap: f64,
    /// Renewal commission of months 1 to 12 on renewals that need no attention.
    pub free_renewal_pay: f64,
    /// Pay of months 1 to 12 at the sellers' best, undiscounted.
    pub first_year_pay: f64,
    /// Present value of the sellers' pay while they stay, at their best.
    pub seller_value: f64,
    /// What 45 minutes a day with customers are worth under it.
    pub daily: DailyPrice,
    /// Each seller, in the order of their names.
    pub sellers: Vec<SellerOutcome>,
}

/// One seller under a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SellerOutcome {
    /// The seller's best share of time on customers.
    pub share: f64,
    /// The company's best share for this seller.
    pub company_share: f64,
    /// Pay of months 1 to 12 at it, undiscounted.
    pub first_year_pay: f64,
}

impl Samples {
    /// What the plan of `workspace` does, which may differ from the workspace sampled in its plan only: the figures of
    /// [`Samples::answer`] without what takes longest to find.
    pub fn outcome(&self, workspace: &Workspace) -> PlanOutcome {
        let plan = &workspace.plan;
        let team = Team { samples: self, workspace };
        let splits = team.splits(Detail::Exact);
        let (now, best) = (&splits.seller_best, &splits.company_best);
        let company_value = now.worth.company_value(plan);
        let shares = splits.seller_optima.iter().zip(&splits.company_optima).map(|(own, best)| (own.at, best.at));
        let sellers = shares.zip(&now.first_year_pays);
        PlanOutcome {
            seller_share: now.share,
            company_share: best.share,
            accounts_after: now.course.accounts.last().copied().unwrap_or(0.0),
            company_value,
            gap: (best.worth.company_value(plan) - company_value).max(0.0),
            free_renewal_pay: now.paid_for_anyway.free,
            first_year_pay: now.worth.first_year.pay(plan),
            seller_value: now.worth.seller_value(plan),
            daily: team.daily_price(),
            sellers: sellers
                .map(|((share, company_share), pay)| SellerOutcome { share, company_share, first_year_pay: *pay })
                .collect(),
        }
    }
}
