//! The inputs as a payload names them.

use crate::model::bounds::Input;

/// The codes of the inputs; those from `UpsellCommission` on came with version 2, those from `RenewHalf` on with version 3.
pub(super) const fn code(input: Input) -> &'static str {
    match input {
        Input::RenewalCommission => "cr",
        Input::NewBusinessCommission => "cn",
        Input::ReferralCommission => "cf",
        Input::ShareToday => "u0",
        Input::HoursPerYear => "h",
        Input::RenewUnattended => "r0",
        Input::RenewToday => "r1",
        Input::RenewSaturated => "rc",
        Input::Stay => "st",
        Input::OddsNew => "pn",
        Input::OddsReferred => "pf",
        Input::HoursPerPursuit => "a",
        Input::Leads => "m",
        Input::Referrals => "rho",
        Input::CarryOver => "d",
        Input::DiscountCompany => "dc",
        Input::DiscountSeller => "dr",
        Input::ProspectingCost => "pc",
        Input::Horizon => "t",
        // The steps of the schedule tell these.
        Input::RenewalYear1 | Input::RenewalYear3 | Input::RenewalYear4 | Input::RenewalYear5 => "",
        Input::UpsellCommission => "cu",
        Input::Quota => "q",
        Input::Accelerator => "qa",
        Input::UpsellGrowth => "gu",
        Input::CompetitorPull => "cp",
        Input::NewAccountFit => "nf",
        Input::ReferenceLift => "rl",
        Input::ReferencesForHalf => "rh",
        Input::HoneymoonMonths => "hm",
        Input::HoneymoonFade => "hf",
        Input::HoneymoonRatio => "hr",
        Input::RenewHalf => "rm",
        Input::ReferredOdds => "lr",
        Input::WonBackOdds => "lw",
    }
}

/// The version of the payload that first knew the input of that code.
pub(super) fn version_of(name: &str) -> u32 {
    const SECOND: [&str; 11] = ["cu", "q", "qa", "gu", "cp", "nf", "rl", "rh", "hm", "hf", "hr"];
    const THIRD: [&str; 3] = ["rm", "lr", "lw"];
    1 + u32::from(SECOND.contains(&name)) + 2 * u32::from(THIRD.contains(&name))
}
