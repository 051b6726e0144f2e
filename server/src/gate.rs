//! Steps 6 and 7 of a request: the session, and the gate. Behind it every handler finds a
//! [`RequestContext`], and in it the caller that could only be made by passing.
mod pace;
mod refuse;
mod repeated_forms;
mod response_kind;
mod saved_forms;
mod stamp;

pub use pace::in_turn;
pub use repeated_forms::{ToldApartBy, once};
pub use response_kind::ResponseKind;

use crate::{
    edge::{BODY_LIMIT, ClientAddress, content_length, has_policy, request_id, under, with_floor_only},
    respond::FormContent,
    state::AppState,
};
use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue,
        header::{SET_COOKIE, UPGRADE, USER_AGENT},
    },
    middleware::Next,
    response::Response,
};
use domain::{AdmissionRequest, Client, access::Pass};
use policy::{
    Area, RouteBudget,
    decide::activity::{Asked, Facts, is_a_persons},
    reason::Remedy,
};
use std::sync::Arc;
use web::RequestContext;

/// The gate of one route.
#[derive(Clone)]
pub struct Gate {
    /// What every request shares.
    pub state: AppState,
    /// The area of the route.
    pub area: Area,
    /// What kind of answer the route gives.
    pub kind: ResponseKind,
    /// Whether a person may be what asks for it, so that their session does not idle.
    pub activity: bool,
    /// What stands in the form whose post it is.
    pub content: FormContent,
    /// How much is read of what is sent to it, in bytes.
    pub body_limit: usize,
    /// What bounds the work that strangers cause by it, where it is open to them.
    pub budget: Option<RouteBudget>,
    /// Whether its answers always carry Bailey's own content security policy.
    pub floor_only: bool,
}

impl Gate {
    /// Returns the gate before a page that does not exist: open, but it finds out who asks; and no way in, so that its
    /// headers are what the settings say.
    pub fn for_missing_page(state: &AppState) -> Self {
        Self {
            state: state.clone(),
            area: Area::Public,
            kind: ResponseKind::Page,
            activity: true,
            content: FormContent::Buttons,
            body_limit: BODY_LIMIT,
            budget: None,
            floor_only: false,
        }
    }
}

/// Lets a request pass, or answers why not.
#[expect(clippy::too_many_lines, reason = "the steps of a request, one after the other")]
pub async fn pass(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let Gate { state, area, kind, activity, content, body_limit, budget, floor_only } = gate;
    let client = client(&state, &request);
    if let Some(most) = budget.and_then(RouteBudget::requests_a_minute)
        && let Err(refusal) = state.edge.requests.spend(request.uri().path(), client.ip(), most, state.bailey.now())
    {
        return refuse::over_budget(&state, kind, &request, refusal);
    }
    let asked = AdmissionRequest {
        workspace: &state.workspace.id,
        area,
        session: state.cookies.session_of(request.headers()),
        pending: state.cookies.pending_of(request.headers()),
        client: client.clone(),
        activity: activity && is_a_persons(asked(kind, &request), &said_of(request.headers())),
    };
    let admission = match state.bailey.access().admit(asked).await {
        Ok(admission) => admission,
        Err(error) => return refuse::failed(&state, kind, &request, error),
    };
    let refusal = admission.verdict.as_ref().err().cloned();
    let signed_in = admission.who.is_some();
    let in_force = Arc::clone(&admission.in_force);
    if refusal.is_some()
        && !signed_in
        && let Err(refusal) = pace::turn(&state, client.ip()).await
    {
        return pace::too_fast(&state, kind, &request, refusal);
    }
    if admission.outside_allowlist
        && let Err(error) = state
            .bailey
            .access()
            .note_outside_allowlist(&admission, &client, &state.workspace.id, request.uri().path())
            .await
    {
        return refuse::failed(&state, kind, &request, error);
    }
    let context = RequestContext {
        bailey: state.bailey.clone(),
        workspace: state.workspace.clone(),
        admission,
        client,
        request_id: request_id(&request),
        cookies: state.cookies,
        consent: state.cookies.consent_of(request.headers()),
        forwarding_ignored: state.edge.forwarding.is_ignored(),
    };
    let response = if let Some(refusal) = refusal {
        let (mut parts, body) = request.into_parts();
        let mended = matches!(refusal.remedy(), Remedy::SignIn | Remedy::Enrol | Remedy::NewPassword);
        let saved = if content == FormContent::Typed && mended {
            saved_forms::save(&state, &context, &mut parts, body).await
        } else {
            None
        };
        let mut response = refuse::refused(&state, kind, &parts, &context, refusal).await;
        if let Some(token) = saved {
            response.headers_mut().append(SET_COOKIE, state.cookies.form(&token));
        }
        response
    } else {
        let renewed: Vec<HeaderValue> = match &context.admission.verdict {
            // A form's or a call's own answer may set the cookie.
            Ok(Pass::Member(caller)) if kind == ResponseKind::Page => {
                let by_its_name = state.cookies.session_by_its_name(request.headers(), caller);
                match state.bailey.sessions().renew_token(caller).await {
                    Ok(token) => by_its_name
                        .into_iter()
                        .flatten()
                        .chain(token.map(|token| state.cookies.renewed(caller, &token)))
                        .collect(),
                    Err(error) => return refuse::failed(&state, kind, &request, error),
                }
            }
            _ => Vec::new(),
        };
        request.extensions_mut().insert(context.clone());
        if content_length(&request).is_some_and(|length| length > body_limit) {
            return refuse::too_large(&state, kind, &request);
        }
        let (request, typed) = match &context.admission.verdict {
            Ok(Pass::Member(caller)) if content == FormContent::Typed => {
                match saved_forms::read(&state, caller, request, body_limit).await {
                    Ok(read) => read,
                    Err(answer) => return answer,
                }
            }
            _ => (request, None),
        };
        let mut response = next.run(request).await;
        if let Some(form) = typed {
            response = saved_forms::settle(&context, form, response).await;
        }
        for cookie in renewed {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    };
    let response = if signed_in { stamp::stamp(&state, response, &in_force) } else { response };
    if floor_only { with_floor_only(under(response, in_force)).await } else { under(response, in_force) }
}

/// Puts the policy on whatever did not pass the gate, as files and health: the one that is known, or else the built-in
/// one, since these answer while the database is away.
pub async fn find_policy(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let policies = state.bailey.policies();
    match policies.last_known(&state.workspace.id).filter(|_| !has_policy(&response)) {
        Some(policy) => under(response, policies.in_force(&policy)),
        None => response,
    }
}

fn client(state: &AppState, request: &Request) -> Client {
    let address = ClientAddress::of(request.extensions());
    Client {
        address: address.map(|address| address.to_string()),
        user_agent: user_agent(request.headers()),
        browser: state.cookies.browser_of(request.headers()).map(|token| token.hash()),
        session: state.cookies.session_of(request.headers()).map(|token| token.hash()),
        form: state.cookies.form_of(request.headers()).map(|token| token.hash()),
    }
}

/// What a request asks for, by which it is told whether a person did it.
fn asked(kind: ResponseKind, request: &Request) -> Asked {
    match kind {
        ResponseKind::Page | ResponseKind::Open => Asked::Page,
        ResponseKind::Form => Asked::Form,
        ResponseKind::ServerFunction => Asked::Call,
        ResponseKind::Api => Asked::Api { changes: !request.method().is_safe() },
        ResponseKind::Check => Asked::Check,
    }
}

/// What a browser says of a request.
fn said_of(headers: &HeaderMap) -> Facts<'_> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // What browsers of earlier years sent.
    let ahead = ["sec-purpose", "purpose", "x-purpose", "x-moz"];
    Facts {
        mode: text("sec-fetch-mode"),
        destination: text("sec-fetch-dest"),
        ahead: ahead.into_iter().any(|name| headers.contains_key(name)),
        upgrade: headers.contains_key(UPGRADE),
    }
}

fn user_agent(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}
