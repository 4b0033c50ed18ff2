//! The exact deal where gaming a plan pays: holding it back, splitting it, discounting it, or not selling it at all.
//!
//! Tiers, gates, caps and dated extras pay for *when* and *how* a deal is signed, not only for how much is sold. Each
//! trick is searched for on the events themselves and paid by the one evaluator ([`super::pay::evaluate`]): a plan that
//! pays a part of everything gives nothing here. What is found is no accusation; it is what the plan asks for.
//!
//! Pay is the sum over all months looked at, less what is then still owed to a draw or to clawback. Nothing is
//! discounted: a trick that only gets the same money later or sooner is none.
//!
//! Not here: what customers think of it, later renewals of a deal that was discounted, and tricks with several deals
//! other than waiting for the next period.

mod amounts;

use chrono::{Months, NaiveDate};

use super::month::Month;
use super::pay::{
    Basis, Component, ComponentPay, Event, EventKind, Faulty, MonthPay, PayPlan, PlanPeriod, Reward, Window, evaluate,
};
use amounts::{Outcome, best, outcomes};

/// What a seller may do with a deal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Freedom {
    /// How many months a signature can be held back, or called forward by a discount.
    pub months: u32,
    /// The discount, a part of the price, for which a customer signs before the end of the period instead of later;
    /// above 0.
    pub closing_discount: f64,
    /// The greatest discount that a seller may give, a part of the price.
    pub greatest_discount: f64,
    /// A gain below this is not worth the trouble, money; above 0, since sums are rounded.
    pub least_gain: f64,
}

impl Default for Freedom {
    /// Three months, 5 % to close, 30 % at most, a gain of 1.
    fn default() -> Freedom {
        Freedom { months: 3, closing_discount: 0.05, greatest_discount: 0.30, least_gain: 1.0 }
    }
}

/// What is done with a deal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trick {
    /// Sandbagging: signed in a later period instead of its own.
    Hold {
        /// The new day, on which the deal or its payment comes to a new month or a dated extra.
        until: NaiveDate,
    },
    /// Cliff-sitting: all deals left in the period wait for the next, where together they pass a step that they would
    /// miss in both.
    Wait {
        /// The new day of all of them.
        until: NaiveDate,
    },
    /// Capping out: the cap is reached, so these deals bring nothing more; whoever stops loses nothing.
    Stop {
        /// What is not sold, money.
        revenue: f64,
    },
    /// Two deals instead of one, for the same price in all.
    Split {
        /// The price of the first, signed on the old day, money in whole cents.
        first: f64,
        /// The price of the second, money.
        second: f64,
        /// The day of the second: the same, or a later one as for [`Trick::Hold`].
        second_on: NaiveDate,
    },
    /// Discounting to close.
    Discount {
        /// The discount, a part of the price.
        part: f64,
        /// The day: the same, or the last before a new month or the end of a dated extra.
        on: NaiveDate,
        /// The greatest discount that would still pay, within what may be given.
        up_to: f64,
    },
}

/// A trick that pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    /// The deals, by place among the events; one but for waiting and stopping.
    pub events: Vec<usize>,
    /// What is done with them.
    pub trick: Trick,
    /// Pay over all months without it, money.
    pub before: f64,
    /// Pay with it, money.
    pub after: f64,
}

impl Game {
    /// What it brings the seller, money; about 0 for [`Trick::Stop`], which saves work instead.
    pub fn gain(&self) -> f64 {
        self.after - self.before
    }
}

/// The search, event by event, so that a page can go on between two of them.
#[derive(Debug, Clone)]
pub struct GamingCheck<'a> {
    plan: &'a PayPlan,
    events: &'a [Event],
    open: Vec<usize>,
    from: Month,
    months: u32,
    freedom: Freedom,
    before: f64,
}

/// Every trick that pays with `events` under `plan`, the greatest gain first: [`GamingCheck`] at once.
///
/// # Errors
/// [`Faulty`] if the plan contradicts itself.
pub fn gaming(
    plan: &PayPlan,
    events: &[Event],
    open: &[usize],
    from: Month,
    freedom: Freedom,
) -> Result<Vec<Game>, Faulty> {
    let check = GamingCheck::new(plan, events, open, from, freedom)?;
    let mut games = check.together();
    games.extend(check.open.iter().flat_map(|index| check.of_event(*index)));
    games.sort_by(|one, other| other.gain().total_cmp(&one.gain()));
    Ok(games)
}

impl<'a> GamingCheck<'a> {
    /// A search among the `events` at the places `open`, which the seller can move, split or discount, for a plan in
    /// force from the month `from` on. Looks as far as the end of the plan year in which the last event could be held.
    ///
    /// # Errors
    /// [`Faulty`] if the plan contradicts itself.
    pub fn new(
        plan: &'a PayPlan,
        events: &'a [Event],
        open: &[usize],
        from: Month,
        freedom: Freedom,
    ) -> Result<GamingCheck<'a>, Faulty> {
        plan.check()?;
        let days = events.iter().flat_map(|event| [Some(event.on), event.collected_on]).flatten();
        let last = days.max().map_or(from, Month::of).max(from).plus(freedom.months as i32);
        let year_end = (0..12).map(|more| last.plus(more)).find(|month| plan.year.ends(PlanPeriod::Year, *month));
        let months = u32::try_from(from.months_until(year_end.unwrap_or(last)) + 1).unwrap_or(1);
        let open = open.iter().copied().filter(|index| {
            events.get(*index).is_some_and(|event| Month::of(event.on) >= from && event.kind != EventKind::Lost)
        });
        let mut check = GamingCheck { plan, events, open: open.collect(), from, months, freedom, before: 0.0 };
        check.before = check.pay(events).0;
        Ok(check)
    }

    /// Pay over all months without any trick, money.
    pub const fn pay_before(&self) -> f64 {
        self.before
    }

    /// The best hold, the best split and the best discount of the event at `index`, as far as they pay.
    pub fn of_event(&self, index: usize) -> Vec<Game> {
        let Some(event) = self.events.get(index).filter(|_| self.open.contains(&index)) else { return Vec::new() };
        let hold = self.hold(index, event);
        let split = self.split(index, event, hold.as_ref().map_or(0.0, Game::gain));
        [hold, split, self.discount(index, event)].into_iter().flatten().collect()
    }

    /// What is done with several deals of a period: waiting for the next, or stopping at a cap.
    pub fn together(&self) -> Vec<Game> {
        let mut games: Vec<Game> = Vec::new();
        for period in self.periods() {
            for rest in self.open_by_period(period) {
                let waits = (0..rest.len().saturating_sub(1)).filter_map(|skip| self.wait(period, rest.get(skip..)?));
                let single = rest.iter().filter_map(|index| self.hold(*index, self.events.get(*index)?));
                let alone = single.map(|game| game.gain()).fold(0.0, f64::max);
                let wait = waits.max_by(|one, other| one.gain().total_cmp(&other.gain()));
                games.extend(wait.filter(|wait| wait.gain() >= alone + self.freedom.least_gain));
                let is_capped = |component: &Component| component.cap.is_some() && component.period == period;
                if self.plan.components.iter().any(is_capped) {
                    games.extend((0..rest.len()).find_map(|skip| self.stop(rest.get(skip..)?)));
                }
            }
        }
        // What a month's cap stops, a year's may too.
        let mut known: Vec<Game> = Vec::new();
        for game in games {
            if !known.contains(&game) {
                known.push(game);
            }
        }
        known
    }

    /// Months looked at.
    pub const fn months(&self) -> u32 {
        self.months
    }

    /// What the plan pays for `events` over all months, by rule, with what is then owed taken off; rules that pay nothing are
    /// left out.
    pub fn pay_by_rule(&self, events: &[Event]) -> Vec<(String, f64)> {
        let months = evaluate(self.plan, events, self.from, self.months, Window::default());
        let sum = |of: &dyn Fn(&MonthPay) -> f64| months.iter().map(of).sum::<f64>();
        let of_rule = |(place, component): (usize, &Component)| {
            let paid = |month: &MonthPay| month.components.get(place).map_or(0.0, ComponentPay::total);
            (component.name.clone(), sum(&paid))
        };
        let owed = months.last().map_or(0.0, |last| last.draw_owed + last.clawback_owed);
        let rest = [
            ("Base pay", sum(&|month| month.base)),
            ("Retention multiplier", sum(&|month| month.multiplier)),
            ("Clawback", -sum(&|month| month.clawed_back)),
            ("Draw", sum(&|month| month.drawn)),
            ("Still owed at the end", -owed),
        ];
        let rules = self.plan.components.iter().enumerate().map(of_rule);
        let all = rules.chain(rest.map(|(name, amount)| (name.to_owned(), amount)));
        all.filter(|(_, amount)| *amount != 0.0).collect()
    }

    /// The events as they are once `game` is played.
    pub fn played(&self, game: &Game) -> Vec<Event> {
        let first = game.events.first().copied().unwrap_or_default();
        let Some(event) = self.events.get(first) else { return self.events.to_vec() };
        // In whole cents, as they were searched.
        let cents = |amount: f64| libm::round(amount * 100.0) as i64;
        match game.trick {
            Trick::Hold { until } | Trick::Wait { until } => self.moved(&game.events, until),
            Trick::Stop { .. } => without(self.events, &game.events),
            Trick::Split { first: part, second_on, .. } => self.parted(first, event, cents(part), second_on),
            Trick::Discount { part, on, .. } => self.discounted(first, event, cents(part * event.revenue), on),
        }
    }

    fn pay(&self, events: &[Event]) -> Outcome {
        self.pay_under(self.plan, events)
    }

    fn pay_under(&self, plan: &PayPlan, events: &[Event]) -> Outcome {
        let months = evaluate(plan, events, self.from, self.months, Window::default());
        let owed = months.last().map_or(0.0, |last| last.draw_owed + last.clawback_owed);
        let standing = months
            .iter()
            .fold(0_u64, |all, month| all.rotate_left(5).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ month.standing);
        (months.iter().map(MonthPay::paid).sum::<f64>() - owed, standing)
    }

    fn game(&self, events: &[usize], trick: Trick, after: f64) -> Option<Game> {
        let game = Game { events: events.to_vec(), trick, before: self.before, after };
        (game.gain() >= self.freedom.least_gain).then_some(game)
    }

    fn hold(&self, index: usize, event: &Event) -> Option<Game> {
        let held = self.later_days(event).into_iter().filter_map(|until| {
            let after = self.pay(&self.moved(&[index], until)).0;
            self.game(&[index], Trick::Hold { until }, after)
        });
        earliest_best(held)
    }

    fn wait(&self, period: PlanPeriod, rest: &[usize]) -> Option<Game> {
        let first = self.events.get(*rest.first()?)?;
        let until = self.next_start(period, Month::of(first.on)).first_day();
        let can = |index: &usize| self.events.get(*index).is_some_and(|event| self.may_move(event, until));
        if !rest.iter().all(can) {
            return None;
        }
        self.game(rest, Trick::Wait { until }, self.pay(&self.moved(rest, until)).0)
    }

    /// Nothing is lost without these deals, though without caps it would be.
    fn stop(&self, rest: &[usize]) -> Option<Game> {
        let mut uncapped = self.plan.clone();
        for component in &mut uncapped.components {
            component.cap = None;
        }
        let left = without(self.events, rest);
        let after = self.pay(&left).0;
        let loses = |plan: &PayPlan| self.pay_under(plan, self.events).0 - self.pay_under(plan, &left).0;
        let revenue = rest.iter().filter_map(|index| self.events.get(*index)).map(|event| event.revenue).sum();
        let nothing_lost = after >= self.before - 1e-9 * self.before.abs().max(1.0);
        let game = || Game { events: rest.to_vec(), trick: Trick::Stop { revenue }, before: self.before, after };
        (nothing_lost && loses(&uncapped) >= self.freedom.least_gain).then(game)
    }

    /// A split whose second part waits must bring more than `alone`, what it brings if all of it waits.
    fn split(&self, index: usize, event: &Event, alone: f64) -> Option<Game> {
        let days = std::iter::once(event.on).chain(self.later_days(event));
        let kinks: Vec<f64> =
            self.deal_steps(event).into_iter().flat_map(|step| [step, event.revenue - step]).collect();
        let games = days.filter_map(|second_on| {
            let most = libm::floor(event.revenue * 100.0) as i64 - 1;
            let tried = outcomes((1, most), &kinks, |cents| self.pay(&self.parted(index, event, cents, second_on)));
            let (cents, after) = best(&tried)?;
            let first = cents as f64 / 100.0;
            self.game(&[index], Trick::Split { first, second: event.revenue - first, second_on }, after)
        });
        let worth_it = |split: &Game| match split.trick {
            Trick::Split { second_on, .. } if second_on > event.on => split.gain() >= alone + self.freedom.least_gain,
            _ => true,
        };
        earliest_best(games.filter(worth_it))
    }

    fn discount(&self, index: usize, event: &Event) -> Option<Game> {
        let price = libm::floor(event.revenue * 100.0);
        let kinks: Vec<f64> = self.deal_steps(event).into_iter().map(|step| event.revenue - step).collect();
        let (to_close, most) = (self.freedom.closing_discount, self.freedom.greatest_discount.min(1.0));
        let days = std::iter::once((event.on, 1))
            .chain(self.earlier_days(event).into_iter().map(|day| (day, (libm::ceil(price * to_close) as i64).max(1))));
        let games = days.filter_map(|(on, least)| {
            let pay = |cents: i64| self.pay(&self.discounted(index, event, cents, on));
            let tried = outcomes((least, libm::floor(price * most) as i64), &kinks, pay);
            let (cents, after) = best(&tried)?;
            let pays = |pay: f64| pay - self.before >= self.freedom.least_gain;
            let (mut up_to, mut too_much) = (cents, None);
            for (cents, (pay, _)) in &tried {
                if pays(*pay) {
                    (up_to, too_much) = (*cents, None);
                } else if too_much.is_none() {
                    too_much = Some(*cents);
                }
            }
            // Between the last that pays and the next that was tried pay only falls.
            let mut end = too_much.unwrap_or(up_to);
            while end - up_to > 1 {
                let middle = up_to + (end - up_to) / 2;
                if pays(pay(middle).0) { up_to = middle } else { end = middle }
            }
            let part = |cents: i64| cents as f64 / 100.0 / event.revenue;
            self.game(&[index], Trick::Discount { part: part(cents), on, up_to: part(up_to) }, after)
        });
        earliest_best(games)
    }
}

/// The greatest gain, the first of equals.
fn earliest_best(games: impl Iterator<Item = Game>) -> Option<Game> {
    games.fold(None, |best: Option<Game>, game| match best {
        Some(best) if best.gain() >= game.gain() => Some(best),
        _ => Some(game),
    })
}

/// The events but for those at some places.
fn without(events: &[Event], places: &[usize]) -> Vec<Event> {
    let left = events.iter().enumerate().filter(|(place, _)| !places.contains(place));
    left.map(|(_, event)| *event).collect()
}

mod moves;
