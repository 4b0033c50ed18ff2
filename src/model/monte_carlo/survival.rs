//! How many renewals an account survives: one draw instead of one a renewal.
//!
//! With every chance q fixed, an account is still there after its i-th renewal with chance `S_i = q_1 q_2 ... q_i`. A draw u
//! from 0 to 1 is compared with them all: the account survives as many renewals as there are S_i above u. That is a budget of
//! hazard `-ln u` against the cumulative hazard `sum of -ln q`, without the logarithms, and exact: the chance of i renewals or
//! more is that of `u < S_i`.

use super::random::{place, threshold};

/// Parts into which draws are sorted, each with the fewest renewals of those in it.
const PARTS: usize = 256;

/// A renewal as it falls due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// The month, from 1.
    pub(super) month: u32,
    /// By which part of its value the account then grows.
    pub(super) growth: f64,
}

/// The chances of accounts that renew alike.
#[derive(Debug, Clone)]
pub(super) struct Survival {
    /// Their renewals within the horizon, the first one first.
    pub(super) steps: Vec<Step>,
    /// S_i.
    still_there: Vec<f64>,
    /// S_i as the places of draws that end there, and after them one below which no draw is, where every search ends.
    kept: Vec<u64>,
    fewest: [u8; PARTS],
    /// Whether no part has more than one chance ending in it.
    is_guessed: bool,
}

impl Survival {
    /// From `(month, q, growth)` in the order of months, at most 255 of them.
    pub(super) fn new(renewals: impl Iterator<Item = (u32, f64, f64)>) -> Survival {
        let mut all = Survival {
            steps: Vec::new(),
            still_there: Vec::new(),
            kept: Vec::new(),
            fewest: [0; PARTS],
            is_guessed: false,
        };
        let mut chance = 1.0;
        for (month, renewal, growth) in renewals.take(usize::from(u8::MAX)) {
            chance *= renewal;
            all.steps.push(Step { month, growth });
            all.still_there.push(chance);
            all.kept.push(threshold(chance));
        }
        all.kept.push(0);
        // Thresholds fall from one renewal to the next, so the parts are gone through from the last one on.
        let mut count = 0;
        for (part, fewest) in all.fewest.iter_mut().enumerate().rev() {
            let last_place = ((part as u64 + 1) << 45) - 1;
            while all.kept.get(count).is_some_and(|kept| last_place < *kept) {
                count += 1;
            }
            *fewest = count as u8;
        }
        // From one part to the next lower one it takes no more than one step, nor from the lowest to the last chance of all.
        let steps = all.fewest.windows(2).all(|pair| matches!(pair, [low, high] if low - high <= 1));
        let last = all.fewest.first().map_or(0, |fewest| usize::from(*fewest));
        all.is_guessed = steps && last + 1 >= all.still_there.len();
        all
    }

    /// How many renewals an account survives by this draw.
    #[inline]
    pub(super) fn renewals(&self, bits: u64) -> usize {
        let place = place(bits);
        let mut count = self.guess(bits, place);
        while self.is_more(count, place) {
            count += 1;
        }
        count
    }

    /// The same for each of many draws, left in `counts`.
    pub(super) fn renewals_of(&self, draws: impl Iterator<Item = u64>, counts: &mut Vec<u8>) {
        counts.clear();
        if self.is_guessed {
            counts.extend(draws.map(|bits| self.guess(bits, place(bits)) as u8));
        } else {
            counts.extend(draws.map(|bits| self.renewals(bits) as u8));
        }
    }

    /// The count, or fewer where several chances end in one part. That step is taken without a branch, since one that goes
    /// either way would cost more than all the rest.
    #[inline(always)]
    fn guess(&self, bits: u64, place: u64) -> usize {
        let fewest = self.fewest.get((bits >> 56) as usize).map_or(0, |fewest| usize::from(*fewest));
        fewest + usize::from(self.is_more(fewest, place))
    }

    #[inline(always)]
    fn is_more(&self, count: usize, place: u64) -> bool {
        self.kept.get(count).is_some_and(|kept| place < *kept)
    }

    /// The chance of exactly `renewals` of them, 0 to 1.
    pub(super) fn chance(&self, renewals: usize) -> f64 {
        let still_there = |count: usize| match count.checked_sub(1) {
            None => 1.0,
            Some(before) => self.still_there.get(before).copied().unwrap_or(0.0),
        };
        still_there(renewals) - still_there(renewals + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_counts_the_chances_above_the_draw() {
        for chances in [vec![], vec![0.5], vec![1.0, 0.9, 0.9], vec![0.0, 1.0], vec![0.97; 120], vec![1e-9, 0.5]] {
            let survival = Survival::new(chances.iter().map(|chance| (1, *chance, 0.0)));
            let mut bits = 1_u64;
            for _ in 0..20_000 {
                bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let draw = (bits >> 11) as f64 / 9_007_199_254_740_992.0;
                let mut still = 1.0;
                let naive = chances.iter().take_while(|chance| {
                    still *= **chance;
                    draw < still
                });
                let naive = naive.count();
                assert_eq!(survival.renewals(bits), naive, "{chances:?} {draw}");
                let mut counts = Vec::new();
                survival.renewals_of([bits, 0].into_iter(), &mut counts);
                assert_eq!(counts, [naive, survival.renewals(0)].map(|count| count as u8), "{chances:?} {draw}");
            }
        }
    }

    #[test]
    fn the_chances_are_the_products() {
        let survival = Survival::new([(3, 0.5, 0.0), (6, 0.8, 0.1)].into_iter());
        assert_eq!([0, 1].map(|count| survival.chance(count)), [0.5, 0.5 - 0.4]);
        assert_eq!(survival.chance(2), 0.4);
        assert_eq!(survival.steps[1], Step { month: 6, growth: 0.1 });
        assert_eq!(Survival::new(std::iter::empty()).chance(0), 1.0);
    }

    #[test]
    fn the_ends_are_safe() {
        let sure = Survival::new((1..=5).map(|month| (month, 1.0, 0.0)));
        assert_eq!([0, u64::MAX].map(|bits| sure.renewals(bits)), [5, 5]);
        let none = Survival::new((1..=5).map(|month| (month, 0.0, 0.0)));
        assert_eq!([0, u64::MAX].map(|bits| none.renewals(bits)), [0, 0]);
    }
}
