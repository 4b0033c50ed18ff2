//! Runs of the book with luck in them, as many at a time as one likes.

use std::sync::Arc;

use super::chances::Chances;
use super::new_accounts::NewAccounts;
use super::random::{Purpose, Stream, id_of};
use super::reward::{
    COMPANY, FIRST_YEAR_NEW, FIRST_YEAR_PAY, FIRST_YEAR_RENEWAL, Life, NEW, NOTHING, PAY, RENEWAL, REVENUE, Rewards,
    Row, add, add_four, add_times,
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

/// Rows of accounts that are kept from block to block, 2 MB of them; beyond that they are worked out for each block.
const MOST_KEPT: usize = 32_768;

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
    /// Of the accounts of the book, if they are kept.
    lives: Option<Lives>,
    pub(super) chances: Chances,
    pub(super) new_accounts: NewAccounts,
    pub(super) rewards: Rewards,
    /// Of what is won: a row for each kind and number of renewals survived.
    pub(super) rows: Vec<Row>,
    /// Where those of each kind begin, the month, from 0, and the annual value.
    pub(super) kinds: Vec<(usize, usize, f64)>,
}

/// What each account of a book brings, by the renewals that it survives.
#[derive(Debug, Clone)]
pub(super) struct Lives {
    rows: Vec<Row>,
    /// Where the rows of each member end.
    until: Vec<usize>,
}

impl Lives {
    /// Those of the member at a place.
    fn of(&self, place: usize) -> &[Row] {
        let from = place.checked_sub(1).and_then(|before| self.until.get(before)).copied().unwrap_or(0);
        let until = self.until.get(place).copied().unwrap_or(from);
        self.rows.get(from..until).unwrap_or_default()
    }
}

/// What an account brings that survives so many renewals.
#[inline(always)]
fn row_of(life: &[Row], renewals: u8) -> &Row {
    life.get(usize::from(renewals)).unwrap_or(&NOTHING)
}

/// Where four accounts of the book are drawn for a block of runs.
#[derive(Default)]
struct Desk {
    /// What each brings, where that is not kept.
    rows: [Vec<Row>; 4],
    /// How many renewals each survives in each run.
    renewals: [Vec<u8>; 4],
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
        let mut desk = Desk::default();
        let mut won = Vec::new();
        let mut left = runs;
        while left > 0 {
            let first = self.outcomes.len() as u64;
            let Some(block) = block.get_mut(..left.min(BLOCK)) else { break };
            block.fill(self.fixed);
            for seller in &self.sellers {
                seller.add_accounts(first, block, &mut desk);
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
        let mut seller = SimulatedSeller {
            lives: None,
            streams: accounts.members.iter().map(|member| stream(member.id.0)).collect(),
            new_accounts: NewAccounts::new(&chances, seed, id_of(&projection.book().name)),
            accounts: Arc::clone(accounts),
            chances,
            rewards,
            rows,
            kinds,
        };
        seller.lives = seller.lives_to_keep();
        seller
    }

    /// Adds what the book's accounts bring, in the runs from `first` on: four accounts at a time, which spares most of the
    /// fetching and putting back of sums.
    fn add_accounts(&self, first: u64, block: &mut [Row], desk: &mut Desk) {
        let members = self.accounts.members.chunks(4).zip(self.streams.chunks(4));
        for (place, (members, streams)) in (0..).step_by(4).zip(members) {
            // Who is not there brings nothing.
            let mut lives: [&[Row]; 4] = [&[]; 4];
            let desks = desk.rows.iter_mut().zip(&mut desk.renewals).zip(&mut lives);
            let mut drawn = members.iter().zip(streams).zip(place..).filter_map(|it| {
                let ((member, _), _) = it;
                Some((it, self.chances.pools.get(member.pool)?))
            });
            for ((rows, renewals), life) in desks {
                let Some((((member, stream), place), survival)) = drawn.next() else {
                    renewals.clear();
                    renewals.resize(block.len(), 0);
                    continue;
                };
                let runs = first..first + block.len() as u64;
                survival.renewals_of(runs.map(|run| stream.at(run)), renewals);
                *life = match &self.lives {
                    Some(lives) => lives.of(place),
                    None => {
                        self.rows_of(member, rows);
                        rows.as_slice()
                    }
                };
            }
            let [a, b, c, d] = lives;
            let [of_a, of_b, of_c, of_d] = &desk.renewals;
            let renewals = of_a.iter().zip(of_b).zip(of_c.iter().zip(of_d));
            for (sum, ((in_a, in_b), (in_c, in_d))) in block.iter_mut().zip(renewals) {
                add_four(sum, [row_of(a, *in_a), row_of(b, *in_b), row_of(c, *in_c), row_of(d, *in_d)]);
            }
        }
    }

    /// What an account of the book brings with 0, 1, 2, ... renewals survived, left in `rows`, and its chances.
    pub(super) fn rows_of(&self, member: &Member, rows: &mut Vec<Row>) -> Option<&Survival> {
        rows.clear();
        self.append_rows_of(member, rows)
    }

    fn append_rows_of(&self, member: &Member, rows: &mut Vec<Row>) -> Option<&Survival> {
        let projection = &self.accounts.projection;
        let pool = projection.book().pools.get(member.pool)?;
        let survival = self.chances.pools.get(member.pool)?;
        let life = Life::of_member(member, pool.term, projection.later_renewals(Some(member.pool)));
        self.rewards.lives(&life, survival, &Row::default(), rows);
        Some(survival)
    }

    /// The rows of all members, if they are few enough to be kept.
    fn lives_to_keep(&self) -> Option<Lives> {
        let members = &self.accounts.members;
        let renewals = |member: &Member| self.chances.pools.get(member.pool).map_or(0, |it| it.steps.len());
        let all: usize = members.iter().map(|member| renewals(member) + 1).sum();
        if all > MOST_KEPT {
            return None;
        }
        let mut lives = Lives { rows: Vec::with_capacity(all), until: Vec::with_capacity(members.len()) };
        for member in members {
            self.append_rows_of(member, &mut lives.rows);
            lives.until.push(lives.rows.len());
        }
        Some(lives)
    }

    /// Adds what is won, in the runs from `first` on.
    fn add_new_accounts(&self, first: u64, block: &mut [Row], won: &mut Vec<f64>) {
        let tiers = self.rewards.tiers.is_some();
        for (run, sum) in (first..).zip(block) {
            if tiers {
                won.clear();
                won.resize(self.chances.path.months.len(), 0.0);
            }
            // By itself, so that it need not be put back for every win.
            let mut wins = *sum;
            self.new_accounts.of_run(&self.chances, run, |kind, renewals, count| {
                let Some((begin, month, value)) = self.kinds.get(kind) else { return };
                if let Some(row) = self.rows.get(begin + renewals) {
                    if count == 1.0 { add(&mut wins, row) } else { add_times(&mut wins, row, count) }
                }
                if let (true, Some(won)) = (tiers, won.get_mut(*month)) {
                    *won += count * value;
                }
            });
            if tiers {
                self.rewards.add_tiers(&mut wins, won);
            }
            *sum = wins;
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
