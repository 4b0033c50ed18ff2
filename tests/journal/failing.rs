//! R3: whichever call of a store fails, and however: the old data is whole, the failure is told, what is stored can be had as
//! it is, and trying again works.

use std::rc::Rc;

use holdfast::model::workspace::Workspace;
use holdfast::state::Keeping;
use holdfast::storage::journal::PREFIX;
use holdfast::storage::journal::keeper::{Found, stored};
use holdfast::storage::store::StoreError;

use crate::disk::{Disk, Failure};
use crate::draw::{Draw, for_seeds};
use crate::history::{DEEDS, Deed, small};
use crate::page::Page;

fn failures() -> Vec<Failure> {
    let why = [StoreError::Full, StoreError::Blocked, StoreError::Other("SomeError".to_owned())];
    let once = why.clone().map(Failure::Once);
    once.into_iter().chain(why.map(Failure::Always)).chain([Failure::Lie]).collect()
}

/// A disk on which a history has begun, with what was saved there.
fn begun(draw: &mut Draw) -> (Disk, Rc<Workspace>) {
    let disk = Disk::default();
    let mut page = Page::open(&disk, 1, true, &small());
    for mark in 0..2 {
        page.do_deed(*draw.pick(&[Deed::Add, Deed::Edit]), 100 + mark, draw);
        page.finish();
    }
    disk.sync();
    (disk, page.state.workspace)
}

/// One visit of three deeds while a call fails. Gives whether anything did.
fn visit(draw: &mut Draw, call: usize, failure: &Failure, has_mirror: bool) -> bool {
    let (disk, old) = begun(draw);
    disk.put_local("another-app", "theirs");
    disk.fail(call, failure.clone());
    let mut page = Page::open(&disk, 2, has_mirror, &small());
    let has_failed_to_open = matches!(page.found, Found::Failed(_));
    if has_failed_to_open {
        // Nobody knows what there is, so nothing may be written over it; a reload finds it.
        assert!(!has_mirror);
    } else {
        assert_eq!(page.state.workspace, old, "the old data is whole");
    }
    let mut states = vec![Rc::clone(&page.state.workspace)];
    for mark in 0..4 {
        let deed = if mark == 2 { Deed::Compact } else { *draw.pick(&DEEDS) };
        page.do_deed(deed, mark, draw);
        states.push(Rc::clone(&page.state.workspace));
        let is_behind = page.is_behind();
        page.finish();
        match (&page.state.keeping, has_mirror, is_behind) {
            (Keeping::ReadOnly { .. }, false, _) if has_failed_to_open => {}
            (Keeping::NotKept(_), false, false) if has_failed_to_open => {}
            (Keeping::NotKept(why), false, true) => assert!(why.ends_with('.') && why.len() > 20, "no sentence: {why}"),
            (Keeping::Saved, true, _) | (Keeping::NothingYet | Keeping::Saved | Keeping::Written(_), false, false) => {}
            (keeping, ..) => panic!("{keeping:?} is said, mirror {has_mirror}, refused {is_behind}"),
        }
        let found = found_by_next(&disk, has_mirror);
        assert!(*found == *old || states.contains(&found), "neither the old nor a new state");
        if found != page.state.workspace {
            let keeping = &page.state.keeping;
            let is_told = matches!(keeping, Keeping::NotKept(_) | Keeping::ReadOnly { .. });
            assert!(!has_mirror && is_told, "{keeping:?} is said, and not all is found");
        }
    }
    let has_failed = disk.heal();
    assert!(page.keeper.texts().is_ok_and(|texts| texts.iter().all(|(key, _)| key.starts_with(PREFIX))));
    page.try_again();
    page.finish();
    if has_failed_to_open {
        assert_eq!(found_by_next(&disk, has_mirror), old, "nothing was written over");
    } else {
        assert!(!matches!(page.state.keeping, Keeping::NotKept(_)), "{:?}", page.state.keeping);
        // All of it is there, and on each side alone.
        let local = Disk::with(disk.local(), Default::default());
        assert_eq!(Page::open(&local, 3, false, &small()).state.workspace, page.state.workspace);
        let mirror = Disk::with(Default::default(), disk.mirror());
        assert!(!has_mirror || Page::open(&mirror, 3, true, &small()).state.workspace == page.state.workspace);
    }
    assert_eq!(disk.local().get("another-app").map(String::as_str), Some("theirs"));
    has_failed
}

/// What a visit without failures finds; and what there is can be had as it is.
fn found_by_next(disk: &Disk, has_mirror: bool) -> Rc<Workspace> {
    let copy = disk.copy();
    copy.heal();
    assert!(stored(&copy).is_ok_and(|texts| !texts.is_empty()));
    Page::open(&copy, 4, has_mirror, &small()).state.workspace
}

/// Fails call after call until none is left to fail.
fn fail_every_call(draw: &Draw, failure: &Failure, has_mirror: bool) {
    for call in 0.. {
        if !visit(&mut draw.clone(), call, failure, has_mirror) {
            assert!(call > 5, "only {call} calls");
            return;
        }
    }
}

#[test]
fn a_failure_of_any_call_loses_nothing_and_is_told() {
    for_seeds(20, 200, |draw| {
        for failure in failures() {
            fail_every_call(draw, &failure, true);
        }
    });
}

#[test]
fn a_failure_of_any_call_loses_nothing_and_is_told_without_a_mirror() {
    for_seeds(20, 200, |draw| {
        for failure in failures() {
            fail_every_call(draw, &failure, false);
        }
    });
}

/// A mirror that refuses is no reason to call anything saved, and takes all of it once it works again.
#[test]
fn what_the_mirror_refuses_is_not_called_saved() {
    for_seeds(200, 20_000, |draw| {
        let (disk, old) = begun(draw);
        let mut page = Page::open(&disk, 2, true, &small());
        assert_eq!(page.state.workspace, old);
        for mark in 0..3 {
            page.do_deed(Deed::ChangePlan, mark, draw);
        }
        let takes = draw.below(3);
        for place in 0..3 {
            let number = disk.answer_mirror(place == takes).unwrap();
            assert_eq!(page.answered(number, place == takes), None);
            assert_ne!(page.state.keeping, Keeping::Saved, "two of three were refused");
        }
        let before = disk.mirror();
        page.try_again();
        page.finish();
        assert_eq!(page.state.keeping, Keeping::Saved);
        assert!(disk.mirror().len() > before.len());
        let mirror = Disk::with(Default::default(), disk.mirror());
        assert_eq!(Page::open(&mirror, 3, true, &small()).state.workspace, page.state.workspace);
    });
}
