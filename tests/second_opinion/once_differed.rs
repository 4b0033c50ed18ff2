//! Cases at which the two answers once differed.

use holdfast::model::account::{Origin, OwnJudgement, Standing, Term};
use holdfast::model::assumptions::{Assumptions, AttentionPolicy, RenewalForm};
use holdfast::model::pay::PlanPeriod;
use holdfast::model::payoff::{Question, payoff};
use holdfast::model::plan::{Plan, QuotaRule, RenewalSchedule};
use holdfast::model::quantity::{CommissionRate, Margin, Money, Multiplier, Probability};
use holdfast::model::sample::sample_workspace;

use super::{check_bests, inputs_of};
use crate::generate::as_of;

/// A book of which next to nothing is left, but what is left has grown beyond everything: what attention each gets then
/// decides the answer.
#[test]
fn the_rest_of_a_lost_book_is_known_to_its_last_digits() {
    let mut workspace = sample_workspace(as_of());
    let account = &mut workspace.book.accounts[0];
    account.annual_value = Money::from_cents(100_000_000_000);
    account.margin = Margin::constant(0.0);
    account.term = Term::new(1).unwrap();
    account.origin = Origin::Referral { sent_by: None };
    account.standing = Standing::Active { since: None, renews_on: None };
    workspace.book.accounts.truncate(1);
    let percent = |part: f64| CommissionRate::new(part).unwrap();
    let renewal = RenewalSchedule::level(percent(0.0));
    workspace.plan =
        Plan { new_business: percent(0.0), renewal, referral: percent(1.0), upsell: percent(0.08), ..workspace.plan };
    workspace.assumptions = Assumptions {
        hours_per_year: 1958.8546386453595,
        share_today: 0.43,
        renew_unattended: 0.021979886718095726,
        renew_today: 0.08,
        renew_saturated: 0.57,
        renew_half: 0.07258666058746752,
        renewal_form: RenewalForm::SCurve,
        stay: 0.22158103900668946,
        odds_new: 0.4510561751849665,
        odds_referred: 0.468790729553719,
        hours_per_pursuit: 4.893753385581507,
        leads: 990.0,
        referrals: 3.790618250196842,
        carry_over: 0.44142697509584317,
        discount_company: 0.26,
        discount_seller: 0.6167492491803056,
        prospecting_cost: 4656.351713867175,
        horizon: 120,
        residual: false,
        upsell_growth: 1.0,
        referred_odds: 8.808116687505848,
        new_account_fit: 0.0,
        ..workspace.assumptions
    };
    let answer = payoff(&workspace, &Question::default()).unwrap();
    check_bests(&answer, &inputs_of(&workspace)).unwrap();
}

/// A peak a moment beside an end, where a few hours with former customers do more than all others.
#[test]
fn a_peak_is_found_however_near_to_an_end() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts.truncate(2);
    let first = &mut workspace.book.accounts[0];
    first.annual_value = Money::from_cents(9_180_952);
    first.margin = Margin::new(0.20521085981409082).unwrap();
    first.term = Term::new(6).unwrap();
    first.origin = Origin::WinBack;
    first.standing = Standing::Active { since: None, renews_on: None };
    let second = &mut workspace.book.accounts[1];
    second.annual_value = Money::from_cents(1_200_000);
    second.term = Term::new(6).unwrap();
    second.origin = Origin::Referral { sent_by: None };
    second.loss_odds = Multiplier::new(3.554030771991582).unwrap();
    second.standing = Standing::Active { since: "2018-11-03".parse().ok(), renews_on: None };
    let percent = |part: f64| CommissionRate::new(part).unwrap();
    let renewal = RenewalSchedule::from_steps([(1, percent(0.0)), (2, percent(0.115))]);
    workspace.plan = Plan {
        new_business: percent(0.0924084731841793),
        renewal,
        referral: percent(0.02),
        upsell: percent(0.8959052791933486),
        ..workspace.plan
    };
    workspace.assumptions = Assumptions {
        hours_per_year: 4000.0,
        share_today: 0.3820995721466644,
        renew_unattended: 0.8,
        renew_today: 0.85,
        renew_saturated: 0.95,
        renewal_form: RenewalForm::Exponential,
        stay: 1.0,
        odds_new: 0.2673679125285837,
        odds_referred: 0.35000000000000003,
        odds_lapsed: 0.6029278323793319,
        win_back: true,
        lapsed_fade: 0.6004255527787512,
        hours_per_pursuit: 9.509923390510243,
        leads: 63659.656192173876,
        referrals: 0.3,
        carry_over: 0.9056876738832771,
        discount_company: 0.2444880715307284,
        discount_seller: 1.0,
        prospecting_cost: 0.0,
        horizon: 120,
        residual: true,
        upsell_growth: 0.8682588053872214,
        competitor_pull: 1.9,
        referred_odds: 6.954898270574313,
        won_back_odds: 2.503133755851777,
        new_account_fit: 0.6652171995582974,
        reference_lift: 0.45,
        references_for_half: 54.90166671148982,
        attention: AttentionPolicy::Best,
        ..workspace.assumptions
    };
    let answer = payoff(&workspace, &Question::default()).unwrap();
    check_bests(&answer, &inputs_of(&workspace)).unwrap();
}

/// Stairs inside: the former customers that one may approach run out in one month after another, each with a peak.
#[test]
fn the_highest_of_many_stairs_is_found() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts.truncate(2);
    let first = &mut workspace.book.accounts[0];
    first.annual_value = Money::from_cents(1_200_000);
    first.term = Term::new(24).unwrap();
    first.standing = Standing::Active { since: None, renews_on: None };
    let second = &mut workspace.book.accounts[1];
    second.annual_value = Money::from_cents(11_329_757_345);
    second.standing = Standing::Lapsed { since: None, on: None, reason: String::new() };
    let percent = |part: f64| CommissionRate::new(part).unwrap();
    let renewal = RenewalSchedule::from_steps([(1, percent(0.0)), (2, percent(0.7233317254785862))]);
    workspace.plan =
        Plan { new_business: percent(0.1), renewal, referral: percent(0.0), upsell: percent(0.0), ..workspace.plan };
    workspace.assumptions = Assumptions {
        hours_per_year: 4000.0,
        share_today: 0.5,
        renew_unattended: 0.8,
        renew_today: 0.85,
        renew_saturated: 0.95,
        renewal_form: RenewalForm::Exponential,
        odds_lapsed: 0.3121798261057143,
        win_back: true,
        lapsed_fade: 0.11330024497346454,
        hours_per_pursuit: 27.0,
        leads: 310.0,
        referrals: 4.628788782958051,
        carry_over: 0.39727323496441636,
        discount_company: 0.10659025596698264,
        discount_seller: 0.0,
        horizon: 27,
        residual: false,
        ..workspace.assumptions
    };
    let answer = payoff(&workspace, &Question::default()).unwrap();
    check_bests(&answer, &inputs_of(&workspace)).unwrap();
}

/// A second peak within the last hundredth of the time: the first hours of prospecting win what references make likely.
#[test]
fn the_higher_of_two_peaks_may_be_in_the_last_hours() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts.truncate(3);
    let chance = |part: f64| Probability::new(part).ok();
    let first = &mut workspace.book.accounts[0];
    first.annual_value = Money::from_cents(61_211_106_428);
    first.term = Term::new(48).unwrap();
    first.origin = Origin::WinBack;
    first.standing = Standing::Active { since: "2021-12-25".parse().ok(), renews_on: "2030-09-02".parse().ok() };
    first.judgement =
        OwnJudgement { unattended: chance(0.0), today: chance(0.39360753128214765), saturated: chance(1.0) };
    let second = &mut workspace.book.accounts[1];
    second.annual_value = Money::from_cents(93_386_025_371);
    second.standing = Standing::Prospect;
    let third = &mut workspace.book.accounts[2];
    third.annual_value = Money::from_cents(1_200_000);
    third.margin = Margin::new(0.9415475073012533).unwrap();
    third.origin = Origin::Referral { sent_by: None };
    third.standing = Standing::Active { since: "2017-10-12".parse().ok(), renews_on: "2030-05-22".parse().ok() };
    let percent = |part: f64| CommissionRate::new(part).unwrap();
    let renewal = RenewalSchedule::from_steps([(1, percent(0.0)), (2, percent(0.7786905226563756))]);
    let quota = QuotaRule { target: 396_000.0, period: PlanPeriod::Quarter, multiplier: 10.0 };
    workspace.plan = Plan {
        new_business: percent(0.22795801167683014),
        renewal,
        referral: percent(0.09354783541551556),
        upsell: percent(0.11231040519859942),
        quota,
        ..workspace.plan
    };
    workspace.assumptions = Assumptions {
        hours_per_year: 630.0,
        share_today: 0.1487218671537703,
        renewal_form: RenewalForm::Exponential,
        odds_new: 0.42309214622674374,
        odds_referred: 0.15133611547658296,
        odds_lapsed: 0.5046588178127982,
        lapsed_fade: 0.5671600264401782,
        hours_per_pursuit: 51.06068252066301,
        leads: 825.1974748814721,
        referrals: 5.0,
        carry_over: 0.55,
        discount_company: 0.5065993746679025,
        discount_seller: 0.0,
        prospecting_cost: 74.09308803855082,
        horizon: 108,
        residual: false,
        upsell_growth: 0.24635943824530943,
        competitor_pull: 10.0,
        referred_odds: 8.22828582108007,
        won_back_odds: 0.774219563827549,
        new_account_fit: 1.0,
        reference_lift: 1.298661021040081,
        references_for_half: 401.3909909448256,
        attention: AttentionPolicy::Honeymoon,
        honeymoon_months: 36.0,
        honeymoon_fade: 4.5,
        ..workspace.assumptions
    };
    let answer = payoff(&workspace, &Question::default()).unwrap();
    check_bests(&answer, &inputs_of(&workspace)).unwrap();
}

/// Without accounts: a top beside a share that the search reckons in two ways, which differ in the last digit.
#[test]
fn one_share_asked_twice_does_not_hide_the_top_beside_it() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts.truncate(0);
    let percent = |part: f64| CommissionRate::new(part).unwrap();
    let renewal = RenewalSchedule::level(percent(0.02));
    workspace.plan =
        Plan { new_business: percent(0.1522781890367869), renewal, referral: percent(1.0), ..workspace.plan };
    workspace.assumptions = Assumptions {
        hours_per_year: 4000.0,
        share_today: 1.0,
        renew_unattended: 0.015553483819458213,
        renew_today: 0.35,
        renew_saturated: 0.79,
        stay: 0.07,
        odds_new: 0.045,
        odds_referred: 0.4531739780779957,
        hours_per_pursuit: 300.8503924376531,
        leads: 120.0,
        referrals: 1.4333967005887902,
        carry_over: 0.9280203871028604,
        discount_company: 1.0,
        discount_seller: 0.4160334117619647,
        horizon: 120,
        ..workspace.assumptions
    };
    let answer = payoff(&workspace, &Question::default()).unwrap();
    check_bests(&answer, &inputs_of(&workspace)).unwrap();
}

/// Former customers are won back in minutes, and the few that there are to pursue run out month after month: stairs within the
/// last ten-thousandth of the time, the highest of them twice as far from the end as the first that is found.
#[test]
fn a_stair_twice_as_far_from_the_end_is_climbed() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts.truncate(3);
    let odds = |by: f64| Multiplier::new(by).unwrap();
    let first = &mut workspace.book.accounts[0];
    first.margin = Margin::new(0.7116158916410569).unwrap();
    first.term = Term::new(1).unwrap();
    first.origin = Origin::WinBack;
    first.standing = Standing::Active { since: "2020-10-19".parse().ok(), renews_on: None };
    first.loss_odds = odds(7.929744175431124);
    let second = &mut workspace.book.accounts[1];
    second.margin = Margin::new(0.9131228608773652).unwrap();
    second.cost_to_serve = Money::from_cents(1_332_645);
    second.term = Term::new(24).unwrap();
    second.origin = Origin::Referral { sent_by: None };
    second.standing = Standing::Active { since: None, renews_on: None };
    second.loss_odds = odds(9.687610349671564);
    let third = &mut workspace.book.accounts[2];
    third.annual_value = Money::from_cents(285_203);
    third.origin = Origin::WinBack;
    third.standing = Standing::Active { since: "2012-04-24".parse().ok(), renews_on: "2029-09-27".parse().ok() };
    third.loss_odds = odds(9.05235051396449);
    let percent = |part: f64| CommissionRate::new(part).unwrap();
    workspace.plan = Plan {
        renewal: RenewalSchedule::level(percent(0.14300000000000002)),
        referral: percent(0.124),
        upsell: percent(0.1666769298578026),
        ..workspace.plan
    };
    workspace.assumptions = Assumptions {
        hours_per_year: 630.0,
        share_today: 0.14510091104708656,
        renew_unattended: 0.06900671252401314,
        renew_today: 0.7442387295952217,
        renew_saturated: 0.87,
        stay: 0.8815378774756045,
        odds_new: 1.0,
        odds_referred: 0.0,
        odds_lapsed: 0.5923031158550127,
        win_back: true,
        lapsed_fade: 0.635934705441462,
        hours_per_pursuit: 0.05,
        leads: 0.0,
        referrals: 0.4380561215841386,
        carry_over: 0.9822737299637725,
        discount_seller: 0.06989980801371863,
        horizon: 68,
        upsell_growth: 0.14797183989001333,
        referred_odds: 5.301828891255173,
        won_back_odds: 0.40088646178555454,
        new_account_fit: 0.18,
        attention: AttentionPolicy::Honeymoon,
        honeymoon_months: 3.0,
        honeymoon_fade: 4.479836291587516,
        honeymoon_ratio: 50.0,
        ..workspace.assumptions
    };
    let answer = payoff(&workspace, &Question::default()).unwrap();
    check_bests(&answer, &inputs_of(&workspace)).unwrap();
}

/// Groups of later accounts whose first hours bring the same but for a billionth: who comes first must not be decided by digits
/// that the two answers do not share.
#[test]
fn nearly_alike_accounts_are_begun_with_together() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts.truncate(4);
    let chance = |part: f64| Probability::new(part).ok();
    let judged = |unattended: f64, today: f64, saturated: f64| OwnJudgement {
        unattended: chance(unattended),
        today: chance(today),
        saturated: chance(saturated),
    };
    let first = &mut workspace.book.accounts[0];
    first.annual_value = Money::from_cents(18_426_437);
    first.term = Term::new(48).unwrap();
    first.origin = Origin::Referral { sent_by: None };
    first.standing = Standing::Active { since: None, renews_on: "2027-02-27".parse().ok() };
    first.judgement = judged(0.29498173734099453, 0.76, 1.0);
    let second = &mut workspace.book.accounts[1];
    second.annual_value = Money::from_cents(59_861_133_536);
    second.margin = Margin::new(0.7913782859204672).unwrap();
    second.term = Term::new(36).unwrap();
    second.origin = Origin::Referral { sent_by: None };
    second.loss_odds = Multiplier::new(8.049943366413391).unwrap();
    second.standing = Standing::Active { since: "2015-04-15".parse().ok(), renews_on: "2029-05-23".parse().ok() };
    second.judgement = judged(0.009435371121908585, 0.01, 0.7350908344811695);
    let third = &mut workspace.book.accounts[2];
    third.annual_value = Money::from_cents(1);
    third.origin = Origin::WinBack;
    third.loss_odds = Multiplier::new(0.5330650812603451).unwrap();
    third.standing = Standing::Active { since: "2019-05-19".parse().ok(), renews_on: "2027-08-28".parse().ok() };
    third.judgement = judged(0.21401311587465816, 0.5315687848124485, 1.0);
    let fourth = &mut workspace.book.accounts[3];
    fourth.annual_value = Money::from_cents(1_200_000);
    fourth.margin = Margin::new(0.45042857625895893).unwrap();
    fourth.origin = Origin::WinBack;
    fourth.loss_odds = Multiplier::new(2.2583582017491137).unwrap();
    fourth.standing = Standing::Active { since: None, renews_on: "2027-11-03".parse().ok() };
    fourth.judgement = judged(0.6, 0.85, 0.95);
    let percent = |part: f64| CommissionRate::new(part).unwrap();
    let renewal = RenewalSchedule::from_steps([(1, percent(0.0)), (2, percent(0.18))]);
    let quota = QuotaRule { target: 957335520.2974508, period: PlanPeriod::Quarter, multiplier: 8.51328384790132 };
    workspace.plan = Plan {
        new_business: percent(0.0),
        renewal,
        referral: percent(0.17267519176854584),
        upsell: percent(1.0),
        quota,
        ..workspace.plan
    };
    workspace.assumptions = Assumptions {
        hours_per_year: 2089.6789404747615,
        share_today: 0.8856941710520697,
        renew_unattended: 0.3200479938991507,
        renew_today: 0.5184215790865379,
        renew_saturated: 1.0,
        renew_half: 0.33358928590572784,
        renewal_form: RenewalForm::SCurve,
        stay: 0.17585380489922622,
        odds_new: 0.4877363641098968,
        odds_referred: 0.44336961834876076,
        odds_lapsed: 0.634311380499416,
        win_back: false,
        lapsed_fade: 0.2783013764511813,
        hours_per_pursuit: 0.05,
        leads: 51.079115528040695,
        referrals: 1.993956587015619,
        carry_over: 0.01,
        discount_company: 0.0,
        discount_seller: 0.14377154472520134,
        prospecting_cost: 184.0,
        horizon: 120,
        residual: true,
        upsell_growth: 0.03862410283689658,
        competitor_pull: 10.0,
        referred_odds: 3.303032761021599,
        won_back_odds: 0.5091818568800118,
        new_account_fit: 0.1862123514918406,
        reference_lift: 0.25,
        references_for_half: 54.0,
        attention: AttentionPolicy::Best,
        ..workspace.assumptions
    };
    let answer = payoff(&workspace, &Question::default()).unwrap();
    check_bests(&answer, &inputs_of(&workspace)).unwrap();
}
