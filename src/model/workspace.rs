//! Everything that the user states: the book, the plan, the assumptions and the month it all starts from.

use super::account::{Account, Standing};
use super::assumptions::Assumptions;
use super::book::Book;
use super::bounds::Input;
use super::decision::Decisions;
use super::month::Month;
use super::plan::Plan;
use super::problem::Problem;
use super::quantity::{CommissionRate, OutOfRange};
use super::ranges::{BadRange, Range, Ranges};
use super::saved_plans::SavedPlans;

/// Smaller numbers than this are nothing.
pub(super) const SMALLEST: f64 = 1e-9;

/// What is stored and shared; all else is derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// The month from which everything runs.
    pub as_of: Month,
    /// The accounts.
    pub book: Book,
    /// The commission plan in use.
    pub plan: Plan,
    /// Plans put by.
    pub saved_plans: SavedPlans,
    /// The assumptions.
    pub assumptions: Assumptions,
    /// The inputs that are known only between two ends; the number of each lies in its range.
    pub ranges: Ranges,
    /// Why numbers and plans are what they are.
    pub decisions: Decisions,
}

impl Workspace {
    /// A workspace with the default assumptions, without ranges, plans put by, and decisions.
    pub fn new(as_of: Month, book: Book, plan: Plan) -> Workspace {
        let (saved_plans, assumptions, ranges) = (SavedPlans::default(), Assumptions::default(), Ranges::default());
        Workspace { as_of, book, plan, saved_plans, assumptions, ranges, decisions: Decisions::default() }
    }

    /// The same workspace without the names of customers and sellers, and without what may hold them: notes, tags, reasons,
    /// decisions.
    ///
    /// Accounts are called by their place in the book, "Account 17", and sellers by the order of their names, "Seller 2".
    pub fn without_names(&self) -> Workspace {
        let sellers = self.book.seller_aliases();
        let nameless = |(place, account): (usize, &Account)| {
            let mut account = account.clone();
            account.name = format!("Account {}", place + 1);
            let alias = sellers.binary_search_by_key(&account.seller.as_str(), |(name, _)| *name);
            account.seller =
                alias.ok().and_then(|place| sellers.get(place)).map_or_else(String::new, |it| it.1.clone());
            account.tags.clear();
            account.notes.clear();
            account.touches.iter_mut().for_each(|touch| touch.note.clear());
            account.life.iter_mut().for_each(|entry| entry.text.clear());
            if let Standing::Lapsed { reason, .. } = &mut account.standing {
                reason.clear();
            }
            account
        };
        let accounts = self.book.accounts.iter().enumerate().map(nameless).collect();
        let book = Book { accounts, ..self.book.clone() };
        Workspace { book, decisions: Decisions::default(), ..self.clone() }
    }

    /// Takes `plan` into use. A range stays only where it holds the new number.
    pub fn use_plan(&mut self, plan: Plan) {
        self.plan = plan;
        self.drop_missed_ranges();
    }

    /// A range stays only around the number that it was given for.
    pub(super) fn drop_missed_ranges(&mut self) {
        let missed = |(input, range): &(Input, Range)| !range.holds(self.get(*input));
        let missed: Vec<Input> = self.ranges.iter().filter(missed).map(|(input, _)| input).collect();
        for input in missed {
            self.ranges.remove(input);
        }
    }

    /// The number that `input` names.
    pub fn get(&self, input: Input) -> f64 {
        let assumed = &self.assumptions;
        match input {
            Input::RenewalCommission => self.plan.renewal.first_renewal().get(),
            Input::NewBusinessCommission => self.plan.new_business.get(),
            Input::ReferralCommission => self.plan.referral.get(),
            Input::ShareToday => assumed.share_today,
            Input::HoursPerYear => assumed.hours_per_year,
            Input::RenewUnattended => assumed.renew_unattended,
            Input::RenewToday => assumed.renew_today,
            Input::RenewSaturated => assumed.renew_saturated,
            Input::RenewHalf => assumed.renew_half,
            Input::Stay => assumed.stay,
            Input::OddsNew => assumed.odds_new,
            Input::OddsReferred => assumed.odds_referred,
            Input::HoursPerPursuit => assumed.hours_per_pursuit,
            Input::Leads => assumed.leads,
            Input::Referrals => assumed.referrals,
            Input::CarryOver => assumed.carry_over,
            Input::DiscountCompany => assumed.discount_company,
            Input::DiscountSeller => assumed.discount_seller,
            Input::ProspectingCost => assumed.prospecting_cost,
            Input::Horizon => f64::from(assumed.horizon),
            Input::RenewalYear1 | Input::RenewalYear3 | Input::RenewalYear4 | Input::RenewalYear5 => {
                self.plan.renewal.of_year(input.contract_year().unwrap_or(2)).get()
            }
            Input::UpsellCommission => self.plan.upsell.get(),
            Input::Quota => self.plan.quota.target,
            Input::Accelerator => self.plan.quota.multiplier,
            Input::UpsellGrowth => assumed.upsell_growth,
            Input::CompetitorPull => assumed.competitor_pull,
            Input::ReferredOdds => assumed.referred_odds,
            Input::WonBackOdds => assumed.won_back_odds,
            Input::NewAccountFit => assumed.new_account_fit,
            Input::ReferenceLift => assumed.reference_lift,
            Input::ReferencesForHalf => assumed.references_for_half,
            Input::HoneymoonMonths => assumed.honeymoon_months,
            Input::HoneymoonFade => assumed.honeymoon_fade,
            Input::HoneymoonRatio => assumed.honeymoon_ratio,
        }
    }

    /// What `input` is reset to: its default, or the common renewal commission for a contract year.
    pub fn default_of(&self, input: Input) -> f64 {
        match input {
            Input::RenewalYear3 | Input::RenewalYear4 | Input::RenewalYear5 => self.plan.renewal.first_renewal().get(),
            _ => input.bounds().default,
        }
    }

    /// Sets the number that `input` names, which has no range from then on.
    ///
    /// The renewal commission holds from contract year 2 on, but for years that were set by themselves or have a range. A
    /// horizon is rounded to whole months.
    ///
    /// # Errors
    /// [`OutOfRange`] if `value` is outside the input's bounds or not a number; nothing changes then. Whether the
    /// inputs fit one another is another question: [`Workspace::check`].
    pub fn set(&mut self, input: Input, value: f64) -> Result<(), OutOfRange> {
        let row = input.bounds();
        if !(row.min..=row.max).contains(&value) {
            return Err(OutOfRange { given: value, min: row.min, max: row.max });
        }
        // A number too small to matter could still be divided by; it is 0, and so is -0.
        let value = if value.abs() < SMALLEST { 0.0 } else { value };
        self.ranges.remove(input);
        let assumed = &mut self.assumptions;
        match input {
            Input::RenewalCommission => {
                let before = &self.plan.renewal;
                let mut renewal = before.with_common(CommissionRate::new(value)?);
                for year in self.ranges.iter().filter_map(|(input, _)| input.contract_year()) {
                    renewal = renewal.with_year(year, before.of_year(year));
                }
                self.plan.renewal = renewal;
            }
            Input::NewBusinessCommission => self.plan.new_business = CommissionRate::new(value)?,
            Input::ReferralCommission => self.plan.referral = CommissionRate::new(value)?,
            Input::ShareToday => assumed.share_today = value,
            Input::HoursPerYear => assumed.hours_per_year = value,
            Input::RenewUnattended => assumed.renew_unattended = value,
            Input::RenewToday => assumed.renew_today = value,
            Input::RenewSaturated => assumed.renew_saturated = value,
            Input::RenewHalf => assumed.renew_half = value,
            Input::Stay => assumed.stay = value,
            Input::OddsNew => assumed.odds_new = value,
            Input::OddsReferred => assumed.odds_referred = value,
            Input::HoursPerPursuit => assumed.hours_per_pursuit = value,
            Input::Leads => assumed.leads = value,
            Input::Referrals => assumed.referrals = value,
            Input::CarryOver => assumed.carry_over = value,
            Input::DiscountCompany => assumed.discount_company = value,
            Input::DiscountSeller => assumed.discount_seller = value,
            Input::ProspectingCost => assumed.prospecting_cost = value,
            Input::Horizon => assumed.horizon = libm::round(value) as u32,
            Input::RenewalYear1 | Input::RenewalYear3 | Input::RenewalYear4 | Input::RenewalYear5 => {
                let year = input.contract_year().unwrap_or(2);
                self.plan.renewal = self.plan.renewal.with_year(year, CommissionRate::new(value)?);
            }
            Input::UpsellCommission => self.plan.upsell = CommissionRate::new(value)?,
            Input::Quota => self.plan.quota.target = value,
            Input::Accelerator => self.plan.quota.multiplier = value,
            Input::UpsellGrowth => assumed.upsell_growth = value,
            Input::CompetitorPull => assumed.competitor_pull = value,
            Input::ReferredOdds => assumed.referred_odds = value,
            Input::WonBackOdds => assumed.won_back_odds = value,
            Input::NewAccountFit => assumed.new_account_fit = value,
            Input::ReferenceLift => assumed.reference_lift = value,
            Input::ReferencesForHalf => assumed.references_for_half = value,
            Input::HoneymoonMonths => assumed.honeymoon_months = value,
            Input::HoneymoonFade => assumed.honeymoon_fade = value,
            Input::HoneymoonRatio => assumed.honeymoon_ratio = value,
        }
        Ok(())
    }

    /// Sets the number that `input` names to somewhere from `low` to `high`, ends included, in place of a range before.
    ///
    /// The number itself becomes the middle, `(low + high) / 2`, also where the one before lay in the range: that may have
    /// been a half-typed one, and the same text should always say the same.
    ///
    /// # Errors
    /// [`BadRange`] if an end is outside the input's bounds, or `low` not below `high`; nothing changes then. Whether the
    /// inputs fit one another is asked of the middle by [`Workspace::check`]; that of other numbers in the range is no
    /// error, and left to [`super::certainty`].
    pub fn set_range(&mut self, input: Input, low: f64, high: f64) -> Result<(), BadRange> {
        let range = Range::new(input, low, high)?;
        self.set(input, range.middle()).map_err(BadRange::OutOfBounds)?;
        self.ranges.put(input, range);
        Ok(())
    }

    /// Gives the number that `input` names a range from `low` to `high` and leaves the number as it is.
    ///
    /// # Errors
    /// [`BadRange`] as from [`Workspace::set_range`], or if the number is not in the range; nothing changes then.
    pub fn keep_range(&mut self, input: Input, low: f64, high: f64) -> Result<(), BadRange> {
        let range = Range::new(input, low, high)?;
        let number = self.get(input);
        if !range.holds(number) {
            return Err(BadRange::Misses { number, range });
        }
        self.ranges.put(input, range);
        Ok(())
    }

    /// Whether the renewal judgements fit one another and today's time on customers.
    ///
    /// # Errors
    /// The [`Problem`], in words.
    pub fn check(&self) -> Result<(), Problem> {
        let assumed = &self.assumptions;
        let hours_today = assumed.share_today * assumed.hours_per_year;
        assumed.general_curve(hours_today).map(|_| ())
    }
}
