//! Version 3, which is only read: how renewals answer to attention, what came of an account's origin, and ranges. Frozen: a change of the model changes
//! the conversions below, never these shapes.
//!
//! The book is that of version 1, the plan that of version 2. Assumptions are the numbers of version 2 and `NUMBERS`, each
//! exactly once; ranges are two ends by key, around the number, and may be absent. What an older version lacks has its
//! default: the exponential curve, no factor for an origin, and no ranges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::v1::{BookV1, Invalid, invalid};
use super::v2::{AttentionV2, PlanV2, read_parts};
use crate::model::assumptions::{Assumptions, RenewalForm};
use crate::model::book::Book;
use crate::model::bounds::Input;
use crate::model::workspace::Workspace;

/// A workspace as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceV3 {
    as_of: String,
    plan: PlanV2,
    assumptions: BTreeMap<String, f64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    ranges: BTreeMap<String, (f64, f64)>,
    choices: ChoicesV3,
    book: BookV1,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RenewalFormV3 {
    Exponential,
    SCurve,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoicesV3 {
    attention: AttentionV2,
    renewal_curve: RenewalFormV3,
    win_back: bool,
    residual: bool,
}

/// The inputs that are written as numbers of the assumptions beside those of version 2.
pub(super) const NUMBERS: [Input; 3] = [Input::RenewHalf, Input::ReferredOdds, Input::WonBackOdds];

impl From<RenewalForm> for RenewalFormV3 {
    fn from(form: RenewalForm) -> RenewalFormV3 {
        match form {
            RenewalForm::Exponential => RenewalFormV3::Exponential,
            RenewalForm::SCurve => RenewalFormV3::SCurve,
        }
    }
}

impl From<RenewalFormV3> for RenewalForm {
    fn from(form: RenewalFormV3) -> RenewalForm {
        match form {
            RenewalFormV3::Exponential => RenewalForm::Exponential,
            RenewalFormV3::SCurve => RenewalForm::SCurve,
        }
    }
}

pub(super) fn ends_of(workspace: &Workspace) -> BTreeMap<String, (f64, f64)> {
    workspace.ranges.iter().map(|(input, range)| (input.key().to_owned(), (range.low(), range.high()))).collect()
}

impl From<&Assumptions> for ChoicesV3 {
    fn from(assumed: &Assumptions) -> ChoicesV3 {
        ChoicesV3 {
            attention: assumed.attention.into(),
            renewal_curve: assumed.renewal_form.into(),
            win_back: assumed.win_back,
            residual: assumed.residual,
        }
    }
}

impl ChoicesV3 {
    /// Makes the choices in `workspace`.
    pub(super) fn make(self, workspace: &mut Workspace) {
        workspace.assumptions.attention = self.attention.into();
        workspace.assumptions.renewal_form = self.renewal_curve.into();
        workspace.assumptions.win_back = self.win_back;
        workspace.assumptions.residual = self.residual;
    }

    /// Makes the choices in `workspace`, gives it its ranges, and checks that all of it fits.
    pub(super) fn complete(
        self,
        ranges: &BTreeMap<String, (f64, f64)>,
        mut workspace: Workspace,
    ) -> Result<Workspace, Invalid> {
        self.make(&mut workspace);
        workspace.check().map_err(|why| invalid("assumptions", why))?;
        for (key, (low, high)) in ranges {
            let input = Input::from_key(key).ok_or_else(|| invalid(key, "no number of this version has that name"))?;
            workspace.keep_range(input, *low, *high).map_err(|why| invalid(key, why))?;
        }
        Ok(workspace)
    }
}

impl TryFrom<WorkspaceV3> for Workspace {
    type Error = Invalid;

    fn try_from(stored: WorkspaceV3) -> Result<Workspace, Invalid> {
        let book = Book::try_from(stored.book)?;
        let workspace = read_parts(&stored.as_of, stored.plan, stored.assumptions, &NUMBERS, book)?;
        stored.choices.complete(&stored.ranges, workspace)
    }
}
