//! What only a browser can show: real local storage, and the model in WebAssembly.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

use holdfast::model::month::Month;
use holdfast::model::payoff::{Question, payoff};
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;
use holdfast::storage::envelope::{self, Kept};
use holdfast::storage::keeper::{Keeper, Loaded, NotKept, WORKSPACE_KEY};
use holdfast::storage::store::{LocalStore, Store, StoreError};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs the body of a function in the page.
fn run(script: &str) -> JsValue {
    js_sys::Function::new_no_args(script).call0(&JsValue::NULL).unwrap()
}

fn sample() -> Workspace {
    sample_workspace(Month::parse("2026-11").unwrap())
}

#[wasm_bindgen_test]
fn local_storage_gives_back_what_was_written_last() {
    const KEY: &str = "holdfast/test of the store";
    run("localStorage.clear();");
    let mut store = LocalStore;
    assert_eq!(store.read(KEY), Ok(None));
    for text in ["first", "", "Zürich \"☃\"\n\u{1f980}"] {
        store.write(KEY, text).unwrap();
        assert_eq!(store.read(KEY).unwrap().as_deref(), Some(text));
    }
}

#[wasm_bindgen_test]
fn a_full_store_says_so_and_keeps_the_text_before() {
    const KEY: &str = "holdfast/test of a full store";
    run("localStorage.clear();");
    let mut store = LocalStore;
    store.write(KEY, "before").unwrap();
    assert_eq!(store.write(KEY, &"x".repeat(6_000_000)), Err(StoreError::Full));
    assert_eq!(store.read(KEY).unwrap().as_deref(), Some("before"));
}

#[wasm_bindgen_test]
fn the_next_visit_loads_what_this_one_kept() {
    run("localStorage.clear();");
    let mut keeper = Keeper::new(LocalStore);
    assert_eq!(keeper.load(), Loaded::Nothing);
    let full = envelope::read(include_str!("fixtures/v1_full.json")).unwrap();
    for kept in [Kept { workspace: sample(), seller_shown: None }, full] {
        keeper.keep(&kept).unwrap();
        assert_eq!(Keeper::new(LocalStore).load(), Loaded::Workspace(Box::new(kept)));
    }
}

#[wasm_bindgen_test]
fn what_cannot_be_read_is_not_written_over() {
    let mut store = LocalStore;
    store.write(WORKSPACE_KEY, "{\"format\":\"holdfast\"").unwrap();
    let mut keeper = Keeper::new(LocalStore);
    assert!(matches!(keeper.load(), Loaded::Unreadable { .. }));
    let kept = Kept { workspace: sample(), seller_shown: None };
    assert_eq!(keeper.keep(&kept), Err(NotKept::ReadOnly));
    assert_eq!(store.read(WORKSPACE_KEY).unwrap().as_deref(), Some("{\"format\":\"holdfast\""));
    run("localStorage.clear();");
}

#[wasm_bindgen_test]
fn the_default_case_has_its_published_figures() {
    let answer = payoff(&sample(), &Question::default()).unwrap();
    // Worked out apart from this code; the native suites check the same ones. Best shares are flat tops, known to less
    // than a millionth, and so is the gap between them.
    for (name, figure, expected, allowed) in [
        ("the seller's share", answer.seller_best.share, 0.325_842, 1e-6),
        ("the company's share", answer.company_best.share, 0.523_244_196, 1e-6),
        ("the gap", answer.gap, 102_663.149_808, 0.1),
    ] {
        assert!((figure - expected).abs() <= allowed, "{name} is {figure}, not {expected}");
    }
}
