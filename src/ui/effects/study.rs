//! Runs a study: in a worker, or in slices on the page where there is none. Fetched after the first screen.

use std::cell::RefCell;

use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::worker::{self, Reply};
use crate::model::payoff::{PlanOutcome, Question};
use crate::study::{Finding, Study, Topic};
use crate::text::claim::ToldPlan;
use crate::text::rules;
use crate::text::same_pay::{plans_meant, same_pay};
use crate::ui::components::certainty::holds_sentence;
use crate::ui::components::explain::WITH_RULES;
use crate::ui::components::luck::luck_card;
use crate::ui::components::mini_chart::mini_chart;
use crate::ui::parts::study::{Errand, Shown};

/// How long all must rest before a study begins, milliseconds.
const AFTER: u32 = 350;
/// How long it leaves the page to itself between two slices, milliseconds.
const BETWEEN: u32 = 4;
/// How often it tells how far it is, milliseconds.
const STILL: f64 = 500.0;
/// What is said where the page works alone.
const ALONE: &str = "The background worker is not to be had, so the page works everything out by itself: charts and odds \
                     come more slowly. Reload the page to try the worker again.";

/// Begins.
pub fn begin(errand: Errand) {
    spawn_local(async move {
        TimeoutFuture::new(AFTER).await;
        if errand.stop.is_stopped() {
            return;
        }
        let asked = errand.clone();
        let ruled = RefCell::new(None);
        worker::ask(&errand, move |reply| match reply {
            Reply::Found(finding) => show(&asked, &finding, &mut ruled.borrow_mut()),
            Reply::Working(part) => tell(&asked, progress(&asked, part)),
            Reply::Done => tell(&asked, Html::default()),
            Reply::Lost => {
                asked.on_found.emit(Shown::Lost(ALONE));
                spawn_local(study_here(asked.clone()));
            }
        });
    });
}

/// The study on the page itself, until all is said or nobody wants to know any more.
async fn study_here(errand: Errand) {
    let mut study = Study::new((*errand.assignment).clone());
    let mut told = Date::now();
    let mut ruled = None;
    while !study.is_done() {
        TimeoutFuture::new(BETWEEN).await;
        if errand.stop.is_stopped() {
            return;
        }
        if Date::now() - told > STILL {
            told = Date::now();
            tell(&errand, progress(&errand, study.progress()));
        }
        if let Some(finding) = study.advance() {
            show(&errand, &finding, &mut ruled);
        }
    }
    tell(&errand, Html::default());
}

fn tell(errand: &Errand, words: Html) {
    if !errand.stop.is_stopped() {
        errand.on_found.emit(Shown::Progress(words));
    }
}

/// A bar, and a way to stop.
fn progress(errand: &Errand, part: f64) -> Html {
    let errand = errand.clone();
    let on_stopped = move |_: MouseEvent| {
        errand.stop.stop();
        errand.on_found.emit(Shown::Progress(stopped(&errand)));
    };
    let percent = (100.0 * part) as u32;
    html! {
        <p class="progress">
            <progress max="100" value={percent.to_string()} aria-label="Working out charts and luck" />
            <button type="button" class="link" onclick={on_stopped}>{ "Stop" }</button>
        </p>
    }
}

/// A way to go on.
fn stopped(errand: &Errand) -> Html {
    let errand = errand.clone();
    let on_resumed = move |_: MouseEvent| {
        errand.stop.resume();
        tell(&errand, Html::default());
        begin(errand.clone());
    };
    html! {
        <p class="progress" role="status">
            { "Stopped: charts and luck may be missing or those of other numbers. " }
            <button type="button" class="link" onclick={on_resumed}>{ "Go on" }</button>
        </p>
    }
}

/// Shows what was found. What the rules of the plan in use do is kept in `ruled` until there is the sentence to go with it.
fn show(errand: &Errand, finding: &Finding, ruled: &mut Option<PlanOutcome>) {
    if errand.stop.is_stopped() {
        return;
    }
    let assignment = &errand.assignment;
    if !matches!(assignment.topic, Topic::Payoff(_)) {
        errand.on_found.emit(Shown::Found(finding.clone()));
        return;
    }
    errand.on_found.emit(match finding {
        Finding::SamePay(agreement, best) => {
            let question = Question { seller: assignment.seller.clone(), ..Question::default() };
            let workspace = &assignment.workspace;
            let mut plans = Vec::from(plans_meant(agreement.as_ref(), Some(best), &workspace.plan, false));
            let (seller, place) = (assignment.seller.as_deref(), plans.len());
            plans.push(ToldPlan { name: WITH_RULES.to_owned(), plan: workspace.plan.clone(), with_rules: true });
            let ruled = ruled.as_ref().map_or_else(Vec::new, |it| rules::outcome_words(it, workspace, seller, place));
            let same_pay = if workspace.plan.rules_on() > 0 {
                rules::same_pay_elsewhere()
            } else {
                same_pay(agreement.as_ref(), best, &question, workspace, 0)
            };
            Shown::SamePay([ruled, same_pay], plans)
        }
        Finding::Outcome(_, outcome) => {
            *ruled = Some(outcome.clone());
            return;
        }
        Finding::Curve(curve) => Shown::Curve((**curve).clone()),
        Finding::Spread(spread) => {
            let sellers =
                if assignment.seller.is_some() { 1 } else { assignment.workspace.book.sellers().len().max(1) };
            Shown::Luck(luck_card(spread, sellers, assignment.workspace.plan.rules_on() > 0))
        }
        Finding::Holds(holds) => Shown::Holds(holds_sentence(holds)),
        Finding::Chart(chart, gap) => {
            // Ends of some sliders are far off, so the scale ends at twice the gap of now.
            let chart_now = assignment.workspace.get(chart.input);
            Shown::Chart(chart.input, mini_chart(chart, 2.0 * gap.max(1.0), chart_now))
        }
        // Of other topics.
        _ => return,
    });
}
