//! What a split comes to under a plan with rules beside its rates, sum by sum: the amounts behind a value, rule by rule and
//! year by year.

use super::payoff::{PlanOutcome, Question};
use super::problem::Problem;
use super::shared_plan::SharedPlan;
use super::split_sums::{SplitSums, split_sums};
use super::team_projections::team_projections;
use super::valuation::Discounting;
use super::workspace::Workspace;

/// What one part of pay comes to, sellers added up, money.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PartSums {
    /// What it is called: base pay, a rule, clawback, draw.
    pub name: String,
    /// Of months 1 to 12, undiscounted.
    pub first_year: f64,
    /// Of each year, discounted as the seller sees it.
    pub seller: Vec<f64>,
    /// The same, discounted as the company sees it.
    pub company: Vec<f64>,
}

/// All that a split comes to under a plan with rules.
#[derive(Debug, Clone, PartialEq)]
pub struct RuledSums {
    /// What it comes to before pay; the pay in it is of the rates alone.
    pub sums: SplitSums,
    /// The parts of pay.
    pub parts: Vec<PartSums>,
    /// Pay after the horizon, as the seller discounts it.
    pub later_seller: f64,
    /// The same, as the company discounts it.
    pub later_company: f64,
}

/// Sums up the sellers that `question` is about under the plan of `workspace`, each at their share of time on customers in
/// `shares`, by the order of their names; for a share that is missing the seller is left out.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn ruled_sums(workspace: &Workspace, question: &Question, shares: &[f64]) -> Result<RuledSums, Problem> {
    let assumed = &workspace.assumptions;
    let plan = SharedPlan::new(&workspace.plan, workspace.as_of.plus(1));
    let discounting = Discounting::with_quota(assumed, workspace.plan.quota);
    let mut ruled = RuledSums {
        sums: split_sums(workspace, question, shares)?,
        parts: Vec::new(),
        later_seller: 0.0,
        later_company: 0.0,
    };
    let years = assumed.horizon.div_ceil(12) as usize;
    for (projection, share) in team_projections(workspace, question)?.iter().zip(shares) {
        let under = plan.over(projection, &discounting, workspace.as_of);
        let empty =
            |name: String| PartSums { name, first_year: 0.0, seller: vec![0.0; years], company: vec![0.0; years] };
        if ruled.parts.is_empty() {
            ruled.parts = under.seller.part_names().into_iter().map(empty).collect();
        }
        let mut path = under.path();
        under.seller.run(*share, &mut path);
        // What is shared with a colleague the seller is paid in part, and the company pays in full.
        let (paid, cost) = (under.seller.parts(&path), under.company().parts(&path));
        for (index, (own, whole)) in paid.months.iter().zip(&cost.months).enumerate() {
            let ahead = (index + 1) as f64 / 12.0;
            let for_seller = libm::pow(assumed.seller_factor(), ahead);
            let for_company = libm::pow(assumed.company_factor(), ahead);
            for (sum, (own, whole)) in ruled.parts.iter_mut().zip(own.iter().zip(whole)) {
                if index < 12 {
                    sum.first_year += own;
                }
                for (years, amount) in [(&mut sum.seller, for_seller * own), (&mut sum.company, for_company * whole)] {
                    if let Some(year) = years.get_mut(index / 12) {
                        *year += amount;
                    }
                }
            }
        }
        ruled.later_seller += paid.later_seller;
        ruled.later_company += cost.later_company;
    }
    Ok(ruled)
}

/// What splits around a share are worth to the only seller and to the company: the share, both values.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn ruled_values(
    workspace: &Workspace,
    question: &Question,
    shares: impl IntoIterator<Item = f64>,
) -> Result<Vec<(f64, f64, f64)>, Problem> {
    let plan = SharedPlan::new(&workspace.plan, workspace.as_of.plus(1));
    let discounting = Discounting::with_quota(&workspace.assumptions, workspace.plan.quota);
    let projections = team_projections(workspace, question)?;
    let Some(projection) = projections.first() else { return Ok(Vec::new()) };
    let under = plan.over(projection, &discounting, workspace.as_of);
    let mut path = under.path();
    let worth = |share: f64| {
        let worth = under.worth_at(share, &mut path);
        (share, worth.seller, worth.company)
    };
    Ok(shares.into_iter().map(worth).collect())
}

impl PlanOutcome {
    /// Every seller's best share, by name, or the company's best for each.
    pub fn shares(&self, of_company: bool) -> Vec<f64> {
        self.sellers.iter().map(|own| if of_company { own.company_share } else { own.share }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    #[test]
    fn the_sums_are_what_the_outcome_is_made_of() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.book.accounts.iter_mut().take(15).for_each(|account| account.seller = "Ada".to_owned());
        workspace.set(crate::model::bounds::Input::Horizon, 30.0).unwrap();
        // Yearly contracts are first lost after a year.
        let clawback = Rule::from_numbers(RuleKind::ClawbackProRata, &[24.0]).unwrap();
        workspace.plan.rules = [RuleKind::RenewalAboveFloor, RuleKind::EachWin, RuleKind::Draw].map(Rule::new).to_vec();
        workspace.plan.rules.push(clawback);
        // What is shared the company pays in full.
        workspace.plan.rules.push(Rule::from_numbers(RuleKind::SharedWins, &[0.75]).unwrap());
        workspace.plan.rules.push(Rule::from_numbers(RuleKind::HandOver, &[1.0, 18.0, 0.5]).unwrap());
        let question = Question::default();
        let outcome = ruled_outcome(&workspace, &question).unwrap();
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9 * other.abs().max(1.0), "{one} {other}");
        let now = ruled_sums(&workspace, &question, &outcome.shares(false)).unwrap();
        near(now.parts.iter().map(|part| part.first_year).sum(), outcome.first_year_pay);
        let seller: f64 = now.parts.iter().flat_map(|part| &part.seller).sum();
        near(seller + now.later_seller, outcome.seller_value);
        let company = |ruled: &RuledSums| {
            let pay: f64 = ruled.parts.iter().flat_map(|part| &part.company).sum();
            ruled.sums.worth.margin - pay - ruled.later_company
        };
        near(company(&now), outcome.company_value);
        let best = ruled_sums(&workspace, &question, &outcome.shares(true)).unwrap();
        near(company(&best) - company(&now), outcome.gap);
        // Each rule has its part.
        let part = |name: &str| now.parts.iter().find(|part| part.name == name).unwrap();
        assert!(part("Clawback").seller.iter().sum::<f64>() < 0.0, "{:?}", now.parts);
        for name in ["New business", "Renewals", "Renewals above a floor", "Each account won", "Draw"] {
            assert!(part(name).first_year > 0.0, "{name}: {:?}", now.parts);
        }
    }
}
