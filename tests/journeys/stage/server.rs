//! A static server that shows the site below a path, as a shared host would: only relative addresses find anything.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tiny_http::{Header, Response};

/// The path below which the site lies.
const BELOW: &str = "/some/where/";

/// The server, ended on drop.
pub struct Server {
    server: Arc<tiny_http::Server>,
    thread: Option<JoinHandle<()>>,
    origin: String,
    address: String,
    not_found: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves a folder on a free port.
    pub fn start(folder: &Path) -> Server {
        let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a free port"));
        let port = server.server_addr().to_ip().expect("an address with a port").port();
        let not_found: Arc<Mutex<Vec<String>>> = Arc::default();
        let thread = std::thread::spawn({
            let (server, not_found, folder) = (Arc::clone(&server), Arc::clone(&not_found), folder.to_owned());
            move || {
                for request in server.incoming_requests() {
                    let file = locate(&folder, request.url()).and_then(|path| Some((std::fs::read(&path).ok()?, path)));
                    // A browser that went away needs no answer.
                    let _ = match file {
                        Some((bytes, path)) => request.respond(Response::from_data(bytes).with_header(kind(&path))),
                        None => {
                            let url = request.url().to_owned();
                            not_found.lock().unwrap_or_else(PoisonError::into_inner).push(url);
                            request.respond(Response::from_string("not found").with_status_code(404))
                        }
                    };
                }
            }
        });
        let origin = format!("http://127.0.0.1:{port}/");
        let address = format!("http://127.0.0.1:{port}{BELOW}");
        Server { server, thread: Some(thread), origin, address, not_found }
    }

    /// Where the site is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where the server is.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What was asked for and not there.
    pub fn not_found(&self) -> Vec<String> {
        self.not_found.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The file that is asked for: one of the folder itself, since the site has no folders in it.
fn locate(folder: &Path, url: &str) -> Option<PathBuf> {
    let name = url.split(['?', '#']).next()?.strip_prefix(BELOW)?;
    let name = if name.is_empty() { "index.html" } else { name };
    (!name.contains(['/', '\\', '%'])).then(|| folder.join(name))
}

fn kind(path: &Path) -> Header {
    let kind = match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    };
    Header::from_bytes("Content-Type", kind).expect("a header")
}
