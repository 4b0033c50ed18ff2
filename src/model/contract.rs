//! How a contract's term turns a yearly chance of renewal into one for the term.

use super::lanes::Lanes;

/// Survival of a contract of `term` months whose yearly chance is `renewal`: `r^(L/12)`, by roots and products, which are
/// several times as quick as a power and come to the same bits everywhere.
#[inline]
pub fn over_term<N: Lanes>(renewal: N, term: u32) -> N {
    let square = renewal * renewal;
    match term {
        1 => cube_root(renewal).each(f64::sqrt).each(f64::sqrt),
        3 => renewal.each(f64::sqrt).each(f64::sqrt),
        6 => renewal.each(f64::sqrt),
        12 => renewal,
        24 => square,
        36 => square * renewal,
        48 => square * square,
        60 => square * square * renewal,
        _ => renewal.each(|renewal| libm::pow(renewal, f64::from(term) / 12.0)),
    }
}

/// The cube root of a chance: a guess from the exponent, right to a thirtieth, and three steps of Halley's method, each
/// of which triples the digits. A correctly rounded one costs ten times as much.
#[inline]
fn cube_root<N: Lanes>(chance: N) -> N {
    /// What a third of the bits of a double lacks to those of its cube root.
    const BIAS: u64 = 0x2A9F_7893_0000_0000;
    let two = N::all(2.0);
    let mut root = chance.each(|chance| f64::from_bits(chance.to_bits() / 3 + BIAS));
    for _ in 0..3 {
        let cube = root * root * root;
        root = root * ((cube + two * chance) / (two * cube + chance));
    }
    root.both(chance, |root, chance| if chance <= 0.0 { 0.0 } else { root })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_survives_as_the_power_says() {
        for step in 0..=10_000 {
            let renewal = f64::from(step) / 10_000.0;
            for term in crate::model::account::Term::MONTHS {
                let power = renewal.powf(f64::from(term) / 12.0);
                let got = over_term(renewal, term);
                assert!((got - power).abs() <= 8e-16 * power.max(1e-3), "{renewal} over {term}: {got}, not {power}");
            }
        }
        assert!(over_term(f64::MIN_POSITIVE, 1).is_finite());
    }
}
