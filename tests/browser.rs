//! What only a browser can show: real local storage, and the model in WebAssembly.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

use std::rc::Rc;

use holdfast::model::change::{Change, Deed, Label, StepId};
use holdfast::model::month::Month;
use holdfast::model::payoff::{Question, payoff};
use holdfast::model::sample::sample_workspace;
use holdfast::model::workspace::Workspace;
use holdfast::storage::envelope;
use holdfast::storage::journal::keeper::{Found, Keeper, NotKept, stored};
use holdfast::storage::journal::{SNAPSHOT_KEYS, Texts};
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

/// A keeper of what local storage has.
fn opened(tab: u32) -> (Keeper<LocalStore>, Found) {
    Keeper::open(LocalStore, tab, stored(&LocalStore), &Texts::new(), sample())
}

/// The step that leads from what is kept to `after`.
fn change(keeper: &Keeper<LocalStore>, number: u32, after: Workspace) -> Change {
    let (before, after) = (Rc::clone(keeper.present()), Rc::new(after));
    Change { step: StepId { tab: 1, number }, deed: Deed::Step, label: Label::plain("a change"), before, after }
}

#[wasm_bindgen_test]
fn the_store_names_its_keys_and_forgets_what_is_removed() {
    run("localStorage.clear(); localStorage.setItem('another app', 'theirs');");
    let mut store = LocalStore;
    store.write(SNAPSHOT_KEYS[0], "ours").unwrap();
    let mut keys = store.keys().unwrap();
    keys.sort();
    assert_eq!(keys, ["another app", SNAPSHOT_KEYS[0]]);
    assert_eq!(stored(&store), Ok(vec![(SNAPSHOT_KEYS[0].to_owned(), "ours".to_owned())]));
    store.remove(SNAPSHOT_KEYS[0]).unwrap();
    assert_eq!(store.remove("never there"), Ok(()));
    assert_eq!(store.keys().unwrap(), ["another app"]);
}

#[wasm_bindgen_test]
fn the_next_visit_loads_what_this_one_kept() {
    run("localStorage.clear();");
    let (mut keeper, found) = opened(1);
    assert_eq!(found, Found::Nothing);
    let full = envelope::read(include_str!("fixtures/v8_full.json")).unwrap().workspace;
    let later = Workspace { as_of: Month::parse("2027-01").unwrap(), ..full.clone() };
    for (number, workspace) in (1..).zip([full, later]) {
        let kept = keeper.keep(&change(&keeper, number, workspace.clone())).unwrap();
        assert_eq!(kept.local, Ok(()));
        let (next, found) = opened(2);
        let Found::Workspace { damaged, is_healed, clashes, lacking_in_mirror } = found else { panic!("{found:?}") };
        assert_eq!((damaged, is_healed, clashes), (Vec::new(), true, Vec::new()));
        assert!(!lacking_in_mirror.is_empty(), "there is no mirror here");
        assert_eq!(**next.present(), workspace);
    }
}

#[wasm_bindgen_test]
fn what_cannot_be_read_is_not_written_over() {
    run("localStorage.clear();");
    let mut store = LocalStore;
    store.write(SNAPSHOT_KEYS[0], "holdfast:4:snapshot:00000000\n{}").unwrap();
    let (mut keeper, found) = opened(1);
    assert!(matches!(found, Found::Unreadable { .. }));
    let before = stored(&store);
    assert_eq!(keeper.keep(&change(&keeper, 1, sample())), Err(NotKept::ReadOnly));
    assert_eq!(stored(&store), before);
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
