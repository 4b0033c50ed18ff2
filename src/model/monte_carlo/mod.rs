//! Luck: the projection with chances in place of expectations, for the spread of pay and for plans with tiers.
//!
//! A [`Simulation`] runs a [`Team`]'s books under a plan many times; [`Simulation::spread`] says how pay, revenue and the
//! company's value scatter, a [`Duel`] how often one plan beats another, a [`BestSplitSearch`] which split of the time is
//! best, with an interval. Where tiers, cliffs or caps make expected pay differ from pay at expected volume, the mean of the
//! runs is the honest answer ([`Measure::misleads_at_expected_volume`]).
//!
//! What is random. Each contract that falls due renews with the chance that the projection has at that month, and wins of each
//! month and kind (cold leads, referrals, former customers) are Poisson counts with the mean that the projection has. Hours
//! for each account and lead are held at the projection's expected path, so that every chance is fixed beforehand and all
//! accounts are independent. Two consequences. Under flat rates every amount's mean is exactly the projection's
//! ([`Measure::z`] checks it) and its deviation has a closed form ([`Simulation::exact_deviation`]).
//!
//! And luck does not feed back. In truth a run that loses accounts early leaves more hours for the others, which lean against
//! luck, and hears of fewer referrals, which lean with it. Both are in proportion to how far the accounts alive stray from
//! those expected, about one over the square root of their number: small for a large book, while for a handful of accounts the
//! spread is a rough one. As renewals bend downwards in hours, the mean that a run with feedback has is not quite the
//! projection's either, by an amount of the second order.
//!
//! How it is quick. An account needs one draw a run, not one a month: it says how many renewals the account survives
//! (`survival.rs`), and what that pays and brings in is a row of sums made beforehand (`reward.rs`). Wins need two draws each
//! (`new_accounts.rs`). Only tiers need months, and of those only what was won in each.
//!
//! Common random numbers. A draw is a function of seed, account and run alone (`random.rs`), and a draw that is lower means a
//! longer stay under any plan and share. So runs are the same bits however they are sliced, natively and in WebAssembly, and
//! two plans differ run by run in what they do, not in luck.
//!
//! Not here: what sellers do about a bad year, risk aversion, and luck in the judgements themselves.
//!
//! # Example
//! ```
//! use holdfast::model::month::Month;
//! use holdfast::model::monte_carlo::{Simulation, Team};
//! use holdfast::model::payoff::Question;
//! use holdfast::model::sample::sample_workspace;
//!
//! let workspace = sample_workspace(Month::parse("2026-11").ok_or("no month")?);
//! let team = Team::new(&workspace, &Question::default())?;
//! let mut simulation = Simulation::new(&team, &workspace.plan, &[0.33], 1);
//! simulation.advance(1_000);
//! let pay = simulation.spread().first_year_pay;
//! // A run in twenty pays less than the first, one in twenty more than the last.
//! assert!(pay.quantiles[0] < pay.mean && pay.mean < pay.quantiles[6]);
//! // The mean is that of the projection, but for the luck of so many runs.
//! assert!(pay.z().is_some_and(|z| z.abs() < 4.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod best_split;
mod chances;
mod duel;
mod exact;
mod new_accounts;
mod poisson;
pub(super) mod random;
mod realised;
mod reward;
mod ruled;
mod simulation;
mod spread;
mod survival;
mod team;
mod tiers;

pub use best_split::{BestSplit, BestSplitSearch, Side};
pub use duel::{Chance, Duel};
pub use ruled::RuledSimulation;
pub use simulation::{Outcome, Simulation};
pub use spread::{Measure, QUANTILES, Spread};
pub use team::{SellerAccounts, Team};
pub use tiers::NewBusinessTiers;
