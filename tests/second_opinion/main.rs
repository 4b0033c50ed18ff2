//! The projection against a second one, written from the method's description alone: see `naive`.
//!
//! `HOLDFAST_SOAK=1` draws 10,000 new cases instead of the 1,000 that are always the same. Best shares take some 300
//! slow projections, so they are searched for in a fifth as many cases.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

#[path = "../fixtures/generate.rs"]
mod generate;
mod naive;
mod once_differed;
mod s_curve;

use std::cell::Cell;
use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use holdfast::model::account::{Account, Origin, OwnJudgement, Standing};
use holdfast::model::assumptions::{Assumptions, AttentionPolicy, RenewalForm};
use holdfast::model::book::Provenance;
use holdfast::model::payoff::{Course, Payoff, Question, payoff};
use holdfast::model::workspace::Workspace;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use generate::{accounts, as_of, assumptions, book_of, for_all, plans};
use naive::{Customer, Former, Inputs, Outcome, Policy, best_share, project};

type Checked = Result<(), TestCaseError>;

/// The shares of a row of 51 at which values are compared: 0, .26, .5, .74 and 1.
const COMPARED: [usize; 5] = [0, 13, 25, 37, 50];

// --- The same inputs for both -----------------------------------------------------------------------------------

/// Whether the account's own chances, filled up with the seller's, are such as the method allows.
fn is_fit(account: &Account, assumed: &Assumptions) -> bool {
    let OwnJudgement { unattended, today, saturated } = account.judgement;
    let r0 = unattended.map_or(assumed.renew_unattended, |chance| chance.get());
    let r1 = today.map_or(assumed.renew_today, |chance| chance.get());
    let rc = saturated.map_or(assumed.renew_saturated, |chance| chance.get());
    let is_idle = assumed.share_today * assumed.hours_per_year == 0.0;
    r0 <= r1 && r1 < rc && (r0 == r1 || !is_idle)
}

/// One seller with up to eight accounts; what the method refuses in an account is left to the seller's chances.
fn workspaces() -> impl Strategy<Value = Workspace> {
    (assumptions(), plans(), vec(accounts(&["Ada"]), 0..=8)).prop_map(|(assumptions, plan, mut accounts)| {
        for account in accounts.iter_mut().filter(|account| !is_fit(account, &assumptions)) {
            account.judgement = OwnJudgement::default();
        }
        Workspace { assumptions, ..Workspace::new(as_of(), book_of(accounts, Provenance::Own), plan) }
    })
}

/// Calendar months from November 2026, the start of every generated workspace, to `day`.
fn months_ahead(day: NaiveDate) -> i32 {
    (day.year() - 2026) * 12 + day.month() as i32 - 11
}

fn customer(account: &Account) -> Option<Customer> {
    let Standing::Active { since, renews_on } = account.standing else { return None };
    let OwnJudgement { unattended, today, saturated } = account.judgement;
    Some(Customer {
        value: account.annual_value.units(),
        margin: account.margin.get(),
        cost_to_serve: account.cost_to_serve.units(),
        term: account.term.months(),
        // An account still to be won counts as won now.
        tenure: since.map_or(0, |day| (-months_ahead(day)).max(0) as u32),
        months_to_renewal: renews_on.map(months_ahead),
        odds: account.loss_odds.get(),
        is_referred: account.is_referred(),
        is_won_back: account.origin == Origin::WinBack,
        r0: unattended.map(|chance| chance.get()),
        r1: today.map(|chance| chance.get()),
        rc: saturated.map(|chance| chance.get()),
    })
}

fn former(account: &Account) -> Former {
    Former { value: account.annual_value.units() }
}

fn inputs_of(workspace: &Workspace) -> Inputs {
    let (plan, assumed) = (&workspace.plan, &workspace.assumptions);
    let book = &workspace.book.accounts;
    let is_lapsed = |account: &&Account| matches!(account.standing, Standing::Lapsed { .. });
    Inputs {
        hours: assumed.hours_per_year,
        share_today: assumed.share_today,
        r0: assumed.renew_unattended,
        r1: assumed.renew_today,
        rc: assumed.renew_saturated,
        rh: (assumed.renewal_form == RenewalForm::SCurve).then_some(assumed.renew_half),
        p_new: assumed.odds_new,
        p_ref: assumed.odds_referred,
        p_lapsed: assumed.odds_lapsed,
        hours_per_pursuit: assumed.hours_per_pursuit,
        leads: assumed.leads,
        referrals: assumed.referrals,
        win_back: assumed.win_back,
        omega: assumed.lapsed_fade,
        delta: assumed.carry_over,
        discount_company: assumed.discount_company,
        discount_seller: assumed.discount_seller,
        stay: assumed.stay,
        c_new: plan.new_business.get(),
        c_ren: plan.renewal.by_year().iter().map(|rate| rate.get()).collect(),
        c_up: plan.upsell.get(),
        c_ref: plan.referral.get(),
        growth: assumed.upsell_growth,
        pull: assumed.competitor_pull,
        origins: (assumed.referred_odds, assumed.won_back_odds),
        fit: assumed.new_account_fit,
        references: (assumed.reference_lift, assumed.references_for_half),
        policy: match assumed.attention {
            AttentionPolicy::Even => Policy::Even,
            AttentionPolicy::ByValue => Policy::ByValue,
            AttentionPolicy::Honeymoon => Policy::Honeymoon,
            AttentionPolicy::Best => Policy::Best,
        },
        honeymoon: (assumed.honeymoon_months, assumed.honeymoon_fade, assumed.honeymoon_ratio),
        quota: (plan.quota.target, plan.quota.period.months(), plan.quota.multiplier),
        base: plan.base.units(),
        prospecting_cost: assumed.prospecting_cost,
        months: assumed.horizon,
        residual: assumed.residual,
        customers: book.iter().filter_map(customer).collect(),
        lapsed: book.iter().filter(is_lapsed).map(former).collect(),
        doubt: 0.0,
    }
}

// --- Agreement --------------------------------------------------------------------------------------------------

fn near(got: f64, expected: f64, allowed: f64, what: &str) -> Checked {
    // A NaN must miss, so the comparison asks for what passes.
    let passes = (got - expected).abs() <= allowed;
    prop_assert!(passes, "{}: {} here, {} in the second opinion, allowed {:e}", what, got, expected, allowed);
    Ok(())
}

/// What rounding may move a value by. Where large flows of opposite sign nearly cancel, or of a large book next to
/// nothing survives, the rest is known only as well as those are: a thousandth of them stands in for it. A millionth
/// of a unit of money is nothing.
fn allowed(value: f64, flows: f64) -> f64 {
    1e-10 * value.abs().max(1e-3 * flows).max(1e-6)
}

/// One share in the second opinion, and again with every `1 - exp(-x)` a few roundings lower. Written like that it has
/// few digits where `x` is small: wins of few hours among very many leads, and chances next to 0, of which a monthly
/// contract then takes the twelfth root. An answer so written is known no better than these two agree.
struct Second {
    told: Outcome,
    doubted: Outcome,
}

impl Second {
    fn new(inputs: &Inputs, share: f64) -> Second {
        Second { told: project(inputs, share), doubted: project(&Inputs { doubt: 4e-16, ..inputs.clone() }, share) }
    }

    fn seller_allowed(&self) -> f64 {
        let doubt = (self.doubted.seller_value - self.told.seller_value).abs();
        allowed(self.told.seller_value, self.told.seller_flows).max(3.0 * doubt)
    }

    fn company_allowed(&self) -> f64 {
        let doubt = (self.doubted.company_value - self.told.company_value).abs();
        allowed(self.told.company_value, self.told.company_flows).max(3.0 * doubt)
    }

    fn check_values(&self, seller: f64, company: f64, place: &str) -> Checked {
        near(seller, self.told.seller_value, self.seller_allowed(), &format!("seller value {place}"))?;
        near(company, self.told.company_value, self.company_allowed(), &format!("company value {place}"))
    }

    /// A series, month by month: to 1e-10 of `size`, which is that of its largest month.
    fn check_series(&self, series: &[f64], of: fn(&naive::Month) -> f64, size: f64, what: &str) -> Checked {
        let (told, doubted) = (self.told.months.iter().map(of), self.doubted.months.iter().map(of));
        for (index, (told, doubted)) in told.zip(doubted).enumerate() {
            let allowed = (1e-10 * size).max(3.0 * (doubted - told).abs());
            near(series[index], told, allowed, &format!("{what} of month {}", index + 1))?;
        }
        Ok(())
    }

    fn check_course(&self, course: &Course) -> Checked {
        let largest = |of: fn(&naive::Month) -> f64| self.told.months.iter().map(of).map(f64::abs).fold(0.0, f64::max);
        let accounts = largest(|month| month.accounts).max(1.0);
        self.check_series(&course.accounts[1..], |month| month.accounts, accounts, "accounts")?;
        self.check_series(&course.wins, |month| month.wins, accounts, "wins")?;
        self.check_series(&course.lost, |month| month.lost, accounts, "lost")?;
        let pay = largest(|month| month.pay).max(1e-3 * self.told.seller_flows);
        self.check_series(&course.pay, |month| month.pay, pay, "pay")?;
        let profit = largest(|month| month.profit).max(1e-3 * self.told.company_flows);
        self.check_series(&course.profit, |month| month.profit, profit, "profit")
    }
}

/// The best share of one of the two, or as good a one: tops may be flat, and there may be several.
fn check_best(share: f64, found: (f64, f64), worth: f64, allowed: f64, what: &str) -> Checked {
    let (naive_share, naive_worth) = found;
    // A higher top than the search found is a better answer, not a worse one; its worth is compared by itself.
    let passes = (share - naive_share).abs() <= 1e-6 || worth >= naive_worth - allowed;
    prop_assert!(
        passes,
        "{}: worth {} at {} here, {} at {} in the second opinion",
        what,
        worth,
        share,
        naive_worth,
        naive_share
    );
    Ok(())
}

fn check_bests(answer: &Payoff, inputs: &Inputs) -> Checked {
    let (seller, company) = (answer.seller_best, answer.company_best);
    let (at_seller, at_company) = (Second::new(inputs, seller.share), Second::new(inputs, company.share));
    at_seller.check_values(seller.seller_value, seller.company_value, "at the seller's best")?;
    at_company.check_values(company.seller_value, company.company_value, "at the company's best")?;

    let seller_found = best_share(|share| project(inputs, share).seller_value, 101);
    let company_found = best_share(|share| project(inputs, share).company_value, 101);
    check_best(seller.share, seller_found, at_seller.told.seller_value, at_seller.seller_allowed(), "seller's best")?;
    let worth = at_company.told.company_value;
    check_best(company.share, company_found, worth, at_company.company_allowed(), "company's best")?;

    // The gap between the two shares that are told: on a flat top, or between equal tops, another share is as good for
    // one side and not for the other.
    let gap = (worth - at_seller.told.company_value).max(0.0);
    let size = worth.abs().max(1e-3 * at_company.told.company_flows);
    let values_allowed = at_company.company_allowed() + at_seller.company_allowed();
    near(answer.gap, gap, (1e-5 * gap.max(1e-6 * size)).max(values_allowed), "gap")
}

/// Draws cases, passes over those that are refused, and puts both answers to `law`.
fn for_all_answered(suite: u32, soak: u32, law: impl Fn(&Payoff, &Inputs) -> Checked) {
    let (drawn, refused, bent) = (Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32));
    for_all(suite, soak, &workspaces(), |workspace| {
        drawn.set(drawn.get() + 1);
        let Ok(answer) = payoff(&workspace, &Question::default()) else {
            refused.set(refused.get() + 1);
            return Ok(());
        };
        let inputs = inputs_of(&workspace);
        bent.set(bent.get() + u32::from(inputs.rh.is_some()));
        law(&answer, &inputs)
    });
    let (drawn, refused) = (drawn.get(), refused.get());
    assert!(refused * 5 <= drawn, "{refused} of {drawn} cases were refused");
    assert!(bent.get() * 4 >= drawn, "only {} of {drawn} cases have an S-curve", bent.get());
}

#[test]
fn both_give_every_split_the_same_values() {
    for_all_answered(1_000, 10_000, |answer, inputs| {
        for index in COMPARED {
            let point = &answer.curve[index];
            let place = format!("at {}", point.share);
            Second::new(inputs, point.share).check_values(point.seller_value, point.company_value, &place)?;
        }
        let today = Second::new(inputs, inputs.share_today);
        today.check_values(answer.today.seller_value, answer.today.company_value, "today")?;
        today.check_course(&answer.today_course)
    });
}

#[test]
fn both_find_the_same_best_shares_and_gap() {
    for_all_answered(200, 2_000, check_bests);
}

// --- The second opinion itself ----------------------------------------------------------------------------------

fn assert_near(got: f64, expected: f64, tolerance: f64, what: &str) {
    let passes = (got - expected).abs() <= tolerance * expected.abs().max(1.0);
    assert!(passes, "{what} is {got}, expected {expected}");
}

/// Seller's best, company's best and the gap.
fn headline(inputs: &Inputs) -> [f64; 3] {
    let company_value = |share: f64| project(inputs, share).company_value;
    let (seller, _) = best_share(|share| project(inputs, share).seller_value, 401);
    let (company, most) = best_share(company_value, 401);
    [seller, company, most - company_value(seller)]
}

#[test]
fn the_default_case_comes_out_as_the_method_says() {
    let customers = (0..40).map(|index| Customer {
        value: 12_000.0,
        margin: 0.70,
        cost_to_serve: 0.0,
        term: 12,
        tenure: index % 12,
        months_to_renewal: None,
        odds: 1.0,
        is_referred: false,
        is_won_back: false,
        r0: None,
        r1: None,
        rc: None,
    });
    let sample = holdfast::model::sample::sample_workspace(as_of());
    let default = Inputs { customers: customers.collect(), ..inputs_of(&sample) };
    let [seller, company, gap] = headline(&default);
    assert_near(seller, 0.325842, 1e-6, "seller's best");
    assert_near(company, 0.523244, 1e-6, "company's best");
    assert_near(gap, 102_663.0, 1e-5, "gap");
    assert_near(project(&default, company).company_value, 2_278_496.0, 1e-6, "company's value");

    let mut level = vec![0.10; 10];
    level[0] = 0.0;
    let [seller, company, _] = headline(&Inputs { c_ren: level, ..default });
    assert_near(seller, 0.506141, 1e-6, "seller's best at 10 %");
    assert_near(company, 0.517712, 1e-6, "company's best at 10 %");
}

fn number(inputs: &Value, name: &str) -> f64 {
    inputs[name].as_f64().unwrap_or_else(|| panic!("{name} is not a number: {}", inputs[name]))
}

/// The rate of each contract year from a table of steps.
fn rates(steps: &Value) -> Vec<f64> {
    let mut by_year = Vec::new();
    let mut rate = 0.0;
    for year in 1..=10 {
        rate = steps[year.to_string()].as_f64().unwrap_or(rate);
        by_year.push(rate);
    }
    by_year
}

fn case_customer(account: &Value) -> Customer {
    let of = |name: &str| number(account, name);
    Customer {
        value: of("value"),
        margin: of("margin"),
        cost_to_serve: of("cost_to_serve"),
        term: of("term") as u32,
        tenure: of("tenure") as u32,
        months_to_renewal: account["months_to_renewal"].as_i64().map(|months| months as i32),
        odds: of("odds"),
        is_referred: account["origin"] == "referral",
        is_won_back: account["origin"] == "win_back",
        r0: account["r0"].as_f64(),
        r1: account["r1"].as_f64(),
        rc: account["rc"].as_f64(),
    }
}

fn case_inputs(inputs: &Value) -> Inputs {
    let of = |name: &str| number(inputs, name);
    for typed in ["new_value", "new_margin", "new_term"] {
        assert!(inputs[typed].is_null(), "{typed} of a new account is not part of the second opinion");
    }
    Inputs {
        hours: of("hours"),
        share_today: of("u0"),
        r0: of("r0"),
        r1: of("r1"),
        rc: of("rc"),
        rh: inputs["rh"].as_f64(),
        p_new: of("p_new"),
        p_ref: of("p_ref"),
        p_lapsed: of("p_lapsed"),
        hours_per_pursuit: of("hours_per_pursuit"),
        leads: of("leads"),
        referrals: of("referrals"),
        win_back: inputs["win_back"].as_bool().unwrap(),
        omega: of("omega"),
        delta: of("delta"),
        discount_company: of("discount_company"),
        discount_seller: of("discount_seller"),
        stay: of("stay"),
        c_new: of("c_new"),
        c_ren: rates(&inputs["c_ren"]),
        c_up: of("c_up"),
        c_ref: of("c_ref"),
        growth: of("growth"),
        pull: inputs["pull"].as_f64().unwrap_or(1.0),
        origins: (inputs["referred_odds"].as_f64().unwrap_or(1.0), inputs["won_back_odds"].as_f64().unwrap_or(1.0)),
        fit: 1.0,
        references: (0.0, 1.0),
        policy: if inputs["attention"] == "best" { Policy::Best } else { Policy::Even },
        honeymoon: (0.0, 1.0, 1.0),
        quota: (0.0, 12, 1.0),
        base: of("base"),
        prospecting_cost: of("prospecting_cost_per_hour"),
        months: of("months") as u32,
        residual: inputs["residual"].as_bool().unwrap(),
        customers: inputs["accounts"].as_array().unwrap().iter().map(case_customer).collect(),
        lapsed: Vec::new(),
        doubt: 0.0,
    }
}

#[test]
fn every_case_with_a_source_comes_out() {
    let mut cases: Vec<Value> = Vec::new();
    for file in ["projection.json", "renewal.json"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios").join(file);
        let more: Vec<Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        cases.extend(more);
    }
    assert!(cases.len() >= 11, "{} cases", cases.len());
    for case in &cases {
        let (inputs, expected) = (case_inputs(&case["inputs"]), &case["expected"]);
        for (index, share) in expected["at_share"].as_array().unwrap().iter().enumerate() {
            let outcome = project(&inputs, share.as_f64().unwrap());
            let months = &outcome.months;
            for (figure, got) in [
                ("seller", outcome.seller_value),
                ("company", outcome.company_value),
                ("accounts_end", months[months.len() - 1].accounts),
                ("wins", months.iter().map(|month| month.wins).sum()),
                ("pay_months_1_12", months[..12].iter().map(|month| month.pay).sum()),
                ("paid_for_anyway", months[..12].iter().map(|month| month.paid_for_anyway).sum()),
            ] {
                let what = format!("{}: {figure} at {share}", case["id"]);
                assert_near(got, expected[figure][index].as_f64().unwrap(), number(case, "tolerance"), &what);
            }
        }
        let [seller, company, gap] = headline(&inputs);
        assert_near(seller, number(expected, "seller_best"), 1e-6, "seller's best");
        assert_near(company, number(expected, "company_best"), 1e-6, "company's best");
        assert_near(gap, number(expected, "gap"), 1e-5, "gap");
    }
}
