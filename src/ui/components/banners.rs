//! What must be said above the page: a shared plan being visited, and what is wrong with storage.

use yew::prelude::*;

use crate::state::{Keeping, State};

/// Properties of [`Banners`].
#[derive(Properties, PartialEq)]
pub struct BannersProps {
    /// The state.
    pub state: State,
    /// A link that could not be opened, in words.
    pub link_problem: Option<String>,
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
    /// The sentence on the link was read.
    pub on_link_problem_read: Callback<()>,
}

/// The banners, if there is anything to say.
#[component]
pub fn Banners(props: &BannersProps) -> Html {
    let button = |label: &'static str, on_clicked: &Callback<()>| {
        html! { <button type="button" onclick={on_clicked.reform(|_| ())}>{ label }</button> }
    };
    html! {
        <>
            if let Some(visit) = &props.state.visit {
                <div class="banner" role="status">
                    <p>
                        <strong>{ "You are looking at a shared plan. " }</strong>
                        { "Nothing of yours is touched until you keep it." }
                        if let Some(difference) = &visit.difference {
                            { " " }{ difference.clone() }
                        }
                    </p>
                    { button("Keep it as mine", &props.on_keep_visit) }
                    { button("Back to mine", &props.on_end_visit) }
                </div>
            }
            if let Some(problem) = &props.link_problem {
                <div class="banner" role="alert">
                    <p>{ problem.clone() }{ " Your own workspace is shown." }</p>
                    { button("Close", &props.on_link_problem_read) }
                </div>
            }
            if let Keeping::ReadOnly { why, .. } = &props.state.keeping {
                <div class="banner" role="alert">
                    <p>
                        <strong>{ "What this browser keeps could not be read. " }</strong>
                        { why.clone() }
                        { " It is left as it is, and changes are not kept. Save it as a file before anything else." }
                    </p>
                    { button("Save the stored text", &props.on_save_unreadable) }
                    { button("Set it aside and keep changes again", &props.on_set_aside) }
                </div>
            }
            if let Keeping::NotKept(why) = &props.state.keeping {
                <div class="banner" role="alert">
                    <p>{ why.clone() }</p>
                    { button("Save a file", &props.on_save_file) }
                </div>
            }
        </>
    }
}
