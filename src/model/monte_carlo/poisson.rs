//! Counts of what happens at a fixed rate.

use super::random::{Sequence, place, threshold};

/// The Poisson law of one mean, as a table from which one draw takes a count. The same draw never gives fewer at a larger
/// mean, so that two splits of the time differ by what they win and not by luck.
#[derive(Debug, Clone)]
pub(super) struct CountTable {
    least: usize,
    /// Where the draws end that give `least`, `least + 1`, ...
    until: Vec<u64>,
}

/// How far from the mean the table reaches, standard deviations: beyond lies less than a draw can tell.
const REACH: f64 = 9.0;

impl CountTable {
    /// For a finite `mean` of 0 or more.
    pub(super) fn new(mean: f64) -> CountTable {
        if mean <= 0.0 {
            return CountTable { least: 0, until: Vec::new() };
        }
        let width = REACH * mean.sqrt() + 40.0;
        let (least, most) = ((mean - width).max(0.0) as usize, (mean + width) as usize);
        let log_mean = libm::log(mean);
        let chance = |count: usize| {
            let count = count as f64;
            libm::exp(count * log_mean - mean - libm::lgamma(count + 1.0))
        };
        let all: f64 = (least..=most).map(chance).sum();
        let mut sum = 0.0;
        let until = (least..most).map(|count| {
            sum += chance(count) / all;
            threshold(sum)
        });
        CountTable { least, until: until.collect() }
    }

    /// The count that a draw gives.
    pub(super) fn count(&self, bits: u64) -> usize {
        self.least + self.until.partition_point(|until| *until <= place(bits))
    }
}

/// The Poisson law of one mean, for as many draws as it takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counts {
    /// By comparing a draw with one chance after another: `exp(-mean)`.
    Few { mean: f64, none: f64 },
    /// By transformed rejection with squeeze (PTRS of Hörmann 1993): exact for means of 10 and more.
    Many { mean: f64, log_mean: f64, a: f64, b: f64, log_inv_alpha: f64, sure: f64 },
}

impl Counts {
    /// For a finite `mean` of 0 or more.
    pub(super) fn new(mean: f64) -> Counts {
        if mean < 10.0 {
            return Counts::Few { mean, none: libm::exp(-mean) };
        }
        let b = 0.931 + 2.53 * mean.sqrt();
        Counts::Many {
            mean,
            log_mean: libm::log(mean),
            a: -0.059 + 0.024_83 * b,
            b,
            log_inv_alpha: libm::log(1.123_9 + 1.132_8 / (b - 3.4)),
            sure: 0.927_7 - 3.622_4 / (b - 2.0),
        }
    }

    /// A count.
    pub(super) fn draw(self, random: &mut Sequence) -> f64 {
        match self {
            Counts::Few { mean, none } => {
                let draw = random.unit();
                let (mut count, mut chance, mut until) = (0.0, none, none);
                while draw >= until && count < 200.0 {
                    count += 1.0;
                    chance *= mean / count;
                    until += chance;
                }
                count
            }
            Counts::Many { mean, log_mean, a, b, log_inv_alpha, sure } => loop {
                let (u, v) = (random.unit() - 0.5, random.unit());
                let near = 0.5 - u.abs();
                let count = libm::floor((2.0 * a / near + b) * u + mean + 0.43);
                if near >= 0.07 && v <= sure {
                    return count;
                }
                if count < 0.0 || (near < 0.013 && v > near) {
                    continue;
                }
                let density = count * log_mean - mean - libm::lgamma(count + 1.0);
                if libm::log(v) + log_inv_alpha - libm::log(a / (near * near) + b) <= density {
                    return count;
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::monte_carlo::random::{Purpose, Stream};

    /// Mean and variance of a Poisson law are both its mean; the variance of the sample variance is `(m + 2 m^2) / n`.
    fn check(name: &str, mean: f64, counts: &[f64]) {
        let n = counts.len() as f64;
        let got = counts.iter().sum::<f64>() / n;
        let spread = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / n;
        assert!((got - mean).abs() <= 4.0 * (mean / n).sqrt(), "{name} {mean}: mean {got}");
        assert!(
            (spread - mean).abs() <= 4.0 * ((mean + 2.0 * mean * mean) / n).sqrt(),
            "{name} {mean}: spread {spread}"
        );
    }

    #[test]
    fn both_ways_have_the_mean_and_the_spread_of_the_law() {
        for mean in [0.0, 0.01, 0.7, 3.0, 9.99, 10.0, 12.5, 40.0, 700.0, 25_000.0] {
            let stream = Stream::new(11, Purpose::Wins, 3);
            let mut random = Sequence::new(stream);
            let law = Counts::new(mean);
            check("drawn", mean, &(0..40_000).map(|_| law.draw(&mut random)).collect::<Vec<f64>>());
            let table = CountTable::new(mean);
            check("table", mean, &(0..40_000).map(|it| table.count(stream.at(it)) as f64).collect::<Vec<f64>>());
        }
    }

    #[test]
    fn none_of_two_has_the_chance_of_the_law() {
        // e^-2 = .1353..., 2 e^-2 = .2706...
        let table = CountTable::new(2.0);
        let unit = 9_007_199_254_740_992.0;
        assert!((table.until[0] as f64 / unit - 0.135_335_283_236_612_7).abs() < 1e-15);
        assert!((table.until[1] as f64 / unit - 0.406_005_849_709_838).abs() < 1e-15);
        assert_eq!([0, u64::MAX].map(|bits| CountTable::new(0.0).count(bits)), [0, 0]);
        assert!(table.count(u64::MAX) < 80);
    }

    #[test]
    fn the_same_draw_gives_no_fewer_at_a_larger_mean() {
        let tables: Vec<CountTable> = (0..200).map(|it| CountTable::new(f64::from(it) / 4.0)).collect();
        for it in 0..1_000 {
            let bits = Stream::new(5, Purpose::Count, 0).at(it);
            assert!(tables.windows(2).all(|pair| pair[0].count(bits) <= pair[1].count(bits)));
        }
    }
}
