//! What a plan pays over a run, part by part, so that every figure can be added up again.

use super::{PlanProjection, PlanWorth};
use crate::model::path::Path;
use crate::model::pay::Tally;

/// What is paid over a run, money.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PaidParts {
    /// Pay of each month, undiscounted: base pay, each component of the plan in order, the retention multiplier, clawback
    /// (taken back, so not above 0 but for corrections), and the draw.
    pub months: Vec<Vec<f64>>,
    /// Present value of the pay after the horizon, as the seller discounts it.
    pub later_seller: f64,
    /// The same, as the company discounts it.
    pub later_company: f64,
}

impl PlanProjection<'_> {
    /// What the parts of [`PaidParts::months`] are called.
    pub fn part_names(&self) -> Vec<String> {
        let components = self.plan.components.iter().map(|component| component.name.clone());
        let mut names = vec!["Base pay".to_owned()];
        names.extend(components);
        names.extend(["Retention multiplier", "Clawback", "Draw"].map(str::to_owned));
        names
    }

    /// What a path is worth; `first_year` is left with the pay of months 1 to 12, part by part as [`PlanProjection::part_names`]
    /// says but for what follows the components.
    pub fn worth_by_part(&self, path: &Path, first_year: &mut Vec<f64>) -> PlanWorth {
        let components = self.plan.components.len();
        first_year.clear();
        first_year.resize(1 + components, 0.0);
        let mut paid = Vec::with_capacity(self.terms.length());
        let rest = self.reckon(path, |tally, end| {
            if paid.len() < 12 {
                let parts = std::iter::once(end.base).chain((0..components).map(|component| tally.total(component)));
                first_year.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
            }
            paid.push(end.paid());
        });
        self.weighed(&paid, rest)
    }

    /// What a path is paid: [`PlanProjection::worth`] taken apart.
    pub fn parts(&self, path: &Path) -> PaidParts {
        let mut months = Vec::with_capacity(self.terms.length());
        let rest = self.reckon(path, |tally, end| {
            let mut parts = vec![end.base];
            parts.extend((0..self.plan.components.len()).map(|component| tally.total(component)));
            parts.extend([end.multiplier, -end.clawed_back, end.drawn]);
            months.push(parts);
        });
        PaidParts { months, later_seller: rest.later_seller, later_company: rest.later_company }
    }
}
