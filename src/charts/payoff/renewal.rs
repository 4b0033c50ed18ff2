//! Best shares and the company's profit against the renewal commission: at which rate both want the same.

use super::{capital, heights, line, sellers_own};
use crate::charts::spec::{Axis, ChartSpec, Mark, Panel, Role, Rule, Table, Unit};
use crate::model::payoff::{Payoff, RatePoint};
use crate::model::rate_solver::RateAnswer;
use crate::text::number;

/// Rows of the table, about.
const TABLE_ROWS: usize = 20;

/// Both best shares above, the company's profit if sellers follow theirs below, against the renewal commission; the
/// plan's own rate and the rate of agreement marked. `current_rate` is the plan's, as a part of one.
pub fn renewal_rate(payoff: &Payoff, current_rate: f64) -> ChartSpec {
    let curve = || payoff.rate_curve.iter();
    let greatest = curve().map(|point| point.rate).fold(0.0, f64::max);
    let x = Axis::exact(0.0, if greatest > 0.0 { greatest } else { 0.2 }, Unit::Percent);
    let who = sellers_own(payoff);
    let shares = vec![
        line(Role::Seller, Some(format!("{who} best")), curve().map(|point| (point.rate, point.seller_share))),
        line(Role::Company, Some("company’s best".to_owned()), curve().map(|point| (point.rate, point.company_share))),
    ];
    let profit = vec![line(Role::Company, None, curve().map(|point| (point.rate, point.company_value)))];
    let meeting = match payoff.agreement {
        RateAnswer::At { rate, share } if x.contains(rate) && share.is_finite() => {
            vec![Mark { role: Role::Neutral, x: rate, y: share, hollow: false }]
        }
        _ => Vec::new(),
    };
    let share_axis = Axis::around(heights(&shares).chain(meeting.iter().map(|mark| mark.y)), Unit::Percent);
    let profit_axis = Axis::around(heights(&profit), Unit::Money);
    let follow = if payoff.sellers > 1 { "if sellers follow their best" } else { "if the seller follows their best" };
    ChartSpec {
        id: "renewal",
        title: "What renewal commission does".to_owned(),
        unit: "against the renewal commission".to_owned(),
        summary: summary(payoff, current_rate),
        panels: vec![
            Panel {
                title: "Best share of time".to_owned(),
                unit: "on customers".to_owned(),
                y: share_axis,
                lines: shares,
                marks: meeting,
            },
            Panel {
                title: "Company’s profit".to_owned(),
                unit: follow.to_owned(),
                y: profit_axis,
                lines: profit,
                marks: Vec::new(),
            },
        ],
        rules: rules(payoff, current_rate, &x),
        x: x.labelled("renewal commission"),
        band: None,
        table: table(payoff),
    }
}

fn rules(payoff: &Payoff, current_rate: f64, x: &Axis) -> Vec<Rule> {
    let now = (Role::Today, Some(current_rate), "now");
    let agree = (Role::Neutral, payoff.agreement.rate(), "agree at");
    let rule = |(role, rate, word): (Role, Option<f64>, &str)| {
        let at = rate.filter(|rate| x.contains(*rate))?;
        Some(Rule { role, x: at, label: format!("{word} {}", number::rate(at, 1)) })
    };
    [now, agree].into_iter().filter_map(rule).collect()
}

fn summary(payoff: &Payoff, current_rate: f64) -> String {
    let who = sellers_own(payoff);
    let share = |share: f64| number::percent(share, 0);
    let now = format!(
        "At {} renewal commission the {who} best share of time on customers is {} and the company’s {}",
        number::rate(current_rate, 1),
        share(payoff.seller_best.share),
        share(payoff.company_best.share),
    );
    let ends = |point: Option<&RatePoint>| point.map_or_else(|| "none".to_owned(), |point| share(point.seller_share));
    let range = format!(
        "from {} to {} it goes from {} to {}",
        number::rate(payoff.rate_curve.first().map_or(0.0, |point| point.rate), 1),
        number::rate(payoff.rate_curve.last().map_or(0.0, |point| point.rate), 1),
        ends(payoff.rate_curve.first()),
        ends(payoff.rate_curve.last()),
    );
    match payoff.agreement {
        RateAnswer::At { rate, share: at } => {
            format!("{now}; at {} both agree on {}.", number::rate(rate, 1), share(at))
        }
        RateAnswer::EvenAtZero { .. } => format!("{now}; both agree without any renewal commission."),
        RateAnswer::Jump { rate, from, to } => {
            format!("{now}; at {} the {who} best jumps from {} to {}.", number::rate(rate, 1), share(from), share(to))
        }
        RateAnswer::Never { .. } => format!("{now}; no rate makes them agree; {range}."),
    }
}

fn table(payoff: &Payoff) -> Table {
    let step = (payoff.rate_curve.len() / TABLE_ROWS).max(1);
    let rows = payoff.rate_curve.iter().step_by(step).map(|point| {
        vec![
            number::rate(point.rate, 1),
            number::percent(point.seller_share, 0),
            number::percent(point.company_share, 0),
            number::money(point.company_value, 0),
        ]
    });
    Table {
        caption: "Best shares of time on customers and company’s profit by renewal commission".to_owned(),
        headings: vec![
            "Renewal commission".to_owned(),
            format!("{} best", capital(sellers_own(payoff))),
            "Company’s best".to_owned(),
            "Company’s profit".to_owned(),
        ],
        rows: rows.collect(),
    }
}
