//! From events to pay, month by month.

use chrono::{Datelike, NaiveDate};

use super::clawback::SalesLedger;
use super::component::{Accelerator, Component, Floor, Gate, Reward, Window};
use super::draw::DrawLedger;
use super::event::{Event, EventKind, Origin};
use super::occurrence::{Kept, Occurrence, occurrences, reacts};
use super::period::PlanPeriod;
use super::plan::PayPlan;
use super::steps::Reading;
use crate::model::month::Month;

/// What one component pays in a month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ComponentPay {
    /// What each event adds, by its place among the events; corrections at the end of a period name none.
    pub parts: Vec<(Option<usize>, f64)>,
    /// What the cap or a gate that did not open kept back, told at the end of the period.
    pub withheld: f64,
}

impl ComponentPay {
    /// All parts.
    pub fn total(&self) -> f64 {
        self.parts.iter().map(|(_, amount)| amount).sum()
    }
}

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
    let mut run = Run::new(plan, from, in_force);
    let occurrences = occurrences(events, in_force);
    let mut rest = occurrences.as_slice();
    let mut pays = Vec::with_capacity(months as usize);
    for index in 0..months {
        let month = from.plus(index as i32);
        let before = rest.partition_point(|occurrence| Month::of(occurrence.day) < month);
        rest = rest.get(before..).unwrap_or_default();
        let count = rest.partition_point(|occurrence| Month::of(occurrence.day) == month);
        let (now, later) = rest.split_at(count);
        rest = later;
        pays.push(run.month(month, now));
    }
    pays
}

/// One component in the course of its period.
#[derive(Clone, Default)]
struct Course {
    amount: f64,
    /// Pay on events one by one: contract years, deals, sums each.
    by_event: f64,
    kept: Kept,
    gate_amount: f64,
    /// After a marginal accelerator, before gate and cap.
    accelerated: f64,
    paid: f64,
    /// Sales whose pay waits for the gate: origin, count, amount.
    waiting: Vec<(Origin, f64, f64)>,
}

struct Run<'a> {
    plan: &'a PayPlan,
    from: Month,
    in_force: Window,
    attained: Vec<f64>,
    courses: Vec<Course>,
    sales: Vec<SalesLedger>,
    multiplied: f64,
    kept: Kept,
    clawback_owed: f64,
    draw: Option<DrawLedger>,
    now: Month,
    standing: u64,
}

impl<'a> Run<'a> {
    fn new(plan: &'a PayPlan, from: Month, in_force: Window) -> Run<'a> {
        Run {
            plan,
            from,
            in_force,
            attained: vec![0.0; plan.quotas.len()],
            courses: vec![Course::default(); plan.components.len()],
            sales: vec![SalesLedger::default(); plan.components.len()],
            multiplied: 0.0,
            kept: Kept::default(),
            clawback_owed: 0.0,
            draw: plan.draw.map(DrawLedger::new),
            now: from,
            standing: 0,
        }
    }

    /// Mixes one more choice into the number of the month (Fowler, Noll & Vo's hash).
    const fn note_standing(&mut self, choice: u64) {
        self.standing = (self.standing ^ choice).wrapping_mul(0x0100_0000_01B3).wrapping_add(1);
    }

    fn month(&mut self, month: Month, occurrences: &[Occurrence<'_>]) -> MonthPay {
        self.now = month;
        let plan = self.plan;
        for (attained, quota) in self.attained.iter_mut().zip(&plan.quotas) {
            if plan.year.begins(quota.period, month) {
                *attained = 0.0;
            }
        }
        let mut pays = vec![ComponentPay::default(); plan.components.len()];
        self.standing = 0;
        for occurrence in occurrences {
            self.occur(occurrence, &mut pays);
        }
        for (index, component) in plan.components.iter().enumerate() {
            if let Some(pay) = pays.get_mut(index) {
                self.end_month(index, component, pay);
            }
        }
        self.clawback_owed -= self.sales.iter_mut().map(SalesLedger::excess).sum::<f64>();
        let multiplier = self.settle_multiplier(&pays);
        let commission = pays.iter().map(ComponentPay::total).sum::<f64>() + multiplier;
        let clawed_back = self.clawback_owed.min(plan.clawback_limit * commission.max(0.0));
        self.clawback_owed -= clawed_back;
        self.note_standing(u64::from(self.clawback_owed > 0.0));
        let drawn = self.draw.as_mut().map(|draw| draw.pay(commission - clawed_back));
        let advanced = drawn.is_some_and(|month| month.paid > commission - clawed_back);
        self.note_standing(u64::from(advanced) + 2 * u64::from(drawn.is_some_and(|month| month.owed > 0.0)));
        MonthPay {
            standing: self.standing,
            month,
            base: plan.base / 12.0 * self.part_in_force(PlanPeriod::Month),
            components: pays,
            multiplier,
            clawed_back,
            clawback_owed: self.clawback_owed,
            drawn: drawn.map_or(0.0, |month| month.paid - (commission - clawed_back)),
            draw_owed: drawn.map_or(0.0, |month| month.owed),
        }
    }

    fn occur(&mut self, occurrence: &Occurrence<'_>, pays: &mut [ComponentPay]) {
        let before = self.attained.clone();
        for (attained, quota) in self.attained.iter_mut().zip(&self.plan.quotas) {
            if reacts(&quota.measure, occurrence) {
                *attained += quota.measure.amount(occurrence.event);
            }
        }
        self.kept.add(occurrence);
        for (index, component) in self.plan.components.iter().enumerate() {
            if occurrence.event.kind == EventKind::Lost && !occurrence.cash {
                self.claw_back(index, component, occurrence.event);
            }
            let Some(course) = self.courses.get_mut(index) else { continue };
            course.kept.add(occurrence);
            if let Some(Gate::Amount(measure, _)) = &component.gate
                && reacts(measure, occurrence)
            {
                course.gate_amount += measure.amount(occurrence.event);
            }
            if reacts(&component.measure, occurrence) && component.pays_on(occurrence.event, occurrence.day) {
                let unaccelerated = self.unaccelerated(index, component);
                self.take(index, component, occurrence.event);
                let added = self.unaccelerated(index, component) - unaccelerated;
                let factor = component.accelerator.as_ref().map_or(1.0, |it| self.mean_multiplier(it, &before));
                if let Some(course) = self.courses.get_mut(index) {
                    course.accelerated += added * factor;
                }
                let paid = self.pay_out(index, component);
                if let (Some(pay), Some(course), Some(sales)) =
                    (pays.get_mut(index), self.courses.get_mut(index), self.sales.get_mut(index))
                {
                    if component.gate.is_some() {
                        let event = occurrence.event;
                        course.waiting.push((event.origin, event.count, component.measure.amount(event)));
                    } else {
                        pay.parts.push((Some(occurrence.index), paid));
                        sales.pay(paid);
                        sales.note(occurrence.event.origin, occurrence.event.count, paid);
                    }
                }
            }
        }
    }

    /// Adds an event to the sums of a component's period.
    fn take(&mut self, index: usize, component: &Component, event: &Event) {
        let amount = component.measure.amount(event);
        let Some(course) = self.courses.get_mut(index) else { return };
        course.amount += amount;
        course.by_event += match (&component.reward, event.kind) {
            (Reward::ByContractYear(schedule), EventKind::Renewed { contract_year }) => {
                let year = contract_year.saturating_sub(1) as usize;
                let rate = schedule.by_year().get(year).copied().unwrap_or_else(|| schedule.last());
                rate.get() * amount
            }
            // An expected number of deals is so many of the mean size.
            (Reward::DealTiers { rates, reading }, _) if event.count > 0.0 => {
                event.count * rates.pay(amount / event.count, *reading)
            }
            (Reward::Each(sum), _) => sum * event.count,
            _ => 0.0,
        };
    }

    /// What the component would pay on its period so far without accelerator, gate and cap.
    fn unaccelerated(&self, index: usize, component: &Component) -> f64 {
        let Some(course) = self.courses.get(index) else { return 0.0 };
        let part = self.part_in_force(component.period);
        let floor = match component.floor {
            Some(Floor::PartOfDue(part)) => part * course.kept.due,
            Some(Floor::Amount(amount)) => amount * part,
            None => 0.0,
        };
        let above = if component.floor.is_some() { (course.amount - floor).max(0.0) } else { course.amount };
        match &component.reward {
            Reward::Rate(rate) => rate * above,
            Reward::PeriodTiers { rates, reading, quota } => {
                let unit = quota.and_then(|quota| self.target(quota)).unwrap_or(part);
                rates.scaled(unit).pay(above, *reading)
            }
            Reward::ByContractYear(_) | Reward::DealTiers { .. } | Reward::Each(_) => {
                if course.amount == 0.0 {
                    course.by_event
                } else {
                    course.by_event * above / course.amount
                }
            }
            Reward::Bonus(_) => 0.0,
        }
    }

    /// What the component owes for its period so far, after accelerator and cap, before the gate.
    fn gross(&self, index: usize, component: &Component) -> f64 {
        let Some(course) = self.courses.get(index) else { return 0.0 };
        match &component.accelerator {
            Some(it) if it.reading == Reading::Retroactive => {
                self.unaccelerated(index, component) * it.multipliers.level(self.attainment(it, &self.attained))
            }
            Some(_) => course.accelerated,
            None => self.unaccelerated(index, component),
        }
    }

    fn capped(&self, component: &Component, gross: f64) -> f64 {
        component.cap.map_or(gross, |cap| gross.min(cap * self.part_in_force(component.period)))
    }

    /// Pays what is owed beyond what was already paid in the period. A gate keeps all of it until the end.
    fn pay_out(&mut self, index: usize, component: &Component) -> f64 {
        if component.gate.is_some() {
            return 0.0;
        }
        let owed = self.capped(component, self.gross(index, component));
        let Some(course) = self.courses.get_mut(index) else { return 0.0 };
        let paid = owed - course.paid;
        course.paid = owed;
        paid
    }

    /// Corrections and, at the end of the component's period, the gate and a fresh start.
    fn end_month(&mut self, index: usize, component: &Component, pay: &mut ComponentPay) {
        // What was lost after the last renewal, or attained after the last sale, may change what the period owes.
        let correction = self.pay_out(index, component);
        if correction != 0.0 {
            pay.parts.push((None, correction));
        }
        if let Some(sales) = self.sales.get_mut(index) {
            sales.pay(correction);
        }
        self.note_component(index, component);
        if !self.plan.year.ends(component.period, self.now) {
            return;
        }
        let gross = self.gross(index, component) + if let Reward::Bonus(sum) = component.reward { sum } else { 0.0 };
        let owed = self.capped(component, gross);
        let opens = component.gate.as_ref().is_none_or(|gate| self.opens(index, gate));
        self.note_standing(u64::from(opens));
        let Some(course) = self.courses.get_mut(index) else { return };
        let course = std::mem::take(course);
        pay.withheld = if opens { gross - owed } else { gross };
        if component.gate.is_some() && opens {
            pay.parts.push((None, owed));
            let all: f64 = course.waiting.iter().map(|(_, _, amount)| amount).sum();
            if let Some(sales) = self.sales.get_mut(index) {
                sales.pay(owed);
                for (origin, count, amount) in course.waiting {
                    sales.note(origin, count, if all > 0.0 { owed * amount / all } else { 0.0 });
                }
            }
        }
    }

    /// Notes where a component stands at the end of a month.
    fn note_component(&mut self, index: usize, component: &Component) {
        let amount = self.courses.get(index).map_or(0.0, |course| course.amount);
        if let Reward::PeriodTiers { rates, quota, .. } = &component.reward {
            let unit = quota.and_then(|quota| self.target(quota)).unwrap_or(1.0);
            self.note_standing(rates.scaled(unit).begun(amount) as u64);
        }
        if let Some(accelerator) = &component.accelerator {
            let attainment = self.attainment(accelerator, &self.attained);
            self.note_standing(accelerator.multipliers.begun(attainment) as u64);
        }
        if component.floor.is_some() {
            self.note_standing(u64::from(self.unaccelerated(index, component) > 0.0));
        }
        let gross = self.gross(index, component);
        self.note_standing(u64::from(self.capped(component, gross) < gross));
    }

    fn opens(&self, index: usize, gate: &Gate) -> bool {
        let Some(course) = self.courses.get(index) else { return false };
        match gate {
            Gate::Retention(least) => course.kept.retention() >= *least,
            Gate::Amount(_, least) => course.gate_amount >= *least,
            Gate::Attainment(quota, least) => {
                let attained = self.attained.get(*quota).copied().unwrap_or(0.0);
                self.target(*quota).is_some_and(|target| attained >= least * target)
            }
        }
    }

    fn claw_back(&mut self, index: usize, component: &Component, lost: &Event) {
        if let (Some(clawback), Some(sales)) = (&component.clawback, self.sales.get_mut(index)) {
            self.clawback_owed += sales.take_back(lost.origin, lost.count, lost.age, &clawback.recovery);
        }
    }

    /// New pay times retention, settled at the end of the multiplier's period.
    fn settle_multiplier(&mut self, pays: &[ComponentPay]) -> f64 {
        let plan = self.plan;
        let Some(multiplier) = &plan.multiplier else { return 0.0 };
        self.multiplied +=
            multiplier.of.iter().filter_map(|index| pays.get(*index)).map(ComponentPay::total).sum::<f64>();
        if !self.plan.year.ends(multiplier.period, self.now) {
            return 0.0;
        }
        let factor = multiplier.factors.level(self.kept.retention());
        self.note_standing(multiplier.factors.begun(self.kept.retention()) as u64);
        self.kept = Kept::default();
        std::mem::take(&mut self.multiplied) * (factor - 1.0)
    }

    /// What a quota asks for in the present period: in proportion to the days in force and to the ramp.
    fn target(&self, quota: usize) -> Option<f64> {
        let quota = self.plan.quotas.get(quota)?;
        let (first, months) = self.period_of(quota.period);
        let ramped = (0..months).map(|index| {
            let since = self.from.months_until(first.plus(index as i32));
            usize::try_from(since).ok().and_then(|since| self.plan.ramp.get(since)).copied().unwrap_or(1.0)
        });
        let ramp = ramped.sum::<f64>() / f64::from(months);
        Some(quota.target * ramp * self.part_in_force(quota.period))
    }

    /// Weighted attainment, with `attained` of each quota.
    fn attainment(&self, accelerator: &Accelerator, attained: &[f64]) -> f64 {
        let weights: f64 = accelerator.quotas.iter().map(|(_, weight)| weight).sum();
        let reached = accelerator.quotas.iter().map(|(quota, weight)| {
            let (Some(attained), Some(target)) = (attained.get(*quota), self.target(*quota)) else { return 0.0 };
            // A quota that asks for nothing, as in the first months of a ramp, is reached.
            weight * if target > 0.0 { attained / target } else { 1.0 }
        });
        if weights > 0.0 { reached.sum::<f64>() / weights } else { 0.0 }
    }

    /// The multiplier for an event that moved attainment from that of `before`: the mean over the way, or the level where
    /// it stands if the event did not count towards the quotas.
    fn mean_multiplier(&self, accelerator: &Accelerator, before: &[f64]) -> f64 {
        let (from, to) = (self.attainment(accelerator, before), self.attainment(accelerator, &self.attained));
        let multipliers = &accelerator.multipliers;
        if to > from { (multipliers.area(to) - multipliers.area(from)) / (to - from) } else { multipliers.level(to) }
    }

    /// The first month of the present period, and its length.
    fn period_of(&self, period: PlanPeriod) -> (Month, u32) {
        let months = period.months();
        let since = self.plan.year.first.months_until(self.now).rem_euclid(months as i32);
        (self.now.plus(-since), months)
    }

    /// The part of the present period's days on which the plan is in force.
    fn part_in_force(&self, period: PlanPeriod) -> f64 {
        if self.in_force == Window::default() {
            return 1.0;
        }
        let (first, months) = self.period_of(period);
        let (begin, end) = (first.first_day(), first.plus(months as i32).first_day());
        let from = self.in_force.from.map_or(begin, |from| from.max(begin));
        let until = self.in_force.until.and_then(|until| until.succ_opt()).map_or(end, |until| until.min(end));
        let days = |from: NaiveDate, until: NaiveDate| f64::from(until.num_days_from_ce() - from.num_days_from_ce());
        (days(from, until) / days(begin, end)).clamp(0.0, 1.0)
    }
}
