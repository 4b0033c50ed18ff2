//! A dialog above the page: opened with everything else out of reach, closed by button or Escape.

use yew::prelude::*;

use crate::ui::effects::screen;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// The heading.
    pub title: String,
    /// What is in it.
    pub children: Html,
    /// It was closed.
    pub on_closed: Callback<()>,
}

/// A dialog, open as long as it is rendered.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let open = screen::show_dialog(&node);
            move || drop(open)
        });
    }
    let on_cancelled = {
        let on_closed = props.on_closed.clone();
        move |event: Event| {
            event.prevent_default();
            on_closed.emit(());
        }
    };
    html! {
        <dialog ref={node} aria-labelledby="dialog-heading" oncancel={on_cancelled}>
            <div class="card-heading">
                <h2 id="dialog-heading">{ props.title.clone() }</h2>
                <button type="button" class="link" onclick={props.on_closed.reform(|_| ())}>{ "Close" }</button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}
