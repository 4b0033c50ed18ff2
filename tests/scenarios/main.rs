//! Published and computed cases that the model must meet. One runner reads every file beside it, by `kind`.
//!
//! A case has `id`, `kind`, `source`, `inputs`, `expected`, `tolerance` and sometimes `note`. A figure passes when
//! `|got - expected| <= tolerance * max(1, |expected|)`. Expected values come from their source or were worked out
//! apart from this code. `rejected/` holds inputs that must be refused, with a part of the sentence that says why.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

mod cases;
mod closed_forms;
mod expected_pay;
mod plans;
mod rejected;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What the model says to a case: figures by name.
pub type Figures = BTreeMap<String, Vec<f64>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

fn read_cases(folder: &Path) -> Vec<Value> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no scenario file in {}", folder.display());
    files
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            let cases: Vec<Value> =
                serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
            cases
        })
        .collect()
}

/// A number, or the numbers of a list.
pub fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(list) => list.iter().map(|number| number.as_f64().unwrap()).collect(),
        number => vec![number.as_f64().unwrap_or_else(|| panic!("not a number: {number}"))],
    }
}

/// The tolerance of one figure: best shares and the gap of a projection are known less exactly than its values,
/// which are flat near the optimum.
fn tolerance(case: &Value, figure: &str) -> f64 {
    match figure {
        "seller_best" | "company_best" => 1e-6,
        "gap" if case["kind"] == "projection" => 1e-5,
        _ => case["tolerance"].as_f64().unwrap(),
    }
}

/// The figures that a case expects; a table within, such as survival by renewal, gives one figure a row, `survival.8`.
fn expected_figures(case: &Value) -> Vec<(String, Vec<f64>)> {
    let expected = case["expected"].as_object().unwrap().iter();
    let rows = expected.flat_map(|(name, figure)| match figure {
        Value::Object(rows) => rows.iter().map(|(row, figure)| (format!("{name}.{row}"), numbers(figure))).collect(),
        figure => vec![(name.clone(), numbers(figure))],
    });
    rows.collect()
}

fn check(case: &Value, figures: &Figures) -> Vec<String> {
    let mut misses = Vec::new();
    for (name, expected) in expected_figures(case) {
        let Some(got) = figures.get(&name) else {
            misses.push(format!("{}: no figure named {name}", case["id"]));
            continue;
        };
        if got.len() != expected.len() {
            misses.push(format!("{}: {name} has {} entries, expected {}", case["id"], got.len(), expected.len()));
        }
        let tolerance = tolerance(case, &name);
        for (got, expected) in got.iter().zip(&expected) {
            let allowed = tolerance * expected.abs().max(1.0);
            // A NaN must miss, so the comparison asks for what passes.
            let passes = (got - expected).abs() <= allowed;
            if !passes {
                misses.push(format!("{}: {name} is {got}, expected {expected} within {allowed:e}", case["id"]));
            }
        }
    }
    misses
}

#[test]
fn every_case_passes_and_every_kind_is_known() {
    let mut misses = Vec::new();
    let mut passed = 0;
    for case in read_cases(&folder()) {
        let kind = case["kind"].as_str().unwrap();
        match cases::answer(kind, &case["inputs"]) {
            Some(figures) => {
                let missed = check(&case, &figures);
                passed += usize::from(missed.is_empty());
                misses.extend(missed);
            }
            None => misses.push(format!("{}: unknown kind {kind}", case["id"])),
        }
    }
    println!("{passed} cases passed; no kind is pending");
    assert!(misses.is_empty(), "\n{}", misses.join("\n"));
    assert!(passed >= 73, "only {passed} cases ran");
}

#[test]
fn what_must_be_refused_is_refused_in_words() {
    for case in read_cases(&folder().join("rejected")) {
        let sentence = rejected::refusal(case["kind"].as_str().unwrap(), &case["inputs"]);
        let wanted = case["expected"]["sentence"].as_str().unwrap();
        assert!(
            sentence.as_ref().is_some_and(|sentence| sentence.contains(wanted)),
            "{}: refused with {sentence:?}, expected words {wanted:?}",
            case["id"]
        );
    }
}
