//! One account as it is typed: texts that need not make sense yet, and the account once they all do.

use chrono::{Datelike, NaiveDate};

use super::choice::sender;
use super::input::read_number;
use super::number::plain;
use super::risk;
use crate::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use crate::model::assumptions::Assumptions;
use crate::model::book::{Book, NoSuchName};
use crate::model::quantity::{Margin, Money, Multiplier, Probability};

/// A field that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Name,
    /// Whose it is.
    Seller,
    /// What it pays in a year.
    Value,
    /// Gross margin, in percent.
    Margin,
    /// What serving it costs in a year.
    Cost,
    /// The day it was won.
    Since,
    /// The day of the next renewal.
    RenewsOn,
    /// Its own chance of renewal without attention, in percent.
    Unattended,
    /// That at present attention.
    Today,
    /// That with all the attention it could use.
    Saturated,
    /// What multiplies its odds of loss.
    LossOdds,
    /// Tags, with commas between.
    Tags,
}

impl Field {
    /// All, in the order of the form.
    pub const ALL: [Field; 12] = [
        Field::Name,
        Field::Seller,
        Field::Value,
        Field::Margin,
        Field::Cost,
        Field::Since,
        Field::RenewsOn,
        Field::Unattended,
        Field::Today,
        Field::Saturated,
        Field::LossOdds,
        Field::Tags,
    ];

    /// The words for it.
    pub const fn label(self) -> &'static str {
        match self {
            Field::Name => "Name",
            Field::Seller => "Seller",
            Field::Value => "Annual value",
            Field::Margin => "Gross margin, %",
            Field::Cost => "Cost to serve a year",
            Field::Since => "Customer since",
            Field::RenewsOn => "Next renewal",
            Field::Unattended => "Renews if nobody calls, %",
            Field::Today => "Renews as now, %",
            Field::Saturated => "Renews with all it could use, %",
            Field::LossOdds => "Odds of loss, times",
            Field::Tags => "Tags, with commas between",
        }
    }

    /// Whether it is a day.
    pub const fn is_date(self) -> bool {
        matches!(self, Field::Since | Field::RenewsOn)
    }
}

/// An account as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountDraft {
    texts: [String; Field::ALL.len()],
    /// Its term.
    pub term: Term,
    /// How it came.
    pub origin: Origin,
    sender: String,
    /// Why the name of who sent it tells nobody.
    sender_problem: Option<NoSuchName>,
    /// Its notes.
    pub notes: String,
}

impl AccountDraft {
    /// As `account` of `book` would be typed.
    pub fn of(account: &Account, book: &Book) -> AccountDraft {
        let chance = |chance: Option<Probability>| chance.map_or_else(String::new, |it| plain(it.get() * 100.0, 2));
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let (since, renews_on) = match &account.standing {
            Standing::Active { since, renews_on } => (*since, *renews_on),
            Standing::Lapsed { since, .. } => (*since, None),
            Standing::Prospect => (None, None),
        };
        let amount = |amount: Money| plain(amount.units(), 2).replace(',', "");
        let text = |field: Field| match field {
            Field::Name => account.name.clone(),
            Field::Seller => account.seller.clone(),
            Field::Value => amount(account.annual_value),
            Field::Margin => plain(account.margin.get() * 100.0, 2).replace('\u{2212}', "-"),
            Field::Cost => amount(account.cost_to_serve),
            Field::Since => day(since),
            Field::RenewsOn => day(renews_on),
            Field::Unattended => chance(account.judgement.unattended),
            Field::Today => chance(account.judgement.today),
            Field::Saturated => chance(account.judgement.saturated),
            Field::LossOdds => plain(account.loss_odds.get(), 2),
            Field::Tags => account.tags.join(", "),
        };
        AccountDraft {
            texts: Field::ALL.map(text),
            term: account.term,
            origin: account.origin,
            sender: sender(account, book).map_or_else(String::new, |sender| sender.name.clone()),
            sender_problem: None,
            notes: account.notes.clone(),
        }
    }

    /// The name of who sent it, as typed.
    pub fn sender(&self) -> &str {
        &self.sender
    }

    /// Names who sent it: an account of `book` other than itself, `own`, or nobody.
    pub fn set_sender(&mut self, name: String, book: &Book, own: AccountId) {
        let found = if name.trim().is_empty() { Ok(None) } else { book.named(&name, own).map(Some) };
        self.sender_problem = found.err();
        self.origin = Origin::Referral { sent_by: found.unwrap_or_default() };
        self.sender = name;
    }

    /// What is wrong with that name, as a sentence.
    pub fn sender_problem(&self) -> Option<&'static str> {
        let asked = matches!(self.origin, Origin::Referral { .. });
        self.sender_problem.filter(|_| asked).map(|why| match why {
            NoSuchName::Unknown => "No other account has this name: choose one from the list, or leave it empty.",
            NoSuchName::Several => {
                "Several accounts have this name: give the one meant another name first, or leave it empty."
            }
        })
    }

    /// What stands in a field.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(field as usize).map_or("", String::as_str)
    }

    /// Puts a text into a field.
    pub fn set(&mut self, field: Field, text: String) {
        if let Some(slot) = self.texts.get_mut(field as usize) {
            *slot = text;
        }
    }

    /// What is wrong with a field, as a sentence.
    pub fn problem(&self, field: Field) -> Option<String> {
        self.read_field(field).err()
    }

    fn read_field(&self, field: Field) -> Result<(), String> {
        match field {
            Field::Name if self.text(field).trim().is_empty() => Err("Give the account a name.".to_owned()),
            Field::Name | Field::Seller | Field::Tags => Ok(()),
            Field::Value | Field::Cost => self.money(field).map(|_| ()),
            Field::Margin => self.margin().map(|_| ()),
            Field::Since | Field::RenewsOn => self.day(field).map(|_| ()),
            Field::Unattended | Field::Today => self.chance(field).map(|_| ()),
            Field::Saturated => self.judgement().map(|_| ()),
            Field::LossOdds => self.loss_odds().map(|_| ()),
        }
    }

    fn money(&self, field: Field) -> Result<Money, String> {
        let text = self.text(field);
        if field == Field::Cost && text.trim().is_empty() {
            return Ok(Money::ZERO);
        }
        read_amount(text)
    }

    fn margin(&self) -> Result<Margin, String> {
        read_margin(self.text(Field::Margin))
    }

    fn chance(&self, field: Field) -> Result<Option<Probability>, String> {
        let text = self.text(field);
        if text.trim().is_empty() {
            return Ok(None);
        }
        let percent = read_number(text).map_err(|why| why.to_string())?;
        Probability::new(percent / 100.0).map(Some).map_err(|_| "Enter a chance from 0 to 100.".to_owned())
    }

    fn judgement(&self) -> Result<OwnJudgement, String> {
        let own = OwnJudgement {
            unattended: self.chance(Field::Unattended)?,
            today: self.chance(Field::Today)?,
            saturated: self.chance(Field::Saturated)?,
        };
        match (own.unattended, own.today, own.saturated) {
            (Some(unattended), Some(today), _) if today < unattended => {
                Err("Renewals as now must not be below those if nobody calls.".to_owned())
            }
            (_, Some(today), Some(saturated)) if saturated <= today => {
                Err("Renewals with all it could use must be above those of now.".to_owned())
            }
            _ => Ok(own),
        }
    }

    fn loss_odds(&self) -> Result<Multiplier, String> {
        read_factor(self.text(Field::LossOdds))
    }

    /// What multiplies the odds of loss, as far as it can be read.
    pub fn risk(&self, before: &Account, assumptions: &Assumptions) -> String {
        let loss_odds = self.loss_odds().unwrap_or(before.loss_odds);
        risk::odds_of_loss(&Account { origin: self.origin, loss_odds, ..before.clone() }, assumptions)
    }

    fn day(&self, field: Field) -> Result<Option<NaiveDate>, String> {
        let text = self.text(field).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let day = text.parse::<NaiveDate>().ok().filter(|day| (1900..3000).contains(&day.year()));
        day.map(Some).ok_or_else(|| "Write the day as 2026-11-30.".to_owned())
    }

    /// The account, if every field can be read; the rest is as in `before`, and so are fields whose text was not changed,
    /// to the last digit.
    pub fn account(&self, before: &Account) -> Option<Account> {
        let shown = AccountDraft::of(before, &Book::empty());
        let is_changed = |field: Field| self.text(field) != shown.text(field);
        let (since, renews_on) = (self.day(Field::Since).ok()?, self.day(Field::RenewsOn).ok()?);
        let name = self.text(Field::Name).trim();
        if name.is_empty() || self.sender_problem().is_some() {
            return None;
        }
        let judged = self.judgement().ok()?;
        let chance = |field: Field, typed: Option<Probability>, own: Option<Probability>| {
            if is_changed(field) { typed } else { own }
        };
        let own = &before.judgement;
        Some(Account {
            id: before.id,
            name: name.to_owned(),
            seller: self.text(Field::Seller).trim().to_owned(),
            annual_value: self.money(Field::Value).ok()?,
            margin: if is_changed(Field::Margin) { self.margin().ok()? } else { before.margin },
            cost_to_serve: self.money(Field::Cost).ok()?,
            term: self.term,
            standing: match &before.standing {
                Standing::Active { .. } => Standing::Active { since, renews_on },
                Standing::Lapsed { on, reason, .. } => Standing::Lapsed { since, on: *on, reason: reason.clone() },
                Standing::Prospect => Standing::Prospect,
            },
            origin: self.origin,
            loss_odds: if is_changed(Field::LossOdds) { self.loss_odds().ok()? } else { before.loss_odds },
            judgement: OwnJudgement {
                unattended: chance(Field::Unattended, judged.unattended, own.unattended),
                today: chance(Field::Today, judged.today, own.today),
                saturated: chance(Field::Saturated, judged.saturated, own.saturated),
            },
            tags: if is_changed(Field::Tags) { tags(self.text(Field::Tags)) } else { before.tags.clone() },
            touches: before.touches.clone(),
            life: before.life.clone(),
            edited: before.edited,
            notes: self.notes.clone(),
        })
    }
}

/// An amount of at least nothing.
///
/// # Errors
/// What to enter instead, as a sentence; so with the other readers.
pub fn read_amount(text: &str) -> Result<Money, String> {
    let amount = Money::from_units(number(text)?).filter(|amount| *amount >= Money::ZERO);
    amount.ok_or_else(|| "Enter an amount from 0 to 1,000,000,000.".to_owned())
}

/// A gross margin, in percent.
///
/// # Errors
/// As [`read_amount`].
pub fn read_margin(text: &str) -> Result<Margin, String> {
    Margin::new(number(text)? / 100.0).map_err(|_| "Enter a margin from -100 to 100.".to_owned())
}

/// What multiplies odds of loss.
///
/// # Errors
/// As [`read_amount`].
pub fn read_factor(text: &str) -> Result<Multiplier, String> {
    Multiplier::new(number(text)?).map_err(|_| "Enter a factor from 0.1 to 10; 1 changes nothing.".to_owned())
}

/// A contract term, in months.
///
/// # Errors
/// As [`read_amount`].
pub fn read_term(text: &str) -> Result<Term, String> {
    let months = number(text)?;
    let term = Term::MONTHS.into_iter().find(|it| f64::from(*it) == months).and_then(Term::new);
    term.ok_or_else(|| format!("Enter one of these terms: {}.", Term::MONTHS.map(|it| it.to_string()).join(", ")))
}

fn number(text: &str) -> Result<f64, String> {
    read_number(text).map_err(|why| why.to_string())
}

/// The tags in a text with commas between, each once.
pub fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;

    fn account() -> Account {
        let mut account = Account::new(AccountId(7), "Alder", Money::from_cents(1_234_567));
        account.margin = Margin::new(2.0 / 3.0).unwrap();
        account.loss_odds = Multiplier::new(1.0 / 3.0).unwrap();
        account.tags = vec!["one, with a comma".to_owned()];
        account.judgement.today = Some(Probability::new(0.123_456_789).unwrap());
        account
    }

    #[test]
    fn what_is_not_touched_stays_to_the_last_digit() {
        let before = account();
        let mut draft = AccountDraft::of(&before, &Book::empty());
        assert_eq!(draft.account(&before), Some(before.clone()));
        draft.set(Field::Seller, " Ada ".to_owned());
        assert_eq!(draft.account(&before), Some(Account { seller: "Ada".to_owned(), ..before.clone() }));
        draft.set(Field::Margin, "66.67".to_owned());
        assert_eq!(draft.account(&before).map(|it| it.margin), Some(before.margin), "it reads as before");
        draft.set(Field::Margin, "66.5".to_owned());
        assert_eq!(draft.account(&before).map(|it| it.margin.get()), Some(0.665));
    }

    #[test]
    fn what_cannot_be_read_says_what_to_do() {
        let before = account();
        for (field, text, says) in [
            (Field::Name, "  ", "Give the account a name."),
            (Field::Value, "-5", "Enter an amount from 0 to 1,000,000,000."),
            (Field::Margin, "170", "Enter a margin from -100 to 100."),
            (Field::Since, "30.11.2026", "Write the day as 2026-11-30."),
            (Field::Since, "0026-11-30", "Write the day as 2026-11-30."),
            (Field::Today, "101", "Enter a chance from 0 to 100."),
            (Field::LossOdds, "11", "Enter a factor from 0.1 to 10; 1 changes nothing."),
        ] {
            let mut draft = AccountDraft::of(&before, &Book::empty());
            draft.set(field, text.to_owned());
            assert_eq!(draft.problem(field).as_deref(), Some(says));
            assert_eq!(draft.account(&before), None);
        }
    }

    #[test]
    fn who_sent_it_is_named_and_found() {
        let before = account();
        let mut book = Book::empty();
        for (id, name) in [(7, "Alder"), (8, "Beech"), (9, "Cedar"), (10, "cedar")] {
            book.accounts.push(Account::new(AccountId(id), name, Money::ZERO));
        }
        let mut draft = AccountDraft::of(&before, &book);
        let mut named = |name: &str| {
            draft.set_sender(name.to_owned(), &book, before.id);
            let problem = draft.sender_problem().map(|why| why.split(':').next().unwrap_or_default());
            (draft.account(&before).map(|account| account.origin), problem)
        };
        let by = |sender: Option<u32>| Some(Origin::Referral { sent_by: sender.map(AccountId) });
        assert_eq!(named(" beech "), (by(Some(8)), None));
        assert_eq!(named("  "), (by(None), None));
        assert_eq!(named("Alder"), (None, Some("No other account has this name")));
        assert_eq!(named("Cedar"), (None, Some("Several accounts have this name")));
        // A name that tells nobody is no matter once the account came otherwise.
        draft.origin = Origin::Prospecting;
        assert_eq!(draft.account(&before).map(|account| account.origin), Some(Origin::Prospecting));
        let sent = Account { origin: Origin::Referral { sent_by: Some(AccountId(8)) }, ..before };
        assert_eq!(AccountDraft::of(&sent, &book).sender(), "Beech");
    }

    #[test]
    fn a_tag_is_taken_once() {
        assert_eq!(tags(" a, b,,a ,B"), ["a", "b", "B"]);
        assert_eq!(tags(" , "), [""; 0]);
    }
}
