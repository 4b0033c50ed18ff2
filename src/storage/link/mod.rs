//! A plan in an address: rates, rules, assumptions, the month, and the book as at most twelve nameless groups.
//!
//! The payload is the version, a dot and the base64url of compact JSON. Accounts and sellers have no names in it. How an
//! account came is not told either: what that does to its odds of loss is told as its own odds. The receiver gets
//! accounts again, "Account 1" and so on, alike within their group, and is told by how much the headline differs from
//! what the sender saw. Ranges, which the headline does not stand on, are left out where the payload would be too long.
//! The log of decisions goes along only where that is asked for, in the words in which it was written.

mod codes;
mod decisions;
mod groups;
mod ranges;
mod rules;
mod short;

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::schema::v2::{AttentionV2, PeriodV2};
use crate::model::account::{Account, Standing, Term};
use crate::model::assumptions::{Assumptions, RenewalForm};
use crate::model::book::{Book, Provenance};
use crate::model::bounds::Input;
use crate::model::month::Month;
use crate::model::payoff::{Headline, MAX_SELLERS, Question, payoff};
use crate::model::plan::{CONTRACT_YEARS, Plan, RenewalSchedule};
use crate::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use crate::model::rules::MOST_RULES;
use crate::model::workspace::Workspace;
use codes::{code, version_of};
use groups::{Group, groups, merge_nearest};
use short::Short;

/// The most characters that a payload may have.
pub const MAX_CHARACTERS: usize = 1000;
/// The most characters of a payload with decisions.
pub const MAX_WITH_DECISIONS: usize = 8_000;
/// Longer fragments are refused unread.
const MAX_READ: usize = 16 * 1024;
/// How exactly the numbers of plan and assumptions are written.
#[derive(Clone, Copy, PartialEq)]
enum Digits {
    All,
    /// To nine decimals, where the link would be too long otherwise: no reader of a headline can tell.
    Nine,
    /// To six, where every number is the user's own.
    Six,
    /// To six, and without the ranges.
    SixAndNoRanges,
    /// The same with five digits for the numbers of rules: a plan of many rules full of odd ones.
    ShortRules,
}

impl Digits {
    fn of(self, number: f64) -> f64 {
        match self {
            Digits::All => number,
            Digits::Nine => rounded(number, 1e9),
            Digits::Six | Digits::SixAndNoRanges | Digits::ShortRules => rounded(number, 1e6),
        }
    }

    const fn leaves_ranges_out(self) -> bool {
        matches!(self, Digits::SixAndNoRanges | Digits::ShortRules)
    }
}

/// The farthest renewal or start that is written, months.
const FARTHEST: u32 = 1200;
const FIRST_PREFIX: &str = "1.";
const SECOND_PREFIX: &str = "2.";
const THIRD_PREFIX: &str = "3.";
const FOURTH_PREFIX: &str = "4.";
const PREFIX: &str = "5.";

/// A link read.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The workspace it describes; its book is nameless.
    pub workspace: Workspace,
    /// What the sender saw.
    pub headline: Headline,
}

/// Why a link cannot be opened, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadLink {
    /// Longer than any link that we make.
    TooLong,
    /// Made by a newer version.
    Newer,
    /// The end is missing or a character was changed.
    CutOff,
    /// A number outside its range.
    OutOfRange(String),
}

impl fmt::Display for BadLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadLink::TooLong => write!(f, "This link is longer than any that Holdfast makes; it was not opened."),
            BadLink::Newer => write!(f, "This link comes from a newer Holdfast: reload the page, then open it again."),
            BadLink::CutOff => {
                write!(f, "This link is incomplete or was changed on its way: ask the sender to copy it once more.")
            }
            BadLink::OutOfRange(why) => write!(f, "This link holds a number that cannot be used ({why})."),
        }
    }
}

impl std::error::Error for BadLink {}

/// Versions 1 to 5 of the payload. Frozen, as stored shapes are.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    /// As of.
    a: String,
    /// Inputs that differ from their defaults, by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    i: BTreeMap<String, f64>,
    /// Renewal steps, where they are not one rate from year 2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    r: Vec<(u32, f64)>,
    /// Base pay in cents.
    #[serde(default, skip_serializing_if = "is_zero")]
    b: i64,
    /// Active accounts of each seller.
    s: Vec<u32>,
    /// Groups: accounts, mean value in cents, margin, mean cost in cents, term, months to renewal, tenure, loss odds,
    /// r0, r1, rc (negative where the general ones hold).
    g: Vec<GroupV1>,
    /// Headline: both shares and the gap.
    h: (f64, f64, f64),
    /// Settings without a slider: odds of win-back, whether pursued, fade, residual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<(f64, bool, f64, bool)>,
    /// From version 2: quota period and attention policy, where they are not the usual ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    c: Option<(PeriodV2, AttentionV2)>,
    /// From version 3: whether renewals answer to attention in an S.
    #[serde(default, skip_serializing_if = "is_false")]
    f: bool,
    /// From version 3: ranges, by code; those of single contract years by `y` and the year.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    u: BTreeMap<String, (f64, f64)>,
    /// From version 4: further rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    p: Vec<rules::RuleV4>,
    /// From version 5: decisions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    l: Vec<decisions::DecisionV5>,
}

const fn is_false(it: &bool) -> bool {
    !*it
}

const fn is_zero(cents: &i64) -> bool {
    *cents == 0
}

#[derive(Clone, Serialize, Deserialize)]
struct GroupV1(u32, i64, f64, i64, u32, u32, u32, #[serde(default)] Option<(f64, f64, f64, f64)>);

/// Packs the part of `workspace` that `question` is about, with the `headline` that the sender sees; without decisions.
pub fn encode(workspace: &Workspace, question: &Question, headline: Headline) -> String {
    fitted(workspace, question, headline).payload()
}

/// The same with the decisions, and how many of them: the latest that fit into [`MAX_WITH_DECISIONS`] characters.
pub fn encode_with_decisions(workspace: &Workspace, question: &Question, headline: Headline) -> (String, usize) {
    let mut link = fitted(workspace, question, headline);
    let mut payload = link.payload();
    for decision in workspace.decisions.iter().rev() {
        link.l.push(decision.into());
        let longer = link.payload();
        if longer.len() > MAX_WITH_DECISIONS {
            return (payload, link.l.len() - 1);
        }
        payload = longer;
    }
    (payload, link.l.len())
}

/// As much as fits into [`MAX_CHARACTERS`].
fn fitted(workspace: &Workspace, question: &Question, headline: Headline) -> Link {
    let mut groups = groups(workspace, question);
    let mut digits = Digits::All;
    loop {
        let link = pack(workspace, question, headline, &groups, digits);
        if link.payload().len() <= MAX_CHARACTERS {
            return link;
        }
        match groups.len() {
            0 | 1 => match digits {
                Digits::All => digits = Digits::Nine,
                Digits::Nine => digits = Digits::Six,
                Digits::Six if !workspace.ranges.is_empty() => digits = Digits::SixAndNoRanges,
                Digits::Six | Digits::SixAndNoRanges => digits = Digits::ShortRules,
                Digits::ShortRules => return link,
            },
            _ => merge_nearest(&mut groups),
        }
    }
}

impl Link {
    fn payload(&self) -> String {
        // A link that an older Holdfast can read says so.
        let newest = self.i.keys().map(|name| version_of(name)).max().unwrap_or(1);
        let prefix = if !self.l.is_empty() {
            PREFIX
        } else if !self.p.is_empty() {
            FOURTH_PREFIX
        } else if self.f || newest == 3 || !self.u.is_empty() {
            THIRD_PREFIX
        } else if self.c.is_some() || newest == 2 {
            SECOND_PREFIX
        } else {
            FIRST_PREFIX
        };
        let mut json = Vec::new();
        if self.serialize(&mut serde_json::Serializer::with_formatter(&mut json, Short)).is_err() {
            // Finite numbers and strings can always be written; an empty payload would be refused by the reader.
            json.clear();
        }
        format!("{prefix}{}", URL_SAFE_NO_PAD.encode(json))
    }
}

fn pack(workspace: &Workspace, question: &Question, headline: Headline, groups: &[Group], digits: Digits) -> Link {
    let differing = Input::ALL
        .into_iter()
        .filter(|input| input.contract_year().is_none() && workspace.get(*input) != input.bounds().default);
    let schedule = &workspace.plan.renewal;
    let level = *schedule == RenewalSchedule::level(schedule.first_renewal());
    let sellers = match &question.seller {
        Some(_) => Vec::new(),
        None => workspace.book.sellers().into_values().map(|accounts| accounts as u32).collect(),
    };
    let (assumed, default) = (&workspace.assumptions, Assumptions::default());
    let chosen = assumed.attention != default.attention || workspace.plan.quota.period != Plan::default().quota.period;
    let is_least = !matches!(digits, Digits::All | Digits::Nine);
    let least = |number: f64| if is_least { digits.of(number) } else { number };
    let hidden = |it: &Assumptions| (least(it.odds_lapsed), it.win_back, least(it.lapsed_fade), it.residual);
    Link {
        a: workspace.as_of.to_string(),
        i: differing.map(|input| (code(input).to_owned(), digits.of(workspace.get(input)))).collect(),
        r: if level {
            Vec::new()
        } else {
            schedule.steps().into_iter().map(|(year, rate)| (year, digits.of(rate.get()))).collect()
        },
        b: workspace.plan.base.cents(),
        s: sellers,
        g: groups.iter().map(Group::write).collect(),
        h: (rounded(headline.seller_share, 1e6), rounded(headline.company_share, 1e6), libm::round(headline.gap)),
        x: (hidden(assumed) != hidden(&default)).then(|| hidden(assumed)),
        c: chosen.then(|| (workspace.plan.quota.period.into(), assumed.attention.into())),
        f: assumed.renewal_form == RenewalForm::SCurve,
        u: ranges::written(workspace, digits),
        p: workspace.plan.rules.iter().filter_map(|rule| rules::written(rule, digits)).collect(),
        l: Vec::new(),
    }
}

fn rounded(number: f64, scale: f64) -> f64 {
    libm::round(number * scale) / scale
}

/// Opens a payload.
///
/// # Errors
/// [`BadLink`], which says what to do.
pub fn decode(payload: &str) -> Result<Shared, BadLink> {
    if payload.len() > MAX_READ {
        return Err(BadLink::TooLong);
    }
    let known = [PREFIX, FOURTH_PREFIX, THIRD_PREFIX, SECOND_PREFIX, FIRST_PREFIX];
    let packed = known.into_iter().find_map(|prefix| payload.strip_prefix(prefix));
    let Some(packed) = packed else {
        let newer = payload.split_once('.').is_some_and(|(version, _)| version.parse::<u32>().is_ok_and(|it| it > 5));
        return Err(if newer { BadLink::Newer } else { BadLink::CutOff });
    };
    let json = URL_SAFE_NO_PAD.decode(packed).map_err(|_| BadLink::CutOff)?;
    let json = std::str::from_utf8(&json).map_err(|_| BadLink::CutOff)?;
    let link: Link = serde_json::from_str(json).map_err(|_| BadLink::CutOff)?;
    unpack(link)
}

fn out_of_range(why: impl fmt::Display) -> BadLink {
    BadLink::OutOfRange(why.to_string())
}

fn unpack(link: Link) -> Result<Shared, BadLink> {
    let as_of = Month::parse(&link.a).ok_or(BadLink::CutOff)?;
    let base = Money::from_cents(link.b);
    if !(Money::ZERO..=Money::MAX).contains(&base) {
        return Err(out_of_range("base pay"));
    }
    let book = Book { provenance: Provenance::Shared, ..Book::empty() };
    let mut workspace = Workspace::new(as_of, book, Plan { base, ..Plan::default() });
    for (name, value) in link.i {
        let named = |input: &Input| input.contract_year().is_none() && code(*input) == name;
        let input = Input::ALL.into_iter().find(named).ok_or(BadLink::CutOff)?;
        workspace.set(input, value).map_err(out_of_range)?;
    }
    if !link.r.is_empty() {
        let mut steps = Vec::new();
        for (year, rate) in link.r {
            if !(1..=CONTRACT_YEARS as u32).contains(&year) {
                return Err(out_of_range("contract year"));
            }
            steps.push((year, CommissionRate::new(rate).map_err(out_of_range)?));
        }
        workspace.plan.renewal = RenewalSchedule::from_steps(steps);
    }
    if link.p.len() > MOST_RULES {
        return Err(out_of_range("more rules than a plan can have"));
    }
    workspace.plan.rules = link.p.into_iter().map(rules::read).collect::<Result<_, _>>()?;
    if let Some((period, attention)) = link.c {
        workspace.plan.quota.period = period.into();
        workspace.assumptions.attention = attention.into();
    }
    if link.f {
        workspace.assumptions.renewal_form = RenewalForm::SCurve;
    }
    if let Some((odds, pursued, fade, residual)) = link.x {
        workspace.assumptions.odds_lapsed = Probability::new(odds).map_err(out_of_range)?.get();
        workspace.assumptions.lapsed_fade = Probability::new(fade).map_err(out_of_range)?.get();
        workspace.assumptions.win_back = pursued;
        workspace.assumptions.residual = residual;
    }
    ranges::read(&mut workspace, link.u)?;
    workspace.decisions = decisions::read(link.l)?;
    workspace.check().map_err(out_of_range)?;
    if link.s.len() > MAX_SELLERS {
        return Err(out_of_range("more sellers than can be added up"));
    }
    for group in &link.g {
        add_group(&mut workspace.book, group, as_of)?;
    }
    deal_out(&mut workspace.book, &link.s);
    let (seller_share, company_share, gap) = link.h;
    let is_share = |share: f64| (0.0..=1.0).contains(&share);
    if !is_share(seller_share) || !is_share(company_share) || !(0.0..1e15).contains(&gap) {
        return Err(out_of_range("what the sender saw"));
    }
    Ok(Shared { workspace, headline: Headline { seller_share, company_share, gap } })
}

/// Gives every seller as many accounts as the sender's had, each of them a like mix of the groups.
fn deal_out(book: &mut Book, accounts_of: &[u32]) {
    let total: u32 = accounts_of.iter().fold(0, |sum, accounts| sum.saturating_add(*accounts));
    if accounts_of.len() < 2 || total == 0 {
        return;
    }
    let mut given = vec![0.0; accounts_of.len()];
    for (index, account) in book.accounts.iter_mut().enumerate() {
        // The seller who is most behind their part of the accounts dealt out so far.
        let behind = |seller: usize, given: f64| {
            let part = accounts_of.get(seller).copied().unwrap_or(0);
            f64::from(part) / f64::from(total) * (index + 1) as f64 - given
        };
        let mut most = (0, f64::NEG_INFINITY);
        for (seller, given) in given.iter().enumerate() {
            let behind = behind(seller, *given);
            if behind > most.1 {
                most = (seller, behind);
            }
        }
        if let Some(given) = given.get_mut(most.0) {
            *given += 1.0;
        }
        account.seller = format!("Seller {}", most.0 + 1);
    }
}

fn add_group(book: &mut Book, group: &GroupV1, as_of: Month) -> Result<(), BadLink> {
    let &GroupV1(count, value, margin, cost, term, due, tenure, own) = group;
    if count as usize > Book::MAX_ACCOUNTS - book.accounts.len().min(Book::MAX_ACCOUNTS) {
        return Err(out_of_range("more than 10,000 accounts"));
    }
    let money = |cents: i64| {
        let amount = Money::from_cents(cents);
        (Money::ZERO..=Money::MAX).contains(&amount).then_some(amount).ok_or_else(|| out_of_range("an account's money"))
    };
    let term = Term::new(term).ok_or_else(|| out_of_range("a contract term"))?;
    if due > FARTHEST || tenure > FARTHEST {
        return Err(out_of_range("a renewal date"));
    }
    let chance = |chance: f64| -> Result<Option<Probability>, BadLink> {
        if chance < 0.0 { Ok(None) } else { Probability::new(chance).map(Some).map_err(out_of_range) }
    };
    for _ in 0..count {
        let id = book.take_id();
        let mut account = Account::new(id, format!("Account {}", id.0), money(value)?);
        account.margin = Margin::new(margin).map_err(out_of_range)?;
        account.cost_to_serve = money(cost)?;
        account.term = term;
        account.standing = Standing::Active {
            since: Some(as_of.plus(-(tenure as i32)).first_day()),
            renews_on: Some(as_of.plus(due as i32).first_day()),
        };
        if let Some((odds, unattended, today, saturated)) = own {
            account.loss_odds = Multiplier::new(odds).map_err(out_of_range)?;
            account.judgement.unattended = chance(unattended)?;
            account.judgement.today = chance(today)?;
            account.judgement.saturated = chance(saturated)?;
        }
        book.accounts.push(account);
    }
    Ok(())
}

/// By how much the receiver's headline differs from the sender's, in words; `None` if it reads the same.
pub fn difference(shared: &Shared) -> Option<String> {
    use crate::text::number::{money_rounded, percent};
    let said = |headline: &Headline| {
        (percent(headline.seller_share, 0), percent(headline.company_share, 0), money_rounded(headline.gap))
    };
    let answer = payoff(&shared.workspace, &Question::default()).ok()?;
    let (sent, got) = (said(&shared.headline), said(&answer.headline()));
    (sent != got).then(|| {
        format!(
            "The sender's accounts were summed into groups, which moves the figures a little: the sender saw {}, {} and {}, \
             here it is {}, {} and {}.",
            sent.0, sent.1, sent.2, got.0, got.1, got.2
        )
    })
}
