//! From a case's inputs to the model's figures, one function per kind.

use chrono::NaiveDate;
use holdfast::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use holdfast::model::assumptions::{Assumptions, AttentionPolicy, RenewalForm};
use holdfast::model::book::Book;
use holdfast::model::lifetime;
use holdfast::model::month::Month;
use holdfast::model::payoff::{Question, payoff};
use holdfast::model::plan::{Plan, QuotaRule, RenewalSchedule};
use holdfast::model::projection::{Effort, Path, Projection};
use holdfast::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use holdfast::model::response::{RenewalCurve, WinCurve};
use holdfast::model::seller::SellerBook;
use holdfast::model::term_engine::{TermEngine, aligned_multiple};
use holdfast::model::valuation::{Discounting, renewal_pay};
use holdfast::model::workspace::Workspace;
use serde_json::Value;

use crate::{Figures, closed_forms, plans};

/// The figures for a case of `kind`, or `None` if no function answers that kind.
pub fn answer(kind: &str, inputs: &Value) -> Option<Figures> {
    closed_forms::answer(kind, inputs).or_else(|| plans::answer(kind, inputs)).or_else(|| match kind {
        "term_engine" => Some(term_engine(inputs)),
        "aligned_rate" => Some(aligned_rate(inputs)),
        "same_money" => Some(same_money(inputs)),
        "projection" => Some(projection(inputs)),
        "monthly_growth" => Some(monthly_growth(inputs)),
        "odds" => Some(odds(inputs)),
        "expected_pay" => Some(crate::expected_pay::expected_pay(inputs)),
        "lifetime_value" => Some(lifetime_value(inputs)),
        _ => None,
    })
}

pub fn number(inputs: &Value, name: &str) -> f64 {
    inputs[name].as_f64().unwrap_or_else(|| panic!("{name} is not a number: {}", inputs[name]))
}

pub fn figures<const N: usize>(pairs: [(&str, f64); N]) -> Figures {
    pairs.into_iter().map(|(name, figure)| (name.to_owned(), vec![figure])).collect()
}

fn engine(inputs: &Value) -> TermEngine {
    let of = |name: &str| number(inputs, name);
    TermEngine {
        accounts: of("accounts"),
        annual_value: of("annual_value"),
        margin: of("margin"),
        hours: of("hours"),
        renewal: RenewalCurve::through(of("r0"), of("r1"), of("rc"), of("h1")).unwrap(),
        wins: WinCurve::new(of("leads"), of("p_new"), of("hours_per_pursuit")),
        company_factor: 1.0 / (1.0 + of("discount")),
        seller_factor: of("stay") / (1.0 + of("discount")),
        new_rate: of("c_new"),
        renewal_rate: of("c_ren"),
    }
}

fn term_engine(inputs: &Value) -> Figures {
    let engine = engine(inputs);
    let (seller, net, gross) =
        (engine.seller().unwrap(), engine.company_net().unwrap(), engine.company_gross().unwrap());
    let hours = engine.best_hours(seller);
    let today = number(inputs, "h1");
    let (seller_kept, seller_won) = engine.per_hour(seller, today);
    let (company_kept, company_won) = engine.per_hour(net, today);
    let multiple = aligned_multiple(engine.company_factor, engine.seller_factor, engine.renewal.today).unwrap();
    figures([
        ("h_seller", hours),
        ("h_company_net", engine.best_hours(net)),
        ("h_company_gross", engine.best_hours(gross)),
        ("renewal_at_seller", engine.renewal.at(hours)),
        ("wins_at_seller", engine.wins.at(engine.hours - engine.accounts * hours)),
        ("profit_at_seller", engine.present_value(net, hours)),
        ("agency_loss", engine.agency_loss().unwrap()),
        ("year_commission", engine.year_commission(hours)),
        ("seller_retention_per_hour", seller_kept),
        ("seller_prospecting_per_hour", seller_won),
        ("company_retention_per_hour", company_kept),
        ("company_prospecting_per_hour", company_won),
        ("seller_present_value", engine.present_value(seller, hours)),
        ("aligned_gross", engine.new_rate * multiple),
        ("paid_for_anyway", engine.paid_for_anyway()),
    ])
}

fn aligned_rate(inputs: &Value) -> Figures {
    let of = |name: &str| number(inputs, name);
    let multiple = aligned_multiple(of("beta_company"), of("beta_seller"), of("retention")).unwrap();
    figures([("multiple", multiple)])
}

fn same_money(inputs: &Value) -> Figures {
    let plan = engine(inputs).same_money(number(inputs, "new_c_new")).unwrap().unwrap();
    let (seller, net) = (plan.seller().unwrap(), plan.company_net().unwrap());
    let hours = plan.best_hours(seller);
    figures([
        ("c_ren", plan.renewal_rate),
        ("h_seller", hours),
        ("profit_at_seller", plan.present_value(net, hours)),
        ("seller_present_value", plan.present_value(seller, hours)),
    ])
}

fn monthly_growth(inputs: &Value) -> Figures {
    let of = |name: &str| number(inputs, name);
    figures([
        ("accounts_end", lifetime::accounts_after(of("accounts"), of("retention"), of("wins"), of("months") as u32)),
        ("steady", lifetime::steady_accounts(of("retention"), of("wins")).unwrap()),
    ])
}

fn odds(inputs: &Value) -> Figures {
    let odds = crate::numbers(&inputs["odds"]);
    let hours = number(inputs, "hours_per_pursuit");
    let tries = number(inputs, "tries") as u32;
    let per_win = odds.iter().map(|odds| lifetime::hours_per_win(*odds, hours).unwrap()).collect();
    let at_least_one = odds.iter().map(|odds| lifetime::at_least_one(*odds, tries)).collect();
    Figures::from([("hours_per_win".to_owned(), per_win), ("at_least_one".to_owned(), at_least_one)])
}

fn lifetime_value(inputs: &Value) -> Figures {
    let of = |name: &str| number(inputs, name);
    let value = lifetime::lifetime_value(of("margin"), of("retention"), of("discount")).unwrap();
    figures([
        ("immediate", value.immediate),
        ("just_after_payment", value.just_after_payment),
        ("just_before_decision", value.just_before_decision),
        ("arrears", value.arrears),
    ])
}

/// The workspace that a case of kind `projection` describes.
fn workspace(inputs: &Value) -> Workspace {
    let of = |name: &str| number(inputs, name);
    for typed in ["new_value", "new_margin", "new_term"] {
        assert!(inputs[typed].is_null(), "{typed} of a new account is not modelled yet");
    }
    let as_of = Month::parse("2026-11").unwrap();
    let rate = |value: f64| CommissionRate::new(value).unwrap();
    let steps = inputs["c_ren"].as_object().unwrap();
    let steps = steps.iter().map(|(year, value)| (year.parse().unwrap(), rate(value.as_f64().unwrap())));
    let plan = Plan {
        new_business: rate(of("c_new")),
        renewal: RenewalSchedule::from_steps(steps),
        referral: rate(of("c_ref")),
        upsell: rate(of("c_up")),
        quota: QuotaRule::default(),
        base: Money::from_units(of("base")).unwrap(),
        rules: Vec::new(),
    };
    let assumptions = Assumptions {
        hours_per_year: of("hours"),
        share_today: of("u0"),
        renew_unattended: of("r0"),
        renew_today: of("r1"),
        renew_saturated: of("rc"),
        stay: of("stay"),
        odds_new: of("p_new"),
        odds_referred: of("p_ref"),
        odds_lapsed: of("p_lapsed"),
        win_back: inputs["win_back"].as_bool().unwrap(),
        lapsed_fade: of("omega"),
        hours_per_pursuit: of("hours_per_pursuit"),
        leads: of("leads"),
        referrals: of("referrals"),
        carry_over: of("delta"),
        discount_company: of("discount_company"),
        discount_seller: of("discount_seller"),
        prospecting_cost: of("prospecting_cost_per_hour"),
        horizon: of("months") as u32,
        residual: inputs["residual"].as_bool().unwrap(),
        upsell_growth: of("growth"),
        renew_half: inputs["rh"].as_f64().unwrap_or(0.0),
        renewal_form: if inputs["rh"].is_null() { RenewalForm::Exponential } else { RenewalForm::SCurve },
        competitor_pull: inputs["pull"].as_f64().unwrap_or(1.0),
        referred_odds: inputs["referred_odds"].as_f64().unwrap_or(1.0),
        won_back_odds: inputs["won_back_odds"].as_f64().unwrap_or(1.0),
        attention: match inputs["attention"].as_str() {
            None => AttentionPolicy::Even,
            Some("best") => AttentionPolicy::Best,
            Some(other) => panic!("unknown attention {other}"),
        },
        ..Assumptions::default()
    };
    let mut book = Book::empty();
    for account in inputs["accounts"].as_array().unwrap() {
        let id = book.take_id();
        book.accounts.push(self::account(account, id, as_of));
    }
    Workspace { assumptions, ..Workspace::new(as_of, book, plan) }
}

fn account(inputs: &Value, id: AccountId, as_of: Month) -> Account {
    let of = |name: &str| number(inputs, name);
    let own = |name: &str| inputs[name].as_f64().map(|chance| Probability::new(chance).unwrap());
    let month = |months: i32| -> NaiveDate { as_of.plus(months).first_day() };
    Account {
        margin: Margin::new(of("margin")).unwrap(),
        cost_to_serve: Money::from_units(of("cost_to_serve")).unwrap(),
        term: Term::new(of("term") as u32).unwrap(),
        standing: Standing::Active {
            since: Some(month(-(of("tenure") as i32))),
            renews_on: inputs["months_to_renewal"].as_i64().map(|months| month(months as i32)),
        },
        origin: match inputs["origin"].as_str() {
            None => Origin::Prospecting,
            Some("referral") => Origin::Referral { sent_by: None },
            Some("win_back") => Origin::WinBack,
            Some(other) => panic!("unknown origin {other}"),
        },
        loss_odds: Multiplier::new(of("odds")).unwrap(),
        judgement: OwnJudgement { unattended: own("r0"), today: own("r1"), saturated: own("rc") },
        ..Account::new(id, "A", Money::from_units(of("value")).unwrap())
    }
}

fn projection(inputs: &Value) -> Figures {
    let workspace = workspace(inputs);
    let (plan, assumed) = (&workspace.plan, &workspace.assumptions);
    let book = SellerBook::new("", &workspace.book.accounts, workspace.as_of, assumed).unwrap();
    let projection = Projection::new(book, assumed).unwrap();
    let discounting = Discounting::new(assumed);

    let shares = [0.0, 0.25, 0.5, 0.75, 1.0];
    let mut figures = Figures::from([("at_share".to_owned(), shares.to_vec())]);
    for share in shares {
        let mut path = Path::default();
        projection.run(&Effort::split(share, assumed.hours_per_year), &mut path);
        let worth = discounting.worth(&path);
        let free = path.months.iter().take(12).map(|flow| renewal_pay(plan, &flow.free_value)).sum();
        for (name, figure) in [
            ("seller", worth.seller_value(plan)),
            ("company", worth.company_value(plan)),
            ("accounts_end", path.months.last().unwrap().accounts),
            ("wins", path.months.iter().map(|flow| flow.wins).sum()),
            ("pay_months_1_12", worth.first_year.pay(plan)),
            ("paid_for_anyway", free),
        ] {
            figures.entry(name.to_owned()).or_default().push(figure);
        }
    }
    let answer = payoff(&workspace, &Question::default()).unwrap();
    figures.insert("seller_best".to_owned(), vec![answer.seller_best.share]);
    figures.insert("company_best".to_owned(), vec![answer.company_best.share]);
    figures.insert("gap".to_owned(), vec![answer.gap]);
    figures
}
