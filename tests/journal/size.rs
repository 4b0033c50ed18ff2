//! S12: a full book fits, an edit is small, and both come back the same.

use chrono::{Days, NaiveDate};
use holdfast::model::account::{Account, AccountId, Standing, Term};
use holdfast::model::book::Provenance;
use holdfast::model::edited::EditedParts;
use holdfast::model::quantity::{Margin, Money};
use holdfast::model::touch::{Touch, TouchKind};
use holdfast::model::workspace::Workspace;
use holdfast::state::action::Action;
use holdfast::storage::envelope::{self, Kept};
use holdfast::storage::journal::RECORD_PREFIX;
use holdfast::storage::journal::snapshot::{Seen, Snapshot};

use crate::disk::Disk;
use crate::draw::Draw;
use crate::generate::book_of;
use crate::history::small;
use crate::page::Page;

/// An account as an export of a CRM has it, edited since, with 8 touches over two years.
fn account(draw: &mut Draw) -> Account {
    let names = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ivy", "Juniper"];
    let trades = ["Bakery", "Clinic", "Freight", "Optics", "Print", "Roofing", "Dental", "Foods", "Energy", "Media"];
    let name = format!("{} {} {}", draw.pick(&names), draw.pick(&trades), draw.below(1_000));
    let value = Money::from_cents(100_000 + 12_500 * draw.below(800) as i64);
    let mut account = Account::new(AccountId(0), name, value);
    account.seller = draw.pick(&["Ana Ruiz", "Ben Okafor", "Chen Wei", "Dara Lind", "Eli Brandt"]).to_string();
    account.margin = Margin::new(*draw.pick(&[0.55, 0.6, 0.65, 0.7, 0.7, 0.7, 0.75])).unwrap();
    account.cost_to_serve = Money::from_cents(10_000 * draw.below(8) as i64);
    account.term = Term::new(*draw.pick(&[12, 12, 12, 24, 36])).unwrap();
    let day = |draw: &mut Draw, from: i32, days: usize| {
        NaiveDate::from_ymd_opt(from, 1, 1).unwrap() + Days::new(draw.below(days) as u64)
    };
    account.standing = Standing::Active { since: Some(day(draw, 2018, 2_900)), renews_on: Some(day(draw, 2027, 360)) };
    account.edited = EditedParts::new(draw.below(512) as u16).unwrap();
    for _ in 0..8 {
        let touch = Touch { on: day(draw, 2025, 690), kind: *draw.pick(&TouchKind::ALL), note: String::new() };
        account.log(touch);
    }
    account
}

fn full() -> Workspace {
    let mut draw = Draw::of(12);
    let accounts = (0..10_000).map(|_| account(&mut draw)).collect();
    Workspace { book: book_of(accounts, Provenance::Own), ..small() }
}

#[test]
fn a_full_book_with_its_touches_fits() {
    let workspace = full();
    let touches: usize = workspace.book.accounts.iter().map(|account| account.touches.len()).sum();
    assert_eq!(touches, 80_000);
    let snapshot = Snapshot { workspace: workspace.clone(), time: 3, seen: Seen::default() };
    let text = snapshot.text().unwrap();
    let characters = text.encode_utf16().count();
    println!("a snapshot of 10,000 accounts and 80,000 touches: {characters} characters");
    assert!(characters <= 900_000, "{characters}");
    assert_eq!(Snapshot::read(&text), Ok(snapshot));

    let kept = Kept { workspace, seller_shown: Some("Ana Ruiz".to_owned()) };
    let file = envelope::write(&kept).unwrap();
    println!("its file: {} bytes", file.len());
    assert!(file.len() <= 1_000_000, "{}", file.len());
    assert_eq!(envelope::read(&file), Ok(kept));
}

#[test]
fn the_record_of_an_edit_is_small_in_the_largest_book() {
    let disk = Disk::default();
    let mut page = Page::open(&disk, u32::MAX, true, &full());
    let mut account = page.state.workspace.book.accounts[4_321].clone();
    account.name = "Alder Bakery of the North".to_owned();
    account.notes = "Asked for a quote; the new buyer is Mx Onyango.".to_owned();
    let touch =
        Touch { on: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(), kind: TouchKind::Call, note: "Well.".to_owned() };
    let id = account.id;
    let actions = [
        Action::AccountChanged(Box::new(account.clone())),
        Action::TouchLogged { id, touch },
        Action::AccountLost {
            id,
            reason: "Went to a competitor".to_owned(),
            on: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        },
        Action::Undone,
        Action::Redone,
        Action::AccountDeleted(id),
        Action::AccountAdded(Box::new(account)),
    ];
    for action in actions {
        page.sent.clear();
        page.act(action.clone());
        let records: Vec<_> = page.sent.iter().filter(|(key, _)| key.starts_with(RECORD_PREFIX)).collect();
        let [(_, text)] = records[..] else { panic!("{action:?} made {} records", records.len()) };
        assert!(text.encode_utf16().count() <= 2_048, "{action:?}: {}", text.len());
    }
    page.finish();
    let found = Page::open(&disk, 2, true, &full());
    assert_eq!(found.state.workspace, page.state.workspace);
}
