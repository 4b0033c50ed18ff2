//! What the other languages are given: the same books as plain numbers.

use holdfast::model::seller::SellerBook;
use serde_json::{Value, json};

use crate::books::book;
use crate::luck::{RUNS, SHARE};

/// Every book that another language works on, by its name, as one line of JSON.
pub fn all() -> Value {
    json!({"own": inputs("own"), "pooled": inputs("pooled"), "monthly": inputs("monthly")})
}

fn inputs(name: &str) -> Value {
    let workspace = book(name, true);
    let assumed = &workspace.assumptions;
    let accounts = &workspace.book.accounts;
    let seller = SellerBook::new("", accounts.iter(), workspace.as_of, assumed).expect("a book");
    let quota = &workspace.plan.quota;
    let each =
        |number: fn(&holdfast::model::account::Account) -> f64| accounts.iter().map(number).collect::<Vec<f64>>();
    json!({
        "months": assumed.horizon, "hours": assumed.hours_per_year, "hoursPerAccount": seller.hours_per_account,
        "r0": assumed.renew_unattended, "r1": assumed.renew_today, "rc": assumed.renew_saturated,
        "stay": assumed.stay, "oddsNew": assumed.odds_new, "oddsReferred": assumed.odds_referred,
        "hoursPerPursuit": assumed.hours_per_pursuit, "leads": assumed.leads, "referrals": assumed.referrals,
        "carryOver": assumed.carry_over, "discountCompany": assumed.discount_company,
        "discountSeller": assumed.discount_seller, "prospectingCost": assumed.prospecting_cost,
        "newRate": workspace.plan.new_business.get(), "referralRate": workspace.plan.referral.get(),
        "renewalRates": workspace.plan.renewal.by_year().map(|rate| rate.get()), "base": workspace.plan.base.units(),
        "quota": {"target": quota.target, "months": quota.period.months(), "multiplier": quota.multiplier},
        "newAccount": {
            "value": seller.new_account.annual_value, "margin": seller.new_account.margin, "term": seller.new_account.term
        },
        "value": each(|it| it.annual_value.units()),
        "margin": each(|it| it.margin.get()),
        "cost": each(|it| it.cost_to_serve.units()),
        "term": each(|it| f64::from(it.term.months())),
        "odds": each(|it| it.loss_odds.get()),
        "tenure": accounts.iter().map(|it| it.tenure(workspace.as_of)).collect::<Vec<u32>>(),
        "firstRenewal": accounts.iter().map(|it| it.months_to_renewal(workspace.as_of)).collect::<Vec<u32>>(),
        "runs": RUNS, "share": SHARE, "seed": 1,
    })
}
