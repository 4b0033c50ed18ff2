//! What a run of the projection tells the evaluator: expected events, month by month.

use chrono::NaiveDate;

use crate::model::month::Month;
use crate::model::path::{EndedContracts, MonthFlow, Path};
use crate::model::pay::{Event, EventKind, Origin};

/// The expected events of a path, month by month, the first in the month after `from`. The margin of what is renewed and
/// won is the book's mean, `margin`; customers pay in the month. Losses of sales younger than `window` months are told one
/// by one, the others together.
pub fn events(path: &Path, from: Month, margin: f64, window: u32) -> Vec<Event> {
    let mut events = Vec::with_capacity(path.months.len() * 6);
    let mut ended = path.ended.as_slice();
    for (month, flow) in (1..).zip(&path.months) {
        let expected = Expected { month, on: last_day(from, month), margin, window, by_contract_year: true };
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
    pub(super) margin: f64,
    pub(super) window: u32,
    /// Whether renewals of each contract year are told by themselves, or all together as of year 2.
    pub(super) by_contract_year: bool,
}

impl Expected {
    /// Tells the month's events, and leaves in `ended` those of later months.
    pub(super) fn events(&self, flow: &MonthFlow, ended: &mut &[EndedContracts], mut tell: impl FnMut(&Event)) {
        let (month, on) = (self.month, self.on);
        let mut happen = |kind: EventKind, origin: Origin, count: f64, revenue: f64, age: u32| {
            if count > 0.0 || revenue != 0.0 {
                let margin = self.margin * revenue;
                tell(&Event { on, kind, origin, count, revenue, margin, collected_on: Some(on), age, term: 12 });
            }
        };
        // What was due and lost is known before what is renewed: a floor counts from all that was due.
        let renewed: f64 = flow.renewed_value.iter().sum();
        let mut told = 0.0;
        while let Some((loss, later)) = ended.split_first()
            && loss.month == month
        {
            *ended = later;
            let age = month - loss.sold;
            if age < self.window {
                happen(EventKind::Lost, Origin::Month(loss.sold), loss.lost, loss.lost_value, age);
                told += loss.lost_value;
            }
        }
        let lost = (flow.due_value - renewed - told).max(0.0);
        happen(EventKind::Lost, Origin::Month(0), 0.0, lost, u32::MAX);
        if self.by_contract_year {
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
