//! One change of the workspace as a short text: what it was and what it became, no more.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::schema::v1::Invalid;
use super::super::schema::v4::{self, ColumnsV4};
use super::seal::{Broken, Kind, seal, unseal};
use crate::model::account::Account;
use crate::model::book::Accounts;
use crate::model::change::{Change, Deed, Label, StepId};
use crate::model::merge::{Clash, Merged, Place, Wins, changed_accounts, merge};
use crate::model::workspace::Workspace;

/// Names a record: no two are ever called the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The tab that wrote it, by the number that it drew.
    pub tab: u32,
    /// Counts the records of the tab, from 1, without a gap.
    pub number: u32,
}

/// One change as it is kept.
///
/// Records of all tabs have one order, by `time` and then by tab: a record is later than every one that its tab knew of, and
/// everybody who has the same records puts them together in the same way.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its name.
    pub id: RecordId,
    /// One more than the latest that its tab knew of (Lamport 1978).
    pub time: u64,
    /// The step that was taken, undone or done again.
    pub step: StepId,
    /// Which of these.
    pub deed: Deed,
    /// What it is called.
    pub label: Label,
    /// What the settings were and became, by path; null where there is none. Both are the same for one that is told only
    /// because it is bound to another.
    settings: BTreeMap<String, (Value, Value)>,
    /// The changed accounts before and after.
    accounts: Vec<Sides>,
}

/// Settings that must fit one another ([`Workspace::check`]): a record that changes one of them tells all.
const BOUND: [&str; 7] = [
    "/assumptions/hours_per_year",
    "/assumptions/share_today",
    "/assumptions/renew_unattended",
    "/assumptions/renew_today",
    "/assumptions/renew_saturated",
    "/assumptions/renew_half",
    "/choices/renewal_curve",
];

/// An account before and after a change; `None` where it is not in the book.
type Sides = (Option<Rc<Account>>, Option<Rc<Account>>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordV4 {
    tab: u32,
    number: u32,
    time: u64,
    step: (u32, u32),
    deed: DeedV4,
    label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nameless: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    settings: BTreeMap<String, (Value, Value)>,
    #[serde(default, skip_serializing_if = "ColumnsV4::is_empty")]
    before: ColumnsV4,
    #[serde(default, skip_serializing_if = "ColumnsV4::is_empty")]
    after: ColumnsV4,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeedV4 {
    Step,
    More,
    Undone,
    Redone,
}

impl From<Deed> for DeedV4 {
    fn from(deed: Deed) -> DeedV4 {
        match deed {
            Deed::Step => DeedV4::Step,
            Deed::More => DeedV4::More,
            Deed::Undone => DeedV4::Undone,
            Deed::Redone => DeedV4::Redone,
        }
    }
}

impl From<DeedV4> for Deed {
    fn from(deed: DeedV4) -> Deed {
        match deed {
            DeedV4::Step => Deed::Step,
            DeedV4::More => Deed::More,
            DeedV4::Undone => Deed::Undone,
            DeedV4::Redone => Deed::Redone,
        }
    }
}

/// Which side of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// How many of the settings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Those that changed.
    Changed,
    /// Those too that are bound to them.
    Bound,
}

const CONTRADICTION: Clash = Clash { place: Place::Contradiction };

impl Record {
    /// The record of `change`.
    ///
    /// # Errors
    /// If a number cannot be written; the model's ranges make that impossible.
    pub fn of(change: &Change, id: RecordId, time: u64) -> Result<Record, serde_json::Error> {
        let (was, mut is) = (v4::settings(&change.before)?, v4::settings(&change.after)?);
        let mut settings = BTreeMap::new();
        let mut bound = Vec::new();
        for (path, old) in was {
            let new = is.remove(&path).unwrap_or(Value::Null);
            let is_bound = BOUND.contains(&path.as_str());
            if old != new {
                settings.insert(path, (old, new));
            } else if is_bound {
                bound.push((path, (old, new)));
            }
        }
        settings.extend(is.into_iter().map(|(path, new)| (path, (Value::Null, new))));
        if settings.keys().any(|path| BOUND.contains(&path.as_str())) {
            settings.extend(bound);
        }
        let accounts = changed_accounts(&change.before.book.accounts, &change.after.book.accounts);
        let accounts = accounts.into_iter().map(|(_, (old, new))| (old.cloned(), new.cloned())).collect();
        Ok(Record { id, time, step: change.step, deed: change.deed, label: change.label.clone(), settings, accounts })
    }

    /// The text.
    ///
    /// # Errors
    /// If a number cannot be written; the model's ranges make that impossible.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let Label { text, nameless } = &self.label;
        let columns = |side: Side| ColumnsV4::of(self.accounts(side).map(Rc::as_ref));
        let record = RecordV4 {
            tab: self.id.tab,
            number: self.id.number,
            time: self.time,
            step: (self.step.tab, self.step.number),
            deed: self.deed.into(),
            label: text.clone(),
            nameless: (nameless != text).then(|| nameless.clone()),
            settings: self.settings.clone(),
            before: columns(Side::Before),
            after: columns(Side::After),
        };
        Ok(seal(Kind::Record, &serde_json::to_string(&record)?))
    }

    /// Reads the text of a record.
    ///
    /// # Errors
    /// [`Broken`] if it is none, or not whole.
    pub fn read(text: &str) -> Result<Record, Broken> {
        let damaged = |why: &dyn std::fmt::Display| Broken::Damaged(why.to_string());
        let record: RecordV4 =
            serde_json::from_str(unseal(Kind::Record, text)?).map_err(|why: serde_json::Error| damaged(&why))?;
        let rows = |columns: ColumnsV4| columns.accounts().map_err(|why: Invalid| damaged(&why));
        let mut accounts = BTreeMap::new();
        for account in rows(record.before)? {
            let id = account.id;
            accounts.entry(id).or_insert((None, None)).0 = Some(Rc::new(account));
        }
        for account in rows(record.after)? {
            let id = account.id;
            accounts.entry(id).or_insert((None, None)).1 = Some(Rc::new(account));
        }
        Ok(Record {
            id: RecordId { tab: record.tab, number: record.number },
            time: record.time,
            step: StepId { tab: record.step.0, number: record.step.1 },
            deed: record.deed.into(),
            label: Label { nameless: record.nameless.unwrap_or_else(|| record.label.clone()), text: record.label },
            settings: record.settings,
            accounts: accounts.into_values().collect(),
        })
    }

    /// Its place among the records of all tabs.
    pub const fn order(&self) -> (u64, u32, u32) {
        (self.time, self.id.tab, self.id.number)
    }

    /// The change put onto `present`; what both changed is decided for the record, since it is the later one.
    ///
    /// Where its numbers contradict those of `present`, all that are bound to them become what this record says.
    pub fn onto(&self, present: &Workspace) -> Merged {
        for told in [Told::Changed, Told::Bound] {
            let sides = (self.side(Side::Before, told, present), self.side(Side::After, told, present));
            if let (Ok(before), Ok(after)) = sides
                && after.check().is_ok()
            {
                let mut merged = merge(&before, &after, present, Wins::Change);
                if told == Told::Bound && !merged.clashes.contains(&CONTRADICTION) {
                    merged.clashes.push(CONTRADICTION);
                }
                return merged;
            }
        }
        // Whole and yet no workspace: written by a build with other ranges. Nothing of it can be used.
        Merged { workspace: present.clone(), clashes: vec![CONTRADICTION] }
    }

    /// The workspace before the change, of which `after` is the one after it.
    pub fn before(&self, after: &Workspace) -> Option<Workspace> {
        self.side(Side::Before, Told::Changed, after).ok().filter(|workspace| workspace.check().is_ok())
    }

    /// `present` with all that this record changed as it is on one side of it.
    fn side(&self, side: Side, told: Told, present: &Workspace) -> Result<Workspace, Invalid> {
        let mut leaves = self.settings.iter().filter(|(_, (old, new))| told == Told::Bound || old != new).peekable();
        let mut workspace = if leaves.peek().is_none() {
            present.clone()
        } else {
            let leaf = |(path, (old, new)): (&String, &(Value, Value))| {
                (path.clone(), if side == Side::Before { old } else { new }.clone())
            };
            v4::with_settings(present, leaves.map(leaf))?
        };
        if !self.accounts.is_empty() {
            workspace.book.accounts = self.list(side, &present.book.accounts);
        }
        // The record tells the next number as its tab knew it; other tabs may have given out higher ones.
        let last = workspace.book.accounts.last().map_or(0, |account| account.id.0);
        workspace.book.next_id = workspace.book.next_id.max(last.saturating_add(1));
        Ok(workspace)
    }

    fn accounts(&self, side: Side) -> impl Iterator<Item = &Rc<Account>> + Clone {
        self.accounts.iter().filter_map(move |(old, new)| if side == Side::Before { old } else { new }.as_ref())
    }

    /// `present` with the changed accounts as they are on one side, all in the order of their ids.
    fn list(&self, side: Side, present: &Accounts) -> Accounts {
        let mut touched = self.accounts.iter().peekable();
        let id_of = |pair: &Sides| pair.0.as_ref().or(pair.1.as_ref()).map(|account| account.id);
        let pick = |pair: &Sides| {
            if side == Side::Before { pair.0.clone() } else { pair.1.clone() }
        };
        let mut list: Vec<Rc<Account>> = Vec::with_capacity(present.len() + self.accounts.len());
        for account in present.shared() {
            while let Some(pair) = touched.next_if(|pair| id_of(pair).is_some_and(|id| id < account.id)) {
                list.extend(pick(pair));
            }
            match touched.next_if(|pair| id_of(pair) == Some(account.id)) {
                Some(pair) => list.extend(pick(pair)),
                None => list.push(Rc::clone(account)),
            }
        }
        list.extend(touched.filter_map(pick));
        list.into_iter().collect()
    }
}
