//! The kernels of `cargo xtask bench`: one source, built natively and for a page in several ways, beside JavaScript and
//! numpy.
//!
//! What is built lies below `target/bench/`: `site/` is served to the browser. The standard library is as it comes, not as
//! small as the site's, which changes no number.

use crate::build;
use crate::error::{Problem, Result};
use crate::parts::WASM_FEATURES;
use crate::process::{self, cargo};
use crate::project::Project;
use crate::setup::browser::Browser;
use crate::setup::{SiteTools, folder::ToolFolder, numpy, step};
use crate::test;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that holds the kernels.
const PROGRAM: &str = "bench_kernels";
/// The profile in `Cargo.toml`.
const PROFILE: &str = "kernel";
/// What the page consists of, beside the kernels and their inputs.
const PAGE: &str = "tests/bench/page";
/// The target of pages.
const WASM: &str = "wasm32-unknown-unknown";

/// A way to build the kernels.
struct Variant {
    name: &'static str,
    flags: &'static str,
    /// How the compiler is asked, `3` or `z`, and wasm-opt alike.
    level: &'static str,
}

/// As fast as this machine can: AVX2, where its processors have that.
const NATIVE: Variant = Variant {
    name: "native",
    flags: if cfg!(target_arch = "x86_64") { "-Ctarget-cpu=x86-64-v3" } else { "-Ctarget-cpu=native" },
    level: "3",
};
/// For size, and for any machine.
const NATIVE_SMALL: Variant = Variant { name: "native_oz", flags: "", level: "z" };
/// The first is built as the worker is.
const IN_PAGE: [Variant; 4] = [
    Variant { name: "wasm_simd_o3", flags: "-Ctarget-feature=+simd128", level: "3" },
    Variant { name: "wasm_plain_o3", flags: "-Ctarget-feature=-simd128", level: "3" },
    Variant { name: "wasm_simd_oz", flags: "-Ctarget-feature=+simd128", level: "z" },
    Variant { name: "wasm_plain_oz", flags: "-Ctarget-feature=-simd128", level: "z" },
];

/// Builds the kernels and measures them.
pub fn measure(project: &Project, tools: &SiteTools, browser: &Browser, folder: &ToolFolder) -> Result<()> {
    let python = numpy::ensure(folder);
    let place = place(project);
    let site = place.join("site");
    if site.exists() {
        fs::remove_dir_all(&site).map_err(Problem::file(&site))?;
    }
    fs::create_dir_all(&site).map_err(Problem::file(&site))?;
    let page = project.root().join(PAGE);
    for entry in fs::read_dir(&page).map_err(Problem::file(&page))? {
        let file = entry.map_err(Problem::file(&page))?.path();
        fs::copy(&file, site.join(file.file_name().unwrap_or_default())).map_err(Problem::file(&file))?;
    }
    let host = host()?;
    let mut native = Vec::new();
    for variant in [&NATIVE, &NATIVE_SMALL] {
        native.push(built(project, variant, &host)?);
    }
    for variant in &IN_PAGE {
        let program = built(project, variant, WASM)?;
        bind(project, tools, variant, &program, &site.join(variant.name))?;
    }
    let [fast, small] = native.as_slice() else { return Err(Problem::NoProgram(place)) };
    write_inputs(fast, &site)?;
    let mut command = test::on_built_site(project, browser, None);
    command.args(["--test", "kernel_bench"]).env("HOLDFAST_DIST", &site);
    command.env("HOLDFAST_KERNELS", fast).env("HOLDFAST_KERNELS_SMALL", small);
    match python {
        Some(python) => command.env("HOLDFAST_NUMPY", python),
        None => command.env_remove("HOLDFAST_NUMPY"),
    };
    process::run(&mut command)
}

/// Where all this is built.
fn place(project: &Project) -> PathBuf {
    let target = build::target(project);
    target.parent().unwrap_or(&target).join("bench")
}

/// The target of this machine.
fn host() -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = process::run_quietly(Command::new(rustc).arg("-vV"))?;
    Ok(told.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default().to_owned())
}

/// Compiles a variant, and gives the program.
fn built(project: &Project, variant: &Variant, target: &str) -> Result<PathBuf> {
    let place = place(project);
    let all = place.join("build");
    let mut compile = cargo(project);
    compile.args(["build", "--offline", "--no-default-features", "--profile", PROFILE, "--bin", PROGRAM]);
    compile.args(["--target", target, "--target-dir"]).arg(&all).env_remove("RUSTFLAGS");
    compile.env("CARGO_PROFILE_KERNEL_OPT_LEVEL", variant.level);
    compile.env(format!("CARGO_TARGET_{}_RUSTFLAGS", target.to_uppercase().replace(['-', '.'], "_")), variant.flags);
    step::timed(variant.name, "building", || process::run_quietly(&mut compile))?;
    let ending = if target == WASM { ".wasm" } else { env::consts::EXE_SUFFIX };
    let program = all.join(target).join(PROFILE).join(format!("{PROGRAM}{ending}"));
    // The next variant takes its place.
    let kept = place.join(format!("{}{ending}", variant.name));
    fs::copy(&program, &kept).map_err(Problem::file(&program))?;
    Ok(kept)
}

/// Makes a compiled variant one that a page can load.
fn bind(project: &Project, tools: &SiteTools, variant: &Variant, program: &Path, folder: &Path) -> Result<()> {
    let mut bind = tools.command("wasm-bindgen", project)?;
    bind.args(["--target", "web", "--no-typescript", "--out-name", PROGRAM, "--out-dir"]).arg(folder);
    process::run_quietly(bind.arg(program))?;
    if tools.wasm_opt {
        let file = folder.join(format!("{PROGRAM}_bg.wasm"));
        let mut optimise = tools.command("wasm-opt", project)?;
        optimise.arg(format!("-O{}", variant.level)).args(WASM_FEATURES.map(|feature| format!("--enable-{feature}")));
        if variant.flags.contains("+simd128") {
            optimise.arg("--enable-simd");
        }
        process::run_quietly(optimise.arg(&file).arg("-o").arg(&file))?;
    }
    Ok(())
}

/// Leaves the books for the other languages beside the page.
fn write_inputs(kernels: &Path, site: &Path) -> Result<()> {
    let question = site.join("question.txt");
    fs::write(&question, "inputs\n").map_err(Problem::file(&question))?;
    let asked = fs::File::open(&question).map_err(Problem::file(&question))?;
    let answer = process::run_quietly(Command::new(kernels).stdin(asked))?;
    let file = site.join("inputs.json");
    fs::write(&file, answer).map_err(Problem::file(&file))
}
