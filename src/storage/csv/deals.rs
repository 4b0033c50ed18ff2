//! Deals put together by account: what a CRM keeps of a customer is a row for the first sale and one for each renewal.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::date::{ColumnOrder, DateOrder, readings};
use super::heading::key;
use super::preview::RowProblem;
use super::propose::Question;
use super::read::{Row, Table};
use super::row::UNPAIRED_QUOTE;
use super::tidy::{one_line, quoted};
use super::word::{Stands, stands};
use crate::text::number::{counted, percent};

/// The headings of what comes of it.
const HEADINGS: [&str; 10] = [
    "Account",
    "Owner",
    "Annual value",
    "Currency",
    "Customer since",
    "Status",
    "Lost on",
    "Lost reason",
    "Record ID",
    "Deals",
];

/// Deals put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledUp {
    /// A row for each account, by the line of its latest deal.
    pub table: Table,
    /// How many deals there were.
    pub deals: usize,
    /// Deals that name no account, and are left out.
    pub nameless: Vec<RowProblem>,
    /// The heading under which they would.
    pub account_heading: String,
    /// Deals with new customers that were won, and all of them that were won or lost.
    pub new_won: (usize, usize),
    /// Accounts with a lost deal after the last one won that is no renewal: they stay customers.
    pub unclear: usize,
    /// What has to be answered before the deals are in order.
    pub question: Option<Question>,
}

impl RolledUp {
    /// What was done, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let mut said = vec![format!(
            "{} put together by account: the first one won says since when, the last one won what it pays in a year, a \
             renewal lost after that when it was lost. An account with no deal won is a prospect.",
            counted(self.deals, "deal", "deals"),
        )];
        let (won, tried) = self.new_won;
        if tried > 0 {
            said.push(format!(
                "Of {} with new customers {won} were won, {}. Your odds of a sale stay as they are until you set them yourself, under More \
                 assumptions on the Payoff page.",
                counted(tried, "deal", "deals"),
                percent(won as f64 / tried as f64, 0)
            ));
        }
        if !self.nameless.is_empty() {
            let (name, are) = if self.nameless.len() == 1 { ("names", "is") } else { ("name", "are") };
            said.push(format!(
                "{} {name} no account under {} and {are} left out.",
                counted(self.nameless.len(), "deal", "deals"),
                quoted(&self.account_heading)
            ));
        }
        if self.unclear > 0 {
            said.push(format!(
                "{} lost a deal after the last one won that is not called a renewal, and stay customers: check them.",
                counted(self.unclear, "account", "accounts")
            ));
        }
        said
    }
}

/// Which columns of a table of deals are what.
struct Columns {
    name: usize,
    stage: usize,
    amount: usize,
    closed: usize,
    /// For tables that tell wins and losses apart by two days.
    lost: Option<usize>,
    account: usize,
    account_id: Option<usize>,
    owner: Option<usize>,
    currency: Option<usize>,
    reason: Option<usize>,
    /// Columns that may say that a deal is a renewal.
    kinds: Vec<usize>,
}

impl Columns {
    /// The columns, if the headings are those of deals.
    fn of(table: &Table) -> Option<Columns> {
        let keys: Vec<String> = table.headings.iter().map(|heading| key(heading)).collect();
        let find = |words: &[&str]| words.iter().find_map(|word| keys.iter().position(|it| it == word));
        let name = find(&["dealname", "dealtitle", "opportunityname", "geschäftstitel"])?;
        let kinds = ["pipeline", "dealpipeline", "dealtype", "type", "opportunitytype"];
        Some(Columns {
            name,
            stage: find(&["dealstage", "dealstatus", "stage", "stagename", "status"])?,
            amount: find(&["amount", "dealvalue", "dealamount", "value"])?,
            closed: find(&["closedate", "closingdate", "dealwontime", "wontime", "dealclosedate"])?,
            lost: find(&["deallosttime", "losttime"]),
            account: find(&[
                "associatedcompany",
                "dealorganization",
                "organization",
                "accountname",
                "company",
                "account",
            ])?,
            account_id: find(&["associatedcompanyids", "accountid", "associatedcompanyid", "accountnameid"]),
            owner: find(&["dealowner", "owner", "opportunityowner", "accountowner"]),
            currency: find(&["dealcurrencyofvalue", "currency", "amountcurrency", "dealcurrency"]),
            reason: find(&["deallostreason", "lostreason", "closedlostreason", "lossreason"]),
            kinds: kinds.iter().filter_map(|word| keys.iter().position(|it| it == word)).collect(),
        })
    }

    fn date_columns(&self) -> impl Iterator<Item = usize> {
        [Some(self.closed), self.lost].into_iter().flatten()
    }
}

/// A deal.
struct Deal<'t> {
    row: &'t Row,
    stands: Stands,
    on: Option<NaiveDate>,
    is_renewal: bool,
}

/// Puts a table of deals together by account; `None` if it is no table of deals. `order` is the user's answer to the question
/// of a former call.
pub fn roll_up(table: &Table, order: Option<DateOrder>) -> Option<RolledUp> {
    let columns = Columns::of(table)?;
    let mut question = None;
    let mut orders: HashMap<usize, DateOrder> = HashMap::new();
    for column in columns.date_columns() {
        let known = match (order, ColumnOrder::of(table.filled(column))) {
            (_, ColumnOrder::Known(order)) | (Some(order), ColumnOrder::Unknown { .. }) => order,
            (None, ColumnOrder::Unknown { cell, day_first, month_first }) => {
                let heading = table.heading(column);
                question.get_or_insert(Question::DateOrder { column, heading, cell, day_first, month_first });
                DateOrder::DayFirst
            }
        };
        orders.insert(column, known);
    }
    let day = |row: &Row, column: usize| orders.get(&column).and_then(|order| readings(row.cell(column)).by(*order));
    let deal = |row: &'_ Row| {
        let stands = stands(row.cell(columns.stage)).unwrap_or(Stands::Prospect);
        let lost_on = columns.lost.filter(|_| stands == Stands::Lapsed).and_then(|column| day(row, column));
        let renews = |cell: &str| {
            let cell = cell.to_lowercase();
            cell.contains("renew") || cell.contains("existing") || cell.contains("verlängerung")
        };
        let mut kinds = columns.kinds.iter().chain([&columns.name]).map(|column| row.cell(*column));
        (stands, lost_on.or_else(|| day(row, columns.closed)), kinds.any(renews))
    };
    let mut accounts: Vec<Vec<Deal<'_>>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut nameless = Vec::new();
    let mut new_won = (0, 0);
    for row in &table.rows {
        let (stands, on, is_renewal) = deal(row);
        if !is_renewal && stands != Stands::Prospect {
            new_won.1 += 1;
            new_won.0 += usize::from(stands == Stands::Active);
        }
        let name = one_line(row.cell(columns.account));
        if let Some(reason) = why_left_out(row, &name, row.cell(columns.name)) {
            nameless.push(RowProblem { line: row.line(), reason });
            continue;
        }
        let id = columns.account_id.map_or("", |column| row.cell(column));
        let of = if id.is_empty() { format!("name {}", name.to_lowercase()) } else { format!("id {id}") };
        let place = *places.entry(of).or_insert(accounts.len());
        if place == accounts.len() {
            accounts.push(Vec::new());
        }
        if let Some(deals) = accounts.get_mut(place) {
            deals.push(Deal { row, stands, on, is_renewal });
        }
    }
    let mut unclear = 0;
    let mut rows: Vec<Row> = accounts.iter_mut().filter_map(|deals| account(&columns, deals, &mut unclear)).collect();
    rows.sort_by_key(Row::line);
    Some(RolledUp {
        deals: table.rows.len(),
        nameless,
        account_heading: table.heading(columns.account),
        table: Table { headings: HEADINGS.map(str::to_owned).to_vec(), rows, ..table.clone() },
        new_won,
        unclear,
        question,
    })
}

/// Why a deal belongs to no account, if so.
fn why_left_out(row: &Row, account: &str, deal: &str) -> Option<String> {
    if row.has_unpaired_quote() {
        return Some(UNPAIRED_QUOTE.to_owned());
    }
    account.is_empty().then(|| match one_line(deal) {
        name if name.is_empty() => "The deal names no account.".to_owned(),
        name => format!("{} names no account.", quoted(&name)),
    })
}

/// The row of an account, from all its deals.
fn account(columns: &Columns, deals: &mut [Deal<'_>], unclear: &mut usize) -> Option<Row> {
    // Those without a day stand first, as if they were the oldest.
    deals.sort_by_key(|deal| deal.on);
    let latest = deals.last()?;
    let won = || deals.iter().filter(|deal| deal.stands == Stands::Active);
    let last_won = deals.iter().rposition(|deal| deal.stands == Stands::Active);
    let after = deals.iter().skip(last_won.map_or(0, |place| place + 1)).filter(|deal| deal.stands == Stands::Lapsed);
    let lost = last_won.and_then(|_| after.clone().find(|deal| deal.is_renewal));
    *unclear += usize::from(last_won.is_some() && lost.is_none() && after.count() > 0);
    let telling = last_won.and_then(|place| deals.get(place)).unwrap_or(latest);
    let cell = |deal: &Deal<'_>, column: Option<usize>| column.map_or("", |column| deal.row.cell(column)).to_owned();
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let status = match (last_won, lost) {
        (None, _) => "Prospect",
        (Some(_), None) => "Active",
        (Some(_), Some(_)) => "Lost",
    };
    let lost_count = deals.iter().filter(|deal| deal.stands == Stands::Lapsed).count();
    let since = won().next().and_then(|deal| deal.on);
    Some(Row::of(
        latest.row.line(),
        &[
            cell(latest, Some(columns.account)),
            cell(latest, columns.owner),
            cell(telling, Some(columns.amount)),
            cell(telling, columns.currency),
            day(since),
            status.to_owned(),
            day(lost.and_then(|deal| deal.on)),
            lost.map_or_else(String::new, |deal| cell(deal, columns.reason)),
            cell(latest, columns.account_id),
            format!("{} won and {lost_count} lost of {}", won().count(), deals.len()),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::super::read::read_table;
    use super::*;

    fn rolled(text: &str, order: Option<DateOrder>) -> RolledUp {
        roll_up(&read_table(text.as_bytes()).unwrap(), order).unwrap()
    }

    fn cells(row: &Row) -> Vec<&str> {
        (0..HEADINGS.len()).map(|column| row.cell(column)).collect()
    }

    #[test]
    fn an_account_is_what_its_deals_say() {
        let deals = rolled(
            "Deal Name,Deal Stage,Amount,Close Date,Deal owner,Associated Company,Associated Company IDs,Deal Type,Lost reason\n\
             A 2,Closed Won,200,2025-03-01,Ben,Acme,1,Existing Business,\n\
             A 1,Closed Won,100,2024-03-01,Ada,Acme,1,New Business,\n\
             A 3,Closed Lost,210,2026-03-01,Ben,Acme Ltd,1,Existing Business,Price\n\
             B 1,Closed Won,50,2026-01-01,Ada,Birch,2,New Business,\n\
             B 2,Closed Lost,20,2026-02-01,Ada,Birch,2,New Business,no need\n\
             C 1,Negotiation,70,2027-01-01,Ada,Cedar,3,New Business,\n\
             D 1,Closed Lost,80,2026-05-01,Ada,,,New Business,Budget\n",
            None,
        );
        let rows: Vec<Vec<&str>> = deals.table.rows.iter().map(cells).collect();
        assert_eq!(
            rows,
            [
                [
                    "Acme Ltd",
                    "Ben",
                    "200",
                    "",
                    "2024-03-01",
                    "Lost",
                    "2026-03-01",
                    "Price",
                    "1",
                    "2 won and 1 lost of 3"
                ],
                ["Birch", "Ada", "50", "", "2026-01-01", "Active", "", "", "2", "1 won and 1 lost of 2"],
                ["Cedar", "Ada", "70", "", "", "Prospect", "", "", "3", "0 won and 0 lost of 1"],
            ]
        );
        assert_eq!(deals.table.rows.iter().map(Row::line).collect::<Vec<_>>(), [4, 6, 7]);
        assert_eq!((deals.deals, deals.new_won, deals.unclear), (7, (2, 4), 1));
        let left_out = RowProblem { line: 8, reason: "“D 1” names no account.".to_owned() };
        assert_eq!(deals.nameless, [left_out]);
        assert_eq!(deals.sentences().len(), 4);
        assert_eq!(deals.sentences()[2], "1 deal names no account under “Associated Company” and is left out.");
    }

    #[test]
    fn a_deal_that_cannot_be_read_says_why() {
        let deals = rolled(
            "Deal Name,Stage,Amount,Closing Date,Account Name\nA,Won,5,2026-01-01,\"Ac\"me\n,Won,5,2026-01-01,\n",
            None,
        );
        let reasons: Vec<&str> = deals.nameless.iter().map(|problem| problem.reason.as_str()).collect();
        assert_eq!(reasons, [UNPAIRED_QUOTE, "The deal names no account."]);
        assert!(deals.table.rows.is_empty());
    }

    #[test]
    fn days_that_fit_both_orders_are_asked_about() {
        let text = "Deal Name,Stage,Amount,Closing Date,Account Name\n\
             A 1,Closed Won,100,03/04/2024,Acme\n\
             A 2,Closed Won,200,02/05/2024,Acme\n";
        let asked = rolled(text, None);
        assert!(matches!(&asked.question, Some(Question::DateOrder { cell, .. }) if cell == "03/04/2024"));
        let day_first = rolled(text, Some(DateOrder::DayFirst));
        assert_eq!(day_first.question, None);
        assert_eq!(cells(&day_first.table.rows[0])[2..5], ["200", "", "2024-04-03"]);
        // 5 February comes before 4 March.
        let month_first = rolled(text, Some(DateOrder::MonthFirst));
        assert_eq!(cells(&month_first.table.rows[0])[2..5], ["100", "", "2024-02-05"]);
    }

    #[test]
    fn other_tables_are_left_as_they_are() {
        for text in ["Account,Annual value\nAcme,5\n", "Deal Name,Stage\nA,Won\n"] {
            assert_eq!(roll_up(&read_table(text.as_bytes()).unwrap(), None), None);
        }
    }
}
