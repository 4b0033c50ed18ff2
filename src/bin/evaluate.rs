//! Reads a workspace.
fn main() {}
