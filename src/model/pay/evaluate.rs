//! From events to pay, month by month.

use super::clawback::SalesLedger;
use super::component::{Gate, Reward, Window};
use super::course::{Course, attainment, capped, mean_multiplier};
use super::draw::DrawLedger;
use super::event::{Event, EventKind, Kinds};
use super::occurrence::{Kept, Occurrence, occurrences};
use super::plan::PayPlan;
use super::steps::Reading;
use super::tally::{ComponentPay, Itemised, Tally};
use super::terms::{ComponentTerms, Terms};
use crate::model::month::Month;

/// A month's pay, money; nothing is rounded.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthPay {
    /// The month.
    pub month: Month,
    /// Base pay.
    pub base: f64,
    /// Each component of the plan, by place.
    pub components: Vec<ComponentPay>,
    /// What the retention multiplier adds or takes at the end of its period.
    pub multiplier: f64,
    /// Taken back for accounts that left early; negative where more was taken than corrections left of the pay.
    pub clawed_back: f64,
    /// To be taken back later, because of the limit.
    pub clawback_owed: f64,
    /// Paid beyond what was earned, by the draw; negative while it is recovered.
    pub drawn: f64,
    /// Owed to the draw after the month.
    pub draw_owed: f64,
    /// Which tiers, gates, caps and limits hold, as one number: while it stays, pay is a smooth function of the events.
    pub standing: u64,
}

impl MonthPay {
    /// Commission of the month before any draw: components, multiplier, less clawback.
    pub fn earned(&self) -> f64 {
        self.components.iter().map(ComponentPay::total).sum::<f64>() + self.multiplier - self.clawed_back
    }

    /// All that is paid: base, commission, draw.
    pub fn paid(&self) -> f64 {
        self.base + self.earned() + self.drawn
    }
}

/// Pays `events` under `plan` over `months` months from `from`, on the days of `in_force` (a plan that begins or ends in
/// mid-period has quotas, tiers, floors and caps in proportion to its days). Events outside count nowhere.
pub fn evaluate(plan: &PayPlan, events: &[Event], from: Month, months: u32, in_force: Window) -> Vec<MonthPay> {
    let terms = Terms::new(plan, from, months, in_force);
    let mut run = Run::new(&terms, Itemised::default());
    let occurrences = occurrences(events, in_force);
    let mut rest = occurrences.as_slice();
    let mut pays = Vec::with_capacity(months as usize);
    while let Some(month) = run.begin_month() {
        let before = rest.partition_point(|occurrence| Month::of(occurrence.day) < month);
        rest = rest.get(before..).unwrap_or_default();
        let count = rest.partition_point(|occurrence| Month::of(occurrence.day) == month);
        let (now, later) = rest.split_at(count);
        rest = later;
        for occurrence in now {
            run.occur(occurrence);
        }
        let end = run.end_month();
        pays.push(MonthPay {
            month,
            base: end.base,
            components: std::mem::take(&mut run.tally.0),
            multiplier: end.multiplier,
            clawed_back: end.clawed_back,
            clawback_owed: end.clawback_owed,
            drawn: end.drawn,
            draw_owed: end.draw_owed,
            standing: end.standing,
        });
    }
    pays
}

/// What a month comes to beside the components themselves, as in [`MonthPay`].
#[derive(Clone, Copy)]
pub(in crate::model) struct MonthEnd {
    pub(in crate::model) base: f64,
    /// Commission before any draw.
    earned: f64,
    pub(in crate::model) multiplier: f64,
    pub(in crate::model) clawed_back: f64,
    clawback_owed: f64,
    pub(in crate::model) drawn: f64,
    draw_owed: f64,
    /// Which tiers, gates, caps and limits hold.
    pub(in crate::model) standing: u64,
}

impl MonthEnd {
    /// All that is paid: base, commission, draw.
    pub(in crate::model) fn paid(&self) -> f64 {
        self.base + self.earned + self.drawn
    }
}

/// One evaluation, month by month: [`Run::begin_month`], the month's events in the order of their days, then
/// [`Run::end_month`].
pub(in crate::model) struct Run<'a, T> {
    terms: &'a Terms<'a>,
    pub(in crate::model) tally: T,
    attained: Vec<f64>,
    courses: Vec<Course>,
    sales: Vec<SalesLedger>,
    multiplied: f64,
    kept: Kept,
    clawback_owed: f64,
    draw: Option<DrawLedger>,
    /// The place of the month that is under way, and of the one that comes next.
    now: usize,
    next: usize,
    standing: u64,
}

impl<'a, T: Tally> Run<'a, T> {
    pub(in crate::model) fn new(terms: &'a Terms<'a>, tally: T) -> Run<'a, T> {
        let plan = terms.plan;
        Run {
            terms,
            tally,
            attained: vec![0.0; plan.quotas.len()],
            courses: vec![Course::default(); plan.components.len()],
            sales: vec![SalesLedger::default(); plan.components.len()],
            multiplied: 0.0,
            kept: Kept::default(),
            clawback_owed: 0.0,
            draw: plan.draw.map(DrawLedger::new),
            now: 0,
            next: 0,
            standing: 0,
        }
    }

    /// Mixes one more choice into the number of the month (Fowler, Noll & Vo's hash).
    const fn note_standing(&mut self, choice: u64) {
        self.standing = (self.standing ^ choice).wrapping_mul(0x0100_0000_01B3).wrapping_add(1);
    }

    /// The next month, if the plan is evaluated for one more.
    pub(in crate::model) fn begin_month(&mut self) -> Option<Month> {
        let terms = self.terms;
        let now = terms.months.get(self.next)?;
        (self.now, self.next, self.standing) = (self.next, self.next + 1, 0);
        self.tally.clear(terms.components.len());
        for (attained, quota) in self.attained.iter_mut().zip(&terms.plan.quotas) {
            if now.begins.get(quota.period) {
                *attained = 0.0;
            }
        }
        let targets = terms.targets(self.now);
        for (course, its) in self.courses.iter_mut().zip(&terms.components) {
            course.reckon(its.component, now, targets);
            if let Some(it) = &its.component.accelerator {
                course.attainment.1 = attainment(it, its.weights, &self.attained, targets);
            }
        }
        Some(now.month)
    }

    /// Something happens in the month.
    pub(in crate::model) fn occur(&mut self, occurrence: &Occurrence<'_>) {
        let terms = self.terms;
        let (event, cash) = (occurrence.event, occurrence.cash);
        let kind = Kinds::of(event.kind);
        if !terms.anybody.hears(kind, cash) {
            return;
        }
        let Some(now) = terms.months.get(self.now) else { return };
        let targets = terms.targets(self.now);
        let mut moved = false;
        for ((attained, heed), quota) in self.attained.iter_mut().zip(&terms.quotas).zip(&terms.plan.quotas) {
            if heed.hears(kind, cash) {
                *attained += quota.measure.basis.amount(event);
                moved = true;
            }
        }
        if terms.accelerates {
            for (course, its) in self.courses.iter_mut().zip(&terms.components) {
                course.attainment.0 = course.attainment.1;
                if let (Some(it), true) = (&its.component.accelerator, moved) {
                    course.attainment.1 = attainment(it, its.weights, &self.attained, targets);
                }
            }
        }
        self.kept.add(occurrence);
        let each = terms.components.iter().zip(&mut self.courses).zip(&mut self.sales);
        for (index, ((its, course), sales)) in each.enumerate() {
            if !its.anything.hears(kind, cash) {
                continue;
            }
            let component = its.component;
            if let (Some(clawback), EventKind::Lost, false) = (&component.clawback, event.kind, cash) {
                self.clawback_owed += sales.take_back(event.origin, event.count, event.age, &clawback.recovery);
            }
            if its.due.hears(kind, cash) {
                course.kept.add(occurrence);
                course.reckon(component, now, targets);
            }
            if its.gate.hears(kind, cash)
                && let Some(Gate::Amount(measure, _)) = &component.gate
            {
                course.gate_amount += measure.basis.amount(event);
            }
            if its.pays.hears(kind, cash) && component.admits(event, occurrence.day) {
                let before = course.unaccelerated;
                course.take(component, event);
                course.reckon(component, now, targets);
                if let Some(it) = &component.accelerator
                    && it.reading == Reading::Marginal
                {
                    course.accelerated += (course.unaccelerated - before) * mean_multiplier(it, course.attainment);
                }
                if component.gate.is_none() {
                    let paid = course.pay_out(component, now) * component.part(event.age);
                    self.tally.add(index, Some(occurrence.index), paid);
                    if component.clawback.is_some() {
                        sales.pay(paid);
                        sales.note(event.origin, event.count, paid);
                    }
                } else if component.clawback.is_some() {
                    let amount = component.measure.basis.amount(event) * component.part(event.age);
                    course.waiting.push((event.origin, event.count, amount));
                }
            }
        }
    }

    /// Closes the month, and the periods that end with it.
    pub(in crate::model) fn end_month(&mut self) -> MonthEnd {
        let (terms, plan) = (self.terms, self.terms.plan);
        for (index, its) in terms.components.iter().enumerate() {
            self.end_month_of(index, its);
        }
        if terms.components.iter().any(|its| its.component.clawback.is_some()) {
            self.clawback_owed -= self.sales.iter_mut().map(SalesLedger::excess).sum::<f64>();
        }
        let multiplier = self.settle_multiplier();
        let commission = (0..terms.components.len()).map(|index| self.tally.total(index)).sum::<f64>() + multiplier;
        let clawed_back = self.clawback_owed.min(plan.clawback_limit * commission.max(0.0));
        self.clawback_owed -= clawed_back;
        self.note_standing(u64::from(self.clawback_owed > 0.0));
        let earned = commission - clawed_back;
        let drawn = self.draw.as_mut().map(|draw| draw.pay(earned));
        let advanced = drawn.is_some_and(|month| month.paid > earned);
        self.note_standing(u64::from(advanced) + 2 * u64::from(drawn.is_some_and(|month| month.owed > 0.0)));
        MonthEnd {
            base: terms.months.get(self.now).map_or(0.0, |now| now.base),
            earned,
            multiplier,
            clawed_back,
            clawback_owed: self.clawback_owed,
            drawn: drawn.map_or(0.0, |month| month.paid - earned),
            draw_owed: drawn.map_or(0.0, |month| month.owed),
            standing: self.standing,
        }
    }

    /// Corrections and, at the end of the component's period, the gate and a fresh start.
    fn end_month_of(&mut self, index: usize, its: &ComponentTerms<'_>) {
        let terms = self.terms;
        let (component, targets) = (its.component, terms.targets(self.now));
        let (Some(now), Some(course), Some(sales)) =
            (terms.months.get(self.now), self.courses.get_mut(index), self.sales.get_mut(index))
        else {
            return;
        };
        // What was lost after the last renewal, or attained after the last sale, may change what the period owes.
        let correction = course.pay_out(component, now);
        if correction != 0.0 {
            let correction = correction * course.mean_part(component);
            self.tally.add(index, None, correction);
            sales.pay(correction);
        }
        let gross = course.gross(component);
        let standing = course.standing(component, now, targets);
        standing.into_iter().flatten().for_each(|choice| self.note_standing(choice));
        self.note_standing(u64::from(capped(component, gross, now) < gross));
        if !now.ends.get(component.period) {
            return;
        }
        let gross = gross + if let Reward::Bonus(sum) = component.reward { sum } else { 0.0 };
        let owed = capped(component, gross, now);
        let Some(course) = self.courses.get_mut(index) else { return };
        let opens = component.gate.as_ref().is_none_or(|gate| course.opens(gate, &self.attained, targets));
        let part = course.mean_part(component);
        self.tally.withhold(index, part * if opens { gross - owed } else { gross });
        if component.gate.is_some() && opens {
            let owed = owed * part;
            self.tally.add(index, None, owed);
            if let Some(sales) = self.sales.get_mut(index) {
                sales.pay(owed);
                let all: f64 = course.waiting.iter().map(|(_, _, amount)| amount).sum();
                for (origin, count, amount) in &course.waiting {
                    sales.note(*origin, *count, if all > 0.0 { owed * amount / all } else { 0.0 });
                }
            }
        }
        course.restart();
        self.note_standing(u64::from(opens));
    }

    /// New pay times retention, settled at the end of the multiplier's period.
    fn settle_multiplier(&mut self) -> f64 {
        let Some(multiplier) = &self.terms.plan.multiplier else { return 0.0 };
        self.multiplied += multiplier.of.iter().map(|index| self.tally.total(*index)).sum::<f64>();
        let ends = self.terms.months.get(self.now).is_some_and(|now| now.ends.get(multiplier.period));
        if !ends {
            return 0.0;
        }
        let factor = multiplier.factors.level(self.kept.retention());
        self.note_standing(multiplier.factors.begun(self.kept.retention()) as u64);
        self.kept = Kept::default();
        std::mem::take(&mut self.multiplied) * (factor - 1.0)
    }
}
