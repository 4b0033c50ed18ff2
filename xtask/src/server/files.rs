//! Which file a request means, and what kind of file it is.

use std::path::{Component, Path, PathBuf};

/// The file that a request's target means, as a path inside the site; `None` for one that is malformed or leads
/// outside. A folder means its `index.html`.
pub fn locate(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let decoded = decode(path.strip_prefix('/')?)?;
    let mut file = PathBuf::new();
    for segment in decoded.split('/').filter(|segment| !segment.is_empty()) {
        // Exactly one plain name: no `..`, no drive, no separator of another system.
        let mut components = Path::new(segment).components();
        match (components.next(), components.next()) {
            (Some(Component::Normal(name)), None) if !segment.contains(['\\', '\0']) => file.push(name),
            _ => return None,
        }
    }
    if decoded.is_empty() || decoded.ends_with('/') {
        file.push("index.html");
    }
    Some(file)
}

/// Replaces `%41` by `A` and so on; `None` if that is not text.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The kind of a file, by its ending. Browsers compile WebAssembly from a stream only under its own type, and run
/// modules only under JavaScript's.
pub fn content_type(path: &Path) -> &'static str {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The located path as text.
    fn located(target: &str) -> Option<String> {
        locate(target).map(|path| path.to_string_lossy().replace('\\', "/"))
    }

    #[test]
    fn folders_mean_their_page() {
        assert_eq!(located("/").as_deref(), Some("index.html"));
        assert_eq!(located("/help/").as_deref(), Some("help/index.html"));
        assert_eq!(located("/?plan=1").as_deref(), Some("index.html"));
    }

    #[test]
    fn names_are_decoded() {
        assert_eq!(located("/a%20book.csv").as_deref(), Some("a book.csv"));
        assert_eq!(located("/%C3%A9t%C3%A9").as_deref(), Some("été"));
        assert_eq!(located("/..name").as_deref(), Some("..name"));
    }

    #[test]
    fn nothing_outside_is_located() {
        for target in [
            "/..",
            "/../secret",
            "/a/../../secret",
            "/%2e%2e/secret",
            "/%2E%2E%2Fsecret",
            "/..%5Csecret",
            "/a%00b",
            "/.",
            "secret",
            "http://elsewhere/",
            "*",
            "/%zz",
            "/%4",
            "/%ff",
        ] {
            assert_eq!(located(target), None, "{target}");
        }
        // Empty names do not make a path absolute.
        assert_eq!(located("//etc/passwd").as_deref(), Some("etc/passwd"));
        assert_eq!(located("/%2Fetc/passwd").as_deref(), Some("etc/passwd"));
    }

    #[test]
    fn browsers_get_the_types_they_insist_on() {
        let kind = |name: &str| content_type(Path::new(name));
        assert_eq!(kind("app_bg.wasm"), "application/wasm");
        assert_eq!(kind("app.js"), "text/javascript; charset=utf-8");
        assert_eq!(kind("base.css"), "text/css; charset=utf-8");
        assert_eq!(kind("icon.svg"), "image/svg+xml");
        assert_eq!(kind("app.webmanifest"), "application/manifest+json");
        assert_eq!(kind("unknown"), "application/octet-stream");
    }
}
