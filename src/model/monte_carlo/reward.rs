//! What each way that an account may go pays and brings in: rows that a run adds up.

use super::chances::{Source, Wins};
use super::survival::Survival;
use super::tiers::{NewBusinessTiers, OneStep};
use crate::model::assumptions::Assumptions;
use crate::model::path::of_contract_year;
use crate::model::plan::{CONTRACT_YEARS, Plan};
use crate::model::seller::Member;

/// Amounts of a run, all money. The places are [`FIRST_YEAR_PAY`] and those after it.
pub(super) type Row = [f64; 8];

/// Pay of months 1 to 12, undiscounted, and its part for renewals.
pub(super) const FIRST_YEAR_PAY: usize = 0;
pub(super) const FIRST_YEAR_RENEWAL: usize = 1;
/// Present value of pay to the seller, after the horizon included, and its part for renewals.
pub(super) const PAY: usize = 2;
pub(super) const RENEWAL: usize = 3;
/// What customers pay over the horizon, undiscounted.
pub(super) const REVENUE: usize = 4;
/// The company's present value.
pub(super) const COMPANY: usize = 5;
/// The parts of pay for new business, of which the accounts of the book bring nothing.
pub(super) const FIRST_YEAR_NEW: usize = 6;
pub(super) const NEW: usize = 7;
/// How many amounts come before those.
const WITHOUT_NEW: usize = FIRST_YEAR_NEW;

/// What nothing brings.
pub(super) static NOTHING: Row = [0.0; 8];

/// Adds rows of accounts of the book to `row`, two and two.
#[inline]
pub(super) fn add_four(row: &mut Row, [a, b, c, d]: [&Row; 4]) {
    for ((((sum, a), b), c), d) in row.iter_mut().zip(a).zip(b).zip(c).zip(d).take(WITHOUT_NEW) {
        *sum = (*sum + (a + b)) + (c + d);
    }
}

/// Adds `other` to `row`.
#[inline]
pub(super) fn add(row: &mut Row, other: &Row) {
    for (sum, part) in row.iter_mut().zip(other) {
        *sum += part;
    }
}

/// `other`, `times` over, added to `row`.
pub(super) fn add_times(row: &mut Row, other: &Row, times: f64) {
    for (sum, part) in row.iter_mut().zip(other) {
        *sum += times * part;
    }
}

/// What part of pay it is.
#[derive(Clone, Copy)]
enum Part {
    Renewal,
    New,
    Other,
}

/// A plan as a run needs it: its rates beside the discount factors of each month.
#[derive(Debug, Clone)]
pub(super) struct Rewards {
    horizon: u32,
    /// Without what tiers pay.
    new_business: f64,
    referral: f64,
    upsell: f64,
    by_year: [f64; CONTRACT_YEARS],
    last: f64,
    base: f64,
    prospecting_cost: f64,
    /// Discount factors of month 0 to the horizon: the company's, and the seller's.
    factors: Vec<(f64, f64)>,
    /// Sums of the company's factors of months 1 to each.
    company_until: Vec<f64>,
    /// The rate on new business, and by what it is multiplied as a period goes on, if that counts.
    pub(super) tiers: Option<(f64, NewBusinessTiers)>,
}

/// One account, or those won in a month, while they stay.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    value: f64,
    annual_margin: f64,
    gross_margin: f64,
    /// The first month that counts.
    from: u32,
    /// Months since the sale in month 0; negative for who is won later.
    age: i64,
    term: u32,
    /// Further renewals after the horizon, for company and seller.
    later: (f64, f64),
}

impl Life {
    /// Of an account of the book.
    pub(super) fn of_member(member: &Member, term: u32, later: (f64, f64)) -> Life {
        Life {
            value: member.annual_value,
            annual_margin: member.annual_margin,
            gross_margin: member.gross_margin,
            from: 1,
            age: i64::from(member.tenure),
            term,
            later,
        }
    }

    /// Of an account that is won.
    pub(super) fn of_win(wins: &Wins, margin: f64, term: u32, later: (f64, f64)) -> Life {
        let margin = wins.value * margin;
        Life {
            value: wins.value,
            annual_margin: margin,
            gross_margin: margin,
            from: wins.month,
            age: -i64::from(wins.month),
            term,
            later,
        }
    }
}

impl Rewards {
    pub(super) fn new(plan: &Plan, tiers: Option<&NewBusinessTiers>, assumed: &Assumptions) -> Rewards {
        let (company, seller) = (assumed.company_factor(), assumed.seller_factor());
        let factors: Vec<(f64, f64)> = (0..=assumed.horizon)
            .map(|month| f64::from(month) / 12.0)
            .map(|years| (libm::pow(company, years), libm::pow(seller, years)))
            .collect();
        let mut sum = 0.0;
        let company_until = factors.iter().enumerate().map(|(month, (company, _))| {
            sum += if month > 0 { *company } else { 0.0 };
            sum
        });
        let rate = plan.new_business.get();
        Rewards {
            horizon: assumed.horizon,
            new_business: if tiers.is_some() { 0.0 } else { rate },
            referral: plan.referral.get(),
            upsell: plan.upsell.get(),
            by_year: plan.renewal.by_year().map(|rate| rate.get()),
            last: plan.renewal.last().get(),
            base: plan.base.units(),
            prospecting_cost: assumed.prospecting_cost,
            company_until: company_until.collect(),
            factors,
            tiers: tiers.map(|tiers| (rate, tiers.clone())),
        }
    }

    fn factors(&self, month: u32) -> (f64, f64) {
        self.factors.get(month as usize).copied().unwrap_or((0.0, 0.0))
    }

    /// Pays `amount` in `month`.
    fn pay(&self, row: &mut Row, month: u32, amount: f64, part: Part) {
        let (company, seller) = self.factors(month);
        let in_first_year = if month <= 12 { amount } else { 0.0 };
        row[FIRST_YEAR_PAY] += in_first_year;
        row[PAY] += seller * amount;
        row[COMPANY] -= company * amount;
        match part {
            Part::Renewal => {
                (row[FIRST_YEAR_RENEWAL], row[RENEWAL]) =
                    (row[FIRST_YEAR_RENEWAL] + in_first_year, row[RENEWAL] + seller * amount)
            }
            Part::New => {
                (row[FIRST_YEAR_NEW], row[NEW]) = (row[FIRST_YEAR_NEW] + in_first_year, row[NEW] + seller * amount);
            }
            Part::Other => {}
        }
    }

    /// What is paid and spent whatever happens, with `prospecting` hours in each month.
    pub(super) fn fixed(&self, prospecting: impl Iterator<Item = f64>) -> Row {
        let mut row = Row::default();
        for (month, hours) in (1..=self.horizon).zip(prospecting) {
            self.pay(&mut row, month, self.base / 12.0, Part::Other);
            row[COMPANY] -= self.factors(month).0 * self.prospecting_cost * hours;
        }
        row
    }

    /// What a win pays at once, but for tiers.
    pub(super) fn sale(&self, wins: &Wins) -> Row {
        let mut row = Row::default();
        let referral = if wins.source == Source::Referred { self.referral } else { 0.0 };
        self.pay(&mut row, wins.month, (self.new_business + referral) * wins.value, Part::New);
        row
    }

    /// Adds what tiers pay on the annual value won in each month, `won`, from month 1 on.
    pub(super) fn add_tiers(&self, row: &mut Row, won: &[f64]) {
        let Some((rate, tiers)) = &self.tiers else { return };
        if let Some(quota) = tiers.as_quota() {
            self.add_quota(row, won, *rate, &quota, tiers.period.months() as usize);
        } else {
            tiers.counted(won, |month, counted| self.pay(row, month, rate * counted, Part::New));
        }
    }

    /// The same for a quota over so many `months`. A month in which nothing is won counts for nothing, which is quicker added
    /// than asked about.
    fn add_quota(&self, row: &mut Row, won: &[f64], rate: f64, quota: &OneStep, months: usize) {
        let mut sums = *row;
        let factors = self.factors.get(1..).unwrap_or_default();
        let mut month = 0;
        for (won, factors) in won.chunks(months).zip(factors.chunks(months)) {
            let (mut sum, mut before) = (0.0, 0.0);
            for (won, (company, seller)) in won.iter().zip(factors) {
                sum += won;
                let counts = quota.counts_for(sum);
                let amount = rate * (counts - before);
                before = counts;
                month += 1;
                if month <= 12 {
                    sums[FIRST_YEAR_PAY] += amount;
                    sums[FIRST_YEAR_NEW] += amount;
                }
                sums[PAY] += seller * amount;
                sums[COMPANY] -= company * amount;
                sums[NEW] += seller * amount;
            }
        }
        *row = sums;
    }

    /// Appends to `rows` what `life` adds to `start` if it survives 0, 1, 2, ... renewals and no more.
    pub(super) fn lives(&self, life: &Life, survival: &Survival, start: &Row, rows: &mut Vec<Row>) {
        let mut row = *start;
        let (mut grown, mut from) = (1.0, life.from);
        for step in &survival.steps {
            self.stay(&mut row, life, grown, from, step.month.saturating_sub(1));
            rows.push(row);
            let age = (life.age + i64::from(step.month)).max(0) as u32;
            let renewed = life.value * grown * f64::from(life.term) / 12.0;
            self.pay(&mut row, step.month, of_contract_year(&self.by_year, age) * renewed, Part::Renewal);
            if step.growth > 0.0 {
                self.pay(&mut row, step.month, self.upsell * life.value * grown * step.growth, Part::Other);
                grown *= 1.0 + step.growth;
            }
            from = step.month;
        }
        self.stay(&mut row, life, grown, from, self.horizon);
        let ((company, seller), (company_later, seller_later)) = (self.factors(self.horizon), life.later);
        let value = self.last * life.value * grown;
        let margin = life.annual_margin + life.gross_margin * (grown - 1.0);
        row[PAY] += seller * value * seller_later;
        row[RENEWAL] += seller * value * seller_later;
        row[COMPANY] += company * (margin - value) * company_later;
        rows.push(row);
    }

    /// The months `from..=until` as a customer whose value has grown so far.
    fn stay(&self, row: &mut Row, life: &Life, grown: f64, from: u32, until: u32) {
        let sum = |month: u32| self.company_until.get(month as usize).copied().unwrap_or(0.0);
        if from <= until {
            row[REVENUE] += life.value * grown / 12.0 * f64::from(until + 1 - from);
            let margin = life.annual_margin + life.gross_margin * (grown - 1.0);
            row[COMPANY] += margin / 12.0 * (sum(until) - sum(from.saturating_sub(1)));
        }
    }
}
