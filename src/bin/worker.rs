//! The engine in a web worker: takes an assignment, works on it in slices, and sends what it finds.
//!
//! Between two slices it hears messages, so another assignment replaces the one in hand, and a number alone stops it.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use holdfast::study::{Study, wire};
use js_sys::{Date, Float64Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// How long a slice may take before messages are heard, milliseconds.
const SLICE: f64 = 20.0;
/// How often the page is told that work goes on, milliseconds.
const STILL: f64 = 500.0;

/// The study in hand.
struct Desk {
    number: f64,
    study: Study,
    told: f64,
    next: Option<Timeout>,
}

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let numbers = event.data().unchecked_into::<Float64Array>().to_vec();
        let Some((number, rest)) = numbers.split_first() else { return };
        DESK.set(wire::assignment_from(rest).map(|assignment| Desk {
            number: *number,
            study: Study::new(assignment),
            told: Date::now(),
            next: Some(Timeout::new(0, work)),
        }));
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    say(&[0.0]);
}

/// One slice.
fn work() {
    DESK.with_borrow_mut(|desk| {
        let Some(Desk { number, study, told, next }) = desk else { return };
        let start = Date::now();
        while !study.is_done() && Date::now() - start < SLICE {
            if let Some(finding) = study.advance() {
                let mut message = vec![*number];
                message.extend(wire::finding_to(&finding));
                say(&message);
            }
        }
        if study.is_done() {
            say(&[*number, f64::NAN]);
            *next = None;
        } else {
            if Date::now() - *told > STILL {
                say(&[*number, study.progress()]);
                *told = Date::now();
            }
            *next = Some(Timeout::new(0, work));
        }
    });
}

fn say(message: &[f64]) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // Nobody is left to be told of a failure.
    let _ = scope.post_message(&Float64Array::from(message));
}
