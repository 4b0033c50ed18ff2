//! The 45-minute price: what 45 minutes a day with customers earn, against none.

/// Hours of a day.
pub const DAILY_HOURS: f64 = 0.75;
/// Working days of a year: 52 weeks of five, less 25 of leave and 10 holidays.
pub const WORKING_DAYS: f64 = 225.0;

/// What [`DAILY_HOURS`] with customers on each of [`WORKING_DAYS`] are worth, sellers added up: the value at that share of the
/// selling time less the value with no time on customers, in present value. Negative where prospecting all day is worth more.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DailyPrice {
    /// To the sellers while they stay, money.
    pub seller: f64,
    /// To the company, money.
    pub company: f64,
}

/// Which share of `hours_per_year` they are: at most all of it, and nothing of no hours.
pub fn daily_share(hours_per_year: f64) -> f64 {
    if hours_per_year <= 0.0 { 0.0 } else { (DAILY_HOURS * WORKING_DAYS / hours_per_year).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, Samples, payoff};
    use crate::model::ruled_outcome::ruled_outcome;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    #[test]
    fn it_is_a_share_of_the_selling_time() {
        assert_eq!(daily_share(675.0), 0.25);
        assert_eq!([daily_share(0.0), daily_share(100.0)], [0.0, 1.0]);
    }

    /// The curve of the answer has points at every fiftieth: 843.75 hours put the 45 minutes on one of them.
    #[test]
    fn it_is_the_difference_of_two_points_of_the_curve() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.assumptions.hours_per_year = 843.75;
        workspace.book.accounts.iter_mut().take(10).for_each(|account| account.seller = "Ada".to_owned());
        let question = Question::default();
        let answer = payoff(&workspace, &question).unwrap();
        let at = |share: f64| answer.curve.iter().find(|point| (point.share - share).abs() < 1e-12).unwrap();
        let (some, none) = (at(0.2), at(0.0));
        let price = Samples::new(&workspace, &question).unwrap().outcome(&workspace).daily;
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9 * other.abs(), "{one} {other}");
        near(price.seller, some.seller_value - none.seller_value);
        near(price.company, some.company_value - none.company_value);
        // Event by event it is the same, and a rule that pays more on renewals makes it dearer.
        let event_by_event = |workspace: &_| ruled_outcome(workspace, &question).unwrap().daily;
        let ruled = event_by_event(&workspace);
        assert!((ruled.seller / price.seller - 1.0).abs() < 1e-5, "{ruled:?} {price:?}");
        assert!((ruled.company / price.company - 1.0).abs() < 1e-5, "{ruled:?} {price:?}");
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::RenewalAboveFloor, &[0.0, 0.05]).unwrap()];
        assert!(event_by_event(&workspace).seller > 1.5 * price.seller);
    }
}
