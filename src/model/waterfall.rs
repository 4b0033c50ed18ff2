//! Why an answer changed: from one workspace to another, one difference after the other.
//!
//! Differences work together, so what each does depends on their order; it is always the same one: the book and the month,
//! the choices, then the numbers in the order of [`Input::ALL`]. What is told of all of them adds up to the whole change.

use super::bounds::Input;
use super::payoff::{Headline, Question, payoff};
use super::problem::Problem;
use super::workspace::Workspace;

/// What was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// The accounts, or the month from which all runs.
    Book,
    /// Who gets attention, how renewals answer to it, the period of the quota, and what no input names.
    Choices,
    /// One number.
    Number {
        /// Which.
        input: Input,
        /// What it was.
        from: f64,
        /// What it is.
        to: f64,
    },
    /// Numbers that contradict what was before unless they change together.
    Together(Vec<Input>),
}

/// A difference, and the verdict once it is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was changed.
    pub difference: Difference,
    /// The verdict with this and all differences before it.
    pub verdict: Headline,
}

/// The way from one workspace to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// The verdict at the start.
    pub from: Headline,
    /// The steps; the last verdict is that of the end.
    pub steps: Vec<Step>,
}

/// The changes of a way, one after the other.
#[derive(Debug, Clone)]
struct Changes {
    to: Workspace,
    running: Workspace,
    left: Vec<Input>,
    begun: usize,
}

impl Changes {
    fn new(from: &Workspace, to: &Workspace) -> Changes {
        let left = Input::ALL.into_iter().filter(|input| from.get(*input) != to.get(*input)).collect();
        Changes { to: to.clone(), running: from.clone(), left, begun: 0 }
    }

    /// Makes the next change; tells it, if it was one, and whether there may be more.
    fn advance(&mut self) -> (Option<Difference>, bool) {
        self.begun += 1;
        let made = match self.begun {
            1 => self.take_book(),
            2 => self.take_choices(),
            _ => {
                let number = self.next_number();
                let is_more = number.is_some();
                return (number, is_more);
            }
        };
        (made, true)
    }

    fn take_book(&mut self) -> Option<Difference> {
        if self.running.book == self.to.book && self.running.as_of == self.to.as_of {
            return None;
        }
        self.running.book = self.to.book.clone();
        self.running.as_of = self.to.as_of;
        Some(Difference::Book)
    }

    fn take_choices(&mut self) -> Option<Difference> {
        let before = self.running.clone();
        let (assumed, chosen) = (&mut self.running.assumptions, &self.to.assumptions);
        (assumed.attention, assumed.renewal_form) = (chosen.attention, chosen.renewal_form);
        (assumed.win_back, assumed.lapsed_fade) = (chosen.win_back, chosen.lapsed_fade);
        (assumed.odds_lapsed, assumed.residual) = (chosen.odds_lapsed, chosen.residual);
        self.running.plan.quota.period = self.to.plan.quota.period;
        (self.running != before).then_some(Difference::Choices)
    }

    /// The first number left that contradicts nothing, or all that are left together.
    fn next_number(&mut self) -> Option<Difference> {
        // A number may have come along with another.
        self.left.retain(|input| self.running.get(*input) != self.to.get(*input));
        let fits = |input: &Input| {
            let mut moved = self.running.clone();
            let set = moved.set(*input, self.to.get(*input)).is_ok() && moved.check().is_ok();
            set.then_some(moved)
        };
        let single = self.left.iter().enumerate().find_map(|(place, input)| Some((place, fits(input)?)));
        if let Some((place, moved)) = single {
            let input = self.left.remove(place);
            let from = self.running.get(input);
            self.running = moved;
            return Some(Difference::Number { input, from, to: self.to.get(input) });
        }
        if self.left.is_empty() {
            return None;
        }
        let together = std::mem::take(&mut self.left);
        for input in &together {
            // In its bounds there; what contradicts is told by the verdict.
            let _ = self.running.set(*input, self.to.get(*input));
        }
        Some(Difference::Together(together))
    }
}

/// The workspace on the way from `from` to `to` right after `difference` is made; `None` if that is no part of the way.
pub fn workspace_after(from: &Workspace, to: &Workspace, difference: &Difference) -> Option<Workspace> {
    let mut changes = Changes::new(from, to);
    loop {
        match changes.advance() {
            (Some(made), _) if made == *difference => return Some(changes.running),
            (_, false) => return None,
            _ => {}
        }
    }
}

/// A way in the making.
#[derive(Debug, Clone)]
pub struct Descent {
    changes: Changes,
    question: Question,
    found: Waterfall,
}

impl Descent {
    /// From `from` to `to`, without steps yet.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs of `from` contradict one another.
    pub fn new(from: &Workspace, to: &Workspace, question: &Question) -> Result<Descent, Problem> {
        let found = Waterfall { from: payoff(from, question)?.headline(), steps: Vec::new() };
        Ok(Descent { changes: Changes::new(from, to), question: question.clone(), found })
    }

    /// Makes the next difference: one verdict at most. The way, once it is made.
    pub fn advance(&mut self) -> Option<Waterfall> {
        let (made, is_more) = self.changes.advance();
        if let Some(difference) = made {
            self.step(difference);
        }
        (!is_more).then(|| self.found.clone())
    }

    /// A step whose verdict cannot be told, since numbers still contradict each other, waits for the next.
    fn step(&mut self, difference: Difference) {
        if let Ok(answer) = payoff(&self.changes.running, &self.question) {
            self.found.steps.push(Step { difference, verdict: answer.headline() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assumptions::AttentionPolicy;
    use crate::model::month::Month;
    use crate::model::sample::sample_workspace;

    fn way(from: &Workspace, to: &Workspace) -> Waterfall {
        let mut descent = Descent::new(from, to, &Question::default()).unwrap();
        loop {
            if let Some(found) = descent.advance() {
                return found;
            }
        }
    }

    #[test]
    fn each_difference_is_a_step_and_the_last_is_the_end() {
        let from = sample_workspace(Month::parse("2026-11").unwrap());
        let mut to = from.clone();
        to.set(Input::RenewalCommission, 0.05).unwrap();
        to.set(Input::Leads, 200.0).unwrap();
        to.assumptions.attention = AttentionPolicy::ByValue;
        to.book.accounts.truncate(30);
        let found = way(&from, &to);
        let end = |workspace: &Workspace| payoff(workspace, &Question::default()).unwrap().headline();
        assert_eq!(found.from, end(&from));
        let number = |input: Input, from: f64, to: f64| Difference::Number { input, from, to };
        let told: Vec<&Difference> = found.steps.iter().map(|step| &step.difference).collect();
        assert_eq!(
            told,
            [
                &Difference::Book,
                &Difference::Choices,
                &number(Input::RenewalCommission, 0.02, 0.05),
                &number(Input::Leads, 120.0, 200.0),
            ]
        );
        assert_eq!(found.steps[3].verdict, end(&to));
        let mut third = to.clone();
        third.set(Input::Leads, 120.0).unwrap();
        assert_eq!(found.steps[2].verdict, end(&third));
        let after = |difference: &Difference| workspace_after(&from, &to, difference);
        assert_eq!((after(told[2]), after(told[3])), (Some(third), Some(to.clone())));
        assert_eq!(after(&number(Input::Leads, 0.0, 200.0)), None);
        assert!(way(&to, &to).steps.is_empty());
    }

    #[test]
    fn numbers_that_only_fit_together_change_together() {
        let from = sample_workspace(Month::parse("2026-11").unwrap());
        let mut to = from.clone();
        // 60, 85, 95 of 100 become 96, 97, 98: no single one of them can go first but the last, then the middle one.
        for (input, chance) in
            [(Input::RenewSaturated, 0.98), (Input::RenewToday, 0.97), (Input::RenewUnattended, 0.96)]
        {
            to.set(input, chance).unwrap();
        }
        let found = way(&from, &to);
        let moved: Vec<Input> = found
            .steps
            .iter()
            .filter_map(|step| match step.difference {
                Difference::Number { input, .. } => Some(input),
                _ => None,
            })
            .collect();
        assert_eq!(moved, [Input::RenewSaturated, Input::RenewToday, Input::RenewUnattended]);
    }
}
