//! The simulation again, as naively as can be: every account in every month, a coin for each renewal.
//!
//! Written from the text of the model. It shares the projection's chances and intensities with the engine, since those are
//! what is held fixed, and nothing else: no tables, no rows, other random numbers.

use holdfast::model::monte_carlo::{SellerAccounts, Team};
use holdfast::model::path::{Effort, Path, Renewing};
use holdfast::model::response::further_renewals;
use holdfast::model::workspace::Workspace;

/// Marsaglia's xorshift64*.
pub struct Xorshift(pub u64);

impl Xorshift {
    pub fn unit(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Knuth's way: uniform draws are multiplied until the product falls below e^-mean, at most 100 of the mean at a time.
    fn poisson(&mut self, mean: f64) -> u32 {
        if mean > 100.0 {
            return self.poisson(100.0) + self.poisson(mean - 100.0);
        }
        let (limit, mut product, mut count) = ((-mean).exp(), self.unit(), 0);
        while product >= limit {
            product *= self.unit();
            count += 1;
        }
        count
    }
}

/// The amounts of a run: pay of the first year, its part on renewals and on new business, present value of pay, revenue, the
/// company's value.
pub type Amounts = [f64; 6];

#[derive(Clone, Copy)]
struct Account {
    who: Renewing,
    value: f64,
    margin: f64,
    cost: f64,
    tenure: u32,
    term: u32,
    today: f64,
}

pub struct Brute<'a> {
    workspace: &'a Workspace,
    sellers: Vec<(&'a SellerAccounts, Path)>,
}

impl<'a> Brute<'a> {
    pub fn new(workspace: &'a Workspace, team: &'a Team, share: f64) -> Brute<'a> {
        let sellers = team.sellers.iter().map(|seller| {
            let mut path = Path { keep_chances: true, ..Path::default() };
            seller.projection.run(&Effort::split(share, workspace.assumptions.hours_per_year), &mut path);
            (&**seller, path)
        });
        Brute { workspace, sellers: sellers.collect() }
    }

    pub fn expected_wins(&self) -> f64 {
        self.sellers.iter().flat_map(|(_, path)| &path.months).map(|flow| flow.wins).sum()
    }

    pub fn run(&self, random: &mut Xorshift) -> Amounts {
        let mut sum = [0.0; 6];
        for (seller, path) in &self.sellers {
            for (sum, amount) in sum.iter_mut().zip(self.run_of(seller, path, random)) {
                *sum += amount;
            }
        }
        sum
    }

    fn run_of(&self, seller: &SellerAccounts, path: &Path, random: &mut Xorshift) -> Amounts {
        let (assumed, plan) = (&self.workspace.assumptions, &self.workspace.plan);
        let book = seller.projection.book();
        let mut accounts: Vec<Account> = seller
            .members
            .iter()
            .map(|member| {
                let pool = &book.pools[member.pool];
                Account {
                    who: Renewing::Pool(member.pool as u32),
                    value: member.annual_value,
                    margin: if member.annual_value > 0.0 { member.gross_margin / member.annual_value } else { 0.0 },
                    cost: member.gross_margin - member.annual_margin,
                    tenure: member.tenure,
                    term: pool.term,
                    today: pool.curve.today,
                }
            })
            .collect();
        let (mut first_year, mut renewal_pay, mut new_pay, mut present, mut revenue, mut company) =
            (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        let mut in_period = 0.0;
        let rate_of_year = |tenure: u32| plan.renewal.by_year()[(tenure as usize / 12).min(9)].get();
        for (month, flow) in (1_u32..).zip(&path.months) {
            let years = f64::from(month) / 12.0;
            let for_company = (1.0 + assumed.discount_company).powf(-years);
            let for_seller = (assumed.stay / (1.0 + assumed.discount_seller)).powf(years);
            let (mut on_renewals, mut on_growth) = (0.0, 0.0);
            accounts.iter_mut().for_each(|account| account.tenure += 1);
            accounts.retain_mut(|account| {
                let due = path.chances.iter().find(|it| it.month == month && it.who == account.who);
                let Some(due) = due else { return true };
                if random.unit() >= due.chance {
                    return false;
                }
                on_renewals += rate_of_year(account.tenure) * account.value * f64::from(account.term) / 12.0;
                on_growth += plan.upsell.get() * account.value * due.growth;
                account.value *= 1.0 + due.growth;
                true
            });
            let mut on_new = 0.0;
            let back_value = if flow.won_back > 0.0 { flow.won_back_value / flow.won_back } else { 0.0 };
            let cold = (flow.wins - flow.referred - flow.won_back).max(0.0);
            for (mean, value, extra) in [
                (cold, book.new_account.annual_value, 0.0),
                (flow.referred, book.new_account.annual_value, plan.referral.get()),
                (flow.won_back, back_value, 0.0),
            ] {
                for _ in 0..random.poisson(mean) {
                    let room = (plan.quota.target - in_period).max(0.0);
                    let beyond = (value - room).max(0.0);
                    in_period += value;
                    on_new +=
                        plan.new_business.get() * ((value - beyond) + plan.quota.multiplier * beyond) + extra * value;
                    accounts.push(Account {
                        who: Renewing::WonIn(month),
                        value,
                        margin: book.new_account.margin,
                        cost: 0.0,
                        tenure: 0,
                        term: book.new_account.term,
                        today: book.newcomer_curve.today,
                    });
                }
            }
            if month % plan.quota.period.months() == 0 {
                in_period = 0.0;
            }
            let pay = plan.base.units() / 12.0 + on_renewals + on_growth + on_new;
            let margin: f64 = accounts.iter().map(|account| account.margin * account.value - account.cost).sum();
            revenue += accounts.iter().map(|account| account.value).sum::<f64>() / 12.0;
            company += for_company * (margin / 12.0 - pay - assumed.prospecting_cost * flow.prospecting_hours);
            present += for_seller * pay;
            if month <= 12 {
                first_year += pay;
                renewal_pay += on_renewals;
                new_pay += on_new;
            }
        }
        if assumed.residual {
            let years = f64::from(assumed.horizon) / 12.0;
            let (beta_c, beta_r) =
                (1.0 / (1.0 + assumed.discount_company), assumed.stay / (1.0 + assumed.discount_seller));
            let last = plan.renewal.by_year()[9].get();
            for account in &accounts {
                let kept = account.value * (account.margin - last) - account.cost;
                company += beta_c.powf(years) * kept * further_renewals(beta_c, account.today).unwrap();
                present += beta_r.powf(years) * account.value * last * further_renewals(beta_r, account.today).unwrap();
            }
        }
        [first_year, renewal_pay, new_pay, present, revenue, company]
    }
}
