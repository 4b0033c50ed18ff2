//! The address bar: reading and changing the fragment, and the link to give away.

use gloo_events::EventListener;

use crate::ui::route::{self, Page, Route};

/// What the fragment asks for now.
pub fn current() -> Route {
    let fragment = web_sys::window().and_then(|window| window.location().hash().ok());
    fragment.map_or_else(Route::default, |fragment| route::read(&fragment))
}

/// Calls `on_changed` whenever the fragment changes, as long as the listener lives.
pub fn listen(on_changed: impl Fn(Route) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| on_changed(current())))
}

/// Takes a shared plan out of the address without leaving the page, so that a reload does not open it again.
pub fn forget_plan(page: Page) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // Without it the address keeps the plan, which is harmless.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(page.fragment()));
    }
}

/// The whole address of a fragment of this page.
pub fn whole(fragment: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let Some(href) = href else { return fragment.to_owned() };
    let page = href.split('#').next().unwrap_or(&href);
    format!("{page}{fragment}")
}
