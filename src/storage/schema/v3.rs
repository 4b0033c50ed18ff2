//! Version 3: how renewals answer to attention, what came of an account's origin, and ranges. Frozen: a change of the model changes
//! the conversions below, never these shapes.
//!
//! The book is that of version 1, the plan that of version 2. Assumptions are the numbers of version 2 and `NUMBERS`, each
//! exactly once; ranges are two ends by key, around the number, and may be absent. What an older version lacks has its
//! default: the exponential curve, no factor for an origin, and no ranges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::v1::{BookV1, Invalid, invalid};
use super::v2::{AttentionV2, PlanV2, numbers_of, read_parts};
use crate::model::assumptions::RenewalForm;
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
enum RenewalFormV3 {
    Exponential,
    SCurve,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoicesV3 {
    attention: AttentionV2,
    renewal_curve: RenewalFormV3,
    win_back: bool,
    residual: bool,
}

/// The inputs that are written as numbers of the assumptions beside those of version 2.
const NUMBERS: [Input; 3] = [Input::RenewHalf, Input::ReferredOdds, Input::WonBackOdds];

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

fn ends_of(workspace: &Workspace) -> BTreeMap<String, (f64, f64)> {
    workspace.ranges.iter().map(|(input, range)| (input.key().to_owned(), (range.low(), range.high()))).collect()
}

impl From<&Workspace> for WorkspaceV3 {
    fn from(workspace: &Workspace) -> WorkspaceV3 {
        let assumed = &workspace.assumptions;
        WorkspaceV3 {
            as_of: workspace.as_of.to_string(),
            plan: PlanV2::from(&workspace.plan),
            assumptions: numbers_of(workspace, &NUMBERS),
            ranges: ends_of(workspace),
            choices: ChoicesV3 {
                attention: assumed.attention.into(),
                renewal_curve: assumed.renewal_form.into(),
                win_back: assumed.win_back,
                residual: assumed.residual,
            },
            book: BookV1::from(&workspace.book),
        }
    }
}

impl TryFrom<WorkspaceV3> for Workspace {
    type Error = Invalid;

    fn try_from(stored: WorkspaceV3) -> Result<Workspace, Invalid> {
        let mut workspace = read_parts(&stored.as_of, stored.plan, stored.assumptions, &NUMBERS, stored.book)?;
        workspace.assumptions.attention = stored.choices.attention.into();
        workspace.assumptions.renewal_form = stored.choices.renewal_curve.into();
        workspace.assumptions.win_back = stored.choices.win_back;
        workspace.assumptions.residual = stored.choices.residual;
        workspace.check().map_err(|why| invalid("assumptions", why))?;
        for (key, (low, high)) in &stored.ranges {
            let input = Input::from_key(key).ok_or_else(|| invalid(key, "no number of this version has that name"))?;
            workspace.keep_range(input, *low, *high).map_err(|why| invalid(key, why))?;
        }
        Ok(workspace)
    }
}
