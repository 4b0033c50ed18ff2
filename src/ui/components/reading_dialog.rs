//! How far a file is read.

use yew::prelude::*;

use super::dialog::Dialog;
use crate::text::number::percent;
use crate::ui::parts::Scene;

/// The dialog; closing it stops the reading.
pub fn reading_dialog(file: &str, part: f64, scene: &Scene) -> Html {
    html! {
        <Dialog title={format!("Reading {file}")} on_closed={scene.on_closed.clone()}>
            { bar("Reading the file", part) }
        </Dialog>
    }
}

/// A bar that says in words, too, which part of something is done.
pub fn bar(what: &'static str, part: f64) -> Html {
    html! {
        <p class="progress">
            <progress aria-label={what} value={part.to_string()} />
            { format!("{what}: {}", percent(part, 0)) }
        </p>
    }
}
