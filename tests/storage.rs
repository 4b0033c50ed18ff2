//! What is kept comes back the same, and nothing that can go wrong with a disk or a file loses or invents anything.
//!
//! Fixtures of every schema ever shipped are in `tests/fixtures`, written by hand. Damage is done to a text at every
//! byte, and a fake disk fails at every call, is full, blocked, lies, or is changed by another tab.

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

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use holdfast::model::account::{Account, AccountId, Origin, Standing};
use holdfast::model::assumptions::{Assumptions, RenewalForm};
use holdfast::model::book::{Book, Provenance};
use holdfast::model::bounds::Input;
use holdfast::model::quantity::Money;
use holdfast::model::ranges::Ranges;
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;
use holdfast::storage::envelope::{Kept, Unreadable, read, write};
use holdfast::storage::keeper::{ASIDE_KEY, Keeper, Loaded, NotKept, WORKSPACE_KEY};
use holdfast::storage::store::{Store, StoreError};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use generate::{SELLERS, as_of, book_of, for_all, words, workspaces};

const FULL: &str = include_str!("fixtures/v3_full.json");
const FULL_2: &str = include_str!("fixtures/v2_full.json");
const FULL_1: &str = include_str!("fixtures/v1_full.json");
const SAMPLE: &str = include_str!("fixtures/v1_sample.json");

fn sample() -> Kept {
    Kept { workspace: sample_workspace(as_of()), seller_shown: None }
}

/// Every number of the workspace is one that a user could have typed.
fn assert_in_range(workspace: &Workspace, of_what: &str) {
    for input in Input::ALL {
        let row = input.bounds();
        let value = workspace.get(input);
        assert!((row.min..=row.max).contains(&value), "{of_what}: {input:?} is {value}");
    }
    for (input, range) in workspace.ranges.iter() {
        let row = input.bounds();
        assert!(
            row.min <= range.low() && range.low() < range.high() && range.high() <= row.max,
            "{of_what}: {range:?}"
        );
        assert!(range.holds(workspace.get(input)), "{of_what}: {input:?} is not in {range:?}");
    }
    let assumed = &workspace.assumptions;
    for chance in [assumed.odds_lapsed, assumed.lapsed_fade] {
        assert!((0.0..=1.0).contains(&chance), "{of_what}: {chance}");
    }
    assert_eq!(workspace.check(), Ok(()), "{of_what}");
    let book = &workspace.book;
    assert!(book.accounts.len() <= Book::MAX_ACCOUNTS, "{of_what}");
    let ids: BTreeSet<AccountId> = book.accounts.iter().map(|account| account.id).collect();
    assert_eq!(ids.len(), book.accounts.len(), "{of_what}: an id is used twice");
    assert!(ids.iter().all(|id| id.0 < book.next_id), "{of_what}: an id was never given out");
    for account in &book.accounts {
        for amount in [account.annual_value, account.cost_to_serve, workspace.plan.base] {
            assert!((Money::ZERO..=Money::MAX).contains(&amount), "{of_what}: {amount:?}");
        }
    }
}

/// A refusal is said in a sentence.
fn assert_sentence(said: &impl std::fmt::Display) {
    let said = said.to_string();
    assert!(said.len() > 20 && said.ends_with(['.', ')']), "not a sentence: {said}");
}

// --- Read and write ---------------------------------------------------------------------------------------------

#[test]
fn what_is_written_reads_back_the_same() {
    let kept = (workspaces(12, SELLERS), option::of(words()));
    for_all(1_000, 100_000, &kept, |(workspace, seller_shown)| {
        let kept = Kept { workspace, seller_shown };
        let text = write(&kept).map_err(|why| TestCaseError::fail(why.to_string()))?;
        prop_assert_eq!(read(&text), Ok(kept));
        Ok(())
    });
}

#[test]
fn what_is_read_and_written_again_is_the_same_text() {
    for fixture in [SAMPLE, FULL_1, FULL_2, FULL] {
        let once = write(&read(fixture).unwrap()).unwrap();
        assert_eq!(write(&read(&once).unwrap()).unwrap(), once);
        let value = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
        let keys = |text: &str| value(text).as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&once), keys(fixture));
    }
}

#[test]
fn the_sample_of_version_1_reads_as_the_default_case() {
    let kept = read(SAMPLE).unwrap();
    assert_eq!(kept.seller_shown, None);
    let Workspace { as_of: month, book, plan, assumptions: assumed, ranges } = &kept.workspace;
    assert_eq!(month.to_string(), "2026-11");
    assert_eq!((book.accounts.len(), book.next_id, book.provenance), (40, 41, Provenance::Sample));
    let account = &book.accounts[13];
    assert_eq!(
        (account.id, account.name.as_str(), account.seller.as_str()),
        (AccountId(14), "Fjord Clinic", "Sam Sample")
    );
    assert_eq!(account.annual_value.cents(), 1_200_000);
    assert_eq!(account.margin.get(), 0.7);
    assert_eq!(account.tenure(*month), 1);
    let tenures: Vec<u32> = book.accounts.iter().map(|account| account.tenure(*month)).collect();
    assert_eq!(tenures, (0..40).map(|index| index % 12).collect::<Vec<_>>());
    assert_eq!(plan.new_business.get(), 0.1);
    assert_eq!(
        plan.renewal.by_year().map(|rate| rate.get()),
        [0.0, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02]
    );
    assert_eq!((plan.referral.get(), plan.base.cents()), (0.02, 0));
    assert_eq!((assumed.hours_per_year, assumed.share_today), (630.0, 16.0 / 63.0));
    assert_eq!((assumed.renew_unattended, assumed.renew_today, assumed.renew_saturated), (0.6, 0.85, 0.95));
    assert_eq!((assumed.stay, assumed.odds_new, assumed.odds_referred), (0.75, 1.0 / 14.0, 0.175));
    assert_eq!((assumed.odds_lapsed, assumed.win_back, assumed.lapsed_fade), (0.25, false, 0.02));
    assert_eq!((assumed.hours_per_pursuit, assumed.leads, assumed.referrals), (4.0, 120.0, 0.3));
    assert_eq!((assumed.carry_over, assumed.discount_company, assumed.discount_seller), (0.8, 0.1, 0.1));
    assert_eq!((assumed.prospecting_cost, assumed.horizon, assumed.residual), (0.0, 60, true));
    assert!(ranges.is_empty());
    assert_eq!(kept.workspace, sample_workspace(as_of()));
}

#[test]
fn every_field_of_the_full_fixture_reads() {
    let kept = read(FULL).unwrap();
    assert_eq!(kept.seller_shown.as_deref(), Some("Noor Haddad"));
    let Workspace { as_of: month, book, plan, assumptions: assumed, ranges } = &kept.workspace;
    assert_eq!(month.to_string(), "2025-03");
    assert_eq!(plan.new_business.get(), 0.12);
    let by_year = [0.005, 0.04, 0.04, 0.015, 0.015, 0.015, 0.015, 0.015, 0.015, 0.015];
    assert_eq!(plan.renewal.by_year().map(|rate| rate.get()), by_year);
    assert_eq!((plan.referral.get(), plan.base.cents()), (0.03, 5_400_000));
    assert_eq!((assumed.hours_per_year, assumed.share_today), (700.5, 0.4));
    assert_eq!((assumed.renew_unattended, assumed.renew_today, assumed.renew_saturated), (0.55, 0.8, 0.9));
    assert_eq!((assumed.stay, assumed.odds_new, assumed.odds_referred), (0.85, 0.06, 0.2));
    assert_eq!((assumed.odds_lapsed, assumed.win_back, assumed.lapsed_fade), (0.3, true, 0.05));
    assert_eq!((assumed.hours_per_pursuit, assumed.leads, assumed.referrals), (6.25, 90.0, 0.45));
    assert_eq!((assumed.carry_over, assumed.discount_company, assumed.discount_seller), (0.65, 0.08, 0.12));
    assert_eq!((assumed.prospecting_cost, assumed.horizon, assumed.residual), (17.5, 36, false));
    assert_eq!((assumed.renewal_form, assumed.renew_half), (RenewalForm::SCurve, 0.625));
    assert_eq!((assumed.competitor_pull, assumed.referred_odds, assumed.won_back_odds), (1.4, 0.8, 1.7));

    let ends: Vec<(Input, f64, f64)> = ranges.iter().map(|(input, range)| (input, range.low(), range.high())).collect();
    let year_3 = (Input::RenewalYear3, 0.04, 0.05);
    assert_eq!(ends, [(Input::RenewToday, 0.7, 0.875), year_3, (Input::Quota, 30_000.0, 60_001.0)]);

    assert_eq!((book.provenance, book.next_id, book.accounts.len()), (Provenance::Own, 17, 5));
    let day = |text: &str| Some(text.parse().unwrap());
    let chance = |account: &Account| {
        let own = &account.judgement;
        [own.unattended, own.today, own.saturated].map(|chance| chance.map(|it| it.get()))
    };
    let first = &book.accounts[0];
    assert_eq!((first.id, first.name.as_str()), (AccountId(3), "Zürich Möbel \"Nord\""));
    assert_eq!(first.seller, "Noor Haddad");
    assert_eq!((first.annual_value.cents(), first.cost_to_serve.cents()), (2_450_099, 120_050));
    assert_eq!((first.margin.get(), first.term.months(), first.loss_odds.get()), (-0.25, 36, 2.5));
    assert_eq!(first.standing, Standing::Active { since: day("2021-02-28"), renews_on: day("2026-01-31") });
    assert_eq!(first.origin, Origin::Referral);
    assert_eq!(chance(first), [Some(0.5), Some(0.75), Some(0.99)]);
    assert_eq!(first.tags, ["key account", "north"]);
    assert_eq!(first.notes, "Asked for a quote.\nCall in May.");

    let bare = &book.accounts[1];
    assert_eq!(bare.id, AccountId(4));
    assert_eq!((bare.name.as_str(), bare.seller.as_str(), bare.notes.as_str(), bare.tags.len()), ("", "", "", 0));
    assert_eq!((bare.annual_value, bare.cost_to_serve), (Money::ZERO, Money::ZERO));
    assert_eq!((bare.margin.get(), bare.term.months(), bare.loss_odds.get()), (1.0, 1, 1.0));
    assert_eq!(bare.standing, Standing::Active { since: None, renews_on: None });
    assert_eq!((bare.origin, chance(bare)), (Origin::Prospecting, [None; 3]));

    let lost = &book.accounts[2];
    let reason = "Went to a competitor".to_owned();
    assert_eq!(lost.standing, Standing::Lapsed { since: day("2019-07-01"), on: day("2024-12-24"), reason });
    assert_eq!((lost.annual_value, lost.term.months(), lost.origin), (Money::MAX, 60, Origin::WinBack));
    assert_eq!(chance(lost), [None, Some(0.7), None]);
    assert_eq!(book.accounts[3].standing, Standing::Lapsed { since: None, on: None, reason: String::new() });

    let maybe = &book.accounts[4];
    assert_eq!((&maybe.standing, maybe.origin), (&Standing::Prospect, Origin::Prospecting));
    assert_eq!((maybe.cost_to_serve.cents(), maybe.loss_odds.get()), (1, 0.1));
    assert_eq!(chance(maybe), [Some(0.0), None, Some(1.0)]);
    assert_in_range(&kept.workspace, "the full fixture");
}

/// What an older version does not know has its default; all else is as in the newer one.
#[test]
fn version_2_reads_as_version_3_without_what_is_new() {
    let (older, newer) = (read(FULL_2).unwrap().workspace, read(FULL).unwrap().workspace);
    let default = Assumptions::default();
    let assumed = &older.assumptions;
    assert_eq!(assumed.renewal_form, RenewalForm::Exponential);
    assert_eq!((assumed.renew_half, assumed.referred_odds, assumed.won_back_odds), (0.7, 1.0, 1.0));
    let Assumptions { renewal_form, renew_half, referred_odds, won_back_odds, .. } = default;
    let assumptions =
        Assumptions { renewal_form, renew_half, referred_odds, won_back_odds, ..newer.assumptions.clone() };
    assert_eq!(older, Workspace { assumptions, ranges: Ranges::default(), ..newer });
}

// --- Damage -----------------------------------------------------------------------------------------------------

/// A damaged text is refused in words, or what it gives is within every range.
fn check_damaged(bytes: &[u8], damage: &str) -> bool {
    match read(&String::from_utf8_lossy(bytes)) {
        Ok(kept) => {
            assert_in_range(&kept.workspace, damage);
            true
        }
        Err(why) => {
            assert_sentence(&why);
            false
        }
    }
}

#[test]
fn a_text_cut_anywhere_is_refused() {
    let whole = FULL.trim_end();
    for end in 0..whole.len() {
        assert!(!check_damaged(&whole.as_bytes()[..end], &format!("cut at {end}")), "cut at {end} was read");
    }
    for start in 1..whole.len() {
        assert!(!check_damaged(&whole.as_bytes()[start..], &format!("begun at {start}")), "begun at {start} was read");
    }
}

#[test]
fn a_changed_byte_is_refused_or_stays_in_range() {
    let mut refused = 0;
    for place in 0..FULL.len() {
        for other in (0..8).map(|bit| 1_u8 << bit).chain([b'9' ^ FULL.as_bytes()[place], b'-' ^ FULL.as_bytes()[place]])
        {
            let mut bytes = FULL.as_bytes().to_vec();
            bytes[place] ^= other;
            refused += usize::from(!check_damaged(&bytes, &format!("byte {place} changed by {other:08b}")));
        }
    }
    assert!(refused > FULL.len(), "only {refused} were refused");
}

#[test]
fn any_text_is_refused_without_a_panic() {
    let texts = prop_oneof![".*", "[{}\\[\\]\",:0-9a-z]{0,60}", Just(FULL.to_owned())];
    let damaged = (texts, any::<prop::sample::Index>(), "\\PC{0,4}");
    for_all(256, 20_000, &damaged, |(mut text, place, inserted)| {
        let place = (0..=place.index(text.len() + 1)).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0);
        text.insert_str(place, &inserted);
        check_damaged(text.as_bytes(), &text);
        Ok(())
    });
}

#[test]
fn a_newer_version_is_told_apart_from_damage() {
    for version in [4, 5, 4_000_000_000_u32] {
        let text =
            json!({"format": "holdfast", "version": version, "workspace": {"shape": ["not", "ours"]}}).to_string();
        assert_eq!(read(&text), Err(Unreadable::Newer { version }));
        assert!(read(&text).unwrap_err().to_string().contains(&format!("format {version}")));
        let newer = FULL.replace("\"version\": 3", &format!("\"version\": {version}"));
        assert_eq!(read(&newer), Err(Unreadable::Newer { version }));
    }
    for version in ["0", "-1", "1.5", "\"1\"", "null", "99999999999"] {
        let text = FULL.replace("\"version\": 3", &format!("\"version\": {version}"));
        assert!(matches!(read(&text), Err(Unreadable::Damaged(_))), "version {version}");
    }
}

#[test]
fn foreign_texts_are_called_foreign() {
    let other = json!({"format": "excalidraw", "version": 1, "workspace": {}}).to_string();
    for text in ["", "  \n", "{}", "[]", "null", "7", "name,value\nA,1", "<html></html>", "\u{feff}", other.as_str()] {
        assert_eq!(read(text), Err(Unreadable::Foreign), "{text:?}");
    }
    assert!(read(&format!("\u{feff}{FULL}")).is_ok(), "a byte-order mark, as editors add");
}

// --- Ranges -----------------------------------------------------------------------------------------------------

/// The full fixture with the value at `pointer` replaced.
fn with(pointer: &str, value: Value) -> String {
    let mut fixture: Value = serde_json::from_str(FULL).unwrap();
    *fixture.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer} in the fixture")) = value;
    fixture.to_string()
}

/// The value at `pointer` is refused as damage, in words that name the field.
fn check_refused(pointer: &str, value: Value, named: &str) {
    let why = read(&with(pointer, value.clone())).expect_err(pointer);
    assert!(matches!(why, Unreadable::Damaged(_)), "{pointer} = {value}: {why:?}");
    assert!(why.to_string().contains(named), "{pointer} = {value} should name {named:?}: {why}");
    assert_sentence(&why);
}

#[test]
fn a_number_out_of_range_is_refused_and_its_field_named() {
    let workspace = read(FULL).unwrap().workspace;
    for input in Input::ALL {
        let row = input.bounds();
        let pointer = match input {
            Input::RenewalCommission => "/workspace/plan/renewal/1/1".to_owned(),
            Input::NewBusinessCommission => "/workspace/plan/new_business".to_owned(),
            Input::ReferralCommission => "/workspace/plan/referral".to_owned(),
            Input::UpsellCommission => "/workspace/plan/upsell".to_owned(),
            Input::Quota | Input::Accelerator => format!("/workspace/plan/{}", input.key()),
            // Told by the steps of the schedule.
            _ if input.contract_year().is_some() => continue,
            other => format!("/workspace/assumptions/{}", other.key()),
        };
        let named = match input {
            Input::RenewalCommission => "renewal commission",
            Input::NewBusinessCommission => "new-business commission",
            Input::ReferralCommission => "referral commission",
            other => other.key(),
        };
        assert!(
            read(&with(&pointer, json!(workspace.get(input)))).is_ok() || input == Input::Horizon,
            "{input:?} as it is"
        );
        if input == Input::Horizon {
            check_refused(&pointer, json!(11), named);
            check_refused(&pointer, json!(121), named);
        } else {
            check_refused(&pointer, json!(row.max * 1.001 + 0.001), named);
            check_refused(&pointer, json!(row.min - 0.001), named);
            check_refused(&pointer, json!(1e300), named);
        }
    }
    let accounts = "/workspace/book/accounts";
    for (pointer, value, named) in [
        ("/workspace/as_of".to_owned(), json!("2025-13"), "as_of"),
        ("/workspace/plan/renewal/0/0".to_owned(), json!(0), "renewal commission"),
        ("/workspace/plan/renewal/0/0".to_owned(), json!(11), "renewal commission"),
        ("/workspace/plan/base_cents".to_owned(), json!(-1), "base pay"),
        ("/workspace/assumptions/odds_lapsed".to_owned(), json!(1.5), "odds_lapsed"),
        ("/workspace/assumptions/lapsed_fade".to_owned(), json!(-0.5), "lapsed_fade"),
        (format!("{accounts}/0/value_cents"), json!(100_000_000_001_i64), "account 3, annual value"),
        (format!("{accounts}/0/value_cents"), json!(-1), "account 3, annual value"),
        (format!("{accounts}/0/cost_cents"), json!(i64::MIN), "account 3, cost to serve"),
        (format!("{accounts}/0/margin"), json!(1.01), "account 3, margin"),
        (format!("{accounts}/0/term"), json!(13), "account 3, term"),
        (format!("{accounts}/0/loss_odds"), json!(0.09), "account 3, loss odds"),
        (format!("{accounts}/0/renew_today"), json!(1.1), "account 3, renew today"),
        (format!("{accounts}/0/standing/active/since"), json!("2021-02-29"), "account 3, since"),
        (format!("{accounts}/0/standing/active/renews_on"), json!("soon"), "account 3, renews on"),
        (format!("{accounts}/2/standing/lapsed/on"), json!("2024-12-32"), "account 9, lost on"),
        (format!("{accounts}/4/id"), json!(3), "account 3"),
        (format!("{accounts}/4/id"), json!(17), "account 17"),
    ] {
        check_refused(&pointer, value, named);
    }
}

#[test]
fn a_range_that_is_none_is_refused_and_its_number_named() {
    let ranges = "/workspace/ranges";
    for (value, named) in [
        (json!({"renew_today": [0.875, 0.7]}), "renew_today"),
        (json!({"renew_today": [0.8, 0.8]}), "renew_today"),
        (json!({"renew_today": [0.7, 1.001]}), "renew_today"),
        (json!({"renew_today": [-0.001, 0.9]}), "renew_today"),
        (json!({"renew_today": [0.81, 0.9]}), "0.8 is not in its range of 0.81 to 0.9"),
        (json!({"quota": [30_000, 1e300]}), "quota"),
        (json!({"horizon": [35.6, 36.4]}), "horizon"),
        (json!({"odds_lapsed": [0.1, 0.4]}), "odds_lapsed"),
        (json!({"": [0.1, 0.4]}), "no number of this version has that name"),
        (json!({"renew_today": [0.7]}), "invalid length 1"),
        (json!({"renew_today": [0.7, null]}), "null"),
        (json!({"renew_today": 0.7}), "renew_today"),
        (json!([]), "expected a map"),
        (json!(null), "null"),
    ] {
        let why = read(&with(ranges, value.clone())).expect_err(named);
        assert!(matches!(why, Unreadable::Damaged(_)), "{value}: {why:?}");
        assert_sentence(&why);
        // Of what is no range at all only the place is told.
        assert!(
            why.to_string().contains(named) || value["renew_today"] == json!(0.7),
            "{value} should name {named:?}: {why}"
        );
    }
    assert_eq!(read(&with(ranges, json!({}))).unwrap().workspace.ranges, Ranges::default());
    assert!(!write(&sample()).unwrap().contains("ranges"), "absent when there are none");
}

#[test]
fn judgements_that_contradict_one_another_are_refused() {
    let today = "/workspace/assumptions/renew_today";
    check_refused(today, json!(0.54), "raise the first or lower the second");
    check_refused(today, json!(0.9), "raise the first or lower the second");
    check_refused("/workspace/assumptions/share_today", json!(0), "give customers some time");
    for half in [0.55, 0.8, 0.3] {
        check_refused("/workspace/assumptions/renew_half", json!(half), "Renewals must rise with effort");
    }
}

#[test]
fn a_null_where_a_number_belongs_is_refused() {
    // NaN and infinity are written as null by JSON libraries.
    for field in ["hours_per_year", "share_today", "renew_today", "stay", "leads", "carry_over", "odds_lapsed"] {
        let why = read(&with(&format!("/workspace/assumptions/{field}"), Value::Null)).unwrap_err();
        assert!(matches!(why, Unreadable::Damaged(_)), "{field}: {why:?}");
    }
    for field in ["value_cents", "margin", "loss_odds", "term", "id"] {
        let why = read(&with(&format!("/workspace/book/accounts/0/{field}"), Value::Null)).unwrap_err();
        assert!(matches!(why, Unreadable::Damaged(_)), "{field}: {why:?}");
    }
}

#[test]
fn a_null_is_refused_with_its_place() {
    check_refused("/workspace/assumptions/hours_per_year", Value::Null, "null, expected f64 at line 1");
    check_refused("/workspace/plan/new_business", Value::Null, "at line 1");
    check_refused("/workspace/book/accounts/0/margin", Value::Null, "at line 1");
}

#[test]
fn ten_thousand_accounts_are_read_and_one_more_is_refused() {
    let account = Account::new(AccountId(0), "A", Money::from_cents(100));
    let of = |count: usize| {
        let book = book_of(vec![account.clone(); count], Provenance::Own);
        write(&Kept { workspace: Workspace { book, ..sample().workspace }, seller_shown: None }).unwrap()
    };
    assert_eq!(read(&of(10_000)).unwrap().workspace.book.accounts.len(), 10_000);
    let why = read(&of(10_001)).unwrap_err();
    assert!(why.to_string().contains("10001 accounts are more than 10,000"), "{why}");
}

// --- The keeper and a disk that fails ---------------------------------------------------------------------------

/// A disk that tabs share and that fails on demand.
#[derive(Debug, Clone, Default)]
struct Disk(Rc<RefCell<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    texts: BTreeMap<String, String>,
    calls: usize,
    writes: usize,
    /// The call that fails, counted from 0.
    fails_at: Option<usize>,
    all_writes_fail: bool,
    all_calls_fail: bool,
    failure: Option<StoreError>,
    /// Writes are taken and not kept as they are.
    lies: bool,
}

impl Disk {
    fn holding(text: &str) -> Disk {
        let disk = Disk::default();
        disk.put(WORKSPACE_KEY, text);
        disk
    }

    fn put(&self, key: &str, text: &str) {
        self.0.borrow_mut().texts.insert(key.to_owned(), text.to_owned());
    }

    fn stored(&self) -> Option<String> {
        self.text(WORKSPACE_KEY)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.0.borrow().texts.get(key).cloned()
    }

    fn fail(&self, change: impl FnOnce(&mut Inner), failure: StoreError) {
        let mut inner = self.0.borrow_mut();
        inner.calls = 0;
        inner.failure = Some(failure);
        change(&mut inner);
    }

    fn heal(&self) {
        let mut inner = self.0.borrow_mut();
        (inner.fails_at, inner.all_writes_fail, inner.all_calls_fail, inner.lies) = (None, false, false, false);
    }
}

impl Inner {
    fn call(&mut self, is_write: bool) -> Result<(), StoreError> {
        let fails = self.all_calls_fail || (is_write && self.all_writes_fail) || self.fails_at == Some(self.calls);
        self.calls += 1;
        if fails { Err(self.failure.clone().unwrap_or(StoreError::Blocked)) } else { Ok(()) }
    }
}

impl Store for Disk {
    fn read(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut inner = self.0.borrow_mut();
        inner.call(false)?;
        Ok(inner.texts.get(key).cloned())
    }

    fn write(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        let mut inner = self.0.borrow_mut();
        inner.call(true)?;
        inner.writes += 1;
        let kept = if inner.lies { &text[..text.len() / 2] } else { text };
        inner.texts.insert(key.to_owned(), kept.to_owned());
        Ok(())
    }
}

/// The sample with a recognisable share, and the text that stands for it.
fn edition(number: u32) -> (Kept, String) {
    let mut kept = sample();
    kept.workspace.set(Input::Leads, f64::from(number)).unwrap();
    let text = write(&kept).unwrap();
    (kept, text)
}

fn failures() -> [StoreError; 3] {
    [StoreError::Full, StoreError::Blocked, StoreError::Other("SomeError".to_owned())]
}

/// Texts that this build cannot read.
fn unreadable_texts() -> [String; 5] {
    [
        "not ours".to_owned(),
        String::new(),
        FULL[..700].to_owned(),
        FULL.replace("\"version\": 3", "\"version\": 4"),
        with("/workspace/assumptions/stay", json!(7)),
    ]
}

#[test]
fn what_a_keeper_keeps_another_loads() {
    let disk = Disk::default();
    let mut keeper = Keeper::new(disk.clone());
    assert_eq!(keeper.load(), Loaded::Nothing);
    for number in [10, 20, 30] {
        let (kept, text) = edition(number);
        assert_eq!(keeper.keep(&kept), Ok(()));
        assert_eq!(disk.stored(), Some(text));
        assert_eq!(Keeper::new(disk.clone()).load(), Loaded::Workspace(Box::new(kept)));
    }
}

#[test]
fn nothing_is_written_before_a_load() {
    let disk = Disk::holding(&edition(1).1);
    let mut keeper = Keeper::new(disk.clone());
    assert_eq!(keeper.keep(&edition(2).0), Err(NotKept::ReadOnly));
    disk.fail(|inner| inner.fails_at = Some(0), StoreError::Blocked);
    assert_eq!(keeper.load(), Loaded::Failed(StoreError::Blocked));
    assert_eq!(keeper.keep(&edition(2).0), Err(NotKept::ReadOnly));
    assert_eq!((disk.stored(), disk.0.borrow().writes), (Some(edition(1).1), 0));
    assert_sentence(&NotKept::ReadOnly);
}

#[test]
fn what_cannot_be_read_is_never_overwritten() {
    for text in unreadable_texts() {
        let disk = Disk::holding(&text);
        let mut keeper = Keeper::new(disk.clone());
        let Loaded::Unreadable { text: offered, why } = keeper.load() else { panic!("{text} was read") };
        assert_eq!((&offered, Err(why)), (&text, read(&text)));
        for number in 0..3 {
            assert_eq!(keeper.keep(&edition(number).0), Err(NotKept::ReadOnly));
        }
        assert_eq!((disk.stored(), disk.0.borrow().writes), (Some(text), 0));
    }
}

/// A good load is followed by one that fails: what was allowed before is not allowed any more.
#[test]
fn a_later_load_that_fails_forbids_writing_again() {
    let disk = Disk::holding(&edition(1).1);
    let mut keeper = Keeper::new(disk.clone());
    keeper.load();
    disk.put(WORKSPACE_KEY, "garbled by something else");
    assert!(matches!(keeper.load(), Loaded::Unreadable { .. }));
    assert_eq!(keeper.keep(&edition(2).0), Err(NotKept::ReadOnly));
    assert_eq!(disk.stored().as_deref(), Some("garbled by something else"));
}

#[test]
fn a_failure_at_any_call_leaves_a_whole_text_and_tells() {
    for failure in failures() {
        for fails_at in 0..12 {
            let disk = Disk::holding(&edition(0).1);
            disk.put("another-app", "theirs");
            let mut keeper = Keeper::new(disk.clone());
            disk.fail(|inner| inner.fails_at = Some(fails_at), failure.clone());
            let loaded = keeper.load();
            assert_eq!(loaded == Loaded::Failed(failure.clone()), fails_at == 0);
            for number in 1..=3 {
                let (kept, text) = edition(number);
                let before = disk.stored().unwrap();
                match keeper.keep(&kept) {
                    Ok(()) => assert_eq!(disk.stored(), Some(text), "call {fails_at}: said to be kept"),
                    Err(why) => {
                        assert_sentence(&why);
                        let now = disk.stored().unwrap();
                        assert!(now == before || now == text, "call {fails_at}: neither the old nor the new text");
                        assert!(read(&now).is_ok());
                    }
                }
            }
            assert_eq!(disk.text("another-app").as_deref(), Some("theirs"));
        }
    }
}

#[test]
fn a_failure_that_has_passed_does_not_lock_the_keeper() {
    for fails_at in 0..9 {
        let disk = Disk::holding(&edition(0).1);
        let mut keeper = Keeper::new(disk.clone());
        keeper.load();
        disk.fail(|inner| inner.fails_at = Some(fails_at), StoreError::Other("Busy".to_owned()));
        for number in 1..=3 {
            let _ = keeper.keep(&edition(number).0);
        }
        let (last, text) = edition(4);
        assert_eq!(keeper.keep(&last), Ok(()), "after a failure of call {fails_at}, with no other tab around");
        assert_eq!(disk.stored(), Some(text));
    }
}

#[test]
fn a_full_or_blocked_disk_keeps_the_old_text_and_says_so() {
    let disk = Disk::holding(&edition(1).1);
    let mut keeper = Keeper::new(disk.clone());
    keeper.load();
    disk.fail(|inner| inner.all_writes_fail = true, StoreError::Full);
    for _ in 0..3 {
        assert_eq!(keeper.keep(&edition(2).0), Err(NotKept::Store(StoreError::Full)));
        assert_eq!(disk.stored(), Some(edition(1).1));
    }
    disk.heal();
    assert_eq!(keeper.keep(&edition(2).0), Ok(()));
    disk.fail(|inner| inner.all_calls_fail = true, StoreError::Blocked);
    assert_eq!(keeper.keep(&edition(3).0), Err(NotKept::Store(StoreError::Blocked)));
    assert_eq!(keeper.load(), Loaded::Failed(StoreError::Blocked));
    assert_eq!(keeper.set_aside(), Err(StoreError::Blocked));
    assert_eq!(disk.stored(), Some(edition(2).1));
}

#[test]
fn a_disk_that_keeps_something_else_is_found_out() {
    let disk = Disk::default();
    let mut keeper = Keeper::new(disk.clone());
    keeper.load();
    disk.fail(|inner| inner.lies = true, StoreError::Blocked);
    assert!(matches!(keeper.keep(&edition(1).0), Err(NotKept::Store(StoreError::Other(_)))));
}

#[test]
fn what_another_tab_wrote_is_not_overwritten() {
    let theirs = edition(7).1;
    for (before, change) in
        [(Some(edition(1).1), Some(theirs.clone())), (Some(edition(1).1), None), (None, Some(theirs))]
    {
        let disk = before.as_deref().map_or_else(Disk::default, Disk::holding);
        let mut keeper = Keeper::new(disk.clone());
        keeper.load();
        match &change {
            Some(text) => disk.put(WORKSPACE_KEY, text),
            None => drop(disk.0.borrow_mut().texts.remove(WORKSPACE_KEY)),
        }
        assert_eq!(keeper.keep(&edition(2).0), Err(NotKept::ChangedElsewhere));
        assert_eq!(disk.stored(), change);
        keeper.load();
        assert_eq!(keeper.keep(&edition(2).0), Ok(()), "after a reload it is ours to write");
    }
}

#[test]
fn of_two_tabs_the_second_writer_is_told() {
    let disk = Disk::holding(&edition(0).1);
    let (mut one, mut other) = (Keeper::new(disk.clone()), Keeper::new(disk.clone()));
    one.load();
    other.load();
    assert_eq!(one.keep(&edition(1).0), Ok(()));
    assert_eq!(other.keep(&edition(2).0), Err(NotKept::ChangedElsewhere));
    assert_eq!(one.keep(&edition(3).0), Ok(()));
    assert_eq!(disk.stored(), Some(edition(3).1));
    assert_sentence(&NotKept::ChangedElsewhere);
}

#[test]
fn setting_aside_keeps_the_whole_old_text() {
    let disk = Disk::default();
    for (number, text) in (1..).zip(unreadable_texts()) {
        disk.put(WORKSPACE_KEY, &text);
        let mut keeper = Keeper::new(disk.clone());
        keeper.load();
        assert_eq!(keeper.set_aside(), Ok(()));
        assert_eq!(disk.stored().as_ref(), Some(&text), "nothing is overwritten by setting aside alone");
        assert_eq!(keeper.keep(&edition(1).0), Ok(()));
        assert_eq!(disk.stored(), Some(edition(1).1));
        for (number, text) in (1..=number).zip(unreadable_texts()) {
            assert_eq!(disk.text(&format!("{ASIDE_KEY}/{number}")), Some(text), "copy {number}");
        }
    }
}

#[test]
fn setting_aside_that_fails_at_any_call_changes_nothing() {
    let text = &unreadable_texts()[2];
    for failure in failures() {
        // One read of the text, two of taken places, one of the free place, and the copy.
        for fails_at in 0..5 {
            let disk = Disk::holding(text);
            disk.put(&format!("{ASIDE_KEY}/1"), "older");
            disk.put(&format!("{ASIDE_KEY}/2"), "old");
            let mut keeper = Keeper::new(disk.clone());
            keeper.load();
            disk.fail(|inner| inner.fails_at = Some(fails_at), failure.clone());
            assert_eq!(keeper.set_aside(), Err(failure.clone()), "call {fails_at}");
            assert_eq!(keeper.keep(&edition(1).0), Err(NotKept::ReadOnly), "call {fails_at}");
            assert_eq!(disk.stored().as_ref(), Some(text), "call {fails_at}");
            assert_eq!(disk.text(&format!("{ASIDE_KEY}/1")).as_deref(), Some("older"));
            assert_eq!(disk.text(&format!("{ASIDE_KEY}/2")).as_deref(), Some("old"));
            disk.heal();
            assert_eq!(keeper.set_aside(), Ok(()));
            assert_eq!(disk.text(&format!("{ASIDE_KEY}/3")).as_ref(), Some(text));
        }
    }
}

#[test]
fn setting_aside_a_readable_text_loses_nothing_either() {
    let disk = Disk::holding(&edition(1).1);
    let mut keeper = Keeper::new(disk.clone());
    assert_eq!(keeper.set_aside(), Ok(()), "without a load, as after one that failed");
    assert_eq!(keeper.keep(&edition(2).0), Ok(()));
    assert_eq!(disk.text(&format!("{ASIDE_KEY}/1")), Some(edition(1).1));
}

#[test]
fn setting_aside_works_where_another_tab_has_cleared_the_text() {
    let disk = Disk::holding("garbled");
    let mut keeper = Keeper::new(disk.clone());
    keeper.load();
    disk.0.borrow_mut().texts.clear();
    assert_eq!(keeper.set_aside(), Ok(()));
    assert_eq!(keeper.keep(&edition(1).0), Ok(()), "there is nothing left to protect");
}
