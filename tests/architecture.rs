//! The layers of `src/` import in one direction only, and its files stay readable.
//!
//! Every file is read as text: comments and strings are taken out, paths are resolved (`super` and groups included)
//! and compared with one table, [`rule`]. A failure names the file, the line, the import and the rule. The checker is
//! itself fed made-up files that it must refuse.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may stop the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a file: past that, ask why.
const MOST_LINES: usize = 450;

/// Crates of the outside that know the web.
const WEB: [&str; 4] = ["gloo_storage", "web_sys", "js_sys", "wasm_bindgen"];

/// What a file may import.
struct Rule {
    /// The layer, for the sentence.
    layer: &'static str,
    /// Modules of this crate; `None` for all.
    modules: Option<&'static [&'static str]>,
    /// Dependencies in `Cargo.toml`; `None` for all.
    crates: Option<&'static [&'static str]>,
    /// Modules of `std` that it may not use.
    not_std: &'static [&'static str],
}

const PURE: &[&str] = &["time", "fs", "net", "env", "io", "process", "thread"];
const NO_SYSTEM: &[&str] = &["time", "fs", "net", "env", "process", "thread"];

/// The rule of the file at `path` below `src/`; `None` where there is none, which fails.
fn rule(path: &str) -> Option<Rule> {
    let rule = |layer, modules, crates, not_std| Some(Rule { layer, modules, crates, not_std });
    match path.split('/').next()? {
        "lib.rs" => rule("lib.rs", None, Some(&[]), NO_SYSTEM),
        "main.rs" => rule("main.rs", Some(&["ui"]), Some(&[]), NO_SYSTEM),
        "bin" if path == "bin/evaluate.rs" => rule(
            "bin/evaluate.rs",
            Some(&["model", "text", "state", "storage"]),
            Some(&["serde", "serde_json"]),
            &["net", "time"],
        ),
        // What the worker loads is fetched beside the page, so it keeps to the engine.
        "bin" if path == "bin/worker.rs" => rule("bin/worker.rs", Some(&["model", "study"]), None, NO_SYSTEM),
        "bin" => rule("bin", Some(&["model", "text", "state", "storage", "charts"]), None, &[]),
        "study" => rule("study", Some(&["model", "study"]), Some(&["chrono", "libm"]), PURE),
        "model" => rule("model", Some(&["model"]), Some(&["chrono", "libm"]), PURE),
        "text" => rule("text", Some(&["model", "text"]), Some(&["chrono", "libm"]), PURE),
        "state" => rule("state", Some(&["model", "text", "state"]), Some(&["chrono", "libm"]), PURE),
        "storage" if path == "storage/store.rs" => {
            rule("storage/store.rs", Some(&["model", "text", "storage"]), Some(&WEB), NO_SYSTEM)
        }
        "storage" => rule(
            "storage",
            Some(&["model", "text", "storage"]),
            Some(&["base64", "chrono", "crc32fast", "csv", "libm", "rust_xlsxwriter", "serde", "serde_json"]),
            NO_SYSTEM,
        ),
        "charts" => rule(
            "charts",
            Some(&["model", "text", "charts"]),
            Some(&["libm", "plotters", "plotters_backend", "plotters_svg"]),
            NO_SYSTEM,
        ),
        "ui" => rule("ui", None, None, &[]),
        _ => None,
    }
}

impl Rule {
    fn sentence(&self) -> String {
        let words = |names: Option<&[&str]>, all: &str, none: &str| match names {
            None => all.to_owned(),
            Some([]) => none.to_owned(),
            Some(names) => names.join(", "),
        };
        format!(
            "{} may use of this crate {}, of dependencies {}, and of std anything but {}",
            self.layer,
            words(self.modules, "everything", "nothing"),
            words(self.crates, "everything", "nothing"),
            words(Some(self.not_std), "", "nothing"),
        )
    }
}

/// A word, `::` or another sign of a source, with its line.
#[derive(Debug, Clone, PartialEq)]
struct Token {
    text: String,
    line: usize,
}

/// The signs of `source` without comments, strings and characters.
fn tokens(source: &str) -> Vec<Token> {
    let signs: Vec<char> = source.chars().collect();
    let at = |index: usize| signs.get(index).copied().unwrap_or('\0');
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut tokens = Vec::new();
    let (mut index, mut line) = (0, 1);
    while index < signs.len() {
        let start = index;
        let sign = at(index);
        if sign == '/' && at(index + 1) == '/' {
            while index < signs.len() && at(index) != '\n' {
                index += 1;
            }
        } else if sign == '/' && at(index + 1) == '*' {
            let mut depth = 0;
            loop {
                match (at(index), at(index + 1)) {
                    ('/', '*') => (depth, index) = (depth + 1, index + 2),
                    ('*', '/') => (depth, index) = (depth - 1, index + 2),
                    _ => index += 1,
                }
                if depth == 0 || index >= signs.len() {
                    break;
                }
            }
        } else if sign == 'r' && (at(index + 1) == '"' || (at(index + 1) == '#' && matches!(at(index + 2), '"' | '#')))
        {
            index += 1;
            let hashes = signs[index..].iter().take_while(|sign| **sign == '#').count();
            index += hashes + 1;
            let closes = |at_quote: usize| {
                at(at_quote) == '"'
                    && signs[at_quote + 1..].iter().take(hashes).filter(|sign| **sign == '#').count() == hashes
            };
            while index < signs.len() && !closes(index) {
                index += 1;
            }
            index += 1 + hashes;
        } else if sign == '"' {
            index += 1;
            while index < signs.len() && at(index) != '"' {
                index += if at(index) == '\\' { 2 } else { 1 };
            }
            index += 1;
        } else if sign == '\'' && (at(index + 1) == '\\' || at(index + 2) == '\'') {
            index += if at(index + 1) == '\\' { 3 } else { 2 };
            while index < signs.len() && at(index) != '\'' {
                index += 1;
            }
            index += 1;
        } else if is_word(sign) {
            while is_word(at(index)) {
                index += 1;
            }
            tokens.push(Token { text: signs[start..index].iter().collect(), line });
        } else {
            index += if sign == ':' && at(index + 1) == ':' { 2 } else { 1 };
            if !sign.is_whitespace() {
                tokens.push(Token { text: signs[start..index].iter().collect(), line });
            }
        }
        line += signs[start..index.min(signs.len())].iter().filter(|sign| **sign == '\n').count();
    }
    tokens
}

/// Every leaf of the path or use tree that begins at `from`: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn leaves(tokens: &[Token], from: usize, prefix: &[String], found: &mut Vec<(Vec<String>, usize)>) -> usize {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let mut path = prefix.to_vec();
    let mut index = from;
    loop {
        if text(index) == "{" {
            index += 1;
            while index < tokens.len() && text(index) != "}" {
                if text(index) == "," {
                    index += 1;
                } else if text(index) == "as" {
                    index += 2;
                } else {
                    index = leaves(tokens, index, &path, found);
                }
            }
            return index + 1;
        }
        let line = tokens.get(index).map_or(0, |token| token.line);
        path.push(text(index).to_owned());
        index += 1;
        let goes_on = text(index) == "::"
            && (text(index + 1) == "{"
                || text(index + 1) == "*"
                || text(index + 1).starts_with(|it: char| it.is_alphabetic() || it == '_'));
        if !goes_on {
            found.push((path, line));
            return index;
        }
        index += 1;
    }
}

/// The module that the file at `path` below `src/` is: `model/book.rs` is `model::book`.
fn module_of(path: &str) -> Vec<String> {
    if path.starts_with("bin/") || !path.contains('/') {
        return Vec::new();
    }
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// From `super::book` in `model::plan` to `crate::model::book`; other paths stay as they are.
fn resolved(path: &[String], module: &[String]) -> Vec<String> {
    let mut base = match path.first().map(String::as_str) {
        Some("super" | "self") => module.to_vec(),
        Some("crate" | "holdfast") => Vec::new(),
        _ => return path.to_vec(),
    };
    for (place, segment) in path.iter().enumerate() {
        match segment.as_str() {
            "super" => {
                base.pop();
            }
            "self" => {}
            "crate" | "holdfast" if place == 0 => {}
            _ => base.push(segment.clone()),
        }
    }
    base.insert(0, "crate".to_owned());
    base
}

/// What is wrong with the imports of the file at `path` below `src/`, one sentence each.
fn import_faults(path: &str, source: &str, dependencies: &[String]) -> Vec<String> {
    let Some(rule) = rule(path) else {
        return vec![format!(
            "src/{path} belongs to no layer: put it into one, or give tests/architecture.rs a rule for it."
        )];
    };
    let tokens = tokens(source);
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let mut module = module_of(path);
    let mut depth = 0_usize;
    let mut inline: Vec<usize> = Vec::new();
    let mut faults = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let word = text(index);
        let mut next = index + 1;
        match word {
            "mod" if text(index + 2) == "{" => {
                module.push(text(index + 1).to_owned());
                inline.push(depth);
                depth += 1;
                next = index + 3;
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inline.last() == Some(&depth) {
                    inline.pop();
                    module.pop();
                }
            }
            _ => {
                let before = if index > 0 { text(index - 1) } else { "" };
                let before_that = if index > 1 { text(index - 2) } else { "" };
                // `::yew::html` begins a path; `path::yew` and `.yew` do not.
                let global = before == "::"
                    && !before_that.starts_with(|it: char| it.is_alphanumeric() || it == '_' || it == '>');
                let begins = before != "." && (before != "::" || global);
                let imported = before == "use" || (before == "crate" && before_that == "extern");
                let root = matches!(word, "crate" | "super" | "self" | "holdfast" | "std" | "core")
                    || dependencies.iter().any(|dependency| dependency == word);
                if begins && root && (text(index + 1) == "::" || imported) {
                    let mut found = Vec::new();
                    next = leaves(&tokens, index, &[], &mut found);
                    for (leaf, line) in found {
                        if !allowed(&rule, &resolved(&leaf, &module)) {
                            faults.push(fault(path, line, &leaf.join("::"), &rule));
                        }
                    }
                } else if word == "use" && text(index + 1) == "{" {
                    faults.push(fault(path, tokens[index].line, "use {..}", &rule));
                } else if matches!(word, "SystemTime" | "Instant") && rule.not_std.contains(&"time") {
                    faults.push(fault(path, tokens[index].line, word, &rule));
                }
            }
        }
        index = next;
    }
    faults
}

fn fault(path: &str, line: usize, import: &str, rule: &Rule) -> String {
    format!("src/{path}:{line} uses `{import}`, which is forbidden there: {}.", rule.sentence())
}

fn allowed(rule: &Rule, path: &[String]) -> bool {
    let root = path.first().map_or("", String::as_str);
    let second = path.get(1).map_or("", String::as_str);
    match root {
        "crate" => rule.modules.is_none_or(|modules| modules.contains(&second)),
        "std" | "core" => !rule.not_std.contains(&second) && (second != "*" || rule.not_std.is_empty()),
        "chrono" if matches!(second, "Utc" | "Local") => rule.crates.is_none(),
        name => rule.crates.is_none_or(|crates| crates.contains(&name)),
    }
}

/// The dependencies named in `Cargo.toml`, as they are written in code.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(heading) = line.strip_prefix('[') {
            let heading = heading.trim_end_matches(']');
            inside = heading.ends_with("dependencies");
            if let Some((before, name)) = heading.rsplit_once('.')
                && before.ends_with("dependencies")
            {
                names.push(name.replace('-', "_"));
            }
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.push(name.trim().replace('-', "_"));
        }
    }
    names
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Every Rust file below `src/`: its path from there, and its text.
fn sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    paths.sort();
    let named = |path: &PathBuf| path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
    paths.iter().map(|path| (named(path), fs::read_to_string(path).unwrap())).collect()
}

fn known_dependencies() -> Vec<String> {
    dependencies(&fs::read_to_string(root().join("Cargo.toml")).unwrap())
}

#[test]
fn imports_go_in_one_direction() {
    let sources = sources();
    let known = known_dependencies();
    let faults: Vec<String> = sources.iter().flat_map(|(path, source)| import_faults(path, source, &known)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(sources.len() > 40, "only {} files were read", sources.len());
    for layer in ["model/", "text/", "state/", "storage/", "study/"] {
        assert!(sources.iter().any(|(path, _)| path.starts_with(layer)), "no file in {layer}");
    }
}

#[test]
fn files_are_short() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(path, source)| (path, source.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("src/{path} has {lines} lines, more than {MOST_LINES}: which idea can move out?"))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn every_folder_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|(path, source)| (path.ends_with("mod.rs") || path == "lib.rs") && !source.starts_with("//!"))
        .map(|(path, _)| format!("src/{path} does not begin with a `//!` that says what the folder is for."))
        .collect();
    assert!(silent.is_empty(), "\n{}", silent.join("\n"));
}

/// `source`, as the file `path`, is refused for each of `imports` and for nothing else.
fn check(path: &str, source: &str, imports: &[&str]) {
    let faults = import_faults(path, source, &known_dependencies());
    assert_eq!(faults.len(), imports.len(), "src/{path}: {source}\n{}", faults.join("\n"));
    for (fault, import) in faults.iter().zip(imports) {
        assert!(fault.contains(&format!("`{import}`")), "src/{path}: {source}\n{fault}\nshould name {import}");
    }
}

#[test]
fn made_up_files_are_refused() {
    check("model/a.rs", "use crate::ui::route;", &["crate::ui::route"]);
    check("model/a.rs", "use super::super::text::number;", &["super::super::text::number"]);
    check("model/mod.rs", "use super::state::State;", &["super::state::State"]);
    check("model/a.rs", "mod tests { use super::super::super::text::x; }", &["super::super::super::text::x"]);
    check("model/a.rs", "fn f() -> u8 { crate::text::number::count() }", &["crate::text::number::count"]);
    check("model/a.rs", "use crate::*;", &["crate::*"]);
    check("model/a.rs", "use crate::{model::b, text::{self, number}};", &["crate::text::self", "crate::text::number"]);
    check("model/a.rs", "#[derive(serde::Serialize)] struct A;", &["serde::Serialize"]);
    check("model/a.rs", "use yew;", &["yew"]);
    check("model/a.rs", "fn f() { ::web_sys::window(); }", &["web_sys::window"]);
    check("model/a.rs", "use std::{fs, fmt, time::Duration};", &["std::fs", "std::time::Duration"]);
    check("model/a.rs", "fn f(now: SystemTime) {}", &["SystemTime"]);
    check("model/a.rs", "use chrono::{NaiveDate, Utc};", &["chrono::Utc"]);
    check("model/a.rs", "fn f() { holdfast::ui::run() }", &["holdfast::ui::run"]);
    check("text/a.rs", "use crate::state::State;\nuse serde_json::json;", &["crate::state::State", "serde_json::json"]);
    check("state/a.rs", "use crate::storage::keeper::Keeper;", &["crate::storage::keeper::Keeper"]);
    check("state/a.rs", "use crate::charts::spec;", &["crate::charts::spec"]);
    check("storage/a.rs", "use gloo_storage::LocalStorage;", &["gloo_storage::LocalStorage"]);
    check("storage/a.rs", "use crate::state::State;", &["crate::state::State"]);
    check("charts/a.rs", "use crate::storage::csv;\nuse yew::html;", &["crate::storage::csv", "yew::html"]);
    check("charts/draw/a.rs", "use super::super::super::state::x;", &["super::super::super::state::x"]);
    check("main.rs", "use holdfast::model::book;\nfn main() {}", &["holdfast::model::book"]);
    check("bin/evaluate.rs", "use holdfast::{model, ui};", &["holdfast::ui"]);
    check("bin/worker.rs", "use holdfast::storage::link;", &["holdfast::storage::link"]);
    check("study/a.rs", "use crate::state::State;\nuse js_sys::Date;", &["crate::state::State", "js_sys::Date"]);
    assert_eq!(import_faults("web/a.rs", "", &[]).len(), 1, "a folder without a rule");
    let second_line = import_faults("model/a.rs", "//! Doc.\nuse yew::html;", &known_dependencies());
    assert!(second_line[0].starts_with("src/model/a.rs:2 uses"), "{second_line:?}");
}

#[test]
fn made_up_files_are_accepted() {
    let long_string = "const A: &str = r#\"use crate::ui; \"quoted\" yew::html\"#;";
    for (path, source) in [
        ("model/a.rs", "use super::book::Book; use crate::model::month::Month; use std::fmt; use chrono::NaiveDate;"),
        (
            "model/a.rs",
            "// use crate::ui;\n/* yew::html /* web_sys::x */ */ /// [`crate::text::number`]\nfn f<'a>(x: &'a str) {}",
        ),
        (
            "model/a.rs",
            "const A: &str = \"crate::ui::x \\\" yew::y\"; const B: char = '\"'; const C: char = '\\''; fn g() {}",
        ),
        ("model/a.rs", long_string),
        ("model/a.rs", "pub(crate) fn f() {} pub(super) fn g() {} fn h() { x.yew::<u8>(); own::csv::y(); }"),
        ("model/a.rs", "mod tests { use super::super::book::Book; } use super::plan;"),
        (
            "storage/store.rs",
            "use gloo_storage::LocalStorage; use wasm_bindgen::JsValue; fn f() { js_sys::x(); web_sys::y(); }",
        ),
        (
            "storage/csv/a.rs",
            "use super::super::envelope; use crate::text::number; use csv::Reader; use std::io::Cursor;",
        ),
        ("charts/draw/a.rs", "use super::super::spec; use plotters::prelude::*; use crate::model::payoff::Payoff;"),
        ("ui/a.rs", "use yew::prelude::*; use crate::state::State; use crate::storage::csv; use web_sys::Window;"),
        ("main.rs", "use holdfast::ui::app; fn main() { holdfast::ui::start(); }"),
        ("bin/evaluate.rs", "use holdfast::storage::{envelope, report}; fn main() { std::fs::read_to_string(x); }"),
    ] {
        check(path, source, &[]);
    }
}

#[test]
fn dependencies_are_read_from_the_manifest() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\ngloo-storage = \"1\"\nyew = { version = \"1\" }\n\
                    [dependencies.web-sys]\nversion = \"1\"\n[target.'cfg(x)'.dev-dependencies]\nproptest = \"1\"\n[profile.test]\na = 1\n";
    let names = dependencies(manifest);
    for name in ["gloo_storage", "yew", "web_sys", "proptest"] {
        assert!(names.iter().any(|it| it == name), "{name} is missing: {names:?}");
    }
    assert!(!names.iter().any(|it| it == "name" || it == "a"), "{names:?}");
    assert!(known_dependencies().iter().any(|it| it == "web_sys"));
}
