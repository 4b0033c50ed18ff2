//! Pay and profit against the share of time on customers: where the hours go, and where each would want them.

use super::{agreed, capital, heights, line, money_label, sellers_own};
use crate::charts::spec::{Axis, Band, ChartSpec, Mark, Panel, Price, Role, Rule, Table, Unit};
use crate::model::payoff::{Payoff, Split};
use crate::text::number;

/// Every how many hundredths the table has a row.
const TABLE_STEP: usize = 5;
/// The panel of the company's profit.
const COMPANY_PANEL: usize = 1;

/// The seller's pay above, the company's profit below, both against the share of selling time on customers; today and
/// both best shares marked; the gap between the two shaded and priced.
///
/// With several sellers, marks are at what each seller's own best adds up to, which may lie a little off the curve:
/// the curve gives all sellers the same share.
pub fn where_hours_go(payoff: &Payoff) -> ChartSpec {
    let own = sellers_own(payoff);
    ChartSpec {
        id: "hours",
        title: "Where the hours go".to_owned(),
        unit: "against the share of selling time on customers".to_owned(),
        summary: summary(payoff),
        panels: vec![
            panel(payoff, Role::Seller, format!("{} pay", capital(own)), stay(payoff), |split| split.seller_value),
            panel(payoff, Role::Company, "Company’s profit".to_owned(), book(payoff), |split| split.company_value),
        ],
        x: Axis::exact(0.0, 1.0, Unit::Percent).labelled("share of selling time on customers"),
        rules: rules(payoff),
        band: band(payoff),
        table: table(payoff),
    }
}

fn stay(payoff: &Payoff) -> String {
    let who = if payoff.sellers > 1 { "sellers stay" } else { "seller stays" };
    format!("present value while the {who}")
}

fn book(payoff: &Payoff) -> String {
    format!("present value, {} and what the book is then worth", number::duration(payoff.horizon))
}

fn panel(payoff: &Payoff, role: Role, title: String, unit: String, height: impl Fn(&Split) -> f64) -> Panel {
    let curve = payoff
        .curve
        .iter()
        .map(|point| (point.share, if role == Role::Seller { point.seller_value } else { point.company_value }));
    let lines = vec![line(role, None, curve)];
    let mark = |split: &Split, role, hollow| Mark { role, x: split.share, y: height(split), hollow };
    let mut marks = vec![mark(&payoff.today, Role::Today, false)];
    let (best, other) = if role == Role::Seller {
        (&payoff.seller_best, &payoff.company_best)
    } else {
        (&payoff.company_best, &payoff.seller_best)
    };
    if !agreed(payoff) {
        marks.push(mark(other, role, true));
    }
    marks.push(mark(best, role, false));
    marks.retain(|mark| mark.x.is_finite() && mark.y.is_finite());
    let y = Axis::around(heights(&lines).chain(marks.iter().map(|mark| mark.y)), Unit::Money);
    Panel { title, unit, y, lines, marks }
}

fn rules(payoff: &Payoff) -> Vec<Rule> {
    let rule = |role, split: &Split, who: &str| Rule {
        role,
        x: split.share,
        label: format!("{who} {}", number::percent(split.share, 0)),
    };
    let mut rules = vec![rule(Role::Today, &payoff.today, "today")];
    if agreed(payoff) {
        rules.push(rule(Role::Neutral, &payoff.company_best, "both best"));
    } else {
        rules.push(rule(Role::Seller, &payoff.seller_best, &format!("{} best", sellers_own(payoff))));
        rules.push(rule(Role::Company, &payoff.company_best, "company’s best"));
    }
    rules.retain(|rule| rule.x.is_finite());
    rules
}

fn band(payoff: &Payoff) -> Option<Band> {
    let (one, other) = (payoff.seller_best.share, payoff.company_best.share);
    if agreed(payoff) || !one.is_finite() || !other.is_finite() {
        return None;
    }
    let point = |split: &Split| (split.share, split.company_value);
    let price = (payoff.gap >= 0.5 && payoff.gap.is_finite()).then(|| Price {
        label: format!("{} lost", money_label(payoff.gap)),
        panel: COMPANY_PANEL,
        high: point(&payoff.company_best),
        low: point(&payoff.seller_best),
    });
    Some(Band { from: one.min(other), to: one.max(other), price })
}

fn summary(payoff: &Payoff) -> String {
    let Payoff { today, seller_best, company_best, .. } = payoff;
    let own = capital(sellers_own(payoff));
    let share = |split: &Split| number::percent(split.share, 0);
    let today = format!("today {} of selling time goes to customers", share(today));
    if agreed(payoff) {
        return format!(
            "{own} pay ({}) and company’s profit ({}) are both highest at {} of selling time on customers; {today}.",
            number::money_rounded(seller_best.seller_value),
            number::money_rounded(company_best.company_value),
            share(company_best),
        );
    }
    format!(
        "{own} pay is highest, at {}, with {} of selling time on customers; company’s profit is highest, at {}, with {}, \
         which is {} more than at the {} best; {today}.",
        number::money_rounded(seller_best.seller_value),
        share(seller_best),
        number::money_rounded(company_best.company_value),
        share(company_best),
        number::money_rounded(payoff.gap),
        sellers_own(payoff),
    )
}

fn table(payoff: &Payoff) -> Table {
    let own = sellers_own(payoff);
    let row = |name: String, seller_value, company_value| {
        vec![name, number::money(seller_value, 0), number::money(company_value, 0)]
    };
    let named = [
        ("today".to_owned(), &payoff.today),
        (format!("{own} best"), &payoff.seller_best),
        ("company’s best".to_owned(), &payoff.company_best),
    ];
    let named = named.into_iter().map(|(who, split)| {
        row(format!("{}, {who}", number::percent(split.share, 0)), split.seller_value, split.company_value)
    });
    let curve = payoff.curve.iter().step_by(TABLE_STEP);
    let curve = curve.map(|point| row(number::percent(point.share, 0), point.seller_value, point.company_value));
    Table {
        caption: format!("{} pay and company’s profit by share of selling time on customers", capital(own)),
        headings: vec!["Share on customers".to_owned(), format!("{} pay", capital(own)), "Company’s profit".to_owned()],
        rows: named.chain(curve).collect(),
    }
}
