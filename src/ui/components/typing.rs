//! What is being typed into the box of a number: it stays as typed until Enter is pressed or the field is left.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::model::bounds::Input;
use crate::state::action::Gesture;

/// A change as typed or slid.
pub type Change = (Input, String, Gesture);

/// The text under the hand, and whom its changes are reported to.
#[derive(Clone)]
pub struct Typing {
    input: Input,
    text: UseStateHandle<Option<String>>,
    on_changed: Callback<Change>,
}

/// Watches what is typed for `input`.
#[hook]
pub fn use_typing(input: Input, on_changed: &Callback<Change>) -> Typing {
    Typing { input, text: use_state(|| None), on_changed: on_changed.clone() }
}

fn text_of(event: &Event) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

impl Typing {
    /// What is being typed, if anything is.
    pub fn text(&self) -> Option<&String> {
        self.text.as_ref()
    }

    /// Forgets it.
    pub fn forget(&self) {
        self.text.set(None);
    }

    /// For each key: more of the same may follow.
    pub fn on_typed(&self) -> Callback<InputEvent> {
        let typing = self.clone();
        Callback::from(move |event: InputEvent| {
            let text = text_of(&event);
            typing.text.set(Some(text.clone()));
            typing.on_changed.emit((typing.input, text, Gesture::Dragging));
        })
    }

    /// For a text that is taken as it is, typed or slid.
    pub fn on_taken(&self, gesture: Gesture) -> Callback<Event> {
        let typing = self.clone();
        Callback::from(move |event: Event| {
            let text = text_of(&event);
            typing.forget();
            typing.on_changed.emit((typing.input, text, gesture));
        })
    }

    /// For the field being left: what no change was told of is settled now.
    pub fn on_left(&self) -> Callback<FocusEvent> {
        let typing = self.clone();
        Callback::from(move |_: FocusEvent| {
            if let Some(text) = typing.text() {
                typing.on_changed.emit((typing.input, text.clone(), Gesture::Settled));
                typing.forget();
            }
        })
    }
}
