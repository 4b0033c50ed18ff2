//! Hours shared out where each brings most, among groups of like accounts whose renewals answer to attention in an S.
//!
//! On an S-curve "the last hour brings the same everywhere" may be the worst division, not the best. What counts is the
//! concave envelope ([`Bend::best_mean`]): a group gets nothing until its hours bring as much as anybody else's, then some
//! of its accounts get x* each and the others nothing, and only when all of them have x* does more go to each. That is the
//! greatest sum which hours can bring where a part of a group may be served. Groups that come to this point at the same worth
//! of an hour fill up side by side, each to the same part.

use super::adbudg::Bend;

/// Groups within this of each other's logarithm of worth begin side by side, so that no rounding decides who comes first.
const ALIKE: f64 = 1e-9;

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

impl BentClaim {
    /// x*, and the logarithm of what an hour brings up to there: of the line from 0 to the curve at x*. Infinite where the
    /// first hour brings ever more the shorter it is.
    fn entry(&self) -> (f64, f64) {
        let Bend { scale, shape } = self.bend;
        let least = self.bend.least_worthwhile();
        let rise = if shape > 1.0 {
            libm::log((shape - 1.0) / shape / least)
        } else if shape == 1.0 {
            -libm::log(scale)
        } else {
            f64::INFINITY
        };
        (least, libm::log(self.worth * self.steepness) + rise)
    }

    /// The logarithm of `p'` at the effort of that logarithm, and its slope: `p' = g p (1 - p) / x`.
    fn log_slope(&self, log_effort: f64) -> (f64, f64) {
        let Bend { scale, shape } = self.bend;
        let odds = shape * log_effort - libm::log(scale);
        let far = libm::exp(-odds.abs());
        let slope = libm::log(shape) - odds.abs() - 2.0 * libm::log1p(far) - log_effort;
        (slope, -1.0 - shape * (1.0 - far) / (1.0 + far) * odds.signum())
    }

    /// Effort beyond x* whose last hour brings `exp(log_marginal)`, and how its logarithm changes with that.
    fn effort(&self, log_marginal: f64) -> (f64, f64) {
        let target = log_marginal - libm::log(self.worth * self.steepness);
        // Where effort is great the logarithm falls along this line, and it lies below the line everywhere: Newton's steps
        // come down from the right and never pass the root.
        let mut log_effort =
            (libm::log(self.bend.shape) + libm::log(self.bend.scale) - target) / (self.bend.shape + 1.0);
        let mut change = -1.0;
        for _ in 0..60 {
            let (slope, falls) = self.log_slope(log_effort);
            change = falls;
            let step = (slope - target) / falls;
            if !step.is_finite() {
                break;
            }
            log_effort -= step;
            if step.abs() < 1e-14 {
                break;
            }
        }
        (libm::exp(log_effort), 1.0 / change)
    }
}

/// Shares `hours` out among `claims`: hours for each, all its accounts together, in the order given. They stay unused only
/// where no claim can use any.
pub fn fill(claims: &[BentClaim], hours: f64) -> Vec<f64> {
    let mut shared = vec![0.0; claims.len()];
    let can_use = |claim: &BentClaim| claim.accounts > 0.0 && claim.worth > 0.0 && claim.steepness > 0.0;
    let mut order: Vec<(f64, f64, usize, &BentClaim)> = claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| can_use(claim))
        .map(|(index, claim)| {
            let (least, entry) = claim.entry();
            (entry, claim.accounts * least / claim.steepness, index, claim)
        })
        .collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0));
    if hours <= 0.0 || order.is_empty() {
        return shared;
    }
    // Hours of the first `served` claims where an hour brings `exp(at)`, and their change with `at`.
    let total = |served: usize, at: f64| {
        let (mut sum, mut change) = (0.0, 0.0);
        let mut last: Option<(&BentClaim, (f64, f64))> = None;
        for (_, _, _, claim) in order.iter().take(served) {
            let alike = last.filter(|(last, _)| BentClaim { accounts: claim.accounts, ..**last } == **claim);
            let (effort, falls) = alike.map_or_else(|| claim.effort(at), |(_, known)| known);
            last = Some((claim, (effort, falls)));
            let all = claim.accounts * effort / claim.steepness;
            sum += all;
            change += all * falls;
        }
        (sum, change)
    };
    // How far the claims go that begin side by side with the one at `start`, and the hours with which they all begin.
    let side_by_side = |start: usize| {
        let first = order.get(start).map_or(0.0, |it| it.0);
        let run = order.iter().skip(start).take_while(|it| it.0 == first || first - it.0 <= ALIKE);
        run.fold((start, 0.0), |(end, begun), it| (end + 1, begun + it.1))
    };
    let (mut served, mut ceiling, mut floor) = (0, f64::INFINITY, f64::NEG_INFINITY);
    let (mut end, mut begun) = side_by_side(0);
    while let Some((entry, ..)) = order.get(served) {
        let before = if served == 0 { 0.0 } else { total(served, *entry).0 };
        if before >= hours {
            floor = *entry;
            break;
        }
        if before + begun >= hours {
            let part = (hours - before) / begun;
            for (place, (_, least, index, claim)) in order.iter().enumerate().take(end) {
                if let Some(slot) = shared.get_mut(*index) {
                    *slot = if place < served {
                        claim.accounts * claim.effort(*entry).0 / claim.steepness
                    } else {
                        part * least
                    };
                }
            }
            return shared;
        }
        (served, ceiling) = (end, *entry);
        (end, begun) = side_by_side(served);
    }
    let at = worth_of_the_last_hour(|at| total(served, at), hours, floor, ceiling, first_guess(&order, hours));
    for (_, _, index, claim) in order.iter().take(served) {
        if let Some(slot) = shared.get_mut(*index) {
            *slot = claim.accounts * claim.effort(at).0 / claim.steepness;
        }
    }
    shared
}

/// What the last hour of the first claim would bring if all got the same.
fn first_guess(order: &[(f64, f64, usize, &BentClaim)], hours: f64) -> f64 {
    let accounts: f64 = order.iter().map(|it| it.3.accounts).sum();
    order.first().map_or(0.0, |(_, _, _, claim)| {
        let effort = claim.steepness * hours / accounts;
        claim.log_slope(libm::log(effort)).0 + libm::log(claim.worth * claim.steepness)
    })
}

/// The logarithm of what the last hour brings, where `total` comes to `hours`: Newton's steps on its logarithm, kept within
/// what is known.
fn worth_of_the_last_hour(
    total: impl Fn(f64) -> (f64, f64),
    hours: f64,
    mut low: f64,
    mut high: f64,
    guess: f64,
) -> f64 {
    let mut at = if high.is_finite() { high } else { guess.max(low) };
    for _ in 0..100 {
        let (sum, change) = total(at);
        if sum >= hours {
            low = at;
        } else {
            high = at;
        }
        let mut next = at - libm::log(sum / hours) * sum / change;
        if !(low <= next && next <= high) {
            next = 0.5 * (low + high);
        }
        let step = next - at;
        at = next;
        if step.abs() < 1e-13 {
            break;
        }
    }
    at
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
                    assert!(from == to || won <= lost + 1e-6, "{hours}: {from} to {to}: {won} for {lost}, {shared:?}");
                }
            }
        }
    }

    #[test]
    fn some_of_a_group_are_served_before_the_next_group_is() {
        // p = x^2 / (1 + x^2): d = 1 and g = 2, so x* = 1 wins a half, and an hour a quarter of that.
        let bend = Bend { scale: 1.0, shape: 2.0 };
        let of = |accounts, worth| BentClaim { accounts, worth, steepness: 0.25, bend };
        // 2 accounts of 1,000 begin at 500 a unit of effort and have begun at 8 hours, 3 of 800 at 400 and 12 hours more.
        let claims = [of(3.0, 800.0), of(2.0, 1_000.0)];
        assert_eq!(fill(&claims, 6.0), [0.0, 6.0]);
        // At 400 the first have p' = 2 x / (1 + x^2)^2 = .4, so x = 1.178...; 1 hour in 12 more makes a twelfth of the next.
        let first = 2.0 * claims[1].effort(libm::log(100.0)).0 / 0.25;
        let x = first / 8.0;
        assert!((2.0 * x / ((1.0 + x * x) * (1.0 + x * x)) - 0.4).abs() < 1e-12 && x > 1.0, "{x}");
        let shared = fill(&claims, first + 1.0);
        assert!((shared[0] - 1.0).abs() < 1e-9 && (shared[1] - first).abs() < 1e-9, "{shared:?}");
        assert_eq!(fill(&[], 4.0), [0.0; 0]);
    }
}
