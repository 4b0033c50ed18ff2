//! Months, quarters and years of a plan.

use crate::model::month::Month;

/// Over what a quota, a tier table, a cap or a gate is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanPeriod {
    /// A calendar month.
    #[default]
    Month,
    /// Three months of the plan year.
    Quarter,
    /// A plan year.
    Year,
}

impl PlanPeriod {
    /// Every period, the shortest first.
    pub const ALL: [PlanPeriod; 3] = [PlanPeriod::Month, PlanPeriod::Quarter, PlanPeriod::Year];

    /// Its length.
    pub const fn months(self) -> u32 {
        match self {
            PlanPeriod::Month => 1,
            PlanPeriod::Quarter => 3,
            PlanPeriod::Year => 12,
        }
    }
}

/// When the plan year begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanYear {
    /// Any month that is the first of a plan year.
    pub first: Month,
}

impl PlanYear {
    /// Whether a new `period` begins with `month`.
    pub fn begins(self, period: PlanPeriod, month: Month) -> bool {
        self.first.months_until(month).rem_euclid(period.months() as i32) == 0
    }

    /// Whether `month` is the last of its `period`.
    pub fn ends(self, period: PlanPeriod, month: Month) -> bool {
        self.begins(period, month.plus(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_the_plan_year() {
        let year = PlanYear { first: Month::parse("2026-02").unwrap() };
        let begins = |period, month: &str| year.begins(period, Month::parse(month).unwrap());
        assert!(begins(PlanPeriod::Month, "2026-03"));
        assert!(begins(PlanPeriod::Quarter, "2025-11") && !begins(PlanPeriod::Quarter, "2026-01"));
        assert!(begins(PlanPeriod::Year, "2027-02") && !begins(PlanPeriod::Year, "2027-01"));
        assert!(year.ends(PlanPeriod::Year, Month::parse("2027-01").unwrap()));
    }
}
