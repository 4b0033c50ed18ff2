//! What the user assumes about time, customers, prospects and money.

use super::bounds::Input;
use super::problem::Problem;
use super::response::RenewalCurve;

/// How a seller's hours with customers are divided among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AttentionPolicy {
    /// Every account alike.
    #[default]
    Even,
    /// In proportion to annual value.
    ByValue,
    /// New accounts most: so much for the first months, then less and less.
    Honeymoon,
    /// Where an hour keeps the most annual value (water-filling).
    Best,
}

impl AttentionPolicy {
    /// Every policy, in the order of the screen.
    pub const ALL: [AttentionPolicy; 4] =
        [AttentionPolicy::Even, AttentionPolicy::ByValue, AttentionPolicy::Honeymoon, AttentionPolicy::Best];
}

/// How renewals answer to attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RenewalForm {
    /// Most to the first hour, less to each further one: three judgements.
    #[default]
    Exponential,
    /// Little until there is enough of it, then much, then less again: ADBUDG through four judgements.
    SCurve,
}

impl RenewalForm {
    /// Both forms, in the order of the screen.
    pub const ALL: [RenewalForm; 2] = [RenewalForm::Exponential, RenewalForm::SCurve];
}

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
    /// rh: chance of renewal in a year with half of today's attention, `r0 < rh < r1`; used under [`RenewalForm::SCurve`]
    /// only.
    pub renew_half: f64,
    /// How renewals answer to attention.
    pub renewal_form: RenewalForm,
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
    /// g_u: by how much an account grows at a renewal if it gets all the attention it could use.
    pub upsell_growth: f64,
    /// Multiplies everybody's odds of loss while a competitor is active; 1 without one.
    pub competitor_pull: f64,
    /// Multiplies the odds of loss of accounts that a customer referred; 1 where they are like others.
    pub referred_odds: f64,
    /// Multiplies the odds of loss of accounts that were lost and won again; 1 where they are like others.
    pub won_back_odds: f64,
    /// How much of today's lift a new account shows: its chance of renewal as now is `r0 + fit (r1 - r0)`.
    pub new_account_fit: f64,
    /// theta: by how much very many well-attended accounts would raise the odds with cold leads.
    pub reference_lift: f64,
    /// R50: well-attended accounts that bring half of that.
    pub references_for_half: f64,
    /// How attention is divided.
    pub attention: AttentionPolicy,
    /// T: months of full attention after the sale, under [`AttentionPolicy::Honeymoon`].
    pub honeymoon_months: f64,
    /// s: months in which the rest of it falls to a third.
    pub honeymoon_fade: f64,
    /// h0 / h_inf: attention of a new account against that of an old one.
    pub honeymoon_ratio: f64,
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
            renew_half: default(Input::RenewHalf),
            renewal_form: RenewalForm::Exponential,
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
            upsell_growth: default(Input::UpsellGrowth),
            competitor_pull: default(Input::CompetitorPull),
            referred_odds: default(Input::ReferredOdds),
            won_back_odds: default(Input::WonBackOdds),
            new_account_fit: default(Input::NewAccountFit),
            reference_lift: default(Input::ReferenceLift),
            references_for_half: default(Input::ReferencesForHalf),
            attention: AttentionPolicy::Even,
            honeymoon_months: default(Input::HoneymoonMonths),
            honeymoon_fade: default(Input::HoneymoonFade),
            honeymoon_ratio: default(Input::HoneymoonRatio),
        }
    }
}

impl Assumptions {
    /// The general renewal curve, `hours_today` being today's attention per account in hours a year.
    ///
    /// # Errors
    /// A [`Problem`] if the judgements do not fit one another or today's attention: as [`RenewalCurve::through`], and for an
    /// S-curve unless `r0 < rh < r1`.
    pub fn general_curve(&self, hours_today: f64) -> Result<RenewalCurve, Problem> {
        self.curve_through(self.renew_unattended, self.renew_today, self.renew_saturated, hours_today)
    }

    /// The renewal curve of accounts with the chances `unattended`, `today` and `saturated`, in the form assumed for all.
    ///
    /// What half of today's attention does is judged once, for all accounts: on every S-curve it does the same part of what
    /// today's does, `(rh - r0)/(r1 - r0)` of the general judgement (half of it where that one says that attention changes
    /// nothing). Where hours go to where they save most the curve is its concave envelope: like accounts then are not all
    /// served alike but some well and the others not at all, and the chance is the mean of both. `r1 = r0` gives a curve
    /// that does not answer to attention, whatever rh.
    ///
    /// # Errors
    /// As [`Assumptions::general_curve`].
    pub fn curve_through(
        &self,
        unattended: f64,
        today: f64,
        saturated: f64,
        hours_today: f64,
    ) -> Result<RenewalCurve, Problem> {
        let curve = RenewalCurve::through(unattended, today, saturated, hours_today)?;
        if self.renewal_form == RenewalForm::Exponential {
            return Ok(curve);
        }
        let lift = self.renew_today - self.renew_unattended;
        let half_does = if lift > 0.0 { (self.renew_half - self.renew_unattended) / lift } else { 0.5 };
        curve.bent(half_does, hours_today, self.attention == AttentionPolicy::Best)
    }

    /// beta_c, the company's discount factor for a year: `1 / (1 + d_c)`.
    pub fn company_factor(&self) -> f64 {
        1.0 / (1.0 + self.discount_company)
    }

    /// beta_r, the seller's: `stay / (1 + d_r)`, since pay after leaving is no pay.
    pub fn seller_factor(&self) -> f64 {
        self.stay / (1.0 + self.discount_seller)
    }
}
