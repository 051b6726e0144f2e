//! What the server writes for the browser, into a page or as the answer of a server function: JSON. The
//! browser reads it with its own reader, so that no page downloads one.
#[cfg(not(feature = "ssr"))]
mod browser;

#[cfg(not(feature = "ssr"))]
use browser as reader;
use leptos::{
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};
#[cfg(feature = "ssr")]
use server as reader;

/// The encoding of what the server writes for the browser.
#[derive(Debug, Clone, Copy)]
pub struct BrowserJson;

/// How server functions answer.
pub type JsonAnswer = Post<BrowserJson>;

/// What a text is that can't be read.
pub type DecodeError = reader::DecodeError;

impl<T: Serialize> Encoder<T> for BrowserJson {
    type Encoded = String;
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for BrowserJson {
    type Encoded = str;
    type Error = DecodeError;

    fn decode(text: &str) -> Result<T, Self::Error> {
        read(text)
    }
}

impl ContentType for BrowserJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for BrowserJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for BrowserJson {
    type Error = serde_json::Error;

    fn encode(answer: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(answer).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for BrowserJson {
    type Error = DecodeError;

    fn decode(answer: Bytes) -> Result<T, Self::Error> {
        // What is no UTF-8 is no JSON either.
        read(std::str::from_utf8(&answer).unwrap_or_default())
    }
}

/// Reads a value from its JSON.
///
/// # Errors
/// When the text is not the JSON of one.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    reader::read(text)
}

#[cfg(feature = "ssr")]
mod server {
    use serde::de::DeserializeOwned;

    pub(super) type DecodeError = serde_json::Error;

    pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
        serde_json::from_str(text)
    }
}
