//! Rows to a preview, some at a time, so that a screen can tell meanwhile how far it is.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::mapping::{AnnualValueFrom, Field, Mapping};
use super::preview::{Change, Currencies, ImportedAccount, MappingProblem, Preview, RowProblem, RowRemark};
use super::read::{Row, Table};
use super::row::{ReadRow, RowReader};
use super::tidy::quoted;
use crate::model::account::{Account, AccountId, Origin};
use crate::model::book::{Book, Provenance, name_key};
use crate::model::clash::AccountPart;
use crate::model::month::Month;
use crate::model::quantity::Money;
use crate::text::number::money;

/// The rows that were taken, to tell doubles.
#[derive(Default)]
struct Taken<'t> {
    by_record_id: HashMap<&'t str, usize>,
    by_name: HashMap<String, Seen>,
}

/// The first row of a name.
struct Seen {
    line: usize,
    has_record_id: bool,
}

/// What a row is beside the rows before it.
enum Double {
    No,
    SameName { line: usize },
}

impl<'t> Taken<'t> {
    /// By record id if both rows have one, else by name.
    fn check(&self, record_id: Option<&str>, name: &str, key: &str) -> Result<Double, String> {
        if let Some((id, line)) = record_id.and_then(|id| self.by_record_id.get_key_value(id)) {
            return Err(format!("The record {} stands on line {line} already: this line is left out.", quoted(id)));
        }
        match self.by_name.get(key) {
            None => Ok(Double::No),
            Some(seen) if seen.has_record_id && record_id.is_some() => Ok(Double::SameName { line: seen.line }),
            Some(seen) => Err(format!("{} stands on line {} already: this line is left out.", quoted(name), seen.line)),
        }
    }

    fn insert(&mut self, line: usize, record_id: Option<&'t str>, key: String) {
        if let Some(id) = record_id {
            self.by_record_id.insert(id, line);
        }
        self.by_name.entry(key).or_insert(Seen { line, has_record_id: record_id.is_some() });
    }
}

/// Reads every row of a table for a book, as of a month.
///
/// An account of the user's own book with the same name is updated: cells that hold something replace what is there,
/// the rest stays, notes and tags are added to. What was edited in the book stays too
/// (see [`Account::edited`]), unless the mapping says otherwise. Any other book makes way for the file.
///
/// # Errors
/// [`MappingProblem`] while something is not chosen (see [`questions`](super::questions)) or the book would not hold
/// the accounts.
pub fn preview(table: &Table, mapping: &Mapping, book: &Book, as_of: Month) -> Result<Preview, MappingProblem> {
    let mut previewing = Previewing::new(table, mapping, book, as_of)?;
    previewing.read_on(usize::MAX);
    previewing.finish()
}

/// A [`preview`] on its way: begun, read on until all rows are read, finished.
pub struct Previewing<'t> {
    reader: RowReader<'t>,
    rows: &'t [Row],
    /// Accounts of the book that no row was taken for, by name.
    known: HashMap<String, VecDeque<&'t Account>>,
    taken: Taken<'t>,
    next_id: u32,
    preview: Preview,
}

impl<'t> Previewing<'t> {
    /// Begins.
    ///
    /// # Errors
    /// [`MappingProblem`] while something is not chosen.
    pub fn new(
        table: &'t Table,
        mapping: &'t Mapping,
        book: &'t Book,
        as_of: Month,
    ) -> Result<Previewing<'t>, MappingProblem> {
        let reader = RowReader::new(table, mapping, as_of)?;
        let replaces_sample = book.provenance != Provenance::Own;
        let mut known: HashMap<String, VecDeque<&Account>> = HashMap::new();
        for account in book.accounts.iter().filter(|_| !replaces_sample) {
            known.entry(name_key(&account.name)).or_default().push_back(account);
        }
        let preview = Preview {
            accounts: Vec::new(),
            problems: Vec::new(),
            remarks: Vec::new(),
            defaults: defaults(mapping),
            accounts_before: book.accounts.len(),
            accounts_after: 0,
            sellers: BTreeMap::new(),
            annual_value: Money::ZERO,
            currencies: Currencies::default(),
            spared: 0,
            replaces_sample,
        };
        let (rows, taken) = (table.rows.as_slice(), Taken::default());
        Ok(Previewing { reader, rows, known, taken, next_id: book.next_id, preview })
    }

    /// Reads up to so many rows more; whether that was the last of them.
    pub fn read_on(&mut self, rows: usize) -> bool {
        let (now, later) = self.rows.split_at_checked(rows).unwrap_or((self.rows, &[]));
        self.rows = later;
        for row in now {
            match read_row(&self.reader, row, &self.taken, &self.known, AccountId(self.next_id)) {
                Err(reason) => self.preview.problems.push(RowProblem { line: row.line(), reason }),
                Ok(read) => {
                    let key = name_key(&read.account.name);
                    let before = self.known.get_mut(&key).and_then(VecDeque::pop_front);
                    self.taken.insert(row.line(), self.reader.record_id(row), key);
                    if before.is_none() {
                        self.next_id = self.next_id.saturating_add(1);
                    }
                    self.preview.take(row.line(), read, before);
                }
            }
        }
        self.rows.is_empty()
    }

    /// How many rows are read.
    pub fn done(&self) -> usize {
        self.preview.accounts.len() + self.preview.problems.len()
    }

    /// What the rows that were read would do.
    ///
    /// # Errors
    /// [`MappingProblem::TooManyAccounts`] if the book would not hold them.
    pub fn finish(self) -> Result<Preview, MappingProblem> {
        let mut preview = self.preview;
        let before = if preview.replaces_sample { 0 } else { preview.accounts_before };
        preview.accounts_after = before + preview.added();
        if preview.accounts_after > Book::MAX_ACCOUNTS {
            return Err(MappingProblem::TooManyAccounts { after: preview.accounts_after });
        }
        preview.look_up_senders(&self.known, self.reader.mapping.overwrites_edits);
        Ok(preview)
    }
}

fn read_row<'t>(
    reader: &RowReader<'t>,
    row: &'t Row,
    taken: &Taken<'t>,
    known: &HashMap<String, VecDeque<&Account>>,
    id: AccountId,
) -> Result<ReadRow, String> {
    let name = reader.name(row)?;
    let key = name_key(&name);
    let double = taken.check(reader.record_id(row), &name, &key)?;
    let before = known.get(&key).and_then(|accounts| accounts.front().copied());
    let mut read = reader.read(row, name, before, id)?;
    if let Double::SameName { line } = double {
        read.remarks.push(format!("Line {line} has the same name with another record ID: both are taken."));
    }
    Ok(read)
}

impl Preview {
    fn take(&mut self, line: usize, read: ReadRow, before: Option<&Account>) {
        let ReadRow { account, currency, sent_by, remarks, spared } = read;
        self.spared += usize::from(spared);
        let change = match before {
            None => Change::Added,
            Some(before) if *before == account => Change::Unchanged(before.id),
            Some(before) => Change::Updated(before.id),
        };
        *self.sellers.entry(account.seller.clone()).or_insert(0) += 1;
        match currency {
            Some(currency) => *self.currencies.named.entry(currency).or_insert(0) += 1,
            None => self.currencies.unnamed += 1,
        }
        self.annual_value = Money::from_cents(self.annual_value.cents().saturating_add(account.annual_value.cents()));
        self.remarks.extend(remarks.into_iter().map(|text| RowRemark { line, text }));
        self.accounts.push(ImportedAccount { line, account, change, sent_by });
    }
}

/// The senders are looked up among the accounts of the file and those of the book that it does not name.
impl Preview {
    fn look_up_senders(&mut self, others: &HashMap<String, VecDeque<&Account>>, overwrites: bool) {
        if self.accounts.iter().all(|imported| imported.sent_by.is_none()) {
            return;
        }
        let mut by_name: HashMap<String, Vec<AccountId>> = HashMap::new();
        for imported in &self.accounts {
            by_name.entry(name_key(&imported.account.name)).or_default().push(imported.account.id);
        }
        for (key, accounts) in others.iter().filter(|(_, accounts)| !accounts.is_empty()) {
            by_name.entry(key.clone()).or_default().extend(accounts.iter().map(|account| account.id));
        }
        for imported in &mut self.accounts {
            let Some(name) = &imported.sent_by else { continue };
            // What was edited to another origin stays, as the remarks say.
            let Origin::Referral { sent_by } = imported.account.origin else { continue };
            let own = imported.account.id;
            let named = by_name.get(&name_key(name)).map(Vec::as_slice).unwrap_or_default();
            let mut named = named.iter().filter(|id| **id != own);
            let remark = match (named.next(), named.next()) {
                (Some(id), None) => {
                    let origin = Origin::Referral { sent_by: Some(*id) };
                    if imported.account.origin == origin {
                        continue;
                    }
                    if overwrites || !imported.account.edited.parts().any(|part| part == AccountPart::Origin) {
                        imported.account.origin = origin;
                        imported.account.edited = imported.account.edited.without(AccountPart::Origin);
                        imported.change = match imported.change {
                            Change::Unchanged(id) => Change::Updated(id),
                            change => change,
                        };
                        continue;
                    }
                    self.spared += 1;
                    format!("Who sent it stays as you edited it: the file has {}.", quoted(name))
                }
                (found, _) => {
                    let who =
                        if found.is_none() { "No other account is called" } else { "Several accounts are called" };
                    let stays =
                        if sent_by.is_none() { "it stays unknown who sent" } else { "the sender stays that of" };
                    format!("{who} {}: {stays} this one.", quoted(name))
                }
            };
            self.remarks.push(RowRemark { line: imported.line, text: remark });
        }
        self.remarks.sort_by_key(|remark| remark.line);
    }
}

/// What holds for every new account because no column says otherwise.
fn defaults(mapping: &Mapping) -> Vec<String> {
    let mut defaults = Vec::new();
    if let Some(AnnualValueFrom::Fixed(amount)) = mapping.annual_value() {
        let decimals = if amount.cents() % 100 == 0 { 0 } else { 2 };
        defaults.push(format!("Every account pays {} a year, as you chose.", money(amount.units(), decimals)));
    }
    let fields: BTreeSet<Field> = Field::ALL.into_iter().filter(|field| mapping.column(*field).is_some()).collect();
    for (field, sentence) in [
        (Field::Margin, "No column gives the margin: new accounts get 70%."),
        (Field::Term, "No column gives the contract term: new accounts get one year."),
        (Field::Standing, "No column gives the status: new accounts count as active unless a day of loss is given."),
        (Field::RenewsOn, "No column gives the next renewal: it follows from the day an account was won and its term."),
        (Field::Seller, "No column gives the seller: new accounts have none."),
    ] {
        if !fields.contains(&field) {
            defaults.push(sentence.to_owned());
        }
    }
    defaults
}
