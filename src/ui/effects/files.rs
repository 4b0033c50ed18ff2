//! Files in and out: chosen, dropped, saved.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::screen;
use crate::storage::csv::MAX_BYTES;

/// A file that the user gave us.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Result<Vec<u8>, NoBytes>,
}

/// Why the bytes of a file are not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBytes {
    /// It is larger than any file that can be used, so it was not read into memory.
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The browser could not read it.
    Unreadable,
}

fn read(file: web_sys::File, on_read: impl Fn(GivenFile) + 'static) {
    let name = file.name();
    let bytes = file.size() as u64;
    if bytes > MAX_BYTES as u64 {
        on_read(GivenFile { name, bytes: Err(NoBytes::TooLarge { bytes }) });
        return;
    }
    spawn_local(async move {
        let bytes = match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => Ok(js_sys::Uint8Array::new(&buffer).to_vec()),
            Err(_) => Err(NoBytes::Unreadable),
        };
        on_read(GivenFile { name, bytes });
    });
}

fn first(files: Option<web_sys::FileList>) -> Option<web_sys::File> {
    files.and_then(|files| files.get(0))
}

/// Reads the file of a file field, and empties the field so that the same file can be chosen again.
pub fn read_chosen(event: &web_sys::Event, on_read: impl Fn(GivenFile) + 'static) {
    let Some(field) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
        return;
    };
    if let Some(file) = first(field.files()) {
        read(file, on_read);
    }
    field.set_value("");
}

/// Takes files that are dropped anywhere on the page; `on_over` tells whether one hovers.
pub fn listen_drops(
    on_over: impl Fn(bool) + Clone + 'static,
    on_read: impl Fn(GivenFile) + Clone + 'static,
) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let options = EventListenerOptions::enable_prevent_default();
    let listen = |event: &'static str, react: Box<dyn Fn(&web_sys::DragEvent)>| {
        EventListener::new_with_options(&window, event, options, move |event| {
            if let Some(drag) = event.dyn_ref::<web_sys::DragEvent>() {
                react(drag);
            }
        })
    };
    let has_files = |drag: &web_sys::DragEvent| {
        drag.data_transfer().is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
    };
    let over = on_over.clone();
    let leave = on_over.clone();
    vec![
        listen(
            "dragover",
            Box::new(move |drag| {
                if has_files(drag) {
                    drag.prevent_default();
                    over(true);
                }
            }),
        ),
        listen(
            "dragleave",
            Box::new(move |drag| {
                // Leaving the window has no element to go to.
                if drag.related_target().is_none() {
                    leave(false);
                }
            }),
        ),
        listen(
            "drop",
            Box::new(move |drag| {
                if !has_files(drag) {
                    return;
                }
                drag.prevent_default();
                on_over(false);
                if let Some(file) = first(drag.data_transfer().and_then(|transfer| transfer.files())) {
                    read(file, on_read.clone());
                }
            }),
        ),
    ]
}

/// What a pasted table is called.
const PASTED: &str = "the pasted table";

/// Takes a table that is pasted anywhere but into a text that is being typed: what a spreadsheet puts on the clipboard.
pub fn listen_pastes(on_read: impl Fn(GivenFile) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "paste", options, move |event| {
        if screen::is_typing(event) {
            return;
        }
        let clipboard = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data);
        let text = clipboard.and_then(|clipboard| clipboard.get_data("text").ok()).unwrap_or_default();
        // A line alone is hardly a table.
        if text.trim().contains('\n') {
            event.prevent_default();
            let bytes = text.into_bytes();
            let size = bytes.len() as u64;
            let bytes = if bytes.len() > MAX_BYTES { Err(NoBytes::TooLarge { bytes: size }) } else { Ok(bytes) };
            on_read(GivenFile { name: PASTED.to_owned(), bytes });
        }
    }))
}

/// Offers `text` as a JSON file called `name`.
pub fn save(name: &str, text: &str) {
    offer(name, "application/json", &text.into());
}

/// Offers `bytes` as a CSV file called `name`.
pub fn save_csv(name: &str, bytes: &[u8]) {
    offer(name, "text/csv", &js_sys::Uint8Array::from(bytes));
}

/// Offers `bytes` as a workbook of a spreadsheet called `name`.
pub fn save_workbook(name: &str, bytes: &[u8]) {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    offer(name, kind, &js_sys::Uint8Array::from(bytes));
}

fn offer(name: &str, kind: &str, content: &JsValue) {
    // Each step fails only in a browser without blobs, which cannot run this app.
    let offer = || -> Option<()> {
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(kind);
        let blob = web_sys::Blob::new_with_blob_sequence_and_options(&js_sys::Array::of1(content), &options).ok()?;
        let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
        let document = web_sys::window()?.document()?;
        let anchor: web_sys::HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
        web_sys::Url::revoke_object_url(&address).ok()
    };
    let _ = offer();
}
