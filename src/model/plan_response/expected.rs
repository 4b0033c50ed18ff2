//! What a run of the projection tells the evaluator: expected events, month by month.

use chrono::NaiveDate;

use crate::model::month::Month;
use crate::model::path::{EndedContracts, MonthFlow, Path};
use crate::model::pay::{Event, EventKind, Origin};
use crate::model::plan::CONTRACT_YEARS;

/// How the expected events of a path are told, whatever the month.
#[derive(Clone, Copy)]
pub(super) struct Telling {
    /// The margin of what is renewed and won: the book's mean.
    pub(super) margin: f64,
    /// Losses of sales younger than so many months are told one by one, the others together.
    pub(super) window: u32,
    /// Whether renewals of each contract year are told by themselves, or all together as of year 2.
    pub(super) by_contract_year: bool,
    /// Whether renewals and growth are told by months since the sale: exactly for accounts won within the run, by the
    /// month in which the contract year begins for the others, whose month of sale is not kept.
    pub(super) by_age: bool,
    /// Months from the sale until the customer pays.
    pub(super) collection_months: u32,
    /// Months that a new contract runs.
    pub(super) term: u32,
    /// Whether hours with customers are told, by which touches are reckoned.
    pub(super) customer_hours: bool,
}

/// The expected events of a path, month by month, the first in the month after `from`.
pub(super) fn events(path: &Path, from: Month, telling: Telling) -> Vec<Event> {
    let mut events = Vec::with_capacity(path.months.len() * 6);
    let mut ended = path.ended.as_slice();
    for (month, flow) in (1..).zip(&path.months) {
        let collected_on = last_day(from, month + telling.collection_months);
        let expected = Expected { month, on: last_day(from, month), collected_on, telling };
        expected.events(flow, &mut ended, |event| events.push(*event));
    }
    events
}

pub(super) fn last_day(from: Month, month: u32) -> NaiveDate {
    from.plus(month as i32 + 1).first_day().pred_opt().unwrap_or_default()
}

/// A month of a path, from 1, and how its events are told: see [`events`].
pub(super) struct Expected {
    pub(super) month: u32,
    pub(super) on: NaiveDate,
    pub(super) collected_on: NaiveDate,
    pub(super) telling: Telling,
}

/// Contract year of a renewal `age` months after the sale, the last one open-ended, and the age at which it begins.
const fn year_of(age: u32) -> u32 {
    let year = age / 12 + 1;
    if year < CONTRACT_YEARS as u32 { year } else { CONTRACT_YEARS as u32 }
}

const fn begin_of(year: u32) -> u32 {
    12 * (year - 1)
}

impl Expected {
    /// Tells the month's events, and leaves in `ended` those of later months.
    pub(super) fn events(&self, flow: &MonthFlow, ended: &mut &[EndedContracts], mut tell: impl FnMut(&Event)) {
        if self.telling.by_age {
            self.events_by_age(flow, ended, &mut tell);
        } else {
            self.events_at_no_age(flow, ended, tell);
        }
    }

    /// As [`Expected::events`], for who asks seldom: a caller that does much with each event slows the loop for all.
    #[cold]
    #[inline(never)]
    pub(super) fn events_apart(&self, flow: &MonthFlow, ended: &mut &[EndedContracts], tell: &mut dyn FnMut(&Event)) {
        self.events(flow, ended, tell);
    }

    /// Apart from the rest, which every plan without a hand-over runs through many thousand times.
    #[cold]
    #[inline(never)]
    fn events_by_age(&self, flow: &MonthFlow, ended: &mut &[EndedContracts], tell: &mut dyn FnMut(&Event)) {
        let ends_now = ended.partition_point(|contracts| contracts.month <= self.month);
        let contracts = ended.get(..ends_now).unwrap_or_default();
        let together = Expected { telling: Telling { by_contract_year: false, ..self.telling }, ..*self };
        together.events_at_no_age(flow, ended, |event| match event.kind {
            EventKind::Renewed { .. } => self.renewals_by_age(flow, event, contracts, tell),
            // Told with the renewals that it comes with.
            EventKind::Expanded => {}
            _ => tell(event),
        });
    }

    /// Tells the renewals that are `together` by age, those of `contracts` first, each with its part of the growth.
    fn renewals_by_age(
        &self,
        flow: &MonthFlow,
        together: &Event,
        contracts: &[EndedContracts],
        tell: &mut dyn FnMut(&Event),
    ) {
        let mut left = flow.renewed_value;
        let mut renew = |contract_year: u32, age: u32, revenue: f64| {
            let part = revenue / together.revenue;
            let of = |kind: EventKind, count: f64, revenue: f64| Event {
                kind,
                count,
                revenue,
                margin: self.telling.margin * revenue,
                age,
                ..*together
            };
            if revenue != 0.0 {
                tell(&of(EventKind::Renewed { contract_year }, part * together.count, revenue));
                tell(&of(EventKind::Expanded, 0.0, part * flow.expansion_value));
            }
        };
        for contract in contracts {
            let age = self.month - contract.sold;
            let year = year_of(age);
            if let Some(left) = left.get_mut(year as usize - 1) {
                *left = (*left - contract.renewed_value).max(0.0);
            }
            renew(year, age, contract.renewed_value);
        }
        for (year, value) in (1_u32..).zip(left) {
            renew(year, begin_of(year), value);
        }
    }

    fn events_at_no_age(&self, flow: &MonthFlow, ended: &mut &[EndedContracts], mut tell: impl FnMut(&Event)) {
        let Expected { month, on, collected_on, telling } = *self;
        let mut happen = |kind: EventKind, origin: Origin, count: f64, revenue: f64, age: u32| {
            if count > 0.0 || revenue != 0.0 {
                let margin = telling.margin * revenue;
                tell(&Event {
                    on,
                    kind,
                    origin,
                    count,
                    revenue,
                    margin,
                    collected_on: Some(collected_on),
                    age,
                    term: telling.term,
                });
            }
        };
        if telling.customer_hours {
            happen(EventKind::CustomerHours, Origin::Month(0), flow.customer_hours, 0.0, 0);
        }
        // What was due and lost is known before what is renewed: a floor counts from all that was due.
        let renewed: f64 = flow.renewed_value.iter().sum();
        let mut told = 0.0;
        while let Some((loss, later)) = ended.split_first()
            && loss.month == month
        {
            *ended = later;
            let age = month - loss.sold;
            if age < telling.window {
                happen(EventKind::Lost, Origin::Month(loss.sold), loss.lost, loss.lost_value, age);
                told += loss.lost_value;
            }
        }
        let lost = (flow.due_value - renewed - told).max(0.0);
        happen(EventKind::Lost, Origin::Month(0), 0.0, lost, u32::MAX);
        if telling.by_contract_year {
            for (year, value) in (1_u32..).zip(flow.renewed_value) {
                let count = if renewed > 0.0 { flow.renewals * value / renewed } else { 0.0 };
                happen(EventKind::Renewed { contract_year: year }, Origin::Month(0), count, value, 0);
            }
        } else {
            let count = if renewed > 0.0 { flow.renewals } else { 0.0 };
            happen(EventKind::Renewed { contract_year: 2 }, Origin::Month(0), count, renewed, 0);
        }
        let sold = Origin::Month(month);
        let cold = flow.wins - flow.referred - flow.won_back;
        let cold_value = flow.new_value - flow.referred_value - flow.won_back_value;
        happen(EventKind::Expanded, Origin::Month(0), 0.0, flow.expansion_value, 0);
        happen(EventKind::WonBack, sold, flow.won_back, flow.won_back_value, 0);
        happen(EventKind::WonByReferral { source_stays: true }, sold, flow.referred, flow.referred_value, 0);
        happen(EventKind::Won, sold, cold, cold_value, 0);
    }
}
