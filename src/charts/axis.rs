//! Axes: which range is shown, and which round values are named on it.

use crate::text::number;

/// The part of the greatest magnitude that an axis of money spans at least, so that a difference of nothing does not
/// fill the chart.
const LEAST_SPAN: f64 = 0.05;
/// The part of the span that is left free above and below.
const AIR: f64 = 0.06;
/// An axis starts at zero if its values come down to this part of the greatest.
const NEAR: f64 = 0.4;
/// Beyond this, values are drawn as this.
const GREATEST: f64 = 1e15;
/// An axis that runs on for longer than this many months gets plain numbers.
const MOST_MONTHS: f64 = 12_000.0;
/// Steps between ticks on an axis of months.
const MONTH_STEPS: [u32; 9] = [1, 2, 3, 6, 12, 24, 36, 60, 120];

/// How values on an axis are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `$40k`.
    Money,
    /// A part of one, as `40%`.
    Percent,
    /// A number of things.
    Count,
    /// Months from now, as `now`, `1`, `2`, `3 years`.
    Months,
}

/// A named value on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where.
    pub value: f64,
    /// As written.
    pub label: String,
}

/// A range of values and how to write them.
///
/// Ticks depend on the room there is, so they are asked for when drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    min: f64,
    max: f64,
    unit: Unit,
    label: Option<String>,
}

impl Axis {
    /// Exactly from `min` to `max`, widened if there is nothing in between.
    pub fn exact(min: f64, max: f64, unit: Unit) -> Axis {
        let (min, max) = (tame(min), tame(max));
        let max = if max > min { max } else { min + least_span(unit, min) };
        Axis { min, max, unit, label: None }
    }

    /// Around `values`, with a little air; from zero where zero is near. What is not finite is left out.
    pub fn around(values: impl IntoIterator<Item = f64>, unit: Unit) -> Axis {
        let finite = values.into_iter().filter(|value| value.is_finite()).map(tame);
        let (low, high) =
            finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low > high { (0.0, 0.0) } else { (low, high) };
        let least = least_span(unit, low.abs().max(high.abs()));
        let missing = (least - (high - low)).max(0.0);
        let air = AIR * (high - low + missing) + missing / 2.0;
        let mut min = if low >= 0.0 && low <= NEAR * high { 0.0 } else { low - air };
        let mut max = if high <= 0.0 && high >= NEAR * low { 0.0 } else { high + air };
        if low >= 0.0 && min <= 0.0 {
            (min, max) = (0.0, max.max(least));
        } else if high <= 0.0 && max >= 0.0 {
            (min, max) = (min.min(-least), 0.0);
        }
        if unit == Unit::Percent && high <= 1.0 && max > 1.0 {
            (min, max) = (min.min(1.0 - least_span(unit, 1.0)), 1.0);
        }
        Axis { min, max, unit, label: None }
    }

    /// With a label beside the axis.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Axis {
        Axis { label: Some(label.into()), ..self }
    }

    /// The least value shown.
    pub const fn min(&self) -> f64 {
        self.min
    }

    /// The greatest value shown; more than the least.
    pub const fn max(&self) -> f64 {
        self.max
    }

    /// How values are written.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// What stands beside the axis.
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// Whether `value` is on the axis.
    pub fn contains(&self, value: f64) -> bool {
        (self.min..=self.max).contains(&value)
    }

    /// How far along the axis `value` lies: 0 at the least, 1 at the greatest, not beyond.
    pub fn part(&self, value: f64) -> f64 {
        ((tame(value) - self.min) / (self.max - self.min)).clamp(0.0, 1.0)
    }

    /// Round values within the range, differently labelled, about `most`: see [`round_values`].
    pub fn ticks(&self, most: usize) -> Vec<Tick> {
        if self.unit == Unit::Months && self.max <= MOST_MONTHS {
            return month_ticks(self.min, self.max, most);
        }
        let mut most = most.max(2);
        loop {
            let values = round_values(self.min, self.max, most, self.unit == Unit::Count);
            let ticks: Vec<Tick> = values.into_iter().map(|value| Tick { value, label: self.write(value) }).collect();
            let alike = ticks.iter().zip(ticks.iter().skip(1)).any(|(one, next)| one.label == next.label);
            if !alike || most <= 2 {
                return ticks;
            }
            most -= 1;
        }
    }

    fn write(&self, value: f64) -> String {
        match self.unit {
            Unit::Money => number::money_short(value),
            Unit::Percent => number::rate(value, 2),
            Unit::Count | Unit::Months => number::plain(value, 2),
        }
    }
}

/// The round values within a range: multiples of 1, 2 or 5 times a power of ten, the smallest such step that gives no
/// more than `most` (at least 2) of them. Where that leaves a single one, or two and the next smaller step gives only
/// one too many, that step.
///
/// ```
/// use holdfast::charts::axis::round_values;
/// assert_eq!(round_values(0.0, 1.0, 6, false), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
/// assert_eq!(round_values(1_290_000.0, 2_350_000.0, 3, false), [1_500_000.0, 2_000_000.0]);
/// ```
pub fn round_values(min: f64, max: f64, most: usize, whole: bool) -> Vec<f64> {
    let span = max - min;
    if span.is_nan() || span <= 0.0 || !span.is_finite() {
        return vec![min];
    }
    let most = most.max(2);
    let mut power = libm::floor(libm::log10(span / most as f64)) as i32;
    let mut finer = Vec::new();
    loop {
        for digit in [1.0, 2.0, 5.0] {
            let values = multiples(min, max, digit, power);
            if whole && power < 0 {
                continue;
            }
            if values.len() > most {
                finer = values;
            } else if values.len() < 3 && (values.len() < 2 || finer.len() <= most + 1) && !finer.is_empty() {
                return finer;
            } else {
                return values;
            }
        }
        power += 1;
    }
}

/// The multiples of `digit * 10^power` from `min` to `max`, the ends included.
fn multiples(min: f64, max: f64, digit: f64, power: i32) -> Vec<f64> {
    // A tenth is no binary number, but ten is: dividing by the power keeps 0.3 what people mean by it.
    let scale = libm::pow(10.0, f64::from(power.abs()));
    let of = |index: f64| if power < 0 { index * digit / scale } else { index * digit * scale };
    let step = of(1.0);
    let slack = 1e-9;
    let first = libm::ceil(min / step - slack) as i64;
    let last = libm::floor(max / step + slack) as i64;
    (first..=last).take(64).map(|index| of(index as f64)).collect()
}

/// Months from `min` to `max`, in years where there are at least two; only the last is written with its unit.
fn month_ticks(min: f64, max: f64, most: usize) -> Vec<Tick> {
    let (first, last) = (libm::ceil(min.max(0.0)) as u32, libm::floor(max.max(0.0)) as u32);
    let count = |step: u32| (last / step + 1).saturating_sub(first.div_ceil(step)) as usize;
    let allowed = MONTH_STEPS.into_iter().filter(|step| *step >= 12 || last < 36);
    let step = allowed.into_iter().find(|step| count(*step) <= most.max(2)).unwrap_or(last.max(1));
    // Where there is room for two, they are now and the end.
    let step = if count(step) == 2 && last % step != 0 { last } else { step };
    let months: Vec<u32> = (first.div_ceil(step)..=last / step).map(|index| index * step).collect();
    let greatest = months.last().copied().unwrap_or(0);
    let (each, one, many) = if step % 12 == 0 { (12, "year", "years") } else { (1, "month", "months") };
    let label = |month: u32| match month {
        0 => "now".to_owned(),
        _ if month == greatest => number::counted((month / each) as usize, one, many),
        _ => number::plain(f64::from(month / each), 0),
    };
    months.into_iter().map(|month| Tick { value: f64::from(month), label: label(month) }).collect()
}

fn tame(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(-GREATEST, GREATEST) }
}

/// The least span of an axis on which the greatest magnitude is `size`.
fn least_span(unit: Unit, size: f64) -> f64 {
    match unit {
        Unit::Money => (LEAST_SPAN * size.abs()).max(1.0),
        Unit::Percent => 0.1,
        Unit::Count => (LEAST_SPAN * size.abs()).max(2.0),
        Unit::Months => 12.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis, most: usize) -> Vec<String> {
        axis.ticks(most).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_and_fit_the_room() {
        let share = Axis::exact(0.0, 1.0, Unit::Percent);
        assert_eq!(labels(&share, 6), ["0%", "20%", "40%", "60%", "80%", "100%"]);
        assert_eq!(labels(&share, 11).len(), 11);
        assert_eq!(labels(&share, 4), ["0%", "50%", "100%"]);
        let rate = Axis::exact(0.0, 0.2, Unit::Percent);
        assert_eq!(labels(&rate, 5), ["0%", "5%", "10%", "15%", "20%"]);
        assert_eq!(labels(&Axis::around([19_700.0, 40_400.0], Unit::Money), 4), ["$20k", "$30k", "$40k"]);
        let loss = Axis::exact(-1_500.0, 1_500.0, Unit::Money);
        assert_eq!(labels(&loss, 4), ["\u{2212}$1k", "$0", "$1k"]);
    }

    #[test]
    fn a_scale_is_never_a_single_number() {
        for (min, max) in [(12.0, 18.5), (1.01, 1.02), (-3.0, 4.0), (7e11, 9.9e11), (0.0, 1e-6), (-1e15, 1e15)] {
            for most in 0..9 {
                let values = round_values(min, max, most, false);
                assert!(values.len() >= 2, "{values:?} from {min} to {max}, at most {most}");
                assert!(values.len() <= most.max(2) + 3, "{values:?} from {min} to {max}, at most {most}");
                assert!(values.iter().all(|value| (min - 1e-9..=max + 1e-9).contains(value)), "{values:?}");
            }
        }
    }

    #[test]
    fn every_axis_has_width_and_distinct_finite_labels() {
        let hostile: [&[f64]; 12] = [
            &[],
            &[f64::NAN, f64::INFINITY],
            &[0.0],
            &[40.0],
            &[-3.0, -3.0],
            &[1e12, 1e12 + 1.0],
            &[0.1, 0.100_000_1],
            &[-1e300, 1e300],
            &[1.0],
            &[0.999, 1.0],
            &[123_456.0, 123_457.0],
            &[1e-9, 2e-9],
        ];
        for values in hostile {
            for unit in [Unit::Money, Unit::Percent, Unit::Count, Unit::Months] {
                let axis = Axis::around(values.iter().copied(), unit);
                assert!(axis.min().is_finite() && axis.max() > axis.min(), "{values:?} {unit:?}: {axis:?}");
                for most in [2, 3, 5, 8] {
                    let ticks = labels(&axis, most);
                    let mut distinct = ticks.clone();
                    distinct.dedup();
                    assert!(!ticks.is_empty() && ticks == distinct, "{values:?} {unit:?}: {ticks:?}");
                }
                for value in values.iter().filter(|value| value.abs() < 1e14) {
                    assert!(axis.contains(*value), "{value} on {axis:?}");
                }
            }
        }
    }

    #[test]
    fn zero_is_shown_where_it_is_near_and_a_percentage_stays_below_all() {
        assert_eq!(Axis::around([10.0, 100.0], Unit::Money).min(), 0.0);
        assert!(Axis::around([80.0, 100.0], Unit::Money).min() > 70.0);
        assert_eq!(Axis::around([0.0, 0.0], Unit::Money).min(), 0.0, "no money below nothing");
        assert_eq!(Axis::around([0.2, 1.0], Unit::Percent).max(), 1.0);
        assert_eq!(Axis::around([-100.0, -10.0], Unit::Money).max(), 0.0);
    }

    #[test]
    fn time_runs_in_years_and_only_the_last_names_them() {
        let five = Axis::exact(0.0, 60.0, Unit::Months);
        assert_eq!(labels(&five, 7), ["now", "1", "2", "3", "4", "5 years"]);
        assert_eq!(labels(&five, 3), ["now", "2", "4 years"]);
        assert_eq!(labels(&five, 2), ["now", "5 years"]);
        assert_eq!(labels(&Axis::exact(0.0, 12.0, Unit::Months), 5), ["now", "3", "6", "9", "12 months"]);
        assert_eq!(labels(&Axis::exact(0.0, 12.0, Unit::Months), 2), ["now", "1 year"]);
        assert_eq!(labels(&Axis::exact(0.0, 65.0, Unit::Months), 6).last().map(String::as_str), Some("5 years"));
    }

    #[test]
    fn things_are_counted_whole() {
        assert_eq!(labels(&Axis::around([40.0, 40.0], Unit::Count), 5), ["39", "40", "41"]);
        assert_eq!(labels(&Axis::around([], Unit::Count), 5), ["0", "1", "2"]);
    }
}
