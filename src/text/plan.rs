//! A plan in words.

use super::choice;
use super::number::{money, plain, rate};
use super::rules;
use crate::model::payoff::Payoff;
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

/// How much of the pay of the next twelve months, with the sellers at their best, is base and how much varies; printed so that both
/// add up. Nothing where there is no base.
pub fn pay_mix(plan: &Plan, payoff: &Payoff) -> String {
    let base = plan.base.units() * payoff.sellers as f64;
    let whole = libm::round(payoff.first_year_pay);
    if base <= 0.0 || whole <= 0.0 {
        return String::new();
    }
    let part = libm::round(100.0 * base / whole);
    let of = if payoff.sellers > 1 { "all sellers earn" } else { "a seller earns" };
    format!(
        "Working as pays best {of} {} in the next twelve months by the rates: {} base and {} that varies, a mix of {} to {}.",
        money(whole, 0),
        money(libm::round(base), 0),
        money(whole - libm::round(base), 0),
        plain(part, 0),
        plain(100.0 - part, 0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, payoff};
    use crate::model::quantity::{CommissionRate, Money};
    use crate::model::sample::sample_workspace;
    use crate::model::workspace::Workspace;

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

    #[test]
    fn base_pay_and_what_varies_add_up() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let mix = |workspace: &Workspace| pay_mix(&workspace.plan, &payoff(workspace, &Question::default()).unwrap());
        assert_eq!(mix(&workspace), "");
        workspace.plan.base = Money::from_cents(5_000_000);
        // The sample's commission at the seller's best is 17,000.
        assert_eq!(
            mix(&workspace),
            "Working as pays best a seller earns $67,000 in the next twelve months by the rates: $50,000 base and $17,000 that \
             varies, a mix of 75 to 25."
        );
    }
}
