//! One table of every number that a user may set: its name, unit, range, step, default, source and wording.
//!
//! Validation, messages, sliders and test generators all read this table, so that they cannot disagree.

mod rows;
mod words;

/// A number that the user may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// c_ren from contract year 2.
    RenewalCommission,
    /// c_new.
    NewBusinessCommission,
    /// c_ref.
    ReferralCommission,
    /// u0.
    ShareToday,
    /// H.
    HoursPerYear,
    /// r0.
    RenewUnattended,
    /// r1.
    RenewToday,
    /// rc.
    RenewSaturated,
    /// rh.
    RenewHalf,
    /// stay.
    Stay,
    /// p_new.
    OddsNew,
    /// p_ref.
    OddsReferred,
    /// a.
    HoursPerPursuit,
    /// M.
    Leads,
    /// rho.
    Referrals,
    /// delta.
    CarryOver,
    /// d_c.
    DiscountCompany,
    /// d_r.
    DiscountSeller,
    /// Cost of an hour of prospecting beyond pay.
    ProspectingCost,
    /// Months simulated.
    Horizon,
    /// c_ren of contract year 1, paid under contracts shorter than a year.
    RenewalYear1,
    /// c_ren of contract year 3.
    RenewalYear3,
    /// c_ren of contract year 4.
    RenewalYear4,
    /// c_ren of contract years 5 and later.
    RenewalYear5,
    /// c_up.
    UpsellCommission,
    /// What is to be won in a quota period, in annual value.
    Quota,
    /// Multiplies c_new beyond the quota.
    Accelerator,
    /// g_u.
    UpsellGrowth,
    /// Multiplies everybody's odds of loss.
    CompetitorPull,
    /// Multiplies the odds of loss of referred accounts.
    ReferredOdds,
    /// Multiplies the odds of loss of accounts won back.
    WonBackOdds,
    /// How much of today's lift a new account shows.
    NewAccountFit,
    /// theta.
    ReferenceLift,
    /// R50.
    ReferencesForHalf,
    /// T of the honeymoon policy.
    HoneymoonMonths,
    /// s of the honeymoon policy.
    HoneymoonFade,
    /// h0 over h_inf of the honeymoon policy.
    HoneymoonRatio,
}

/// How a number is written and typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Stored as a part of one, shown and typed as a percentage.
    Percent,
    /// Hours.
    Hours,
    /// Money.
    Money,
    /// A plain count or factor.
    Count,
    /// Months.
    Months,
}

/// How much a default can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// A law or an order of an authority.
    Law,
    /// What companies had to file.
    Filing,
    /// A survey whose makers and sample are named.
    NamedSurvey,
    /// One published study.
    Study,
    /// What practitioners say on their own pages.
    Practitioner,
    /// Often quoted, never traced to a measurement.
    Folklore,
    /// A usual choice; nothing is claimed.
    Convention,
    /// Nobody knows it better than the user.
    Judgement,
}

impl Grade {
    /// The grade in words.
    pub const fn words(self) -> &'static str {
        match self {
            Grade::Law => "law",
            Grade::Filing => "filing",
            Grade::NamedSurvey => "named survey",
            Grade::Study => "published study",
            Grade::Practitioner => "practitioner page",
            Grade::Folklore => "folklore",
            Grade::Convention => "convention",
            Grade::Judgement => "your judgement",
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The short name, as a label.
    pub label: &'static str,
    /// The unit after the number, as shown.
    pub suffix: &'static str,
    /// How it is written.
    pub unit: Unit,
    /// The least value.
    pub min: f64,
    /// The greatest value.
    pub max: f64,
    /// The range of the slider, inside `min..=max`: most users live here.
    pub slider: (f64, f64),
    /// The slider's step.
    pub step: f64,
    /// The value of a new workspace.
    pub default: f64,
}

/// What is said about a number where there is room for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// Where the default comes from.
    pub source: &'static str,
    /// How far the source can be trusted.
    pub grade: Grade,
    /// The question in plain words.
    pub question: &'static str,
}

impl Input {
    /// Every input, in the order of the screen.
    pub const ALL: [Input; 37] = [
        Input::RenewalCommission,
        Input::NewBusinessCommission,
        Input::ShareToday,
        Input::HoursPerYear,
        Input::RenewUnattended,
        Input::RenewToday,
        Input::RenewSaturated,
        Input::RenewHalf,
        Input::RenewalYear1,
        Input::RenewalYear3,
        Input::RenewalYear4,
        Input::RenewalYear5,
        Input::UpsellCommission,
        Input::ReferralCommission,
        Input::Quota,
        Input::Accelerator,
        Input::Stay,
        Input::OddsNew,
        Input::OddsReferred,
        Input::HoursPerPursuit,
        Input::Leads,
        Input::Referrals,
        Input::ReferenceLift,
        Input::ReferencesForHalf,
        Input::NewAccountFit,
        Input::UpsellGrowth,
        Input::CompetitorPull,
        Input::ReferredOdds,
        Input::WonBackOdds,
        Input::CarryOver,
        Input::HoneymoonMonths,
        Input::HoneymoonFade,
        Input::HoneymoonRatio,
        Input::DiscountCompany,
        Input::DiscountSeller,
        Input::ProspectingCost,
        Input::Horizon,
    ];

    /// The input's name in files and links; never changes.
    pub const fn key(self) -> &'static str {
        match self {
            Input::RenewalCommission => "renewal_commission",
            Input::NewBusinessCommission => "new_business_commission",
            Input::ReferralCommission => "referral_commission",
            Input::ShareToday => "share_today",
            Input::HoursPerYear => "hours_per_year",
            Input::RenewUnattended => "renew_unattended",
            Input::RenewToday => "renew_today",
            Input::RenewSaturated => "renew_saturated",
            Input::RenewHalf => "renew_half",
            Input::Stay => "stay",
            Input::OddsNew => "odds_new",
            Input::OddsReferred => "odds_referred",
            Input::HoursPerPursuit => "hours_per_pursuit",
            Input::Leads => "leads",
            Input::Referrals => "referrals",
            Input::CarryOver => "carry_over",
            Input::DiscountCompany => "discount_company",
            Input::DiscountSeller => "discount_seller",
            Input::ProspectingCost => "prospecting_cost",
            Input::Horizon => "horizon",
            Input::RenewalYear1 => "renewal_commission_year_1",
            Input::RenewalYear3 => "renewal_commission_year_3",
            Input::RenewalYear4 => "renewal_commission_year_4",
            Input::RenewalYear5 => "renewal_commission_year_5",
            Input::UpsellCommission => "upsell_commission",
            Input::Quota => "quota",
            Input::Accelerator => "accelerator",
            Input::UpsellGrowth => "upsell_growth",
            Input::CompetitorPull => "competitor_pull",
            Input::ReferredOdds => "referred_odds",
            Input::WonBackOdds => "won_back_odds",
            Input::NewAccountFit => "new_account_fit",
            Input::ReferenceLift => "reference_lift",
            Input::ReferencesForHalf => "references_for_half",
            Input::HoneymoonMonths => "honeymoon_months",
            Input::HoneymoonFade => "honeymoon_fade",
            Input::HoneymoonRatio => "honeymoon_ratio",
        }
    }

    /// The input of that [`Input::key`].
    pub fn from_key(key: &str) -> Option<Input> {
        Input::ALL.into_iter().find(|input| input.key() == key)
    }

    /// Whether it is a number of the plan, which another plan replaces.
    pub const fn is_of_plan(self) -> bool {
        self.contract_year().is_some()
            || matches!(
                self,
                Input::RenewalCommission
                    | Input::NewBusinessCommission
                    | Input::UpsellCommission
                    | Input::ReferralCommission
                    | Input::Quota
                    | Input::Accelerator
            )
    }

    /// The contract year whose renewal commission it is, where that is not the common one.
    pub const fn contract_year(self) -> Option<u32> {
        match self {
            Input::RenewalYear1 => Some(1),
            Input::RenewalYear3 => Some(3),
            Input::RenewalYear4 => Some(4),
            Input::RenewalYear5 => Some(5),
            _ => None,
        }
    }

    /// The input's row.
    pub const fn bounds(self) -> Bounds {
        rows::row(self)
    }

    /// The input's source and question. Apart from the row, since few screens say so much.
    pub const fn wording(self) -> Wording {
        words::wording(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_consistent() {
        for input in Input::ALL {
            let row = input.bounds();
            assert!(row.min <= row.slider.0 && row.slider.0 < row.slider.1 && row.slider.1 <= row.max, "{input:?}");
            assert!((row.slider.0..=row.slider.1).contains(&row.default), "{input:?}");
            assert!(row.step > 0.0 && !row.label.is_empty() && input.wording().question.ends_with('?'), "{input:?}");
            assert_eq!(Input::from_key(input.key()), Some(input));
        }
    }
}
