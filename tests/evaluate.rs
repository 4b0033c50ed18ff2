//! The headless command, as a user or a script runs it: the built program on the fixtures.
//!
//! The numbers of the default case are those of the method page, worked out apart from this code.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/v1_sample.json");
const FULL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/v1_full.json");

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evaluate"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// The program with `text` on standard input.
fn run_on(text: &str, arguments: &[&str]) -> Output {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn answer(output: &Output) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{}: {errors}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Exit status 1, nothing on standard output and one sentence, which contains `words`.
fn check_refused(output: &Output, words: &str) {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let sentence = said.strip_suffix('\n').unwrap();
    assert!(!sentence.contains('\n') && sentence.ends_with('.') && sentence.len() > 20, "not one sentence: {said:?}");
    assert!(sentence.contains(words), "{words:?} is not in: {said}");
}

fn near(answer: &Value, pointer: &str, expected: f64, allowed: f64) {
    let got = answer.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {pointer}"));
    assert!((got - expected).abs() <= allowed, "{pointer} is {got}, expected {expected} within {allowed}");
}

#[test]
fn the_default_case_gives_the_numbers_of_the_method_page() {
    let answer = answer(&run(&[SAMPLE]));
    near(&answer, "/seller_best/share", 0.325_842, 1e-6);
    near(&answer, "/company_best/share", 0.523_244, 1e-6);
    near(&answer, "/gap", 102_663.0, 1.0);
    near(&answer, "/company_best/company_value", 2_278_496.0, 1.0);
    // The sum of 1.1^-j over five years, by hand.
    near(&answer, "/gap_per_year", 102_663.0 / 3.790_786_77, 1.0);
    near(&answer, "/seller_best/hours", 0.325_842 * 630.0, 1e-3);
    near(&answer, "/today/share", 16.0 / 63.0, 1e-12);
    near(&answer, "/next_hour/seller/customers", 13.5, 0.05);
    near(&answer, "/next_hour/seller/prospecting", 9.4, 0.05);
    near(&answer, "/next_hour/company/customers", 774.0, 0.5);
    near(&answer, "/next_hour/company/prospecting", 180.0, 0.5);
    near(&answer, "/paid_for_anyway/free", 5_760.0, 1.0);
    near(&answer, "/annual_value", 480_000.0, 1e-6);
    near(&answer, "/accounts", 40.0, 0.0);
    near(&answer, "/hours", 630.0, 0.0);
    near(&answer, "/horizon_months", 60.0, 0.0);
    assert_eq!((&answer["as_of"], &answer["seller"]), (&Value::from("2026-11"), &Value::Null));
    let verdict = answer["verdict"].as_str().unwrap();
    assert!(verdict.contains("33%") && verdict.contains("52%") && verdict.contains("$103,000"), "{verdict}");
}

#[test]
fn every_documented_key_is_there_and_no_number_is_missing() {
    let answer = answer(&run(&[SAMPLE, "--target", "40"]));
    for key in [
        "as_of",
        "seller",
        "sellers",
        "accounts",
        "annual_value",
        "hours",
        "horizon_months",
        "verdict",
        "today",
        "seller_best",
        "company_best",
        "gap",
        "gap_per_year",
        "next_hour",
        "agreement_rate",
        "first_hour_rate",
        "target_rate",
        "paid_for_anyway",
        "first_year_pay",
        "share_curve",
        "rate_curve",
        "years",
        "notes",
    ] {
        assert!(answer.get(key).is_some(), "{key} is missing");
        assert!(key == "seller" || !answer[key].is_null(), "{key} is null");
    }
    assert_eq!(answer.as_object().unwrap().len(), 23, "a key that is not documented");
    for split in ["today", "seller_best", "company_best"] {
        for key in ["share", "hours", "seller_value", "company_value"] {
            assert!(answer[split][key].is_f64(), "{split}/{key}");
        }
    }
    for key in ["agreement_rate", "first_hour_rate", "target_rate"] {
        assert!(["at", "even_at_zero", "jump", "never"].iter().any(|kind| answer[key]["kind"] == *kind), "{key}");
    }
    let length = |key: &str| answer[key].as_array().unwrap().len();
    assert_eq!((length("share_curve"), length("years")), (51, 5));
    assert!(length("rate_curve") > 10);
    for year in answer["years"].as_array().unwrap() {
        for course in ["today", "seller_best", "company_best"] {
            for key in ["accounts", "revenue", "pay", "profit", "wins", "lost"] {
                assert!(year[course][key].is_f64(), "{course}/{key}");
            }
        }
    }
    let text = answer.to_string().replace("\"seller\":null", "");
    assert!(!text.contains("null"), "a number that JSON cannot hold was written as null");
}

#[test]
fn years_follow_one_another() {
    let answer = answer(&run(&[SAMPLE]));
    let mut before = 40.0;
    for (number, year) in (1..).zip(answer["years"].as_array().unwrap()) {
        assert_eq!(year["year"], number);
        let of = |key: &str| year["today"][key].as_f64().unwrap();
        assert!((before + of("wins") - of("lost") - of("accounts")).abs() < 1e-9);
        before = of("accounts");
    }
    let first_year = answer.pointer("/years/0/seller_best/pay").unwrap().as_f64().unwrap();
    near(&answer, "/first_year_pay", first_year, 1e-6);
}

#[test]
fn standard_input_is_read_where_no_file_is_named() {
    let text = std::fs::read_to_string(SAMPLE).unwrap();
    let from_file = run(&[SAMPLE]).stdout;
    assert!(!from_file.is_empty());
    assert_eq!(run_on(&text, &[]).stdout, from_file);
    assert_eq!(run_on(&text, &["-"]).stdout, from_file);
    assert_eq!(run_on(&format!("\u{feff}{text}"), &[]).stdout, from_file, "with a byte-order mark");
}

#[test]
fn another_month_moves_the_renewals() {
    // The sample's accounts were won in months that come round each year, but their contract years have moved on.
    let later = answer(&run(&["--as-of", "2027-11", SAMPLE]));
    assert_eq!(later["as_of"], "2027-11");
    near(&later, "/accounts", 40.0, 0.0);
    near(&later, "/seller_best/share", 0.325_842, 1e-6);
    // Four months on, everything is due at another time of the year, and the accounts are as many.
    let soon = answer(&run(&[SAMPLE, "--as-of", "2027-03"]));
    assert_eq!(soon["as_of"], "2027-03");
    assert_ne!(soon["gap"], answer(&run(&[SAMPLE]))["gap"]);
    check_refused(&run(&[SAMPLE, "--as-of", "soon"]), "“soon” is no month");
    check_refused(&run(&[SAMPLE, "--as-of", "2026-13"]), "2026-13");
}

#[test]
fn one_seller_is_told_apart() {
    let all = answer(&run(&[FULL]));
    near(&all, "/sellers", 2.0, 0.0);
    near(&all, "/accounts", 2.0, 0.0);
    let noor = answer(&run(&[FULL, "--seller", "Noor Haddad"]));
    assert_eq!(noor["seller"], "Noor Haddad");
    near(&noor, "/sellers", 1.0, 0.0);
    near(&noor, "/accounts", 1.0, 0.0);
    near(&noor, "/annual_value", 24_500.99, 1e-6);
    assert!(noor["verdict"].as_str().unwrap().contains("Noor Haddad"), "{}", noor["verdict"]);
    check_refused(&run(&[FULL, "--seller", "Nobody"]), "No seller is called “Nobody”; there are: ");
    check_refused(&run(&[SAMPLE, "--seller", "Nobody"]), "Sam Sample");
}

#[test]
fn a_target_is_asked_in_percent() {
    let answer = answer(&run(&[SAMPLE, "--target", "40"]));
    assert_eq!(answer["target_rate"]["kind"], "at");
    near(&answer, "/target_rate/share", 0.40, 1e-6);
    // The seller gives .326 at 2 % and .506 at 10 %.
    let rate = answer["target_rate"]["rate"].as_f64().unwrap();
    assert!(rate > 0.02 && rate < 0.10, "{rate}");
    check_refused(&run(&[SAMPLE, "--target", "101"]), "give 0 to 100");
    check_refused(&run(&[SAMPLE, "--target", "much"]), "“much” is no percentage");
    check_refused(&run(&[SAMPLE, "--target", "NaN"]), "give 0 to 100");
}

#[test]
fn what_cannot_be_read_is_refused_in_one_sentence() {
    let sample = std::fs::read_to_string(SAMPLE).unwrap();
    check_refused(&run(&["no/such/file.json"]), "no/such/file.json cannot be read");
    check_refused(&run(&[env!("CARGO_MANIFEST_DIR")]), "cannot be read");
    check_refused(&run_on("", &[]), "This is not a Holdfast file");
    check_refused(&run_on("name,value\nA,1\n", &[]), "This is not a Holdfast file");
    check_refused(&run_on(&sample[..sample.len() / 2], &[]), "cannot be read");
    check_refused(&run_on(&sample.replace("\"version\": 1", "\"version\": 1000"), &[]), "newer Holdfast");
    check_refused(&run_on(&sample.replace("\"stay\": 0.75", "\"stay\": 7.5"), &[]), "stay: 7.5 is outside 0 to 1");
    check_refused(&run_on(&sample.replace("\"renew_today\": 0.85", "\"renew_today\": 0.5"), &[]), "raise the first");
}

#[test]
fn an_infinite_lifetime_is_refused_and_not_computed() {
    // Nothing is discounted and all but everybody stays: the worth is finite as long as anybody may leave.
    let sample = std::fs::read_to_string(SAMPLE).unwrap();
    let endless = sample
        .replace("\"discount_company\": 0.1", "\"discount_company\": 0")
        .replace("\"renew_today\": 0.85", "\"renew_today\": 0.99")
        .replace("\"renew_saturated\": 0.95", "\"renew_saturated\": 1");
    let answer = answer(&run_on(&endless, &[]));
    assert!(answer["gap"].as_f64().unwrap().is_finite());
}

#[test]
fn wrong_flags_are_explained() {
    for arguments in [&["--frobnicate"][..], &["--seller"], &["--target"], &[SAMPLE, SAMPLE]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("usage: evaluate") && output.stdout.is_empty(), "{arguments:?}: {said}");
    }
    assert!(String::from_utf8_lossy(&run(&["--help"]).stderr).contains("usage: evaluate"));
}

/// `evaluate FILE | head -1` closes the pipe early; that is no crash.
#[test]
fn a_reader_that_leaves_early_is_no_crash() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command(&[SAMPLE]).stdout(writer).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some() && !said.contains("panicked"), "{}: {said}", output.status);
}
