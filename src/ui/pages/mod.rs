//! One file a page. Pages take the state and dispatch actions.

pub mod account;
pub mod accounts;
pub mod compare;
pub mod method;
pub mod my_pay;
pub mod payoff;
pub mod plan;
