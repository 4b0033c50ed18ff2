//! The economics: what a seller and a company each gain from the next hour.
//!
//! Pure: numbers in, numbers out. Nothing here knows the web, a file format, a clock or a disk, and every
//! function gives the same bits natively and in WebAssembly (exponentials and logarithms come from `libm`).
//!
//! Start with [`workspace::Workspace`] (what the user states), then [`projection`] (one seller, month by month),
//! then [`payoff`] (everything that the screen says about it), and [`monte_carlo`] for luck. Beside them stand what has a
//! closed form ([`term_engine`], [`lifetime`], [`customer_equity`], [`allocation`], [`bent_allocation`], [`adbudg`]), cohorts of
//! customers who differ ([`survival_mix`]), and what a user's own records say: how long things last
//! ([`survival_estimate`]), how long new accounts are courted ([`honeymoon`]), the odds of a sale ([`own_odds`]).
//!
//! Invariants: every quantity is finite and inside its [`bounds`]; what cannot be computed is a
//! [`problem::Problem`] with a sentence that says what to do, never a NaN.
//!
//! Deliberately absent: currencies (all money is in one), sellers' changes of employer (only the chance of it),
//! and any estimate of how attention causes renewal: that link is the user's judgement.

pub mod account;
pub mod account_worth;
pub mod adbudg;
pub mod allocation;
pub mod assumptions;
mod attention;
pub mod bent_allocation;
pub mod best_plan;
pub mod book;
pub mod book_events;
pub mod bounds;
pub mod bulk_edit;
pub mod certainty;
pub mod change;
pub mod clash;
pub mod contract;
pub mod crossing;
pub mod customer_equity;
pub mod daily_price;
pub mod decision;
pub mod due_calendar;
pub mod edited;
pub mod expected_year;
pub mod flat_plan;
pub mod floor_map;
pub mod floor_swap;
pub mod gaming;
pub mod honeymoon;
pub mod interpolation;
pub mod lanes;
pub mod life;
pub mod lifetime;
pub mod listing;
pub mod merge;
pub mod mini_charts;
pub mod monte_carlo;
pub mod month;
pub mod optimum;
pub mod own_odds;
pub mod path;
pub mod pay;
pub mod payoff;
pub mod period_pay;
pub mod plan;
pub mod plan_curves;
pub mod plan_response;
pub mod problem;
pub mod projection;
pub mod published_cases;
pub mod quantity;
pub mod ranges;
pub mod rate_solver;
pub mod response;
pub mod response_share;
pub mod risk;
pub mod ruled_agreement;
pub mod ruled_bars;
pub mod ruled_curve;
pub mod ruled_outcome;
pub mod ruled_plan;
pub mod ruled_same_pay;
pub mod ruled_sums;
pub mod rules;
pub mod same_money;
pub mod sample;
pub mod saved_plans;
pub mod seller;
pub mod sensitivity;
pub mod shared_plan;
pub mod split_sums;
pub mod survival_estimate;
pub mod survival_mix;
pub mod team_projections;
pub mod templates;
pub mod term_engine;
pub mod touch;
pub mod training;
pub mod two_way_map;
pub mod typical_deals;
pub mod valuation;
pub mod waterfall;
pub mod what_if;
pub mod workspace;
