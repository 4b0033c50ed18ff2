//! A typical year of one seller as whole deals: what tricks with deals are looked for on.

use chrono::{Datelike, Days, NaiveDate};

use super::account::AccountId;
use super::month::Month;
use super::path::Path;
use super::pay::{Event, EventKind, Origin};

/// The deals of months 1 to `months` of `path`, which runs from the month after `as_of`: the n-th deal is signed where the
/// expected wins pass `n - 1/2`, and has the mean annual value of that month's wins. Deals are numbered from 0 by their
/// origin. Values are whole cents.
pub fn typical_deals(path: &Path, as_of: Month, months: u32, term: u32, margin: f64) -> Vec<Event> {
    let mut deals = Vec::new();
    let mut won = 0.0;
    for (number, flow) in (1_i32..).zip(&path.months).take(months as usize) {
        let until = won + flow.wins;
        // Losses of digits must not sign a deal twice, nor a month without wins one at all.
        while flow.wins > 0.0 && deals.len() as f64 + 0.5 <= until {
            let part = ((deals.len() as f64 + 0.5 - won) / flow.wins).clamp(0.0, 1.0);
            let revenue = libm::round(flow.new_value / flow.wins * 100.0) / 100.0;
            let on = day_within(as_of.plus(number), part);
            deals.push(Event {
                on,
                kind: EventKind::Won,
                origin: Origin::Account(AccountId(deals.len() as u32)),
                count: 1.0,
                revenue,
                margin: revenue * margin,
                collected_on: Some(on),
                age: 0,
                term,
            });
        }
        won = until;
    }
    deals
}

/// The day at `part` of a month, from its first to its last.
fn day_within(month: Month, part: f64) -> NaiveDate {
    let first = month.first_day();
    let days = month.plus(1).first_day().num_days_from_ce() - first.num_days_from_ce();
    let later = libm::floor(part * f64::from(days)).min(f64::from(days - 1));
    first.checked_add_days(Days::new(later as u64)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::MonthFlow;

    #[test]
    fn deals_are_signed_where_expected_wins_pass_the_halves() {
        let month = |wins: f64| MonthFlow { wins, new_value: wins * 12_000.0, ..MonthFlow::default() };
        let path = Path { months: vec![month(0.4), month(0.4), month(0.0), month(2.2), month(9.0)], ..Path::default() };
        let deals = typical_deals(&path, Month::parse("2026-11").unwrap(), 4, 12, 0.7);
        let days: Vec<String> = deals.iter().map(|deal| deal.on.to_string()).collect();
        // 0.5 is a quarter through January; 1.5 and 2.5 lie 0.7 and 1.7 of 2.2 into March.
        assert_eq!(days, ["2027-01-08", "2027-03-10", "2027-03-24"]);
        assert!(deals.iter().all(|deal| deal.revenue == 12_000.0 && deal.count == 1.0));
        assert!(typical_deals(&Path::default(), Month::parse("2026-11").unwrap(), 12, 12, 0.7).is_empty());
    }
}
