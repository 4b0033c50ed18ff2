//! R2: whatever is lost in a crash, what is found is a state that there was, and not an older one than was called saved.

use std::rc::Rc;

use holdfast::model::workspace::Workspace;
use holdfast::storage::journal::keeper::Found;

use crate::disk::{Disk, Side};
use crate::draw::{Draw, for_seed, for_seeds};
use crate::history::{DEEDS, Deed, small};
use crate::page::Page;

/// A history in one tab, as far as it got.
struct Run {
    page: Page,
    fresh: Workspace,
    /// The workspace after each change that was kept, the first one before any.
    states: Vec<Rc<Workspace>>,
    /// How many changes are saved, as the screen said.
    saved: usize,
    /// Changes that were kept in earlier visits.
    before: usize,
}

impl Run {
    fn new(disk: &Disk, has_mirror: bool) -> Run {
        let fresh = small();
        let page = Page::open(disk, 1, has_mirror, &fresh);
        let states = vec![Rc::clone(&page.state.workspace)];
        Run { page, fresh, states, saved: 0, before: 0 }
    }

    fn deed(&mut self, deed: Deed, mark: u32, draw: &mut Draw) {
        self.page.do_deed(deed, mark, draw);
        let kept = self.page.kept.len() + self.before;
        let new: Vec<Rc<Workspace>> =
            self.page.kept[self.states.len() - 1 - self.before..].iter().map(|(_, after)| Rc::clone(after)).collect();
        self.states.extend(new);
        assert_eq!(self.states.len(), kept + 1);
        assert_eq!(self.page.state.workspace, *self.states.last().unwrap(), "what is shown is kept");
    }

    fn answer(&mut self, takes: bool) -> bool {
        let Some(number) = self.page.disk.answer_mirror(takes) else { return false };
        if let Some(changes) = self.page.answered(number, takes) {
            self.saved = self.saved.max(self.before + changes);
        }
        true
    }

    /// What is found on `disk` is a state of this history: which one.
    fn check(&self, disk: &Disk, has_mirror: bool) -> (Page, usize) {
        let found = Page::open(disk, 2, has_mirror, &self.fresh);
        if self.saved > 0 {
            assert!(matches!(found.found, Found::Workspace { .. }), "{:?}", found.found);
        }
        assert!(!matches!(found.found, Found::Unreadable { .. }), "{:?}", found.found);
        if let Found::Workspace { damaged, clashes, .. } = &found.found {
            assert_eq!((damaged.len(), clashes.len()), (0, 0), "nothing is damaged by a crash");
        }
        let place = self.states.iter().rposition(|state| *state == found.state.workspace);
        let place = place.expect("what is found is no state of the history");
        assert!(place >= self.saved, "state {place} of {} was found, {} were saved", self.states.len() - 1, self.saved);
        (found, place)
    }

    /// The same history goes on with what was found.
    fn go_on(&mut self, disk: &Disk, tab: u32, has_mirror: bool) {
        let (_, place) = self.check(&disk.copy(), has_mirror);
        self.states.truncate(place + 1);
        (self.before, self.saved) = (place, self.saved.min(place));
        self.page = Page::open(disk, tab, has_mirror, &self.fresh);
        assert_eq!(self.page.state.workspace, self.states[place]);
    }
}

/// Every subset of what the disk does not have, with every number of batches that reached the mirror.
fn check_every_crash(run: &Run, has_mirror: bool) {
    let disk = &run.page.disk;
    let unsynced = disk.unsynced();
    assert!(unsynced <= 12, "too many subsets: {unsynced}");
    for batches in 0..=disk.waiting() {
        for subset in 0..1_u32 << unsynced {
            run.check(&disk.crashed(|place| subset & (1 << place) != 0, batches), has_mirror);
        }
    }
}

/// Every history of so many deeds, crashed at every moment in every way.
fn check_all_short(deeds: &[Deed], length: usize, has_mirror: bool) {
    let count = deeds.len().pow(length as u32);
    for number in 0..count {
        let mut draw = Draw::of(number as u64);
        let mut run = Run::new(&Disk::default(), has_mirror);
        for place in 0..length {
            let deed = deeds[number / deeds.len().pow(place as u32) % deeds.len()];
            run.deed(deed, place as u32, &mut draw);
            check_every_crash(&run, has_mirror);
            // The mirror answers after some deeds, and some are on the disk.
            if draw.one_in(2) {
                run.answer(true);
                check_every_crash(&run, has_mirror);
            }
            if draw.one_in(3) {
                run.page.disk.sync();
            }
        }
        while run.answer(true) {
            check_every_crash(&run, has_mirror);
        }
    }
}

/// Every history of up to four deeds of all kinds, and in a soak of up to six of those that people do most.
fn check_all(has_mirror: bool) {
    let is_soak = crate::generate::cases(0, 1) == 1;
    check_all_short(&DEEDS, if is_soak { 4 } else { 2 }, has_mirror);
    if is_soak {
        check_all_short(&MOST_DONE, 6, has_mirror);
    }
}

const MOST_DONE: [Deed; 6] = [Deed::Add, Deed::Edit, Deed::MarkLost, Deed::LogTouch, Deed::ChangePlan, Deed::Undo];

#[test]
fn every_short_history_survives_every_crash() {
    check_all(true);
}

#[test]
fn every_short_history_survives_every_crash_without_a_mirror() {
    check_all(false);
}

fn random_history(draw: &mut Draw, disk: &Disk, has_mirror: bool, most: usize, crashes: usize) {
    history_of(&DEEDS, draw, disk, has_mirror, most, crashes);
}

fn history_of(deeds: &[Deed], draw: &mut Draw, disk: &Disk, has_mirror: bool, most: usize, crashes: usize) {
    let mut run = Run::new(disk, has_mirror);
    let mut mark = 0;
    for crash in 0..crashes {
        for _ in 0..=draw.below(most) {
            let deed = if draw.one_in(8) { Deed::Delete } else { *draw.pick(deeds) };
            run.deed(deed, mark, draw);
            mark += 1;
            while draw.one_in(2) {
                let takes = !draw.one_in(6);
                run.answer(takes);
            }
            if draw.one_in(5) {
                run.page.disk.sync();
            }
        }
        let crashed = run.page.disk.crashed_anyhow(draw);
        run.go_on(&crashed, 10 + crash as u32, has_mirror);
    }
}

#[test]
fn any_history_survives_any_crash() {
    for_seeds(2_000, 1_000_000, |draw| {
        let crashes = 1 + draw.below(3);
        random_history(draw, &Disk::default(), true, 6, crashes);
    });
}

/// The deeds among which those cases were drawn.
const FIRST_DEEDS: [Deed; 8] =
    [Deed::Add, Deed::Edit, Deed::MarkLost, Deed::LogTouch, Deed::ChangePlan, Deed::Undo, Deed::Redo, Deed::Compact];

/// Cases that once came out wrong.
#[test]
fn what_was_lost_once_is_not_lost_again() {
    // The record of an added account was gone, and the snapshot had it: undo after the reload went back over a gap.
    for_seed(13_116_233_617_449_574_801, |draw| {
        let crashes = 1 + draw.below(3);
        history_of(&FIRST_DEEDS, draw, &Disk::default(), true, 6, crashes);
    });
}

#[test]
fn any_history_survives_any_crash_without_a_mirror() {
    for_seeds(1_000, 200_000, |draw| {
        let crashes = 1 + draw.below(3);
        random_history(draw, &Disk::default(), false, 6, crashes);
    });
}

/// Without a mirror and with writes that reach the disk in order, nothing that did is lost.
#[test]
fn writes_in_order_lose_nothing_that_reached_the_disk() {
    for_seeds(500, 50_000, |draw| {
        let mut run = Run::new(&Disk::default(), false);
        let mut reached = vec![0];
        for mark in 0..6 {
            let deed = *draw.pick(&DEEDS);
            run.deed(deed, mark, draw);
            reached.push(run.page.disk.unsynced());
        }
        for first in 0..=run.page.disk.unsynced() {
            let (_, place) = run.check(&run.page.disk.crashed(|place| place < first, 0), false);
            // Each change writes its record last.
            let records = |side: Side| side.keys().filter(|key| key.starts_with("holdfast/record/")).count();
            assert!(place >= records(run.page.disk.crashed(|place| place < first, 0).local()));
        }
    });
}

/// More than the records that undo keeps: the next snapshot deletes some.
fn long_since() -> Disk {
    let disk = Disk::default();
    let mut page = Page::open(&disk, 9, true, &small());
    let mut draw = Draw::of(9);
    for mark in 0..230 {
        let deed = *draw.pick(&[Deed::ChangePlan, Deed::Edit, Deed::LogTouch]);
        page.do_deed(deed, 5_000 + mark, &mut draw);
        page.finish();
        if page.keeper.is_due() {
            page.settle();
            page.finish();
        }
    }
    disk.sync();
    disk
}

#[test]
fn a_crash_while_old_records_are_deleted_loses_nothing() {
    let long = long_since();
    let count = long.local().len();
    for_seeds(60, 20_000, |draw| {
        let mut run = Run::new(&long.copy(), true);
        for mark in 0..3 {
            run.deed(*draw.pick(&DEEDS), mark, draw);
            run.answer(true);
        }
        run.deed(Deed::Compact, 4, draw);
        run.deed(*draw.pick(&DEEDS), 5, draw);
        let crashed = run.page.disk.crashed_anyhow(draw);
        run.check(&crashed, true);
        while run.answer(true) {}
        assert!(run.page.disk.local().len() < count, "something was deleted");
        let crashed = run.page.disk.crashed_anyhow(draw);
        run.go_on(&crashed, 3, true);
        run.deed(Deed::Compact, 6, draw);
        while run.answer(true) {}
        let crashed = run.page.disk.crashed_anyhow(draw);
        run.check(&crashed, true);
    });
}
