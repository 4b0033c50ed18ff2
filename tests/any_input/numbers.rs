//! What is typed into a field for a number.

use holdfast::model::bounds::Input;
use holdfast::model::quantity::Money;
use holdfast::text::account_draft::{read_amount, read_factor, read_margin, read_term};
use holdfast::text::input::{Entry, Unreadable, read, read_entry, read_number, typed};

use crate::draw::{Draw, for_minutes, for_seeds};
use crate::mutation::mutated;

/// Numbers in all the ways in which they are written, and what only looks like one.
const TYPED: [&str; 40] = [
    "0",
    "-0",
    "+5",
    "12.5",
    "12,5",
    "1,234.5",
    "1.234,5",
    "1 234,5",
    "1'234.5",
    "12 %",
    "$1,200",
    "1.200 €",
    "£3",
    "1e3",
    "1e999",
    "-1e999",
    "1e-400",
    "NaN",
    "inf",
    "-inf",
    "infinity",
    "0x10",
    "1_000",
    "½",
    "٣",
    "１２",
    "1,2,3",
    "1.2.3",
    "1,23,456",
    "--5",
    "5-",
    "(1,200)",
    ".5",
    "5.",
    ",",
    ".",
    "-",
    "e5",
    "60-80%",
    "60 to 80",
];

/// What may come between.
const BITS: [&str; 24] = [
    "-",
    "\u{2212}",
    "–",
    "—",
    " to ",
    "%",
    "$",
    ".",
    ",",
    "e",
    "E",
    "e-",
    "9",
    "0",
    "00000000000000000000",
    "\u{a0}",
    "\u{202f}",
    "'",
    "\u{0}",
    "\u{feff}",
    "é",
    "\u{1f600}",
    "\n",
    "99999999999999999999999999999999999999999999999999999999999999999999999999999999",
];

fn text(draw: &mut Draw) -> String {
    let start = match draw.below(6) {
        0 => typed(*draw.pick(&Input::ALL), draw.below(2_000_000) as f64 / 100.0 - 1_000.0),
        1 => "7".repeat(draw.below(400)),
        _ => (*draw.pick(&TYPED)).to_owned(),
    };
    if draw.one_in(4) {
        return start;
    }
    let others: Vec<&[u8]> = TYPED.iter().map(|it| it.as_bytes()).collect();
    String::from_utf8_lossy(&mutated(start.as_bytes(), &others, &BITS, draw)).into_owned()
}

fn is_sentence(words: &str) -> bool {
    words.ends_with('.') && words.len() > 15 && words.len() < 400
}

fn check(draw: &mut Draw) {
    let text = text(draw);
    let plain = read_number(&text);
    match &plain {
        Ok(number) => assert!(number.is_finite(), "{text:?} is {number}"),
        Err(why) => assert!(is_sentence(&why.to_string()), "{text:?}: {why}"),
    }
    let input = *draw.pick(&Input::ALL);
    let row = input.bounds();
    match read(input, &text) {
        Ok(value) => {
            assert!(plain.is_ok() && (row.min..=row.max).contains(&value), "{text:?} is {value} for {input:?}");
            // What stands in the field afterwards means the same, as closely as it is shown.
            let shown = typed(input, value);
            let again = read(input, &shown).unwrap_or_else(|why| panic!("{text:?}, shown as {shown:?}: {why}"));
            assert_eq!(typed(input, again), shown, "{text:?}");
        }
        Err(why) => assert!(is_sentence(&why.to_string()), "{text:?}: {why}"),
    }
    match read_entry(input, &text) {
        Ok(Entry::Number(value)) => assert!((row.min..=row.max).contains(&value), "{text:?} is {value}"),
        Ok(Entry::Range(low, high)) => {
            assert!(row.min <= low && low < high && high <= row.max, "{text:?}: {low} to {high}")
        }
        Err(why) => {
            assert!(is_sentence(&why.to_string()), "{text:?}: {why}");
            assert!(!matches!(why, Unreadable::Empty) || text.trim().is_empty(), "{text:?} is not nothing");
        }
    }
    match read_amount(&text) {
        Ok(amount) => assert!((Money::ZERO..=Money::MAX).contains(&amount), "{text:?} is {amount:?}"),
        Err(why) => assert!(is_sentence(&why), "{text:?}: {why}"),
    }
    let others = [
        read_margin(&text).map(|margin| (-1.0..=1.0).contains(&margin.get())),
        read_factor(&text).map(|factor| (0.1..=10.0).contains(&factor.get())),
        read_term(&text).map(|term| (1..=120).contains(&term.months())),
    ];
    for outcome in others {
        match outcome {
            Ok(is_within) => assert!(is_within, "{text:?}"),
            Err(why) => assert!(is_sentence(&why), "{text:?}: {why}"),
        }
    }
}

#[test]
fn a_number_is_one_of_its_range_or_refused() {
    for_seeds(50_000, 1_000_000, check);
}

/// For ten minutes, in a soak alone.
#[test]
fn a_number_is_one_of_its_range_or_refused_for_minutes() {
    let count = for_minutes(check);
    if count > 0 {
        println!("typed numbers: {count}");
    }
}
