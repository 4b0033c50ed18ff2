//! The lines behind what a trick brings: all pay of the months looked at with it, less all pay without it, rule by rule.

use super::Arithmetic;
use super::line::{Line, Unit};
use crate::model::gaming::{Game, GamingCheck};
use crate::model::pay::Event;
use crate::text::number::{counted, money};

/// Accounts for what `game` brings under the plan of `check`.
pub fn game_arithmetic(game: &Game, check: &GamingCheck<'_>, deals: &[Event]) -> Arithmetic {
    let pay = |label: &str, events: &[Event]| {
        let from = format!(
            "of {}, paid by the plan over {}",
            counted(events.len(), "deal", "deals"),
            counted(check.months() as usize, "month", "months")
        );
        let line = |(rule, amount): (String, f64)| Line::stated(rule, amount, Unit::Money, from.clone());
        Line::sum(label, check.pay_by_rule(events).into_iter().map(line).collect())
    };
    let (with, without) = (pay("all pay with the trick", &check.played(game)), pay("all pay without it", deals));
    let line = Line::difference("what it brings", with, without);
    let note = "Nothing is discounted; what is then still owed to a draw or to be taken back is taken off.";
    Arithmetic::new("What a trick brings", line, note)
}

/// Accounts for deals that may be left unsold.
pub fn unsold_arithmetic(game: &Game, deals: &[Event]) -> Arithmetic {
    let deal = |place: &usize| {
        let deal = deals.get(*place)?;
        let label = format!("the deal of {}", deal.on.format("%-d %B %Y"));
        Some(Line::stated(label, deal.revenue, Unit::Money, format!("an expected deal of {}", money(deal.revenue, 2))))
    };
    let line = Line::sum("left unsold", game.events.iter().filter_map(deal).collect());
    Arithmetic::new("What may be left unsold", line, "The cap is reached: these deals bring no more pay.")
}
