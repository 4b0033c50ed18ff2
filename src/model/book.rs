//! The book of business: every account, and what it adds up to.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};
use std::rc::Rc;

use super::account::{Account, AccountId, Origin};
use super::quantity::Money;

/// Whether the accounts are the user's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// The made-up book that the app opens with.
    Sample,
    /// Nameless accounts that came with a shared link.
    Shared,
    /// The user's own customers.
    Own,
}

/// A name as it is compared: without regard to case and blanks.
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Why a name tells no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSuchName {
    /// No account has it.
    Unknown,
    /// Several have it.
    Several,
}

/// A list of accounts that its copies share: a workspace is copied at every move of a slider, and the undo list holds
/// dozens of them, nearly all with the same accounts. A list that was changed still shares every account that was not.
#[derive(Debug, Clone, Default)]
pub struct Accounts(Rc<Vec<Rc<Account>>>);

impl Accounts {
    /// Whether this is the very same list, so that nobody need look at its accounts.
    pub fn is_same(&self, other: &Accounts) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// How many accounts there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The accounts, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Account> + ExactSizeIterator + Clone {
        self.0.iter().map(Rc::as_ref)
    }

    /// The accounts, in order, as they are shared.
    pub fn shared(&self) -> &[Rc<Account>] {
        &self.0
    }

    /// The accounts, in order, to change them. Each that is handed out becomes this list's own.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Account> {
        Rc::make_mut(&mut self.0).iter_mut().map(Rc::make_mut)
    }

    /// The account at `index`, counted from 0.
    pub fn get(&self, index: usize) -> Option<&Account> {
        self.0.get(index).map(Rc::as_ref)
    }

    /// The account at `index`, counted from 0, to change it.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut Account> {
        self.0.get(index)?;
        Rc::make_mut(&mut self.0).get_mut(index).map(Rc::make_mut)
    }

    /// The last account.
    pub fn last(&self) -> Option<&Account> {
        self.0.last().map(Rc::as_ref)
    }

    /// Puts `account` at the end.
    pub fn push(&mut self, account: impl Into<Rc<Account>>) {
        Rc::make_mut(&mut self.0).push(account.into());
    }

    /// Leaves only the accounts that are `wanted`.
    pub fn retain(&mut self, mut wanted: impl FnMut(&Account) -> bool) {
        Rc::make_mut(&mut self.0).retain(|account| wanted(account));
    }

    /// Leaves only the first `number` accounts.
    pub fn truncate(&mut self, number: usize) {
        Rc::make_mut(&mut self.0).truncate(number);
    }

    /// Removes all accounts.
    pub fn clear(&mut self) {
        self.0 = Rc::default();
    }
}

impl PartialEq for Accounts {
    fn eq(&self, other: &Accounts) -> bool {
        let alike = |(one, other): (&Rc<Account>, &Rc<Account>)| Rc::ptr_eq(one, other) || one == other;
        self.is_same(other) || (self.len() == other.len() && self.0.iter().zip(other.0.iter()).all(alike))
    }
}

impl Index<usize> for Accounts {
    type Output = Account;

    fn index(&self, index: usize) -> &Account {
        self.0.index(index)
    }
}

impl IndexMut<usize> for Accounts {
    fn index_mut(&mut self, index: usize) -> &mut Account {
        Rc::make_mut(Rc::make_mut(&mut self.0).index_mut(index))
    }
}

impl From<Vec<Account>> for Accounts {
    fn from(accounts: Vec<Account>) -> Accounts {
        accounts.into_iter().collect()
    }
}

impl<A: Into<Rc<Account>>> FromIterator<A> for Accounts {
    fn from_iter<I: IntoIterator<Item = A>>(accounts: I) -> Accounts {
        Accounts(Rc::new(accounts.into_iter().map(Into::into).collect()))
    }
}

impl<'a> IntoIterator for &'a Accounts {
    type Item = &'a Account;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Rc<Account>>, fn(&'a Rc<Account>) -> &'a Account>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(Rc::as_ref)
    }
}

impl<'a> IntoIterator for &'a mut Accounts {
    type Item = &'a mut Account;
    type IntoIter = std::iter::Map<std::slice::IterMut<'a, Rc<Account>>, fn(&'a mut Rc<Account>) -> &'a mut Account>;

    fn into_iter(self) -> Self::IntoIter {
        Rc::make_mut(&mut self.0).iter_mut().map(Rc::make_mut)
    }
}

/// So many tabs can add accounts at the same moment without choosing the same id.
const LANES: u32 = 256;

/// All accounts of the workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The accounts, in the order they were added.
    pub accounts: Accounts,
    /// Whose accounts they are.
    pub provenance: Provenance,
    /// The id that the next account gets.
    pub next_id: u32,
}

impl Book {
    /// The most accounts that a book may hold.
    pub const MAX_ACCOUNTS: usize = 10_000;

    /// A book without accounts, of the user's own.
    pub fn empty() -> Book {
        Book { accounts: Accounts::default(), provenance: Provenance::Own, next_id: 1 }
    }

    /// An id that no account of this book ever had.
    pub const fn take_id(&mut self) -> AccountId {
        let id = AccountId(self.next_id);
        self.next_id = self.next_id.saturating_add(1);
        id
    }

    /// An id that no account of this book ever had, and that another tab which adds an account at the same moment is
    /// unlikely to choose: each tab, by the number that it drew, has one id of every 256. Tab 0 has all.
    pub const fn take_id_of(&mut self, tab: u32) -> AccountId {
        if tab != 0 {
            let step = (tab % LANES + LANES - self.next_id % LANES) % LANES;
            self.next_id = self.next_id.saturating_add(step);
        }
        self.take_id()
    }

    /// The user's own book without accounts; the ids of those that leave are not used again.
    pub fn emptied(&self) -> Book {
        Book { next_id: self.next_id, ..Book::empty() }
    }

    /// This book with the accounts of `other` that it lacks, told by their names without regard to case and blanks; they get
    /// ids of this book, by which who sent them is told too. A book that is not the user's own makes way.
    pub fn with_missing_of(&self, other: &Book) -> Book {
        if self.provenance != Provenance::Own {
            return Book { next_id: self.next_id.max(other.next_id), ..other.clone() };
        }
        let named: BTreeMap<String, AccountId> =
            self.accounts.iter().rev().map(|account| (name_key(&account.name), account.id)).collect();
        let here = |account: &Account| named.get(&name_key(&account.name)).copied();
        let mut book = self.clone();
        // The ids that the accounts of the other book have here: who sent one is told by them.
        let ids: BTreeMap<AccountId, AccountId> = other
            .accounts
            .iter()
            .map(|account| (account.id, here(account).unwrap_or_else(|| book.take_id())))
            .collect();
        let of_here = |id: AccountId| ids.get(&id).copied();
        for account in other.accounts.iter().filter(|account| here(account).is_none()) {
            let origin = match account.origin {
                Origin::Referral { sent_by } => Origin::Referral { sent_by: sent_by.and_then(of_here) },
                origin => origin,
            };
            let id = of_here(account.id).unwrap_or(account.id);
            book.accounts.push(Account { id, origin, ..account.clone() });
        }
        book
    }

    /// The account of that id.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        // They stand in the order of their ids; only a list that was put together by hand may not.
        let place = self.accounts.shared().binary_search_by_key(&id, |account| account.id);
        place.map_or_else(|_| self.accounts.iter().find(|account| account.id == id), |place| self.accounts.get(place))
    }

    /// The account other than `but` that has this name, without regard to case and blanks.
    ///
    /// # Errors
    /// [`NoSuchName`] if there is none, or more than one.
    pub fn named(&self, name: &str, but: AccountId) -> Result<AccountId, NoSuchName> {
        let key = name_key(name);
        let mut found = self.accounts.iter().filter(|it| it.id != but && name_key(&it.name) == key).map(|it| it.id);
        match (found.next(), found.next()) {
            (Some(id), None) => Ok(id),
            (None, _) => Err(NoSuchName::Unknown),
            (Some(_), Some(_)) => Err(NoSuchName::Several),
        }
    }

    /// The account of that id, to change it.
    pub fn account_mut(&mut self, id: AccountId) -> Option<&mut Account> {
        let place = self.accounts.iter().position(|account| account.id == id)?;
        self.accounts.get_mut(place)
    }

    /// Puts accounts in the place of those with the same id, or takes them away for `None`; `edited` is in the order of the
    /// ids. Ids that are not in the book are passed over.
    pub fn put(&mut self, edited: &[(AccountId, Option<Account>)]) {
        let after = |id: AccountId| {
            let place = edited.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            edited.get(place).map(|(_, after)| after.as_ref())
        };
        for place in 0..self.accounts.len() {
            if let Some(Some(after)) = self.accounts.get(place).and_then(|account| after(account.id))
                && let Some(account) = self.accounts.get_mut(place)
            {
                account.clone_from(after);
            }
        }
        self.accounts.retain(|account| after(account.id) != Some(None));
    }

    /// Gross margin of the active accounts, each weighted with its annual value: 0 to 1 or below 0, and that of a new account
    /// where there is none that pays.
    pub fn mean_margin(&self) -> f64 {
        let (margin, value) = self.active().fold((0.0, 0.0), |(margin, value), account| {
            let pays = account.annual_value.units();
            (margin + pays * account.margin.get(), value + pays)
        });
        if value > 0.0 { margin / value } else { Account::new(AccountId(0), "", Money::ZERO).margin.get() }
    }

    /// The accounts that are customers now.
    pub fn active(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().filter(|account| account.is_active())
    }

    /// What each seller is called where names are hidden: the name and its alias, by name. Nobody stays nobody.
    pub fn seller_aliases(&self) -> Vec<(&str, String)> {
        let mut names: Vec<&str> = self.accounts.iter().map(|account| account.seller.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| !name.is_empty());
        names.into_iter().zip(1..).map(|(name, number)| (name, format!("Seller {number}"))).collect()
    }

    /// Sellers with at least one active account, by name, each with the number of those accounts.
    /// Accounts without a seller count under the empty name.
    pub fn sellers(&self) -> BTreeMap<&str, usize> {
        let mut sellers = BTreeMap::new();
        for account in self.active() {
            *sellers.entry(account.seller.as_str()).or_insert(0) += 1;
        }
        sellers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Accounts by name, each with the name of who sent it, with ids from `first` on.
    fn book(first: u32, accounts: &[(&str, Option<&str>)]) -> Book {
        let mut book = Book { next_id: first, ..Book::empty() };
        for (name, _) in accounts {
            let id = book.take_id();
            book.accounts.push(Account::new(id, *name, Money::ZERO));
        }
        for (place, (_, sender)) in accounts.iter().enumerate() {
            if let Some(sender) = sender {
                let sent_by = book.accounts.iter().find(|it| it.name == *sender).map(|it| it.id);
                book.accounts[place].origin = Origin::Referral { sent_by };
            }
        }
        book
    }

    #[test]
    fn whoever_sent_an_account_is_the_same_in_two_books_put_together() {
        let here = book(1, &[("Mill", None), ("Orchard", Some("Mill"))]);
        // The same ids name other accounts there.
        let mut there = book(1, &[("One", Some("MILL")), ("Two", Some("One")), ("MILL", None), ("Three", Some("Two"))]);
        there.accounts[3].origin = Origin::Referral { sent_by: Some(AccountId(77)) };
        let both = here.with_missing_of(&there);
        let sender = |name: &str| {
            let account = both.accounts.iter().find(|it| it.name == name).unwrap();
            match account.origin {
                Origin::Referral { sent_by } => sent_by.map(|id| both.account(id).unwrap().name.as_str()),
                _ => None,
            }
        };
        assert_eq!(["Orchard", "One", "Two", "Three"].map(sender), [Some("Mill"), Some("Mill"), Some("One"), None]);
        assert_eq!(both.accounts.len(), 5);
        assert!(both.accounts.iter().is_sorted_by(|one, other| one.id < other.id));
    }
}
