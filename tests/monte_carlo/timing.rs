//! How long it takes: asked for with `--ignored --nocapture`, best built for release.

use std::time::Instant;

use holdfast::model::account::{Account, Standing};
use holdfast::model::book::Book;
use holdfast::model::pay::PlanPeriod;
use holdfast::model::plan::QuotaRule;
use holdfast::model::quantity::Money;

use crate::{sample, simulated};

#[test]
#[ignore = "a measurement"]
fn ten_thousand_runs_of_two_hundred_accounts_with_a_quota() {
    let mut workspace = sample();
    workspace.plan.quota = QuotaRule { target: 30_000.0, period: PlanPeriod::Quarter, multiplier: 1.5 };
    workspace.book = Book::empty();
    for index in 0..200_i32 {
        let id = workspace.book.take_id();
        let mut account = Account::new(id, String::new(), Money::from_cents(1_000_000 + i64::from(index) * 2_711));
        let since = workspace.as_of.plus(-(index % 30)).first_day();
        account.standing = Standing::Active { since: Some(since), renews_on: None };
        workspace.book.accounts.push(account);
    }
    for _ in 0..5 {
        let begin = Instant::now();
        let simulation = simulated(&workspace, 0.33, 1, 10_000);
        let runs = begin.elapsed();
        println!("{runs:?}, with the spread {:?}", (simulation.spread(), begin.elapsed()).1);
    }
}
