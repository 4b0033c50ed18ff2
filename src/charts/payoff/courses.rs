//! Accounts and revenue month by month, as today and at both best splits.

use super::{heights, line, sellers_own};
use crate::charts::spec::{Axis, ChartSpec, Line, Panel, Role, Table, Unit};
use crate::model::payoff::{Course, Payoff};
use crate::text::number;

/// The number of accounts, from now to the end of the horizon.
pub fn accounts_over_time(payoff: &Payoff) -> ChartSpec {
    build(
        payoff,
        &Quantity {
            id: "accounts",
            name: "Accounts",
            unit: format!("over {}", number::duration(payoff.horizon)),
            axis: Unit::Count,
            series: |course| (0_u32..).zip(course.accounts.iter().copied()).collect(),
            write: |value| number::plain(value, 1),
            say: |value| number::plain(value, 1),
        },
    )
}

/// Revenue a year at the pace of each month: twelve times the month's revenue, from month 1 on.
pub fn revenue_over_time(payoff: &Payoff) -> ChartSpec {
    build(
        payoff,
        &Quantity {
            id: "revenue",
            name: "Revenue",
            unit: format!("a year, over {}", number::duration(payoff.horizon)),
            axis: Unit::Money,
            series: |course| (1_u32..).zip(course.revenue.iter().map(|month| 12.0 * month)).collect(),
            write: |value| number::money(value, 0),
            say: number::money_rounded,
        },
    )
}

/// Something that takes its course.
struct Quantity {
    id: &'static str,
    name: &'static str,
    unit: String,
    axis: Unit,
    /// Months and values.
    series: fn(&Course) -> Vec<(u32, f64)>,
    /// As written in the table.
    write: fn(f64) -> String,
    /// As said in the sentence.
    say: fn(f64) -> String,
}

fn build(payoff: &Payoff, quantity: &Quantity) -> ChartSpec {
    let courses = [
        (Role::Today, "as today".to_owned(), &payoff.today_course),
        (Role::Seller, format!("{} best", sellers_own(payoff)), &payoff.seller_course),
        (Role::Company, "company’s best".to_owned(), &payoff.company_course),
    ];
    let series = courses.map(|(role, label, course)| (role, label, (quantity.series)(course)));
    let lines: Vec<Line> = series
        .iter()
        .map(|(role, label, values)| {
            let points = values.iter().map(|(month, value)| (f64::from(*month), *value));
            line(*role, Some(label.clone()), points)
        })
        .collect();
    let y = Axis::around(heights(&lines), quantity.axis);
    ChartSpec {
        id: quantity.id,
        title: format!("{} over time", quantity.name),
        unit: quantity.unit.clone(),
        summary: summary(payoff, quantity, &series),
        panels: vec![Panel {
            title: quantity.name.to_owned(),
            unit: quantity.unit.clone(),
            y,
            lines,
            marks: Vec::new(),
        }],
        x: Axis::exact(0.0, f64::from(payoff.horizon), Unit::Months),
        rules: Vec::new(),
        band: None,
        table: table(payoff, quantity, &series),
    }
}

type Series = [(Role, String, Vec<(u32, f64)>); 3];

fn summary(payoff: &Payoff, quantity: &Quantity, series: &Series) -> String {
    let start = series.iter().find_map(|(_, _, values)| values.first()).map_or(0.0, |first| first.1);
    let ends: Vec<String> = series
        .iter()
        .map(|(_, label, values)| {
            let end = values.last().map_or(0.0, |last| last.1);
            let split = if label.ends_with("best") { format!("at the {label}") } else { label.clone() };
            format!("{} {split}", (quantity.say)(end))
        })
        .collect();
    format!(
        "{}: {} {}; after {} {}.",
        quantity.name,
        (quantity.say)(start),
        if quantity.axis == Unit::Count { "now" } else { "a year at first" },
        number::duration(payoff.horizon),
        ends.join(", "),
    )
}

fn table(payoff: &Payoff, quantity: &Quantity, series: &Series) -> Table {
    let first = series.iter().find_map(|(_, _, values)| values.first()).map_or(0, |first| first.0);
    let years = (1..).map(|year| 12 * year).take_while(|month| *month < payoff.horizon);
    let months = std::iter::once(first).chain(years).chain((payoff.horizon > first).then_some(payoff.horizon));
    let rows = months.map(|month| {
        let name = match month {
            0 => "now".to_owned(),
            1 => "month 1".to_owned(),
            _ if month % 12 == 0 => number::counted(month as usize / 12, "year", "years"),
            _ => number::counted(month as usize, "month", "months"),
        };
        let cells = series.iter().map(|(_, _, values)| {
            values.iter().find(|value| value.0 == month).map_or_else(String::new, |value| (quantity.write)(value.1))
        });
        std::iter::once(name).chain(cells).collect()
    });
    Table {
        caption: format!("{} {}", quantity.name, quantity.unit),
        headings: std::iter::once("After".to_owned())
            .chain(series.iter().map(|(_, label, _)| super::capital(label)))
            .collect(),
        rows: rows.collect(),
    }
}
