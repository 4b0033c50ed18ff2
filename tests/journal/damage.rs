//! R4: a damaged text changes nothing in silence. What is found is a state that there was, or nothing may be written; the
//! damaged text is set aside as it is.

use std::rc::Rc;

use holdfast::model::workspace::Workspace;
use holdfast::state::Keeping;
use holdfast::state::action::Action;
use holdfast::storage::journal::keeper::{Found, NotKept};
use holdfast::storage::journal::seal::{Kind, seal};
use holdfast::storage::journal::{ASIDE_PREFIX, SNAPSHOT_KEYS};

use crate::disk::{Disk, Side};
use crate::draw::{Draw, for_seeds};
use crate::generate::cases;
use crate::history::{DEEDS, Deed, small};
use crate::page::Page;

/// A history that was kept: two snapshots, the records of both, and every state on the way.
pub struct Past {
    pub disk: Disk,
    pub states: Vec<Rc<Workspace>>,
}

/// A history of so many deeds; a snapshot is made in the middle of it, or none but the first.
pub fn past(draw: &mut Draw, deeds: usize, with_snapshot: bool) -> Past {
    let disk = Disk::default();
    let mut page = Page::open(&disk, 1, true, &small());
    let mut states = vec![Rc::clone(&page.state.workspace)];
    for mark in 0..deeds {
        let deed = if with_snapshot && mark == deeds / 2 { Deed::Compact } else { *draw.pick(&DEEDS) };
        page.do_deed(deed, mark as u32, draw);
        page.finish();
        states.push(Rc::clone(&page.state.workspace));
    }
    disk.sync();
    Past { disk, states }
}

/// What a damaged text came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Came {
    /// To all that was there.
    Healed,
    /// To an earlier state.
    Earlier,
    /// To nothing: it is left alone.
    Refused,
}

/// Opens `disk`, on which the text under `key` was damaged to `damaged`.
pub fn check(disk: &Disk, key: &str, damaged: &str, past: &Past) -> Came {
    let mut page = Page::open(disk, 2, true, &small());
    let is_aside =
        |disk: &Disk| disk.local().iter().any(|(key, text)| key.starts_with(ASIDE_PREFIX) && text == damaged);
    match &page.found {
        Found::Workspace { damaged: found, is_healed, .. } => {
            assert!(found.iter().any(|it| it.key == key && it.text == damaged), "{key}: the damage was not noticed");
            assert!(is_aside(disk), "{key}: not set aside");
            let place = past.states.iter().rposition(|state| *state == page.state.workspace);
            let place = place.unwrap_or_else(|| panic!("{key}: what is found never was"));
            let is_all = past.states[place] == *past.states.last().unwrap();
            assert!(is_all || !is_healed, "{key}: called healed");
            // Work goes on, and the damaged text is still there.
            page.do_deed(Deed::ChangePlan, 700, &mut Draw::of(1));
            page.finish();
            assert!(is_aside(disk));
            assert_eq!(Page::open(disk, 3, true, &small()).state.workspace, page.state.workspace);
            if is_all { Came::Healed } else { Came::Earlier }
        }
        Found::Unreadable { why } => {
            assert!(why.len() > 20 && why.ends_with('.'), "no sentence: {why}");
            let before = disk.local();
            page.act(Action::EmptyBookStarted);
            let change = page.state.untold().0[0].clone();
            assert_eq!(page.keeper.keep(&change), Err(NotKept::ReadOnly));
            assert!(page.kept.is_empty());
            assert_eq!((&disk.local(), disk.waiting()), (&before, 0), "written over unseen");
            check_set_aside(disk, page, damaged);
            Came::Refused
        }
        other => panic!("{key}: {other:?}"),
    }
}

/// Set aside by hand, all texts are kept and writing is allowed.
fn check_set_aside(disk: &Disk, mut page: Page, damaged: &str) {
    let before: Vec<String> = disk.local().into_values().collect();
    let (copies, keys) = page.keeper.set_aside().unwrap();
    disk.ask_mirror(copies, keys);
    disk.answer_mirror(true);
    for side in [disk.local(), disk.mirror()] {
        let texts: Vec<&String> = side.values().collect();
        assert!(before.iter().all(|text| texts.contains(&text)), "a text is gone");
        assert!(texts.iter().any(|text| *text == damaged));
    }
    let mut page = Page::open(disk, 5, true, &small());
    page.do_deed(Deed::ChangePlan, 701, &mut Draw::of(2));
    page.finish();
    assert_eq!(Page::open(disk, 6, true, &small()).state.workspace, page.state.workspace);
}

/// The past with one text damaged, on both sides or in local storage alone.
pub fn with_damage(past: &Past, key: &str, damaged: &str, both: bool) -> Disk {
    let put = |mut side: Side, is_damaged: bool| {
        if is_damaged {
            side.insert(key.to_owned(), damaged.to_owned());
        }
        side
    };
    Disk::with(put(past.disk.local(), true), put(past.disk.mirror(), both))
}

fn every_damage(text: &str) -> impl Iterator<Item = String> {
    let flips = (0..text.len()).flat_map(|place| (0..8).map(move |bit| (place, 1_u8 << bit))).map(|(place, bit)| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] ^= bit;
        // A store of texts gives texts: what is none comes with a sign in its place.
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let cut = (0..text.len()).filter(|end| text.is_char_boundary(*end)).map(|end| text[..end].to_owned());
    flips.chain(cut)
}

#[test]
fn every_flip_and_every_cut_is_noticed() {
    // A flip in the word of the checksum that only makes a digit's letter great says the same number.
    let states = cases(2, 50);
    let mut outcomes = [0_usize; 3];
    for number in 0..states {
        let mut draw = Draw::of(u64::from(number) + 40);
        let past =
            past(&mut draw, if states == 2 { 3 - number as usize } else { 4 + number as usize % 4 }, number % 2 == 0);
        for (key, text) in past.disk.mirror() {
            assert!(text.len() <= 8_192, "{key} has {} bytes", text.len());
            for damaged in every_damage(&text) {
                if damaged.eq_ignore_ascii_case(&text) && damaged.lines().nth(1) == text.lines().nth(1) {
                    continue;
                }
                let both = draw.one_in(2);
                let came = check(&with_damage(&past, &key, &damaged, both), &key, &damaged, &past);
                assert!(both || came == Came::Healed, "{key}: the mirror was whole");
                outcomes[came as usize] += 1;
            }
        }
    }
    println!("healed, earlier, refused: {outcomes:?}");
    assert!(outcomes[0] > 1_000 && outcomes[1..].iter().all(|count| *count > 100), "{outcomes:?}");
}

/// The snapshot before and the records since then tell all that a damaged snapshot had.
#[test]
fn the_snapshot_before_stands_in_for_the_last() {
    for_seeds(30, 1_000, |draw| {
        let past = past(draw, 8, true);
        let mut snapshots = past.disk.mirror();
        snapshots.retain(|key, _| SNAPSHOT_KEYS.contains(&key.as_str()));
        if snapshots.len() == 2 {
            for (key, text) in snapshots {
                let damaged = text.replace('0', "1");
                let came = check(&with_damage(&past, &key, &damaged, true), &key, &damaged, &past);
                assert_eq!(came, Came::Healed, "{key}");
            }
        }
    });
}

/// With all snapshots damaged there is nothing to build on: nothing is written until the user has them set aside.
#[test]
fn without_any_snapshot_nothing_is_written() {
    for_seeds(30, 1_000, |draw| {
        let past = past(draw, 6, true);
        let damage = |mut side: Side| {
            side.iter_mut().filter(|it| SNAPSHOT_KEYS.contains(&it.0.as_str())).for_each(|it| it.1.push('x'));
            side
        };
        let disk = Disk::with(damage(past.disk.local()), damage(past.disk.mirror()));
        let snapshots: Vec<(String, String)> =
            disk.local().into_iter().filter(|it| SNAPSHOT_KEYS.contains(&it.0.as_str())).collect();
        for (key, text) in snapshots {
            assert_eq!(check(&disk.copy(), &key, &text, &past), Came::Refused);
        }
    });
}

/// A text of a newer version makes everything read-only, whichever it is, also when another tab writes it.
#[test]
fn a_newer_version_is_read_only() {
    let past = past(&mut Draw::of(7), 6, true);
    for (key, text) in past.disk.mirror() {
        let kind = if SNAPSHOT_KEYS.contains(&key.as_str()) { Kind::Snapshot } else { Kind::Record };
        let newer = newer(kind, text.split_once('\n').unwrap().1);
        for both in [true, false] {
            let disk = with_damage(&past, &key, &newer, both);
            let mut page = Page::open(&disk, 2, true, &small());
            assert!(
                matches!(&page.found, Found::Unreadable { why } if why.contains("format 1000")),
                "{:?}",
                page.found
            );
            let before = disk.local();
            page.act(Action::EmptyBookStarted);
            assert_eq!((disk.local(), disk.waiting()), (before, 0));
        }
        let mut page = Page::open(&past.disk.copy(), 2, true, &small());
        let key = key.replace("holdfast/record/1/", "holdfast/record/77/");
        page.hear(&key, &newer);
        page.act(Action::EmptyBookStarted);
        assert_eq!(page.kept.len(), 0, "{key}");
        assert!(matches!(page.state.keeping, Keeping::ReadOnly { .. }));
    }
}

/// A text as a version far beyond would seal it.
fn newer(kind: Kind, content: &str) -> String {
    let word = if kind == Kind::Snapshot { "snapshot" } else { "record" };
    assert!(seal(kind, content).starts_with(&format!("holdfast:12:{word}:")));
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(format!("1000:{word}\n{content}").as_bytes());
    format!("holdfast:1000:{word}:{:08x}\n{content}", hasher.finalize())
}
