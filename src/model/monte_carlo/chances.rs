//! What can happen to one seller's book: every chance of a run, held at what the projection expects.

use super::survival::Survival;
use crate::model::path::{Effort, Path, Renewing};
use crate::model::projection::Projection;

/// How an account was won.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// From a cold lead.
    Cold,
    /// A customer referred it.
    Referred,
    /// It had been a customer before.
    WonBack,
}

/// Wins of one kind in one month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wins {
    /// The month, from 1.
    pub(super) month: u32,
    /// How they come.
    pub(super) source: Source,
    /// How many are expected.
    pub(super) mean: f64,
    /// Annual value of each, money.
    pub(super) value: f64,
}

/// The chances of one seller at one split of the time.
#[derive(Debug, Clone)]
pub(super) struct Chances {
    /// Of the pools of the book.
    pub(super) pools: Vec<Survival>,
    /// Of accounts won in month 1, 2, ...
    pub(super) won: Vec<Survival>,
    /// What is won, in the order of months; nothing that is not expected at all.
    pub(super) wins: Vec<Wins>,
    /// What is expected.
    pub(super) path: Path,
}

impl Chances {
    /// Those of `projection` with `share` of the time on customers.
    pub(super) fn new(projection: &Projection, share: f64) -> Chances {
        let mut path = Path { keep_chances: true, ..Path::default() };
        projection.run(&Effort::split(share, projection.assumptions().hours_per_year), &mut path);
        let mut of_pools = vec![Vec::new(); projection.book().pools.len()];
        let mut of_won = vec![Vec::new(); path.months.len()];
        for it in &path.chances {
            let place = match it.who {
                Renewing::Pool(index) => of_pools.get_mut(index as usize),
                Renewing::WonIn(month) => of_won.get_mut(month.saturating_sub(1) as usize),
            };
            if let Some(renewals) = place {
                renewals.push((it.month, it.chance, it.growth));
            }
        }
        path.chances = Vec::new();
        let survivals =
            |all: Vec<Vec<(u32, f64, f64)>>| all.into_iter().map(|it| Survival::new(it.into_iter())).collect();
        Chances { pools: survivals(of_pools), won: survivals(of_won), wins: wins(projection, &path), path }
    }

    /// How many wins are expected over the horizon.
    pub(super) fn expected_wins(&self) -> f64 {
        self.wins.iter().map(|wins| wins.mean).sum()
    }
}

fn wins(projection: &Projection, path: &Path) -> Vec<Wins> {
    let new_value = projection.book().new_account.annual_value;
    let mut wins = Vec::with_capacity(path.months.len() * 2);
    for (month, flow) in (1..).zip(&path.months) {
        let back_value = if flow.won_back > 0.0 { flow.won_back_value / flow.won_back } else { 0.0 };
        let all = [
            (Source::Cold, flow.wins - flow.referred - flow.won_back, new_value),
            (Source::Referred, flow.referred, new_value),
            (Source::WonBack, flow.won_back, back_value),
        ];
        // Differences leave what rounding leaves.
        let some = all.into_iter().filter(|(_, mean, _)| *mean > 1e-15 * flow.wins);
        wins.extend(some.map(|(source, mean, value)| Wins { month, source, mean, value }));
    }
    wins
}
