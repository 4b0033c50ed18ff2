//! One rule of a plan: what it pays on, how much, and within which limits.

use chrono::NaiveDate;

use super::clawback::Clawback;
use super::event::{Event, EventKind, Kinds};
use super::period::PlanPeriod;
use super::split::Credit;
use super::steps::{Reading, Steps};
use crate::model::plan::RenewalSchedule;

/// What a component pays on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// Every account won, however it came.
    NewBusiness,
    /// Accounts that a customer sent.
    Referral,
    /// Former customers won again.
    WinBack,
    /// Contracts renewed.
    Renewal,
    /// Growth of what a customer pays.
    Expansion,
    /// Customers kept from a competitor.
    CompetitorSave,
    /// Touches with customers.
    Touch,
    /// Reviews with customers, which are touches too.
    Review,
}

impl Trigger {
    const fn kinds(self) -> Kinds {
        match self {
            Trigger::NewBusiness => Kinds::WON,
            Trigger::Referral => Kinds::REFERRED,
            Trigger::WinBack => Kinds::WON_BACK,
            Trigger::Renewal => Kinds::RENEWED,
            Trigger::Expansion => Kinds::EXPANDED,
            Trigger::CompetitorSave => Kinds::SAVED,
            Trigger::Touch => Kinds::TOUCHED,
            Trigger::Review => Kinds::REVIEWED,
        }
    }
}

/// Which amount of an event counts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Basis {
    /// Revenue, when it is contracted.
    #[default]
    Revenue,
    /// Gross margin, when it is contracted.
    Margin,
    /// Revenue, when the customer pays: late payment delays pay, and none brings none.
    Cash,
    /// The number of events.
    Count,
    /// The number of touches: those of a log, or of a projection's hours with customers so many each.
    Touches {
        /// How many an hour makes, 0 or more.
        an_hour: f64,
    },
}

impl Basis {
    /// The amount of `event`, whatever its kind.
    pub(super) const fn amount(self, event: &Event) -> f64 {
        match self {
            Basis::Revenue | Basis::Cash => event.revenue,
            Basis::Margin => event.margin,
            Basis::Count | Basis::Touches { .. } => self.count(event),
        }
    }

    /// How often `event` happened, whatever its kind.
    pub(crate) const fn count(self, event: &Event) -> f64 {
        match (self, event.kind) {
            (Basis::Touches { an_hour }, EventKind::CustomerHours) => an_hour * event.count,
            _ => event.count,
        }
    }
}

/// An amount to be measured: of some triggers, on some basis.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What counts; each event once.
    pub of: Vec<Trigger>,
    /// Which amount of it.
    pub basis: Basis,
}

impl Measure {
    /// The revenue of `trigger`.
    pub fn revenue(trigger: Trigger) -> Measure {
        Measure { of: vec![trigger], basis: Basis::Revenue }
    }

    /// The kinds of event that count.
    pub(super) fn kinds(&self) -> Kinds {
        self.of.iter().fold(Kinds::NONE, |kinds, trigger| kinds.and(trigger.kinds()))
    }

    /// Whether `event` counts at all.
    pub fn counts(&self, event: &Event) -> bool {
        self.kinds().meet(Kinds::of(event.kind))
    }

    /// The amount of `event`; 0 if it does not count.
    pub fn amount(&self, event: &Event) -> f64 {
        if self.counts(event) { self.basis.amount(event) } else { 0.0 }
    }

    /// The day on which `event` counts: under [`Basis::Cash`] the day of payment, if that is known.
    pub fn day(&self, event: &Event) -> Option<NaiveDate> {
        if self.basis == Basis::Cash { event.collected_on } else { Some(event.on) }
    }
}

/// How much a component pays on what it measures.
#[derive(Debug, Clone, PartialEq)]
pub enum Reward {
    /// A part of the amount.
    Rate(f64),
    /// A part of the amount by contract year, for renewals.
    ByContractYear(RenewalSchedule),
    /// Tiers on each event by itself.
    DealTiers {
        /// Rates by amount.
        rates: Steps,
        /// How they are read.
        reading: Reading,
    },
    /// Tiers on the sum of a period.
    PeriodTiers {
        /// Rates by amount, or by share of the quota where there is one.
        rates: Steps,
        /// How they are read.
        reading: Reading,
        /// A quota by its place in the plan: starts are then shares of it.
        quota: Option<usize>,
    },
    /// A sum for each event counted.
    Each(f64),
    /// A sum once a period, if the gate opens.
    Bonus(f64),
}

/// Multiplies what a component pays by attainment of one or several quotas.
#[derive(Debug, Clone, PartialEq)]
pub struct Accelerator {
    /// Quotas by their place in the plan, with weights: attainment is the weighted mean.
    pub quotas: Vec<(usize, f64)>,
    /// Multipliers by attainment; below 1 they decelerate, and 0 up to some attainment is a threshold.
    pub multipliers: Steps,
    /// Marginal: each event by the attainment at its time. Retroactive: the whole period by the attainment reached.
    pub reading: Reading,
}

/// Renewals pay only above this part of what was due in the period, or above a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Floor {
    /// A part of what was due, 0 to 1: what would be kept anyway.
    PartOfDue(f64),
    /// A sum a period, money.
    Amount(f64),
}

/// A component pays only if this holds at the end of its period; until then its pay waits.
#[derive(Debug, Clone, PartialEq)]
pub enum Gate {
    /// At least this part of what was due was renewed, 0 to 1. A period in which nothing was due passes.
    Retention(f64),
    /// At least this amount was measured.
    Amount(Measure, f64),
    /// At least this attainment of a quota, by its place in the plan.
    Attainment(usize, f64),
}

/// The days on which events count, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// The first day; `None` for no beginning.
    pub from: Option<NaiveDate>,
    /// The last day; `None` for no end.
    pub until: Option<NaiveDate>,
}

impl Window {
    /// Whether `day` is one of them.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// One rule of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Its name, as the statement shows it.
    pub name: String,
    /// What it pays on.
    pub measure: Measure,
    /// How much.
    pub reward: Reward,
    /// Over what tiers, floor, gate, cap and accelerator are measured.
    pub period: PlanPeriod,
    /// Multiplied by attainment.
    pub accelerator: Option<Accelerator>,
    /// Only above this.
    pub floor: Option<Floor>,
    /// Only if this holds.
    pub gate: Option<Gate>,
    /// The most it pays in a period, money.
    pub cap: Option<f64>,
    /// What is taken back if the account leaves early.
    pub clawback: Option<Clawback>,
    /// Only on these days: a SPIFF.
    pub window: Window,
    /// Only for contracts of at least so many months: a multi-year kicker.
    pub least_term: u32,
    /// Only while the customer who sent the account is still one.
    pub while_source_stays: bool,
    /// Only one role's part, where accounts are handed over from a hunter to an account manager; `None` for all of it.
    pub credit: Option<Credit>,
}

impl Component {
    /// A component that pays `reward` on `measure`, without any limits.
    pub fn new(name: &str, measure: Measure, reward: Reward) -> Component {
        Component {
            name: name.to_owned(),
            measure,
            reward,
            period: PlanPeriod::Month,
            accelerator: None,
            floor: None,
            gate: None,
            cap: None,
            clawback: None,
            window: Window::default(),
            least_term: 0,
            while_source_stays: false,
            credit: None,
        }
    }

    /// The part of its pay on a sale of `age` months that is for the seller of the plan, 0 to 1.
    pub fn part(&self, age: u32) -> f64 {
        self.credit.as_ref().map_or(1.0, |credit| credit.part(age))
    }

    /// Whether `event`, counting on `day`, is one that this component pays on.
    pub fn pays_on(&self, event: &Event, day: NaiveDate) -> bool {
        self.measure.counts(event) && self.admits(event, day)
    }

    /// Whether an event that is measured on `day` is also one of those that are paid.
    pub(super) fn admits(&self, event: &Event, day: NaiveDate) -> bool {
        let source_stays = !matches!(event.kind, EventKind::WonByReferral { source_stays: false });
        self.window.holds(day) && event.term >= self.least_term && (source_stays || !self.while_source_stays)
    }
}
