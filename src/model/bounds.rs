//! One table of every number that a user may set: its name, unit, range, step, default, source and wording.
//!
//! Validation, messages, sliders and test generators all read this table, so that they cannot disagree.

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
    /// Where the default comes from.
    pub source: &'static str,
    /// How far the source can be trusted.
    pub grade: Grade,
    /// The question in plain words.
    pub question: &'static str,
}

impl Input {
    /// Every input, in the order of the screen.
    pub const ALL: [Input; 19] = [
        Input::RenewalCommission,
        Input::NewBusinessCommission,
        Input::ShareToday,
        Input::HoursPerYear,
        Input::RenewUnattended,
        Input::RenewToday,
        Input::RenewSaturated,
        Input::Stay,
        Input::ReferralCommission,
        Input::OddsNew,
        Input::OddsReferred,
        Input::HoursPerPursuit,
        Input::Leads,
        Input::Referrals,
        Input::CarryOver,
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
        }
    }

    /// The input of that [`Input::key`].
    pub fn from_key(key: &str) -> Option<Input> {
        Input::ALL.into_iter().find(|input| input.key() == key)
    }

    /// The input's row.
    pub const fn bounds(self) -> Bounds {
        match self {
            Input::RenewalCommission => Bounds {
                label: "Renewal commission",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 0.20),
                step: 0.001,
                default: 0.02,
                source: "Median of software companies, Pacific Crest survey 2016",
                grade: Grade::NamedSurvey,
                question: "What does the seller get of a renewed year, from the second contract year on?",
            },
            Input::NewBusinessCommission => Bounds {
                label: "New business",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 0.20),
                step: 0.001,
                default: 0.10,
                source: "Median of software companies is 8 to 9 %, Pacific Crest survey 2016",
                grade: Grade::NamedSurvey,
                question: "What does the seller get of a new customer's first year?",
            },
            Input::ReferralCommission => Bounds {
                label: "Extra for a referred account",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 0.20),
                step: 0.001,
                default: 0.02,
                source: "A usual extra; set your own",
                grade: Grade::Convention,
                question: "What is paid on top of new business when a customer referred the new one?",
            },
            Input::ShareToday => Bounds {
                label: "Time on customers today",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 1.0),
                step: 0.01,
                default: 16.0 / 63.0,
                source: "Four hours a year for each of 40 accounts",
                grade: Grade::Judgement,
                question: "Of the selling time, what share goes to existing customers today?",
            },
            Input::HoursPerYear => Bounds {
                label: "Selling hours a year",
                suffix: "h",
                unit: Unit::Hours,
                min: 0.0,
                max: 4000.0,
                slider: (0.0, 2000.0),
                step: 10.0,
                default: 630.0,
                source: "35 % of 1,800 hours; sellers met or phoned customers in 41 % of the week (CSO Insights 2011)",
                grade: Grade::NamedSurvey,
                question: "How many hours a year does one seller really sell, to customers and prospects together?",
            },
            Input::RenewUnattended => Bounds {
                label: "Renew if nobody calls",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 1.0),
                step: 0.01,
                default: 0.60,
                source: "Ask whoever knows the accounts",
                grade: Grade::Judgement,
                question: "Of 100 accounts like these, how many renew if nobody calls all year?",
            },
            Input::RenewToday => Bounds {
                label: "Renew as now",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 1.0),
                step: 0.01,
                default: 0.85,
                source: "Ask whoever knows the accounts",
                grade: Grade::Judgement,
                question: "Of 100 accounts like these, how many renew with the attention they get now?",
            },
            Input::RenewSaturated => Bounds {
                label: "Renew with all they could use",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 1.0),
                step: 0.01,
                default: 0.95,
                source: "Ask whoever knows the accounts",
                grade: Grade::Judgement,
                question: "Of 100 accounts like these, how many renew with all the attention they could use?",
            },
            Input::Stay => Bounds {
                label: "Seller stays a year",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 1.0),
                step: 0.01,
                default: 0.75,
                source: "Sales turnover of up to 27 % a year is reported in Harvard Business Review 2017",
                grade: Grade::Practitioner,
                question: "How likely is it that the seller still owns the account a year from now?",
            },
            Input::OddsNew => Bounds {
                label: "Odds with a new prospect",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 0.5),
                step: 0.005,
                default: 1.0 / 14.0,
                source: "1 in 14, quoted as Drucker's; no primary source found. A rival figure is 5 to 20 %",
                grade: Grade::Folklore,
                question: "Of 100 prospects pursued, how many buy?",
            },
            Input::OddsReferred => Bounds {
                label: "Odds with a referred prospect",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 0.5),
                step: 0.005,
                default: 0.175,
                source: "2.45 times the average, Implisit 2014, nearly 500 firms",
                grade: Grade::NamedSurvey,
                question: "Of 100 prospects whom a customer sent, how many buy?",
            },
            Input::HoursPerPursuit => Bounds {
                label: "Hours for one pursuit",
                suffix: "h",
                unit: Unit::Hours,
                min: 0.05,
                max: 400.0,
                slider: (0.25, 40.0),
                step: 0.25,
                default: 4.0,
                source: "Count your own: it varies more than any other number here",
                grade: Grade::Judgement,
                question: "How many hours does a seller spend on one prospect, won or lost?",
            },
            Input::Leads => Bounds {
                label: "Prospects within reach a year",
                suffix: "",
                unit: Unit::Count,
                min: 0.0,
                max: 100_000.0,
                slider: (0.0, 1000.0),
                step: 10.0,
                default: 120.0,
                source: "Count your own",
                grade: Grade::Judgement,
                question: "How many new prospects can one seller find in a year?",
            },
            Input::Referrals => Bounds {
                label: "Referrals per customer a year",
                suffix: "",
                unit: Unit::Count,
                min: 0.0,
                max: 5.0,
                slider: (0.0, 2.0),
                step: 0.05,
                default: 0.3,
                source: "Count your own",
                grade: Grade::Judgement,
                question: "How many prospects does one customer send in a year?",
            },
            Input::CarryOver => Bounds {
                label: "Attention carried into the next month",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 0.99,
                slider: (0.0, 0.99),
                step: 0.01,
                default: 0.80,
                source: "Advertising carries over for 6 to 9 months, Leone 1995",
                grade: Grade::Study,
                question: "How much of the goodwill of this month's attention is still there next month?",
            },
            Input::DiscountCompany => Bounds {
                label: "Company's discount rate",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 0.30),
                step: 0.005,
                default: 0.10,
                source: "A usual cost of capital",
                grade: Grade::Convention,
                question: "By how much is money a year from now worth less to the company?",
            },
            Input::DiscountSeller => Bounds {
                label: "Seller's discount rate",
                suffix: "%",
                unit: Unit::Percent,
                min: 0.0,
                max: 1.0,
                slider: (0.0, 0.30),
                step: 0.005,
                default: 0.10,
                source: "Set equal to the company's, so that only the chance of leaving divides them",
                grade: Grade::Convention,
                question: "By how much is pay a year from now worth less to the seller?",
            },
            Input::ProspectingCost => Bounds {
                label: "Cost of an hour of prospecting",
                suffix: "an hour",
                unit: Unit::Money,
                min: 0.0,
                max: 10_000.0,
                slider: (0.0, 200.0),
                step: 1.0,
                default: 0.0,
                source: "Travel, lists and tools beyond the seller's pay",
                grade: Grade::Convention,
                question: "What does an hour of prospecting cost the company, beyond pay?",
            },
            Input::Horizon => Bounds {
                label: "Months looked ahead",
                suffix: "months",
                unit: Unit::Months,
                min: 12.0,
                max: 120.0,
                slider: (12.0, 120.0),
                step: 12.0,
                default: 60.0,
                source: "Five years, then what the book is worth",
                grade: Grade::Convention,
                question: "How many months are followed before the rest is summed in one figure?",
            },
        }
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
            assert!(row.step > 0.0 && !row.label.is_empty() && row.question.ends_with('?'), "{input:?}");
            assert_eq!(Input::from_key(input.key()), Some(input));
        }
    }
}
