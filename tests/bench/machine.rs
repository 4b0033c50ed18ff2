//! Which machine it is: figures mean little without it.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

/// Prints the date, the processor and what else the figures depend on.
pub fn print(numpy: bool) {
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let unknown = || "unknown".to_owned();
    let chrome = std::env::var("CHROME").unwrap_or_default();
    println!();
    println!("date       {}", said("date", &["-u", "+%Y-%m-%d"]).unwrap_or_else(unknown));
    println!(
        "processor  {}, {} cores",
        model().unwrap_or_else(unknown),
        available_parallelism().map_or(0, usize::from)
    );
    println!("compiler   {}", said("rustc", &["--version"]).unwrap_or_else(unknown));
    println!("browser    {}", said(&chrome, &["--version"]).unwrap_or_else(unknown));
    println!("numpy      {}", if numpy { "one thread" } else { "missing: its column stays empty" });
    if let Some(load) =
        fs::read_to_string("/proc/loadavg").ok().and_then(|text| Some(text.split_once(' ')?.0.to_owned()))
    {
        println!("load       {load} before the start: figures are worth something on an idle machine");
    }
    println!();
}

fn model() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
