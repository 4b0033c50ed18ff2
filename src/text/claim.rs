//! The figures that pages can account for.

use crate::model::bounds::Input;
use crate::model::plan::Plan;

/// A plan that a page tells figures of.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldPlan {
    /// What it is called.
    pub name: String,
    /// The plan.
    pub plan: Plan,
    /// Whether its rules count, and those of the plan in use that it is set beside.
    pub with_rules: bool,
}

impl ToldPlan {
    /// A plan that is told of by its rates alone, beside the rates of the plan in use.
    pub fn of_rates(name: &str, plan: Plan) -> ToldPlan {
        ToldPlan { name: name.to_owned(), plan: Plan { rules: Vec::new(), ..plan }, with_rules: false }
    }
}

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
    /// By how many points of their time sellers give customers more than the company would want.
    Lead,
    /// What 45 minutes a day with customers are worth to the sellers.
    SellerDaily,
    /// What they are worth to the company.
    CompanyDaily,
    /// The sellers' pay while they stay, working as today.
    TodayValue,
    /// What working as today costs the company against its best split.
    TodayLoss,
    /// The part of renewal commission that is paid for renewals that need nobody.
    FreePart,
    /// How many times what an hour of prospecting pays the seller an hour with customers pays.
    SellerTimes,
    /// The same for the company.
    CompanyTimes,
    /// What part of the gap another plan closes.
    GapClosed,
    /// The commission on new business that was searched for.
    SolvedNew,
    /// The renewal commission that was searched for.
    SolvedRenewal,
    /// Hours a year that all customers of a seller get today.
    TodayHours,
    /// Those for each account.
    AccountHours,
    /// What a seller wins in a period of the quota.
    WonAPeriod,
    /// What part of the quotas would be filled by renewals that need nobody.
    QuotaFilled,
    /// How much more would be paid at once were the accelerated rate on everything.
    QuotaStep,
    /// The commission on a referred sale.
    ReferredSale,
    /// The company's mean margin.
    MeanMargin,
}

impl Claim {
    /// All of them.
    pub const ALL: [Claim; 36] = [
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
        Claim::Lead,
        Claim::SellerDaily,
        Claim::CompanyDaily,
        Claim::TodayValue,
        Claim::TodayLoss,
        Claim::FreePart,
        Claim::SellerTimes,
        Claim::CompanyTimes,
        Claim::GapClosed,
        Claim::SolvedNew,
        Claim::SolvedRenewal,
        Claim::TodayHours,
        Claim::AccountHours,
        Claim::WonAPeriod,
        Claim::QuotaFilled,
        Claim::QuotaStep,
        Claim::ReferredSale,
        Claim::MeanMargin,
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

/// What a figure is told of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Of {
    /// The plan in use, and all sellers that the page tells of.
    #[default]
    InUse,
    /// The plan at this place among those that the page tells of.
    Plan(usize),
    /// What the plan at this place changes against the one in use.
    Change(usize),
    /// The seller at this place, by name.
    Seller(usize),
    /// One or two other numbers than those stated.
    Moved((Input, f64), Option<(Input, f64)>),
    /// One other number than the one stated, and what the plan does then with its rules.
    MovedRuled((Input, f64)),
    /// The plan in use with its rules.
    Ruled,
}

impl Of {
    /// Itself as a word on the page; empty for the plan in use.
    pub fn word(self) -> String {
        // The bits of a number are all its digits.
        let moved = |(input, to): (Input, f64)| format!(" {} {}", input.key(), to.to_bits());
        match self {
            Of::InUse => String::new(),
            Of::Plan(place) => format!("plan {place}"),
            Of::Change(place) => format!("change {place}"),
            Of::Seller(place) => format!("seller {place}"),
            Of::Moved(first, second) => format!("moved{}{}", moved(first), second.map(moved).unwrap_or_default()),
            Of::MovedRuled(first) => format!("ruled{}", moved(first)),
            Of::Ruled => "ruled".to_owned(),
        }
    }

    /// What the word says; `None` if it is none.
    pub fn read(word: &str) -> Option<Of> {
        let mut words = word.split_whitespace();
        let Some(kind) = words.next() else { return Some(Of::InUse) };
        if let "moved" | "ruled" = kind {
            let mut words = words.peekable();
            if kind == "ruled" && words.peek().is_none() {
                return Some(Of::Ruled);
            }
            let mut moved = || Some((Input::from_key(words.next()?)?, f64::from_bits(words.next()?.parse().ok()?)));
            let first = moved()?;
            return Some(if kind == "ruled" { Of::MovedRuled(first) } else { Of::Moved(first, moved()) });
        }
        let place = words.next()?.parse().ok()?;
        match kind {
            "plan" => Some(Of::Plan(place)),
            "change" => Some(Of::Change(place)),
            "seller" => Some(Of::Seller(place)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_figure_is_of_is_read_back() {
        let (one, other) = ((Input::Stay, 0.1 + 0.2), (Input::RenewalCommission, 5e-324));
        let of_plans = [Of::InUse, Of::Plan(0), Of::Change(7), Of::Seller(29), Of::Ruled];
        let moved = [Of::Moved(one, None), Of::Moved(other, Some(one)), Of::MovedRuled(one)];
        for of in of_plans.into_iter().chain(moved) {
            assert_eq!(Of::read(&of.word()), Some(of));
        }
        for word in ["plan", "plan x", "planet 1", "moved", "moved stay", "moved stay x", "ruled stay", "ruled x 1"] {
            assert_eq!(Of::read(word), None, "{word}");
        }
    }

    #[test]
    fn numbers_are_read_back() {
        for claim in Claim::ALL {
            assert_eq!(Claim::from_number(claim.number()), Some(claim));
        }
        assert_eq!(Claim::from_number(36), None);
    }
}
