//! Rules that limit, multiply or share what the rates of a plan pay.

use super::{LeftOut, component_name};
use crate::model::pay::{
    Accelerator, Basis, Clawback, Component, Credit, Draw, DrawKind, Gate, HandOver, Measure, PayPlan, PlanPeriod,
    Quota, Reading, Recovery, RetentionMultiplier, Role, Steps, Trigger,
};
use crate::model::rules::{Rule, RuleKind};

/// The place of new business among the components of a plan: its rates come first.
const NEW_BUSINESS: usize = 0;
/// Those of renewals and upsell.
const KEPT: [usize; 2] = [1, 3];
/// That of referrals.
const REFERRALS: usize = 2;
/// A quota of nothing is met before the first sale: the least that can be measured.
const LEAST_QUOTA: f64 = 0.01;

/// Limits what the rates pay.
pub(super) fn limit(plan: &mut PayPlan, rule: &Rule) -> Result<(), LeftOut> {
    let (one, other) = (rule.number(0), rule.number(1));
    match rule.kind() {
        RuleKind::BelowTarget => return decelerate(plan, rule),
        RuleKind::WeightedQuotas => return weigh(plan, rule),
        RuleKind::HandOver => return hand_over(plan, rule),
        RuleKind::SourceStays => return source_stays(plan),
        _ => {}
    }
    let Some(new_business) = plan.components.get_mut(NEW_BUSINESS) else { return Ok(()) };
    match rule.kind() {
        RuleKind::Cap => {
            measure_over(new_business, rule.period)?;
            put(&mut new_business.cap, one)
        }
        RuleKind::RetentionGate => {
            measure_over(new_business, rule.period)?;
            put(&mut new_business.gate, Gate::Retention(one))
        }
        RuleKind::Threshold => {
            measure_over(new_business, rule.period)?;
            put(&mut new_business.gate, Gate::Amount(Measure::revenue(Trigger::NewBusiness), one))
        }
        RuleKind::Clawback => {
            put(&mut new_business.clawback, Clawback { recovery: Recovery::Full { months: one as u32 } })
        }
        RuleKind::ClawbackProRata => {
            put(&mut new_business.clawback, Clawback { recovery: Recovery::ProRata { months: one as u32 } })
        }
        RuleKind::ClawbackTable => {
            put(&mut new_business.clawback, Clawback { recovery: Recovery::Table(recovery(rule)) })
        }
        RuleKind::SharedWins => put(&mut new_business.credit, shared(Steps::level_at_all(one))),
        RuleKind::OnCash if new_business.measure.basis == Basis::Cash => Err(LeftOut::Twice),
        RuleKind::OnCash => {
            new_business.measure.basis = Basis::Cash;
            plan.collection_months = one as u32;
            Ok(())
        }
        RuleKind::RetentionFactor => {
            let steps = if one > 0.0 { vec![(0.0, other), (one, 1.0)] } else { vec![(0.0, 1.0)] };
            let factors = Steps::new(steps).unwrap_or_else(|_| Steps::level_at_all(1.0));
            put(&mut plan.multiplier, RetentionMultiplier { of: vec![NEW_BUSINESS], factors, period: rule.period })
        }
        RuleKind::Draw => put(&mut plan.draw, draw(one, DrawKind::Recoverable)),
        RuleKind::RampGuarantee => {
            let ramp = Draw { months: Some(other as u32), ..draw(one, DrawKind::NonRecoverable) };
            put(&mut plan.draw, ramp)
        }
        RuleKind::ClawbackLimit if plan.clawback_limit < 1.0 => Err(LeftOut::Twice),
        RuleKind::ClawbackLimit => {
            plan.clawback_limit = one;
            Ok(())
        }
        RuleKind::Guarantee => put(&mut plan.draw, draw(one, DrawKind::NonRecoverable)),
        // Components by themselves.
        _ => Ok(()),
    }
}

/// The parts that are taken back, each until its month; a month that is not after the one before it counts for nothing.
pub(super) fn recovery(rule: &Rule) -> Steps {
    let mut steps = vec![(0.0, rule.number(0))];
    let mut until = rule.number(1);
    for place in (2..rule.numbers().len()).step_by(2) {
        let (part, next) = (rule.number(place), rule.number(place + 1));
        if next > until {
            steps.push((until, part));
            until = next;
        }
    }
    steps.push((until, 0.0));
    Steps::new(steps).unwrap_or_else(|_| Steps::level_at_all(0.0))
}

/// The seller's part by months since the sale.
const fn shared(hunter: Steps) -> Credit {
    Credit { role: Role::Hunter, hand_over: HandOver { hunter, account_manager: None } }
}

/// Multiplies new business below an amount, alone or below the quota of the rates.
fn decelerate(plan: &mut PayPlan, rule: &Rule) -> Result<(), LeftOut> {
    let (target, part) = (rule.number(0), rule.number(1));
    if target <= 0.0 {
        return Ok(());
    }
    let PayPlan { quotas, components, .. } = plan;
    let Some(new_business) = components.get_mut(NEW_BUSINESS) else { return Ok(()) };
    let Some(accelerator) = &mut new_business.accelerator else {
        let multipliers = Steps::new(vec![(0.0, part), (1.0, 1.0)]).unwrap_or_else(|_| Steps::level_at_all(1.0));
        new_business.accelerator =
            Some(Accelerator { quotas: vec![(quotas.len(), 1.0)], multipliers, reading: Reading::Marginal });
        quotas.push(quota(component_name(rule.kind()), Trigger::NewBusiness, target, rule.period));
        return Ok(());
    };
    // Up to the quota of the rates, which pays as stated at first, both make one table.
    let of_rates = match (accelerator.quotas.as_slice(), accelerator.multipliers.steps()) {
        ([(at, _)], [(_, first), (_, beyond)]) if *first == 1.0 => quotas.get(*at).zip(Some(*beyond)),
        _ => None,
    };
    let fits = |it: &Quota| it.period == rule.period && target <= it.target;
    let (own, beyond) = of_rates.filter(|(it, _)| fits(it)).ok_or(LeftOut::Multiplied)?;
    let begins = target / own.target;
    let steps =
        if begins < 1.0 { vec![(0.0, part), (begins, 1.0), (1.0, beyond)] } else { vec![(0.0, part), (1.0, beyond)] };
    accelerator.multipliers = Steps::new(steps).map_err(|_| LeftOut::Multiplied)?;
    Ok(())
}

/// Multiplies all new business of a period once two quotas together are reached.
fn weigh(plan: &mut PayPlan, rule: &Rule) -> Result<(), LeftOut> {
    let PayPlan { quotas, components, .. } = plan;
    let Some(new_business) = components.get_mut(NEW_BUSINESS) else { return Ok(()) };
    if new_business.accelerator.is_some() {
        return Err(LeftOut::Multiplied);
    }
    measure_over(new_business, rule.period)?;
    let (weight, first) = (rule.number(1), quotas.len());
    let steps = vec![(0.0, 1.0), (1.0, 1.0 + rule.number(3))];
    new_business.accelerator = Some(Accelerator {
        quotas: vec![(first, weight), (first + 1, 1.0 - weight)],
        multipliers: Steps::new(steps).unwrap_or_else(|_| Steps::level_at_all(1.0)),
        reading: Reading::Retroactive,
    });
    quotas.push(quota("What is won", Trigger::NewBusiness, rule.number(0), rule.period));
    quotas.push(quota("What is renewed", Trigger::Renewal, rule.number(2), rule.period));
    Ok(())
}

fn quota(name: &str, trigger: Trigger, target: f64, period: PlanPeriod) -> Quota {
    Quota { name: name.to_owned(), measure: Measure::revenue(trigger), target: target.max(LEAST_QUOTA), period }
}

/// Shares what renewals and upsell pay by months since the sale.
fn hand_over(plan: &mut PayPlan, rule: &Rule) -> Result<(), LeftOut> {
    let parts = Steps::new(vec![(0.0, rule.number(0)), (rule.number(1), rule.number(2))]);
    let parts = parts.unwrap_or_else(|_| Steps::level_at_all(1.0));
    for place in KEPT {
        if let Some(component) = plan.components.get_mut(place) {
            put(&mut component.credit, shared(parts.clone()))?;
        }
    }
    Ok(())
}

/// Has the rate of referrals pay only while whoever sent the account stays.
fn source_stays(plan: &mut PayPlan) -> Result<(), LeftOut> {
    let Some(referrals) = plan.components.get_mut(REFERRALS) else { return Ok(()) };
    if referrals.while_source_stays {
        return Err(LeftOut::Twice);
    }
    referrals.while_source_stays = true;
    Ok(())
}

/// What holds for the rate of referrals holds for everything else that pays for them alone, wherever its rule stands.
pub(super) fn hold_referrals(plan: &mut PayPlan) {
    let held = plan.components.get(REFERRALS).is_some_and(|referrals| referrals.while_source_stays);
    let others = plan.components.iter_mut().filter(|component| component.measure.of == [Trigger::Referral]);
    others.for_each(|component| component.while_source_stays = held);
}

const fn draw(amount: f64, kind: DrawKind) -> Draw {
    Draw { amount, kind, months: None, recovery_after: 0 }
}

/// Puts a limit where there is none yet.
fn put<T>(slot: &mut Option<T>, limit: T) -> Result<(), LeftOut> {
    if slot.is_some() {
        return Err(LeftOut::Twice);
    }
    *slot = Some(limit);
    Ok(())
}

/// Has the limits of a component measured over `period`, unless there are some over another.
fn measure_over(component: &mut Component, period: PlanPeriod) -> Result<(), LeftOut> {
    let on_all = component.accelerator.as_ref().is_some_and(|it| it.reading == Reading::Retroactive);
    if (component.cap.is_some() || component.gate.is_some() || on_all) && component.period != period {
        return Err(LeftOut::OtherPeriod);
    }
    component.period = period;
    Ok(())
}
