//! Sets the kernels beside one another: natively, in WebAssembly, in JavaScript in the same page, and in numpy.
//!
//! `cargo xtask bench` builds the kernels and runs this. All are measured in turn, round after round, so that whatever else
//! the machine does meets all of them alike; figures are medians of the rounds, and ratios of such medians. Before anything is
//! measured, the languages must agree on what they work out. Budgets are told as met or missed and fail nothing: machines
//! differ.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a measurement may stop it"
)]

mod machine;
mod peers;
mod same_bits;
#[path = "../journeys/stage/mod.rs"]
#[allow(dead_code, reason = "journeys do more than a measurement")]
mod stage;
mod table;

use std::env;
use std::process::Command;

use serde_json::json;

use peers::Peer;
use stage::{Page, drive};
use table::{Budget, Row, verdict};

/// Rounds, in each of which everything is measured once.
const ROUNDS: usize = 7;
/// How many times the standard error of the difference of two means may be.
const STANDARD_ERRORS: f64 = 4.0;
/// How near the curves of two languages must be.
const NEAR: f64 = 1e-9;
/// The build of the worker: for speed, many numbers at once.
const WORKER: &str = "wasm_simd_o3";

/// What a kernel is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Native,
    Wasm,
    Js,
    Numpy,
}

const SIDES: [Side; 4] = [Side::Native, Side::Wasm, Side::Js, Side::Numpy];

/// A kernel, what it is called in the table, and how often it runs in a round, by [`Side`].
struct Kernel {
    name: &'static str,
    title: &'static str,
    times: [usize; 4],
    budgets: &'static [Budget],
}

const KERNELS: [Kernel; 15] = [
    Kernel {
        name: "curve.own",
        title: "S1 curve, 101 splits, 200 accounts x 60 months",
        times: [50, 50, 10, 3],
        budgets: &[Budget::OfNative(2.5), Budget::OverJs(10.0), Budget::Within(2.0)],
    },
    Kernel {
        name: "curve.pooled",
        title: "   the same, alike accounts pooled",
        times: [100, 100, 10, 3],
        budgets: &[],
    },
    Kernel { name: "curve.monthly", title: "   the same, contracts of a month", times: [3, 3, 2, 1], budgets: &[] },
    Kernel {
        name: "luck.monthly",
        title: "S2 10,000 runs x 60 months x 200 accounts, tiers",
        times: [2, 2, 1, 1],
        budgets: &[Budget::OverJs(60.0), Budget::OverNumpy(15.0), Budget::Within(25.0)],
    },
    Kernel {
        name: "luck.own",
        title: "   the same, contracts of a year",
        times: [2, 2, 1, 1],
        budgets: &[Budget::OverJs(60.0), Budget::OverNumpy(15.0), Budget::Within(25.0)],
    },
    Kernel {
        name: "split.own",
        title: "S4 best split, 95 % interval, 10,000 runs",
        times: [1, 1, 0, 0],
        budgets: &[Budget::Within(500.0)],
    },
    Kernel { name: "glance.own", title: "   first answer", times: [10, 10, 0, 0], budgets: &[Budget::Within(5.0)] },
    Kernel { name: "exact.own", title: "   exact answer", times: [5, 5, 0, 0], budgets: &[] },
    Kernel {
        name: "exact.bent",
        title: "S7 exact answer, S-curves, hours where they save most",
        times: [1, 1, 0, 0],
        budgets: &[Budget::Within(50.0)],
    },
    Kernel {
        name: "curve.many",
        title: "S5 curve, 10,000 accounts x 120 months",
        times: [1, 1, 0, 0],
        budgets: &[Budget::Within(250.0)],
    },
    Kernel {
        name: "curve.many_own",
        title: "   the same, no two alike",
        times: [1, 1, 0, 0],
        budgets: &[Budget::Within(250.0)],
    },
    Kernel { name: "run.own", title: "parts: one projection", times: [2_000, 2_000, 0, 0], budgets: &[] },
    Kernel { name: "worth.own", title: "   its worth", times: [20_000, 20_000, 0, 0], budgets: &[] },
    Kernel { name: "optimum.own", title: "   best split of one seller", times: [50, 50, 0, 0], budgets: &[] },
    Kernel { name: "optimum.pooled", title: "   the same, alike accounts pooled", times: [50, 50, 0, 0], budgets: &[] },
];

fn main() {
    let native = variable("HOLDFAST_KERNELS").expect("cargo xtask bench says where the kernels are");
    let small = variable("HOLDFAST_KERNELS_SMALL").expect("cargo xtask bench says where the small kernels are");
    let mut sides = Sides { native: Peer::start(&mut Command::new(&native)), numpy: numpy() };
    machine::print(sides.numpy.is_some());
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("").await;
        sides.agree(&page).await;
        table::head();
        for kernel in &KERNELS {
            table::line(&sides.row(&page, kernel).await, kernel.budgets);
        }
        println!();
        cold(&page).await;
        beside_worker(&page).await;
        println!();
        same_bits::print(&mut sides.native, &mut Peer::start(&mut Command::new(&small)), &page).await;
    });
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The numpy version, if there is one.
fn numpy() -> Option<Peer> {
    let python = variable("HOLDFAST_NUMPY")?;
    let mut command = Command::new(python);
    // One thread, as everything else here has.
    for library in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"] {
        command.env(library, "1");
    }
    command.args(["-B", "tests/bench/numpy/run.py"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    Some(Peer::start(command.arg(stage::dist().join("inputs.json"))))
}

/// The middle one of figures.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

struct Sides {
    native: Peer,
    numpy: Option<Peer>,
}

impl Sides {
    /// Milliseconds of a run of a kernel, and its numbers; none where this side has no such kernel.
    async fn run(&mut self, page: &Page, side: Side, kernel: &str, times: usize) -> Option<Vec<f64>> {
        if times == 0 {
            return None;
        }
        let line = format!("{kernel} {times}");
        let answer: Vec<f64> = match side {
            Side::Native => self.native.ask(&line),
            Side::Numpy => self.numpy.as_mut()?.ask(&line),
            Side::Wasm => {
                let script = "return await window.bench.wasm(...args);";
                page.run_async(script, &[json!(WORKER), json!(kernel), json!(times)]).await
            }
            Side::Js => page.run_async("return window.bench.js(...args);", &[json!(kernel), json!(times)]).await,
        };
        // A kernel that is not there gives no numbers.
        (answer.len() > 1).then_some(answer)
    }

    async fn row(&mut self, page: &Page, kernel: &Kernel) -> Row {
        let mut rounds: [Vec<f64>; 4] = Default::default();
        // The first round lets all of them compile and cache.
        for round in 0..=ROUNDS {
            for (side, times) in SIDES.into_iter().zip(kernel.times) {
                let times = if round == 0 { times.min(1) } else { times };
                if let (Some(answer), 1..) = (self.run(page, side, kernel.name, times).await, round) {
                    rounds[side as usize].push(answer[0]);
                }
            }
        }
        Row { title: kernel.title, medians: rounds.map(median) }
    }

    /// All languages work out the same.
    async fn agree(&mut self, page: &Page) {
        for book in ["own", "pooled", "monthly"] {
            let kernel = format!("curve.{book}");
            let expected = self.run(page, Side::Native, &kernel, 1).await.expect("a curve");
            let mut farthest: f64 = 0.0;
            for side in [Side::Wasm, Side::Js, Side::Numpy] {
                let Some(got) = self.run(page, side, &kernel, 1).await else { continue };
                assert_eq!(got.len(), expected.len(), "{side:?} {kernel}");
                for (place, (got, expected)) in got.iter().zip(&expected).enumerate().skip(1) {
                    let apart = (got - expected).abs() / expected.abs().max(1.0);
                    assert!(apart < NEAR, "{side:?} {kernel}, number {place}: {got} is not {expected}");
                    farthest = farthest.max(apart);
                }
            }
            println!("{kernel}: all curves agree to {farthest:.1e}");
        }
        for book in ["own", "monthly"] {
            self.agree_on_luck(page, &format!("luck.{book}")).await;
        }
        println!();
    }

    /// Means are no farther apart than luck makes them.
    async fn agree_on_luck(&mut self, page: &Page, kernel: &str) {
        let mut answers = Vec::new();
        for side in SIDES {
            if let Some(answer) = self.run(page, side, kernel, 1).await {
                answers.push((side, answer));
            }
        }
        let runs: f64 = 10_000.0;
        let mut farthest: f64 = 0.0;
        for (index, (side, one)) in answers.iter().enumerate() {
            for (other_side, other) in &answers[..index] {
                if let (Side::Native | Side::Wasm, Side::Native | Side::Wasm) = (side, other_side) {
                    assert_eq!(one[1..], other[1..], "{kernel}: {side:?} and {other_side:?}");
                    continue;
                }
                for (mean, (one, other)) in one[1..].chunks(2).zip(other[1..].chunks(2)).enumerate() {
                    let error = ((one[1] * one[1] + other[1] * other[1]) / runs).sqrt();
                    let apart = (one[0] - other[0]).abs() / error;
                    assert!(
                        apart < STANDARD_ERRORS,
                        "{kernel}, mean {mean}: {side:?} {} and {other_side:?} {} are {apart:.1} errors apart",
                        one[0],
                        other[0]
                    );
                    farthest = farthest.max(apart);
                }
            }
        }
        let sides: Vec<Side> = answers.iter().map(|(side, _)| *side).collect();
        println!("{kernel}: means of {sides:?} are at most {farthest:.1} standard errors apart");
    }
}

/// The first simulation of a page that was just loaded.
async fn cold(page: &Page) {
    for kernel in ["luck.monthly", "luck.own"] {
        let mut firsts = Vec::new();
        for _ in 0..5 {
            page.go("").await;
            let script = "return await window.bench.wasm(...args);";
            let answer: Vec<f64> = page.run_async(script, &[json!(WORKER), json!(kernel), json!(1)]).await;
            firsts.extend((answer.len() > 1).then(|| answer[0]));
        }
        if !firsts.is_empty() {
            let took = median(firsts);
            println!(
                "S2 {kernel}, the first time in a page, wasm: {took:.1} ms   at most 60 ms: {}",
                verdict(took <= 60.0)
            );
        }
    }
}

/// How smoothly the page goes on while a worker computes.
async fn beside_worker(page: &Page) {
    for kernel in ["curve.many", "curve.many_own"] {
        let script = "return await window.bench.besideWorker(...args);";
        let times = 10;
        let answer: Vec<f64> = page.run_async(script, &[json!(WORKER), json!(kernel), json!(times)]).await;
        let [frames, longest, took] = answer[..] else { panic!("{answer:?}") };
        println!(
            "S5 {kernel} in a worker: {took:.0} ms, the page at {frames:.1} frames/s, longest wait {longest:.0} ms   \
             at least 55: {}",
            verdict(frames >= 55.0)
        );
    }
}
