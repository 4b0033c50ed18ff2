//! Books of a given size, with everything varied that may differ between accounts.

use chrono::{Days, NaiveDate};
use holdfast::model::touch::{Touch, TouchKind};
use holdfast::model::workspace::Workspace;
use holdfast::storage::envelope;
use holdfast::storage::journal::snapshot::{Seen, Snapshot};
use serde_json::{Value, json};

const SELLERS: [&str; 5] = ["Ana", "Ben", "Chen", "Dara", "Eli"];
const TERMS: [u32; 6] = [1, 3, 6, 12, 24, 36];
const USUAL_TERMS: [u32; 5] = [12, 12, 24, 36, 6];

/// How much accounts differ from one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variety {
    /// As an export of a CRM has them: own values, terms mostly of a year, starts over six years.
    Usual,
    /// Everything varied, odds of loss included, so that hardly two accounts renew alike.
    Greatest,
}

/// A snapshot as the app keeps it, with that many accounts in it: the same at every call.
pub fn kept(accounts: usize, variety: Variety) -> String {
    snapshot(workspace(accounts, variety))
}

/// The same with usual accounts that were touched eight times each.
pub fn kept_with_touches(accounts: usize) -> String {
    let mut workspace = workspace(accounts, Variety::Usual);
    let first = NaiveDate::from_ymd_opt(2025, 1, 3).expect("a day");
    for account in &mut workspace.book.accounts {
        let id = u64::from(account.id.0);
        for (place, kind) in (0..).zip(TouchKind::ALL.into_iter().cycle().take(8)) {
            let on = first + Days::new(place * 80 + (id * 31 + place * 17) % 80);
            account.log(Touch { on, kind, note: String::new() });
        }
    }
    snapshot(workspace)
}

/// The same with usual accounts and five plans beside the one in use.
pub fn kept_with_plans(accounts: usize) -> String {
    let mut workspace = workspace(accounts, Variety::Usual);
    for (place, renewal) in [0.03, 0.05, 0.07, 0.09, 0.11].into_iter().enumerate() {
        let name = workspace.saved_plans.free_name();
        let plan = workspace.plan.with_rates(0.10 - 0.01 * place as f64, renewal);
        workspace.saved_plans.save(&name, plan).expect("five can be kept");
    }
    snapshot(workspace)
}

fn workspace(accounts: usize, variety: Variety) -> Workspace {
    envelope::read(&file(accounts, variety)).expect("a file of ours").workspace
}

fn snapshot(workspace: Workspace) -> String {
    Snapshot { workspace, time: 0, seen: Seen::default() }.text().expect("numbers in their ranges")
}

fn file(accounts: usize, variety: Variety) -> String {
    let accounts: Vec<Value> = (1..=accounts as u64).map(|id| account(id, variety)).collect();
    json!({
        "format": "holdfast",
        "version": 1,
        "workspace": {
            "as_of": "2026-11",
            "plan": {"new_business": 0.10, "renewal": [[1, 0.0], [2, 0.02]], "referral": 0.02, "base_cents": 0},
            "assumptions": {
                "hours_per_year": 630, "share_today": 0.25, "renew_unattended": 0.60, "renew_today": 0.75,
                "renew_saturated": 0.90, "stay": 0.84, "odds_new": 0.05, "odds_referred": 0.25, "odds_lapsed": 0.2,
                "win_back": false, "lapsed_fade": 0.05, "hours_per_pursuit": 5, "leads": 120, "referrals": 0.3,
                "carry_over": 0.7, "discount_company": 0.1, "discount_seller": 0.1, "prospecting_cost": 0,
                "horizon": 60, "residual": true
            },
            "book": {"provenance": "own", "next_id": accounts.len() + 1, "accounts": accounts}
        }
    })
    .to_string()
}

fn account(id: u64, variety: Variety) -> Value {
    // Steps that have no common factor with what they go round in.
    let round = |step: u64, length: u64| id.wrapping_mul(step) % length;
    let pick = |step: u64, length: usize| round(step, length as u64) as usize;
    let usual = variety == Variety::Usual;
    json!({
        "id": id,
        "name": format!("Customer {id}"),
        "seller": SELLERS[pick(7, SELLERS.len())],
        "value_cents": 200_000 + round(7919, 4_801) * 1_000,
        "margin": 0.5 + round(13, 41) as f64 / 100.0,
        "cost_cents": round(17, 30) * 1_000,
        "term": if usual { USUAL_TERMS[pick(7, USUAL_TERMS.len())] } else { TERMS[pick(5, TERMS.len())] },
        "standing": {"active": {
            "since": format!("{}-{:02}-{:02}", 2019 + round(11, 7), 1 + round(29, 12), 1 + round(31, 28)),
            "renews_on": (!usual).then(|| format!("{}-{:02}-{:02}", 2027 + round(3, 2), 1 + round(19, 12), 1 + round(23, 28))),
        }},
        "loss_odds": if usual { 1.0 } else { 0.5 + round(37, 31) as f64 / 10.0 },
    })
}
