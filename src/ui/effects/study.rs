//! The study itself, in steps that each leave time for a frame. Fetched after the first screen.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use crate::model::best_plan::{PlanRanges, best_plan};
use crate::model::mini_charts::Series;
use crate::model::what_if::{Figure, WhatIf};
use crate::text::verdict::same_pay;
use crate::ui::components::mini_chart::mini_chart;
use crate::ui::parts::study::{Assignment, Finding};

/// How long all must rest before a study begins, milliseconds.
const AFTER: u32 = 350;
/// How long it leaves the page to itself between two steps, milliseconds.
const BETWEEN: u32 = 4;

/// Begins.
pub fn begin(assignment: Assignment) {
    spawn_local(async move {
        TimeoutFuture::new(AFTER).await;
        study(&assignment).await;
    });
}

/// Does it, until all is said or nobody wants to know any more.
async fn study(assignment: &Assignment) {
    let Assignment { workspace, question, inputs, stopped, on_found } = assignment;
    if stopped.get() {
        return;
    }
    // Flat plans only: floors take a search each.
    let flat = PlanRanges { floor: (0.0, 0.0), ..PlanRanges::default() };
    // Inputs that contradict one another are told elsewhere.
    let Ok(best) = best_plan(workspace, question, &flat) else { return };
    on_found.emit(Finding::SamePay(same_pay(&best, question, workspace)));
    TimeoutFuture::new(BETWEEN).await;
    if stopped.get() {
        return;
    }
    let Ok(what_if) = WhatIf::new(workspace, question) else { return };
    let what_if = Rc::new(what_if);
    // Ends of some sliders are far off, so the scale ends at twice the gap of now.
    let greatest = 2.0 * what_if.present().gap.max(1.0);
    for input in inputs {
        let mut series = Series::new(Rc::clone(&what_if), *input, Figure::Gap);
        loop {
            TimeoutFuture::new(BETWEEN).await;
            if stopped.get() {
                return;
            }
            if !series.advance() {
                break;
            }
        }
        on_found.emit(Finding::Chart(*input, mini_chart(&series, greatest, workspace.get(*input))));
    }
}
