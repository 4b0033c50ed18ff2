//! The lines behind what is said of a plan beside its rates: quotas, sales, hours.

use super::line::{Line, Unit};
use crate::model::bounds::Input;
use crate::model::payoff::Payoff;
use crate::model::rules::{Rule, RuleKind};
use crate::model::workspace::Workspace;
use crate::text::arithmetic::Arithmetic;
use crate::text::my_pay::month_name;
use crate::text::plan_checks::due_this_year;

const YOURS: &str = "as it stands among the numbers";

fn stated(workspace: &Workspace, input: Input, unit: Unit) -> Line {
    Line::stated(input.bounds().label, workspace.get(input), unit, YOURS)
}

/// Hours a year with customers, as today.
pub(super) fn today_hours(workspace: &Workspace) -> Line {
    let hours = stated(workspace, Input::HoursPerYear, Unit::Hours);
    Line::product(
        "hours with customers a year",
        Unit::Hours,
        vec![hours, stated(workspace, Input::ShareToday, Unit::Rate)],
    )
}

/// Those for each account of a seller.
pub(super) fn account_hours(workspace: &Workspace, payoff: &Payoff) -> Line {
    let accounts = Line::stated("active accounts", payoff.accounts as f64, Unit::Factor, "of the book");
    let sellers = Line::stated("sellers", payoff.sellers.max(1) as f64, Unit::Factor, "who have active accounts");
    let each = Line::quotient("accounts of a seller", accounts, sellers);
    Line::quotient("hours for each account", today_hours(workspace), each)
}

/// What one seller wins in a period of the quota.
pub(super) fn won_a_period(workspace: &Workspace, payoff: &Payoff) -> Line {
    let from = workspace.as_of.plus(1);
    let month = |(place, wins): (i32, &f64)| {
        // As a factor, with all the digits that what is won is made of.
        Line::stated(month_name(from.plus(place)), *wins, Unit::Factor, "expected: the method page has the formulas")
    };
    let wins = Line::sum("accounts won in a year", (0..12).zip(&payoff.seller_course.wins).map(month).collect());
    let value = Line::stated("annual value of all of them", payoff.annual_value, Unit::Money, "of the book");
    let accounts = Line::stated("active accounts", payoff.accounts.max(1) as f64, Unit::Factor, "of the book");
    let months = f64::from(workspace.plan.quota.period.months());
    let period = Line::quotient(
        "part of a year",
        Line::stated("months of the quota’s period", months, Unit::Factor, "as the plan says"),
        Line::stated("months of a year", 12.0, Unit::Factor, "by the calendar"),
    );
    let all = vec![wins, Line::quotient("mean annual value", value, accounts), period];
    let all = Line { unit: Unit::Money, ..Line::product("won in a period", Unit::Money, all) };
    match payoff.sellers {
        0 | 1 => all,
        sellers => {
            let sellers = Line::stated("sellers", sellers as f64, Unit::Factor, "who have active accounts");
            Line::quotient("won by each seller in a period", all, sellers)
        }
    }
}

/// What renewals that need nobody would fill of the quotas of a year.
pub(super) fn quota_filled(workspace: &Workspace, seller: Option<&str>) -> Line {
    let quota = &workspace.plan.quota;
    let (due, count) = due_this_year(workspace, seller);
    let label = format!("annual value of {count} that come up for renewal within twelve months");
    let due = Line::stated(label, due, Unit::Money, "of the book");
    let renew = stated(workspace, Input::RenewUnattended, Unit::Rate);
    let sellers = if seller.is_some() { 1 } else { workspace.book.sellers().len().max(1) };
    let periods = 12.0 / f64::from(quota.period.months().max(1));
    let year = vec![
        Line::stated("quota", quota.target, Unit::Money, "as the plan says"),
        Line::stated("periods in a year", periods, Unit::Factor, "by the calendar"),
        Line::stated("sellers", sellers as f64, Unit::Factor, "each has a quota"),
    ];
    let free = Line::product("renews if nobody calls", Unit::Money, vec![due, renew]);
    let filled = Line::quotient("part of the quotas", free, Line::product("quotas of a year", Unit::Money, year));
    Line { unit: Unit::Rate, ..filled }
}

/// What reaching the quota would pay at once were the accelerated rate on everything.
pub(super) fn quota_step(workspace: &Workspace) -> Line {
    let quota = &workspace.plan.quota;
    let times = Line::stated("accelerator", quota.multiplier, Unit::Factor, "as the plan says");
    let one = Line::minus("less the rate itself", Line::stated("once", 1.0, Unit::Factor, "it is paid on any sale"));
    let factors = vec![
        Line::sum("how much more often the rate is paid", vec![times, one]),
        stated(workspace, Input::NewBusinessCommission, Unit::Rate),
        Line::stated("quota", quota.target, Unit::Money, "as the plan says"),
    ];
    Line::product("more at once", Unit::Money, factors)
}

/// What a referred sale pays.
pub(super) fn referred_sale(workspace: &Workspace) -> Line {
    let rates = [Input::NewBusinessCommission, Input::ReferralCommission];
    Line::sum("commission on a referred sale", rates.map(|rate| stated(workspace, rate, Unit::Rate)).into())
}

/// What the company keeps of what customers pay, before pay.
pub(super) fn mean_margin(workspace: &Workspace) -> Line {
    let active = || workspace.book.active();
    let value: f64 = active().map(|account| account.annual_value.units()).sum();
    if value <= 0.0 {
        return Line::stated("mean margin", workspace.book.mean_margin(), Unit::Rate, "of an account as it is added");
    }
    let margin = active().map(|account| account.annual_value.units() * account.margin.get()).sum();
    let mean = Line::quotient(
        "mean margin",
        Line::stated("annual margin of all active accounts", margin, Unit::Money, "each value times its margin"),
        Line::stated("annual value of all active accounts", value, Unit::Money, "of the book"),
    );
    Line { unit: Unit::Rate, ..mean }
}

/// Accounts for what a check says of a rule: what reaching the amount of a tier pays at once, or what a floor frees.
pub fn rule_arithmetic(rule: &Rule, workspace: &Workspace, seller: Option<&str>) -> Arithmetic {
    if rule.kind() != RuleKind::RenewalAboveFloor {
        return step_arithmetic(rule);
    }
    let (due, count) = due_this_year(workspace, seller);
    let due = Line::stated(
        format!("annual value of {count} that come up for renewal within twelve months"),
        due,
        Unit::Money,
        "of the book",
    );
    let floor = Line::stated("part below the floor", rule.number(0), Unit::Rate, "as the rule says");
    let rate = Line::stated("what the rule pays above it", rule.number(1), Unit::Rate, "as the rule says");
    let line = Line::product("freed by the floor", Unit::Money, vec![due, floor, rate]);
    Arithmetic::new("What a floor frees", line, "As far as at least that much renews in each period of the rule.")
}

/// Accounts for what the rate on new business pays one seller in a period of the quota, as far as it is at stake: all of it times
/// `part`.
pub fn stake_arithmetic(part: f64, workspace: &Workspace, payoff: &Payoff) -> Arithmetic {
    let rate = stated(workspace, Input::NewBusinessCommission, Unit::Rate);
    let part = Line::stated("part that is at stake", part, Unit::Rate, "what the rule does not pay");
    let line = Line::product("at stake", Unit::Money, vec![won_a_period(workspace, payoff), rate, part]);
    Arithmetic::new("What is at stake", line, "At the sellers’ best split under the rates, by the rate alone.")
}

/// Accounts for which part a bonus is of what the rate on new business pays one seller in a period of the quota.
pub fn bonus_arithmetic(bonus: f64, workspace: &Workspace, payoff: &Payoff) -> Arithmetic {
    let rate = stated(workspace, Input::NewBusinessCommission, Unit::Rate);
    let paid = Line::product("paid by the rate", Unit::Money, vec![won_a_period(workspace, payoff), rate]);
    let bonus = Line::stated("bonus", bonus, Unit::Money, "as the rule says");
    let line = Line { unit: Unit::Rate, ..Line::quotient("part of it", bonus, paid) };
    Arithmetic::new("A bonus as a part of new pay", line, "At the sellers’ best split under the rates.")
}

/// Accounts for what reaching the amount of a tier pays at once.
pub fn step_arithmetic(rule: &Rule) -> Arithmetic {
    let rate = Line::stated("what it adds to the rate", rule.number(1), Unit::Rate, "as the rule says");
    let amount = Line::stated("on all up to", rule.number(0), Unit::Money, "as the rule says");
    let line = Line::product("more at once", Unit::Money, vec![rate, amount]);
    Arithmetic::new("What reaching it would pay at once", line, "")
}
