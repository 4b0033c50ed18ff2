//! What must be said above the page: a shared plan being visited, and what is wrong with storage. Not fetched when there is
//! something to say, which may just be that nothing can be fetched.

use yew::prelude::*;

use crate::state::{Host, Keeping};
use crate::text::number::{counted, percent};
use crate::ui::parts::{Answer, Scene};

/// The banners, if there is anything to say.
pub fn banners(scene: &Scene) -> Html {
    let button = |label: &'static str, answer: Answer| {
        html! { <button type="button" onclick={scene.on_answer.reform(move |_| answer)}>{ label }</button> }
    };
    let state = &scene.state;
    html! {
        <>
            if let Some(visit) = &state.visit {
                <div class="banner" role="status">
                    <p>
                        if let Host::Link { difference, .. } = &visit.host {
                            <strong>{ "You are looking at a shared plan. " }</strong>
                            { "Nothing of yours is touched until you keep it." }
                            if let Some(difference) = difference {
                                { " " }{ difference.clone() }
                            }
                        } else {
                            <strong>{ "You are looking at the sample book. " }</strong>
                            { "Your own book waits untouched, and nothing that you change here is kept." }
                        }
                    </p>
                    { button("Keep it as mine", Answer::KeepVisit) }
                    { button("Back to mine", Answer::EndVisit) }
                </div>
            }
            if let Some(problem) = &scene.link_problem {
                <div class="banner" role="alert">
                    <p>{ problem.clone() }{ " Your own workspace is shown." }</p>
                    { button("Close", Answer::LinkProblemRead) }
                </div>
            }
            if let Some(problem) = &scene.file_problem {
                <div class="banner" role="alert">
                    <p>{ problem.clone() }</p>
                    { button("Close", Answer::FileProblemRead) }
                </div>
            }
            if let Keeping::ReadOnly { why, .. } = &state.keeping {
                <div class="banner" role="alert">
                    <p>
                        <strong>{ "What this browser keeps could not be read. " }</strong>
                        { why.clone() }
                        { " It is left as it is, and changes are not kept. Save it as a file before anything else." }
                    </p>
                    { button("Save the stored text", Answer::SaveStored) }
                    { button("Set it aside and keep changes again", Answer::SetAside) }
                </div>
            }
            if let Keeping::NotKept(why) = &state.keeping {
                <div class="banner" role="alert">
                    <p>{ why.clone() }</p>
                    { button("Try again", Answer::TryAgain) }
                    { button("Save a file", Answer::SaveFile) }
                </div>
            }
        </>
    }
}

/// What need not be answered at once, at the foot of the window so that nothing moves for it: what was found at the start,
/// that room is short, that a backup is due, that names are hidden.
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
                        { button("Close", Answer::NoticesRead) }
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
                } else if state.backup.is_due(scene.today) && state.visit.is_none() {
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
