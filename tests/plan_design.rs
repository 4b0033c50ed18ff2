//! Laws of what designs a plan, over generated workspaces: whatever a user states, answers are finite and keep their word.
//!
//! `HOLDFAST_SOAK=1` draws more: see the counts beside each law.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

#[path = "fixtures/generate.rs"]
mod generate;

use generate::for_all;
use holdfast::model::account_worth::{RankBy, ranked};
use holdfast::model::best_plan::{BestPlan, PlanRanges, best_plan};
use holdfast::model::floor_swap::{FloorTeam, TimeUse};
use holdfast::model::payoff::{Question, Samples, payoff};
use holdfast::model::plan_curves::{Offer, PlanCurves, RatePair, RenewalRule};
use holdfast::model::quantity::{Probability, Share};
use holdfast::model::response_share::ResponsePath;
use holdfast::model::same_money::{Sameness, same_money_grandfathered};
use holdfast::model::team_projections::team_projections;
use holdfast::model::training::{Lift, Programme, training};
use proptest::prelude::*;

const SELLERS: [&str; 2] = ["Ada", "Ben"];

#[test]
fn a_floor_pays_the_same_or_says_why_not() {
    let drawn = (generate::workspaces(8, &SELLERS), 0.0..=1.0_f64);
    for_all(60, 1_000, &drawn, |(workspace, floor)| {
        let Ok(team) = FloorTeam::new(&workspace, &Question::default()) else { return Ok(()) };
        prop_assert!((0.0..=1.0).contains(&team.natural_floor().get()));
        for floor in [team.natural_floor(), Probability::constant(floor)] {
            if let Ok(swap) = team.same_money(floor, TimeUse::Answering) {
                let off = (swap.first_year - swap.first_year_before).abs();
                prop_assert!(off <= 1.1e-7 * swap.first_year_before.abs().max(1e-2), "{:?}", swap);
                prop_assert!((0.0..=1.0).contains(&swap.renewal) && (0.0..=1.0).contains(&swap.share), "{:?}", swap);
                prop_assert!(swap.company_change.is_finite() && swap.seller_change.is_finite(), "{:?}", swap);
            }
            if let Ok(swap) = team.same_time(floor) {
                prop_assert!((swap.share - swap.share_before).abs() <= 1.1e-6, "{:?}", swap);
            }
        }
        Ok(())
    });
}

#[test]
fn the_best_plan_pays_the_same_and_is_worth_more() {
    for_all(15, 300, &generate::workspaces(8, &SELLERS), |workspace| {
        let ranges = PlanRanges::default();
        let Ok(answer) = best_plan(&workspace, &Question::default(), &ranges) else { return Ok(()) };
        let BestPlan::Other(plan) = answer else { return Ok(()) };
        prop_assert!(plan.company_change > 0.0 && plan.seller_change.is_finite(), "{:?}", plan);
        for (got, (least, most)) in
            [(plan.new_business, ranges.new_business), (plan.renewal, ranges.renewal), (plan.floor, ranges.floor)]
        {
            prop_assert!((least..=most).contains(&got), "{:?}", plan);
        }
        let projections = team_projections(&workspace, &Question::default()).unwrap();
        let rule = RenewalRule::AboveFloor(Probability::constant(plan.floor));
        let curves = PlanCurves::new(&projections, &workspace, rule);
        let rates = RatePair { new_business: plan.new_business, renewal: plan.renewal };
        let (before, after) = (curves.best(Offer::Present), curves.best(Offer::Rates(rates)));
        let off = (after.first_year_pay - before.first_year_pay).abs();
        prop_assert!(off <= 2e-7 * before.first_year_pay.abs().max(1e-2), "{:?} {:?} {:?}", plan, before, after);
        Ok(())
    });
}

#[test]
fn sellers_who_go_some_of_the_way_never_beat_the_company() {
    let drawn = (generate::workspaces(8, &SELLERS), 0.0..=1.0_f64);
    for_all(200, 10_000, &drawn, |(workspace, eta)| {
        let Ok(path) = ResponsePath::new(&workspace, &Question::default()) else { return Ok(()) };
        let some = path.at(Share::constant(eta));
        let all = path.at(Share::constant(1.0));
        let scale = some.company_value.abs().max(some.seller_value.abs()).max(1.0);
        prop_assert!(some.gap >= 0.0 && some.gap.is_finite() && (0.0..=1.0).contains(&some.share), "{:?}", some);
        prop_assert!(some.seller_value <= all.seller_value + 1e-9 * scale, "{:?} {:?}", some, all);
        let answer = payoff(&workspace, &Question::default()).unwrap();
        prop_assert!((all.seller_value - answer.seller_best.seller_value).abs() <= 1e-8 * scale, "{:?}", all);
        Ok(())
    });
}

#[test]
fn grandfathering_at_the_present_rate_changes_nothing() {
    for_all(60, 3_000, &generate::workspaces(8, &SELLERS), |mut workspace| {
        // The trade's rate is level from contract year 2 on.
        workspace.plan.renewal = workspace.plan.renewal.with_level(workspace.plan.renewal.first_renewal());
        let Ok(projections) = team_projections(&workspace, &Question::default()) else { return Ok(()) };
        let curves = PlanCurves::new(&projections, &workspace, RenewalRule::NewAccounts);
        let (new_business, renewal) = (workspace.plan.new_business, workspace.plan.renewal.first_renewal());
        let present = RatePair { new_business: new_business.get(), renewal: renewal.get() };
        for share in [0.0, 0.4, 1.0] {
            let shares = vec![share; projections.len()];
            let (one, other) = (curves.at(&shares, Offer::Present), curves.at(&shares, Offer::Rates(present)));
            let scale = one.cost.abs().max(1.0);
            prop_assert!((one.cost - other.cost).abs() <= 1e-9 * scale, "{:?} {:?}", one, other);
            prop_assert!((one.seller_value - other.seller_value).abs() <= 1e-9 * scale, "{:?} {:?}", one, other);
            prop_assert!((one.first_year_pay - other.first_year_pay).abs() <= 1e-9 * scale, "{:?} {:?}", one, other);
        }
        if let Ok(trade) = same_money_grandfathered(&projections, &workspace, new_business, Sameness::Horizon) {
            let offer = Offer::Rates(RatePair { new_business: trade.new_business, renewal: trade.renewal });
            let (before, after) = (curves.best(Offer::Present).cost, curves.best(offer).cost);
            prop_assert!(
                (after - before).abs() <= 1.1e-7 * before.abs().max(1e-2),
                "{:?}: {} {}",
                trade,
                after,
                before
            );
            prop_assert!(trade.company_change.is_finite() && trade.seller_change.is_finite(), "{:?}", trade);
        }
        Ok(())
    });
}

#[test]
fn accounts_and_training_are_finite_and_within_what_they_are_part_of() {
    let drawn = (generate::workspaces(8, &SELLERS), 0.0..1.0_f64, 0.1..100.0_f64);
    for_all(100, 5_000, &drawn, |(workspace, part, half_life)| {
        let assumed = &workspace.assumptions;
        if let Ok(worths) = ranked(&workspace.book.accounts, assumed, workspace.as_of, RankBy::ValueAtRisk) {
            prop_assert_eq!(worths.len(), workspace.book.active().count());
            for worth in &worths {
                prop_assert!(worth.lifetime_value.is_finite(), "{:?}", worth);
                prop_assert!((0.0..=worth.annual_value).contains(&worth.value_at_risk), "{:?}", worth);
                prop_assert!(worth.value_held >= -1e-9 * worth.annual_value, "{:?}", worth);
                // An account that is surely lost next month brings nothing more, whatever it brought.
                prop_assert!(worth.lifetime_value * worth.annual_profit >= 0.0, "{:?}", worth);
                prop_assert!(worth.lifetime_value != 0.0 || worth.annual_profit == 0.0 || worth.loss_chance == 1.0);
            }
            prop_assert!(worths.windows(2).all(|pair| pair[0].value_at_risk >= pair[1].value_at_risk));
        }
        if Samples::new(&workspace, &Question::default()).is_ok() {
            for lift in [
                Lift::Today(part * (assumed.renew_saturated - assumed.renew_today)),
                Lift::Saturated(part * (1.0 - assumed.renew_saturated)),
                Lift::Steepness(10.0 * part),
            ] {
                let programme = Programme { cost_per_seller: 1_000.0, lift, half_life };
                let Ok(worth) = training(&workspace, &Question::default(), &programme) else { continue };
                prop_assert!(worth.added.is_finite() && (0.0..=1.0).contains(&worth.share), "{:?}", worth);
                prop_assert!(worth.payback.is_none_or(|month| month <= assumed.horizon), "{:?}", worth);
                prop_assert_eq!(worth.payback.is_some(), worth.net() >= 0.0, "{:?}", worth);
            }
        }
        Ok(())
    });
}
