//! The files that are part of the program.
use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
    },
    response::{IntoResponse, Response},
};

/// A file that is part of the program.
#[derive(Debug)]
pub struct File {
    /// Where it lies below the root of the site.
    pub path: &'static str,
    /// What tells it from any other content, as an entity tag.
    pub tag: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
    /// The same, compressed with Brotli.
    pub brotli: Option<&'static [u8]>,
    /// The same, compressed with gzip.
    pub gzip: Option<&'static [u8]>,
}

/// Returns the file at a path, or `None` when there is none.
pub fn find(files: &'static [File], path: &str) -> Option<&'static File> {
    files.binary_search_by(|file| file.path.cmp(path)).ok().and_then(|at| files.get(at))
}

/// Answers a request for a file, compressed where the browser takes that.
pub fn answer(files: &'static [File], path: &str, headers: &HeaderMap) -> Response {
    let Some(file) = find(files, path.trim_start_matches('/')) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = if headers.get(IF_NONE_MATCH).is_some_and(|known| known == file.tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let compressed = [("br", file.brotli), ("gzip", file.gzip)]
            .into_iter()
            .find_map(|(coding, bytes)| Some((coding, bytes.filter(|_| takes(headers, coding))?)));
        let mut response = Body::from(compressed.map_or(file.bytes, |(_, bytes)| bytes)).into_response();
        if let Some((coding, _)) = compressed {
            set(&mut response, CONTENT_ENCODING, coding);
        }
        response.headers_mut().insert(CONTENT_TYPE, content_type(file.path));
        response
    };
    set(&mut response, CACHE_CONTROL, "no-cache");
    set(&mut response, ETAG, file.tag);
    set(&mut response, VARY, "accept-encoding");
    response
}

/// Returns the type of a file by its name; text says that it is UTF-8 (ASVS 4.1.1).
fn content_type(path: &str) -> HeaderValue {
    let kind = mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    let is_text = kind.starts_with("text/") || kind.ends_with("+xml");
    let text = is_text.then(|| HeaderValue::try_from(format!("{kind}; charset=utf-8")).ok());
    text.flatten().unwrap_or_else(|| HeaderValue::from_static(kind))
}

/// Whether a browser takes what is compressed this way (RFC 9110, section 12.5.3); browsers name each way.
fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let named = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}
