//! The projection: one seller's book, month by month, in expected values.
//!
//! Accounts are survival probabilities and each month's wins are a cohort with an expected count, so a run has no
//! luck in it. A run depends on the hours and the assumptions but not on the plan: flat rates are applied to the
//! flows afterwards ([`super::valuation`]), which makes a change of plan almost free.
//!
//! Each month, in this order: attention is shared out; contracts that are due renew; referred and former customers
//! are pursued, then cold leads; cash is counted. The months are in `run.rs`. Where attention is even, several runs of the
//! same book are made together ([`super::lanes`]).

mod flow;
mod rows;
mod run;

use super::assumptions::{Assumptions, AttentionPolicy};
use super::contract::over_term;
use super::due_calendar::DueCalendar;
use super::lanes::Four;
pub use super::path::{Afterwards, Effort, MonthFlow, MonthHours, Path};
use super::problem::Problem;
use super::response::{WinCurve, further_renewals};
use super::seller::SellerBook;
use flow::Flow;
use rows::PoolRows;
pub(super) use run::{Cohort, NONE_LEFT};
use run::{Hours, Kept, State};

/// One seller's book and the assumptions, prepared for many runs.
#[derive(Debug, Clone)]
pub struct Projection {
    book: SellerBook,
    assumptions: Assumptions,
    rows: PoolRows,
    /// Further renewals of each pool after the horizon, discounted as the company does and as the seller does.
    later: Vec<(f64, f64)>,
    calendar: DueCalendar,
    new_phi: (f64, f64),
    new_free_renewal: f64,
    cold: WinCurve,
}

/// Runs that are made together.
const TOGETHER: usize = 4;

/// Whether four runs at a time are quicker: not in WebAssembly without its wide instructions, where they would only make the
/// first screen larger.
const LANES_PAY: bool = cfg!(any(not(target_arch = "wasm32"), target_feature = "simd128"));

impl Projection {
    /// Prepares runs of `book` under `assumptions`.
    ///
    /// # Errors
    /// [`Problem::InfiniteLifetime`] if the worth after the horizon counts and would be infinite.
    pub fn new(book: SellerBook, assumptions: &Assumptions) -> Result<Projection, Problem> {
        let phi = |renewal: f64| -> Result<(f64, f64), Problem> {
            if !assumptions.residual {
                return Ok((0.0, 0.0));
            }
            Ok((
                further_renewals(assumptions.company_factor(), renewal)?,
                further_renewals(assumptions.seller_factor(), renewal)?,
            ))
        };
        let later = book.pools.iter().map(|pool| phi(pool.curve.today)).collect::<Result<_, Problem>>()?;
        Ok(Projection {
            rows: PoolRows::new(&book),
            later,
            calendar: DueCalendar::new(&book.pools, assumptions.horizon),
            new_phi: phi(book.newcomer_curve.today)?,
            new_free_renewal: over_term(book.newcomer_curve.unattended, book.new_account.term),
            cold: WinCurve::new(assumptions.leads, assumptions.odds_new, assumptions.hours_per_pursuit),
            book,
            assumptions: assumptions.clone(),
        })
    }

    /// The book that is projected.
    pub const fn book(&self) -> &SellerBook {
        &self.book
    }

    /// Further renewals after the horizon of an account of the pool at `index`, of one won later for `None`: discounted as
    /// the company does, and as the seller does. 0 without a residual.
    pub(super) fn later_renewals(&self, pool: Option<usize>) -> (f64, f64) {
        let Some(index) = pool else { return self.new_phi };
        self.later.get(index).copied().unwrap_or((0.0, 0.0))
    }

    /// The assumptions in use.
    pub const fn assumptions(&self) -> &Assumptions {
        &self.assumptions
    }

    /// Runs the months under `effort` and leaves them in `path`, whose memory is used again.
    pub fn run(&self, effort: &Effort, path: &mut Path) {
        path.clear();
        path.months.reserve(self.assumptions.horizon as usize);
        let kept = Kept {
            chances: path.keep_chances.then(|| std::mem::take(&mut path.chances)),
            ended: path.keep_ended.then(|| std::mem::take(&mut path.ended)),
        };
        let mut state = State::start(self, kept);
        for month in 1..=self.assumptions.horizon {
            let hours = effort.in_month(month);
            let hours = Hours { customers: hours.customers, prospecting: hours.prospecting };
            path.months.push(state.advance(self, month, hours).of_lane(0));
        }
        path.afterwards = state.afterwards(self).of_lane(0);
        path.chances = state.kept.chances.unwrap_or_default();
        path.ended = state.kept.ended.unwrap_or_default();
    }

    /// Runs the months under each of `efforts` and tells each path, in their order: the same as [`Projection::run`] for one
    /// after another, in a third of the time.
    pub fn run_each(&self, efforts: impl IntoIterator<Item = Effort>, mut tell: impl FnMut(&Path)) {
        let mut paths: [Path; TOGETHER] = Default::default();
        let mut efforts = efforts.into_iter();
        loop {
            let next = [(); TOGETHER].map(|()| efforts.next());
            if LANES_PAY
                && let ([Some(a), Some(b), Some(c), Some(d)], AttentionPolicy::Even) =
                    (next, self.assumptions.attention)
            {
                self.run_together(&[a, b, c, d], &mut paths);
                paths.iter().for_each(&mut tell);
                continue;
            }
            let [path, ..] = &mut paths;
            for effort in next.iter().flatten() {
                self.run(effort, path);
                tell(path);
            }
            if next.iter().any(Option::is_none) {
                return;
            }
        }
    }

    fn run_together(&self, efforts: &[Effort; TOGETHER], paths: &mut [Path; TOGETHER]) {
        paths.iter_mut().for_each(Path::clear);
        let mut state: State<Four> = State::start(self, Kept::default());
        for month in 1..=self.assumptions.horizon {
            let hours = efforts.each_ref().map(|effort| effort.in_month(month));
            let customers = Four::new(hours.map(|hours| hours.customers));
            let prospecting = Four::new(hours.map(|hours| hours.prospecting));
            let flow: Flow<Four> = state.advance(self, month, Hours { customers, prospecting });
            for (lane, path) in paths.iter_mut().enumerate() {
                path.months.push(flow.of_lane(lane));
            }
        }
        let afterwards = state.afterwards(self);
        for (lane, path) in paths.iter_mut().enumerate() {
            path.afterwards = afterwards.of_lane(lane);
        }
    }
}
