//! Version 1, which is only read; its book is also that of the later ones. Frozen: a change of the model changes the conversions below, never these shapes.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use crate::model::book::{Accounts, Book, Provenance};
use crate::model::bounds::Input;
use crate::model::edited::EditedParts;
use crate::model::month::Month;
use crate::model::plan::{CONTRACT_YEARS, Plan, RenewalSchedule};
use crate::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use crate::model::workspace::Workspace;

/// A workspace as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceV1 {
    as_of: String,
    plan: PlanV1,
    assumptions: AssumptionsV1,
    book: BookV1,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanV1 {
    pub(super) new_business: f64,
    /// `[first contract year, rate]`; each holds until the next.
    pub(super) renewal: Vec<(u32, f64)>,
    pub(super) referral: f64,
    pub(super) base_cents: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssumptionsV1 {
    hours_per_year: f64,
    share_today: f64,
    renew_unattended: f64,
    renew_today: f64,
    renew_saturated: f64,
    stay: f64,
    odds_new: f64,
    odds_referred: f64,
    odds_lapsed: f64,
    win_back: bool,
    lapsed_fade: f64,
    hours_per_pursuit: f64,
    leads: f64,
    referrals: f64,
    carry_over: f64,
    discount_company: f64,
    discount_seller: f64,
    prospecting_cost: f64,
    horizon: u32,
    residual: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BookV1 {
    provenance: ProvenanceV1,
    next_id: u32,
    accounts: Vec<AccountV1>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ProvenanceV1 {
    Sample,
    Shared,
    Own,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountV1 {
    id: u32,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    seller: String,
    value_cents: i64,
    margin: f64,
    #[serde(default, skip_serializing_if = "is_zero")]
    cost_cents: i64,
    term: u32,
    standing: StandingV1,
    #[serde(default, skip_serializing_if = "is_prospecting")]
    origin: OriginV1,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    loss_odds: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renew_unattended: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renew_today: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renew_saturated: Option<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    notes: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum StandingV1 {
    Prospect,
    Active {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        renews_on: Option<String>,
    },
    Lapsed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OriginV1 {
    #[default]
    Prospecting,
    Referral,
    WinBack,
}

const fn is_zero(cents: &i64) -> bool {
    *cents == 0
}

fn is_one(odds: &f64) -> bool {
    *odds == 1.0
}

const fn one() -> f64 {
    1.0
}

fn is_prospecting(origin: &OriginV1) -> bool {
    *origin == OriginV1::Prospecting
}

impl From<Provenance> for ProvenanceV1 {
    fn from(provenance: Provenance) -> ProvenanceV1 {
        match provenance {
            Provenance::Sample => ProvenanceV1::Sample,
            Provenance::Shared => ProvenanceV1::Shared,
            Provenance::Own => ProvenanceV1::Own,
        }
    }
}

impl From<ProvenanceV1> for Provenance {
    fn from(provenance: ProvenanceV1) -> Provenance {
        match provenance {
            ProvenanceV1::Sample => Provenance::Sample,
            ProvenanceV1::Shared => Provenance::Shared,
            ProvenanceV1::Own => Provenance::Own,
        }
    }
}

impl From<Origin> for OriginV1 {
    fn from(origin: Origin) -> OriginV1 {
        match origin {
            Origin::Prospecting => OriginV1::Prospecting,
            Origin::Referral { .. } => OriginV1::Referral,
            Origin::WinBack => OriginV1::WinBack,
        }
    }
}

impl From<OriginV1> for Origin {
    fn from(origin: OriginV1) -> Origin {
        match origin {
            OriginV1::Prospecting => Origin::Prospecting,
            OriginV1::Referral => Origin::Referral { sent_by: None },
            OriginV1::WinBack => Origin::WinBack,
        }
    }
}

/// The accounts in the order of their ids, which is that in which they were added.
pub(super) fn in_order(mut accounts: Vec<Account>) -> Accounts {
    accounts.sort_by_key(|account| account.id);
    accounts.into()
}

/// A stored value that the model does not accept.
#[derive(Debug, Clone, PartialEq)]
pub struct Invalid {
    /// Which value.
    pub field: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.why)
    }
}

impl std::error::Error for Invalid {}

pub(super) fn invalid(field: impl Into<String>, why: impl fmt::Display) -> Invalid {
    Invalid { field: field.into(), why: why.to_string() }
}

impl From<&Book> for BookV1 {
    fn from(book: &Book) -> BookV1 {
        BookV1 {
            provenance: book.provenance.into(),
            next_id: book.next_id,
            accounts: book.accounts.iter().map(AccountV1::from).collect(),
        }
    }
}

impl From<&Account> for AccountV1 {
    fn from(account: &Account) -> AccountV1 {
        let written = |day: &Option<NaiveDate>| day.map(|day| day.to_string());
        let own = |chance: Option<Probability>| chance.map(Probability::get);
        AccountV1 {
            id: account.id.0,
            name: account.name.clone(),
            seller: account.seller.clone(),
            value_cents: account.annual_value.cents(),
            margin: account.margin.get(),
            cost_cents: account.cost_to_serve.cents(),
            term: account.term.months(),
            standing: match &account.standing {
                Standing::Prospect => StandingV1::Prospect,
                Standing::Active { since, renews_on } => {
                    StandingV1::Active { since: written(since), renews_on: written(renews_on) }
                }
                Standing::Lapsed { since, on, reason } => {
                    StandingV1::Lapsed { since: written(since), on: written(on), reason: reason.clone() }
                }
            },
            origin: account.origin.into(),
            loss_odds: account.loss_odds.get(),
            renew_unattended: own(account.judgement.unattended),
            renew_today: own(account.judgement.today),
            renew_saturated: own(account.judgement.saturated),
            tags: account.tags.clone(),
            notes: account.notes.clone(),
        }
    }
}

impl TryFrom<WorkspaceV1> for Workspace {
    type Error = Invalid;

    fn try_from(stored: WorkspaceV1) -> Result<Workspace, Invalid> {
        let as_of =
            Month::parse(&stored.as_of).ok_or_else(|| invalid("as_of", format!("“{}” is no month", stored.as_of)))?;
        let plan = Plan::try_from(stored.plan)?;
        let book = Book::try_from(stored.book)?;
        let mut workspace = Workspace::new(as_of, book, plan);
        stored.assumptions.write_to(&mut workspace)?;
        Ok(workspace)
    }
}

impl TryFrom<PlanV1> for Plan {
    type Error = Invalid;

    fn try_from(stored: PlanV1) -> Result<Plan, Invalid> {
        let rate = |field: &str, rate: f64| CommissionRate::new(rate).map_err(|why| invalid(field, why));
        let mut steps = Vec::new();
        for (year, value) in stored.renewal {
            if !(1..=CONTRACT_YEARS as u32).contains(&year) {
                return Err(invalid(
                    "renewal commission",
                    format!("contract year {year} is not 1 to {CONTRACT_YEARS}"),
                ));
            }
            steps.push((year, rate("renewal commission", value)?));
        }
        Ok(Plan {
            new_business: rate("new-business commission", stored.new_business)?,
            renewal: RenewalSchedule::from_steps(steps),
            referral: rate("referral commission", stored.referral)?,
            base: money("base pay", stored.base_cents)?,
            ..Plan::default()
        })
    }
}

impl AssumptionsV1 {
    fn write_to(self, workspace: &mut Workspace) -> Result<(), Invalid> {
        for (input, value) in [
            (Input::HoursPerYear, self.hours_per_year),
            (Input::ShareToday, self.share_today),
            (Input::RenewUnattended, self.renew_unattended),
            (Input::RenewToday, self.renew_today),
            (Input::RenewSaturated, self.renew_saturated),
            (Input::Stay, self.stay),
            (Input::OddsNew, self.odds_new),
            (Input::OddsReferred, self.odds_referred),
            (Input::HoursPerPursuit, self.hours_per_pursuit),
            (Input::Leads, self.leads),
            (Input::Referrals, self.referrals),
            (Input::CarryOver, self.carry_over),
            (Input::DiscountCompany, self.discount_company),
            (Input::DiscountSeller, self.discount_seller),
            (Input::ProspectingCost, self.prospecting_cost),
            (Input::Horizon, f64::from(self.horizon)),
        ] {
            workspace.set(input, value).map_err(|why| invalid(input.key(), why))?;
        }
        let chance = |field: &str, value: f64| Probability::new(value).map_err(|why| invalid(field, why));
        workspace.assumptions.odds_lapsed = chance("odds_lapsed", self.odds_lapsed)?.get();
        workspace.assumptions.lapsed_fade = chance("lapsed_fade", self.lapsed_fade)?.get();
        workspace.assumptions.win_back = self.win_back;
        workspace.assumptions.residual = self.residual;
        workspace.check().map_err(|why| invalid("assumptions", why))
    }
}

pub(super) fn money(field: &str, cents: i64) -> Result<Money, Invalid> {
    let amount = Money::from_cents(cents);
    if (Money::ZERO..=Money::MAX).contains(&amount) {
        Ok(amount)
    } else {
        Err(invalid(field, format!("{} is not between 0 and 1,000,000,000", amount.units())))
    }
}

impl TryFrom<BookV1> for Book {
    type Error = Invalid;

    fn try_from(stored: BookV1) -> Result<Book, Invalid> {
        if stored.accounts.len() > Book::MAX_ACCOUNTS {
            return Err(invalid("book", format!("{} accounts are more than 10,000", stored.accounts.len())));
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut accounts = Vec::with_capacity(stored.accounts.len());
        for account in stored.accounts {
            if account.id >= stored.next_id || !seen.insert(account.id) {
                return Err(invalid(format!("account {}", account.id), "its id is used twice or was never given out"));
            }
            accounts.push(Account::try_from(account)?);
        }
        Ok(Book { accounts: in_order(accounts), provenance: stored.provenance.into(), next_id: stored.next_id })
    }
}

impl TryFrom<AccountV1> for Account {
    type Error = Invalid;

    fn try_from(stored: AccountV1) -> Result<Account, Invalid> {
        let field = |name: &str| format!("account {}, {name}", stored.id);
        let day = |name: &str, text: &Option<String>| -> Result<Option<NaiveDate>, Invalid> {
            text.as_ref().map(|text| text.parse().map_err(|why| invalid(field(name), why))).transpose()
        };
        let chance = |name: &str, value: Option<f64>| -> Result<Option<Probability>, Invalid> {
            value.map(|value| Probability::new(value).map_err(|why| invalid(field(name), why))).transpose()
        };
        let standing = match &stored.standing {
            StandingV1::Prospect => Standing::Prospect,
            StandingV1::Active { since, renews_on } => {
                Standing::Active { since: day("since", since)?, renews_on: day("renews on", renews_on)? }
            }
            StandingV1::Lapsed { since, on, reason } => {
                Standing::Lapsed { since: day("since", since)?, on: day("lost on", on)?, reason: reason.clone() }
            }
        };
        let judgement = OwnJudgement {
            unattended: chance("renew unattended", stored.renew_unattended)?,
            today: chance("renew today", stored.renew_today)?,
            saturated: chance("renew saturated", stored.renew_saturated)?,
        };
        Ok(Account {
            id: AccountId(stored.id),
            annual_value: money(&field("annual value"), stored.value_cents)?,
            margin: Margin::new(stored.margin).map_err(|why| invalid(field("margin"), why))?,
            cost_to_serve: money(&field("cost to serve"), stored.cost_cents)?,
            term: Term::new(stored.term)
                .ok_or_else(|| invalid(field("term"), format!("{} months is no term we know", stored.term)))?,
            standing,
            origin: stored.origin.into(),
            loss_odds: Multiplier::new(stored.loss_odds).map_err(|why| invalid(field("loss odds"), why))?,
            judgement,
            name: stored.name,
            seller: stored.seller,
            tags: stored.tags,
            touches: Vec::new(),
            life: Vec::new(),
            edited: EditedParts::default(),
            notes: stored.notes,
        })
    }
}
