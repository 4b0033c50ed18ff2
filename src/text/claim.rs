//! The figures that pages can account for.

/// A figure on a page that opens its arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// The sellers' best share of time on customers.
    SellerShare,
    /// The company's best share.
    CompanyShare,
    /// What the gap costs.
    Gap,
    /// The same as an even sum a year.
    GapPerYear,
    /// The renewal commission at which both agree.
    Agreement,
    /// The renewal commission from which the first hour on customers pays.
    FirstHour,
    /// The company's value with the sellers at their best.
    CompanyValue,
    /// The sellers' pay while they stay, at their best.
    SellerValue,
    /// Pay of months 1 to 12 at the sellers' best.
    FirstYearPay,
    /// Renewal commission on renewals that need nobody.
    FreeRenewalPay,
    /// Renewal commission on renewals won by attention.
    WonRenewalPay,
    /// Accounts at the end of the horizon.
    AccountsAfter,
    /// What the next hour with customers pays a seller.
    SellerWithCustomers,
    /// What the next hour of prospecting pays a seller.
    SellerProspecting,
    /// What a seller's next hour with customers is worth to the company.
    CompanyWithCustomers,
    /// What a seller's next hour of prospecting is worth to the company.
    CompanyProspecting,
    /// The renewal commission at which customers get the share of time that was asked for.
    Target,
    /// Pay of months 1 to 12, working as today.
    TodayPay,
    /// What another plan changes of the company's value, each with the sellers at their best.
    CompanyChange,
    /// What it changes of the sellers' pay while they stay.
    SellerChange,
    /// What it changes of pay in months 1 to 12.
    PayChange,
}

impl Claim {
    /// All of them.
    pub const ALL: [Claim; 21] = [
        Claim::SellerShare,
        Claim::CompanyShare,
        Claim::Gap,
        Claim::GapPerYear,
        Claim::Agreement,
        Claim::FirstHour,
        Claim::CompanyValue,
        Claim::SellerValue,
        Claim::FirstYearPay,
        Claim::FreeRenewalPay,
        Claim::WonRenewalPay,
        Claim::AccountsAfter,
        Claim::SellerWithCustomers,
        Claim::SellerProspecting,
        Claim::CompanyWithCustomers,
        Claim::CompanyProspecting,
        Claim::Target,
        Claim::TodayPay,
        Claim::CompanyChange,
        Claim::SellerChange,
        Claim::PayChange,
    ];

    /// Its number on the page.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The claim with this number.
    pub fn from_number(number: u8) -> Option<Claim> {
        Claim::ALL.get(usize::from(number)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_back() {
        for claim in Claim::ALL {
            assert_eq!(Claim::from_number(claim.number()), Some(claim));
        }
        assert_eq!(Claim::from_number(21), None);
    }
}
