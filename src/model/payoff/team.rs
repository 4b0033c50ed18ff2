//! Several sellers, each projected with their own book and best split, added up into one answer.

use super::{Course, HourWorth, Note, PaidForAnyway, Payoff, Question, RatePoint, SHARES, SharePoint, Split};
use crate::model::account::{Account, Standing};
use crate::model::bounds::Input;
use crate::model::month::Month;
use crate::model::optimum::{Optimum, global_maximum, top_near};
use crate::model::plan::Plan;
use crate::model::projection::{Effort, MonthHours, Path, Projection};
use crate::model::quantity::CommissionRate;
use crate::model::rate_solver::{self, RateAnswer, RateCurves};
use crate::model::seller::SellerBook;
use crate::model::valuation::{Discounting, Worth, month_pay, renewal_pay};
use crate::model::workspace::Workspace;

/// Rates at which the renewal commission is charted.
const RATES: usize = 41;
/// Step of the next-hour derivative, hours.
const HOUR_STEP: f64 = 0.25;

/// One seller with the worth of every sampled share.
pub(super) struct Sampled<'a> {
    pub(super) projection: Projection<'a>,
    pub(super) samples: &'a [Worth],
}

/// The sellers asked about.
pub(super) struct Team<'a> {
    pub(super) sellers: Vec<Sampled<'a>>,
    pub(super) discounting: &'a Discounting,
    pub(super) workspace: &'a Workspace,
}

impl Team<'_> {
    /// Everything that the page says.
    pub(super) fn answer(&self, question: &Question) -> Payoff {
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

        let curves: Vec<RateCurves> = self.sellers.iter().map(|seller| RateCurves::new(seller.samples, plan)).collect();
        let polished =
            |answer, target| rate_solver::polish(answer, &curves, |rate| self.exactly_missing(&curves, rate, target));
        let agreement = polished(rate_solver::agreement_rate(&curves), None);
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
            target: question
                .target_share
                .map(|target| polished(rate_solver::target_share_rate(&curves, target), Some(target))),
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

    /// The sellers' best share at a renewal rate less `target`, or less the company's best without one; and that best
    /// share. On the projection itself, near where the curves put it.
    fn exactly_missing(&self, curves: &[RateCurves], rate: f64, target: Option<f64>) -> (f64, f64) {
        const WIDTH: f64 = 0.004;
        let mut plan = self.workspace.plan.clone();
        plan.renewal = plan.renewal.with_level(CommissionRate::constant(rate));
        let hours = self.workspace.assumptions.hours_per_year;
        let mut path = Path::default();
        let (mut sellers, mut company) = (0.0, 0.0);
        for (seller, curves) in self.sellers.iter().zip(curves) {
            let mut worth = |share: f64| {
                seller.projection.run(&Effort::split(share, hours), &mut path);
                self.discounting.worth(&path)
            };
            sellers += top_near(curves.seller_best(rate).at, WIDTH, |share| worth(share).seller_value(&plan));
            if target.is_none() {
                company += top_near(curves.company_best(rate).at, WIDTH, |share| worth(share).company_value(&plan));
            }
        }
        let count = self.sellers.len().max(1) as f64;
        (sellers / count - target.unwrap_or(company / count), sellers / count)
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
            let (seller_share, company_share, company_value) = rate_solver::chart_point(curves, rate);
            RatePoint { rate, seller_share, company_share, company_value }
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
