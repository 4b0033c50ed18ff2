//! The best of many whole amounts, where pay jumps at a few of them.

use std::collections::BTreeMap;

/// What an amount pays, and which tiers, gates and caps then hold.
pub(super) type Outcome = (f64, u64);

/// Amounts tried evenly first.
const EVEN: i64 = 24;
/// The most that are tried in all.
const MOST: usize = 600;

/// Outcomes of whole cents in a range: evenly spaced ones, those beside `kinks`, and both sides of every jump between
/// two that differ in what holds. Between those pay bends little, so that the best of them is the best.
pub(super) fn outcomes(
    range: (i64, i64),
    kinks: &[f64],
    mut outcome: impl FnMut(i64) -> Outcome,
) -> BTreeMap<i64, Outcome> {
    let (least, most) = range;
    let mut tried = BTreeMap::new();
    if most < least {
        return tried;
    }
    let even = (0..=EVEN).map(|index| least + (most - least) * index / EVEN);
    let beside = kinks.iter().flat_map(|kink| {
        let cents = libm::round(kink * 100.0) as i64;
        [cents - 1, cents, cents + 1]
    });
    for cents in even.chain(beside).filter(|cents| (least..=most).contains(cents)) {
        tried.entry(cents).or_insert_with(|| outcome(cents));
    }
    let starts: Vec<(i64, Outcome)> = tried.iter().map(|(cents, outcome)| (*cents, *outcome)).collect();
    let mut open: Vec<_> = starts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
    while let Some((low, high)) = open.pop() {
        if low.1.1 == high.1.1 || high.0 - low.0 <= 1 || tried.len() >= MOST {
            continue;
        }
        let cents = low.0 + (high.0 - low.0) / 2;
        let middle = (cents, outcome(cents));
        tried.insert(cents, middle.1);
        open.push((low, middle));
        open.push((middle, high));
    }
    tried
}

/// The least amount that pays most.
pub(super) fn best(tried: &BTreeMap<i64, Outcome>) -> Option<(i64, f64)> {
    tried.iter().fold(None, |best, (cents, (pay, _))| match best {
        Some((_, highest)) if highest >= *pay => best,
        _ => Some((*cents, *pay)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_are_met_to_the_cent() {
        // Pays 5 % up to 1234.56, 10 % from there; the cap is reached at 2500.
        let pay = |cents: i64| {
            let amount = cents as f64 / 100.0;
            let rate = if cents >= 123_456 { 0.10 } else { 0.05 };
            ((amount * rate).min(250.0), u64::from(cents >= 123_456) + 2 * u64::from(amount * rate >= 250.0))
        };
        let tried = outcomes((0, 1_000_000), &[], pay);
        assert!(tried.contains_key(&123_455) && tried.contains_key(&123_456) && tried.len() < 100);
        assert_eq!(best(&tried), Some((250_000, 250.0)));
        assert!(outcomes((5, 4), &[], pay).is_empty());
        // A jump that nothing tells of is only met where it is known.
        let untold = |cents: i64| (if cents < 3_333 { 1.0 } else { 0.0 }, 0);
        assert!(outcomes((0, 10_000), &[33.33], untold).contains_key(&3_332));
    }
}
