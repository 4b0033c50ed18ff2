//! Everything that the Payoff page says: both best splits, the gap, the next hour, and the rates that close it.
//!
//! Sellers are projected one by one, each with their own accounts and the same hours, and added up; a share of the
//! team's time is the mean of the sellers' shares.

mod outcome;
mod team;

use super::plan::Plan;
use super::problem::Problem;
use super::projection::{Effort, MonthHours, Path, Projection};
use super::quantity::CommissionRate;
use super::rate_solver::{RateAnswer, RateCurves};
use super::team_projections::team_projections;
use super::valuation::{Discounting, Worth};
use super::workspace::Workspace;
use team::Team;

pub use outcome::{PlanOutcome, SellerOutcome};

/// Shares at which every curve is sampled: 0 to 1 in steps of 0.02.
pub const SHARES: usize = 51;

/// Shares sampled for an answer at a glance: every other one of [`SHARES`].
const GLANCED_SHARES: usize = 26;

/// The most sellers that are added up: each has a projection of their own at every sampled share.
pub const MAX_SELLERS: usize = 100;

/// How closely to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Detail {
    /// Quickly, for as long as a number is on the move: half the samples, best shares to about a ten-thousandth, and rates
    /// from the curves between samples, which kinks may put off by up to a tenth of a point.
    Glance,
    /// As exactly as the model can.
    #[default]
    Exact,
}

/// What to project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// One seller by name, or all added up.
    pub seller: Option<String>,
    /// A share of time that somebody wants the seller to give customers.
    pub target_share: Option<f64>,
    /// How closely to look.
    pub detail: Detail,
}

/// A split of the time and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// Share of selling time on customers.
    pub share: f64,
    /// Present value of the sellers' pay.
    pub seller_value: f64,
    /// Present value of the company's margin less pay.
    pub company_value: f64,
    /// A second best share, within 2 % of the best and at least 0.05 away (one seller only).
    pub rival_share: Option<f64>,
}

/// A point of the curves against share of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharePoint {
    /// Share of selling time on customers, the same for every seller.
    pub share: f64,
    /// Present value of the sellers' pay.
    pub seller_value: f64,
    /// The company's present value.
    pub company_value: f64,
}

/// A point of the curves against the renewal commission.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatePoint {
    /// Renewal commission from contract year 2 on.
    pub rate: f64,
    /// The sellers' best share at that rate.
    pub seller_share: f64,
    /// The company's best share at that rate.
    pub company_share: f64,
    /// The company's value if sellers follow their best.
    pub company_value: f64,
}

/// What one hour more earns, spread over months 1 to 12 at today's split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HourWorth {
    /// Spent with customers.
    pub customers: f64,
    /// Spent prospecting.
    pub prospecting: f64,
}

/// This year's renewal commission at the seller's best, split by what it buys.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PaidForAnyway {
    /// On renewals that need no attention.
    pub free: f64,
    /// On renewals won by attention.
    pub won: f64,
}

/// A split followed month by month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Course {
    /// Accounts now and at the end of each month.
    pub accounts: Vec<f64>,
    /// Revenue of each month.
    pub revenue: Vec<f64>,
    /// Pay of each month.
    pub pay: Vec<f64>,
    /// Margin less pay and prospecting cost of each month.
    pub profit: Vec<f64>,
    /// Accounts won in each month.
    pub wins: Vec<f64>,
    /// Accounts lost in each month.
    pub lost: Vec<f64>,
}

/// Something the reader should know about the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// No active account: only new business is left to weigh.
    NoAccounts,
    /// Accounts without a start or renewal date; they count as won this month.
    NoDates(usize),
    /// Accounts whose renewal date has passed; they count as due next month.
    OverdueRenewals(usize),
    /// Accounts whose own judgement does not rise; the general one was used.
    JudgementsLeftOut(usize),
    /// Some contract years pay a renewal commission of their own, while the rates asked for are level.
    OwnContractYears,
}

/// The answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Payoff {
    /// Sellers added up.
    pub sellers: usize,
    /// Active accounts.
    pub accounts: usize,
    /// What they pay in a year.
    pub annual_value: f64,
    /// Selling hours a year, all sellers.
    pub hours: f64,
    /// Months simulated.
    pub horizon: u32,
    /// As today.
    pub today: Split,
    /// Best for the sellers.
    pub seller_best: Split,
    /// Best for the company.
    pub company_best: Split,
    /// The company's value at its best less that at the sellers' best; never negative.
    pub gap: f64,
    /// The same for each seller asked about, in the order of their names.
    pub by_seller: Vec<Headline>,
    /// The gap as an even sum a year: `gap / sum of beta_c^j, j = 1..T/12`.
    pub gap_per_year: f64,
    /// What the next hour earns one seller, on average.
    pub seller_hour: HourWorth,
    /// What one seller's next hour earns the company, on average.
    pub company_hour: HourWorth,
    /// Both values against the share of time.
    pub curve: Vec<SharePoint>,
    /// Best shares and the company's value against the renewal commission.
    pub rate_curve: Vec<RatePoint>,
    /// The renewal commission at which both best splits meet.
    pub agreement: RateAnswer,
    /// Where the first hour on customers starts to pay.
    pub first_hour: RateAnswer,
    /// Where the sellers' best share reaches the target asked for.
    pub target: Option<RateAnswer>,
    /// What this year's renewal commission buys.
    pub paid_for_anyway: PaidForAnyway,
    /// Pay of months 1 to 12 at the sellers' best, undiscounted.
    pub first_year_pay: f64,
    /// As today, month by month.
    pub today_course: Course,
    /// At the sellers' best, month by month.
    pub seller_course: Course,
    /// At the company's best, month by month.
    pub company_course: Course,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

/// The three figures of the verdict: enough to tell whether two people see the same, or one seller from another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Headline {
    /// The sellers' best share.
    pub seller_share: f64,
    /// The company's best share.
    pub company_share: f64,
    /// The gap in money.
    pub gap: f64,
}

impl Payoff {
    /// The figures of the verdict.
    pub const fn headline(&self) -> Headline {
        Headline { seller_share: self.seller_best.share, company_share: self.company_best.share, gap: self.gap }
    }
}

/// Answers `question` about `workspace`.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
///
/// # Example
/// ```
/// use holdfast::model::{month::Month, payoff::{Question, payoff}, sample::sample_workspace};
/// let november = Month::parse("2026-11").ok_or("no month")?;
/// let answer = payoff(&sample_workspace(november), &Question::default())?;
/// assert!((answer.seller_best.share - 0.325842).abs() < 1e-6);
/// assert!((answer.company_best.share - 0.523244).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn payoff(workspace: &Workspace, question: &Question) -> Result<Payoff, Problem> {
    let samples = Samples::new(workspace, question)?;
    Ok(samples.answer(&samples.rates(workspace, question), workspace, question))
}

/// Every seller's projection at every sampled share: the costly part of an answer, and the part that no rate of a flat
/// plan changes.
#[derive(Debug, Clone)]
pub struct Samples {
    discounting: Discounting,
    sellers: Vec<SellerSamples>,
}

/// One seller's book with the worth of every sampled share, of today's, and of an hour more.
#[derive(Debug, Clone)]
struct SellerSamples {
    projection: Projection,
    worths: Vec<Worth>,
    today: Path,
    today_worth: Worth,
    customers_hour: HourSteps,
    prospecting_hour: HourSteps,
}

/// What a step and two steps of the next hour lead to, from today's split.
#[derive(Debug, Clone, Copy)]
struct HourSteps([Worth; 2]);

/// Step of the next-hour derivative, hours.
const HOUR_STEP: f64 = 0.25;

impl HourSteps {
    /// Derivative of `value` by an hour, looking ahead only, since it is the *next* hour:
    /// `(-3 f(0) + 4 f(e) - f(2e)) / 2e`.
    fn derivative(&self, today: &Worth, value: impl Fn(&Worth) -> f64) -> f64 {
        let HourSteps([one, two]) = self;
        (-3.0 * value(today) + 4.0 * value(one) - value(two)) / (2.0 * HOUR_STEP)
    }
}

impl SellerSamples {
    fn new(projection: Projection, discounting: &Discounting, detail: Detail) -> SellerSamples {
        let assumed = projection.assumptions();
        let count = match detail {
            Detail::Glance => GLANCED_SHARES,
            Detail::Exact => SHARES,
        };
        let split = |share: f64| Effort::split(share, assumed.hours_per_year);
        let mut worths = Vec::with_capacity(count);
        let shares = (0..count).map(|index| index as f64 / (count - 1) as f64);
        projection.run_each(shares.map(split), |path| worths.push(discounting.worth(path)));
        let mut path = Path::default();
        let mut sample = |effort: &Effort| {
            projection.run(effort, &mut path);
            discounting.worth(&path)
        };
        let mut steps = |hour: MonthHours| {
            HourSteps([1.0, 2.0].map(|steps| {
                let each_month = steps * HOUR_STEP / 12.0;
                let first_year_extra =
                    MonthHours { customers: hour.customers * each_month, prospecting: hour.prospecting * each_month };
                sample(&Effort { first_year_extra, ..split(assumed.share_today) })
            }))
        };
        let customers_hour = steps(MonthHours { customers: 1.0, prospecting: 0.0 });
        let prospecting_hour = steps(MonthHours { customers: 0.0, prospecting: 1.0 });
        let mut today = Path::default();
        projection.run(&split(assumed.share_today), &mut today);
        let today_worth = discounting.worth(&today);
        SellerSamples { projection, worths, today, today_worth, customers_hour, prospecting_hour }
    }
}

impl Samples {
    /// Samples the sellers that `question` is about.
    ///
    /// # Errors
    /// A [`Problem`] if the inputs contradict one another.
    pub fn new(workspace: &Workspace, question: &Question) -> Result<Samples, Problem> {
        let discounting = Discounting::with_quota(&workspace.assumptions, workspace.plan.quota);
        let projections = team_projections(workspace, question)?.into_iter();
        let sellers = projections.map(|it| SellerSamples::new(it, &discounting, question.detail)).collect();
        Ok(Samples { discounting, sellers })
    }

    /// Whether the samples of `workspace` are also those of `other` with the same question: only the rates of the plan may
    /// differ.
    pub fn serve(workspace: &Workspace, other: &Workspace) -> bool {
        workspace.plan.quota.measures_like(&other.plan.quota)
            && workspace.as_of == other.as_of
            && workspace.assumptions == other.assumptions
            && workspace.book == other.book
    }

    /// Which renewal commissions would do what `question` asks, for the plan of `workspace`, which may differ from the
    /// one sampled in its plan only.
    pub fn rates(&self, workspace: &Workspace, question: &Question) -> Rates {
        Team { samples: self, workspace }.rates(question)
    }

    /// Whether the rates for `plan` are also those for `other`: only the level of the renewal commission may differ.
    pub fn rates_serve(plan: &Plan, other: &Plan) -> bool {
        plan.without_renewal_level() == other.without_renewal_level()
    }

    /// Each seller's best share of time on customers under the plan of `workspace`, by the sellers' names.
    pub fn best_shares(&self, workspace: &Workspace) -> Vec<f64> {
        Team { samples: self, workspace }.best_shares()
    }

    /// What the sellers asked about do under the plan of `workspace`, and what that is worth.
    pub fn best_response(&self, workspace: &Workspace) -> BestResponse {
        Team { samples: self, workspace }.best_response()
    }

    /// What moving the renewal commission to where both agree does by itself, all else as it is; `None` if there is no one
    /// such rate, or it is the present one.
    pub fn agreement_price(&self, workspace: &Workspace, question: &Question) -> Option<AgreementPrice> {
        let rate = self.rates(workspace, question).agreement.rate()?;
        let mut agreed = workspace.clone();
        agreed.plan.renewal = agreed.plan.renewal.with_level(CommissionRate::new(rate).ok()?);
        if agreed.plan == workspace.plan {
            return None;
        }
        let (before, after) = (self.best_response(workspace), self.best_response(&agreed));
        Some(AgreementPrice {
            rate,
            pay_change: after.first_year_pay() - before.first_year_pay(),
            company_change: after.company_value() - before.company_value(),
        })
    }

    /// Answers `question` about `workspace`, which may differ from the one sampled in its plan only, with `rates` for
    /// the same plan but for the level of its renewal commission.
    pub fn answer(&self, rates: &Rates, workspace: &Workspace, question: &Question) -> Payoff {
        Team { samples: self, workspace }.answer(rates, question)
    }
}

/// What it takes to make both agree by the renewal commission alone: the sellers' best splits at [`RateAnswer::At`] against
/// those now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgreementPrice {
    /// The renewal commission from contract year 2 on at which both agree.
    pub rate: f64,
    /// Change of the sellers' pay in months 1 to 12, undiscounted.
    pub pay_change: f64,
    /// Change of the company's present value over the horizon.
    pub company_change: f64,
}

/// All sellers at their best under a plan, added up.
#[derive(Debug, Clone, PartialEq)]
pub struct BestResponse {
    share: f64,
    worth: Worth,
    plan: Plan,
}

impl BestResponse {
    /// The mean of their shares of time on customers.
    pub const fn share(&self) -> f64 {
        self.share
    }

    /// Present value of their pay, as they see it.
    pub fn seller_value(&self) -> f64 {
        self.worth.seller_value(&self.plan)
    }

    /// The company's present value.
    pub fn company_value(&self) -> f64 {
        self.worth.company_value(&self.plan)
    }

    /// Present value of their pay, as the company discounts it.
    pub fn cost(&self) -> f64 {
        self.worth.company.pay(&self.plan)
    }

    /// Pay of months 1 to 12, undiscounted.
    pub fn first_year_pay(&self) -> f64 {
        self.first_year_pay_under(&self.plan)
    }

    /// Pay of months 1 to 12 if they spent their time the same way under `plan`.
    pub fn first_year_pay_under(&self, plan: &Plan) -> f64 {
        self.worth.first_year.pay(plan)
    }
}

/// The renewal commissions asked for, which no change of that commission alters: they need not be solved for anew while
/// it moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    curves: Vec<RateCurves>,
    agreement: RateAnswer,
    first_hour: RateAnswer,
    target: Option<RateAnswer>,
}
