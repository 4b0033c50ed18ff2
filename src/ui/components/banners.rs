//! What must be said above the page: a shared plan being visited, and what is wrong with storage. Not fetched when there is
//! something to say, which may just be that nothing can be fetched.

use yew::prelude::*;

use crate::state::{Host, Keeping};
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
