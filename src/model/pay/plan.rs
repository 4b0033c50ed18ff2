//! The whole plan: base, quotas, components, and what holds for all of them together.

use std::fmt;

use super::component::{Accelerator, Component, Floor, Gate, Measure, Reward};
use super::draw::Draw;
use super::period::{PlanPeriod, PlanYear};
use super::split::HandOver;
use super::steps::Steps;

/// What a seller is to reach in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// Its name.
    pub name: String,
    /// What counts towards it. Paying on renewals does not make them count here: that is a choice of its own.
    pub measure: Measure,
    /// How much, in each period; above 0.
    pub target: f64,
    /// The period.
    pub period: PlanPeriod,
}

/// Multiplies the pay of some components by how well customers were kept.
#[derive(Debug, Clone, PartialEq)]
pub struct RetentionMultiplier {
    /// Components by their place in the plan.
    pub of: Vec<usize>,
    /// Factors by the part of the value due that was renewed, 0 to 1.
    pub factors: Steps,
    /// Over what it is measured and settled.
    pub period: PlanPeriod,
}

/// A commission plan for one seller.
#[derive(Debug, Clone, PartialEq)]
pub struct PayPlan {
    /// Base pay in a year, money.
    pub base: f64,
    /// Variable pay in a year at target, money.
    pub target_variable: f64,
    /// When the plan year begins.
    pub year: PlanYear,
    /// Quotas, by place.
    pub quotas: Vec<Quota>,
    /// What is paid, in the order of the statement.
    pub components: Vec<Component>,
    /// New pay times retention.
    pub multiplier: Option<RetentionMultiplier>,
    /// Pay in advance.
    pub draw: Option<Draw>,
    /// The most of a month's commission that clawback may take, 0 to 1; the rest is taken later.
    pub clawback_limit: f64,
    /// The part of each quota that is expected in the first months of the plan; 1 afterwards.
    pub ramp: Vec<f64>,
    /// How many months customers take to pay what a projection sells them, 0 to [`MOST_COLLECTION_MONTHS`]: pay on cash
    /// lags by as many. Real events say themselves when they were paid for.
    pub collection_months: u32,
}

/// The longest that customers may take to pay in a projection.
pub const MOST_COLLECTION_MONTHS: u32 = 12;

/// A plan that contradicts itself, with the place where.
#[derive(Debug, Clone, PartialEq)]
pub enum Faulty {
    /// A component names a quota that the plan does not have.
    NoSuchQuota {
        /// The component's name.
        component: String,
    },
    /// The multiplier names a component that the plan does not have.
    NoSuchComponent,
    /// A quota of nothing is reached by everybody.
    EmptyQuota {
        /// The quota's name.
        quota: String,
    },
    /// A number is negative, above its range, or none.
    OutOfRange {
        /// What it is, in words.
        what: String,
    },
    /// A bonus for no sale in particular cannot be shared by the age of one.
    SharedBonus {
        /// The component's name.
        component: String,
    },
    /// A bonus without a gate would be base pay.
    BonusWithoutGate {
        /// The component's name.
        component: String,
    },
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Faulty::NoSuchQuota { component } => {
                write!(f, "“{component}” depends on a quota that was deleted: choose another for it.")
            }
            Faulty::NoSuchComponent => {
                write!(f, "The retention multiplier names a component that was deleted: choose what it multiplies.")
            }
            Faulty::EmptyQuota { quota } => {
                write!(f, "The quota “{quota}” must be above 0: enter what is to be reached.")
            }
            Faulty::OutOfRange { what } => write!(f, "{what}: enter a number in its range."),
            Faulty::SharedBonus { component } => write!(
                f,
                "The bonus “{component}” is for no sale in particular, so it is not handed over with one: give each role a \
                 bonus of its own."
            ),
            Faulty::BonusWithoutGate { component } => write!(
                f,
                "The bonus “{component}” has no condition, so it would always be paid: say what must be reached, or make \
                 it base pay."
            ),
        }
    }
}

impl std::error::Error for Faulty {}

impl PayPlan {
    /// A plan without any pay, whose year begins in `year`.
    pub const fn empty(year: PlanYear) -> PayPlan {
        PayPlan {
            base: 0.0,
            target_variable: 0.0,
            year,
            quotas: Vec::new(),
            components: Vec::new(),
            multiplier: None,
            draw: None,
            clawback_limit: 1.0,
            ramp: Vec::new(),
            collection_months: 0,
        }
    }

    /// On-target earnings: base and variable pay in a year at target.
    pub const fn on_target_earnings(&self) -> f64 {
        self.base + self.target_variable
    }

    /// The part of on-target earnings that is base pay; 1 for a plan without either.
    pub fn pay_mix(&self) -> f64 {
        if self.on_target_earnings() > 0.0 { self.base / self.on_target_earnings() } else { 1.0 }
    }

    /// Whether the plan can be evaluated.
    ///
    /// # Errors
    /// [`Faulty`] with the first contradiction.
    pub fn check(&self) -> Result<(), Faulty> {
        in_range("Base pay", self.base, f64::MAX)?;
        in_range("Variable pay at target", self.target_variable, f64::MAX)?;
        in_range("The limit of clawback", self.clawback_limit, 1.0)?;
        in_range(
            "The months until customers pay",
            f64::from(self.collection_months),
            f64::from(MOST_COLLECTION_MONTHS),
        )?;
        for part in &self.ramp {
            in_range("The part of a quota during ramp", *part, 1.0)?;
        }
        if let Some(draw) = &self.draw {
            in_range("The draw", draw.amount, f64::MAX)?;
        }
        for quota in &self.quotas {
            in_range(&quota.name, quota.target, f64::MAX)?;
            if quota.target == 0.0 {
                return Err(Faulty::EmptyQuota { quota: quota.name.clone() });
            }
        }
        if let Some(multiplier) = &self.multiplier
            && multiplier.of.iter().any(|component| *component >= self.components.len())
        {
            return Err(Faulty::NoSuchComponent);
        }
        self.components.iter().try_for_each(|component| self.check_component(component))
    }

    fn check_component(&self, component: &Component) -> Result<(), Faulty> {
        let name = &component.name;
        let has = |quota: usize| {
            if quota < self.quotas.len() { Ok(()) } else { Err(Faulty::NoSuchQuota { component: name.clone() }) }
        };
        match &component.reward {
            Reward::PeriodTiers { quota: Some(quota), .. } => has(*quota)?,
            Reward::Rate(rate) => in_range(&format!("The rate of “{name}”"), *rate, 1.0)?,
            Reward::Each(amount) | Reward::Bonus(amount) => {
                in_range(&format!("The amount of “{name}”"), *amount, f64::MAX)?;
            }
            _ => {}
        }
        if matches!(component.reward, Reward::Bonus(_)) && component.gate.is_none() {
            return Err(Faulty::BonusWithoutGate { component: name.clone() });
        }
        if let Some(credit) = &component.credit {
            if matches!(component.reward, Reward::Bonus(_)) {
                return Err(Faulty::SharedBonus { component: name.clone() });
            }
            let HandOver { hunter, account_manager } = &credit.hand_over;
            for (_, part) in hunter.steps() {
                in_range(&format!("The hunter's part of “{name}”"), *part, 1.0)?;
            }
            for (_, part) in account_manager.iter().flat_map(|parts| parts.steps()) {
                in_range(&format!("The account manager's part of “{name}”"), *part, 1.0)?;
            }
        }
        if let Some(Accelerator { quotas, .. }) = &component.accelerator {
            for (quota, weight) in quotas {
                has(*quota)?;
                in_range(&format!("A weight of “{name}”"), *weight, f64::MAX)?;
            }
            if quotas.iter().map(|(_, weight)| weight).sum::<f64>() <= 0.0 {
                return Err(Faulty::OutOfRange { what: format!("The weights of “{name}” add up to nothing") });
            }
        }
        match &component.gate {
            Some(Gate::Attainment(quota, _)) => has(*quota)?,
            Some(Gate::Retention(part)) => in_range(&format!("The gate of “{name}”"), *part, 1.0)?,
            _ => {}
        }
        match component.floor {
            Some(Floor::PartOfDue(part)) => in_range(&format!("The floor of “{name}”"), part, 1.0)?,
            Some(Floor::Amount(amount)) => in_range(&format!("The floor of “{name}”"), amount, f64::MAX)?,
            None => {}
        }
        component.cap.map_or(Ok(()), |cap| in_range(&format!("The cap of “{name}”"), cap, f64::MAX))
    }
}

fn in_range(what: &str, given: f64, most: f64) -> Result<(), Faulty> {
    if (0.0..=most).contains(&given) { Ok(()) } else { Err(Faulty::OutOfRange { what: format!("{what} is {given}") }) }
}
