//! What the server and an authenticator tell each other: JSON on one side, buffers on the other (WebAuthn Level 3 §5.1).
//! Bailey converts both itself. Managers of passkeys put objects of their own in the place of the browser's, without
//! `toJSON` or with one that fails, and older browsers read no JSON.
use js_sys::{Array, ArrayBuffer, Function, JSON, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// What of an answer of an authenticator holds bytes.
const BUFFERS: [&str; 5] = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

/// What something has under a name; `None` for null as well.
pub(super) fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|found| !found.is_null() && !found.is_undefined())
}

fn set(of: &JsValue, name: &str, value: &JsValue) {
    drop(Reflect::set(of, &name.into(), value));
}

/// The bytes of a buffer, of a view of one, of a list, or of a list that has become an object; of whatever window.
fn bytes(buffer: &JsValue) -> Option<Vec<u8>> {
    if !buffer.is_object() {
        return None;
    }
    let array = if ArrayBuffer::is_view(buffer) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are small and whole")]
        let number = |name| Some(get(buffer, name)?.as_f64()? as u32);
        let (offset, length) = (number("byteOffset")?, number("byteLength")?);
        Uint8Array::new_with_byte_offset_and_length(&get(buffer, "buffer")?, offset, length)
    } else {
        Uint8Array::new(buffer)
    };
    if array.length() > 0 {
        return Some(array.to_vec());
    }
    let object: &Object = buffer.unchecked_ref();
    Some(Uint8Array::new(&Object::values(object)).to_vec())
}

/// Bytes as base64url; a text is so already, or as base64. `None` for whatever else, and for nothing.
fn encoded(buffer: &JsValue) -> Option<String> {
    let text = match buffer.as_string() {
        Some(text) => text,
        None => window().btoa(&bytes(buffer)?.into_iter().map(char::from).collect::<String>()).ok()?,
    };
    let text = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    (!text.is_empty()).then_some(text)
}

/// Puts bytes in the place of a text in base64url.
fn decode(of: &JsValue, name: &str) -> Option<()> {
    let text = get(of, name)?.as_string()?.replace('-', "+").replace('_', "/");
    // atob makes characters of one byte each.
    let bytes: Vec<u8> = window().atob(&text).ok()?.chars().filter_map(|c| u8::try_from(c).ok()).collect();
    set(of, name, &Uint8Array::from(bytes.as_slice()));
    Some(())
}

/// Reads the options of a ceremony as the server sends them; `None` when they are none.
pub(super) fn options(json: &str) -> Option<JsValue> {
    let options = get(&JSON::parse(json).ok()?, "publicKey")?;
    decode(&options, "challenge")?;
    if let Some(user) = get(&options, "user") {
        decode(&user, "id")?;
    }
    for list in ["allowCredentials", "excludeCredentials"] {
        for credential in get(&options, list).iter().flat_map(|list| Array::from(list).to_vec()) {
            decode(&credential, "id")?;
        }
    }
    Some(options)
}

/// How an authenticator can be reached, as it says itself.
fn transports(response: &JsValue) -> Option<Array> {
    let call = |function: JsValue| function.dyn_into::<Function>().ok()?.call0(response).ok();
    let found = get(response, "getTransports").and_then(call).or_else(|| get(response, "transports"))?;
    Array::is_array(&found).then(|| Array::from(&found).iter().filter(JsValue::is_string).collect())
}

/// Writes what an authenticator answered as the server reads it; `None` when that is no credential.
pub(super) fn credential(credential: &JsValue) -> Option<String> {
    let response = get(credential, "response")?;
    let id = get(credential, "rawId").and_then(|id| encoded(&id));
    let id = JsValue::from(id.or_else(|| get(credential, "id")?.as_string())?);
    let (told, answer) = (Object::new(), Object::new());
    for name in BUFFERS {
        if let Some(text) = get(&response, name).and_then(|buffer| encoded(&buffer)) {
            set(&answer, name, &text.into());
        }
    }
    get(&answer, "clientDataJSON").and(get(&answer, "attestationObject").or_else(|| get(&answer, "signature")))?;
    if let Some(transports) = transports(&response) {
        set(&answer, "transports", &transports);
    }
    for (name, value) in [("id", &id), ("rawId", &id), ("type", &"public-key".into()), ("response", &answer)] {
        set(&told, name, value);
    }
    JSON::stringify(&told).ok().map(String::from)
}
