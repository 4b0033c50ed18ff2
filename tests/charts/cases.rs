//! Results to draw: the sample's, and hostile ones.

use holdfast::charts::payoff::{accounts_over_time, renewal_rate, revenue_over_time, where_hours_go};
use holdfast::charts::spec::ChartSpec;
use holdfast::model::bounds::Input;
use holdfast::model::month::Month;
use holdfast::model::payoff::{Payoff, Question, payoff};
use holdfast::model::quantity::Money;
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;

/// A workspace and what it answers.
pub struct Case {
    pub name: &'static str,
    pub payoff: Payoff,
    pub rate: f64,
}

impl Case {
    pub fn new(name: &'static str, change: impl FnOnce(&mut Workspace)) -> Case {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        change(&mut workspace);
        let payoff = payoff(&workspace, &Question::default()).unwrap();
        Case { name, payoff, rate: workspace.get(Input::RenewalCommission) }
    }

    /// All four charts.
    pub fn charts(&self) -> Vec<ChartSpec> {
        let payoff = &self.payoff;
        vec![
            where_hours_go(payoff),
            accounts_over_time(payoff),
            revenue_over_time(payoff),
            renewal_rate(payoff, self.rate),
        ]
    }
}

pub fn sample() -> Case {
    Case::new("sample", |_| ())
}

/// Two sellers, whose accounts and so whose best shares differ.
pub fn team() -> Case {
    Case::new("team", |workspace| {
        for account in workspace.book.accounts.iter_mut().skip(28) {
            account.seller = "Other".to_owned();
        }
    })
}

/// Results that charts find hard.
pub fn hostile() -> Vec<Case> {
    let no_accounts = |workspace: &mut Workspace| workspace.book.accounts.clear();
    let no_hours = |workspace: &mut Workspace| {
        workspace.assumptions.hours_per_year = 0.0;
        workspace.assumptions.renew_today = workspace.assumptions.renew_unattended;
    };
    let of_value = |workspace: &mut Workspace, cents: i64| {
        for account in &mut workspace.book.accounts {
            account.annual_value = Money::from_cents(cents);
        }
    };
    vec![
        agreed(),
        Case::new("no hours", no_hours),
        Case::new("no accounts", no_accounts),
        Case::new("nothing at all", |workspace| {
            no_accounts(workspace);
            no_hours(workspace);
        }),
        Case::new("one account", |workspace| workspace.book.accounts.truncate(1)),
        Case::new("one year", |workspace| workspace.set(Input::Horizon, 12.0).unwrap()),
        Case::new("ten years", |workspace| workspace.set(Input::Horizon, 120.0).unwrap()),
        Case::new("27 months", |workspace| workspace.set(Input::Horizon, 27.0).unwrap()),
        Case::new("huge", |workspace| of_value(workspace, 100_000_000_000_000)),
        Case::new("worthless", |workspace| of_value(workspace, 0)),
        Case::new("cents", |workspace| of_value(workspace, 1)),
        Case::new("nothing paid", |workspace| {
            workspace.set(Input::RenewalCommission, 0.0).unwrap();
            workspace.set(Input::NewBusinessCommission, 0.0).unwrap();
            workspace.set(Input::ReferralCommission, 0.0).unwrap();
        }),
        Case::new("all paid away", |workspace| {
            workspace.set(Input::RenewalCommission, 1.0).unwrap();
            workspace.set(Input::NewBusinessCommission, 1.0).unwrap();
        }),
        Case::new("all time on customers", |workspace| {
            workspace.set(Input::ShareToday, 1.0).unwrap();
            workspace.set(Input::Leads, 0.0).unwrap();
        }),
    ]
}

/// Paid so that both want the same.
pub fn agreed() -> Case {
    let rate = sample().payoff.agreement.rate().unwrap();
    Case::new("agreed", |workspace| workspace.set(Input::RenewalCommission, rate).unwrap())
}

/// Everything drawn in tests.
pub fn all() -> Vec<Case> {
    [sample(), team()].into_iter().chain(hostile()).collect()
}
