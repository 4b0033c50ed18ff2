//! The same bits everywhere: a hash over everything that is worked out for a plan drawn at random.

use std::fmt::{self, Write};

use holdfast::model::account::{Account, Standing, Term};
use holdfast::model::assumptions::{Assumptions, AttentionPolicy, RenewalForm};
use holdfast::model::book::Book;
use holdfast::model::month::Month;
use holdfast::model::pay::PlanPeriod;
use holdfast::model::payoff::{Detail, Question, payoff};
use holdfast::model::plan::{Plan, QuotaRule, RenewalSchedule};
use holdfast::model::quantity::{CommissionRate, Margin, Money, Multiplier};
use holdfast::model::workspace::Workspace;

use crate::luck;
use crate::random::Random;

/// FNV-1a over a text as it is written, so that no text is kept.
struct Hash(u64);

impl Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(())
    }
}

/// The hashes of the plans `first..end`, each over all answers. Rust writes a number with as many digits as tell it from its
/// neighbours, so two answers are written alike only if all their bits are.
pub fn hashes(first: usize, end: usize) -> Vec<String> {
    (first..end).map(|seed| format!("{:016x}", hash(seed as u64))).collect()
}

fn hash(seed: u64) -> u64 {
    let workspace = drawn(seed);
    let detail = if seed.is_multiple_of(2) { Detail::Exact } else { Detail::Glance };
    let question = Question { target_share: Some(0.4), detail, ..Question::default() };
    let mut hash = Hash(0xcbf2_9ce4_8422_2325);
    write!(hash, "{:?}", payoff(&workspace, &question)).expect("a hash takes every text");
    if seed.is_multiple_of(25) {
        write!(hash, "{:?}", luck::simulated_pay(&workspace)).expect("a hash takes every text");
    }
    hash.0
}

/// A workspace with a book of up to 24 accounts, everything drawn that a user may set.
fn drawn(seed: u64) -> Workspace {
    let mut random = Random::new(seed);
    let as_of = Month::parse("2026-11").expect("a month");
    let assumptions = assumptions(&mut random);
    let plan = plan(&mut random);
    let mut book = Book::empty();
    for _ in 0..random.below(25) {
        let id = book.take_id();
        let mut account = Account::new(id, String::new(), Money::from_cents(random.below(5_000_000) as i64));
        account.margin = Margin::constant(random.between(-0.2, 1.0));
        account.cost_to_serve = Money::from_cents(random.below(200_000) as i64);
        account.term = Term::new(Term::MONTHS[random.below(8) as usize]).expect("a term");
        account.loss_odds = Multiplier::constant(if random.below(2) == 0 { 1.0 } else { random.between(0.1, 10.0) });
        account.seller = ["", "Ann", "Ben"][random.below(3) as usize].to_owned();
        let since = as_of.plus(-(random.below(100) as i32)).first_day();
        let renews_on = (random.below(3) == 0).then(|| as_of.plus(random.below(40) as i32 - 2).first_day());
        account.standing = match random.below(10) {
            0 => Standing::Lapsed { since: None, on: None, reason: String::new() },
            1 => Standing::Prospect,
            _ => Standing::Active { since: Some(since), renews_on },
        };
        book.accounts.push(account);
    }
    Workspace { assumptions, ..Workspace::new(as_of, book, plan) }
}

fn assumptions(random: &mut Random) -> Assumptions {
    let unattended = random.between(0.2, 0.8);
    let saturated = random.between(unattended + 0.05, 0.99);
    let today = unattended + (saturated - unattended) * random.between(0.2, 0.9);
    Assumptions {
        hours_per_year: random.between(100.0, 2_000.0),
        share_today: random.between(0.05, 0.95),
        renew_unattended: unattended,
        renew_today: today,
        renew_saturated: saturated,
        renew_half: unattended + (today - unattended) * random.between(0.1, 0.9),
        renewal_form: RenewalForm::ALL[random.below(2) as usize],
        stay: random.between(0.3, 1.0),
        odds_new: random.between(0.01, 0.4),
        win_back: random.below(2) == 0,
        hours_per_pursuit: random.between(0.5, 20.0),
        leads: random.between(0.0, 500.0),
        referrals: random.between(0.0, 1.0),
        carry_over: random.between(0.0, 0.95),
        discount_company: random.between(0.02, 0.3),
        discount_seller: random.between(0.0, 0.3),
        prospecting_cost: random.between(0.0, 20.0),
        horizon: 12 + random.below(49) as u32,
        residual: random.below(2) == 0,
        upsell_growth: if random.below(2) == 0 { 0.0 } else { random.between(0.0, 0.2) },
        competitor_pull: random.between(0.8, 2.0),
        reference_lift: if random.below(2) == 0 { 0.0 } else { random.between(0.0, 1.0) },
        attention: AttentionPolicy::ALL[random.below(4) as usize],
        ..Assumptions::default()
    }
}

fn plan(random: &mut Random) -> Plan {
    let mut rate = |most: f64| CommissionRate::constant(random.between(0.0, most));
    let renewal = RenewalSchedule::from_steps([(1, rate(0.02)), (2, rate(0.2)), (4, rate(0.2))]);
    let (new_business, referral, upsell) = (rate(0.3), rate(0.05), rate(0.1));
    let periods = [PlanPeriod::Month, PlanPeriod::Quarter, PlanPeriod::Year];
    let quota = QuotaRule {
        target: random.between(1_000.0, 200_000.0),
        period: periods[random.below(3) as usize],
        multiplier: if random.below(2) == 0 { 1.0 } else { random.between(0.0, 3.0) },
    };
    Plan {
        new_business,
        renewal,
        referral,
        upsell,
        quota,
        base: Money::from_cents(random.below(5_000_000) as i64),
        rules: Vec::new(),
    }
}
