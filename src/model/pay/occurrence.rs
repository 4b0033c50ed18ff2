//! Events on the days on which they count, and what was due on them.

use chrono::NaiveDate;

use super::component::Window;
use super::event::{Event, EventKind};

/// An event on a day on which it counts: for measures of contracted amounts, or for those of cash.
pub(in crate::model) struct Occurrence<'a> {
    pub(in crate::model) day: NaiveDate,
    /// The place of the event among all.
    pub(in crate::model) index: usize,
    pub(in crate::model) event: &'a Event,
    pub(in crate::model) cash: bool,
}

/// All occurrences on the days of `in_force`, each day after the other.
pub(super) fn occurrences(events: &[Event], in_force: Window) -> Vec<Occurrence<'_>> {
    let both = events.iter().enumerate().flat_map(|(index, event)| {
        let contracted = Some(Occurrence { day: event.on, index, event, cash: false });
        let collected = event.collected_on.map(|day| Occurrence { day, index, event, cash: true });
        contracted.into_iter().chain(collected)
    });
    let mut held: Vec<_> = both.filter(|occurrence| in_force.holds(occurrence.day)).collect();
    held.sort_by_key(|occurrence| occurrence.day);
    held
}

/// Value due and renewed in a period.
#[derive(Clone, Copy, Default)]
pub(super) struct Kept {
    pub(super) due: f64,
    renewed: f64,
}

impl Kept {
    /// Adds what was due and what of it was renewed.
    pub(super) fn add(&mut self, occurrence: &Occurrence<'_>) {
        if occurrence.event.was_due() && !occurrence.cash {
            self.due += occurrence.event.revenue;
            if occurrence.event.kind != EventKind::Lost {
                self.renewed += occurrence.event.revenue;
            }
        }
    }

    /// The part of what was due that was renewed; 1 if nothing was.
    pub(super) fn retention(self) -> f64 {
        if self.due > 0.0 { self.renewed / self.due } else { 1.0 }
    }
}
