//! A plan in words.

use super::choice;
use super::number::{money, plain, rate};
use super::rules;
use crate::model::plan::Plan;

/// What tells a plan from another in a line, such as "10% new · 2% renewal". Parts that pay nothing are left out, but for
/// these two.
pub fn in_short(plan: &Plan) -> String {
    parts(plan).join(" · ")
}

/// The same, but only what differs from `other`; all of it if nothing does.
pub fn difference(plan: &Plan, other: &Plan) -> String {
    let others = parts(other);
    let own: Vec<String> = parts(plan).into_iter().filter(|part| !others.contains(part)).collect();
    if own.is_empty() { in_short(plan) } else { own.join(" · ") }
}

fn parts(plan: &Plan) -> Vec<String> {
    let mut parts = vec![format!("{} new", rate(plan.new_business.get(), 2)), renewal(plan)];
    let quota = &plan.quota;
    if quota.counts() {
        let target = money(quota.target, 0);
        parts.push(format!("× {} above {target} a {}", plain(quota.multiplier, 2), choice::period(quota.period)));
    }
    for (part, name) in [(plan.referral, "referral"), (plan.upsell, "upsell")] {
        if part.get() > 0.0 {
            parts.push(format!("{} {name}", rate(part.get(), 2)));
        }
    }
    if plan.base.cents() > 0 {
        parts.push(format!("{} base", money(plan.base.units(), 0)));
    }
    parts.extend(rules::in_short(plan));
    parts
}

/// The renewal commission: "2% renewal", or with the years from which each rate holds.
fn renewal(plan: &Plan) -> String {
    let steps = plan.renewal.steps();
    match steps.as_slice() {
        [] => "0% renewal".to_owned(),
        [(2, only)] => format!("{} renewal", rate(only.get(), 2)),
        steps => {
            let words: Vec<String> =
                steps.iter().map(|(year, part)| format!("{} from year {year}", rate(part.get(), 2))).collect();
            format!("renewal {}", words.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::CommissionRate;

    #[test]
    fn what_pays_is_named() {
        let mut plan = Plan::default();
        assert_eq!(in_short(&plan), "10% new · 2% renewal · 2% referral · 8% upsell");
        (plan.referral, plan.upsell) = (CommissionRate::constant(0.0), CommissionRate::constant(0.0));
        plan.renewal = plan.renewal.with_level(CommissionRate::constant(0.0315));
        assert_eq!(in_short(&plan), "10% new · 3.15% renewal");
        plan.renewal = plan.renewal.with_year(3, CommissionRate::constant(0.01));
        plan.quota.multiplier = 1.5;
        assert_eq!(
            in_short(&plan),
            "10% new · renewal 3.15% from year 2, 1% from year 3, 3.15% from year 4 · × 1.5 above $100,000 a year"
        );
        let mut other = plan.clone();
        assert_eq!(difference(&other, &plan), in_short(&plan));
        other.new_business = CommissionRate::constant(0.08);
        assert_eq!(difference(&other, &plan), "8% new");
    }
}
