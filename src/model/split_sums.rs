//! What a split of the time comes to, sum by sum: the amounts behind a value, year by year and month by month.
//!
//! A [`Worth`] says how much; here is what it is made of, so that every figure can be added up again.

use super::payoff::Question;
use super::plan::CONTRACT_YEARS;
use super::problem::Problem;
use super::projection::{Effort, Path};
use super::team_projections::team_projections;
use super::valuation::{Discounting, PayBasis, QuotaCount, Worth};
use super::workspace::Workspace;

/// One month of all sellers asked about, before pay.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MonthSums {
    /// Accounts at the end of the month.
    pub accounts: f64,
    /// Accounts won.
    pub wins: f64,
    /// Accounts lost.
    pub lost: f64,
    /// Margin less cost to serve, undiscounted.
    pub margin: f64,
    /// What the company takes one unit of this month for today: `(1 + d_c)^(-t / 12)`.
    pub factor: f64,
}

/// One year of the run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct YearSums {
    /// Its months.
    pub months: Vec<MonthSums>,
    /// What pay is reckoned on, discounted as the seller sees it.
    pub seller: PayBasis,
    /// The same, discounted as the company sees it.
    pub company: PayBasis,
    /// Hours of prospecting, discounted as the company sees them.
    pub prospecting_hours: f64,
}

/// All that a split comes to, sellers added up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SplitSums {
    /// Accounts at the start.
    pub accounts: f64,
    /// Year by year; a last one may be shorter.
    pub years: Vec<YearSums>,
    /// What the accounts alive at the horizon are still worth before pay, discounted.
    pub later_margin: f64,
    /// Value due in months 1 to 12 that would renew without any attention, by contract year.
    pub free_value: [f64; CONTRACT_YEARS],
    /// The same sums without years: what values are reckoned from.
    pub worth: Worth,
}

/// Sums up the sellers that `question` is about, each at their share of time on customers in `shares`, by the order of
/// their names; for a share that is missing the seller is left out.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn split_sums(workspace: &Workspace, question: &Question, shares: &[f64]) -> Result<SplitSums, Problem> {
    let effort = |share: f64| Effort::split(share, workspace.assumptions.hours_per_year);
    sums_of(workspace, question, shares.iter().map(|share| effort(*share)))
}

/// The same for any [`Effort`]s.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn sums_of(
    workspace: &Workspace,
    question: &Question,
    efforts: impl Iterator<Item = Effort>,
) -> Result<SplitSums, Problem> {
    let assumed = &workspace.assumptions;
    let discounting = Discounting::with_quota(assumed, workspace.plan.quota);
    let mut sums = SplitSums::default();
    sums.years.resize(assumed.horizon.div_ceil(12) as usize, YearSums::default());
    let mut path = Path::default();
    for (projection, effort) in team_projections(workspace, question)?.iter().zip(efforts) {
        projection.run(&effort, &mut path);
        sums.accounts += projection.book().accounts;
        sums.worth.accumulate(&discounting.worth(&path));
        let mut quota = QuotaCount::new(workspace.plan.quota);
        let mut last = 1.0;
        for (month, flow) in (1_u32..).zip(&path.months) {
            let Some(year) = sums.years.get_mut((month as usize - 1) / 12) else { break };
            let years = f64::from(month) / 12.0;
            let factor = libm::pow(assumed.company_factor(), years);
            let beyond_quota = quota.beyond(flow.new_value);
            year.seller.add(flow, beyond_quota, libm::pow(assumed.seller_factor(), years));
            year.company.add(flow, beyond_quota, factor);
            year.prospecting_hours += factor * flow.prospecting_hours;
            let place = (month as usize - 1) % 12;
            if year.months.len() <= place {
                year.months.push(MonthSums { factor, ..MonthSums::default() });
            }
            if let Some(sum) = year.months.get_mut(place) {
                sum.accounts += flow.accounts;
                sum.wins += flow.wins;
                sum.lost += flow.lost;
                sum.margin += flow.margin;
            }
            if month <= 12 {
                sums.free_value.iter_mut().zip(&flow.free_value).for_each(|(sum, value)| *sum += value);
            }
            last = factor;
        }
        sums.later_margin += last * path.afterwards.company_margin;
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bounds::Input;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::sample::sample_workspace;

    #[test]
    fn the_sums_are_what_the_values_are_made_of() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.set(Input::Horizon, 30.0).unwrap();
        workspace.set(Input::ProspectingCost, 12.0).unwrap();
        workspace.set(Input::Accelerator, 1.5).unwrap();
        workspace.set(Input::Quota, 40_000.0).unwrap();
        workspace.book.accounts.iter_mut().take(15).for_each(|account| account.seller = "Ada".to_owned());
        let question = Question::default();
        let answer = payoff(&workspace, &question).unwrap();
        let shares: Vec<f64> = answer.by_seller.iter().map(|own| own.seller_share).collect();
        let sums = split_sums(&workspace, &question, &shares).unwrap();
        let near = |one: f64, other: f64| assert!((one / other - 1.0).abs() < 1e-12, "{one} {other}");
        near(sums.worth.company_value(&workspace.plan), answer.seller_best.company_value);
        near(sums.worth.seller_value(&workspace.plan), answer.seller_best.seller_value);
        let margin: f64 =
            sums.years.iter().flat_map(|year| &year.months).map(|month| month.factor * month.margin).sum();
        let hours: f64 = sums.years.iter().map(|year| year.prospecting_hours).sum();
        near(margin + sums.later_margin - 12.0 * hours, sums.worth.margin);
        let won: f64 = sums.years.iter().map(|year| year.company.new_value).sum();
        near(won, sums.worth.company.new_value);
        let beyond: f64 = sums.years.iter().map(|year| year.seller.beyond_quota).sum();
        near(beyond, sums.worth.seller.beyond_quota);
        assert!(beyond > 0.0);
        let months: Vec<usize> = sums.years.iter().map(|year| year.months.len()).collect();
        assert_eq!((sums.accounts, months), (40.0, vec![12, 12, 6]));
        let change: f64 = sums.years.iter().flat_map(|year| &year.months).map(|month| month.wins - month.lost).sum();
        near(sums.accounts + change, *answer.seller_course.accounts.last().unwrap());
        let free: f64 =
            sums.free_value.iter().zip(workspace.plan.renewal.by_year()).map(|(v, rate)| v * rate.get()).sum();
        near(free, answer.paid_for_anyway.free);
    }
}
