//! Why a ceremony did not come to its end: each in its own words, since each is helped in another way.
use crate::{components::failure, error::ApiError, wire};
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Why a ceremony did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// The person, or the browser, broke it off.
    Cancelled,
    /// This device holds a passkey for the account already.
    AlreadyThere,
    /// The browser can't do it.
    Unsupported,
    /// The browser lets nobody do it at this address.
    WrongAddress,
    /// The authenticator can't do it.
    Unsuitable,
    /// What was answered is no credential: mostly the work of an extension that manages passkeys.
    Malformed,
    /// The browser, or such an extension, failed with an error of this name.
    Failed(String),
    /// The server could not be reached.
    Unreachable,
    /// What the server answered can't be read.
    Unreadable,
    /// The server did not do it: its answer as it came, an `ApiError` as JSON.
    Refused(String),
}

impl Stopped {
    /// Whether the person has to prove once more who they are.
    pub fn asks_for_step_up(&self) -> bool {
        matches!(self, Self::Refused(answer) if answer.contains("step-up-required"))
    }

    /// Whether what was typed beside it was not taken.
    pub fn is_about_a_field(&self) -> bool {
        matches!(self, Self::Refused(answer) if answer.starts_with("{\"Invalid\""))
    }

    /// What happened, in plain words.
    pub fn in_words(self) -> String {
        match self {
            Self::Cancelled => "Nothing was done: the request to your passkey was cancelled or timed out.".to_owned(),
            Self::AlreadyThere => "This device has a passkey for your account already.".to_owned(),
            Self::Unsupported => "This browser can't use passkeys here.".to_owned(),
            Self::WrongAddress => "Your browser lets no passkey be used at this address. Open Bailey at the address that its mails name; if this is it, tell your operator.".to_owned(),
            Self::Unsuitable => "That can't be used here: it has to check your fingerprint, face or PIN, and to store the passkey itself. Use another device, security key or manager.".to_owned(),
            Self::Malformed => "What your browser answered is no passkey. Mostly an extension that manages passkeys has answered in its place: try another passkey, or turn the extension off and try again.".to_owned(),
            Self::Failed(name) => format!("Your browser, or an extension that manages passkeys, could not do it ({name}). Try again, or turn the extension off."),
            Self::Unreachable => failure::in_words(&ApiError::Transport(String::new())),
            Self::Unreadable => "What the server answered can't be read here, perhaps since it was just updated. Load the page again and try once more.".to_owned(),
            Self::Refused(answer) => match wire::read(&answer) {
                // A ceremony has one field at most.
                Ok(ApiError::Invalid(fields)) => fields.into_values().next().unwrap_or_default(),
                Ok(error) => failure::in_words(&error),
                Err(_) => Self::Unreadable.in_words(),
            },
        }
    }
}

/// What the browser has thrown in a ceremony (WebAuthn Level 3 §5.1.3 and §5.1.4).
impl From<JsValue> for Stopped {
    fn from(thrown: JsValue) -> Self {
        let name = Reflect::get(&thrown, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("NotAllowedError" | "AbortError" | "TimeoutError") => Self::Cancelled,
            Some("SecurityError") => Self::WrongAddress,
            Some("NotSupportedError" | "ConstraintError") => Self::Unsuitable,
            Some(name) => Self::Failed(name.chars().take(40).collect()),
            None => Self::Failed("an error without a name".to_owned()),
        }
    }
}
