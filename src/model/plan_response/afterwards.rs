//! Pay after the horizon: on renewals, and on what was sold before it and is paid for later.

use super::PlanProjection;
use crate::model::path::Path;
use crate::model::pay::{Basis, Component, Event, PayPlan, Reward, Tally, Totals, Trigger};

/// Two numbers of the same kind, one for each side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sides {
    pub(super) seller: f64,
    pub(super) company: f64,
}

/// What each component paid in the last twelve months of the horizon, and on how much cash.
pub(super) struct LastYear {
    paid: Vec<f64>,
    collected: Vec<f64>,
}

impl LastYear {
    pub(super) fn new(plan: &PayPlan) -> LastYear {
        LastYear { paid: vec![0.0; plan.components.len()], collected: vec![0.0; plan.components.len()] }
    }

    /// Adds a month.
    pub(super) fn pay(&mut self, tally: &Totals) {
        for (component, paid) in self.paid.iter_mut().enumerate() {
            *paid += tally.total(component);
        }
    }

    /// A customer pays for `event` in it.
    pub(super) fn collect(&mut self, plan: &PayPlan, event: &Event) {
        for (component, collected) in plan.components.iter().zip(&mut self.collected) {
            *collected += on_cash(component, event);
        }
    }
}

/// The cash of `event` on which `component` pays.
fn on_cash(component: &Component, event: &Event) -> f64 {
    if component.measure.basis == Basis::Cash { component.measure.amount(event) } else { 0.0 }
}

/// Whether nothing but its rates says what a component pays.
fn is_plain(component: &Component) -> bool {
    component.accelerator.is_none() && component.floor.is_none() && component.gate.is_none() && component.cap.is_none()
}

impl PlanProjection<'_> {
    /// Present value of the pay after the horizon, of which customers are yet to pay `unpaid`: the place of the month in
    /// which they do, from 0, and what for. Nothing where the residual is switched off.
    pub(super) fn later_pay(&self, path: &Path, last_year: &LastYear, unpaid: &[(usize, Event)]) -> Sides {
        let last = |factors: &[f64]| factors.last().copied().unwrap_or(0.0);
        let (on_contract, on_cash) = self.renewal_rates_after(path, last_year);
        let rate = |yearly: f64| on_contract + on_cash * self.lag(yearly, self.telling.collection_months as usize);
        let mut later = Sides {
            seller: last(&self.seller_factors) * rate(self.yearly.seller) * path.afterwards.seller_value,
            company: last(&self.company_factors) * rate(self.yearly.company) * path.afterwards.company_value,
        };
        if self.projection.assumptions().residual {
            for (due, event) in unpaid {
                let on = self.last_days.get(*due).copied().unwrap_or(event.on);
                let paying =
                    self.plan.components.iter().enumerate().filter(|(_, component)| {
                        component.measure.basis == Basis::Cash && component.pays_on(event, on)
                    });
                let pay: f64 = paying.map(|(index, component)| last_year.pay_on(index, component, event)).sum();
                later.seller += pay * self.lag(self.yearly.seller, due + 1);
                later.company += pay * self.lag(self.yearly.company, due + 1);
            }
        }
        later
    }

    /// The discount of so many months; 1 for none.
    fn lag(&self, yearly: f64, months: usize) -> f64 {
        if months == 0 { 1.0 } else { libm::pow(yearly, months as f64 / 12.0) }
    }

    /// What renewals pay after the horizon: on their contracts, and on the cash that they bring.
    fn renewal_rates_after(&self, path: &Path, last_year: &LastYear) -> (f64, f64) {
        let (mut on_contract, mut on_cash) = (0.0, 0.0);
        let renewed_before = |months: usize| -> f64 {
            let until = path.months.len().saturating_sub(months);
            let flows = path.months.iter().take(until).skip(until.min(path.months.len().saturating_sub(12 + months)));
            flows.flat_map(|flow| flow.renewed_value).sum()
        };
        for (index, component) in self.plan.components.iter().enumerate() {
            if !component.measure.of.contains(&Trigger::Renewal) {
                continue;
            }
            let is_cash = component.measure.basis == Basis::Cash;
            let part = component.credit.as_ref().map_or(1.0, |credit| credit.last_part());
            let rate = match &component.reward {
                Reward::Rate(rate) if is_plain(component) => part * rate,
                Reward::ByContractYear(schedule) if is_plain(component) => part * schedule.last().get(),
                _ => {
                    // What was renewed while the last year's cash was on its way is not yet part of it.
                    let renewed = renewed_before(if is_cash { self.telling.collection_months as usize } else { 0 });
                    let paid = last_year.paid.get(index).copied().unwrap_or(0.0);
                    if renewed > 0.0 { paid / renewed } else { 0.0 }
                }
            };
            *(if is_cash { &mut on_cash } else { &mut on_contract }) += rate;
        }
        (on_contract, on_cash)
    }
}

impl LastYear {
    /// What the component with this place pays on `event` when the customer pays after the horizon: by its rates if nothing
    /// else decides, by the mean of the last twelve months otherwise.
    fn pay_on(&self, index: usize, component: &Component, event: &Event) -> f64 {
        let amount = on_cash(component, event);
        match &component.reward {
            Reward::Rate(rate) if is_plain(component) => component.part(event.age) * rate * amount,
            _ => match (self.paid.get(index), self.collected.get(index)) {
                (Some(paid), Some(collected)) if *collected > 0.0 => paid * amount / collected,
                _ => 0.0,
            },
        }
    }
}
