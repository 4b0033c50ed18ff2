//! The projection: one seller's book, month by month, in expected values.
//!
//! Accounts are survival probabilities and each month's wins are a cohort with an expected count, so a run has no
//! luck in it. A run depends on the hours and the assumptions but not on the plan: flat rates are applied to the
//! flows afterwards ([`super::valuation`]), which makes a change of plan almost free.
//!
//! Each month, in this order: attention is shared out; contracts that are due renew; referred and former customers
//! are pursued, then cold leads; cash is counted.

use super::assumptions::Assumptions;
use super::due_calendar::DueCalendar;
use super::path::CohortLoss;
pub use super::path::{Afterwards, Effort, MonthFlow, MonthHours, Path};
use super::plan::CONTRACT_YEARS;
use super::problem::Problem;
use super::response::{WinCurve, carried_over, further_renewals, with_loss_odds};
use super::seller::{NewAccount, Pool, SellerBook};

/// One seller's book and the assumptions, prepared for many runs.
#[derive(Debug, Clone)]
pub struct Projection {
    book: SellerBook,
    assumptions: Assumptions,
    pools: Vec<PoolConstants>,
    calendar: DueCalendar,
    new_phi: (f64, f64),
    new_free_renewal: f64,
    cold: WinCurve,
}

#[derive(Debug, Clone)]
struct PoolConstants {
    free_renewal: f64,
    phi_company: f64,
    phi_seller: f64,
}

/// The wins of one month.
struct Cohort {
    totals: Totals,
    /// How far its attention was from that of the book's accounts when it was won. Both get the same each month, so the
    /// difference only fades.
    head_start: f64,
}

/// Accounts alive with what they pay and bring in a year.
#[derive(Clone, Copy, Default)]
struct Totals {
    accounts: f64,
    annual_value: f64,
    annual_margin: f64,
}

impl Totals {
    fn times(self, factor: f64) -> Totals {
        Totals {
            accounts: self.accounts * factor,
            annual_value: self.annual_value * factor,
            annual_margin: self.annual_margin * factor,
        }
    }

    fn add(&mut self, other: Totals) {
        self.accounts += other.accounts;
        self.annual_value += other.annual_value;
        self.annual_margin += other.annual_margin;
    }
}

impl Projection {
    /// Prepares runs of `book` under `assumptions`.
    ///
    /// # Errors
    /// [`Problem::InfiniteLifetime`] if the worth after the horizon counts and would be infinite.
    pub fn new(book: SellerBook, assumptions: &Assumptions) -> Result<Projection, Problem> {
        let phi = |renewal: f64| -> Result<(f64, f64), Problem> {
            if !assumptions.residual {
                return Ok((0.0, 0.0));
            }
            Ok((
                further_renewals(assumptions.company_factor(), renewal)?,
                further_renewals(assumptions.seller_factor(), renewal)?,
            ))
        };
        let pools = book.pools.iter().map(|pool| {
            let (phi_company, phi_seller) = phi(pool.curve.today)?;
            let free_renewal = over_term(pool.curve.unattended, pool.term);
            Ok(PoolConstants { free_renewal, phi_company, phi_seller })
        });
        let pools = pools.collect::<Result<_, Problem>>()?;
        Ok(Projection {
            pools,
            calendar: DueCalendar::new(&book.pools, assumptions.horizon),
            new_phi: phi(book.curve.today)?,
            new_free_renewal: over_term(book.curve.unattended, book.new_account.term),
            cold: WinCurve::new(assumptions.leads, assumptions.odds_new, assumptions.hours_per_pursuit),
            book,
            assumptions: assumptions.clone(),
        })
    }

    /// The book that is projected.
    pub const fn book(&self) -> &SellerBook {
        &self.book
    }

    /// The assumptions in use.
    pub const fn assumptions(&self) -> &Assumptions {
        &self.assumptions
    }

    /// Runs the months under `effort` and leaves them in `path`, whose memory is used again.
    pub fn run(&self, effort: &Effort, path: &mut Path) {
        let horizon = self.assumptions.horizon;
        path.months.clear();
        path.months.reserve(horizon as usize);
        path.losses.clear();
        let mut state = State::start(self);
        for month in 1..=horizon {
            let extra = if month <= 12 { effort.first_year_extra } else { MonthHours::default() };
            let hours = MonthHours {
                customers: effort.monthly.customers + extra.customers,
                prospecting: effort.monthly.prospecting + extra.prospecting,
            };
            let losses = path.keep_losses.then_some(&mut path.losses);
            path.months.push(state.advance(self, month, hours, losses));
        }
        path.afterwards = state.afterwards(self);
    }
}

/// Survival of a contract of `term` months whose yearly chance is `renewal`: `r^(L/12)`, by roots and products, which are
/// several times as quick as a power and come to the same bits everywhere.
fn over_term(renewal: f64, term: u32) -> f64 {
    let square = renewal * renewal;
    match term {
        1 => cube_root(renewal).sqrt().sqrt(),
        3 => renewal.sqrt().sqrt(),
        6 => renewal.sqrt(),
        12 => renewal,
        24 => square,
        36 => square * renewal,
        48 => square * square,
        60 => square * square * renewal,
        _ => libm::pow(renewal, f64::from(term) / 12.0),
    }
}

/// The cube root of a chance: a guess from the exponent, right to a thirtieth, and three steps of Halley's method, each
/// of which triples the digits. A correctly rounded one costs ten times as much.
fn cube_root(chance: f64) -> f64 {
    /// What a third of the bits of a double lacks to those of its cube root.
    const BIAS: u64 = 0x2A9F_7893_0000_0000;
    if chance <= 0.0 {
        return 0.0;
    }
    let mut root = f64::from_bits(chance.to_bits() / 3 + BIAS);
    for _ in 0..3 {
        let cube = root * root * root;
        root *= (cube + 2.0 * chance) / (2.0 * cube + chance);
    }
    root
}

/// Contract year of an account after `tenure` months, as an index from 0, the last one open-ended.
const fn contract_year_index(tenure: u32) -> usize {
    let index = (tenure / 12) as usize;
    if index < CONTRACT_YEARS { index } else { CONTRACT_YEARS - 1 }
}

fn add_by_year(by_year: &mut [f64; CONTRACT_YEARS], tenure: u32, amount: f64) {
    if let Some(slot) = by_year.get_mut(contract_year_index(tenure)) {
        *slot += amount;
    }
}

/// Fewer accounts than this are none: what rounding leaves of a book that is lost.
const NONE_LEFT: f64 = 1e-12;

/// What changes from month to month. Totals are carried along and only touched by what renews, is won or is lost, so
/// that a month costs as much as its events, not as much as all cohorts.
struct State {
    survival: Vec<f64>,
    /// Attention of the accounts of the book, hours a month: even, so all have the same.
    attention: f64,
    /// The cohort of month 1 first.
    cohorts: Vec<Cohort>,
    /// `carry_over` to the power of 0, 1, 2, ...
    fading: Vec<f64>,
    alive: Totals,
    lapsed: Totals,
}

impl State {
    fn start(projection: &Projection) -> State {
        let book = &projection.book;
        let horizon = projection.assumptions.horizon as usize;
        let mut alive = Totals::default();
        for pool in &book.pools {
            alive.add(pool_totals(pool));
        }
        let mut fading = Vec::with_capacity(horizon + 1);
        let mut power = 1.0;
        for _ in 0..=horizon {
            fading.push(power);
            power *= projection.assumptions.carry_over;
        }
        State {
            survival: vec![1.0; projection.pools.len()],
            attention: book.hours_per_account / 12.0,
            cohorts: Vec::with_capacity(horizon),
            fading,
            alive,
            lapsed: Totals {
                accounts: book.lapsed.accounts,
                annual_value: book.lapsed.annual_value,
                annual_margin: book.lapsed.annual_margin,
            },
        }
    }

    fn advance(
        &mut self,
        projection: &Projection,
        month: u32,
        hours: MonthHours,
        losses: Option<&mut Vec<CohortLoss>>,
    ) -> MonthFlow {
        let mut flow = MonthFlow { prospecting_hours: hours.prospecting, ..MonthFlow::default() };
        self.share_attention(projection, hours.customers);
        self.renew_book(projection, month, &mut flow);
        self.renew_cohorts(projection, month, &mut flow, losses);
        self.pursue(projection, hours.prospecting, &mut flow);
        flow.accounts = self.alive.accounts;
        flow.annual_value = self.alive.annual_value;
        flow.margin = self.alive.annual_margin / 12.0;
        flow
    }

    fn share_attention(&mut self, projection: &Projection, customer_hours: f64) {
        let alive = self.alive.accounts;
        let each = if alive > NONE_LEFT { customer_hours / alive } else { 0.0 };
        self.attention = carried_over(self.attention, each, projection.assumptions.carry_over);
    }

    fn renew_book(&mut self, projection: &Projection, month: u32, flow: &mut MonthFlow) {
        let hours = 12.0 * self.attention;
        // Most pools share the seller's curve, whose exponential is then taken once a month.
        let usual = projection.book.curve.at(hours);
        let mut renewal = 0.0;
        for due in projection.calendar.due_in(month) {
            let index = due.pool as usize;
            let (Some(pool), Some(constants), Some(survival)) =
                (projection.book.pools.get(index), projection.pools.get(index), self.survival.get_mut(index))
            else {
                continue;
            };
            if !due.like_the_last {
                let judged = if pool.curve == projection.book.curve { usual } else { pool.curve.at(hours) };
                let yearly = if pool.loss_odds == 1.0 { judged } else { with_loss_odds(judged, pool.loss_odds) };
                renewal = over_term(yearly, pool.term);
            }
            let contract = f64::from(pool.term) / 12.0 * *survival;
            for (tenure, value) in &pool.value_by_tenure {
                let due = value * contract;
                add_by_year(&mut flow.renewed_value, tenure + month, due * renewal);
                add_by_year(&mut flow.free_value, tenure + month, due * constants.free_renewal);
            }
            flow.due_value += pool.annual_value * contract;
            flow.renewals += pool.accounts * *survival * renewal;
            let lost = pool_totals(pool).times(*survival * (1.0 - renewal));
            flow.lost += lost.accounts;
            self.lapsed.add(lost);
            self.alive.add(lost.times(-1.0));
            *survival *= renewal;
        }
    }

    fn renew_cohorts(
        &mut self,
        projection: &Projection,
        month: u32,
        flow: &mut MonthFlow,
        mut losses: Option<&mut Vec<CohortLoss>>,
    ) {
        let term = projection.book.new_account.term;
        let curve = projection.book.curve.around(12.0 * self.attention);
        let mut tenure = term;
        while tenure < month {
            let cohort = self.cohorts.get_mut((month - tenure - 1) as usize);
            let faded = self.fading.get(tenure as usize);
            let (Some(cohort), Some(faded)) = (cohort, faded) else { break };
            let renewal = over_term(curve.at(12.0 * faded * cohort.head_start), term);
            let due = cohort.totals.annual_value * f64::from(term) / 12.0;
            add_by_year(&mut flow.renewed_value, tenure, due * renewal);
            add_by_year(&mut flow.free_value, tenure, due * projection.new_free_renewal);
            flow.due_value += due;
            flow.renewals += cohort.totals.accounts * renewal;
            let lost = cohort.totals.times(1.0 - renewal);
            flow.lost += lost.accounts;
            if let Some(losses) = &mut losses {
                let (accounts, value) = (lost.accounts, due * (1.0 - renewal));
                losses.push(CohortLoss { month, sold: month - tenure, accounts, value });
            }
            self.lapsed.add(lost);
            self.alive.add(lost.times(-1.0));
            cohort.totals = cohort.totals.times(renewal);
            tenure += term;
        }
    }

    fn pursue(&mut self, projection: &Projection, prospecting_hours: f64, flow: &mut MonthFlow) {
        let assumed = &projection.assumptions;
        let newcomer = &projection.book.new_account;
        let mut pursuits_left = prospecting_hours / assumed.hours_per_pursuit;

        let referred = (assumed.referrals / 12.0 * self.alive.accounts.max(0.0)).min(pursuits_left);
        pursuits_left -= referred;
        let won_referred = referred * assumed.odds_referred;

        let won_back =
            if assumed.win_back { self.win_back(assumed, newcomer, &mut pursuits_left) } else { Totals::default() };

        let cold_hours = pursuits_left * assumed.hours_per_pursuit;
        let won_cold = projection.cold.at(12.0 * cold_hours) / 12.0;

        let won_new = won_referred + won_cold;
        let mut won = Totals {
            accounts: won_new,
            annual_value: won_new * newcomer.annual_value,
            annual_margin: won_new * newcomer.annual_value * newcomer.margin,
        };
        won.add(won_back);
        flow.wins = won.accounts;
        flow.new_value = won.annual_value;
        flow.referred_value = won_referred * newcomer.annual_value;
        flow.referred = won_referred;
        flow.won_back = won_back.accounts;
        flow.won_back_value = won_back.annual_value;
        self.alive.add(won);
        let head_start = projection.book.hours_per_account / 12.0 - self.attention;
        self.cohorts.push(Cohort { totals: won, head_start });
    }

    fn win_back(&mut self, assumed: &Assumptions, newcomer: &NewAccount, pursuits_left: &mut f64) -> Totals {
        let pursued = (self.lapsed.accounts / 12.0).min(*pursuits_left);
        *pursuits_left -= pursued;
        let won = pursued * assumed.odds_lapsed;
        let part = if self.lapsed.accounts > 0.0 { won / self.lapsed.accounts } else { 0.0 };
        let mut back = self.lapsed.times(part);
        // It has its old value, and the margin and term of a new account.
        back.annual_margin = back.annual_value * newcomer.margin;
        self.lapsed = self.lapsed.times((1.0 - part) * (1.0 - assumed.lapsed_fade));
        back
    }

    fn afterwards(&self, projection: &Projection) -> Afterwards {
        let mut sum = Afterwards::default();
        for ((pool, constants), survival) in projection.book.pools.iter().zip(&projection.pools).zip(&self.survival) {
            sum.company_value += pool.annual_value * survival * constants.phi_company;
            sum.company_margin += pool.annual_margin * survival * constants.phi_company;
            sum.seller_value += pool.annual_value * survival * constants.phi_seller;
        }
        let (phi_company, phi_seller) = projection.new_phi;
        for cohort in &self.cohorts {
            sum.company_value += cohort.totals.annual_value * phi_company;
            sum.company_margin += cohort.totals.annual_margin * phi_company;
            sum.seller_value += cohort.totals.annual_value * phi_seller;
        }
        sum
    }
}

/// All of a pool's accounts, as at the start.
const fn pool_totals(pool: &Pool) -> Totals {
    Totals { accounts: pool.accounts, annual_value: pool.annual_value, annual_margin: pool.annual_margin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_survives_as_the_power_says() {
        for step in 0..=10_000 {
            let renewal = f64::from(step) / 10_000.0;
            for term in crate::model::account::Term::MONTHS {
                let power = renewal.powf(f64::from(term) / 12.0);
                let got = over_term(renewal, term);
                assert!((got - power).abs() <= 8e-16 * power.max(1e-3), "{renewal} over {term}: {got}, not {power}");
            }
        }
        assert!(over_term(f64::MIN_POSITIVE, 1).is_finite());
    }
}
