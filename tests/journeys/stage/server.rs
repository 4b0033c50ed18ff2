//! A static server that shows the site below a path, as a shared host would: only relative addresses find anything.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// The path below which the site lies.
const BELOW: &str = "/some/where/";

/// The server, ended on drop.
pub struct Server {
    socket: SocketAddr,
    ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    not_found: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves a folder on a free port.
    pub fn start(folder: &Path) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let socket = listener.local_addr().expect("the port");
        let ending = Arc::new(AtomicBool::new(false));
        let not_found: Arc<Mutex<Vec<String>>> = Arc::default();
        let thread = std::thread::spawn({
            let (ending, not_found, folder) = (Arc::clone(&ending), Arc::clone(&not_found), folder.to_owned());
            move || {
                for stream in listener.incoming() {
                    if ending.load(Ordering::Acquire) {
                        break;
                    }
                    let Ok(stream) = stream else { continue };
                    let (not_found, folder) = (Arc::clone(&not_found), folder.clone());
                    // A thread each, since browsers open connections before they have anything to ask.
                    std::thread::spawn(move || {
                        if let Some(missed) = answer(&stream, &folder) {
                            not_found.lock().unwrap_or_else(PoisonError::into_inner).push(missed);
                        }
                    });
                }
            }
        });
        Server { socket, ending, thread: Some(thread), not_found }
    }

    /// Where the server is.
    pub fn origin(&self) -> String {
        format!("http://{}", self.socket)
    }

    /// Where the site is.
    pub fn address(&self) -> String {
        format!("{}{BELOW}", self.origin())
    }

    /// What was asked for and not there.
    pub fn not_found(&self) -> Vec<String> {
        self.not_found.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Release);
        // Wakes the thread that waits for a connection.
        let woken = TcpStream::connect(self.socket);
        if let (Ok(_), Some(thread)) = (woken, self.thread.take()) {
            let _ = thread.join();
        }
    }
}

/// Answers the one request of a connection; the answer is what was asked for in vain.
fn answer(mut stream: &TcpStream, folder: &Path) -> Option<String> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let request = lines.next()?;
    // The headers ask for nothing that matters here, but an unread one would break the connection early.
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let target = request.split_whitespace().nth(1)?;
    let found = locate(folder, target).and_then(|path| Some((std::fs::read(&path).ok()?, path)));
    let (status, kind, body) = match &found {
        Some((bytes, path)) => ("200 OK", kind(path), bytes.as_slice()),
        None => ("404 Not Found", "text/plain", b"not found".as_slice()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A browser that went away needs no answer.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    found.is_none().then(|| target.to_owned())
}

/// The file that is asked for, in the folder or in one of its folders.
fn locate(folder: &Path, target: &str) -> Option<PathBuf> {
    let name = target.split(['?', '#']).next()?.strip_prefix(BELOW)?;
    let name = if name.is_empty() { "index.html" } else { name };
    let is_plain = |part: &str| !part.is_empty() && part != ".." && !part.contains(['\\', '%']);
    name.split('/').all(is_plain).then(|| folder.join(name))
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
