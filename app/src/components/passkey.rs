//! The ceremony with an authenticator. The browser itself reads the options and writes the answer
//! (WebAuthn Level 3), so nothing of that has to be downloaded.
#[cfg(feature = "hydrate")]
use crate::navigation::answered;
use crate::{
    api::passkeys::{
        Enrolled, PasskeyEnrolFinish, PasskeyEnrolStart, PasskeySecondStepFinish, PasskeySecondStepStart,
        PasskeySignInFinish, PasskeySignInStart, PasskeyStepUpFinish, PasskeyStepUpStart,
    },
    components::failure,
    error::ApiError,
    wire,
};
use js_sys::{JSON, Object, Reflect};
use leptos::{prelude::*, server_fn::ServerFn};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response, UrlSearchParams};

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
            Self::Refused(answer) => refused_in_words(answer),
        }
    }
}

/// Reads what the server refused.
fn refused_in_words(answer: String) -> String {
    match wire::read(&answer).unwrap_or(ApiError::Transport(answer)) {
        // A ceremony has one field at most.
        ApiError::Invalid(fields) => fields.into_values().next().unwrap_or_default(),
        error => failure::in_words(&error),
    }
}

impl From<JsValue> for Stopped {
    fn from(thrown: JsValue) -> Self {
        let name = Reflect::get(&thrown, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("NotAllowedError" | "AbortError") => Self::Cancelled,
            Some("InvalidStateError") => Self::AlreadyThere,
            Some("TypeError") => Self::Refused(String::new()),
            _ => Self::Unsupported,
        }
    }
}

/// Calls a server function. The typed client would make up a fifth of what the sign-in page loads,
/// and a ceremony only hands texts from the server to the browser and back.
async fn call(path: &str, fields: &[(&str, &str)]) -> Result<String, Stopped> {
    let body = UrlSearchParams::new()?;
    for (name, value) in fields {
        body.append(name, value);
    }
    let headers = Headers::new()?;
    headers.append("accept", "application/json")?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    request.set_body(&body);
    let response: Response = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await?.unchecked_into();
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    note(&response);
    match response.ok() {
        true => Ok(text),
        false if wire::read::<ApiError>(&text).is_err() => Err(unreadable(text)),
        false => Err(Stopped::Refused(text)),
    }
}

/// Takes in under which policy and by which build an answer was given.
#[cfg(feature = "hydrate")]
fn note(response: &Response) {
    let headers = response.headers();
    answered(|name| headers.get(name).ok().flatten());
}

/// On the server there is no ceremony.
#[cfg(not(feature = "hydrate"))]
const fn note(_: &Response) {}

/// What can't be read may well be the answer of another build.
fn unreadable(answer: String) -> Stopped {
    #[cfg(not(feature = "ssr"))]
    leptos::task::spawn_local(crate::page::replaced_build::load_if_replaced(None));
    Stopped::Refused(answer)
}

/// A challenge: its name, and what it asks of the authenticator.
async fn challenge(path: &str) -> Result<(String, JsValue), Stopped> {
    let answer = call(path, &[]).await?;
    let read = || {
        let challenge = JSON::parse(&answer).ok()?;
        let text = |name: &str| Reflect::get(&challenge, &name.into()).ok()?.as_string();
        let options = JSON::parse(&text("options")?).ok()?;
        Some((text("id")?, Reflect::get(&options, &"publicKey".into()).ok()?))
    };
    read().ok_or_else(|| unreadable(answer.clone()))
}

/// Calls a server function that answers the page to load.
async fn page(path: &str, fields: &[(&str, &str)]) -> Result<String, Stopped> {
    let answer = call(path, fields).await?;
    JSON::parse(&answer).ok().and_then(|page| page.as_string()).ok_or_else(|| unreadable(answer))
}

/// Whether this browser can do a whole ceremony.
pub fn supported() -> bool {
    Reflect::get(&window(), &"PublicKeyCredential".into())
        .and_then(|class| Reflect::has(&class, &"parseRequestOptionsFromJSON".into()))
        .unwrap_or(false)
}

thread_local! {
    /// A browser answers one request at a time: the one that waits behind the e-mail field gives
    /// way to the one that somebody asked for with a button.
    static WAITING: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

fn answer(credential: JsValue) -> Result<String, Stopped> {
    let credential: Credential = credential.unchecked_into();
    Ok(String::from(JSON::stringify(&credential.to_json()?)?))
}

async fn asked(options: &JsValue, mediation: &str) -> Result<String, Stopped> {
    let request = Object::new();
    let controller = AbortController::new()?;
    Reflect::set(&request, &"publicKey".into(), &request_options(options)?)?;
    Reflect::set(&request, &"mediation".into(), &mediation.into())?;
    Reflect::set(&request, &"signal".into(), &controller.signal())?;
    if let Some(before) = WAITING.replace(Some(controller)) {
        before.abort();
    }
    answer(get(&request).await?)
}

/// Adds a passkey under this name.
pub async fn enrol(name: &str) -> Result<Enrolled, Stopped> {
    let (id, options) = challenge(PasskeyEnrolStart::PATH).await?;
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &creation_options(&options)?)?;
    let credential = answer(create(&request).await?)?;
    let fields = [("id", id.as_str()), ("name", name), ("credential", &credential)];
    let enrolled = call(PasskeyEnrolFinish::PATH, &fields).await?;
    wire::read(&enrolled).map_err(|_| unreadable(enrolled))
}

/// Whether the box of this name on the page is ticked, as a field.
fn ticked(name: &str) -> &'static str {
    let found = document().query_selector(&format!("input[name={name}]:checked"));
    if found.is_ok_and(|found| found.is_some()) { "true" } else { "false" }
}

async fn sign_in_with(mediation: &str, next: Option<String>) -> Result<String, Stopped> {
    let (id, options) = challenge(PasskeySignInStart::PATH).await?;
    let credential = asked(&options, mediation).await?;
    let stay = ticked("stay_signed_in");
    let mut fields = vec![("id", id.as_str()), ("credential", &credential), ("stay", stay)];
    fields.extend(next.as_deref().map(|next| ("next", next)));
    page(PasskeySignInFinish::PATH, &fields).await
}

/// Signs in with a passkey alone; answers the page to load.
pub async fn sign_in(next: Option<String>) -> Result<String, Stopped> {
    sign_in_with("optional", next).await
}

/// Waits behind the e-mail field until somebody picks a passkey there; answers the page to load.
pub async fn sign_in_by_autofill(next: Option<String>) -> Result<String, Stopped> {
    if !conditional_mediation().await?.is_truthy() {
        return Err(Stopped::Unsupported);
    }
    sign_in_with("conditional", next).await
}

/// Proves once more who one is with a passkey; answers the page to load.
pub async fn step_up(next: Option<String>) -> Result<String, Stopped> {
    let (id, options) = challenge(PasskeyStepUpStart::PATH).await?;
    let credential = asked(&options, "optional").await?;
    let mut fields = vec![("id", id.as_str()), ("credential", &credential)];
    fields.extend(next.as_deref().map(|next| ("next", next)));
    page(PasskeyStepUpFinish::PATH, &fields).await
}

/// Passes the second step with a passkey; answers the page to load.
pub async fn second_step() -> Result<String, Stopped> {
    let (id, options) = challenge(PasskeySecondStepStart::PATH).await?;
    let credential = asked(&options, "optional").await?;
    let trust = ticked("trust");
    page(PasskeySecondStepFinish::PATH, &[("id", &id), ("credential", &credential), ("trust", trust)]).await
}
