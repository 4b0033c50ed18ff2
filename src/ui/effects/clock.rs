//! The clock, which the model never reads itself.

use chrono::NaiveDate;

/// Today, in the user's time zone.
pub fn today() -> NaiveDate {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(2000);
    NaiveDate::from_ymd_opt(year, now.get_month() + 1, now.get_date()).unwrap_or(NaiveDate::MIN)
}
