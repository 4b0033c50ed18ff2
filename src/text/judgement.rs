//! What was judged of customers and prospects, as curves.

use crate::model::assumptions::{Assumptions, RenewalForm};
use crate::model::bounds::Input;
use crate::model::payoff::Payoff;
use crate::model::response::{RenewalCurve, WinCurve};
use crate::model::workspace::Workspace;

/// Points of a curve.
const POINTS: usize = 61;

/// A point that may be dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handle {
    /// The number that it stands for, a chance.
    pub input: Input,
    /// Where, in hours.
    pub hours: f64,
    /// The chance.
    pub chance: f64,
}

/// Renewal against attention, and wins against prospecting.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Hours a year for an account today.
    pub hours_today: f64,
    /// The most hours for an account that are drawn.
    pub most_hours: f64,
    /// Chance of renewal over hours, from 0 to the most; empty where the judgements contradict each other.
    pub renewal: Vec<(f64, f64)>,
    /// The points of it that were judged.
    pub handles: Vec<Handle>,
    /// Hours of prospecting of one seller today.
    pub prospecting_today: f64,
    /// Accounts won a year over hours of prospecting, up to all selling hours of a seller.
    pub wins: Vec<(f64, f64)>,
}

/// The curves of `workspace`, of which `payoff` is the answer.
pub fn judgement(workspace: &Workspace, payoff: &Payoff) -> Judgement {
    let assumed = &workspace.assumptions;
    let Assumptions { hours_per_year, share_today, leads, odds_new, hours_per_pursuit, .. } = *assumed;
    let (r0, r1, rc) = (assumed.renew_unattended, assumed.renew_today, assumed.renew_saturated);
    let accounts = payoff.accounts as f64 / payoff.sellers.max(1) as f64;
    // As in the model: without accounts, 4.
    let hours_today = if accounts > 0.0 { share_today * hours_per_year / accounts } else { 4.0 };
    let most_hours = (3.0 * hours_today).max(1.0);
    let curve = RenewalCurve::through(r0, r1, rc, hours_today).ok();
    let is_bent = assumed.renewal_form == RenewalForm::SCurve;
    let curve = match curve {
        Some(curve) if is_bent && r1 > r0 => curve.bent((assumed.renew_half - r0) / (r1 - r0), hours_today, false).ok(),
        curve => curve,
    };
    let over = |most: f64, height: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        (0..POINTS).map(|index| most * index as f64 / (POINTS - 1) as f64).map(|x| (x, height(x))).collect()
    };
    let handle = |input: Input, hours: f64, chance: f64| Handle { input, hours, chance };
    let mut handles = vec![
        handle(Input::RenewUnattended, 0.0, r0),
        handle(Input::RenewToday, hours_today, r1),
        handle(Input::RenewSaturated, most_hours, rc),
    ];
    if is_bent {
        handles.insert(1, handle(Input::RenewHalf, 0.5 * hours_today, assumed.renew_half));
    }
    let wins = WinCurve::new(leads, odds_new, hours_per_pursuit);
    Judgement {
        hours_today,
        most_hours,
        renewal: curve.map_or_else(Vec::new, |curve| over(most_hours, &|hours| curve.at(hours))),
        handles,
        prospecting_today: (1.0 - share_today) * hours_per_year,
        wins: over(hours_per_year.max(1.0), &|hours| wins.at(hours)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, payoff};
    use crate::model::sample::sample_workspace;

    #[test]
    fn the_curve_passes_through_what_was_judged() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let of = |workspace: &Workspace| judgement(workspace, &payoff(workspace, &Question::default()).unwrap());
        let drawn = of(&workspace);
        assert_eq!((drawn.hours_today, drawn.most_hours, drawn.handles.len()), (4.0, 12.0, 3));
        let at = |drawn: &Judgement, hours: f64| {
            drawn.renewal.iter().find(|point| (point.0 - hours).abs() < 1e-9).unwrap().1
        };
        assert!((at(&drawn, 0.0) - 0.60).abs() < 1e-12 && (at(&drawn, 4.0) - 0.85).abs() < 1e-12);
        assert!(drawn.renewal.windows(2).all(|pair| pair[0].1 <= pair[1].1 && pair[1].1 < 0.95));
        assert!(drawn.wins[0].1 == 0.0 && drawn.wins[60].1 < 120.0 / 14.0 && drawn.prospecting_today == 470.0);
        workspace.assumptions.renewal_form = RenewalForm::SCurve;
        workspace.set(Input::RenewHalf, 0.65).unwrap();
        let bent = of(&workspace);
        assert!((at(&bent, 2.0) - 0.65).abs() < 1e-9 && (at(&bent, 4.0) - 0.85).abs() < 1e-9, "{:?}", bent.handles);
        assert_eq!(bent.handles[1].input, Input::RenewHalf);
    }
}
