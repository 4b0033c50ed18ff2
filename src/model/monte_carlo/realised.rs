//! One run as the months that it goes through: for a picture of it, and for plans that only the evaluator of
//! [`crate::model::pay`] knows how to pay.

use super::chances::{Chances, Source};
use super::simulation::{SimulatedSeller, Simulation};
use super::survival::Survival;
use crate::model::contract::over_term;
use crate::model::path::{EndedContracts, MonthFlow, Path, add_by_year};
use crate::model::plan_response::{PlanProjection, PlanWorth};

/// Accounts that go the same way.
struct Lives<'a> {
    count: f64,
    value: f64,
    annual_margin: f64,
    gross_margin: f64,
    /// The first month that counts; also that of the sale, if they are won within the run.
    from: u32,
    is_won: bool,
    age: i64,
    term: u32,
    /// The chance of renewal over a term without attention.
    free_renewal: f64,
    later: (f64, f64),
    survival: &'a Survival,
    renewals: usize,
}

impl Simulation {
    /// Leaves in `path` what happens to the seller at place `seller` in run `run`, from 0: whole accounts that are won, renew
    /// and leave, by the same draws as [`Simulation::advance`]. It stands to that run as a projection's path to its
    /// expectations, so whatever values a path values a run: [`crate::model::valuation::Discounting::worth`] of it gives what
    /// [`Simulation::outcomes`] says. A seller who is not there leaves an empty path.
    pub fn realised(&self, seller: usize, run: u64, path: &mut Path) {
        path.months.clear();
        path.ended.clear();
        path.afterwards = Default::default();
        if let Some(seller) = self.sellers.get(seller) {
            seller.realise(run, path);
        }
    }

    /// What run `run` is worth to all sellers together under a plan of any components, one [`PlanProjection`] for each seller
    /// in their order: pay by the evaluator that also writes statements, event by event. The numbers of
    /// [`PlanWorth::standing`] are added up and mean nothing.
    ///
    /// It goes through every month and event, so ask for hundreds of runs rather than thousands.
    pub fn worth_under(&self, under: &[PlanProjection<'_>], run: u64, path: &mut Path) -> PlanWorth {
        let mut sum = PlanWorth { seller: 0.0, company: 0.0, first_year_pay: 0.0, standing: 0 };
        for (seller, under) in under.iter().enumerate() {
            path.keep_ended = under.path().keep_ended;
            self.realised(seller, run, path);
            let worth = under.worth(path);
            sum.seller += worth.seller;
            sum.company += worth.company;
            sum.first_year_pay += worth.first_year_pay;
            sum.standing = sum.standing.wrapping_add(worth.standing);
        }
        sum
    }
}

impl SimulatedSeller {
    fn realise(&self, run: u64, path: &mut Path) {
        let projection = &self.accounts.projection;
        let Chances { pools, won, wins, path: expected, .. } = &self.chances;
        path.months.extend(expected.months.iter().map(|flow| MonthFlow {
            customer_hours: flow.customer_hours,
            prospecting_hours: flow.prospecting_hours,
            ..MonthFlow::default()
        }));
        for (member, stream) in self.accounts.members.iter().zip(&self.streams) {
            let (Some(pool), Some(survival)) = (projection.book().pools.get(member.pool), pools.get(member.pool))
            else {
                continue;
            };
            let lives = Lives {
                count: 1.0,
                value: member.annual_value,
                annual_margin: member.annual_margin,
                gross_margin: member.gross_margin,
                from: 1,
                is_won: false,
                age: i64::from(member.tenure),
                term: pool.term,
                free_renewal: over_term(pool.curve.unattended, pool.term),
                later: projection.later_renewals(Some(member.pool)),
                survival,
                renewals: survival.renewals(stream.at(run)),
            };
            lives.live(path);
        }
        let newcomer = projection.book().new_account;
        let free_renewal = over_term(projection.book().newcomer_curve.unattended, newcomer.term);
        self.new_accounts.of_run(&self.chances, run, |kind, renewals, count| {
            let Some(wins) = wins.get(kind) else { return };
            let sold = wins.month.saturating_sub(1) as usize;
            if let Some(flow) = path.months.get_mut(sold) {
                let value = count * wins.value;
                flow.wins += count;
                flow.new_value += value;
                match wins.source {
                    Source::Cold => {}
                    Source::Referred => {
                        (flow.referred, flow.referred_value) = (flow.referred + count, flow.referred_value + value)
                    }
                    Source::WonBack => {
                        (flow.won_back, flow.won_back_value) = (flow.won_back + count, flow.won_back_value + value)
                    }
                }
            }
            if let Some(survival) = won.get(sold) {
                let annual_margin = wins.value * newcomer.margin;
                let lives = Lives {
                    count,
                    value: wins.value,
                    annual_margin,
                    gross_margin: annual_margin,
                    from: wins.month,
                    is_won: true,
                    age: -i64::from(wins.month),
                    term: newcomer.term,
                    free_renewal,
                    later: projection.later_renewals(None),
                    survival,
                    renewals,
                };
                lives.live(path);
            }
        });
        gather(&mut path.ended);
    }
}

impl Lives<'_> {
    /// Adds what happens to them to `path`.
    fn live(&self, path: &mut Path) {
        let (mut grown, mut from) = (1.0, self.from);
        for (index, step) in self.survival.steps.iter().enumerate() {
            self.stay(path, grown, from, step.month.saturating_sub(1));
            let is_renewed = index < self.renewals;
            let due = self.count * self.value * grown * f64::from(self.term) / 12.0;
            let age = (self.age + i64::from(step.month)).max(0) as u32;
            if let Some(flow) = path.months.get_mut(step.month.saturating_sub(1) as usize) {
                flow.due_value += due;
                add_by_year(&mut flow.free_value, age, due * self.free_renewal);
                if is_renewed {
                    add_by_year(&mut flow.renewed_value, age, due);
                    flow.renewals += self.count;
                    flow.expansion_value += self.count * self.value * grown * step.growth;
                } else {
                    flow.lost += self.count;
                }
            }
            if path.keep_ended && self.is_won {
                let (lost, lost_value, renewed_value) =
                    if is_renewed { (0.0, 0.0, due) } else { (self.count, due, 0.0) };
                path.ended.push(EndedContracts { month: step.month, sold: self.from, lost, lost_value, renewed_value });
            }
            if !is_renewed {
                return;
            }
            grown *= 1.0 + step.growth;
            from = step.month;
        }
        self.stay(path, grown, from, u32::MAX);
        let (company, seller) = self.later;
        let value = self.count * self.value * grown;
        let later = &mut path.afterwards;
        later.company_value += value * company;
        later.seller_value += value * seller;
        later.company_margin += self.count * self.margin(grown) * company;
        if self.is_won {
            later.won_company_value += value * company;
            later.won_seller_value += value * seller;
        }
    }

    /// Annual margin of one that has grown so far.
    fn margin(&self, grown: f64) -> f64 {
        self.annual_margin + self.gross_margin * (grown - 1.0)
    }

    /// They are there in the months `from..=until`.
    fn stay(&self, path: &mut Path, grown: f64, from: u32, until: u32) {
        let months = path.months.iter_mut().take(until as usize).skip(from.saturating_sub(1) as usize);
        for flow in months {
            flow.accounts += self.count;
            flow.annual_value += self.count * self.value * grown;
            flow.margin += self.count * self.margin(grown) / 12.0;
        }
    }
}

/// Puts contracts in the order of the months in which they end, those of one sale and month together.
fn gather(ended: &mut Vec<EndedContracts>) {
    ended.sort_by_key(|it| (it.month, std::cmp::Reverse(it.sold)));
    ended.dedup_by(|next, first| {
        let alike = (next.month, next.sold) == (first.month, first.sold);
        if alike {
            first.lost += next.lost;
            first.lost_value += next.lost_value;
            first.renewed_value += next.renewed_value;
        }
        alike
    });
}
