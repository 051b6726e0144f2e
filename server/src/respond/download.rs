//! A file on its way to somebody: to be kept, never to be shown as a page.
use crate::edge;
use axum::{
    body::Body,
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::files::Download;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio_util::io::ReaderStream;

/// What stands in a name as it is (RFC 8187, attr-char).
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Answers a file that a browser saves under its name, and neither runs nor shows.
pub fn download(file: Download) -> Response {
    let disposition = disposition(&file.name);
    let mut response = edge::as_file(sent(file));
    response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    response
}

/// Answers a picture that Bailey has written itself, which a page shows.
pub fn picture(file: Download) -> Response {
    edge::as_file(sent(file))
}

fn sent(file: Download) -> Response {
    let mut response = Body::from_stream(ReaderStream::new(file.content)).into_response();
    let media_type = HeaderValue::from_str(&file.media_type);
    let media_type = media_type.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response.headers_mut().insert(CONTENT_LENGTH, file.bytes.into());
    response
}

/// That a file is to be saved under a name (RFC 6266): twice, as browsers of earlier years read ASCII alone.
fn disposition(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let encoded = utf8_percent_encode(name, AS_IT_IS);
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::disposition;

    /// Fails when a name could end the header, or is told otherwise than RFC 8187 asks.
    #[test]
    fn a_name_stays_within_its_header() {
        for (name, told) in [
            ("plan.pdf", "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf"),
            (
                "Grüße, \"Welt\".pdf",
                "attachment; filename=\"Gr__e_ _Welt_.pdf\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%2C%20%22Welt%22.pdf",
            ),
            ("a\r\nb;.txt", "attachment; filename=\"a__b_.txt\"; filename*=UTF-8''a%0D%0Ab%3B.txt"),
        ] {
            assert_eq!(disposition(name), told);
        }
    }
}
