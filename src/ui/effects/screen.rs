//! The screen around the app: colour scheme, size, dialogs, clipboard, keys.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::NodeRef;

use crate::text::claim::{Claim, Of};

const DARK: &str = "(prefers-color-scheme: dark)";

fn dark_query() -> Option<web_sys::MediaQueryList> {
    web_sys::window()?.match_media(DARK).ok().flatten()
}

/// Whether the user's system is dark.
pub fn is_dark() -> bool {
    dark_query().is_some_and(|query| query.matches())
}

/// Calls `on_changed` when the system turns dark or light.
pub fn listen_dark(on_changed: impl Fn(bool) + 'static) -> Option<EventListener> {
    let query = dark_query()?;
    Some(EventListener::new(&query, "change", move |_| on_changed(is_dark())))
}

/// Watches the size of an element; stops when dropped.
pub struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `on_changed` with the element's width and height in CSS pixels, at once and whenever they change.
pub fn watch_size(node: &NodeRef, on_changed: impl Fn((i32, i32)) + 'static) -> Option<SizeWatch> {
    let element = node.cast::<web_sys::HtmlElement>()?;
    let watched = element.clone();
    let callback = Closure::<dyn FnMut()>::new(move || {
        on_changed((watched.client_width(), watched.client_height()));
    });
    let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(SizeWatch { observer, _callback: callback })
}

/// Moves the focus to the element of that id, if it is there.
pub fn focus(id: &str) -> bool {
    let element = web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id(id));
    // Only an element that cannot take the focus refuses it.
    element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()).is_some_and(|it| it.focus().is_ok())
}

/// Closes the menu in which something was chosen.
pub fn close_menu(event: &web_sys::Event) {
    let chosen = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    if let Some(menu) = chosen.and_then(|it| it.closest("details").ok().flatten()) {
        menu.remove_attribute("open").ok();
    }
}

/// Makes an element so many CSS pixels high. Not by an attribute: the page's policy forbids styles in the markup.
pub fn set_height(node: &NodeRef, pixels: i32) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        // Only a word that is no property is refused.
        let _ = element.style().set_property("height", &format!("{pixels}px"));
    }
}

/// Scrolls `node` as little as it takes to show what begins at `top` and is so high, CSS pixels, below a heading that stays.
pub fn scroll_to_show(node: &NodeRef, top: i32, height: i32) {
    let Some(element) = node.cast::<web_sys::HtmlElement>() else { return };
    let (seen, room) = (element.scroll_top(), element.client_height() - height);
    if top < seen {
        element.set_scroll_top(top);
    } else if top + height > seen + room {
        element.set_scroll_top(top + height - room);
    }
}

/// A dialog that is open; closes when dropped, which gives the focus back to where it was.
pub struct OpenDialog(web_sys::HtmlDialogElement);

impl Drop for OpenDialog {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Opens a dialog element above the page, with the rest out of reach.
pub fn show_dialog(node: &NodeRef) -> Option<OpenDialog> {
    let dialog = node.cast::<web_sys::HtmlDialogElement>()?;
    // It fails only for an element that is not in the page, which then has nothing to show.
    dialog.show_modal().ok()?;
    Some(OpenDialog(dialog))
}

/// Shows the top of the page.
pub fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Puts `text` on the clipboard if the browser lets us.
pub fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}

/// What a global key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Ctrl or Command with Z.
    Undo,
    /// With Shift and Z, or with Y.
    Redo,
    /// F8.
    Touch,
    /// F9.
    HideNames,
}

/// Calls `on_pressed` with what a figure that was pressed says of itself: its claim, and what it is told of.
pub fn listen_figures(on_pressed: impl Fn(Claim, Of) + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    Some(EventListener::new(&document, "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(figure) = target.and_then(|target| target.closest("[data-claim]").ok().flatten()) else { return };
        let claim = figure.get_attribute("data-claim").and_then(|number| Claim::from_number(number.parse().ok()?));
        let of = figure.get_attribute("data-of").and_then(|word| Of::read(&word));
        if let (Some(claim), Some(of)) = (claim, of) {
            on_pressed(claim, of);
        }
    }))
}

/// What holds the whole page.
pub fn body() -> Option<web_sys::Element> {
    Some(web_sys::window()?.document()?.body()?.into())
}

/// Calls `on_pressed` for a global key. Keys in a text that is being typed belong to that text.
pub fn listen_keys(on_pressed: impl Fn(Shortcut) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
        let anywhere = match key.key().as_str() {
            // What is open above the page may hold something typed.
            "F8" if !is_dialog_open() => Some(Shortcut::Touch),
            "F9" => Some(Shortcut::HideNames),
            _ => None,
        };
        if let Some(shortcut) = anywhere.filter(|_| !key.repeat()) {
            event.prevent_default();
            return on_pressed(shortcut);
        }
        if !(key.ctrl_key() || key.meta_key()) || is_typing(event) {
            return;
        }
        let shortcut = match (key.key().to_ascii_lowercase().as_str(), key.shift_key()) {
            ("z", false) => Shortcut::Undo,
            ("z", true) | ("y", _) => Shortcut::Redo,
            _ => return,
        };
        event.prevent_default();
        on_pressed(shortcut);
    }))
}

fn is_dialog_open() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.query_selector("dialog[open]").ok().flatten()).is_some()
}

/// Whether an event belongs to a text that is being typed.
pub fn is_typing(event: &web_sys::Event) -> bool {
    let Some(target) = event.target() else { return false };
    if target.dyn_ref::<web_sys::HtmlTextAreaElement>().is_some() {
        return true;
    }
    target.dyn_ref::<web_sys::HtmlInputElement>().is_some_and(|input| input.type_() != "range")
}

/// The address of a file beside the program, in the folder of this build, so that the page never meets a file of another.
pub fn beside(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let program = document.query_selector("script[data-js]").ok()??.get_attribute("data-js")?;
    let (folder, _) = program.rsplit_once('/')?;
    Some(format!("{folder}/{name}"))
}

/// Prints the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that cannot print has nothing to say about it.
        let _ = window.print();
    }
}
