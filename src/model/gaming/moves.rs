//! Where a deal can be moved, and the events once it has been moved, split or discounted.

use chrono::Days;

use super::{Basis, Event, EventKind, GamingCheck, Month, Months, NaiveDate, PlanPeriod, Reward};
use crate::model::pay::Origin;

impl GamingCheck<'_> {
    /// The periods that something in the plan is measured over; months always, for draws are paid by month.
    pub(super) fn periods(&self) -> Vec<PlanPeriod> {
        let plan = self.plan;
        let used = (plan.components.iter().map(|component| component.period))
            .chain(plan.quotas.iter().map(|quota| quota.period))
            .chain(plan.multiplier.iter().map(|multiplier| multiplier.period));
        let used: Vec<PlanPeriod> = used.collect();
        let all = [PlanPeriod::Month, PlanPeriod::Quarter, PlanPeriod::Year];
        all.into_iter().filter(|period| *period == PlanPeriod::Month || used.contains(period)).collect()
    }

    /// The month in which the period after that of `month` begins.
    pub(super) fn next_start(&self, period: PlanPeriod, month: Month) -> Month {
        let later = (1..=12).map(|more| month.plus(more));
        later.into_iter().find(|later| self.plan.year.begins(period, *later)).unwrap_or(month.plus(12))
    }

    /// Open events in the order of their days, those of one period together.
    pub(super) fn open_by_period(&self, period: PlanPeriod) -> Vec<Vec<usize>> {
        let mut open: Vec<(NaiveDate, usize)> =
            self.open.iter().filter_map(|index| Some((self.events.get(*index)?.on, *index))).collect();
        open.sort_unstable();
        let next = |day: &NaiveDate| self.next_start(period, Month::of(*day));
        open.chunk_by(|one, other| next(&one.0) == next(&other.0))
            .map(|chunk| chunk.iter().map(|(_, index)| *index).collect())
            .collect()
    }

    /// Days until which `event` can be held: on which it, or the customer's payment, comes to a new month or a dated extra.
    pub(super) fn later_days(&self, event: &Event) -> Vec<NaiveDate> {
        let extras = self.plan.components.iter().filter_map(|component| component.window.from);
        let months = (1..=self.freedom.months as i32 + 1).map(|more| (more, 0));
        let mut days = self.days_near(event, months, extras);
        days.retain(|day| *day > event.on);
        days
    }

    /// Days to which `event` can be called forward: on which it, or the payment, is still within an earlier month or a
    /// dated extra; the latest first.
    pub(super) fn earlier_days(&self, event: &Event) -> Vec<NaiveDate> {
        let extras = self.plan.components.iter().filter_map(|component| component.window.until);
        let months = (0..=self.freedom.months as i32).map(|less| (-less, 1));
        let mut days = self.days_near(event, months, extras);
        days.retain(|day| *day < event.on);
        days.reverse();
        days
    }

    /// Days of `event` for which it, or its payment, falls on one of `extras` or so many days before the first of a month,
    /// counted from its own.
    fn days_near(
        &self,
        event: &Event,
        months: impl Iterator<Item = (i32, u64)> + Clone,
        extras: impl Iterator<Item = NaiveDate> + Clone,
    ) -> Vec<NaiveDate> {
        let counts = [Some(event.on), event.collected_on];
        let days = counts.into_iter().flatten().flat_map(|counts| {
            let firsts = months.clone().filter_map(move |(more, before)| {
                Month::of(counts).plus(more).first_day().checked_sub_days(Days::new(before))
            });
            firsts.chain(extras.clone()).map(move |day| event.on + (day - counts))
        });
        let mut days: Vec<NaiveDate> = days.filter(|day| self.may_move(event, *day)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Whether `event` can happen on `day`: not farther than may be, not before the plan, and not across another event of
    /// the same account.
    pub(super) fn may_move(&self, event: &Event, day: NaiveDate) -> bool {
        let (first, last) = (event.on.min(day), event.on.max(day));
        let crosses = |other: &Event| {
            matches!(event.origin, Origin::Account(_))
                && other.origin == event.origin
                && (first..=last).contains(&other.on)
                && other.on != event.on
        };
        first.checked_add_months(Months::new(self.freedom.months)).is_some_and(|farthest| last <= farthest)
            && Month::of(day) >= self.from
            && !self.events.iter().any(crosses)
    }

    /// The events with those at `places` on another day; customers pay as much sooner or later.
    pub(super) fn moved(&self, places: &[usize], to: NaiveDate) -> Vec<Event> {
        let mut events = self.events.to_vec();
        for place in places {
            self.move_one(&mut events, *place, to);
        }
        events
    }

    fn move_one(&self, events: &mut [Event], place: usize, to: NaiveDate) {
        let Some(old) = self.events.get(place) else { return };
        if let Some(event) = events.get_mut(place) {
            event.on = to;
            event.collected_on = old.collected_on.map(|day| day + (to - old.on));
        }
        // A sale that is younger is also younger when it is lost. That an older one may be too old for clawback is no
        // reason to call it forward: nobody knows beforehand that it will be lost.
        let months = Month::of(old.on).months_until(Month::of(to)).max(0);
        if is_sale(old.kind) && matches!(old.origin, Origin::Account(_)) {
            for later in events.iter_mut().filter(|later| later.kind == EventKind::Lost && later.origin == old.origin) {
                later.age = u32::try_from(i64::from(later.age) - i64::from(months)).unwrap_or(0);
            }
        }
    }

    /// The events with one for `cents` less, on another day: the price and the margin fall by as much.
    pub(super) fn discounted(&self, place: usize, old: &Event, cents: i64, on: NaiveDate) -> Vec<Event> {
        let mut events = self.moved(&[place], on);
        let less = cents as f64 / 100.0;
        if let Some(event) = events.get_mut(place) {
            event.revenue = old.revenue - less;
            event.margin = old.margin - less;
        }
        events
    }

    /// The events with one in two: the first for `cents`, the second for the rest. Each counts as one, and so they do
    /// when they are lost.
    pub(super) fn parted(&self, place: usize, old: &Event, cents: i64, second_on: NaiveDate) -> Vec<Event> {
        let mut events = self.events.to_vec();
        let first = cents as f64 / 100.0;
        let part = first / old.revenue;
        let mut second = *old;
        second.revenue = old.revenue - first;
        second.margin = old.margin * (1.0 - part);
        second.on = second_on;
        second.collected_on = old.collected_on.map(|day| day + (second_on - old.on));
        if let Some(event) = events.get_mut(place) {
            event.revenue = first;
            event.margin = old.margin * part;
        }
        if is_sale(old.kind) {
            let sold = |event: &&Event| is_sale(event.kind) && event.origin == old.origin;
            let sales: f64 = self.events.iter().filter(sold).map(|event| event.count).sum();
            let more = if sales > 0.0 { (sales + old.count) / sales } else { 1.0 };
            for lost in events.iter_mut().filter(|event| event.kind == EventKind::Lost && event.origin == old.origin) {
                lost.count *= more;
            }
        }
        events.insert(place + 1, second);
        events
    }

    /// Prices of this deal at which a tier table of single deals steps.
    pub(super) fn deal_steps(&self, event: &Event) -> Vec<f64> {
        let tables = self.plan.components.iter().filter_map(|component| match &component.reward {
            Reward::DealTiers { rates, .. } => Some((component.measure.basis, rates)),
            _ => None,
        });
        let prices = tables.flat_map(|(basis, rates)| {
            let per_amount = match basis {
                Basis::Revenue | Basis::Cash => 1.0,
                Basis::Margin if event.margin > 0.0 => event.revenue / event.margin,
                Basis::Margin | Basis::Count | Basis::Touches { .. } => 0.0,
            };
            rates.steps().iter().map(move |(start, _)| start * per_amount * event.count)
        });
        prices.filter(|price| *price > 0.0).collect()
    }
}

const fn is_sale(kind: EventKind) -> bool {
    matches!(kind, EventKind::Won | EventKind::WonByReferral { .. } | EventKind::WonBack)
}
