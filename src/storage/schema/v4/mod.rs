//! Versions 4 to 12: accounts as columns, with the touches of each. Frozen: a change of the model changes the conversions below,
//! never these shapes.
//!
//! All but the book is that of version 3. What a single edit changes is written by [`settings`], leaf by leaf, and by the
//! same [`ColumnsV4`] that a whole book is written as, so that there is one form of an account only.

mod columns;
mod decisions;
mod life;
mod sparse;
mod touches;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::v1::{Invalid, ProvenanceV1, in_order, invalid};
use super::v2::{PlanV2, numbers_of, read_parts};
use super::v3::{ChoicesV3, NUMBERS, ends_of};
use crate::model::book::{Accounts, Book};
use crate::model::bounds::Input;
use crate::model::plan::Plan;
use crate::model::ranges::BadRange;
use crate::model::saved_plans::SavedPlans;
use crate::model::workspace::Workspace;

pub use columns::ColumnsV4;
use decisions::DecisionsV10;

/// A workspace as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceV4 {
    as_of: String,
    plan: PlanV2,
    assumptions: BTreeMap<String, f64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    ranges: BTreeMap<String, (f64, f64)>,
    choices: ChoicesV3,
    /// Since version 8: plans put by, each under the name that [`key`] gives.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    saved_plans: BTreeMap<String, PlanV2>,
    /// Since version 10.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    decisions: DecisionsV10,
    book: BookV4,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BookV4 {
    provenance: ProvenanceV1,
    next_id: u32,
    #[serde(default, skip_serializing_if = "ColumnsV4::is_empty")]
    accounts: ColumnsV4,
}

impl From<&Workspace> for WorkspaceV4 {
    fn from(workspace: &Workspace) -> WorkspaceV4 {
        let accounts = ColumnsV4::of(workspace.book.accounts.iter());
        WorkspaceV4 { book: BookV4 { accounts, ..BookV4::without_accounts(&workspace.book) }, ..settings_of(workspace) }
    }
}

impl BookV4 {
    fn without_accounts(book: &Book) -> BookV4 {
        BookV4 { provenance: book.provenance.into(), next_id: book.next_id, accounts: ColumnsV4::default() }
    }
}

fn settings_of(workspace: &Workspace) -> WorkspaceV4 {
    WorkspaceV4 {
        as_of: workspace.as_of.to_string(),
        plan: PlanV2::from(&workspace.plan),
        assumptions: numbers_of(workspace, &NUMBERS),
        ranges: ends_of(workspace),
        choices: ChoicesV3::from(&workspace.assumptions),
        saved_plans: workspace.saved_plans.iter().map(|(name, plan)| (key(name), PlanV2::from(plan))).collect(),
        decisions: decisions::written(&workspace.decisions),
        book: BookV4::without_accounts(&workspace.book),
    }
}

impl TryFrom<WorkspaceV4> for Workspace {
    type Error = Invalid;

    fn try_from(stored: WorkspaceV4) -> Result<Workspace, Invalid> {
        let BookV4 { provenance, next_id, accounts } = stored.book;
        let accounts = accounts.accounts()?;
        if accounts.len() > Book::MAX_ACCOUNTS {
            return Err(invalid("book", format!("{} accounts are more than 10,000", accounts.len())));
        }
        if let Some(last) = accounts.last().filter(|last| last.id.0 >= next_id) {
            return Err(invalid(format!("account {}", last.id.0), "its id was never given out"));
        }
        let book = Book { accounts: in_order(accounts), provenance: provenance.into(), next_id };
        let mut workspace = read_parts(&stored.as_of, stored.plan, stored.assumptions, &NUMBERS, book)?;
        workspace.saved_plans = saved_plans(stored.saved_plans)?;
        workspace.decisions = decisions::read(stored.decisions)?;
        stored.choices.complete(&stored.ranges, workspace)
    }
}

/// A name as the key of an object, in which no slash may stand since leaves are named by paths: `~1` stands for one and
/// `~0` for a tilde, as in a JSON pointer.
fn key(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn saved_plans(stored: BTreeMap<String, PlanV2>) -> Result<SavedPlans, Invalid> {
    let mut plans = SavedPlans::default();
    for (key, plan) in stored {
        let name = key.replace("~1", "/").replace("~0", "~");
        let plan = Plan::try_from(plan).map_err(|why| invalid(format!("saved plan “{name}”"), why))?;
        plans.restore(name, plan);
    }
    Ok(plans)
}

/// All of a workspace but its accounts, leaf by leaf under the path of each.
///
/// # Errors
/// If a number cannot be written; the model's ranges make that impossible.
pub fn settings(workspace: &Workspace) -> Result<BTreeMap<String, Value>, serde_json::Error> {
    let mut leaves = BTreeMap::new();
    gather(String::new(), serde_json::to_value(settings_of(workspace))?, &mut leaves);
    Ok(leaves)
}

fn gather(path: String, value: Value, leaves: &mut BTreeMap<String, Value>) {
    match value {
        // A plan put by is one thing, whatever is in it, and so is a decision.
        Value::Object(object) if !path.starts_with("/saved_plans/") && !path.starts_with("/decisions/") => {
            for (key, value) in object {
                gather(format!("{path}/{key}"), value, leaves);
            }
        }
        leaf => drop(leaves.insert(path, leaf)),
    }
}

/// `present` with these leaves in the place of its own; [`Value::Null`] takes a leaf away. Its accounts stay.
///
/// Whether numbers fit one another is not asked, since the leaves may come from another time than the rest: a range that
/// does not hold its number any more is left out, and [`Workspace::check`] is the caller's.
///
/// # Errors
/// [`Invalid`] if a leaf is none of this version, or out of its range.
pub fn with_settings(
    present: &Workspace,
    leaves: impl IntoIterator<Item = (String, Value)>,
) -> Result<Workspace, Invalid> {
    let broken = |why: serde_json::Error| invalid("settings", why);
    let mut settings = serde_json::to_value(settings_of(present)).map_err(broken)?;
    for (path, leaf) in leaves {
        put(&mut settings, &path, leaf).ok_or_else(|| invalid(path, "no setting of this version has that name"))?;
    }
    let stored: WorkspaceV4 = serde_json::from_value(settings).map_err(broken)?;
    let BookV4 { provenance, next_id, .. } = stored.book;
    let book = Book { accounts: Accounts::default(), provenance: provenance.into(), next_id };
    let mut workspace = read_parts(&stored.as_of, stored.plan, stored.assumptions, &NUMBERS, book)?;
    workspace.saved_plans = saved_plans(stored.saved_plans)?;
    workspace.decisions = decisions::read(stored.decisions)?;
    stored.choices.make(&mut workspace);
    for (key, (low, high)) in &stored.ranges {
        let input = Input::from_key(key).ok_or_else(|| invalid(key, "no number of this version has that name"))?;
        match workspace.keep_range(input, *low, *high) {
            Ok(()) | Err(BadRange::Misses { .. }) => {}
            Err(why) => return Err(invalid(key, why)),
        }
    }
    workspace.book.accounts = present.book.accounts.clone();
    Ok(workspace)
}

fn put(settings: &mut Value, path: &str, leaf: Value) -> Option<()> {
    let (parent, key) = path.rsplit_once('/')?;
    // What is left out where it is empty.
    if let "/ranges" | "/saved_plans" | "/decisions" = parent
        && settings.pointer(parent).is_none()
    {
        let name = parent.trim_start_matches('/').to_owned();
        settings.as_object_mut()?.insert(name, Value::Object(serde_json::Map::new()));
    }
    let parent = settings.pointer_mut(parent)?;
    let object = parent.as_object_mut()?;
    if leaf.is_null() {
        object.remove(key);
    } else {
        object.insert(key.to_owned(), leaf);
    }
    Some(())
}
