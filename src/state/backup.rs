//! When to remind of a backup: what only this browser has may be gone with it.

use chrono::NaiveDate;

/// A reminder is due after so many changes.
pub const DUE_CHANGES: u32 = 50;
/// Or so many days after the first of them.
pub const DUE_DAYS: i64 = 7;

/// What was changed since a file was last saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backup {
    /// The day on which a file was last saved, if one ever was.
    pub saved_on: Option<NaiveDate>,
    /// How many changes were made since.
    pub changes: u32,
    /// The day of the first of them.
    pub since: Option<NaiveDate>,
    /// No reminder before this day: "not now" was said.
    pub quiet_until: Option<NaiveDate>,
}

impl Backup {
    /// Another change was made.
    pub fn count(&mut self, today: NaiveDate) {
        self.changes = self.changes.saturating_add(1);
        self.since = self.since.or(Some(today));
    }

    /// A file was saved.
    pub fn done(&mut self, today: NaiveDate) {
        *self = Backup { saved_on: Some(today), ..Backup::default() };
    }

    /// "Not now" was said: the next reminder comes as many days later.
    pub fn put_off(&mut self, today: NaiveDate) {
        self.quiet_until = today.checked_add_signed(chrono::TimeDelta::days(DUE_DAYS));
    }

    /// Whether to remind.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        let is_old = self.since.is_some_and(|since| (today - since).num_days() >= DUE_DAYS);
        let is_quiet = self.quiet_until.is_some_and(|day| today < day);
        self.changes > 0 && (self.changes >= DUE_CHANGES || is_old) && !is_quiet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_comes_after_fifty_changes_or_seven_days() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let mut backup = Backup::default();
        assert!(!backup.is_due(day(30)), "nothing was changed");
        backup.count(day(1));
        assert!(!backup.is_due(day(7)));
        assert!(backup.is_due(day(8)));
        (2..=DUE_CHANGES).for_each(|_| backup.count(day(2)));
        assert!(backup.is_due(day(2)));
        backup.put_off(day(2));
        assert!(!backup.is_due(day(8)));
        assert!(backup.is_due(day(9)));
        backup.done(day(9));
        assert_eq!((backup.is_due(day(30)), backup.saved_on), (false, Some(day(9))));
    }
}
