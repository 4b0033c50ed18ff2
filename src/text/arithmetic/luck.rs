//! The lines behind what the simulation says.

use super::Arithmetic;
use super::line::{FoundRow, How, Line, Unit};
use crate::model::monte_carlo::{Measure, QUANTILES, Spread};
use crate::text::luck::{LuckFigure, Statistic, shown};
use crate::text::number::{count, money, percent};

const NOTE: &str = "Each case plays the first year at the sellers’ best split with its own luck: which accounts are won and which renew. \
                    The same cases are drawn on every machine.";

/// Accounts for a figure of the simulation; `None` where it says nothing.
pub fn luck_arithmetic(figure: LuckFigure, spread: &Spread) -> Option<Arithmetic> {
    let (paid, statistic) = figure;
    let told = shown(spread, figure)?;
    let of = paid.of(spread);
    let (title, line) = match statistic {
        Statistic::Below(place) => ("What so many cases stay below", below(of, place, spread.runs)),
        Statistic::Mean => ("The mean of all cases", mean(of, spread.runs)),
        Statistic::Deviation => ("The standard deviation", deviation(of, spread.runs)),
        Statistic::Variation => {
            let line = Line::quotient("deviation ÷ mean", deviation(of, spread.runs), mean(of, spread.runs));
            ("How far luck moves it", Line { unit: Unit::Rate, ..line })
        }
        Statistic::Expected => ("Pay without luck", expected(of)),
        Statistic::Error => ("The standard error of the mean", error(of, spread.runs)),
        Statistic::Off => {
            let off = Line::difference("mean − expected", mean(of, spread.runs), expected(of));
            let line = Line::quotient("(mean − expected) ÷ error", off, error(of, spread.runs));
            ("By how many standard errors the mean is off", Line { unit: Unit::Factor, ..line })
        }
        Statistic::OffPart => {
            let off = Line::difference("mean − expected", mean(of, spread.runs), expected(of));
            let line = Line::quotient("part of the expected pay", off, expected(of));
            ("By how much the mean is off", Line { unit: Unit::Rate, ..line })
        }
    };
    Some(Arithmetic::new(format!("{title}, {}", paid.heading()), line, NOTE).told_as(told))
}

/// All that was looked at of the cases in order.
fn below(of: &Measure, place: usize, runs: usize) -> Line {
    let row = |(at, (part, amount)): (usize, (&f64, &f64))| FoundRow {
        cells: vec![percent(*part, 0), money(*amount, 2)],
        height: *amount,
        is_found: at == place,
    };
    let rule = format!("{} cases put in order: what so large a part of them stays below.", count(runs as f64, 0));
    let headings = ["of cases below", "pay"].map(str::to_owned).to_vec();
    let rows = QUANTILES.iter().zip(&of.quantiles).enumerate().map(row).collect();
    let how = How::Found { rule, headings, rows, from: Vec::new() };
    let value = of.quantiles.get(place).copied().unwrap_or(0.0);
    Line { label: "pay".to_owned(), value, unit: Unit::Cents, how }
}

fn mean(of: &Measure, runs: usize) -> Line {
    let cases = count(runs as f64, 0);
    Line::stated("mean of all cases", of.mean, Unit::Cents, format!("all {cases} cases added up, over their number"))
}

fn deviation(of: &Measure, runs: usize) -> Line {
    let one_less = count(runs.saturating_sub(1) as f64, 0);
    let from = format!("the root of: squares of each case less the mean, added up, over {one_less}");
    Line::stated("standard deviation", of.deviation, Unit::Cents, from)
}

fn expected(of: &Measure) -> Line {
    let from = if of.is_exact {
        "the projection: the mean that endless cases would have"
    } else {
        "the projection, where everything happens as expected; with a quota or further rules that is not the mean of what may happen"
    };
    Line::stated("as expected, without luck", of.at_expected_volume, Unit::Cents, from)
}

/// The deviation that endless cases would have, which the error is a part of, over the root of the cases.
fn error(of: &Measure, runs: usize) -> Line {
    let root = libm::sqrt(runs.max(1) as f64);
    let endless = Line::stated(
        "standard deviation of endless cases",
        of.standard_error * root,
        Unit::Cents,
        "from the chances themselves where they are known, else that of these cases",
    );
    let root = Line::stated("root of the number of cases", root, Unit::Factor, format!("of {}", count(runs as f64, 0)));
    Line::quotient("standard error of the mean", endless, root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::luck::{Paid, band, check, predictability, reckoning};

    fn measure(mean: f64, at_expected_volume: f64) -> Measure {
        let quantiles = [-1.6, -1.3, -0.7, 0.0, 0.7, 1.3, 1.6].map(|far| mean + far * 5_000.0);
        Measure { mean, deviation: 5_000.0, standard_error: 50.0, quantiles, at_expected_volume, is_exact: true }
    }

    #[test]
    fn every_figure_of_the_cases_is_accounted_for() {
        let (pay, part) = (measure(50_000.0, 49_900.0), measure(20_000.0, 20_060.0));
        let spread = Spread {
            runs: 10_000,
            first_year_pay: pay,
            first_year_renewal_pay: part,
            first_year_new_pay: part,
            pay,
            revenue: pay,
            company_value: pay,
        };
        let said = [band(&spread, "a seller is"), predictability(&spread), check(&spread, false)].concat();
        assert_eq!(said.iter().filter(|(_, figure)| figure.is_some()).count(), 6);
        let rows = reckoning().into_iter().flat_map(|(_, row)| Paid::ALL.map(|paid| (paid, row)));
        for figure in said.into_iter().filter_map(|(_, figure)| figure).chain(rows) {
            let told = luck_arithmetic(figure, &spread).unwrap();
            assert_eq!(Some(told.figure), shown(&spread, figure));
        }
        let value = |statistic: Statistic| luck_arithmetic((Paid::All, statistic), &spread).unwrap().line.value;
        assert_eq!((value(Statistic::Off), value(Statistic::Variation)), (2.0, 0.1));
        assert!((value(Statistic::Error) - 50.0).abs() < 1e-9);
        assert!((value(Statistic::OffPart) - 100.0 / 49_900.0).abs() < 1e-12);
    }
}
