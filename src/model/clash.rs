//! The things that can be changed by themselves, and so be changed differently on two sides.

use super::account::AccountId;
use super::bounds::Input;

/// One thing that can be stated by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The month from which everything runs.
    StartMonth,
    /// A number, with its range.
    Number(Input),
    /// The renewal commission of all contract years.
    RenewalCommissions,
    /// Base pay.
    Base,
    /// The rules beside the rates.
    Rules,
    /// A choice that is no number: how attention is divided, the form of the renewal curve, the quota's period, win-back,
    /// what is left after the horizon.
    Choice(Choice),
    /// A plan put by, by its name.
    SavedPlan(String),
    /// A part of an account.
    Account(AccountId, AccountPart),
    /// Whether numbers that were changed apart contradict one another, so that those of one side were left out.
    Contradiction,
}

/// A choice that is no number of the table of bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// How attention is divided.
    Attention,
    /// How renewals answer to attention.
    RenewalForm,
    /// The period of the quota.
    QuotaPeriod,
    /// Whether former customers are pursued, and with which odds.
    WinBack,
    /// Whether the book's worth after the horizon counts.
    Residual,
}

/// A part of an account that can be changed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountPart {
    /// Whether it is in the book at all.
    Presence,
    /// Its name.
    Name,
    /// Its seller.
    Seller,
    /// Its annual value.
    AnnualValue,
    /// Its gross margin.
    Margin,
    /// Its cost to serve.
    CostToServe,
    /// Its contract term.
    Term,
    /// Where it stands.
    Standing,
    /// How it came.
    Origin,
    /// What multiplies its odds of loss.
    LossOdds,
    /// Its own renewal judgement.
    Judgement,
    /// Its tags.
    Tags,
    /// Its notes.
    Notes,
}

/// The same thing was changed on both sides, to something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Which thing.
    pub place: Place,
}
