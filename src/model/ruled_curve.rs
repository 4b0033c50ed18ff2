//! What every split of the time is worth under a plan with rules beside its rates, for a chart: the sellers' pay and the company's
//! profit against the share of time on customers, and where each is best.

use super::payoff::{Payoff, PlanOutcome, Question, SHARES, SharePoint, Split};
use super::problem::Problem;
use super::projection::Projection;
use super::shared_plan::SharedPlan;
use super::team_projections::team_projections;
use super::valuation::Discounting;
use super::workspace::Workspace;

/// The curves; sums over sellers.
#[derive(Debug, Clone, PartialEq)]
pub struct RuledCurve {
    /// Values at even shares, the same for every seller.
    pub curve: Vec<SharePoint>,
    /// Today's split.
    pub today: Split,
    /// Every seller at their best.
    pub seller_best: Split,
    /// Every seller where the company would want them.
    pub company_best: Split,
    /// The company's value there less that at the sellers' best; never negative.
    pub gap: f64,
}

impl RuledCurve {
    /// What `rates` says of the rates alone, with these curves in place of its own.
    pub fn in_place_of(&self, rates: &Payoff) -> Payoff {
        Payoff {
            curve: self.curve.clone(),
            today: self.today,
            seller_best: self.seller_best,
            company_best: self.company_best,
            gap: self.gap,
            ..rates.clone()
        }
    }
}

/// The curves in the making, one seller at a time.
#[derive(Debug)]
pub struct RuledCurveSum {
    workspace: Workspace,
    plan: SharedPlan,
    discounting: Discounting,
    projections: Vec<Projection>,
    outcome: PlanOutcome,
    sellers: usize,
    sum: RuledCurve,
}

impl RuledCurveSum {
    /// Begins with the sellers that `question` is about, under the plan of `workspace`, of which `outcome` says what it does.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &Workspace, question: &Question, outcome: &PlanOutcome) -> Result<RuledCurveSum, Problem> {
        let split = |share: f64| Split { share, seller_value: 0.0, company_value: 0.0, rival_share: None };
        let even = (0..SHARES).map(|place| place as f64 / (SHARES - 1) as f64);
        Ok(RuledCurveSum {
            plan: SharedPlan::new(&workspace.plan, workspace.as_of.plus(1)),
            discounting: Discounting::with_quota(&workspace.assumptions, workspace.plan.quota),
            projections: team_projections(workspace, question)?,
            workspace: workspace.clone(),
            outcome: outcome.clone(),
            sellers: 0,
            sum: RuledCurve {
                curve: even.map(|share| SharePoint { share, seller_value: 0.0, company_value: 0.0 }).collect(),
                today: split(workspace.assumptions.share_today),
                seller_best: split(outcome.seller_share),
                company_best: split(outcome.company_share),
                gap: outcome.gap,
            },
        })
    }

    /// Adds a seller; the curves once all are added up.
    pub fn advance(&mut self) -> Option<RuledCurve> {
        let projection = self.projections.get(self.sellers)?;
        let own = self.outcome.sellers.get(self.sellers)?;
        let under = self.plan.over(projection, &self.discounting, self.workspace.as_of);
        let mut path = under.path();
        let mut worth = |share: f64| {
            let worth = under.worth_at(share, &mut path);
            (worth.seller, worth.company)
        };
        let sum = &mut self.sum;
        for point in &mut sum.curve {
            let (seller, company) = worth(point.share);
            point.seller_value += seller;
            point.company_value += company;
        }
        let today = self.workspace.assumptions.share_today;
        let splits =
            [(&mut sum.today, today), (&mut sum.seller_best, own.share), (&mut sum.company_best, own.company_share)];
        for (split, share) in splits {
            let (seller, company) = worth(share);
            split.seller_value += seller;
            split.company_value += company;
        }
        self.sellers += 1;
        (self.sellers == self.projections.len()).then(|| self.sum.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    fn curve(workspace: &Workspace) -> (RuledCurve, PlanOutcome) {
        let outcome = ruled_outcome(workspace, &Question::default()).unwrap();
        let mut sum = RuledCurveSum::new(workspace, &Question::default(), &outcome).unwrap();
        ((0..9).find_map(|_| sum.advance()).expect("it ends"), outcome)
    }

    #[test]
    fn it_is_that_of_the_rates_where_no_rule_pays_and_highest_where_each_is_best() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        for account in workspace.book.accounts.iter_mut().take(10) {
            account.seller = "Ada".to_owned();
        }
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::Cap, &[1e9]).unwrap()];
        let (found, outcome) = curve(&workspace);
        let flat = payoff(&workspace, &Question::default()).unwrap();
        assert_eq!(found.curve.len(), flat.curve.len());
        for (one, other) in found.curve.iter().zip(&flat.curve) {
            assert!((one.share - other.share).abs() < 1e-12, "{one:?} {other:?}");
            assert!((one.seller_value / other.seller_value - 1.0).abs() < 1e-9, "{one:?} {other:?}");
            assert!((one.company_value / other.company_value - 1.0).abs() < 1e-9, "{one:?} {other:?}");
        }
        for (one, other) in
            [(found.today, flat.today), (found.seller_best, flat.seller_best), (found.company_best, flat.company_best)]
        {
            assert!((one.share - other.share).abs() < 1e-6, "{one:?} {other:?}");
            assert!((one.company_value / other.company_value - 1.0).abs() < 1e-8, "{one:?} {other:?}");
        }
        // With a rule that counts the best are the highest of all, and the gap is between them.
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::RetentionBonus, &[5_000.0, 0.85]).unwrap()];
        let (found, ruled) = curve(&workspace);
        assert_ne!(ruled.seller_share, outcome.seller_share);
        assert!((found.seller_best.company_value - ruled.company_value).abs() < 1e-6);
        let highest = |of: fn(&SharePoint) -> f64| found.curve.iter().map(of).fold(f64::MIN, f64::max);
        assert!(found.seller_best.seller_value >= highest(|point| point.seller_value));
        assert!(found.company_best.company_value >= highest(|point| point.company_value));
        let drawn = found.in_place_of(&payoff(&workspace, &Question::default()).unwrap());
        assert!((drawn.company_best.company_value - drawn.seller_best.company_value - drawn.gap).abs() < 1e-6);
    }
}
