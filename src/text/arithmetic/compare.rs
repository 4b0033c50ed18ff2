//! The lines behind what is said of plans side by side, and of lists.

use super::Arithmetic;
use super::line::{FoundRow, How, Line, Unit};
use crate::model::daily_price::{DAILY_HOURS, WORKING_DAYS};
use crate::model::monte_carlo::Chance;
use crate::model::payoff::{PlanOutcome, SellerOutcome};
use crate::model::sensitivity::Bar;
use crate::text::comparison::is_same_pay;
use crate::text::input::shown;
use crate::text::number::{count, counted, money, percent, plain};

/// The most parts of a sum that are told one by one; the rest are told as one.
const MOST_PARTS: usize = 25;

/// Accounts for 45 minutes a day as a part of `hours` of selling time a year.
pub fn daily_arithmetic(hours: f64) -> Arithmetic {
    let day = Line::stated("45 minutes", DAILY_HOURS, Unit::Hours, "three quarters of an hour");
    let days = Line::stated("working days a year", WORKING_DAYS, Unit::Factor, "52 weeks of five days less holidays");
    let year = Line::product("45 minutes on each working day", Unit::Hours, vec![day, days]);
    let all = Line::stated("selling hours a year", hours, Unit::Hours, "your number");
    let line = if hours > 0.0 {
        Line { unit: Unit::Rate, ..Line::quotient("part of the selling time", year, all) }
    } else {
        year
    };
    Arithmetic::new("45 minutes a day", line, "Never more than all of the selling time.")
}

/// Accounts for the part of `runs` simulated cases in which somebody is better off.
pub fn chance_arithmetic(chance: &Chance, runs: usize, who: &str) -> Arithmetic {
    let cases = runs.max(1) as f64;
    let better = libm::round(chance.better * cases);
    let equal = percent(chance.equal, 1);
    let more = format!(
        "with the luck of each case the same under both plans; in {equal} of them nothing differs, and on average they gain {}, \
         give or take {}",
        money(chance.difference, 0),
        money(chance.difference_error, 0)
    );
    let better = Line::stated("cases in which they are better off", better, Unit::Factor, more);
    let error =
        format!("each plan at its own best split; luck alone moves the part by {}", percent(chance.standard_error, 2));
    let all = Line::stated("simulated cases", cases, Unit::Factor, error);
    let line = Line { unit: Unit::Rate, ..Line::quotient("part of the cases", better, all) };
    Arithmetic::new(
        format!("With the same luck, {who} better off"),
        line,
        "In present value, over the horizon and after it.",
    )
}

/// Accounts for who earns less in the first year: each seller by name, the greatest loss marked.
pub fn losers_arithmetic(now: &PlanOutcome, then: &PlanOutcome) -> Arithmetic {
    let pairs = || now.sellers.iter().zip(&then.sellers);
    let loss = pairs().map(|(now, then)| now.first_year_pay - then.first_year_pay).fold(0.0, f64::max);
    let row = |(number, (now, then)): (usize, (&_, &_))| row_of(number, now, then, loss);
    let headings = ["seller, by name", "pay this year", "under this plan", "change"].map(str::to_owned).to_vec();
    let rule = "Pay of the next twelve months of each seller, at the best split of each plan.".to_owned();
    let how = How::Found { rule, headings, rows: (1..).zip(pairs()).map(row).collect(), from: Vec::new() };
    let line = Line { label: "the greatest loss".to_owned(), value: loss, unit: Unit::Money, how };
    Arithmetic::new("Sellers who earn less", line, "Choose one seller to see why.")
}

/// Accounts for what it would cost in the first year to pay nobody less than now.
pub fn made_up_arithmetic(now: &PlanOutcome, then: &PlanOutcome) -> Arithmetic {
    let changes = (1..).zip(now.sellers.iter().zip(&then.sellers));
    let line = |(number, (now, then)): (usize, (&SellerOutcome, &SellerOutcome))| {
        let (now, then) = (now.first_year_pay, then.first_year_pay);
        let from = format!("{} now less {} under this plan", money(now, 2), money(then, 2));
        (now > then && !is_same_pay(now, then))
            .then(|| Line::stated(format!("seller {number}, by name"), now - then, Unit::Money, from))
    };
    let line = Line::sum("made up for this year", changes.filter_map(line).collect());
    Arithmetic::new(
        "What making it up would cost",
        line,
        "Each who earns less is paid the difference, for twelve months.",
    )
}

fn row_of(number: usize, now: &SellerOutcome, then: &SellerOutcome, most: f64) -> FoundRow {
    let (now, then) = (now.first_year_pay, then.first_year_pay);
    FoundRow {
        cells: vec![count(number as f64, 0), money(now, 0), money(then, 0), money(then - now, 0)],
        height: now - then,
        is_found: most > 0.0 && now - then == most,
    }
}

/// Accounts for how little the numbers from the place `first` on move the gap.
pub fn shorter_arithmetic(bars: &[Bar], first: usize) -> Arithmetic {
    let most = bars.get(first).map_or(0.0, Bar::length);
    let row = |bar: &Bar| FoundRow {
        cells: vec![
            bar.input.bounds().label.to_owned(),
            format!("{} at {}", money(bar.low.1, 0), shown(bar.input, bar.low.0)),
            format!("{} at {}", money(bar.high.1, 0), shown(bar.input, bar.high.0)),
            money(bar.length(), 0),
        ],
        height: bar.length(),
        is_found: bar.length() == most,
    };
    let headings = ["number", "moved down", "moved up", "moves the gap by"].map(str::to_owned).to_vec();
    let rule = "Each number moved by a fifth of itself, or as far as it can go, all others as they are.".to_owned();
    let rows = bars.iter().skip(first).map(row).collect();
    let how = How::Found { rule, headings, rows, from: Vec::new() };
    let line = Line { label: "the longest of the rest".to_owned(), value: most, unit: Unit::Money, how };
    Arithmetic::new("What the other numbers move", line, "")
}

/// Accounts for what a list adds up to: `parts` are its accounts by name, with what each has of it.
pub fn listed_arithmetic(title: &'static str, parts: &[(String, f64)], from: &str) -> Arithmetic {
    let mut parts: Vec<&(String, f64)> = parts.iter().filter(|(_, amount)| *amount != 0.0).collect();
    parts.sort_by(|one, other| other.1.total_cmp(&one.1));
    let told = if parts.len() > MOST_PARTS + 1 { MOST_PARTS } else { parts.len() };
    let (first, rest) = parts.split_at(told);
    let mut lines: Vec<Line> =
        first.iter().map(|(name, amount)| Line::stated(name.clone(), *amount, Unit::Money, from)).collect();
    if !rest.is_empty() {
        let sum = rest.iter().map(|(_, amount)| amount).sum();
        let label = counted(rest.len(), "smaller account", "smaller accounts");
        lines.push(Line::stated(label, sum, Unit::Money, format!("{from}, added up")));
    }
    let line = if lines.is_empty() {
        Line::stated(title, 0.0, Unit::Money, "no account of the list has any")
    } else {
        Line::sum(title, lines)
    };
    Arithmetic::new(title, line, "")
}

/// Accounts for how many accounts a list shows of all.
pub fn listed_count(shown: usize, all: usize) -> Arithmetic {
    let of = |label: &str, number: usize, from: &str| Line::stated(label, number as f64, Unit::Accounts, from);
    let hidden = of("not in this list", all.saturating_sub(shown), "by what was searched for and chosen above it");
    let lines =
        vec![of("accounts of the book", all, "customers and former ones"), Line::minus("less those left out", hidden)];
    let line = Line::sum("accounts listed", lines);
    Arithmetic::new("Accounts listed", line, "").told_as(plain(shown as f64, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_adds_up_with_its_rest_told_as_one() {
        let parts: Vec<(String, f64)> =
            (0..100).map(|place| (format!("Account {place}"), f64::from(place) + 0.3)).collect();
        let told = listed_arithmetic("All of them", &parts, "as the book says");
        assert_eq!(told.figure, "$4,980");
        assert_eq!(told.line.lines().len(), MOST_PARTS + 1);
        assert_eq!(told.line.lines()[MOST_PARTS].label, "75 smaller accounts");
        assert_eq!(told.printed.lines.iter().map(|line| line.grains).sum::<i128>(), 4_980);
        assert_eq!(listed_arithmetic("None", &[("A".to_owned(), 0.0)], "x").figure, "$0.00");
        assert_eq!(listed_count(3, 40).line.value, 3.0);
    }

    #[test]
    fn a_part_of_cases_is_their_number_over_all() {
        let chance =
            Chance { better: 0.9134, equal: 0.0, standard_error: 0.0028, difference: 812.4, difference_error: 9.0 };
        let told = chance_arithmetic(&chance, 10_000, "the seller");
        assert_eq!((told.line.lines()[0].value, told.figure.as_str()), (9_134.0, "91.34%"));
    }
}
