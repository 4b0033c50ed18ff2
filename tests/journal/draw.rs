//! Where the cases come from: one number tells all of a case.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::generate::cases;

/// SplitMix64 (Steele, Lea & Flood 2014): seeded, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    pub const fn of(seed: u64) -> Draw {
        Draw(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Whether something of one in `many` happens.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Puts one seed to the law, and prints it on a miss.
pub fn for_seed(seed: u64, law: impl FnOnce(&mut Draw)) {
    if let Err(why) = catch_unwind(AssertUnwindSafe(|| law(&mut Draw::of(seed)))) {
        eprintln!("missed by HOLDFAST_SEED={seed}");
        resume_unwind(why);
    }
}

/// Puts that many seeds to the law: the same ones in every run of the suite, new ones in every soak. `HOLDFAST_SEED` puts only
/// the one that a miss printed.
pub fn for_seeds(suite: u32, soak: u32, law: impl Fn(&mut Draw)) {
    let check = |seed: u64| for_seed(seed, &law);
    if let Ok(seed) = std::env::var("HOLDFAST_SEED") {
        return check(seed.parse().expect("a number"));
    }
    let count = cases(suite, soak);
    let is_soak = count != suite;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_nanos() as u64;
    let first = if is_soak { Draw::of(now).next() } else { 20_261_101 };
    let begun = Instant::now();
    (0..u64::from(count)).for_each(|number| check(first.wrapping_add(number.wrapping_mul(0x1234_5679))));
    if is_soak {
        let name = std::thread::current().name().unwrap_or("a law").to_owned();
        println!("{name}: {count} cases from {first} in {:.1} s", begun.elapsed().as_secs_f64());
    }
}
