//! What a seller does under any plan, and what that is worth: the projection paid by the evaluator of [`super::pay`].
//!
//! Periods close on expected volume. Tiers, gates and caps make pay jump and bend as the split of the time changes, so
//! no slope is trusted: the whole range is sampled, every jump between two samples is closed in on, and the best of all
//! smooth stretches is refined. Where expected pay differs from pay at expected volume, a simulation is the honest answer.

use chrono::NaiveDate;

use super::month::Month;
use super::optimum::{Optimum, refine};
use super::path::{CohortLoss, Effort, MonthFlow, Path};
use super::pay::{
    Event, EventKind, MonthPay, Occurrence, Origin, PayPlan, Reward, Run, Tally, Terms, Totals, Trigger, Window,
    evaluate,
};
use super::projection::Projection;
use super::valuation::Discounting;

/// Shares sampled before jumps are looked for.
const SAMPLES: usize = 201;
/// Jumps are closed in on to this width of share.
const CLOSE: f64 = 1e-10;
/// The most points that are tried: a plan with hundreds of jumps is known to this detail.
const MOST_POINTS: usize = 20_000;

/// A seller's projection under a plan.
pub struct PlanProjection<'a> {
    projection: &'a Projection,
    plan: &'a PayPlan,
    discounting: &'a Discounting,
    from: Month,
    terms: Terms<'a>,
    /// The last day of each month, on which expected events fall.
    last_days: Vec<NaiveDate>,
    seller_factors: Vec<f64>,
    company_factors: Vec<f64>,
    /// The age up to which a loss is told apart from others, for clawback, months.
    clawback_window: u32,
}

/// What a split is worth under a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanWorth {
    /// Present value of pay while the seller stays, what comes after the horizon included.
    pub seller: f64,
    /// Present value of margin less pay and prospecting cost, what comes after the horizon included.
    pub company: f64,
    /// Pay of months 1 to 12, undiscounted.
    pub first_year_pay: f64,
    /// Which tiers, gates and caps hold over the run: two equal ones lie on one smooth stretch.
    pub standing: u64,
}

impl<'a> PlanProjection<'a> {
    /// The projection paid by `plan` from the month `from` on, which is month 1 less one.
    pub fn new(
        projection: &'a Projection,
        plan: &'a PayPlan,
        discounting: &'a Discounting,
        from: Month,
    ) -> PlanProjection<'a> {
        let assumed = projection.assumptions();
        let factors = |yearly: f64| {
            (1..=assumed.horizon).map(|month| libm::pow(yearly, f64::from(month) / 12.0)).collect::<Vec<f64>>()
        };
        let clawbacks = plan.components.iter().filter_map(|component| component.clawback.as_ref());
        PlanProjection {
            projection,
            plan,
            discounting,
            from,
            terms: Terms::new(plan, from.plus(1), assumed.horizon, Window::default()),
            last_days: (1..=assumed.horizon).map(|month| last_day(from, month)).collect(),
            seller_factors: factors(assumed.seller_factor()),
            company_factors: factors(assumed.company_factor()),
            clawback_window: clawbacks
                .map(|clawback| clawback.recovery.window().unwrap_or(u32::MAX))
                .max()
                .unwrap_or(0),
        }
    }

    /// A path to run into, which keeps what this plan needs.
    pub fn path(&self) -> Path {
        Path { keep_losses: self.clawback_window > 0, ..Path::default() }
    }

    /// Runs `share` of the time on customers into `path`.
    pub fn run(&self, share: f64, path: &mut Path) {
        self.projection.run(&Effort::split(share, self.projection.assumptions().hours_per_year), path);
    }

    /// Pay of each month of a path.
    pub fn pay(&self, path: &Path) -> Vec<MonthPay> {
        let events = events(path, self.from, self.projection.book().new_account.margin, self.clawback_window);
        evaluate(self.plan, &events, self.from.plus(1), path.months.len() as u32, Window::default())
    }

    /// What a path is worth.
    ///
    /// After the horizon renewals pay what the plan then pays on them: a flat rate, the last contract year's, or under
    /// tiers, quotas and floors the mean of the last twelve months.
    pub fn worth(&self, path: &Path) -> PlanWorth {
        let book_margin = self.projection.book().new_account.margin;
        let mut run = Run::new(&self.terms, Totals::default());
        let mut losses = path.losses.as_slice();
        let mut last_year = vec![0.0; self.plan.components.len()];
        let last_year_from = self.terms.length().saturating_sub(12);
        let margin = self.discounting.worth(path).margin;
        let (mut seller, mut company, mut first_year_pay, mut standing) = (0.0, margin, 0.0, 0_u64);
        let factors = self.seller_factors.iter().zip(&self.company_factors);
        for ((index, flow), (day, (for_seller, for_company))) in
            path.months.iter().enumerate().zip(self.last_days.iter().zip(factors))
        {
            if run.begin_month().is_none() {
                break;
            }
            let month =
                Expected { month: index as u32 + 1, on: *day, margin: book_margin, window: self.clawback_window };
            month.events(flow, &mut losses, |event| {
                run.occur(&Occurrence { day: *day, index: 0, event, cash: false });
                run.occur(&Occurrence { day: *day, index: 0, event, cash: true });
            });
            let end = run.end_month();
            let paid = end.paid();
            seller += for_seller * paid;
            company -= for_company * paid;
            if index < 12 {
                first_year_pay += paid;
            }
            if index >= last_year_from {
                let each = last_year.iter_mut().enumerate();
                each.for_each(|(component, sum)| *sum += run.tally.total(component));
            }
            standing = standing.rotate_left(5).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ end.standing;
        }
        let rate = self.renewal_rate_after(path, &last_year);
        if let (Some(for_seller), Some(for_company)) = (self.seller_factors.last(), self.company_factors.last()) {
            seller += for_seller * rate * path.afterwards.seller_value;
            company -= for_company * rate * path.afterwards.company_value;
        }
        PlanWorth { seller, company, first_year_pay, standing }
    }

    /// What share of the time is worth.
    pub fn worth_at(&self, share: f64, path: &mut Path) -> PlanWorth {
        self.run(share, path);
        self.worth(path)
    }

    /// What renewals pay after the horizon, with what each component paid in the `last_year`.
    fn renewal_rate_after(&self, path: &Path, last_year: &[f64]) -> f64 {
        let first = path.months.len().saturating_sub(12);
        let renewed: f64 = path.months.iter().skip(first).flat_map(|flow| flow.renewed_value).sum();
        let renewing = self
            .plan
            .components
            .iter()
            .enumerate()
            .filter(|(_, component)| component.measure.of.contains(&Trigger::Renewal));
        let rates = renewing.map(|(index, component)| {
            let is_plain = component.accelerator.is_none()
                && component.floor.is_none()
                && component.gate.is_none()
                && component.cap.is_none();
            match &component.reward {
                Reward::Rate(rate) if is_plain => *rate,
                Reward::ByContractYear(schedule) if is_plain => schedule.last().get(),
                _ if renewed > 0.0 => last_year.get(index).map_or(0.0, |paid| paid / renewed),
                _ => 0.0,
            }
        });
        rates.sum()
    }

    /// The best share for whoever values a split by `value`: searched over the whole range, jumps and bends included.
    pub fn best(&self, value: impl Fn(&PlanWorth) -> f64) -> Optimum {
        let mut path = self.path();
        let mut search = Search {
            at: |share: f64| {
                let worth = self.worth_at(share, &mut path);
                (value(&worth), worth.standing)
            },
            points: Vec::with_capacity(2 * SAMPLES),
        };
        search.run()
    }
}

/// A point tried.
#[derive(Debug, Clone, Copy)]
struct Point {
    at: f64,
    height: f64,
    standing: u64,
}

struct Search<F> {
    at: F,
    points: Vec<Point>,
}

impl<F: FnMut(f64) -> (f64, u64)> Search<F> {
    fn point(&mut self, at: f64) -> Point {
        let (height, standing) = (self.at)(at);
        let point = Point { at, height, standing };
        self.points.push(point);
        point
    }

    fn run(&mut self) -> Optimum {
        let samples: Vec<Point> = (0..SAMPLES).map(|index| self.point(index as f64 / (SAMPLES - 1) as f64)).collect();
        // Both sides of every jump become points.
        let mut open: Vec<(Point, Point)> =
            samples.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        while let Some((low, high)) = open.pop() {
            if low.standing == high.standing || high.at - low.at < CLOSE || self.points.len() > MOST_POINTS {
                continue;
            }
            let middle = self.point(0.5 * (low.at + high.at));
            open.push((low, middle));
            open.push((middle, high));
        }
        self.points.sort_by(|one, other| one.at.total_cmp(&other.at));
        let mut peaks = self.peaks();
        peaks.sort_by(|one, other| other.1.total_cmp(&one.1));
        let (at, height) = peaks.first().copied().unwrap_or((0.0, 0.0));
        let rival =
            peaks.iter().copied().find(|peak| (peak.0 - at).abs() >= 0.05 && peak.1 >= height - 0.02 * height.abs());
        Optimum { at, height, rival }
    }

    /// Every point that stands above both its neighbours, refined where its stretch is smooth on both sides.
    fn peaks(&mut self) -> Vec<(f64, f64)> {
        let points = std::mem::take(&mut self.points);
        let highest = points.iter().map(|point| point.height).fold(f64::NEG_INFINITY, f64::max);
        let lowest = points.iter().map(|point| point.height).fold(f64::INFINITY, f64::min);
        let near = highest - 0.03 * (highest - lowest).max(highest.abs() * 1e-3);
        let mut peaks = Vec::new();
        for (index, point) in points.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| points.get(before));
            let after = points.get(index + 1);
            let is_peak =
                before.is_none_or(|it| it.height < point.height) && after.is_none_or(|it| it.height <= point.height);
            if !is_peak || point.height < near {
                continue;
            }
            let low = before.filter(|it| it.standing == point.standing).unwrap_or(point);
            let high = after.filter(|it| it.standing == point.standing).unwrap_or(point);
            let mut curve = |share: f64| (self.at)(share).0;
            let refined = refine((low.at, low.height), (point.at, point.height), (high.at, high.height), &mut curve);
            peaks.push(if refined.1 >= point.height { refined } else { (point.at, point.height) });
        }
        peaks
    }
}

/// The expected events of a path, month by month, the first in the month after `from`. The margin of what is renewed and
/// won is the book's mean, `margin`; customers pay in the month. Losses of sales younger than `window` months are told one
/// by one, the others together.
pub fn events(path: &Path, from: Month, margin: f64, window: u32) -> Vec<Event> {
    let mut events = Vec::with_capacity(path.months.len() * 6);
    let mut losses = path.losses.as_slice();
    for (month, flow) in (1..).zip(&path.months) {
        let expected = Expected { month, on: last_day(from, month), margin, window };
        expected.events(flow, &mut losses, |event| events.push(*event));
    }
    events
}

fn last_day(from: Month, month: u32) -> NaiveDate {
    from.plus(month as i32 + 1).first_day().pred_opt().unwrap_or_default()
}

/// A month of a path, from 1, and how its events are told: see [`events`].
struct Expected {
    month: u32,
    on: NaiveDate,
    margin: f64,
    window: u32,
}

impl Expected {
    /// Tells the month's events, and leaves in `losses` those of later months.
    fn events(&self, flow: &MonthFlow, losses: &mut &[CohortLoss], mut tell: impl FnMut(&Event)) {
        let (month, on) = (self.month, self.on);
        let mut happen = |kind: EventKind, origin: Origin, count: f64, revenue: f64, age: u32| {
            if count > 0.0 || revenue != 0.0 {
                let margin = self.margin * revenue;
                tell(&Event { on, kind, origin, count, revenue, margin, collected_on: Some(on), age, term: 12 });
            }
        };
        // What was due and lost is known before what is renewed: a floor counts from all that was due.
        let renewed: f64 = flow.renewed_value.iter().sum();
        let mut told = 0.0;
        while let Some((loss, later)) = losses.split_first()
            && loss.month == month
        {
            *losses = later;
            let age = month - loss.sold;
            if age < self.window {
                happen(EventKind::Lost, Origin::Month(loss.sold), loss.accounts, loss.value, age);
                told += loss.value;
            }
        }
        let lost = (flow.due_value - renewed - told).max(0.0);
        happen(EventKind::Lost, Origin::Month(0), 0.0, lost, u32::MAX);
        for (year, value) in (1_u32..).zip(flow.renewed_value) {
            let count = if renewed > 0.0 { flow.renewals * value / renewed } else { 0.0 };
            happen(EventKind::Renewed { contract_year: year }, Origin::Month(0), count, value, 0);
        }
        let sold = Origin::Month(month);
        let cold = flow.wins - flow.referred - flow.won_back;
        let cold_value = flow.new_value - flow.referred_value - flow.won_back_value;
        happen(EventKind::WonBack, sold, flow.won_back, flow.won_back_value, 0);
        happen(EventKind::WonByReferral { source_stays: true }, sold, flow.referred, flow.referred_value, 0);
        happen(EventKind::Won, sold, cold, cold_value, 0);
    }
}
