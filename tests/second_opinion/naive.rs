//! A second opinion: the projection once more, written from the method's description alone, without a look at the
//! model's own code, and deliberately slow.
//!
//! Plain numbers, one loop over the months, every account and every month's wins on their own: own survival, own
//! attention, own tenure, own value. Nothing is pooled, nothing is carried forward as a running total. Where the
//! description is silent, the reading taken here is marked "Reading".

use crate::s_curve::{self, Adbudg, Claim};

/// An account of the book. The chances are its own; without them it follows the seller's.
#[derive(Debug, Clone)]
pub struct Customer {
    pub value: f64,
    pub margin: f64,
    pub cost_to_serve: f64,
    pub term: u32,
    pub tenure: u32,
    /// Months to the renewal date, if there is one; may be past.
    pub months_to_renewal: Option<i32>,
    pub odds: f64,
    pub is_referred: bool,
    pub is_won_back: bool,
    pub r0: Option<f64>,
    pub r1: Option<f64>,
    pub rc: Option<f64>,
}

/// How the hours with customers are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    Even,
    ByValue,
    Honeymoon,
    Best,
}

/// All that one seller's projection asks for.
#[derive(Debug, Clone)]
pub struct Inputs {
    pub hours: f64,
    pub share_today: f64,
    pub r0: f64,
    pub r1: f64,
    pub rc: f64,
    /// The chance with half of today's attention, where the curve is ADBUDG's.
    pub rh: Option<f64>,
    pub p_new: f64,
    pub p_ref: f64,
    pub p_lapsed: f64,
    pub hours_per_pursuit: f64,
    pub leads: f64,
    pub referrals: f64,
    pub win_back: bool,
    pub omega: f64,
    pub delta: f64,
    pub discount_company: f64,
    pub discount_seller: f64,
    pub stay: f64,
    pub c_new: f64,
    /// By contract year, year 1 first; the last holds for all later years.
    pub c_ren: Vec<f64>,
    pub c_up: f64,
    pub c_ref: f64,
    pub growth: f64,
    /// Multiplies everybody's odds of loss.
    pub pull: f64,
    /// Multiply the odds of loss of accounts that were referred, and of those won back.
    pub origins: (f64, f64),
    /// A new account's chance as now is `r0 + fit (r1 - r0)`.
    pub fit: f64,
    /// theta and R50.
    pub references: (f64, f64),
    pub policy: Policy,
    /// T, s and h0 / h_inf.
    pub honeymoon: (f64, f64, f64),
    /// Target, months of its period, and what c_new is multiplied by beyond it.
    pub quota: (f64, u32, f64),
    pub base: f64,
    pub prospecting_cost: f64,
    pub months: u32,
    pub residual: bool,
    pub customers: Vec<Customer>,
    /// The seller's lapsed accounts.
    pub lapsed: Vec<Former>,
    /// Taken off every `1 - exp(-x)`: 0, or so little that only rounding could tell.
    pub doubt: f64,
}

/// What a lapsed account was worth a year.
#[derive(Debug, Clone, Copy)]
pub struct Former {
    pub value: f64,
}

/// What one month brings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Month {
    pub accounts: f64,
    pub wins: f64,
    pub lost: f64,
    pub pay: f64,
    pub profit: f64,
    /// Renewal pay that would have come without attention.
    pub paid_for_anyway: f64,
}

/// What one share of time comes to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub seller_value: f64,
    pub company_value: f64,
    /// The sizes of all that the values add up, whatever its sign, and of a year of the book as it starts: what rounding
    /// errors are measured by.
    pub seller_flows: f64,
    pub company_flows: f64,
    pub months: Vec<Month>,
}

/// An account or a cohort on its way.
struct Live {
    /// Probability of being alive, or the expected number of accounts.
    alive: f64,
    value: f64,
    margin: f64,
    cost_to_serve: f64,
    term: u32,
    tenure: u32,
    months_to_renewal: Option<i32>,
    odds: f64,
    r0: f64,
    r1: f64,
    rc: f64,
    /// ADBUDG, if that is the curve.
    adbudg: Option<Adbudg>,
    /// E, hours a month.
    attention: f64,
}

/// The curve of accounts with those chances. What half of today's attention does is judged once, as a part of what all of
/// it does, and is the same part for all; where the general judgement says that attention does nothing, it is half.
fn adbudg(inputs: &Inputs, r0: f64, r1: f64, rc: f64) -> Option<Adbudg> {
    let rh = inputs.rh?;
    let half = if inputs.r1 > inputs.r0 { (rh - inputs.r0) / (inputs.r1 - inputs.r0) } else { 0.5 };
    let f1 = (r1 - r0) / (rc - r0);
    let (fh, d) = (half * f1, (rc - r1) / (r1 - r0));
    let g = -(d * fh / (1.0 - fh)).log2();
    (r1 > r0).then_some(Adbudg { d, g, mixed: inputs.policy == Policy::Best })
}

impl Live {
    /// Whether it renews in month `month` of the run; its tenure has grown already.
    fn is_due(&self, month: u32) -> bool {
        match self.months_to_renewal {
            Some(ahead) => {
                let first = ahead.max(1) as u32;
                month >= first && (month - first).is_multiple_of(self.term)
            }
            None => self.tenure.is_multiple_of(self.term),
        }
    }

    /// r(12 E), before the odds of loss.
    fn chance(&self, hours_today: f64, doubt: f64) -> f64 {
        if let Some(curve) = self.adbudg {
            return self.r0
                + (self.rc - self.r0) * (curve.mean_part(12.0 * self.attention / hours_today) - doubt).max(0.0);
        }
        // Section 1: r1 = r0 gives k = 0.
        let k =
            if self.r1 == self.r0 { 0.0 } else { -(-(self.r1 - self.r0) / (self.rc - self.r0)).ln_1p() / hours_today };
        self.r0 + (self.rc - self.r0) * part_of_all(k * 12.0 * self.attention, doubt)
    }

    /// q of a whole term for a yearly chance.
    fn kept(&self, chance: f64) -> f64 {
        let with_odds = chance / (chance + self.odds * (1.0 - chance));
        with_odds.powf(f64::from(self.term) / 12.0)
    }
}

/// Section 1: h1, hours a year for each account.
fn hours_today(inputs: &Inputs) -> f64 {
    match inputs.customers.len() {
        0 => 4.0,
        accounts => inputs.share_today * inputs.hours / accounts as f64,
    }
}

/// Step 4: value, margin and term of a new account.
fn new_account(customers: &[Customer]) -> (f64, f64, u32) {
    if customers.is_empty() {
        return (12_000.0, 0.70, 12);
    }
    let total: f64 = customers.iter().map(|it| it.value).sum();
    let earned: f64 = customers.iter().map(|it| it.value * it.margin).sum();
    // Reading: accounts that are all worth nothing weigh alike.
    let margin = if total > 0.0 {
        earned / total
    } else {
        customers.iter().map(|it| it.margin).sum::<f64>() / customers.len() as f64
    };
    // Reading: of terms that are equally common, the shortest.
    let count = |term: u32| customers.iter().filter(|it| it.term == term).count();
    let (mut common, mut most) = (12, 0);
    for term in [1, 3, 6, 12, 24, 36, 48, 60] {
        if count(term) > most {
            (common, most) = (term, count(term));
        }
    }
    (total / customers.len() as f64, margin, common)
}

/// c_ren of the contract year that a renewal opens.
fn renewal_rate(inputs: &Inputs, tenure: u32) -> f64 {
    let year = (tenure / 12 + 1) as usize;
    inputs.c_ren[year.min(inputs.c_ren.len()) - 1]
}

/// `1 - exp(-x)` less `doubt`, in the form that keeps its digits where `x` is small.
fn part_of_all(x: f64, doubt: f64) -> f64 {
    (-(-x).exp_m1() - doubt).max(0.0)
}

/// How many of `offered` leads the hours reach, at so many hours each, and the hours that are left.
fn work(offered: f64, hours: f64, each: f64) -> (f64, f64) {
    if offered * each < hours { (offered, hours - offered * each) } else { (hours / each, 0.0) }
}

fn phi(beta: f64, chance: f64) -> f64 {
    beta * chance / (1.0 - beta * chance)
}

/// Step 1: hours a month for each account alive, by the policy.
fn received(inputs: &Inputs, book: &[Live], hours: f64, hours_today: f64) -> Vec<f64> {
    // Reading: fewer than a millionth of a millionth of an account is none.
    let alive = |live: &Live| if live.alive > 1e-12 { live.alive } else { 0.0 };
    if inputs.policy == Policy::Best {
        return match inputs.rh {
            Some(_) => {
                let claim = |live: &Live| {
                    let worth = live.value * (live.rc - live.r0);
                    Claim { alive: alive(live), worth, curve: live.adbudg }
                };
                let claims: Vec<Claim> = book.iter().map(claim).collect();
                let effort = s_curve::saving_most(&claims, 12.0 * hours / hours_today);
                effort.into_iter().map(|effort| effort * hours_today / 12.0).collect()
            }
            None => saving_most(book, hours, hours_today, alive),
        };
    }
    let weight = |live: &Live| match inputs.policy {
        Policy::ByValue => live.value,
        Policy::Honeymoon => {
            let (full, fade, ratio) = inputs.honeymoon;
            let after = f64::from(live.tenure) - full;
            if after < 0.0 { ratio } else { 1.0 + (ratio - 1.0) * (-after / fade).exp() }
        }
        _ => 1.0,
    };
    let of_all: f64 = book.iter().map(|live| alive(live) * weight(live)).sum();
    let accounts: f64 = book.iter().map(alive).sum();
    // Reading: where no account has any weight, all get the same.
    let each = |live: &Live| match (of_all > 0.0, accounts > 0.0) {
        (true, _) => hours * weight(live) / of_all,
        (false, true) => hours / accounts,
        _ => 0.0,
    };
    book.iter().map(each).collect()
}

/// Hours where they save the most value if kept up for a year: the logarithm of the worth of the last hour, the same for
/// all that get any, is found by halving.
fn saving_most(book: &[Live], hours: f64, hours_today: f64, alive: impl Fn(&Live) -> f64) -> Vec<f64> {
    let steepness = |live: &Live| {
        if live.r1 == live.r0 { 0.0 } else { -(-(live.r1 - live.r0) / (live.rc - live.r0)).ln_1p() / hours_today }
    };
    let first = |live: &Live| {
        if alive(live) > 0.0 { live.value * (live.rc - live.r0) * steepness(live) } else { 0.0 }
    };
    let wanted = |live: &Live, last: f64| {
        if first(live).ln() > last { (first(live).ln() - last) / steepness(live) } else { 0.0 }
    };
    let greatest = book.iter().map(first).fold(0.0, f64::max);
    if greatest <= 0.0 || hours <= 0.0 {
        return vec![0.0; book.len()];
    }
    let (mut low, mut high) = (greatest.ln() - 1e9, greatest.ln());
    for _ in 0..120 {
        let middle = 0.5 * (low + high);
        let total: f64 = book.iter().map(|live| alive(live) * wanted(live, middle)).sum();
        if total > 12.0 * hours { low = middle } else { high = middle }
    }
    book.iter().map(|live| wanted(live, high) / 12.0).collect()
}

/// Runs the months with `share` of the time on customers.
pub fn project(inputs: &Inputs, share: f64) -> Outcome {
    let customer_hours = share * inputs.hours / 12.0;
    let prospecting_hours = (1.0 - share) * inputs.hours / 12.0;
    let hours_today = hours_today(inputs);
    let start_attention = hours_today / 12.0;
    let (new_value, new_margin, new_term) = new_account(&inputs.customers);
    let company_factor = 1.0 / (1.0 + inputs.discount_company);
    let seller_factor = inputs.stay / (1.0 + inputs.discount_seller);

    let mut book: Vec<Live> = Vec::new();
    for customer in &inputs.customers {
        book.push(Live {
            alive: 1.0,
            value: customer.value,
            margin: customer.margin,
            cost_to_serve: customer.cost_to_serve,
            term: customer.term,
            tenure: customer.tenure,
            months_to_renewal: customer.months_to_renewal,
            odds: customer.odds
                * inputs.pull
                * if customer.is_referred { inputs.origins.0 } else { 1.0 }
                * if customer.is_won_back { inputs.origins.1 } else { 1.0 },
            adbudg: adbudg(
                inputs,
                customer.r0.unwrap_or(inputs.r0),
                customer.r1.unwrap_or(inputs.r1),
                customer.rc.unwrap_or(inputs.rc),
            ),
            r0: customer.r0.unwrap_or(inputs.r0),
            r1: customer.r1.unwrap_or(inputs.r1),
            rc: customer.rc.unwrap_or(inputs.rc),
            attention: start_attention,
        });
    }
    // Reading: the lapsed pool starts with the seller's lapsed accounts. Each entry is a number and a value.
    let mut lapsed: Vec<(f64, Former)> = inputs.lapsed.iter().map(|former| (1.0, *former)).collect();
    let start: f64 = inputs.customers.iter().map(|it| it.value + it.cost_to_serve).sum();
    let mut outcome = Outcome { seller_flows: start, company_flows: start, ..Outcome::default() };

    let mut won_in_period = 0.0;
    for month in 1..=inputs.months {
        let mut pay = inputs.base / 12.0;
        let mut paid_for_anyway = 0.0;
        let mut lost = 0.0;

        // Step 1, attention.
        let received = received(inputs, &book, customer_hours, hours_today);
        for (live, received) in book.iter_mut().zip(received) {
            live.attention = inputs.delta * live.attention + (1.0 - inputs.delta) * received;
        }

        // Step 2, renewal, with its pay of step 5.
        for live in &mut book {
            live.tenure += 1;
            if !live.is_due(month) {
                continue;
            }
            let chance = live.chance(hours_today, inputs.doubt);
            let renewed = live.alive * live.kept(chance);
            let years = f64::from(live.term) / 12.0;
            let rate = renewal_rate(inputs, live.tenure);
            lost += live.alive - renewed;
            let former = Former { value: live.value };
            lapsed.push((live.alive - renewed, former));
            pay += rate * live.value * years * renewed;
            // Section 4: what needs no attention is r0 to the term, whatever the odds.
            paid_for_anyway += rate * live.value * years * live.alive * live.r0.powf(years);
            live.alive = renewed;
            // Reading: c_ren is paid on the old value, c_up on a year of the increase.
            if inputs.growth != 0.0 && live.rc > live.r0 {
                let increase = live.value * inputs.growth * (chance - live.r0) / (live.rc - live.r0);
                pay += inputs.c_up * increase * renewed;
                live.value += increase;
            }
        }

        // Reading: what vouches for the seller is counted after the renewals, each account by how much of what attention
        // can do for it is done.
        let attended =
            |live: &Live| live.alive * (live.chance(hours_today, inputs.doubt) - live.r0) / (live.rc - live.r0);
        let references: f64 = book.iter().map(attended).sum();

        // Step 3, warm leads: referrals, then win-backs.
        let referred: f64 = book.iter().map(|live| inputs.referrals / 12.0 * live.alive).sum();
        let (pursued, mut hours_left) = work(referred, prospecting_hours, inputs.hours_per_pursuit);
        let from_referrals = inputs.p_ref * pursued;

        let (mut returned, mut returned_value, mut returned_margin) = (0.0, 0.0, 0.0);
        if inputs.win_back {
            let offered: f64 = lapsed.iter().map(|(number, _)| number / 12.0).sum();
            let (pursued, left) = work(offered, hours_left, inputs.hours_per_pursuit);
            hours_left = left;
            for (number, former) in &mut lapsed {
                // Hours that do not reach all reach the same part of each.
                let part = if offered > 0.0 { pursued / offered } else { 0.0 };
                let won = inputs.p_lapsed * part * *number / 12.0;
                returned += won;
                returned_value += won * former.value;
                returned_margin += won * former.value * new_margin;
                *number = (*number - won) * (1.0 - inputs.omega);
            }
        }

        // Step 4, cold leads, and one cohort of all wins.
        let cold = if inputs.leads > 0.0 {
            let kappa = 1.0 / (inputs.hours_per_pursuit * inputs.leads);
            let (lift, half) = inputs.references;
            let odds = (inputs.p_new * (1.0 + lift * references / (references + half))).min(1.0);
            inputs.leads * odds * part_of_all(kappa * 12.0 * hours_left, inputs.doubt) / 12.0
        } else {
            0.0
        };
        let wins = from_referrals + returned + cold;
        let won_value = (from_referrals + cold) * new_value + returned_value;
        let (target, period, multiplier) = inputs.quota;
        if (month - 1) % period == 0 {
            won_in_period = 0.0;
        }
        let within = won_value.min((target - won_in_period).max(0.0));
        won_in_period += won_value;
        pay += inputs.c_new * (within + multiplier * (won_value - within)) + inputs.c_ref * new_value * from_referrals;
        book.push(Live {
            alive: wins,
            value: if wins > 0.0 { won_value / wins } else { new_value },
            margin: if won_value > 0.0 {
                ((from_referrals + cold) * new_value * new_margin + returned_margin) / won_value
            } else {
                new_margin
            },
            cost_to_serve: 0.0,
            term: new_term,
            tenure: 0,
            months_to_renewal: None,
            odds: inputs.pull,
            adbudg: adbudg(inputs, inputs.r0, inputs.r0 + inputs.fit * (inputs.r1 - inputs.r0), inputs.rc),
            r0: inputs.r0,
            r1: inputs.r0 + inputs.fit * (inputs.r1 - inputs.r0),
            rc: inputs.rc,
            attention: start_attention,
        });

        // Step 5, cash at month end.
        let margin: f64 = book.iter().map(|live| live.alive * live.margin * live.value / 12.0).sum();
        let serving: f64 = book.iter().map(|live| live.alive * live.cost_to_serve / 12.0).sum();
        let prospecting = inputs.prospecting_cost * prospecting_hours;
        let profit = margin - serving - pay - prospecting;
        let sizes: f64 = book.iter().map(|live| live.alive * (live.margin * live.value).abs() / 12.0).sum();

        let years = f64::from(month) / 12.0;
        outcome.company_value += profit * company_factor.powf(years);
        outcome.company_flows += (sizes + serving + pay + prospecting) * company_factor.powf(years);
        outcome.seller_value += pay * seller_factor.powf(years);
        outcome.seller_flows += pay * seller_factor.powf(years);
        let accounts = book.iter().map(|live| live.alive).sum();
        outcome.months.push(Month { accounts, wins, lost, pay, profit, paid_for_anyway });
    }

    if inputs.residual {
        let rate = inputs.c_ren[inputs.c_ren.len() - 1];
        let years = f64::from(inputs.months) / 12.0;
        for live in &book {
            // Reading: r1 as stated, without the odds of loss.
            let company = live.alive * phi(company_factor, live.r1) * company_factor.powf(years);
            let seller = live.alive * phi(seller_factor, live.r1) * seller_factor.powf(years);
            outcome.company_value += (live.value * (live.margin - rate) - live.cost_to_serve) * company;
            outcome.company_flows += (live.value * (live.margin.abs() + rate) + live.cost_to_serve) * company;
            outcome.seller_value += live.value * rate * seller;
            outcome.seller_flows += live.value * rate * seller;
        }
    }
    outcome
}

/// The share that is worth the most, and what it is worth: a row of shares, then golden sections about the highest.
pub fn best_share(worth_at: impl Fn(f64) -> f64, row: usize) -> (f64, f64) {
    let share = |index: usize| index as f64 / (row - 1) as f64;
    let heights: Vec<f64> = (0..row).map(|index| worth_at(share(index))).collect();
    let mut order: Vec<usize> = (0..row).collect();
    // Every summit of the row: no neighbour is higher.
    order.retain(|&index| {
        let here = heights[index];
        (index == 0 || heights[index - 1] <= here) && (index + 1 == row || heights[index + 1] <= here)
    });
    order.sort_by(|one, other| heights[*other].total_cmp(&heights[*one]));
    let mut best = (share(order[0]), heights[order[0]]);
    for &index in order.iter().take(2) {
        let (mut low, mut high) = (share(index.saturating_sub(1)), share((index + 1).min(row - 1)));
        let part = (5.0_f64.sqrt() - 1.0) / 2.0;
        while high - low > 1e-9 {
            let (left, right) = (high - part * (high - low), low + part * (high - low));
            if worth_at(left) >= worth_at(right) { high = right } else { low = left }
        }
        let middle = 0.5 * (low + high);
        let worth = worth_at(middle);
        if worth > best.1 {
            best = (middle, worth);
        }
    }
    best
}
