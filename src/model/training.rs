//! Whether a training programme pays: what customers who are better looked after bring the company, against its cost.
//!
//! What is learnt fades. The projection has one renewal curve for the whole run, so the fading is an approximation: the
//! run is made with the lift as if it lasted and without it, each at the seller's best share, and the difference of each
//! month's cash counts `2^(-t / half-life)`. That leaves out that accounts kept by the lift stay when it has faded, so a
//! programme is worth rather more than is said here; nothing after the horizon counts.

use std::fmt;

use super::assumptions::Assumptions;
use super::path::{Effort, Path};
use super::payoff::Question;
use super::plan_curves::{Offer, PlanCurves, RenewalRule};
use super::problem::Problem;
use super::projection::Projection;
use super::response::RenewalCurve;
use super::seller::SellerBook;
use super::team_projections::team_projections;
use super::valuation::{QuotaCount, month_pay};
use super::workspace::Workspace;

/// What a programme changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lift {
    /// r1 rises by so much at today's attention, 0 to 1: from 85 to 88 % is 0.03. The curve through r0 and rc gets steeper.
    Today(f64),
    /// rc rises by so much, 0 to 1; the curve keeps its steepness, so that every hour of attention wins more.
    Saturated(f64),
    /// k rises by so much of itself, 0 to 10: 0.2 means that what took six hours takes five.
    Steepness(f64),
}

/// A training programme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Programme {
    /// What it costs for each seller, money, paid at the start.
    pub cost_per_seller: f64,
    /// What it changes at first.
    pub lift: Lift,
    /// Months after which half of it is left; above 0.
    pub half_life: f64,
}

/// What it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProgrammeWorth {
    /// Its cost for all sellers, money.
    pub cost: f64,
    /// Present value of the company's added cash over the horizon, before the cost, money; may be negative, where the lift
    /// draws sellers away from what is worth more.
    pub added: f64,
    /// The sellers' mean best share of time on customers without the lift.
    pub share_before: f64,
    /// The same with all of it.
    pub share: f64,
    /// The month from which on the added cash up to then, discounted, covers the cost; `None` if it never does within the
    /// horizon.
    pub payback: Option<u32>,
}

impl ProgrammeWorth {
    /// What is left after the cost, money.
    pub fn net(&self) -> f64 {
        self.added - self.cost
    }
}

/// Why a programme cannot be weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoTraining {
    /// The inputs contradict one another.
    Inputs(Problem),
    /// The cost is negative or no number.
    BadCost {
        /// As given.
        cost: f64,
    },
    /// The half-life is not above 0.
    BadHalfLife {
        /// As given.
        months: f64,
    },
    /// The lift is outside its range, or lifts r1 to rc or rc to 1.
    BadLift {
        /// As given.
        lift: f64,
        /// The lift must stay below this.
        below: f64,
    },
}

impl fmt::Display for NoTraining {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoTraining::Inputs(problem) => problem.fmt(f),
            NoTraining::BadCost { cost } => write!(f, "The cost is {cost}: enter what it costs for each seller."),
            NoTraining::BadHalfLife { months } => {
                write!(f, "The half-life is {months} months: enter after how many months half of it is forgotten.")
            }
            NoTraining::BadLift { lift, below } => {
                let below = libm::round(below * 1e4) / 1e4;
                write!(f, "The lift is {lift}: enter a number from 0 to less than {below}.")
            }
        }
    }
}

impl std::error::Error for NoTraining {}

impl From<Problem> for NoTraining {
    fn from(problem: Problem) -> NoTraining {
        NoTraining::Inputs(problem)
    }
}

/// The greatest lift of the steepness.
const MOST_STEEPNESS: f64 = 10.0;

/// What `programme` is worth for the sellers that `question` is about, under the present plan.
///
/// Accounts with a judgement of their own are lifted by the same part of what is left to lift: of `rc - r1`, or of `1 - rc`.
///
/// # Errors
/// [`NoTraining`], which says what to change.
pub fn training(
    workspace: &Workspace,
    question: &Question,
    programme: &Programme,
) -> Result<ProgrammeWorth, NoTraining> {
    if !(programme.cost_per_seller.is_finite() && programme.cost_per_seller >= 0.0) {
        return Err(NoTraining::BadCost { cost: programme.cost_per_seller });
    }
    if programme.half_life.is_nan() || programme.half_life <= 0.0 {
        return Err(NoTraining::BadHalfLife { months: programme.half_life });
    }
    let part = part_of_room(workspace, programme.lift)?;
    let assumed = &workspace.assumptions;
    let before = team_projections(workspace, question)?;
    let lifted = before.iter().map(|projection| {
        let book = lifted_book(projection.book(), assumed, programme.lift, part)?;
        Projection::new(book, assumed)
    });
    let after = lifted.collect::<Result<Vec<Projection>, Problem>>()?;
    let (share_before, cash_before) = best_cash(&before, workspace);
    let (share, cash_after) = best_cash(&after, workspace);

    let cost = programme.cost_per_seller * before.len() as f64;
    let (mut added, mut short_until) = (0.0, 0);
    for ((month, with), without) in (1_u32..).zip(&cash_after).zip(&cash_before) {
        let left = libm::exp2(-f64::from(month) / programme.half_life);
        added += libm::pow(assumed.company_factor(), f64::from(month) / 12.0) * left * (with - without);
        if added < cost {
            short_until = month;
        }
    }
    let payback = (short_until < assumed.horizon).then_some(short_until + 1);
    Ok(ProgrammeWorth { cost, added, share_before, share, payback })
}

/// The lift as a part of what is left to lift in the general judgement, 0 to 1; the steepness as it is.
fn part_of_room(workspace: &Workspace, lift: Lift) -> Result<f64, NoTraining> {
    let assumed = &workspace.assumptions;
    let (lift, room) = match lift {
        Lift::Today(lift) => (lift, assumed.renew_saturated - assumed.renew_today),
        Lift::Saturated(lift) => (lift, 1.0 - assumed.renew_saturated),
        Lift::Steepness(lift) if (0.0..=MOST_STEEPNESS).contains(&lift) => return Ok(lift),
        Lift::Steepness(lift) => return Err(NoTraining::BadLift { lift, below: MOST_STEEPNESS }),
    };
    if lift == 0.0 {
        Ok(0.0)
    } else if (0.0..room).contains(&lift) {
        Ok(lift / room)
    } else {
        Err(NoTraining::BadLift { lift, below: room })
    }
}

fn lifted_book(book: &SellerBook, assumed: &Assumptions, lift: Lift, part: f64) -> Result<SellerBook, Problem> {
    let mut lifted = book.clone();
    let lifted_curve = |curve: &RenewalCurve| lifted_curve(curve, assumed, lift, part, book.hours_per_account);
    lifted.curve = lifted_curve(&book.curve)?;
    lifted.newcomer_curve = lifted_curve(&book.newcomer_curve)?;
    for pool in &mut lifted.pools {
        pool.curve = lifted_curve(&pool.curve)?;
    }
    Ok(lifted)
}

/// What is lifted is how renewals answer to attention. The curve keeps its `today`, which only says what accounts are
/// worth after the horizon, when the lift has faded. An S-curve stays one: half of today's attention does the same part of
/// what today's does, and a lift of the steepness lets every hour count for more.
fn lifted_curve(
    curve: &RenewalCurve,
    assumed: &Assumptions,
    lift: Lift,
    part: f64,
    hours_today: f64,
) -> Result<RenewalCurve, Problem> {
    match lift {
        _ if part == 0.0 => Ok(*curve),
        Lift::Today(_) => {
            let today = curve.today + part * (curve.saturated - curve.today);
            let through = assumed.curve_through(curve.unattended, today, curve.saturated, hours_today)?;
            Ok(RenewalCurve { today: curve.today, ..through })
        }
        Lift::Saturated(_) => {
            Ok(RenewalCurve { saturated: curve.saturated + part * (1.0 - curve.saturated), ..*curve })
        }
        Lift::Steepness(_) => Ok(RenewalCurve { steepness: curve.steepness * (1.0 + part), ..*curve }),
    }
}

/// The sellers' mean best share, and the company's cash of each month there: margin less pay and prospecting cost.
fn best_cash(projections: &[Projection], workspace: &Workspace) -> (f64, Vec<f64>) {
    let assumed = &workspace.assumptions;
    let shares = PlanCurves::new(projections, workspace, RenewalRule::All).best_shares(Offer::Present);
    let mut cash = vec![0.0; assumed.horizon as usize];
    let mut path = Path::default();
    for (projection, share) in projections.iter().zip(&shares) {
        projection.run(&Effort::split(*share, assumed.hours_per_year), &mut path);
        let mut quota = QuotaCount::new(workspace.plan.quota);
        for (sum, flow) in cash.iter_mut().zip(&path.months) {
            let pay = month_pay(&workspace.plan, flow, quota.beyond(flow.new_value));
            *sum += flow.margin - pay - assumed.prospecting_cost * flow.prospecting_hours;
        }
    }
    (shares.iter().sum::<f64>() / shares.len().max(1) as f64, cash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assumptions::RenewalForm;
    use crate::model::bounds::Input;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::sample::sample_workspace;

    fn sample() -> Workspace {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        workspace.assumptions.residual = false;
        workspace
    }

    fn weighed(lift: Lift, half_life: f64, cost: f64) -> ProgrammeWorth {
        let programme = Programme { cost_per_seller: cost, lift, half_life };
        training(&sample(), &Question::default(), &programme).unwrap()
    }

    #[test]
    fn what_never_fades_is_worth_as_much_as_the_better_judgement() {
        // Without a worth after the horizon, a lift that stays is the same as a higher r1 of the workspace.
        let before = payoff(&sample(), &Question::default()).unwrap().seller_best;
        let mut better = sample();
        better.set(Input::RenewToday, 0.88).unwrap();
        let after = payoff(&better, &Question::default()).unwrap().seller_best;
        let worth = weighed(Lift::Today(0.03), 1e12, 5_000.0);
        let added = after.company_value - before.company_value;
        // A share known to a ten-millionth leaves the value known to a tenth.
        assert!((worth.added - added).abs() < 0.1 && added > 1_000.0, "{worth:?}, not {added}");
        assert!((worth.share - after.share).abs() < 1e-6 && (worth.share_before - before.share).abs() < 1e-6);
        assert!((worth.net() - (worth.added - 5_000.0)).abs() < 1e-9);
    }

    #[test]
    fn an_s_curve_is_lifted_as_one() {
        let assumed = Assumptions { renewal_form: RenewalForm::SCurve, renew_half: 0.7, ..sample().assumptions };
        let curve = assumed.general_curve(4.0).unwrap();
        let lifted = |lift, part| lifted_curve(&curve, &assumed, lift, part, 4.0).unwrap();
        // Half of today's attention does two fifths of what today's does: .7 of .6 to .85, and .712 of .6 to .88.
        assert!((curve.at(2.0) - 0.7).abs() < 1e-12);
        let more = lifted(Lift::Today(0.03), 0.3);
        assert!((more.at(4.0) - 0.88).abs() < 1e-12 && (more.at(2.0) - 0.712).abs() < 1e-12, "{more:?}");
        assert_eq!(more.today, 0.85);
        // Five sevenths of the way from .6 to .97.
        assert!((lifted(Lift::Saturated(0.02), 0.4).at(4.0) - (0.6 + 0.37 * 5.0 / 7.0)).abs() < 1e-12);
        assert!((lifted(Lift::Steepness(0.2), 0.2).at(5.0) - curve.at(6.0)).abs() < 1e-12);
    }

    #[test]
    fn the_curves_are_lifted_as_said() {
        let curve = RenewalCurve::through(0.6, 0.85, 0.95, 4.0).unwrap();
        let at_today = |lift, part| lifted_curve(&curve, &Assumptions::default(), lift, part, 4.0).unwrap().at(4.0);
        // Three tenths of the ten points between r1 and rc.
        assert!((at_today(Lift::Today(0.03), 0.3) - 0.88).abs() < 1e-12);
        // (0.35 + 0.02) (1 - 0.1 / 0.35) above 0.6.
        assert!((at_today(Lift::Saturated(0.02), 0.4) - (0.6 + 0.37 * 0.25 / 0.35)).abs() < 1e-12);
        // What six hours did takes five.
        let quicker = lifted_curve(&curve, &Assumptions::default(), Lift::Steepness(0.2), 0.2, 4.0).unwrap();
        assert!((quicker.at(5.0) - curve.at(6.0)).abs() < 1e-12);
        assert_eq!(quicker.today, 0.85);
        assert!((part_of_room(&sample(), Lift::Today(0.03)).unwrap() - 0.3).abs() < 1e-12);
        assert!((part_of_room(&sample(), Lift::Saturated(0.02)).unwrap() - 0.4).abs() < 1e-12);
    }

    #[test]
    fn what_fades_is_worth_less_and_pays_back_later_or_never() {
        let lasting = weighed(Lift::Today(0.03), 1e12, 0.0);
        let fading = weighed(Lift::Today(0.03), 12.0, 0.0);
        assert!(0.0 < fading.added && fading.added < lasting.added, "{fading:?} {lasting:?}");
        assert!(weighed(Lift::Today(0.03), 1e-3, 0.0).added.abs() < 1e-9);
        // Just what it brings in all is paid back in some month, a little more never.
        let even = weighed(Lift::Today(0.03), 12.0, 0.5 * fading.added);
        assert!(even.payback.is_some_and(|month| (2..60).contains(&month)), "{even:?}");
        assert_eq!(weighed(Lift::Today(0.03), 12.0, fading.added + 1.0).payback, None);
        let nothing = weighed(Lift::Steepness(0.0), 12.0, 1.0);
        assert_eq!((nothing.added, nothing.payback, nothing.share), (0.0, None, nothing.share_before));
    }

    #[test]
    fn the_payback_month_is_the_first_that_stays_covered() {
        // Added cash up to each month, from programmes that the horizon cuts off there.
        let added = |horizon: u32| {
            let workspace = sample();
            let (_, before) = best_cash(&team_projections(&workspace, &Question::default()).unwrap(), &workspace);
            let mut better = workspace;
            better.set(Input::RenewToday, 0.88).unwrap();
            let (_, after) = best_cash(&team_projections(&better, &Question::default()).unwrap(), &better);
            let months = after.iter().zip(&before).zip(1..=horizon);
            months
                .map(|((with, without), t)| {
                    (with - without) * 0.5_f64.powf(f64::from(t) / 18.0) / 1.1_f64.powf(f64::from(t) / 12.0)
                })
                .sum::<f64>()
        };
        let worth = weighed(Lift::Today(0.03), 18.0, 4_000.0);
        let month = worth.payback.unwrap();
        assert!(
            added(month) >= 4_000.0 && added(month - 1) < 4_000.0,
            "{month}: {} {}",
            added(month),
            added(month - 1)
        );
        assert!((added(60) - worth.added).abs() < 0.1, "{worth:?}");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let refused = |lift, half_life, cost_per_seller| {
            let programme = Programme { cost_per_seller, lift, half_life };
            training(&sample(), &Question::default(), &programme).unwrap_err()
        };
        let whys = [
            refused(Lift::Today(0.1), 12.0, 0.0),
            refused(Lift::Saturated(0.06), 12.0, 0.0),
            refused(Lift::Steepness(-0.1), 12.0, 0.0),
            refused(Lift::Today(0.01), 0.0, 0.0),
            refused(Lift::Today(0.01), 12.0, f64::NAN),
        ];
        for why in whys {
            assert!(why.to_string().ends_with('.') && !matches!(why, NoTraining::Inputs(_)), "{why}");
        }
    }
}
