//! Which number matters: each one moved by itself, and where the verdict turns.
//!
//! A tornado is some thousand verdicts, so a [`Tornado`] is computed a few at a time: first both ends of every bar, then,
//! for the longest, where along its slider the verdict turns.

use std::rc::Rc;

use super::bounds::{Input, Unit};
use super::mini_charts::{Flip, Series};
use super::what_if::{Figure, WhatIf};

/// How far each number is moved, as a part of it.
const SWING: f64 = 0.2;
/// How many of the longest bars are asked where the verdict turns.
pub const TURNS: usize = 12;
/// A bar shorter than this part of the figure is none.
pub(super) const NO_LENGTH: f64 = 1e-9;

/// One number moved down and up, the others as they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The number.
    pub input: Input,
    /// The lower value, and the figure there.
    pub low: (f64, f64),
    /// The higher value, and the figure there.
    pub high: (f64, f64),
}

impl Bar {
    /// How much the figure differs between both ends.
    pub fn length(&self) -> f64 {
        (self.high.1 - self.low.1).abs()
    }
}

/// Something that a tornado found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A bar for each number that moves the figure, the longest first: every number moved by a fifth of itself down and up,
    /// less where its range or the others end before.
    Bars(Vec<Bar>),
    /// The value of a number nearest to the present one at which the verdict turns; `None`: nowhere on its slider.
    Turn(Input, Option<Flip>),
}

/// A tornado in the making.
#[derive(Debug, Clone)]
pub struct Tornado {
    what_if: Rc<WhatIf>,
    figure: Figure,
    bars: Vec<Bar>,
    /// The place among all inputs of the one to be moved next, and once all were, among the bars of the one to be asked.
    next: usize,
    moved: bool,
    series: Option<Series>,
}

impl Tornado {
    /// A tornado of `figure`, without bars yet.
    pub fn new(what_if: Rc<WhatIf>, figure: Figure) -> Tornado {
        Tornado { what_if, figure, bars: Vec::with_capacity(Input::ALL.len()), next: 0, moved: false, series: None }
    }

    /// Whether all is found.
    pub fn is_done(&self) -> bool {
        self.moved && self.next >= self.bars.len().min(TURNS)
    }

    /// Works on: two verdicts at most. Gives what that completed.
    pub fn advance(&mut self) -> Option<Found> {
        if !self.moved {
            return self.move_next();
        }
        let bar = self.bars.get(self.next).filter(|_| self.next < TURNS)?;
        let (what_if, figure) = (&self.what_if, self.figure);
        let series = self.series.get_or_insert_with(|| Series::new(Rc::clone(what_if), bar.input, figure));
        if series.advance() {
            return None;
        }
        let now = self.what_if.now(bar.input);
        let off = |flip: &&Flip| (flip.at - now).abs();
        let nearest = series.flips().iter().min_by(|one, other| off(one).total_cmp(&off(other))).copied();
        let input = bar.input;
        (self.series, self.next) = (None, self.next + 1);
        Some(Found::Turn(input, nearest))
    }

    /// Both ends of the next number; all bars after the last.
    fn move_next(&mut self) -> Option<Found> {
        if let Some(input) = Input::ALL.get(self.next) {
            let bar = Bar { input: *input, low: self.end(*input, -1.0), high: self.end(*input, 1.0) };
            let here = self.figure.of(&self.what_if.present()).abs();
            if bar.length() > NO_LENGTH * here.max(1e-6) {
                self.bars.push(bar);
            }
            self.next += 1;
            return None;
        }
        self.bars.sort_by(|one, other| other.length().total_cmp(&one.length()));
        (self.moved, self.next) = (true, 0);
        Some(Found::Bars(self.bars.clone()))
    }

    /// How far `input` can be moved down or up, and the figure there.
    fn end(&self, input: Input, sign: f64) -> (f64, f64) {
        let now = self.what_if.now(input);
        let mut tried = moved_to(input, now, sign);
        let found = tried.find_map(|value| Some((value, self.figure.of(&self.what_if.with(&[(input, value)])?))));
        found.unwrap_or((now, self.figure.of(&self.what_if.present())))
    }
}

/// Where an input that is `now` there is moved to, by a fifth down or up, `sign` being -1 or 1: shorter and shorter, for as long as the
/// other numbers do not allow it.
pub(super) fn moved_to(input: Input, now: f64, sign: f64) -> impl Iterator<Item = f64> {
    let bounds = input.bounds();
    let whole = move |value: f64| if bounds.unit == Unit::Months { libm::round(value) } else { value };
    let tries = (0..8).map(move |halvings| now + sign * SWING * reach(input, now) / f64::from(1 << halvings));
    tries.map(move |value| whole(value.clamp(bounds.min, bounds.max)))
}

/// What a fifth is taken of: the number itself, or of a number at 0 the distance of ten steps.
fn reach(input: Input, now: f64) -> f64 {
    if now == 0.0 { 10.0 * input.bounds().step } else { now.abs() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, payoff};
    use crate::model::rate_solver::RateAnswer;
    use crate::model::sample::sample_workspace;

    fn tornado(
        workspace: &crate::model::workspace::Workspace,
        figure: Figure,
    ) -> (Vec<Bar>, Vec<(Input, Option<Flip>)>) {
        let what_if = Rc::new(WhatIf::new(workspace, &Question::default()).unwrap());
        let mut tornado = Tornado::new(what_if, figure);
        let (mut bars, mut turns) = (Vec::new(), Vec::new());
        while !tornado.is_done() {
            match tornado.advance() {
                Some(Found::Bars(found)) => bars = found,
                Some(Found::Turn(input, at)) => turns.push((input, at)),
                None => {}
            }
        }
        assert_eq!(tornado.advance(), None);
        (bars, turns)
    }

    #[test]
    fn bars_are_sorted_and_the_renewal_commission_turns_the_verdict_where_both_agree() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let (bars, turns) = tornado(&workspace, Figure::Gap);
        assert!(bars.windows(2).all(|pair| pair[0].length() >= pair[1].length()), "{bars:?}");
        assert_eq!(turns.len(), TURNS);
        assert!(turns.iter().zip(&bars).all(|((input, _), bar)| *input == bar.input));
        let answer = payoff(&workspace, &Question::default()).unwrap();
        let RateAnswer::At { rate, .. } = answer.agreement else { panic!("{:?}", answer.agreement) };
        let turn = turns.iter().find(|(input, _)| *input == Input::RenewalCommission).and_then(|(_, turn)| *turn);
        assert!((turn.expect("the rate turns the verdict").at - rate).abs() < 1e-6, "{turn:?} against {rate}");
        for bar in &bars {
            assert!(bar.low.0 <= workspace.get(bar.input) && workspace.get(bar.input) <= bar.high.0, "{bar:?}");
            let mut moved = workspace.clone();
            moved.set(bar.input, bar.high.0).unwrap();
            assert_eq!(bar.high.1, payoff(&moved, &Question::default()).unwrap().gap, "{bar:?}");
        }
        // What is switched off moves nothing.
        assert!(bars.iter().all(|bar| bar.input != Input::HoneymoonMonths && bar.input != Input::RenewHalf));
    }

    #[test]
    fn a_number_that_cannot_move_far_moves_as_far_as_the_others_let_it() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.set(Input::RenewSaturated, 0.86).unwrap();
        let (bars, _) = tornado(&workspace, Figure::SellerShare);
        let today = bars.iter().find(|bar| bar.input == Input::RenewToday).unwrap();
        assert!(today.high.0 < 0.86 && today.high.0 > 0.85, "{today:?}");
    }
}
