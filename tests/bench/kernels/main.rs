//! The kernels of `cargo xtask bench`, one source for all machines: a program that listens to lines natively, and a module
//! that a page calls in WebAssembly. Nothing of the site.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measurement may stop at what should not happen"
)]

mod books;
#[cfg(not(target_arch = "wasm32"))]
mod inputs;
mod luck;
mod plans;
mod random;
mod work;

/// Runs the kernel of this name `times` times: the milliseconds that one run took, and the numbers of the last.
fn measured(name: &str, times: usize, now: impl Fn() -> f64) -> Vec<f64> {
    let kernel = work::kernel(name).unwrap_or_else(|| panic!("no kernel {name}"));
    let mut numbers = Vec::new();
    let start = now();
    for _ in 0..times {
        numbers = std::hint::black_box(kernel());
    }
    let took = (now() - start) / times as f64;
    numbers.insert(0, took);
    numbers
}

/// Answers each line of the input by one line of JSON: `<kernel> <times>`, `hashes <first> <end>` of random plans, or `inputs`.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let begin = std::time::Instant::now();
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |place: usize| words[place].parse::<usize>().expect("a number");
        match words.as_slice() {
            ["inputs"] => println!("{}", inputs::all()),
            ["hashes", ..] => println!("{:?}", plans::hashes(number(1), number(2))),
            [kernel, _] => println!("{:?}", measured(kernel, number(1), || 1e3 * begin.elapsed().as_secs_f64())),
            _ => panic!("what is {line}?"),
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod exports {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
    }

    /// As natively.
    #[wasm_bindgen]
    pub fn run(kernel: &str, times: usize) -> Vec<f64> {
        super::measured(kernel, times, now)
    }

    /// As natively.
    #[wasm_bindgen]
    pub fn hashes(first: usize, end: usize) -> Vec<String> {
        super::plans::hashes(first, end)
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
