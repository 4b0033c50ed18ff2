//! The lines behind a statement: every amount in whole cents, down to what the plan pays on an event.

use chrono::NaiveDate;

use super::Arithmetic;
use super::line::{Line, Unit};
use crate::model::account::AccountId;
use crate::model::book::Book;
use crate::model::month::Month;
use crate::model::pay::Line as Paid;
use crate::model::pay::{Component, DrawKind, Event, EventKind, Origin, PayPlan, Reward, Statement};
use crate::model::quantity::Money;
use crate::text::my_pay::{account_name, month_name, of_rule, rules};
use crate::text::number::{count, counted, money, plain, rate};

const NOTE: &str = "In whole cents: what a rule pays in a month is rounded once, half a cent away from zero, and its lines are cut so \
                    that they add up to that.";

/// A statement with all that it was reckoned from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoned {
    /// Its months.
    pub months: Vec<Statement>,
    /// What was paid for.
    pub events: Vec<Event>,
    /// The plans that paid, each with the day from which it holds; the first from the beginning.
    pub plans: Vec<(Option<NaiveDate>, PayPlan)>,
}

impl Reckoned {
    /// The plan that holds on `day`.
    fn plan_on(&self, day: NaiveDate) -> Option<&PayPlan> {
        let mut plans = self.plans.iter().rev();
        plans.find(|(since, _)| since.is_none_or(|since| since <= day)).map(|(_, plan)| plan)
    }
}

/// A column of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// What a rule pays.
    Rule(String),
    /// What the draw adds or keeps back.
    Draw,
    /// All that is paid.
    Paid,
}

impl Column {
    /// Its amount in the month at a place, or in all of them.
    pub fn amount(&self, months: &[Statement], place: Option<usize>) -> Money {
        let amount = |month: &Statement| match self {
            Column::Rule(rule) => of_rule(month, rule),
            Column::Draw => month.drawn,
            Column::Paid => month.paid(),
        };
        let within = months.iter().enumerate().filter(|(at, _)| place.is_none_or(|place| place == *at));
        Money::from_cents(within.map(|(_, month)| amount(month).cents()).sum())
    }
}

/// Accounts for a cell: a column in the month at a place, or in all of them; `book` names the accounts.
pub fn cell(of: &Reckoned, column: &Column, month: Option<usize>, book: &Book) -> Arithmetic {
    let whose = match column {
        Column::Rule(rule) => rule.as_str(),
        Column::Draw => "Draw",
        Column::Paid => "Paid",
    };
    let months = || of.months.iter().enumerate();
    let (when, line) = match month.and_then(|place| months().nth(place)) {
        Some((place, month)) => (month_name(month.month), in_month(of, column, place, book)),
        None => {
            let named = |(place, month): (usize, &Statement)| Line {
                label: month_name(month.month),
                ..in_month(of, column, place, book)
            };
            let lines = months().map(named).filter(|line| line.value != 0.0).collect();
            (
                counted(of.months.len(), "month", "months"),
                sum("in all", lines, "nothing was paid in any of these months"),
            )
        }
    };
    Arithmetic::new(format!("{whose}, {when}"), line, NOTE)
}

/// Accounts for one line of a month.
pub fn line(of: &Reckoned, month: usize, place: usize, book: &Book) -> Option<Arithmetic> {
    let paid = of.months.get(month)?.lines.get(place)?;
    let title = [paid.rule.clone(), account_name(book, paid.account)];
    let title: Vec<String> = title.into_iter().filter(|it| !it.is_empty()).collect();
    Some(Arithmetic::new(title.join(", "), of_line(of, paid, book), NOTE))
}

/// Accounts for what a cap or a gate kept back of a rule in a month.
pub fn withheld(rule: &str, amount: Money) -> Arithmetic {
    let from = "what the rule would have paid in its period without its cap or gate, less what it paid";
    Arithmetic::new(format!("{rule}, kept back"), Line::stated("kept back", amount.units(), Unit::Cents, from), NOTE)
}

/// Accounts for what is still open after a month: what was open before it, and what the month added.
pub fn balance(of: &Reckoned, month: usize) -> Option<Arithmetic> {
    let now = of.months.get(month)?;
    let before = month.checked_sub(1).and_then(|place| of.months.get(place));
    let before = |owed: fn(&Statement) -> Money| before.map_or(0.0, |month| owed(month).units());
    let stated = |label: &str, value: f64, from: &str| Line::stated(label, value, Unit::Cents, from);
    let part = |what: &str, owed: fn(&Statement) -> Money, change: &str, from: &str| {
        let (was, is) = (before(owed), owed(now).units());
        (is != 0.0).then(|| {
            let lines = vec![stated("before the month", was, "as the statement says"), stated(change, is - was, from)];
            Line::sum(what, lines)
        })
    };
    let draw = part(
        "owed to the draw",
        |month| month.draw_owed,
        "in the month",
        "what the draw added, or what was kept back for it",
    );
    let clawback = part(
        "to be taken back",
        |month| month.clawback_owed,
        "in the month",
        "for accounts that left, less what was taken back: no month gives more than its limit",
    );
    let open: Vec<Line> = draw.into_iter().chain(clawback).collect();
    Some(Arithmetic::new(format!("Still open, {}", month_name(now.month)), Line::sum("still open", open), NOTE))
}

/// Accounts for how many events of some kinds there are, month by month.
pub fn counted_events(of: &Reckoned, title: &'static str, counts: fn(EventKind) -> bool) -> Arithmetic {
    let in_month = |month: &Statement| -> f64 {
        let within = of.events.iter().filter(|event| Month::of(event.on) == month.month);
        within.filter(|event| counts(event.kind)).map(|event| event.count).sum()
    };
    let line = |month: &Statement| {
        let from = "accounts of the book with a date of these days, a shared one as the part that is the seller’s";
        Line::stated(month_name(month.month), in_month(month), Unit::Accounts, from)
    };
    let lines = of.months.iter().map(line).filter(|line| line.value != 0.0).collect();
    Arithmetic::new(title, sum("accounts", lines, "none in these months"), "")
}

/// Accounts for how many accounts are expected to be won in the months from `from` on.
pub fn expected_wins(wins: &[f64], from: Month) -> Arithmetic {
    let line = |(place, wins): (i32, &f64)| {
        let from_model = "expected, working as today: the method page has the formulas";
        Line::stated(month_name(from.plus(place)), *wins, Unit::Accounts, from_model)
    };
    let lines = (0..).zip(wins).map(line).collect();
    Arithmetic::new("Accounts expected to be won", sum("accounts", lines, "none are expected"), "")
}

fn sum(label: &str, lines: Vec<Line>, nothing: &str) -> Line {
    if lines.is_empty() { Line::stated(label, 0.0, Unit::Cents, nothing) } else { Line::sum(label, lines) }
}

fn in_month(of: &Reckoned, column: &Column, place: usize, book: &Book) -> Line {
    let Some(month) = of.months.get(place) else { return sum("in all", Vec::new(), "no such month") };
    match column {
        Column::Rule(rule) => {
            let lines = month.lines.iter().filter(|line| line.rule == *rule);
            let lines = lines.map(|line| of_line(of, line, book)).collect();
            sum(rule, lines, "nothing of this month is paid for by this rule")
        }
        Column::Draw => draw(of, month, place),
        Column::Paid => {
            let paying = rules(std::slice::from_ref(month)).into_iter();
            let by_rule = paying.map(|rule| in_month(of, &Column::Rule(rule.to_owned()), place, book));
            let drawn = (month.drawn != Money::ZERO).then(|| draw(of, month, place));
            sum("paid", by_rule.chain(drawn).collect(), "nothing of this month is paid for")
        }
    }
}

/// What the draw adds to a month's commission, or keeps back of it.
fn draw(of: &Reckoned, month: &Statement, place: usize) -> Line {
    let drawn = month.drawn.units();
    let commission = month.earned().cents() - of_rule(month, BASE).cents();
    let commission =
        Line::stated("commission earned", cents_of(commission), Unit::Cents, "all of the month but base pay");
    if drawn > 0.0 {
        let last_day = month.month.plus(1).first_day().pred_opt();
        let plan = last_day.and_then(|day| of.plan_on(day));
        let what = match plan.and_then(|plan| plan.draw).map(|draw| draw.kind) {
            Some(DrawKind::NonRecoverable) => "guaranteed: it is never owed back",
            _ => "the draw of the plan: what it adds is kept back from later commission",
        };
        let level = Line::stated("paid at least", drawn + commission.value, Unit::Cents, what);
        return Line::sum("added by the draw", vec![level, Line::minus("less commission earned", commission)]);
    }
    let before =
        place.checked_sub(1).and_then(|place| of.months.get(place)).map_or(0.0, |month| month.draw_owed.units());
    let from = format!("of {} owed before the month, as far as commission goes beyond the draw", money(before, 2));
    Line::minus("kept back for the draw", Line::stated("paid back", -drawn, Unit::Cents, from))
}

const BASE: &str = "Base pay";

fn cents_of(cents: i64) -> f64 {
    Money::from_cents(cents).units()
}

/// One line with what it was paid for.
fn of_line(of: &Reckoned, paid: &Paid, book: &Book) -> Line {
    let event = paid.event.and_then(|place| of.events.get(place));
    let rule_of = |plan: &PayPlan| plan.components.iter().find(|component| component.name == paid.rule).cloned();
    let component = paid.on.and_then(|day| of.plan_on(day)).and_then(rule_of);
    let label = event.map_or_else(|| paid.rule.clone(), |event| about(event, paid.account, book));
    let from = match (event, &component) {
        (Some(event), Some(component)) => paid_for(component, event, paid.amount),
        (None, _) if of.plans.iter().any(|(_, plan)| rule_of(plan).is_some()) => {
            "settled at the end of the month or of the rule’s period, where tiers, gates and caps see the whole of it"
                .to_owned()
        }
        _ if paid.rule == BASE => {
            let bases = of.plans.iter().map(|(_, plan)| money(plan.base, 2));
            let days = if of.plans.len() > 1 { ", by the days for which each plan holds" } else { "" };
            format!("a twelfth of {} a year{days}", bases.collect::<Vec<_>>().join(" or "))
        }
        _ if paid.amount.cents() < 0 => "taken back for accounts that left early, within its limit".to_owned(),
        _ => "what keeping customers makes of new pay, settled at the end of its period".to_owned(),
    };
    Line::stated(label, paid.amount.units(), Unit::Cents, from)
}

/// What a line is about: an account and a day, or which of the expected accounts.
fn about(event: &Event, account: Option<AccountId>, book: &Book) -> String {
    let what = match event.kind {
        EventKind::Won => "won",
        EventKind::WonByReferral { .. } => "won by referral",
        EventKind::WonBack => "won back",
        EventKind::Renewed { .. } => "renewed",
        EventKind::Expanded => "growth",
        EventKind::Saved => "kept from a competitor",
        EventKind::Lost => "lost",
        EventKind::Touched { is_review: true } => "reviewed",
        EventKind::Touched { is_review: false } => "touched",
        EventKind::CustomerHours => "hours with them,",
    };
    let whose = match event.origin {
        Origin::Account(_) => account_name(book, account),
        Origin::Month(0) => "accounts of the book".to_owned(),
        Origin::Month(month) => format!("accounts won in month {month}"),
    };
    format!("{whose}, {what} {}", event.on.format("%-d %B %Y"))
}

/// What `component` pays on `event`, in words that can be reckoned again where it pays a part of the amount.
fn paid_for(component: &Component, event: &Event, amount: Money) -> String {
    let base = component.measure.amount(event);
    let is_plain = component.accelerator.is_none()
        && component.floor.is_none()
        && component.cap.is_none()
        && component.credit.is_none();
    let part = match &component.reward {
        Reward::Rate(part) if is_plain => Some(*part),
        Reward::ByContractYear(schedule) if is_plain => match event.kind {
            EventKind::Renewed { contract_year } => Some(schedule.of_year(contract_year).get()),
            _ => None,
        },
        _ => None,
    };
    match (part, &component.reward) {
        (Some(part), _) => format!("{} of {}", rate(part, 4), money(base, 2)),
        (None, Reward::Each(sum)) if is_plain => {
            format!("{} for each of {}", money(*sum, 2), plain(component.measure.basis.count(event), 4))
        }
        _ if base > 0.0 => {
            let effective = rate(amount.units() / base, 2);
            format!("the rule’s tiers, quota and limits make it {effective} of {}", money(base, 2))
        }
        _ => format!("on {} of the events that the rule counts", count(event.count, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::expected_year::expected_events;
    use crate::model::flat_plan::components;
    use crate::model::pay::{Draw, statements};
    use crate::model::payoff::Question;
    use crate::model::sample::sample_workspace;
    use crate::text::arithmetic::How;
    use crate::text::my_pay::cents;

    fn reckoned(change: impl Fn(&mut PayPlan)) -> (Reckoned, Book) {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let from = workspace.as_of.plus(1);
        let events = expected_events(&workspace, &Question::default(), 0.25).unwrap();
        let mut plan = components(&workspace.plan, from);
        change(&mut plan);
        let months = statements(&[(None, plan.clone())], &events, from, 12);
        (Reckoned { months, events, plans: vec![(None, plan)] }, workspace.book.clone())
    }

    /// Every cell is the statement's to the cent, and what is printed of it adds up to that.
    fn check(of: &Reckoned, book: &Book) {
        let mut columns: Vec<Column> =
            rules(&of.months).into_iter().map(|rule| Column::Rule(rule.to_owned())).collect();
        columns.extend([Column::Draw, Column::Paid]);
        for column in &columns {
            for place in 0..of.months.len() {
                let told = cell(of, column, Some(place), book);
                assert_eq!(told.figure, cents(column.amount(&of.months, Some(place))), "{column:?} {place}");
                let parts: i128 = told.printed.lines.iter().map(|line| line.grains).sum();
                let is_sum = !told.line.lines().is_empty();
                assert!(!is_sum || parts.abs() == told.printed.grains.abs(), "{told:?}");
            }
            assert_eq!(cell(of, column, None, book).figure, cents(column.amount(&of.months, None)), "{column:?}");
        }
    }

    #[test]
    fn every_cell_is_accounted_for_to_the_cent() {
        let (of, book) = reckoned(|_| ());
        check(&of, &book);
        let told = cell(&of, &Column::Rule("New business".to_owned()), Some(0), &book);
        assert_eq!(told.title, "New business, December 2026");
        let line = &told.line.lines()[0];
        let How::Stated(from) = &line.how else { panic!("{line:?}") };
        // 10 % of what is won, which the line itself says.
        let base: f64 = from.strip_prefix("10% of $").unwrap().replace(',', "").parse().unwrap();
        assert!((line.value - base * 0.10).abs() < 0.0055, "{line:?}");
    }

    #[test]
    fn a_plan_that_changes_within_a_month_is_told_by_both() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let from = workspace.as_of.plus(1);
        let events = expected_events(&workspace, &Question::default(), 0.25).unwrap();
        let plan = |base: f64, rate: f64| {
            let mut plan = components(&workspace.plan, from);
            plan.base = base;
            plan.components[0].reward = Reward::Rate(rate);
            plan
        };
        let plans = vec![(None, plan(12_000.0, 0.10)), ("2027-03-11".parse().ok(), plan(24_000.0, 0.05))];
        let months = statements(&plans, &events, from, 12);
        let of = Reckoned { months, events, plans };
        check(&of, &workspace.book);
        let base = |place: usize| cell(&of, &Column::Rule(BASE.to_owned()), Some(place), &workspace.book);
        assert_eq!([base(2).figure, base(4).figure], ["$1,000.00", "$2,000.00"]);
        // Ten days of March at 1,000 a month, twenty-one at 2,000.
        let both: Vec<String> = base(3).printed.lines.into_iter().map(|line| line.figure).collect();
        assert_eq!(both, ["$322.58", "$1,354.84"]);
        let line = |place: usize| {
            let told = cell(&of, &Column::Rule("New business".to_owned()), Some(place), &workspace.book);
            let How::Stated(from) = told.line.lines()[0].how.clone() else { panic!("{told:?}") };
            from
        };
        assert!(line(0).starts_with("10% of ") && line(6).starts_with("5% of "), "{} {}", line(0), line(6));
    }

    #[test]
    fn a_draw_is_told_as_what_it_adds_and_keeps_back() {
        let draw = Draw { amount: 3_900.0, kind: DrawKind::Recoverable, months: Some(6), recovery_after: 0 };
        let (of, book) = reckoned(|plan| {
            plan.draw = Some(draw);
            plan.base = 12_000.0;
        });
        assert!(of.months.iter().any(|month| month.drawn > Money::ZERO));
        assert!(of.months.iter().any(|month| month.drawn < Money::ZERO));
        check(&of, &book);
        let added = of.months.iter().position(|month| month.drawn > Money::ZERO).unwrap();
        let told = cell(&of, &Column::Draw, Some(added), &book);
        assert_eq!(told.printed.lines[0].figure, "$3,900.00");
        let open = balance(&of, added).unwrap();
        assert_eq!(open.figure, cents(of.months[added].draw_owed));
    }
}
