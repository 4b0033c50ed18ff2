//! Several sellers, each projected with their own book and best split, added up into one answer.

use super::{
    BestResponse, Course, Detail, Headline, HourSteps, HourWorth, Note, PaidForAnyway, Payoff, Question, RatePoint,
    Rates, SHARES, Samples, SellerSamples, SharePoint, Split,
};
use crate::model::account::{Account, Standing};
use crate::model::assumptions::Assumptions;
use crate::model::bounds::Input;
use crate::model::daily_price::{DailyPrice, daily_share};
use crate::model::interpolation::interpolate;
use crate::model::month::Month;
use crate::model::optimum::{Optimum, TOLERANCE, maximum_within, top_near};
use crate::model::plan::Plan;
use crate::model::projection::{Effort, Path};
use crate::model::quantity::CommissionRate;
use crate::model::rate_solver::{self, RateAnswer, RateCurves};
use crate::model::seller::SellerBook;
use crate::model::valuation::{QuotaCount, Worth, month_pay, renewal_pay};
use crate::model::workspace::Workspace;

/// Rates at which the renewal commission is charted.
const RATES: usize = 41;
/// The sellers asked about.
pub(super) struct Team<'a> {
    pub(super) samples: &'a Samples,
    pub(super) workspace: &'a Workspace,
}

impl Team<'_> {
    /// Which renewal commissions would do what is asked.
    pub(super) fn rates(&self, question: &Question) -> Rates {
        let plan = &self.workspace.plan;
        let curves: Vec<RateCurves> = self.sellers().map(|seller| RateCurves::new(&seller.worths, plan)).collect();
        let polished = |answer, target| match question.detail {
            Detail::Glance => answer,
            Detail::Exact => rate_solver::polish(answer, &curves, |rate| self.exactly_missing(&curves, rate, target)),
        };
        let agreement = polished(rate_solver::agreement_rate(&curves), None);
        let target =
            question.target_share.map(|target| polished(rate_solver::target_share_rate(&curves, target), Some(target)));
        let first_hour = rate_solver::first_hour_rate(&curves);
        Rates { curves, agreement, first_hour, target }
    }

    pub(super) fn best_shares(&self) -> Vec<f64> {
        self.bests(Detail::Exact).0.iter().map(|best| best.at).collect()
    }

    /// Each seller's best share, and the company's best share for each.
    fn bests(&self, detail: Detail) -> (Vec<Optimum>, Vec<Optimum>) {
        let plan = &self.workspace.plan;
        let company = self.optima(detail, &[], |worth| worth.company_value(plan));
        (self.optima(detail, &company, |worth| worth.seller_value(plan)), company)
    }

    /// The sellers at their best.
    pub(super) fn best_response(&self) -> BestResponse {
        let plan = &self.workspace.plan;
        let followed = self.follow(self.best_shares());
        BestResponse { share: followed.share, worth: followed.worth, plan: plan.clone() }
    }

    /// Everything that the page says.
    pub(super) fn answer(&self, rates: &Rates, question: &Question) -> Payoff {
        let plan = &self.workspace.plan;
        let assumed = &self.workspace.assumptions;
        let count = self.samples.sellers.len();

        let today = self.today();
        let Splits { seller_optima, company_optima, seller_best, company_best } = self.splits(question.detail);
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
        let gap_of = |company: f64, seller: f64| (company - seller).max(0.0);
        let gap = gap_of(company_split.company_value, seller_split.company_value);
        let values = company_best.company_values.iter().zip(&seller_best.company_values);
        let shares = seller_optima.iter().zip(&company_optima);
        let by_seller = shares.zip(values).map(|((seller, company), (most, now))| Headline {
            seller_share: seller.at,
            company_share: company.at,
            gap: gap_of(*most, *now),
        });
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
            by_seller: by_seller.collect(),
            gap_per_year: gap / annuity(assumed.company_factor(), assumed.horizon),
            seller_hour: self.next_hour(|worth| worth.seller_value(plan)),
            company_hour: self.next_hour(|worth| worth.company_value(plan)),
            curve: self.share_curve(plan),
            rate_curve: self.rate_curve(&rates.curves, rates.agreement),
            agreement: rates.agreement,
            first_hour: rates.first_hour,
            target: rates.target,
            paid_for_anyway: seller_best.paid_for_anyway,
            first_year_pay: seller_best.worth.first_year.pay(plan),
            today_course: today.course,
            seller_course: seller_best.course,
            company_course: company_best.course,
            notes: self.notes(question),
        }
    }

    /// Sellers and company at their best, each seller by themselves.
    pub(super) fn splits(&self, detail: Detail) -> Splits {
        let plan = &self.workspace.plan;
        let (seller_optima, mut company_optima) = self.bests(detail);
        let follow = |optima: &[Optimum]| self.follow(optima.iter().map(|best| best.at).collect());
        let seller_best = follow(&seller_optima);
        let mut company_best = follow(&company_optima);
        let values = seller_best.company_values.iter().zip(&company_best.company_values);
        let missed: Vec<bool> = values.map(|(at_sellers, best)| at_sellers > best).collect();
        if missed.contains(&true) {
            let again = self.optima(detail, &seller_optima, |worth| worth.company_value(plan));
            for ((best, again), _) in company_optima.iter_mut().zip(again).zip(&missed).filter(|(_, missed)| **missed) {
                *best = again;
            }
            company_best = follow(&company_optima);
        }
        Splits { seller_optima, company_optima, seller_best, company_best }
    }

    fn sellers(&self) -> impl Iterator<Item = &SellerSamples> {
        self.samples.sellers.iter()
    }

    fn books(&self) -> impl Iterator<Item = &SellerBook> {
        self.sellers().map(|seller| seller.projection.book())
    }

    /// Each seller's best share by a global search, refined on the projection itself; never worse than today's share, and
    /// than what is best for the `other`.
    fn optima(&self, detail: Detail, other: &[Optimum], value: impl Fn(&Worth) -> f64) -> Vec<Optimum> {
        let tolerance = match detail {
            Detail::Exact => TOLERANCE,
            Detail::Glance => 1e-4,
        };
        let mut path = Path::default();
        let Assumptions { hours_per_year: hours, share_today, .. } = self.workspace.assumptions;
        let optima = self.sellers().enumerate().map(|(index, seller)| {
            let heights: Vec<f64> = seller.worths.iter().map(&value).collect();
            let mut curve = |share: f64| {
                seller.projection.run(&Effort::split(share, hours), &mut path);
                value(&self.samples.discounting.worth(&path))
            };
            let also: Vec<f64> = other.get(index).map(|best| best.at).into_iter().chain([share_today]).collect();
            maximum_within(&heights, &also, tolerance, &mut curve)
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
        for (seller, curves) in self.sellers().zip(curves) {
            let mut worth = |share: f64| {
                seller.projection.run(&Effort::split(share, hours), &mut path);
                self.samples.discounting.worth(&path)
            };
            sellers += top_near(curves.seller_best(rate).at, WIDTH, |share| worth(share).seller_value(&plan));
            if target.is_none() {
                company += top_near(curves.company_best(rate).at, WIDTH, |share| worth(share).company_value(&plan));
            }
        }
        let count = curves.len().max(1) as f64;
        (sellers / count - target.unwrap_or(company / count), sellers / count)
    }

    /// All sellers at the given shares, added up.
    fn follow(&self, shares: Vec<f64>) -> Followed {
        let assumed = &self.workspace.assumptions;
        let mut followed = Followed::new(&shares, assumed.horizon as usize);
        let mut path = Path::default();
        for (seller, share) in self.sellers().zip(&shares) {
            seller.projection.run(&Effort::split(*share, assumed.hours_per_year), &mut path);
            let worth = self.samples.discounting.worth(&path);
            followed.add(&path, &worth, seller.projection.book(), self.workspace);
        }
        followed
    }

    /// What 45 minutes a day with customers are worth.
    pub(super) fn daily_price(&self) -> DailyPrice {
        let plan = &self.workspace.plan;
        let all_at = |share: f64| self.follow(vec![share; self.samples.sellers.len()]).worth;
        let (some, none) = (all_at(daily_share(self.workspace.assumptions.hours_per_year)), all_at(0.0));
        DailyPrice {
            seller: some.seller_value(plan) - none.seller_value(plan),
            company: some.company_value(plan) - none.company_value(plan),
        }
    }

    /// All sellers as today, added up.
    fn today(&self) -> Followed {
        let assumed = &self.workspace.assumptions;
        let mut followed = Followed::new(&[assumed.share_today], assumed.horizon as usize);
        for seller in self.sellers() {
            followed.add(&seller.today, &seller.today_worth, seller.projection.book(), self.workspace);
        }
        followed
    }

    /// What `value` makes of an hour more from today's split: a mean over sellers.
    fn next_hour(&self, value: impl Fn(&Worth) -> f64) -> HourWorth {
        let mean = |steps: fn(&SellerSamples) -> &HourSteps| {
            let sum: f64 = self.sellers().map(|seller| steps(seller).derivative(&seller.today_worth, &value)).sum();
            sum / self.samples.sellers.len().max(1) as f64
        };
        HourWorth {
            customers: mean(|seller| &seller.customers_hour),
            prospecting: mean(|seller| &seller.prospecting_hour),
        }
    }

    fn share_curve(&self, plan: &Plan) -> Vec<SharePoint> {
        let sampled = self.sellers().map(|seller| seller.worths.len()).min().unwrap_or(0);
        let (mut seller_values, mut company_values) = (vec![0.0; sampled], vec![0.0; sampled]);
        for seller in self.sellers() {
            add_all(&mut seller_values, seller.worths.iter().map(|worth| worth.seller_value(plan)));
            add_all(&mut company_values, seller.worths.iter().map(|worth| worth.company_value(plan)));
        }
        let points = (0..SHARES).map(|index| {
            let share = index as f64 / (SHARES - 1) as f64;
            SharePoint {
                share,
                seller_value: interpolate(&seller_values, share),
                company_value: interpolate(&company_values, share),
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
        if !self.workspace.plan.renewal.is_level() {
            notes.push(Note::OwnContractYears);
        }
        notes.extend(counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, note)| note(count)));
        notes
    }
}

/// The best splits, and where they lead.
pub(super) struct Splits {
    /// Each seller's best share.
    pub(super) seller_optima: Vec<Optimum>,
    /// The company's best share for each.
    pub(super) company_optima: Vec<Optimum>,
    /// The sellers at their best.
    pub(super) seller_best: Followed,
    /// The sellers where the company would want them.
    pub(super) company_best: Followed,
}

/// Sellers at certain shares, added up.
pub(super) struct Followed {
    pub(super) share: f64,
    pub(super) worth: Worth,
    /// The company's value of each.
    company_values: Vec<f64>,
    /// Pay of months 1 to 12 of each.
    pub(super) first_year_pays: Vec<f64>,
    pub(super) paid_for_anyway: PaidForAnyway,
    pub(super) course: Course,
}

impl Followed {
    fn new(shares: &[f64], months: usize) -> Followed {
        let zeros = || vec![0.0; months];
        Followed {
            share: shares.iter().sum::<f64>() / shares.len().max(1) as f64,
            worth: Worth::default(),
            company_values: Vec::with_capacity(shares.len()),
            first_year_pays: Vec::with_capacity(shares.len()),
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

    fn add(&mut self, path: &Path, worth: &Worth, book: &SellerBook, workspace: &Workspace) {
        let (plan, prospecting_cost) = (&workspace.plan, workspace.assumptions.prospecting_cost);
        self.worth.accumulate(worth);
        self.company_values.push(worth.company_value(plan));
        self.first_year_pays.push(worth.first_year.pay(plan));
        let course = &mut self.course;
        let each_month = path.months.iter();
        let at_end = std::iter::once(book.accounts).chain(each_month.clone().map(|flow| flow.accounts));
        add_all(&mut course.accounts, at_end);
        add_all(&mut course.revenue, each_month.clone().map(|flow| flow.annual_value / 12.0));
        let mut quota = QuotaCount::new(plan.quota);
        for ((pay, profit), flow) in course.pay.iter_mut().zip(&mut course.profit).zip(each_month.clone()) {
            let paid = month_pay(plan, flow, quota.beyond(flow.new_value));
            *pay += paid;
            *profit += flow.margin - paid - prospecting_cost * flow.prospecting_hours;
        }
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
