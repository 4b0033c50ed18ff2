//! What the user assumes about time, customers, prospects and money.

use super::bounds::Input;

/// Every assumption of the projection, each within its [`super::bounds`].
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    /// H: selling hours of one seller, hours a year.
    pub hours_per_year: f64,
    /// u0: today's share of selling time on customers.
    pub share_today: f64,
    /// r0: chance of renewal in a year without attention.
    pub renew_unattended: f64,
    /// r1: chance of renewal in a year at today's attention.
    pub renew_today: f64,
    /// rc: chance of renewal in a year with all the attention it could use.
    pub renew_saturated: f64,
    /// stay: chance that the seller still owns the account next year.
    pub stay: f64,
    /// p_new: odds of a sale per pursuit of a cold lead.
    pub odds_new: f64,
    /// p_ref: odds per pursuit of a referred lead.
    pub odds_referred: f64,
    /// p_lapsed: odds per pursuit of a former customer.
    pub odds_lapsed: f64,
    /// Whether former customers are pursued.
    pub win_back: bool,
    /// omega: part of the lapsed pool that is beyond reach after each month.
    pub lapsed_fade: f64,
    /// a: hours per pursuit.
    pub hours_per_pursuit: f64,
    /// M: cold leads a year.
    pub leads: f64,
    /// rho: referrals per customer a year.
    pub referrals: f64,
    /// delta: part of attention carried into the next month.
    pub carry_over: f64,
    /// d_c, a year.
    pub discount_company: f64,
    /// d_r, a year.
    pub discount_seller: f64,
    /// Cost of an hour of prospecting beyond pay, money an hour.
    pub prospecting_cost: f64,
    /// Months simulated, 12 to 120.
    pub horizon: u32,
    /// Whether the book's worth after the horizon counts.
    pub residual: bool,
}

impl Default for Assumptions {
    fn default() -> Assumptions {
        let default = |input: Input| input.bounds().default;
        Assumptions {
            hours_per_year: default(Input::HoursPerYear),
            share_today: default(Input::ShareToday),
            renew_unattended: default(Input::RenewUnattended),
            renew_today: default(Input::RenewToday),
            renew_saturated: default(Input::RenewSaturated),
            stay: default(Input::Stay),
            odds_new: default(Input::OddsNew),
            odds_referred: default(Input::OddsReferred),
            odds_lapsed: 0.25,
            win_back: false,
            lapsed_fade: 0.02,
            hours_per_pursuit: default(Input::HoursPerPursuit),
            leads: default(Input::Leads),
            referrals: default(Input::Referrals),
            carry_over: default(Input::CarryOver),
            discount_company: default(Input::DiscountCompany),
            discount_seller: default(Input::DiscountSeller),
            prospecting_cost: default(Input::ProspectingCost),
            horizon: default(Input::Horizon) as u32,
            residual: true,
        }
    }
}

impl Assumptions {
    /// beta_c, the company's discount factor for a year: `1 / (1 + d_c)`.
    pub fn company_factor(&self) -> f64 {
        1.0 / (1.0 + self.discount_company)
    }

    /// beta_r, the seller's: `stay / (1 + d_r)`, since pay after leaving is no pay.
    pub fn seller_factor(&self) -> f64 {
        self.stay / (1.0 + self.discount_seller)
    }
}
