//! Cases that have a closed form, or nearly so: worth of customers, curves, cohorts, shared hours.

use holdfast::model::adbudg::Adbudg;
use holdfast::model::allocation::{Claim, water_filling};
use holdfast::model::customer_equity::{Market, SpendingCurve};
use holdfast::model::lifetime::{margin_multiple, referral_value};
use holdfast::model::response::{carried_over, further_renewals};
use holdfast::model::survival_estimate::{Observation, SurvivalEstimate};
use holdfast::model::survival_mix::ShiftedBetaGeometric;
use holdfast::model::term_engine::{level_rate, pay_per_new_account};
use serde_json::Value;

use crate::cases::{figures, number};
use crate::{Figures, numbers};

/// The figures for a case of `kind`, or `None` if no function here answers that kind.
pub fn answer(kind: &str, inputs: &Value) -> Option<Figures> {
    match kind {
        "adbudg" => Some(adbudg(inputs)),
        "adstock" => Some(adstock(inputs)),
        "allocation" => Some(allocation(inputs)),
        "customer_equity" => Some(customer_equity(inputs)),
        "kaplan_meier" => Some(kaplan_meier(inputs)),
        "level_plan" => Some(level_plan(inputs)),
        "margin_multiple" => Some(margin_multiples(inputs)),
        "referral_value" => Some(referrals(inputs)),
        "sbg_fit" => Some(sbg_fit(inputs)),
        "sbg_value" => Some(sbg_value(inputs)),
        _ => None,
    }
}

fn adbudg(inputs: &Value) -> Figures {
    let of = |name: &str| number(inputs, name);
    let curve = Adbudg::through(of("none"), of("half"), of("now"), of("saturation")).unwrap();
    figures([
        ("d", curve.bend.scale),
        ("g", curve.bend.shape),
        ("r_quarter", curve.at(0.25)),
        ("r_one_and_half", curve.at(1.5)),
        ("r_double", curve.at(2.0)),
        ("elasticity_now", curve.elasticity(1.0)),
    ])
}

fn adstock(inputs: &Value) -> Figures {
    let mut attention = number(inputs, "start");
    let each_month = numbers(&inputs["hours"]).into_iter().map(|hours| {
        attention = carried_over(attention, hours, number(inputs, "delta"));
        attention
    });
    Figures::from([("attention".to_owned(), each_month.collect())])
}

fn allocation(inputs: &Value) -> Figures {
    let claims: Vec<Claim> = numbers(&inputs["value"])
        .into_iter()
        .zip(numbers(&inputs["k"]))
        .map(|(worth, steepness)| Claim { worth, steepness })
        .collect();
    let shared = water_filling(&claims, number(inputs, "hours"));
    let objective = claims.iter().zip(&shared.hours).map(|(claim, hours)| claim.at(*hours)).sum();
    let mut answer = figures([("marginal", shared.marginal), ("objective", objective)]);
    answer.insert("hours".to_owned(), shared.hours);
    answer
}

fn customer_equity(inputs: &Value) -> Figures {
    let curve =
        |name: &str| SpendingCurve { ceiling: number(&inputs[name], "ceiling"), steepness: number(&inputs[name], "k") };
    let market = Market {
        margin: number(inputs, "margin"),
        discount: number(inputs, "discount"),
        acquisition: curve("acquisition"),
        retention: curve("retention"),
    };
    let best = market.best_spending().unwrap();
    figures([
        ("acquisition_spend", best.acquisition_spend),
        ("retention_spend", best.retention_spend),
        ("acquired", best.acquired),
        ("retained", best.retained),
        ("lifetime_value", best.lifetime_value),
        ("marginal_cost_to_acquire", market.acquisition.marginal_cost(best.acquisition_spend)),
        ("marginal_cost_to_retain", market.retention.marginal_cost(best.retention_spend)),
        ("customer_equity", best.customer_equity),
    ])
}

/// Restricted means are told to every whole time that anybody was watched.
fn kaplan_meier(inputs: &Value) -> Figures {
    let of = |name: &str, ended: bool| {
        numbers(&inputs[name]).into_iter().map(move |time| Observation { time, ended }).collect::<Vec<_>>()
    };
    let curve = SurvivalEstimate::new(&[of("events", true), of("censored", false)].concat()).unwrap();
    let each = |of: fn(&holdfast::model::survival_estimate::Step) -> f64| -> Vec<f64> {
        curve.steps().iter().map(of).collect()
    };
    let mut answer = Figures::from([
        ("times".to_owned(), each(|step| step.time)),
        ("survival".to_owned(), each(|step| step.survival)),
        ("standard_error".to_owned(), each(|step| step.standard_error)),
    ]);
    answer.extend(curve.median().map(|median| ("median".to_owned(), vec![median])));
    for until in 0..=curve.longest() as u32 {
        let mean = curve.restricted_mean(f64::from(until)).unwrap().mean;
        answer.insert(format!("restricted_mean.{until}"), vec![mean]);
    }
    answer
}

fn level_plan(inputs: &Value) -> Figures {
    let of = |name: &str| number(inputs, name);
    let phi = further_renewals(1.0 / (1.0 + of("discount")), of("retention")).unwrap();
    figures([
        ("phi", phi),
        ("present_value", pay_per_new_account(of("c_new"), of("c_ren"), phi)),
        ("level", level_rate(of("c_new"), of("c_ren"), phi)),
    ])
}

fn margin_multiples(inputs: &Value) -> Figures {
    let discount = number(inputs, "discount");
    let multiples = numbers(&inputs["retention"]).into_iter().map(|kept| margin_multiple(kept, discount).unwrap());
    Figures::from([("multiple".to_owned(), multiples.collect())])
}

fn referrals(inputs: &Value) -> Figures {
    let of = |name: &str| number(inputs, name);
    let margin = of("margin") * of("annual_value");
    let worth = referral_value(margin, of("retention"), of("referrals"), of("p_ref"), of("beta")).unwrap();
    figures([("new", worth.new), ("retained", worth.retained), ("without", worth.without)])
}

fn sbg_fit(inputs: &Value) -> Figures {
    let periods = number(inputs, "fit_periods") as usize;
    let customers = number(inputs, "customers");
    let left: Vec<f64> = numbers(&inputs["surviving_percent"])
        .into_iter()
        .take(periods + 1)
        .map(|percent| percent / 100.0 * customers)
        .collect();
    let lost: Vec<f64> = left.windows(2).map(|pair| pair[0] - pair[1]).collect();
    let fitted = ShiftedBetaGeometric::fit(&lost, left[periods]).unwrap();
    let survival = |renewal: usize| fitted.survival().nth(renewal).unwrap();
    let mut answer = figures([
        ("alpha", fitted.alpha),
        ("beta", fitted.beta),
        ("log_likelihood", fitted.log_likelihood(&lost, left[periods])),
    ]);
    for renewal in [8, 12] {
        answer.insert(format!("survival.{renewal}"), vec![survival(renewal)]);
    }
    answer
}

fn sbg_value(inputs: &Value) -> Figures {
    let cohort = ShiftedBetaGeometric { alpha: number(inputs, "alpha"), beta: number(inputs, "beta") };
    let discount = number(inputs, "discount");
    let derl = numbers(&inputs["renewal"])
        .into_iter()
        .map(|renewal| cohort.residual_lifetime(renewal as u32, discount).unwrap());
    let mut answer = Figures::from([("derl".to_owned(), derl.collect())]);
    answer.insert("del_new".to_owned(), vec![cohort.lifetime(discount).unwrap()]);
    answer
}
