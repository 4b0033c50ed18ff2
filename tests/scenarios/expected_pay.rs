//! Cases about a plan on expected flows: what each month of a projection pays, and what that is worth.

use holdfast::model::assumptions::Assumptions;
use holdfast::model::month::Month;
use holdfast::model::path::{EndedContracts, MonthFlow, Path};
use holdfast::model::plan_response::PlanProjection;
use holdfast::model::projection::Projection;
use holdfast::model::seller::SellerBook;
use holdfast::model::valuation::Discounting;
use serde_json::Value;

use crate::cases::number;
use crate::plans::plan;
use crate::{Figures, numbers};

/// A month's flows; all that the case does not name is 0.
fn flow(value: &Value) -> MonthFlow {
    let of = |name: &str| value[name].as_f64().unwrap_or(0.0);
    let mut flow = MonthFlow {
        wins: of("wins"),
        new_value: of("new_value"),
        due_value: of("due"),
        renewals: of("renewals"),
        expansion_value: of("expansion"),
        ..MonthFlow::default()
    };
    for (year, renewed) in value["renewed"].as_array().into_iter().flatten().enumerate() {
        flow.renewed_value[year] = renewed.as_f64().unwrap();
    }
    flow
}

/// Figures: `pay` by month, `first_year`, and what all pay is worth to the `seller`, who stays.
pub fn expected_pay(inputs: &Value) -> Figures {
    let assumed = Assumptions {
        horizon: number(inputs, "horizon") as u32,
        discount_seller: number(inputs, "discount"),
        stay: 1.0,
        residual: inputs["residual"].as_bool().unwrap(),
        ..Assumptions::default()
    };
    let mut path = Path { months: vec![MonthFlow::default(); assumed.horizon as usize], ..Path::default() };
    for value in inputs["flows"].as_array().unwrap() {
        path.months[number(value, "month") as usize - 1] = flow(value);
    }
    for row in inputs["ended"].as_array().into_iter().flatten() {
        let row = numbers(row);
        path.ended.push(EndedContracts {
            month: row[0] as u32,
            sold: row[1] as u32,
            lost: row[2],
            lost_value: row[3],
            renewed_value: row[4],
        });
    }
    let from = Month::parse("2025-12").unwrap();
    let projection = Projection::new(SellerBook::new("", &[], from, &assumed).unwrap(), &assumed).unwrap();
    let (plan, discounting) = (plan(&inputs["plan"]), Discounting::new(&assumed));
    plan.check().unwrap();
    let under = PlanProjection::new(&projection, &plan, &discounting, from);
    let worth = under.worth(&path);
    Figures::from([
        ("pay".to_owned(), under.pay(&path).iter().map(|month| month.paid()).collect()),
        ("first_year".to_owned(), vec![worth.first_year_pay]),
        ("seller".to_owned(), vec![worth.seller]),
    ])
}
