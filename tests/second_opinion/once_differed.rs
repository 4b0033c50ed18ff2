//! Cases at which the two answers once differed.

use holdfast::model::account::{Origin, Standing, Term};
use holdfast::model::assumptions::{Assumptions, RenewalForm};
use holdfast::model::payoff::{Question, payoff};
use holdfast::model::plan::{Plan, RenewalSchedule};
use holdfast::model::quantity::{CommissionRate, Margin, Money};
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
    account.origin = Origin::Referral;
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
