//! The term engine: one step is one year, and everything has a closed form.
//!
//! A rule of thumb and an explanation, and an exact check of curves and solvers. Its figures differ from the
//! projection's, since it values a single step and knows no referrals: screens show the projection's.
//!
//! Decision calculus after Little (1970), Lodish's CALLPLAN (1971) and Blattberg & Deighton (1996).

use super::problem::Problem;
use super::response::{RenewalCurve, WinCurve, further_renewals};

/// N identical accounts, one seller, flat rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TermEngine {
    /// N: accounts.
    pub accounts: f64,
    /// V: annual value of each, money.
    pub annual_value: f64,
    /// mu: gross margin.
    pub margin: f64,
    /// H: hours a year.
    pub hours: f64,
    /// Renewal against hours per account: the exponential, for which [`TermEngine::best_hours`] has its closed form. With an
    /// S-curve the value may have two peaks, so only the projection, which searches the whole range, answers for one.
    pub renewal: RenewalCurve,
    /// Wins against hours of prospecting.
    pub wins: WinCurve,
    /// beta_c: the company's discount factor.
    pub company_factor: f64,
    /// beta_r: the seller's.
    pub seller_factor: f64,
    /// c_new.
    pub new_rate: f64,
    /// c_ren.
    pub renewal_rate: f64,
}

/// The worth of a win and of a kept account to somebody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stakes {
    /// Y: of a win, now.
    pub win: f64,
    /// X: of a kept account, when its next term begins.
    pub kept: f64,
    /// beta: discount of that wait.
    pub factor: f64,
}

impl TermEngine {
    /// phi_R and phi_C at today's renewal chance.
    ///
    /// # Errors
    /// [`Problem::InfiniteLifetime`] if either is infinite.
    pub fn further_renewals(&self) -> Result<(f64, f64), Problem> {
        let renewal = self.renewal.today;
        Ok((further_renewals(self.seller_factor, renewal)?, further_renewals(self.company_factor, renewal)?))
    }

    /// The seller's stakes: `Y = V (c_new + c_ren phi)`, `X = V c_ren (1 + phi)`.
    ///
    /// # Errors
    /// As [`TermEngine::further_renewals`]; so for all stakes.
    pub fn seller(&self) -> Result<Stakes, Problem> {
        let (phi, _) = self.further_renewals()?;
        Ok(Stakes {
            win: self.annual_value * (self.new_rate + self.renewal_rate * phi),
            kept: self.annual_value * self.renewal_rate * (1.0 + phi),
            factor: self.seller_factor,
        })
    }

    /// The company's stakes after pay: `Y = V ((mu - c_new) + (mu - c_ren) phi)`, `X = V (mu - c_ren) (1 + phi)`.
    ///
    /// # Errors
    /// As [`TermEngine::further_renewals`].
    pub fn company_net(&self) -> Result<Stakes, Problem> {
        let (_, phi) = self.further_renewals()?;
        let (margin, value) = (self.margin, self.annual_value);
        Ok(Stakes {
            win: value * ((margin - self.new_rate) + (margin - self.renewal_rate) * phi),
            kept: value * (margin - self.renewal_rate) * (1.0 + phi),
            factor: self.company_factor,
        })
    }

    /// The company's stakes before pay: `Y = X = V mu (1 + phi)`.
    ///
    /// # Errors
    /// As [`TermEngine::further_renewals`].
    pub fn company_gross(&self) -> Result<Stakes, Problem> {
        let (_, phi) = self.further_renewals()?;
        let worth = self.annual_value * self.margin * (1.0 + phi);
        Ok(Stakes { win: worth, kept: worth, factor: self.company_factor })
    }

    /// h*: hours a year per account that are best for whoever has these `stakes`:
    /// `(ln(Q (rc - r0) k / (w kappa)) + kappa H) / (k + kappa N)`, `Q = beta X / Y`, within `0..=H/N`.
    pub fn best_hours(&self, stakes: Stakes) -> f64 {
        let most = if self.accounts > 0.0 { self.hours / self.accounts } else { 0.0 };
        let kept = stakes.factor * stakes.kept;
        // Where one side pays nothing at all the other takes every hour, and the logarithm would be infinite.
        let kept_slope = kept * self.renewal.slope(0.0);
        let win_slope = stakes.win * self.wins.slope(0.0);
        if kept_slope <= 0.0 && win_slope < 0.0 {
            // Both lose money, so the value bends upward and is greatest at an end.
            let at_most = self.present_value(stakes, most);
            return if at_most > self.present_value(stakes, 0.0) { most } else { 0.0 };
        }
        if kept_slope <= 0.0 {
            return 0.0;
        }
        if win_slope <= 0.0 {
            return most;
        }
        let (k, kappa) = (self.renewal.steepness, self.wins.steepness);
        let hours = (libm::log(kept_slope / win_slope) + kappa * self.hours) / (k + kappa * self.accounts);
        hours.clamp(0.0, most)
    }

    /// Present value at `hours` per account: `N beta r(h) X + W(H - N h) Y`.
    pub fn present_value(&self, stakes: Stakes, hours: f64) -> f64 {
        self.accounts * stakes.factor * self.renewal.at(hours) * stakes.kept
            + self.wins.at(self.hours - self.accounts * hours) * stakes.win
    }

    /// What the next hour earns with customers and prospecting, at `hours` per account: `beta r'(h) X`, `W'(x) Y`.
    pub fn per_hour(&self, stakes: Stakes, hours: f64) -> (f64, f64) {
        (
            stakes.factor * self.renewal.slope(hours) * stakes.kept,
            self.wins.slope(self.hours - self.accounts * hours) * stakes.win,
        )
    }

    /// Commission of a year at `hours` per account, undiscounted: `c_new V W(H - N h) + c_ren V N r(h)`.
    pub fn year_commission(&self, hours: f64) -> f64 {
        let wins = self.wins.at(self.hours - self.accounts * hours);
        self.annual_value * (self.new_rate * wins + self.renewal_rate * self.accounts * self.renewal.at(hours))
    }

    /// Money lost to the company by the seller's choice: its value at its own best less that at the seller's.
    ///
    /// # Errors
    /// As [`TermEngine::further_renewals`].
    pub fn agency_loss(&self) -> Result<f64, Problem> {
        let company = self.company_net()?;
        let seller_hours = self.best_hours(self.seller()?);
        let company_hours = self.best_hours(company);
        Ok(self.present_value(company, company_hours) - self.present_value(company, seller_hours))
    }

    /// Renewal commission on renewals that need no attention: `c_ren V N r0`.
    pub fn paid_for_anyway(&self) -> f64 {
        self.renewal_rate * self.annual_value * self.accounts * self.renewal.unattended
    }

    /// The renewal rate that pays the same commission over the year as this plan does, once the new-business rate
    /// is `new_rate` and the seller responds; `None` if no rate up to 100 % does.
    ///
    /// # Errors
    /// As [`TermEngine::further_renewals`].
    pub fn same_money(&self, new_rate: f64) -> Result<Option<TermEngine>, Problem> {
        let budget = self.year_commission(self.best_hours(self.seller()?));
        let with = |renewal_rate: f64| TermEngine { new_rate, renewal_rate, ..*self };
        let excess = |renewal_rate: f64| -> Result<f64, Problem> {
            let plan = with(renewal_rate);
            Ok(plan.year_commission(plan.best_hours(plan.seller()?)) - budget)
        };
        let (mut low, mut high) = (0.0, 1.0);
        if excess(low)? > 0.0 || excess(high)? < 0.0 {
            return Ok(None);
        }
        while high - low > 1e-15 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if excess(middle)? < 0.0 { low = middle } else { high = middle }
        }
        Ok(Some(with(high)))
    }
}

/// Present value of the commission on a new account of value 1: `c_new + c_ren phi` (K1 of the ways to keep the money the
/// same).
pub const fn pay_per_new_account(new_rate: f64, renewal_rate: f64, phi: f64) -> f64 {
    new_rate + renewal_rate * phi
}

/// The one rate on new business and renewals alike that pays a new account the same present value:
/// `(c_new + c_ren phi) / (1 + phi)`.
pub const fn level_rate(new_rate: f64, renewal_rate: f64, phi: f64) -> f64 {
    pay_per_new_account(new_rate, renewal_rate, phi) / (1.0 + phi)
}

/// The renewal rate at which seller and company agree on gross margin, as a multiple of the new-business rate:
/// `(beta_c / beta_r) (1 - beta_r r) / (1 - beta_c r)`; `None` if the seller will surely be gone.
///
/// Equal discounting gives 1: whoever values the future alike agrees at a level plan.
pub fn aligned_multiple(company_factor: f64, seller_factor: f64, renewal: f64) -> Option<f64> {
    (seller_factor > 0.0 && company_factor * renewal < 1.0)
        .then(|| company_factor / seller_factor * (1.0 - seller_factor * renewal) / (1.0 - company_factor * renewal))
}
