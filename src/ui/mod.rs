//! The screen: Yew components that show the state and report what the user did.
//!
//! Pages dispatch actions, components report by callbacks. Render bodies touch no browser API, so that every component
//! also renders natively in tests; what does touch it lives in `effects`. Start with `app`.
//!
//! Not here: arithmetic, sentences, storage formats.

mod app;
mod components;
mod effects;
mod pages;
mod parts;
mod route;
mod shared;

/// Puts the app into the page.
pub fn mount() {
    wasm_bindgen_futures::spawn_local(async {
        yew::Renderer::<app::App>::with_props(app::AppProps::open().await).render();
    });
}
