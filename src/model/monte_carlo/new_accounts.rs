//! What a seller wins in a run, and how long it stays.
//!
//! Wins of every kind and month are independent Poisson counts. Their sum is one Poisson count, and each of so many wins is of
//! a kind and month by chance, in proportion to what is expected of it: the same law (the colouring theorem, Kingman 1993), at
//! the price of two draws a win however many months there are. Where many are expected it is cheaper to draw one Poisson count
//! for every kind, month and number of renewals survived, which is the same law again.

use super::chances::Chances;
use super::poisson::{CountTable, Counts};
use super::random::{Purpose, Sequence, Stream, place, threshold};

/// How many wins a run may be expected to have for each to be drawn by itself.
const MOST_SINGLE_WINS: f64 = 1_000.0;

/// Parts into which draws are sorted, each with the first kind of win in it.
const PARTS: usize = 256;

/// The wins of one seller.
#[derive(Debug, Clone)]
pub(super) struct NewAccounts {
    drawn: Drawn,
    /// The key of each run's own stream.
    keys: Stream,
}

#[derive(Debug, Clone)]
enum Drawn {
    OneByOne {
        count: CountTable,
        counts: Stream,
        /// Where the draws of each kind end, and its month, from 0.
        until: Vec<(u64, usize)>,
        first: Box<[u16; PARTS]>,
    },
    /// The law of each kind of win and number of renewals survived.
    Together(Vec<(Counts, usize, usize)>),
}

impl NewAccounts {
    /// Those of a seller with `chances`, by streams of `seed` for this `seller`.
    pub(super) fn new(chances: &Chances, seed: u64, seller: u64) -> NewAccounts {
        let keys = Stream::new(seed, Purpose::Wins, seller);
        let all = chances.expected_wins();
        if all > MOST_SINGLE_WINS {
            let mut laws = Vec::new();
            for (kind, wins) in chances.wins.iter().enumerate() {
                if let Some(survival) = chances.won.get((wins.month - 1) as usize) {
                    let each = (0..=survival.steps.len()).map(|renewals| (renewals, survival.chance(renewals)));
                    let some = each.filter(|(_, chance)| *chance > 0.0);
                    laws.extend(some.map(|(renewals, chance)| (Counts::new(wins.mean * chance), kind, renewals)));
                }
            }
            return NewAccounts { drawn: Drawn::Together(laws), keys };
        }
        let mut sum = 0.0;
        let mut until: Vec<(u64, usize)> = Vec::with_capacity(chances.wins.len());
        for wins in &chances.wins {
            sum += wins.mean;
            until.push((threshold(sum / all), wins.month.saturating_sub(1) as usize));
        }
        // However sums are rounded, the last kind ends where draws end.
        if let Some((last, _)) = until.last_mut() {
            *last = threshold(1.0);
        }
        let mut first = Box::new([0; PARTS]);
        for (part, first) in (0_u64..).zip(first.iter_mut()) {
            *first = until.partition_point(|(until, _)| *until <= part << 45) as u16;
        }
        NewAccounts {
            drawn: Drawn::OneByOne {
                count: CountTable::new(all),
                counts: Stream::new(seed, Purpose::Count, seller),
                first,
                until,
            },
            keys,
        }
    }

    /// Tells the wins of `run`: their kind, by its place among those of `chances`, how many renewals they survive, and how
    /// many there are.
    #[inline]
    pub(super) fn of_run(&self, chances: &Chances, run: u64, mut tell: impl FnMut(usize, usize, f64)) {
        let mut random = Sequence::new(Stream::from_key(self.keys.at(run)));
        match &self.drawn {
            Drawn::OneByOne { count, counts, until, first } => {
                for _ in 0..count.count(counts.at(run)) {
                    let (which, how_long) = (random.bits(), random.bits());
                    let place = place(which);
                    let mut kind = first.get((which >> 56) as usize).map_or(0, |first| usize::from(*first));
                    let ended = |kind: usize| until.get(kind).is_some_and(|(until, _)| *until <= place);
                    // As where renewals are counted.
                    kind += usize::from(ended(kind));
                    while ended(kind) {
                        kind += 1;
                    }
                    let month = until.get(kind).map_or(0, |(_, month)| *month);
                    if let Some(survival) = chances.won.get(month) {
                        tell(kind, survival.renewals(how_long), 1.0);
                    }
                }
            }
            Drawn::Together(laws) => {
                for (law, kind, renewals) in laws {
                    let count = law.draw(&mut random);
                    if count > 0.0 {
                        tell(*kind, *renewals, count);
                    }
                }
            }
        }
    }
}
