//! Choices in words.

use crate::model::account::Origin;
use crate::model::assumptions::{AttentionPolicy, RenewalForm};
use crate::model::pay::PlanPeriod;

/// Who gets the time with customers.
pub const fn attention(policy: AttentionPolicy) -> &'static str {
    match policy {
        AttentionPolicy::Even => "all alike",
        AttentionPolicy::ByValue => "each by its value",
        AttentionPolicy::Honeymoon => "new ones first",
        AttentionPolicy::Best => "where it saves most",
    }
}

/// How renewals answer to attention.
pub const fn renewal_form(form: RenewalForm) -> &'static str {
    match form {
        RenewalForm::Exponential => "less and less",
        RenewalForm::SCurve => "in an S",
    }
}

/// What a quota is measured over.
pub const fn period(period: PlanPeriod) -> &'static str {
    match period {
        PlanPeriod::Month => "month",
        PlanPeriod::Quarter => "quarter",
        PlanPeriod::Year => "year",
    }
}

/// How an account came.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Prospecting => "prospecting",
        Origin::Referral => "a referral",
        Origin::WinBack => "won back",
    }
}

/// How an account came, as a word of a file.
pub const fn origin_in_files(origin: Origin) -> &'static str {
    match origin {
        Origin::Prospecting => "prospect",
        Origin::Referral => "referral",
        Origin::WinBack => "win-back",
    }
}
