//! Files as browsers send them.
use super::{Answer, Browser};
use axum::http::Method;

/// A PNG of two pixels by two, in which it is told where it was taken.
pub const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0\xfd\xd4\x9as\0\0\0\x1dtEXtComment\0taken at 47.37N 8.54E\x1c\xe8\xdbE\0\0\0\x10IDATx\xdac8\xc1\xc5\x05D\x0c\x10\n\0\x1b\x16\x03q\xd0M\xc1\xcb\0\0\0\0IEND\xaeB`\x82";

/// A PNG that says it has 60 000 pixels by 60 000.
pub const HUGE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea`\0\0\xea`\x08\x02\0\0\0\x0f\xb0\xe2\x15\0\0\0\x0cIDATx\xdac`\xa0=\0\0\0d\0\x01\xb8\x99\xef\x99\0\0\0\0IEND\xaeB`\x82";

/// What tells the parts of a form apart.
const BOUNDARY: &str = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

/// A form with fields and a file, as a browser writes it.
pub fn multipart(fields: &[(&str, &str)], name: &str, content: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, text) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n").bytes(),
        );
    }
    let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    body.extend(
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes(),
    );
    body.extend_from_slice(content);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    body
}

impl Browser {
    /// Posts a form with a file.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], name: &str, content: &[u8]) -> Answer {
        self.post_multipart(path, multipart(fields, name, content)).await
    }

    /// Posts what should be such a form.
    pub async fn post_multipart(&mut self, path: &str, body: Vec<u8>) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_bytes(Method::POST, path, &[("content-type", &kind)], Some(body)).await
    }
}
