//! Laws of the model over generated workspaces: what must hold whatever the user states.
//!
//! Inputs are drawn from the bounds table, accounts with their own judgements, odds, terms, tenures and renewal dates.
//! `HOLDFAST_SOAK=1` draws 100,000 new cases of each law instead of the 1,000 that are always the same.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

#[path = "fixtures/generate.rs"]
mod generate;

use holdfast::model::account::Account;
use holdfast::model::assumptions::{Assumptions, AttentionPolicy};
use holdfast::model::bounds::Input;
use holdfast::model::lifetime::lifetime_value;
use holdfast::model::payoff::{Course, Payoff, Question, SHARES, Split, payoff};
use holdfast::model::plan::Plan;
use holdfast::model::projection::{Effort, Path, Projection};
use holdfast::model::quantity::{CommissionRate, Money};
use holdfast::model::rate_solver::RateAnswer;
use holdfast::model::response::{RenewalCurve, WinCurve};
use holdfast::model::seller::SellerBook;
use holdfast::model::survival_mix::ShiftedBetaGeometric;
use holdfast::model::term_engine::TermEngine;
use holdfast::model::valuation::Discounting;
use holdfast::model::workspace::Workspace;
use holdfast::text::hours::hours_compared;
use holdfast::text::verdict;
use proptest::collection::vec;
use proptest::prelude::*;

use generate::{as_of, for_all, judgements, number, workspaces};

type Checked = Result<(), TestCaseError>;

const SUITE: u32 = 1_000;
const SOAK: u32 = 100_000;

/// A few sellers keep a case quick; more are more of the same.
const TEAM: &[&str] = &["", "Ada", "Ben"];
const TWO: &[&str] = &["Ada", "Ben"];
const ONE: &[&str] = &["Ada"];

fn answered(workspace: &Workspace) -> Result<Payoff, TestCaseError> {
    payoff(workspace, &Question { seller: None, target_share: Some(0.4), ..Question::default() })
        .map_err(|why| TestCaseError::fail(format!("in range, yet refused: {why}")))
}

/// How large the values of an answer are: what a rounding error is measured by.
fn size(answer: &Payoff) -> f64 {
    let values = answer.curve.iter().flat_map(|point| [point.seller_value.abs(), point.company_value.abs()]);
    values.fold(1.0, f64::max)
}

fn near(got: f64, expected: f64, allowed: f64, what: &str) -> Checked {
    // A NaN must miss, so the comparison asks for what passes.
    let passes = (got - expected).abs() <= allowed;
    prop_assert!(passes, "{}: {} is not {} within {:e}", what, got, expected, allowed);
    Ok(())
}

fn book_of(workspace: &Workspace) -> SellerBook {
    let accounts = &workspace.book.accounts;
    SellerBook::new("Ada", accounts, workspace.as_of, &workspace.assumptions).unwrap()
}

fn path(book: &SellerBook, assumptions: &Assumptions, share: f64) -> Path {
    let mut path = Path::default();
    let projection = Projection::new(book.clone(), assumptions).unwrap();
    projection.run(&Effort::split(share, assumptions.hours_per_year), &mut path);
    path
}

// --- Projection -------------------------------------------------------------------------------------------------

#[test]
fn a_higher_renewal_rate_never_pays_the_seller_less_at_any_split() {
    let rates = (number(Input::RenewalCommission), number(Input::RenewalCommission));
    for_all(SUITE, SOAK, &(workspaces(10, ONE), rates, 0.0..=1.0_f64), |(workspace, rates, share)| {
        let book = book_of(&workspace);
        let path = path(&book, &workspace.assumptions, share);
        let worth = Discounting::new(&workspace.assumptions).worth(&path);
        let value = |rate: f64| {
            let renewal = workspace.plan.renewal.with_level(CommissionRate::new(rate).unwrap());
            worth.seller_value(&Plan { renewal, ..workspace.plan.clone() })
        };
        let (low, high) = (rates.0.min(rates.1), rates.0.max(rates.1));
        prop_assert!(
            value(low) <= value(high) * (1.0 + 1e-12),
            "{} at {}, {} at {}",
            value(low),
            low,
            value(high),
            high
        );
        Ok(())
    });
}

#[test]
fn no_sampled_share_beats_the_best_and_the_gap_is_never_negative() {
    for_all(SUITE, SOAK, &workspaces(8, TWO), |workspace| {
        let answer = answered(&workspace)?;
        let (seller, company) = (answer.seller_best, answer.company_best);
        prop_assert_eq!(answer.curve.len(), SHARES);
        let highest = |value: &dyn Fn(usize) -> f64| (0..SHARES).map(|index| value(index).abs()).fold(0.0, f64::max);
        let (most_pay, most_profit) =
            (highest(&|index| answer.curve[index].seller_value), highest(&|index| answer.curve[index].company_value));
        for point in &answer.curve {
            prop_assert!(seller.seller_value >= point.seller_value - 1e-9 * most_pay, "seller: {:?}", point);
            prop_assert!(company.company_value >= point.company_value - 1e-9 * most_profit, "company: {:?}", point);
        }
        // Shares between the samples may stand on a peak narrower than the spacing, which the search may miss.
        for split in [answer.today, seller, company] {
            prop_assert!((0.0..=1.0).contains(&split.share));
            prop_assert!(seller.seller_value >= split.seller_value - 1e-3 * most_pay);
            prop_assert!(company.company_value >= split.company_value - 1e-3 * most_profit);
        }
        prop_assert!(answer.gap >= 0.0);
        let difference = (company.company_value - seller.company_value).max(0.0);
        near(answer.gap, difference, 1e-9 * most_profit, "gap")?;
        prop_assert!(answer.gap_per_year >= 0.0 && answer.gap_per_year <= answer.gap * 2.0 + 1e-9);
        Ok(())
    });
}

#[test]
fn accounts_alive_and_lost_are_those_of_the_book_and_won() {
    for_all(SUITE, SOAK, &(workspaces(10, ONE), number(Input::ShareToday)), |(workspace, share)| {
        let path = path(&book_of(&workspace), &workspace.assumptions, share);
        prop_assert_eq!(path.months.len(), workspace.assumptions.horizon as usize);
        let active = workspace.book.active().count() as f64;
        let (mut won, mut lost) = (0.0, 0.0);
        for flow in &path.months {
            prop_assert!(flow.wins >= 0.0 && flow.lost >= 0.0, "{:?}", flow);
            won += flow.wins;
            lost += flow.lost;
            let met = active + won;
            near(flow.accounts + lost, met, 1e-9 * met.max(1.0), "alive + lost")?;
        }
        Ok(())
    });
}

/// Attention starts at nothing, none is given, and new accounts come without any: everything renews at r0.
#[test]
fn without_any_attention_every_account_renews_at_its_base_chance() {
    for_all(SUITE, SOAK, &workspaces(10, ONE), |mut workspace| {
        // A competitor takes customers whatever the attention.
        workspace.assumptions.competitor_pull = 1.0;
        (workspace.assumptions.referred_odds, workspace.assumptions.won_back_odds) = (1.0, 1.0);
        let assumed = &workspace.assumptions;
        let mut neglected = book_of(&workspace);
        neglected.hours_per_account = 0.0;
        let mut indifferent = neglected.clone();
        indifferent.curve.steepness = 0.0;
        indifferent.pools.iter_mut().for_each(|pool| pool.curve.steepness = 0.0);
        let (left_alone, base) = (path(&neglected, assumed, 0.0), path(&indifferent, assumed, 0.37));
        // With another split the hours of prospecting differ, and with them the wins; the book's churn does not.
        let idle = Assumptions { leads: 0.0, referrals: 0.0, win_back: false, ..assumed.clone() };
        let (quiet, quiet_base) = (path(&neglected, &idle, 0.0), path(&indifferent, &idle, 0.37));
        prop_assert_eq!(left_alone.months.len(), base.months.len());
        let mut alive = f64::INFINITY;
        for (month, (quiet, quiet_base)) in (1..).zip(quiet.months.iter().zip(&quiet_base.months)) {
            let expected: f64 = workspace.book.active().map(|account| base_survival(account, assumed, month)).sum();
            near(quiet.accounts, expected, 1e-9 * expected.max(1.0), "alive at r0")?;
            near(quiet_base.accounts, expected, 1e-9 * expected.max(1.0), "alive with k = 0")?;
            prop_assert!(quiet.accounts <= alive, "{} after {}", quiet.accounts, alive);
            alive = quiet.accounts;
        }
        let same_split = path(&indifferent, assumed, 0.0);
        for (flow, base) in left_alone.months.iter().zip(&same_split.months) {
            near(flow.accounts, base.accounts, 1e-9 * base.accounts.max(1.0), "with new accounts")?;
            near(flow.lost, base.lost, 1e-9 * base.lost.max(1.0), "lost, with new accounts")?;
        }
        Ok(())
    });
}

/// Chance that `account` is still there after `month` without attention, worked out renewal by renewal.
fn base_survival(account: &Account, assumed: &Assumptions, month: u32) -> f64 {
    let own = &account.judgement;
    let of = |own: Option<holdfast::model::quantity::Probability>, general: f64| own.map_or(general, |it| it.get());
    let (r0, r1, rc) = (
        of(own.unattended, assumed.renew_unattended),
        of(own.today, assumed.renew_today),
        of(own.saturated, assumed.renew_saturated),
    );
    // A judgement that does not rise, or that attention cannot explain, gives way to the general one.
    let idle = assumed.share_today * assumed.hours_per_year == 0.0;
    let fits = r0 <= r1 && r1 < rc && (r1 == r0 || !idle);
    let r0 = if fits { r0 } else { assumed.renew_unattended };
    let kept = r0 / (r0 + account.loss_odds.get() * (1.0 - r0));
    let (first, term) = (account.months_to_renewal(as_of()), account.term.months());
    let renewals = if month < first { 0 } else { (month - first) / term + 1 };
    kept.powf(f64::from(renewals * term) / 12.0)
}

/// Sum over months of `amounts[t - 1] factor^(t / 12)`.
fn discounted(amounts: &[f64], factor: f64) -> f64 {
    (1..).zip(amounts).map(|(month, amount)| amount * factor.powf(f64::from(month) / 12.0)).sum()
}

fn check_months_sum(split: &Split, course: &Course, workspace: &Workspace, size: f64) -> Checked {
    let assumed = &workspace.assumptions;
    let active = workspace.book.accounts.iter().filter(|account| account.is_active()).count() as f64;
    prop_assert_eq!(course.accounts.len(), assumed.horizon as usize + 1);
    prop_assert_eq!(course.accounts[0], active);
    let (won, lost): (f64, f64) = (course.wins.iter().sum(), course.lost.iter().sum());
    let left = course.accounts[assumed.horizon as usize];
    near(left + lost, active + won, 1e-9 * (active + won).max(1.0), "alive + lost")?;
    let company = discounted(&course.profit, 1.0 / (1.0 + assumed.discount_company));
    near(company, split.company_value, 1e-9 * size, "company value")?;
    let seller = discounted(&course.pay, assumed.stay / (1.0 + assumed.discount_seller));
    near(seller, split.seller_value, 1e-9 * size, "seller value")
}

#[test]
fn months_add_up_to_the_totals() {
    for_all(SUITE, SOAK, &workspaces(8, TEAM), |mut workspace| {
        workspace.assumptions.residual = false;
        let answer = answered(&workspace)?;
        let size = size(&answer);
        check_months_sum(&answer.today, &answer.today_course, &workspace, size)?;
        check_months_sum(&answer.seller_best, &answer.seller_course, &workspace, size)?;
        check_months_sum(&answer.company_best, &answer.company_course, &workspace, size)?;
        let pay = &answer.seller_course.pay;
        near(pay[..12].iter().sum(), answer.first_year_pay, 1e-9 * size, "pay of months 1 to 12")?;
        let paid = answer.paid_for_anyway;
        prop_assert!(paid.free >= 0.0 && paid.free + paid.won <= answer.first_year_pay + 1e-9 * size, "{:?}", paid);
        Ok(())
    });
}

#[test]
fn months_and_what_is_left_add_up_to_the_totals() {
    for_all(SUITE, SOAK, &workspaces(8, ONE), |mut workspace| {
        workspace.assumptions.residual = true;
        let answer = answered(&workspace)?;
        let assumed = &workspace.assumptions;
        let (company, seller) =
            (1.0 / (1.0 + assumed.discount_company), assumed.stay / (1.0 + assumed.discount_seller));
        let years = f64::from(assumed.horizon) / 12.0;
        let rate = workspace.plan.renewal.by_year()[9].get();
        let size = size(&answer);
        for (split, course) in [(&answer.seller_best, &answer.seller_course), (&answer.today, &answer.today_course)] {
            // A peak between the samples may stand far above all of them.
            let size = size.max(split.company_value.abs()).max(split.seller_value.abs());
            let left = path(&book_of(&workspace), assumed, split.share).afterwards;
            let company_left = company.powf(years) * (left.company_margin - rate * left.company_value);
            let seller_left = seller.powf(years) * rate * left.seller_value;
            near(
                discounted(&course.profit, company) + company_left,
                split.company_value,
                1e-9 * size,
                "company value",
            )?;
            near(discounted(&course.pay, seller) + seller_left, split.seller_value, 1e-9 * size, "seller value")?;
        }
        Ok(())
    });
}

/// The row of a seller among all is the answer on that seller alone, and the rows add up. A search for each seller twice.
#[test]
fn sellers_have_the_same_gap_among_others_as_alone() {
    for_all(200, 20_000, &workspaces(8, TEAM), |workspace| {
        let all = answered(&workspace)?;
        let size = size(&all);
        let names: Vec<String> = workspace.book.sellers().into_keys().map(str::to_owned).collect();
        prop_assert_eq!(all.by_seller.len(), names.len().max(1));
        near(all.by_seller.iter().map(|own| own.gap).sum(), all.gap, 1e-9 * size, "the gaps added up")?;
        for (name, own) in names.iter().zip(&all.by_seller) {
            let question = Question { seller: Some(name.clone()), ..Question::default() };
            let alone = payoff(&workspace, &question).map_err(|why| TestCaseError::fail(why.to_string()))?;
            prop_assert_eq!(&alone.by_seller, &vec![alone.headline()]);
            near(own.gap, alone.gap, 1e-9 * size, "the gap of one")?;
            near(own.seller_share, alone.seller_best.share, 1e-6, "the seller's share")?;
            near(own.company_share, alone.company_best.share, 1e-6, "the company's share")?;
        }
        Ok(())
    });
}

/// What `seller` has at `share`: the seller's value, the company's, and the accounts at the end. `None` where the seller
/// has no book, or one that lasts for ever.
fn worth_of(workspace: &Workspace, seller: &str, share: f64) -> Option<[f64; 3]> {
    let assumed = &workspace.assumptions;
    let book = SellerBook::new(seller, &workspace.book.accounts, workspace.as_of, assumed).ok()?;
    let projection = Projection::new(book, assumed).ok()?;
    let mut path = Path::default();
    projection.run(&Effort::split(share, assumed.hours_per_year), &mut path);
    let worth = Discounting::new(assumed).worth(&path);
    let accounts = path.months.last().map_or(0.0, |flow| flow.accounts);
    Some([worth.seller_value(&workspace.plan), worth.company_value(&workspace.plan), accounts])
}

/// Both workspaces give every seller the same money at `share`, and the second `times` as many accounts. As no best share
/// depends on anything else, it is the same too.
fn check_same_money(one: &Workspace, other: &Workspace, share: f64, times: f64) -> Checked {
    for seller in TEAM {
        let worths = (worth_of(one, seller, share), worth_of(other, seller, share));
        prop_assert_eq!(worths.0.is_some(), worths.1.is_some());
        let (Some(one), Some(other)) = worths else { continue };
        // Margin and pay may nearly cancel in the company's value.
        let size = one[0].abs().max(one[1].abs()).max(1.0);
        near(other[0], one[0], 1e-9 * size, "seller value")?;
        near(other[1], one[1], 1e-9 * size, "company value")?;
        near(other[2], times * one[2], 1e-9 * other[2].max(1.0), "accounts")?;
    }
    Ok(())
}

/// Every account in two halves, and twice the leads and pursuits, since a new account is then half as large too.
#[test]
fn accounts_told_as_two_halves_are_worth_the_same() {
    for_all(SUITE, SOAK, &(workspaces(6, TEAM), number(Input::ShareToday)), |(mut workspace, share)| {
        prop_assume!(workspace.book.active().next().is_some() && workspace.assumptions.leads <= 50_000.0);
        // Halves count twice as references, and would each get half of the attention that goes by value.
        workspace.assumptions.reference_lift = 0.0;
        workspace.assumptions.attention = AttentionPolicy::Even;
        // Where accounts grow faster than they leave, the last trillionth of one, which counts as none, is worth a fortune.
        workspace.assumptions.upsell_growth = workspace.assumptions.upsell_growth.min(0.05);
        for account in &mut workspace.book.accounts {
            account.annual_value = Money::from_cents(account.annual_value.cents() / 2 * 2);
            account.cost_to_serve = Money::from_cents(account.cost_to_serve.cents() / 2 * 2);
        }
        let mut halved = workspace.clone();
        halved.assumptions.leads *= 2.0;
        halved.assumptions.hours_per_pursuit /= 2.0;
        halved.book.accounts.clear();
        for account in &workspace.book.accounts {
            for _ in 0..2 {
                let mut half = account.clone();
                half.id = halved.book.take_id();
                half.annual_value = Money::from_cents(account.annual_value.cents() / 2);
                half.cost_to_serve = Money::from_cents(account.cost_to_serve.cents() / 2);
                halved.book.accounts.push(half);
            }
        }
        check_same_money(&workspace, &halved, share, 2.0)
    });
}

#[test]
fn the_order_of_the_accounts_does_not_matter() {
    let shuffled = workspaces(10, TEAM).prop_flat_map(|workspace| {
        let accounts = Just(workspace.book.accounts.iter().cloned().collect::<Vec<_>>()).prop_shuffle();
        (Just(workspace), accounts, number(Input::ShareToday))
    });
    for_all(SUITE, SOAK, &shuffled, |(workspace, accounts, share)| {
        let mut other = workspace.clone();
        other.book.accounts = accounts.into();
        check_same_money(&workspace, &other, share, 1.0)
    });
}

// --- Every number and every word --------------------------------------------------------------------------------

fn numbers_of_rate(answer: &RateAnswer) -> Vec<f64> {
    match *answer {
        RateAnswer::At { rate, share } => vec![rate, share],
        RateAnswer::EvenAtZero { share } => vec![share],
        RateAnswer::Jump { rate, from, to } => vec![rate, from, to],
        RateAnswer::Never { greatest_share, at_rate } => vec![greatest_share, at_rate],
    }
}

/// Every number of the answer, with its place. Taken apart field by field, so that a new one cannot be forgotten.
fn numbers(answer: &Payoff) -> Vec<(&'static str, f64)> {
    let Payoff {
        sellers: _,
        accounts: _,
        annual_value,
        hours,
        horizon: _,
        today,
        seller_best,
        company_best,
        gap,
        by_seller,
        gap_per_year,
        seller_hour,
        company_hour,
        curve,
        rate_curve,
        agreement,
        first_hour,
        target,
        paid_for_anyway,
        first_year_pay,
        today_course,
        seller_course,
        company_course,
        notes: _,
    } = answer;
    let mut numbers = vec![
        ("annual value", *annual_value),
        ("hours", *hours),
        ("gap", *gap),
        ("gap per year", *gap_per_year),
        ("seller hour, customers", seller_hour.customers),
        ("seller hour, prospecting", seller_hour.prospecting),
        ("company hour, customers", company_hour.customers),
        ("company hour, prospecting", company_hour.prospecting),
        ("paid for anyway", paid_for_anyway.free),
        ("paid for attention", paid_for_anyway.won),
        ("first year pay", *first_year_pay),
    ];
    for own in by_seller {
        numbers.extend([
            ("own gap", own.gap),
            ("own share", own.seller_share),
            ("own company share", own.company_share),
        ]);
    }
    for split in [today, seller_best, company_best] {
        numbers.extend([("share", split.share), ("seller value", split.seller_value)]);
        numbers.push(("company value", split.company_value));
        numbers.extend(split.rival_share.map(|share| ("rival share", share)));
    }
    for point in curve {
        numbers.extend([("curve", point.share), ("curve, seller", point.seller_value)]);
        numbers.push(("curve, company", point.company_value));
    }
    for point in rate_curve {
        numbers.extend([("rate curve", point.rate), ("rate curve, seller", point.seller_share)]);
        numbers.extend([("rate curve, company", point.company_share), ("rate curve, value", point.company_value)]);
    }
    for rate in [agreement, first_hour].into_iter().chain(target) {
        numbers.extend(numbers_of_rate(rate).into_iter().map(|number| ("rate answer", number)));
    }
    for Course { accounts, revenue, pay, profit, wins, lost } in [today_course, seller_course, company_course] {
        for series in [accounts, revenue, pay, profit, wins, lost] {
            numbers.extend(series.iter().map(|number| ("course", *number)));
        }
    }
    numbers
}

fn check_finite(answer: &Payoff) -> Checked {
    for (place, number) in numbers(answer) {
        prop_assert!(number.is_finite(), "{} is {}", place, number);
    }
    Ok(())
}

/// Every sentence about the answer reads like one.
fn check_words(answer: &Payoff, seller: Option<&str>, plan: &Plan) -> Checked {
    let mut sentences = vec![
        verdict::verdict(answer, seller, plan).plain(),
        verdict::plain_text(&hours_compared(&answer.seller_hour, &answer.company_hour)),
    ];
    sentences.extend(answer.notes.iter().map(verdict::note));
    let answers = [&answer.agreement, &answer.first_hour].into_iter().chain(&answer.target);
    sentences.extend(answers.map(|answer| format!("At {}.", verdict::rate_answer(answer))));
    for said in sentences {
        for never in ["NaN", "inf", "-0%", "\u{2212}0%", "  ", " .", " ,", "$-", "--"] {
            prop_assert!(!said.contains(never), "{:?} in: {}", never, said);
        }
        prop_assert!(said.ends_with('.'), "no full stop: {}", said);
        prop_assert!(said.chars().next().is_some_and(|first| first.is_uppercase() || first.is_numeric()), "{}", said);
    }
    Ok(())
}

#[test]
fn every_number_is_finite_and_every_sentence_reads() {
    let asked = proptest::sample::select(vec![(None, Some(0.4)), (Some("Ada"), None)]);
    for_all(SUITE, SOAK, &(workspaces(8, TEAM), asked), |(workspace, (seller, target_share))| {
        let question = Question { seller: seller.map(str::to_owned), target_share, ..Question::default() };
        let answer = payoff(&workspace, &question).map_err(|why| TestCaseError::fail(why.to_string()))?;
        check_finite(&answer)?;
        check_words(&answer, seller, &workspace.plan)
    });
}

/// Where no hour changes anything, the difference of two equal values must not be told as earnings.
#[test]
fn hours_that_change_nothing_are_said_to_earn_nothing() {
    for_all(SUITE, SOAK, &workspaces(8, ONE), |mut workspace| {
        let assumed = &mut workspace.assumptions;
        (assumed.leads, assumed.referrals, assumed.win_back, assumed.prospecting_cost) = (0.0, 0.0, false, 0.0);
        assumed.renew_today = assumed.renew_unattended;
        workspace.book.accounts.iter_mut().for_each(|account| account.judgement = Default::default());
        let answer = answered(&workspace)?;
        let said = verdict::plain_text(&hours_compared(&answer.seller_hour, &answer.company_hour));
        prop_assert_eq!(said, "For the company neither hour earns anything; for the seller neither earns anything.");
        Ok(())
    });
}

/// Numbers that the bounds allow and nobody means: as near to a limit as a number can be.
fn extreme(input: Input) -> impl Strategy<Value = f64> {
    let row = input.bounds();
    let tiny = [5e-324, 1e-310, 1e-300, 1e-200, 1e-16].map(|step| row.min + step);
    let next_to = [row.max.next_down(), row.min.next_up(), row.min, row.max];
    let all: Vec<f64> = tiny.into_iter().chain(next_to).filter(|value| (row.min..=row.max).contains(value)).collect();
    proptest::sample::select(all)
}

#[test]
fn numbers_next_to_their_limits_give_finite_answers_or_a_problem() {
    let changes = proptest::sample::select(Input::ALL.to_vec()).prop_flat_map(|input| (Just(input), extreme(input)));
    for_all(SUITE, SOAK, &(workspaces(4, ONE), vec(changes, 1..4)), |(mut workspace, changes)| {
        for (input, value) in changes {
            workspace.set(input, value).unwrap();
        }
        if let Ok(answer) = payoff(&workspace, &Question::default()) {
            check_finite(&answer)?;
            check_words(&answer, None, &workspace.plan)?;
        }
        Ok(())
    });
}

// --- Term engine ------------------------------------------------------------------------------------------------

/// Engines whose margin is above both commission rates, so that a win and a kept account are worth having. Those whose
/// accounts would be worth an infinite sum are refused by the engine and left out.
fn engines() -> impl Strategy<Value = TermEngine> {
    let rates = [Input::NewBusinessCommission, Input::RenewalCommission].map(number);
    let seller = [Input::HoursPerYear, Input::ShareToday, Input::Stay, Input::DiscountSeller].map(number);
    let wins = [Input::Leads, Input::OddsNew, Input::HoursPerPursuit, Input::DiscountCompany].map(number);
    (1..=10_000_u32, 0.01..1e9_f64, 0.01..=1.0_f64, judgements(), rates, seller, wins).prop_filter_map(
        "chances must be explained and lifetimes finite",
        |(accounts, annual_value, margin, (r0, r1, rc), [new, renewal], [hours, share, stay, discount], wins)| {
            let [leads, odds, hours_per_pursuit, discount_company] = wins;
            let hours_today = share * hours / f64::from(accounts);
            let engine = TermEngine {
                accounts: f64::from(accounts),
                annual_value,
                margin,
                hours,
                renewal: RenewalCurve::through(r0, r1, rc, hours_today).ok()?,
                wins: WinCurve::new(leads, odds, hours_per_pursuit),
                company_factor: 1.0 / (1.0 + discount_company),
                seller_factor: stay / (1.0 + discount),
                new_rate: 0.9 * margin * new,
                renewal_rate: 0.9 * margin * renewal,
            };
            engine.further_renewals().is_ok().then_some(engine)
        },
    )
}

fn seller_hours(engine: &TermEngine) -> f64 {
    engine.best_hours(engine.seller().unwrap())
}

fn check_not_less(more: f64, less: f64, what: &str) -> Checked {
    prop_assert!(more >= less - 1e-9 * less.abs().max(1e-3), "{}: {} fell below {}", what, more, less);
    Ok(())
}

#[test]
fn hours_with_customers_rise_with_the_renewal_rate_and_with_staying_and_fall_with_the_new_rate() {
    for_all(SUITE, SOAK, &(engines(), 0.0..=1.0_f64), |(engine, part)| {
        let hours = seller_hours(&engine);
        let renewal_rate = engine.renewal_rate + part * (1.0 - engine.renewal_rate);
        check_not_less(seller_hours(&TermEngine { renewal_rate, ..engine }), hours, "a higher renewal rate")?;
        let seller_factor = engine.seller_factor + part * (1.0 - engine.seller_factor);
        check_not_less(seller_hours(&TermEngine { seller_factor, ..engine }), hours, "a longer stay")?;
        let new_rate = engine.new_rate + part * (1.0 - engine.new_rate);
        check_not_less(hours, seller_hours(&TermEngine { new_rate, ..engine }), "a higher new rate")
    });
}

#[test]
fn a_higher_renewal_rate_never_pays_the_seller_less_at_any_hours() {
    for_all(SUITE, SOAK, &(engines(), 0.0..=1.0_f64, 0.0..=1.0_f64), |(engine, part, more)| {
        let hours = part * engine.hours / engine.accounts;
        let better = TermEngine { renewal_rate: engine.renewal_rate + more * (1.0 - engine.renewal_rate), ..engine };
        let value = |engine: &TermEngine| engine.present_value(engine.seller().unwrap(), hours);
        check_not_less(value(&better), value(&engine), "a higher renewal rate")?;
        check_not_less(better.year_commission(hours), engine.year_commission(hours), "the year's commission")
    });
}

#[test]
fn no_hours_beat_the_best_hours() {
    for_all(SUITE, SOAK, &(engines(), 0.0..=1.0_f64), |(engine, part)| {
        let hours = part * engine.hours / engine.accounts;
        for stakes in [engine.seller().unwrap(), engine.company_net().unwrap(), engine.company_gross().unwrap()] {
            let best = engine.present_value(stakes, engine.best_hours(stakes));
            check_not_less(best, engine.present_value(stakes, hours), "the best hours")?;
        }
        Ok(())
    });
}

#[test]
fn agency_loss_is_never_negative() {
    for_all(SUITE, SOAK, &engines(), |engine| check_loss(&engine));
}

fn check_loss(engine: &TermEngine) -> Checked {
    let net = engine.company_net().unwrap();
    let most = engine.hours / engine.accounts;
    let size = [0.0, most].map(|hours| engine.present_value(net, hours).abs()).into_iter().fold(1.0, f64::max);
    let loss = engine.agency_loss().unwrap();
    prop_assert!(loss >= -1e-9 * size, "{} of {}", loss, size);
    Ok(())
}

/// Margins below the commission rates, as the ranges allow: both a win and a kept account may cost the company money.
#[test]
fn agency_loss_is_never_negative_where_accounts_lose_money() {
    for_all(SUITE, SOAK, &(engines(), -1.0..0.5_f64), |(engine, margin)| check_loss(&TermEngine { margin, ..engine }));
}

/// The rate at which seller and company weigh an hour alike after pay, by halving.
fn net_aligned_rate(engine: &TermEngine) -> f64 {
    let (phi_r, phi_c) = engine.further_renewals().unwrap();
    let (mu, new) = (engine.margin, engine.new_rate);
    let (mut low, mut high) = (0.0, mu);
    for _ in 0..200 {
        let c = 0.5 * (low + high);
        let seller = engine.seller_factor * c * (1.0 + phi_r) / (new + c * phi_r);
        let company = engine.company_factor * (mu - c) * (1.0 + phi_c) / ((mu - new) + (mu - c) * phi_c);
        if seller < company { low = c } else { high = c }
    }
    0.5 * (low + high)
}

#[test]
fn nothing_is_lost_at_the_net_aligned_rate() {
    for_all(SUITE, SOAK, &engines(), |engine| {
        prop_assume!(engine.seller_factor > 1e-3 && engine.new_rate > 1e-6);
        let aligned = TermEngine { renewal_rate: net_aligned_rate(&engine), ..engine };
        let net = aligned.company_net().unwrap();
        let (ours, theirs) = (aligned.best_hours(net), seller_hours(&aligned));
        near(theirs, ours, 1e-6 * ours.max(1e-3), "hours")?;
        let size = aligned.present_value(net, ours).abs();
        near(aligned.agency_loss().unwrap(), 0.0, 1e-9 * size.max(1.0), "agency loss")
    });
}

#[test]
fn a_level_plan_and_one_discounting_give_the_gross_optimum() {
    for_all(SUITE, SOAK, &engines(), |engine| {
        prop_assume!(engine.new_rate > 1e-9);
        let level = TermEngine { renewal_rate: engine.new_rate, seller_factor: engine.company_factor, ..engine };
        let gross = level.best_hours(level.company_gross().unwrap());
        near(seller_hours(&level), gross, 1e-9 * gross.max(1e-3), "hours")
    });
}

// --- Survival ---------------------------------------------------------------------------------------------------

/// Cohorts from customers who are all very different to ones who are nearly alike, and any mean chance to leave.
fn cohorts() -> impl Strategy<Value = ShiftedBetaGeometric> {
    (-7.0..12.0_f64, -6.0..6.0_f64).prop_map(|(total, odds)| {
        let (total, odds) = (total.exp(), odds.exp());
        ShiftedBetaGeometric { alpha: total * odds / (1.0 + odds), beta: total / (1.0 + odds) }
    })
}

#[test]
fn a_cohort_never_grows_and_those_who_stay_are_ever_likelier_to_stay() {
    for_all(SUITE, SOAK, &cohorts(), |cohort| {
        let left: Vec<f64> = cohort.survival().take(200).collect();
        prop_assert_eq!(left[0], 1.0);
        for (renewal, pair) in (1..).zip(left.windows(2)) {
            prop_assert!((0.0..=pair[0]).contains(&pair[1]), "{} after {}", pair[1], pair[0]);
            near(pair[1], pair[0] * cohort.renewal_probability(renewal), 1e-12 * pair[0], "renewal probability")?;
            prop_assert!(cohort.renewal_probability(renewal + 1) >= cohort.renewal_probability(renewal));
        }
        Ok(())
    });
}

#[test]
fn what_is_still_to_come_of_a_customer_rises_with_tenure() {
    let drawn = (cohorts(), discounts(), 1..60_u32, 1..60_u32);
    for_all(SUITE, SOAK, &drawn, |(cohort, discount, renewal, later)| {
        if discount == 0.0 && cohort.alpha <= 1.0 {
            prop_assert!(cohort.residual_lifetime(renewal, discount).is_err());
            return Ok(());
        }
        let at = |renewal: u32| cohort.residual_lifetime(renewal, discount).unwrap();
        let (now, then) = (at(renewal), at(renewal + later));
        check_not_less(then, now, "the residual lifetime of an older customer")?;
        // Where customers differ enough for a number to show it.
        let differ = cohort.alpha > 1e-3 && cohort.alpha + cohort.beta < 1e3;
        prop_assert!(then > now || !differ, "{} before renewal {}, {} so many later: {}", now, renewal, then, later);
        Ok(())
    });
}

/// Customers who are all alike: the geometric, whose customers never age.
#[test]
fn what_is_still_to_come_of_customers_who_are_all_alike_does_not_depend_on_tenure() {
    for_all(SUITE, SOAK, &(0.0..=0.99_f64, discounts(), 1..60_u32), |(renewal, discount, tenure)| {
        let alike = ShiftedBetaGeometric { alpha: 1e12 * (1.0 - renewal), beta: 1e12 * renewal };
        let expected = lifetime_value(1.0, renewal, discount).unwrap().just_before_decision;
        let got = alike.residual_lifetime(tenure, discount).unwrap();
        near(got, expected, 1e-6 * expected.max(1e-3), "residual lifetime")
    });
}

/// Discount rates of the table; one next to 0 would need millions of renewals to be counted.
fn discounts() -> impl Strategy<Value = f64> {
    number(Input::DiscountCompany).prop_filter("next to none", |discount| *discount == 0.0 || *discount >= 0.005)
}
