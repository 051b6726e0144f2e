//! What the server writes into a page for the browser: JSON, read there from bytes as the answers of server
//! functions are, so that a page downloads one reader for both.
use leptos::server::codee::{Decoder, Encoder};
use serde::{Serialize, de::DeserializeOwned};

/// The encoding of what is embedded in a page.
#[derive(Debug, Clone, Copy)]
pub struct Embedded;

impl<T: Serialize> Encoder<T> for Embedded {
    type Encoded = String;
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Embedded {
    type Encoded = str;
    type Error = serde_json::Error;

    fn decode(text: &str) -> Result<T, Self::Error> {
        read(text)
    }
}

/// Reads a value from its JSON.
///
/// # Errors
/// When the text is not the JSON of one.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_slice(text.as_bytes())
}
