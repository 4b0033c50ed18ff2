//! One seller's book as the projection sees it: accounts that behave alike are pooled.
//!
//! Two accounts renew alike if they share judgement, loss odds, term and first renewal month; then only sums of
//! their values matter. Pooling is exact, and makes a book of thousands as quick as one of dozens.

use super::account::{Account, AccountId, Standing, Term};
use super::assumptions::{Assumptions, AttentionPolicy};
use super::book::Book;
use super::month::Month;
use super::problem::Problem;
use super::response::RenewalCurve;
use super::risk;

/// Attention per account where the seller has no accounts yet, hours a year.
const HOURS_WITHOUT_ACCOUNTS: f64 = 4.0;

/// Accounts that renew alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Their renewal curve.
    pub curve: RenewalCurve,
    /// Multiplies their odds of loss: the product of [`risk::factors`].
    pub loss_odds: f64,
    /// Their term, months.
    pub term: u32,
    /// The month of their first renewal, 1 being the first month simulated.
    pub first_renewal: u32,
    /// How many they are.
    pub accounts: f64,
    /// What they pay in a year, together.
    pub annual_value: f64,
    /// Margin less cost to serve in a year, together.
    pub annual_margin: f64,
    /// Margin in a year, together, before cost to serve.
    pub gross_margin: f64,
    /// What they pay in a year, by months of tenure at the start.
    pub value_by_tenure: Vec<(u32, f64)>,
}

impl Pool {
    fn empty(key: &PoolKey, curve: RenewalCurve) -> Pool {
        Pool {
            curve,
            loss_odds: f64::from_bits(key.loss_odds),
            term: key.term,
            first_renewal: key.first_renewal,
            accounts: 0.0,
            annual_value: 0.0,
            annual_margin: 0.0,
            gross_margin: 0.0,
            value_by_tenure: Vec::new(),
        }
    }

    fn add(&mut self, account: &Account, as_of: Month) {
        let (tenure, value) = (account.tenure(as_of), account.annual_value.units());
        self.accounts += 1.0;
        self.annual_value += value;
        self.annual_margin += account.annual_profit();
        self.gross_margin += account.margin.get() * value;
        match self.value_by_tenure.iter_mut().find(|(months, _)| *months == tenure) {
            Some((_, sum)) => *sum += value,
            None => self.value_by_tenure.push((tenure, value)),
        }
    }

    /// Whether both have the same chance of renewal at any attention.
    pub fn renews_like(&self, other: &Pool) -> bool {
        self.term == other.term && self.loss_odds == other.loss_odds && self.curve == other.curve
    }
}

/// One account of a book: what its pool only knows in sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Which account.
    pub id: AccountId,
    /// The pool that it belongs to, by its place in the book.
    pub pool: usize,
    /// Months since the sale, at the start.
    pub tenure: u32,
    /// What it pays in a year.
    pub annual_value: f64,
    /// Margin less cost to serve in a year.
    pub annual_margin: f64,
    /// Margin in a year before cost to serve.
    pub gross_margin: f64,
}

/// What a newly won account is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewAccount {
    /// Annual value.
    pub annual_value: f64,
    /// Gross margin, as a part of it.
    pub margin: f64,
    /// Term, months.
    pub term: u32,
}

/// Former customers, as a pool to win back from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LapsedPool {
    /// How many.
    pub accounts: f64,
    /// What they paid in a year, together.
    pub annual_value: f64,
    /// Margin less cost to serve in a year, together.
    pub annual_margin: f64,
}

/// One seller's accounts, ready for the projection.
#[derive(Debug, Clone, PartialEq)]
pub struct SellerBook {
    /// The seller's name; empty where accounts name none.
    pub name: String,
    /// N: active accounts at the start.
    pub accounts: f64,
    /// h1: today's attention per account, hours a year.
    pub hours_per_account: f64,
    /// The renewal curve of accounts without a judgement of their own.
    pub curve: RenewalCurve,
    /// The renewal curve of accounts that are won later.
    pub newcomer_curve: RenewalCurve,
    /// The active accounts.
    pub pools: Vec<Pool>,
    /// What a new account is like: the mean value, the value-weighted margin and the most common term.
    pub new_account: NewAccount,
    /// Former customers.
    pub lapsed: LapsedPool,
    /// Accounts whose own judgement did not rise from none to all attention; the seller's was used instead.
    pub judgements_left_out: usize,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct PoolKey {
    curve: [u64; 3],
    loss_odds: u64,
    term: u32,
    first_renewal: u32,
    /// What else divides them where attention is not even: annual value or tenure.
    attended_by: u64,
}

impl SellerBook {
    /// Pools the `accounts` of the seller `name`.
    ///
    /// # Errors
    /// [`Problem`] if the assumptions' renewal judgements do not fit one another or today's time on customers.
    pub fn new<'a>(
        name: &str,
        accounts: impl IntoIterator<Item = &'a Account>,
        as_of: Month,
        assumptions: &Assumptions,
    ) -> Result<SellerBook, Problem> {
        let (active, others): (Vec<&Account>, Vec<&Account>) =
            accounts.into_iter().partition(|account| account.is_active());
        let count = active.len() as f64;
        let hours_per_account = if active.is_empty() {
            HOURS_WITHOUT_ACCOUNTS
        } else {
            assumptions.share_today * assumptions.hours_per_year / count
        };
        let curve = assumptions.general_curve(hours_per_account)?;

        let (mut placed, judgements_left_out) = placed(&active, as_of, assumptions, hours_per_account, curve);
        // Those that behave alike come to stand together, in their own order.
        placed.sort_unstable_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        let mut pools: Vec<Pool> = Vec::new();
        let mut last = None;
        for (key, index, curve) in &placed {
            if last.replace(key) != Some(key) {
                pools.push(Pool::empty(key, *curve));
            }
            if let (Some(pool), Some(account)) = (pools.last_mut(), active.get(*index)) {
                pool.add(account, as_of);
            }
        }
        let mut lapsed = LapsedPool::default();
        for account in others.iter().filter(|account| matches!(account.standing, Standing::Lapsed { .. })) {
            lapsed.accounts += 1.0;
            lapsed.annual_value += account.annual_value.units();
            lapsed.annual_margin += account.annual_profit();
        }
        Ok(SellerBook {
            name: name.to_owned(),
            accounts: count,
            hours_per_account,
            curve,
            newcomer_curve: assumptions.curve_through(
                curve.unattended,
                curve.unattended + assumptions.new_account_fit * (curve.today - curve.unattended),
                curve.saturated,
                hours_per_account,
            )?,
            pools,
            new_account: typical_of(&active),
            lapsed,
            judgements_left_out,
        })
    }

    /// The active ones among `accounts`, from which the book was made with the same month and assumptions, each with its pool.
    pub fn members<'a>(
        &self,
        accounts: impl IntoIterator<Item = &'a Account>,
        as_of: Month,
        assumptions: &Assumptions,
    ) -> Vec<Member> {
        let active: Vec<&Account> = accounts.into_iter().filter(|account| account.is_active()).collect();
        let (mut placed, _) = placed(&active, as_of, assumptions, self.hours_per_account, self.curve);
        placed.sort_unstable_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        let mut pool = 0;
        let mut last = None;
        let mut members = Vec::with_capacity(active.len());
        for (key, index, _) in &placed {
            pool += usize::from(last.replace(key).is_some_and(|last| last != key));
            if let Some(account) = active.get(*index) {
                let value = account.annual_value.units();
                members.push(Member {
                    id: account.id,
                    pool,
                    tenure: account.tenure(as_of),
                    annual_value: value,
                    annual_margin: account.annual_profit(),
                    gross_margin: account.margin.get() * value,
                });
            }
        }
        members
    }
}

/// The active accounts of one seller with what they are pooled by and their renewal curve, and how many judgements of their
/// own were left out.
fn placed(
    active: &[&Account],
    as_of: Month,
    assumptions: &Assumptions,
    hours_per_account: f64,
    usual: RenewalCurve,
) -> (Vec<(PoolKey, usize, RenewalCurve)>, usize) {
    let mut judgements_left_out = 0;
    let mut placed = Vec::with_capacity(active.len());
    for (index, account) in active.iter().enumerate() {
        let own = own_curve(account, assumptions, hours_per_account).unwrap_or_else(|_| {
            judgements_left_out += 1;
            usual
        });
        placed.push((pool_key(account, &own, as_of, assumptions), index, own));
    }
    (placed, judgements_left_out)
}

fn own_curve(account: &Account, assumptions: &Assumptions, hours: f64) -> Result<RenewalCurve, Problem> {
    let own = &account.judgement;
    assumptions.curve_through(
        own.unattended.map_or(assumptions.renew_unattended, |chance| chance.get()),
        own.today.map_or(assumptions.renew_today, |chance| chance.get()),
        own.saturated.map_or(assumptions.renew_saturated, |chance| chance.get()),
        hours,
    )
}

fn pool_key(account: &Account, curve: &RenewalCurve, as_of: Month, assumptions: &Assumptions) -> PoolKey {
    PoolKey {
        curve: [curve.unattended, curve.today, curve.saturated].map(f64::to_bits),
        loss_odds: risk::loss_odds(account, assumptions).to_bits(),
        term: account.term.months(),
        first_renewal: account.months_to_renewal(as_of),
        attended_by: match assumptions.attention {
            AttentionPolicy::Even => 0,
            AttentionPolicy::ByValue | AttentionPolicy::Best => account.annual_value.units().to_bits(),
            AttentionPolicy::Honeymoon => u64::from(account.tenure(as_of)),
        },
    }
}

/// What an account of a book is usually like: see [`SellerBook::new_account`].
pub fn typical_account(book: &Book) -> NewAccount {
    typical_of(&book.active().collect::<Vec<&Account>>())
}

/// The mean value, the value-weighted margin and the most common term (the shorter of equals); 12,000 at 70 % and
/// a year for an empty book.
fn typical_of(active: &[&Account]) -> NewAccount {
    if active.is_empty() {
        return NewAccount { annual_value: 12_000.0, margin: 0.70, term: Term::YEAR.months() };
    }
    let value: f64 = active.iter().map(|account| account.annual_value.units()).sum();
    let margin: f64 = active.iter().map(|account| account.margin.get() * account.annual_value.units()).sum();
    let count = |term: &u32| active.iter().filter(|account| account.term.months() == *term).count();
    // `max_by_key` keeps the last of equals, so the search runs from the longest term down.
    let term = Term::MONTHS.into_iter().rev().max_by_key(count).unwrap_or(Term::YEAR.months());
    NewAccount {
        annual_value: value / active.len() as f64,
        // Accounts that are all worth nothing weigh alike.
        margin: if value > 0.0 {
            margin / value
        } else {
            active.iter().map(|account| account.margin.get()).sum::<f64>() / active.len() as f64
        },
        term,
    }
}
