//! What the figures are called that pages account for.

use crate::text::claim::Claim;

/// What a claim is called.
pub const fn title(claim: Claim) -> &'static str {
    match claim {
        Claim::SellerShare => "What earns sellers most",
        Claim::CompanyShare => "What the company would want",
        Claim::Gap => "What the gap costs",
        Claim::GapPerYear => "What the gap costs a year",
        Claim::Agreement => "Where both agree",
        Claim::FirstHour => "Where the first hour on customers pays",
        Claim::CompanyValue => "The company’s value",
        Claim::SellerValue => "What the plan is worth to sellers",
        Claim::FirstYearPay => "Pay in the next twelve months",
        Claim::FreeRenewalPay => "Renewal pay for renewals that need nobody",
        Claim::WonRenewalPay => "Renewal pay won by attention",
        Claim::AccountsAfter => "Accounts at the end",
        Claim::SellerWithCustomers => "The seller’s next hour with customers",
        Claim::SellerProspecting => "The seller’s next hour of prospecting",
        Claim::CompanyWithCustomers => "The company’s side of the next hour with customers",
        Claim::CompanyProspecting => "The company’s side of the next hour of prospecting",
        Claim::Target => "What brings customers the share asked for",
        Claim::TodayPay => "Pay in the next twelve months, working as today",
        Claim::Lead => "What sellers give customers more than the company would want",
        Claim::SellerDaily => "45 minutes a day, to the sellers",
        Claim::CompanyDaily => "45 minutes a day, to the company",
        Claim::TodayValue => "What the plan is worth to sellers, working as today",
        Claim::TodayLoss => "What working as today costs the company",
        Claim::FreePart => "How much renewal pay is for renewals that need nobody",
        Claim::SellerTimes => "An hour with customers against one of prospecting, to the seller",
        Claim::CompanyTimes => "An hour with customers against one of prospecting, to the company",
        Claim::GapClosed => "How much of the gap is closed",
        Claim::SolvedNew => "The commission on new business that was found",
        Claim::SolvedRenewal => "The renewal commission that was found",
        Claim::TodayHours => "Hours with customers today",
        Claim::AccountHours => "Hours for each account today",
        Claim::WonAPeriod => "What a seller wins",
        Claim::QuotaFilled => "What renewals would fill of the quota",
        Claim::QuotaStep => "What reaching the quota would pay at once",
        Claim::ReferredSale => "The commission on a referred sale",
        Claim::MeanMargin => "The company’s mean margin",
    }
}
