//! Cases about plans: tiers, draws, clawback, splits, and whole plans paid event by event.

use chrono::NaiveDate;
use holdfast::model::account::AccountId;
use holdfast::model::month::Month;
use holdfast::model::pay::{
    Accelerator, Basis, Clawback, Component, Credit, Draw, DrawKind, DrawLedger, Event, EventKind, Floor, Gate,
    HandOver, Measure, Origin, PayPlan, PlanPeriod, PlanYear, Quota, Reading, Recovery, RetentionMultiplier, Reward,
    Role, Statement, Steps, Trigger, Window, split, statements,
};
use holdfast::model::plan::RenewalSchedule;
use holdfast::model::quantity::{CommissionRate, Money};
use serde_json::Value;

use crate::cases::{figures, number};
use crate::{Figures, numbers};

/// The figures for a case of `kind`, or `None` if no function here answers that kind.
pub fn answer(kind: &str, inputs: &Value) -> Option<Figures> {
    match kind {
        "tier_pay" => Some(tier_pay(inputs)),
        "draw" => Some(draw(inputs)),
        "clawback" => Some(clawback(inputs)),
        "split" => Some(shares(inputs)),
        "statement" => Some(statement(inputs)),
        _ => None,
    }
}

fn list(name: &str, amounts: impl IntoIterator<Item = Money>) -> (String, Vec<f64>) {
    (name.to_owned(), amounts.into_iter().map(Money::units).collect())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("no day: {text}"))
}

fn sale(on: &str, account: u32, revenue: f64) -> Event {
    Event {
        on: day(on),
        kind: EventKind::Won,
        origin: Origin::Account(AccountId(account)),
        count: 1.0,
        revenue,
        margin: revenue,
        collected_on: None,
        age: 0,
        term: 12,
    }
}

fn year() -> PlanYear {
    PlanYear { first: Month::parse("2026-01").unwrap() }
}

fn selling(reward: Reward) -> PayPlan {
    let component = Component::new("New business", Measure::revenue(Trigger::NewBusiness), reward);
    PayPlan { components: vec![component], ..PayPlan::empty(year()) }
}

/// Each amount is one deal, or the whole of a month.
fn tier_pay(inputs: &Value) -> Figures {
    let pairs = |tiers: &Value| {
        tiers.as_array().unwrap().iter().map(|tier| (number(tier, "start"), number(tier, "rate"))).collect()
    };
    let rates = Steps::new(pairs(&inputs["tiers"])).unwrap();
    let reading = reading(&inputs["mode"]);
    let mut plan = selling(match inputs["per"].as_str().unwrap() {
        "deal" => Reward::DealTiers { rates, reading },
        _ => Reward::PeriodTiers { rates, reading, quota: inputs["quota"].as_f64().map(|_| 0) },
    });
    if let Some(target) = inputs["quota"].as_f64() {
        plan.quotas.push(Quota {
            name: "Quota".to_owned(),
            measure: Measure::revenue(Trigger::NewBusiness),
            target,
            period: PlanPeriod::Month,
        });
    }
    let pay = numbers(&inputs["amounts"]).into_iter().map(|amount| {
        // In two halves, which must make no difference to the sum of a period.
        let events = match inputs["per"].as_str().unwrap() {
            "deal" => vec![sale("2026-01-15", 1, amount)],
            _ => vec![sale("2026-01-10", 1, amount / 2.0), sale("2026-01-20", 2, amount / 2.0)],
        };
        statements(&[(None, plan.clone())], &events, year().first, 1)[0].paid()
    });
    Figures::from([list("pay", pay)])
}

fn draw(inputs: &Value) -> Figures {
    let kind = match inputs["kind"].as_str().unwrap() {
        "recoverable" => DrawKind::Recoverable,
        _ => DrawKind::NonRecoverable,
    };
    let mut ledger = DrawLedger::new(Draw { amount: number(inputs, "draw"), kind, months: None, recovery_after: 0 });
    let (paid, owed) = numbers(&inputs["earned"])
        .into_iter()
        .map(|earned| ledger.pay(earned))
        .map(|month| (month.paid, month.owed))
        .unzip();
    Figures::from([("paid".to_owned(), paid), ("owed".to_owned(), owed)])
}

fn clawback(inputs: &Value) -> Figures {
    let months = number(inputs, "window_months") as u32;
    let mut plan = selling(Reward::Rate(number(inputs, "commission")));
    plan.components[0].clawback = Some(Clawback { recovery: Recovery::ProRata { months } });
    let age = number(inputs, "lost_after_months") as u32;
    let won = sale("2026-01-15", 1, number(inputs, "annual_value"));
    let lost_in = year().first.plus(age as i32);
    let lost = Event { on: lost_in.first_day(), kind: EventKind::Lost, age, ..won };
    let other = Event { on: lost_in.first_day(), ..sale("2026-01-15", 2, 1e6) };
    let paid = statements(&[(None, plan)], &[won, lost, other], year().first, age + 1);
    let back = paid[age as usize].lines.iter().find(|line| line.rule == "Clawback").unwrap();
    figures([("clawed_back", -back.amount.units())])
}

fn shares(inputs: &Value) -> Figures {
    let whole = Money::from_units(number(inputs, "commission")).unwrap();
    Figures::from([list("pay", split(whole, &numbers(&inputs["shares"])))])
}

fn reading(value: &Value) -> Reading {
    match value.as_str().unwrap() {
        "marginal" => Reading::Marginal,
        "retroactive" => Reading::Retroactive,
        other => panic!("no reading {other}"),
    }
}

fn steps(value: &Value) -> Steps {
    let pairs = value.as_array().unwrap().iter().map(|pair| (pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap()));
    Steps::new(pairs.collect()).unwrap()
}

fn period(value: &Value) -> PlanPeriod {
    match value.as_str() {
        None | Some("month") => PlanPeriod::Month,
        Some("quarter") => PlanPeriod::Quarter,
        Some("year") => PlanPeriod::Year,
        Some(other) => panic!("no period {other}"),
    }
}

fn measure(value: &Value) -> Measure {
    let trigger = |name: &Value| match name.as_str().unwrap() {
        "new" => Trigger::NewBusiness,
        "referral" => Trigger::Referral,
        "win_back" => Trigger::WinBack,
        "renewal" => Trigger::Renewal,
        "expansion" => Trigger::Expansion,
        "save" => Trigger::CompetitorSave,
        "activity" => Trigger::Touch,
        other => panic!("no trigger {other}"),
    };
    let basis = match value["basis"].as_str() {
        None | Some("revenue") => Basis::Revenue,
        Some("margin") => Basis::Margin,
        Some("cash") => Basis::Cash,
        Some("count") => Basis::Count,
        Some(other) => panic!("no basis {other}"),
    };
    Measure { of: value["of"].as_array().unwrap().iter().map(trigger).collect(), basis }
}

fn reward(value: &Value) -> Reward {
    let (name, what) = value.as_object().unwrap().iter().next().unwrap();
    match name.as_str() {
        "rate" => Reward::Rate(what.as_f64().unwrap()),
        "by_year" => Reward::ByContractYear(RenewalSchedule::from_steps(
            what.as_array()
                .unwrap()
                .iter()
                .map(|pair| (pair[0].as_u64().unwrap() as u32, CommissionRate::constant(pair[1].as_f64().unwrap()))),
        )),
        "deal_tiers" => Reward::DealTiers { rates: steps(&what["rates"]), reading: reading(&what["reading"]) },
        "period_tiers" => Reward::PeriodTiers {
            rates: steps(&what["rates"]),
            reading: reading(&what["reading"]),
            quota: what["quota"].as_u64().map(|quota| quota as usize),
        },
        "each" => Reward::Each(what.as_f64().unwrap()),
        "bonus" => Reward::Bonus(what.as_f64().unwrap()),
        other => panic!("no reward {other}"),
    }
}

fn credit(value: &Value) -> Credit {
    let hand_over = HandOver {
        hunter: steps(&value["hunter"]),
        account_manager: (!value["account_manager"].is_null()).then(|| steps(&value["account_manager"])),
    };
    let role = match value["role"].as_str().unwrap() {
        "hunter" => Role::Hunter,
        "account_manager" => Role::AccountManager,
        other => panic!("no role {other}"),
    };
    Credit { role, hand_over }
}

fn component(value: &Value) -> Component {
    let name = value["name"].as_str().unwrap();
    let gate = |gate: &Value| {
        if let Some(part) = gate["retention"].as_f64() {
            Gate::Retention(part)
        } else if let Some(least) = gate["attainment"].as_f64() {
            Gate::Attainment(gate["quota"].as_u64().unwrap() as usize, least)
        } else {
            Gate::Amount(measure(gate), number(gate, "amount"))
        }
    };
    let recovery = |clawback: &Value| match clawback.as_object().unwrap().iter().next().unwrap() {
        (name, months) if name == "full" => Recovery::Full { months: months.as_u64().unwrap() as u32 },
        (name, months) if name == "pro_rata" => Recovery::ProRata { months: months.as_u64().unwrap() as u32 },
        (_, table) => Recovery::Table(steps(table)),
    };
    let some = |value: &Value| (!value.is_null()).then(|| value.clone());
    Component {
        period: period(&value["period"]),
        accelerator: some(&value["accelerator"]).map(|it| Accelerator {
            quotas: it["quotas"]
                .as_array()
                .unwrap()
                .iter()
                .map(|pair| (pair[0].as_u64().unwrap() as usize, pair[1].as_f64().unwrap()))
                .collect(),
            multipliers: steps(&it["multipliers"]),
            reading: reading(&it["reading"]),
        }),
        floor: some(&value["floor"]).map(|it| match it["part_of_due"].as_f64() {
            Some(part) => Floor::PartOfDue(part),
            None => Floor::Amount(number(&it, "amount")),
        }),
        gate: some(&value["gate"]).map(|it| gate(&it)),
        cap: value["cap"].as_f64(),
        clawback: some(&value["clawback"]).map(|it| Clawback { recovery: recovery(&it) }),
        window: Window { from: value["from"].as_str().map(day), until: value["until"].as_str().map(day) },
        least_term: value["least_term"].as_u64().unwrap_or(0) as u32,
        while_source_stays: value["while_source_stays"].as_bool().unwrap_or(false),
        credit: some(&value["credit"]).map(|it| credit(&it)),
        ..Component::new(name, measure(value), reward(&value["pays"]))
    }
}

/// A plan as the inputs of a case write it.
pub fn plan(value: &Value) -> PayPlan {
    let many = |name: &str| value[name].as_array().cloned().unwrap_or_default();
    let some = |value: &Value| (!value.is_null()).then(|| value.clone());
    PayPlan {
        base: value["base"].as_f64().unwrap_or(0.0),
        target_variable: value["target_variable"].as_f64().unwrap_or(0.0),
        quotas: many("quotas")
            .iter()
            .map(|quota| Quota {
                name: quota["name"].as_str().unwrap().to_owned(),
                measure: measure(quota),
                target: number(quota, "target"),
                period: period(&quota["period"]),
            })
            .collect(),
        components: many("components").iter().map(component).collect(),
        multiplier: some(&value["multiplier"]).map(|it| RetentionMultiplier {
            of: numbers(&it["of"]).into_iter().map(|index| index as usize).collect(),
            factors: steps(&it["factors"]),
            period: period(&it["period"]),
        }),
        draw: some(&value["draw"]).map(|it| Draw {
            amount: number(&it, "amount"),
            kind: match it["kind"].as_str().unwrap() {
                "recoverable" => DrawKind::Recoverable,
                _ => DrawKind::NonRecoverable,
            },
            months: it["months"].as_u64().map(|months| months as u32),
            recovery_after: it["recovery_after"].as_u64().unwrap_or(0) as u32,
        }),
        clawback_limit: value["clawback_limit"].as_f64().unwrap_or(1.0),
        collection_months: value["collection_months"].as_u64().unwrap_or(0) as u32,
        ramp: if value["ramp"].is_null() { Vec::new() } else { numbers(&value["ramp"]) },
        ..PayPlan::empty(year())
    }
}

/// An event, or with `shares` and `seller` that seller's part of it.
pub fn event(value: &Value) -> Event {
    let kind = match value["kind"].as_str().unwrap() {
        "won" => EventKind::Won,
        "referred" => EventKind::WonByReferral { source_stays: value["source_stays"].as_bool().unwrap_or(true) },
        "won_back" => EventKind::WonBack,
        "renewed" => EventKind::Renewed { contract_year: value["year"].as_u64().unwrap_or(2) as u32 },
        "expanded" => EventKind::Expanded,
        "saved" => EventKind::Saved,
        "lost" => EventKind::Lost,
        "activity" => EventKind::Touched { is_review: false },
        other => panic!("no event {other}"),
    };
    let revenue = value["revenue"].as_f64().unwrap_or(0.0);
    let whole = Event {
        kind,
        margin: value["margin"].as_f64().unwrap_or(revenue),
        collected_on: value["collected_on"].as_str().map(day),
        age: value["age"].as_u64().unwrap_or(0) as u32,
        term: value["term"].as_u64().unwrap_or(12) as u32,
        ..sale(value["on"].as_str().unwrap(), value["account"].as_u64().unwrap_or(0) as u32, revenue)
    };
    if value["shares"].is_null() {
        return whole;
    }
    whole.shared(&numbers(&value["shares"])).unwrap()[value["seller"].as_u64().unwrap() as usize]
}

/// Figures by month: `paid`, `owed` to the draw, `withheld`, `clawback_owed`; and by rule, `rule.<name>`.
fn statement(inputs: &Value) -> Figures {
    let versions: Vec<_> = match inputs["versions"].as_array() {
        Some(versions) => versions.iter().map(|it| (it["since"].as_str().map(day), plan(&it["plan"]))).collect(),
        None => vec![(None, plan(&inputs["plan"]))],
    };
    for (_, plan) in &versions {
        plan.check().unwrap();
    }
    let events: Vec<Event> = inputs["events"].as_array().unwrap().iter().map(event).collect();
    let months = statements(&versions, &events, year().first, number(inputs, "months") as u32);
    let by_month = |name: &str, amount: &dyn Fn(&Statement) -> Money| list(name, months.iter().map(amount));
    let sum = |amounts: &mut dyn Iterator<Item = Money>| Money::from_cents(amounts.map(Money::cents).sum());
    let mut answer = Figures::from([
        by_month("paid", &Statement::paid),
        by_month("owed", &|month| month.draw_owed),
        by_month("clawback_owed", &|month| month.clawback_owed),
        by_month("withheld", &|month| sum(&mut month.withheld.iter().map(|(_, amount)| *amount))),
    ]);
    let rules = months.iter().flat_map(|month| &month.lines).map(|line| line.rule.clone());
    for rule in rules.collect::<std::collections::BTreeSet<_>>() {
        let of_rule =
            |month: &Statement| sum(&mut month.lines.iter().filter(|line| line.rule == rule).map(|line| line.amount));
        answer.extend([list(&format!("rule.{rule}"), months.iter().map(of_rule))]);
    }
    answer
}
