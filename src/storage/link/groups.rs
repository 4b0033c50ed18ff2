//! A book as a few nameless groups of like accounts.

use std::collections::BTreeMap;

use super::{FARTHEST, GroupV1, rounded};
use crate::model::account::Account;
use crate::model::payoff::Question;
use crate::model::quantity::Probability;
use crate::model::risk::{self, Factor};
use crate::model::workspace::Workspace;

/// The most groups that a book is summed into.
const MAX_GROUPS: usize = 12;
/// The most groups that are compared pair by pair.
const MAX_COMPARED: usize = 100;

/// Accounts summed up; sums, not means, so that merging loses nothing that a mean can keep.
#[derive(Debug, Clone)]
pub(super) struct Group {
    accounts: f64,
    value: f64,
    margin: f64,
    cost: f64,
    term: u32,
    due: f64,
    tenure: f64,
    own: OwnKey,
}

/// Loss odds and own judgement, in parts per million so that they compare; -1 follows the general judgement.
type OwnKey = [i64; 4];

const PARTS: f64 = 1e6;

impl Group {
    fn of(account: &Account, workspace: &Workspace) -> Group {
        let as_of = workspace.as_of;
        let value = account.annual_value.units();
        let chance = |chance: Option<Probability>| chance.map_or(-1, |it| libm::round(it.get() * PARTS) as i64);
        let own = &account.judgement;
        Group {
            accounts: 1.0,
            value,
            margin: account.margin.get() * value,
            cost: account.cost_to_serve.units(),
            term: account.term.months(),
            due: f64::from(account.months_to_renewal(as_of)),
            tenure: f64::from(account.tenure(as_of)),
            own: [
                libm::round(own_odds(account, workspace) * PARTS) as i64,
                chance(own.unattended),
                chance(own.today),
                chance(own.saturated),
            ],
        }
    }

    /// How much is lost by telling the two as one: accounts that change their renewal month, weighed by how far.
    fn distance(&self, other: &Group) -> f64 {
        let weight = self.accounts * other.accounts / (self.accounts + other.accounts);
        let months = (self.due / self.accounts - other.due / other.accounts).abs();
        let years = (self.tenure / self.accounts - other.tenure / other.accounts).abs() / 12.0;
        let margins = self.margin * other.value - other.margin * self.value;
        let margins = if self.value * other.value > 0.0 { (margins / (self.value * other.value)).abs() } else { 0.0 };
        let unlike =
            f64::from(u8::from(self.term != other.term)) * 24.0 + f64::from(u8::from(self.own != other.own)) * 24.0;
        weight * (months + 0.5 * years.min(4.0) + margins + unlike)
    }

    fn absorb(&mut self, other: &Group) {
        if other.accounts > self.accounts {
            (self.term, self.own) = (other.term, other.own);
        }
        self.accounts += other.accounts;
        self.value += other.value;
        self.margin += other.margin;
        self.cost += other.cost;
        self.due += other.due;
        self.tenure += other.tenure;
    }

    /// The group as a payload has it.
    pub(super) fn write(&self) -> GroupV1 {
        let mean = |sum: f64| sum / self.accounts;
        let own = match self.own {
            [odds, -1, -1, -1] if odds == PARTS as i64 => None,
            own => {
                let [odds, unattended, today, saturated] =
                    own.map(|part| if part < 0 { -1.0 } else { part as f64 / PARTS });
                Some((odds, unattended, today, saturated))
            }
        };
        GroupV1(
            self.accounts as u32,
            libm::round(mean(self.value) * 100.0) as i64,
            if self.value > 0.0 { rounded(self.margin / self.value, 1e4) } else { 0.7 },
            libm::round(mean(self.cost) * 100.0) as i64,
            self.term,
            (libm::round(mean(self.due)) as u32).min(FARTHEST),
            (libm::round(mean(self.tenure)) as u32).min(FARTHEST),
            own,
        )
    }
}

/// What multiplies the account's odds of loss but the general assumptions: its own factor and those of its origin, which
/// the accounts of a link no longer have; within what an account's own may be.
fn own_odds(account: &Account, workspace: &Workspace) -> f64 {
    let everybody = |factor: &Factor| *factor == Factor::Competitor;
    let its_own = risk::factors(account, &workspace.assumptions).filter(|(factor, _)| !everybody(factor));
    its_own.fold(1.0, |product, (_, factor)| product * factor).clamp(0.1, 10.0)
}

/// The accounts asked about as at most [`MAX_GROUPS`] groups: alike ones together first, then the nearest.
pub(super) fn groups(workspace: &Workspace, question: &Question) -> Vec<Group> {
    let asked = |account: &&Account| question.seller.as_ref().is_none_or(|name| *name == account.seller);
    let mut alike: BTreeMap<(u32, u32, u32, OwnKey), Group> = BTreeMap::new();
    for account in workspace.book.active().filter(asked) {
        let group = Group::of(account, workspace);
        // Tenure matters by contract year only, and then less and less: years from the fifth on are one.
        let key = (group.term, group.due as u32, (group.tenure as u32 / 12).min(4), group.own);
        alike.entry(key).and_modify(|sum| sum.absorb(&group)).or_insert(group);
    }
    let mut groups: Vec<Group> = alike.into_values().collect();
    // Neighbours in the order of term, renewal and tenure are alike: many are first joined by their order alone, since
    // comparing all pairs of thousands would take too long.
    let run = groups.len().div_ceil(MAX_COMPARED);
    if run > 1 {
        groups = groups
            .chunks(run)
            .filter_map(|run| {
                run.iter().cloned().reduce(|mut sum, next| {
                    sum.absorb(&next);
                    sum
                })
            })
            .collect();
    }
    while groups.len() > MAX_GROUPS {
        merge_nearest(&mut groups);
    }
    groups
}

/// Joins the two groups that are told as one at the least loss.
pub(super) fn merge_nearest(groups: &mut Vec<Group>) {
    let mut nearest: Option<(usize, usize, f64)> = None;
    for (first, one) in groups.iter().enumerate() {
        for (second, other) in groups.iter().enumerate().skip(first + 1) {
            let distance = one.distance(other);
            if nearest.is_none_or(|(_, _, least)| distance < least) {
                nearest = Some((first, second, distance));
            }
        }
    }
    let Some((first, second, _)) = nearest else { return };
    let absorbed = groups.swap_remove(second);
    if let Some(group) = groups.get_mut(first) {
        group.absorb(&absorbed);
    }
}
