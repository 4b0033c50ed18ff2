//! The lines behind what a plan with rules beside its rates does.

use super::line::{FoundRow, How, Line, Unit};
use super::sums::{COMPANY_PAY, Side, accounts_after, company_value_less};
use super::{
    Arithmetic, BESIDE, DAILY, MONTHS, RATE_HEADINGS, daily_label, daily_line, found_share, free_part, free_pay,
    mean_share, solved, title,
};
use crate::model::daily_price::daily_share;
use crate::model::payoff::{PlanOutcome, Question};
use crate::model::problem::Problem;
use crate::model::rate_solver::RateAnswer;
use crate::model::ruled_agreement::Agreed;
use crate::model::ruled_sums::{PartSums, RuledSums, ruled_sums, ruled_values};
use crate::model::workspace::Workspace;
use crate::text::claim::Claim;
use crate::text::number::{money, percent, rate};
use crate::text::verdict::{rate_answer, share_words};

/// The step between the splits that are shown around the best.
const STEP: f64 = 0.01;

/// Accounts for `claim` about the plan of `workspace` with its rules, of which `outcome` says what it does; `None` for a claim that
/// is not told of such plans.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another.
pub fn ruled_arithmetic(
    claim: Claim,
    workspace: &Workspace,
    question: &Question,
    outcome: &PlanOutcome,
) -> Result<Option<Arithmetic>, Problem> {
    let teller = Teller { workspace, question, outcome };
    let line = match claim {
        Claim::SellerShare => teller.share(Side::Seller)?,
        Claim::CompanyShare => teller.share(Side::Company)?,
        Claim::Gap | Claim::GapClosed => teller.gap()?,
        Claim::CompanyValue => {
            teller.company_value("the company’s value at the sellers’ best", &teller.at(Side::Seller)?)
        }
        Claim::SellerValue => {
            teller.pay("pay while they stay, in present value", &teller.at(Side::Seller)?, Side::Seller)
        }
        Claim::FirstYearPay => first_year(&teller.at(Side::Seller)?),
        Claim::SolvedNew | Claim::SolvedRenewal => solved(claim, workspace, first_year(&teller.at(Side::Seller)?)),
        Claim::FreeRenewalPay => free_pay(&teller.at(Side::Seller)?.sums, workspace),
        Claim::FreePart => free_part(&teller.at(Side::Seller)?.sums, workspace),
        Claim::AccountsAfter => accounts_after("accounts at the end of the horizon", &teller.at(Side::Seller)?.sums),
        Claim::SellerDaily => teller.daily(Side::Seller)?,
        Claim::CompanyDaily => teller.daily(Side::Company)?,
        _ => return Ok(None),
    };
    let note = if matches!(claim, Claim::SellerDaily | Claim::CompanyDaily) { DAILY } else { MONTHS };
    Ok(Some(Arithmetic::new(title(claim), line, note)))
}

/// Pay of the next twelve months, rule by rule.
fn first_year(sums: &RuledSums) -> Line {
    let paid = sums.parts.iter().filter(|part| part.first_year != 0.0);
    let from = "expected over the next twelve months, paid event by event";
    let line = |part: &PartSums| Line::stated(part.name.clone(), part.first_year, Unit::Money, from);
    Line::sum("pay in the next twelve months", paid.map(line).collect())
}

/// Accounts for the renewal commission at which both agree with rules, by the rates that were looked at around it.
pub fn ruled_agreement_arithmetic(agreed: &Agreed) -> Arithmetic {
    let (at, is_found) = match agreed.answer {
        RateAnswer::At { rate, .. } => (rate, true),
        RateAnswer::EvenAtZero { .. } => (0.0, false),
        RateAnswer::Jump { rate, .. } => (rate, false),
        RateAnswer::Never { at_rate, .. } => (at_rate, false),
    };
    let place = agreed.asked.iter().take_while(|asked| asked.rate < at).count();
    let shown = agreed.asked.iter().skip(place.saturating_sub(BESIDE)).take(2 * BESIDE + 1);
    let rows = shown.map(|asked| FoundRow {
        cells: vec![rate(asked.rate, 3), percent(asked.seller_share, 2), percent(asked.company_share, 2)],
        // The nearer both shares are, the higher.
        height: -(asked.seller_share - asked.company_share).abs(),
        is_found: is_found && asked.rate == at,
    });
    let rule = match agreed.answer {
        RateAnswer::At { .. } => {
            "The renewal commission at which both best splits are the same, give or take a twentieth of a point."
        }
        RateAnswer::EvenAtZero { .. } => {
            "Even without any renewal commission sellers give customers no less than the company would want."
        }
        RateAnswer::Jump { .. } => {
            "At no renewal commission are both best splits the same: here the sellers’ jumps over the company’s."
        }
        RateAnswer::Never { .. } => {
            "At no renewal commission are both best splits the same: here the sellers’ is the greatest."
        }
    };
    let how = How::Found {
        rule: format!(
            "{rule} At each rate looked at, all of the range was searched for both, with every event paid by all rules; these lie \
             around it."
        ),
        headings: RATE_HEADINGS.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        from: Vec::new(),
    };
    let line = Line { label: "renewal commission".to_owned(), value: at, unit: Unit::Rate, how };
    Arithmetic::new(title(Claim::Agreement), line, MONTHS).told_as(rate_answer(&agreed.answer))
}

struct Teller<'a> {
    workspace: &'a Workspace,
    question: &'a Question,
    outcome: &'a PlanOutcome,
}

impl Teller<'_> {
    /// The sums with the sellers at their best, or where the company would want them.
    fn at(&self, side: Side) -> Result<RuledSums, Problem> {
        ruled_sums(self.workspace, self.question, &self.outcome.shares(side == Side::Company))
    }

    /// The present value of pay, rule by rule and year by year.
    fn pay(&self, label: &str, sums: &RuledSums, side: Side) -> Line {
        let how = side.discounting(self.workspace);
        // What the company pays a colleague is part of its cost.
        let with = if side == Side::Company { "; what is shared with a colleague in full" } else { "" };
        let (of, later): (fn(&PartSums) -> &[f64], f64) = match side {
            Side::Seller => (|part| &part.seller, sums.later_seller),
            Side::Company => (|part| &part.company, sums.later_company),
        };
        let year = |(number, amount): (usize, &f64)| {
            Line::stated(
                format!("year {number}"),
                *amount,
                Unit::Money,
                format!("event by event, each month’s {how}{with}"),
            )
        };
        let part = |part: &PartSums| Line::sum(part.name.clone(), (1..).zip(of(part)).map(year).collect());
        let pays = |part: &&PartSums| of(part).iter().any(|amount| *amount != 0.0);
        let mut lines: Vec<Line> = sums.parts.iter().filter(pays).map(part).collect();
        if later != 0.0 {
            let from = format!("accounts alive then go on renewing at today’s chance, paid as in the last year, {how}");
            lines.push(Line::stated("renewals after the horizon", later, Unit::Money, from));
        }
        Line::sum(label, lines)
    }

    fn company_value(&self, label: &str, sums: &RuledSums) -> Line {
        company_value_less(label, &sums.sums, self.pay(COMPANY_PAY, sums, Side::Company), self.workspace)
    }

    fn daily(&self, side: Side) -> Result<Line, Problem> {
        let count = self.outcome.sellers.len();
        let at = |share: f64| -> Result<Line, Problem> {
            let sums = ruled_sums(self.workspace, self.question, &vec![share; count])?;
            let label = daily_label(side, share);
            Ok(match side {
                Side::Seller => self.pay(&label, &sums, Side::Seller),
                Side::Company => self.company_value(&label, &sums),
            })
        };
        Ok(daily_line(side, at(daily_share(self.workspace.assumptions.hours_per_year))?, at(0.0)?))
    }

    fn gap(&self) -> Result<Line, Problem> {
        let value = |side: Side, whose: &str, share: f64| -> Result<Line, Problem> {
            let label = format!("the company’s value at {whose} best split, {} on customers", share_words(share, 1));
            Ok(self.company_value(&label, &self.at(side)?))
        };
        let most = value(Side::Company, "its own", self.outcome.company_share)?;
        let now = value(Side::Seller, "the sellers’", self.outcome.seller_share)?;
        Ok(Line::sum("the gap", vec![most, Line::minus("less where sellers earn most", now)]))
    }

    /// A best share: of one seller by the values around it, of several as their mean.
    fn share(&self, side: Side) -> Result<Line, Problem> {
        let shares = self.outcome.shares(side == Side::Company);
        let [best] = shares.as_slice() else { return Ok(mean_share(&shares)) };
        let steps = (0..=2 * BESIDE).map(|step| best + STEP * (step as f64 - BESIDE as f64));
        let values = ruled_values(self.workspace, self.question, steps.filter(|share| (0.0..=1.0).contains(share)))?;
        let row = |(share, seller, company): &(f64, f64, f64)| {
            let height = if side == Side::Seller { *seller } else { *company };
            FoundRow { cells: vec![percent(*share, 1), money(height, 0)], height, is_found: share == best }
        };
        let sums = self.at(side)?;
        let (what, from) = match side {
            Side::Seller => {
                ("the seller’s value", self.pay("pay while they stay, in present value", &sums, Side::Seller))
            }
            Side::Company => ("the company’s value", self.company_value("the company’s value there", &sums)),
        };
        let rows = values.iter().map(row).collect();
        Ok(found_share(*best, what, ", every event paid by all rules", rows, from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ruled_agreement::AskedRate;

    #[test]
    fn where_both_agree_is_told_by_the_rates_around_it_or_why_they_do_not() {
        let rates = [0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.2, 0.5, 1.0];
        let asked = rates.map(|rate| AskedRate { rate, seller_share: 0.1 + rate / 2.0, company_share: 0.13 }).to_vec();
        let told = |answer: RateAnswer| ruled_agreement_arithmetic(&Agreed { answer, asked: asked.clone() });
        let shown = |told: &Arithmetic| match &told.line.how {
            How::Found { rule, rows, .. } => {
                (rule.clone(), rows.iter().map(|row| (row.cells[0].clone(), row.is_found)).collect::<Vec<_>>())
            }
            how => panic!("{how:?}"),
        };
        let at = told(RateAnswer::At { rate: 0.06, share: 0.13 });
        let (rule, rows) = shown(&at);
        assert!(rule.contains("both best splits are the same, give"), "{rule}");
        assert_eq!(rows.iter().filter(|(_, is_found)| *is_found).collect::<Vec<_>>(), [&("6%".to_owned(), true)]);
        assert_eq!((rows.len(), rows[0].0.as_str(), at.line.value), (7, "1%", 0.06));
        for (answer, words, near) in [
            (RateAnswer::EvenAtZero { share: 0.6 }, "Even without any renewal commission", "0%"),
            (RateAnswer::Jump { rate: 0.08, from: 0.0, to: 0.6 }, "jumps over the company’s", "8%"),
            (RateAnswer::Never { greatest_share: 0.1, at_rate: 1.0 }, "the sellers’ is the greatest", "100%"),
        ] {
            let (rule, rows) = shown(&told(answer));
            assert!(rule.contains(words), "{rule}");
            assert!(
                rows.iter().any(|(rate, _)| rate == near) && !rows.iter().any(|(_, is_found)| *is_found),
                "{rows:?}"
            );
        }
    }
}
