//! The reducer: what every action does, and that every change is one named step that can be undone.
//!
//! What is typed and refused waits as a draft beside the last workspace that could be used; a shared plan that is
//! visited never touches the user's own.

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

use std::rc::Rc;

use holdfast::model::account::{Account, AccountId, Standing};
use holdfast::model::assumptions::RenewalForm;
use holdfast::model::book::{Book, Provenance};
use holdfast::model::bounds::Input;
use holdfast::model::change::Label;
use holdfast::model::life::{LifeEntry, LifeKind, Outcome};
use holdfast::model::merge::{Place, Wins, merge};
use holdfast::model::month::Month;
use holdfast::model::payoff::Headline;
use holdfast::model::payoff::Payoff;
use holdfast::model::plan::Plan;
use holdfast::model::problem::Problem;
use holdfast::model::quantity::{CommissionRate, Money};
use holdfast::model::sample::sample_workspace;
use holdfast::model::touch::{Touch, TouchKind};
use holdfast::model::workspace::Workspace;
use holdfast::state::action::{Action, Gesture};
use holdfast::state::derived;
use holdfast::state::drafts::Drafts;
use holdfast::state::history::MAX_STEPS;
use holdfast::state::plans;
use holdfast::state::{Host, Keeping, State};
use holdfast::text;
use holdfast::text::input::{typed, typed_range};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

use generate::{SELLERS, accounts, as_of, book_of, for_all, number, workspaces};

fn opened() -> State {
    State::new(sample_workspace(as_of()))
}

fn change(input: Input, text: &str) -> Action {
    Action::InputChanged { input, text: text.to_owned(), gesture: Gesture::Settled }
}

fn drag(input: Input, text: &str) -> Action {
    Action::InputChanged { input, text: text.to_owned(), gesture: Gesture::Dragging }
}

fn link(workspace: &Workspace) -> Action {
    let sent = Headline { seller_share: 0.3, company_share: 0.5, gap: 1000.0 };
    Action::LinkOpened { workspace: Rc::new(workspace.clone()), sent, difference: None }
}

/// A workspace unlike the sample, as a link would bring.
fn shared() -> Workspace {
    let mut workspace = sample_workspace(as_of());
    workspace.book.provenance = Provenance::Shared;
    workspace.book.accounts.truncate(5);
    workspace.set(Input::RenewalCommission, 0.07).unwrap();
    workspace
}

/// A book of two accounts of Ada and one of Ben.
fn three_accounts() -> State {
    let account = |name: &str, seller: &str| {
        let mut account = Account::new(AccountId(0), name, Money::from_cents(500_000));
        account.seller = seller.to_owned();
        account
    };
    let book = book_of(vec![account("A", "Ada"), account("B", "Ada"), account("C", "Ben")], Provenance::Own);
    State::new(Workspace { book, ..sample_workspace(as_of()) })
}

/// `actions` in turn from `state`.
fn after(state: State, actions: impl IntoIterator<Item = Action>) -> State {
    actions.into_iter().fold(state, State::after)
}

/// The line on the screen about the last thing done.
fn said(state: &State) -> Option<String> {
    state.announcement.as_ref().map(|label| label.text.clone())
}

/// The name of the step that would be undone.
fn next_undo(state: &State) -> Option<&str> {
    state.history.next_undo().map(|label| label.text.as_str())
}

/// The name of the step that would be done again.
fn next_redo(state: &State) -> Option<&str> {
    state.history.next_redo().map(|label| label.text.as_str())
}

/// Undoes until nothing is left; how many steps that took.
fn undo_all(mut state: State) -> (State, usize) {
    let mut steps = 0;
    while state.is_stale() || state.history.next_undo().is_some() {
        steps += usize::from(!state.is_stale());
        state = state.after(Action::Undone);
    }
    (state, steps)
}

fn redo_all(mut state: State) -> (State, usize) {
    let mut steps = 0;
    while state.history.next_redo().is_some() {
        state = state.after(Action::Redone);
        steps += 1;
    }
    (state, steps)
}

/// `action` is one step of that name, undo takes it back and redo does it again.
fn check_step(before: State, action: Action, label: &str) -> State {
    let done = before.clone().after(action);
    assert_ne!(done.workspace, before.workspace, "{label}: nothing changed");
    assert_eq!(next_undo(&done), Some(label));
    assert_eq!(next_redo(&done), None);
    assert_eq!(done.keeping, Keeping::Pending, "{label}");
    let undone = done.clone().after(Action::Undone);
    assert_eq!(undone.workspace, before.workspace, "{label}");
    assert_eq!(undone.history.next_undo(), before.history.next_undo(), "{label}: more than one step");
    assert_eq!(next_redo(&undone), Some(label));
    assert_eq!(said(&undone), Some(format!("Undid: {label}")));
    let again = undone.after(Action::Redone);
    assert_eq!(again.workspace, done.workspace, "{label}");
    assert_eq!(said(&again), Some(format!("Did again: {label}")));
    done
}

/// `action` changes nothing that could be undone or kept.
fn check_no_step(before: State, action: Action) -> State {
    let done = before.clone().after(action.clone());
    assert_eq!(done.workspace, before.workspace, "{action:?}");
    assert_eq!(done.history, before.history, "{action:?}");
    assert_eq!(done.keeping, before.keeping, "{action:?}");
    done
}

// --- Every action -----------------------------------------------------------------------------------------------

#[test]
fn a_number_typed_is_taken_and_named() {
    let state = check_step(opened(), change(Input::RenewalCommission, "5%"), "renewal commission 2% to 5%");
    assert_eq!(state.workspace.get(Input::RenewalCommission), 0.05);
    assert!(!state.is_stale());
    let state = check_step(state, change(Input::HoursPerYear, "1,000"), "selling hours a year 630 h to 1,000 h");
    assert_eq!(state.workspace.get(Input::HoursPerYear), 1000.0);
    check_no_step(state, change(Input::HoursPerYear, "1000"));
}

#[test]
fn every_input_takes_its_limits_where_they_fit_the_others() {
    for input in Input::ALL {
        let row = input.bounds();
        for value in [row.slider.0, row.slider.1, row.min, row.max] {
            let mut alone = sample_workspace(as_of());
            alone.set(input, value).unwrap();
            let state = opened().after(change(input, &typed(input, value)));
            match alone.check() {
                Ok(()) => assert_eq!(*state.workspace, alone, "{input:?} {value}"),
                Err(why) => assert_eq!(state.drafts.get(input).unwrap().why, why.to_string(), "{input:?} {value}"),
            }
        }
    }
}

#[test]
fn accounts_are_added_changed_lost_and_deleted() {
    let new = Account::new(AccountId(99), "Nordlicht", Money::from_cents(700_000));
    let state = check_step(three_accounts(), Action::AccountAdded(Box::new(new.clone())), "add Nordlicht");
    let added = state.workspace.book.accounts.last().unwrap().clone();
    assert_eq!(added, Account { id: AccountId(4), ..new }, "the book gives the id");
    assert_eq!(state.workspace.book.accounts.len(), 4);

    let changed = Account { name: "Nordlicht AG".to_owned(), annual_value: Money::from_cents(1), ..added };
    let state = check_step(state, Action::AccountChanged(Box::new(changed.clone())), "change Nordlicht AG");
    assert_eq!(state.workspace.book.account(changed.id), Some(&changed));

    let on = as_of().first_day();
    let lost = Action::AccountLost { id: changed.id, reason: "Moved away".to_owned(), on };
    let state = check_step(state, lost, "mark Nordlicht AG as lost");
    let standing = &state.workspace.book.account(changed.id).unwrap().standing;
    assert_eq!(*standing, Standing::Lapsed { since: None, on: Some(on), reason: "Moved away".to_owned() });

    let state = check_step(state, Action::AccountDeleted(changed.id), "delete Nordlicht AG");
    assert_eq!(state.workspace.book.accounts.len(), 3);
    let again = state.after(Action::AccountAdded(Box::new(changed)));
    assert_eq!(again.workspace.book.accounts.last().unwrap().id, AccountId(5), "an id is never used twice");
}

/// One's own customers are never mixed with made-up ones.
#[test]
fn the_first_account_added_to_the_sample_begins_ones_own_book() {
    let sam = opened().after(Action::SellerChosen(Some("Sam Sample".to_owned())));
    let new = Account::new(AccountId(0), "Nordlicht", Money::from_cents(700_000));
    let state = check_step(sam, Action::AccountAdded(Box::new(new.clone())), "add Nordlicht");
    let account = Account { id: AccountId(41), ..new };
    let book = Book { accounts: vec![account].into(), provenance: Provenance::Own, next_id: 42 };
    assert_eq!((&state.workspace.book, &state.seller), (&book, &None));
    assert!(said(&state).is_some_and(|words| words.contains("begins with this account")));
}

#[test]
fn the_sample_stays_the_sample_while_its_accounts_are_edited() {
    let on = as_of().first_day();
    let touch = Touch { on, kind: TouchKind::Visit, note: String::new() };
    let changed = Account { name: "Renamed".to_owned(), ..opened().workspace.book.accounts[1].clone() };
    let actions = [
        Action::AccountChanged(Box::new(changed)),
        Action::AccountLost { id: AccountId(3), reason: String::new(), on },
        Action::TouchLogged { id: AccountId(4), touch },
        Action::AccountDeleted(AccountId(5)),
    ];
    for action in actions {
        assert_eq!(opened().after(action.clone()).workspace.book.provenance, Provenance::Sample, "{action:?}");
    }
}

#[test]
fn touches_are_logged_by_day_up_to_a_limit() {
    let touch =
        |day: &str, note: &str| Touch { on: day.parse().unwrap(), kind: TouchKind::Call, note: note.to_owned() };
    let log = |touch: Touch| Action::TouchLogged { id: AccountId(2), touch };
    let state = check_step(three_accounts(), log(touch("2026-11-05", "first")), "log a call with B");
    let state = after(state, [log(touch("2026-11-04", "earlier")), log(touch("2026-11-05", "second"))]);
    let notes = state.workspace.book.accounts[1].touches.iter().map(|touch| touch.note.as_str());
    assert_eq!(notes.collect::<Vec<_>>(), ["earlier", "first", "second"]);
    assert_eq!(state.history.next_undo().map(|label| label.nameless.as_str()), Some("log a call with an account"));
    let article = Touch { kind: TouchKind::Article, ..touch("2026-11-05", "") };
    check_step(state.clone(), log(article), "log an article with B");
    check_no_step(state.clone(), Action::TouchLogged { id: AccountId(77), touch: touch("2026-11-05", "") });

    let mut full = (*state.workspace).clone();
    full.book.accounts[1].touches = vec![touch("2026-11-05", ""); Account::MAX_TOUCHES];
    let full = check_no_step(State::new(full), log(touch("2026-11-06", "")));
    assert!(said(&full).is_some_and(|words| words.contains("4,000 touches")));
}

#[test]
fn what_happens_at_an_account_is_entered_changed_and_deleted() {
    let entry = |on: &str, kind: LifeKind, text: &str| LifeEntry {
        on: on.parse().unwrap(),
        kind,
        text: text.to_owned(),
        due: None,
        amount: None,
        outcome: Outcome::Open,
    };
    let id = AccountId(2);
    let texts = |state: &State| -> Vec<String> {
        state.workspace.book.accounts[1].life.iter().map(|entry| entry.text.clone()).collect()
    };
    let promise = entry("2026-11-05", LifeKind::Promise, "a demo");
    let opening = entry("2026-11-04", LifeKind::Opening, "a desk");
    let state = check_step(three_accounts(), Action::LifeEntered { id, entry: promise.clone() }, "note: promise at B");
    let state = check_step(state, Action::LifeEntered { id, entry: opening.clone() }, "note: opening at B");
    assert_eq!(texts(&state), ["a desk", "a demo"]);

    let met = LifeEntry { outcome: Outcome::Met, ..promise.clone() };
    let change =
        |before: &LifeEntry, after: Option<LifeEntry>| Action::LifeChanged { id, before: before.clone(), after };
    let state = check_step(state, change(&promise, Some(met.clone())), "change a promise of B");
    assert_eq!(state.workspace.book.accounts[1].life[1], met);
    let state = check_no_step(state, change(&promise, None));
    let state = check_step(state, change(&opening, None), "delete an opening of B");
    assert_eq!(texts(&state), ["a demo"]);
    check_no_step(state.clone(), Action::LifeEntered { id: AccountId(77), entry: promise.clone() });
    check_no_step(state.clone(), Action::LifeChanged { id: AccountId(77), before: met, after: None });

    let mut full = (*state.workspace).clone();
    full.book.accounts[1].life = vec![promise.clone(); Account::MAX_LIFE];
    let full = check_no_step(State::new(full), Action::LifeEntered { id, entry: promise });
    assert!(said(&full).is_some_and(|words| words.contains("1,000 entries")));
}

#[test]
fn losing_an_account_keeps_its_start() {
    let since = match opened().workspace.book.accounts[3].standing {
        Standing::Active { since, .. } => since,
        _ => panic!("the sample's accounts are active"),
    };
    let on = as_of().first_day();
    let state = opened().after(Action::AccountLost { id: AccountId(4), reason: String::new(), on });
    let standing = &state.workspace.book.accounts[3].standing;
    assert_eq!(*standing, Standing::Lapsed { since, on: Some(on), reason: String::new() });
}

#[test]
fn what_names_no_account_changes_nothing() {
    let on = as_of().first_day();
    check_no_step(opened(), Action::AccountDeleted(AccountId(77)));
    check_no_step(opened(), Action::AccountLost { id: AccountId(77), reason: String::new(), on });
}

#[test]
fn a_change_of_an_account_that_is_gone_changes_nothing() {
    let gone = Account::new(AccountId(77), "Gone", Money::ZERO);
    check_no_step(opened(), Action::AccountChanged(Box::new(gone)));
}

#[test]
fn losing_what_is_not_active_changes_nothing() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts[0].standing = Standing::Prospect;
    let on = as_of().first_day();
    check_no_step(State::new(workspace), Action::AccountLost { id: AccountId(1), reason: "Left".to_owned(), on });
}

#[test]
fn a_full_book_takes_no_more() {
    let account = Account::new(AccountId(0), "A", Money::from_cents(1));
    let book = book_of(vec![account.clone(); Book::MAX_ACCOUNTS], Provenance::Own);
    let state = State::new(Workspace { book, ..sample_workspace(as_of()) });
    let state = check_no_step(state, Action::AccountAdded(Box::new(account)));
    assert!(state.announcement.is_some_and(|said| said.text.contains("10,000")));
}

#[test]
fn books_and_workspaces_are_replaced_in_one_step() {
    let chosen = opened().after(Action::SellerChosen(Some("Sam Sample".to_owned())));
    let book = three_accounts().workspace.book.clone();
    let label = "import of book.csv, 3 accounts";
    let imported = Month::parse("2027-01").unwrap();
    let import = Action::BookImported { book: Box::new(book.clone()), as_of: imported, label: label.to_owned() };
    let state = check_step(chosen.clone(), import, label);
    assert_eq!((&state.workspace.book, state.workspace.as_of, &state.seller), (&book, imported, &None));
    assert_eq!(state.workspace.plan, opened().workspace.plan, "the plan stays");

    let state = check_step(state, change(Input::Leads, "50"), "prospects within reach a year 120 to 50");
    let state = check_step(state, Action::EmptyBookStarted, "start an empty book");
    assert_eq!(state.workspace.book, Book { next_id: 4, ..Book::empty() }, "no id is used again");
    assert_eq!(state.workspace.get(Input::Leads), 50.0, "the assumptions stay");

    let later = Month::parse("2027-02").unwrap();
    let state = check_step(chosen.clone(), Action::SampleOpened(later), "open the sample book");
    assert_eq!((&*state.workspace, &state.seller), (&sample_workspace(later), &None));
    let state = check_step(State::new(shared()), Action::SampleOpened(later), "open the sample book");
    assert_eq!(*state.workspace, sample_workspace(later), "nameless accounts of a link make way too");

    let mine = shared();
    let restore = Action::WorkspaceRestored { workspace: Rc::new(mine.clone()), file: "mine.json".to_owned() };
    let state = check_step(chosen, restore, "restore mine.json");
    assert_eq!((&*state.workspace, &state.seller), (&mine, &None));
}

#[test]
fn the_month_is_a_step_and_what_is_looked_at_is_not() {
    let later = Month::parse("2027-02").unwrap();
    check_step(opened(), Action::MonthSet(later), "start month 2026-11 to 2027-02");
    check_no_step(opened(), Action::MonthSet(as_of()));
    let seller = Some("Sam Sample".to_owned());
    let chosen = opened().after(Action::SellerChosen(seller.clone()));
    assert_eq!((&chosen.seller, &chosen.workspace, &chosen.history), (&seller, &opened().workspace, &opened().history));
    assert_eq!(chosen.keeping, opened().keeping, "a preference is kept beside the workspace, which did not change");
    for (asked, share) in [(0.25, 0.25), (7.0, 1.0), (-1.0, 0.0)] {
        assert_eq!(check_no_step(opened(), Action::TargetAsked(asked)).target_share, share);
    }
    let heard = check_no_step(opened(), Action::Announced(Some(Label::plain("A file was saved."))));
    assert_eq!(said(&heard).as_deref(), Some("A file was saved."));
    let kept = opened().after(Action::KeepingChanged(Keeping::Saved));
    assert_eq!(kept.keeping, Keeping::Saved);
    assert_eq!(kept.after(change(Input::Leads, "1")).keeping, Keeping::Pending);
}

#[test]
fn what_must_not_be_written_never_waits_to_be_written() {
    let read_only = Keeping::ReadOnly { why: "Newer.".to_owned() };
    let state = opened().after(Action::KeepingChanged(read_only.clone()));
    let state = after(
        state,
        [change(Input::Leads, "1"), Action::EmptyBookStarted, Action::Undone, link(&shared()), Action::VisitKept],
    );
    assert_eq!(state.keeping, read_only);
}

// --- Drafts -----------------------------------------------------------------------------------------------------

/// `text` typed into `input` is refused with a sentence, and everything else stays as it was.
fn answers(state: &State) -> Result<Payoff, Problem> {
    derived::Answers::default().of(state).map(Rc::unwrap_or_clone)
}

fn check_draft(before: State, input: Input, text: &str) -> State {
    let state = check_no_step(before.clone(), change(input, text));
    assert!(Rc::ptr_eq(&state.workspace, &before.workspace), "{input:?} {text:?}");
    assert!(state.is_stale(), "{input:?} {text:?} was taken");
    let draft = &state.drafts.get(input).unwrap();
    assert_eq!(draft.text, text, "{input:?}");
    assert!(draft.why.len() > 15 && draft.why.ends_with('.'), "{input:?} {text:?}: {}", draft.why);
    assert_eq!(answers(&state), answers(&before), "{input:?} {text:?}: the last answer stays");
    state
}

#[test]
fn bad_input_is_kept_as_typed_and_refused_in_a_sentence() {
    for input in Input::ALL {
        let row = input.bounds();
        let above = typed(input, row.max * 1.01 + 1.0);
        for text in ["", "  ", "abc", "1e999", "-1", "NaN", "inf", "∞", "1/2", "--1", "½", above.as_str()] {
            let state = check_draft(opened(), input, text);
            let good = typed(input, row.default);
            let corrected = state.clone().after(change(input, &good));
            assert!(!corrected.is_stale(), "{input:?} {good:?}: {:?}", corrected.drafts);
            let back = state.clone().after(Action::Undone);
            assert!(
                !back.is_stale() && Rc::ptr_eq(&back.workspace, &state.workspace),
                "undo takes the draft away first"
            );
        }
        if row.min > 0.0 {
            check_draft(opened(), input, &typed(input, row.min / 2.0));
        }
    }
}

/// A slip of the finger must not make 125 of 12.5.
#[test]
fn signs_that_group_no_thousands_are_not_passed_over() {
    for text in ["12..5", "1.2.5", "1,2,5", "1,,2", "1,2.5"] {
        check_draft(opened(), Input::HoursPerYear, text);
    }
}

#[test]
fn judgements_that_contradict_the_others_are_drafts() {
    for (input, text) in [
        (Input::RenewUnattended, "86"),
        (Input::RenewToday, "59"),
        (Input::RenewToday, "95"),
        (Input::RenewToday, "96"),
        (Input::RenewSaturated, "85"),
        (Input::RenewSaturated, "10"),
        (Input::ShareToday, "0"),
        (Input::HoursPerYear, "0"),
    ] {
        check_draft(opened(), input, text);
    }
    let level = opened().after(change(Input::RenewToday, "60"));
    assert!(!level.is_stale(), "r1 = r0 is allowed");
    assert!(!level.after(change(Input::ShareToday, "0")).is_stale(), "and then no attention is, too");
}

#[test]
fn an_s_curve_is_chosen_in_one_step_and_asks_for_a_chance_between() {
    let chosen = |state: State| state.after(Action::RenewalFormChosen(RenewalForm::SCurve));
    let state = chosen(opened());
    let assumed = &state.workspace.assumptions;
    assert_eq!((assumed.renewal_form, assumed.renew_half), (RenewalForm::SCurve, 0.7));
    for (input, text) in [
        (Input::RenewHalf, "60"),
        (Input::RenewHalf, "85"),
        (Input::RenewUnattended, "70"),
        (Input::RenewToday, "65"),
        (Input::RenewHalf, "101"),
    ] {
        check_draft(state.clone(), input, text);
    }
    let said = state.clone().after(change(Input::RenewHalf, "60")).drafts.get(Input::RenewHalf).unwrap().why.clone();
    assert!(said.starts_with("Renewals must rise with effort"), "{said}");
    assert!(!state.clone().after(change(Input::RenewToday, "60")).is_stale(), "r1 = r0 does not answer to attention");
    let undone = state.after(Action::Undone);
    assert_eq!(undone.workspace, opened().workspace);
    // Where the chance at hand does not lie between the two others it is put there, so the choice is never refused.
    let state = chosen(opened().after(change(Input::RenewUnattended, "80")));
    let assumed = &state.workspace.assumptions;
    assert_eq!(assumed.renewal_form, RenewalForm::SCurve);
    assert!((assumed.renew_half - 0.825).abs() < 1e-12, "{}", assumed.renew_half);
    let reset = state.after(Action::AllInputsReset);
    assert_eq!(reset.workspace.assumptions, opened().workspace.assumptions);
    // The old form does not mind the chance, and what was typed stays for the next time.
    let state = opened().after(change(Input::RenewHalf, "10"));
    assert!(!state.is_stale());
    assert_eq!(state.workspace.assumptions.renew_half, 0.1);
}

#[test]
fn drafts_that_fit_together_are_taken_together() {
    let state = opened().after(change(Input::RenewUnattended, "90"));
    assert!(state.drafts.get(Input::RenewUnattended).is_some(), "above today's 85");
    let state = state.after(change(Input::RenewToday, "92"));
    assert!(!state.is_stale(), "{:?}", state.drafts);
    assert_eq!(state.workspace.get(Input::RenewUnattended), 0.90);
    assert_eq!(state.workspace.get(Input::RenewToday), 0.92);
    let (back, steps) = undo_all(state);
    assert_eq!((steps, &*back.workspace), (1, &sample_workspace(as_of())), "one step for both");
}

#[test]
fn all_three_judgements_can_be_typed_in_any_order() {
    let texts =
        [(Input::RenewUnattended, "20", 0.20), (Input::RenewToday, "30", 0.30), (Input::RenewSaturated, "40", 0.40)];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let state = after(opened(), order.map(|index| change(texts[index].0, texts[index].1)));
        assert!(!state.is_stale(), "{order:?}: {:?}", state.drafts);
        for (input, _, value) in texts {
            assert_eq!(state.workspace.get(input), value, "{order:?} {input:?}");
        }
    }
}

#[test]
fn a_draft_elsewhere_does_not_hold_up_other_inputs() {
    let state = check_draft(opened(), Input::RenewToday, "99");
    let state = state.after(change(Input::Leads, "60"));
    assert_eq!(state.workspace.get(Input::Leads), 60.0);
    assert_eq!(state.workspace.get(Input::RenewToday), 0.85);
    assert_eq!(state.drafts.get(Input::RenewToday).unwrap().text, "99");
}

#[test]
fn reset_brings_the_default_and_takes_the_draft_away() {
    let state = after(opened(), [change(Input::Leads, "60"), change(Input::Leads, "lots")]);
    let state = state.after(Action::InputReset(Input::Leads));
    assert!(!state.is_stale());
    assert_eq!(state.workspace.get(Input::Leads), 120.0);
    assert_eq!(next_undo(&state), Some("prospects within reach a year 60 to 120"));

    // The default of one judgement may contradict another that was changed.
    let low = after(
        opened(),
        [change(Input::RenewUnattended, "10"), change(Input::RenewToday, "20"), change(Input::RenewSaturated, "50")],
    );
    let state = low.clone().after(Action::InputReset(Input::RenewUnattended));
    assert_eq!(state.workspace, low.workspace);
    assert_eq!(state.drafts.get(Input::RenewUnattended).unwrap().text, "60");
    let state = state.after(Action::AllInputsReset);
    assert!(!state.is_stale());
    assert_eq!(*state.workspace, sample_workspace(as_of()));
    assert_eq!(next_undo(&state), Some("reset all assumptions"));
}

#[test]
fn resetting_the_inputs_leaves_the_book() {
    let state = after(three_accounts(), [change(Input::Stay, "50"), Action::AllInputsReset]);
    assert_eq!(state.workspace, three_accounts().workspace);
}

// --- Ranges -----------------------------------------------------------------------------------------------------

#[test]
fn a_range_typed_is_one_step_and_moves_the_number_to_its_middle() {
    let ends = |state: &State, input: Input| state.workspace.ranges.get(input).map(|range| (range.low(), range.high()));
    let typed = change(Input::RenewToday, "60-80%");
    let state = check_step(opened(), typed.clone(), "renew as now 85% to 60–80%");
    assert_eq!(ends(&state, Input::RenewToday), Some((0.6, 0.8)));
    assert_eq!(state.workspace.get(Input::RenewToday), 0.7);
    assert_eq!(typed_range(Input::RenewToday, &state.workspace).as_deref(), Some("60–80"));
    check_no_step(state.clone(), typed);
    let wider = check_step(state, change(Input::RenewToday, "60 to 90"), "renew as now 60–80% to 60–90%");
    let other =
        check_step(wider, change(Input::HoursPerYear, "1,000 - 600"), "selling hours a year 630 h to 600–1,000 h");
    let money =
        check_step(other, change(Input::ProspectingCost, "$10–$20"), "cost of an hour of prospecting $0 to $10–$20");
    let plain = check_step(money, change(Input::RenewToday, "75"), "renew as now 60–90% to 75%");
    assert_eq!((ends(&plain, Input::RenewToday), plain.workspace.ranges.len()), (None, 2));
    let reset = check_step(plain, Action::InputReset(Input::HoursPerYear), "selling hours a year 600–1,000 h to 630 h");
    assert_eq!(reset.workspace.ranges.len(), 1);
    let all = check_step(reset, Action::AllInputsReset, "reset all assumptions");
    assert_eq!(*all.workspace, sample_workspace(as_of()));
}

/// The middle of a range may be the default, and the range is the user's own all the same.
#[test]
fn a_range_around_the_default_is_taken_back_by_a_reset() {
    let state = check_step(opened(), change(Input::Stay, "70-80"), "seller stays a year 75% to 70–80%");
    let reset = check_step(state, Action::InputReset(Input::Stay), "seller stays a year 70–80% to 75%");
    assert_eq!(*reset.workspace, sample_workspace(as_of()));
}

#[test]
fn a_range_typed_sign_by_sign_is_one_step() {
    let texts = ["6", "60", "60-", "60-8", "60-80"];
    let state = after(opened(), texts.map(|text| drag(Input::RenewToday, text)));
    assert!(!state.is_stale(), "{:?}", state.drafts);
    assert_eq!(next_undo(&state), Some("renew as now 85% to 60–80%"));
    let (back, steps) = undo_all(state);
    assert_eq!((steps, &*back.workspace), (1, &sample_workspace(as_of())));
}

#[test]
fn a_slider_takes_the_range_away() {
    let state = after(opened(), [change(Input::Stay, "60-80"), drag(Input::Stay, "71"), drag(Input::Stay, "72")]);
    assert!(state.workspace.ranges.is_empty());
    assert_eq!(next_undo(&state), Some("seller stays a year 60–80% to 72%"));
}

#[test]
fn ranges_that_only_fit_together_are_taken_together() {
    let state = check_draft(opened(), Input::RenewUnattended, "86–94");
    let state = state.after(change(Input::RenewToday, "91–94"));
    assert!(!state.is_stale(), "{:?}", state.drafts);
    assert_eq!(state.workspace.ranges.len(), 2);
    assert!((state.workspace.get(Input::RenewUnattended) - 0.90).abs() < 1e-12);
    let (back, steps) = undo_all(state);
    assert_eq!((steps, &*back.workspace), (1, &sample_workspace(as_of())), "one step for both");
}

#[test]
fn what_is_no_range_is_refused_in_a_sentence() {
    for text in ["60-", "60–x", "60-80-90", "60 to", "60-1e999", "-5-80", "60-101", "60--80", "60 - - 80"] {
        let state = check_draft(opened(), Input::Stay, text);
        assert!(state.workspace.ranges.is_empty());
    }
}

/// The judgement that an S-curve puts between two others is no range any more.
#[test]
fn a_range_is_not_left_around_a_number_that_was_moved() {
    let state = after(opened(), [change(Input::RenewHalf, "20-40"), Action::RenewalFormChosen(RenewalForm::SCurve)]);
    assert!(state.workspace.ranges.is_empty() && state.workspace.assumptions.renewal_form == RenewalForm::SCurve);
}

// --- Steps ------------------------------------------------------------------------------------------------------

#[test]
fn a_drag_of_fifty_events_is_one_step_named_from_first_to_last() {
    let events = (1..50).map(|index| drag(Input::RenewalCommission, &format!("{:.1}", 2.0 + f64::from(index) / 10.0)));
    let state = after(opened(), events.chain([change(Input::RenewalCommission, "12")]));
    assert_eq!(state.workspace.get(Input::RenewalCommission), 0.12);
    assert_eq!(next_undo(&state), Some("renewal commission 2% to 12%"));
    let undone = state.after(Action::Undone);
    assert_eq!(*undone.workspace, sample_workspace(as_of()));
    assert_eq!(next_undo(&undone), None);
    let again = undone.after(Action::Redone);
    assert_eq!(again.workspace.get(Input::RenewalCommission), 0.12);
}

#[test]
fn a_drag_ends_with_its_last_event_or_with_another_input() {
    let one = [drag(Input::Stay, "60"), drag(Input::Stay, "50"), change(Input::Stay, "40")];
    let two = [drag(Input::Stay, "30"), change(Input::Stay, "20")];
    assert_eq!(undo_all(after(opened(), one.into_iter().chain(two))).1, 2);
    let mixed = [drag(Input::Stay, "60"), drag(Input::Leads, "100"), drag(Input::Stay, "50"), drag(Input::Stay, "40")];
    assert_eq!(undo_all(after(opened(), mixed)).1, 3);
    let interrupted = [drag(Input::Stay, "60"), Action::Undone, drag(Input::Stay, "50"), drag(Input::Stay, "40")];
    let state = after(opened(), interrupted);
    assert_eq!(next_undo(&state), Some("seller stays a year 75% to 40%"));
    assert_eq!(undo_all(state).1, 1);
}

#[test]
fn a_drag_through_refused_numbers_is_still_one_step() {
    let texts = ["86", "90", "94", "95", "97", "94", "91"];
    let state = after(opened(), texts.map(|text| drag(Input::RenewToday, text)));
    assert!(!state.is_stale());
    assert_eq!(next_undo(&state), Some("renew as now 85% to 91%"));
    assert_eq!(undo_all(state).1, 1);
}

#[test]
fn a_new_step_forgets_what_was_undone() {
    let state = after(opened(), [change(Input::Leads, "10"), Action::Undone, change(Input::Leads, "20")]);
    assert_eq!(next_redo(&state), None);
    assert_eq!(state.clone().after(Action::Redone).workspace, state.workspace);
}

#[test]
fn undo_and_redo_with_nothing_to_do_change_nothing() {
    assert_eq!(check_no_step(opened(), Action::Undone), opened());
    assert_eq!(check_no_step(opened(), Action::Redone), opened());
}

#[test]
fn only_the_last_hundred_steps_are_kept() {
    assert_eq!(MAX_STEPS, 100);
    let state = after(opened(), (1..=130).map(|leads| change(Input::Leads, &leads.to_string())));
    let (back, steps) = undo_all(state.clone());
    // 130 steps were made, so the workspace after the thirtieth is the earliest that is left.
    assert_eq!(steps, 100);
    assert_eq!(back.workspace.get(Input::Leads), 30.0);
    let (forth, steps) = redo_all(back);
    assert_eq!((steps, forth.workspace), (100, state.workspace));
}

// --- Visits -----------------------------------------------------------------------------------------------------

/// An own workspace with a step behind it and a seller chosen.
fn own() -> State {
    after(
        opened(),
        [
            change(Input::Leads, "50"),
            Action::SellerChosen(Some("Sam Sample".to_owned())),
            Action::KeepingChanged(Keeping::Saved),
        ],
    )
}

#[test]
fn a_visit_shows_the_shared_plan_and_leaves_the_own_one_alone() {
    let state = own().after(link(&shared()));
    assert_eq!(*state.workspace, shared());
    assert_eq!((state.seller.as_deref(), next_undo(&state)), (None, None));
    let host = state.visit.as_ref().map(|visit| &visit.host);
    assert!(matches!(host, Some(Host::Link { sent, .. }) if sent.gap == 1000.0), "{host:?}");
    let changed =
        after(state, [change(Input::RenewalCommission, "9"), change(Input::Stay, "bad"), Action::EmptyBookStarted]);
    assert_eq!(changed.keeping, Keeping::Saved, "nothing of a visit is kept");
    let back = changed.after(Action::VisitEnded);
    let mut expected = own();
    expected.announcement.clone_from(&back.announcement);
    assert_eq!(back, expected);
    assert!(back.announcement.is_some());
}

#[test]
fn a_kept_visit_replaces_the_own_workspace_in_one_step() {
    let state = after(own(), [link(&shared()), change(Input::RenewalCommission, "9"), Action::VisitKept]);
    assert_eq!(state.visit, None);
    assert_eq!(state.workspace.get(Input::RenewalCommission), 0.09, "with what the visitor changed");
    assert_eq!((&state.keeping, next_undo(&state)), (&Keeping::Pending, Some("keep the shared plan")));
    let undone = state.after(Action::Undone);
    assert_eq!(undone.workspace, own().workspace);
    assert_eq!(undone.history.next_undo(), own().history.next_undo(), "the own steps are still there");
    assert_eq!(undone.after(Action::Redone).workspace.get(Input::RenewalCommission), 0.09);
}

/// One's own book is never replaced by the sample: that is looked at, and left or kept.
#[test]
fn the_sample_beside_ones_own_book_is_a_visit() {
    let later = Month::parse("2027-02").unwrap();
    let own = three_accounts().after(change(Input::Leads, "50"));
    let state = own.clone().after(Action::SampleOpened(later));
    assert_eq!((&*state.workspace, next_undo(&state)), (&sample_workspace(later), None));
    assert_eq!(state.visit.as_ref().map(|visit| &visit.host), Some(&Host::Sample));
    let edited = after(state, [change(Input::Leads, "60"), Action::AccountDeleted(AccountId(1))]);
    assert_eq!(edited.untold().1, own.untold().1, "nothing of a visit is told");
    let back = edited.clone().after(Action::VisitEnded);
    assert_eq!((&back.workspace, next_undo(&back)), (&own.workspace, next_undo(&own)));
    let kept = edited.after(Action::VisitKept);
    assert_eq!((kept.workspace.get(Input::Leads), next_undo(&kept)), (60.0, Some("keep the sample book")));
    assert_eq!(kept.after(Action::Undone).workspace, own.workspace);
}

#[test]
fn a_second_link_replaces_the_first_and_not_the_own_workspace() {
    let other = Workspace { as_of: Month::parse("2020-01").unwrap(), ..shared() };
    let state = after(own(), [link(&shared()), change(Input::Stay, "10"), link(&other)]);
    assert_eq!((&*state.workspace, next_undo(&state)), (&other, None));
    assert_eq!(state.clone().after(Action::VisitEnded).workspace, own().workspace);
    assert_eq!(after(state, [Action::VisitKept, Action::Undone]).workspace, own().workspace);
}

#[test]
fn without_a_visit_keeping_or_ending_one_does_nothing() {
    assert_eq!(own().after(Action::VisitKept), own());
    assert_eq!(own().after(Action::VisitEnded), own());
}

// --- The seller shown -------------------------------------------------------------------------------------------

/// The state in which Ben's figures are shown; he has one account, the third.
fn showing_ben() -> State {
    three_accounts().after(Action::SellerChosen(Some("Ben".to_owned())))
}

#[test]
fn the_seller_shown_goes_with_the_last_account() {
    let state = showing_ben();
    assert_eq!(state.clone().after(Action::AccountDeleted(AccountId(1))).seller.as_deref(), Some("Ben"));
    assert_eq!(state.clone().after(Action::AccountDeleted(AccountId(3))).seller, None);
    let ada = three_accounts().after(Action::SellerChosen(Some("Ada".to_owned())));
    let state = ada.after(Action::AccountDeleted(AccountId(1)));
    assert_eq!(state.seller.as_deref(), Some("Ada"), "one is left");
    assert_eq!(state.after(Action::AccountDeleted(AccountId(2))).seller, None);
}

#[test]
fn the_seller_shown_goes_with_the_undo_that_takes_the_accounts_away() {
    let mut account = Account::new(AccountId(0), "D", Money::ZERO);
    account.seller = "Cleo".to_owned();
    let state = after(
        three_accounts(),
        [Action::AccountAdded(Box::new(account)), Action::SellerChosen(Some("Cleo".to_owned()))],
    );
    assert_eq!(state.after(Action::Undone).seller, None);
}

#[test]
fn the_seller_shown_goes_with_the_last_account_given_to_another() {
    let state = showing_ben();
    let mut account = state.workspace.book.account(AccountId(3)).unwrap().clone();
    account.seller = "Ada".to_owned();
    assert_eq!(state.after(Action::AccountChanged(Box::new(account))).seller, None);
}

// --- Laws -------------------------------------------------------------------------------------------------------

/// An action that may need an account of the book at hand.
#[derive(Debug, Clone)]
enum Move {
    Act(Action),
    Change(Index, Box<Account>),
    Lose(Index),
    Log(Index, Touch),
    Delete(Index),
    /// The sample, where that is no visit or visits are wanted.
    OpenSample(bool),
}

impl Move {
    fn action(self, state: &State) -> Option<Action> {
        let accounts = &state.workspace.book.accounts;
        let of = |index: Index| (!accounts.is_empty()).then(|| index.get(accounts.shared()).id);
        Some(match self {
            Move::Act(action) => action,
            Move::Change(index, account) => Action::AccountChanged(Box::new(Account { id: of(index)?, ..*account })),
            Move::Lose(index) => {
                Action::AccountLost { id: of(index)?, reason: "Left".to_owned(), on: as_of().first_day() }
            }
            Move::Log(index, touch) => Action::TouchLogged { id: of(index)?, touch },
            Move::OpenSample(visits) if !visits && state.workspace.book.provenance == Provenance::Own => return None,
            Move::OpenSample(_) => Action::SampleOpened(as_of()),
            Move::Delete(index) => Action::AccountDeleted(of(index)?),
        })
    }
}

fn input_changes() -> impl Strategy<Value = Action> {
    let text = |input: Input| {
        prop_oneof![
            8 => number(input).prop_map(move |value| typed(input, value)),
            2 => (number(input), number(input)).prop_map(move |(low, high)| format!("{}-{}", typed(input, low), typed(input, high))),
            1 => Just("-1".to_owned()),
            1 => Just("many".to_owned()),
        ]
    };
    (proptest::sample::select(Input::ALL.to_vec()), any::<bool>()).prop_flat_map(move |(input, dragging)| {
        let gesture = if dragging { Gesture::Dragging } else { Gesture::Settled };
        text(input).prop_map(move |text| Action::InputChanged { input, text, gesture })
    })
}

fn moves(visits: bool) -> impl Strategy<Value = Move> {
    let act = |action: BoxedStrategy<Action>| action.prop_map(Move::Act).boxed();
    let book = || vec(accounts(SELLERS), 0..4).prop_map(|accounts| Box::new(book_of(accounts, Provenance::Own)));
    let month = (2020..2030_i32, 1..=12_u32).prop_map(|(year, month)| Month::new(year, month).unwrap());
    let seller = option::of(proptest::sample::select(SELLERS).prop_map(str::to_owned));
    let kind = proptest::sample::select(TouchKind::ALL.to_vec());
    let touch = (0..60_u64, kind).prop_map(|(days, kind)| Touch {
        on: as_of().first_day() + chrono::Days::new(days),
        kind,
        note: String::new(),
    });
    let visit = prop_oneof![
        workspaces(2, SELLERS).prop_map(|workspace| link(&workspace)),
        Just(Action::VisitKept),
        Just(Action::VisitEnded),
    ];
    prop_oneof![
        12 => act(input_changes().boxed()),
        2 => act(proptest::sample::select(Input::ALL.to_vec()).prop_map(Action::InputReset).boxed()),
        1 => act(Just(Action::AllInputsReset).boxed()),
        1 => act(seller.prop_map(Action::SellerChosen).boxed()),
        1 => act(month.prop_map(Action::MonthSet).boxed()),
        2 => act(accounts(SELLERS).prop_map(|account| Action::AccountAdded(Box::new(account))).boxed()),
        2 => (any::<Index>(), accounts(SELLERS)).prop_map(|(index, account)| Move::Change(index, Box::new(account))),
        2 => any::<Index>().prop_map(Move::Lose),
        2 => (any::<Index>(), touch).prop_map(|(index, touch)| Move::Log(index, touch)),
        2 => any::<Index>().prop_map(Move::Delete),
        1 => act(book().prop_map(|book| Action::BookImported { book, as_of: as_of(), label: "import".to_owned() }).boxed()),
        1 => Just(Move::OpenSample(visits)),
        1 => act(Just(Action::EmptyBookStarted).boxed()),
        1 => act(workspaces(2, SELLERS).prop_map(|workspace| Action::WorkspaceRestored {
            workspace: Rc::new(workspace),
            file: "a.json".to_owned(),
        }).boxed()),
        4 => act(Just(Action::Undone).boxed()),
        3 => act(Just(Action::Redone).boxed()),
        (if visits { 3 } else { 1 }) => if visits { act(visit.boxed()) } else { act(Just(Action::Undone).boxed()) },
    ]
}

#[test]
fn undoing_all_and_redoing_all_restores_both_ends() {
    let start = workspaces(3, SELLERS);
    for_all(256, 20_000, &(start, vec(moves(false), 1..60)), |(workspace, moves)| {
        let mut state = State::new(workspace.clone());
        for one in moves {
            if let Some(action) = one.action(&state) {
                state = state.after(action);
            }
        }
        let end = Rc::clone(&state.workspace);
        let (start, steps) = undo_all(state);
        prop_assert_eq!(&*start.workspace, &workspace);
        let again = after(start.clone(), (0..steps).map(|_| Action::Redone));
        prop_assert_eq!(&again.workspace, &end);
        // What had been undone before the end can still be done, and undone, as well.
        let (furthest, _) = redo_all(start);
        prop_assert_eq!(&*undo_all(furthest).0.workspace, &workspace);
        Ok(())
    });
}

#[test]
fn after_any_actions_the_workspace_is_in_range_and_answers() {
    let start = workspaces(3, SELLERS);
    for_all(256, 20_000, &(start, vec(moves(true), 1..40)), |(workspace, moves)| {
        let mut state = State::new(workspace);
        for one in moves {
            let Some(action) = one.action(&state) else { continue };
            state = state.after(action.clone());
            prop_assert_eq!(state.workspace.check(), Ok(()), "after {:?}", action);
            for input in Input::ALL {
                let row = input.bounds();
                let value = state.workspace.get(input);
                prop_assert!((row.min..=row.max).contains(&value), "{:?} is {} after {:?}", input, value, action);
                let range = state.workspace.ranges.get(input);
                prop_assert!(
                    range.is_none_or(|range| range.holds(value)),
                    "{:?} in {:?} after {:?}",
                    value,
                    range,
                    action
                );
            }
            let book = &state.workspace.book;
            let mut ids: Vec<u32> = book.accounts.iter().map(|account| account.id.0).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), book.accounts.len());
            prop_assert!(ids.last().is_none_or(|last| *last < book.next_id));
            prop_assert!(state.drafts.iter().all(|(_, draft)| draft.why.ends_with('.')));
        }
        prop_assert!(answers(&state).is_ok());
        Ok(())
    });
}

// --- Plans put by -----------------------------------------------------------------------------------------------

#[test]
fn plans_are_kept_used_and_removed_by_name() {
    let mut state = State::new(sample_workspace(as_of()));
    let with_rate = |state: &State, new_business: f64| {
        let rate = CommissionRate::new(new_business).unwrap();
        Plan { new_business: rate, ..state.workspace.plan.clone() }
    };
    let keep = |state: State, name: &str, new_business: f64| {
        let plan = with_rate(&state, new_business);
        let action = plans::saved(&state.workspace, name, plan).unwrap();
        state.after(action)
    };
    let names = |state: &State| -> Vec<String> {
        state.workspace.saved_plans.iter().map(|(name, _)| name.to_owned()).collect()
    };
    let take = |state: State, name: &str| {
        let action = plans::taken(&state.workspace, name).unwrap();
        state.after(action)
    };
    let why = |state: &State, name: &str| {
        plans::saved(&state.workspace, name, with_rate(state, 0.2)).unwrap_err().to_string()
    };
    assert_eq!(why(&state, " "), "Give the plan a name.");
    state = keep(state, "Plan B", 0.05);
    assert_eq!(state.announcement.as_ref().unwrap().text, "Kept as “Plan B”.");
    assert_eq!(state.history.next_undo().unwrap().text, "keep the plan “Plan B”");

    // Text that was refused for a number goes with the number; another one stays.
    let typed =
        |input: Input, text: &str| Action::InputChanged { input, text: text.to_owned(), gesture: Gesture::Settled };
    state = state.after(typed(Input::NewBusinessCommission, "x")).after(typed(Input::Leads, "y"));
    let mut ranged = Workspace::clone(&state.workspace);
    ranged.set_range(Input::NewBusinessCommission, 0.08, 0.12).unwrap();
    state.workspace = Rc::new(ranged);
    state = take(state, "Plan B");
    assert_eq!(state.workspace.get(Input::NewBusinessCommission), 0.05);
    assert_eq!(
        (state.drafts.get(Input::NewBusinessCommission), state.drafts.get(Input::Leads).is_some()),
        (None, true)
    );
    assert!(state.workspace.ranges.is_empty(), "the range was about another number");
    assert_eq!(names(&state), ["Plan B", "Plan C"], "the one before is kept");
    assert_eq!(state.workspace.saved_plans.get("Plan C").unwrap().new_business.get(), 0.10);
    state = take(state, "Plan C");
    assert_eq!(plans::taken(&state.workspace, "nobody's"), None);
    assert_eq!((state.workspace.get(Input::NewBusinessCommission), names(&state).len()), (0.10, 2));

    let removed = plans::removed(&state.workspace, "Plan B");
    state = state.after(removed);
    assert_eq!(names(&state), ["Plan C"]);
    assert_eq!(state.history.next_undo().unwrap().text, "remove the plan “Plan B”");
    assert_eq!(state.history.next_undo().unwrap().nameless, "remove a plan");
    state.drafts = Drafts::default();
    state = state.after(Action::Undone);
    assert_eq!(names(&state), ["Plan B", "Plan C"]);
    for name in ["D", "E", "F"] {
        state = keep(state, name, 0.2);
    }
    assert!(why(&state, "G").starts_with("5 plans are kept already"));
    let label = Label::plain("start from “Staffing”");
    let replaced = plans::replaced(&state.workspace, with_rate(&state, 0.3), label);
    state = state.after(replaced);
    assert_eq!((state.workspace.get(Input::NewBusinessCommission), names(&state).len()), (0.3, 5));
    // Nothing is lost even where there is no room for one more.
    state = take(state, "D");
    assert_eq!(names(&state).len(), 6);
}

/// Two tabs keep plans: of different names both stay, of one name the later, and the other is named.
#[test]
fn plans_of_two_tabs_are_both_kept() {
    let base = sample_workspace(as_of());
    let kept = |names: &[(&str, f64)]| {
        let mut workspace = base.clone();
        for (name, rate) in names {
            let plan = Plan { new_business: CommissionRate::constant(*rate), ..Plan::default() };
            workspace.saved_plans.restore((*name).to_owned(), plan);
        }
        workspace
    };
    let (ours, theirs) = (kept(&[("A", 0.01), ("B", 0.02)]), kept(&[("A", 0.03), ("C", 0.04)]));
    for (wins, rate) in [(Wins::Change, 0.03), (Wins::Present, 0.01)] {
        let merged = merge(&base, &theirs, &ours, wins);
        let plans = &merged.workspace.saved_plans;
        assert_eq!((plans.len(), plans.get("A").unwrap().new_business.get()), (3, rate));
        let [clash] = merged.clashes.as_slice() else { panic!("{:?}", merged.clashes) };
        assert_eq!(clash.place, Place::SavedPlan("A".to_owned()));
        let other = if wins == Wins::Change { &ours } else { &theirs };
        let said = text::clash::sentence(clash, &merged.workspace, other).text;
        assert!(said.starts_with("Changed in two tabs at once: the plan “A”. "), "{said}");
        assert!(said.contains("1% new") && said.contains("3% new"), "{said}");
    }
    // Removed in one tab and changed in the other: it stays.
    let (before, gone, changed) = (kept(&[("A", 0.01)]), base.clone(), kept(&[("A", 0.02)]));
    for (after, present) in [(&gone, &changed), (&changed, &gone)] {
        for wins in [Wins::Change, Wins::Present] {
            let merged = merge(&before, after, present, wins);
            let stays = merged.workspace.saved_plans.get("A").map(|plan| plan.new_business.get());
            assert_eq!((stays, merged.clashes.len()), (Some(0.02), 1), "{wins:?}");
        }
    }
    assert_eq!(merge(&before, &gone, &before, Wins::Change).workspace, gone);
}

#[test]
fn where_the_data_is_is_told_until_it_is_read() {
    let mut state = State::new(sample_workspace(as_of()));
    assert!(state.owes_whereabouts());
    state = state.after(Action::Noticed(Label::plain("Something else."))).after(Action::NoticesRead);
    assert!(state.owes_whereabouts() && !state.is_told);
    state = state.after(Action::WhereaboutsTold);
    assert!(!state.owes_whereabouts() && !state.is_told, "told once a visit, and not yet read");
    state = state.after(Action::NoticesRead);
    assert!(!state.owes_whereabouts() && state.is_told && state.notices.is_empty());
}
