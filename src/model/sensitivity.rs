//! Which number matters: each one moved by itself, and where the verdict turns.

use super::bounds::Input;
use super::payoff::{Payoff, Question, payoff};
use super::problem::Problem;
use super::workspace::Workspace;

/// How far each number is moved, as a part of it.
const SWING: f64 = 0.2;
/// Values of an input at which the verdict is asked for, to find where it turns.
const LOOKED_AT: u32 = 24;

/// One number moved down and up, the others as they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The number.
    pub input: Input,
    /// The lower value, and the figure there.
    pub low: (f64, f64),
    /// The higher value, and the figure there.
    pub high: (f64, f64),
    /// The value nearest to the present one at which the sellers' best share and the company's meet or pass each other:
    /// there the verdict turns. `None`: never in the input's range.
    pub turns_at: Option<f64>,
}

impl Bar {
    /// How much the figure differs between both ends.
    pub fn length(&self) -> f64 {
        (self.high.1 - self.low.1).abs()
    }
}

/// A bar for each input, the longest first: every number moved by a fifth of itself down and up, less where its range or
/// the others end before, and what `figure` makes of it.
///
/// # Errors
/// A [`Problem`] if the workspace itself has no answer.
pub fn tornado(
    workspace: &Workspace,
    question: &Question,
    figure: impl Fn(&Payoff) -> f64,
) -> Result<Vec<Bar>, Problem> {
    let present = payoff(workspace, question)?;
    let at = |input: Input, value: f64| -> Option<Payoff> {
        let mut moved = workspace.clone();
        moved.set(input, value).ok()?;
        moved.check().ok()?;
        payoff(&moved, question).ok()
    };
    let mut bars: Vec<Bar> = Input::ALL
        .into_iter()
        .map(|input| {
            let now = workspace.get(input);
            let end = |sign: f64| {
                // Shorter and shorter, until the other numbers allow it.
                let tries = (0..8).map(|halvings| now + sign * SWING * reach(input, now) / f64::from(1 << halvings));
                let bounds = input.bounds();
                let tried = tries.map(|value| value.clamp(bounds.min, bounds.max));
                let found = tried.filter_map(|value| Some((value, figure(&at(input, value)?)))).next();
                found.unwrap_or((now, figure(&present)))
            };
            let turns_at = turn(input, now, lead(&present), |value| at(input, value).as_ref().map(lead));
            Bar { input, low: end(-1.0), high: end(1.0), turns_at }
        })
        .collect();
    bars.sort_by(|one, other| other.length().total_cmp(&one.length()));
    Ok(bars)
}

/// What a fifth is taken of: the number itself, or of a number at 0 the distance of ten steps.
fn reach(input: Input, now: f64) -> f64 {
    if now == 0.0 { 10.0 * input.bounds().step } else { now.abs() }
}

/// By how much sellers give customers more of their time than the company would: the verdict is its sign.
fn lead(payoff: &Payoff) -> f64 {
    payoff.seller_best.share - payoff.company_best.share
}

/// The value nearest to `now` at which the sign of `lead` changes: looked for at even distances to both ends of the
/// range, nearest first, then closed in on.
fn turn(input: Input, now: f64, lead_now: f64, lead: impl Fn(f64) -> Option<f64>) -> Option<f64> {
    let bounds = input.bounds();
    let walk = |end: f64| {
        let mut before = now;
        for step in 1..=LOOKED_AT {
            let part = f64::from(step) / f64::from(LOOKED_AT);
            // Ranges are wide and what matters is near.
            let value = now + (end - now) * part * part;
            let there = lead(value)?;
            if (there > 0.0) != (lead_now > 0.0) {
                let (mut same, mut turned) = (before, value);
                for _ in 0..40 {
                    let middle = 0.5 * (same + turned);
                    if (lead(middle)? > 0.0) == (lead_now > 0.0) {
                        same = middle;
                    } else {
                        turned = middle;
                    }
                }
                return Some(turned);
            }
            before = value;
        }
        None
    };
    let both = [walk(bounds.min), walk(bounds.max)];
    both.into_iter().flatten().min_by(|one, other| (one - now).abs().total_cmp(&(other - now).abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::sample::sample_workspace;

    #[test]
    fn bars_are_sorted_and_the_renewal_commission_turns_the_verdict_where_both_agree() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let question = Question::default();
        let bars = tornado(&workspace, &question, |payoff| payoff.gap).unwrap();
        assert_eq!(bars.len(), Input::ALL.len());
        assert!(bars.windows(2).all(|pair| pair[0].length() >= pair[1].length()));
        let agreement = payoff(&workspace, &question).unwrap().agreement.rate().unwrap();
        let of = |input: Input| *bars.iter().find(|bar| bar.input == input).unwrap();
        let turns = of(Input::RenewalCommission).turns_at.unwrap();
        assert!((turns - agreement).abs() < 1e-5, "{turns} {agreement}");
        for bar in &bars {
            let bounds = bar.input.bounds();
            let range = bounds.min..=bounds.max;
            assert!(range.contains(&bar.low.0) && range.contains(&bar.high.0) && bar.low.0 <= bar.high.0, "{bar:?}");
            assert!(
                bar.low.1.is_finite() && bar.high.1.is_finite() && bar.turns_at.is_none_or(|at| range.contains(&at))
            );
        }
    }

    #[test]
    fn a_number_that_cannot_be_moved_has_a_short_bar() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        // Just below what all attention could do: renewals of today can hardly rise.
        workspace.set(Input::RenewToday, 0.94).unwrap();
        let bars = tornado(&workspace, &Question::default(), |payoff| payoff.gap).unwrap();
        let today = bars.iter().find(|bar| bar.input == Input::RenewToday).unwrap();
        assert!(today.high.0 > 0.94 && today.high.0 < 0.95 && today.low.0 < 0.8, "{today:?}");
    }
}
