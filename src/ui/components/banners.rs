//! What must be said above the page: a shared plan being visited, and what is wrong with storage.

use yew::prelude::*;

use crate::state::{Keeping, State};

/// What the banners say and report.
pub struct BannersView<'a> {
    /// The state.
    pub state: &'a State,
    /// A link that could not be opened, in words.
    pub link_problem: Option<&'a str>,
    /// The shared plan is kept.
    pub on_keep_visit: Callback<()>,
    /// Back to the user's own workspace.
    pub on_end_visit: Callback<()>,
    /// The unreadable text is wanted as a file.
    pub on_save_unreadable: Callback<()>,
    /// The unreadable text may be set aside.
    pub on_set_aside: Callback<()>,
    /// The workspace is wanted as a file.
    pub on_save_file: Callback<()>,
    /// A file that could not be used, in words.
    pub file_problem: Option<&'a str>,
    /// The sentence on the file was read.
    pub on_file_problem_read: Callback<()>,
    /// The sentence on the link was read.
    pub on_link_problem_read: Callback<()>,
}

/// The banners, if there is anything to say.
pub fn banners(view: &BannersView<'_>) -> Html {
    let button = |label: &'static str, on_clicked: &Callback<()>| {
        html! { <button type="button" onclick={on_clicked.reform(|_| ())}>{ label }</button> }
    };
    html! {
        <>
            if let Some(visit) = &view.state.visit {
                <div class="banner" role="status">
                    <p>
                        <strong>{ "You are looking at a shared plan. " }</strong>
                        { "Nothing of yours is touched until you keep it." }
                        if let Some(difference) = &visit.difference {
                            { " " }{ difference.clone() }
                        }
                    </p>
                    { button("Keep it as mine", &view.on_keep_visit) }
                    { button("Back to mine", &view.on_end_visit) }
                </div>
            }
            if let Some(problem) = view.link_problem {
                <div class="banner" role="alert">
                    <p>{ problem.to_owned() }{ " Your own workspace is shown." }</p>
                    { button("Close", &view.on_link_problem_read) }
                </div>
            }
            if let Some(problem) = view.file_problem {
                <div class="banner" role="alert">
                    <p>{ problem.to_owned() }</p>
                    { button("Close", &view.on_file_problem_read) }
                </div>
            }
            if let Keeping::ReadOnly { why, .. } = &view.state.keeping {
                <div class="banner" role="alert">
                    <p>
                        <strong>{ "What this browser keeps could not be read. " }</strong>
                        { why.clone() }
                        { " It is left as it is, and changes are not kept. Save it as a file before anything else." }
                    </p>
                    { button("Save the stored text", &view.on_save_unreadable) }
                    { button("Set it aside and keep changes again", &view.on_set_aside) }
                </div>
            }
            if let Keeping::NotKept(why) = &view.state.keeping {
                <div class="banner" role="alert">
                    <p>{ why.clone() }</p>
                    { button("Save a file", &view.on_save_file) }
                </div>
            }
        </>
    }
}
