//! Cases that can be worked out by hand, and the edges.

use holdfast::model::account::{Account, Standing, Term};
use holdfast::model::assumptions::{Assumptions, AttentionPolicy};
use holdfast::model::book::Book;
use holdfast::model::monte_carlo::{Duel, NewBusinessTiers, Simulation};
use holdfast::model::pay::{PlanPeriod, Reading, Steps};
use holdfast::model::plan::{QuotaRule, RenewalSchedule};
use holdfast::model::quantity::{CommissionRate, Money};
use holdfast::model::workspace::Workspace;

use crate::{only_wins, sample, simulated, team};

const RUNS: usize = 40_000;

/// `W = M p (1 - exp(-H/(a M)))` with 630 hours, 120 leads, odds of 1/14 and 4 hours a pursuit.
fn wins_in_a_year() -> f64 {
    120.0 / 14.0 * (1.0 - (-630.0_f64 / 480.0).exp())
}

/// The chance of each Poisson count up to 60.
fn poisson(mean: f64) -> Vec<f64> {
    let mut chance = (-mean).exp();
    (0..60)
        .map(|count| {
            let this = chance;
            chance *= mean / f64::from(count + 1);
            this
        })
        .collect()
}

fn mean_of(chances: &[f64], of: impl Fn(f64) -> f64) -> (f64, f64) {
    let weigh = |of: &dyn Fn(f64) -> f64| (0..).zip(chances).map(|(count, chance)| of(f64::from(count)) * chance).sum();
    let mean: f64 = weigh(&of);
    let square: f64 = weigh(&|count| of(count) * of(count));
    (mean, (square - mean * mean).sqrt())
}

#[test]
fn wins_alone_pay_a_poisson_count_of_commissions() {
    let spread = simulated(&only_wins(), 0.0, 3, RUNS).spread();
    let wins = wins_in_a_year();
    // 10 % of 12,000 each; variation 1/sqrt(wins).
    let error = 1_200.0 * (wins / RUNS as f64).sqrt();
    assert!((spread.first_year_new_pay.mean - 1_200.0 * wins).abs() < 4.0 * error, "{spread:?}");
    assert!((spread.first_year_new_pay.at_expected_volume - 1_200.0 * wins).abs() < 1e-6, "{spread:?}");
    let variation = spread.first_year_new_pay.variation().unwrap();
    let relative_error = ((1.0 / wins + 2.0) / RUNS as f64).sqrt() / 2.0;
    assert!((variation * wins.sqrt() - 1.0).abs() < 4.0 * relative_error, "{variation}");
    assert_eq!((spread.first_year_renewal_pay.variation(), spread.renewal_part()), (None, Some(0.0)));
    // Quantiles are whole accounts: the count which 5 and 95 % of the law lie below.
    let mut sum = 0.0;
    let law: Vec<f64> = poisson(wins)
        .iter()
        .map(|chance| {
            sum += chance;
            sum
        })
        .collect();
    for (place, part) in [(0, 0.05), (3, 0.5), (6, 0.95)] {
        let count = law.iter().take_while(|until| **until < part).count() as f64;
        assert!((spread.first_year_new_pay.quantiles[place] - 1_200.0 * count).abs() < 1e-6, "{part} {spread:?}");
    }
}

#[test]
fn beyond_a_quota_expected_pay_is_not_pay_at_expected_volume() {
    let wins = wins_in_a_year();
    // Six accounts are expected, and seven are the target: on average nothing lies beyond it, yet now and then much does.
    assert!(wins > 6.0 && wins < 7.0);
    let mut workspace = only_wins();
    workspace.plan.quota = QuotaRule { target: 84_000.0, period: PlanPeriod::Year, multiplier: 3.0 };
    let spread = simulated(&workspace, 0.0, 5, RUNS).spread();
    let (mean, deviation) = mean_of(&poisson(wins), |count| 1_200.0 * (count + 2.0 * (count - 7.0).max(0.0)));
    let pay = spread.first_year_pay;
    assert!((pay.mean - mean).abs() < 4.0 * deviation / (RUNS as f64).sqrt(), "{} {mean}", pay.mean);
    assert!((pay.at_expected_volume - 1_200.0 * wins).abs() < 1e-6 && pay.misleads_at_expected_volume(), "{pay:?}");
    assert!(pay.z().is_none() && spread.revenue.z().is_some() && !spread.revenue.misleads_at_expected_volume());
    // A cap at the target takes what lies beyond.
    workspace.plan.quota.multiplier = 0.0;
    let (capped, deviation) = mean_of(&poisson(wins), |count| 1_200.0 * count.min(7.0));
    let pay = simulated(&workspace, 0.0, 6, RUNS).spread().first_year_pay;
    assert!((pay.mean - capped).abs() < 4.0 * deviation / (RUNS as f64).sqrt(), "{} {capped}", pay.mean);
    assert!(pay.misleads_at_expected_volume());
}

#[test]
fn a_cliff_pays_with_the_chance_to_reach_it() {
    // Nothing below eight accounts, all of it from there on.
    let steps = Steps::new(vec![(0.0, 0.0), (96_000.0, 1.0)]).unwrap();
    let tiers = NewBusinessTiers { period: PlanPeriod::Year, steps, reading: Reading::Retroactive };
    let workspace = only_wins();
    let team = team(&workspace).unwrap();
    let mut simulation = Simulation::with_tiers(&team, &workspace.plan, Some(&tiers), &[0.0], 9);
    simulation.advance(RUNS);
    let pay = simulation.spread().first_year_pay;
    let (mean, deviation) =
        mean_of(&poisson(wins_in_a_year()), |count| if count >= 8.0 { 1_200.0 * count } else { 0.0 });
    assert!((pay.mean - mean).abs() < 4.0 * deviation / (RUNS as f64).sqrt(), "{} {mean}", pay.mean);
    assert_eq!(pay.at_expected_volume, 0.0);
    assert!(pay.misleads_at_expected_volume());
}

/// One account of 12,000 that renews in months 12, 24, 36, 48, 60 with chance .6 each.
fn one_account() -> Workspace {
    let mut workspace = sample();
    workspace.book.accounts.truncate(1);
    workspace.assumptions =
        Assumptions { leads: 0.0, referrals: 0.0, renew_today: 0.6, residual: false, ..Assumptions::default() };
    workspace
}

#[test]
fn one_account_stays_a_geometric_time() {
    let simulation = simulated(&one_account(), 0.5, 1, RUNS);
    let months_of = |revenue: f64| (revenue / 1_000.0).round() as u32;
    for (renewals, months) in [11, 23, 35, 47, 59, 60].into_iter().enumerate() {
        let chance = if renewals < 5 { 0.6_f64.powi(renewals as i32) * 0.4 } else { 0.6_f64.powi(5) };
        let count = simulation.outcomes().iter().filter(|it| months_of(it.revenue) == months).count() as f64;
        let error = (RUNS as f64 * chance * (1.0 - chance)).sqrt();
        assert!((count - RUNS as f64 * chance).abs() < 4.0 * error, "{months} months: {count}");
    }
    // 2 % of 12,000 if it renews in month 12.
    assert!(simulation.outcomes().iter().all(|it| it.first_year_pay == 0.0 || it.first_year_pay == 240.0));
}

#[test]
fn twice_the_commission_wins_unless_nothing_is_won() {
    let workspace = only_wins();
    let mut richer = workspace.clone();
    richer.plan.new_business = CommissionRate::new(0.2).unwrap();
    let duel = Duel::new(&simulated(&workspace, 0.0, 4, RUNS), &simulated(&richer, 0.0, 4, RUNS));
    let none = (-wins_in_a_year()).exp();
    let error = (none * (1.0 - none) / RUNS as f64).sqrt();
    assert!((duel.seller.equal - none).abs() < 4.0 * error, "{duel:?}");
    assert_eq!((duel.runs, duel.seller.better, duel.company.better), (RUNS, 1.0 - duel.seller.equal, 0.0));
    assert!(duel.seller.difference > 0.0 && duel.company.difference < 0.0);
    let itself = Duel::new(&simulated(&workspace, 0.0, 4, 100), &simulated(&workspace, 0.0, 4, 100));
    assert_eq!((itself.seller.equal, itself.company.equal, itself.seller.difference), (1.0, 1.0, 0.0));
}

#[test]
fn plans_and_shares_have_the_same_luck() {
    // Another plan pays otherwise, but the same customers stay and come.
    let mut workspace = sample();
    let revenues = |workspace: &Workspace, share: f64, seed: u64| -> Vec<f64> {
        simulated(workspace, share, seed, 500).outcomes().iter().map(|it| it.revenue).collect()
    };
    let before = revenues(&workspace, 0.3, 8);
    workspace.plan.renewal = RenewalSchedule::level(CommissionRate::new(0.09).unwrap());
    assert_eq!(before, revenues(&workspace, 0.3, 8));
    assert_ne!(before, revenues(&workspace, 0.3, 9));
    // Where nothing is won, more time with customers loses none of them in any run.
    workspace.assumptions.leads = 0.0;
    workspace.assumptions.referrals = 0.0;
    let (less, more) = (revenues(&workspace, 0.3, 8), revenues(&workspace, 0.4, 8));
    assert!(less.iter().zip(&more).all(|(less, more)| less <= more) && less != more);
    // An account more changes nothing for the others: where attention does nothing, it adds what it brings.
    workspace.assumptions.renew_today = workspace.assumptions.renew_unattended;
    let all = revenues(&workspace, 0.3, 8);
    workspace.book.accounts.retain(|account| account.id.0 != 8);
    let others = revenues(&workspace, 0.3, 8);
    let added: std::collections::BTreeSet<i64> =
        all.iter().zip(&others).map(|(all, others)| ((all - others) / 1_000.0).round() as i64).collect();
    assert_eq!(added, [4, 16, 28, 40, 52, 60].into_iter().collect());
}

#[test]
fn thousands_of_wins_have_the_spread_of_their_law() {
    // So many that counts are drawn for each month instead of each win: 100,000 leads with odds of 1/2, 1/4 hour each.
    let mut workspace = only_wins();
    let assumed = &mut workspace.assumptions;
    (assumed.leads, assumed.odds_new, assumed.hours_per_pursuit) = (100_000.0, 0.5, 0.25);
    let wins = 50_000.0 * (1.0 - (-630.0_f64 / 25_000.0).exp());
    assert!(wins > 1_200.0);
    let spread = simulated(&workspace, 0.0, 2, 10_000).spread();
    assert!((spread.first_year_pay.mean / 1_200.0 - wins).abs() < 4.0 * (wins / 1e4).sqrt(), "{spread:?}");
    let variance = (spread.first_year_pay.deviation / 1_200.0).powi(2);
    assert!((variance - wins).abs() < 4.0 * ((wins + 2.0 * wins * wins) / 1e4).sqrt(), "{variance} {wins}");
    // Monthly contracts over five years: each month's wins leave with chances of their own.
    let mut monthly = workspace.clone();
    (monthly.assumptions.horizon, monthly.assumptions.residual) = (24, true);
    let mut account = Account::new(monthly.book.take_id(), String::new(), Money::from_cents(1_200_000));
    account.standing = Standing::Active { since: None, renews_on: None };
    account.term = Term::new(1).unwrap();
    monthly.book.accounts.push(account);
    let spread = simulated(&monthly, 0.2, 2, 2_000).spread();
    for measure in [spread.first_year_pay, spread.pay, spread.revenue, spread.company_value] {
        assert!(measure.z().unwrap().abs() < 4.0, "{measure:?}");
    }
}

#[test]
fn the_edges_are_numbers() {
    let finite = |workspace: &Workspace, share: f64| {
        let mut simulation = simulated(workspace, share, 1, 300);
        simulation.advance(0);
        let spread = simulation.spread();
        assert_eq!(spread.runs, 300);
        for it in simulation.outcomes().iter().chain([simulation.at_expected_volume()]) {
            let all = [it.first_year_pay, it.pay, it.renewal_pay, it.new_pay, it.revenue, it.company_value];
            assert!(all.iter().all(|amount| amount.is_finite()), "{it:?}");
        }
        spread
    };
    let mut nothing = sample();
    nothing.book = Book::empty();
    nothing.assumptions.hours_per_year = 0.0;
    for share in [0.0, 0.5, 1.0] {
        let spread = finite(&nothing, share);
        assert_eq!((spread.pay.mean, spread.revenue.quantiles, spread.renewal_part()), (0.0, [0.0; 7], None));
    }
    // Nobody stays, or everybody does whatever is done.
    let mut lost = one_account();
    (lost.assumptions.renew_unattended, lost.assumptions.renew_today) = (0.0, 0.0);
    let spread = finite(&lost, 0.0);
    assert!((spread.revenue.mean - 11_000.0).abs() < 1e-6 && spread.revenue.z().is_none(), "{:?}", spread.revenue);
    let mut sure = one_account();
    (sure.assumptions.renew_unattended, sure.assumptions.renew_today, sure.assumptions.renew_saturated) =
        (1.0 - 1e-15, 1.0 - 1e-15, 1.0);
    let spread = finite(&sure, 1.0);
    assert!((spread.revenue.mean - 60_000.0).abs() < 1e-6 && spread.revenue.deviation < 1e-6);
    for policy in AttentionPolicy::ALL {
        let mut workspace = sample();
        workspace.assumptions.attention = policy;
        for share in [0.0, 0.33, 1.0] {
            let spread = finite(&workspace, share);
            assert!(spread.pay.deviation > 0.0);
        }
    }
    let no_runs = Simulation::new(&team(&sample()).unwrap(), &sample().plan, &[0.3], 1).spread();
    assert_eq!((no_runs.runs, no_runs.pay.mean, no_runs.pay.z()), (0, 0.0, None));
}

#[test]
fn a_book_of_ten_thousand_has_the_mean_that_is_expected() {
    let mut workspace = sample();
    workspace.book = Book::empty();
    for index in 0..10_000_i32 {
        let id = workspace.book.take_id();
        let mut account = Account::new(id, String::new(), Money::from_cents(i64::from(100_000 + 37 * index)));
        let since = workspace.as_of.plus(-(index % 31)).first_day();
        account.standing = Standing::Active { since: Some(since), renews_on: None };
        workspace.book.accounts.push(account);
    }
    let spread = simulated(&workspace, 0.4, 1, 200).spread();
    for measure in [spread.first_year_pay, spread.pay, spread.revenue, spread.company_value] {
        assert!(measure.z().unwrap().abs() < 4.0, "{measure:?}");
    }
}
