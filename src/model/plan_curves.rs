//! What the sellers do under any two rates and a rule for renewals, and what that is worth: sampled once for all rates.
//!
//! Whatever the rule says about *which* renewals are paid, pay stays linear in the renewal rate and in the new-business
//! rate. So every share of the time is projected once, what each rate multiplies is summed up, and another pair of rates
//! costs some multiplications. Floors are paid by the one evaluator of plans ([`super::plan_response`]).

use super::month::Month;
use super::optimum::global_maximum;
use super::path::{Effort, MonthFlow, Path};
use super::pay::{Component, Floor, Measure, PayPlan, PlanPeriod, PlanYear, Reward, Trigger};
use super::payoff::SHARES;
use super::plan::{CONTRACT_YEARS, Plan, RenewalSchedule};
use super::plan_response::PlanProjection;
use super::projection::Projection;
use super::quantity::{CommissionRate, Probability};
use super::valuation::{Discounting, PayBasis, Worth};
use super::workspace::Workspace;
use crate::model::interpolation::interpolate;

/// Which renewals the rate is paid on. Year 1 of monthly contracts keeps the plan's own rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RenewalRule {
    /// All of them.
    All,
    /// Only what is renewed above this part of the value due in a plan year, which begins with month 1. A year
    /// averages the luck of single months, as plans that pay this way do.
    AboveFloor(Probability),
    /// Those of accounts won from now on; today's accounts keep the present schedule as long as they stay.
    NewAccounts,
}

/// Two rates, the rest of the plan as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatePair {
    /// Paid on annual value won, 0 to 1.
    pub new_business: f64,
    /// Paid on renewals by the rule, from contract year 2 on, 0 to 1.
    pub renewal: f64,
}

/// What is paid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Offer {
    /// The present plan, whatever the rule.
    Present,
    /// These rates under the rule.
    Rates(RatePair),
}

/// All sellers at some shares of their time, added up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TeamWorth {
    /// The mean of their shares of time on customers.
    pub share: f64,
    /// Present value of their pay as they see it.
    pub seller_value: f64,
    /// Present value of the company's margin less pay.
    pub company_value: f64,
    /// Present value of their pay, as the company discounts it.
    pub cost: f64,
    /// Pay of months 1 to 12, undiscounted.
    pub first_year_pay: f64,
}

/// Renewal pay of a split: without the rate (year 1, and what accounts of today keep), and for a rate of 1.
#[derive(Debug, Clone, Copy, Default)]
struct RenewalPay {
    kept: f64,
    per_rate: f64,
}

/// A split of one seller's time, summed up for any rates.
#[derive(Debug, Clone, Copy)]
struct SplitWorth {
    worth: Worth,
    seller: RenewalPay,
    company: RenewalPay,
    first_year: RenewalPay,
}

fn pay(plan: &Plan, basis: &PayBasis, renewals: RenewalPay, offer: Offer) -> f64 {
    match offer {
        Offer::Present => basis.pay(plan),
        Offer::Rates(rates) => {
            plan.base.units() * basis.years
                + plan.referral.get() * basis.referred_value
                + plan.upsell.get() * basis.expansion_value
                + rates.new_business * (basis.new_value + (plan.quota.multiplier - 1.0) * basis.beyond_quota)
                + renewals.kept
                + rates.renewal * renewals.per_rate
        }
    }
}

impl SplitWorth {
    fn seller_value(&self, plan: &Plan, offer: Offer) -> f64 {
        pay(plan, &self.worth.seller, self.seller, offer)
    }

    fn cost(&self, plan: &Plan, offer: Offer) -> f64 {
        pay(plan, &self.worth.company, self.company, offer)
    }

    fn company_value(&self, plan: &Plan, offer: Offer) -> f64 {
        self.worth.margin - self.cost(plan, offer)
    }

    fn first_year_pay(&self, plan: &Plan, offer: Offer) -> f64 {
        pay(plan, &self.worth.first_year, self.first_year, offer)
    }
}

/// The sellers of a team under a rule, sampled.
#[derive(Debug, Clone)]
pub struct PlanCurves<'a> {
    projections: &'a [Projection],
    plan: &'a Plan,
    as_of: Month,
    discounting: Discounting,
    rule: RenewalRule,
    samples: Vec<Vec<SplitWorth>>,
}

impl<'a> PlanCurves<'a> {
    /// Samples `projections`, which are of the sellers of `workspace`, under `rule`: 51 runs each.
    pub fn new(projections: &'a [Projection], workspace: &'a Workspace, rule: RenewalRule) -> PlanCurves<'a> {
        let mut curves = PlanCurves { rule, ..PlanCurves::unsampled(projections, workspace) };
        let sampled = projections.iter().map(|projection| {
            let mut splits = Vec::with_capacity(SHARES);
            let shares = (0..SHARES).map(|index| index as f64 / (SHARES - 1) as f64);
            if rule == RenewalRule::NewAccounts {
                let mut path = Path::default();
                splits.extend(shares.map(|share| curves.split(projection, share, &mut path)));
            } else {
                let hours = projection.assumptions().hours_per_year;
                projection.run_each(shares.map(|share| Effort::split(share, hours)), |path| {
                    splits.push(curves.summed(projection, path));
                });
            }
            splits
        });
        curves.samples = sampled.collect();
        curves
    }

    /// The same without samples, and with all renewals paid: enough for [`PlanCurves::at`], while nobody's best can be
    /// asked for.
    pub(super) fn unsampled(projections: &'a [Projection], workspace: &'a Workspace) -> PlanCurves<'a> {
        PlanCurves {
            projections,
            plan: &workspace.plan,
            as_of: workspace.as_of,
            discounting: Discounting::with_quota(&workspace.assumptions, workspace.plan.quota),
            rule: RenewalRule::All,
            samples: Vec::new(),
        }
    }

    /// The sellers at the best share of each for their own pay, on the projection itself.
    pub fn best(&self, offer: Offer) -> TeamWorth {
        self.at(&self.best_shares(offer), offer)
    }

    /// The share that pays each seller best.
    pub fn best_shares(&self, offer: Offer) -> Vec<f64> {
        self.shares(|split| split.seller_value(self.plan, offer))
    }

    /// The sellers at the share of each that is best for the company.
    pub fn company_best(&self, offer: Offer) -> TeamWorth {
        let shares = self.shares(|split| split.company_value(self.plan, offer));
        self.at(&shares, offer)
    }

    /// As [`PlanCurves::best`] between the samples, without a run: to about a millionth of the values, less where a curve
    /// has a kink. For searches that look closer at what they find.
    pub fn nearly_best(&self, offer: Offer) -> TeamWorth {
        let mut sum = TeamWorth::default();
        for splits in &self.samples {
            let by = |figure: &dyn Fn(&SplitWorth) -> f64| splits.iter().map(figure).collect::<Vec<f64>>();
            let seller = by(&|split| split.seller_value(self.plan, offer));
            let best = global_maximum(&seller, |share| interpolate(&seller, share));
            sum.share += best.at;
            sum.seller_value += best.height;
            sum.cost += interpolate(&by(&|split| split.cost(self.plan, offer)), best.at);
            sum.company_value += interpolate(&by(&|split| split.company_value(self.plan, offer)), best.at);
            sum.first_year_pay += interpolate(&by(&|split| split.first_year_pay(self.plan, offer)), best.at);
        }
        sum.share /= self.samples.len().max(1) as f64;
        sum
    }

    /// The sellers at `shares`, one for each, in the order of the projections.
    pub fn at(&self, shares: &[f64], offer: Offer) -> TeamWorth {
        let mut sum = TeamWorth::default();
        let mut path = Path::default();
        for (projection, share) in self.projections.iter().zip(shares) {
            let split = self.split(projection, *share, &mut path);
            sum.share += share;
            sum.seller_value += split.seller_value(self.plan, offer);
            sum.company_value += split.company_value(self.plan, offer);
            sum.cost += split.cost(self.plan, offer);
            sum.first_year_pay += split.first_year_pay(self.plan, offer);
        }
        sum.share /= self.projections.len().max(1) as f64;
        sum
    }

    fn shares(&self, value: impl Fn(&SplitWorth) -> f64) -> Vec<f64> {
        let mut path = Path::default();
        let best = self.projections.iter().zip(&self.samples).map(|(projection, splits)| {
            let heights: Vec<f64> = splits.iter().map(&value).collect();
            let curve = |share: f64| value(&self.split(projection, share, &mut path));
            global_maximum(&heights, curve).at
        });
        best.collect()
    }

    fn split(&self, projection: &Projection, share: f64, path: &mut Path) -> SplitWorth {
        path.keep_ended = self.rule == RenewalRule::NewAccounts;
        projection.run(&Effort::split(share, projection.assumptions().hours_per_year), path);
        self.summed(projection, path)
    }

    /// What is asked of a path.
    fn summed(&self, projection: &Projection, path: &Path) -> SplitWorth {
        let worth = self.discounting.worth(path);
        let mut split = SplitWorth {
            worth,
            seller: RenewalPay::default(),
            company: RenewalPay::default(),
            first_year: RenewalPay::default(),
        };
        match self.rule {
            RenewalRule::All => {
                for (pay, basis) in split.renewals() {
                    pay.kept = self.year_one().get() * basis.renewed_value.first().copied().unwrap_or(0.0);
                    pay.per_rate = basis.renewed_value.iter().skip(1).sum::<f64>() + basis.later_value;
                }
            }
            RenewalRule::AboveFloor(floor) => {
                self.pay_above(floor, &RenewalSchedule::level(CommissionRate::constant(1.0)), projection, path)
                    .into_iter()
                    .zip(split.renewals())
                    .for_each(|(paid, (pay, _))| pay.per_rate = paid);
                if self.year_one().get() > 0.0 {
                    let none = CommissionRate::constant(0.0);
                    let year_one = RenewalSchedule::from_steps([(1, self.year_one()), (2, none)]);
                    self.pay_above(floor, &year_one, projection, path)
                        .into_iter()
                        .zip(split.renewals())
                        .for_each(|(paid, (pay, _))| pay.kept = paid);
                }
            }
            RenewalRule::NewAccounts => {
                let won = self.discounting.worth(&renewals_of_cohorts(path));
                let new = [won.seller, won.company, won.first_year];
                let year_one = self.plan.renewal.with_level(CommissionRate::constant(0.0));
                let own_year = Plan { renewal: year_one, ..self.plan.clone() };
                for ((pay, all), new) in split.renewals().into_iter().zip(new) {
                    pay.kept = all.renewal_pay(self.plan) - new.renewal_pay(self.plan) + new.renewal_pay(&own_year);
                    pay.per_rate = new.renewed_value.iter().skip(1).sum::<f64>() + new.later_value;
                }
            }
        }
        split
    }

    /// The plan's rate of contract year 1.
    fn year_one(&self) -> CommissionRate {
        let [first, ..] = self.plan.renewal.by_year();
        *first
    }

    /// What a plan that only pays `schedule` above `floor` pays on a path: as the seller sees it, as the company does,
    /// and in months 1 to 12.
    fn pay_above(
        &self,
        floor: Probability,
        schedule: &RenewalSchedule,
        projection: &Projection,
        path: &Path,
    ) -> [f64; 3] {
        let plan = floor_plan(floor, schedule, self.as_of);
        let under = PlanProjection::new(projection, &plan, &self.discounting, self.as_of);
        let worth = under.worth(path);
        [worth.seller, self.discounting.worth(path).margin - worth.company, worth.first_year_pay]
    }
}

impl SplitWorth {
    /// Renewal pay beside what it is paid on.
    fn renewals(&mut self) -> [(&mut RenewalPay, PayBasis); 3] {
        [
            (&mut self.seller, self.worth.seller),
            (&mut self.company, self.worth.company),
            (&mut self.first_year, self.worth.first_year),
        ]
    }
}

/// A plan that pays `schedule` on what is renewed above the part `floor` of what is due in a year from the month after
/// `as_of`, and nothing else.
pub fn floor_plan(floor: Probability, schedule: &RenewalSchedule, as_of: Month) -> PayPlan {
    let mut renewals = Component::new(
        "Renewals above the floor",
        Measure::revenue(Trigger::Renewal),
        Reward::ByContractYear(schedule.clone()),
    );
    renewals.period = PlanPeriod::Year;
    renewals.floor = Some(Floor::PartOfDue(floor.get()));
    PayPlan { components: vec![renewals], ..PayPlan::empty(PlanYear { first: as_of.plus(1) }) }
}

/// The renewals of accounts won within the run, by month and contract year, and their worth after the horizon; nothing
/// else of the path.
fn renewals_of_cohorts(path: &Path) -> Path {
    let mut won = Path { months: vec![MonthFlow::default(); path.months.len()], ..Path::default() };
    for ended in &path.ended {
        let year = (((ended.month - ended.sold) / 12) as usize).min(CONTRACT_YEARS - 1);
        let flow = won.months.get_mut((ended.month as usize).wrapping_sub(1));
        if let Some(slot) = flow.and_then(|flow| flow.renewed_value.get_mut(year)) {
            *slot += ended.renewed_value;
        }
    }
    won.afterwards.seller_value = path.afterwards.won_seller_value;
    won.afterwards.company_value = path.afterwards.won_company_value;
    won
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::book::Book;
    use crate::model::bounds::Input;
    use crate::model::payoff::{Question, Samples};
    use crate::model::sample::sample_workspace;
    use crate::model::team_projections::team_projections;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn projections(workspace: &Workspace) -> Vec<Projection> {
        team_projections(workspace, &Question::default()).unwrap()
    }

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
    }

    #[test]
    fn without_a_rule_they_are_the_samples_of_the_payoff() {
        let mut workspace = sample();
        for account in workspace.book.accounts.iter_mut().take(10) {
            account.seller = "Ada".to_owned();
        }
        let projections = projections(&workspace);
        let curves = PlanCurves::new(&projections, &workspace, RenewalRule::All);
        let best = Samples::new(&workspace, &Question::default()).unwrap().best_response(&workspace);
        for offer in [Offer::Present, Offer::Rates(RatePair { new_business: 0.10, renewal: 0.02 })] {
            let found = curves.best(offer);
            assert!((found.share - best.share()).abs() < 1e-7, "{found:?}");
            assert!(close(found.seller_value, best.seller_value()) && close(found.cost, best.cost()), "{found:?}");
            assert!(close(found.company_value, best.company_value()), "{found:?}");
            assert!(close(found.first_year_pay, best.first_year_pay()), "{found:?}");
            let near = curves.nearly_best(offer);
            assert!((near.company_value / found.company_value - 1.0).abs() < 1e-6, "{near:?}");
        }
    }

    #[test]
    fn a_floor_at_nothing_pays_as_no_floor() {
        let mut workspace = sample();
        workspace.plan.renewal = RenewalSchedule::from_steps([(1, CommissionRate::constant(0.01))]);
        for account in workspace.book.accounts.iter_mut().take(10) {
            account.term = crate::model::account::Term::new(1).unwrap();
        }
        let projections = projections(&workspace);
        let nothing = RenewalRule::AboveFloor(Probability::constant(0.0));
        let [flat, floored] = [RenewalRule::All, nothing].map(|rule| PlanCurves::new(&projections, &workspace, rule));
        let offer = Offer::Rates(RatePair { new_business: 0.07, renewal: 0.03 });
        for share in [0.0, 0.3, 1.0] {
            let (one, other) = (flat.at(&[share], offer), floored.at(&[share], offer));
            assert!(close(one.seller_value, other.seller_value), "{one:?} {other:?}");
            assert!(close(one.company_value, other.company_value), "{one:?} {other:?}");
            assert!(close(one.first_year_pay, other.first_year_pay), "{one:?} {other:?}");
        }
    }

    #[test]
    fn accounts_of_today_keep_their_rate_and_new_ones_get_the_other() {
        let present = |workspace: &Workspace, renewal: f64| {
            let projections = projections(workspace);
            let curves = PlanCurves::new(&projections, workspace, RenewalRule::NewAccounts);
            let new_business = workspace.plan.new_business.get();
            let offer = Offer::Rates(RatePair { new_business, renewal });
            (curves.at(&[0.4], Offer::Present), curves.at(&[0.4], offer))
        };
        // The same rate for both is the present plan.
        let (one, other) = present(&sample(), 0.02);
        assert!(close(one.seller_value, other.seller_value) && close(one.cost, other.cost), "{one:?} {other:?}");
        // A book without accounts has new ones only.
        let mut empty = sample();
        empty.book = Book::empty();
        let (_, new) = present(&empty, 0.05);
        empty.set(Input::RenewalCommission, 0.05).unwrap();
        let (all, _) = present(&empty, 0.05);
        assert!(close(new.seller_value, all.seller_value) && close(new.cost, all.cost), "{new:?} {all:?}");
        // Where nothing is won, the rate of new accounts is nobody's.
        let mut closed = sample();
        closed.set(Input::OddsNew, 0.0).unwrap();
        closed.set(Input::Referrals, 0.0).unwrap();
        let (kept, raised) = present(&closed, 0.9);
        assert!(close(kept.seller_value, raised.seller_value) && kept.seller_value > 0.0, "{kept:?} {raised:?}");
    }
}
