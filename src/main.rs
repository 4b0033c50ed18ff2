//! Mounts the app; no logic.

fn main() {
    holdfast::ui::mount();
}
