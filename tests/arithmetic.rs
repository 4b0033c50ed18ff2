//! Every figure that a page accounts for is that of the answer, and every line of its arithmetic adds up: as it is, and as it
//! is printed.

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

use generate::{for_all, workspaces};
use holdfast::model::account::Account;
use holdfast::model::account_worth::worths;
use holdfast::model::bounds::Input;
use holdfast::model::daily_price::DailyPrice;
use holdfast::model::month::Month;
use holdfast::model::payoff::{HourWorth, Payoff, Question, Samples, payoff};
use holdfast::model::rate_solver::RateAnswer;
use holdfast::model::ruled_outcome::ruled_outcome;
use holdfast::model::sample::sample_workspace;
use holdfast::model::waterfall::{Descent, workspace_after};
use holdfast::model::workspace::Workspace;
use holdfast::text::arithmetic::{
    AccountFigure, How, Line, Printed, account_arithmetic, arithmetic, change, closed, gap_change, records,
    ruled_arithmetic,
};
use holdfast::text::claim::{Claim, ToldPlan};
use holdfast::text::own_book;
use holdfast::text::plan_checks::won_a_period;
use holdfast::text::same_pay::plans_meant;
use holdfast::text::waterfall::rows;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// The figure of the answer that a claim is about.
fn figure(claim: Claim, workspace: &Workspace, question: &Question, answer: &Payoff, daily: DailyPrice) -> Option<f64> {
    let rate = |answer: &RateAnswer| answer.rate();
    Some(match claim {
        Claim::SellerShare => answer.seller_best.share,
        Claim::CompanyShare => answer.company_best.share,
        Claim::Gap => answer.gap,
        Claim::GapPerYear => answer.gap_per_year,
        Claim::Agreement => rate(&answer.agreement)?,
        Claim::FirstHour => rate(&answer.first_hour)?,
        Claim::Target => rate(answer.target.as_ref()?)?,
        Claim::CompanyValue => answer.seller_best.company_value,
        Claim::SellerValue => answer.seller_best.seller_value,
        Claim::FirstYearPay => answer.first_year_pay,
        Claim::Lead => answer.seller_best.share - answer.company_best.share,
        Claim::SellerDaily => daily.seller,
        Claim::CompanyDaily => daily.company,
        Claim::TodayValue => answer.today.seller_value,
        Claim::TodayLoss => answer.company_best.company_value - answer.today.company_value,
        Claim::FreePart => {
            let paid = answer.paid_for_anyway;
            (paid.free + paid.won >= 0.5).then(|| paid.free / (paid.free + paid.won))?
        }
        Claim::SellerTimes => times(&answer.seller_hour)?,
        Claim::CompanyTimes => times(&answer.company_hour)?,
        // Which part of it another plan closes is told by both gaps.
        Claim::GapClosed => answer.gap,
        Claim::SolvedNew => workspace.plan.new_business.get(),
        Claim::SolvedRenewal => workspace.plan.renewal.of_year(2).get(),
        Claim::TodayHours => workspace.get(Input::HoursPerYear) * workspace.get(Input::ShareToday),
        Claim::AccountHours => {
            let hours = workspace.get(Input::HoursPerYear) * workspace.get(Input::ShareToday);
            (answer.accounts > 0).then(|| hours * answer.sellers as f64 / answer.accounts as f64)?
        }
        Claim::WonAPeriod => won_a_period(answer, &workspace.plan),
        Claim::QuotaFilled => quota_filled(workspace, question)?,
        Claim::QuotaStep => {
            let quota = &workspace.plan.quota;
            (quota.multiplier - 1.0) * workspace.plan.new_business.get() * quota.target
        }
        Claim::ReferredSale => workspace.plan.new_business.get() + workspace.plan.referral.get(),
        Claim::MeanMargin => workspace.book.mean_margin(),
        Claim::TodayPay => answer.today_course.pay.iter().take(12).sum(),
        Claim::FreeRenewalPay => answer.paid_for_anyway.free,
        Claim::WonRenewalPay => answer.paid_for_anyway.won,
        Claim::AccountsAfter => *answer.seller_course.accounts.last()?,
        Claim::SellerWithCustomers => answer.seller_hour.customers,
        Claim::SellerProspecting => answer.seller_hour.prospecting,
        Claim::CompanyWithCustomers => answer.company_hour.customers,
        Claim::CompanyProspecting => answer.company_hour.prospecting,
    })
}

/// How many times as much an hour with customers brings; only where an hour of prospecting brings enough for digits to tell.
fn times(hour: &HourWorth) -> Option<f64> {
    (hour.prospecting > 1.0).then(|| hour.customers / hour.prospecting)
}

/// What renewals that need nobody would fill of the quotas of all sellers that are asked about.
fn quota_filled(workspace: &Workspace, question: &Question) -> Option<f64> {
    let asked = |account: &&Account| question.seller.as_ref().is_none_or(|seller| account.seller == *seller);
    let due = workspace.book.active().filter(asked).filter(|account| account.months_to_renewal(workspace.as_of) <= 12);
    let due: f64 = due.map(|account| account.annual_value.units()).sum();
    let sellers = if question.seller.is_some() { 1 } else { workspace.book.sellers().len().max(1) };
    let quota = &workspace.plan.quota;
    let a_year = quota.target * 12.0 / f64::from(quota.period.months()) * sellers as f64;
    (a_year > 0.0).then(|| due * workspace.get(Input::RenewUnattended) / a_year)
}

/// The largest amount that takes part: rounding is as large as it makes it.
fn size(line: &Line) -> f64 {
    line.lines().iter().map(size).fold(line.value.abs(), f64::max)
}

fn near(one: f64, other: f64, size: f64) -> bool {
    (one - other).abs() <= 1e-9 * size.max(1e-6)
}

/// Every line is what its lines make of it.
fn check_line(line: &Line) -> Result<(), TestCaseError> {
    let lines = line.lines();
    let expected = match &line.how {
        How::Stated(from) => {
            prop_assert!(!from.is_empty() && lines.is_empty(), "{line:?}");
            line.value
        }
        How::Sum(_) => lines.iter().map(|it| it.value).sum(),
        How::Product(_) => lines.iter().map(|it| it.value).product(),
        How::Quotient(_) => lines[0].value / lines[1].value,
        How::Power(_) => lines[0].value.powf(lines[1].value),
        How::Minus(_) => -lines[0].value,
        How::Difference(_) => lines[0].value - lines[1].value,
        How::Found { rows, .. } => {
            let found = rows.iter().find(|row| row.is_found);
            let highest = rows.iter().map(|row| row.height).fold(f64::NEG_INFINITY, f64::max);
            if let Some(found) = found {
                prop_assert!(found.height >= highest - 1e-9 * highest.abs(), "{line:?}");
                prop_assert!(near(lines[0].value, found.height, size(line)), "{} {}", lines[0].value, found.height);
            }
            line.value
        }
    };
    prop_assert!(line.value.is_finite() && near(line.value, expected, size(line)), "{} {expected}", line.value);
    lines.iter().try_for_each(check_line)
}

/// What is printed of a sum adds up to what is printed for it.
fn check_printed(line: &Line, printed: &Printed) -> Result<(), TestCaseError> {
    prop_assert_eq!(line.lines().len(), printed.lines.len());
    match line.how {
        How::Sum(_) => {
            prop_assert_eq!(printed.lines.iter().map(|it| it.grains).sum::<i128>(), printed.grains, "{}", line.label);
        }
        How::Minus(_) => prop_assert_eq!(printed.lines[0].grains, -printed.grains),
        How::Difference(_) => {
            prop_assert_eq!(printed.lines[0].grains - printed.lines[1].grains, printed.grains, "{}", line.label);
        }
        _ => {}
    }
    prop_assert!(!printed.figure.contains("NaN") && !printed.figure.contains("inf"), "{}", printed.figure);
    line.lines().iter().zip(&printed.lines).try_for_each(|(line, printed)| check_printed(line, printed))
}

fn check(workspace: &Workspace, question: &Question) -> Result<(), TestCaseError> {
    let Ok(answer) = payoff(workspace, question) else { return Ok(()) };
    let daily = Samples::new(workspace, question).expect("it has an answer").outcome(workspace).daily;
    for claim in Claim::ALL {
        let told = arithmetic(claim, workspace, question, &answer).expect("an answer has its arithmetic");
        let Some(figure) = figure(claim, workspace, question, &answer, daily) else { continue };
        // A slope has as many digits less as the hours are fewer than all that the values are made of.
        let allowed = 1e-9 * size(&told.line).max(1e-6)
            + match claim {
                Claim::SellerWithCustomers | Claim::SellerProspecting => 1e-13 * answer.today.seller_value.abs(),
                Claim::CompanyWithCustomers | Claim::CompanyProspecting => {
                    1e-13 * (answer.today.company_value.abs() + answer.today.seller_value.abs())
                }
                // Both slopes are off by as much as their own claims are, over an hour that brings more than 1.
                Claim::SellerTimes => {
                    1e-9 * figure.abs() + 1e-13 * (1.0 + figure.abs()) * answer.today.seller_value.abs()
                }
                Claim::CompanyTimes => {
                    let values = answer.today.company_value.abs() + answer.today.seller_value.abs();
                    1e-9 * figure.abs() + 1e-13 * (1.0 + figure.abs()) * values
                }
                _ => 0.0,
            };
        prop_assert!((told.line.value - figure).abs() <= allowed, "{claim:?}: {} for {figure}", told.line.value);
        check_line(&told.line)?;
        check_printed(&told.line, &told.line.print())?;
    }
    Ok(())
}

#[test]
fn every_figure_adds_up_whatever_the_numbers() {
    for_all(300, 20_000, &(workspaces(8, &["Ada", "Ben", ""]), 0..4_usize), |(workspace, which)| {
        let names: Vec<String> = workspace.book.sellers().keys().map(|name| (*name).to_owned()).collect();
        check(
            &workspace,
            &Question { seller: names.get(which).cloned(), target_share: Some(0.4), ..Question::default() },
        )
    });
}

/// The published default case, down to the numbers on its lines.
#[test]
fn the_gap_of_the_default_case_is_taken_apart() {
    let workspace = sample_workspace(Month::parse("2026-11").unwrap());
    let question = Question::default();
    let answer = payoff(&workspace, &question).unwrap();
    let told = arithmetic(Claim::Gap, &workspace, &question, &answer).unwrap();
    assert_eq!((told.title.as_ref(), told.figure.as_str()), ("What the gap costs", "$102,663"));
    // The company's value at the sellers' best, as the method says it.
    let printed = told.line.print();
    assert_eq!((printed.lines[0].figure.as_str(), printed.lines[1].figure.as_str()), ("$2,278,496", "−$2,175,833"));
    let free = arithmetic(Claim::FreeRenewalPay, &workspace, &question, &answer).unwrap();
    // 2 % of 40 accounts of 12,000 that renew with a chance of 60 %.
    assert_eq!(free.figure, "$5,760");
    let Line { how: How::Sum(lines), .. } = &free.line else { panic!("{:?}", free.line) };
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].lines()[0].value, lines[0].lines()[1].print().figure), (0.02, "$288,000".to_owned()));
}

#[test]
fn where_there_is_no_rate_it_says_so() {
    let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
    workspace.set(Input::RenewUnattended, 0.85).unwrap();
    let question = Question::default();
    let answer = payoff(&workspace, &question).unwrap();
    assert_eq!(answer.first_hour.rate(), None);
    let told = arithmetic(Claim::FirstHour, &workspace, &question, &answer).unwrap();
    assert!(told.figure.starts_with("no such rate"), "{}", told.figure);
    let How::Found { rule, .. } = &told.line.how else { panic!("{:?}", told.line) };
    assert!(rule.contains("Here: "), "{rule}");
}

/// What raising the renewal commission to where both agree does is what the solver of agreement says.
#[test]
fn a_change_is_the_difference_of_two_answers() {
    let workspace = sample_workspace(Month::parse("2026-11").unwrap());
    let question = Question::default();
    let samples = Samples::new(&workspace, &question).unwrap();
    let price = samples.agreement_price(&workspace, &question).unwrap();
    let [ToldPlan { plan, .. }, _] = plans_meant(Some(&price), None, &workspace.plan, false);
    let then = Workspace { plan, ..workspace.clone() };
    let (now, answer) = (payoff(&workspace, &question).unwrap(), payoff(&then, &question).unwrap());
    let gap = answer.gap - now.gap;
    let changes =
        [(Claim::FirstYearPay, price.pay_change), (Claim::CompanyValue, price.company_change), (Claim::Gap, gap)];
    for (claim, expected) in changes {
        let of = |workspace: &Workspace, answer: &Payoff| arithmetic(claim, workspace, &question, answer).unwrap();
        let told = change(of(&workspace, &now), of(&then, &answer));
        assert!(
            (told.line.value - expected).abs() < 1e-6 * expected.abs(),
            "{claim:?}: {} {expected}",
            told.line.value
        );
        check_line(&told.line).unwrap();
        check_printed(&told.line, &told.line.print()).unwrap();
    }
}

/// Under rules every figure is that of the search, and its lines add up.
#[test]
fn what_rules_do_adds_up() {
    let (told, of_one) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    for_all(40, 2_000, &workspaces(6, &["", "Ada"]), |workspace| {
        let question = Question::default();
        prop_assume!(workspace.plan.rules_on() > 0);
        let Ok(outcome) = ruled_outcome(&workspace, &question) else { return Ok(()) };
        for claim in Claim::ALL {
            let value = match claim {
                Claim::SellerShare => outcome.seller_share,
                Claim::CompanyShare => outcome.company_share,
                Claim::Gap => outcome.gap,
                Claim::CompanyValue => outcome.company_value,
                Claim::SellerValue => outcome.seller_value,
                Claim::FirstYearPay => outcome.first_year_pay,
                Claim::FreeRenewalPay => outcome.free_renewal_pay,
                Claim::AccountsAfter => outcome.accounts_after,
                Claim::SellerDaily => outcome.daily.seller,
                Claim::CompanyDaily => outcome.daily.company,
                Claim::GapClosed => outcome.gap,
                Claim::SolvedNew => workspace.plan.new_business.get(),
                Claim::SolvedRenewal => workspace.plan.renewal.of_year(2).get(),
                // Nothing is paid, so there is no part of it.
                Claim::FreePart if outcome.free_renewal_pay <= 0.0 => continue,
                Claim::FreePart => {
                    let line = ruled_arithmetic(claim, &workspace, &question, &outcome).unwrap().unwrap().line;
                    prop_assert!(near(line.lines()[0].value, outcome.free_renewal_pay, size(&line)), "{:?}", line);
                    line.value
                }
                _ => {
                    prop_assert_eq!(ruled_arithmetic(claim, &workspace, &question, &outcome).unwrap(), None);
                    continue;
                }
            };
            let line = ruled_arithmetic(claim, &workspace, &question, &outcome).unwrap().unwrap().line;
            prop_assert!(near(line.value, value, size(&line)), "{:?}: {} {}", claim, line.value, value);
            check_line(&line)?;
            check_printed(&line, &line.print())?;
            told.set(told.get() + 1);
        }
        of_one.set(of_one.get() + u32::from(outcome.sellers.len() == 1));
        Ok(())
    });
    assert!(told.get() >= 240 && of_one.get() >= 5, "{} {}", told.get(), of_one.get());
}

/// The part of the gap that another plan closes is that of both gaps.
#[test]
fn what_is_closed_of_the_gap_is_told_by_both() {
    let workspace = sample_workspace(Month::parse("2026-11").unwrap());
    let question = Question::default();
    let mut other = workspace.clone();
    other.set(Input::RenewalCommission, 0.05).unwrap();
    let gap = |workspace: &Workspace| {
        let answer = payoff(workspace, &question).unwrap();
        (answer.gap, arithmetic(Claim::GapClosed, workspace, &question, &answer).unwrap())
    };
    let ((now, told_now), (then, told_then)) = (gap(&workspace), gap(&other));
    assert!(then < now, "{then} {now}");
    let told = closed(told_now, told_then);
    check_line(&told.line).unwrap();
    check_printed(&told.line, &told.printed).unwrap();
    assert!((told.line.value - (1.0 - then / now)).abs() < 1e-9, "{} {then} {now}", told.line.value);
}

/// Every figure of every account is what the list says, and its lines add up.
#[test]
fn what_an_account_is_worth_adds_up() {
    let told = std::cell::Cell::new(0_u32);
    for_all(300, 20_000, &workspaces(10, &["", "Ada"]), |workspace| {
        let Ok(worths) = worths(&workspace.book, &workspace.assumptions, workspace.as_of) else { return Ok(()) };
        for (account, worth) in workspace.book.accounts.iter().zip(&worths) {
            for figure in AccountFigure::ALL {
                let arithmetic = account_arithmetic(figure, account, &workspace);
                let Some(worth) = worth else {
                    prop_assert_eq!(arithmetic, None);
                    continue;
                };
                let line = arithmetic.expect("a worth has its arithmetic").line;
                let value = match figure {
                    AccountFigure::AnnualProfit => worth.annual_profit,
                    AccountFigure::LifetimeValue => worth.lifetime_value,
                    AccountFigure::RenewalChance => worth.renewal_chance,
                    AccountFigure::LossChance => worth.loss_chance,
                    AccountFigure::ValueAtRisk => worth.value_at_risk,
                    AccountFigure::ValueHeld => worth.value_held,
                };
                // A chance of renewal near 1 leaves one of loss, and one less what goes on, with few digits.
                let size = size(&line).max(worth.annual_value);
                prop_assert!(near(line.value, value, 1e3 * size), "{:?}: {} {}", figure, line.value, value);
                check_line(&line)?;
                check_printed(&line, &line.print())?;
                told.set(told.get() + 1);
            }
        }
        Ok(())
    });
    assert!(told.get() > 1_000, "{}", told.get());
}

/// 12,000 at 70 % with a cost to serve, renewed in three months for half a year at a time with twice the odds of loss.
#[test]
fn an_account_is_told_down_to_the_book() {
    let november = Month::parse("2026-11").unwrap();
    let mut workspace = sample_workspace(november);
    let mut account = workspace.book.accounts.iter().next().unwrap().clone();
    account.margin = holdfast::model::quantity::Margin::constant(0.7);
    account.cost_to_serve = holdfast::model::quantity::Money::from_cents(240_000);
    account.loss_odds = holdfast::model::quantity::Multiplier::constant(2.0);
    account.term = holdfast::model::account::Term::new(6).unwrap();
    account.standing = holdfast::model::account::Standing::Active { since: None, renews_on: "2027-02-10".parse().ok() };
    workspace.set(Input::RenewToday, 0.8).unwrap();
    let told = |figure: AccountFigure| account_arithmetic(figure, &account, &workspace).unwrap();
    assert_eq!(told(AccountFigure::AnnualProfit).figure, "$6,000");
    // 0.8 / (0.8 + 2 x 0.2).
    assert_eq!(told(AccountFigure::RenewalChance).figure, "66.6667%");
    // It ends in months 3 and 9, each time for half a year: together as for a year.
    assert_eq!(told(AccountFigure::LossChance).figure, "33.3333%");
    assert_eq!(told(AccountFigure::ValueAtRisk).figure, "$4,000");
    let labels: Vec<String> = told(AccountFigure::ValueAtRisk).line.lines().iter().map(|it| it.label.clone()).collect();
    assert_eq!(labels, ["Annual value", "chance of loss within twelve months, attention as today"]);
}

/// Each row of the table of what changed opens the difference of the two gaps that are printed, whatever led there.
#[test]
fn why_the_answer_changed_adds_up() {
    let told = std::cell::Cell::new(0_u32);
    for_all(4, 400, &(workspaces(4, &["", "Ada"]), workspaces(4, &["", "Ada"])), |(from, to)| {
        let question = Question::default();
        prop_assume!(payoff(&from, &question).is_ok() && payoff(&to, &question).is_ok());
        let mut descent = Descent::new(&from, &to, &question).expect("both have answers");
        let way = (0..1_000).find_map(|_| descent.advance()).expect("it ends");
        let mut before = from.clone();
        for row in rows(&way) {
            let after = workspace_after(&from, &to, &row.difference).expect("it is a part of the way");
            let line = gap_change(&before, &after, &question).expect("both have answers").line;
            check_line(&line)?;
            check_printed(&line, &line.print())?;
            let printed = line.print();
            if printed.lines.iter().all(|gap| !gap.figure.contains('.')) {
                prop_assert_eq!(printed.figure.trim_start_matches('−'), row.changed.trim_start_matches(['+', '−']));
                prop_assert_eq!(&printed.lines[0].figure, &row.gap);
            }
            before = after;
            told.set(told.get() + 1);
        }
        Ok(())
    });
    assert!(told.get() > 20, "{}", told.get());
}

/// What the records of a book say is a part that was counted, and what accounts for it adds up.
#[test]
fn what_the_records_say_adds_up() {
    let told = std::cell::Cell::new((0_u32, 0_u32));
    for_all(200, 20_000, &workspaces(30, &["", "Ada"]), |workspace| {
        let accounts = || workspace.book.accounts.iter();
        let (mut counted, mut stayed) = told.get();
        if let Some(renewed) = own_book::renewals(accounts(), workspace.as_of) {
            let line = records::renewals(&renewed).line;
            prop_assert!(near(line.value, renewed.odds.odds, 1.0), "{renewed:?}");
            check_line(&line)?;
            counted += 1;
        }
        if let Some(survival) = own_book::survival(accounts(), workspace.as_of) {
            for years in survival.years() {
                let line = records::survival(&survival, years).line;
                prop_assert!(near(line.value, survival.curve.survival(years as f64), 1.0), "{survival:?}");
                check_line(&line)?;
                stayed += 1;
            }
        }
        told.set((counted, stayed));
        Ok(())
    });
    let (counted, stayed) = told.get();
    assert!(counted > 20 && stayed > 20, "{counted} {stayed}");
}
