//! What a plan pays over a run, part by part, so that every figure can be added up again.

use super::PlanProjection;
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
