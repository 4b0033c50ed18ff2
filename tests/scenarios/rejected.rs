//! The sentence with which the model refuses inputs.

use holdfast::model::adbudg::Adbudg;
use holdfast::model::bounds::Input;
use holdfast::model::lifetime::{lifetime_value, referral_value};
use holdfast::model::month::Month;
use holdfast::model::pay::Steps;
use holdfast::model::payoff::{Question, payoff};
use holdfast::model::response::further_renewals;
use holdfast::model::sample::sample_workspace;
use holdfast::model::survival_mix::ShiftedBetaGeometric;
use serde_json::Value;

use crate::{numbers, plans};

/// What is said to `inputs`; `None` if they are accepted.
pub fn refusal(kind: &str, inputs: &Value) -> Option<String> {
    let number = |name: &str| inputs[name].as_f64().unwrap();
    match kind {
        "projection_inputs" => {
            let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
            for (name, value) in inputs.as_object().unwrap() {
                let input = Input::from_key(name).unwrap_or_else(|| panic!("no input {name}"));
                if let Err(why) = workspace.set(input, value.as_f64().unwrap()) {
                    return Some(why.to_string());
                }
            }
            payoff(&workspace, &Question::default()).err().map(|why| why.to_string())
        }
        "lifetime_value" => {
            lifetime_value(number("margin"), number("retention"), number("discount")).err().map(|why| why.to_string())
        }
        "further_renewals" => {
            further_renewals(number("discount_factor"), number("renewal")).err().map(|why| why.to_string())
        }
        "plan" => plans::plan(&inputs["plan"]).check().err().map(|why| why.to_string()),
        "shares" => plans::event(&inputs["event"]).shared(&numbers(&inputs["shares"])).err().map(|why| why.to_string()),
        "steps" => {
            let pairs = inputs["steps"].as_array().unwrap().iter().map(numbers).map(|pair| (pair[0], pair[1]));
            Steps::new(pairs.collect()).err().map(|why| why.to_string())
        }
        "adbudg" => Adbudg::through(number("none"), number("half"), number("now"), number("saturation"))
            .err()
            .map(|why| why.to_string()),
        "sbg_fit" => {
            ShiftedBetaGeometric::fit(&numbers(&inputs["lost"]), number("left")).err().map(|why| why.to_string())
        }
        "referral_value" => {
            referral_value(number("margin"), number("retention"), number("referrals"), number("p_ref"), number("beta"))
                .err()
                .map(|why| why.to_string())
        }
        _ => panic!("unknown kind {kind}"),
    }
}
