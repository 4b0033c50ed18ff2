//! Version 2, which is only read: plans with upsell and a quota, what customers do beyond renewing, and who gets the
//! attention. Its plan is also that of later versions, and has rules since version 9. Frozen: a change of the model changes the conversions below, never these
//! shapes.
//!
//! The book is that of version 1. Assumptions are numbers by key, each of `NUMBERS` exactly once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::v1::{BookV1, Invalid, PlanV1, invalid};
use crate::model::assumptions::AttentionPolicy;
use crate::model::book::Book;
use crate::model::bounds::Input;
use crate::model::month::Month;
use crate::model::pay::PlanPeriod;
use crate::model::plan::{Plan, QuotaRule};
use crate::model::quantity::{CommissionRate, OutOfRange, Probability};
use crate::model::rules::{MOST_RULES, Rule, RuleKind};
use crate::model::workspace::Workspace;

/// A workspace as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceV2 {
    as_of: String,
    plan: PlanV2,
    assumptions: BTreeMap<String, f64>,
    choices: ChoicesV2,
    book: BookV1,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanV2 {
    new_business: f64,
    /// `[first contract year, rate]`; each holds until the next.
    renewal: Vec<(u32, f64)>,
    referral: f64,
    upsell: f64,
    quota: f64,
    quota_period: PeriodV2,
    accelerator: f64,
    base_cents: i64,
    /// Since version 9: further rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleV9>,
}

/// A further rule of a plan: its kind by name, whether it is in force, and the numbers that its sentence leaves open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleV9 {
    kind: String,
    on: bool,
    period: PeriodV2,
    numbers: Vec<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::storage) enum PeriodV2 {
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::storage) enum AttentionV2 {
    Even,
    ByValue,
    Honeymoon,
    Best,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoicesV2 {
    attention: AttentionV2,
    win_back: bool,
    residual: bool,
}

/// The inputs that are written as numbers of the assumptions.
const NUMBERS: [Input; 24] = [
    Input::HoursPerYear,
    Input::ShareToday,
    Input::RenewUnattended,
    Input::RenewToday,
    Input::RenewSaturated,
    Input::Stay,
    Input::OddsNew,
    Input::OddsReferred,
    Input::HoursPerPursuit,
    Input::Leads,
    Input::Referrals,
    Input::CarryOver,
    Input::DiscountCompany,
    Input::DiscountSeller,
    Input::ProspectingCost,
    Input::Horizon,
    Input::UpsellGrowth,
    Input::CompetitorPull,
    Input::NewAccountFit,
    Input::ReferenceLift,
    Input::ReferencesForHalf,
    Input::HoneymoonMonths,
    Input::HoneymoonFade,
    Input::HoneymoonRatio,
];
const ODDS_LAPSED: &str = "odds_lapsed";
const LAPSED_FADE: &str = "lapsed_fade";

impl From<PlanPeriod> for PeriodV2 {
    fn from(period: PlanPeriod) -> PeriodV2 {
        match period {
            PlanPeriod::Month => PeriodV2::Month,
            PlanPeriod::Quarter => PeriodV2::Quarter,
            PlanPeriod::Year => PeriodV2::Year,
        }
    }
}

impl From<PeriodV2> for PlanPeriod {
    fn from(period: PeriodV2) -> PlanPeriod {
        match period {
            PeriodV2::Month => PlanPeriod::Month,
            PeriodV2::Quarter => PlanPeriod::Quarter,
            PeriodV2::Year => PlanPeriod::Year,
        }
    }
}

impl From<AttentionPolicy> for AttentionV2 {
    fn from(policy: AttentionPolicy) -> AttentionV2 {
        match policy {
            AttentionPolicy::Even => AttentionV2::Even,
            AttentionPolicy::ByValue => AttentionV2::ByValue,
            AttentionPolicy::Honeymoon => AttentionV2::Honeymoon,
            AttentionPolicy::Best => AttentionV2::Best,
        }
    }
}

impl From<AttentionV2> for AttentionPolicy {
    fn from(policy: AttentionV2) -> AttentionPolicy {
        match policy {
            AttentionV2::Even => AttentionPolicy::Even,
            AttentionV2::ByValue => AttentionPolicy::ByValue,
            AttentionV2::Honeymoon => AttentionPolicy::Honeymoon,
            AttentionV2::Best => AttentionPolicy::Best,
        }
    }
}

impl From<&Plan> for PlanV2 {
    fn from(plan: &Plan) -> PlanV2 {
        PlanV2 {
            new_business: plan.new_business.get(),
            renewal: plan.renewal.steps().into_iter().map(|(year, rate)| (year, rate.get())).collect(),
            referral: plan.referral.get(),
            upsell: plan.upsell.get(),
            quota: plan.quota.target,
            quota_period: plan.quota.period.into(),
            accelerator: plan.quota.multiplier,
            base_cents: plan.base.cents(),
            rules: plan.rules.iter().map(RuleV9::from).collect(),
        }
    }
}

impl From<&Rule> for RuleV9 {
    fn from(rule: &Rule) -> RuleV9 {
        let kind = rule_name(rule.kind()).to_owned();
        RuleV9 { kind, on: rule.is_on, period: rule.period.into(), numbers: rule.numbers().to_vec() }
    }
}

impl TryFrom<RuleV9> for Rule {
    type Error = Invalid;

    fn try_from(stored: RuleV9) -> Result<Rule, Invalid> {
        let RuleV9 { kind: name, on, period, numbers } = stored;
        let kind = RuleKind::ALL.into_iter().find(|kind| rule_name(*kind) == name);
        let kind = kind.ok_or_else(|| invalid("rules", format!("“{name}” is no rule of this version")))?;
        let rule = Rule::from_numbers(kind, &numbers);
        let rule = rule.ok_or_else(|| invalid("rules", format!("the numbers of “{name}” are out of range")))?;
        Ok(rule.over(period.into()).switched(on))
    }
}

/// The kind of a rule as it is stored.
const fn rule_name(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::TierAbove => "tier_above",
        RuleKind::TierOnAll => "tier_on_all",
        RuleKind::RenewalAboveFloor => "renewal_above_floor",
        RuleKind::RetentionBonus => "retention_bonus",
        RuleKind::WinBonus => "win_bonus",
        RuleKind::LongContract => "long_contract",
        RuleKind::FirstMonths => "first_months",
        RuleKind::WinBack => "win_back",
        RuleKind::EachWin => "each_win",
        RuleKind::RenewalMargin => "renewal_margin",
        RuleKind::NewMargin => "new_margin",
        RuleKind::Cap => "cap",
        RuleKind::RetentionGate => "retention_gate",
        RuleKind::Threshold => "threshold",
        RuleKind::RetentionFactor => "retention_factor",
        RuleKind::Clawback => "clawback",
        RuleKind::ClawbackProRata => "clawback_pro_rata",
        RuleKind::Draw => "draw",
        RuleKind::Guarantee => "guarantee",
        RuleKind::OnCash => "on_cash",
        RuleKind::BelowTarget => "below_target",
        RuleKind::WeightedQuotas => "weighted_quotas",
        RuleKind::SharedWins => "shared_wins",
        RuleKind::HandOver => "hand_over",
        RuleKind::ClawbackTable => "clawback_table",
        RuleKind::RampGuarantee => "ramp_guarantee",
        RuleKind::ClawbackLimit => "clawback_limit",
        RuleKind::EachReferral => "each_referral",
        RuleKind::SourceStays => "source_stays",
        RuleKind::EachTouch => "each_touch",
        RuleKind::TouchBonus => "touch_bonus",
        RuleKind::Objectives => "objectives",
    }
}

impl TryFrom<PlanV2> for Plan {
    type Error = Invalid;

    fn try_from(stored: PlanV2) -> Result<Plan, Invalid> {
        let PlanV2 { new_business, renewal, referral, upsell, quota, quota_period, accelerator, base_cents, rules } =
            stored;
        if rules.len() > MOST_RULES {
            return Err(invalid(
                "rules",
                format!("{} are more than the {MOST_RULES} that a plan can have", rules.len()),
            ));
        }
        let within = |input: Input, value: f64| {
            let row = input.bounds();
            if (row.min..=row.max).contains(&value) {
                return Ok(value);
            }
            Err(invalid(input.key(), OutOfRange { given: value, min: row.min, max: row.max }))
        };
        Ok(Plan {
            upsell: CommissionRate::new(upsell).map_err(|why| invalid(Input::UpsellCommission.key(), why))?,
            quota: QuotaRule {
                target: within(Input::Quota, quota)?,
                period: quota_period.into(),
                multiplier: within(Input::Accelerator, accelerator)?,
            },
            rules: rules.into_iter().map(Rule::try_from).collect::<Result<_, _>>()?,
            ..Plan::try_from(PlanV1 { new_business, renewal, referral, base_cents })?
        })
    }
}

/// The numbers of the assumptions by key: those of `inputs` after the ones of this version, and those without a slider.
pub(super) fn numbers_of(workspace: &Workspace, inputs: &[Input]) -> BTreeMap<String, f64> {
    let all = NUMBERS.iter().chain(inputs);
    let mut numbers: BTreeMap<String, f64> = all.map(|input| (input.key().to_owned(), workspace.get(*input))).collect();
    numbers.insert(ODDS_LAPSED.to_owned(), workspace.assumptions.odds_lapsed);
    numbers.insert(LAPSED_FADE.to_owned(), workspace.assumptions.lapsed_fade);
    numbers
}

/// All but the choices, with the numbers of `inputs` beside those of this version; not checked for whether they fit.
pub(super) fn read_parts(
    as_of: &str,
    plan: PlanV2,
    mut numbers: BTreeMap<String, f64>,
    inputs: &[Input],
    book: Book,
) -> Result<Workspace, Invalid> {
    let as_of = Month::parse(as_of).ok_or_else(|| invalid("as_of", format!("“{as_of}” is no month")))?;
    let plan = Plan::try_from(plan)?;
    let mut workspace = Workspace::new(as_of, book, plan);
    let mut number = |key: &str| numbers.remove(key).ok_or_else(|| invalid(key, "it is missing"));
    for input in NUMBERS.iter().chain(inputs) {
        let value = number(input.key())?;
        workspace.set(*input, value).map_err(|why| invalid(input.key(), why))?;
    }
    let chance = |field: &str, value: f64| Probability::new(value).map_err(|why| invalid(field, why));
    workspace.assumptions.odds_lapsed = chance(ODDS_LAPSED, number(ODDS_LAPSED)?)?.get();
    workspace.assumptions.lapsed_fade = chance(LAPSED_FADE, number(LAPSED_FADE)?)?.get();
    match numbers.first_key_value() {
        Some((unknown, _)) => Err(invalid(unknown, "it is no assumption of this version")),
        None => Ok(workspace),
    }
}

impl TryFrom<WorkspaceV2> for Workspace {
    type Error = Invalid;

    fn try_from(stored: WorkspaceV2) -> Result<Workspace, Invalid> {
        let book = Book::try_from(stored.book)?;
        let mut workspace = read_parts(&stored.as_of, stored.plan, stored.assumptions, &[], book)?;
        workspace.assumptions.attention = stored.choices.attention.into();
        workspace.assumptions.win_back = stored.choices.win_back;
        workspace.assumptions.residual = stored.choices.residual;
        workspace.check().map_err(|why| invalid("assumptions", why))?;
        Ok(workspace)
    }
}
