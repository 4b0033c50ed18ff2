//! The book of business: every account, and what it adds up to.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use super::account::{Account, AccountId};

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

/// A list of accounts that its copies share until one of them is changed: a workspace is copied at every move of a
/// slider, and the undo list holds dozens, nearly all with the same accounts.
#[derive(Debug, Clone, Default)]
pub struct Accounts(Rc<Vec<Account>>);

impl Accounts {
    /// Whether this is the very same list, so that nobody need look at its accounts.
    pub fn is_same(&self, other: &Accounts) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for Accounts {
    fn eq(&self, other: &Accounts) -> bool {
        self.is_same(other) || self.0 == other.0
    }
}

impl Deref for Accounts {
    type Target = Vec<Account>;

    fn deref(&self) -> &Vec<Account> {
        &self.0
    }
}

impl DerefMut for Accounts {
    fn deref_mut(&mut self) -> &mut Vec<Account> {
        Rc::make_mut(&mut self.0)
    }
}

impl From<Vec<Account>> for Accounts {
    fn from(accounts: Vec<Account>) -> Accounts {
        Accounts(Rc::new(accounts))
    }
}

impl<'a> IntoIterator for &'a Accounts {
    type Item = &'a Account;
    type IntoIter = std::slice::Iter<'a, Account>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a mut Accounts {
    type Item = &'a mut Account;
    type IntoIter = std::slice::IterMut<'a, Account>;

    fn into_iter(self) -> Self::IntoIter {
        self.deref_mut().iter_mut()
    }
}

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

    /// The account of that id.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The account of that id, to change it.
    pub fn account_mut(&mut self, id: AccountId) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|account| account.id == id)
    }

    /// The accounts that are customers now.
    pub fn active(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().filter(|account| account.is_active())
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
