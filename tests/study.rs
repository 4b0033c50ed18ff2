//! Long work: messages keep every number, and a study in slices finds what the solvers find at once.

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

use std::rc::Rc;

use generate::{as_of, for_all, workspaces};
use holdfast::model::best_plan::{BestPlan, PlanRanges, best_plan};
use holdfast::model::bounds::Input;
use holdfast::model::certainty::Certainty;
use holdfast::model::flat_plan::components;
use holdfast::model::gaming::{Freedom, gaming};
use holdfast::model::mini_charts::Series;
use holdfast::model::monte_carlo::{Duel, Simulation, Team};
use holdfast::model::pay::PlanPeriod;
use holdfast::model::payoff::{Question, Samples, payoff};
use holdfast::model::plan::{Plan, QuotaRule};
use holdfast::model::quantity::{CommissionRate, Money};
use holdfast::model::rate_solver::RateAnswer;
use holdfast::model::ruled_agreement::{Agreed, AskedRate};
use holdfast::model::ruled_bars::{RuledBars, RuledFound};
use holdfast::model::ruled_outcome::ruled_outcome;
use holdfast::model::rules::{Rule, RuleKind};
use holdfast::model::same_money::{NoTrade, Sameness, same_money};
use holdfast::model::sample::sample_workspace;
use holdfast::model::sensitivity::{Found, Tornado};
use holdfast::model::templates::TEMPLATES;
use holdfast::model::what_if::{Figure, WhatIf};
use holdfast::model::workspace::Workspace;
use holdfast::study::{Assignment, Comparison, Finding, MapAsked, Study, Topic, wire};
use proptest::prelude::*;

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

#[test]
fn a_worker_is_sent_every_number_and_no_name() {
    let inputs = vec![Input::Stay, Input::RenewalCommission];
    let plan = Plan { base: Money::from_cents(7), ..Plan::default() };
    let comparison = Comparison {
        plans: vec![plan, TEMPLATES[6].plan(&Plan::default(), 0.7)],
        trade: Some((CommissionRate::constant(0.08), Sameness::Horizon)),
    };
    let map = MapAsked { figure: Figure::Lead, across: Input::RenewalCommission, up: Input::Stay };
    let topics = [
        Topic::Payoff(inputs),
        Topic::Comparison(comparison),
        Topic::Tornado,
        Topic::Map(map),
        Topic::Gaming,
        Topic::Rules,
        Topic::RuledAgreement,
        Topic::RuledSamePay,
        Topic::RuledTornado,
    ];
    let before = workspaces(3, &["Ben", "Cleo"]);
    let given = (workspaces(8, &["Ada", "Ben", ""]), 0..4_usize, 0..topics.len() + 1, before);
    for_all(200, 5_000, &given, |(workspace, which, topic, before)| {
        let names: Vec<String> = workspace.book.sellers().keys().map(|name| (*name).to_owned()).collect();
        let seller = names.get(which).cloned();
        let sent = Assignment {
            workspace,
            seller,
            topic: topics.get(topic).cloned().unwrap_or_else(|| Topic::Waterfall(Box::new(before))),
        };
        let numbers = wire::assignment_to(&sent);
        let received = wire::assignment_from(&numbers);
        prop_assert!(received.is_some());
        let received = received.unwrap();
        prop_assert_eq!(bits(&numbers), bits(&wire::assignment_to(&received)));
        let answer = |assignment: &Assignment| {
            let question = Question { seller: assignment.seller.clone(), ..Question::default() };
            payoff(&assignment.workspace, &question).map(|answer| answer.headline())
        };
        prop_assert_eq!(answer(&sent), answer(&received));
        prop_assert_eq!(&sent.workspace.ranges, &received.workspace.ranges);
        if let (Topic::Waterfall(sent), Topic::Waterfall(received)) = (&sent.topic, &received.topic) {
            let answer =
                |workspace: &Workspace| payoff(workspace, &Question::default()).map(|answer| answer.headline());
            prop_assert_eq!(answer(sent), answer(received));
        } else {
            prop_assert_eq!(&sent.topic, &received.topic);
        }
        let kept =
            received.workspace.book.accounts.iter().all(|account| account.name.is_empty() && account.tags.is_empty());
        prop_assert!(received.workspace.decisions.is_empty());
        prop_assert!(kept && received.workspace.book.accounts.iter().all(|account| account.notes.is_empty()));
        Ok(())
    });
}

#[test]
fn a_message_that_is_cut_off_says_nothing() {
    let mut workspace = sample_workspace(as_of());
    workspace.set_range(Input::Stay, 0.5, 0.9).unwrap();
    let topic = Topic::Comparison(Comparison { plans: vec![Plan::default()], trade: None });
    let numbers = wire::assignment_to(&Assignment { workspace, seller: None, topic });
    for length in 0..numbers.len() {
        assert_eq!(wire::assignment_from(&numbers[..length]), None, "{length}");
    }
    let mut turned = numbers.clone();
    let low = numbers.iter().position(|number| *number == 0.5).unwrap();
    turned[low] = 0.95;
    assert_eq!(wire::assignment_from(&turned), None, "a range that falls");
    for finding in [
        vec![],
        vec![1.0, 9.0],
        vec![3.0, 0.0, 400.0],
        vec![7.0],
        vec![8.0],
        vec![8.0, 1.0, 10_000.0, 0.5, 0.0, 0.1, 1.0, 1.0, 0.5, 0.0, 0.1, 1.0],
        vec![9.0],
        vec![9.0, 1.0, 0.0, 0.1, 1.0, 0.2],
        vec![10.0, 999.0, 0.1, 1.0],
        vec![11.0, 2.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.5],
        vec![12.0, 1.0, 740_000.0, 5.0, 1.0, 12.0, 1.0, 0.0, 1.0, 1.0, 7.0, 0.0, 740_000.0, 0.0, 0.0],
        vec![13.0],
        vec![13.0, 1.0, 0.3, 0.5, 1.0, 0.3, 0.5, 1.0, 2.0, 999.0, 0.0, 1.0],
        vec![14.0],
        vec![14.0, 0.0, 0.1, 0.5, 0.0],
        vec![14.0, 0.0, 0.1, 0.5, 0.0, 1.0, 0.1, 0.5],
        vec![15.0, 1.0, 0.3, 1.0, 2.0, 0.3, 1.0, 2.0, 0.3, 1.0, 2.0],
        vec![15.0, 1.0, 0.3, 1.0, 2.0, 0.3, 1.0, 2.0, 0.3, 1.0, 2.0, 1e18, 0.0],
        vec![0.0, 0.1],
        vec![0.0, 0.1, 9.0, 9.0, 0.5, 0.1, 0.2],
        vec![2.0, 0.0, 1.0, 1e18, 0.0],
        vec![2.0, 999.0, 1.0, 0.0, 0.0],
        vec![4.0, 0.0, 0.3, 0.5, 40.0, 1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 0.3, 1.0],
        vec![5.0, 0.08, 0.02, 0.3, 1.0],
        vec![7.0, 3.0],
    ] {
        assert_eq!(wire::finding_from(&finding), None, "{finding:?}");
    }
}

#[test]
fn a_study_finds_what_the_solvers_find() {
    let workspace = sample_workspace(as_of());
    let inputs = vec![Input::Stay, Input::RenewToday];
    let mut study =
        Study::new(Assignment { workspace: workspace.clone(), seller: None, topic: Topic::Payoff(inputs.clone()) });
    let mut found = Vec::new();
    while !study.is_done() {
        // As the worker sends it.
        let received = study.advance().map(|finding| wire::finding_from(&wire::finding_to(&finding)).unwrap());
        found.extend(received);
    }
    let flat = PlanRanges { floor: (0.0, 0.0), ..PlanRanges::default() };
    let best: BestPlan = best_plan(&workspace, &Question::default(), &flat).unwrap();
    let price =
        Samples::new(&workspace, &Question::default()).unwrap().agreement_price(&workspace, &Question::default());
    assert!(price.is_some_and(|price| (price.rate - 0.115).abs() < 1e-3), "{price:?}");
    assert_eq!(found[0], Finding::SamePay(price, best));
    let what_if = Rc::new(WhatIf::new(&workspace, &Question::default()).unwrap());
    let charts = inputs.iter().map(|input| {
        let chart = Series::new(Rc::clone(&what_if), *input, Figure::Gap).finish().into_chart();
        Finding::Chart(chart, what_if.present().gap)
    });
    let shares = Samples::new(&workspace, &Question::default()).unwrap().best_shares(&workspace);
    assert!((shares[0] - 0.325842).abs() < 1e-6);
    let team = Team::new(&workspace, &Question::default()).unwrap();
    let mut simulation = Simulation::new(&team, &workspace.plan, &shares, 1);
    simulation.advance(10_000);
    assert_eq!(found[1], Finding::Spread(Box::new(simulation.spread())));
    assert_eq!(found[2..], charts.collect::<Vec<Finding>>());
}

/// What a study finds about ranges is what is found in one go; it comes between the sentence and the charts.
#[test]
fn a_study_of_ranges_tells_how_far_it_is_and_what_holds() {
    let mut workspace = sample_workspace(as_of());
    workspace.set_range(Input::RenewalCommission, 0.08, 0.13).unwrap();
    for decides in [true, false] {
        if !decides {
            // Nothing can be told from a number that changes nothing.
            workspace = sample_workspace(as_of());
            workspace.set_range(Input::HoneymoonRatio, 2.0, 3.0).unwrap();
        }
        let topic = Topic::Payoff(vec![Input::Stay]);
        let mut study = Study::new(Assignment { workspace: workspace.clone(), seller: None, topic });
        assert_eq!(study.progress(), 0.0);
        let (mut found, mut progress) = (Vec::new(), Vec::new());
        while !study.is_done() {
            found.extend(study.advance().map(|finding| wire::finding_from(&wire::finding_to(&finding)).unwrap()));
            progress.push(study.progress());
        }
        // It never falls, moves at every one of the 400 cases, and is all but done at the end.
        assert!(progress.windows(2).all(|pair| pair[0] <= pair[1]), "{progress:?}");
        assert!(progress.len() > 400 && progress[400] < 0.95 && progress[progress.len() - 1] > 0.95, "{progress:?}");
        let mut certainty = Certainty::new(&workspace, &Question::default(), 400).unwrap();
        while certainty.done() < certainty.total() {
            certainty.advance();
        }
        assert_eq!(certainty.found().decides.is_some(), decides);
        assert_eq!(found[1], Finding::Holds(certainty.found()));
        assert!(matches!(found[..], [Finding::SamePay(..), _, Finding::Spread(_), Finding::Chart(..)]), "{found:?}");
    }
}

/// What a comparison finds is what the page says of each plan by itself, also where quotas differ, and what the solver of
/// trades finds; a worker tells it to the last bit.
#[test]
fn a_comparison_finds_what_each_plan_does() {
    let mut workspace = sample_workspace(as_of());
    workspace.book.accounts.iter_mut().take(15).for_each(|account| account.seller = "Ada".to_owned());
    let present = workspace.plan.clone();
    let mut quota = present.clone();
    quota.quota = QuotaRule { target: 60_000.0, period: PlanPeriod::Quarter, multiplier: 1.5 };
    let level = Plan { renewal: present.renewal.with_level(CommissionRate::constant(0.10)), ..present.clone() };
    let plans = vec![present, quota, level];
    let trade = (CommissionRate::constant(0.08), Sameness::FirstYear);
    let topic = Topic::Comparison(Comparison { plans: plans.clone(), trade: Some(trade) });
    let assignment = Assignment { workspace: workspace.clone(), seller: None, topic };
    let mut study = Study::new(assignment);
    let (mut found, mut last) = (Vec::new(), 0.0);
    while !study.is_done() {
        found.extend(study.advance());
        assert!(study.progress() >= last && study.progress() <= 1.0);
        last = study.progress();
    }
    assert_eq!(found.len(), 2 * plans.len() + 1);
    let all = plans.clone();
    for (place, plan) in plans.into_iter().enumerate() {
        let Finding::Outcome(at, outcome) = &found[place] else { panic!("{:?}", found[place]) };
        assert_eq!(*at, place);
        let with = Workspace { plan, ..workspace.clone() };
        let alone = payoff(&with, &Question::default()).unwrap();
        assert_eq!(outcome.seller_share, alone.seller_best.share);
        assert_eq!((outcome.company_share, outcome.gap), (alone.company_best.share, alone.gap));
        assert_eq!(
            (outcome.company_value, outcome.seller_value),
            (alone.seller_best.company_value, alone.seller_best.seller_value)
        );
        assert_eq!(
            (outcome.first_year_pay, outcome.free_renewal_pay),
            (alone.first_year_pay, alone.paid_for_anyway.free)
        );
        assert_eq!(Some(&outcome.accounts_after), alone.seller_course.accounts.last());
        let shares: Vec<f64> = alone.by_seller.iter().map(|own| own.seller_share).collect();
        assert_eq!(outcome.sellers.iter().map(|seller| seller.share).collect::<Vec<_>>(), shares);
        for (name, own) in ["Ada", "Sam Sample"].iter().zip(&outcome.sellers) {
            let question = Question { seller: Some((*name).to_owned()), ..Question::default() };
            let by_themselves = payoff(&with, &question).unwrap();
            assert!((own.first_year_pay - by_themselves.first_year_pay).abs() < 1e-6, "{name}");
        }
    }
    let samples = Samples::new(&workspace, &Question::default()).unwrap();
    let expected = same_money(&samples, &workspace, trade.0, trade.1);
    assert!(expected.is_ok());
    assert_eq!(found[3], Finding::Trade(expected));
    assert!(matches!(found[4], Finding::SamePay(None, BestPlan::Other(_))));
    // Duels are those of the simulation itself, each plan with the sellers at their best under it.
    let simulated = |plan: &Plan| {
        let with = Workspace { plan: plan.clone(), ..workspace.clone() };
        let shares = Samples::new(&with, &Question::default()).unwrap().best_shares(&with);
        let mut simulation = Simulation::new(&Team::new(&with, &Question::default()).unwrap(), &with.plan, &shares, 1);
        simulation.advance(10_000);
        simulation
    };
    let first = simulated(&all[0]);
    for place in 1..all.len() {
        assert_eq!(found[all.len() + 1 + place], Finding::Duel(place, Duel::new(&first, &simulated(&all[place]))));
    }
    let refusals = [NoTrade::NoneDue, NoTrade::TooLittleAtMost, NoTrade::TooMuchAtZero, NoTrade::Jump { rate: 0.037 }];
    let answers = [
        RateAnswer::At { rate: 0.065, share: 0.52 },
        RateAnswer::EvenAtZero { share: 0.6 },
        RateAnswer::Jump { rate: 0.08, from: 0.1, to: 0.7 },
        RateAnswer::Never { greatest_share: 0.4, at_rate: 1.0 },
    ];
    let agreed = |answer: RateAnswer| {
        let asked = vec![
            AskedRate { rate: 0.0, seller_share: 0.1, company_share: 0.5 },
            AskedRate { rate: 0.08, seller_share: 0.7, company_share: 0.5 },
        ];
        Finding::Agreed(Agreed { answer, asked })
    };
    let others = refusals.map(|why| Finding::Trade(Err(why))).into_iter().chain(answers.map(agreed));
    for finding in found.into_iter().chain(others) {
        assert_eq!(wire::finding_from(&wire::finding_to(&finding)), Some(finding));
    }
}

/// What a study finds that a worker tells to the last bit; it tells how far it is.
fn studied(topic: Topic) -> Vec<Finding> {
    studied_under(topic, |_| ())
}

/// The same under another plan.
fn studied_under(topic: Topic, change: impl Fn(&mut Plan)) -> Vec<Finding> {
    let mut workspace = sample_workspace(as_of());
    change(&mut workspace.plan);
    let mut study = Study::new(Assignment { workspace, seller: None, topic });
    let (mut found, mut last) = (Vec::new(), 0.0);
    while !study.is_done() {
        if let Some(finding) = study.advance() {
            assert_eq!(wire::finding_from(&wire::finding_to(&finding)).as_ref(), Some(&finding));
            found.push(finding);
        }
        assert!(study.progress() >= last && study.progress() <= 1.0);
        last = study.progress();
    }
    found
}

/// What the plan does as it is comes first, then the bars, number by number; they are those of the search itself.
#[test]
fn a_study_finds_which_numbers_matter_with_rules() {
    let ruled = |plan: &mut Plan| plan.rules = vec![Rule::new(RuleKind::RetentionFactor), Rule::new(RuleKind::Cap)];
    let found = studied_under(Topic::RuledTornado, ruled);
    let mut workspace = sample_workspace(as_of());
    ruled(&mut workspace.plan);
    let mut search = RuledBars::new(&workspace, &Question::default()).unwrap();
    let mut expected = Vec::new();
    while !search.is_done() {
        expected.extend(search.advance().map(|found| match found {
            RuledFound::Now(outcome) => Finding::Outcome(0, outcome),
            RuledFound::Bars(bars, moved) => Finding::RuledBars(bars, moved),
        }));
    }
    assert!(matches!(found[0], Finding::Outcome(0, _)) && found == expected, "{found:?}");
    let counts = found.iter().filter_map(|it| if let Finding::RuledBars(_, moved) = it { Some(*moved) } else { None });
    let counts: Vec<usize> = counts.collect();
    assert!(counts.is_sorted() && counts.last() == Some(&Input::ALL.len()), "{counts:?}");
}

#[test]
fn a_study_finds_which_numbers_matter() {
    let found = studied(Topic::Tornado);
    let Finding::Bars(bars) = &found[0] else { panic!("{:?}", found[0]) };
    let workspace = sample_workspace(as_of());
    let mut tornado = Tornado::new(Rc::new(WhatIf::new(&workspace, &Question::default()).unwrap()), Figure::Gap);
    let mut expected = Vec::new();
    while !tornado.is_done() {
        expected.extend(tornado.advance());
    }
    assert_eq!(expected[0], Found::Bars(bars.clone()));
    for (found, expected) in found.iter().zip(&expected).skip(1) {
        let Finding::Turn(input, turn) = found else { panic!("{found:?}") };
        assert_eq!(*expected, Found::Turn(*input, *turn));
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn a_study_draws_a_map_row_by_row() {
    let asked = MapAsked { figure: Figure::Lead, across: Input::RenewalCommission, up: Input::RenewUnattended };
    let found = studied(Topic::Map(asked));
    let Some(Finding::Map(grid)) = found.last() else { panic!("{:?}", found.last()) };
    assert!(found.len() == grid.ys().len() && grid.rows().len() == grid.ys().len());
    // Where both agree at 60 % without attention is where the payoff says so.
    let workspace = sample_workspace(as_of());
    let agreed = payoff(&workspace, &Question::default()).unwrap().agreement.rate().unwrap();
    let near = |line: &[(f64, f64)]| line.iter().map(|(x, y)| libm::hypot(x - agreed, y - 0.6)).fold(1.0, f64::min);
    let lines = grid.iso_lines(0.0);
    assert!(lines.iter().any(|line| near(line) < 0.05), "{lines:?}");
}

/// Under a quota by the quarter with an accelerator, deals of a quarter that does not reach it are held for the next.
#[test]
fn a_study_finds_the_deals_that_gaming_pays_for() {
    let found = studied_under(Topic::Gaming, |plan| {
        plan.quota = QuotaRule { target: 20_000.0, period: PlanPeriod::Quarter, multiplier: 2.0 };
    });
    let [Finding::Gamed(year)] = found.as_slice() else { panic!("{found:?}") };
    assert!(year.deals.len() > 5 && !year.games.is_empty(), "{year:?}");
    assert!(year.games.windows(2).all(|pair| pair[0].gain() >= pair[1].gain()));
    let quota = QuotaRule { target: 20_000.0, period: PlanPeriod::Quarter, multiplier: 2.0 };
    let plan = components(&Plan { quota, ..Plan::default() }, as_of().plus(1));
    let open: Vec<usize> = (0..year.deals.len()).collect();
    let mut expected = gaming(&plan, &year.deals, &open, as_of().plus(1), Freedom::default()).unwrap();
    expected.sort_by(|one, other| other.gain().total_cmp(&one.gain()));
    assert_eq!(year.games, expected);
    // Flat rates pay for nothing of the kind.
    let [Finding::Gamed(flat)] = &studied(Topic::Gaming)[..] else { panic!("no year") };
    assert!(!flat.deals.is_empty() && flat.games.is_empty(), "{flat:?}");
}

#[test]
fn a_study_tells_why_the_answer_changed() {
    let mut before = sample_workspace(as_of());
    before.set(Input::RenewalCommission, 0.05).unwrap();
    before.book.accounts.iter_mut().take(10).for_each(|account| account.seller = "Gone".to_owned());
    let found = studied(Topic::Waterfall(Box::new(before.clone())));
    let [Finding::Fallen(way)] = found.as_slice() else { panic!("{found:?}") };
    let answer = |workspace: &Workspace| payoff(workspace, &Question::default()).unwrap().headline();
    assert_eq!(way.from, answer(&before));
    assert_eq!(way.steps.last().map(|step| step.verdict), Some(answer(&sample_workspace(as_of()))));
    assert_eq!(way.steps.len(), 2, "{way:?}");
}

/// Beside the verdict a plan with rules is told first: what it does, then what every split is worth.
#[test]
fn a_study_of_a_plan_with_rules_begins_with_them() {
    let found = studied_under(Topic::Payoff(Vec::new()), |plan| plan.rules = vec![Rule::new(RuleKind::EachWin)]);
    let [Finding::Outcome(0, outcome), Finding::Curve(curve), Finding::SamePay(..), Finding::Spread(spread)] =
        &found[..]
    else {
        panic!("{found:?}");
    };
    // Its cases are paid by the rule, too, at the split that is best with it.
    let pay = &spread.first_year_pay;
    assert!((pay.at_expected_volume / outcome.first_year_pay - 1.0).abs() < 1e-9, "{pay:?} {outcome:?}");
    assert!((pay.mean - pay.at_expected_volume).abs() < 4.0 * pay.standard_error && spread.runs == 2_000, "{pay:?}");
    assert_eq!((curve.seller_best.share, curve.gap), (outcome.seller_share, outcome.gap));
    assert!((curve.seller_best.company_value - outcome.company_value).abs() < 1e-6);
}

/// The same luck with rules: a sum for each win is never worse for the seller, and paid by the company.
#[test]
fn a_study_sets_a_plan_with_rules_against_one_without() {
    let plain = Plan::default();
    let more = Plan { rules: vec![Rule::new(RuleKind::EachWin)], ..plain.clone() };
    let topic = Topic::Comparison(Comparison { plans: vec![plain, more], trade: None });
    let found = studied(topic);
    let Some(Finding::Duel(1, duel)) = found.last() else { panic!("{:?}", found.last()) };
    assert_eq!(duel.runs, 2_000);
    assert!(duel.seller.better > 0.95 && duel.company.better < 0.5, "{duel:?}");
}

/// A bonus on retention beside the rates: the other rates pay the same with it, and serve the company better.
#[test]
fn a_study_finds_what_pays_the_same_beside_rules() {
    let bonus = |plan: &mut Plan| {
        plan.rules = vec![Rule::from_numbers(RuleKind::RetentionBonus, &[1_000.0, 0.8]).unwrap()];
    };
    let mut workspace = sample_workspace(as_of());
    bonus(&mut workspace.plan);
    let outcome = |plan: &Plan| {
        ruled_outcome(&Workspace { plan: plan.clone(), ..workspace.clone() }, &Question::default()).unwrap()
    };
    let now = outcome(&workspace.plan);
    let [Finding::SamePay(None, BestPlan::Other(best))] = &studied_under(Topic::RuledSamePay, bonus)[..] else {
        panic!("no better plan");
    };
    let then = outcome(&best.in_place_of(&workspace.plan));
    assert!((then.first_year_pay - now.first_year_pay).abs() < 0.6, "{now:?} {then:?}");
    assert!((then.company_value - now.company_value - best.company_change).abs() < 1.0, "{now:?} {then:?}");
    assert!(best.company_change > 10_000.0, "{best:?}");
    // The trade beside other plans counts them, too.
    let trade = Some((CommissionRate::constant(0.08), Sameness::FirstYear));
    let topic = Topic::Comparison(Comparison { plans: vec![workspace.plan.clone()], trade });
    let found = studied_under(topic, bonus);
    let [Finding::Outcome(0, same), Finding::Trade(Ok(trade))] = &found[..] else { panic!("{found:?}") };
    assert_eq!(*same, now);
    let then = outcome(&workspace.plan.with_rates(trade.new_business, trade.renewal));
    assert!((then.first_year_pay - now.first_year_pay).abs() < 0.6, "{now:?} {then:?}");
}
