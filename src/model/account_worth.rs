//! What each account of a book is worth, what of it is at risk in the next year, and why.
//!
//! Before pay and at present attention: what commission it takes to keep an account is the business of
//! [`super::payoff`]. Without the accounts that a customer may send, and without growth.

use super::account::{Account, AccountId, OwnJudgement};
use super::assumptions::Assumptions;
use super::book::Book;
use super::month::Month;
use super::problem::Problem;
use super::response::{RenewalCurve, with_loss_odds};
use super::risk;

/// Renewals within so many months are due soon: a usual notice period.
pub const SOON: u32 = 3;

/// Why somebody should look at an account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Concern {
    /// Customers get no time at all today, so whatever attention could keep is not kept.
    NoAttention,
    /// The contract ends within [`SOON`] months.
    RenewalDueSoon {
        /// Months from now, at least 1; an overdue renewal counts as due next month.
        months: u32,
    },
    /// Its odds of loss are multiplied by more than 1.
    LossOddsRaised {
        /// The product of its [`risk::factors`].
        times: f64,
    },
    /// Serving it costs more than it brings: to keep it as it is loses money.
    NegativeLifetimeValue,
}

/// An active account in figures.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountWorth {
    /// Which account.
    pub account: AccountId,
    /// What it pays in a year, money.
    pub annual_value: f64,
    /// Profit of a year after cost to serve: `mu V - cost to serve`, money; may be negative.
    pub annual_profit: f64,
    /// Chance of renewal in a year at present attention, with its odds of loss, 0 to 1.
    pub renewal_chance: f64,
    /// Present value of all its profit to come, as the company discounts it, money: see [`lifetime_value`].
    pub lifetime_value: f64,
    /// Chance that it is lost within the next twelve months, 0 to 1; 0 if no contract ends in them.
    pub loss_chance: f64,
    /// Value at risk: `V` times the chance of loss, money a year.
    pub value_at_risk: f64,
    /// The part of `V` that attention holds in the next year: `V` times the chance of loss without any attention less that
    /// with it as it is, money a year.
    pub value_held: f64,
    /// Why to look at it, in the order of [`Concern`].
    pub concerns: Vec<Concern>,
    /// Whether its own renewal judgement does not rise with attention, so that the general one was used.
    pub judgement_left_out: bool,
}

/// By what accounts are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RankBy {
    /// Most value at risk first.
    #[default]
    ValueAtRisk,
    /// Most value held by attention first: where a call counts most.
    ValueHeld,
    /// Least lifetime value first: those that cost more than they bring lead.
    LifetimeValue,
    /// Least profit a year first.
    AnnualProfit,
}

/// Present value of `profit` a year, received in parts at the end of each month from next month on, of an account whose
/// contracts of `term` months each renew with chance `renewal` (over the whole term), the first time in month
/// `first_renewal`; `factor` is the discount factor of a year.
///
/// With `b = factor^(1/12)`, months 1 to `first_renewal - 1` are certain, and from month `first_renewal` on a term at a time
/// is worth `renewal` times what it is when renewed: `p (b A(n-1) + q b^n A(L) / (1 - q b^L))`, where `p` is a month's
/// profit and `A(k) = 1 + b + ... + b^(k-1)`. A renewal is decided before its month is paid, as in the projection.
///
/// # Errors
/// [`Problem::InfiniteLifetime`] if the account is never lost and nothing is discounted.
///
/// # Example
/// ```
/// // Undiscounted, with even odds at every yearly renewal: 11 months for sure, then half of 12, a quarter of 12, ...
/// let value = holdfast::model::account_worth::lifetime_value(1_200.0, 0.5, 12, 12, 1.0)?;
/// assert!((value - 100.0 * (11.0 + 12.0)).abs() < 1e-9);
/// # Ok::<(), holdfast::model::problem::Problem>(())
/// ```
pub fn lifetime_value(profit: f64, renewal: f64, term: u32, first_renewal: u32, factor: f64) -> Result<f64, Problem> {
    let month = libm::pow(factor, 1.0 / 12.0);
    let power = |months: u32| libm::pow(month, f64::from(months));
    let months = |count: u32| (0..count).fold(0.0, |sum, _| 1.0 + month * sum);
    let continuation = renewal * power(term);
    if continuation >= 1.0 {
        return Err(Problem::InfiniteLifetime { continuation });
    }
    let first = first_renewal.max(1);
    let certain = month * months(first - 1);
    let uncertain = renewal * power(first) * months(term) / (1.0 - continuation);
    // Adding zero turns -0 into 0.
    Ok(profit / 12.0 * (certain + uncertain) + 0.0)
}

/// What `account` is worth in the month `as_of`; `None` unless it is a customer.
///
/// # Errors
/// A [`Problem`] if the general renewal judgements do not fit one another or today's time on customers.
pub fn account_worth(account: &Account, assumed: &Assumptions, as_of: Month) -> Result<Option<AccountWorth>, Problem> {
    let hours_today = hours_today(assumed);
    worth_by(&assumed.general_curve(hours_today)?, hours_today, account, assumed, as_of)
}

/// What each account of `book` is worth, in their order, as by [`account_worth`].
///
/// # Errors
/// As [`account_worth`].
pub fn worths(book: &Book, assumed: &Assumptions, as_of: Month) -> Result<Vec<Option<AccountWorth>>, Problem> {
    let hours_today = hours_today(assumed);
    let general = assumed.general_curve(hours_today)?;
    book.accounts.iter().map(|account| worth_by(&general, hours_today, account, assumed, as_of)).collect()
}

/// The chance at today's attention is stated, so how many hours that is need not be known, only whether it is any.
fn hours_today(assumed: &Assumptions) -> f64 {
    assumed.share_today * assumed.hours_per_year
}

fn worth_by(
    general: &RenewalCurve,
    hours_today: f64,
    account: &Account,
    assumed: &Assumptions,
    as_of: Month,
) -> Result<Option<AccountWorth>, Problem> {
    if !account.is_active() {
        return Ok(None);
    }
    let own = &account.judgement;
    let (judged, judgement_left_out) = if *own == OwnJudgement::default() {
        (*general, false)
    } else {
        let judged = assumed.curve_through(
            own.unattended.map_or(assumed.renew_unattended, |chance| chance.get()),
            own.today.map_or(assumed.renew_today, |chance| chance.get()),
            own.saturated.map_or(assumed.renew_saturated, |chance| chance.get()),
            hours_today,
        );
        (judged.unwrap_or(*general), judged.is_err())
    };

    let term = account.term.months();
    let months_to_renewal = account.months_to_renewal(as_of);
    let loss_odds = risk::loss_odds(account, assumed);
    let with_odds = |chance: f64| with_loss_odds(chance, loss_odds);
    let over_term = |chance: f64| libm::pow(chance, f64::from(term) / 12.0);
    // Contracts that end in months 1 to 12.
    let ends = if months_to_renewal > 12 { 0 } else { 1 + (12 - months_to_renewal) / term };
    let loss_chance = |chance: f64| 1.0 - libm::pow(over_term(chance), f64::from(ends));

    let annual_value = account.annual_value.units();
    let annual_profit = account.annual_profit();
    let renewal_chance = with_odds(judged.today);
    let lifetime_value =
        lifetime_value(annual_profit, over_term(renewal_chance), term, months_to_renewal, assumed.company_factor())?;
    let lost = loss_chance(renewal_chance);
    let concerns = [
        (hours_today <= 0.0).then_some(Concern::NoAttention),
        (months_to_renewal <= SOON).then_some(Concern::RenewalDueSoon { months: months_to_renewal }),
        (loss_odds > 1.0).then_some(Concern::LossOddsRaised { times: loss_odds }),
        (lifetime_value < 0.0).then_some(Concern::NegativeLifetimeValue),
    ];
    Ok(Some(AccountWorth {
        account: account.id,
        annual_value,
        annual_profit,
        renewal_chance,
        lifetime_value,
        loss_chance: lost,
        value_at_risk: annual_value * lost,
        value_held: annual_value * (loss_chance(with_odds(judged.unattended)) - lost),
        concerns: concerns.into_iter().flatten().collect(),
        judgement_left_out,
    }))
}

/// The customers among `accounts`, worked out and in order; of equals the one with the smaller id first.
///
/// # Errors
/// As [`account_worth`].
pub fn ranked<'a>(
    accounts: impl IntoIterator<Item = &'a Account>,
    assumed: &Assumptions,
    as_of: Month,
    by: RankBy,
) -> Result<Vec<AccountWorth>, Problem> {
    let worths = accounts.into_iter().filter_map(|account| account_worth(account, assumed, as_of).transpose());
    let mut worths = worths.collect::<Result<Vec<AccountWorth>, Problem>>()?;
    let first = |worth: &AccountWorth| match by {
        RankBy::ValueAtRisk => -worth.value_at_risk,
        RankBy::ValueHeld => -worth.value_held,
        RankBy::LifetimeValue => worth.lifetime_value,
        RankBy::AnnualProfit => worth.annual_profit,
    };
    worths.sort_by(|one, other| first(one).total_cmp(&first(other)).then(one.account.cmp(&other.account)));
    Ok(worths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::{Origin, Standing, Term};
    use crate::model::quantity::{Money, Multiplier, Probability};

    fn as_of() -> Month {
        Month::parse("2026-11").unwrap()
    }

    /// An account of 12,000 at 70 %, renewed in so many months.
    fn account(id: u32, renews_in: i32) -> Account {
        let mut account = Account::new(AccountId(id), "A", Money::from_cents(1_200_000));
        account.standing = Standing::Active { since: None, renews_on: Some(as_of().plus(renews_in).first_day()) };
        account
    }

    fn worth(account: &Account) -> AccountWorth {
        account_worth(account, &Assumptions::default(), as_of()).unwrap().unwrap()
    }

    #[test]
    fn a_lifetime_is_the_sum_of_its_months() {
        for (term, first, renewal, factor) in [
            (1, 1, 0.97, 1.0),
            (12, 1, 0.85, 0.9),
            (12, 12, 0.85, 0.9),
            (12, 7, 0.0, 0.9),
            (60, 43, 0.4, 1.0),
            (3, 40, 0.9, 0.8),
        ] {
            let (mut sum, mut alive) = (0.0, 1.0);
            for month in 1..=20_000_u32 {
                if month >= first && (month - first) % term == 0 {
                    alive *= renewal;
                }
                sum += 100.0 * alive * libm::pow(factor, f64::from(month) / 12.0);
            }
            let value = lifetime_value(1_200.0, renewal, term, first, factor).unwrap();
            assert!((value - sum).abs() < 1e-8 * sum.max(1.0), "{term} {first}: {value}, not {sum}");
        }
        assert!(lifetime_value(1.0, 1.0, 12, 12, 1.0).is_err());
        assert!(lifetime_value(1.0, 1.0, 12, 12, 0.9).is_ok_and(f64::is_finite));
    }

    #[test]
    fn what_is_at_risk_follows_the_contracts_that_end_in_a_year() {
        // Once in the year: 15 % of 12,000, and 40 % without a call.
        let yearly = worth(&account(1, 5));
        assert!((yearly.value_at_risk - 1_800.0).abs() < 1e-9 && (yearly.value_held - 3_000.0).abs() < 1e-9);
        assert!((yearly.annual_profit - 8_400.0).abs() < 1e-9 && yearly.concerns.is_empty(), "{yearly:?}");
        // Twelve times a month's chance is a year's.
        let mut monthly = account(2, 1);
        monthly.term = Term::new(1).unwrap();
        assert!((worth(&monthly).loss_chance - 0.15).abs() < 1e-12);
        // In month 5 and 11 of half a year each.
        let mut twice = account(3, 5);
        twice.term = Term::new(6).unwrap();
        assert!((worth(&twice).loss_chance - 0.15).abs() < 1e-12);
        twice.standing = Standing::Active { since: None, renews_on: Some(as_of().plus(7).first_day()) };
        assert!((worth(&twice).loss_chance - (1.0 - 0.85_f64.sqrt())).abs() < 1e-12);
        // Two years decided at once; or not before the year is over.
        let mut long = account(4, 2);
        long.term = Term::new(24).unwrap();
        assert!((worth(&long).loss_chance - (1.0 - 0.85 * 0.85)).abs() < 1e-12);
        long.standing = Standing::Active { since: None, renews_on: Some(as_of().plus(13).first_day()) };
        assert_eq!((worth(&long).loss_chance, worth(&long).value_held), (0.0, 0.0));
    }

    #[test]
    fn concerns_say_why() {
        let mut bad = account(1, 2);
        bad.loss_odds = Multiplier::constant(2.0);
        bad.cost_to_serve = Money::from_cents(900_000);
        let worth_bad = worth(&bad);
        assert_eq!(
            worth_bad.concerns,
            [
                Concern::RenewalDueSoon { months: 2 },
                Concern::LossOddsRaised { times: 2.0 },
                Concern::NegativeLifetimeValue
            ]
        );
        // Odds of loss 15 : 85 doubled are 30 : 85.
        assert!((worth_bad.renewal_chance - 85.0 / 115.0).abs() < 1e-12);
        assert!((worth_bad.annual_profit + 600.0).abs() < 1e-9 && worth_bad.lifetime_value < 0.0);
        let overdue = worth(&account(2, -3));
        assert_eq!(overdue.concerns, [Concern::RenewalDueSoon { months: 1 }]);
        let mut idle = Assumptions { share_today: 0.0, ..Assumptions::default() };
        assert!(account_worth(&bad, &idle, as_of()).is_err(), "today's renewals cannot differ from none");
        idle.renew_today = idle.renew_unattended;
        let neglected = account_worth(&account(3, 8), &idle, as_of()).unwrap().unwrap();
        assert_eq!(neglected.concerns, [Concern::NoAttention]);
        assert_eq!(neglected.value_held, 0.0);
    }

    #[test]
    fn every_factor_of_the_odds_counts() {
        let mut risky = account(1, 5);
        risky.loss_odds = Multiplier::constant(2.0);
        risky.origin = Origin::Referral { sent_by: None };
        let assumed = Assumptions { competitor_pull: 1.5, referred_odds: 0.8, ..Assumptions::default() };
        let worth = account_worth(&risky, &assumed, as_of()).unwrap().unwrap();
        // 2 times 1.5 times .8: odds of loss 15 : 85 become 36 : 85.
        assert!((worth.renewal_chance - 85.0 / 121.0).abs() < 1e-12, "{worth:?}");
        let [Concern::LossOddsRaised { times }] = worth.concerns[..] else { panic!("{worth:?}") };
        assert!((times - 2.4).abs() < 1e-12);
    }

    #[test]
    fn an_own_judgement_counts_where_it_rises() {
        let chance = |chance: f64| Some(Probability::constant(chance));
        let mut own = account(1, 5);
        own.judgement = OwnJudgement { unattended: chance(0.2), today: chance(0.5), saturated: None };
        assert!((worth(&own).value_at_risk - 6_000.0).abs() < 1e-9 && (worth(&own).value_held - 3_600.0).abs() < 1e-9);
        own.judgement = OwnJudgement { unattended: chance(0.9), today: None, saturated: None };
        let left_out = worth(&own);
        assert!(left_out.judgement_left_out && (left_out.renewal_chance - 0.85).abs() < 1e-12, "{left_out:?}");
    }

    #[test]
    fn accounts_are_ranked_and_only_customers() {
        let mut large = account(1, 13);
        large.annual_value = Money::from_cents(9_000_000);
        let mut costly = account(2, 5);
        costly.cost_to_serve = Money::from_cents(1_000_000);
        let twin = account(4, 5);
        let mut risky = account(3, 5);
        risky.loss_odds = Multiplier::constant(5.0);
        let mut gone = account(5, 5);
        gone.standing = Standing::Prospect;
        let accounts = [large, twin, costly, risky, gone];
        let order = |by| -> Vec<u32> {
            let ranked = ranked(&accounts, &Assumptions::default(), as_of(), by).unwrap();
            ranked.iter().map(|worth| worth.account.0).collect()
        };
        assert_eq!(order(RankBy::ValueAtRisk), [3, 2, 4, 1]);
        assert_eq!(order(RankBy::LifetimeValue), [2, 3, 4, 1]);
        assert_eq!(order(RankBy::AnnualProfit), [2, 3, 4, 1]);
        // Raised odds bend the curve: 40 % lost without attention become 77 %, 15 % become 47 %, which is 30 points.
        assert_eq!(order(RankBy::ValueHeld), [3, 2, 4, 1]);
    }
}
