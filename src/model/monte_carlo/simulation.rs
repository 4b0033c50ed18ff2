//! Runs of the book with luck in them, as many at a time as one likes.

use std::sync::Arc;

use super::chances::Chances;
use super::new_accounts::NewAccounts;
use super::random::{Purpose, Stream, id_of};
use super::reward::{
    COMPANY, FIRST_YEAR_NEW, FIRST_YEAR_PAY, FIRST_YEAR_RENEWAL, Life, NEW, PAY, RENEWAL, REVENUE, Rewards, Row, add,
    add_both, add_times,
};
use super::survival::Survival;
use super::team::{SellerAccounts, Team};
use super::tiers::NewBusinessTiers;
use crate::model::path::Path;
use crate::model::plan::Plan;
use crate::model::quantity::CommissionRate;
use crate::model::seller::Member;
use crate::model::valuation::{Discounting, Worth};

/// Runs that are added up together: what they add up to stays close at hand.
const BLOCK: usize = 256;

/// What one run comes to, all sellers together; money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Pay of months 1 to 12, undiscounted, without what comes after the horizon.
    pub first_year_pay: f64,
    /// Of that, on renewals.
    pub first_year_renewal_pay: f64,
    /// Of that, on new business, referral commission included.
    pub first_year_new_pay: f64,
    /// Present value of pay while the seller stays, after the horizon included.
    pub pay: f64,
    /// Of that, on renewals.
    pub renewal_pay: f64,
    /// Of that, on new business, referral commission included.
    pub new_pay: f64,
    /// What customers pay over the horizon, undiscounted: a twelfth of the annual value at the end of each month.
    pub revenue: f64,
    /// Present value of margin less pay and prospecting cost, after the horizon included.
    pub company_value: f64,
}

impl Outcome {
    pub(super) const fn of(row: &Row) -> Outcome {
        Outcome {
            first_year_pay: row[FIRST_YEAR_PAY],
            first_year_renewal_pay: row[FIRST_YEAR_RENEWAL],
            first_year_new_pay: row[FIRST_YEAR_NEW],
            pay: row[PAY],
            renewal_pay: row[RENEWAL],
            new_pay: row[NEW],
            revenue: row[REVENUE],
            company_value: row[COMPANY],
        }
    }
}

/// A plan under luck: see [`super`].
#[derive(Debug, Clone)]
pub struct Simulation {
    pub(super) sellers: Vec<SimulatedSeller>,
    fixed: Row,
    expected: Outcome,
    flat: bool,
    outcomes: Vec<Outcome>,
}

/// One seller's book, ready to be drawn.
#[derive(Debug, Clone)]
pub(super) struct SimulatedSeller {
    pub(super) accounts: Arc<SellerAccounts>,
    /// Of each member.
    pub(super) streams: Vec<Stream>,
    pub(super) chances: Chances,
    pub(super) new_accounts: NewAccounts,
    pub(super) rewards: Rewards,
    /// Of what is won: a row for each kind and number of renewals survived.
    pub(super) rows: Vec<Row>,
    /// Where those of each kind begin, the month, from 0, and the annual value.
    pub(super) kinds: Vec<(usize, usize, f64)>,
}

impl Simulation {
    /// Prepares runs of `team` under `plan`, each seller with a share of the time on customers out of `shares`, in their order;
    /// sellers without one have the last. Shares are 0 to 1.
    ///
    /// A run depends on `seed`, its number and what is simulated, and on nothing else: the same run of another plan or share
    /// has the same luck.
    pub fn new(team: &Team, plan: &Plan, shares: &[f64], seed: u64) -> Simulation {
        Simulation::with_tiers(team, plan, NewBusinessTiers::of_quota(&plan.quota).as_ref(), shares, seed)
    }

    /// As [`Simulation::new`] with `tiers` in place of the plan's quota.
    pub fn with_tiers(
        team: &Team,
        plan: &Plan,
        tiers: Option<&NewBusinessTiers>,
        shares: &[f64],
        seed: u64,
    ) -> Simulation {
        let mut simulation = Simulation {
            sellers: Vec::with_capacity(team.sellers.len()),
            fixed: Row::default(),
            expected: Outcome::of(&Row::default()),
            flat: tiers.is_none(),
            outcomes: Vec::new(),
        };
        let mut expected = Row::default();
        let shares = shares.iter().chain(shares.last().into_iter().cycle());
        for (accounts, share) in team.sellers.iter().zip(shares) {
            let seller = SimulatedSeller::new(accounts, plan, tiers, *share, seed);
            let hours = seller.chances.path.months.iter().map(|flow| flow.prospecting_hours);
            add(&mut simulation.fixed, &seller.rewards.fixed(hours));
            add(&mut expected, &seller.expected(plan));
            simulation.sellers.push(seller);
        }
        simulation.expected = Outcome::of(&expected);
        simulation
    }

    /// Adds `runs` runs. Many small steps leave the same as one large one, bit for bit.
    pub fn advance(&mut self, runs: usize) {
        self.outcomes.reserve(runs);
        let mut block = [Row::default(); BLOCK];
        let mut rows = [Vec::new(), Vec::new()];
        let mut won = Vec::new();
        let mut left = runs;
        while left > 0 {
            let first = self.outcomes.len() as u64;
            let Some(block) = block.get_mut(..left.min(BLOCK)) else { break };
            block.fill(self.fixed);
            for seller in &self.sellers {
                seller.add_accounts(first, block, &mut rows);
                seller.add_new_accounts(first, block, &mut won);
            }
            self.outcomes.extend(block.iter().map(Outcome::of));
            left -= block.len();
        }
    }

    /// What each run so far came to, in the order of runs.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// What the projection says, in which everything happens as expected: the exact mean of every amount under a plan
    /// without tiers, and under tiers the pay at expected volume.
    pub const fn at_expected_volume(&self) -> &Outcome {
        &self.expected
    }

    /// Whether no tiers count, so that pay is in proportion to what happens and [`Simulation::at_expected_volume`] its mean.
    pub const fn is_flat(&self) -> bool {
        self.flat
    }
}

impl SimulatedSeller {
    fn new(
        accounts: &Arc<SellerAccounts>,
        plan: &Plan,
        tiers: Option<&NewBusinessTiers>,
        share: f64,
        seed: u64,
    ) -> SimulatedSeller {
        let projection = &accounts.projection;
        let chances = Chances::new(projection, share);
        let rewards = Rewards::new(plan, tiers, projection.assumptions());
        let newcomer = projection.book().new_account;
        let (mut rows, mut kinds) = (Vec::new(), Vec::with_capacity(chances.wins.len()));
        for wins in &chances.wins {
            let month = (wins.month - 1) as usize;
            kinds.push((rows.len(), month, wins.value));
            if let Some(survival) = chances.won.get(month) {
                let life = Life::of_win(wins, newcomer.margin, newcomer.term, projection.later_renewals(None));
                rewards.lives(&life, survival, &rewards.sale(wins), &mut rows);
            }
        }
        let stream = |id: u32| Stream::new(seed, Purpose::Account, u64::from(id));
        SimulatedSeller {
            streams: accounts.members.iter().map(|member| stream(member.id.0)).collect(),
            new_accounts: NewAccounts::new(&chances, seed, id_of(&projection.book().name)),
            accounts: Arc::clone(accounts),
            chances,
            rewards,
            rows,
            kinds,
        }
    }

    /// Adds what the book's accounts bring, in the runs from `first` on: two accounts at a time, which halves how often the
    /// sums are fetched and put back.
    fn add_accounts(&self, first: u64, block: &mut [Row], rows: &mut [Vec<Row>; 2]) {
        let mut members = self.accounts.members.iter().zip(&self.streams);
        let [rows, others] = rows;
        while let Some((member, stream)) = members.next() {
            let Some(survival) = self.rows_of(member, rows) else { continue };
            let Some((other, other_stream, other_survival)) = members
                .next()
                .and_then(|(other, stream)| Some((stream, self.rows_of(other, others)?)))
                .map(|(stream, survival)| (others.as_slice(), *stream, survival))
            else {
                for (run, sum) in (first..).zip(block.iter_mut()) {
                    if let Some(row) = rows.get(survival.renewals(stream.at(run))) {
                        add(sum, row);
                    }
                }
                continue;
            };
            for (run, sum) in (first..).zip(block.iter_mut()) {
                let row = rows.get(survival.renewals(stream.at(run)));
                let other = other.get(other_survival.renewals(other_stream.at(run)));
                if let (Some(row), Some(other)) = (row, other) {
                    add_both(sum, row, other);
                }
            }
        }
    }

    /// What an account of the book brings with 0, 1, 2, ... renewals survived, left in `rows`, and its chances.
    pub(super) fn rows_of(&self, member: &Member, rows: &mut Vec<Row>) -> Option<&Survival> {
        let projection = &self.accounts.projection;
        let pool = projection.book().pools.get(member.pool)?;
        let survival = self.chances.pools.get(member.pool)?;
        let life = Life::of_member(member, pool.term, projection.later_renewals(Some(member.pool)));
        rows.clear();
        self.rewards.lives(&life, survival, &Row::default(), rows);
        Some(survival)
    }

    /// Adds what is won, in the runs from `first` on.
    fn add_new_accounts(&self, first: u64, block: &mut [Row], won: &mut Vec<f64>) {
        let tiers = self.rewards.tiers.is_some();
        for (run, sum) in (first..).zip(block) {
            if tiers {
                won.clear();
                won.resize(self.chances.path.months.len(), 0.0);
            }
            self.new_accounts.of_run(&self.chances, run, |kind, renewals, count| {
                let Some((begin, month, value)) = self.kinds.get(kind) else { return };
                if let Some(row) = self.rows.get(begin + renewals) {
                    if count == 1.0 { add(sum, row) } else { add_times(sum, row, count) }
                }
                if let (true, Some(won)) = (tiers, won.get_mut(*month)) {
                    *won += count * value;
                }
            });
            if tiers {
                self.rewards.add_tiers(sum, won);
            }
        }
    }

    /// What the projection says under `plan`.
    fn expected(&self, plan: &Plan) -> Row {
        let path: &Path = &self.chances.path;
        let assumed = self.accounts.projection.assumptions();
        let mut flat = plan.clone();
        flat.quota.multiplier = 1.0;
        if self.rewards.tiers.is_some() {
            flat.new_business = CommissionRate::constant(0.0);
        }
        let worth: Worth = Discounting::new(assumed).worth(path);
        let new_pay = |basis: &crate::model::valuation::PayBasis| {
            flat.new_business.get() * basis.new_value + flat.referral.get() * basis.referred_value
        };
        let mut row = Row::default();
        row[FIRST_YEAR_PAY] = worth.first_year.pay(&flat);
        row[FIRST_YEAR_RENEWAL] = worth.first_year.renewal_pay(&flat);
        row[FIRST_YEAR_NEW] = new_pay(&worth.first_year);
        row[PAY] = worth.seller_value(&flat);
        row[RENEWAL] = worth.seller.renewal_pay(&flat);
        row[NEW] = new_pay(&worth.seller);
        row[REVENUE] = path.months.iter().map(|flow| flow.annual_value / 12.0).sum();
        row[COMPANY] = worth.company_value(&flat);
        let won: Vec<f64> = path.months.iter().map(|flow| flow.new_value).collect();
        self.rewards.add_tiers(&mut row, &won);
        row
    }
}
