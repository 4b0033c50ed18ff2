//! A file comes back the same, and nothing that can happen to a file loses or invents anything.
//!
//! Fixtures of every schema ever shipped are in `tests/fixtures`, written by hand. Damage is done to a text at every
//! byte. What a browser keeps, and what can go wrong with its disk, is in `tests/journal`.

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

use std::collections::{BTreeMap, BTreeSet};

use holdfast::model::account::{Account, AccountId, Origin, Standing};
use holdfast::model::assumptions::{Assumptions, RenewalForm};
use holdfast::model::book::{Book, Provenance};
use holdfast::model::bounds::Input;
use holdfast::model::clash::AccountPart;
use holdfast::model::decision::{About, Decision, Decisions};
use holdfast::model::edited::EditedParts;
use holdfast::model::life::{LifeEntry, LifeKind, Outcome};
use holdfast::model::pay::PlanPeriod;
use holdfast::model::plan::Plan;
use holdfast::model::quantity::Money;
use holdfast::model::ranges::Ranges;
use holdfast::model::rules::{Rule, RuleKind};
use holdfast::model::sample::sample_workspace;
use holdfast::model::saved_plans::SavedPlans;
use holdfast::model::touch::TouchKind;
use holdfast::model::workspace::Workspace;
use holdfast::storage::envelope::{Kept, Unreadable, read, write};
use holdfast::storage::journal::record::Record;
use holdfast::storage::journal::snapshot::Snapshot;
use holdfast::storage::schema::v4::{settings, with_settings};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use generate::{SELLERS, as_of, book_of, for_all, words, workspaces};

const FULL: &str = include_str!("fixtures/v12_full.json");
const FULL_11: &str = include_str!("fixtures/v11_full.json");
const FULL_10: &str = include_str!("fixtures/v10_full.json");
const FULL_9: &str = include_str!("fixtures/v9_full.json");
const FULL_8: &str = include_str!("fixtures/v8_full.json");
const FULL_7: &str = include_str!("fixtures/v7_full.json");
const FULL_6: &str = include_str!("fixtures/v6_full.json");
const FULL_5: &str = include_str!("fixtures/v5_full.json");
const FULL_4: &str = include_str!("fixtures/v4_full.json");
const FULL_3: &str = include_str!("fixtures/v3_full.json");
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
    let fulls = [FULL_1, FULL_2, FULL_3, FULL_4, FULL_5, FULL_6, FULL_7, FULL_8, FULL_9, FULL_10, FULL_11, FULL];
    for fixture in [SAMPLE].into_iter().chain(fulls) {
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
    let Workspace { as_of: month, book, plan, saved_plans, assumptions: assumed, ranges, decisions } = &kept.workspace;
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
    assert!(ranges.is_empty() && saved_plans.is_empty() && decisions.is_empty());
    assert_eq!(kept.workspace, sample_workspace(as_of()));
}

#[test]
fn every_field_of_the_full_fixture_reads() {
    let kept = read(FULL).unwrap();
    assert_eq!(kept.seller_shown.as_deref(), Some("Noor Haddad"));
    let Workspace { as_of: month, book, plan, saved_plans, assumptions: assumed, ranges, decisions } = &kept.workspace;
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

    let saved: Vec<&str> = saved_plans.iter().map(|(name, _)| name).collect();
    assert_eq!(saved, ["A / half~way", "Plan \"Ü\""]);
    let half_way = saved_plans.get("A / half~way").unwrap();
    assert_eq!((half_way.new_business.get(), half_way.renewal.steps().len()), (0.08, 1));
    assert_eq!((half_way.renewal.of_year(1).get(), half_way.renewal.of_year(2).get()), (0.0, 0.024));
    assert_eq!((half_way.referral.get(), half_way.upsell.get(), half_way.base.cents()), (0.0, 0.0, 0));
    let odd = saved_plans.get("Plan \"Ü\"").unwrap();
    assert_eq!((odd.new_business.get(), odd.renewal.last().get(), odd.upsell.get()), (1.0, 0.0, 0.5));
    assert_eq!((odd.quota.target, odd.quota.period, odd.quota.multiplier), (0.01, PlanPeriod::Month, 0.0));
    assert_eq!(odd.base, Money::MAX);

    let ends: Vec<(Input, f64, f64)> = ranges.iter().map(|(input, range)| (input, range.low(), range.high())).collect();
    let year_3 = (Input::RenewalYear3, 0.04, 0.05);
    assert_eq!(ends, [(Input::RenewToday, 0.7, 0.875), year_3, (Input::Quota, 30_000.0, 60_001.0)]);

    let logged = |decision: &Decision| {
        let Decision { on, nth, about, stated, why, who } = decision;
        (format!("{on} {nth}"), *about, format!("{stated}|{why}|{who}"))
    };
    let first = "4%|Above the 3% of a \"rival\".\nAsk again in May.|Noor Haddad";
    let logs = [
        ("2025-02-27 1", About::Number(Input::RenewalCommission), first),
        ("2025-02-27 2", About::Number(Input::Quota), "$30,000.00 to $60,001.00|Ü/~1|"),
        ("2025-02-28 1", About::Plan, "8% new · 2.4% renewal|The board agreed.|Ilse"),
    ];
    let logs = logs.map(|(day, about, words)| (day.to_owned(), about, words.to_owned()));
    assert_eq!(decisions.iter().map(logged).collect::<Vec<_>>(), logs);

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
    assert_eq!(first.origin, Origin::Referral { sent_by: Some(AccountId(9)) });
    assert_eq!(chance(first), [Some(0.5), Some(0.75), Some(0.99)]);
    assert_eq!(first.tags, ["key account", "north"]);
    assert_eq!(first.notes, "Asked for a quote.\nCall in May.");
    let touches = |account: &Account| -> Vec<(String, TouchKind, String)> {
        account.touches.iter().map(|touch| (touch.on.to_string(), touch.kind, touch.note.clone())).collect()
    };
    let touch = |day: &str, kind: TouchKind, note: &str| (day.to_owned(), kind, note.to_owned());
    let logged = [
        touch("2024-11-04", TouchKind::Call, ""),
        touch("2025-02-10", TouchKind::Visit, "Showed the \"new\" line.\nBack in May."),
        touch("2025-02-10", TouchKind::Article, ""),
        touch("2025-03-17", TouchKind::Review, "Rated 9 of 10"),
    ];
    assert_eq!(touches(first), logged);

    let bare = &book.accounts[1];
    assert_eq!(bare.id, AccountId(4));
    assert_eq!((bare.name.as_str(), bare.seller.as_str(), bare.notes.as_str(), bare.tags.len()), ("", "", "", 0));
    assert_eq!((bare.annual_value, bare.cost_to_serve), (Money::ZERO, Money::ZERO));
    assert_eq!((bare.margin.get(), bare.term.months(), bare.loss_odds.get()), (1.0, 1, 1.0));
    assert_eq!(bare.standing, Standing::Active { since: None, renews_on: None });
    assert_eq!((bare.origin, chance(bare), touches(bare).len()), (Origin::Prospecting, [None; 3], 0));

    let lost = &book.accounts[2];
    let reason = "Went to a competitor".to_owned();
    assert_eq!(lost.standing, Standing::Lapsed { since: day("2019-07-01"), on: day("2024-12-24"), reason });
    let entry =
        |on: &str, kind: LifeKind, text: &str, due: Option<&str>, cents: Option<i64>, outcome: Outcome| LifeEntry {
            on: on.parse().unwrap(),
            kind,
            text: text.to_owned(),
            due: due.and_then(day),
            amount: cents.map(Money::from_cents),
            outcome,
        };
    let promise =
        entry("2024-08-22", LifeKind::Promise, "A demo of \"North\"", Some("2024-10-01"), None, Outcome::Missed);
    let person = entry("2024-08-22", LifeKind::Person, "Dana Wu\nbuys", None, None, Outcome::Open);
    let bill = entry("2024-11-30", LifeKind::Bill, "", Some("2024-12-30"), Some(250_075), Outcome::Met);
    assert_eq!(first.life, [promise, person, bill]);
    let given = [
        entry("1999-12-26", LifeKind::Concession, "Free month", None, Some(150_000), Outcome::Open),
        entry("2021-11-26", LifeKind::Sighting, "Rival", None, None, Outcome::Open),
        entry("2021-11-26", LifeKind::Request, "Longer hours", None, None, Outcome::Missed),
        entry("2021-11-27", LifeKind::Opening, "A second desk", None, Some(Money::MAX.cents()), Outcome::Beaten),
    ];
    assert_eq!(lost.life, given);
    assert!([1, 3, 4].iter().all(|place| book.accounts[*place].life.is_empty()));
    let edited = |account: &Account| account.edited.parts().collect::<Vec<_>>();
    assert_eq!(edited(&book.accounts[0]), [AccountPart::Seller, AccountPart::AnnualValue]);
    assert_eq!((edited(&book.accounts[1]), edited(lost)), (vec![], vec![AccountPart::Standing]));
    assert_eq!((lost.annual_value, lost.term.months(), lost.origin), (Money::MAX, 60, Origin::WinBack));
    assert_eq!(chance(lost), [None, Some(0.7), None]);
    let logged = [touch("1999-12-24", TouchKind::Gift, "Pralinés"), touch("2019-07-02", TouchKind::Help, "")];
    assert_eq!(touches(lost), logged);
    assert_eq!(book.accounts[3].standing, Standing::Lapsed { since: None, on: None, reason: String::new() });

    let maybe = &book.accounts[4];
    assert_eq!((&maybe.standing, maybe.origin), (&Standing::Prospect, Origin::Prospecting));
    assert_eq!((maybe.cost_to_serve.cents(), maybe.loss_odds.get()), (1, 0.1));
    assert_eq!(chance(maybe), [Some(0.0), None, Some(1.0)]);
    assert_eq!(touches(maybe), [touch("2000-01-01", TouchKind::Call, "")]);
    assert_in_range(&kept.workspace, "the full fixture");
}

/// What an older version does not know has its default; all else is as in the newer one.
fn without_edits() -> Kept {
    let mut kept = without_life();
    kept.workspace.book.accounts.iter_mut().for_each(|account| account.edited = EditedParts::default());
    kept
}

fn without_life() -> Kept {
    let mut kept = without_saved_plans();
    kept.workspace.book.accounts.iter_mut().for_each(|account| account.life.clear());
    kept
}

fn without_saved_plans() -> Kept {
    let mut kept = without_rules();
    kept.workspace.saved_plans = SavedPlans::default();
    kept
}

/// Takes the kinds of rules away that came after the first so many.
fn with_first_kinds(mut kept: Kept, kinds: usize) -> Kept {
    let saved = kept.workspace.saved_plans.clone();
    let is_newer = |rule: &Rule| RuleKind::ALL.iter().skip(kinds).any(|kind| *kind == rule.kind());
    for (name, plan) in saved.iter() {
        let rules = plan.rules.iter().filter(|rule| !is_newer(rule)).copied().collect();
        kept.workspace.saved_plans.restore(name.to_owned(), Plan { rules, ..plan.clone() });
    }
    kept
}

/// Nobody is named as who sent an account, and no rule asks for that or for touches.
fn without_senders() -> Kept {
    let mut kept = read(FULL).unwrap();
    for account in kept.workspace.book.accounts.iter_mut().filter(|account| account.is_referred()) {
        account.origin = Origin::Referral { sent_by: None };
    }
    with_first_kinds(kept, 27)
}

#[test]
fn version_11_reads_as_version_12_without_senders() {
    assert_eq!(read(FULL_11).unwrap(), without_senders());
}

fn without_newer_rules() -> Kept {
    with_first_kinds(without_senders(), 20)
}

#[test]
fn version_10_reads_as_version_11_without_the_newer_kinds_of_rules() {
    assert_eq!(read(FULL_10).unwrap(), without_newer_rules());
}

fn without_decisions() -> Kept {
    let mut kept = without_newer_rules();
    kept.workspace.decisions = Decisions::default();
    kept
}

#[test]
fn version_9_reads_as_version_10_without_decisions() {
    assert_eq!(read(FULL_9).unwrap(), without_decisions());
}

/// A decision is one setting under a name that tells what it says, whatever is logged beside it; what is none is refused by name.
#[test]
fn a_decision_is_a_leaf_of_its_own() {
    let full = read(FULL).unwrap().workspace;
    let bare = Workspace { decisions: Decisions::default(), ..full.clone() };
    let logged = |workspace: &Workspace| -> BTreeMap<String, Value> {
        let leaves = settings(workspace).unwrap();
        leaves.into_iter().filter(|(path, _)| path.starts_with("/decisions")).collect()
    };
    let leaves = logged(&full);
    assert_eq!(leaves.len(), 3);
    for (path, leaf) in &leaves {
        let one = with_settings(&bare, [(path.clone(), leaf.clone())]).unwrap();
        assert_eq!(logged(&one), BTreeMap::from([(path.clone(), leaf.clone())]));
        let two = with_settings(&full, [(path.clone(), Value::Null)]).unwrap();
        assert_eq!(two.decisions.len(), 2);
        assert!(one.decisions.iter().all(|decision| !two.decisions.iter().any(|other| other == decision)));
    }
    let gone = with_settings(&full, leaves.into_keys().map(|path| (path, Value::Null))).unwrap();
    assert_eq!(gone, bare);
    let refused = |decisions: Value, named: &str| check_refused(FULL, "/workspace/decisions", decisions, named);
    let one = |key: &str, decision: Value| json!({ key: decision });
    refused(one("2026-11-29 1 a", json!({"about": "bribe", "stated": "", "why": "x"})), "“bribe”");
    refused(one("2026-11-29 1 a", json!({"stated": "", "why": "x", "when": "noon"})), "at line 1");
    refused(one("2026-11-29 1 a", json!({"why": "x"})), "at line 1");
    for key in ["yesterday", "2026-11-29", "2026-11-29 x", "2026-02-30 1 a", "2026-11-29 4294967296", ""] {
        refused(one(key, json!({"stated": "", "why": "x"})), &format!("decision “{key}”"));
    }
    let many: serde_json::Map<String, Value> = (0..=10_000)
        .map(|number| (format!("2026-11-29 {number}"), json!({"stated": "", "why": number.to_string()})))
        .collect();
    refused(Value::Object(many), "10001 are more than 10,000");
}

fn without_rules() -> Kept {
    let mut kept = without_decisions();
    kept.workspace.plan.rules.clear();
    let saved = kept.workspace.saved_plans.clone();
    for (name, plan) in saved.iter() {
        let bare = Plan { rules: Vec::new(), ..plan.clone() };
        kept.workspace.saved_plans.restore(name.to_owned(), bare);
    }
    kept
}

#[test]
fn version_8_reads_as_version_9_without_rules() {
    assert_eq!(read(FULL_8).unwrap(), without_rules());
}

/// Every kind of rule is stored under a name of its own, and all rules of a plan are one setting.
#[test]
fn rules_read_as_they_are_written() {
    let full = read(FULL).unwrap().workspace;
    let told = |plan: &Plan| -> Vec<(RuleKind, bool, PlanPeriod, Vec<f64>)> {
        plan.rules.iter().map(|rule| (rule.kind(), rule.is_on, rule.period, rule.numbers().to_vec())).collect()
    };
    let (month, quarter, year) = (PlanPeriod::Month, PlanPeriod::Quarter, PlanPeriod::Year);
    let in_use = [
        (RuleKind::TierAbove, true, month, vec![250_000.5, 0.015]),
        (RuleKind::TierOnAll, false, quarter, vec![0.0, 1.0]),
        (RuleKind::RenewalAboveFloor, true, year, vec![0.625, 0.03]),
        (RuleKind::RetentionBonus, true, year, vec![1e9, 0.9]),
        (RuleKind::WinBonus, true, month, vec![500.0, 20_000.0]),
        (RuleKind::LongContract, true, year, vec![36.0, 0.01]),
        (RuleKind::FirstMonths, true, year, vec![1.0, 250.25]),
        (RuleKind::WinBack, true, year, vec![0.04]),
        (RuleKind::EachWin, true, year, vec![99.99]),
        (RuleKind::RenewalMargin, true, year, vec![0.125]),
        (RuleKind::NewMargin, true, year, vec![0.0]),
        (RuleKind::Cap, true, quarter, vec![40_000.0]),
    ];
    assert_eq!(told(&full.plan), in_use);
    let saved = [
        (RuleKind::RetentionGate, true, month, vec![0.75]),
        (RuleKind::Threshold, false, month, vec![10_000.0]),
        (RuleKind::RetentionFactor, true, quarter, vec![0.8, 0.5]),
        (RuleKind::Clawback, true, year, vec![60.0]),
        (RuleKind::ClawbackProRata, false, year, vec![6.0]),
        (RuleKind::Draw, true, year, vec![3_000.0]),
        (RuleKind::Guarantee, false, year, vec![1.0]),
        (RuleKind::OnCash, true, year, vec![12.0]),
        (RuleKind::BelowTarget, true, quarter, vec![12_500.75, 0.25]),
        (RuleKind::WeightedQuotas, false, month, vec![90_000.0, 0.55, 240_000.5, 0.3]),
        (RuleKind::SharedWins, true, year, vec![0.4]),
        (RuleKind::ClawbackTable, false, year, vec![1.0, 3.0, 0.75, 6.0, 0.5, 9.0, 0.125, 13.0]),
    ];
    assert_eq!(told(full.saved_plans.get("Plan \"Ü\"").unwrap()), saved);
    let other = [
        (RuleKind::HandOver, true, year, vec![0.9, 18.0, 0.1]),
        (RuleKind::RampGuarantee, true, year, vec![1_250.5, 4.0]),
        (RuleKind::ClawbackLimit, false, year, vec![0.35]),
        (RuleKind::EachReferral, true, year, vec![275.5]),
        (RuleKind::SourceStays, false, year, vec![]),
        (RuleKind::EachTouch, true, year, vec![1.25, 0.75]),
        (RuleKind::TouchBonus, true, quarter, vec![800.0, 90.0, 3.5]),
        (RuleKind::Objectives, true, month, vec![900.5, 0.375, 0.8, 0.25, 2.0, 0.125, 12_000.0]),
    ];
    assert_eq!(told(full.saved_plans.get("A / half~way").unwrap()), other);
    let leaves = settings(&full).unwrap();
    let rules = leaves["/plan/rules"].clone();
    assert_eq!(rules.as_array().unwrap().len(), 12);
    let bare = without_rules().workspace;
    assert!(!settings(&bare).unwrap().contains_key("/plan/rules"));
    let with = with_settings(&bare, [("/plan/rules".to_owned(), rules)]).unwrap();
    assert_eq!(with.plan, full.plan);
    assert!(with_settings(&full, [("/plan/rules".to_owned(), Value::Null)]).unwrap().plan.rules.is_empty());
    let first = "/workspace/plan/rules/0";
    check_refused(FULL, &format!("{first}/kind"), json!("bribe"), "“bribe” is no rule");
    check_refused(FULL, &format!("{first}/numbers"), json!([1]), "the numbers of “tier_above”");
    check_refused(FULL, &format!("{first}/numbers/1"), json!(1.01), "the numbers of “tier_above”");
    check_refused(FULL, &format!("{first}/period"), json!("week"), "at line 1");
    let many = json!(vec![json!({"kind": "cap", "on": true, "period": "year", "numbers": [1]}); 13]);
    check_refused(FULL, "/workspace/plan/rules", many, "13 are more than the 12");
}

#[test]
fn version_7_reads_as_version_8_without_saved_plans() {
    assert_eq!(read(FULL_7).unwrap(), without_saved_plans());
}

/// A plan put by is one setting, whatever its name; what is none is refused by name.
#[test]
fn a_saved_plan_is_a_leaf_of_its_own() {
    let full = read(FULL).unwrap().workspace;
    let leaves = settings(&full).unwrap();
    let paths: Vec<&String> = leaves.keys().filter(|path| path.starts_with("/saved_plans")).collect();
    assert_eq!(paths, ["/saved_plans/A ~1 half~0way", "/saved_plans/Plan \"Ü\""]);
    let bare = without_saved_plans().workspace;
    let put = |path: &str, leaf: Value| with_settings(&bare, [(path.to_owned(), leaf)]);
    let one = put(paths[0], leaves[paths[0]].clone()).unwrap();
    assert_eq!(one.saved_plans.get("A / half~way"), full.saved_plans.get("A / half~way"));
    let gone = with_settings(&full, paths.iter().map(|path| ((*path).clone(), Value::Null))).unwrap();
    assert!(gone.saved_plans.is_empty());
    let mut wrong = leaves[paths[0]].clone();
    wrong["accelerator"] = json!(-1);
    assert!(put(paths[0], wrong).unwrap_err().to_string().contains("A / half~way"));
    assert!(put(paths[0], json!({"new_business": 0.1})).is_err());
}

#[test]
fn version_6_reads_as_version_7_without_life() {
    assert_eq!(read(FULL_6).unwrap(), without_life());
}

#[test]
fn versions_4_and_5_read_as_version_6_without_edits() {
    assert_eq!(read(FULL_4).unwrap(), without_edits());
    assert_eq!(read(FULL_5).unwrap(), without_edits());
    let snapshot = Snapshot::read(include_str!("fixtures/v4_snapshot.txt")).unwrap();
    assert_eq!(snapshot.workspace, without_edits().workspace);
    assert_eq!(snapshot.seen.tabs().collect::<Vec<_>>(), [(7, 3, 1_764_000_000_000)]);
    let record = Record::read(include_str!("fixtures/v4_record.txt")).unwrap();
    let sample = sample_workspace(as_of());
    assert_eq!((sample.book.accounts[0].id, sample.book.accounts[0].margin.get()), (AccountId(1), 0.7));
    let merged = record.onto(&sample);
    assert_eq!((merged.workspace.book.accounts[0].margin.get(), merged.clashes), (0.5, vec![]));
}

#[test]
fn version_3_reads_as_version_6_without_touches() {
    let (older, mut newer) = (read(FULL_3).unwrap(), without_edits());
    newer.workspace.book.accounts.iter_mut().for_each(|account| account.touches.clear());
    assert_eq!(older, newer);
}

#[test]
fn version_2_reads_as_version_3_without_what_is_new() {
    let (older, newer) = (read(FULL_2).unwrap().workspace, read(FULL_3).unwrap().workspace);
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
    [FULL_3, FULL].into_iter().for_each(check_cut);
}

fn check_cut(whole: &str) {
    let whole = whole.trim_end();
    for end in 0..whole.len() {
        assert!(!check_damaged(&whole.as_bytes()[..end], &format!("cut at {end}")), "cut at {end} was read");
    }
    for start in 1..whole.len() {
        assert!(!check_damaged(&whole.as_bytes()[start..], &format!("begun at {start}")), "begun at {start} was read");
    }
}

#[test]
fn a_changed_byte_is_refused_or_stays_in_range() {
    for full in [FULL_3, FULL] {
        let mut refused = 0;
        for (place, byte) in full.bytes().enumerate() {
            for other in (0..8).map(|bit| 1_u8 << bit).chain([b'9' ^ byte, b'-' ^ byte]) {
                let mut bytes = full.as_bytes().to_vec();
                bytes[place] ^= other;
                refused += usize::from(!check_damaged(&bytes, &format!("byte {place} changed by {other:08b}")));
            }
        }
        assert!(refused > full.len(), "only {refused} were refused");
    }
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
    for version in [13, 14, 4_000_000_000_u32] {
        let text =
            json!({"format": "holdfast", "version": version, "workspace": {"shape": ["not", "ours"]}}).to_string();
        assert_eq!(read(&text), Err(Unreadable::Newer { version }));
        assert!(read(&text).unwrap_err().to_string().contains(&format!("format {version}")));
        let newer = FULL.replace("\"version\": 12", &format!("\"version\": {version}"));
        assert_eq!(read(&newer), Err(Unreadable::Newer { version }));
    }
    for version in ["0", "-1", "1.5", "\"1\"", "null", "99999999999"] {
        let text = FULL.replace("\"version\": 12", &format!("\"version\": {version}"));
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

/// `full` with the value at `pointer` replaced.
fn with(full: &str, pointer: &str, value: Value) -> String {
    let mut fixture: Value = serde_json::from_str(full).unwrap();
    *fixture.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer} in the fixture")) = value;
    fixture.to_string()
}

/// The value at `pointer` is refused as damage, in words that name the field.
fn check_refused(full: &str, pointer: &str, value: Value, named: &str) {
    let why = read(&with(full, pointer, value.clone())).expect_err(pointer);
    assert!(matches!(why, Unreadable::Damaged(_)), "{pointer} = {value}: {why:?}");
    assert!(why.to_string().contains(named), "{pointer} = {value} should name {named:?}: {why}");
    assert_sentence(&why);
}

/// All but the book has one shape in both versions.
#[test]
fn a_number_out_of_range_is_refused_and_its_field_named() {
    [FULL_3, FULL].into_iter().for_each(check_numbers);
}

fn check_numbers(full: &str) {
    let workspace = read(full).unwrap().workspace;
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
            read(&with(full, &pointer, json!(workspace.get(input)))).is_ok() || input == Input::Horizon,
            "{input:?} as it is"
        );
        if input == Input::Horizon {
            check_refused(full, &pointer, json!(11), named);
            check_refused(full, &pointer, json!(121), named);
        } else {
            check_refused(full, &pointer, json!(row.max * 1.001 + 0.001), named);
            check_refused(full, &pointer, json!(row.min - 0.001), named);
            check_refused(full, &pointer, json!(1e300), named);
        }
    }
    for (pointer, value, named) in [
        ("/workspace/as_of", json!("2025-13"), "as_of"),
        ("/workspace/plan/renewal/0/0", json!(0), "renewal commission"),
        ("/workspace/plan/renewal/0/0", json!(11), "renewal commission"),
        ("/workspace/plan/base_cents", json!(-1), "base pay"),
        ("/workspace/assumptions/odds_lapsed", json!(1.5), "odds_lapsed"),
        ("/workspace/assumptions/lapsed_fade", json!(-0.5), "lapsed_fade"),
    ] {
        check_refused(full, pointer, value, named);
    }
}

#[test]
fn an_account_of_rows_out_of_range_is_refused_and_its_field_named() {
    for (field, value, named) in [
        ("0/value_cents", json!(100_000_000_001_i64), "account 3, annual value"),
        ("0/value_cents", json!(-1), "account 3, annual value"),
        ("0/cost_cents", json!(i64::MIN), "account 3, cost to serve"),
        ("0/margin", json!(1.01), "account 3, margin"),
        ("0/term", json!(13), "account 3, term"),
        ("0/loss_odds", json!(0.09), "account 3, loss odds"),
        ("0/renew_today", json!(1.1), "account 3, renew today"),
        ("0/standing/active/since", json!("2021-02-29"), "account 3, since"),
        ("0/standing/active/renews_on", json!("soon"), "account 3, renews on"),
        ("2/standing/lapsed/on", json!("2024-12-32"), "account 9, lost on"),
        ("4/id", json!(3), "account 3"),
        ("4/id", json!(17), "account 17"),
    ] {
        check_refused(FULL_3, &format!("/workspace/book/accounts/{field}"), value, named);
    }
}

#[test]
fn an_account_of_columns_out_of_range_is_refused_and_its_field_named() {
    let notes = |account: &str, touch: &str| json!({account: {touch: "Nobody's"}});
    for (field, value, named) in [
        ("value_cents/0", json!(100_000_000_001_i64), "account 3, annual value"),
        ("value_cents/1", json!(-1), "account 4, annual value"),
        ("cost_cents/0/1", json!(i64::MIN), "account 3, cost to serve"),
        ("margin/0/1", json!(1.01), "account 3, margin"),
        ("margin/3/1", json!(-1.01), "account 12, margin"),
        ("term/0/1", json!(13), "account 3, term"),
        ("loss_odds/0/1", json!(0.09), "account 3, loss odds"),
        ("renew_unattended/4", json!(-0.1), "account 16, renew unattended"),
        ("renew_today/0", json!(1.1), "account 3, renew today"),
        ("renew_saturated/4", json!(1.001), "account 16, renew saturated"),
        ("since/0", json!(200_000_000_000_i64), "account 3, since"),
        ("since/2", json!(i64::MIN), "account 9, since"),
        ("renews_on/0", json!(i64::MAX), "account 3, renews on"),
        ("lost_on/2", json!(-999_999_999_i64), "account 9, lost on"),
        ("standing", json!("AALLX"), "account 16, standing"),
        ("touches/0", json!("C702V2qA0R"), "account 3, touches"),
        ("touches/0", json!("C702V-2q"), "account 3, touches"),
        ("touches/1", json!("X1"), "account 4, touches"),
        ("touches/1", json!(format!("C1{}", "V0".repeat(4_000))), "account 4, touches"),
        ("touch_notes", notes("0", "4"), "account 3, touches"),
        ("touch_notes", notes("1", "0"), "account 4, touches"),
        // A step of nothing would be the same id again, and the next id was never given out.
        ("id/4", json!(0), "its id is used twice"),
        ("id/4", json!(5), "account 17"),
        ("id/4", json!(u32::MAX), "its id is used twice"),
        ("seller/of/0/1", json!(3), "seller"),
        ("origin/0/1", json!("gift"), "gift"),
    ] {
        check_refused(FULL_4, &format!("/workspace/book/accounts/{field}"), value, named);
    }
}

/// A cell too many or too few would shift what belongs to whom.
#[test]
fn a_column_of_another_length_is_refused_and_named() {
    for (field, value, named) in [
        ("name", json!(["A", "B", "C", "D"]), "name"),
        ("value_cents", json!([1, 2, 3, 4, 5, 6]), "value"),
        ("standing", json!("AALL"), "standing"),
        ("since", json!([7729, null, 7121, null]), "since"),
        ("renews_on", json!([9527]), "renews on"),
        ("touches", json!(["C1"]), "touches"),
        ("margin/3/0", json!(1), "margin"),
        ("margin/3/0", json!(3), "margin"),
        ("margin/3/0", json!(u64::MAX), "margin"),
        ("margin", json!([]), "margin"),
        ("cost_cents/1/0", json!(2), "cost to serve"),
        ("term", json!([[6, 12]]), "term"),
        ("origin/3/0", json!(3), "origin"),
        ("loss_odds/1/0", json!(0), "loss odds"),
        ("seller/of/0/0", json!(2), "seller"),
        ("id", json!([3, 1, 5, 3]), "name"),
    ] {
        check_refused(FULL_4, &format!("/workspace/book/accounts/{field}"), value, named);
    }
}

/// A cell of a row that is not there, or that has no such thing, was another's.
#[test]
fn a_cell_that_belongs_to_nobody_is_refused_and_named() {
    for (field, value, named) in [
        ("since", json!([7729, null, 7121, null, 1]), "since"),
        ("renews_on", json!([9527, null, 1, null, null]), "renews on"),
        ("lost_on", json!({"0": 1}), "lost on"),
        ("reason", json!({"1": "Left"}), "reason"),
        ("renew_unattended", json!({"5": 0.5}), "renew unattended"),
        ("renew_today", json!({"5": 0.5}), "renew today"),
        ("renew_saturated", json!({"5": 0.5}), "renew saturated"),
        ("tags", json!({"5": ["one"]}), "tags"),
        ("touch_notes", json!({"5": {"0": "Nobody's"}}), "touch notes"),
        ("notes", json!({"5": "Nobody's"}), "notes"),
    ] {
        check_refused(FULL_4, &format!("/workspace/book/accounts/{field}"), value, named);
    }
}

#[test]
fn a_range_that_is_none_is_refused_and_its_number_named() {
    [FULL_3, FULL].into_iter().for_each(check_ranges);
}

fn check_ranges(full: &str) {
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
        let why = read(&with(full, ranges, value.clone())).expect_err(named);
        assert!(matches!(why, Unreadable::Damaged(_)), "{value}: {why:?}");
        assert_sentence(&why);
        // Of what is no range at all only the place is told.
        assert!(
            why.to_string().contains(named) || value["renew_today"] == json!(0.7),
            "{value} should name {named:?}: {why}"
        );
    }
    assert_eq!(read(&with(full, ranges, json!({}))).unwrap().workspace.ranges, Ranges::default());
    assert!(!write(&sample()).unwrap().contains("ranges"), "absent when there are none");
}

#[test]
fn judgements_that_contradict_one_another_are_refused() {
    [FULL_3, FULL].into_iter().for_each(check_judgements);
}

fn check_judgements(full: &str) {
    let today = "/workspace/assumptions/renew_today";
    check_refused(full, today, json!(0.54), "raise the first or lower the second");
    check_refused(full, today, json!(0.9), "raise the first or lower the second");
    check_refused(full, "/workspace/assumptions/share_today", json!(0), "give customers some time");
    for half in [0.55, 0.8, 0.3] {
        check_refused(full, "/workspace/assumptions/renew_half", json!(half), "Renewals must rise with effort");
    }
}

#[test]
fn a_null_where_a_number_belongs_is_refused_with_its_place() {
    // NaN and infinity are written as null by JSON libraries.
    for full in [FULL_3, FULL] {
        for field in ["hours_per_year", "share_today", "renew_today", "stay", "leads", "carry_over", "odds_lapsed"] {
            check_refused(full, &format!("/workspace/assumptions/{field}"), Value::Null, "at line 1");
        }
        check_refused(full, "/workspace/assumptions/hours_per_year", Value::Null, "null, expected f64 at line 1");
        check_refused(full, "/workspace/plan/new_business", Value::Null, "at line 1");
    }
    for field in ["value_cents", "margin", "loss_odds", "term", "id"] {
        check_refused(FULL_3, &format!("/workspace/book/accounts/0/{field}"), Value::Null, "at line 1");
    }
    for field in ["value_cents/0", "margin/0/1", "loss_odds/0/1", "term/0/1", "id/0", "lost_on/2", "renew_today/0"] {
        check_refused(FULL_4, &format!("/workspace/book/accounts/{field}"), Value::Null, "at line 1");
    }
}

#[test]
fn life_that_cannot_be_is_refused() {
    let entry = |at: usize| format!("/workspace/book/accounts/life/2/0/{at}");
    check_refused(FULL, &entry(0), json!(9_000_000_000_000_i64), "account 9, life: 9000000000000 is no day");
    check_refused(FULL, &entry(3), json!(-9_000_000_000_000_i64), "account 9, life: -9000000000000 is no day");
    check_refused(FULL, &entry(4), json!(Money::MAX.cents() + 1), "account 9, life");
    for (at, value) in [(1, json!("Z")), (5, json!("?")), (2, Value::Null), (0, json!("2024"))] {
        check_refused(FULL, &entry(at), value, "at line 1");
    }
    let nobody = json!({"9": []});
    check_refused(
        FULL,
        "/workspace/book/accounts/life",
        nobody,
        "life: a cell belongs to no account that could have it",
    );
    let many = json!({"0": vec![json!([9000, "P", "x", null, null, "o"]); 1_001]});
    check_refused(FULL, "/workspace/book/accounts/life", many, "account 3, life: 1001 are more than 1,000");
}

#[test]
fn edits_of_no_part_are_refused() {
    for bits in [json!(512), json!(-1), json!(70_000)] {
        check_refused(FULL, "/workspace/book/accounts/edited/0", bits, "account 3, edited: no such parts");
    }
    let many = json!([3, [9, 0]]);
    check_refused(FULL, "/workspace/book/accounts/edited", many, "more cells than there are accounts");
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
