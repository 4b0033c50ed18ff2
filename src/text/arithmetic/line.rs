//! A figure and the lines that it is reckoned from, and how both are printed so that what is printed adds up.

use crate::text::number::{count, money, percent, plain, rate};

/// What a figure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Money,
    /// Money that is paid, to the cent however much it is.
    Cents,
    /// A share of time, as a percentage.
    Share,
    /// A rate, as a percentage with all its digits.
    Rate,
    /// Accounts, expected ones.
    Accounts,
    /// Hours.
    Hours,
    /// A plain factor.
    Factor,
}

impl Unit {
    /// How many of the smallest printed amounts make one; what is a sum is printed in whole ones of these.
    fn grain(self, value: f64) -> f64 {
        match self {
            Unit::Money if value.abs() >= 1_000.0 => 1.0,
            Unit::Money | Unit::Cents => 100.0,
            Unit::Share => 1_000.0,
            Unit::Accounts => 10.0,
            Unit::Hours => 100.0,
            Unit::Factor => 10_000.0,
            Unit::Rate => 1_000_000.0,
        }
    }

    fn print(self, value: f64, grain: f64) -> String {
        match self {
            Unit::Money => money(value, if grain > 1.0 { 2 } else { 0 }),
            Unit::Cents => money(value, 2),
            Unit::Share => percent(value, 1),
            Unit::Rate => rate(value, 4),
            Unit::Accounts => count(value, 1),
            Unit::Hours => format!("{} h", plain(value, 2)),
            Unit::Factor => plain(value, 4),
        }
    }
}

/// A figure, what it is, and how it comes about.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: f64,
    /// In what.
    pub unit: Unit,
    /// How it comes about.
    pub how: How,
}

/// How a figure comes about.
#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// It is not reckoned further: where it comes from.
    Stated(String),
    /// All lines added up.
    Sum(Vec<Line>),
    /// All lines multiplied.
    Product(Vec<Line>),
    /// The first line over the second.
    Quotient(Box<[Line; 2]>),
    /// The first line to the power of the second.
    Power(Box<[Line; 2]>),
    /// The line taken away.
    Minus(Box<Line>),
    /// The second line taken from the first, each as it is printed by itself; it stands at the top only, since within a sum
    /// parts are printed so that the sum adds up.
    Difference(Box<[Line; 2]>),
    /// It was searched for: the rule, what was found on its way, and the lines behind the value at the place found.
    Found {
        /// What it had to be.
        rule: String,
        /// Headings of the columns.
        headings: Vec<String>,
        /// What was looked at; the place found is marked.
        rows: Vec<FoundRow>,
        /// The value at the place found, from its lines.
        from: Vec<Line>,
    },
}

/// A row of what a search looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundRow {
    /// The cells.
    pub cells: Vec<String>,
    /// The figure that decides.
    pub height: f64,
    /// Whether it is the place found.
    pub is_found: bool,
}

impl Line {
    /// A line that is not reckoned further.
    pub fn stated(label: impl Into<String>, value: f64, unit: Unit, from: impl Into<String>) -> Line {
        Line { label: label.into(), value, unit, how: How::Stated(from.into()) }
    }

    /// The sum of `lines`, in the unit of the first.
    pub fn sum(label: impl Into<String>, lines: Vec<Line>) -> Line {
        let unit = lines.first().map_or(Unit::Money, |line| line.unit);
        let value = lines.iter().map(|line| line.value).sum();
        Line { label: label.into(), value, unit, how: How::Sum(lines) }
    }

    /// The product of `lines`, in `unit`.
    pub fn product(label: impl Into<String>, unit: Unit, lines: Vec<Line>) -> Line {
        let value = lines.iter().map(|line| line.value).product();
        Line { label: label.into(), value, unit, how: How::Product(lines) }
    }

    /// `over` over `under`, in the unit of `over`.
    pub fn quotient(label: impl Into<String>, over: Line, under: Line) -> Line {
        let (value, unit) = (over.value / under.value, over.unit);
        Line { label: label.into(), value, unit, how: How::Quotient(Box::new([over, under])) }
    }

    /// `base` to the power of `exponent`, in the unit of `base`.
    pub fn power(label: impl Into<String>, base: Line, exponent: Line) -> Line {
        let (value, unit) = (libm::pow(base.value, exponent.value), base.unit);
        Line { label: label.into(), value, unit, how: How::Power(Box::new([base, exponent])) }
    }

    /// `one` less `other`, in the unit of `one`.
    pub fn difference(label: impl Into<String>, one: Line, other: Line) -> Line {
        let (value, unit) = (one.value - other.value, one.unit);
        Line { label: label.into(), value, unit, how: How::Difference(Box::new([one, other])) }
    }

    /// `line` taken away.
    pub fn minus(label: impl Into<String>, line: Line) -> Line {
        Line { label: label.into(), value: -line.value, unit: line.unit, how: How::Minus(Box::new(line)) }
    }

    /// The lines that it is reckoned from.
    pub fn lines(&self) -> &[Line] {
        match &self.how {
            How::Stated(_) => &[],
            How::Sum(lines) | How::Product(lines) => lines,
            How::Quotient(pair) | How::Power(pair) | How::Difference(pair) => pair.as_slice(),
            How::Minus(line) => std::slice::from_ref(line),
            How::Found { from, .. } => from,
        }
    }

    /// The figure printed, and its lines so that the printed ones of a sum add up to the printed sum.
    pub fn print(&self) -> Printed {
        self.print_as(None, self.unit.grain(self.value))
    }

    fn print_as(&self, given: Option<i128>, grain: f64) -> Printed {
        if let How::Difference(pair) = &self.how {
            let [one, other] = &**pair;
            let grain = one.unit.grain(one.value).min(other.unit.grain(other.value));
            let lines = [one, other].map(|line| line.print_as(Some(libm::round(line.value * grain) as i128), grain));
            let grains = lines[0].grains - lines[1].grains;
            let figure = self.unit.print(grains as f64 / grain, grain);
            return Printed { figure, grains, lines: lines.into() };
        }
        let whole = given.unwrap_or_else(|| libm::round(self.value * grain) as i128);
        // A factor of a product is printed as it is, a part of a sum in whole grains.
        let value = if given.is_some() || matches!(self.how, How::Sum(_)) { whole as f64 / grain } else { self.value };
        let alone = |line: &Line| line.print();
        let lines = match &self.how {
            How::Sum(lines) => {
                let exact: Vec<f64> = lines.iter().map(|line| line.value * grain).collect();
                let parts = apportion(whole, &exact);
                lines.iter().zip(parts).map(|(line, part)| line.print_as(Some(part), grain)).collect()
            }
            How::Minus(line) => vec![line.print_as(Some(-whole), grain)],
            How::Stated(_)
            | How::Product(_)
            | How::Quotient(_)
            | How::Power(_)
            | How::Difference(_)
            | How::Found { .. } => self.lines().iter().map(alone).collect(),
        };
        Printed { figure: self.unit.print(value, grain), grains: whole, lines }
    }
}

/// A line as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The figure.
    pub figure: String,
    /// The same in the smallest amounts printed.
    pub grains: i128,
    /// Its lines, in order.
    pub lines: Vec<Printed>,
}

/// Whole numbers near `exact` that add up to `total`: each rounded, and those that were rounded farthest off moved by one.
/// Where amounts have more digits than a float, what their rounding leaves goes to the largest.
fn apportion(total: i128, exact: &[f64]) -> Vec<i128> {
    let mut parts: Vec<i128> = exact.iter().map(|part| libm::round(*part) as i128).collect();
    let short = total - parts.iter().sum::<i128>();
    if short.unsigned_abs() > exact.len() as u128 {
        let largest = parts.iter_mut().max_by_key(|part| part.unsigned_abs());
        largest.into_iter().for_each(|part| *part += short);
        return parts;
    }
    let mut order: Vec<usize> = (0..exact.len()).collect();
    // How much more each part is than what it was rounded to.
    let left = |place: &usize| exact.get(*place).map_or(0.0, |part| part - libm::round(*part));
    order.sort_by(|one, other| left(other).total_cmp(&left(one)));
    if short < 0 {
        order.reverse();
    }
    for place in order.into_iter().take(short.unsigned_abs() as usize) {
        if let Some(part) = parts.get_mut(place) {
            *part += short.signum();
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_parts_add_up_to_the_printed_sum() {
        let part = |value: f64| Line::stated("a part", value, Unit::Money, "stated");
        let sum = Line::sum("all", vec![part(1_000.4), part(2_000.4), part(3_000.4), Line::minus("less", part(999.7))]);
        let printed = sum.print();
        assert_eq!(printed.figure, "$5,002");
        assert_eq!(printed.lines.iter().map(|line| line.grains).sum::<i128>(), 5_002);
        assert_eq!(printed.lines[3].figure, "−$1,000");
        assert_eq!(printed.lines[3].lines[0].figure, "$1,000");
        assert_eq!(apportion(10, &[3.3, 3.3, 3.3]).iter().sum::<i128>(), 10);
        assert_eq!(apportion(8, &[2.7, 2.7, 2.7]), [3, 3, 2]);
        assert_eq!(apportion(0, &[]), Vec::<i128>::new());
        let huge = apportion(1_000, &[3e25, -3e25, 7.0]);
        assert_eq!((huge.iter().sum::<i128>(), huge[2]), (1_000, 7));
    }

    #[test]
    fn a_difference_is_that_of_what_is_printed() {
        let part = |value: f64| Line::sum("a gap", vec![Line::stated("a part", value, Unit::Money, "stated")]);
        let printed = Line::difference("change", part(20_000.6), part(102_663.4)).print();
        assert_eq!((printed.figure.as_str(), printed.grains), ("−$82,662", -82_662));
        let figures = printed.lines.iter().map(|line| line.figure.as_str());
        assert_eq!(figures.collect::<Vec<_>>(), ["$20,001", "$102,663"]);
        assert_eq!(Line::difference("change", part(1_200.0), part(999.5)).print().figure, "$200");
    }

    #[test]
    fn factors_are_printed_as_they_are() {
        let rate = Line::stated("rate", 0.024188, Unit::Rate, "stated");
        let product =
            Line::product("pay", Unit::Money, vec![rate, Line::stated("value", 1_234_567.8, Unit::Money, "stated")]);
        let printed = product.print();
        assert_eq!((printed.figure.as_str(), printed.lines[0].figure.as_str()), ("$29,862", "2.4188%"));
    }
}
