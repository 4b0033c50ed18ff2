//! Numbers that are worked on side by side: one, or four that do not touch each other.
//!
//! Projections of one book at four splits of the time take the same steps on other numbers. Taken together they share what it
//! costs to find out what the next step is, and where the machine has wide registers four sums cost as much as two. Each lane
//! rounds as if it were alone, so four together give the same bits as one after another, on every machine.

use std::ops::{Add, AddAssign, Div, Mul, Sub, SubAssign};

/// One number, or four side by side.
pub trait Lanes:
    Copy
    + Default
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + AddAssign
    + SubAssign
{
    /// Whether it is one number, for what is only ever done to one at a time.
    const ALONE: bool;

    /// The same number in every lane.
    fn all(number: f64) -> Self;

    /// What `of` makes of each lane.
    fn each(self, of: impl FnMut(f64) -> f64) -> Self;

    /// What `of` makes of each lane of both.
    fn both(self, other: Self, of: impl FnMut(f64, f64) -> f64) -> Self;

    /// What `of` makes of each lane of three.
    fn three(self, second: Self, third: Self, of: impl FnMut(f64, f64, f64) -> f64) -> Self;

    /// Whether `is` holds in every lane.
    fn is_every(self, is: impl Fn(f64) -> bool) -> bool;

    /// The number in a lane, from 0; the last one beyond them.
    fn lane(self, lane: usize) -> f64;
}

impl Lanes for f64 {
    const ALONE: bool = true;

    #[inline(always)]
    fn all(number: f64) -> f64 {
        number
    }

    #[inline(always)]
    fn each(self, mut of: impl FnMut(f64) -> f64) -> f64 {
        of(self)
    }

    #[inline(always)]
    fn both(self, other: f64, mut of: impl FnMut(f64, f64) -> f64) -> f64 {
        of(self, other)
    }

    #[inline(always)]
    fn three(self, second: f64, third: f64, mut of: impl FnMut(f64, f64, f64) -> f64) -> f64 {
        of(self, second, third)
    }

    #[inline(always)]
    fn is_every(self, is: impl Fn(f64) -> bool) -> bool {
        is(self)
    }

    #[inline(always)]
    fn lane(self, _lane: usize) -> f64 {
        self
    }
}

/// Four numbers.
#[derive(Debug, Clone, Copy)]
pub struct Four(registers::Registers);

impl Four {
    /// The four.
    #[inline(always)]
    pub fn new(numbers: [f64; 4]) -> Four {
        Four(registers::from(numbers))
    }

    /// The four again.
    #[inline(always)]
    pub fn numbers(self) -> [f64; 4] {
        registers::numbers(self.0)
    }
}

impl Default for Four {
    #[inline(always)]
    fn default() -> Four {
        Four::new([0.0; 4])
    }
}

impl Lanes for Four {
    const ALONE: bool = false;

    #[inline(always)]
    fn all(number: f64) -> Four {
        Four::new([number; 4])
    }

    #[inline(always)]
    fn each(self, mut of: impl FnMut(f64) -> f64) -> Four {
        let [a, b, c, d] = self.numbers();
        Four::new([of(a), of(b), of(c), of(d)])
    }

    #[inline(always)]
    fn both(self, other: Four, mut of: impl FnMut(f64, f64) -> f64) -> Four {
        let ([a, b, c, d], [e, f, g, h]) = (self.numbers(), other.numbers());
        Four::new([of(a, e), of(b, f), of(c, g), of(d, h)])
    }

    #[inline(always)]
    fn three(self, second: Four, third: Four, mut of: impl FnMut(f64, f64, f64) -> f64) -> Four {
        let ([a, b, c, d], [e, f, g, h], [i, j, k, l]) = (self.numbers(), second.numbers(), third.numbers());
        Four::new([of(a, e, i), of(b, f, j), of(c, g, k), of(d, h, l)])
    }

    #[inline(always)]
    fn is_every(self, is: impl Fn(f64) -> bool) -> bool {
        let [a, b, c, d] = self.numbers();
        is(a) && is(b) && is(c) && is(d)
    }

    #[inline(always)]
    fn lane(self, lane: usize) -> f64 {
        let [a, b, c, d] = self.numbers();
        match lane {
            0 => a,
            1 => b,
            2 => c,
            _ => d,
        }
    }
}

macro_rules! lane_by_lane {
    ($($operator:ident $method:ident),*) => {
        $(impl $operator for Four {
            type Output = Four;

            #[inline(always)]
            fn $method(self, other: Four) -> Four {
                Four(registers::$method(self.0, other.0))
            }
        })*
    };
}

lane_by_lane! { Add add, Sub sub, Mul mul, Div div }

impl AddAssign for Four {
    #[inline(always)]
    fn add_assign(&mut self, other: Four) {
        *self = *self + other;
    }
}

impl SubAssign for Four {
    #[inline(always)]
    fn sub_assign(&mut self, other: Four) {
        *self = *self - other;
    }
}

/// In WebAssembly compilers do not see by themselves that two sums may share a register, least of all when asked for small
/// code.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod registers {
    use std::arch::wasm32::{f64x2, f64x2_add, f64x2_div, f64x2_extract_lane, f64x2_mul, f64x2_sub, v128};

    pub(super) type Registers = (v128, v128);

    #[inline(always)]
    pub(super) fn from([a, b, c, d]: [f64; 4]) -> Registers {
        (f64x2(a, b), f64x2(c, d))
    }

    #[inline(always)]
    pub(super) fn numbers((low, high): Registers) -> [f64; 4] {
        let (a, b) = (f64x2_extract_lane::<0>(low), f64x2_extract_lane::<1>(low));
        [a, b, f64x2_extract_lane::<0>(high), f64x2_extract_lane::<1>(high)]
    }

    #[inline(always)]
    pub(super) fn add(one: Registers, other: Registers) -> Registers {
        (f64x2_add(one.0, other.0), f64x2_add(one.1, other.1))
    }

    #[inline(always)]
    pub(super) fn sub(one: Registers, other: Registers) -> Registers {
        (f64x2_sub(one.0, other.0), f64x2_sub(one.1, other.1))
    }

    #[inline(always)]
    pub(super) fn mul(one: Registers, other: Registers) -> Registers {
        (f64x2_mul(one.0, other.0), f64x2_mul(one.1, other.1))
    }

    #[inline(always)]
    pub(super) fn div(one: Registers, other: Registers) -> Registers {
        (f64x2_div(one.0, other.0), f64x2_div(one.1, other.1))
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod registers {
    pub(super) type Registers = [f64; 4];

    #[inline(always)]
    pub(super) const fn from(numbers: [f64; 4]) -> Registers {
        numbers
    }

    #[inline(always)]
    pub(super) const fn numbers(registers: Registers) -> [f64; 4] {
        registers
    }

    #[inline(always)]
    pub(super) const fn add([a, b, c, d]: Registers, [e, f, g, h]: Registers) -> Registers {
        [a + e, b + f, c + g, d + h]
    }

    #[inline(always)]
    pub(super) const fn sub([a, b, c, d]: Registers, [e, f, g, h]: Registers) -> Registers {
        [a - e, b - f, c - g, d - h]
    }

    #[inline(always)]
    pub(super) const fn mul([a, b, c, d]: Registers, [e, f, g, h]: Registers) -> Registers {
        [a * e, b * f, c * g, d * h]
    }

    #[inline(always)]
    pub(super) const fn div([a, b, c, d]: Registers, [e, f, g, h]: Registers) -> Registers {
        [a / e, b / f, c / g, d / h]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_is_as_if_alone() {
        let (one, other) = ([1.0, -0.1, 1e300, 3.0], [3.0, 0.7, 1e-300, f64::MIN_POSITIVE]);
        let (ones, others) = (Four::new(one), Four::new(other));
        for (lane, (one, other)) in one.into_iter().zip(other).enumerate() {
            let mut sum = ones;
            sum += others;
            let mut rest = ones;
            rest -= others;
            let alone = [one + other, one - other, one * other, one / other, one + other, one - other];
            let together = [ones + others, ones - others, ones * others, ones / others, sum, rest];
            assert_eq!(together.map(|it| it.lane(lane)), alone, "lane {lane}");
            assert_eq!(ones.each(f64::abs).lane(lane), one.abs());
            assert_eq!(ones.both(others, f64::max).lane(lane), one.max(other));
            assert_eq!(ones.three(others, sum, |a, b, c| a * b + c).lane(lane), one * other + (one + other));
        }
        assert_eq!((Four::all(2.0).numbers(), Four::default().numbers()), ([2.0; 4], [0.0; 4]));
        assert!(others.is_every(|it| it > 0.0) && !ones.is_every(|it| it > 0.0));
    }
}
