//! A plan in an address: rates, assumptions, the month, and the book as at most twelve nameless groups.
//!
//! The payload is `1.` and the base64url of compact JSON. Accounts and sellers have no names in it. The receiver gets
//! accounts again, "Account 1" and so on, alike within their group, and is told by how much the headline differs from
//! what the sender saw.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::model::account::{Account, Standing, Term};
use crate::model::assumptions::Assumptions;
use crate::model::book::{Book, Provenance};
use crate::model::bounds::Input;
use crate::model::month::Month;
use crate::model::payoff::{Headline, Question, payoff};
use crate::model::plan::{CONTRACT_YEARS, Plan, RenewalSchedule};
use crate::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use crate::model::workspace::Workspace;

/// The most characters that a payload may have.
pub const MAX_CHARACTERS: usize = 1000;
/// The most groups that a book is summed into.
const MAX_GROUPS: usize = 12;
/// Longer fragments are refused unread.
const MAX_READ: usize = 16 * 1024;
const PREFIX: &str = "1.";

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

/// Version 1 of the payload. Frozen, as stored shapes are.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkV1 {
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
    /// Sellers.
    s: u32,
    /// Groups: accounts, mean value in cents, margin, mean cost in cents, term, months to renewal, tenure, loss odds,
    /// r0, r1, rc (negative where the general ones hold).
    g: Vec<GroupV1>,
    /// Headline: both shares and the gap.
    h: (f64, f64, f64),
    /// Settings without a slider: odds of win-back, whether pursued, fade, residual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<(f64, bool, f64, bool)>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
const fn is_zero(cents: &i64) -> bool {
    *cents == 0
}

#[derive(Clone, Serialize, Deserialize)]
struct GroupV1(u32, i64, f64, i64, u32, u32, u32, #[serde(default)] Option<(f64, f64, f64, f64)>);

/// The codes of version 1.
const fn code(input: Input) -> &'static str {
    match input {
        Input::RenewalCommission => "cr",
        Input::NewBusinessCommission => "cn",
        Input::ReferralCommission => "cf",
        Input::ShareToday => "u0",
        Input::HoursPerYear => "h",
        Input::RenewUnattended => "r0",
        Input::RenewToday => "r1",
        Input::RenewSaturated => "rc",
        Input::Stay => "st",
        Input::OddsNew => "pn",
        Input::OddsReferred => "pf",
        Input::HoursPerPursuit => "a",
        Input::Leads => "m",
        Input::Referrals => "rho",
        Input::CarryOver => "d",
        Input::DiscountCompany => "dc",
        Input::DiscountSeller => "dr",
        Input::ProspectingCost => "pc",
        Input::Horizon => "t",
    }
}

/// Packs the part of `workspace` that `question` is about, with the `headline` that the sender sees.
pub fn encode(workspace: &Workspace, question: &Question, headline: Headline) -> String {
    let mut groups = groups(workspace, question);
    loop {
        let payload = pack(workspace, question, headline, &groups);
        if payload.len() <= MAX_CHARACTERS || groups.len() <= 1 {
            return payload;
        }
        merge_nearest(&mut groups);
    }
}

fn pack(workspace: &Workspace, question: &Question, headline: Headline, groups: &[Group]) -> String {
    let differing = Input::ALL.into_iter().filter(|input| workspace.get(*input) != input.bounds().default);
    let schedule = &workspace.plan.renewal;
    let level = *schedule == RenewalSchedule::level(schedule.first_renewal());
    let sellers = if question.seller.is_some() { 1 } else { workspace.book.sellers().len().max(1) };
    let (assumed, default) = (&workspace.assumptions, Assumptions::default());
    let hidden = |it: &Assumptions| (it.odds_lapsed, it.win_back, it.lapsed_fade, it.residual);
    let link = LinkV1 {
        a: workspace.as_of.to_string(),
        i: differing.map(|input| (code(input).to_owned(), workspace.get(input))).collect(),
        r: if level {
            Vec::new()
        } else {
            schedule.steps().into_iter().map(|(year, rate)| (year, rate.get())).collect()
        },
        b: workspace.plan.base.cents(),
        s: sellers as u32,
        g: groups.iter().map(Group::write).collect(),
        h: (rounded(headline.seller_share, 1e6), rounded(headline.company_share, 1e6), libm::round(headline.gap)),
        x: (hidden(assumed) != hidden(&default)).then(|| hidden(assumed)),
    };
    // Serialising finite numbers and strings cannot fail; an empty payload would be refused by the reader.
    let json = serde_json::to_string(&link).unwrap_or_else(|_why| String::new());
    format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
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
    let Some(packed) = payload.strip_prefix(PREFIX) else {
        let newer = payload.split_once('.').is_some_and(|(version, _)| version.parse::<u32>().is_ok_and(|it| it > 1));
        return Err(if newer { BadLink::Newer } else { BadLink::CutOff });
    };
    let json = URL_SAFE_NO_PAD.decode(packed).map_err(|_| BadLink::CutOff)?;
    let link: LinkV1 = serde_json::from_slice(&json).map_err(|_| BadLink::CutOff)?;
    unpack(link)
}

fn out_of_range(why: impl fmt::Display) -> BadLink {
    BadLink::OutOfRange(why.to_string())
}

fn unpack(link: LinkV1) -> Result<Shared, BadLink> {
    let as_of = Month::parse(&link.a).ok_or(BadLink::CutOff)?;
    let base = Money::from_cents(link.b);
    if !(Money::ZERO..=Money::MAX).contains(&base) {
        return Err(out_of_range("base pay"));
    }
    let mut workspace = Workspace {
        as_of,
        book: Book { provenance: Provenance::Shared, ..Book::empty() },
        plan: Plan { base, ..Plan::default() },
        assumptions: Assumptions::default(),
    };
    for (name, value) in link.i {
        let input = Input::ALL.into_iter().find(|input| code(*input) == name).ok_or(BadLink::CutOff)?;
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
    if let Some((odds, pursued, fade, residual)) = link.x {
        workspace.assumptions.odds_lapsed = Probability::new(odds).map_err(out_of_range)?.get();
        workspace.assumptions.lapsed_fade = Probability::new(fade).map_err(out_of_range)?.get();
        workspace.assumptions.win_back = pursued;
        workspace.assumptions.residual = residual;
    }
    workspace.check().map_err(out_of_range)?;
    for group in &link.g {
        add_group(&mut workspace.book, group, as_of, link.s)?;
    }
    let (seller_share, company_share, gap) = link.h;
    Ok(Shared { workspace, headline: Headline { seller_share, company_share, gap } })
}

fn add_group(book: &mut Book, group: &GroupV1, as_of: Month, sellers: u32) -> Result<(), BadLink> {
    let &GroupV1(count, value, margin, cost, term, due, tenure, own) = group;
    if count as usize > Book::MAX_ACCOUNTS - book.accounts.len().min(Book::MAX_ACCOUNTS) {
        return Err(out_of_range("more than 10,000 accounts"));
    }
    let money = |cents: i64| {
        let amount = Money::from_cents(cents);
        (Money::ZERO..=Money::MAX).contains(&amount).then_some(amount).ok_or_else(|| out_of_range("an account's money"))
    };
    let term = Term::new(term).ok_or_else(|| out_of_range("a contract term"))?;
    if due > 1200 || tenure > 1200 {
        return Err(out_of_range("a renewal date"));
    }
    let chance = |chance: f64| -> Result<Option<Probability>, BadLink> {
        if chance < 0.0 { Ok(None) } else { Probability::new(chance).map(Some).map_err(out_of_range) }
    };
    for _ in 0..count {
        let id = book.take_id();
        let mut account = Account::new(id, format!("Account {}", id.0), money(value)?);
        if sellers > 1 {
            account.seller = format!("Seller {}", (id.0 - 1) % sellers + 1);
        }
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

/// Accounts summed up; sums, not means, so that merging loses nothing that a mean can keep.
#[derive(Debug, Clone)]
struct Group {
    accounts: f64,
    value: f64,
    margin: f64,
    cost: f64,
    term: u32,
    due: f64,
    tenure: f64,
    own: OwnKey,
}

/// Loss odds and own judgement, in parts per million so that they compare; -1 follows the general judgement.
type OwnKey = [i64; 4];

const PARTS: f64 = 1e6;

impl Group {
    fn of(account: &Account, as_of: Month) -> Group {
        let value = account.annual_value.units();
        let chance = |chance: Option<Probability>| chance.map_or(-1, |it| libm::round(it.get() * PARTS) as i64);
        let own = &account.judgement;
        Group {
            accounts: 1.0,
            value,
            margin: account.margin.get() * value,
            cost: account.cost_to_serve.units(),
            term: account.term.months(),
            due: f64::from(account.months_to_renewal(as_of)),
            tenure: f64::from(account.tenure(as_of)),
            own: [
                libm::round(account.loss_odds.get() * PARTS) as i64,
                chance(own.unattended),
                chance(own.today),
                chance(own.saturated),
            ],
        }
    }

    /// How much is lost by telling the two as one: accounts that change their renewal month, weighed by how far.
    fn distance(&self, other: &Group) -> f64 {
        let weight = self.accounts * other.accounts / (self.accounts + other.accounts);
        let months = (self.due / self.accounts - other.due / other.accounts).abs();
        let years = (self.tenure / self.accounts - other.tenure / other.accounts).abs() / 12.0;
        let margins = self.margin * other.value - other.margin * self.value;
        let margins = if self.value * other.value > 0.0 { (margins / (self.value * other.value)).abs() } else { 0.0 };
        let unlike =
            f64::from(u8::from(self.term != other.term)) * 24.0 + f64::from(u8::from(self.own != other.own)) * 24.0;
        weight * (months + 0.5 * years.min(4.0) + margins + unlike)
    }

    fn absorb(&mut self, other: &Group) {
        if other.accounts > self.accounts {
            (self.term, self.own) = (other.term, other.own);
        }
        self.accounts += other.accounts;
        self.value += other.value;
        self.margin += other.margin;
        self.cost += other.cost;
        self.due += other.due;
        self.tenure += other.tenure;
    }

    fn write(&self) -> GroupV1 {
        let mean = |sum: f64| sum / self.accounts;
        let own = match self.own {
            [odds, -1, -1, -1] if odds == PARTS as i64 => None,
            own => {
                let [odds, unattended, today, saturated] =
                    own.map(|part| if part < 0 { -1.0 } else { part as f64 / PARTS });
                Some((odds, unattended, today, saturated))
            }
        };
        GroupV1(
            self.accounts as u32,
            libm::round(mean(self.value) * 100.0) as i64,
            if self.value > 0.0 { rounded(self.margin / self.value, 1e4) } else { 0.7 },
            libm::round(mean(self.cost) * 100.0) as i64,
            self.term,
            libm::round(mean(self.due)) as u32,
            libm::round(mean(self.tenure)) as u32,
            own,
        )
    }
}

/// The accounts asked about as at most [`MAX_GROUPS`] groups: alike ones together first, then the nearest.
fn groups(workspace: &Workspace, question: &Question) -> Vec<Group> {
    let asked = |account: &&Account| question.seller.as_ref().is_none_or(|name| *name == account.seller);
    let mut alike: BTreeMap<(u32, u32, u32, OwnKey), Group> = BTreeMap::new();
    for account in workspace.book.active().filter(asked) {
        let group = Group::of(account, workspace.as_of);
        // Tenure matters by contract year only, and then less and less: years from the fifth on are one.
        let key = (group.term, group.due as u32, (group.tenure as u32 / 12).min(4), group.own);
        alike.entry(key).and_modify(|sum| sum.absorb(&group)).or_insert(group);
    }
    let mut groups: Vec<Group> = alike.into_values().collect();
    while groups.len() > MAX_GROUPS {
        merge_nearest(&mut groups);
    }
    groups
}

fn merge_nearest(groups: &mut Vec<Group>) {
    let mut nearest: Option<(usize, usize, f64)> = None;
    for (first, one) in groups.iter().enumerate() {
        for (second, other) in groups.iter().enumerate().skip(first + 1) {
            let distance = one.distance(other);
            if nearest.is_none_or(|(_, _, least)| distance < least) {
                nearest = Some((first, second, distance));
            }
        }
    }
    let Some((first, second, _)) = nearest else { return };
    let absorbed = groups.swap_remove(second);
    if let Some(group) = groups.get_mut(first) {
        group.absorb(&absorbed);
    }
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
