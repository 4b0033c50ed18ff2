//! Everything that the Payoff page says: both best splits, the gap, the next hour, and the rates that close it.
//!
//! Sellers are projected one by one, each with their own accounts and the same hours, and added up; a share of the
//! team's time is the mean of the sellers' shares.

use super::account::{Account, Standing};
use super::bounds::Input;
use super::month::Month;
use super::optimum::{Optimum, global_maximum};
use super::plan::Plan;
use super::problem::Problem;
use super::projection::{Effort, MonthHours, Path, Projection};
use super::rate_solver::{self, RateAnswer, RateCurves};
use super::seller::SellerBook;
use super::valuation::{Discounting, Worth, month_pay, renewal_pay};
use super::workspace::Workspace;

/// Shares at which every curve is sampled: 0 to 1 in hundredths.
pub const SHARES: usize = 101;
/// Rates at which the renewal commission is charted.
const RATES: usize = 41;
/// Step of the next-hour derivative, hours.
const HOUR_STEP: f64 = 0.25;

/// What to project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// One seller by name, or all added up.
    pub seller: Option<String>,
    /// A share of time that somebody wants the seller to give customers.
    pub target_share: Option<f64>,
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

/// The three figures of the verdict: enough to tell whether two people see the same.
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
    let assumed = &workspace.assumptions;
    let books = seller_books(workspace, question)?;
    let discounting = Discounting::new(assumed);
    let mut sellers = Vec::with_capacity(books.len());
    for book in &books {
        sellers.push(Sampled::new(Projection::new(book, assumed)?, &discounting));
    }
    Ok(Team { sellers, discounting: &discounting, workspace }.answer(question))
}

/// The books of the sellers asked about; one empty book if there are none, so that prospecting alone is answered.
fn seller_books(workspace: &Workspace, question: &Question) -> Result<Vec<SellerBook>, Problem> {
    let accounts = &workspace.book.accounts;
    let of = |name: &str| -> Result<SellerBook, Problem> {
        let own = accounts.iter().filter(|account| account.seller == name);
        SellerBook::new(name, own, workspace.as_of, &workspace.assumptions)
    };
    if let Some(name) = &question.seller {
        return Ok(vec![of(name)?]);
    }
    let names = workspace.book.sellers();
    if names.is_empty() {
        return Ok(vec![SellerBook::new("", accounts, workspace.as_of, &workspace.assumptions)?]);
    }
    names.into_keys().map(of).collect()
}

/// One seller with the worth of every sampled share.
struct Sampled<'a> {
    projection: Projection<'a>,
    samples: Vec<Worth>,
}

impl<'a> Sampled<'a> {
    fn new(projection: Projection<'a>, discounting: &Discounting) -> Sampled<'a> {
        let mut path = Path::default();
        let hours = projection.assumptions().hours_per_year;
        let samples = (0..SHARES).map(|index| {
            let share = index as f64 / (SHARES - 1) as f64;
            projection.run(&Effort::split(share, hours), &mut path);
            discounting.worth(&path)
        });
        Sampled { samples: samples.collect(), projection }
    }
}

struct Team<'a> {
    sellers: Vec<Sampled<'a>>,
    discounting: &'a Discounting,
    workspace: &'a Workspace,
}

impl Team<'_> {
    fn answer(&self, question: &Question) -> Payoff {
        let plan = &self.workspace.plan;
        let assumed = &self.workspace.assumptions;
        let count = self.sellers.len();

        let seller_optima = self.optima(|worth| worth.seller_value(plan));
        let company_optima = self.optima(|worth| worth.company_value(plan));
        let today = self.follow(vec![assumed.share_today; count]);
        let seller_best = self.follow(seller_optima.iter().map(|best| best.at).collect());
        let company_best = self.follow(company_optima.iter().map(|best| best.at).collect());

        let rival = |optima: &[Optimum]| match optima {
            [only] => only.rival.map(|rival| rival.0),
            _ => None,
        };
        let split = |followed: &Followed, rival_share| Split {
            share: followed.share,
            seller_value: followed.worth.seller_value(plan),
            company_value: followed.worth.company_value(plan),
            rival_share,
        };
        let seller_split = split(&seller_best, rival(&seller_optima));
        let company_split = split(&company_best, rival(&company_optima));
        // Both are maxima found to within rounding, which alone could make the difference negative.
        let gap = (company_split.company_value - seller_split.company_value).max(0.0);
        let (seller_hour, company_hour) = self.next_hour();

        let curves: Vec<RateCurves> =
            self.sellers.iter().map(|seller| RateCurves::new(&seller.samples, plan)).collect();
        let agreement = rate_solver::agreement_rate(&curves);
        Payoff {
            sellers: count,
            accounts: self.books().map(|book| book.accounts).sum::<f64>() as usize,
            annual_value: self.books().flat_map(|book| &book.pools).map(|pool| pool.annual_value).sum(),
            hours: assumed.hours_per_year * count as f64,
            horizon: assumed.horizon,
            today: split(&today, None),
            seller_best: seller_split,
            company_best: company_split,
            gap,
            gap_per_year: gap / annuity(assumed.company_factor(), assumed.horizon),
            seller_hour,
            company_hour,
            curve: self.share_curve(plan),
            rate_curve: self.rate_curve(&curves, agreement),
            agreement,
            first_hour: rate_solver::first_hour_rate(&curves),
            target: question.target_share.map(|target| rate_solver::target_share_rate(&curves, target)),
            paid_for_anyway: seller_best.paid_for_anyway,
            first_year_pay: seller_best.worth.first_year.pay(plan),
            today_course: today.course,
            seller_course: seller_best.course,
            company_course: company_best.course,
            notes: self.notes(question),
        }
    }

    fn books(&self) -> impl Iterator<Item = &SellerBook> {
        self.sellers.iter().map(|seller| seller.projection.book())
    }

    /// Each seller's best share by a global search, refined on the projection itself.
    fn optima(&self, value: impl Fn(&Worth) -> f64) -> Vec<Optimum> {
        let mut path = Path::default();
        let hours = self.workspace.assumptions.hours_per_year;
        let optima = self.sellers.iter().map(|seller| {
            let heights: Vec<f64> = seller.samples.iter().map(&value).collect();
            global_maximum(&heights, |share| {
                seller.projection.run(&Effort::split(share, hours), &mut path);
                value(&self.discounting.worth(&path))
            })
        });
        optima.collect()
    }

    /// All sellers at the given shares, added up.
    fn follow(&self, shares: Vec<f64>) -> Followed {
        let assumed = &self.workspace.assumptions;
        let months = assumed.horizon as usize;
        let mut followed = Followed::new(&shares, months);
        let mut path = Path::default();
        for (seller, share) in self.sellers.iter().zip(&shares) {
            seller.projection.run(&Effort::split(*share, assumed.hours_per_year), &mut path);
            followed.worth.accumulate(&self.discounting.worth(&path));
            followed.add(&path, seller.projection.book().accounts, &self.workspace.plan, assumed.prospecting_cost);
        }
        followed
    }

    fn next_hour(&self) -> (HourWorth, HourWorth) {
        let plan = &self.workspace.plan;
        let customers = self.hour_derivative(plan, |hours| MonthHours { customers: hours, prospecting: 0.0 });
        let prospecting = self.hour_derivative(plan, |hours| MonthHours { customers: 0.0, prospecting: hours });
        (
            HourWorth { customers: customers.0, prospecting: prospecting.0 },
            HourWorth { customers: customers.1, prospecting: prospecting.1 },
        )
    }

    /// Derivative of both values by an hour added over months 1 to 12, looking ahead only, since it is the *next*
    /// hour: `(-3 f(0) + 4 f(e) - f(2e)) / 2e`. A mean over sellers.
    fn hour_derivative(&self, plan: &Plan, extra: impl Fn(f64) -> MonthHours) -> (f64, f64) {
        let assumed = &self.workspace.assumptions;
        let mut path = Path::default();
        let (mut seller_sum, mut company_sum) = (0.0, 0.0);
        for seller in &self.sellers {
            for (step, weight) in [(0.0, -3.0), (1.0, 4.0), (2.0, -1.0)] {
                let mut effort = Effort::split(assumed.share_today, assumed.hours_per_year);
                effort.first_year_extra = extra(step * HOUR_STEP / 12.0);
                seller.projection.run(&effort, &mut path);
                let worth = self.discounting.worth(&path);
                seller_sum += weight * worth.seller_value(plan);
                company_sum += weight * worth.company_value(plan);
            }
        }
        let scale = 2.0 * HOUR_STEP * self.sellers.len().max(1) as f64;
        (seller_sum / scale, company_sum / scale)
    }

    fn share_curve(&self, plan: &Plan) -> Vec<SharePoint> {
        let points = (0..SHARES).map(|index| {
            let worths = || self.sellers.iter().filter_map(move |seller| seller.samples.get(index));
            SharePoint {
                share: index as f64 / (SHARES - 1) as f64,
                seller_value: worths().map(|worth| worth.seller_value(plan)).sum(),
                company_value: worths().map(|worth| worth.company_value(plan)).sum(),
            }
        });
        points.collect()
    }

    /// From 0 to 20 %, or further if the plan or the agreement lies beyond.
    fn rate_curve(&self, curves: &[RateCurves], agreement: RateAnswer) -> Vec<RatePoint> {
        let shown = self.workspace.get(Input::RenewalCommission).max(agreement.rate().unwrap_or(0.0) * 1.15);
        let greatest = (libm::ceil(shown * 10.0) / 10.0).clamp(0.2, 1.0);
        let points = (0..RATES).map(|index| {
            let rate = greatest * index as f64 / (RATES - 1) as f64;
            let company_value =
                curves.iter().map(|curves| curves.company_value(rate, curves.seller_best(rate).at)).sum();
            RatePoint {
                rate,
                seller_share: rate_solver::seller_share(curves, rate),
                company_share: rate_solver::company_share(curves, rate),
                company_value,
            }
        });
        points.collect()
    }

    fn notes(&self, question: &Question) -> Vec<Note> {
        let as_of = self.workspace.as_of;
        let asked = |account: &&Account| question.seller.as_ref().is_none_or(|name| *name == account.seller);
        let mut undated = 0;
        let mut overdue = 0;
        let mut active = 0;
        for account in self.workspace.book.active().filter(asked) {
            active += 1;
            match account.standing {
                Standing::Active { since: None, renews_on: None } => undated += 1,
                Standing::Active { renews_on: Some(day), .. } if Month::of(day) < as_of => overdue += 1,
                _ => {}
            }
        }
        let left_out = self.books().map(|book| book.judgements_left_out).sum();
        let mut notes = Vec::new();
        if active == 0 {
            notes.push(Note::NoAccounts);
        }
        let counted = [
            (undated, Note::NoDates as fn(usize) -> Note),
            (overdue, Note::OverdueRenewals),
            (left_out, Note::JudgementsLeftOut),
        ];
        notes.extend(counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, note)| note(count)));
        notes
    }
}

/// Sellers at certain shares, added up.
struct Followed {
    share: f64,
    worth: Worth,
    paid_for_anyway: PaidForAnyway,
    course: Course,
}

impl Followed {
    fn new(shares: &[f64], months: usize) -> Followed {
        let zeros = || vec![0.0; months];
        Followed {
            share: shares.iter().sum::<f64>() / shares.len().max(1) as f64,
            worth: Worth::default(),
            paid_for_anyway: PaidForAnyway { free: 0.0, won: 0.0 },
            course: Course {
                accounts: vec![0.0; months + 1],
                revenue: zeros(),
                pay: zeros(),
                profit: zeros(),
                wins: zeros(),
                lost: zeros(),
            },
        }
    }

    fn add(&mut self, path: &Path, accounts: f64, plan: &Plan, prospecting_cost: f64) {
        let course = &mut self.course;
        let each_month = path.months.iter();
        let at_end = std::iter::once(accounts).chain(each_month.clone().map(|flow| flow.accounts));
        add_all(&mut course.accounts, at_end);
        add_all(&mut course.revenue, each_month.clone().map(|flow| flow.annual_value / 12.0));
        add_all(&mut course.pay, each_month.clone().map(|flow| month_pay(plan, flow)));
        add_all(
            &mut course.profit,
            each_month
                .clone()
                .map(|flow| flow.margin - month_pay(plan, flow) - prospecting_cost * flow.prospecting_hours),
        );
        add_all(&mut course.wins, each_month.clone().map(|flow| flow.wins));
        add_all(&mut course.lost, each_month.clone().map(|flow| flow.lost));
        for flow in each_month.take(12) {
            let free = renewal_pay(plan, &flow.free_value);
            self.paid_for_anyway.free += free;
            self.paid_for_anyway.won += renewal_pay(plan, &flow.renewed_value) - free;
        }
    }
}

fn add_all(sums: &mut [f64], amounts: impl Iterator<Item = f64>) {
    for (sum, amount) in sums.iter_mut().zip(amounts) {
        *sum += amount;
    }
}

/// What one unit a year is worth over the horizon: `sum of beta^j, j = 1..T/12`.
fn annuity(factor: f64, months: u32) -> f64 {
    (1..=months / 12).map(|year| libm::pow(factor, f64::from(year))).sum()
}
