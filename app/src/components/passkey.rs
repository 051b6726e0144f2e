//! The ceremony with an authenticator. The browser itself reads the options and writes the answer
//! (WebAuthn Level 3), so nothing of that has to be downloaded; loaded only when it is used.
use crate::{
    api::passkeys::{
        Enrolled, passkey_enrol_finish, passkey_enrol_start, passkey_second_step_finish, passkey_second_step_start,
        passkey_sign_in_finish, passkey_sign_in_start,
    },
    error::ApiError,
};
use js_sys::{JSON, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Credential;

    #[wasm_bindgen(method, catch, js_name = toJSON)]
    fn to_json(this: &Credential) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseCreationOptionsFromJSON)]
    fn creation_options(json: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseRequestOptionsFromJSON)]
    fn request_options(json: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = isConditionalMediationAvailable)]
    async fn conditional_mediation() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = create)]
    async fn create(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
    async fn get(options: &JsValue) -> Result<JsValue, JsValue>;

    type AbortController;

    #[wasm_bindgen(constructor)]
    fn new() -> AbortController;

    #[wasm_bindgen(method, getter)]
    fn signal(this: &AbortController) -> JsValue;

    #[wasm_bindgen(method)]
    fn abort(this: &AbortController);
}

/// Why a ceremony did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// The person, or the browser, broke it off.
    Cancelled,
    /// This device holds a passkey for the account already.
    AlreadyThere,
    /// The browser can't do it.
    Unsupported,
    /// The server refused.
    Api(ApiError),
}

impl Stopped {
    /// What happened, in plain words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Cancelled => "Nothing was done: the request to your passkey was cancelled or timed out.".to_owned(),
            Self::AlreadyThere => "This device has a passkey for your account already.".to_owned(),
            Self::Unsupported => "This browser can't use passkeys here.".to_owned(),
            Self::Api(error) => error.to_string(),
        }
    }
}

impl From<ApiError> for Stopped {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<JsValue> for Stopped {
    fn from(thrown: JsValue) -> Self {
        let name = Reflect::get(&thrown, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("NotAllowedError" | "AbortError") => Self::Cancelled,
            Some("InvalidStateError") => Self::AlreadyThere,
            _ => Self::Unsupported,
        }
    }
}

/// Tells whether this browser can do a whole ceremony.
pub fn supported() -> bool {
    Reflect::get(&window(), &"PublicKeyCredential".into())
        .and_then(|class| Reflect::has(&class, &"parseRequestOptionsFromJSON".into()))
        .unwrap_or(false)
}

thread_local! {
    /// A browser answers one request at a time: the one that waits behind the e-mail field gives
    /// way to the one that somebody asked for with a button.
    static WAITING: std::cell::RefCell<Option<AbortController>> = const { std::cell::RefCell::new(None) };
}

fn public_key(options: &str) -> Result<JsValue, Stopped> {
    Ok(Reflect::get(&JSON::parse(options)?, &"publicKey".into())?)
}

fn answer(credential: JsValue) -> Result<String, Stopped> {
    let credential: Credential = credential.unchecked_into();
    Ok(String::from(JSON::stringify(&credential.to_json()?)?))
}

async fn asked(options: &str, mediation: &str) -> Result<String, Stopped> {
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &request_options(&public_key(options)?)?)?;
    Reflect::set(&request, &"mediation".into(), &mediation.into())?;
    let controller = AbortController::new();
    Reflect::set(&request, &"signal".into(), &controller.signal())?;
    if let Some(before) = WAITING.replace(Some(controller)) {
        before.abort();
    }
    answer(get(&request).await?)
}

/// Adds a passkey under this name.
#[lazy]
pub async fn enrol(name: String) -> Result<Enrolled, Stopped> {
    let challenge = passkey_enrol_start().await?;
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &creation_options(&public_key(&challenge.options)?)?)?;
    let credential = answer(create(&request).await?)?;
    Ok(passkey_enrol_finish(challenge.id, name, credential).await?)
}

/// Signs in with a passkey alone; answers the page to load.
#[lazy]
pub async fn sign_in(next: Option<String>) -> Result<String, Stopped> {
    let challenge = passkey_sign_in_start().await?;
    let credential = asked(&challenge.options, "optional").await?;
    Ok(passkey_sign_in_finish(challenge.id, credential, next).await?)
}

/// Waits behind the e-mail field until somebody picks a passkey there; answers the page to load.
#[lazy]
pub async fn sign_in_by_autofill(next: Option<String>) -> Result<String, Stopped> {
    if !conditional_mediation().await?.is_truthy() {
        return Err(Stopped::Unsupported);
    }
    let challenge = passkey_sign_in_start().await?;
    let credential = asked(&challenge.options, "conditional").await?;
    Ok(passkey_sign_in_finish(challenge.id, credential, next).await?)
}

/// Passes the second step with a passkey; answers the page to load.
#[lazy]
pub async fn second_step() -> Result<String, Stopped> {
    let challenge = passkey_second_step_start().await?;
    let credential = asked(&challenge.options, "optional").await?;
    Ok(passkey_second_step_finish(challenge.id, credential).await?)
}
