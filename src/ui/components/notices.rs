//! What need not be answered at once, at the foot of the window so that nothing moves for it.

use yew::prelude::*;

use crate::text::number::{counted, percent};
use crate::ui::parts::{Answer, Scene};

/// What was found at the start, that room is short, that a backup is due, that names are hidden.
pub fn notices(scene: &Scene) -> Html {
    let button = |label: &'static str, answer: Answer| {
        html! { <button type="button" onclick={scene.on_answer.reform(move |_| answer)}>{ label }</button> }
    };
    let state = &scene.state;
    html! {
        <div class="notices" role="status">
                if !state.notices.is_empty() {
                    <div class="notice">
                        <div>{ for state.notices.iter().map(|notice| html! { <p>{ notice.shown(state.names_hidden).to_owned() }</p> }) }</div>
                        { button("Got it", Answer::NoticesRead) }
                    </div>
                }
                if let Some(room) = state.room.filter(|room| room.is_short()) {
                    <div class="notice">
                        <p>
                            <strong>{ format!("{} of the room that this browser gives is taken. ", percent(room.part(), 0)) }</strong>
                            { "Save a file, then delete accounts or notes that you no longer need, or clear other apps of this address." }
                        </p>
                        { button("Save a file", Answer::SaveFile) }
                    </div>
                } else if state.is_backup_due(scene.today) {
                    <div class="notice">
                        <p>
                            <strong>{ format!("{} since you last saved a file. ", counted(state.backup.changes as usize, "change", "changes")) }</strong>
                            { "They are in this browser only; a file is safe from it." }
                        </p>
                        { button("Save a file", Answer::SaveFile) }
                        { button("Not now", Answer::BackupLater) }
                    </div>
                }
                if state.names_hidden {
                    <div class="notice">
                        <p>{ "Names are hidden, also in files and on paper. F9 shows them again." }</p>
                        { button("Show names", Answer::NamesShown) }
                    </div>
                }
        </div>
    }
}
