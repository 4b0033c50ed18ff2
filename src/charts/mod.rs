//! What a chart says, and how it is drawn.
//!
//! A result of the model becomes a [`spec::ChartSpec`]: titles, curves, marks, labelled lines, one sentence and a
//! table, all as data. [`draw::draw`] puts a spec on any plotters backend, laid out for the size it is given.
//! The table and the sentence say the same as the picture, for those who cannot see it.
//!
//! Uses `model`, `text` and plotters only: no browser, no components. Nothing here computes a result, and nothing
//! here fails on odd input: what is not finite is left out, what does not vary gets an axis all the same.
//!
//! Invariants: one y axis a panel; the seller is warm, the company cool, today grey, and each is labelled directly;
//! no text leaves the canvas or runs into other text.
//!
//! Start at [`spec`]; [`payoff`] builds the charts of the Payoff page.

pub mod axis;
pub mod draw;
pub mod palette;
pub mod payoff;
pub mod payout;
pub mod spec;
