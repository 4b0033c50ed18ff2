//! Runs a study: in a worker, or in slices on the page where there is none. Fetched after the first screen.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::worker::{self, Reply};
use crate::model::payoff::Question;
use crate::study::{Finding, Study};
use crate::text::certainty::holds_words;
use crate::text::verdict::same_pay;
use crate::ui::components::mini_chart::mini_chart;
use crate::ui::parts::study::{Errand, Shown};

/// How long all must rest before a study begins, milliseconds.
const AFTER: u32 = 350;
/// How long it leaves the page to itself between two slices, milliseconds.
const BETWEEN: u32 = 4;
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
        worker::ask(&errand, move |reply| match reply {
            Reply::Found(finding) => show(&asked, &finding),
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
    while !study.is_done() {
        TimeoutFuture::new(BETWEEN).await;
        if errand.stop.is_stopped() {
            return;
        }
        if let Some(finding) = study.advance() {
            show(&errand, &finding);
        }
    }
}

fn show(errand: &Errand, finding: &Finding) {
    if errand.stop.is_stopped() {
        return;
    }
    let assignment = &errand.assignment;
    errand.on_found.emit(match finding {
        Finding::SamePay(best) => {
            let question = Question { seller: assignment.seller.clone(), ..Question::default() };
            Shown::SamePay(same_pay(best, &question, &assignment.workspace))
        }
        Finding::Holds(holds) => Shown::Holds(holds_words(holds)),
        Finding::Chart(chart, gap) => {
            // Ends of some sliders are far off, so the scale ends at twice the gap of now.
            let chart_now = assignment.workspace.get(chart.input);
            Shown::Chart(chart.input, mini_chart(chart, 2.0 * gap.max(1.0), chart_now))
        }
    });
}
