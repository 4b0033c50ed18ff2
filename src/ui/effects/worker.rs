//! The background worker: started when first wanted, given one errand after the other, given up when it fails or falls silent.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::Float64Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::screen;
use crate::study::{Finding, wire};
use crate::ui::parts::study::Errand;

/// How long a worker may take to start, or to say anything while it works, milliseconds.
const SILENCE: u32 = 6_000;

/// What comes of an errand.
pub enum Reply {
    /// Something was found.
    Found(Finding),
    /// So much of the work is done, 0 to 1.
    Working(f64),
    /// All is found.
    Done,
    /// The worker is gone, and will not come back.
    Lost,
}

type OnReply = Rc<dyn Fn(Reply)>;

/// An errand, by its number.
struct Job {
    number: f64,
    message: Float64Array,
    on_reply: OnReply,
}

/// The worker and what it is at.
#[derive(Default)]
struct Desk {
    worker: Option<Worker>,
    /// Whether it failed once: it is not started again, so that a page never hangs on it twice.
    given_up: bool,
    is_ready: bool,
    /// The number of the errand that was given last.
    last: f64,
    /// What it works on; replies to anything else are dropped.
    current: Option<Job>,
    waiting: VecDeque<Job>,
    watch: Option<Timeout>,
    listeners: Vec<EventListener>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Sends the worker on an errand, after those before that nobody stopped. If there is no worker the answer is
/// [`Reply::Lost`], at once.
pub fn ask(errand: &Errand, on_reply: impl Fn(Reply) + 'static) {
    let on_reply: OnReply = Rc::new(on_reply);
    let number = DESK.with_borrow_mut(|desk| {
        if desk.worker.is_none() && !desk.given_up {
            desk.start();
        }
        if desk.given_up {
            return None;
        }
        desk.last += 1.0;
        let number = desk.last;
        let mut numbers = vec![number];
        numbers.extend(wire::assignment_to(&errand.assignment));
        let message = Float64Array::from(numbers.as_slice());
        desk.waiting.push_back(Job { number, message, on_reply: Rc::clone(&on_reply) });
        desk.send();
        Some(number)
    });
    let Some(number) = number else { return on_reply(Reply::Lost) };
    errand.stop.then(move || DESK.with_borrow_mut(|desk| desk.cancel(number)));
}

impl Desk {
    fn start(&mut self) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            screen::beside("start_worker.js").and_then(|address| Worker::new_with_options(&address, &options).ok());
        let Some(worker) = worker else {
            self.given_up = true;
            return;
        };
        let heard = |event: &web_sys::Event| {
            if let Some(message) = event.dyn_ref::<MessageEvent>() {
                hear(&message.data());
            }
        };
        self.listeners = vec![
            EventListener::new(&worker, "message", heard),
            EventListener::new(&worker, "error", |_| lose()),
            EventListener::new(&worker, "messageerror", |_| lose()),
        ];
        self.worker = Some(worker);
        self.listen();
    }

    /// The next errand goes out as soon as the worker is ready: earlier messages would be lost.
    fn send(&mut self) {
        let Some(worker) = self.worker.as_ref().filter(|_| self.is_ready && self.current.is_none()) else { return };
        if let Some(job) = self.waiting.pop_front() {
            let _ = worker.post_message(&job.message);
            self.current = Some(job);
            self.listen();
        }
    }

    fn cancel(&mut self, number: f64) {
        self.waiting.retain(|job| job.number != number);
        if self.current.as_ref().is_some_and(|job| job.number == number) {
            (self.current, self.watch) = (None, None);
            if let Some(worker) = &self.worker {
                // A number without an assignment: stop.
                let _ = worker.post_message(&Float64Array::from([number].as_slice()));
            }
            self.send();
        }
    }

    fn listen(&mut self) {
        self.watch = Some(Timeout::new(SILENCE, lose));
    }
}

/// A message from the worker: the number of the errand, then a finding, or how much is done, or a NaN when all is; `0` alone
/// says that it is ready.
fn hear(message: &JsValue) {
    let Some(numbers) = message.dyn_ref::<Float64Array>().map(Float64Array::to_vec) else { return };
    let Some((number, rest)) = numbers.split_first() else { return };
    let told = DESK.with_borrow_mut(|desk| {
        if *number == 0.0 {
            desk.is_ready = true;
            desk.watch = None;
            desk.send();
            return None;
        }
        // No late answers.
        let on_reply = desk.current.as_ref().filter(|job| job.number == *number).map(|job| Rc::clone(&job.on_reply))?;
        desk.listen();
        let reply = match rest {
            [done] if done.is_nan() => {
                (desk.current, desk.watch) = (None, None);
                desk.send();
                Some(Reply::Done)
            }
            [part] => Some(Reply::Working(*part)),
            _ => wire::finding_from(rest).map(Reply::Found),
        };
        Some(on_reply).zip(reply)
    });
    // Out of the desk's hands: who is told may ask at once for something else.
    if let Some((on_reply, reply)) = told {
        on_reply(reply);
    }
}

/// The worker failed or fell silent.
fn lose() {
    let jobs = DESK.with_borrow_mut(|desk| {
        if let Some(worker) = desk.worker.take() {
            worker.terminate();
        }
        let gone = std::mem::replace(desk, Desk { given_up: true, last: desk.last, ..Desk::default() });
        gone.current.into_iter().chain(gone.waiting)
    });
    for job in jobs {
        (job.on_reply)(Reply::Lost);
    }
}
