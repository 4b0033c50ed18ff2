//! Work that only one tab does at a time.

use std::future::Future;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// The name of the lock; apps of the same host have others.
const LOCK: &str = "holdfast";

/// Does `work` while no other tab does such work; not at all if another one is at it. Where the browser has no locks, it is
/// done at once.
pub async fn alone(work: impl Future<Output = ()> + 'static) {
    let Some((locks, request)) = locks() else { return work.await };
    let only_if_free = Object::new();
    // Setting a property of a new object does not fail.
    let _ = Reflect::set(&only_if_free, &"ifAvailable".into(), &JsValue::TRUE);
    let granted = Closure::once(move |lock: JsValue| -> Promise {
        future_to_promise(async move {
            if !lock.is_null() {
                work.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let asked = request.call3(&locks, &LOCK.into(), &only_if_free, granted.as_ref());
    if let Ok(done) = asked
        && let Ok(done) = done.dyn_into::<Promise>()
    {
        // It is refused only where the page may have no lock; the work is then left for another time.
        let _ = JsFuture::from(done).await;
    }
}

fn locks() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
