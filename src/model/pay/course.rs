//! One component on its way through a period: what it has measured, and what it owes for it.

use super::component::{Accelerator, Component, Floor, Gate, Reward};
use super::event::{Event, EventKind, Origin};
use super::occurrence::Kept;
use super::steps::Reading;
use super::terms::{MonthTerms, unit};

/// One component in the course of its period.
#[derive(Clone, Default)]
pub(super) struct Course {
    amount: f64,
    /// Pay on events one by one: contract years, deals, sums each.
    by_event: f64,
    pub(super) kept: Kept,
    pub(super) gate_amount: f64,
    /// What it would pay on its period so far without accelerator, gate and cap.
    pub(super) unaccelerated: f64,
    /// After a marginal accelerator, before gate and cap.
    pub(super) accelerated: f64,
    paid: f64,
    /// Sizes of the amounts of the period, and the role's part of each, where pay is shared.
    sizes: f64,
    credited: f64,
    /// Sales whose pay waits for the gate and may be taken back: origin, count, amount.
    pub(super) waiting: Vec<(Origin, f64, f64)>,
    /// Weighted attainment before the present event and after it; not of the period, but of the run.
    pub(super) attainment: (f64, f64),
}

impl Course {
    /// A fresh period.
    pub(super) fn restart(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.clear();
        *self = Course { waiting, attainment: self.attainment, ..Course::default() };
    }

    /// Adds an event to the sums of the period.
    pub(super) fn take(&mut self, component: &Component, event: &Event) {
        let amount = component.measure.basis.amount(event);
        self.amount += amount;
        if let Some(credit) = &component.credit {
            self.sizes += amount.abs();
            self.credited += amount.abs() * credit.part(event.age);
        }
        self.by_event += match (&component.reward, event.kind) {
            (Reward::ByContractYear(schedule), EventKind::Renewed { contract_year }) => {
                let year = contract_year.saturating_sub(1) as usize;
                let rate = schedule.by_year().get(year).copied().unwrap_or_else(|| schedule.last());
                rate.get() * amount
            }
            // An expected number of deals is so many of the mean size.
            (Reward::DealTiers { rates, reading }, _) if event.count > 0.0 => {
                event.count * rates.pay(amount / event.count, *reading)
            }
            (Reward::Each(sum), _) => sum * component.measure.basis.count(event),
            _ => 0.0,
        };
    }

    /// Works out anew what the component would pay on its period so far without accelerator, gate and cap.
    pub(super) fn reckon(&mut self, component: &Component, now: &MonthTerms, targets: &[f64]) {
        let floor = match component.floor {
            Some(Floor::PartOfDue(part)) => part * self.kept.due,
            Some(Floor::Amount(amount)) => amount * now.part.get(component.period),
            None => 0.0,
        };
        let above = if component.floor.is_some() { (self.amount - floor).max(0.0) } else { self.amount };
        self.unaccelerated = match &component.reward {
            Reward::Rate(rate) => rate * above,
            Reward::PeriodTiers { rates, reading, .. } => {
                rates.scaled(unit(component, now, targets)).pay(above, *reading)
            }
            Reward::ByContractYear(_) | Reward::DealTiers { .. } | Reward::Each(_) => {
                if self.amount == 0.0 || component.floor.is_none() {
                    self.by_event
                } else {
                    self.by_event * above / self.amount
                }
            }
            Reward::Bonus(_) => 0.0,
        };
    }

    /// What the component owes for its period so far, after accelerator and cap, before the gate.
    pub(super) fn gross(&self, component: &Component) -> f64 {
        match &component.accelerator {
            Some(it) if it.reading == Reading::Retroactive => {
                self.unaccelerated * it.multipliers.level(self.attainment.1)
            }
            Some(_) => self.accelerated,
            None => self.unaccelerated,
        }
    }

    /// The role's part of what is paid for the period and not for an event: the mean of its events by their size.
    pub(super) fn mean_part(&self, component: &Component) -> f64 {
        match &component.credit {
            None => 1.0,
            Some(_) if self.sizes > 0.0 => self.credited / self.sizes,
            Some(credit) => credit.part(0),
        }
    }

    /// What is owed beyond what was already paid in the period. A gate keeps all of it until the end.
    pub(super) fn pay_out(&mut self, component: &Component, now: &MonthTerms) -> f64 {
        if component.gate.is_some() {
            return 0.0;
        }
        let owed = capped(component, self.gross(component), now);
        let paid = owed - self.paid;
        self.paid = owed;
        paid
    }

    pub(super) fn opens(&self, gate: &Gate, attained: &[f64], targets: &[f64]) -> bool {
        match gate {
            Gate::Retention(least) => self.kept.retention() >= *least,
            Gate::Amount(_, least) => self.gate_amount >= *least,
            Gate::Attainment(quota, least) => {
                let attained = attained.get(*quota).copied().unwrap_or(0.0);
                targets.get(*quota).is_some_and(|target| attained >= least * target)
            }
        }
    }

    /// Where a component stands at the end of a month: tiers begun, attainment, floor.
    pub(super) fn standing(&self, component: &Component, now: &MonthTerms, targets: &[f64]) -> [Option<u64>; 3] {
        let tiers = match &component.reward {
            Reward::PeriodTiers { rates, .. } => Some(rates.scaled(unit(component, now, targets)).begun(self.amount)),
            _ => None,
        };
        let accelerator = component.accelerator.as_ref().map(|it| it.multipliers.begun(self.attainment.1));
        let floor = component.floor.map(|_| usize::from(self.unaccelerated > 0.0));
        [tiers, accelerator, floor].map(|choice| choice.map(|choice| choice as u64))
    }
}

pub(super) fn capped(component: &Component, gross: f64, now: &MonthTerms) -> f64 {
    component.cap.map_or(gross, |cap| gross.min(cap * now.part.get(component.period)))
}

/// Weighted attainment, with `attained` of each quota.
pub(super) fn attainment(accelerator: &Accelerator, weights: f64, attained: &[f64], targets: &[f64]) -> f64 {
    let reached = accelerator.quotas.iter().map(|(quota, weight)| {
        let (Some(attained), Some(target)) = (attained.get(*quota), targets.get(*quota)) else { return 0.0 };
        // A quota that asks for nothing, as in the first months of a ramp, is reached.
        weight * if *target > 0.0 { attained / target } else { 1.0 }
    });
    if weights > 0.0 { reached.sum::<f64>() / weights } else { 0.0 }
}

/// The multiplier for an event that moved attainment: the mean over the way, or the level where it stands if the event
/// did not count towards the quotas.
pub(super) fn mean_multiplier(accelerator: &Accelerator, (from, to): (f64, f64)) -> f64 {
    let multipliers = &accelerator.multipliers;
    if to > from { (multipliers.area(to) - multipliers.area(from)) / (to - from) } else { multipliers.level(to) }
}
