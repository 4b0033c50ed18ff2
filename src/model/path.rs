//! What a run of the projection is told and what it leaves: hours in, flows of each month out.

use super::plan::CONTRACT_YEARS;

/// Hours of one seller in a month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MonthHours {
    /// R: with customers.
    pub customers: f64,
    /// X: prospecting.
    pub prospecting: f64,
}

/// How the seller's time is spent over the run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Effort {
    /// Every month.
    pub monthly: MonthHours,
    /// On top of that in months 1 to 12 only: how the next hour is weighed.
    pub first_year_extra: MonthHours,
}

impl Effort {
    /// `share` of `hours_per_year` on customers and the rest on prospecting, evenly over the months.
    pub fn split(share: f64, hours_per_year: f64) -> Effort {
        let monthly =
            MonthHours { customers: share * hours_per_year / 12.0, prospecting: (1.0 - share) * hours_per_year / 12.0 };
        Effort { monthly, first_year_extra: MonthHours::default() }
    }

    /// The hours of `month`, from 1.
    pub fn in_month(&self, month: u32) -> MonthHours {
        let extra = if month <= 12 { self.first_year_extra } else { MonthHours::default() };
        MonthHours {
            customers: self.monthly.customers + extra.customers,
            prospecting: self.monthly.prospecting + extra.prospecting,
        }
    }
}

/// What happens in one month; money and counts are expected values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MonthFlow {
    /// Accounts at the end of the month, this month's wins included.
    pub accounts: f64,
    /// Accounts won.
    pub wins: f64,
    /// Accounts lost.
    pub lost: f64,
    /// Annual value of the accounts at the end of the month; a twelfth of it is the month's revenue.
    pub annual_value: f64,
    /// Margin less cost to serve, for the month.
    pub margin: f64,
    /// Annual value won.
    pub new_value: f64,
    /// The part of `new_value` won through referrals.
    pub referred_value: f64,
    /// Value renewed, `V L / 12`, by contract year.
    pub renewed_value: [f64; CONTRACT_YEARS],
    /// The part of the value due that would renew without any attention, by contract year.
    pub free_value: [f64; CONTRACT_YEARS],
    /// Hours with customers.
    pub customer_hours: f64,
    /// Hours of prospecting.
    pub prospecting_hours: f64,
    /// Value whose contracts ended this month, renewed or not, `V L / 12`.
    pub due_value: f64,
    /// Contracts renewed.
    pub renewals: f64,
    /// Accounts won through referrals; part of `wins`.
    pub referred: f64,
    /// Former customers won again; part of `wins`.
    pub won_back: f64,
    /// Their annual value; part of `new_value`.
    pub won_back_value: f64,
    /// Growth of annual value at renewals.
    pub expansion_value: f64,
}

/// What the accounts alive at the horizon are still worth, before pay.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Afterwards {
    /// Sum of `V phi(beta_c, r1)`.
    pub company_value: f64,
    /// Sum of `(mu V - cost to serve) phi(beta_c, r1)`.
    pub company_margin: f64,
    /// Sum of `V phi(beta_r, r1)`.
    pub seller_value: f64,
    /// The part of `company_value` of accounts won within the run.
    pub won_company_value: f64,
    /// The part of `seller_value` of accounts won within the run.
    pub won_seller_value: f64,
}

/// Contract year of an account after `tenure` months, as an index from 0, the last one open-ended.
pub(super) const fn contract_year_index(tenure: u32) -> usize {
    let index = (tenure / 12) as usize;
    if index < CONTRACT_YEARS { index } else { CONTRACT_YEARS - 1 }
}

/// Adds `amount` to that of the contract year of an account after `tenure` months.
pub(super) fn add_by_year(by_year: &mut [f64; CONTRACT_YEARS], tenure: u32, amount: f64) {
    if let Some(slot) = by_year.get_mut(contract_year_index(tenure)) {
        *slot += amount;
    }
}

/// What is told by contract year, for an account after `tenure` months.
pub(super) fn of_contract_year(by_year: &[f64; CONTRACT_YEARS], tenure: u32) -> f64 {
    by_year.get(contract_year_index(tenure)).copied().unwrap_or(0.0)
}

/// A run, month by month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Path {
    /// Months 1 to the horizon.
    pub months: Vec<MonthFlow>,
    /// After the horizon; zero if the residual is off.
    pub afterwards: Afterwards,
    /// Contracts of accounts won within the run that ended, if asked for.
    pub ended: Vec<EndedContracts>,
    /// Whether to keep `ended`, which only clawback and rules for new accounts need.
    pub keep_ended: bool,
    /// The chance of every renewal that was due, month after month, if asked for.
    pub chances: Vec<RenewalChance>,
    /// Whether to keep `chances`, which only a simulation needs.
    pub keep_chances: bool,
}

impl Path {
    /// Leaves nothing but the memory, and what is to be kept.
    pub(super) fn clear(&mut self) {
        self.months.clear();
        self.ended.clear();
        self.chances.clear();
    }
}

/// Who renews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewing {
    /// Accounts of the book: a pool, by its place.
    Pool(u32),
    /// Accounts won in this month of the run, from 1.
    WonIn(u32),
}

/// A contract that falls due in a run, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RenewalChance {
    /// The month, from 1.
    pub month: u32,
    /// Whose.
    pub who: Renewing,
    /// q: the chance that it is renewed, 0 to 1.
    pub chance: f64,
    /// By which part of its annual value it then grows, 0 or more.
    pub growth: f64,
}

/// Keeps a chance where chances are kept.
pub(super) fn note(kept: &mut Option<Vec<RenewalChance>>, month: u32, who: Renewing, chance: f64, growth: f64) {
    if let Some(kept) = kept {
        kept.push(RenewalChance { month, who, chance, growth });
    }
}

/// Contracts of one month's wins that ended in another, renewed or lost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EndedContracts {
    /// The month in which they ended, from 1.
    pub month: u32,
    /// The month of the sale, from 1.
    pub sold: u32,
    /// Accounts lost.
    pub lost: f64,
    /// What they would have renewed, `V L / 12`.
    pub lost_value: f64,
    /// What the others renewed.
    pub renewed_value: f64,
}
