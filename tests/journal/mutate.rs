//! Texts that somebody's program has been at: changed again and again, anywhere, in a soak for minutes.

use holdfast::model::bounds::Input;
use holdfast::model::workspace::Workspace;
use holdfast::storage::envelope::{self, Kept};
use holdfast::storage::journal::record::Record;
use holdfast::storage::journal::snapshot::Snapshot;
use holdfast::storage::journal::{SNAPSHOT_KEYS, seal};

use crate::damage::{check, past, with_damage};
use crate::draw::{Draw, for_minutes, for_seeds};
use crate::mutation;

/// Bits of text that a reader may stumble over.
const BITS: [&str; 22] = [
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "-",
    "0",
    "9",
    "1e999",
    "null",
    "\u{0}",
    "é",
    "\u{1f600}",
    "\n",
    "\\ud800",
    "18446744073709551616",
    "-1",
    "id",
    "\u{feff}",
];

/// `text` with one to a few things changed.
fn mutated(text: &str, others: &[String], draw: &mut Draw) -> String {
    let others: Vec<&[u8]> = others.iter().map(String::as_bytes).collect();
    String::from_utf8_lossy(&mutation::mutated(text.as_bytes(), &others, &BITS, draw)).into_owned()
}

/// Whatever is read is a workspace that a user could have made.
fn check_in_range(workspace: &Workspace) {
    for input in Input::ALL {
        let row = input.bounds();
        assert!((row.min..=row.max).contains(&workspace.get(input)), "{input:?} is {}", workspace.get(input));
    }
    assert_eq!(workspace.check(), Ok(()));
    let ids: Vec<u32> = workspace.book.accounts.iter().map(|account| account.id.0).collect();
    assert!(ids.is_sorted_by(|one, other| one < other) && ids.iter().all(|id| *id < workspace.book.next_id));
}

/// Changed texts of a record, a snapshot and a file, whole behind the seal as if it had been made for them.
fn mutate(draw: &mut Draw) -> [usize; 2] {
    let past = past(draw, 6, true);
    let texts: Vec<(String, String)> = past.disk.mirror().into_iter().collect();
    let present = past.states.last().unwrap();
    let file = envelope::write(&Kept { workspace: Workspace::clone(present), seller_shown: None }).unwrap();
    let others: Vec<String> = texts.iter().map(|(_, text)| text.clone()).chain([file.clone()]).collect();
    let (mut read, mut refused) = (0, 0);
    for _ in 0..100 {
        let changed = mutated(&file, &others, draw);
        match envelope::read(&changed) {
            Ok(kept) => {
                check_in_range(&kept.workspace);
                read += 1;
            }
            Err(why) => {
                assert!(why.to_string().ends_with('.'), "no sentence: {why}");
                refused += 1;
            }
        }
        let (key, text) = draw.pick(&texts);
        let changed = mutated(text, &others, draw);
        // As it is the seal is broken; put right again, the content has to be refused or fit.
        if changed != *text && !changed.eq_ignore_ascii_case(text) {
            check(&with_damage(&past, key, &changed, draw.one_in(2)), key, &changed, &past);
        }
        let content = mutated(text.split_once('\n').unwrap().1, &others, draw);
        let is_read = if SNAPSHOT_KEYS.contains(&key.as_str()) {
            let snapshot = Snapshot::read(&seal::seal(seal::Kind::Snapshot, &content));
            snapshot.map(|it| check_in_range(&it.workspace)).is_ok()
        } else {
            let record = Record::read(&seal::seal(seal::Kind::Record, &content));
            record.map(|it| check_in_range(&it.onto(present).workspace)).is_ok()
        };
        if is_read { read += 1 } else { refused += 1 }
    }
    [read, refused]
}

#[test]
fn changed_texts_are_refused_or_fit() {
    for_seeds(10, 100, |draw| {
        mutate(draw);
    });
}

/// For ten minutes, in a soak alone.
#[test]
fn changed_texts_are_refused_or_fit_for_minutes() {
    let mut counts = [0; 2];
    let seeds = for_minutes(|draw| {
        let [read, refused] = mutate(draw);
        counts = [counts[0] + read, counts[1] + refused];
    });
    if seeds > 0 {
        println!("changed texts: {} fit, {} were refused, from {seeds} seeds", counts[0], counts[1]);
    }
}
