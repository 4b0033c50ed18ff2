//! Mounts the app; no logic.
fn main() {}
