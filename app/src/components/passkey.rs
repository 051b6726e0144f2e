//! The ceremonies with an authenticator (WebAuthn Level 3).
mod json;
mod stopped;

pub use stopped::Stopped;

#[cfg(feature = "hydrate")]
use crate::navigation::answered;
use crate::{
    api::passkeys::{
        Enrolled, PasskeyEnrolFinish, PasskeyEnrolStart, PasskeySecondStepFinish, PasskeySecondStepStart,
        PasskeySignInFinish, PasskeySignInStart, PasskeyStepUpFinish, PasskeyStepUpStart,
    },
    components::browser,
    error::ApiError,
    wire,
};
use futures::future::{Either, select};
use js_sys::{JSON, Object, Promise, Reflect};
use leptos::{prelude::*, server_fn::ServerFn};
use std::{cell::RefCell, pin::pin};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response, UrlSearchParams};

/// How long what waits behind the e-mail field has one challenge, in milliseconds: the server takes its answer for five
/// minutes.
const RENEWED_AFTER: f64 = 240_000.0;
/// How often it is looked at how long that was, in milliseconds. A device that slept is soon up again.
const LOOKED_AT: i32 = 5_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = isConditionalMediationAvailable)]
    fn conditional_mediation() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = create)]
    fn create(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
    fn get(options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Waits for what a call has returned: a promise, as the standard has it, or whatever an extension returns in its place.
async fn settled(called: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&called?)).await
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
    let (response, text) = sent(path, &request).await.map_err(|_| Stopped::Unreachable)?;
    note(&response);
    match response.ok() {
        true => Ok(text),
        false if wire::read::<ApiError>(&text).is_err() => Err(unreadable()),
        false => Err(Stopped::Refused(text)),
    }
}

/// Sends a request; answers what came back, with its text.
async fn sent(path: &str, request: &RequestInit) -> Result<(Response, String), JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str_and_init(path, request)).await?.unchecked_into();
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok((response, text))
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
fn unreadable() -> Stopped {
    #[cfg(not(feature = "ssr"))]
    leptos::task::spawn_local(crate::page::replaced_build::load_if_replaced(None));
    Stopped::Unreadable
}

/// A challenge: its name, and what it asks of the authenticator.
async fn challenge(path: &str) -> Result<(String, JsValue), Stopped> {
    let answer = call(path, &[]).await?;
    let read = || {
        let challenge = JSON::parse(&answer).ok()?;
        let text = |name: &str| json::get(&challenge, name)?.as_string();
        Some((text("id")?, json::options(&text("options")?)?))
    };
    read().ok_or_else(unreadable)
}

/// Calls a server function that answers the page to load.
async fn page(path: &str, fields: &[(&str, &str)]) -> Result<String, Stopped> {
    let answer = call(path, fields).await?;
    JSON::parse(&answer).ok().and_then(|page| page.as_string()).ok_or_else(unreadable)
}

/// Whether this browser can do a whole ceremony.
pub fn supported() -> bool {
    let credentials = json::get(&window(), "navigator").and_then(|navigator| json::get(&navigator, "credentials"));
    credentials.is_some() && json::get(&window(), "PublicKeyCredential").is_some()
}

thread_local! {
    /// A browser answers one request at a time: the one that waits behind the e-mail field gives
    /// way to the one that somebody asked for with a button.
    static WAITING: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Breaks off what waits behind the e-mail field, or is asked for, and notes what takes its place.
fn take_place(of: Option<AbortController>) {
    if let Some(before) = WAITING.replace(of) {
        before.abort();
    }
}

fn answer(credential: &JsValue) -> Result<String, Stopped> {
    json::credential(credential).ok_or(Stopped::Malformed)
}

async fn asked(options: &JsValue, mediation: &str) -> Result<String, Stopped> {
    let request = Object::new();
    let controller = AbortController::new()?;
    Reflect::set(&request, &"publicKey".into(), options)?;
    Reflect::set(&request, &"mediation".into(), &mediation.into())?;
    Reflect::set(&request, &"signal".into(), &controller.signal())?;
    take_place(Some(controller));
    answer(&settled(get(&request)).await?)
}

/// Adds a passkey under this name.
pub async fn enrol(name: &str) -> Result<Enrolled, Stopped> {
    let (id, options) = challenge(PasskeyEnrolStart::PATH).await?;
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &options)?;
    let made = settled(create(&request)).await.map_err(|thrown| match Stopped::from(thrown) {
        Stopped::Failed(name) if name == "InvalidStateError" => Stopped::AlreadyThere,
        stopped => stopped,
    });
    let credential = answer(&made?)?;
    let fields = [("id", id.as_str()), ("name", name), ("credential", &credential)];
    let enrolled = call(PasskeyEnrolFinish::PATH, &fields).await?;
    wire::read(&enrolled).map_err(|_| unreadable())
}

/// Whether the box of this name on the page is ticked, as a field.
fn ticked(name: &str) -> &'static str {
    let found = document().query_selector(&format!("input[name={name}]:checked"));
    if found.is_ok_and(|found| found.is_some()) { "true" } else { "false" }
}

async fn signed_in(id: &str, credential: &str, next: Option<&str>) -> Result<String, Stopped> {
    let mut fields = vec![("id", id), ("credential", credential), ("stay", ticked("stay_signed_in"))];
    fields.extend(next.map(|next| ("next", next)));
    page(PasskeySignInFinish::PATH, &fields).await
}

/// Signs in with a passkey alone; answers the page to load.
pub async fn sign_in(next: Option<String>) -> Result<String, Stopped> {
    let (id, options) = challenge(PasskeySignInStart::PATH).await?;
    let credential = asked(&options, "optional").await?;
    signed_in(&id, &credential, next.as_deref()).await
}

/// Returns once a challenge that was made now is too old to wait with.
async fn too_old() {
    let made = js_sys::Date::now();
    while js_sys::Date::now() - made < RENEWED_AFTER {
        browser::pause(LOOKED_AT).await;
    }
}

/// Waits behind the e-mail field until somebody picks a passkey there; answers the page to load, or `None` when it is time
/// for a new challenge, or for asking once more for one.
pub async fn sign_in_by_autofill(next: Option<String>) -> Result<Option<String>, Stopped> {
    if !settled(conditional_mediation()).await?.is_truthy() {
        return Err(Stopped::Unsupported);
    }
    let Ok((id, options)) = challenge(PasskeySignInStart::PATH).await else {
        // Nobody has asked for it, so nobody has to hear of it.
        too_old().await;
        return Ok(None);
    };
    let credential = match select(pin!(asked(&options, "conditional")), pin!(too_old())).await {
        Either::Left((credential, _)) => credential?,
        Either::Right(_) => {
            take_place(None);
            return Ok(None);
        }
    };
    signed_in(&id, &credential, next.as_deref()).await.map(Some)
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
