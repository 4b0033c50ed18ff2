//! What new business of a period pays, with the kinks at the quota and at the rules.

use super::spec::{Axis, ChartSpec, Line, Mark, Panel, Role, Rule, Table, Unit};
use crate::model::period_pay::{PeriodPay, capped_at};
use crate::model::plan::Plan;
use crate::model::rules::{Rule as PlanRule, RuleKind};
use crate::model::seller::NewAccount;
use crate::text::choice;
use crate::text::number;

/// Rows of the table.
const ROWS: usize = 11;

/// Commission on new business against the annual value won in a period, up to twice the quota, or up to `won` where that is more.
/// Every kink is marked: the quota where it changes what is paid, and what rules over the same period begin at.
pub fn payout(plan: &Plan, won: f64, sale: NewAccount) -> ChartSpec {
    let quota = &plan.quota;
    let target = (quota.counts() && quota.target > 0.0).then_some(quota.target);
    let period = choice::period(quota.period);
    let paid = PeriodPay::new(plan, sale);
    let told = paid.rules();
    let mut kinks: Vec<(f64, String)> = Vec::new();
    if let Some(target) = target {
        let beyond = number::rate(plan.new_business.get() * quota.multiplier, 2);
        kinks.push((target, format!("quota: {beyond} from here")));
    }
    kinks.extend(told.iter().filter_map(|rule| kink(plan, rule)));
    kinks.retain(|(at, _)| *at > 0.0);
    kinks.sort_by(|one, other| one.0.total_cmp(&other.0));
    let most = kinks.last().map_or(won.max(1.0), |(last, _)| won.max(2.0 * last));
    let pay = |won: f64| paid.on(won);
    // Just below a kink and on it, so that a jump is seen as one.
    let beside = kinks.iter().flat_map(|(at, _)| [at * (1.0 - 1e-9), *at]).filter(|_| !told.is_empty());
    let bends = kinks.iter().map(|(at, _)| *at).filter(|_| told.is_empty());
    let inside: Vec<f64> = beside.chain(bends).collect();
    let ends = [0.0].into_iter().chain(inside).chain([most]);
    let points: Vec<(f64, f64)> = ends.map(|won| (won, pay(won))).collect();
    let x = Axis::exact(0.0, most, Unit::Money);
    let marks = kinks.iter().map(|(at, _)| Mark { role: Role::Seller, x: *at, y: pay(*at), hollow: false });
    let rules = kinks.iter().map(|(at, label)| Rule { role: Role::Seller, x: *at, label: label.clone() });
    let rows = (0..ROWS).map(|index| most * index as f64 / (ROWS - 1) as f64);
    let heights: Vec<f64> = points.iter().map(|point| point.1).collect();
    let summary =
        if told.is_empty() { summary(plan, target, most, pay(most)) } else { ruled_summary(&kinks, most, pay(most)) };
    ChartSpec {
        id: "payout",
        title: format!("What new business of a {period} pays"),
        unit: "against the annual value won".to_owned(),
        summary,
        panels: vec![Panel {
            title: format!("What a {period} of new business pays"),
            unit: "commission".to_owned(),
            y: Axis::around(heights.into_iter().chain([0.0]), Unit::Money),
            lines: vec![Line { role: Role::Seller, label: None, points }],
            marks: marks.collect(),
        }],
        x: x.labelled("annual value won"),
        rules: rules.collect(),
        band: None,
        table: Table {
            caption: format!("Commission on the new business of a {period}"),
            headings: vec!["Annual value won".to_owned(), "Commission".to_owned()],
            rows: rows.map(|won| vec![number::money(won, 0), number::money(pay(won), 0)]).collect(),
        },
    }
}

/// Where a rule begins, and what it is called there.
fn kink(plan: &Plan, rule: &PlanRule) -> Option<(f64, String)> {
    match rule.kind() {
        RuleKind::TierAbove => Some((rule.number(0), format!("{} more from here", number::rate(rule.number(1), 2)))),
        RuleKind::TierOnAll => Some((rule.number(0), format!("{} more on all", number::rate(rule.number(1), 2)))),
        RuleKind::WinBonus => Some((rule.number(1), format!("bonus of {}", number::money(rule.number(0), 0)))),
        RuleKind::BelowTarget => {
            Some((rule.number(0), format!("{} of the rate until here", number::rate(rule.number(1), 1))))
        }
        RuleKind::Threshold => Some((rule.number(0), "threshold".to_owned())),
        // Below a decelerator it is reached later than the rate alone tells.
        RuleKind::Cap if plan.rules.iter().any(|rule| rule.is_on && rule.kind() == RuleKind::BelowTarget) => None,
        RuleKind::Cap => capped_at(plan, rule.number(0)).map(|at| (at, "cap".to_owned())),
        _ => None,
    }
}

fn ruled_summary(kinks: &[(f64, String)], most: f64, pay: f64) -> String {
    let at: Vec<String> = kinks.iter().map(|(at, label)| format!("at {} {label}", number::money(*at, 0))).collect();
    let top = format!("{} won pay {}.", number::money(most, 0), number::money(pay, 0));
    if at.is_empty() {
        format!("By the rates and the rules, {top}")
    } else {
        format!("By the rates and the rules: {}; {top}", at.join(", "))
    }
}

fn summary(plan: &Plan, kink: Option<f64>, most: f64, pay: f64) -> String {
    let at_first = number::rate(plan.new_business.get(), 2);
    let top = format!("{} won pay {}.", number::money(most, 0), number::money(pay, 0));
    match kink {
        None => format!("Every sale pays {at_first} of its annual value; {top}"),
        Some(target) => format!(
            "Up to the quota of {} a sale pays {at_first} of its annual value, beyond it {}; {top}",
            number::money(target, 0),
            number::rate(plan.new_business.get() * plan.quota.multiplier, 2),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::CommissionRate;

    const SALE: NewAccount = NewAccount { annual_value: 10_000.0, margin: 0.7, term: 12 };

    #[test]
    fn rules_bend_and_break_the_curve_where_they_begin() {
        let mut plan = Plan { new_business: CommissionRate::constant(0.10), ..Plan::default() };
        let rule = |kind: RuleKind, numbers: &[f64]| PlanRule::from_numbers(kind, numbers).unwrap();
        plan.rules = vec![
            rule(RuleKind::TierOnAll, &[200_000.0, 0.05]),
            rule(RuleKind::Cap, &[40_000.0]),
            rule(RuleKind::EachWin, &[100.0]),
            rule(RuleKind::Threshold, &[10.0]).over(crate::model::pay::PlanPeriod::Month),
        ];
        let chart = payout(&plan, 150_000.0, SALE);
        let points = &chart.panels[0].lines[0].points;
        // 10 % and 100 for each 10,000: 11 %; then 5 % of all of it; from 400,000 on the rate pays no more than 40,000.
        let near = |(at, pay): (f64, f64), x: f64, y: f64| (at - x).abs() < 1.0 && (pay - y).abs() < 1.0;
        assert!(near(points[1], 200_000.0, 22_000.0) && near(points[2], 200_000.0, 32_000.0), "{points:?}");
        assert!(near(points[4], 400_000.0, 40_000.0 + 20_000.0 + 4_000.0), "{points:?}");
        assert!(near(points[5], 800_000.0, 40_000.0 + 40_000.0 + 8_000.0), "{points:?}");
        let labels: Vec<&str> = chart.rules.iter().map(|rule| rule.label.as_str()).collect();
        assert_eq!(labels, ["5% more on all", "cap"]);
        assert!(chart.summary.starts_with("By the rates and the rules: at $200,000 5% more on all, at $400,000 cap;"));
        plan.new_business = CommissionRate::constant(0.0);
        assert_eq!(payout(&plan, 150_000.0, SALE).rules.len(), 1, "a cap that nothing reaches is nowhere");
    }

    #[test]
    fn the_curve_bends_at_the_quota_only() {
        let mut plan = Plan { new_business: CommissionRate::constant(0.10), ..Plan::default() };
        plan.quota.target = 420_000.0;
        let flat = payout(&plan, 150_000.0, SALE);
        assert_eq!(flat.panels[0].lines[0].points, [(0.0, 0.0), (150_000.0, 15_000.0)]);
        assert!(flat.rules.is_empty() && flat.panels[0].marks.is_empty());
        assert_eq!(flat.summary, "Every sale pays 10% of its annual value; $150,000 won pay $15,000.");
        plan.quota.multiplier = 1.25;
        let bent = payout(&plan, 150_000.0, SALE);
        assert_eq!(bent.panels[0].lines[0].points, [(0.0, 0.0), (420_000.0, 42_000.0), (840_000.0, 94_500.0)]);
        assert_eq!(bent.rules[0].label, "quota: 12.5% from here");
        assert_eq!((bent.panels[0].marks[0].x, bent.panels[0].marks[0].y), (420_000.0, 42_000.0));
        assert_eq!(bent.table.rows[5], ["$420,000", "$42,000"]);
        plan.quota.target = 0.0;
        let from_the_start = payout(&plan, 100_000.0, SALE);
        assert_eq!(from_the_start.panels[0].lines[0].points, [(0.0, 0.0), (100_000.0, 12_500.0)]);
    }
}
