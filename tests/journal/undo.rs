//! R14: undoing all and doing all again ends where it began, and the last steps survive a reload.

use std::rc::Rc;

use holdfast::model::workspace::Workspace;
use holdfast::state::State;
use holdfast::state::action::Action;

use crate::disk::Disk;
use crate::draw::{Draw, for_seeds};
use crate::history::{Deed, small};
use crate::page::Page;

const DEEDS: [Deed; 11] = [
    Deed::Add,
    Deed::Edit,
    Deed::MarkLost,
    Deed::LogTouch,
    Deed::NoteLife,
    Deed::ChangePlan,
    Deed::Decide,
    Deed::Judge,
    Deed::Delete,
    Deed::Undo,
    Deed::Redo,
];

/// The workspaces that undo leads through, the present one first.
fn way_back(state: State, most: usize) -> (State, Vec<Rc<Workspace>>) {
    let (mut state, mut way) = (state, Vec::new());
    for _ in 0..most {
        way.push(Rc::clone(&state.workspace));
        if state.history.next_undo().is_none() {
            break;
        }
        state = state.after(Action::Undone);
    }
    (state, way)
}

fn way_forth(state: State) -> (State, Vec<Rc<Workspace>>) {
    let (mut state, mut way) = (state, Vec::new());
    loop {
        way.push(Rc::clone(&state.workspace));
        if state.history.next_redo().is_none() {
            return (state, way);
        }
        state = state.after(Action::Redone);
    }
}

/// Both lead through the same workspaces.
fn check_ways(one: &[Rc<Workspace>], other: &[Rc<Workspace>]) {
    assert_eq!(one.len(), other.len());
    for (place, (one, other)) in one.iter().zip(other).enumerate() {
        assert_eq!(one, other, "step {place}");
    }
}

fn drawn(draw: &mut Draw, disk: &Disk, most: usize) -> Page {
    let mut page = Page::open(disk, 1, true, &small());
    for mark in 0..draw.below(most) {
        let deed = *draw.pick(&DEEDS);
        page.do_deed(deed, mark as u32, draw);
        page.finish();
        if page.keeper.is_due() {
            page.settle();
            page.finish();
        }
    }
    page
}

#[test]
fn undoing_all_and_doing_all_again_is_equal() {
    for_seeds(1_000, 1_000_000, |draw| {
        let page = drawn(draw, &Disk::default(), 30);
        let (furthest, _) = way_forth(page.state);
        let end = Rc::clone(&furthest.workspace);
        let (start, mut back) = way_back(furthest, 200);
        assert_eq!(*start.workspace, small());
        let (again, forth) = way_forth(start);
        back.reverse();
        check_ways(&back, &forth);
        assert_eq!(again.workspace, end);
    });
}

/// The same steps can be undone after a reload, and what was undone can be done again.
#[test]
fn steps_survive_a_reload() {
    for_seeds(300, 100_000, |draw| {
        let disk = Disk::default();
        let page = drawn(draw, &disk, 40);
        let again = Page::open(&disk, 2, true, &small());
        let names = |state: &State| (state.history.next_undo().cloned(), state.history.next_redo().cloned());
        assert_eq!(names(&again.state), names(&page.state));
        check_ways(&way_forth(again.state.clone()).1, &way_forth(page.state.clone()).1);
        check_ways(&way_back(again.state, 51).1, &way_back(page.state, 51).1);
    });
}

/// Also where snapshots have been made of them and the oldest records are gone.
#[test]
fn the_last_fifty_steps_of_many_survive_reloads() {
    for_seeds(4, 1_000, |draw| {
        let disk = Disk::default();
        let mut page = Page::open(&disk, 1, true, &small());
        for mark in 0..(240 + draw.below(120)) as u32 {
            let deed = *draw.pick(&[Deed::Add, Deed::Edit, Deed::LogTouch, Deed::ChangePlan, Deed::Judge]);
            page.do_deed(deed, mark, draw);
            page.finish();
            if page.keeper.is_due() {
                page.settle();
                page.finish();
            }
        }
        let again = Page::open(&disk, 2, true, &small());
        let (_, way) = way_back(page.state, 51);
        assert_eq!(way.len(), 51);
        check_ways(&way_back(again.state, 51).1, &way);
    });
}
