//! A run, or four together: what changes from month to month, and what a month does to it.

use super::Projection;
use super::flow::{Flow, Left};
use super::rows::PoolRow;
use crate::model::assumptions::{Assumptions, AttentionPolicy};
use crate::model::attention::OwnAttention;
use crate::model::contract::over_term;
use crate::model::lanes::Lanes;
use crate::model::path::{EndedContracts, RenewalChance, Renewing, note};
use crate::model::response::{RenewalCurve, carried_over, with_loss_odds};
use crate::model::seller::NewAccount;

/// Fewer accounts than this are none: what rounding leaves of a book that is lost.
pub(in crate::model) const NONE_LEFT: f64 = 1e-12;

/// Accounts that are fewer than this part of the most there were are counted one by one: carried along, what is left of
/// many knows only the digits that the many had.
const RECOUNTED_BELOW: f64 = 1e-3;

/// Hours of a month.
#[derive(Clone, Copy)]
pub(super) struct Hours<N> {
    pub(super) customers: N,
    pub(super) prospecting: N,
}

/// The wins of one month.
#[derive(Clone, Copy)]
pub(in crate::model) struct Cohort<N> {
    pub(in crate::model) totals: Totals<N>,
    /// Where attention is even: how far its attention was from that of the book's accounts when it was won. Both get the same each month, so the
    /// difference only fades.
    head_start: N,
}

/// Accounts alive with what they pay and bring in a year.
#[derive(Clone, Copy, Default)]
pub(in crate::model) struct Totals<N> {
    pub(in crate::model) accounts: N,
    pub(in crate::model) annual_value: N,
    annual_margin: N,
}

impl<N: Lanes> Totals<N> {
    #[inline(always)]
    fn times(self, factor: N) -> Totals<N> {
        Totals {
            accounts: self.accounts * factor,
            annual_value: self.annual_value * factor,
            annual_margin: self.annual_margin * factor,
        }
    }

    #[inline(always)]
    fn add(&mut self, other: Totals<N>) {
        self.accounts += other.accounts;
        self.annual_value += other.annual_value;
        self.annual_margin += other.annual_margin;
    }

    #[inline(always)]
    fn take(&mut self, other: Totals<N>) {
        self.accounts -= other.accounts;
        self.annual_value -= other.annual_value;
        self.annual_margin -= other.annual_margin;
    }
}

/// What is kept beside the flows, in a run alone: see [`crate::model::path::Path`].
#[derive(Default)]
pub(super) struct Kept {
    pub(super) chances: Option<Vec<RenewalChance>>,
    pub(super) ended: Option<Vec<EndedContracts>>,
}

/// What changes from month to month. Totals are carried along and only touched by what renews, is won or is lost, so
/// that a month costs as much as its events, not as much as all cohorts.
pub(super) struct State<N> {
    survival: Vec<N>,
    /// By what each pool's value has grown at renewals; empty where none does.
    grown: Vec<N>,
    /// Attention of the accounts of the book, hours a month, where it is even, so that all have the same.
    attention: N,
    /// Attention of each pool and cohort, where it is not; of a run alone.
    own_attention: Option<OwnAttention>,
    /// The cohort of month 1 first.
    cohorts: Vec<Cohort<N>>,
    /// `carry_over` to the power of 0, 1, 2, ...
    fading: Vec<f64>,
    alive: Totals<N>,
    /// The most accounts alive so far.
    most_alive: N,
    /// Former customers, where they are pursued.
    lapsed: Totals<N>,
    pub(super) kept: Kept,
}

impl<N: Lanes> State<N> {
    pub(super) fn start(projection: &Projection, kept: Kept) -> State<N> {
        let Projection { book, assumptions, .. } = projection;
        let horizon = assumptions.horizon as usize;
        let mut alive = Totals::default();
        for row in projection.rows.all() {
            alive.add(totals(row, N::all(1.0)));
        }
        let mut fading = Vec::with_capacity(horizon + 1);
        let mut power = 1.0;
        for _ in 0..=horizon {
            fading.push(power);
            power *= assumptions.carry_over;
        }
        let is_even = assumptions.attention == AttentionPolicy::Even;
        let grows = assumptions.upsell_growth > 0.0;
        State {
            survival: vec![N::all(1.0); book.pools.len()],
            grown: vec![N::all(1.0); if grows { book.pools.len() } else { 0 }],
            attention: N::all(book.hours_per_account / 12.0),
            own_attention: (N::ALONE && !is_even).then(|| OwnAttention::start(book)),
            cohorts: Vec::with_capacity(horizon),
            fading,
            most_alive: alive.accounts,
            alive,
            lapsed: Totals {
                accounts: N::all(book.lapsed.accounts),
                annual_value: N::all(book.lapsed.annual_value),
                annual_margin: N::all(book.lapsed.annual_margin),
            },
            kept,
        }
    }

    pub(super) fn advance(&mut self, projection: &Projection, month: u32, hours: Hours<N>) -> Flow<N> {
        let mut flow =
            Flow { customer_hours: hours.customers, prospecting_hours: hours.prospecting, ..Flow::default() };
        self.share_attention(projection, month, hours.customers);
        self.renew_book(projection, month, &mut flow);
        self.renew_cohorts(projection, month, &mut flow);
        let references = self.references(projection);
        self.pursue(projection, hours.prospecting, references, &mut flow);
        flow.accounts = self.alive.accounts;
        flow.annual_value = self.alive.annual_value;
        flow.margin = self.alive.annual_margin / N::all(12.0);
        flow
    }

    /// The accounts alive, counted one by one in the lanes in which few are left of those carried along: what attention each
    /// gets is a quotient by them.
    fn counted(&mut self, projection: &Projection) -> N {
        let alive = self.alive.accounts;
        let most = self.most_alive.both(alive, f64::max);
        let is_few = |alive: f64, most: f64| alive < RECOUNTED_BELOW * most;
        self.most_alive = most;
        if alive.both(most, |alive, most| f64::from(is_few(alive, most))).is_every(|few| few == 0.0) {
            return alive;
        }
        let mut counted = N::default();
        for (row, survival) in projection.rows.all().zip(&self.survival) {
            counted += N::all(row.accounts) * *survival;
        }
        for cohort in &self.cohorts {
            counted += cohort.totals.accounts;
        }
        alive.three(counted, most, |alive, counted, most| if is_few(alive, most) { counted } else { alive })
    }

    fn share_attention(&mut self, projection: &Projection, month: u32, customer_hours: N) {
        let assumed = &projection.assumptions;
        if let (true, Some(own)) = (N::ALONE, &mut self.own_attention) {
            let standing = (self.survival.as_slice(), self.grown.as_slice());
            own.share(assumed, &projection.book, month, standing, &self.cohorts, customer_hours.lane(0));
            return;
        }
        let alive = self.counted(projection);
        let each = customer_hours.both(alive, |hours, alive| if alive > NONE_LEFT { hours / alive } else { 0.0 });
        self.attention = carried_over(self.attention, each, assumed.carry_over);
    }

    /// Attention of a pool, hours a year.
    fn hours_of_pool(&self, index: usize) -> N {
        match (N::ALONE, &self.own_attention) {
            (true, Some(own)) => N::all(12.0 * own.of_pool(index)),
            _ => N::all(12.0) * self.attention,
        }
    }

    /// Attention of the cohort won in `month`, hours a year, `tenure` months later.
    fn hours_of_cohort(&self, month: u32, tenure: u32) -> N {
        let index = (month - 1) as usize;
        match (N::ALONE, &self.own_attention) {
            (true, Some(own)) => N::all(12.0 * own.of_cohort(index)),
            _ => {
                let head_start = self.cohorts.get(index).map_or(N::default(), |cohort| cohort.head_start);
                let faded = self.fading.get(tenure as usize).copied().unwrap_or(0.0);
                N::all(12.0) * (self.attention + N::all(faded) * head_start)
            }
        }
    }

    /// By what references multiply the odds with cold leads: `1 + theta R / (R + R50)`, R being the accounts alive, each
    /// counted by how much of what attention can do is done for it.
    fn references(&self, projection: &Projection) -> N {
        let assumed = &projection.assumptions;
        if assumed.reference_lift == 0.0 {
            return N::all(1.0);
        }
        let mut kept = N::default();
        for (index, (pool, survival)) in projection.book.pools.iter().zip(&self.survival).enumerate() {
            let progress = self.hours_of_pool(index).each(|hours| pool.curve.progress(hours));
            kept += N::all(pool.accounts) * *survival * progress;
        }
        let won = self.cohorts.len() as u32;
        let mut cohorts = N::default();
        for (month, cohort) in (1..=won).zip(&self.cohorts) {
            let hours = self.hours_of_cohort(month, won + 1 - month);
            cohorts += cohort.totals.accounts * hours.each(|hours| projection.book.newcomer_curve.progress(hours));
        }
        let references = kept + cohorts;
        N::all(1.0) + N::all(assumed.reference_lift) * references / (references + N::all(assumed.references_for_half))
    }

    fn renew_book(&mut self, projection: &Projection, month: u32, flow: &mut Flow<N>) {
        let hours = N::all(12.0) * self.attention;
        let Assumptions { upsell_growth, win_back, .. } = projection.assumptions;
        // Most pools share the seller's curve, whose exponential is then taken once a month.
        let usual = hours.each(|hours| projection.book.curve.at(hours));
        let mut judged = usual;
        let mut renewal = N::default();
        let mut alive = self.alive;
        let (mut due_value, mut renewals, mut lost_accounts) = (N::default(), N::default(), N::default());
        for due in projection.calendar.due_in(month) {
            let index = due.pool as usize;
            let own_hours = match (N::ALONE, &self.own_attention) {
                (true, Some(own)) => Some(12.0 * own.of_pool(index)),
                _ => None,
            };
            let (Some(row), Some(survival)) = (projection.rows.get(index), self.survival.get_mut(index)) else {
                continue;
            };
            if !due.like_the_last || own_hours.is_some() {
                judged = match (own_hours, projection.book.pools.get(index)) {
                    (Some(own_hours), Some(pool)) => N::all(pool.curve.at(own_hours)),
                    (None, Some(pool)) if !row.is_usual => hours.each(|hours| pool.curve.at(hours)),
                    _ => usual,
                };
                let yearly = if row.loss_odds == 1.0 { judged } else { with_loss_odds(judged, row.loss_odds) };
                renewal = over_term(yearly, row.term);
            }
            let before = *survival;
            let grown = self.grown.get(index).copied().unwrap_or(N::all(1.0));
            let contract = N::all(row.years) * before * grown;
            for (tenure, value) in projection.rows.values(row) {
                let due = N::all(*value) * contract;
                flow.renew(tenure + month, due * renewal, due * N::all(row.free_renewal));
            }
            due_value += N::all(row.annual_value) * contract;
            renewals += N::all(row.accounts) * before * renewal;
            let lost = totals(row, grown).times(before * (N::all(1.0) - renewal));
            lost_accounts += lost.accounts;
            if win_back {
                self.lapsed.add(lost);
            }
            alive.take(lost);
            *survival = before * renewal;
            let mut part = N::default();
            if let (Some(grown), Some(pool)) = (self.grown.get_mut(index), projection.book.pools.get(index)) {
                let RenewalCurve { unattended, saturated, .. } = pool.curve;
                part = N::all(upsell_growth) * (judged - N::all(unattended)) / N::all(saturated - unattended);
                let increase = *survival * *grown * part;
                flow.expansion_value += N::all(row.annual_value) * increase;
                alive.annual_value += N::all(row.annual_value) * increase;
                alive.annual_margin += N::all(row.gross_margin) * increase;
                *grown = *grown * (N::all(1.0) + part);
            }
            if N::ALONE {
                note(&mut self.kept.chances, month, Renewing::Pool(due.pool), renewal.lane(0), part.lane(0));
            }
        }
        self.alive = alive;
        (flow.due_value, flow.renewals, flow.lost) = (due_value, renewals, lost_accounts);
    }

    fn renew_cohorts(&mut self, projection: &Projection, month: u32, flow: &mut Flow<N>) {
        let term = projection.book.new_account.term;
        let curve = projection.book.newcomer_curve.around(N::all(12.0) * self.attention);
        let RenewalCurve { unattended, saturated, .. } = projection.book.newcomer_curve;
        let Assumptions { upsell_growth, competitor_pull, win_back, .. } = projection.assumptions;
        let mut tenure = term;
        while tenure < month {
            let cohort = self.cohorts.get_mut((month - tenure - 1) as usize);
            let faded = self.fading.get(tenure as usize);
            let (Some(cohort), Some(faded)) = (cohort, faded) else { break };
            let judged = match (N::ALONE, &self.own_attention) {
                (true, Some(own)) => {
                    N::all(projection.book.newcomer_curve.at(12.0 * own.of_cohort((month - tenure - 1) as usize)))
                }
                _ => curve.at(N::all(12.0 * faded) * cohort.head_start),
            };
            let yearly = if competitor_pull == 1.0 { judged } else { with_loss_odds(judged, competitor_pull) };
            let renewal = over_term(yearly, term);
            let due = cohort.totals.annual_value * N::all(f64::from(term)) / N::all(12.0);
            let renewed = due * renewal;
            flow.renew(tenure, renewed, due * N::all(projection.new_free_renewal));
            flow.due_value += due;
            flow.renewals += cohort.totals.accounts * renewal;
            let lost = cohort.totals.times(N::all(1.0) - renewal);
            flow.lost += lost.accounts;
            if let (true, Some(ended)) = (N::ALONE, &mut self.kept.ended) {
                let (renewed_value, lost_value) = (renewed.lane(0), (due * (N::all(1.0) - renewal)).lane(0));
                let sold = month - tenure;
                ended.push(EndedContracts { month, sold, lost: lost.accounts.lane(0), lost_value, renewed_value });
            }
            if win_back {
                self.lapsed.add(lost);
            }
            self.alive.take(lost);
            cohort.totals = cohort.totals.times(renewal);
            let mut part = N::default();
            if upsell_growth > 0.0 {
                part = N::all(upsell_growth) * (judged - N::all(unattended)) / N::all(saturated - unattended);
                let before = cohort.totals;
                let factor = N::all(1.0) + part;
                cohort.totals.annual_value = before.annual_value * factor;
                cohort.totals.annual_margin = before.annual_margin * factor;
                flow.expansion_value += before.annual_value * part;
                self.alive.annual_value += before.annual_value * part;
                self.alive.annual_margin += before.annual_margin * part;
            }
            if N::ALONE {
                let who = Renewing::WonIn(month - tenure);
                note(&mut self.kept.chances, month, who, renewal.lane(0), part.lane(0));
            }
            tenure += term;
        }
    }

    fn pursue(&mut self, projection: &Projection, prospecting_hours: N, references: N, flow: &mut Flow<N>) {
        let assumed = &projection.assumptions;
        let newcomer = &projection.book.new_account;
        let mut pursuits_left = prospecting_hours / N::all(assumed.hours_per_pursuit);

        let leads = N::all(assumed.referrals / 12.0) * self.alive.accounts.each(|alive| alive.max(0.0));
        let referred = leads.both(pursuits_left, f64::min);
        pursuits_left -= referred;
        let won_referred = referred * N::all(assumed.odds_referred);

        let won_back =
            if assumed.win_back { self.win_back(assumed, newcomer, &mut pursuits_left) } else { Totals::default() };

        let cold_hours = pursuits_left * N::all(assumed.hours_per_pursuit);
        // However many vouch for it, a pursuit wins one account at most.
        let most = 1.0 / assumed.odds_new.max(f64::MIN_POSITIVE);
        let lift = references.each(|references| if references > 1.0 { references.min(most) } else { 1.0 });
        let cold = (N::all(12.0) * cold_hours).each(|hours| projection.cold.at(hours));
        let won_cold = lift * cold / N::all(12.0);

        let won_new = won_referred + won_cold;
        let new_value = won_new * N::all(newcomer.annual_value);
        let mut won =
            Totals { accounts: won_new, annual_value: new_value, annual_margin: new_value * N::all(newcomer.margin) };
        won.add(won_back);
        flow.wins = won.accounts;
        flow.new_value = won.annual_value;
        flow.referred_value = won_referred * N::all(newcomer.annual_value);
        flow.referred = won_referred;
        flow.won_back = won_back.accounts;
        flow.won_back_value = won_back.annual_value;
        self.alive.add(won);
        let head_start = N::all(projection.book.hours_per_account / 12.0) - self.attention;
        self.cohorts.push(Cohort { totals: won, head_start });
        if let (true, Some(own)) = (N::ALONE, &mut self.own_attention) {
            own.welcome(projection.book.hours_per_account / 12.0);
        }
    }

    fn win_back(&mut self, assumed: &Assumptions, newcomer: &NewAccount, pursuits_left: &mut N) -> Totals<N> {
        let lapsed = self.lapsed.accounts;
        let pursued = (lapsed / N::all(12.0)).both(*pursuits_left, f64::min);
        *pursuits_left -= pursued;
        let won = pursued * N::all(assumed.odds_lapsed);
        let part = won.both(lapsed, |won, lapsed| if lapsed > 0.0 { won / lapsed } else { 0.0 });
        let mut back = self.lapsed.times(part);
        // It has its old value, and the margin and term of a new account.
        back.annual_margin = back.annual_value * N::all(newcomer.margin);
        self.lapsed = self.lapsed.times((N::all(1.0) - part) * N::all(1.0 - assumed.lapsed_fade));
        back
    }

    pub(super) fn afterwards(&self, projection: &Projection) -> Left<N> {
        let mut sum = Left::default();
        let states = self.survival.iter().enumerate().zip(&projection.later);
        for (row, ((index, survival), (phi_company, phi_seller))) in projection.rows.all().zip(states) {
            let grown = self.grown.get(index).copied().unwrap_or(N::all(1.0));
            let left = totals(row, grown).times(*survival);
            sum.company_value += left.annual_value * N::all(*phi_company);
            sum.company_margin += left.annual_margin * N::all(*phi_company);
            sum.seller_value += left.annual_value * N::all(*phi_seller);
        }
        let (phi_company, phi_seller) = projection.new_phi;
        for cohort in &self.cohorts {
            sum.won_company_value += cohort.totals.annual_value * N::all(phi_company);
            sum.company_margin += cohort.totals.annual_margin * N::all(phi_company);
            sum.won_seller_value += cohort.totals.annual_value * N::all(phi_seller);
        }
        sum.company_value += sum.won_company_value;
        sum.seller_value += sum.won_seller_value;
        sum
    }
}

/// All of a pool's accounts as at the start, each grown by the same factor.
#[inline(always)]
fn totals<N: Lanes>(row: &PoolRow, grown: N) -> Totals<N> {
    Totals {
        accounts: N::all(row.accounts),
        annual_value: N::all(row.annual_value) * grown,
        annual_margin: N::all(row.annual_margin) + N::all(row.gross_margin) * (grown - N::all(1.0)),
    }
}
