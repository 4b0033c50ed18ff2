//! Accounts written as columns: ten thousand names, dates and amounts without ten thousand times the words for them.
//!
//! Every column has a cell for each account, or is absent because all its cells are the usual ones. `Sparse` columns name
//! the rows that have something. Ids are written as the first one and then the steps from one to the next.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::v1::{Invalid, OriginV1, invalid, money};
use super::life::EntryV7;
use super::sparse::{Runs, Sparse, Words};
use super::touches;
use crate::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use crate::model::edited::EditedParts;
use crate::model::quantity::{Margin, Multiplier, Probability};
use crate::model::touch::Touch;

/// The most that an account of the book is written with.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnsV4 {
    id: Vec<u32>,
    name: Vec<String>,
    #[serde(skip_serializing_if = "Words::is_empty")]
    seller: Words,
    value_cents: Vec<i64>,
    margin: Runs<f64>,
    #[serde(skip_serializing_if = "Runs::is_empty")]
    cost_cents: Runs<i64>,
    #[serde(skip_serializing_if = "Runs::is_empty")]
    term: Runs<u32>,
    /// P, A or L for each.
    standing: String,
    /// Days after 2000-01-01.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    since: Vec<Option<i64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    renews_on: Vec<Option<i64>>,
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    lost_on: Sparse<i64>,
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    reason: Sparse<String>,
    #[serde(skip_serializing_if = "Runs::is_empty")]
    origin: Runs<OriginV1>,
    #[serde(skip_serializing_if = "Runs::is_empty")]
    loss_odds: Runs<f64>,
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    renew_unattended: Sparse<f64>,
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    renew_today: Sparse<f64>,
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    renew_saturated: Sparse<f64>,
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    tags: Sparse<Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    touches: Vec<String>,
    /// By account, then by touch.
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    touch_notes: Sparse<Sparse<String>>,
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    notes: Sparse<String>,
    /// Since version 6: a bit for each part that was edited.
    #[serde(skip_serializing_if = "Runs::is_empty")]
    edited: Runs<i64>,
    /// Since version 7: what happened beside touches.
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    life: Sparse<Vec<EntryV7>>,
    /// Since version 12: the id of the account that sent it.
    #[serde(skip_serializing_if = "Sparse::is_empty")]
    sent_by: Sparse<u32>,
}

/// No margin is this, so that the column is always written.
const NO_MARGIN: f64 = 9.0;

fn days(day: NaiveDate) -> i64 {
    (day - touches::epoch()).num_days()
}

fn sparse<T>(cells: impl Iterator<Item = Option<T>>) -> Sparse<T> {
    cells.enumerate().filter_map(|(row, cell)| cell.map(|cell| (row, cell))).collect()
}

/// A whole column, or nothing if no cell has anything.
fn column<T>(cells: impl Iterator<Item = Option<T>>) -> Vec<Option<T>> {
    let cells: Vec<Option<T>> = cells.collect();
    if cells.iter().all(Option::is_none) { Vec::new() } else { cells }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl ColumnsV4 {
    /// Whether there are no accounts.
    pub const fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// The columns of `accounts`, which stand in the order of their ids.
    pub fn of<'a>(accounts: impl Iterator<Item = &'a Account> + Clone) -> ColumnsV4 {
        let all = || accounts.clone();
        let mut last = 0;
        let id = all().map(|account| {
            let step = account.id.0 - last;
            last = account.id.0;
            step
        });
        let chance = |of: fn(&OwnJudgement) -> Option<Probability>| {
            sparse(all().map(|account| of(&account.judgement).map(Probability::get)))
        };
        let standing = |account: &Account| match account.standing {
            Standing::Prospect => 'P',
            Standing::Active { .. } => 'A',
            Standing::Lapsed { .. } => 'L',
        };
        let touches: Vec<String> = all().map(|account| touches::write(&account.touches)).collect();
        let notes = |account: &Account| {
            let notes = sparse(account.touches.iter().map(|touch| filled(&touch.note)));
            (!notes.is_empty()).then_some(notes)
        };
        ColumnsV4 {
            id: id.collect(),
            name: all().map(|account| account.name.clone()).collect(),
            seller: Words::of(all().map(|account| account.seller.as_str())),
            value_cents: all().map(|account| account.annual_value.cents()).collect(),
            margin: Runs::of(all().map(|account| account.margin.get()), NO_MARGIN),
            cost_cents: Runs::of(all().map(|account| account.cost_to_serve.cents()), 0),
            term: Runs::of(all().map(|account| account.term.months()), Term::YEAR.months()),
            standing: all().map(standing).collect(),
            since: column(all().map(|account| match account.standing {
                Standing::Active { since, .. } | Standing::Lapsed { since, .. } => since.map(days),
                Standing::Prospect => None,
            })),
            renews_on: column(all().map(|account| match account.standing {
                Standing::Active { renews_on, .. } => renews_on.map(days),
                _ => None,
            })),
            lost_on: sparse(all().map(|account| match account.standing {
                Standing::Lapsed { on, .. } => on.map(days),
                _ => None,
            })),
            reason: sparse(all().map(|account| match &account.standing {
                Standing::Lapsed { reason, .. } => filled(reason),
                _ => None,
            })),
            origin: Runs::of(all().map(|account| account.origin.into()), OriginV1::default()),
            loss_odds: Runs::of(all().map(|account| account.loss_odds.get()), 1.0),
            renew_unattended: chance(|own| own.unattended),
            renew_today: chance(|own| own.today),
            renew_saturated: chance(|own| own.saturated),
            tags: sparse(all().map(|account| (!account.tags.is_empty()).then(|| account.tags.clone()))),
            touches: if touches.iter().all(String::is_empty) { Vec::new() } else { touches },
            touch_notes: sparse(all().map(notes)),
            notes: sparse(all().map(|account| filled(&account.notes))),
            edited: Runs::of(all().map(|account| account.edited.bits().into()), 0),
            life: sparse(
                all().map(|account| {
                    (!account.life.is_empty()).then(|| account.life.iter().map(EntryV7::from).collect())
                }),
            ),
            sent_by: sparse(all().map(|account| match account.origin {
                Origin::Referral { sent_by } => sent_by.map(|sender| sender.0),
                Origin::Prospecting | Origin::WinBack => None,
            })),
        }
    }

    /// The accounts, in the order of their ids.
    ///
    /// # Errors
    /// [`Invalid`] with the account and what is wrong with it.
    pub fn accounts(self) -> Result<Vec<Account>, Invalid> {
        let count = self.id.len();
        let whole = |name: &str, length: usize| {
            if length == count {
                Ok(())
            } else {
                Err(invalid(name, format!("it has {length} cells for {count} accounts")))
            }
        };
        whole("name", self.name.len())?;
        whole("value", self.value_cents.len())?;
        whole("standing", self.standing.len())?;
        let mut rest = Rest {
            since: DayColumn::read("since", self.since, count)?,
            renews_on: DayColumn::read("renews on", self.renews_on, count)?,
            lost_on: self.lost_on,
            reason: self.reason,
            unattended: self.renew_unattended,
            today: self.renew_today,
            saturated: self.renew_saturated,
            tags: self.tags,
            touches: if self.touches.is_empty() { vec![String::new(); count] } else { self.touches },
            touch_notes: self.touch_notes,
            notes: self.notes,
            life: self.life,
            sent_by: self.sent_by,
        };
        whole("touches", rest.touches.len())?;
        let margins = self.margin.cells("margin", count, NO_MARGIN)?;
        let costs = self.cost_cents.cells("cost to serve", count, 0)?;
        let terms = self.term.cells("term", count, Term::YEAR.months())?;
        let origins = self.origin.cells("origin", count, OriginV1::default())?;
        let odds = self.loss_odds.cells("loss odds", count, 1.0)?;
        let edits = self.edited.cells("edited", count, 0)?;
        let sellers = self.seller.cells("seller", count)?;
        let firsts = self.id.into_iter().zip(self.name).zip(sellers).zip(self.value_cents).zip(self.standing.chars());
        let numbers = margins.into_iter().zip(costs).zip(terms).zip(origins).zip(odds).zip(edits);
        let mut last: Option<u32> = None;
        let mut accounts = Vec::with_capacity(count);
        for (row, (first, numbers)) in firsts.zip(numbers).enumerate() {
            let ((((step, name), seller), value_cents), standing) = first;
            let (((((margin, cost_cents), term), origin), loss_odds), edited) = numbers;
            let id = match last {
                None => Some(step),
                // A step of nothing would be the same id twice.
                Some(last) => last.checked_add(step).filter(|id| *id > last),
            };
            let id = id.ok_or_else(|| invalid(format!("row {row}"), "its id is used twice"))?;
            last = Some(id);
            let field = |name: &str| format!("account {id}, {name}");
            let touches = rest.touches(row).ok_or_else(|| invalid(field("touches"), "they cannot be read"))?;
            if touches.len() > Account::MAX_TOUCHES {
                return Err(invalid(field("touches"), format!("{} are more than 4,000", touches.len())));
            }
            let life = rest.life.remove(&row).unwrap_or_default();
            if life.len() > Account::MAX_LIFE {
                return Err(invalid(field("life"), format!("{} are more than 1,000", life.len())));
            }
            accounts.push(Account {
                id: AccountId(id),
                annual_value: money(&field("annual value"), value_cents)?,
                margin: Margin::new(margin).map_err(|why| invalid(field("margin"), why))?,
                cost_to_serve: money(&field("cost to serve"), cost_cents)?,
                term: Term::new(term)
                    .ok_or_else(|| invalid(field("term"), format!("{term} months is no term we know")))?,
                standing: rest.standing(row, standing, field)?,
                origin: rest.origin(row, origin.into()),
                loss_odds: Multiplier::new(loss_odds).map_err(|why| invalid(field("loss odds"), why))?,
                judgement: rest.judgement(row, field)?,
                name,
                seller,
                tags: rest.tags.remove(&row).unwrap_or_default(),
                touches,
                life: life.into_iter().map(|entry| entry.read(&field("life"))).collect::<Result<_, _>>()?,
                edited: u16::try_from(edited)
                    .ok()
                    .and_then(EditedParts::new)
                    .ok_or_else(|| invalid(field("edited"), "no such parts"))?,
                notes: rest.notes.remove(&row).unwrap_or_default(),
            });
        }
        rest.is_used_up()?;
        Ok(accounts)
    }
}

struct DayColumn(Vec<Option<i64>>);

impl DayColumn {
    fn read(name: &str, cells: Vec<Option<i64>>, count: usize) -> Result<DayColumn, Invalid> {
        match cells.len() {
            0 => Ok(DayColumn(vec![None; count])),
            length if length == count => Ok(DayColumn(cells)),
            length => Err(invalid(name, format!("it has {length} cells for {count} accounts"))),
        }
    }

    /// Takes the day out of its row.
    fn take(&mut self, row: usize) -> Option<i64> {
        self.0.get_mut(row).and_then(Option::take)
    }
}

/// The columns that are taken from row by row; what is left at the end belonged to nobody.
struct Rest {
    since: DayColumn,
    renews_on: DayColumn,
    lost_on: Sparse<i64>,
    reason: Sparse<String>,
    unattended: Sparse<f64>,
    today: Sparse<f64>,
    saturated: Sparse<f64>,
    tags: Sparse<Vec<String>>,
    touches: Vec<String>,
    touch_notes: Sparse<Sparse<String>>,
    notes: Sparse<String>,
    life: Sparse<Vec<EntryV7>>,
    sent_by: Sparse<u32>,
}

impl Rest {
    /// The origin with who sent it; a sender of what is no referral is left, and so refused in the end.
    fn origin(&mut self, row: usize, origin: Origin) -> Origin {
        match origin {
            Origin::Referral { .. } => Origin::Referral { sent_by: self.sent_by.remove(&row).map(AccountId) },
            Origin::Prospecting | Origin::WinBack => origin,
        }
    }

    fn standing(&mut self, row: usize, letter: char, field: impl Fn(&str) -> String) -> Result<Standing, Invalid> {
        let day = |name: &str, cell: Option<i64>| {
            cell.map(|days| touches::day(days).ok_or_else(|| invalid(field(name), format!("{days} is no day"))))
                .transpose()
        };
        match letter {
            'P' => Ok(Standing::Prospect),
            'A' => Ok(Standing::Active {
                since: day("since", self.since.take(row))?,
                renews_on: day("renews on", self.renews_on.take(row))?,
            }),
            'L' => Ok(Standing::Lapsed {
                since: day("since", self.since.take(row))?,
                on: day("lost on", self.lost_on.remove(&row))?,
                reason: self.reason.remove(&row).unwrap_or_default(),
            }),
            other => Err(invalid(field("standing"), format!("“{other}” is none that we know"))),
        }
    }

    fn judgement(&mut self, row: usize, field: impl Fn(&str) -> String) -> Result<OwnJudgement, Invalid> {
        let chance = |name: &str, cell: Option<f64>| {
            cell.map(|chance| Probability::new(chance).map_err(|why| invalid(field(name), why))).transpose()
        };
        Ok(OwnJudgement {
            unattended: chance("renew unattended", self.unattended.remove(&row))?,
            today: chance("renew today", self.today.remove(&row))?,
            saturated: chance("renew saturated", self.saturated.remove(&row))?,
        })
    }

    fn touches(&mut self, row: usize) -> Option<Vec<Touch>> {
        let mut touches = touches::read(self.touches.get(row)?)?;
        for (place, note) in self.touch_notes.remove(&row).unwrap_or_default() {
            touches.get_mut(place)?.note = note;
        }
        Some(touches)
    }

    fn is_used_up(&self) -> Result<(), Invalid> {
        let left = [
            ("since", self.since.0.iter().any(Option::is_some)),
            ("renews on", self.renews_on.0.iter().any(Option::is_some)),
            ("lost on", !self.lost_on.is_empty()),
            ("reason", !self.reason.is_empty()),
            ("renew unattended", !self.unattended.is_empty()),
            ("renew today", !self.today.is_empty()),
            ("renew saturated", !self.saturated.is_empty()),
            ("tags", !self.tags.is_empty()),
            ("touch notes", !self.touch_notes.is_empty()),
            ("notes", !self.notes.is_empty()),
            ("life", !self.life.is_empty()),
            ("sent by", !self.sent_by.is_empty()),
        ];
        match left.into_iter().find(|(_, is_left)| *is_left) {
            Some((name, _)) => Err(invalid(name, "a cell belongs to no account that could have it")),
            None => Ok(()),
        }
    }
}
