//! What a seller is told: lines in whole cents that add up.

use chrono::NaiveDate;

use super::component::{Component, Window};
use super::draw::DrawLedger;
use super::evaluate::{MonthPay, evaluate};
use super::event::{Event, Origin};
use super::plan::PayPlan;
use super::split::Credit;
use super::tally::ComponentPay;
use crate::model::account::AccountId;
use crate::model::month::Month;
use crate::model::quantity::Money;

/// A line of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The rule that pays: a component's name, or one of "Base pay", "Retention multiplier", "Clawback".
    pub rule: String,
    /// The account, where the line is about one.
    pub account: Option<AccountId>,
    /// The day of the event, where there is one.
    pub on: Option<NaiveDate>,
    /// The event by its place among those that were paid, where there is one.
    pub event: Option<usize>,
    /// The amount in whole cents. What a component pays in a month is rounded once, half away from zero, and its lines
    /// are cut so that they add up to that: two halves of a sale pay what the whole would. An account manager who has
    /// what the hunter leaves gets the whole's cents less the hunter's, so that both add up to the whole.
    pub amount: Money,
}

/// A month's statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The month.
    pub month: Month,
    /// The lines, in the order of the plan.
    pub lines: Vec<Line>,
    /// Paid beyond the lines by the draw; negative while it is recovered.
    pub drawn: Money,
    /// Owed to the draw after this month.
    pub draw_owed: Money,
    /// Clawback still to come, because of its limit.
    pub clawback_owed: Money,
    /// What caps and gates kept back, by rule.
    pub withheld: Vec<(String, Money)>,
}

impl Statement {
    /// What is paid: all lines and the draw.
    pub fn paid(&self) -> Money {
        Money::from_cents(self.earned().cents() + self.drawn.cents())
    }

    /// All lines.
    pub fn earned(&self) -> Money {
        Money::from_cents(self.lines.iter().map(|line| line.amount.cents()).sum())
    }
}

/// The statements of `months` months from `from` for real `events`. A plan that changed has one entry a version, in
/// order, each with the day from which it holds; a month in which it changes is paid by both, in proportion to days.
///
/// Each component's month is rounded to cents once; every total is a sum of lines, so months add up to their year to the
/// cent.
pub fn statements(
    versions: &[(Option<NaiveDate>, PayPlan)],
    events: &[Event],
    from: Month,
    months: u32,
) -> Vec<Statement> {
    let mut statements: Vec<Statement> = (0..months).map(|index| empty(from.plus(index as i32))).collect();
    for (place, (since, plan)) in versions.iter().enumerate() {
        let next = versions.get(place + 1).and_then(|(since, _)| *since);
        let in_force = Window { from: *since, until: next.and_then(|day| day.pred_opt()) };
        let pays = evaluate(plan, events, from, months, in_force);
        let sides = sides(plan)
            .map(|sides| sides.map(|plan| evaluate(&plan, events, from, months, in_force)))
            .map(|[whole, hunter]| whole.into_iter().zip(hunter));
        let mut sides = sides.into_iter().flatten();
        for (statement, pay) in statements.iter_mut().zip(&pays) {
            add(statement, plan, events, pay, sides.next().as_ref());
        }
    }
    // The draw is that of the plan in force at the end of each month, and is reckoned on what the lines say.
    let mut ledger: Option<DrawLedger> = None;
    let mut current = None;
    for statement in &mut statements {
        let end = statement.month.plus(1).first_day();
        let in_force = versions.iter().rposition(|(since, _)| since.is_none_or(|since| since < end));
        if in_force != current {
            current = in_force;
            let draw = in_force.and_then(|place| versions.get(place)).and_then(|(_, plan)| plan.draw);
            ledger = draw.map(DrawLedger::new);
        }
        if let Some(ledger) = &mut ledger {
            let base: i64 =
                statement.lines.iter().filter(|line| line.rule == BASE).map(|line| line.amount.cents()).sum();
            let commission = Money::from_cents(statement.earned().cents() - base).units();
            let month = ledger.pay(commission);
            statement.drawn = money(month.paid - commission);
            statement.draw_owed = money(month.owed);
        }
    }
    statements
}

const BASE: &str = "Base pay";

fn empty(month: Month) -> Statement {
    Statement {
        month,
        lines: Vec::new(),
        drawn: Money::ZERO,
        draw_owed: Money::ZERO,
        clawback_owed: Money::ZERO,
        withheld: Vec::new(),
    }
}

/// For a plan with a rule of which its seller has what a hunter leaves: the plan with all of that rule, and with only the
/// hunter's part of it. What the first pays more than the second is the plan's own pay.
fn sides(plan: &PayPlan) -> Option<[PayPlan; 2]> {
    let beside = |component: &Component| component.credit.as_ref().and_then(Credit::hunter_beside);
    plan.components.iter().any(|component| beside(component).is_some()).then(|| {
        let (mut whole, mut hunter) = (plan.clone(), plan.clone());
        for (whole, hunter) in whole.components.iter_mut().zip(&mut hunter.components) {
            let credit = beside(whole);
            if credit.is_some() {
                whole.credit = None;
            }
            hunter.credit = Some(credit.unwrap_or_else(Credit::none));
        }
        [whole, hunter]
    })
}

/// A component's lines in cents, by event: each what it adds to the rounded sum.
fn in_cents(pay: &ComponentPay) -> impl Iterator<Item = (Option<usize>, i64)> {
    pay.parts.iter().scan(0.0, |sum, (event, amount)| {
        let before = money(*sum);
        *sum += amount;
        Some((*event, money(*sum).cents() - before.cents()))
    })
}

fn add(
    statement: &mut Statement,
    plan: &PayPlan,
    events: &[Event],
    pay: &MonthPay,
    sides: Option<&(MonthPay, MonthPay)>,
) {
    let mut line = |rule: &str, place: Option<usize>, amount: Money| {
        if amount != Money::ZERO {
            let event = place.and_then(|place| events.get(place));
            let account = event.and_then(|event| match event.origin {
                Origin::Account(account) => Some(account),
                Origin::Month(_) => None,
            });
            let on = event.map(|event| event.on);
            statement.lines.push(Line { rule: rule.to_owned(), account, on, event: place, amount });
        }
    };
    line(BASE, None, money(pay.base));
    // The hunter's side pays on the same events in the same order.
    let whole = sides.map_or(pay, |(whole, _)| whole);
    let hunter = sides.map(|(_, hunter)| hunter);
    for (index, (component, component_pay)) in plan.components.iter().zip(&whole.components).enumerate() {
        let mut others = hunter.and_then(|pay| pay.components.get(index)).into_iter().flat_map(in_cents);
        for (event, cents) in in_cents(component_pay) {
            let cents = cents - others.next().map_or(0, |(_, cents)| cents);
            line(&component.name, event, Money::from_cents(cents));
        }
    }
    let others = money(hunter.map_or(0.0, |pay| pay.multiplier)).cents();
    line("Retention multiplier", None, Money::from_cents(money(whole.multiplier).cents() - others));
    line("Clawback", None, money(-pay.clawed_back));
    for (component, component_pay) in plan.components.iter().zip(&pay.components) {
        if money(component_pay.withheld) != Money::ZERO {
            statement.withheld.push((component.name.clone(), money(component_pay.withheld)));
        }
    }
    let owed = statement.clawback_owed.cents() + money(pay.clawback_owed).cents();
    statement.clawback_owed = Money::from_cents(owed);
}

/// Cents by the documented rule: half away from zero. Amounts beyond what a book can hold end at its limit.
fn money(units: f64) -> Money {
    let most = if units < 0.0 { Money::from_cents(-Money::MAX.cents()) } else { Money::MAX };
    Money::from_units(units).unwrap_or(most)
}
