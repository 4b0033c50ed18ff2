//! Plan mechanics: what a commission plan pays for what happened.
//!
//! A [`PayPlan`] is an ordered list of [`Component`]s with quotas, a draw and a retention multiplier. One evaluator
//! ([`evaluate`]) turns events into pay: real ones, dated and with an account, into the lines of a [`Statement`]; the
//! simulated ones of a projection, which are expected counts and sums, into the pay of each month. So the plan that is
//! compared is the plan that is paid.
//!
//! Invariants: a boundary pays the higher tier; months add up to their period; nothing pays twice for one event;
//! clawback never exceeds what was paid; paid = earned + owed under a recoverable draw; what a hunter and an account
//! manager share adds up to what one would be paid.
//!
//! Not here: where events come from, and what sellers do about the plan.

mod clawback;
mod component;
mod course;
mod draw;
mod evaluate;
mod event;
mod occurrence;
mod period;
mod plan;
mod split;
mod statement;
mod steps;
mod tally;
mod terms;

pub use clawback::{Clawback, Recovery};
pub use component::{Accelerator, Basis, Component, Floor, Gate, Measure, Reward, Trigger, Window};
pub use draw::{Draw, DrawKind, DrawLedger, DrawMonth};
pub(in crate::model) use evaluate::{MonthEnd, Run};
pub use evaluate::{MonthPay, evaluate};
pub use event::{BadShares, Event, EventKind, Origin};
pub(in crate::model) use occurrence::Occurrence;
pub use period::{PlanPeriod, PlanYear};
pub use plan::{Faulty, MOST_COLLECTION_MONTHS, PayPlan, Quota, RetentionMultiplier};
pub use split::{Credit, HandOver, Role, split};
pub use statement::{Line, Statement, statements};
pub use steps::{BadSteps, Reading, Scaled, Steps};
pub use tally::ComponentPay;
pub(in crate::model) use tally::{Tally, Totals};
pub(in crate::model) use terms::Terms;
