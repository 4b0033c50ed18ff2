//! What an import would do: every row an account or a problem, and the counts.

use std::collections::BTreeMap;
use std::fmt;

use super::tidy::quoted;
use crate::model::account::{Account, AccountId, Standing};
use crate::model::book::Book;
use crate::model::quantity::Money;
use crate::text::number::{count, counted, money};

/// What becomes of an account by an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It was in the book under this id and differs.
    Updated(AccountId),
    /// It was in the book under this id, just so.
    Unchanged(AccountId),
}

/// An account that a row gives.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedAccount {
    /// The line of the row in the file.
    pub line: usize,
    /// The account as it will be; an added one gets its id when it is applied.
    pub account: Account,
    /// What becomes of it.
    pub change: Change,
    /// The name of the account that sent it, as the file has it.
    pub(super) sent_by: Option<String>,
}

/// A row that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The line of the row in the file.
    pub line: usize,
    /// Why, in a sentence.
    pub reason: String,
}

/// Something odd about a row that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRemark {
    /// The line of the row in the file.
    pub line: usize,
    /// What, and what was done about it, in a sentence.
    pub text: String,
}

/// Which currencies the annual values are in, and how often. Nothing is ever converted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Currencies {
    /// Accounts by currency code or word.
    pub named: BTreeMap<String, usize>,
    /// Accounts whose currency is not named.
    pub unnamed: usize,
}

impl Currencies {
    /// A sentence if more than one currency is in the file.
    pub fn warning(&self) -> Option<String> {
        if self.named.len() < 2 {
            return None;
        }
        let accounts = |number: usize| counted(number, "account", "accounts");
        let mut parts: Vec<String> =
            self.named.iter().map(|(currency, number)| format!("{} in {currency}", accounts(*number))).collect();
        if self.unnamed > 0 {
            parts.push(format!("{} without a currency", accounts(self.unnamed)));
        }
        Some(format!(
            "The amounts are in several currencies ({}). They are taken as they stand, nothing is converted, so sums \
             mix them: export one currency at a time, or convert them first.",
            parts.join(", ")
        ))
    }
}

/// Why a mapping gives no preview; the sentence says what to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingProblem {
    /// No column is taken for names.
    NoName,
    /// Nothing is chosen for annual values.
    NoAnnualValue,
    /// The one amount for all is below zero or above [`Money::MAX`].
    FixedValueOutOfRange {
        /// The amount chosen.
        amount: Money,
    },
    /// The order of day and month is not chosen.
    DateOrderOpen {
        /// The heading of the column.
        heading: String,
        /// A date that may be read both ways.
        cell: String,
    },
    /// The book would hold more accounts than it can.
    TooManyAccounts {
        /// How many it would hold.
        after: usize,
    },
}

impl fmt::Display for MappingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MappingProblem::NoName => write!(f, "Choose the column that holds the names of the accounts."),
            MappingProblem::NoAnnualValue => {
                write!(
                    f,
                    "Choose the column that holds what each account pays in a year, or give every account one value."
                )
            }
            MappingProblem::FixedValueOutOfRange { amount } => write!(
                f,
                "{} is no annual value: enter an amount from {} to {}.",
                money(amount.units(), 2),
                money(0.0, 0),
                money(Money::MAX.units(), 0)
            ),
            MappingProblem::DateOrderOpen { heading, cell } => write!(
                f,
                "Dates such as {} under {} may be read two ways: choose whether the day or the month comes first.",
                quoted(cell),
                quoted(heading)
            ),
            MappingProblem::TooManyAccounts { after } => write!(
                f,
                "The book would hold {} accounts and it holds at most {}: remove accounts first, or import fewer.",
                count(*after as f64, 0),
                count(Book::MAX_ACCOUNTS as f64, 0)
            ),
        }
    }
}

impl std::error::Error for MappingProblem {}

/// What an import would do to a book. Rows of the table = `accounts` + `problems`.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The accounts, in the order of the file.
    pub accounts: Vec<ImportedAccount>,
    /// The rows left out, in the order of the file: one problem each.
    pub problems: Vec<RowProblem>,
    /// What is odd about rows that are taken, in the order of the file; a row may have several.
    pub remarks: Vec<RowRemark>,
    /// Defaults that hold for every account because no column gives them, each a sentence.
    pub defaults: Vec<String>,
    /// Accounts in the book now.
    pub accounts_before: usize,
    /// Accounts in the book afterwards.
    pub accounts_after: usize,
    /// Sellers of the accounts of the file, with the number of their accounts; the empty name is no seller.
    pub sellers: BTreeMap<String, usize>,
    /// The annual values of the file added up, lost accounts and prospects among them.
    pub annual_value: Money,
    /// The currencies of the amounts.
    pub currencies: Currencies,
    /// Accounts that stay in part as they were edited in the book, though the file has something else.
    pub spared: usize,
    /// Whether the accounts in the book are not the user's own and make way for those of the file.
    pub replaces_sample: bool,
}

impl Preview {
    /// The number of new accounts.
    pub fn added(&self) -> usize {
        self.accounts.iter().filter(|account| account.change == Change::Added).count()
    }

    /// The number of accounts that change.
    pub fn updated(&self) -> usize {
        self.accounts.iter().filter(|account| matches!(account.change, Change::Updated(_))).count()
    }

    /// The number of accounts that stay as they are.
    pub fn unchanged(&self) -> usize {
        self.accounts.iter().filter(|account| matches!(account.change, Change::Unchanged(_))).count()
    }

    /// How many of the accounts are customers, prospects and lost, and what the customers pay in a year.
    pub fn standings(&self) -> Standings {
        let mut found = Standings::default();
        for ImportedAccount { account, .. } in &self.accounts {
            match account.standing {
                Standing::Active { .. } => {
                    found.customers += 1;
                    let sum = found.customers_pay.cents().saturating_add(account.annual_value.cents());
                    found.customers_pay = Money::from_cents(sum);
                }
                Standing::Prospect => found.prospects += 1,
                Standing::Lapsed { .. } => found.lost += 1,
            }
        }
        found
    }

    /// Whether applying it would change the book.
    pub fn changes_book(&self) -> bool {
        self.added() + self.updated() > 0
    }
}

/// Accounts by their standing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standings {
    /// Active accounts.
    pub customers: usize,
    /// What they pay in a year.
    pub customers_pay: Money,
    /// Accounts that never bought.
    pub prospects: usize,
    /// Accounts that left.
    pub lost: usize,
}

impl fmt::Display for Standings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pay = if self.customers == 1 { "pays" } else { "pay" };
        let amount = money(self.customers_pay.units(), 0);
        write!(f, "{} {pay} {amount} a year", counted(self.customers, "customer", "customers"))?;
        for (number, one, several) in
            [(self.lost, "was lost", "were lost"), (self.prospects, "is a prospect", "are prospects")]
        {
            if number > 0 {
                write!(f, ", {}", counted(number, one, several))?;
            }
        }
        f.write_str(".")
    }
}
