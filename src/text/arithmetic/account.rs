//! The lines behind what one account is worth: its profit, its chances, what is at risk, and its lifetime.

use super::Arithmetic;
use super::line::{Line, Unit};
use super::sums::stated;
use crate::model::account::Account;
use crate::model::account_worth::account_worth;
use crate::model::bounds::Input;
use crate::model::listing::Column;
use crate::model::quantity::Probability;
use crate::model::risk::factors;
use crate::model::workspace::Workspace;
use crate::text::account_cell::heading;
use crate::text::number::{counted, percent};
use crate::text::risk::factor_name;

/// The most months that are told one by one.
const MOST_MONTHS: u32 = 120;

/// A figure of one account that opens its arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountFigure {
    /// Profit of a year, after cost to serve.
    AnnualProfit,
    /// Present value of all its profit to come.
    LifetimeValue,
    /// Chance of renewal in a year.
    RenewalChance,
    /// Chance that it is lost within twelve months.
    LossChance,
    /// Annual value times that chance.
    ValueAtRisk,
    /// How much more would be at risk without attention.
    ValueHeld,
}

impl AccountFigure {
    /// All of them.
    pub const ALL: [AccountFigure; 6] = [
        AccountFigure::LifetimeValue,
        AccountFigure::AnnualProfit,
        AccountFigure::RenewalChance,
        AccountFigure::LossChance,
        AccountFigure::ValueAtRisk,
        AccountFigure::ValueHeld,
    ];

    /// The figure in a column of the list, if there is one to account for.
    pub const fn of_column(column: Column) -> Option<AccountFigure> {
        match column {
            Column::AnnualProfit => Some(AccountFigure::AnnualProfit),
            Column::LifetimeValue => Some(AccountFigure::LifetimeValue),
            Column::ValueAtRisk => Some(AccountFigure::ValueAtRisk),
            Column::ValueHeld => Some(AccountFigure::ValueHeld),
            _ => None,
        }
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            AccountFigure::AnnualProfit => heading(Column::AnnualProfit),
            AccountFigure::LifetimeValue => heading(Column::LifetimeValue),
            AccountFigure::RenewalChance => "Chance of renewal in a year",
            AccountFigure::LossChance => "Chance of loss within twelve months",
            AccountFigure::ValueAtRisk => heading(Column::ValueAtRisk),
            AccountFigure::ValueHeld => heading(Column::ValueHeld),
        }
    }
}

/// Accounts for `figure` of `account`, as it is told; `None` where the account is worth nothing here, or the assumptions
/// contradict one another.
pub fn account_arithmetic(figure: AccountFigure, account: &Account, workspace: &Workspace) -> Option<Arithmetic> {
    let worth = account_worth(account, &workspace.assumptions, workspace.as_of).ok().flatten()?;
    let teller = Teller { account, workspace, general: worth.judgement_left_out };
    let line = match figure {
        AccountFigure::AnnualProfit => teller.annual_profit(),
        AccountFigure::LifetimeValue => teller.lifetime_value(),
        AccountFigure::RenewalChance => teller.renewal_chance(Attention::AsToday),
        AccountFigure::LossChance => teller.loss_chance(Attention::AsToday),
        AccountFigure::ValueAtRisk => Line::product(
            figure.title(),
            Unit::Money,
            vec![teller.annual_value(), teller.loss_chance(Attention::AsToday)],
        ),
        AccountFigure::ValueHeld => {
            let more = Line::sum(
                "what attention takes off the chance of loss",
                vec![
                    teller.loss_chance(Attention::Without),
                    Line::minus("less with attention as today", teller.loss_chance(Attention::AsToday)),
                ],
            );
            Line::product(figure.title(), Unit::Money, vec![teller.annual_value(), more])
        }
    };
    let note = match figure {
        AccountFigure::AnnualProfit => "Before pay.",
        AccountFigure::LifetimeValue => {
            "Before pay, at today’s attention, without growth and without the accounts that it may send. A contract is \
             decided before the month in which it is renewed is paid."
        }
        _ => "At today’s attention. A longer or shorter contract has the chance of a year to the power of its years.",
    };
    Some(Arithmetic::new(figure.title(), line, note))
}

/// Which of the judged chances is meant.
#[derive(Clone, Copy)]
enum Attention {
    AsToday,
    Without,
}

struct Teller<'a> {
    account: &'a Account,
    workspace: &'a Workspace,
    /// Whether the general judgements count although the account has its own.
    general: bool,
}

impl Teller<'_> {
    fn annual_value(&self) -> Line {
        Line::stated(heading(Column::AnnualValue), self.account.annual_value.units(), Unit::Money, "the book")
    }

    fn annual_profit(&self) -> Line {
        let margin = Line::stated(heading(Column::Margin), self.account.margin.get(), Unit::Rate, "the book");
        let mut lines =
            vec![Line::product("annual value times margin", Unit::Money, vec![self.annual_value(), margin])];
        let cost = self.account.cost_to_serve.units();
        if cost != 0.0 {
            let cost = Line::stated("cost to serve a year", cost, Unit::Money, "the book");
            lines.push(Line::minus("less cost to serve", cost));
        }
        Line::sum(AccountFigure::AnnualProfit.title(), lines)
    }

    fn judged(&self, attention: Attention) -> Line {
        let judgement = &self.account.judgement;
        let (input, own): (Input, Option<Probability>) = match attention {
            Attention::AsToday => (Input::RenewToday, judgement.today),
            Attention::Without => (Input::RenewUnattended, judgement.unattended),
        };
        match own.filter(|_| !self.general) {
            Some(own) => Line::stated(input.bounds().label, own.get(), Unit::Rate, "judged for this account"),
            None => stated(input, self.workspace),
        }
    }

    /// `r / (r + m (1 - r))` with the judged chance `r` and the odds of loss times `m`.
    fn renewal_chance(&self, attention: Attention) -> Line {
        let label = match attention {
            Attention::AsToday => "chance of renewal in a year, attention as today",
            Attention::Without => "chance of renewal in a year, without attention",
        };
        let mut odds: Vec<Line> = factors(self.account, &self.workspace.assumptions)
            .map(|(factor, times)| {
                Line::stated(factor_name(factor), times, Unit::Factor, "multiplies the odds of loss")
            })
            .collect();
        let judged = self.judged(attention);
        if odds.is_empty() {
            return Line::sum(label, vec![judged]);
        }
        let lost = Line::sum("chance of loss as judged", vec![whole(), Line::minus("less renewal", judged.clone())]);
        odds.push(lost);
        let lost = Line::product("loss as judged, times the odds", Unit::Rate, odds);
        let all = Line::sum("both ways", vec![judged.clone(), lost]);
        Line::quotient(label, judged, all)
    }

    /// The chance that a whole contract is renewed.
    fn over_term(&self, attention: Attention) -> Line {
        let term = self.account.term.months();
        let chance = self.renewal_chance(attention);
        if term == 12 {
            return chance;
        }
        let years = Line::quotient(
            "years of a contract",
            number("months of a contract", term, "the book"),
            number("months of a year", 12, "by definition"),
        );
        Line::power("chance that a contract is renewed", chance, years)
    }

    /// One less the chance that every contract that ends in months 1 to 12 is renewed.
    fn loss_chance(&self, attention: Attention) -> Line {
        let label = match attention {
            Attention::AsToday => "chance of loss within twelve months, attention as today",
            Attention::Without => "chance of loss within twelve months, without attention",
        };
        let (term, first) = (self.account.term.months(), self.first_renewal());
        if first > 12 {
            let none = format!("no contract ends within twelve months: the next one ends in {first}");
            return Line::stated(label, 0.0, Unit::Rate, none);
        }
        let ends = 1 + (12 - first) / term;
        let kept = if ends == 1 {
            self.over_term(attention)
        } else {
            let ends = number("contracts that end within twelve months", ends, "the book");
            Line::power("chance that all of them are renewed", self.over_term(attention), ends)
        };
        Line::sum(label, vec![whole(), Line::minus("less the chance to be renewed", kept)])
    }

    fn first_renewal(&self) -> u32 {
        self.account.months_to_renewal(self.workspace.as_of)
    }

    /// What one of the month that is `month` ahead is worth today.
    fn factor(&self, label: String, month: u32) -> Line {
        let discount = self.workspace.assumptions.discount_company;
        let factor = libm::pow(self.workspace.assumptions.company_factor(), f64::from(month) / 12.0);
        Line::stated(label, factor, Unit::Factor, format!("(1 + {})^(−{month}/12)", percent(discount, 1)))
    }

    /// Months in a row, each discounted; one by one unless they are very many.
    fn months(&self, label: String, from: u32, count: u32) -> Line {
        let until = from.saturating_add(count);
        let months = (from..until).map(|month| self.factor(format!("month {month}"), month));
        if count <= MOST_MONTHS {
            return Line::sum(label, months.collect());
        }
        let sum = months.map(|month| month.value).sum();
        Line::stated(label, sum, Unit::Factor, format!("each of months {from} to {} discounted", until - 1))
    }

    /// A month's profit, times the months that are certain and those that hang on renewals:
    /// `p (b A(n - 1) + q b^n A(L) / (1 - q b^L))`.
    fn lifetime_value(&self) -> Line {
        let (term, first) = (self.account.term.months(), self.first_renewal());
        let mut months = Vec::new();
        if first > 1 {
            let label = format!("the {} before the contract ends", counted(first as usize - 1, "month", "months"));
            months.push(self.months(label, 1, first - 1));
        }
        let chance = self.over_term(Attention::AsToday);
        let goes_on = Line::product(
            "worth of a contract’s end, seen from its beginning",
            Unit::Factor,
            vec![chance.clone(), self.factor(format!("discount of {term} months"), term)],
        );
        let once = Line::product(
            "the contract after the next renewal",
            Unit::Factor,
            vec![chance, self.months(format!("its {term} months"), first, term)],
        );
        let stops = Line::sum(
            "one less what goes on",
            vec![Line::stated("one", 1.0, Unit::Factor, "by definition"), Line::minus("less", goes_on)],
        );
        months.push(Line::quotient("months that hang on renewals, all contracts to come", once, stops));
        let profit =
            Line::quotient("profit of a month", self.annual_profit(), number("months of a year", 12, "by definition"));
        let months = Line::sum("months of profit, in today’s money", months);
        Line::product(AccountFigure::LifetimeValue.title(), Unit::Money, vec![profit, months])
    }
}

fn number(label: &str, number: u32, from: &str) -> Line {
    Line::stated(label, f64::from(number), Unit::Factor, from)
}

fn whole() -> Line {
    Line::stated("all cases", 1.0, Unit::Rate, "by definition")
}
