//! A figure that brings its own arithmetic, which opens when it is pressed.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::dialog::Dialog;
use super::explain::explained;
use super::sentence::marked;
use crate::text::arithmetic::Arithmetic;
use crate::text::verdict::Part;
use crate::ui::effects::screen;

/// Properties of [`ToldFigure`].
#[derive(Properties, PartialEq)]
pub struct ToldFigureProps {
    /// The figure.
    pub text: String,
    /// Accounts for it, or says why that is not possible.
    pub tell: Callback<(), Result<Arithmetic, String>>,
}

/// The figure as a button.
#[component]
pub fn ToldFigure(props: &ToldFigureProps) -> Html {
    let told = use_state(|| None::<Result<Arithmetic, String>>);
    let (button, was_open) = (use_node_ref(), use_mut_ref(|| false));
    {
        // A dialog that stands elsewhere on the page is gone before it could give the focus back.
        let button = button.clone();
        use_effect_with(told.is_some(), move |is_open| {
            if was_open.replace(*is_open)
                && !is_open
                && let Some(button) = button.cast::<HtmlElement>()
            {
                let _ = button.focus();
            }
        });
    }
    let on_pressed = {
        let (told, tell) = (told.setter(), props.tell.clone());
        move |_: MouseEvent| told.set(Some(tell.emit(())))
    };
    let on_closed = {
        let told = told.setter();
        Callback::from(move |()| told.set(None))
    };
    html! {
        <>
            <button ref={button} type="button" class="figure" aria-haspopup="dialog" data-told="" onclick={on_pressed}>{ props.text.clone() }</button>
            { told.as_ref().map(|told| above_all(told, on_closed)) }
        </>
    }
}

/// The dialog, outside of the sentence or table in which the figure stands.
fn above_all(told: &Result<Arithmetic, String>, on_closed: Callback<()>) -> Html {
    let dialog = match told {
        Ok(told) => explained(told, None, on_closed),
        Err(why) => html! { <Dialog title="No arithmetic" {on_closed}><p>{ why.clone() }</p></Dialog> },
    };
    match screen::body() {
        Some(body) => create_portal(dialog, body),
        None => dialog,
    }
}

/// `text` as a figure that `tell` accounts for.
pub fn told_figure(text: String, tell: impl Fn() -> Arithmetic + 'static) -> Html {
    html! { <ToldFigure {text} tell={Callback::from(move |()| Ok(tell()))} /> }
}

/// A sentence all of whose marked figures are accounted for by `tell`.
pub fn told_sentence(parts: &[Part], tell: impl Fn() -> Arithmetic + Clone + 'static) -> Html {
    marked(parts, |part| told_figure(part.text.clone(), tell.clone()))
}
