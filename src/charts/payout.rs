//! What new business of a period pays, with the kink at the quota.

use super::spec::{Axis, ChartSpec, Line, Mark, Panel, Role, Rule, Table, Unit};
use crate::model::plan::Plan;
use crate::text::choice;
use crate::text::number;

/// Rows of the table.
const ROWS: usize = 11;

/// Commission on new business against the annual value won in a period, up to twice the quota, or up to `won` where that is more;
/// the quota is marked where it changes what is paid.
pub fn payout(plan: &Plan, won: f64) -> ChartSpec {
    let quota = &plan.quota;
    let kink = (quota.counts() && quota.target > 0.0).then_some(quota.target);
    let period = choice::period(quota.period);
    let most = match kink {
        Some(target) => won.max(2.0 * target),
        None => won.max(1.0),
    };
    let pay = |won: f64| {
        let beyond = if quota.counts() { (won - quota.target).max(0.0) } else { 0.0 };
        plan.new_business.get() * (won + (quota.multiplier - 1.0) * beyond)
    };
    let ends = [Some(0.0), kink, Some(most)].into_iter().flatten();
    let points: Vec<(f64, f64)> = ends.map(|won| (won, pay(won))).collect();
    let x = Axis::exact(0.0, most, Unit::Money);
    let beyond = number::rate(plan.new_business.get() * quota.multiplier, 2);
    let marks = kink.map(|target| Mark { role: Role::Seller, x: target, y: pay(target), hollow: false });
    let rules = kink.map(|target| Rule { role: Role::Seller, x: target, label: format!("quota: {beyond} from here") });
    let rows = (0..ROWS).map(|index| most * index as f64 / (ROWS - 1) as f64);
    let heights: Vec<f64> = points.iter().map(|point| point.1).collect();
    ChartSpec {
        id: "payout",
        title: format!("What new business of a {period} pays"),
        unit: "against the annual value won".to_owned(),
        summary: summary(plan, kink, most, pay(most)),
        panels: vec![Panel {
            title: format!("What a {period} of new business pays"),
            unit: "commission".to_owned(),
            y: Axis::around(heights.into_iter().chain([0.0]), Unit::Money),
            lines: vec![Line { role: Role::Seller, label: None, points }],
            marks: marks.into_iter().collect(),
        }],
        x: x.labelled("annual value won"),
        rules: rules.into_iter().collect(),
        band: None,
        table: Table {
            caption: format!("Commission on the new business of a {period}"),
            headings: vec!["Annual value won".to_owned(), "Commission".to_owned()],
            rows: rows.map(|won| vec![number::money(won, 0), number::money(pay(won), 0)]).collect(),
        },
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

    #[test]
    fn the_curve_bends_at_the_quota_only() {
        let mut plan = Plan { new_business: CommissionRate::constant(0.10), ..Plan::default() };
        plan.quota.target = 420_000.0;
        let flat = payout(&plan, 150_000.0);
        assert_eq!(flat.panels[0].lines[0].points, [(0.0, 0.0), (150_000.0, 15_000.0)]);
        assert!(flat.rules.is_empty() && flat.panels[0].marks.is_empty());
        assert_eq!(flat.summary, "Every sale pays 10% of its annual value; $150,000 won pay $15,000.");
        plan.quota.multiplier = 1.25;
        let bent = payout(&plan, 150_000.0);
        assert_eq!(bent.panels[0].lines[0].points, [(0.0, 0.0), (420_000.0, 42_000.0), (840_000.0, 94_500.0)]);
        assert_eq!(bent.rules[0].label, "quota: 12.5% from here");
        assert_eq!((bent.panels[0].marks[0].x, bent.panels[0].marks[0].y), (420_000.0, 42_000.0));
        assert_eq!(bent.table.rows[5], ["$420,000", "$42,000"]);
        plan.quota.target = 0.0;
        let from_the_start = payout(&plan, 100_000.0);
        assert_eq!(from_the_start.panels[0].lines[0].points, [(0.0, 0.0), (100_000.0, 12_500.0)]);
    }
}
