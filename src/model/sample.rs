//! The sample book: 40 made-up accounts of 12,000, the default case of the method page.

use super::account::{Account, Standing};
use super::book::{Book, Provenance};
use super::month::Month;
use super::plan::Plan;
use super::quantity::Money;
use super::workspace::Workspace;

const PLACES: [&str; 8] = ["Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Granite", "Harbour"];
const TRADES: [&str; 5] = ["Bakery", "Clinic", "Foundry", "Hotels", "Logistics"];

/// The number of accounts in the sample book.
pub const SAMPLE_ACCOUNTS: usize = PLACES.len() * TRADES.len();

/// The workspace that the app opens with: default plan and assumptions, account `i` won `i mod 12` months before
/// `as_of`, so that renewals are spread evenly over the year.
pub fn sample_workspace(as_of: Month) -> Workspace {
    let mut book = Book { provenance: Provenance::Sample, ..Book::empty() };
    let names = TRADES.iter().flat_map(|trade| PLACES.iter().map(move |place| format!("{place} {trade}")));
    for (name, index) in names.zip(0..) {
        let id = book.take_id();
        let since = as_of.plus(-(index % 12)).first_day();
        let mut account = Account::new(id, name, Money::from_cents(1_200_000));
        account.seller = "Sam Sample".to_owned();
        account.standing = Standing::Active { since: Some(since), renews_on: None };
        book.accounts.push(account);
    }
    Workspace::new(as_of, book, Plan::default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn forty_names_and_tenures_spread_over_the_year() {
        let as_of = Month::parse("2026-11").unwrap();
        let workspace = sample_workspace(as_of);
        let names: BTreeSet<_> = workspace.book.accounts.iter().map(|account| &account.name).collect();
        assert_eq!(names.len(), SAMPLE_ACCOUNTS);
        let tenures: Vec<u32> = workspace.book.accounts.iter().map(|account| account.tenure(as_of)).collect();
        assert_eq!(tenures, (0..40).map(|index| index % 12).collect::<Vec<_>>());
    }
}
