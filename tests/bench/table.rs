//! The table of medians and ratios.

/// What is asked for in WebAssembly.
#[derive(Debug, Clone, Copy)]
pub enum Budget {
    /// At most so many times what it takes natively.
    OfNative(f64),
    /// JavaScript takes at least so many times as long.
    OverJs(f64),
    /// numpy takes at least so many times as long.
    OverNumpy(f64),
    /// At most so many milliseconds.
    Within(f64),
}

/// One kernel, measured: milliseconds natively, in WebAssembly, in JavaScript and in numpy; NaN where it was not.
pub struct Row {
    /// What it is called.
    pub title: &'static str,
    /// Medians of the rounds.
    pub medians: [f64; 4],
}

impl Budget {
    /// What is asked for, in words, and whether it is so; `None` if it was not measured.
    fn judged(self, [native, wasm, js, numpy]: [f64; 4]) -> (String, Option<bool>) {
        let known = |figure: f64, met: bool| (!figure.is_nan()).then_some(met);
        match self {
            Budget::OfNative(most) => (format!("<= {most} x native"), known(wasm / native, wasm / native <= most)),
            Budget::OverJs(least) => (format!(">= {least} x JS"), known(js / wasm, js / wasm >= least)),
            Budget::OverNumpy(least) => (format!(">= {least} x numpy"), known(numpy / wasm, numpy / wasm >= least)),
            Budget::Within(most) => (format!("<= {most} ms"), known(wasm, wasm <= most)),
        }
    }
}

/// Met or missed.
pub const fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}

/// The heads of the columns.
pub fn head() {
    println!(
        "{:52} {:>9} {:>9} {:>9} {:>9} | {:>11} {:>8} {:>10} | budget of wasm",
        "milliseconds", "native", "wasm+simd", "JS", "numpy", "wasm/native", "JS/wasm", "numpy/wasm"
    );
}

/// A line.
pub fn line(row: &Row, budgets: &[Budget]) {
    let [native, wasm, js, numpy] = row.medians;
    let budgets: Vec<String> = budgets
        .iter()
        .map(|budget| {
            let (words, met) = budget.judged(row.medians);
            format!("{words}: {}", met.map_or("not measured", verdict))
        })
        .collect();
    println!(
        "{:52} {} {} {} {} | {:>11} {:>8} {:>10} | {}",
        row.title,
        time(native),
        time(wasm),
        time(js),
        time(numpy),
        ratio(wasm / native),
        ratio(js / wasm),
        ratio(numpy / wasm),
        budgets.join(", ")
    );
}

fn time(figure: f64) -> String {
    match figure {
        figure if figure.is_nan() => format!("{:>9}", "-"),
        figure if figure < 10.0 => format!("{figure:>9.3}"),
        figure => format!("{figure:>9.1}"),
    }
}

fn ratio(figure: f64) -> String {
    if figure.is_nan() { "-".to_owned() } else { format!("{figure:.1}x") }
}
