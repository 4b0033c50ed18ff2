//! What a list says of an account, column by column.

use super::choice;
use super::number::{counted, money, plain, rate};
use crate::model::account::{Account, Standing};
use crate::model::account_worth::{AccountWorth, Concern};
use crate::model::listing::{Class, Column};
use crate::model::month::Month;

/// The heading of a column.
pub const fn heading(column: Column) -> &'static str {
    match column {
        Column::Name => "Account",
        Column::Seller => "Seller",
        Column::AnnualValue => "Annual value",
        Column::Margin => "Margin",
        Column::Standing => "Standing",
        Column::Since => "Customer since",
        Column::Term => "Term",
        Column::NextRenewal => "Next renewal",
        Column::LastTouch => "Last touch",
        Column::Tags => "Tags",
        Column::Origin => "Came by",
        Column::AnnualProfit => "Profit a year",
        Column::LifetimeValue => "Lifetime value",
        Column::ValueAtRisk => "Value at risk",
        Column::ValueHeld => "Held by attention",
        Column::Concerns => "Why look",
    }
}

/// A class of accounts, as a choice.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Current => "Customers",
        Class::Lapsed => "Former customers",
        Class::Prospect => "Prospects",
    }
}

/// What stands in a cell; empty where nothing is known, or nothing applies.
pub fn cell(column: Column, account: &Account, worth: Option<&AccountWorth>, as_of: Month) -> String {
    let figure = |figure: fn(&AccountWorth) -> f64| worth.map_or_else(String::new, |worth| money(figure(worth), 0));
    match column {
        Column::Name => account.name.clone(),
        Column::Seller => account.seller.clone(),
        Column::AnnualValue => money(account.annual_value.units(), 0),
        Column::Margin => rate(account.margin.get(), 1),
        Column::Standing => standing(account),
        Column::Since => match &account.standing {
            Standing::Active { since, .. } | Standing::Lapsed { since, .. } => {
                since.map_or_else(String::new, |day| day.to_string())
            }
            Standing::Prospect => String::new(),
        },
        Column::Term => counted(account.term.months() as usize, "month", "months"),
        Column::NextRenewal => next_renewal(account, as_of),
        Column::LastTouch => account.touches.last().map_or_else(String::new, |touch| touch.on.to_string()),
        Column::Tags => account.tags.join(", "),
        Column::Origin => choice::origin(account.origin).to_owned(),
        Column::AnnualProfit => figure(|worth| worth.annual_profit),
        Column::LifetimeValue => figure(|worth| worth.lifetime_value),
        Column::ValueAtRisk => figure(|worth| worth.value_at_risk),
        Column::ValueHeld => figure(|worth| worth.value_held),
        Column::Concerns => match worth {
            Some(worth) if worth.concerns.is_empty() && worth.value_at_risk > 0.0 => "only for what it pays".to_owned(),
            worth => worth.map_or_else(String::new, concerns),
        },
    }
}

/// Where it stands: "Active", or "Lost 2026-02-01: moved away".
pub fn standing(account: &Account) -> String {
    match &account.standing {
        Standing::Lapsed { reason, on, .. } => {
            let on = on.map_or_else(String::new, |on| format!(" {on}"));
            if reason.is_empty() { format!("Lost{on}") } else { format!("Lost{on}: {reason}") }
        }
        standing => standing.word().to_owned(),
    }
}

/// The day of the next renewal, or the month by the start of which it is due.
pub fn next_renewal(account: &Account, as_of: Month) -> String {
    match &account.standing {
        Standing::Active { renews_on: Some(day), .. } => day.to_string(),
        Standing::Active { .. } => {
            let due = as_of.plus(i32::try_from(account.months_to_renewal(as_of)).unwrap_or(0));
            format!("by {due}")
        }
        Standing::Lapsed { .. } | Standing::Prospect => String::new(),
    }
}

/// Why to look at it, in one line; empty if nothing is the matter.
pub fn concerns(worth: &AccountWorth) -> String {
    let words: Vec<String> = worth.concerns.iter().map(concern).collect();
    words.join("; ")
}

fn concern(concern: &Concern) -> String {
    match concern {
        Concern::NoAttention => "gets no time".to_owned(),
        Concern::RenewalDueSoon { months: 1 } => "renews next month".to_owned(),
        Concern::RenewalDueSoon { months } => format!("renews in {months} months"),
        Concern::LossOddsRaised { times } => format!("odds of loss times {}", plain(*times, 2)),
        Concern::NegativeLifetimeValue => "costs more than it brings".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::account_worth::account_worth;
    use crate::model::assumptions::Assumptions;
    use crate::model::quantity::{Money, Multiplier};

    #[test]
    fn cells_say_what_is_known_and_nothing_else() {
        let as_of = Month::parse("2026-11").unwrap();
        let mut account = Account::new(AccountId(1), "Alder", Money::from_cents(1_200_000));
        account.loss_odds = Multiplier::constant(2.0);
        account.cost_to_serve = Money::from_cents(900_000);
        account.standing = Standing::Active { since: None, renews_on: Some("2026-12-31".parse().unwrap()) };
        let worth = account_worth(&account, &Assumptions::default(), as_of).unwrap();
        let said = |column| cell(column, &account, worth.as_ref(), as_of);
        assert_eq!(said(Column::AnnualValue), "$12,000");
        assert_eq!(said(Column::Margin), "70%");
        assert_eq!(said(Column::AnnualProfit), "\u{2212}$600");
        assert_eq!(said(Column::NextRenewal), "2026-12-31");
        let reasons = "renews next month; odds of loss times 2; costs more than it brings";
        assert_eq!(said(Column::Concerns), reasons);
        assert_eq!([said(Column::Seller), said(Column::Since), said(Column::LastTouch)], [""; 3]);
        let worth = worth.map(|worth| AccountWorth { concerns: Vec::new(), ..worth });
        assert_eq!(cell(Column::Concerns, &account, worth.as_ref(), as_of), "only for what it pays");
        account.standing =
            Standing::Lapsed { since: None, on: Some("2026-02-01".parse().unwrap()), reason: "moved".to_owned() };
        assert_eq!(cell(Column::Standing, &account, None, as_of), "Lost 2026-02-01: moved");
        assert_eq!(cell(Column::LifetimeValue, &account, None, as_of), "");
        account.standing = Standing::Active { since: None, renews_on: None };
        assert_eq!(cell(Column::NextRenewal, &account, None, as_of), "by 2027-11");
    }
}
