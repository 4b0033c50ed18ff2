//! A seller's own pay, in words and rows: nothing of the company's.

use super::arithmetic::{Arithmetic, Line, Printed, Unit};
use super::claim::Claim;
use super::number::{money, money_per_hour, money_rounded};
use super::verdict::{Emphasis, Part, Sentence, share_words};
use crate::model::account::AccountId;
use crate::model::book::Book;
use crate::model::month::Month;
use crate::model::pay::Statement;
use crate::model::payoff::Payoff;
use crate::model::quantity::Money;

/// What working as today pays, and what pays best.
pub fn heading(payoff: &Payoff, as_today: f64) -> Vec<Part> {
    if payoff.hours <= 0.0 {
        return Sentence::default()
            .say("Without selling hours there is nothing to earn by. Set the selling hours a year.")
            .0;
    }
    let (today, best) = (payoff.today.share, payoff.seller_best.share);
    let opening = Sentence::default()
        .say("Working as today you would earn ")
        .claim(money_rounded(as_today), Emphasis::Seller, Claim::TodayPay)
        .say(" in the next twelve months");
    let sentence = if (today - best).abs() < 0.005 {
        opening.say(", and no other split of your time pays better.")
    } else {
        let more = if best > today { "more" } else { "less" };
        opening
            .say(format!(". What pays you best is {more} time on customers, "))
            .claim(share_words(best, 0), Emphasis::Seller, Claim::SellerShare)
            .say(format!(" instead of {}: ", share_words(today, 0)))
            .claim(money_rounded(payoff.first_year_pay), Emphasis::Seller, Claim::FirstYearPay)
            .say(if payoff.first_year_pay < as_today { " this year, less at first" } else { " this year" })
            .say(", and the most over the time that you stay.")
    };
    let hour = &payoff.seller_hour;
    sentence
        .say(" Your next hour pays ")
        .claim(money_per_hour(hour.customers), Emphasis::Seller, Claim::SellerWithCustomers)
        .say(" with customers and ")
        .claim(money_per_hour(hour.prospecting), Emphasis::Seller, Claim::SellerProspecting)
        .say(" prospecting.")
        .0
}

/// A row of pay: what for, working as today, at the best split, and the change; all printed so that columns add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayRow {
    /// What for.
    pub label: String,
    /// The amounts as they are printed.
    pub amounts: [String; 3],
    /// Whether it is the sum of the others.
    pub is_total: bool,
}

/// Pay of twelve months by rule in both cases; the last row is the sum.
pub fn pay_rows(today: &Line, best: &Line) -> Vec<PayRow> {
    let printed = [today.print(), best.print()];
    let lines = [today.lines(), best.lines()];
    let mut labels: Vec<&str> = Vec::new();
    for line in lines.into_iter().flatten() {
        if !labels.contains(&line.label.as_str()) {
            labels.push(&line.label);
        }
    }
    // Both columns in the same grain, that of the larger.
    let per_unit = |line: &Line| if line.value.abs() >= 1_000.0 { 1 } else { 100 };
    let cents = |line: &Line, printed: &Printed| printed.grains * (100 / per_unit(line));
    let whole = per_unit(today) == 1 && per_unit(best) == 1;
    let shown = |cents: i128| money(cents as f64 / 100.0, if whole { 0 } else { 2 });
    let row = |label: &str, amounts: [i128; 2]| PayRow {
        label: label.to_owned(),
        amounts: [shown(amounts[0]), shown(amounts[1]), signed(amounts[1] - amounts[0], &shown)],
        is_total: false,
    };
    let of = |column: usize, label: &str| -> i128 {
        let (Some(lines), Some(printed)) = (lines.get(column), printed.get(column)) else { return 0 };
        let whole = if column == 0 { today } else { best };
        let found = lines.iter().zip(&printed.lines).find(|(line, _)| line.label == label);
        found.map_or(0, |(_, part)| part.grains * (100 / per_unit(whole)))
    };
    let mut rows: Vec<PayRow> = labels.into_iter().map(|label| row(label, [of(0, label), of(1, label)])).collect();
    rows.push(PayRow { is_total: true, ..row("in all", [cents(today, &printed[0]), cents(best, &printed[1])]) });
    rows
}

/// Accounts for the cell of a row of [`pay_rows`]: as it is printed there, as a part of its column.
pub fn pay_cell(today: &Line, best: &Line, row: &PayRow, column: usize) -> Arithmetic {
    let columns = ["working as today", "at what pays best", "change"];
    let title = format!("{}, {}", row.label, columns.get(column).copied().unwrap_or_default());
    let part = |sum: &Line| -> (Line, Printed) {
        let printed = sum.print();
        if row.is_total {
            return (sum.clone(), printed);
        }
        let found = sum.lines().iter().zip(printed.lines).find(|(line, _)| line.label == row.label);
        let none = || {
            let nothing = Line::stated(row.label.clone(), 0.0, Unit::Money, "nothing is paid for it");
            let printed = nothing.print();
            (nothing, printed)
        };
        found.map_or_else(none, |(line, printed)| (line.clone(), printed))
    };
    let (line, printed) = match column {
        0 => part(today),
        1 => part(best),
        _ => {
            let (now, then) = (part(today), part(best));
            let line = Line::difference("what it changes", then.0, now.0);
            let figure = row.amounts.get(2).cloned().unwrap_or_default();
            (line, Printed { figure, grains: 0, lines: vec![then.1, now.1] })
        }
    };
    let figure = row.amounts.get(column).cloned().unwrap_or_default();
    Arithmetic {
        title: title.into(),
        figure,
        line,
        printed,
        note: "Expected pay of the next twelve months, undiscounted.",
    }
}

fn signed(cents: i128, shown: &impl Fn(i128) -> String) -> String {
    if cents > 0 { format!("+{}", shown(cents)) } else { shown(cents) }
}

/// Whole cents, as a statement prints them.
pub fn cents(amount: Money) -> String {
    money(amount.units(), 2)
}

/// A month by name: `November 2026`.
pub fn month_name(month: Month) -> String {
    month.first_day().format("%B %Y").to_string()
}

/// What a statement stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandsOn {
    /// What the book knows of the last twelve months.
    Book,
    /// What is expected of the next twelve, working as today.
    Today,
    /// What is expected of them at the split that pays best.
    Best,
}

impl StandsOn {
    /// All of them.
    pub const ALL: [StandsOn; 3] = [StandsOn::Book, StandsOn::Today, StandsOn::Best];
}

/// What a statement stands on, in words.
pub const fn stands_on(stands_on: StandsOn) -> &'static str {
    match stands_on {
        StandsOn::Book => "what the book says of the last twelve months",
        StandsOn::Today => "what is expected of the next twelve, working as today",
        StandsOn::Best => "what is expected of them at what pays best",
    }
}

/// What is still to be kept back after a month, in words; nothing if it is nothing.
pub fn balance(month: &Statement) -> Option<String> {
    let part = |amount: Money, what: &str| (amount != Money::ZERO).then(|| format!("{} {what}", cents(amount)));
    let open = [part(month.draw_owed, "owed to the draw"), part(month.clawback_owed, "to be taken back")];
    let open: Vec<String> = open.into_iter().flatten().collect();
    (!open.is_empty()).then(|| open.join(", "))
}

/// The account of a line, by name; nothing for a line about none.
pub fn account_name(book: &Book, id: Option<AccountId>) -> String {
    id.and_then(|id| book.account(id)).map_or_else(String::new, |account| account.name.clone())
}

/// The rules that pay anything in `statements`, in the order of their lines.
pub fn rules(statements: &[Statement]) -> Vec<&str> {
    let mut rules: Vec<&str> = Vec::new();
    for line in statements.iter().flat_map(|statement| &statement.lines) {
        if !rules.contains(&line.rule.as_str()) {
            rules.push(&line.rule);
        }
    }
    rules
}

/// What a statement pays by a rule.
pub fn of_rule(statement: &Statement, rule: &str) -> Money {
    let lines = statement.lines.iter().filter(|line| line.rule == rule);
    Money::from_cents(lines.map(|line| line.amount.cents()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::payoff::{Question, payoff};
    use crate::model::sample::sample_workspace;
    use crate::model::split_sums::split_sums;
    use crate::text::arithmetic::pay_of_year;

    #[test]
    fn rows_add_up_to_their_sums_and_nothing_is_told_of_the_company() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let question = Question::default();
        let answer = payoff(&workspace, &question).unwrap();
        let of = |share: f64| pay_of_year("pay", &split_sums(&workspace, &question, &[share]).unwrap(), &workspace);
        let (today, best) = (of(answer.today.share), of(answer.seller_best.share));
        assert!((best.value / answer.first_year_pay - 1.0).abs() < 1e-12);
        let rows = pay_rows(&today, &best);
        let number = |text: &str| text.replace(['$', ',', '+'], "").replace('−', "-").parse::<i128>().unwrap();
        for column in 0..3 {
            let (sum, parts) = rows.split_last().unwrap();
            let added: i128 = parts.iter().map(|row| number(&row.amounts[column])).sum();
            assert_eq!(added, number(&sum.amounts[column]), "{rows:?}");
        }
        assert_eq!(rows[0].label, "new business");
        let said: String = heading(&answer, today.value).into_iter().map(|part| part.text).collect();
        assert!(said.contains("more time on customers, 33% instead of 25%: "), "{said}");
        assert!(said.ends_with("Your next hour pays $13.48 with customers and $9.38 prospecting."), "{said}");
        assert!(!said.contains("company"), "{said}");
    }

    #[test]
    fn what_is_still_open_is_told_with_what_it_is_owed_to() {
        let month = |draw: i64, clawback: i64| Statement {
            month: Month::parse("2026-11").unwrap(),
            lines: Vec::new(),
            drawn: Money::ZERO,
            draw_owed: Money::from_cents(draw),
            clawback_owed: Money::from_cents(clawback),
            withheld: Vec::new(),
        };
        assert_eq!(balance(&month(0, 0)), None);
        assert_eq!(balance(&month(150_000, 0)).as_deref(), Some("$1,500.00 owed to the draw"));
        let both = balance(&month(1, 20_050));
        assert_eq!(both.as_deref(), Some("$0.01 owed to the draw, $200.50 to be taken back"));
    }

    #[test]
    fn small_pay_is_told_in_cents() {
        let part = |value: f64| Line::stated("new business", value, crate::text::arithmetic::Unit::Money, "stated");
        let rows = pay_rows(&Line::sum("pay", vec![part(12.345)]), &Line::sum("pay", vec![part(2_000.0)]));
        assert_eq!(rows[1].amounts, ["$12.35", "$2,000.00", "+$1,987.65"]);
    }
}
