//! Assignments and findings as plain numbers, for a message to or from a worker.
//!
//! Both ends are of one build, so there are no versions, and what does not read is no message of ours. No text goes
//! along: accounts have no name, and sellers are told apart by a number.

mod findings;

use chrono::{Datelike, NaiveDate};

use super::work::{Assignment, Comparison, MapAsked, Topic};
use crate::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use crate::model::assumptions::{Assumptions, AttentionPolicy, RenewalForm};
use crate::model::book::Book;
use crate::model::bounds::Input;
use crate::model::month::Month;
use crate::model::pay::PlanPeriod;
use crate::model::plan::{Plan, QuotaRule, RenewalSchedule};
use crate::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use crate::model::ranges::Ranges;
use crate::model::rules::{Rule, RuleKind};
use crate::model::same_money::Sameness;
use crate::model::what_if::Figure;
use crate::model::workspace::Workspace;

pub use findings::{finding_from, finding_to};

/// Periods of a quota, by their number in a message.
const PERIODS: [PlanPeriod; 3] = [PlanPeriod::Month, PlanPeriod::Quarter, PlanPeriod::Year];
/// How accounts came, by their number in a message; who sent one is not told, like its name.
const ORIGINS: [Origin; 3] = [Origin::Prospecting, Origin::Referral { sent_by: None }, Origin::WinBack];
/// What keeping the money the same may mean, by its number in a message.
const SAMENESSES: [Sameness; 4] =
    [Sameness::PerNewAccount, Sameness::FirstYear, Sameness::FirstYearHeld, Sameness::Horizon];
/// Marks what is unknown.
const UNKNOWN: f64 = f64::NAN;

/// The assignment as numbers.
pub fn assignment_to(assignment: &Assignment) -> Vec<f64> {
    let Assignment { workspace, seller, topic } = assignment;
    // Of former customers and prospects too.
    let mut sellers: Vec<&str> = workspace.book.accounts.iter().map(|account| account.seller.as_str()).collect();
    if let Topic::Waterfall(before) = topic {
        sellers.extend(before.book.accounts.iter().map(|account| account.seller.as_str()));
    }
    sellers.sort_unstable();
    sellers.dedup();
    let number_of = |name: &str| sellers.binary_search(&name).map_or(UNKNOWN, |place| place as f64);
    let mut out = vec![seller.as_deref().map_or(UNKNOWN, number_of)];
    write_workspace(&mut out, workspace, number_of);
    write_topic(&mut out, topic, number_of);
    out
}

fn write_workspace(out: &mut Vec<f64>, workspace: &Workspace, number_of: impl Fn(&str) -> f64) {
    write_assumptions(out, workspace);
    write_plan(out, &workspace.plan);
    write_ranges(out, &workspace.ranges);
    out.push(months_of(workspace.as_of));
    out.push(workspace.book.accounts.len() as f64);
    for account in &workspace.book.accounts {
        write_account(out, account, number_of(&account.seller));
    }
}

fn read_workspace(from: &mut Numbers) -> Option<Workspace> {
    let mut workspace = Workspace::new(Month::parse("2000-01")?, Book::empty(), Plan::default());
    read_assumptions(from, &mut workspace)?;
    workspace.plan = read_plan(from)?;
    read_ranges(from, &mut workspace)?;
    workspace.as_of = workspace.as_of.plus(from.next()? as i32);
    let count = from.count()?;
    let accounts = (0..count).map(|id| read_account(from, id as u32)).collect::<Option<Vec<Account>>>()?;
    workspace.book.accounts = accounts.into();
    Some(workspace)
}

/// The assignment that `numbers` say; `None` if they say none.
pub fn assignment_from(numbers: &[f64]) -> Option<Assignment> {
    let mut from = Numbers(numbers.iter());
    let seller = from.known()?.map(name_of);
    let workspace = read_workspace(&mut from)?;
    let topic = read_topic(&mut from)?;
    Some(Assignment { workspace, seller, topic })
}

fn write_topic(out: &mut Vec<f64>, topic: &Topic, number_of: impl Fn(&str) -> f64) {
    let input = |input: &Input| place_of(&Input::ALL, input).unwrap_or(UNKNOWN);
    match topic {
        Topic::Payoff(inputs) => {
            out.extend([0.0, inputs.len() as f64]);
            out.extend(inputs.iter().map(input));
        }
        Topic::Comparison(Comparison { plans, trade }) => {
            out.extend([1.0, plans.len() as f64]);
            plans.iter().for_each(|plan| write_plan(out, plan));
            let (rate, sameness) = trade.map_or((UNKNOWN, UNKNOWN), |(rate, sameness)| {
                (rate.get(), place_of(&SAMENESSES, &sameness).unwrap_or(UNKNOWN))
            });
            out.extend([rate, sameness]);
        }
        Topic::Tornado => out.push(2.0),
        Topic::Gaming => out.push(4.0),
        Topic::Rules => out.push(6.0),
        Topic::RuledAgreement => out.push(7.0),
        Topic::RuledSamePay => out.push(8.0),
        Topic::RuledTornado => out.push(9.0),
        Topic::Waterfall(before) => {
            out.push(5.0);
            write_workspace(out, before, number_of);
        }
        Topic::Map(MapAsked { figure, across, up }) => {
            out.extend([3.0, place_of(&Figure::ALL, figure).unwrap_or(UNKNOWN), input(across), input(up)]);
        }
    }
}

fn read_topic(from: &mut Numbers) -> Option<Topic> {
    match from.next()? as u32 {
        0 => {
            let count = from.count()?;
            (0..count).map(|_| from.one_of(&Input::ALL)).collect::<Option<Vec<Input>>>().map(Topic::Payoff)
        }
        1 => {
            let count = from.count()?;
            read_comparison(from, count).map(Topic::Comparison)
        }
        2 => Some(Topic::Tornado),
        3 => {
            let figure = from.one_of(&Figure::ALL)?;
            let (across, up) = (from.one_of(&Input::ALL)?, from.one_of(&Input::ALL)?);
            Some(Topic::Map(MapAsked { figure, across, up }))
        }
        4 => Some(Topic::Gaming),
        6 => Some(Topic::Rules),
        7 => Some(Topic::RuledAgreement),
        8 => Some(Topic::RuledSamePay),
        9 => Some(Topic::RuledTornado),
        5 => read_workspace(from).map(|before| Topic::Waterfall(Box::new(before))),
        _ => None,
    }
}

fn read_comparison(from: &mut Numbers, plans: usize) -> Option<Comparison> {
    let plans = (0..plans).map(|_| read_plan(from)).collect::<Option<Vec<Plan>>>()?;
    let trade = match (from.known()?, from.known()?) {
        (Some(rate), Some(place)) => Some((CommissionRate::new(rate).ok()?, SAMENESSES.get(place as usize).copied()?)),
        _ => None,
    };
    Some(Comparison { plans, trade })
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
    let Plan { new_business, renewal, referral, upsell, quota, base, rules } = plan;
    out.extend([new_business.get(), referral.get(), upsell.get(), base.cents() as f64]);
    out.extend(renewal.by_year().map(CommissionRate::get));
    out.extend([quota.target, place_of(&PERIODS, &quota.period).unwrap_or(UNKNOWN), quota.multiplier]);
    out.push(rules.len() as f64);
    for rule in rules {
        let kind = place_of(&RuleKind::ALL, &rule.kind()).unwrap_or(UNKNOWN);
        out.extend([kind, flag(rule.is_on), place_of(&PERIODS, &rule.period).unwrap_or(UNKNOWN)]);
        out.extend(rule.numbers());
    }
}

fn read_rule(from: &mut Numbers) -> Option<Rule> {
    let kind = from.one_of(&RuleKind::ALL)?;
    let (is_on, period) = (from.is_set()?, from.one_of(&PERIODS)?);
    let numbers = kind.numbers().iter().map(|_| from.next()).collect::<Option<Vec<f64>>>()?;
    Rule::from_numbers(kind, &numbers).map(|rule| rule.over(period).switched(is_on))
}

fn read_plan(from: &mut Numbers) -> Option<Plan> {
    let rate = |from: &mut Numbers| CommissionRate::new(from.next()?).ok();
    let (new_business, referral, upsell) = (rate(from)?, rate(from)?, rate(from)?);
    let base = Money::from_cents(from.next()? as i64);
    let years = crate::model::plan::CONTRACT_YEARS as u32;
    let steps = (1..=years).map(|year| Some((year, rate(from)?))).collect::<Option<Vec<_>>>()?;
    let quota = QuotaRule { target: from.next()?, period: from.one_of(&PERIODS)?, multiplier: from.next()? };
    let rules = (0..from.count()?).map(|_| read_rule(from)).collect::<Option<Vec<Rule>>>()?;
    Some(Plan { new_business, renewal: RenewalSchedule::from_steps(steps), referral, upsell, quota, base, rules })
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
    let origin = if account.is_referred() { Origin::Referral { sent_by: None } } else { account.origin };
    out.push(place_of(&ORIGINS, &origin).unwrap_or(UNKNOWN));
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
