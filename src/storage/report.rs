//! The results as JSON, for analysts and tests.
//!
//! | key | meaning | unit |
//! |---|---|---|
//! | `as_of`, `seller`, `sellers`, `accounts`, `annual_value`, `hours`, `horizon_months` | what was projected | |
//! | `verdict` | the sentence on the screen | |
//! | `today`, `seller_best`, `company_best` | a split: `share` of selling time on customers, `hours` a year on them, `seller_value`, `company_value` | share, h, money (present value) |
//! | `rival_share` in a split | a second best, within 2 % of the value; absent if none | share |
//! | `gap`, `gap_per_year` | company's value at its best less that at the sellers' best | money |
//! | `next_hour` | `seller` and `company`, each `customers` and `prospecting` | money an hour |
//! | `agreement_rate`, `first_hour_rate`, `target_rate` | `{"kind": "at", "rate", "share"}`, `"even_at_zero"`, `"jump"` with `from` and `to`, or `"never"` with `greatest_share` | |
//! | `paid_for_anyway` | this year's renewal commission: `free` and `won` by attention | money |
//! | `first_year_pay` | pay of months 1 to 12 at the sellers' best | money |
//! | `with_rules` | what rates and further rules do together: `seller_share`, `company_share`, `gap`, `first_year_pay`, `seller_value`, `company_value`; absent without rules. All else is about the rates alone | share, money |
//! | `share_curve` | `share`, `seller_value`, `company_value` in steps of 0.02 | |
//! | `rate_curve` | `rate`, `seller_share`, `company_share`, `company_value` | |
//! | `years` | per year and for `today`, `seller_best`, `company_best`: `accounts` at its end, `revenue`, `pay`, `profit`, `wins`, `lost` | |
//! | `notes` | sentences on odd input | |

use serde_json::{Value, json};

use crate::model::payoff::{Course, HourWorth, Payoff, PlanOutcome, Question, Split};
use crate::model::rate_solver::RateAnswer;
use crate::model::ruled_outcome::ruled_outcome;
use crate::model::workspace::Workspace;
use crate::text::verdict;

/// The answer to `question` about `workspace` as indented JSON.
///
/// # Errors
/// If JSON cannot hold a number; the model returns none like that.
pub fn json(workspace: &Workspace, question: &Question, answer: &Payoff) -> Result<String, serde_json::Error> {
    let sentence = verdict::verdict(answer, question.seller.as_deref(), &workspace.plan);
    let split = |split: &Split| {
        let mut value = json!({
            "share": split.share,
            "hours": split.share * answer.hours,
            "seller_value": split.seller_value,
            "company_value": split.company_value,
        });
        if let (Some(rival), Some(fields)) = (split.rival_share, value.as_object_mut()) {
            fields.insert("rival_share".to_owned(), json!(rival));
        }
        value
    };
    let hour = |hour: &HourWorth| json!({"customers": hour.customers, "prospecting": hour.prospecting});
    let mut report = json!({
        "as_of": workspace.as_of.to_string(),
        "seller": question.seller,
        "sellers": answer.sellers,
        "accounts": answer.accounts,
        "annual_value": answer.annual_value,
        "hours": answer.hours,
        "horizon_months": answer.horizon,
        "verdict": sentence.plain(),
        "today": split(&answer.today),
        "seller_best": split(&answer.seller_best),
        "company_best": split(&answer.company_best),
        "gap": answer.gap,
        "gap_per_year": answer.gap_per_year,
        "next_hour": {"seller": hour(&answer.seller_hour), "company": hour(&answer.company_hour)},
        "agreement_rate": rate(&answer.agreement),
        "first_hour_rate": rate(&answer.first_hour),
        "target_rate": answer.target.as_ref().map(rate),
        "paid_for_anyway": {"free": answer.paid_for_anyway.free, "won": answer.paid_for_anyway.won},
        "first_year_pay": answer.first_year_pay,
        "share_curve": answer.curve.iter().map(|point| json!({
            "share": point.share,
            "seller_value": point.seller_value,
            "company_value": point.company_value,
        })).collect::<Vec<_>>(),
        "rate_curve": answer.rate_curve.iter().map(|point| json!({
            "rate": point.rate,
            "seller_share": point.seller_share,
            "company_share": point.company_share,
            "company_value": point.company_value,
        })).collect::<Vec<_>>(),
        "years": years(answer),
        "notes": answer.notes.iter().map(verdict::note).collect::<Vec<_>>(),
    });
    if workspace.plan.rules_on() > 0
        && let (Ok(ruled), Some(fields)) = (ruled_outcome(workspace, question), report.as_object_mut())
    {
        fields.insert("with_rules".to_owned(), with_rules(&ruled));
    }
    serde_json::to_string_pretty(&report)
}

fn with_rules(ruled: &PlanOutcome) -> Value {
    json!({
        "seller_share": ruled.seller_share,
        "company_share": ruled.company_share,
        "gap": ruled.gap,
        "first_year_pay": ruled.first_year_pay,
        "seller_value": ruled.seller_value,
        "company_value": ruled.company_value,
    })
}

fn rate(answer: &RateAnswer) -> Value {
    match *answer {
        RateAnswer::At { rate, share } => json!({"kind": "at", "rate": rate, "share": share}),
        RateAnswer::EvenAtZero { share } => json!({"kind": "even_at_zero", "share": share}),
        RateAnswer::Jump { rate, from, to } => json!({"kind": "jump", "rate": rate, "from": from, "to": to}),
        RateAnswer::Never { greatest_share, at_rate } => {
            json!({"kind": "never", "greatest_share": greatest_share, "at_rate": at_rate})
        }
    }
}

fn years(answer: &Payoff) -> Vec<Value> {
    let years = (answer.horizon as usize).div_ceil(12);
    let year = |course: &Course, year: usize| {
        let months = |series: &[f64]| series.iter().skip(12 * year).take(12).sum::<f64>();
        let end = (12 * (year + 1)).min(answer.horizon as usize);
        json!({
            "accounts": course.accounts.get(end),
            "revenue": months(&course.revenue),
            "pay": months(&course.pay),
            "profit": months(&course.profit),
            "wins": months(&course.wins),
            "lost": months(&course.lost),
        })
    };
    (0..years)
        .map(|index| {
            json!({
                "year": index + 1,
                "today": year(&answer.today_course, index),
                "seller_best": year(&answer.seller_course, index),
                "company_best": year(&answer.company_course, index),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::rules::{Rule, RuleKind};
    use crate::model::sample::sample_workspace;

    #[test]
    fn rules_are_told_beside_the_rates() {
        let told = |workspace: &Workspace| -> Value {
            let question = Question::default();
            let answer = payoff(workspace, &question).unwrap();
            serde_json::from_str(&json(workspace, &question, &answer).unwrap()).unwrap()
        };
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let bare = told(&workspace);
        assert!(bare["with_rules"].is_null());
        // A cap at nothing: new business pays by referrals alone.
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::Cap, &[0.0]).unwrap()];
        let ruled = told(&workspace);
        assert_eq!(ruled["gap"], bare["gap"]);
        let share = |value: &Value| value.as_f64().unwrap();
        assert!(share(&ruled["with_rules"]["seller_share"]) > share(&bare["seller_best"]["share"]));
        assert!(ruled["verdict"].as_str().unwrap().contains("its 1 rule left out"));
    }
}
