//! Where an account stands: a status word, three dates and a reason to one [`Standing`].

use chrono::NaiveDate;

use super::date::{DateOrder, readings, shown};
use super::mapping::Field;
use super::note::MAX_NOTES;
use super::row::{Reading, RowReader};
use super::tidy::{cut, one_line, quoted};
use super::word::{self, Stands};
use crate::model::account::Standing;
use crate::model::month::Month;

/// Renewals further away than this are taken with a remark: longer than any term.
const FAR_MONTHS: i32 = 60;

/// What is known of a standing, whatever the standing is.
#[derive(Default)]
struct Course {
    since: Option<NaiveDate>,
    renews_on: Option<NaiveDate>,
    lost_on: Option<NaiveDate>,
    reason: String,
}

impl<'t> RowReader<'t> {
    /// Takes status, dates and reason; blank cells keep what was known.
    ///
    /// # Errors
    /// The sentence for an unknown status: whether such an account is a customer is not for us to guess.
    pub(super) fn read_standing(&self, reading: &mut Reading<'t>, is_new: bool) -> Result<(), String> {
        let (before, mut course) = Course::of(std::mem::replace(&mut reading.account.standing, Standing::Prospect));
        let told = match self.cell(reading.row, Field::Standing) {
            Some((column, cell)) => Some(word::stands(cell).ok_or_else(|| {
                format!(
                    "{} under {} is not a status: use Active, Lost or Prospect, or do not take that column as the status.",
                    quoted(cell),
                    quoted(&self.table.heading(column)),
                )
            })?),
            None => None,
        };
        let since = self.date(reading, Field::Since);
        let renews_on = self.date(reading, Field::RenewsOn);
        let lost_on = self.date(reading, Field::LostOn);
        let reason = self.cell(reading.row, Field::LostReason);
        // Without a status, a day of loss says it.
        let stands = told.unwrap_or(if lost_on.is_some() { Stands::Lapsed } else { before });
        if told.is_none() && lost_on.is_none() && is_new && self.mapping.column(Field::Standing).is_some() {
            reading.remarks.push("No status is given: the account counts as active.".to_owned());
        }
        if stands == Stands::Prospect {
            reading.cannot_hold(self, &[Field::Since, Field::RenewsOn, Field::LostOn, Field::LostReason], "prospect");
        } else if stands == Stands::Active {
            reading.cannot_hold(self, &[Field::LostOn, Field::LostReason], "customer");
        } else {
            reading.cannot_hold(self, &[Field::RenewsOn], "lost account");
        }
        course.since = since.or(course.since);
        course.renews_on = renews_on.or(course.renews_on);
        course.lost_on = lost_on.or(course.lost_on);
        if let Some((_, cell)) = reason {
            let line = one_line(cell);
            let (reason, whole) = cut(&line, MAX_NOTES);
            reason.clone_into(&mut course.reason);
            if !whole {
                reading.remarks.push(format!("The reason of the loss was cut to {MAX_NOTES} characters."));
            }
        }
        if stands != Stands::Prospect {
            self.remark_on_days(reading, &course, stands);
        }
        reading.account.standing = course.into_standing(stands);
        Ok(())
    }

    /// The day that feeds a field; an unreadable one is set aside with a remark.
    fn date(&self, reading: &mut Reading<'t>, field: Field) -> Option<NaiveDate> {
        let (column, cell) = self.cell(reading.row, field)?;
        let order = self.orders.get(column).copied().unwrap_or(DateOrder::DayFirst);
        let day = readings(cell).by(order);
        if day.is_none() {
            let heading = self.table.heading(column);
            let why = format!("{} under {} is not a date: it stays a note.", quoted(cell), quoted(&heading));
            reading.set_aside(heading, cell, why);
        }
        day
    }

    fn remark_on_days(&self, reading: &mut Reading<'t>, course: &Course, stands: Stands) {
        if let Some(since) = course.since
            && Month::of(since) > self.as_of
        {
            reading
                .remarks
                .push(format!("Customer since {}, which is still to come: it counts as won now.", shown(since)));
        }
        let Some(renews_on) = course.renews_on.filter(|_| stands == Stands::Active) else { return };
        let months = self.as_of.months_until(Month::of(renews_on));
        if months < 0 {
            reading
                .remarks
                .push(format!("The renewal on {} has passed: it counts as due next month.", shown(renews_on)));
        } else if months > FAR_MONTHS {
            reading
                .remarks
                .push(format!("The renewal on {} is more than five years away: check the date.", shown(renews_on)));
        }
        if course.since.is_some_and(|since| since >= renews_on) {
            reading
                .remarks
                .push(format!("The renewal on {} is not after the day it was won: check both.", shown(renews_on)));
        }
    }
}

impl<'t> Reading<'t> {
    /// Keeps the cells of fields that such an account does not have as notes, and says so once.
    fn cannot_hold(&mut self, reader: &RowReader<'t>, fields: &[Field], such: &str) {
        let mut headings = Vec::new();
        for (column, cell) in fields.iter().filter_map(|field| reader.cell(self.row, *field)) {
            let heading = reader.table.heading(column);
            if !self.unplaced.iter().any(|(unplaced, _)| *unplaced == heading) {
                headings.push(quoted(&heading));
                self.unplaced.push((heading, cell));
            }
        }
        if !headings.is_empty() {
            self.remarks.push(format!("A {such} has no {}: kept as a note.", headings.join(" and no ")));
        }
    }
}

impl Course {
    fn of(standing: Standing) -> (Stands, Course) {
        match standing {
            Standing::Prospect => (Stands::Prospect, Course::default()),
            Standing::Active { since, renews_on } => (Stands::Active, Course { since, renews_on, ..Course::default() }),
            Standing::Lapsed { since, on, reason } => {
                (Stands::Lapsed, Course { since, lost_on: on, reason, ..Course::default() })
            }
        }
    }

    fn into_standing(self, stands: Stands) -> Standing {
        let Course { since, renews_on, lost_on, reason } = self;
        match stands {
            Stands::Prospect => Standing::Prospect,
            Stands::Active => Standing::Active { since, renews_on },
            Stands::Lapsed => Standing::Lapsed { since, on: lost_on, reason },
        }
    }
}
