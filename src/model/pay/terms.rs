//! A plan made ready for the months of a run: what the calendar alone decides, and who hears of which event.

use chrono::{Datelike, NaiveDate};

use super::component::{Basis, Component, Floor, Gate, Measure, Reward, Window};
use super::event::{EventKind, Kinds};
use super::period::PlanPeriod;
use super::plan::PayPlan;
use super::steps::Reading;
use crate::model::month::Month;

/// The kinds of event that somebody heeds: those that count when contracted, and those that count when paid for.
#[derive(Clone, Copy)]
pub(super) struct Heed {
    contracted: Kinds,
    cash: Kinds,
}

impl Heed {
    const NOTHING: Heed = Heed { contracted: Kinds::NONE, cash: Kinds::NONE };

    fn of(measure: &Measure) -> Heed {
        let kinds = measure.kinds();
        if measure.basis == Basis::Cash {
            Heed { contracted: Kinds::NONE, cash: kinds }
        } else {
            Heed { contracted: kinds, cash: Kinds::NONE }
        }
    }

    const fn due() -> Heed {
        Heed { contracted: Kinds::DUE, cash: Kinds::NONE }
    }

    const fn losses() -> Heed {
        Heed { contracted: Kinds::LOST, cash: Kinds::NONE }
    }

    const fn and(self, other: Heed) -> Heed {
        Heed { contracted: self.contracted.and(other.contracted), cash: self.cash.and(other.cash) }
    }

    /// Whether one of `kinds` is heeded on the day of its contract, or with `cash` on that of its payment.
    pub(super) const fn hears(self, kinds: Kinds, cash: bool) -> bool {
        kinds.meet(if cash { self.cash } else { self.contracted })
    }
}

/// One of each length of period.
#[derive(Clone, Copy)]
pub(super) struct ByPeriod<T> {
    month: T,
    quarter: T,
    year: T,
}

impl<T: Copy> ByPeriod<T> {
    fn each(of: impl Fn(PlanPeriod) -> T) -> ByPeriod<T> {
        ByPeriod { month: of(PlanPeriod::Month), quarter: of(PlanPeriod::Quarter), year: of(PlanPeriod::Year) }
    }

    pub(super) const fn get(&self, period: PlanPeriod) -> T {
        match period {
            PlanPeriod::Month => self.month,
            PlanPeriod::Quarter => self.quarter,
            PlanPeriod::Year => self.year,
        }
    }
}

/// What the calendar says of one month.
#[derive(Clone, Copy)]
pub(super) struct MonthTerms {
    pub(super) month: Month,
    /// Base pay of the month.
    pub(super) base: f64,
    pub(super) begins: ByPeriod<bool>,
    pub(super) ends: ByPeriod<bool>,
    /// The part of the days of the period that is under way on which the plan is in force.
    pub(super) part: ByPeriod<f64>,
}

/// A component and what it heeds.
pub(super) struct ComponentTerms<'a> {
    pub(super) component: &'a Component,
    pub(super) pays: Heed,
    /// What its gate measures.
    pub(super) gate: Heed,
    /// Renewals and losses, if its floor or its gate asks how much of what was due was kept.
    pub(super) due: Heed,
    /// All of these, and losses if it takes back what it paid.
    pub(super) anything: Heed,
    /// Sum of the weights of its accelerator.
    pub(super) weights: f64,
}

impl<'a> ComponentTerms<'a> {
    fn new(component: &'a Component) -> ComponentTerms<'a> {
        let asks_due =
            matches!(component.floor, Some(Floor::PartOfDue(_))) || matches!(component.gate, Some(Gate::Retention(_)));
        let pays = Heed::of(&component.measure);
        let gate = match &component.gate {
            Some(Gate::Amount(measure, _)) => Heed::of(measure),
            _ => Heed::NOTHING,
        };
        let due = if asks_due { Heed::due() } else { Heed::NOTHING };
        let losses = if component.clawback.is_some() { Heed::losses() } else { Heed::NOTHING };
        ComponentTerms {
            component,
            pays,
            gate,
            due,
            anything: pays.and(gate).and(due).and(losses),
            weights: component.accelerator.iter().flat_map(|it| &it.quotas).map(|(_, weight)| weight).sum(),
        }
    }
}

/// A plan over the months of a run, on the days on which it is in force. Made once for any number of evaluations.
pub(in crate::model) struct Terms<'a> {
    pub(super) plan: &'a PayPlan,
    pub(super) components: Vec<ComponentTerms<'a>>,
    /// What each quota measures.
    pub(super) quotas: Vec<Heed>,
    /// What anybody heeds.
    pub(super) anybody: Heed,
    pub(super) months: Vec<MonthTerms>,
    /// What each quota asks for in its period that is under way, month after month.
    targets: Vec<f64>,
    /// Whether any component is accelerated.
    pub(super) accelerates: bool,
}

impl<'a> Terms<'a> {
    /// `plan` over `months` months from `from`, in force on the days of `in_force`.
    pub(in crate::model) fn new(plan: &'a PayPlan, from: Month, months: u32, in_force: Window) -> Terms<'a> {
        let components: Vec<ComponentTerms<'_>> = plan.components.iter().map(ComponentTerms::new).collect();
        let quotas: Vec<Heed> = plan.quotas.iter().map(|quota| Heed::of(&quota.measure)).collect();
        let mut anybody = quotas.iter().copied().fold(Heed::NOTHING, Heed::and);
        anybody = components.iter().fold(anybody, |heed, terms| heed.and(terms.anything));
        if plan.multiplier.is_some() {
            anybody = anybody.and(Heed::due());
        }
        let all = (0..months).map(|index| from.plus(index as i32));
        let calendar: Vec<MonthTerms> = all.map(|month| month_terms(plan, month, in_force)).collect();
        let targets = calendar.iter().flat_map(|now| {
            plan.quotas.iter().map(|quota| {
                let (first, months) = period_of(plan, quota.period, now.month);
                let ramped = (0..months).map(|index| {
                    let since = from.months_until(first.plus(index as i32));
                    usize::try_from(since).ok().and_then(|since| plan.ramp.get(since)).copied().unwrap_or(1.0)
                });
                let ramp = ramped.sum::<f64>() / f64::from(months);
                quota.target * ramp * now.part.get(quota.period)
            })
        });
        Terms {
            plan,
            targets: targets.collect(),
            accelerates: components.iter().any(|terms| terms.component.accelerator.is_some()),
            components,
            quotas,
            anybody,
            months: calendar,
        }
    }

    /// How many months it covers.
    pub(in crate::model) fn length(&self) -> usize {
        self.months.len()
    }

    /// Whether anything counts when the customer pays.
    pub(in crate::model) fn heeds_cash(&self) -> bool {
        self.anybody.cash != Kinds::NONE
    }

    /// Whether anything counts touches.
    pub(in crate::model) fn heeds_touches(&self) -> bool {
        self.anybody.contracted.meet(Kinds::of(EventKind::CustomerHours))
    }

    /// Whether a month's renewals pay otherwise in several parts than all at once. A contract year has a rate of its own,
    /// so has an age under a hand-over, and a marginal accelerator multiplies each part by the attainment on its way; all
    /// else adds up.
    pub(in crate::model) fn tells_renewals_apart(&self) -> bool {
        self.plan.components.iter().any(|component| {
            matches!(component.reward, Reward::ByContractYear(_))
                || component.credit.is_some()
                || component.accelerator.as_ref().is_some_and(|it| it.reading == Reading::Marginal)
        })
    }

    /// What each quota asks for in the month with this place: in proportion to the days in force and to the ramp.
    pub(super) fn targets(&self, month: usize) -> &[f64] {
        let quotas = self.quotas.len();
        self.targets.get(month * quotas..(month + 1) * quotas).unwrap_or_default()
    }
}

/// The unit in which a component's tiers start: its quota's target, or the part of its period that is in force.
pub(super) fn unit(component: &Component, now: &MonthTerms, targets: &[f64]) -> f64 {
    match component.reward {
        Reward::PeriodTiers { quota: Some(quota), .. } => targets.get(quota).copied(),
        _ => None,
    }
    .unwrap_or_else(|| now.part.get(component.period))
}

fn month_terms(plan: &PayPlan, month: Month, in_force: Window) -> MonthTerms {
    let part = ByPeriod::each(|period| part_in_force(plan, period, month, in_force));
    MonthTerms {
        month,
        base: plan.base / 12.0 * part.get(PlanPeriod::Month),
        begins: ByPeriod::each(|period| plan.year.begins(period, month)),
        ends: ByPeriod::each(|period| plan.year.ends(period, month)),
        part,
    }
}

/// The first month of the period that holds `now`, and its length.
fn period_of(plan: &PayPlan, period: PlanPeriod, now: Month) -> (Month, u32) {
    let months = period.months();
    let since = plan.year.first.months_until(now).rem_euclid(months as i32);
    (now.plus(-since), months)
}

/// The part of the days of the period that holds `now` on which the plan is in force.
fn part_in_force(plan: &PayPlan, period: PlanPeriod, now: Month, in_force: Window) -> f64 {
    if in_force == Window::default() {
        return 1.0;
    }
    let (first, months) = period_of(plan, period, now);
    let (begin, end) = (first.first_day(), first.plus(months as i32).first_day());
    let from = in_force.from.map_or(begin, |from| from.max(begin));
    let until = in_force.until.and_then(|until| until.succ_opt()).map_or(end, |until| until.min(end));
    let days = |from: NaiveDate, until: NaiveDate| f64::from(until.num_days_from_ce() - from.num_days_from_ce());
    (days(from, until) / days(begin, end)).clamp(0.0, 1.0)
}
