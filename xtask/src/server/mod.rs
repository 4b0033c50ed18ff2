//! A small server for the built site, for this machine only.
//!
//! It answers `GET` and `HEAD` for files of one folder and closes each connection after its answer. It is meant for
//! looking at a build, not for the open network: it knows no ranges, no compression and no caching.

mod files;

use crate::error::{Problem, Result};
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The longest request that is read, headers included.
const LONGEST_REQUEST: u64 = 64 * 1024;

/// How long a browser may keep a connection without asking.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes the port, so that a taken one is told before anything is built.
pub fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|reason| match reason.kind() {
        io::ErrorKind::AddrInUse => Problem::PortTaken(port),
        _ => Problem::NoListener { port, reason },
    })
}

/// Answers requests until the program is ended. Each connection has its thread, since browsers open some in advance.
pub fn serve(listener: &TcpListener, folder: &Path) {
    let folder: Arc<Path> = folder.into();
    for stream in listener.incoming().flatten() {
        let folder = Arc::clone(&folder);
        // A connection that breaks, or for which there is no thread, concerns only the browser that made it.
        let _ = thread::Builder::new().spawn(move || answer(stream, &folder));
    }
}

/// Reads one request and answers it.
fn answer(stream: TcpStream, folder: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?.take(LONGEST_REQUEST));
    let mut request = String::new();
    reader.read_line(&mut request)?;
    if request.is_empty() {
        return Ok(());
    }
    // The headers ask for nothing that matters here, but an unread one would break the connection early.
    let mut header = String::new();
    while reader.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
        header.clear();
    }
    write_response(stream, &respond(&request, folder))
}

/// An answer before it is written.
struct Response {
    status: &'static str,
    content_type: &'static str,
    body: Vec<u8>,
    /// Whether the body is only measured, as for `HEAD`.
    head_only: bool,
}

impl Response {
    /// An answer in words.
    fn plain(status: &'static str) -> Response {
        let body = format!("{status}\n").into_bytes();
        Response { status, content_type: "text/plain; charset=utf-8", body, head_only: false }
    }
}

/// The answer to the first line of a request, such as `GET /index.html HTTP/1.1`.
fn respond(request: &str, folder: &Path) -> Response {
    let mut words = request.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Response::plain("400 Bad Request");
    };
    if !matches!(method, "GET" | "HEAD") {
        return Response::plain("405 Method Not Allowed");
    }
    let file = files::locate(target).map(|path| folder.join(path));
    let found = file.and_then(|path| fs::read(&path).ok().map(|body| (files::content_type(&path), body)));
    let mut response = match found {
        Some((content_type, body)) => Response { status: "200 OK", content_type, body, head_only: false },
        None => Response::plain("404 Not Found"),
    };
    response.head_only = method == "HEAD";
    response
}

/// Writes an answer.
fn write_response(mut stream: TcpStream, response: &Response) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        response.status,
        response.content_type,
        response.body.len()
    )?;
    if !response.head_only {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;
    use std::path::PathBuf;

    /// A folder with a site of two files and a secret beside it, removed at the end.
    struct Site(PathBuf);

    impl Site {
        fn new(name: &str) -> io::Result<Site> {
            let root = env::temp_dir().join(format!("holdfast-{name}-{}", std::process::id()));
            fs::create_dir_all(root.join("dist"))?;
            fs::write(root.join("dist/index.html"), "<p>hello")?;
            fs::write(root.join("dist/app.wasm"), [0, 1, 2])?;
            fs::write(root.join("secret"), "secret")?;
            Ok(Site(root))
        }

        fn dist(&self) -> PathBuf {
            self.0.join("dist")
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_are_served_and_others_are_not() -> io::Result<()> {
        let site = Site::new("respond")?;
        let status = |request: &str| respond(request, &site.dist()).status;
        assert_eq!(status("GET / HTTP/1.1\r\n"), "200 OK");
        assert_eq!(status("GET /app.wasm?build=1 HTTP/1.1\r\n"), "200 OK");
        assert_eq!(status("GET /missing HTTP/1.1\r\n"), "404 Not Found");
        assert_eq!(status("GET /../secret HTTP/1.1\r\n"), "404 Not Found");
        assert_eq!(status("GET /%2e%2e/secret HTTP/1.1\r\n"), "404 Not Found");
        assert_eq!(status("POST / HTTP/1.1\r\n"), "405 Method Not Allowed");
        assert_eq!(status("nonsense\r\n"), "400 Bad Request");
        Ok(())
    }

    #[test]
    fn an_answer_goes_over_the_wire() -> io::Result<()> {
        let site = Site::new("wire")?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let dist = site.dist();
        thread::spawn(move || serve(&listener, &dist));
        let ask = |method: &str| -> io::Result<String> {
            let mut stream = TcpStream::connect(address)?;
            write!(stream, "{method} / HTTP/1.1\r\nHost: here\r\n\r\n")?;
            let mut text = String::new();
            stream.read_to_string(&mut text)?;
            Ok(text)
        };
        let page = ask("GET")?;
        assert!(page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"), "{page}");
        assert!(page.ends_with("Content-Length: 8\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n<p>hello"), "{page}");
        let head = ask("HEAD")?;
        assert!(head.contains("Content-Length: 8\r\n") && head.ends_with("\r\n\r\n"), "{head}");
        Ok(())
    }

    #[test]
    fn a_taken_port_is_told() -> io::Result<()> {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = other.local_addr()?.port();
        let problem = listen(port).map_or_else(|problem| problem.to_string(), |_| String::new());
        assert_eq!(problem, format!("port {port} is taken by another program: choose another one with `--port`"));
        Ok(())
    }
}
