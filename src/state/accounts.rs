//! Steps on the book of accounts.

use chrono::NaiveDate;

use super::State;
use crate::model::account::{Account, AccountId};
use crate::model::book::{Book, Provenance};
use crate::model::change::Label;
use crate::model::life::LifeEntry;
use crate::model::touch::Touch;

impl State {
    pub(super) fn add_account(&mut self, mut account: Account) {
        if self.workspace.book.accounts.len() >= Book::MAX_ACCOUNTS {
            let words = "The book holds 10,000 accounts, the most it can: delete some first.";
            self.announcement = Some(Label::plain(words));
            return;
        }
        let starts_own = self.workspace.book.provenance == Provenance::Sample;
        let tab = self.history.tab();
        self.step(about("add", &account.name), |workspace| {
            if starts_own {
                // One's own customers are never mixed with made-up ones.
                workspace.book = workspace.book.emptied();
            }
            account.id = workspace.book.take_id_of(tab);
            workspace.book.accounts.push(account);
            workspace.book.provenance = Provenance::Own;
        });
        if starts_own {
            self.seller = None;
            let words = "Your own book begins with this account. The sample book is under Data.";
            self.announcement = Some(Label::plain(words));
        }
    }

    pub(super) fn change_account(&mut self, account: Account) {
        if self.workspace.book.account(account.id).is_none() {
            return;
        }
        self.step(about("change", &account.name), |workspace| {
            if let Some(slot) = workspace.book.account_mut(account.id) {
                *slot = account;
            }
        });
        self.forget_absent_seller();
    }

    pub(super) fn lose_account(&mut self, id: AccountId, reason: String, on: NaiveDate) {
        let active = self.workspace.book.account(id).filter(|account| account.is_active());
        let Some(name) = active.map(|account| account.name.clone()) else { return };
        let label = Label { text: format!("mark {name} as lost"), nameless: "mark an account as lost".to_owned() };
        self.step(label, |workspace| {
            if let Some(account) = workspace.book.account_mut(id) {
                account.lose(on, reason);
            }
        });
    }

    pub(super) fn delete_account(&mut self, id: AccountId) {
        let Some(name) = self.workspace.book.account(id).map(|account| account.name.clone()) else { return };
        self.step(about("delete", &name), |workspace| {
            workspace.book.accounts.retain(|account| account.id != id);
        });
        self.forget_absent_seller();
    }

    /// A seller whose last account is gone is not shown any more.
    pub(super) fn forget_absent_seller(&mut self) {
        let present = |name: &String| self.workspace.book.accounts.iter().any(|account| account.seller == *name);
        if !self.seller.as_ref().is_none_or(present) {
            self.seller = None;
        }
    }

    pub(super) fn log_touch(&mut self, id: AccountId, touch: Touch) {
        let Some(account) = self.workspace.book.account(id) else { return };
        if account.touches.len() >= Account::MAX_TOUCHES {
            let words = "This account has 4,000 touches, the most it can have.";
            self.announcement = Some(Label::plain(words));
            return;
        }
        let label = about(&format!("log {} with", with_article(touch.kind.word())), &account.name);
        self.step(label, |workspace| {
            if let Some(account) = workspace.book.account_mut(id) {
                account.log(touch);
            }
        });
    }

    pub(super) fn enter_life(&mut self, id: AccountId, entry: LifeEntry) {
        let Some(account) = self.workspace.book.account(id) else { return };
        if account.life.len() >= Account::MAX_LIFE {
            let words = "This account has 1,000 entries beside its touches, the most it can have: delete some first.";
            self.announcement = Some(Label::plain(words));
            return;
        }
        let label = about(&format!("note: {} at", entry.kind.word().to_ascii_lowercase()), &account.name);
        self.step(label, |workspace| {
            if let Some(account) = workspace.book.account_mut(id) {
                account.enter(entry);
            }
        });
    }

    pub(super) fn change_life(&mut self, id: AccountId, before: &LifeEntry, after: Option<LifeEntry>) {
        let Some(account) = self.workspace.book.account(id) else { return };
        let Some(place) = account.life.iter().position(|entry| entry == before) else { return };
        let verb = if after.is_some() { "change" } else { "delete" };
        let label = about(&format!("{verb} {} of", with_article(before.kind.word())), &account.name);
        self.step(label, |workspace| {
            if let Some(account) = workspace.book.account_mut(id) {
                account.life.remove(place);
                if let Some(entry) = after {
                    account.enter(entry);
                }
            }
        });
    }

    /// One change of many accounts, as one step, with what became of each.
    pub(super) fn edit_accounts(&mut self, edited: &[(AccountId, Option<Account>)], label: Label) {
        if edited.is_empty() {
            self.announcement = Some(Label::plain("Nothing to change: these accounts are like that already."));
            return;
        }
        self.step(label, |workspace| workspace.book.put(edited));
        self.forget_absent_seller();
    }
}

/// For example "a call" or "an opening".
fn with_article(word: &str) -> String {
    let word = word.to_ascii_lowercase();
    let article = if word.starts_with(['a', 'o']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// A label that names an account.
fn about(what: &str, name: &str) -> Label {
    Label { text: format!("{what} {name}"), nameless: format!("{what} an account") }
}
