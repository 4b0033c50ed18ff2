//! S14: one source, the same bits everywhere.

use serde_json::json;

use crate::peers::Peer;
use crate::stage::Page;

/// Plans drawn at random.
const PLANS: usize = 1_000;
/// Plans asked for at a time.
const STEP: usize = 50;
/// Builds of the page.
const BUILDS: [(&str, &str); 4] = [
    ("wasm_simd_o3", "wasm, simd, -O3"),
    ("wasm_plain_o3", "wasm, no simd, -O3"),
    ("wasm_simd_oz", "wasm, simd, -Oz"),
    ("wasm_plain_oz", "wasm, no simd, -Oz"),
];

/// Prints the hash of all answers of each build, and whether it is that of the first.
pub async fn print(native: &mut Peer, small: &mut Peer, page: &Page) {
    let all: Vec<String> = asked(native);
    println!("S14 all answers on {PLANS} random plans                         hash");
    told("native, AVX2, -O3", &all, &all);
    told("native, -Oz", &asked(small), &all);
    for (build, title) in BUILDS {
        let mut hashes: Vec<String> = Vec::new();
        for first in (0..PLANS).step_by(STEP) {
            let script = "return await window.bench.hashes(...args);";
            hashes.extend(
                page.run_async::<Vec<String>>(script, &[json!(build), json!(first), json!(first + STEP)]).await,
            );
        }
        told(title, &hashes, &all);
    }
}

fn asked(peer: &mut Peer) -> Vec<String> {
    peer.ask(&format!("hashes 0 {PLANS}"))
}

fn told(title: &str, hashes: &[String], expected: &[String]) {
    let other: Vec<usize> = hashes
        .iter()
        .zip(expected)
        .enumerate()
        .filter(|(_, (one, other))| one != other)
        .map(|(plan, _)| plan)
        .collect();
    let verdict = match other.as_slice() {
        [] if hashes.len() == expected.len() => "equal".to_owned(),
        _ => format!("NOT EQUAL on {} plans, the first {:?}", other.len(), other.first()),
    };
    println!("   {title:56} {}  {verdict}", together(hashes));
}

/// One hash of all (FNV-1a).
fn together(hashes: &[String]) -> String {
    let bytes = hashes.iter().flat_map(|hash| hash.bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}
