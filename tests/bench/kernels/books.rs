//! The books that are measured: the same at every call, on every machine.

use holdfast::model::account::{Account, Standing, Term};
use holdfast::model::assumptions::{Assumptions, AttentionPolicy, RenewalForm};
use holdfast::model::book::Book;
use holdfast::model::month::Month;
use holdfast::model::pay::PlanPeriod;
use holdfast::model::plan::{Plan, QuotaRule};
use holdfast::model::quantity::{Margin, Money, Multiplier};
use holdfast::model::workspace::Workspace;

use crate::random::Random;

/// The book of a kernel by its name.
///
/// - `own`: 200 accounts, contracts of a year, 60 months; no two have the same odds of loss, so none is pooled.
/// - `pooled`: the same with usual odds, so that accounts pool by the month in which they renew.
/// - `monthly`: as `own`, but every account may leave in any month: 12,000 chances in 60 months.
/// - `bent`: 40 accounts of different value on S-curves, with the hours where they save most.
/// - `many`: 10,000 accounts, 120 months; terms and dates of a usual book, and 30 different odds of loss.
/// - `many_own`: the same, but no two accounts have the same odds.
///
/// Every plan has a quota a quarter beyond which new business counts half as much again where `tiers` are asked for.
pub fn book(name: &str, tiers: bool) -> Workspace {
    let many = name.starts_with("many");
    let mut random = Random::new(20_261_101);
    let mut book = Book::empty();
    let as_of = Month::parse("2026-11").expect("a month");
    let accounts = match name {
        "bent" => 40,
        _ if many => 10_000,
        _ => 200,
    };
    for index in 0..accounts {
        let id = book.take_id();
        let cents = 300_000 + 100 * random.below(28_000) as i64;
        let mut account = Account::new(id, String::new(), Money::from_cents(cents));
        account.margin = Margin::constant(0.5 + 0.01 * random.below(41) as f64);
        account.cost_to_serve = Money::from_cents(10_000 * random.below(10) as i64);
        let months = match name {
            "monthly" => 1,
            "many" | "many_own" => [6, 12, 12, 12, 12, 24, 36][random.below(7) as usize],
            _ => 12,
        };
        account.term = Term::new(months).expect("a term");
        let since = as_of.plus(-(random.below(72) as i32)).first_day();
        account.standing = Standing::Active { since: Some(since), renews_on: None };
        account.loss_odds = Multiplier::constant(match name {
            "pooled" | "bent" => 1.0,
            "many" => 0.5 + 0.1 * random.below(30) as f64,
            "many_own" => 0.5 + 3e-4 * f64::from(index),
            _ => 0.5 + 0.01 * f64::from(index),
        });
        book.accounts.push(account);
    }
    let mut plan = Plan::default();
    if tiers {
        plan.quota = QuotaRule { target: 30_000.0, period: PlanPeriod::Quarter, multiplier: 1.5 };
    }
    let horizon = if many { 120 } else { 60 };
    let mut assumptions = Assumptions { horizon, ..Assumptions::default() };
    if name == "bent" {
        (assumptions.renewal_form, assumptions.attention) = (RenewalForm::SCurve, AttentionPolicy::Best);
    }
    Workspace { assumptions, ..Workspace::new(as_of, book, plan) }
}
