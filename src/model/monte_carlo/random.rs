//! Random numbers without a state: each is a function of seed, stream and index.
//!
//! SplitMix64 (Steele, Lea & Flood 2014, with the constants of Vigna's `splitmix64.c`). Its n-th number is a mixing function
//! of `key + n gamma`, so any number can be had without those before it: what a run draws for an account depends on nothing
//! else, neither on how the runs are sliced nor on what other accounts, plans or shares of time there are. Integers only,
//! hence the same bits natively and in WebAssembly; two multiplications a number, hence quick; it passes BigCrush. Streams
//! are pieces of one sequence of 2^64 numbers that begin at mixed, scattered places: that any two of a thousand streams of
//! 10,000 numbers overlap has a chance of less than one in 10^9. Not for secrets.

/// 2^64 over the golden ratio, odd.
pub(in crate::model) const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// The numbers below which uniform draws are compared: 2^53, what a double counts without gaps.
const UNIT: f64 = 9_007_199_254_740_992.0;

/// Mixes all bits of `bits` into all others.
pub(in crate::model) const fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// What a stream is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// How long an account of the book stays: one draw a run.
    Account = 1,
    /// How many accounts a seller wins: one draw a run.
    Count = 2,
    /// What the wins of a run are like: each draw is the key of a stream of its own.
    Wins = 3,
}

/// A sequence of random numbers that can be entered anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stream(u64);

impl Stream {
    /// The stream of `seed` for `purpose`, and of those the one with `id`. Seed and id do not enter alike, or seed 1 of account 2
    /// would be seed 2 of account 1.
    pub(super) const fn new(seed: u64, purpose: Purpose, id: u64) -> Stream {
        let of_purpose = mixed(seed.wrapping_add(GAMMA.wrapping_mul(purpose as u64)));
        Stream(Stream(of_purpose).at(id))
    }

    /// The stream that a drawn number begins.
    pub(super) const fn from_key(key: u64) -> Stream {
        Stream(key)
    }

    /// Its number at `index`, from 0: all 64 bits.
    #[inline]
    pub(super) const fn at(self, index: u64) -> u64 {
        mixed(self.0.wrapping_add(GAMMA.wrapping_mul(index.wrapping_add(1))))
    }
}

/// The numbers of a stream one after another.
pub(super) struct Sequence {
    stream: Stream,
    next: u64,
}

impl Sequence {
    pub(super) const fn new(stream: Stream) -> Sequence {
        Sequence { stream, next: 0 }
    }

    /// The next 64 bits.
    #[inline]
    pub(super) const fn bits(&mut self) -> u64 {
        let bits = self.stream.at(self.next);
        self.next += 1;
        bits
    }

    /// The next number above 0 and below 1: the middle of one of 2^52 equal parts.
    pub(super) fn unit(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (UNIT / 2.0)
    }
}

/// The place of a draw among 2^53: below [`threshold`]`(p)` with chance p.
#[inline]
pub(super) const fn place(bits: u64) -> u64 {
    bits >> 11
}

/// Where the draws that have a chance `chance` end, to half of 2^-53: 0 for never, all for always.
pub(super) fn threshold(chance: f64) -> u64 {
    // A cast takes what is out of range, and what is no number, as the nearest that is in it.
    (chance.min(1.0) * UNIT + 0.5) as u64
}

/// A number that stands for a name (Fowler, Noll & Vo's hash).
pub(super) fn id_of(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_published_ones() {
        // The first five of seed 1234567 by `splitmix64.c` (prng.di.unimi.it), as Rosetta Code prints them.
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        let stream = Stream::from_key(1_234_567);
        assert_eq!([0, 1, 2, 3, 4].map(|index| stream.at(index)), published);
        let mut sequence = Sequence::new(stream);
        assert_eq!([(); 5].map(|()| sequence.bits()), published);
    }

    #[test]
    fn never_is_never_and_always_is_always() {
        assert_eq!([0.0, -1.0, f64::NAN.min(0.0)].map(threshold), [0; 3]);
        assert!(place(u64::MAX) < threshold(1.0) && threshold(1.0) == threshold(2.0));
        assert_eq!(threshold(0.5), 1 << 52);
    }

    #[test]
    fn streams_differ_in_seed_purpose_and_id() {
        let streams = [
            Stream::new(1, Purpose::Account, 1),
            Stream::new(2, Purpose::Account, 1),
            Stream::new(1, Purpose::Count, 1),
            Stream::new(1, Purpose::Account, 2),
        ];
        for (index, one) in streams.iter().enumerate() {
            assert!(streams.iter().skip(index + 1).all(|other| one.at(0) != other.at(0)));
        }
        assert_ne!(id_of("Ada"), id_of("Ben"));
    }

    #[test]
    fn units_have_the_mean_and_spread_of_a_uniform_draw() {
        let mut sequence = Sequence::new(Stream::new(7, Purpose::Wins, 0));
        let count = 100_000;
        let draws: Vec<f64> = (0..count).map(|_| sequence.unit()).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(count);
        let square = draws.iter().map(|draw| draw * draw).sum::<f64>() / f64::from(count);
        // Standard errors: sqrt(1/12 / n) and sqrt(4/45 / n).
        assert!((mean - 0.5).abs() < 4.0 * (1.0 / 12.0 / f64::from(count)).sqrt(), "{mean}");
        assert!((square - 1.0 / 3.0).abs() < 4.0 * (4.0 / 45.0 / f64::from(count)).sqrt(), "{square}");
        assert!(draws.iter().all(|draw| *draw > 0.0 && *draw < 1.0));
    }
}
