//! Hours shared out where each brings most, among groups of like accounts whose renewals answer to attention in an S.
//!
//! On an S-curve "the last hour brings the same everywhere" may be the worst division, not the best. What counts is the
//! concave envelope ([`Bend::best_mean`]): a group gets nothing until its hours bring as much as anybody else's, then some
//! of its accounts get x* each and the others nothing, and only when all of them have x* does more go to each. That is the
//! greatest sum which hours can bring where a part of a group may be served.
//!
//! A group does not begin all at once: as what the last hour brings falls by a thousandth, the part of it that is served rises
//! evenly from none to all. So groups that are nearly alike fill up side by side, and what each gets moves no faster than what
//! they are worth; if one had to be full before the next begins, the last digit of their worth would decide whose hours they are.

use super::adbudg::Bend;
use super::allocation::greatest_first;

/// From the logarithm of what an hour brings at which a group begins to that at which all of it is served: a thousandth is far
/// below what anybody can judge, and far above what rounding leaves of it.
const BEGINNING: f64 = 1e-3;

/// Accounts that are alike, with what attention does for them: `worth p(k h)` each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BentClaim {
    /// How many; nothing at or below 0.
    pub accounts: f64,
    /// What all the attention it could use would bring of one, money; nothing at or below 0.
    pub worth: f64,
    /// k, effort of an hour; nothing at or below 0.
    pub steepness: f64,
    /// p.
    pub bend: Bend,
}

/// A claim made ready: what is asked of it again and again.
#[derive(Clone, Copy)]
struct Ready {
    /// Its place among the claims.
    index: usize,
    bend: ReadyBend,
    /// The logarithm of the worth of an effort that would win everything.
    log_worth: f64,
    /// The logarithm of what an hour brings on the line from 0 to the curve at x*, with which the claim begins.
    entry: f64,
    /// Hours of all its accounts for an effort of 1.
    hours: f64,
    /// The logarithm of the effort that was asked for last.
    log_effort: f64,
}

/// What follows from a bend alone.
#[derive(Clone, Copy)]
struct ReadyBend {
    bend: Bend,
    log_scale: f64,
    log_shape: f64,
    /// x*.
    least: f64,
    /// The logarithm of `p(x*) / x*`; infinite where the first hour brings ever more the shorter it is.
    rise: f64,
}

impl ReadyBend {
    fn new(bend: Bend) -> ReadyBend {
        let Bend { scale, shape } = bend;
        let (least, log_scale) = (bend.least_worthwhile(), libm::log(scale));
        let rise = if shape > 1.0 {
            libm::log((shape - 1.0) / shape / least)
        } else if shape == 1.0 {
            -log_scale
        } else {
            f64::INFINITY
        };
        ReadyBend { bend, log_scale, log_shape: libm::log(shape), least, rise }
    }

    /// The logarithm of `p'` at the effort of that logarithm, and its slope: `p' = g p (1 - p) / x`.
    fn log_slope(&self, log_effort: f64) -> (f64, f64) {
        let shape = self.bend.shape;
        let odds = shape * log_effort - self.log_scale;
        let far = libm::exp(-odds.abs());
        // Beside terms of this size the digits that `1 + far` loses of `far` do not count.
        let slope = self.log_shape - odds.abs() - 2.0 * libm::log(1.0 + far) - log_effort;
        (slope, -1.0 - shape * (1.0 - far) / (1.0 + far) * odds.signum())
    }
}

impl Ready {
    /// Finds the effort beyond x* whose last hour brings `exp(log_marginal)`. Returns by how much its logarithm changes with
    /// that.
    fn ask(&mut self, log_marginal: f64) -> f64 {
        /// Newton's steps double the digits, so the one after a step this small is none.
        const SMALL: f64 = 1e-9;
        let target = log_marginal - self.log_worth;
        let bend = &self.bend;
        // The logarithm of the slope is concave in that of the effort. Where effort is great it falls along a line, and lies
        // below it everywhere: from there, and from wherever a step leads, further steps come down and never pass the root.
        let far_out = (bend.log_shape + bend.log_scale - target) / (bend.bend.shape + 1.0);
        let mut at = if self.log_effort.is_finite() { self.log_effort } else { far_out };
        let mut falls = -1.0;
        for _ in 0..60 {
            let (slope, change) = bend.log_slope(at);
            falls = change;
            let step = (slope - target) / change;
            if !step.is_finite() {
                break;
            }
            at = (at - step).min(far_out);
            if step.abs() < SMALL {
                break;
            }
        }
        self.log_effort = at;
        1.0 / falls
    }

    /// The part of the accounts that is served where an hour brings `exp(log_marginal)`, and by how much it changes with that.
    fn served(&self, log_marginal: f64) -> (f64, f64) {
        let part = (self.entry - log_marginal) / BEGINNING;
        // Without an S the first accounts begin with nothing, so all may begin at once.
        if part >= 1.0 || self.bend.least == 0.0 { (1.0, 0.0) } else { (part.max(0.0), -1.0 / BEGINNING) }
    }

    /// Hours for the effort that was asked for last.
    fn asked(&self) -> f64 {
        self.hours * libm::exp(self.log_effort)
    }
}

/// The claims that can use hours, those first where they bring most to begin with.
fn ready(claims: &[BentClaim]) -> Vec<Ready> {
    let mut bend: Option<ReadyBend> = None;
    let mut all = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        if claim.accounts > 0.0 && claim.worth > 0.0 && claim.steepness > 0.0 {
            // Most claims have the bend of the one before.
            let known = bend.filter(|known| known.bend == claim.bend).unwrap_or_else(|| ReadyBend::new(claim.bend));
            bend = Some(known);
            let log_worth = libm::log(claim.worth * claim.steepness);
            let (entry, hours) = (log_worth + known.rise, claim.accounts / claim.steepness);
            all.push(Ready { index, bend: known, log_worth, entry, hours, log_effort: f64::NAN });
        }
    }
    let entries = all.iter().map(|claim| claim.entry).collect();
    greatest_first(entries).into_iter().filter_map(|index| all.get(index).copied()).collect()
}

/// Hours of all claims where an hour brings `exp(at)`, and their change with `at`.
fn total(order: &mut [Ready], at: f64) -> (f64, f64) {
    let (mut sum, mut change) = (0.0, 0.0);
    let mut last: Option<Asked> = None;
    for claim in order.iter_mut().take_while(|claim| claim.entry > at) {
        let alike = last.filter(|last| last.log_worth == claim.log_worth && last.bend == claim.bend.bend);
        let asked = alike.unwrap_or_else(|| Asked::of(claim, at));
        last = Some(asked);
        claim.log_effort = asked.log_effort;
        let hours = claim.hours * asked.effort;
        sum += hours * asked.served;
        change += hours * (asked.falls * asked.served + asked.thins);
    }
    (sum, change)
}

/// What a claim asked for, which is what those like it ask for: most of a seller's later accounts are alike.
#[derive(Clone, Copy)]
struct Asked {
    log_worth: f64,
    bend: Bend,
    log_effort: f64,
    effort: f64,
    /// By how much the logarithm of the effort changes with that of what an hour brings.
    falls: f64,
    /// The part of the accounts that is served.
    served: f64,
    /// By how much that changes.
    thins: f64,
}

impl Asked {
    fn of(claim: &mut Ready, at: f64) -> Asked {
        let falls = claim.ask(at);
        let (served, thins) = claim.served(at);
        let Ready { log_worth, log_effort, .. } = *claim;
        Asked { log_worth, bend: claim.bend.bend, log_effort, effort: libm::exp(log_effort), falls, served, thins }
    }
}

/// Shares `hours` out among `claims`: hours for each, all its accounts together, in the order given. They stay unused only
/// where no claim can use any.
pub fn fill(claims: &[BentClaim], hours: f64) -> Vec<f64> {
    let mut shared = vec![0.0; claims.len()];
    let mut order = ready(claims);
    if hours <= 0.0 || order.is_empty() {
        return shared;
    }
    let entry = |order: &[Ready], place: usize, none: f64| order.get(place).map_or(none, |claim| claim.entry);
    // How many claims have begun: what an hour brings falls from one to the next, so halving finds it.
    let (mut begun, mut beyond) = (0, order.len());
    while begun < beyond {
        let middle = usize::midpoint(begun, beyond);
        let at = entry(&order, middle, f64::NEG_INFINITY);
        if total(&mut order, at).0 < hours { begun = middle + 1 } else { beyond = middle }
    }
    let floor = entry(&order, begun, f64::NEG_INFINITY);
    let ceiling = entry(&order, begun.wrapping_sub(1), f64::INFINITY);
    let at = last_hour(&mut order, hours, floor, ceiling);
    // What the last digits of `at` leave is spread over all.
    let rest = hours / total(&mut order, at).0;
    for claim in order.iter().take_while(|claim| claim.entry > at) {
        if let Some(slot) = shared.get_mut(claim.index) {
            *slot = rest * claim.asked() * claim.served(at).0;
        }
    }
    shared
}

/// The logarithm of what an hour brings where the claims ask for `hours` in all: Newton's steps, kept within what is known,
/// and halving where they do not get shorter, as beside the corners at which a claim is served whole.
fn last_hour(order: &mut [Ready], hours: f64, mut low: f64, mut high: f64) -> f64 {
    // At the ceiling itself nobody has begun, however few hours there are.
    let most = high.next_down();
    let mut at = if high.is_finite() { high - 0.5 * BEGINNING } else { first_guess(order, hours) }.max(low);
    let mut step_before = f64::INFINITY;
    for _ in 0..100 {
        let (sum, change) = total(order, at);
        if sum >= hours {
            low = at;
        } else {
            high = at;
        }
        let mut next = at - libm::log(sum / hours) * sum / change;
        if !(low <= next && next <= high) || (next - at).abs() > 0.5 * step_before {
            next = match (low.is_finite(), high.is_finite()) {
                (true, true) => 0.5 * (low + high),
                (false, _) => high - 1.0,
                (_, false) => low + 1.0,
            };
        }
        step_before = (next - at).abs();
        at = next;
        if step_before < 1e-13 {
            break;
        }
    }
    at.min(most)
}

/// What the last hour of the first claim would bring if all got the same.
fn first_guess(order: &[Ready], hours: f64) -> f64 {
    let all: f64 = order.iter().map(|claim| claim.hours).sum();
    order.first().map_or(0.0, |claim| claim.bend.log_slope(libm::log(hours / all)).0 + claim.log_worth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(accounts: f64, worth: f64, half: f64, now: f64) -> BentClaim {
        BentClaim { accounts, worth, steepness: 0.25, bend: Bend::through(half, now) }
    }

    /// What `hours` bring of a claim where some of its accounts may be served and the others not.
    fn brings(claim: &BentClaim, hours: f64) -> f64 {
        let effort = claim.steepness * hours / claim.accounts;
        claim.accounts * claim.worth * claim.bend.best_mean(effort, claim.bend.least_worthwhile())
    }

    #[test]
    fn no_hour_would_bring_more_elsewhere() {
        let s = claim(3.0, 4_000.0, 0.2, 0.6);
        let claims = [
            s,
            claim(1.0, 9_000.0, 0.05, 0.7),
            claim(5.0, 700.0, 0.3, 0.4),
            claim(2.0, 4_000.0, 0.2, 0.6),
            claim(0.0, 9_000.0, 0.2, 0.6),
            BentClaim { steepness: 0.0, ..s },
        ];
        assert!(claims[0].bend.shape > 1.0 && claims[2].bend.shape < 1.0);
        for tenths in [0, 1, 5, 20, 60, 100, 111, 150, 300, 1_000, 9_000] {
            let hours = f64::from(tenths) / 10.0;
            let shared = fill(&claims, hours);
            assert!((shared.iter().sum::<f64>() - hours).abs() < 1e-9 * hours.max(1.0), "{hours}: {shared:?}");
            assert_eq!(shared[4..], [0.0, 0.0]);
            // Groups that are alike get the same each.
            assert!((shared[0] / 3.0 - shared[3] / 2.0).abs() < 1e-9, "{hours}: {shared:?}");
            for from in 0..4 {
                for to in 0..4 {
                    let moved = 1e-3_f64.min(shared[from]);
                    let lost = brings(&claims[from], shared[from]) - brings(&claims[from], shared[from] - moved);
                    let won = brings(&claims[to], shared[to] + moved) - brings(&claims[to], shared[to]);
                    // A group that has begun may be behind by as much as it begins over.
                    let passes = won <= lost * (1.0 + 1.01 * BEGINNING) + 1e-6;
                    assert!(from == to || passes, "{hours}: {from} to {to}: {won} for {lost}, {shared:?}");
                }
            }
        }
    }

    /// What two groups get hangs on what they are worth, not on its last digits: first one and then the other is worth a little
    /// more.
    #[test]
    fn nearly_alike_groups_fill_up_side_by_side() {
        let bend = Bend { scale: 1.0, shape: 3.0 };
        let of = |worth: f64| BentClaim { accounts: 5.0, worth, steepness: 0.25, bend };
        let hours = 5.0 * bend.least_worthwhile() / 0.25;
        let first = |more: f64| fill(&[of(1_000.0 * (1.0 + more)), of(1_000.0)], hours)[0] / hours;
        assert!((first(0.0) - 0.5).abs() < 1e-12);
        for step in -24..24 {
            let (one, other) = (1e-4 * f64::from(step), 1e-4 * f64::from(step + 1));
            // A ten-thousandth more moves at most a tenth of the group.
            assert!((0.0..=0.101).contains(&(first(other) - first(one))), "{one}: {} {}", first(one), first(other));
        }
        assert!(first(-0.002) < 1e-12 && first(0.002) > 1.0 - 1e-12);
    }

    #[test]
    fn some_of_a_group_are_served_before_the_next_group_is() {
        // p = x^2 / (1 + x^2): d = 1 and g = 2, so x* = 1 wins a half, and an hour a quarter of that.
        let bend = Bend { scale: 1.0, shape: 2.0 };
        let of = |accounts, worth| BentClaim { accounts, worth, steepness: 0.25, bend };
        // 2 accounts of 1,000 begin at 500 a unit of effort and have begun at 8 hours, 3 of 800 at 400 and 12 hours more.
        let claims = [of(3.0, 800.0), of(2.0, 1_000.0)];
        assert_eq!(fill(&claims, 6.0), [0.0, 6.0]);
        // A little below 400 the first have p' = 2 x / (1 + x^2)^2 = .4 exp(-b), and a part b / .001 of the others has begun.
        let mut asked = ready(&claims);
        for part in [0.25, 0.75] {
            let at = libm::log(100.0) - part * BEGINNING;
            let hours = total(&mut asked, at).0;
            let shared = fill(&claims, hours);
            let (x, y) = (shared[1] / 8.0, shared[0] / (12.0 * part));
            let slope = |x: f64| 2.0 * x / ((1.0 + x * x) * (1.0 + x * x));
            assert!((slope(x) - 0.4 * libm::exp(-part * BEGINNING)).abs() < 1e-11 && x > 1.0, "{x}");
            assert!((slope(y) - 0.5 * libm::exp(-part * BEGINNING)).abs() < 1e-11 && y > 1.0, "{y}");
        }
        // However few hours there are, somebody has them.
        let few = fill(&claims, 1e-15);
        assert!((few[1] - 1e-15).abs() < 1e-24 && few[0] == 0.0, "{few:?}");
        assert_eq!(fill(&[], 4.0), [0.0; 0]);
    }
}
