//! Which pools' contracts end in which month: the same in every run, so it is worked out once.

use super::seller::Pool;

/// A pool whose contracts end in some month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The pool, by its place in the book.
    pub pool: u32,
    /// Whether the pool before it in this month renews with the same chance.
    pub like_the_last: bool,
}

/// What falls due, month by month.
#[derive(Debug, Clone)]
pub struct DueCalendar {
    due: Vec<Due>,
    /// Where each month ends in `due`, from month 0.
    until: Vec<u32>,
}

impl DueCalendar {
    /// What falls due among `pools` in months 1 to `horizon`, in their order.
    pub fn new(pools: &[Pool], horizon: u32) -> DueCalendar {
        let due_months = |pool: &Pool| (pool.first_renewal..=horizon).step_by(pool.term as usize);
        let mut until = vec![0_u32; horizon as usize + 1];
        for month in pools.iter().flat_map(due_months) {
            if let Some(count) = until.get_mut(month as usize) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut until {
            sum += *count;
            *count = sum;
        }
        let mut due = vec![Due { pool: 0, like_the_last: false }; sum as usize];
        // Each month is filled from its end backwards, so the pools are taken backwards too.
        let mut next = until.clone();
        for (index, pool) in pools.iter().enumerate().rev() {
            for month in due_months(pool) {
                let slot = next.get_mut(month as usize).map(|slot| {
                    *slot -= 1;
                    *slot as usize
                });
                if let Some(place) = slot.and_then(|slot| due.get_mut(slot)) {
                    place.pool = index as u32;
                }
            }
        }
        let mut calendar = DueCalendar { due, until };
        calendar.compare_neighbours(pools);
        calendar
    }

    fn compare_neighbours(&mut self, pools: &[Pool]) {
        let mut from = 0;
        for until in &self.until {
            let mut last: Option<&Pool> = None;
            for place in self.due.get_mut(from..*until as usize).unwrap_or_default() {
                let pool = pools.get(place.pool as usize);
                place.like_the_last = last.zip(pool).is_some_and(|(last, pool)| last.renews_like(pool));
                last = pool;
            }
            from = *until as usize;
        }
    }

    /// What falls due in `month`, from 1.
    pub fn due_in(&self, month: u32) -> &[Due] {
        let until = |month: u32| self.until.get(month as usize).map_or(0, |until| *until as usize);
        self.due.get(until(month.saturating_sub(1))..until(month)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::response::RenewalCurve;

    fn pool(loss_odds: f64, term: u32, first_renewal: u32) -> Pool {
        let curve = RenewalCurve::through(0.6, 0.85, 0.95, 4.0).unwrap();
        let value_by_tenure = vec![(0, 1.0)];
        Pool {
            curve,
            loss_odds,
            term,
            first_renewal,
            accounts: 1.0,
            annual_value: 1.0,
            annual_margin: 1.0,
            gross_margin: 1.0,
            value_by_tenure,
        }
    }

    #[test]
    fn every_end_of_a_contract_is_in_its_month_and_in_no_other() {
        let pools: Vec<Pool> =
            [(1.0, 1, 1), (1.0, 12, 3), (1.0, 12, 12), (1.0, 36, 40), (2.0, 12, 3), (2.0, 6, 61), (2.0, 7, 60)]
                .map(|(odds, term, first)| pool(odds, term, first))
                .into();
        let calendar = DueCalendar::new(&pools, 60);
        for month in 1..=60 {
            let expected: Vec<usize> = (0..pools.len())
                .filter(|index| {
                    let pool = &pools[*index];
                    month >= pool.first_renewal && (month - pool.first_renewal).is_multiple_of(pool.term)
                })
                .collect();
            let due = calendar.due_in(month);
            assert_eq!(due.iter().map(|due| due.pool as usize).collect::<Vec<_>>(), expected, "month {month}");
            for (place, due) in due.iter().enumerate() {
                let like = place > 0 && pools[expected[place]].renews_like(&pools[expected[place - 1]]);
                assert_eq!(due.like_the_last, like, "month {month}, {place}");
            }
        }
        assert_eq!(calendar.due_in(61), []);
    }
}
