//! Two changes of one workspace brought together, thing by thing.
//!
//! A change is told by the workspace before and after it. [`merge`] puts what it changed onto a workspace that went another
//! way meanwhile: another tab's work, or what was done since the step that is being undone. Whatever only one side changed
//! is taken from that side; what both changed differently is a [`Clash`], decided for one of them and named.
//!
//! Touches and decisions never clash: those that were added are added and those that were taken away are taken away.

use std::rc::Rc;

use chrono::NaiveDate;

use super::account::{Account, AccountId};
use super::assumptions::Assumptions;
use super::book::Accounts;
use super::bounds::Input;
use super::saved_plans::SavedPlans;
use super::workspace::Workspace;

pub use super::clash::{AccountPart, Choice, Clash, Place};

/// Which side is kept where both changed the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wins {
    /// What the change says.
    Change,
    /// What is there.
    Present,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// Both together.
    pub workspace: Workspace,
    /// What both had changed differently.
    pub clashes: Vec<Clash>,
}

/// The change from `before` to `after`, put onto `present`.
///
/// If nothing was changed meanwhile (`present == before`), the answer is `after`. If the numbers of both sides contradict
/// one another when put together, all that have to fit are taken from one side, by `wins`, and [`Place::Contradiction`] is
/// named.
pub fn merge(before: &Workspace, after: &Workspace, present: &Workspace, wins: Wins) -> Merged {
    let mut merge = Merge { wins, clashes: Vec::new() };
    let mut workspace = present.clone();
    merge.settings(before, after, &mut workspace);
    if workspace.check().is_err() {
        merge.clashes.retain(|clash| matches!(clash.place, Place::Account(..) | Place::SavedPlan(_)));
        merge.clashes.push(Clash { place: Place::Contradiction });
        bind(&mut workspace, if wins == Wins::Change { after } else { present });
    }
    merge.book(before, after, &mut workspace);
    Merged { workspace, clashes: merge.clashes }
}

/// The numbers that have to fit one another: see [`Workspace::check`].
const BOUND: [Input; 6] = [
    Input::HoursPerYear,
    Input::ShareToday,
    Input::RenewUnattended,
    Input::RenewToday,
    Input::RenewSaturated,
    Input::RenewHalf,
];

/// Takes all that have to fit one another from `whole`, where they do.
fn bind(workspace: &mut Workspace, whole: &Workspace) {
    workspace.assumptions.renewal_form = whole.assumptions.renewal_form;
    for input in BOUND {
        // Within its bounds there, so it is here.
        let _ = workspace.set(input, whole.get(input));
        if let Some(range) = whole.ranges.get(input) {
            let _ = workspace.keep_range(input, range.low(), range.high());
        }
    }
}

struct Merge {
    wins: Wins,
    clashes: Vec<Clash>,
}

impl Merge {
    /// Whether the change of one thing is to be put in place.
    fn takes<T: PartialEq>(&mut self, place: Place, before: &T, after: &T, present: &T) -> bool {
        if before == after || after == present {
            return false;
        }
        if before == present {
            return true;
        }
        self.clashes.push(Clash { place });
        self.wins == Wins::Change
    }

    fn thing<T: PartialEq + Clone>(&mut self, place: Place, before: &T, after: &T, present: &mut T) {
        if self.takes(place, before, after, present) {
            present.clone_from(after);
        }
    }

    fn settings(&mut self, before: &Workspace, after: &Workspace, present: &mut Workspace) {
        self.thing(Place::StartMonth, &before.as_of, &after.as_of, &mut present.as_of);
        let (was, is, plan) = (&before.plan, &after.plan, &mut present.plan);
        self.thing(Place::RenewalCommissions, &was.renewal, &is.renewal, &mut plan.renewal);
        self.thing(Place::Base, &was.base, &is.base, &mut plan.base);
        self.thing(Place::Rules, &was.rules, &is.rules, &mut plan.rules);
        let period = Place::Choice(Choice::QuotaPeriod);
        self.thing(period, &was.quota.period, &is.quota.period, &mut plan.quota.period);
        for input in Input::ALL {
            // The commissions by contract year are one thing, their ranges are not.
            let is_renewal = input == Input::RenewalCommission || input.contract_year().is_some();
            let stated = |of: &Workspace| (if is_renewal { 0.0 } else { of.get(input) }, of.ranges.get(input));
            if self.takes(Place::Number(input), &stated(before), &stated(after), &stated(present)) {
                let (number, range) = stated(after);
                if is_renewal {
                    present.ranges.remove(input);
                } else {
                    // It was within its bounds there, so it is here.
                    let _ = present.set(input, number);
                }
                if let Some(range) = range {
                    // Missed only where the commission itself was decided for the other side.
                    let _ = present.keep_range(input, range.low(), range.high());
                }
            }
        }
        self.saved_plans(&before.saved_plans, &after.saved_plans, &mut present.saved_plans);
        present.decisions = present.decisions.merged(&before.decisions, &after.decisions);
        let (was, is, assumed) = (&before.assumptions, &after.assumptions, &mut present.assumptions);
        self.thing(Place::Choice(Choice::Attention), &was.attention, &is.attention, &mut assumed.attention);
        self.thing(Place::Choice(Choice::RenewalForm), &was.renewal_form, &is.renewal_form, &mut assumed.renewal_form);
        self.thing(Place::Choice(Choice::Residual), &was.residual, &is.residual, &mut assumed.residual);
        let win_back = |of: &Assumptions| (of.win_back, of.odds_lapsed, of.lapsed_fade);
        if self.takes(Place::Choice(Choice::WinBack), &win_back(was), &win_back(is), &win_back(assumed)) {
            (assumed.win_back, assumed.odds_lapsed, assumed.lapsed_fade) = win_back(is);
        }
        present.drop_missed_ranges();
    }

    fn saved_plans(&mut self, was: &SavedPlans, is: &SavedPlans, present: &mut SavedPlans) {
        let added = is.iter().filter(|(name, _)| was.get(name).is_none());
        for (name, _) in was.iter().chain(added) {
            let (old, new, here) = (was.get(name), is.get(name), present.get(name));
            if old == new || new == here {
                continue;
            }
            if old != here {
                self.clashes.push(Clash { place: Place::SavedPlan(name.to_owned()) });
                // Taken away on one side and worked on, on the other: what somebody worked on stays.
                let stays = match (new, here) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(_), Some(_)) => self.wins == Wins::Present,
                };
                if stays {
                    continue;
                }
            }
            match new {
                Some(plan) => present.restore(name.to_owned(), plan.clone()),
                None => present.remove(name),
            }
        }
    }

    fn book(&mut self, before: &Workspace, after: &Workspace, present: &mut Workspace) {
        let (was, is) = (&before.book, &after.book);
        if was.provenance != is.provenance {
            present.book.provenance = is.provenance;
        }
        self.accounts(&was.accounts, &is.accounts, &mut present.book.accounts);
        // As it was told where nobody else gave out an id meanwhile, so that undo leads to just what there was.
        let next = if was.next_id == present.book.next_id { is.next_id } else { present.book.next_id.max(is.next_id) };
        let last = present.book.accounts.last().map_or(0, |account| account.id.0);
        present.book.next_id = next.max(last.saturating_add(1));
    }

    fn accounts(&mut self, was: &Accounts, is: &Accounts, present: &mut Accounts) {
        if was.is_same(is) {
            return;
        }
        if present.is_same(was) {
            *present = is.clone();
            return;
        }
        let mut changed = changed_accounts(was, is).into_iter().peekable();
        if changed.peek().is_none() {
            return;
        }
        // Both are in the order of their ids, and so is what comes of them.
        let mut accounts: Vec<Rc<Account>> = Vec::with_capacity(present.len());
        for here in present.shared() {
            while let Some((_, (old, new))) = changed.next_if(|(id, _)| *id < here.id) {
                accounts.extend(self.account(old, new, None));
            }
            match changed.next_if(|(id, _)| *id == here.id) {
                Some((_, (old, new))) => accounts.extend(self.account(old, new, Some(here))),
                None => accounts.push(Rc::clone(here)),
            }
        }
        for (_, (old, new)) in changed {
            accounts.extend(self.account(old, new, None));
        }
        *present = accounts.into_iter().collect();
    }

    /// What becomes of one account that the change touched.
    fn account(
        &mut self,
        old: Option<&Rc<Account>>,
        new: Option<&Rc<Account>>,
        here: Option<&Rc<Account>>,
    ) -> Option<Rc<Account>> {
        let presence = |account: &Account| Clash { place: Place::Account(account.id, AccountPart::Presence) };
        match (old, new, here) {
            (_, None, None) => None,
            (None, Some(new), None) => Some(Rc::clone(new)),
            (Some(old), Some(new), Some(here)) => Some(self.parts(old, new, here)),
            // Both sides made an account of this number: whichever wins, the other is named.
            (None, Some(new), Some(here)) => {
                if new == here {
                    return Some(Rc::clone(here));
                }
                self.clashes.push(presence(here));
                Some(Rc::clone(if self.wins == Wins::Change { new } else { here }))
            }
            // Changed there and gone here: what somebody worked on comes back.
            (Some(_), Some(new), None) => {
                self.clashes.push(presence(new));
                (self.wins == Wins::Change).then(|| Rc::clone(new))
            }
            // Gone there: goes here too, unless it was changed here.
            (old, None, Some(here)) => {
                if old == Some(here) {
                    return None;
                }
                self.clashes.push(presence(here));
                Some(Rc::clone(here))
            }
        }
    }

    fn parts(&mut self, old: &Rc<Account>, new: &Rc<Account>, here: &Rc<Account>) -> Rc<Account> {
        if old == here {
            return Rc::clone(new);
        }
        let mut account = Account::clone(here);
        let place = |part: AccountPart| Place::Account(here.id, part);
        self.thing(place(AccountPart::Name), &old.name, &new.name, &mut account.name);
        self.thing(place(AccountPart::Seller), &old.seller, &new.seller, &mut account.seller);
        let worth = place(AccountPart::AnnualValue);
        self.thing(worth, &old.annual_value, &new.annual_value, &mut account.annual_value);
        self.thing(place(AccountPart::Margin), &old.margin, &new.margin, &mut account.margin);
        let cost = place(AccountPart::CostToServe);
        self.thing(cost, &old.cost_to_serve, &new.cost_to_serve, &mut account.cost_to_serve);
        self.thing(place(AccountPart::Term), &old.term, &new.term, &mut account.term);
        self.thing(place(AccountPart::Standing), &old.standing, &new.standing, &mut account.standing);
        self.thing(place(AccountPart::Origin), &old.origin, &new.origin, &mut account.origin);
        self.thing(place(AccountPart::LossOdds), &old.loss_odds, &new.loss_odds, &mut account.loss_odds);
        self.thing(place(AccountPart::Judgement), &old.judgement, &new.judgement, &mut account.judgement);
        self.thing(place(AccountPart::Tags), &old.tags, &new.tags, &mut account.tags);
        self.thing(place(AccountPart::Notes), &old.notes, &new.notes, &mut account.notes);
        account.edited = here.edited.merged(old.edited, new.edited);
        account.touches = merged_by_day(&old.touches, &new.touches, &here.touches, |touch| touch.on);
        account.life = merged_by_day(&old.life, &new.life, &here.life, |entry| entry.on);
        Rc::new(account)
    }
}

/// An account before and after a change; `None` where it is not in the book.
pub type Changed<'a> = (Option<&'a Rc<Account>>, Option<&'a Rc<Account>>);

/// The accounts that differ between two lists, in the order of their ids, which is that of the lists.
pub fn changed_accounts<'a>(before: &'a Accounts, after: &'a Accounts) -> Vec<(AccountId, Changed<'a>)> {
    let mut changed: Vec<(AccountId, Changed<'a>)> = Vec::new();
    let mut after = after.shared().iter().peekable();
    for old in before.shared() {
        while let Some(new) = after.next_if(|new| new.id < old.id) {
            changed.push((new.id, (None, Some(new))));
        }
        match after.next_if(|new| new.id == old.id) {
            Some(new) if Rc::ptr_eq(old, new) || old == new => {}
            new => changed.push((old.id, (Some(old), new))),
        }
    }
    changed.extend(after.map(|new| (new.id, (None, Some(new)))));
    changed
}

/// What is here, less what the change took away, with what it added.
fn merged_by_day<T: Clone + PartialEq>(old: &[T], new: &[T], here: &[T], day: fn(&T) -> NaiveDate) -> Vec<T> {
    if old == new {
        return here.to_vec();
    }
    let mut added: Vec<&T> = new.iter().collect();
    let mut gone: Vec<&T> = Vec::new();
    for thing in old {
        match added.iter().position(|kept| *kept == thing) {
            Some(place) => drop(added.remove(place)),
            None => gone.push(thing),
        }
    }
    let mut merged = here.to_vec();
    for thing in gone {
        if let Some(place) = merged.iter().rposition(|kept| kept == thing) {
            merged.remove(place);
        }
    }
    for thing in added {
        let place = merged.partition_point(|kept| day(kept) <= day(thing));
        merged.insert(place, thing.clone());
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::life::{LifeEntry, LifeKind, Outcome};
    use crate::model::month::Month;
    use crate::model::quantity::Money;
    use crate::model::sample::sample_workspace;
    use crate::model::touch::{Touch, TouchKind};

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn with(change: impl FnOnce(&mut Workspace)) -> Workspace {
        let mut workspace = sample();
        change(&mut workspace);
        workspace
    }

    #[test]
    fn what_only_one_side_changed_is_taken_from_it() {
        let base = sample();
        let rate = with(|it| it.set(Input::NewBusinessCommission, 0.12).unwrap());
        let hours = with(|it| {
            it.set_range(Input::HoursPerYear, 500.0, 600.0).unwrap();
            it.book.accounts[3].name = "Renamed".to_owned();
            it.book.accounts.retain(|account| account.id.0 != 9);
        });
        let one = merge(&base, &rate, &hours, Wins::Change);
        let other = merge(&base, &hours, &rate, Wins::Change);
        assert_eq!(one, other);
        assert_eq!(one.clashes, []);
        assert_eq!(one.workspace.get(Input::NewBusinessCommission), 0.12);
        assert!(one.workspace.ranges.get(Input::HoursPerYear).is_some());
        assert_eq!(one.workspace.book.accounts.len(), 39);
        assert_eq!(merge(&base, &rate, &base, Wins::Present).workspace, rate);
    }

    #[test]
    fn what_both_changed_is_named_and_decided() {
        let base = sample();
        let ours = with(|it| it.book.accounts[0].annual_value = Money::from_cents(1));
        let theirs = with(|it| it.book.accounts[0].annual_value = Money::from_cents(2));
        let place = Place::Account(AccountId(1), AccountPart::AnnualValue);
        for (wins, kept) in [(Wins::Change, 2), (Wins::Present, 1)] {
            let merged = merge(&base, &theirs, &ours, wins);
            assert_eq!(merged.clashes, [Clash { place: place.clone() }]);
            assert_eq!(merged.workspace.book.accounts[0].annual_value.cents(), kept);
        }
        assert_eq!(merge(&base, &ours, &ours, Wins::Change).clashes, [], "the same change twice is none");
    }

    #[test]
    fn a_deletion_spares_what_was_changed_meanwhile() {
        let base = sample();
        let deleted = with(|it| it.book.accounts.retain(|account| account.id.0 != 1));
        let changed = with(|it| it.book.accounts[0].notes = "call".to_owned());
        let place = Place::Account(AccountId(1), AccountPart::Presence);
        let one = merge(&base, &deleted, &changed, Wins::Change);
        assert_eq!((one.workspace.book.accounts.len(), one.clashes), (40, vec![Clash { place: place.clone() }]));
        let other = merge(&base, &changed, &deleted, Wins::Change);
        assert_eq!((other.workspace.book.accounts.len(), other.clashes), (40, vec![Clash { place: place.clone() }]));
        assert_eq!(other.workspace.book.accounts[0].id.0, 1, "in its place");
    }

    #[test]
    fn touches_of_both_sides_are_kept_in_order() {
        let touch = |day: &str| Touch { on: day.parse().unwrap(), kind: TouchKind::Call, note: String::new() };
        let base = with(|it| it.book.accounts[0].log(touch("2026-11-02")));
        let logged = |days: &[&str]| {
            let mut it = base.clone();
            days.iter().for_each(|day| it.book.accounts[0].log(touch(day)));
            it
        };
        let merged = merge(&base, &logged(&["2026-11-01"]), &logged(&["2026-11-03"]), Wins::Change);
        let days: Vec<String> = merged.workspace.book.accounts[0].touches.iter().map(|it| it.on.to_string()).collect();
        assert_eq!(days, ["2026-11-01", "2026-11-02", "2026-11-03"]);
        let undone = merge(&logged(&["2026-11-01"]), &base, &merged.workspace, Wins::Present);
        assert_eq!(undone.workspace.book.accounts[0].touches.len(), 2);
        assert_eq!((merged.clashes, undone.clashes), (vec![], vec![]));
    }

    #[test]
    fn an_entry_that_both_changed_is_kept_in_both_ways() {
        let entry = |outcome: Outcome| LifeEntry {
            on: "2026-11-02".parse().unwrap(),
            kind: LifeKind::Promise,
            text: "a demo".to_owned(),
            due: None,
            amount: None,
            outcome,
        };
        let lived = |outcomes: &[Outcome]| {
            with(|it| outcomes.iter().for_each(|outcome| it.book.accounts[0].enter(entry(*outcome))))
        };
        let base = lived(&[Outcome::Open]);
        let outcomes = |merged: &Merged| -> Vec<Outcome> {
            merged.workspace.book.accounts[0].life.iter().map(|entry| entry.outcome).collect()
        };
        let both = merge(&base, &lived(&[Outcome::Met]), &lived(&[Outcome::Missed]), Wins::Change);
        assert_eq!(outcomes(&both), [Outcome::Missed, Outcome::Met]);
        let gone = merge(&base, &lived(&[]), &lived(&[Outcome::Open, Outcome::Open]), Wins::Change);
        assert_eq!(outcomes(&gone), [Outcome::Open], "one of two alike");
    }

    #[test]
    fn numbers_that_contradict_one_another_are_not_put_together() {
        let base = sample();
        let low = with(|it| it.set(Input::RenewToday, 0.65).unwrap());
        let high = with(|it| it.set(Input::RenewUnattended, 0.80).unwrap());
        let merged = merge(&base, &low, &high, Wins::Change);
        assert_eq!(merged.clashes, [Clash { place: Place::Contradiction }]);
        assert_eq!(merged.workspace, low);
        assert_eq!(merge(&base, &low, &high, Wins::Present).workspace, high);
    }
}
