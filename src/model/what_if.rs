//! The three figures of the verdict with some inputs moved: what charts over an input and maps over two are made of.

use super::bounds::Input;
use super::payoff::{Headline, Question, Rates, Samples};
use super::problem::Problem;
use super::workspace::Workspace;

/// A figure of the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Figure {
    /// The company's value at its best less that at the sellers' best, money.
    #[default]
    Gap,
    /// The sellers' best share of time on customers, 0 to 1.
    SellerShare,
    /// The company's best share, 0 to 1.
    CompanyShare,
    /// By how much the sellers' best share is above the company's, -1 to 1: at 0 both agree.
    Lead,
}

impl Figure {
    /// All of them.
    pub const ALL: [Figure; 4] = [Figure::Gap, Figure::SellerShare, Figure::CompanyShare, Figure::Lead];

    /// This figure of a verdict.
    pub const fn of(self, verdict: &Headline) -> f64 {
        match self {
            Figure::Gap => verdict.gap,
            Figure::SellerShare => verdict.seller_share,
            Figure::CompanyShare => verdict.company_share,
            Figure::Lead => verdict.seller_share - verdict.company_share,
        }
    }
}

/// A workspace whose inputs may be moved.
#[derive(Debug, Clone)]
pub struct WhatIf {
    workspace: Workspace,
    question: Question,
    samples: Samples,
    rates: Rates,
    present: Headline,
}

impl WhatIf {
    /// From a workspace as it is.
    ///
    /// # Errors
    /// A [`Problem`] if its inputs contradict one another.
    pub fn new(workspace: &Workspace, question: &Question) -> Result<WhatIf, Problem> {
        let samples = Samples::new(workspace, question)?;
        let rates = samples.rates(workspace, question);
        let present = samples.answer(&rates, workspace, question).headline();
        Ok(WhatIf { workspace: workspace.clone(), question: question.clone(), samples, rates, present })
    }

    /// The verdict as it is.
    pub const fn present(&self) -> Headline {
        self.present
    }

    /// Where `input` is now.
    pub fn now(&self, input: Input) -> f64 {
        self.workspace.get(input)
    }

    /// The verdict with inputs moved; the figures are those that [`super::payoff::payoff`] would give. `None` where an
    /// input is out of its bounds or the inputs contradict one another.
    ///
    /// Moving only rates of the plan costs a few runs of the projection for each seller, anything else about sixty.
    pub fn with(&self, moved: &[(Input, f64)]) -> Option<Headline> {
        let workspace = self.workspace_with(moved)?;
        if Samples::serve(&self.workspace, &workspace) {
            Some(self.verdict(&self.samples, &workspace))
        } else {
            Some(self.verdict(&Samples::new(&workspace, &self.question).ok()?, &workspace))
        }
    }

    /// The workspace with one input moved for good, others still to be moved; `None` as in [`WhatIf::with`].
    pub fn moved(&self, input: Input, to: f64) -> Option<WhatIf> {
        let workspace = self.workspace_with(&[(input, to)])?;
        let samples = if Samples::serve(&self.workspace, &workspace) {
            self.samples.clone()
        } else {
            Samples::new(&workspace, &self.question).ok()?
        };
        let present = self.verdict(&samples, &workspace);
        Some(WhatIf { workspace, question: self.question.clone(), samples, rates: self.rates.clone(), present })
    }

    fn workspace_with(&self, moved: &[(Input, f64)]) -> Option<Workspace> {
        let mut workspace = self.workspace.clone();
        for (input, to) in moved {
            workspace.set(*input, *to).ok()?;
        }
        workspace.check().ok()?;
        Some(workspace)
    }

    fn verdict(&self, samples: &Samples, workspace: &Workspace) -> Headline {
        // The renewal commissions asked for are no part of the verdict, so the first ones stand in for those of the
        // moved inputs, which would cost more than all else.
        samples.answer(&self.rates, workspace, &self.question).headline()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::sample::sample_workspace;

    #[test]
    fn the_verdict_is_that_of_the_payoff_at_any_input() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let question = Question::default();
        let what_if = WhatIf::new(&workspace, &question).unwrap();
        assert_eq!(what_if.present(), payoff(&workspace, &question).unwrap().headline());
        for input in Input::ALL {
            let bounds = input.bounds();
            let to = 0.7 * bounds.default + 0.3 * bounds.slider.1;
            let mut moved = workspace.clone();
            moved.set(input, to).unwrap();
            let expected = moved.check().and_then(|()| payoff(&moved, &question)).ok().map(|answer| answer.headline());
            assert_eq!(what_if.with(&[(input, to)]), expected, "{input:?} at {to}");
        }
    }

    #[test]
    fn contradictions_have_no_verdict() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let what_if = WhatIf::new(&workspace, &Question::default()).unwrap();
        assert_eq!(what_if.with(&[(Input::RenewUnattended, 0.9)]), None);
        assert_eq!(what_if.with(&[(Input::Stay, 1.1)]), None);
        // Two that only fit together.
        assert_eq!(what_if.with(&[(Input::RenewToday, 0.97)]), None);
        assert!(what_if.with(&[(Input::RenewToday, 0.97), (Input::RenewSaturated, 0.98)]).is_some());
    }
}
