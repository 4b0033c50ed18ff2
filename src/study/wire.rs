//! Assignments and findings as plain numbers, for a message to or from a worker.
//!
//! Both ends are of one build, so there are no versions, and what does not read is no message of ours. No text goes
//! along: accounts have no name, and sellers are told apart by a number.

use chrono::{Datelike, NaiveDate};

use super::work::{Assignment, Comparison, Finding};
use crate::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use crate::model::assumptions::{Assumptions, AttentionPolicy, RenewalForm};
use crate::model::best_plan::{BestPlan, SamePayPlan};
use crate::model::book::Book;
use crate::model::bounds::Input;
use crate::model::certainty::{Holds, Quantiles, Side};
use crate::model::mini_charts::{Chart, Flip, SeriesPoint};
use crate::model::monte_carlo::{Chance, Duel, Measure, QUANTILES, Spread};
use crate::model::month::Month;
use crate::model::pay::PlanPeriod;
use crate::model::payoff::{AgreementPrice, PlanOutcome, SellerOutcome};
use crate::model::plan::{Plan, QuotaRule, RenewalSchedule};
use crate::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use crate::model::ranges::Ranges;
use crate::model::same_money::{NoTrade, Sameness, Trade};
use crate::model::saved_plans::SavedPlans;
use crate::model::workspace::Workspace;

/// Periods of a quota, by their number in a message.
const PERIODS: [PlanPeriod; 3] = [PlanPeriod::Month, PlanPeriod::Quarter, PlanPeriod::Year];
/// How accounts came, by their number in a message.
const ORIGINS: [Origin; 3] = [Origin::Prospecting, Origin::Referral, Origin::WinBack];
/// What keeping the money the same may mean, by its number in a message.
const SAMENESSES: [Sameness; 4] =
    [Sameness::PerNewAccount, Sameness::FirstYear, Sameness::FirstYearHeld, Sameness::Horizon];
/// Why there may be no trade, by its number in a message.
const NO_TRADES: [NoTrade; 3] = [NoTrade::TooMuchAtZero, NoTrade::TooLittleAtMost, NoTrade::NoneDue];
/// Marks what is unknown.
const UNKNOWN: f64 = f64::NAN;

/// The assignment as numbers.
pub fn assignment_to(assignment: &Assignment) -> Vec<f64> {
    let Assignment { workspace, seller, inputs, comparison } = assignment;
    // Of former customers and prospects too.
    let mut sellers: Vec<&str> = workspace.book.accounts.iter().map(|account| account.seller.as_str()).collect();
    sellers.sort_unstable();
    sellers.dedup();
    let number_of = |name: &str| sellers.binary_search(&name).map_or(UNKNOWN, |place| place as f64);
    let mut out = vec![seller.as_deref().map_or(UNKNOWN, number_of), inputs.len() as f64];
    out.extend(inputs.iter().filter_map(|input| place_of(&Input::ALL, input)));
    write_assumptions(&mut out, workspace);
    write_plan(&mut out, &workspace.plan);
    write_ranges(&mut out, &workspace.ranges);
    out.push(months_of(workspace.as_of));
    out.push(workspace.book.accounts.len() as f64);
    for account in &workspace.book.accounts {
        write_account(&mut out, account, number_of(&account.seller));
    }
    out.push(comparison.as_ref().map_or(UNKNOWN, |comparison| comparison.plans.len() as f64));
    if let Some(Comparison { plans, trade }) = comparison {
        plans.iter().for_each(|plan| write_plan(&mut out, plan));
        let (rate, sameness) = trade.map_or((UNKNOWN, UNKNOWN), |(rate, sameness)| {
            (rate.get(), place_of(&SAMENESSES, &sameness).unwrap_or(UNKNOWN))
        });
        out.extend([rate, sameness]);
    }
    out
}

/// The assignment that `numbers` say; `None` if they say none.
pub fn assignment_from(numbers: &[f64]) -> Option<Assignment> {
    let mut from = Numbers(numbers.iter());
    let seller = from.known()?.map(name_of);
    let count = from.count()?;
    let inputs = (0..count).map(|_| from.one_of(&Input::ALL)).collect::<Option<Vec<Input>>>()?;
    let mut workspace = Workspace {
        as_of: Month::parse("2000-01")?,
        book: Book::empty(),
        plan: Plan::default(),
        saved_plans: SavedPlans::default(),
        assumptions: Assumptions::default(),
        ranges: Ranges::default(),
    };
    read_assumptions(&mut from, &mut workspace)?;
    workspace.plan = read_plan(&mut from)?;
    read_ranges(&mut from, &mut workspace)?;
    workspace.as_of = workspace.as_of.plus(from.next()? as i32);
    let count = from.count()?;
    let accounts = (0..count).map(|id| read_account(&mut from, id as u32)).collect::<Option<Vec<Account>>>()?;
    workspace.book.accounts = accounts.into();
    let comparison = match from.known()? {
        Some(plans) => Some(read_comparison(&mut from, plans as usize)?),
        None => None,
    };
    Some(Assignment { workspace, seller, inputs, comparison })
}

fn read_comparison(from: &mut Numbers, plans: usize) -> Option<Comparison> {
    let plans = (0..plans.min(from.0.len())).map(|_| read_plan(from)).collect::<Option<Vec<Plan>>>()?;
    let trade = match (from.known()?, from.known()?) {
        (Some(rate), Some(place)) => Some((CommissionRate::new(rate).ok()?, SAMENESSES.get(place as usize).copied()?)),
        _ => None,
    };
    Some(Comparison { plans, trade })
}

/// The finding as numbers.
pub fn finding_to(finding: &Finding) -> Vec<f64> {
    match finding {
        Finding::SamePay(agreement, best) => {
            let mut out = vec![0.0];
            let price =
                agreement.map(|AgreementPrice { rate, pay_change, company_change }| [rate, pay_change, company_change]);
            out.extend(price.unwrap_or([UNKNOWN; 3]));
            match *best {
                BestPlan::Present { share } => out.extend([share, UNKNOWN]),
                BestPlan::Other(SamePayPlan { new_business, renewal, floor, share, seller_change, company_change }) => {
                    out.extend([share, new_business, renewal, floor, seller_change, company_change]);
                }
            }
            out
        }
        Finding::Spread(spread) => {
            let mut out = vec![1.0, spread.runs as f64];
            let Spread { first_year_pay, first_year_renewal_pay, first_year_new_pay, .. } = **spread;
            let Spread { pay, revenue, company_value, .. } = **spread;
            for it in [first_year_pay, first_year_renewal_pay, first_year_new_pay, pay, revenue, company_value] {
                out.extend([it.mean, it.deviation, it.standard_error, it.at_expected_volume, flag(it.is_exact)]);
                out.extend(it.quantiles);
            }
            out
        }
        Finding::Chart(chart, gap) => {
            let input = place_of(&Input::ALL, &chart.input).unwrap_or(UNKNOWN);
            let mut out = vec![2.0, input, *gap, chart.points.len() as f64, chart.flips.len() as f64];
            out.extend(chart.points.iter().flat_map(|point| [point.at, point.figure.unwrap_or(UNKNOWN)]));
            out.extend(chart.flips.iter().flat_map(|flip| [flip.at, f64::from(u8::from(flip.agrees))]));
            out
        }
        Finding::Holds(holds) => {
            let Holds { side, cases, contradictory, share, interval, gap, seller_share, company_share, decides } =
                *holds;
            let side = place_of(&Side::ALL, &side).unwrap_or(UNKNOWN);
            let mut out = vec![3.0, side, cases as f64, contradictory as f64, share, interval.0, interval.1];
            out.extend([gap, seller_share, company_share].iter().flat_map(|of| [of.low, of.middle, of.high]));
            let part = decides.map(|(input, part)| (place_of(&Input::ALL, &input).unwrap_or(UNKNOWN), part));
            out.extend(<[f64; 2]>::from(part.unwrap_or((UNKNOWN, UNKNOWN))));
            out
        }
        Finding::Outcome(place, outcome) => {
            let PlanOutcome { seller_share, company_share, accounts_after, company_value, gap, .. } = *outcome;
            let PlanOutcome { free_renewal_pay, first_year_pay, seller_value, ref sellers, .. } = *outcome;
            let mut out = vec![4.0, *place as f64, seller_share, company_share, accounts_after, company_value, gap];
            out.extend([free_renewal_pay, first_year_pay, seller_value, sellers.len() as f64]);
            out.extend(sellers.iter().flat_map(|seller| [seller.share, seller.first_year_pay]));
            out
        }
        Finding::Trade(found) => match *found {
            Ok(Trade { new_business, renewal, share, seller_change, company_change }) => {
                vec![5.0, new_business, renewal, share, seller_change, company_change]
            }
            Err(NoTrade::Jump { rate }) => vec![6.0, rate],
            Err(why) => vec![7.0, place_of(&NO_TRADES, &why).unwrap_or(UNKNOWN)],
        },
        Finding::Duel(place, Duel { runs, seller, company }) => {
            let mut out = vec![8.0, *place as f64, *runs as f64];
            for it in [seller, company] {
                out.extend([it.better, it.equal, it.standard_error, it.difference, it.difference_error]);
            }
            out
        }
    }
}

/// The finding that `numbers` say; `None` if they say none.
pub fn finding_from(numbers: &[f64]) -> Option<Finding> {
    let mut from = Numbers(numbers.iter());
    match from.next()? as u32 {
        0 => {
            let (rate, pay_change, company_change) = (from.known()?, from.next()?, from.next()?);
            let agreement = rate.map(|rate| AgreementPrice { rate, pay_change, company_change });
            let share = from.next()?;
            let best = match from.known()? {
                None => BestPlan::Present { share },
                Some(new_business) => BestPlan::Other(SamePayPlan {
                    new_business,
                    renewal: from.next()?,
                    floor: from.next()?,
                    share,
                    seller_change: from.next()?,
                    company_change: from.next()?,
                }),
            };
            Some(Finding::SamePay(agreement, best))
        }
        1 => {
            let runs = from.next()? as usize;
            let mut measure = || {
                let mut next = || from.next();
                let (mean, deviation, standard_error, at_expected_volume) = (next()?, next()?, next()?, next()?);
                let is_exact = next()? == 1.0;
                let mut quantiles = [0.0; QUANTILES.len()];
                for quantile in &mut quantiles {
                    *quantile = next()?;
                }
                Some(Measure { mean, deviation, standard_error, quantiles, at_expected_volume, is_exact })
            };
            Some(Finding::Spread(Box::new(Spread {
                runs,
                first_year_pay: measure()?,
                first_year_renewal_pay: measure()?,
                first_year_new_pay: measure()?,
                pay: measure()?,
                revenue: measure()?,
                company_value: measure()?,
            })))
        }
        2 => {
            let (input, gap) = (from.one_of(&Input::ALL)?, from.next()?);
            let (points, flips) = (from.count()?, from.count()?);
            let mut point = || Some(SeriesPoint { at: from.next()?, figure: from.known()? });
            let points = (0..points).map(|_| point()).collect::<Option<Vec<SeriesPoint>>>()?;
            let mut flip = || Some(Flip { at: from.next()?, agrees: from.is_set()? });
            let flips = (0..flips).map(|_| flip()).collect::<Option<Vec<Flip>>>()?;
            Some(Finding::Chart(Chart { input, points, flips }, gap))
        }
        3 => Some(Finding::Holds(read_holds(&mut from)?)),
        4 => read_outcome(&mut from),
        5 => {
            let mut next = || from.next();
            let (new_business, renewal, share) = (next()?, next()?, next()?);
            let (seller_change, company_change) = (next()?, next()?);
            Some(Finding::Trade(Ok(Trade { new_business, renewal, share, seller_change, company_change })))
        }
        6 => Some(Finding::Trade(Err(NoTrade::Jump { rate: from.next()? }))),
        7 => Some(Finding::Trade(Err(from.one_of(&NO_TRADES)?))),
        8 => {
            let (place, runs) = (from.next()? as usize, from.next()? as usize);
            let mut chance = || {
                let (better, equal, standard_error) = (from.next()?, from.next()?, from.next()?);
                let (difference, difference_error) = (from.next()?, from.next()?);
                Some(Chance { better, equal, standard_error, difference, difference_error })
            };
            Some(Finding::Duel(place, Duel { runs, seller: chance()?, company: chance()? }))
        }
        _ => None,
    }
}

fn read_outcome(from: &mut Numbers) -> Option<Finding> {
    let place = from.next()? as usize;
    let (seller_share, company_share, accounts_after) = (from.next()?, from.next()?, from.next()?);
    let (company_value, gap, free_renewal_pay) = (from.next()?, from.next()?, from.next()?);
    let (first_year_pay, seller_value) = (from.next()?, from.next()?);
    let count = from.count()?;
    let mut seller = || Some(SellerOutcome { share: from.next()?, first_year_pay: from.next()? });
    let sellers = (0..count).map(|_| seller()).collect::<Option<Vec<SellerOutcome>>>()?;
    let outcome = PlanOutcome {
        seller_share,
        company_share,
        accounts_after,
        company_value,
        gap,
        free_renewal_pay,
        first_year_pay,
        seller_value,
        sellers,
    };
    Some(Finding::Outcome(place, outcome))
}

fn read_holds(from: &mut Numbers) -> Option<Holds> {
    let side = from.one_of(&Side::ALL)?;
    let (cases, contradictory) = (from.next()? as usize, from.next()? as usize);
    let (share, interval) = (from.next()?, (from.next()?, from.next()?));
    let quantiles =
        |from: &mut Numbers| Some(Quantiles { low: from.next()?, middle: from.next()?, high: from.next()? });
    let (gap, seller_share, company_share) = (quantiles(from)?, quantiles(from)?, quantiles(from)?);
    let (place, part) = (from.known()?, from.next()?);
    let decides = match place {
        Some(place) => Some((*Input::ALL.get(place as usize)?, part)),
        None => None,
    };
    Some(Holds { side, cases, contradictory, share, interval, gap, seller_share, company_share, decides })
}

/// Reads numbers in order.
struct Numbers<'a>(std::slice::Iter<'a, f64>);

impl Numbers<'_> {
    fn next(&mut self) -> Option<f64> {
        self.0.next().copied()
    }

    /// A number that may be unknown.
    fn known(&mut self) -> Option<Option<f64>> {
        self.next().map(|number| (!number.is_nan()).then_some(number))
    }

    fn is_set(&mut self) -> Option<bool> {
        self.next().map(|number| number == 1.0)
    }

    /// How many of something follow; never more than there are numbers.
    fn count(&mut self) -> Option<usize> {
        self.next().map(|count| count as usize).filter(|count| *count <= self.0.len())
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        self.next().and_then(|place| all.get(place as usize).copied())
    }
}

fn place_of<T: PartialEq>(all: &[T], one: &T) -> Option<f64> {
    all.iter().position(|it| it == one).map(|place| place as f64)
}

fn flag(is_set: bool) -> f64 {
    f64::from(u8::from(is_set))
}

/// What a seller is called in the worker; in the order of their names.
fn name_of(number: f64) -> String {
    let number = number as u32;
    let digits = [10_000, 1_000, 100, 10, 1].map(|place| number / place % 10);
    digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

fn months_of(month: Month) -> f64 {
    Month::parse("2000-01").map_or(0.0, |start| f64::from(start.months_until(month)))
}

fn day_of(day: Option<NaiveDate>) -> f64 {
    day.map_or(UNKNOWN, |day| f64::from(day.num_days_from_ce()))
}

fn write_assumptions(out: &mut Vec<f64>, workspace: &Workspace) {
    out.extend(Input::ALL.iter().map(|input| workspace.get(*input)));
    let Assumptions { odds_lapsed, win_back, lapsed_fade, residual, attention, renewal_form, .. } =
        workspace.assumptions;
    let attention = place_of(&AttentionPolicy::ALL, &attention).unwrap_or(UNKNOWN);
    let form = place_of(&RenewalForm::ALL, &renewal_form).unwrap_or(UNKNOWN);
    // What no input names.
    out.extend([odds_lapsed, flag(win_back), lapsed_fade, flag(residual), attention, form]);
}

fn read_assumptions(from: &mut Numbers, workspace: &mut Workspace) -> Option<()> {
    for input in Input::ALL {
        workspace.set(input, from.next()?).ok()?;
    }
    let assumed = &mut workspace.assumptions;
    assumed.odds_lapsed = from.next()?;
    assumed.win_back = from.is_set()?;
    assumed.lapsed_fade = from.next()?;
    assumed.residual = from.is_set()?;
    assumed.attention = from.one_of(&AttentionPolicy::ALL)?;
    assumed.renewal_form = from.one_of(&RenewalForm::ALL)?;
    Some(())
}

fn write_ranges(out: &mut Vec<f64>, ranges: &Ranges) {
    out.push(ranges.len() as f64);
    for (input, range) in ranges.iter() {
        out.extend([place_of(&Input::ALL, &input).unwrap_or(UNKNOWN), range.low(), range.high()]);
    }
}

fn read_ranges(from: &mut Numbers, workspace: &mut Workspace) -> Option<()> {
    for _ in 0..from.count()? {
        let input = from.one_of(&Input::ALL)?;
        workspace.keep_range(input, from.next()?, from.next()?).ok()?;
    }
    Some(())
}

fn write_plan(out: &mut Vec<f64>, plan: &Plan) {
    let Plan { new_business, renewal, referral, upsell, quota, base } = plan;
    out.extend([new_business.get(), referral.get(), upsell.get(), base.cents() as f64]);
    out.extend(renewal.by_year().map(CommissionRate::get));
    out.extend([quota.target, place_of(&PERIODS, &quota.period).unwrap_or(UNKNOWN), quota.multiplier]);
}

fn read_plan(from: &mut Numbers) -> Option<Plan> {
    let rate = |from: &mut Numbers| CommissionRate::new(from.next()?).ok();
    let (new_business, referral, upsell) = (rate(from)?, rate(from)?, rate(from)?);
    let base = Money::from_cents(from.next()? as i64);
    let years = crate::model::plan::CONTRACT_YEARS as u32;
    let steps = (1..=years).map(|year| Some((year, rate(from)?))).collect::<Option<Vec<_>>>()?;
    let quota = QuotaRule { target: from.next()?, period: from.one_of(&PERIODS)?, multiplier: from.next()? };
    Some(Plan { new_business, renewal: RenewalSchedule::from_steps(steps), referral, upsell, quota, base })
}

fn write_account(out: &mut Vec<f64>, account: &Account, seller: f64) {
    let (standing, since, until) = match account.standing {
        Standing::Prospect => (0.0, None, None),
        Standing::Active { since, renews_on } => (1.0, since, renews_on),
        Standing::Lapsed { since, on, .. } => (2.0, since, on),
    };
    let own = |chance: Option<Probability>| chance.map_or(UNKNOWN, Probability::get);
    out.extend([seller, account.annual_value.cents() as f64, account.margin.get()]);
    out.extend([account.cost_to_serve.cents() as f64, f64::from(account.term.months())]);
    out.extend([standing, day_of(since), day_of(until), account.loss_odds.get()]);
    out.push(place_of(&ORIGINS, &account.origin).unwrap_or(UNKNOWN));
    let OwnJudgement { unattended, today, saturated } = account.judgement;
    out.extend([own(unattended), own(today), own(saturated)]);
}

fn read_account(from: &mut Numbers, id: u32) -> Option<Account> {
    let seller = from.next()?;
    let mut account = Account::new(AccountId(id), String::new(), Money::from_cents(from.next()? as i64));
    account.seller = name_of(seller);
    account.margin = Margin::new(from.next()?).ok()?;
    account.cost_to_serve = Money::from_cents(from.next()? as i64);
    account.term = Term::new(from.next()? as u32)?;
    let day = |day: Option<f64>| day.and_then(|day| NaiveDate::from_num_days_from_ce_opt(day as i32));
    let standing = from.next()? as u32;
    let (since, until) = (day(from.known()?), day(from.known()?));
    account.standing = match standing {
        0 => Standing::Prospect,
        1 => Standing::Active { since, renews_on: until },
        2 => Standing::Lapsed { since, on: until, reason: String::new() },
        _ => return None,
    };
    account.loss_odds = Multiplier::new(from.next()?).ok()?;
    account.origin = from.one_of(&ORIGINS)?;
    let mut own = || match from.known()? {
        Some(chance) => Probability::new(chance).ok().map(Some),
        None => Some(None),
    };
    account.judgement = OwnJudgement { unattended: own()?, today: own()?, saturated: own()? };
    Some(account)
}
