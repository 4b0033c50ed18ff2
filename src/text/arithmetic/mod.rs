//! The arithmetic behind a figure, with the actual numbers, down to what was stated or stands in the book.

mod account;
mod certainty;
mod compare;
mod gaming;
mod line;
mod luck;
mod plan;
pub mod records;
mod ruled;
pub mod statement;
mod sums;
mod titles;

pub use account::{AccountFigure, account_arithmetic};
pub use certainty::certainty_arithmetic;
pub use compare::{
    chance_arithmetic, daily_arithmetic, listed_arithmetic, listed_count, losers_arithmetic, made_up_arithmetic,
    shorter_arithmetic,
};
pub use gaming::{game_arithmetic, unsold_arithmetic};
pub use line::{FoundRow, How, Line, Printed, Unit};
pub use luck::luck_arithmetic;
pub use plan::{bonus_arithmetic, rule_arithmetic, stake_arithmetic, step_arithmetic};
pub use ruled::{ruled_agreement_arithmetic, ruled_arithmetic};
pub use titles::title;

use std::borrow::Cow;

use super::claim::Claim;
use super::number::{money, percent, rate};
use super::verdict::{rate_answer, share_words};
use crate::model::daily_price::daily_share;
use crate::model::payoff::{Headline, Payoff, Question, SharePoint, payoff};
use crate::model::problem::Problem;
use crate::model::projection::{Effort, MonthHours};
use crate::model::rate_solver::RateAnswer;
use crate::model::split_sums::{SplitSums, split_sums, sums_of};
use crate::model::valuation::Worth;
use crate::model::workspace::Workspace;
use sums::{
    Side, Slope, accounts_after, annuity, company_value, first_year_pay, pay_of_an_hour, renewal_pay, value_of_pay,
};

/// A figure accounted for.
#[derive(Debug, Clone, PartialEq)]
pub struct Arithmetic {
    /// What it is.
    pub title: Cow<'static, str>,
    /// The figure as it is told.
    pub figure: String,
    /// The same with its lines.
    pub line: Line,
    /// The line as it is printed: by itself, or as the part of a printed sum that it is.
    pub printed: Printed,
    /// What is to be known beside it.
    pub note: &'static str,
}

impl Arithmetic {
    /// Accounts for what `line` comes to.
    pub fn new(title: impl Into<Cow<'static, str>>, line: Line, note: &'static str) -> Arithmetic {
        let printed = line.print();
        Arithmetic { title: title.into(), figure: printed.figure.clone(), line, printed, note }
    }

    /// The same with the figure as a sentence tells it.
    pub fn told_as(self, figure: String) -> Arithmetic {
        Arithmetic { figure, ..self }
    }
}

/// How each month is reckoned, said where its figures are stated.
const MONTHS: &str = "Expected values, month by month: the method page has the formulas.";
/// Shares looked at on each side of the best.
const BESIDE: usize = 3;
/// Headings of the rates that were looked at.
const RATE_HEADINGS: [&str; 3] = ["renewal commission", "sellers give most", "company wants"];
/// The step of the next hour, hours.
const HOUR_STEP: f64 = 0.25;

/// Accounts for `claim` about `workspace`, of which `payoff` is the answer to `question`.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn arithmetic(
    claim: Claim,
    workspace: &Workspace,
    question: &Question,
    payoff: &Payoff,
) -> Result<Arithmetic, Problem> {
    let teller = Teller { workspace, question, payoff };
    let (line, note) = match claim {
        Claim::SellerShare => (teller.share(Side::Seller)?, MONTHS),
        Claim::CompanyShare => (teller.share(Side::Company)?, MONTHS),
        Claim::Gap => (teller.gap()?, GAP),
        Claim::GapPerYear => (Line::quotient("the gap a year", teller.gap()?, annuity(workspace)), GAP),
        Claim::Agreement | Claim::FirstHour | Claim::Target => {
            (teller.rate(claim), "Solved on the projection: the table shows the way there.")
        }
        Claim::CompanyValue => {
            (company_value("the company’s value at the sellers’ best", &teller.at(Side::Seller)?, workspace), MONTHS)
        }
        Claim::SellerValue => (teller.seller_value(&teller.at(Side::Seller)?), MONTHS),
        Claim::FirstYearPay => (
            first_year_pay("pay in the next twelve months", &teller.at(Side::Seller)?, workspace),
            "At the sellers’ best split, undiscounted.",
        ),
        Claim::TodayPay => (
            first_year_pay("pay in the next twelve months", &teller.as_today()?, workspace),
            "Working as today, undiscounted.",
        ),
        Claim::Lead => (lead(teller.share(Side::Seller)?, teller.share(Side::Company)?), MONTHS),
        Claim::SellerDaily => (teller.daily(Side::Seller)?, DAILY),
        Claim::CompanyDaily => (teller.daily(Side::Company)?, DAILY),
        Claim::TodayValue => (teller.seller_value(&teller.as_today()?), MONTHS),
        Claim::TodayLoss => (teller.today_loss()?, GAP),
        Claim::FreePart => (free_part(&teller.at(Side::Seller)?, workspace), FREE),
        Claim::SellerTimes => (teller.times(Side::Seller)?, HOUR),
        Claim::CompanyTimes => (teller.times(Side::Company)?, HOUR),
        // What another plan closes of it is told by both gaps.
        Claim::GapClosed => (teller.gap()?, GAP),
        Claim::SolvedNew | Claim::SolvedRenewal => {
            let pay = first_year_pay("pay in the next twelve months", &teller.at(Side::Seller)?, workspace);
            (solved(claim, workspace, pay), SOLVED)
        }
        Claim::TodayHours => (plan::today_hours(workspace), ""),
        Claim::AccountHours => (plan::account_hours(workspace, payoff), ""),
        Claim::WonAPeriod => (plan::won_a_period(workspace, payoff), "At the sellers’ best split."),
        Claim::QuotaFilled => (plan::quota_filled(workspace, question.seller.as_deref()), ""),
        Claim::QuotaStep => (plan::quota_step(workspace), ""),
        Claim::ReferredSale => (plan::referred_sale(workspace), ""),
        Claim::MeanMargin => (plan::mean_margin(workspace), ""),
        Claim::FreeRenewalPay => (free_pay(&teller.at(Side::Seller)?, workspace), FREE),
        Claim::WonRenewalPay => (won_pay(&teller.at(Side::Seller)?, workspace), FREE),
        Claim::AccountsAfter => {
            (accounts_after("accounts at the end of the horizon", &teller.at(Side::Seller)?), MONTHS)
        }
        Claim::SellerWithCustomers => (teller.hour(Side::Seller, true)?, HOUR),
        Claim::SellerProspecting => (teller.hour(Side::Seller, false)?, HOUR),
        Claim::CompanyWithCustomers => (teller.hour(Side::Company, true)?, HOUR),
        Claim::CompanyProspecting => (teller.hour(Side::Company, false)?, HOUR),
    };
    let figure = match claim {
        Claim::Agreement => rate_answer(&payoff.agreement),
        Claim::FirstHour => rate_answer(&payoff.first_hour),
        Claim::Target => payoff.target.as_ref().map_or_else(String::new, rate_answer),
        _ => line.print().figure,
    };
    Ok(Arithmetic::new(title(claim), line, note).told_as(figure))
}

/// Accounts for what another plan changes of a figure: `now` accounts for it under the plan in use, `then` under the other.
pub fn change(now: Arithmetic, then: Arithmetic) -> Arithmetic {
    let named = |line: Line, which: &str| Line { label: format!("{} {which}", line.label), ..line };
    let Arithmetic { title, note, .. } = then;
    let (then, now) = (named(then.line, "under the other plan"), named(now.line, "under the plan in use"));
    Arithmetic::new(title, Line::difference("the change", then, now), note)
}

/// Accounts for what part of the gap another plan closes: `now` accounts for the gap under the plan in use, `then` under the other.
pub fn closed(now: Arithmetic, then: Arithmetic) -> Arithmetic {
    let whole = Line { label: "the gap under the plan in use".to_owned(), ..now.line.clone() };
    let note = now.note;
    let less = Line { label: "what is closed of it".to_owned(), ..change(then, now).line };
    let line = Line { unit: Unit::Rate, ..Line::quotient("part of the gap that is closed", less, whole) };
    Arithmetic::new(title(Claim::GapClosed), line, note)
}

/// Accounts for what one change did to the gap, between the workspaces right before and right after it.
///
/// # Errors
/// A [`Problem`] if the inputs of either contradict one another.
pub fn gap_change(before: &Workspace, after: &Workspace, question: &Question) -> Result<Arithmetic, Problem> {
    let gap = |workspace: &Workspace, label: &str| -> Result<Line, Problem> {
        let told = arithmetic(Claim::Gap, workspace, question, &payoff(workspace, question)?)?;
        Ok(Line { label: label.to_owned(), ..told.line })
    };
    let (now, then) = (gap(after, "the gap with this change")?, gap(before, "the gap before it")?);
    let line = Line::difference("what it changed", now, then);
    Ok(Arithmetic::new("What a change did to the gap", line, GAP))
}

/// What a best share is called.
const SHARE: &str = "share of selling time on customers";

/// The mean of several sellers' best shares, by their names.
fn mean_share(shares: &[f64]) -> Line {
    let own = |(number, share): (usize, &f64)| {
        let from = "the best by themselves: choose one seller to see why";
        Line::stated(format!("seller {number}, by name"), *share, Unit::Share, from)
    };
    let sum = Line::sum("all sellers’ shares", (1..).zip(shares).map(own).collect());
    let count = Line::stated("sellers", shares.len().max(1) as f64, Unit::Factor, "those with active accounts");
    Line::quotient(SHARE, sum, count)
}

/// One seller's best share among those looked at; `paid` says how each was paid, `from` accounts for the value at the best.
fn found_share(best: f64, what: &str, paid: &str, rows: Vec<FoundRow>, from: Line) -> Line {
    let rule =
        format!("The split at which {what} is highest{paid}: all of the range was searched, and these lie around it.");
    let headings = vec!["share on customers".to_owned(), what.to_owned()];
    let how = How::Found { rule, headings, rows, from: vec![from] };
    Line { label: SHARE.to_owned(), value: best, unit: Unit::Share, how }
}

/// By how much sellers give customers more than the company would want.
fn lead(seller: Line, company: Line) -> Line {
    Line::sum("what sellers give more", vec![seller, Line::minus("less what the company would want", company)])
}

/// 45 minutes a day: the value at that share less the value at none.
fn daily_line(side: Side, some: Line, none: Line) -> Line {
    let whose = if side == Side::Seller { "to the sellers" } else { "to the company" };
    Line::sum(format!("worth {whose}"), vec![some, Line::minus("less prospecting all day", none)])
}

/// What the two values of [`daily_line`] are called.
fn daily_label(side: Side, share: f64) -> String {
    let whose = if side == Side::Seller { "pay while they stay" } else { "the company’s value" };
    format!("{whose}, {} on customers", share_words(share, 1))
}

const GAP: &str = "The years of the horizon, and what the book is worth after them: what a customer kept goes on paying is part of \
                   the gap. Expected values, month by month: the method page has the formulas.";
const FREE: &str =
    "At the sellers’ best split. A renewal needs nobody as far as its chance without any attention goes.";
const SOLVED: &str = "The method page has the search: the best is the one at which the company’s value is highest.";
const DAILY: &str = "45 minutes with customers on each of 225 working days, as part of the selling time, against none; the \
                     rest of it goes to prospecting. Expected values, month by month: the method page has the formulas.";
const HOUR: &str = "One hour more over the next twelve months at today’s split, a mean over sellers. Each change is a slope: from the \
                    projection with none, a quarter and half an hour more.";

/// Pay of months 1 to 12 of a split, by rule: the lines of [`Claim::FirstYearPay`].
pub fn pay_of_year(label: &str, sums: &SplitSums, workspace: &Workspace) -> Line {
    first_year_pay(label, sums, workspace)
}

fn free_pay(sums: &SplitSums, workspace: &Workspace) -> Line {
    let from = "value due in the next twelve months, times each account’s chance without any attention";
    renewal_pay("would renew anyway", "value that renews without attention", from, &sums.free_value, &workspace.plan)
}

fn free_part(sums: &SplitSums, workspace: &Workspace) -> Line {
    let all = Line::sum("all renewal pay of the year", vec![free_pay(sums, workspace), won_pay(sums, workspace)]);
    let part = Line::quotient("paid for renewals that need no one", free_pay(sums, workspace), all);
    Line { unit: Unit::Rate, ..part }
}

/// A rate that was searched for, with the `pay` that it comes to.
fn solved(claim: Claim, workspace: &Workspace, pay: Line) -> Line {
    let rates = &workspace.plan;
    let (label, value) = match claim {
        Claim::SolvedNew => ("commission on new business", rates.new_business.get()),
        _ => ("renewal commission", rates.renewal.first_renewal().get()),
    };
    let rule = "Searched over all renewal commissions: each has one commission on new business with which what is to stay the same \
                does. Pay of the next twelve months under both rates:";
    let how = How::Found { rule: rule.to_owned(), headings: Vec::new(), rows: Vec::new(), from: vec![pay] };
    Line { label: label.to_owned(), value, unit: Unit::Rate, how }
}

fn won_pay(sums: &SplitSums, workspace: &Workspace) -> Line {
    let from = "value due in the next twelve months, times each account’s chance with its attention";
    let renewed = &sums.worth.first_year.renewed_value;
    let all = renewal_pay("all renewal pay of the year", "value renewed", from, renewed, &workspace.plan);
    Line::sum("won by attention", vec![all, Line::minus("less what would renew anyway", free_pay(sums, workspace))])
}

/// What is told about.
struct Teller<'a> {
    workspace: &'a Workspace,
    question: &'a Question,
    payoff: &'a Payoff,
}

impl Teller<'_> {
    /// The sums with the sellers at their best, or where the company would want them.
    fn at(&self, side: Side) -> Result<SplitSums, Problem> {
        let of = |own: &Headline| match side {
            Side::Seller => own.seller_share,
            Side::Company => own.company_share,
        };
        let shares: Vec<f64> = self.payoff.by_seller.iter().map(of).collect();
        split_sums(self.workspace, self.question, &shares)
    }

    /// The sums as today.
    fn as_today(&self) -> Result<SplitSums, Problem> {
        let shares = vec![self.payoff.today.share; self.payoff.by_seller.len()];
        split_sums(self.workspace, self.question, &shares)
    }

    fn daily(&self, side: Side) -> Result<Line, Problem> {
        let count = self.payoff.by_seller.len();
        let at = |share: f64| -> Result<Line, Problem> {
            let sums = split_sums(self.workspace, self.question, &vec![share; count])?;
            let label = daily_label(side, share);
            Ok(match side {
                Side::Seller => value_of_pay(&label, &sums, Side::Seller, self.workspace),
                Side::Company => company_value(&label, &sums, self.workspace),
            })
        };
        Ok(daily_line(side, at(daily_share(self.workspace.assumptions.hours_per_year))?, at(0.0)?))
    }

    fn gap(&self) -> Result<Line, Problem> {
        let value = |side: Side, whose: &str, share: f64| -> Result<Line, Problem> {
            let label = format!("the company’s value at {whose} best split, {} on customers", share_words(share, 1));
            Ok(company_value(&label, &self.at(side)?, self.workspace))
        };
        let most = value(Side::Company, "its own", self.payoff.company_best.share)?;
        let now = value(Side::Seller, "the sellers’", self.payoff.seller_best.share)?;
        Ok(Line::sum("the gap", vec![most, Line::minus("less where sellers earn most", now)]))
    }

    fn times(&self, side: Side) -> Result<Line, Problem> {
        let times = Line::quotient("with customers ÷ prospecting", self.hour(side, true)?, self.hour(side, false)?);
        Ok(Line { unit: Unit::Factor, ..times })
    }

    fn today_loss(&self) -> Result<Line, Problem> {
        let most = "the company’s value at its own best split".to_owned();
        let most = company_value(&most, &self.at(Side::Company)?, self.workspace);
        let today = format!("the company’s value as today, {} on customers", share_words(self.payoff.today.share, 1));
        let today = company_value(&today, &self.as_today()?, self.workspace);
        Ok(Line::sum("what today’s split costs", vec![most, Line::minus("less as today", today)]))
    }

    fn seller_value(&self, sums: &SplitSums) -> Line {
        value_of_pay("pay while they stay, in present value", sums, Side::Seller, self.workspace)
    }

    /// A best share: of one seller by the values around it, of several as their mean.
    fn share(&self, side: Side) -> Result<Line, Problem> {
        let Payoff { by_seller, curve, seller_best, company_best, .. } = self.payoff;
        if by_seller.len() > 1 {
            let own = |own: &Headline| if side == Side::Seller { own.seller_share } else { own.company_share };
            return Ok(mean_share(&by_seller.iter().map(own).collect::<Vec<_>>()));
        }
        let value = |point: &SharePoint| if side == Side::Seller { point.seller_value } else { point.company_value };
        let (best, height) = match side {
            Side::Seller => (seller_best.share, seller_best.seller_value),
            Side::Company => (company_best.share, company_best.company_value),
        };
        let row = |share: f64, height: f64, is_found: bool| FoundRow {
            cells: vec![percent(share, 1), money(height, 0)],
            height,
            is_found,
        };
        // Neighbours on both sides, and what the present split is worth.
        let below = curve.iter().filter(|point| point.share < best - 1e-9).rev().take(BESIDE);
        let above = curve.iter().filter(|point| point.share > best + 1e-9).take(BESIDE);
        let mut rows: Vec<FoundRow> = below.map(|point| row(point.share, value(point), false)).collect();
        rows.reverse();
        rows.push(row(best, height, true));
        rows.extend(above.map(|point| row(point.share, value(point), false)));
        let sums = self.at(side)?;
        let (what, from) = match side {
            Side::Seller => ("the seller’s value", self.seller_value(&sums)),
            Side::Company => ("the company’s value", company_value("the company’s value there", &sums, self.workspace)),
        };
        Ok(found_share(best, what, "", rows, from))
    }

    /// A renewal commission that was solved for, between the rates around it.
    fn rate(&self, claim: Claim) -> Line {
        let (answer, rule) = match claim {
            Claim::Agreement => {
                (Some(&self.payoff.agreement), "The renewal commission at which both best splits are the same.")
            }
            Claim::Target => (
                self.payoff.target.as_ref(),
                "The renewal commission at which sellers give customers the share of their time that was asked for.",
            ),
            _ => (
                Some(&self.payoff.first_hour),
                "The renewal commission from which sellers give customers any time at all.",
            ),
        };
        let found = answer.and_then(RateAnswer::rate);
        let curve = &self.payoff.rate_curve;
        let at = found.unwrap_or(0.0);
        let place = curve.iter().take_while(|point| point.rate < at).count();
        let shown = curve.iter().skip(place.saturating_sub(BESIDE)).take(2 * BESIDE);
        let rows = shown.map(|point| FoundRow {
            cells: vec![rate(point.rate, 2), percent(point.seller_share, 1), percent(point.company_share, 1)],
            height: point.seller_share - point.company_share,
            is_found: false,
        });
        let headings = RATE_HEADINGS.map(str::to_owned).to_vec();
        let rule = match found {
            Some(_) => rule.to_owned(),
            None => format!("{rule} Here: {}.", answer.map_or_else(|| "not asked for".to_owned(), rate_answer)),
        };
        let how = How::Found { rule, headings, rows: rows.collect(), from: Vec::new() };
        Line { label: "renewal commission".to_owned(), value: at, unit: Unit::Share, how }
    }

    /// What one hour more is worth: what it changes, by the slope `(-3 f(0) + 4 f(e) - f(2e)) / 2e`, a mean over sellers.
    fn hour(&self, side: Side, with_customers: bool) -> Result<Line, Problem> {
        let assumed = &self.workspace.assumptions;
        let split = Effort::split(assumed.share_today, assumed.hours_per_year);
        let worth = |steps: f64| -> Result<Worth, Problem> {
            let each_month = steps * HOUR_STEP / 12.0;
            let first_year_extra = if with_customers {
                MonthHours { customers: each_month, prospecting: 0.0 }
            } else {
                MonthHours { customers: 0.0, prospecting: each_month }
            };
            let efforts = std::iter::repeat(Effort { first_year_extra, ..split });
            Ok(sums_of(self.workspace, self.question, efforts)?.worth)
        };
        let slope = Slope {
            at: [worth(0.0)?, worth(1.0)?, worth(2.0)?],
            hours: 2.0 * HOUR_STEP * self.payoff.sellers.max(1) as f64,
        };
        let pay = |label: &str| pay_of_an_hour(label, &slope, side, self.workspace);
        Ok(match side {
            Side::Seller => pay("what one hour more changes of pay, in present value"),
            Side::Company => Line::sum(
                "what one hour more changes of the company’s value",
                vec![
                    Line::stated(
                        "margin less cost to serve and prospecting",
                        slope.of(|worth| worth.margin),
                        Unit::Money,
                        "of accounts kept or won by the hour, over the run and after it",
                    ),
                    Line::minus("less pay", pay("pay, as the company discounts it")),
                ],
            ),
        })
    }
}
