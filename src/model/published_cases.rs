//! Published cases that the model must meet, to be run wherever it runs: in the tests, and in the user's own browser.
//!
//! Expected figures are those of the source, or follow from its formula by hand; none is an output of this model. A figure
//! is met when `|found - expected| <= tolerance max(1, |expected|)`.

use chrono::NaiveDate;

use super::adbudg::Adbudg;
use super::allocation::{Claim, water_filling};
use super::lifetime::margin_multiple;
use super::month::Month;
use super::pay::{
    Clawback, Component, Draw, DrawKind, DrawLedger, Event, EventKind, Measure, Origin, PayPlan, PlanPeriod, PlanYear,
    Quota, Reading, Recovery, Reward, Steps, Trigger, split, statements,
};
use super::payoff::{Question, payoff};
use super::quantity::Money;
use super::response::{carried_over, further_renewals};
use super::sample::sample_workspace;
use super::survival_estimate::{Observation, SurvivalEstimate};
use super::survival_mix::ShiftedBetaGeometric;
use super::term_engine::level_rate;

/// A case and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedCase {
    /// What is worked out.
    pub what: &'static str,
    /// Where the expected figures come from.
    pub source: &'static str,
    /// The figures that are expected.
    pub expected: Vec<f64>,
    /// Those that were found, in the same order; fewer where one could not be worked out.
    pub found: Vec<f64>,
    /// How far they may be apart, as a part of the expected figure or, below 1, as such.
    pub tolerance: f64,
}

impl PublishedCase {
    /// Whether every figure is met.
    pub fn is_met(&self) -> bool {
        let pairs = self.expected.iter().zip(&self.found);
        self.expected.len() == self.found.len()
            && pairs
                .into_iter()
                .all(|(expected, found)| (found - expected).abs() <= self.tolerance * expected.abs().max(1.0))
    }
}

/// A case not yet worked out.
struct Case {
    what: &'static str,
    source: &'static str,
    expected: &'static [f64],
    tolerance: f64,
    found: fn() -> Option<Vec<f64>>,
}

/// The cases, worked out now.
pub fn published_cases() -> Vec<PublishedCase> {
    let worked_out = |case: &Case| PublishedCase {
        what: case.what,
        source: case.source,
        expected: case.expected.to_vec(),
        found: (case.found)().unwrap_or_default(),
        tolerance: case.tolerance,
    };
    CASES.iter().map(worked_out).collect()
}

/// Amounts are right to the cent.
const CENT: f64 = 0.0;

const CASES: [Case; 17] = [
    Case {
        what: "Margin multiples r/(1 + i − r) at 12%, for 60, 70, 80 and 90% retention",
        source: "Gupta & Lehmann 2003",
        expected: &[1.15, 1.67, 2.5, 4.09],
        tolerance: 0.005,
        found: || [0.6, 0.7, 0.8, 0.9].iter().map(|kept| margin_multiple(*kept, 0.12).ok()).collect(),
    },
    Case {
        what: "Retention curve of a cohort fitted to seven years: alpha, beta, survival in year 12",
        source: "Fader & Hardie 2007, “High End”",
        expected: &[0.668_088, 3.806_095, 0.377_999],
        tolerance: 0.001,
        found: cohort,
    },
    Case {
        what: "Discounted expected residual lifetime after the first and the fifth renewal",
        source: "Fader & Hardie 2010, for alpha .668 and beta 3.806 at 10%",
        expected: &[5.414_856_048_374_041, 6.897_057_397_746_09],
        tolerance: 1e-8,
        found: || {
            let cohort = ShiftedBetaGeometric { alpha: 0.668, beta: 3.806 };
            [1, 5].iter().map(|renewal| cohort.residual_lifetime(*renewal, 0.1).ok()).collect()
        },
    },
    Case {
        what: "Survival with censored cases in weeks 6, 7, 10, 13, 16, 22 and 23, and the median",
        source: "Kaplan & Meier's estimate of the 6-MP trial, Freireich et al. 1963",
        expected: &[
            6.0 / 7.0,
            0.806_722_689,
            0.752_941_176,
            0.690_196_078,
            0.627_450_98,
            0.537_815_126,
            0.448_179_272,
            23.0,
        ],
        tolerance: 1e-6,
        found: remission,
    },
    Case {
        what: "Renewal in an S through 60, 80, 85 and at most 92%: at a quarter of today's attention, and at double",
        source: "ADBUDG, Little 1970",
        expected: &[0.74, 0.883_018_867_9],
        tolerance: 1e-8,
        found: || {
            let curve = Adbudg::through(0.6, 0.8, 0.85, 0.92).ok()?;
            Some(vec![curve.at(0.25), curve.at(2.0)])
        },
    },
    Case {
        what: "Attention carried over, .8 a month: after four, four and no hours",
        source: "normalised adstock, as Broadbent 1979",
        expected: &[0.8, 1.44, 1.152],
        tolerance: 1e-9,
        found: || {
            let mut attention = 0.0;
            let months = [4.0, 4.0, 0.0].iter().map(|hours| {
                attention = carried_over(attention, *hours, 0.8);
                attention
            });
            Some(months.collect())
        },
    },
    Case {
        what: "Eight hours shared among accounts worth 10,000, 6,000, 3,000 and 1,000",
        source: "water-filling: hours until the last brings the same everywhere",
        expected: &[3.809_865_618_7, 2.788_214_371_2, 1.401_920_010_1, 0.0],
        tolerance: 1e-8,
        found: || {
            let claim = |worth: &f64| Claim { worth: *worth, steepness: 0.5 };
            let claims: Vec<Claim> = [10_000.0, 6_000.0, 3_000.0, 1_000.0].iter().map(claim).collect();
            Some(water_filling(&claims, 8.0).hours)
        },
    },
    Case {
        what: "Tiers, each slice at its own rate: six sales",
        source: "Oracle's guide to incentive compensation",
        expected: &[2.0, 3.0, 20.0, 14.0, 30.0, 95.0],
        tolerance: CENT,
        found: || {
            let tiers = [(0.0, 0.01), (1_000.0, 0.02), (3_000.0, 0.03), (8_000.0, 0.05)];
            sales(&tiers, Reading::Marginal, &[200.0, 300.0, 1_500.0, 1_200.0, 2_000.0, 4_500.0])
        },
    },
    Case {
        what: "Tiers, the rate reached on everything: three sales",
        source: "Oracle's guide to incentive compensation",
        expected: &[50.0, 300.0, 1_800.0],
        tolerance: CENT,
        found: || sales(&ORACLE, Reading::Retroactive, &[5_000.0, 15_000.0, 60_000.0]),
    },
    Case {
        what: "The same tiers, each slice at its own rate",
        source: "Oracle's guide to incentive compensation",
        expected: &[50.0, 200.0, 1_200.0],
        tolerance: CENT,
        found: || sales(&ORACLE, Reading::Marginal, &[5_000.0, 15_000.0, 60_000.0]),
    },
    Case {
        what: "A quota of 100,000 with 6, 8 and 10%: 110,000 and 160,000 sold, slice by slice",
        source: "Sales Cookie",
        expected: &[6_800.0, 11_000.0],
        tolerance: CENT,
        found: || quota(Reading::Marginal),
    },
    Case {
        what: "The same quota with the rate reached on everything",
        source: "Sales Cookie",
        expected: &[8_800.0, 16_000.0],
        tolerance: CENT,
        found: || quota(Reading::Retroactive),
    },
    Case {
        what: "A recoverable draw of 1,500 with 500 and then 3,000 earned: paid and owed, month by month",
        source: "Xactly",
        expected: &[1_500.0, 1_000.0, 2_000.0, 0.0],
        tolerance: CENT,
        found: || draw(DrawKind::Recoverable),
    },
    Case {
        what: "The same draw, not recoverable",
        source: "Xactly",
        expected: &[1_500.0, 0.0, 3_000.0, 0.0],
        tolerance: CENT,
        found: || draw(DrawKind::NonRecoverable),
    },
    Case {
        what: "Clawback pro rata of 12 months: 10% of 24,000, lost after six",
        source: "ratiotech",
        expected: &[1_200.0],
        tolerance: CENT,
        found: clawback,
    },
    Case {
        what: "A commission of 15,000 split 60 to 40, and the one rate worth 10% and 2% (r = .85, 10%)",
        source: "arithmetic; present value of one new account",
        expected: &[9_000.0, 6_000.0, 0.168 / 4.4],
        tolerance: 1e-9,
        found: || {
            let mut found: Vec<f64> =
                split(Money::from_units(15_000.0)?, &[0.6, 0.4]).into_iter().map(Money::units).collect();
            found.push(level_rate(0.10, 0.02, further_renewals(1.0 / 1.1, 0.85).ok()?));
            Some(found)
        },
    },
    Case {
        what: "The default case: the seller's best share, the company's, and the gap",
        source: "a second program written from the description of the projection alone",
        expected: &[0.325_842, 0.523_244, 102_663.0],
        tolerance: 1e-5,
        found: || {
            let answer = payoff(&sample_workspace(Month::parse("2026-11")?), &Question::default()).ok()?;
            Some(vec![answer.seller_best.share, answer.company_best.share, answer.gap])
        },
    },
];

const ORACLE: [(f64, f64); 4] = [(0.0, 0.01), (10_000.0, 0.02), (50_000.0, 0.03), (100_000.0, 0.04)];

fn cohort() -> Option<Vec<f64>> {
    let percent = [100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1];
    let left = percent.map(|percent| 10.0 * percent);
    let lost: Vec<f64> = left.windows(2).filter_map(|pair| Some(pair.first()? - pair.last()?)).collect();
    let fitted = ShiftedBetaGeometric::fit(&lost, *left.last()?).ok()?;
    Some(vec![fitted.alpha, fitted.beta, fitted.survival().nth(12)?])
}

fn remission() -> Option<Vec<f64>> {
    let ended = [6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0].map(|time| Observation { time, ended: true });
    let censored = [6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0];
    let all: Vec<Observation> =
        ended.into_iter().chain(censored.map(|time| Observation { time, ended: false })).collect();
    let curve = SurvivalEstimate::new(&all).ok()?;
    let mut found: Vec<f64> = curve.steps().iter().map(|step| step.survival).collect();
    found.push(curve.median()?);
    Some(found)
}

/// The plan year of the cases about pay.
fn year() -> Option<PlanYear> {
    Some(PlanYear { first: Month::parse("2026-01")? })
}

fn plan(reward: Reward) -> Option<PayPlan> {
    let component = Component::new("New business", Measure::revenue(Trigger::NewBusiness), reward);
    Some(PayPlan { components: vec![component], ..PayPlan::empty(year()?) })
}

fn sale(on: NaiveDate, account: u32, revenue: f64) -> Event {
    Event {
        on,
        kind: EventKind::Won,
        origin: Origin::Account(super::account::AccountId(account)),
        count: 1.0,
        revenue,
        margin: revenue,
        collected_on: None,
        age: 0,
        term: 12,
    }
}

/// What each amount pays by itself in the first month of the plan.
fn paid_for(plan: &PayPlan, amounts: &[f64]) -> Option<Vec<f64>> {
    let first = plan.year.first;
    let pay = |amount: &f64| {
        let told = statements(&[(None, plan.clone())], &[sale(first.first_day(), 1, *amount)], first, 1);
        Some(told.first()?.paid().units())
    };
    amounts.iter().map(pay).collect()
}

fn sales(tiers: &[(f64, f64)], reading: Reading, amounts: &[f64]) -> Option<Vec<f64>> {
    let rates = Steps::new(tiers.to_vec()).ok()?;
    paid_for(&plan(Reward::DealTiers { rates, reading })?, amounts)
}

fn quota(reading: Reading) -> Option<Vec<f64>> {
    let rates = Steps::new(vec![(0.0, 0.06), (1.0, 0.08), (1.5, 0.10)]).ok()?;
    let mut plan = plan(Reward::PeriodTiers { rates, reading, quota: Some(0) })?;
    plan.quotas.push(Quota {
        name: "Quota".to_owned(),
        measure: Measure::revenue(Trigger::NewBusiness),
        target: 100_000.0,
        period: PlanPeriod::Month,
    });
    paid_for(&plan, &[110_000.0, 160_000.0])
}

fn draw(kind: DrawKind) -> Option<Vec<f64>> {
    let mut ledger = DrawLedger::new(Draw { amount: 1_500.0, kind, months: None, recovery_after: 0 });
    let months = [500.0, 3_000.0].map(|earned| ledger.pay(earned));
    Some(months.iter().flat_map(|month| [month.paid, month.owed]).collect())
}

fn clawback() -> Option<Vec<f64>> {
    let mut plan = plan(Reward::Rate(0.10))?;
    plan.components.first_mut()?.clawback = Some(Clawback { recovery: Recovery::ProRata { months: 12 } });
    let first = plan.year.first;
    let won = sale(first.first_day(), 1, 24_000.0);
    let end = first.plus(6).first_day();
    let lost = Event { on: end, kind: EventKind::Lost, age: 6, ..won };
    // There must be pay to take it from.
    let other = sale(end, 2, 1e6);
    let told = statements(&[(None, plan)], &[won, lost, other], first, 7);
    let taken = told.last()?.lines.iter().find(|line| line.rule == "Clawback")?;
    Some(vec![-taken.amount.units()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_case_is_met() {
        for case in published_cases() {
            assert!(case.is_met(), "{}: {:?} for {:?}", case.what, case.found, case.expected);
        }
    }

    #[test]
    fn a_case_that_is_missed_is_told() {
        let mut case = published_cases().swap_remove(0);
        case.found[3] += 0.03;
        assert!(!case.is_met());
        case.found.pop();
        assert!(!case.is_met(), "a figure that could not be worked out is no figure met");
    }
}
