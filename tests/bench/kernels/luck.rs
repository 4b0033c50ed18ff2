//! The kernels with luck in them: the one place that calls the simulation.

use holdfast::model::workspace::Workspace;

/// Runs of the seller's pay, and what they come to.
pub const RUNS: usize = 10_000;
/// The share of the time on customers at which pay is simulated.
pub const SHARE: f64 = 0.33;

/// Simulates [`RUNS`] runs at [`SHARE`]: mean and standard deviation of the pay of months 1 to 12, of the present value of pay,
/// and of the company's present value. `None` as long as there is no simulation to call.
pub fn simulated_pay(_workspace: &Workspace) -> Option<Vec<f64>> {
    None
}

/// The seller's best split over [`RUNS`] runs, looked for about the projection's: the share, and where its 95 % interval
/// begins and ends. `None` as long as there is no simulation to call.
pub fn best_split(_workspace: &Workspace) -> Option<Vec<f64>> {
    None
}
