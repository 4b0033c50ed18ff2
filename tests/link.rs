//! A plan in an address: what it keeps, what it leaves out, how short it is, and what it refuses.
//!
//! No name of a customer or seller may be in a link, and nobody who opens one is at its mercy: whatever stands in the
//! address is refused in a sentence, or gives a workspace within every range.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

#[path = "fixtures/generate.rs"]
mod generate;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Days;
use holdfast::model::account::{Account, AccountId, Origin, Standing, Term};
use holdfast::model::assumptions::{AttentionPolicy, RenewalForm};
use holdfast::model::book::{Book, Provenance};
use holdfast::model::bounds::Input;
use holdfast::model::decision::{About, Decision, Decisions};
use holdfast::model::payoff::{Headline, Question, payoff};
use holdfast::model::plan::RenewalSchedule;
use holdfast::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use holdfast::model::rules::Rule;
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;
use holdfast::storage::csv;
use holdfast::storage::link::{
    BadLink, MAX_CHARACTERS, MAX_WITH_DECISIONS, decode, difference, encode, encode_with_decisions,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use generate::{SELLERS, accounts, as_of, assumptions, book_of, for_all, plans, workspaces};

const NONE: Headline = Headline { seller_share: 0.0, company_share: 0.0, gap: 0.0 };

fn all() -> Question {
    Question::default()
}

fn headline(workspace: &Workspace) -> Headline {
    payoff(workspace, &all()).unwrap().headline()
}

/// The JSON inside a payload.
fn opened(payload: &str) -> Value {
    let (_, packed) = payload.split_once('.').unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(packed).unwrap()).unwrap()
}

/// A payload around `json`.
fn packed(json: &Value) -> String {
    format!("1.{}", URL_SAFE_NO_PAD.encode(json.to_string()))
}

/// The account without what tells it from the others of its group.
fn shape(account: &Account) -> String {
    format!("{:?}", Account { id: AccountId(0), name: String::new(), seller: String::new(), ..account.clone() })
}

fn shapes(book: &Book) -> usize {
    book.accounts.iter().map(shape).collect::<BTreeSet<_>>().len()
}

fn assert_in_range(workspace: &Workspace) {
    for input in Input::ALL {
        let row = input.bounds();
        assert!((row.min..=row.max).contains(&workspace.get(input)), "{input:?} is {}", workspace.get(input));
    }
    for (input, range) in workspace.ranges.iter() {
        let row = input.bounds();
        assert!(row.min <= range.low() && range.low() < range.high() && range.high() <= row.max, "{input:?} {range:?}");
        assert!(range.holds(workspace.get(input)), "{input:?} is not in {range:?}");
    }
    assert_eq!(workspace.check(), Ok(()));
    assert!(workspace.book.accounts.len() <= Book::MAX_ACCOUNTS);
    for account in &workspace.book.accounts {
        assert!((Money::ZERO..=Money::MAX).contains(&account.annual_value));
    }
}

/// Opening `payload` is refused in a sentence; which one it is.
fn refused(payload: &str) -> BadLink {
    match decode(payload) {
        Ok(shared) => panic!("{payload} gave {shared:?}"),
        Err(why) => {
            let said = why.to_string();
            assert!(said.starts_with("This link") && said.ends_with('.'), "{said}");
            why
        }
    }
}

// --- What is kept -----------------------------------------------------------------------------------------------

#[test]
fn the_sample_comes_back_with_the_same_headline() {
    let workspace = sample_workspace(as_of());
    let sent = headline(&workspace);
    let payload = encode(&workspace, &all(), sent);
    assert!(payload.len() <= MAX_CHARACTERS, "{} characters", payload.len());
    let shared = decode(&payload).unwrap();
    assert_eq!((shared.workspace.book.accounts.len(), shapes(&shared.workspace.book)), (40, 12));
    let got = headline(&shared.workspace);
    assert!((got.seller_share - sent.seller_share).abs() <= 1e-6, "{got:?}");
    assert!((got.company_share - sent.company_share).abs() <= 1e-6, "{got:?}");
    assert!((got.gap - sent.gap).abs() <= 1e-6 * sent.gap, "{got:?}");
    assert_eq!(shared.workspace.plan, workspace.plan);
    assert_eq!(shared.workspace.assumptions, workspace.assumptions);
    assert_eq!(shared.workspace.book.provenance, Provenance::Shared);
    assert!((shared.headline.seller_share - 0.325_842).abs() < 1e-6 && (shared.headline.gap - 102_663.0).abs() < 1.5);
    assert_eq!(difference(&shared), None);
}

#[test]
fn plan_and_assumptions_come_back() {
    for_all(256, 20_000, &workspaces(3, SELLERS), |workspace| {
        let payload = encode(&workspace, &all(), NONE);
        let shared = decode(&payload).map_err(|why| TestCaseError::fail(format!("{why} {payload}")))?;
        // Nine decimals where every number is the user's own and has all its digits, six if many have ranges or rules, too.
        let is_short = workspace.ranges.is_empty() && workspace.plan.rules.is_empty();
        let least: f64 = if is_short { 5.1e-10 } else { 5.1e-7 };
        let (got, sent) = (&shared.workspace.plan.rules, &workspace.plan.rules);
        prop_assert_eq!(got.len(), sent.len());
        for (got, sent) in got.iter().zip(sent) {
            let all = |rule: &Rule| (rule.kind(), rule.period, rule.is_on);
            prop_assert_eq!(all(got), all(sent));
            let differ = |(got, sent): (&f64, &f64)| (got - sent).abs() > least.max(1e-12 * sent.abs());
            prop_assert!(!got.numbers().iter().zip(sent.numbers()).any(differ), "{:?} of {:?}", got, sent);
        }
        for input in Input::ALL {
            let (got, sent) = (shared.workspace.get(input), workspace.get(input));
            prop_assert!((got - sent).abs() <= (1e-12 * sent.abs()).max(least), "{:?}: {} of {}", input, got, sent);
        }
        let years = shared.workspace.plan.renewal.by_year().iter().zip(workspace.plan.renewal.by_year());
        for (got, sent) in years {
            prop_assert!((got.get() - sent.get()).abs() <= least);
        }
        assert_in_range(&shared.workspace);
        let (got, sent) = (&shared.workspace.ranges, &workspace.ranges);
        // Ends nearer each other than the digits are a number; too many ranges are left out all together.
        for (input, of) in got.iter() {
            let from = sent.get(input);
            let moved = |from: holdfast::model::ranges::Range| {
                (of.low() - from.low()).abs().max((of.high() - from.high()).abs())
            };
            prop_assert!(
                from.is_some_and(|from| moved(from) <= (1e-12 * from.high()).max(least)),
                "{:?} {:?}",
                of,
                from
            );
        }
        let wide = sent.iter().filter(|(_, range)| range.high() - range.low() > 2e-6).count();
        prop_assert!(got.len() >= wide || (got.is_empty() && wide > 3), "{:?} of {:?}", got, sent);
        prop_assert_eq!(shared.workspace.plan.base, workspace.plan.base);
        let (got, sent) = (&shared.workspace.assumptions, &workspace.assumptions);
        prop_assert_eq!((got.win_back, got.residual, got.attention), (sent.win_back, sent.residual, sent.attention));
        prop_assert_eq!(got.renewal_form, sent.renewal_form);
        prop_assert_eq!(shared.workspace.plan.quota.period, workspace.plan.quota.period);
        let least = if is_short { 1e-12 } else { least };
        prop_assert!((got.odds_lapsed - sent.odds_lapsed).abs() <= least);
        prop_assert!((got.lapsed_fade - sent.lapsed_fade).abs() <= least);
        Ok(())
    });
}

/// A link says the oldest version that knows all that is in it, so that an older Holdfast opens what it can.
#[test]
fn a_link_is_of_the_first_version_that_knows_what_is_in_it() {
    let version = |change: &dyn Fn(&mut Workspace)| {
        let mut workspace = sample_workspace(as_of());
        change(&mut workspace);
        let payload = encode(&workspace, &all(), NONE);
        assert_eq!(decode(&payload).unwrap().workspace.assumptions, workspace.assumptions);
        payload.split_once('.').unwrap().0.to_owned()
    };
    let set = |input: Input, value: f64| move |workspace: &mut Workspace| workspace.set(input, value).unwrap();
    assert_eq!(version(&|_| {}), "1");
    assert_eq!(version(&set(Input::Stay, 0.5)), "1");
    assert_eq!(version(&set(Input::CompetitorPull, 1.5)), "2");
    assert_eq!(version(&|workspace| workspace.assumptions.attention = AttentionPolicy::Best), "2");
    for (input, value) in [(Input::RenewHalf, 0.65), (Input::ReferredOdds, 0.8), (Input::WonBackOdds, 2.0)] {
        assert_eq!(version(&set(input, value)), "3", "{input:?}");
    }
    assert_eq!(version(&|workspace| workspace.assumptions.renewal_form = RenewalForm::SCurve), "3");
    assert_eq!(version(&|workspace| workspace.set_range(Input::Stay, 0.5, 1.0).unwrap()), "3");
    assert_eq!(version(&|workspace| workspace.keep_range(Input::RenewalYear4, 0.01, 0.02).unwrap()), "3");
}

fn decision(number: u64, about: About, why: &str) -> Decision {
    let on = as_of().first_day() + Days::new(number);
    Decision { on, nth: 1, about, stated: "2%".to_owned(), why: why.to_owned(), who: "Ünal \"Ü\"".to_owned() }
}

/// Decisions come back word for word, where they are asked for, and the rest of the link is as without them.
#[test]
fn decisions_go_along_where_they_are_asked_for() {
    for_all(200, 5_000, &workspaces(8, SELLERS), |workspace| {
        let (payload, count) = encode_with_decisions(&workspace, &all(), NONE);
        let without = encode(&workspace, &all(), NONE);
        let shared = decode(&payload).map_err(|why| TestCaseError::fail(why.to_string()))?.workspace;
        prop_assert_eq!((count, &shared.decisions), (workspace.decisions.len(), &workspace.decisions));
        let bare = decode(&without).map_err(|why| TestCaseError::fail(why.to_string()))?.workspace;
        prop_assert!(bare.decisions.is_empty());
        prop_assert_eq!(Workspace { decisions: bare.decisions.clone(), ..shared }, bare);
        prop_assert_eq!(payload.starts_with("5."), count > 0);
        prop_assert_eq!(payload == without, count == 0);
        Ok(())
    });
}

#[test]
fn the_latest_decisions_go_along_where_not_all_fit() {
    let mut workspace = sample_workspace(as_of());
    let all_of = Input::ALL.into_iter().map(About::Number).chain([About::Plan]).cycle();
    let logged: Vec<Decision> = all_of
        .zip(0..400)
        .map(|(about, number)| decision(number, about, &"ß".repeat(1 + number as usize % 200)))
        .collect();
    workspace.decisions = logged.iter().cloned().collect();
    let (payload, count) = encode_with_decisions(&workspace, &all(), NONE);
    assert!(payload.len() <= MAX_WITH_DECISIONS, "{}", payload.len());
    assert!((1..400).contains(&count), "{count}");
    let latest: Decisions = logged[400 - count..].iter().cloned().collect();
    assert_eq!(decode(&payload).unwrap().workspace.decisions, latest);
    // One that never fits leaves a link without any.
    workspace.decisions = [decision(0, About::Plan, &"x".repeat(20_000))].into_iter().collect();
    assert_eq!(encode_with_decisions(&workspace, &all(), NONE), (encode(&workspace, &all(), NONE), 0));
}

#[test]
fn decisions_that_are_none_are_refused() {
    let log = |decision: Value| refused(&with("/l", json!([decision])).replacen("1.", "5.", 1));
    assert_eq!(log(json!(["2026-02-30", 1, "", "", "x", ""])), BadLink::OutOfRange("the day of a decision".to_owned()));
    assert_eq!(log(json!(["2026-11-29", 1, "bribe", "", "x", ""])), BadLink::Newer);
    assert_eq!(log(json!(["2026-11-29", 1, "", "", "x"])), BadLink::CutOff);
    assert_eq!(log(json!(["2026-11-29", 1, "", "", "x", "", "y"])), BadLink::CutOff);
    assert_eq!(log(json!(["2026-11-29", -1, "", "", "x", ""])), BadLink::CutOff);
}

/// Ranges go with the plan; of every input, also of those whose number is told by the steps of the schedule.
#[test]
fn ranges_come_back_to_the_last_digit() {
    let mut workspace = sample_workspace(as_of());
    for input in Input::ALL {
        let (number, row) = (workspace.get(input), input.bounds());
        let mut sent = workspace.clone();
        sent.keep_range(input, number - (number - row.min) / 3.0, number + (row.max - number) / 7.0).unwrap();
        assert_eq!(decode(&encode(&sent, &all(), NONE)).unwrap().workspace.ranges, sent.ranges, "{input:?}");
    }
    for (input, low, high) in
        [(Input::RenewToday, 0.6, 0.8), (Input::OddsNew, 0.05, 0.1), (Input::RenewalYear3, 0.02, 0.08)]
    {
        workspace.set_range(input, low, high).unwrap();
    }
    let shared = decode(&encode(&workspace, &all(), NONE)).unwrap().workspace;
    assert_eq!((&shared.ranges, &shared.plan), (&workspace.ranges, &workspace.plan));
    assert_eq!(shared.assumptions, workspace.assumptions);
}

/// The headline does not stand on the ranges, so they go first where not all fits.
#[test]
fn a_link_with_every_number_a_range_is_short_too() {
    let mut workspace = sample_workspace(as_of());
    for input in Input::ALL {
        let (number, row) = (workspace.get(input), input.bounds());
        workspace.keep_range(input, number - (number - row.min) / 3.0, number + (row.max - number) / 7.0).unwrap();
    }
    check_size(&workspace).unwrap();
    let shared = decode(&encode(&workspace, &all(), NONE)).unwrap().workspace;
    assert!(shared.ranges.is_empty() || shared.ranges.len() == Input::ALL.len(), "{:?}", shared.ranges);
    assert_eq!(shared.assumptions, workspace.assumptions);
}

/// Accounts of a link have no origin: what it does to the odds of loss goes with them.
#[test]
fn what_an_origin_does_is_in_the_accounts_own_odds() {
    let mut workspace = sample_workspace(as_of());
    (workspace.assumptions.referred_odds, workspace.assumptions.won_back_odds) = (0.8, 1.5);
    workspace.assumptions.competitor_pull = 1.2;
    for (index, account) in workspace.book.accounts.iter_mut().enumerate() {
        account.origin = [Origin::Prospecting, Origin::Referral { sent_by: None }, Origin::WinBack][index % 3];
        account.loss_odds = Multiplier::new([1.0, 2.5][index % 2]).unwrap();
    }
    let shared = decode(&encode(&workspace, &all(), NONE)).unwrap().workspace;
    let mut odds: Vec<f64> = shared.book.accounts.iter().map(|account| account.loss_odds.get()).collect();
    odds.sort_by(f64::total_cmp);
    odds.dedup();
    // Groups are at most twelve, so some of the 36 different kinds are summed up; what is left is of these.
    let known = [0.8, 1.0, 1.5, 2.0, 2.5, 3.75];
    assert!(odds.len() > 2 && odds.iter().all(|it| known.iter().any(|known| (it - known).abs() < 1e-9)), "{odds:?}");
    assert!(shared.book.accounts.iter().all(|account| account.origin == Origin::Prospecting));
}

#[test]
fn what_a_link_opens_is_what_it_says_again() {
    for_all(256, 20_000, &workspaces(30, SELLERS), |workspace| {
        let first = decode(&encode(&workspace, &all(), NONE)).map_err(|why| TestCaseError::fail(why.to_string()))?;
        let second =
            decode(&encode(&first.workspace, &all(), NONE)).map_err(|why| TestCaseError::fail(why.to_string()))?;
        prop_assert_eq!(shapes(&second.workspace.book), shapes(&first.workspace.book));
        prop_assert_eq!(second.workspace.book.sellers().len(), first.workspace.book.sellers().len());
        let value = |book: &Book| book.accounts.iter().map(|account| account.annual_value.cents()).sum::<i64>();
        prop_assert_eq!(value(&second.workspace.book), value(&first.workspace.book));
        Ok(())
    });
}

#[test]
fn one_sellers_link_has_only_their_accounts() {
    let mut workspace = sample_workspace(as_of());
    for account in workspace.book.accounts.iter_mut().skip(10) {
        account.seller = "Other".to_owned();
    }
    let question = Question { seller: Some("Sam Sample".to_owned()), target_share: None, ..Question::default() };
    let sent = payoff(&workspace, &question).unwrap().headline();
    let shared = decode(&encode(&workspace, &question, sent)).unwrap();
    assert_eq!((shared.workspace.book.accounts.len(), shared.workspace.book.sellers().len()), (10, 1));
    let got = headline(&shared.workspace);
    assert!((got.seller_share - sent.seller_share).abs() <= 1e-6 && (got.gap - sent.gap).abs() <= 1e-6 * sent.gap);
    assert_eq!(difference(&shared), None);
}

#[test]
fn dates_far_away_can_be_shared() {
    let far = [("1900-01-01", "2027-03-01"), ("2020-01-01", "9999-12-31"), ("2020-01-01", "1970-01-01")];
    for (since, renews_on) in far {
        let mut workspace = sample_workspace(as_of());
        for account in &mut workspace.book.accounts {
            let day = |text: &str| Some(text.parse().unwrap());
            account.standing = Standing::Active { since: day(since), renews_on: day(renews_on) };
        }
        let shared = decode(&encode(&workspace, &all(), NONE));
        assert!(shared.is_ok(), "won {since}, renewed {renews_on}: our own link is refused: {}", shared.unwrap_err());
    }
}

// --- How short, and how many groups ------------------------------------------------------------------------------

/// Books of up to 2,000 accounts of up to five sellers, with the assumptions at steps as sliders give them.
fn large() -> impl Strategy<Value = Workspace> {
    let size = prop_oneof![Just(1), Just(12), Just(200), Just(2_000)];
    (size, vec(accounts(SELLERS), 200), workspaces(0, SELLERS)).prop_map(|(size, drawn, workspace)| {
        // Two hundred kinds of account, each met up to ten times: a strategy of 2,000 would be slow to draw.
        let accounts = drawn.into_iter().cycle().take(size).map(|account| Account { name: "A".to_owned(), ..account });
        Workspace { book: book_of(accounts.collect(), Provenance::Own), ..workspace }
    })
}

fn check_size(workspace: &Workspace) -> Result<(), TestCaseError> {
    let active = workspace.book.active().count();
    let payload =
        encode(workspace, &all(), Headline { seller_share: 1.0 / 3.0, company_share: 2.0 / 3.0, gap: 1e12 / 7.0 });
    prop_assert!(payload.len() <= MAX_CHARACTERS, "{} characters: {}", payload.len(), opened(&payload));
    let shared = decode(&payload).map_err(|why| TestCaseError::fail(format!("{why} {}", opened(&payload))))?;
    prop_assert_eq!(shared.workspace.book.accounts.len(), active);
    prop_assert!(shapes(&shared.workspace.book) <= 12, "{} groups", shapes(&shared.workspace.book));
    prop_assert_eq!(shared.workspace.book.sellers().len(), workspace.book.sellers().len());
    assert_in_range(&shared.workspace);
    let sum = |book: &Book| book.active().map(|account| account.annual_value.units()).sum::<f64>();
    // Each mean is rounded to a cent.
    let moved = (sum(&shared.workspace.book) - sum(&workspace.book)).abs();
    prop_assert!(moved <= 0.005 * active as f64 + 1e-6 * sum(&workspace.book), "annual value moves by {}", moved);
    Ok(())
}

#[test]
fn a_link_is_short_keeps_the_count_and_has_at_most_twelve_groups() {
    for_all(64, 2_000, &large(), |mut workspace| {
        workspace.plan.renewal = RenewalSchedule::level(workspace.plan.renewal.first_renewal());
        check_size(&workspace)
    });
}

/// Every assumption typed with all digits, ten different renewal rates and the hidden settings changed.
#[test]
fn a_link_with_every_digit_in_use_is_short_too() {
    let digits = |input: Input| {
        let row = input.bounds();
        (row.min + 0.3 * (row.max - row.min)..row.max).prop_map(move |value| (input, value))
    };
    let plan = (plans(), vec(0.1..1.0_f64, 10)).prop_map(|(plan, rates)| {
        let steps = (1..).zip(rates).map(|(year, rate)| (year, CommissionRate::new(rate).unwrap()));
        holdfast::model::plan::Plan { renewal: RenewalSchedule::from_steps(steps), ..plan }
    });
    let all_inputs: Vec<_> =
        Input::ALL.into_iter().filter(|input| *input != Input::RenewalCommission).map(digits).collect();
    for_all(64, 2_000, &(assumptions(), plan, all_inputs), |(assumed, plan, inputs)| {
        let mut workspace = Workspace { assumptions: assumed, plan, ..sample_workspace(as_of()) };
        for (input, value) in inputs {
            let before = workspace.clone();
            workspace.set(input, value).unwrap();
            if workspace.check().is_err() {
                workspace = before;
            }
        }
        check_size(&workspace)
    });
}

/// Two thousand accounts that are all different: summing them up must not keep the user waiting.
#[test]
fn accounts_that_are_all_different_are_packed_in_time() {
    let mut book = Book { provenance: Provenance::Own, ..Book::empty() };
    for number in 0..2_000_u32 {
        let mut account = Account::new(book.take_id(), "A", Money::from_cents(i64::from(number) * 1_000));
        account.judgement.today = Some(Probability::new(0.6 + f64::from(number) / 10_000.0).unwrap());
        book.accounts.push(account);
    }
    let workspace = Workspace { book, ..sample_workspace(as_of()) };
    let start = Instant::now();
    let payload = encode(&workspace, &all(), NONE);
    let took = start.elapsed();
    assert_eq!(decode(&payload).unwrap().workspace.book.accounts.len(), 2_000);
    assert!(took < Duration::from_secs(2), "packing took {took:?}");
}

// --- No names ---------------------------------------------------------------------------------------------------

#[test]
fn no_name_is_in_a_link() {
    const MARK: &str = "Marker";
    const CHOICES: [&str; 7] = ["month", "quarter", "year", "even", "by_value", "honeymoon", "best"];
    for_all(256, 20_000, &workspaces(12, SELLERS), |mut workspace| {
        for account in &mut workspace.book.accounts {
            account.name = format!("{MARK} {}", account.name);
            account.seller = format!("{MARK}{}", account.seller);
            account.tags = vec![MARK.to_owned()];
            account.notes = MARK.to_owned();
            if let Standing::Lapsed { reason, .. } = &mut account.standing {
                *reason = MARK.to_owned();
            }
        }
        let decision = Decision {
            on: as_of().first_day(),
            nth: 1,
            about: About::Plan,
            stated: MARK.to_owned(),
            why: MARK.to_owned(),
            who: MARK.to_owned(),
        };
        workspace.decisions = workspace.decisions.with(decision).unwrap();
        let sellers: Vec<Option<String>> =
            workspace.book.sellers().into_keys().map(|name| Some(name.to_owned())).chain([None]).collect();
        for seller in sellers {
            let question = Question { seller, target_share: None, ..Question::default() };
            let payload = encode(&workspace, &question, NONE);
            let json = opened(&payload).to_string();
            prop_assert!(!payload.contains(MARK) && !json.contains(MARK), "{}", json);
            let (keys, texts) = words_of(&opened(&payload));
            prop_assert!(keys.iter().all(|key| key.len() <= 3), "{:?}", keys);
            let month = as_of().to_string();
            let known = |text: &String| *text == month || CHOICES.contains(&text.as_str());
            prop_assert!(texts.iter().all(known), "only the month and choices are texts: {:?}", texts);
            let shared = decode(&payload).map_err(|why| TestCaseError::fail(why.to_string()))?;
            let received = format!("{:?}", shared.workspace);
            prop_assert!(!received.contains(MARK));
        }
        Ok(())
    });
}

/// Every key and every text in `json`.
fn words_of(json: &Value) -> (Vec<String>, Vec<String>) {
    let (mut keys, mut texts) = (Vec::new(), Vec::new());
    let mut open = vec![json];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list),
            Value::Object(fields) => {
                keys.extend(fields.keys().cloned());
                open.extend(fields.values());
            }
            Value::String(text) => texts.push(text.clone()),
            _ => {}
        }
    }
    (keys, texts)
}

// --- How far the headline moves ----------------------------------------------------------------------------------

/// Numbers from 0 to 1 that are the same everywhere (Marsaglia's xorshift).
struct Luck(u64);

impl Luck {
    fn part(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Roughly normal: twelve parts less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.part()).sum::<f64>() - 6.0
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[(self.part() * list.len() as f64) as usize]
    }
}

/// Which of `sellers` a part from 0 to 1 falls to, their portions falling evenly from `uneven` to 1.
fn seller(part: f64, sellers: u32, uneven: f64) -> u32 {
    let last = f64::from(sellers.max(2) - 1);
    let portion = |index: u32| uneven - (uneven - 1.0) * f64::from(index) / last;
    let mut left = part * (0..sellers).map(portion).sum::<f64>();
    (0..sellers).find(|index| (left - portion(*index) < 0.0, left -= portion(*index)).0).unwrap_or(0)
}

/// A book as firms have it: few large accounts, mostly annual contracts, anniversaries over the year. The first of
/// the sellers has `uneven` times as many accounts as the last.
fn realistic(count: u32, sellers: u32, uneven: f64, seed: u64) -> Workspace {
    let mut luck = Luck(seed);
    let mut book = Book { provenance: Provenance::Own, ..Book::empty() };
    for _ in 0..count {
        let value = (15_000.0 * libm::exp(0.9 * luck.normal()) * 100.0).round();
        let mut account = Account::new(book.take_id(), "A", Money::from_cents(value as i64));
        account.seller = format!("Seller {}", seller(luck.part(), sellers, uneven));
        account.margin = Margin::new((0.68 + 0.08 * luck.normal()).clamp(0.2, 0.95)).unwrap();
        let months = luck.of(&[12, 12, 12, 12, 12, 12, 24, 36, 1, 3]);
        account.term = Term::new(months).unwrap();
        let tenure = (luck.part() * luck.part() * 96.0) as u32;
        let due = months - tenure % months;
        let day = |offset: i32| Some(as_of().plus(offset).first_day());
        account.standing = Standing::Active { since: day(-(tenure as i32)), renews_on: day(due as i32) };
        if luck.part() < 0.1 {
            account.loss_odds = Multiplier::new(luck.of(&[0.5, 2.0, 3.0])).unwrap();
        }
        if luck.part() < 0.05 {
            account.judgement.unattended = Some(Probability::new(luck.of(&[0.4, 0.7])).unwrap());
        }
        book.accounts.push(account);
    }
    Workspace { book, ..sample_workspace(as_of()) }
}

/// How far the headline of `workspace` moves by being sent: both shares, and the gap as a part of it.
fn moved(workspace: &Workspace, of_what: &str) -> [f64; 3] {
    let sent = headline(workspace);
    let payload = encode(workspace, &all(), sent);
    assert!(payload.len() <= MAX_CHARACTERS);
    let shared = decode(&payload).unwrap();
    let got = headline(&shared.workspace);
    assert_eq!(difference(&shared).is_some(), told_apart(&shared.headline, &got), "the receiver is told");
    let moved =
        [got.seller_share - sent.seller_share, got.company_share - sent.company_share, got.gap / sent.gap - 1.0];
    println!(
        "{of_what}: {} groups, {} characters, seller {:.4} {:+.4}, company {:.4} {:+.4}, gap {:.0} {:+.1} %",
        shapes(&shared.workspace.book),
        payload.len(),
        sent.seller_share,
        moved[0],
        sent.company_share,
        moved[1],
        sent.gap,
        100.0 * moved[2],
    );
    moved
}

fn assert_within(moved: [f64; 3], most: [f64; 3], of_what: &str) {
    let within = moved.iter().zip(most).all(|(moved, most)| moved.abs() <= most);
    assert!(within, "{of_what}: the headline moves by {moved:?}, more than {most:?}");
}

/// Realistic books of these sizes move by at most `most`.
fn check_moved(sizes: &[(u32, u32)], uneven: f64, most: [f64; 3]) {
    let mut misses = Vec::new();
    for (count, sellers) in sizes {
        for seed in [11, 222, 3_333] {
            let workspace = realistic(*count, *sellers, uneven, seed);
            let of_what = format!("{count} accounts, {sellers} sellers {uneven} to 1");
            let moved = moved(&workspace, &of_what);
            if moved.iter().zip(most).any(|(moved, most)| moved.abs() > most) {
                misses.push(format!("{of_what}: the headline moves by {moved:?}, more than {most:?}"));
            }
        }
    }
    assert!(misses.is_empty(), "\n{}", misses.join("\n"));
}

#[test]
fn the_headline_of_one_seller_moves_little() {
    check_moved(&[(40, 1), (120, 1), (400, 1), (2_000, 1)], 1.0, [0.015, 0.015, 0.06]);
}

#[test]
fn the_headline_of_a_team_with_like_books_moves_little() {
    check_moved(&[(120, 3), (400, 5), (2_000, 5)], 1.0, [0.05, 0.05, 0.1]);
}

#[test]
fn the_headline_of_a_team_with_one_book_twice_another_moves_little() {
    check_moved(&[(120, 3), (400, 5), (2_000, 5)], 2.0, [0.05, 0.05, 0.25]);
}

#[test]
fn the_headline_of_a_team_with_one_book_eight_times_another_moves_little() {
    check_moved(&[(120, 3), (400, 5), (2_000, 5)], 8.0, [0.05, 0.05, 0.25]);
}

/// The files of other systems that the import is tested with.
#[test]
fn the_headline_of_the_example_files_moves_little() {
    for (file, bytes) in [
        ("book.csv", include_bytes!("data/book.csv").as_slice()),
        ("hubspot_companies.csv", include_bytes!("data/hubspot_companies.csv").as_slice()),
    ] {
        let table = csv::read_table(bytes).unwrap();
        let mut mapping = csv::propose(&table).mapping;
        if mapping.annual_value().is_none() {
            let column = table.headings.iter().position(|heading| heading == "Annual Revenue").unwrap();
            mapping.take_annual_value(csv::AnnualValueFrom::Column(column));
        }
        let preview = csv::preview(&table, &mapping, &Book::empty(), as_of()).unwrap();
        let book = csv::apply(&preview, &Book::empty());
        let workspace = Workspace { book, ..sample_workspace(as_of()) };
        let of_what = format!("{file}, {:?}", workspace.book.sellers());
        assert_within(moved(&workspace, &of_what), [0.05, 0.05, 0.25], &of_what);
    }
}

/// Whether two headlines read differently: whole percents, and money of three digits.
fn told_apart(one: &Headline, other: &Headline) -> bool {
    use holdfast::text::number::{money_rounded, percent};
    let said = |it: &Headline| (percent(it.seller_share, 0), percent(it.company_share, 0), money_rounded(it.gap));
    said(one) != said(other)
}

// --- What is refused --------------------------------------------------------------------------------------------

fn sample_payload() -> String {
    let workspace = sample_workspace(as_of());
    encode(&workspace, &all(), headline(&workspace))
}

#[test]
fn every_cut_link_is_refused() {
    let payload = sample_payload();
    for end in 0..payload.len() {
        assert_eq!(refused(&payload[..end]), BadLink::CutOff, "cut at {end}");
    }
    assert!(decode(&payload).is_ok());
}

#[test]
fn a_changed_sign_is_refused_or_stays_in_range() {
    let payload = sample_payload();
    for place in 2..payload.len() {
        for other in ["A", "z", "0", "_", "%", " ", "é"] {
            let mut changed = payload.clone();
            changed.replace_range(place..=place, other);
            match decode(&changed) {
                Ok(shared) => assert_in_range(&shared.workspace),
                Err(why) => assert!(why.to_string().ends_with('.')),
            }
        }
    }
}

#[test]
fn random_texts_are_refused_in_a_sentence() {
    let texts = prop_oneof!["\\PC{0,80}", "1\\.[A-Za-z0-9_-]{0,400}", "[0-9]{1,12}\\.[A-Za-z0-9_-]{0,40}"];
    for_all(256, 20_000, &texts, |text| {
        refused(&text);
        Ok(())
    });
    let bytes = vec(any::<u8>(), 0..200).prop_map(|bytes| format!("1.{}", URL_SAFE_NO_PAD.encode(bytes)));
    for_all(256, 20_000, &bytes, |text| {
        refused(&text);
        Ok(())
    });
}

#[test]
fn newer_and_foreign_versions_are_told_apart() {
    let packed = sample_payload()[2..].to_owned();
    for version in ["6", "7", "17", "4000000000"] {
        assert_eq!(refused(&format!("{version}.{packed}")), BadLink::Newer, "{version}");
    }
    assert_eq!(refused("6."), BadLink::Newer);
    for version in ["", "0", "-1", "1x", "v2", "99999999999"] {
        assert_eq!(refused(&format!("{version}.{packed}")), BadLink::CutOff, "{version:?}");
    }
}

#[test]
fn what_is_too_long_is_refused_unread() {
    assert_eq!(refused(&format!("1.{}", "A".repeat(20_000))), BadLink::TooLong);
    assert_eq!(refused(&"x".repeat(1_000_000)), BadLink::TooLong);
}

/// The sample's payload with the value at `pointer` replaced.
fn with(pointer: &str, value: Value) -> String {
    let mut json = opened(&sample_payload());
    match json.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => drop(json.as_object_mut().unwrap().insert(pointer[1..].to_owned(), value)),
    }
    packed(&json)
}

#[test]
fn numbers_out_of_range_are_refused() {
    // A group: accounts, value, margin, cost, term, months to renewal, tenure, own.
    for (pointer, value) in [
        ("/i", json!({"h": 4001.0})),
        ("/i", json!({"h": -1.0})),
        ("/i", json!({"r1": 0.99})),
        ("/i", json!({"rm": 1.01})),
        ("/i", json!({"lr": 0.05})),
        ("/i", json!({"u0": 0.0})),
        ("/i", json!({"t": 1200.0})),
        ("/u", json!({"r1": [0.9, 0.8]})),
        ("/u", json!({"r1": [0.85, 0.85]})),
        ("/u", json!({"r1": [0.8, 1.1]})),
        ("/u", json!({"r1": [-0.1, 0.9]})),
        ("/u", json!({"r1": [0.86, 0.9]})),
        ("/u", json!({"y3": [0.03, 0.04]})),
        ("/b", json!(-1)),
        ("/b", json!(100_000_000_001_i64)),
        ("/r", json!([[0, 0.1]])),
        ("/r", json!([[11, 0.1]])),
        ("/r", json!([[2, 1.1]])),
        ("/x", json!([1.5, true, 0.0, true])),
        ("/x", json!([0.5, true, -0.1, true])),
        ("/g/0/0", json!(10_001)),
        ("/g/0/1", json!(-1)),
        ("/g/0/1", json!(100_000_000_001_i64)),
        ("/g/0/2", json!(1.1)),
        ("/g/0/3", json!(-1)),
        ("/g/0/4", json!(13)),
        ("/g/0/5", json!(4_000_000_000_u32)),
        ("/g/0/6", json!(4_000_000_000_u32)),
        ("/g/0/7", json!([11.0, -1, -1, -1])),
        ("/g/0/7", json!([1.0, 1.1, -1, -1])),
    ] {
        let why = refused(&with(pointer, value.clone()));
        assert!(matches!(why, BadLink::OutOfRange(_)), "{pointer} {value}: {why:?}");
    }
    for (pointer, value) in [
        ("/i", json!({"h": null})),
        ("/i", json!({"xx": 1.0})),
        ("/u", json!({"xx": [0.0, 1.0]})),
        ("/u", json!({"": [0.0, 1.0]})),
        ("/u", json!({"y2": [0.0, 1.0]})),
        ("/u", json!({"r1": [0.8]})),
        ("/u", json!({"r1": [0.8, null]})),
        ("/f", json!("s_curve")),
        ("/a", json!("2026-13")),
        ("/b", json!(1.5)),
        ("/g", json!("none")),
        ("/g/0", json!([1, 2])),
        ("/z", json!("an unknown field")),
    ] {
        assert_eq!(refused(&with(pointer, value.clone())), BadLink::CutOff, "{pointer} {value}");
    }
}

#[test]
fn a_headline_out_of_range_is_refused() {
    for headline in [json!([1.5, 0.5, 1]), json!([0.5, -0.5, 1]), json!([0.5, 1e300, 1]), json!([0.5, 0.5, -1])] {
        assert!(matches!(refused(&with("/h", headline)), BadLink::OutOfRange(_)));
    }
}

#[test]
fn absurd_counts_are_refused_at_once() {
    let start = Instant::now();
    for count in [10_001_u32, 4_000_000, u32::MAX] {
        assert!(matches!(refused(&with("/g/0/0", json!(count))), BadLink::OutOfRange(_)));
    }
    let group = opened(&sample_payload())["g"][0].clone();
    let mut many = group.clone();
    many[0] = json!(9_000);
    assert!(matches!(refused(&with("/g", json!([many.clone(), many]))), BadLink::OutOfRange(_)), "in two groups");
    assert!(start.elapsed() < Duration::from_secs(1));
    let none = decode(&with("/g", json!([]))).unwrap();
    assert_eq!(none.workspace.book.accounts.len(), 0, "an empty book can be shared");
}

/// Each seller costs a projection of their own, so a made-up number of sellers must not freeze the page.
#[test]
fn absurd_numbers_of_sellers_do_not_freeze_the_page() {
    let mut json = opened(&with("/g/0/0", json!(9_000)));
    json["s"] = json!(u32::MAX);
    let start = Instant::now();
    if let Ok(shared) = decode(&packed(&json)) {
        let _ = difference(&shared);
    }
    assert!(start.elapsed() < Duration::from_secs(5), "opening took {:?}", start.elapsed());
}
