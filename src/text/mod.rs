//! What the app says: numbers, amounts and sentences, built from the model's results.
//!
//! Pure like `model`, and above it only. Screens, charts, files and the headless command all take their words from
//! here, so that one result is never described in two ways.

pub mod account_cell;
pub mod account_draft;
pub mod arithmetic;
pub mod bulk_edit;
pub mod certainty;
pub mod choice;
pub mod claim;
pub mod clash;
pub mod comparison;
pub mod decision;
pub mod gaming;
pub mod hours;
pub mod input;
pub mod judgement;
pub mod life;
pub mod luck;
pub mod my_pay;
pub mod not_modelled;
pub mod number;
pub mod other_judgement;
pub mod own_book;
pub mod plan;
pub mod plan_checks;
pub mod plan_rules;
pub mod risk;
pub mod rules;
pub mod same_pay;
pub mod sensitivity;
pub mod verdict;
pub mod waterfall;
