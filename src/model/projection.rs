//! The projection: one seller's book, month by month, in expected values.
//!
//! Accounts are survival probabilities and each month's wins are a cohort with an expected count, so a run has no
//! luck in it. A run depends on the hours and the assumptions but not on the plan: flat rates are applied to the
//! flows afterwards ([`super::valuation`]), which makes a change of plan almost free.
//!
//! Each month, in this order: attention is shared out; contracts that are due renew; referred and former customers
//! are pursued, then cold leads; cash is counted.

use super::assumptions::{Assumptions, AttentionPolicy};
use super::attention::OwnAttention;
use super::contract::over_term;
use super::due_calendar::DueCalendar;
pub use super::path::{Afterwards, Effort, MonthFlow, MonthHours, Path};
use super::path::{EndedContracts, RenewalChance, Renewing, add_by_year, note};
use super::problem::Problem;
use super::response::{RenewalCurve, WinCurve, carried_over, further_renewals, with_loss_odds};
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
#[derive(Clone, Copy)]
pub(super) struct Cohort {
    pub(super) totals: Totals,
    /// Where attention is even: how far its attention was from that of the book's accounts when it was won. Both get the same each month, so the
    /// difference only fades.
    head_start: f64,
}

/// Accounts alive with what they pay and bring in a year.
#[derive(Clone, Copy, Default)]
pub(super) struct Totals {
    pub(super) accounts: f64,
    pub(super) annual_value: f64,
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
            new_phi: phi(book.newcomer_curve.today)?,
            new_free_renewal: over_term(book.newcomer_curve.unattended, book.new_account.term),
            cold: WinCurve::new(assumptions.leads, assumptions.odds_new, assumptions.hours_per_pursuit),
            book,
            assumptions: assumptions.clone(),
        })
    }

    /// The book that is projected.
    pub const fn book(&self) -> &SellerBook {
        &self.book
    }

    /// Further renewals after the horizon of an account of the pool at `index`, of one won later for `None`: discounted as
    /// the company does, and as the seller does. 0 without a residual.
    pub(super) fn later_renewals(&self, pool: Option<usize>) -> (f64, f64) {
        let Some(index) = pool else { return self.new_phi };
        self.pools.get(index).map_or((0.0, 0.0), |it| (it.phi_company, it.phi_seller))
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
        path.ended.clear();
        path.chances.clear();
        let mut state = State::start(self);
        state.chances = path.keep_chances.then(|| std::mem::take(&mut path.chances));
        for month in 1..=horizon {
            let extra = if month <= 12 { effort.first_year_extra } else { MonthHours::default() };
            let hours = MonthHours {
                customers: effort.monthly.customers + extra.customers,
                prospecting: effort.monthly.prospecting + extra.prospecting,
            };
            let ended = path.keep_ended.then_some(&mut path.ended);
            path.months.push(state.advance(self, month, hours, ended));
        }
        path.afterwards = state.afterwards(self);
        path.chances = state.chances.unwrap_or_default();
    }
}

/// Fewer accounts than this are none: what rounding leaves of a book that is lost.
pub(super) const NONE_LEFT: f64 = 1e-12;

/// What changes from month to month. Totals are carried along and only touched by what renews, is won or is lost, so
/// that a month costs as much as its events, not as much as all cohorts.
struct State {
    survival: Vec<f64>,
    /// By what each pool's value has grown at renewals.
    grown: Vec<f64>,
    /// Attention of the accounts of the book, hours a month, where it is even, so that all have the same.
    attention: f64,
    /// Attention of each pool and cohort, where it is not.
    own_attention: Option<OwnAttention>,
    /// The cohort of month 1 first.
    cohorts: Vec<Cohort>,
    /// `carry_over` to the power of 0, 1, 2, ...
    fading: Vec<f64>,
    alive: Totals,
    lapsed: Totals,
    /// The chances of all renewals so far, if they are kept.
    chances: Option<Vec<RenewalChance>>,
}

impl State {
    fn start(projection: &Projection) -> State {
        let book = &projection.book;
        let horizon = projection.assumptions.horizon as usize;
        let mut alive = Totals::default();
        for pool in &book.pools {
            alive.add(pool_totals(pool, 1.0));
        }
        let mut fading = Vec::with_capacity(horizon + 1);
        let mut power = 1.0;
        for _ in 0..=horizon {
            fading.push(power);
            power *= projection.assumptions.carry_over;
        }
        State {
            survival: vec![1.0; projection.pools.len()],
            grown: vec![1.0; projection.pools.len()],
            attention: book.hours_per_account / 12.0,
            own_attention: (projection.assumptions.attention != AttentionPolicy::Even)
                .then(|| OwnAttention::start(book)),
            cohorts: Vec::with_capacity(horizon),
            fading,
            alive,
            chances: None,
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
        ended: Option<&mut Vec<EndedContracts>>,
    ) -> MonthFlow {
        let mut flow = MonthFlow { prospecting_hours: hours.prospecting, ..MonthFlow::default() };
        self.share_attention(projection, month, hours.customers);
        self.renew_book(projection, month, &mut flow);
        self.renew_cohorts(projection, month, &mut flow, ended);
        let references = self.references(projection);
        self.pursue(projection, hours.prospecting, references, &mut flow);
        flow.accounts = self.alive.accounts;
        flow.annual_value = self.alive.annual_value;
        flow.margin = self.alive.annual_margin / 12.0;
        flow
    }

    fn share_attention(&mut self, projection: &Projection, month: u32, customer_hours: f64) {
        if let Some(own) = &mut self.own_attention {
            let assumed = &projection.assumptions;
            own.share(assumed, &projection.book, month, (&self.survival, &self.grown), &self.cohorts, customer_hours);
            return;
        }
        let alive = self.alive.accounts;
        let each = if alive > NONE_LEFT { customer_hours / alive } else { 0.0 };
        self.attention = carried_over(self.attention, each, projection.assumptions.carry_over);
    }

    /// Attention of a pool, hours a year.
    fn hours_of_pool(&self, index: usize) -> f64 {
        12.0 * self.own_attention.as_ref().map_or(self.attention, |own| own.of_pool(index))
    }

    /// Attention of the cohort won in `month`, hours a year, `tenure` months later.
    fn hours_of_cohort(&self, month: u32, tenure: u32) -> f64 {
        let index = (month - 1) as usize;
        match &self.own_attention {
            Some(own) => 12.0 * own.of_cohort(index),
            None => {
                let head_start = self.cohorts.get(index).map_or(0.0, |cohort| cohort.head_start);
                let faded = self.fading.get(tenure as usize).copied().unwrap_or(0.0);
                12.0 * (self.attention + faded * head_start)
            }
        }
    }

    /// By what references multiply the odds with cold leads: `1 + theta R / (R + R50)`, R being the accounts alive, each
    /// counted by how much of what attention can do is done for it.
    fn references(&self, projection: &Projection) -> f64 {
        let assumed = &projection.assumptions;
        if assumed.reference_lift == 0.0 {
            return 1.0;
        }
        let book = projection.book.pools.iter().zip(&self.survival).enumerate();
        let kept: f64 = book
            .map(|(index, (pool, survival))| pool.accounts * survival * pool.curve.progress(self.hours_of_pool(index)))
            .sum();
        let won = self.cohorts.len() as u32;
        let cohorts = (1..=won).zip(&self.cohorts).map(|(month, cohort)| {
            let hours = self.hours_of_cohort(month, won + 1 - month);
            cohort.totals.accounts * projection.book.newcomer_curve.progress(hours)
        });
        let references = kept + cohorts.sum::<f64>();
        1.0 + assumed.reference_lift * references / (references + assumed.references_for_half)
    }

    fn renew_book(&mut self, projection: &Projection, month: u32, flow: &mut MonthFlow) {
        let hours = 12.0 * self.attention;
        let growth = projection.assumptions.upsell_growth;
        // Most pools share the seller's curve, whose exponential is then taken once a month.
        let usual = projection.book.curve.at(hours);
        let mut judged = usual;
        let mut renewal = 0.0;
        for due in projection.calendar.due_in(month) {
            let index = due.pool as usize;
            let own_hours = self.own_attention.as_ref().map(|own| 12.0 * own.of_pool(index));
            let (Some(pool), Some(constants), Some(survival), Some(grown)) = (
                projection.book.pools.get(index),
                projection.pools.get(index),
                self.survival.get_mut(index),
                self.grown.get_mut(index),
            ) else {
                continue;
            };
            if !due.like_the_last || own_hours.is_some() {
                judged = match own_hours {
                    Some(own_hours) => pool.curve.at(own_hours),
                    None if pool.curve == projection.book.curve => usual,
                    None => pool.curve.at(hours),
                };
                let yearly = if pool.loss_odds == 1.0 { judged } else { with_loss_odds(judged, pool.loss_odds) };
                renewal = over_term(yearly, pool.term);
            }
            let contract = f64::from(pool.term) / 12.0 * *survival * *grown;
            for (tenure, value) in &pool.value_by_tenure {
                let due = value * contract;
                add_by_year(&mut flow.renewed_value, tenure + month, due * renewal);
                add_by_year(&mut flow.free_value, tenure + month, due * constants.free_renewal);
            }
            flow.due_value += pool.annual_value * contract;
            flow.renewals += pool.accounts * *survival * renewal;
            let lost = pool_totals(pool, *grown).times(*survival * (1.0 - renewal));
            flow.lost += lost.accounts;
            self.lapsed.add(lost);
            self.alive.add(lost.times(-1.0));
            *survival *= renewal;
            let mut part = 0.0;
            if growth > 0.0 {
                part = growth * (judged - pool.curve.unattended) / (pool.curve.saturated - pool.curve.unattended);
                let increase = *survival * *grown * part;
                flow.expansion_value += pool.annual_value * increase;
                self.alive.annual_value += pool.annual_value * increase;
                self.alive.annual_margin += pool.gross_margin * increase;
                *grown *= 1.0 + part;
            }
            note(&mut self.chances, month, Renewing::Pool(due.pool), renewal, part);
        }
    }

    fn renew_cohorts(
        &mut self,
        projection: &Projection,
        month: u32,
        flow: &mut MonthFlow,
        mut ended: Option<&mut Vec<EndedContracts>>,
    ) {
        let term = projection.book.new_account.term;
        let curve = projection.book.newcomer_curve.around(12.0 * self.attention);
        let RenewalCurve { unattended, saturated, .. } = projection.book.newcomer_curve;
        let Assumptions { upsell_growth, competitor_pull, .. } = projection.assumptions;
        let mut tenure = term;
        while tenure < month {
            let cohort = self.cohorts.get_mut((month - tenure - 1) as usize);
            let faded = self.fading.get(tenure as usize);
            let (Some(cohort), Some(faded)) = (cohort, faded) else { break };
            let judged = match &self.own_attention {
                Some(own) => projection.book.newcomer_curve.at(12.0 * own.of_cohort((month - tenure - 1) as usize)),
                None => curve.at(12.0 * faded * cohort.head_start),
            };
            let yearly = if competitor_pull == 1.0 { judged } else { with_loss_odds(judged, competitor_pull) };
            let renewal = over_term(yearly, term);
            let due = cohort.totals.annual_value * f64::from(term) / 12.0;
            add_by_year(&mut flow.renewed_value, tenure, due * renewal);
            add_by_year(&mut flow.free_value, tenure, due * projection.new_free_renewal);
            flow.due_value += due;
            flow.renewals += cohort.totals.accounts * renewal;
            let lost = cohort.totals.times(1.0 - renewal);
            flow.lost += lost.accounts;
            if let Some(ended) = &mut ended {
                let (renewed_value, lost_value) = (due * renewal, due * (1.0 - renewal));
                let sold = month - tenure;
                ended.push(EndedContracts { month, sold, lost: lost.accounts, lost_value, renewed_value });
            }
            self.lapsed.add(lost);
            self.alive.add(lost.times(-1.0));
            cohort.totals = cohort.totals.times(renewal);
            let mut part = 0.0;
            if upsell_growth > 0.0 {
                part = upsell_growth * (judged - unattended) / (saturated - unattended);
                let before = cohort.totals;
                cohort.totals.annual_value *= 1.0 + part;
                cohort.totals.annual_margin *= 1.0 + part;
                flow.expansion_value += before.annual_value * part;
                self.alive.annual_value += before.annual_value * part;
                self.alive.annual_margin += before.annual_margin * part;
            }
            note(&mut self.chances, month, Renewing::WonIn(month - tenure), renewal, part);
            tenure += term;
        }
    }

    fn pursue(&mut self, projection: &Projection, prospecting_hours: f64, references: f64, flow: &mut MonthFlow) {
        let assumed = &projection.assumptions;
        let newcomer = &projection.book.new_account;
        let mut pursuits_left = prospecting_hours / assumed.hours_per_pursuit;

        let referred = (assumed.referrals / 12.0 * self.alive.accounts.max(0.0)).min(pursuits_left);
        pursuits_left -= referred;
        let won_referred = referred * assumed.odds_referred;

        let won_back =
            if assumed.win_back { self.win_back(assumed, newcomer, &mut pursuits_left) } else { Totals::default() };

        let cold_hours = pursuits_left * assumed.hours_per_pursuit;
        // However many vouch for it, a pursuit wins one account at most.
        let lift = if references > 1.0 { references.min(1.0 / assumed.odds_new.max(f64::MIN_POSITIVE)) } else { 1.0 };
        let won_cold = lift * projection.cold.at(12.0 * cold_hours) / 12.0;

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
        if let Some(own) = &mut self.own_attention {
            own.welcome(projection.book.hours_per_account / 12.0);
        }
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
        let states = self.survival.iter().zip(&self.grown);
        for ((pool, constants), (survival, grown)) in projection.book.pools.iter().zip(&projection.pools).zip(states) {
            let left = pool_totals(pool, *grown).times(*survival);
            sum.company_value += left.annual_value * constants.phi_company;
            sum.company_margin += left.annual_margin * constants.phi_company;
            sum.seller_value += left.annual_value * constants.phi_seller;
        }
        let (phi_company, phi_seller) = projection.new_phi;
        for cohort in &self.cohorts {
            sum.won_company_value += cohort.totals.annual_value * phi_company;
            sum.company_margin += cohort.totals.annual_margin * phi_company;
            sum.won_seller_value += cohort.totals.annual_value * phi_seller;
        }
        sum.company_value += sum.won_company_value;
        sum.seller_value += sum.won_seller_value;
        sum
    }
}

/// All of a pool's accounts as at the start, each grown by the same factor.
fn pool_totals(pool: &Pool, grown: f64) -> Totals {
    Totals {
        accounts: pool.accounts,
        annual_value: pool.annual_value * grown,
        annual_margin: pool.annual_margin + pool.gross_margin * (grown - 1.0),
    }
}
