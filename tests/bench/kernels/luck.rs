//! The kernels with luck in them: the one place that calls the simulation.

use holdfast::model::monte_carlo::{BestSplitSearch, Outcome, Side, Simulation, Team};
use holdfast::model::payoff::{Detail, Question, payoff};
use holdfast::model::workspace::Workspace;

/// Runs of the seller's pay, and what they come to.
pub const RUNS: usize = 10_000;
/// The share of the time on customers at which pay is simulated.
pub const SHARE: f64 = 0.33;
/// The seed of all runs.
const SEED: u64 = 1;

/// Simulates [`RUNS`] runs at [`SHARE`]: mean and standard deviation of the pay of months 1 to 12, of the present value of pay,
/// and of the company's present value. `None` where the inputs contradict one another.
pub fn simulated_pay(workspace: &Workspace) -> Option<Vec<f64>> {
    let team = Team::new(workspace, &Question::default()).ok()?;
    let mut simulation = Simulation::new(&team, &workspace.plan, &[SHARE], SEED);
    simulation.advance(RUNS);
    let outcomes = simulation.outcomes();
    let amounts: [fn(&Outcome) -> f64; 3] = [|it| it.first_year_pay, |it| it.pay, |it| it.company_value];
    let told = amounts.into_iter().flat_map(|amount| {
        let mean = outcomes.iter().map(amount).sum::<f64>() / RUNS as f64;
        let squares: f64 = outcomes.iter().map(|it| (amount(it) - mean) * (amount(it) - mean)).sum();
        [mean, (squares / (RUNS - 1) as f64).sqrt()]
    });
    Some(told.collect())
}

/// The seller's best split over [`RUNS`] runs, looked for about the projection's: the share, and where its 95 % interval
/// begins and ends. `None` where the inputs contradict one another.
pub fn best_split(workspace: &Workspace) -> Option<Vec<f64>> {
    let question = Question { detail: Detail::Glance, ..Question::default() };
    let around = payoff(workspace, &question).ok()?.seller_best.share;
    let team = Team::new(workspace, &Question::default()).ok()?;
    let mut search = BestSplitSearch::new(&team, &workspace.plan, Side::Seller, around, RUNS, SEED);
    while !search.advance(RUNS) {}
    let answer = search.answer()?;
    Some(vec![answer.share, answer.low, answer.high])
}
